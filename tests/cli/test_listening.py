"""R23: connections that say nothing are closed, and complaints about them are said once a minute."""

import asyncio
import logging
from collections import Counter

import uvicorn

from bot.cli import serving
from bot.cli.listening import OncePerMinute, listen


def test_the_same_complaint_is_said_once_a_minute():
    now = [0.0]
    told = Counter()
    rule = OncePerMinute(lambda: now[0])
    for second in range(300):
        now[0] = float(second)
        record = logging.LogRecord("asyncio", logging.ERROR, "", 0, "socket.accept() out of system resource", (), None)
        told["said"] += rule.filter(record)
        told["other"] += rule.filter(
            logging.LogRecord("asyncio", logging.ERROR, "", 0, f"other {second // 100}", (), None)
        )
    assert told == {"said": 5, "other": 6}


async def test_a_connection_that_never_sends_a_byte_is_closed_and_one_that_asks_is_served(monkeypatch):
    monkeypatch.setattr(serving, "SILENT_SECONDS", 0.3)

    async def app(scope, receive, send):
        await asyncio.sleep(0.6)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    bound = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, http=serving.Hurried, lifespan="off", log_config=None))
    serve = asyncio.create_task(server._serve([bound]))
    try:
        silent, _ = await asyncio.open_connection(*bound.getsockname())
        asking, out = await asyncio.open_connection(*bound.getsockname())
        out.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await asyncio.wait_for(silent.read(), 20) == b""
        assert (await asyncio.wait_for(asking.read(12), 20)) == b"HTTP/1.1 204"
    finally:
        server.should_exit = server.force_exit = True
        await serve
