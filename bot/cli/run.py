"""`run`: the bot for real."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer

from bot.answers.late import NoAnswers
from bot.app import program
from bot.channels.telegram.api import BotApi
from bot.cli.listening import address, listen, log_to_stderr
from bot.cli.serving import ALL, Role, Service, stop_on_signals
from bot.config import Settings, settings
from bot.database import open_database
from bot.domain import regex as re
from bot.errors import SettingError

app = typer.Typer(add_completion=False)

_DRAW = "the output of `python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`"
_NEEDED = {
    "telegram_token": "TELEGRAM_TOKEN is missing: put the bot's token, from @BotFather, in the environment or in .env",
    "secret_key": f"SECRET_KEY is missing: put a long random text in the environment or in .env, e.g. {_DRAW}",
    "webhook_url": "WEBHOOK_URL is missing: put the public https:// address that reaches this program",
    "webhook_secret": "WEBHOOK_SECRET is missing: put 32 random letters and digits; Telegram sends them back",
}
_SECRET_MAX = 256
_KEY_LEAST = 32
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{16,}", re.ASCII)


def _need(given: Settings, *names: str) -> None:
    for name in names:
        value = getattr(given, name)
        if not str(value if isinstance(value, str) else value.get_secret_value()).strip():
            raise SettingError(_NEEDED[name])


def check(given: Settings, roles: frozenset[Role], *, webhook: bool) -> None:
    """Every setting that these roles need is there; raises SettingError naming the first that is not."""
    if roles != {Role.WEB}:
        _need(given, "telegram_token")
        if not _TOKEN.fullmatch(given.telegram_token.get_secret_value().strip()):
            raise SettingError(
                "TELEGRAM_TOKEN: put the token as @BotFather gave it: digits, a colon, then 35 letters or so"
            )
    if Role.WEB in roles:
        _need(given, "secret_key")
        if len(given.secret_key.get_secret_value().strip()) < _KEY_LEAST:
            raise SettingError(f"SECRET_KEY: put {_KEY_LEAST} characters or more, drawn at random: {_DRAW}")
    if not given.telegram_base_url.startswith(("http://", "https://")):
        raise SettingError("TELEGRAM_BASE_URL: put the server's root, e.g. https://api.telegram.org")
    if webhook and Role.INTAKE in roles:
        _need(given, "webhook_url", "webhook_secret")
        if not given.webhook_url.startswith(("http://", "https://")):
            raise SettingError("WEBHOOK_URL: put an address that starts with https://")
        secret = given.webhook_secret.get_secret_value()
        if len(secret) > _SECRET_MAX or not secret.replace("-", "").replace("_", "").isalnum() or not secret.isascii():
            raise SettingError("WEBHOOK_SECRET: put 1 to 256 letters, digits, - or _")


@app.command(
    help="Serve Telegram and the counsellors' pages. Long polling, unless --webhook. Settings come from the "
    "environment or .env (see the README): TELEGRAM_TOKEN and SECRET_KEY are needed. Prints one line, « ready », "
    "with its addresses once it serves. Several machines share the work with --role on one PostgreSQL."
)
def run(
    webhook: Annotated[bool, typer.Option("--webhook", help="receive updates on WEBHOOK_URL, behind HTTPS")] = False,
    role: Annotated[Role | None, typer.Option(help="play one role only; default: all three")] = None,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on; 0: any free one")] = 8000,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the date to go by")] = None,
) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    given = settings()
    roles = frozenset({role}) if role else ALL
    log_to_stderr(given.log_level, given.log_format)
    check(given, roles, webhook=webhook)
    listening = Role.WEB in roles or (webhook and Role.INTAKE in roles)
    bound = listen(host, port) if listening else None
    open_database(given)
    # Only the worker talks: the other roles need no search index.
    answerer = None if Role.WORKER in roles else NoAnswers()
    whole = program(given, today.date() if today else None, answerer=answerer)
    api = None
    if roles != {Role.WEB}:
        api = BotApi(given.telegram_token.get_secret_value(), given.telegram_base_url)
    service = Service(
        whole,
        roles,
        api,
        webhook_url=given.webhook_url if webhook else "",
        webhook_secret=given.webhook_secret.get_secret_value(),
        bound=bound,
    )

    def ready() -> None:
        parts = [f"pages {address(bound)}/"] if bound and Role.WEB in roles else []
        if webhook and Role.INTAKE in roles:
            parts.append(f"webhook {given.webhook_url}")
        parts += [f"telegram {api.address}"] if api else []
        print(f"ready {' · '.join(parts)} · {', '.join(sorted(roles))}", flush=True)

    async def main() -> None:
        await service.run(ready, stop_on_signals())

    asyncio.run(main())
