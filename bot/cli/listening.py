"""The port to listen on, its address, and where log lines go."""

import errno
import json
import logging
import socket
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime

from bot.channels.telegram.api import hush
from bot.errors import SettingError
from bot.storage.trail import current


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; raises SettingError where the port is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        # Now, not when the server starts: without it, two programs could hold the same port.
        bound.listen(2048)
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise SettingError(f"--port {port} is taken on {host}: stop the other program or choose --port") from None
        raise SettingError(f"--host {host} --port {port}: {error.strerror or error}; choose others") from None
    except OverflowError:
        bound.close()
        raise SettingError(f"--port {port}: put a number between 0 and 65535") from None
    return bound


def address(bound: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = bound.getsockname()[:2]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - only shown
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


class OncePerMinute(logging.Filter):
    """The same complaint once a minute: without files left, asyncio writes one for each connection it cannot take."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the first of each kind through, without its traceback."""
        kind, now = str(record.msg)[:60], self._clock()
        if now - self._said.get(kind, -61.0) < 60:
            return False
        self._said[kind] = now
        record.exc_info = None
        return True


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how serious, who, what; an error's kind and place, never its words."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request := current.get():
            line["request"] = request
        if record.exc_info and record.exc_info[0]:
            where = traceback.extract_tb(record.exc_info[2])[-1:]
            line["error"] = record.exc_info[0].__name__
            line["where"] = "".join(f"{one.filename.rpartition('/')[2]}:{one.lineno}" for one in where)
        return json.dumps(line, ensure_ascii=False)


def log_to_stderr(level: str, form: str = "text") -> None:
    """Lines on standard error, plain or JSON, without tokens; standard output is for what people read."""
    logging.basicConfig(stream=sys.stderr, level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if form == "json":
        for handler in logging.getLogger().handlers:
            handler.setFormatter(JsonLines())
    for name in ("uvicorn.access", "uvicorn.error", "chromadb", "asyncio", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("asyncio").addFilter(OncePerMinute())
    hush()
