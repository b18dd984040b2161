"""The port to listen on, its address, and where log lines go."""

import errno
import logging
import socket
import sys

from bot.channels.telegram.api import hush
from bot.errors import SettingError


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


def log_to_stderr(level: str) -> None:
    """Plain lines on standard error, without tokens; standard output is for what people read."""
    logging.basicConfig(stream=sys.stderr, level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for name in ("uvicorn.access", "uvicorn.error", "chromadb", "asyncio", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
    hush()
