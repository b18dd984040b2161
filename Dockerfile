# One image for every role: `run` alone, or `run --role intake|worker|web` in several containers.
FROM python:3.11-slim
RUN useradd --create-home --uid 10001 bot && install -d -o bot /data
WORKDIR /app
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
COPY prompts prompts
RUN pip install --no-cache-dir ".[chroma,openid,postgresql]"
USER bot
ENV DATA_DIR=/data XDG_CACHE_HOME=/data/cache
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["immersion-bot"]
CMD ["run", "--host", "0.0.0.0", "--port", "8000"]
