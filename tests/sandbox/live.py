"""The sandbox on a free loopback port, in a thread of the test's process: tests act on its world directly."""

import asyncio
import socket
import threading
import time
from contextlib import contextmanager

import uvicorn

from bot.sandbox.server import sandbox
from bot.sandbox.world import World

TOKEN = "4242:sandbox-token-for-tests"


class Live:
    """A running sandbox: its world, and its address."""

    def __init__(self):
        self.world = World()
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(128)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        config = uvicorn.Config(sandbox(self.world), log_config=None, lifespan="on", timeout_graceful_shutdown=1)
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=lambda: asyncio.run(self.server.serve([self.socket])), daemon=True)

    def start(self):
        self.thread.start()
        wait_for(lambda: self.server.started)
        return self

    def close(self):
        self.server.should_exit = True
        self.world.close()
        self.thread.join(5)


@contextmanager
def live_sandbox():
    """A sandbox, stopped at the end."""
    live = Live().start()
    try:
        yield live
    finally:
        live.close()


def wait_for(ready, limit=20.0):
    """The first true value of `ready()`; fails after `limit` seconds, which is only there so as not to hang."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        found = ready()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("this did not happen in time")
