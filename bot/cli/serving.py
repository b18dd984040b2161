"""What `run` and `demo` share: the tasks of each role, and the web server, until a signal."""

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import partial
from threading import Thread
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from bot.answers.late import OPENING_SECONDS
from bot.app import Program, desk_app
from bot.channels.telegram.api import BotApi
from bot.channels.telegram.deliver import Deliverer
from bot.channels.telegram.journal import Journal
from bot.channels.telegram.menu import introduce
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.sender import Sender
from bot.channels.telegram.webhook import Webhook
from bot.channels.telegram.worker import CONCURRENT, Worker
from bot.cli.listening import address
from bot.cli.metrics import Metrics

BEAT_SECONDS = 5
MAIL_SECONDS = 60
SWEEP_SECONDS = 900
POST_SECONDS = 3
SILENT_SECONDS = 15
CONNECTIONS = 1_000

SWITCH_SECONDS = 0.001
"""Threads take turns five times as often as by default: an update changes thread ten times, among sixteen that compute."""

UNHEARD = timedelta(minutes=2)
"""Five polls: no update was fetched and stored for so long."""

_STOP_SECONDS = 5

_log = logging.getLogger(__name__)

Job = Coroutine[Any, Any, None]


class Role(StrEnum):
    """A part of the program that can run on a machine of its own."""

    INTAKE = "intake"
    WORKER = "worker"
    WEB = "web"


ALL = frozenset(Role)


class Hurried(AutoHTTPProtocol):  # type: ignore[valid-type,misc]
    """HTTP for those who speak: a connection on which no request has begun after a while is closed."""

    def connection_made(self, transport: Any) -> None:
        """Open, and look again later."""
        super().connection_made(transport)
        asyncio.get_running_loop().call_later(SILENT_SECONDS, self._leave_if_silent)

    def _leave_if_silent(self) -> None:
        if self.cycle is None and self.transport is not None and not self.transport.is_closing():
            self.transport.close()


class _Server(uvicorn.Server):
    """uvicorn, leaving the signals to us, and saying when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open, then say so."""
        await super().startup(sockets)
        self.up.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing: one place handles them for every task."""
        yield


@dataclass(slots=True)
class Service:
    """One process: the roles it plays, and what it serves."""

    whole: Program
    roles: frozenset[Role] = ALL
    api: BotApi | None = None
    webhook_url: str = ""
    webhook_secret: str = ""
    bound: socket.socket | None = None
    routes: Sequence[BaseRoute] = ()
    """Served before the counsellors' pages."""
    closing: Callable[[], None] = lambda: None
    """Called when the program is about to stop, before the server waits for its last answers."""
    turns: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, CONCURRENT, "turn"))
    threads: ThreadPoolExecutor = field(default_factory=partial(ThreadPoolExecutor, 8, "db"))
    poller: Poller | None = None

    async def run(self, ready: Callable[[], Awaitable[None] | None], stop: asyncio.Event) -> None:
        """Serve until `stop`; `ready` is called once everything answers."""
        sys.setswitchinterval(SWITCH_SECONDS)
        jobs = [*self._telegram(), self._beat()]
        # In a thread: the pages read the database while they are put together.
        server = await asyncio.get_running_loop().run_in_executor(self.threads, self._server)
        if server is not None and Role.WEB in self.roles:
            jobs.append(self._mail())
        tasks = [asyncio.create_task(job) for job in jobs]
        if server is not None:
            tasks.append(asyncio.create_task(server.serve([self.bound] if self.bound else None)))
            up = asyncio.create_task(server.up.wait())
            await asyncio.wait({up, tasks[-1]}, return_when=asyncio.FIRST_COMPLETED)
        # Whoever reads « ready » may at once ask the database where the pages are.
        await self._beat_once()
        gc.freeze()
        gc.enable()
        called = ready()
        self.whole.want_answers()
        if Role.WORKER in self.roles:
            Thread(target=self._rehearse, name="rehearsal", daemon=True).start()
        if called is not None:
            await called
        await _until(stop, tasks)
        await self._close(tasks, server)

    def _rehearse(self) -> None:
        try:
            self.whole.rehearse()
        except Exception as error:
            _log.warning("nothing is made ahead of the first message: %s", type(error).__name__)
        self.whole.settle(OPENING_SECONDS)
        gc.freeze()  # what questions need is there to stay too

    def _telegram(self) -> list[Job]:
        if self.api is None:
            return []
        sender, worker = self._sender(self.api), self._worker(self.api)
        worker.answered = sender.wake.set
        jobs: list[Job] = []
        if Role.WORKER in self.roles:
            jobs += [worker.run(), sender.run(), self._sweep(sender.wake.set), self._post()]
        if Role.INTAKE in self.roles:
            jobs += [introduce(self.api, self.whole.house.words)]
            if self.webhook_url:
                hook = self._webhook(worker.wake.set)
                self.routes = [hook.route(), *self.routes]
                jobs.append(hook.declare(self.api))
            else:
                clock = self.whole.clock.now
                self.poller = Poller(self.api, self.whole.store, self.threads, worker.wake.set, clock=clock)
                jobs.append(self.poller.run())
        return jobs

    def _sender(self, api: BotApi) -> Sender:
        from bot.storage import outbox

        journal = Journal(self.whole.settings.data_dir / "sent.journal")
        deliverer = Deliverer(api, self.whole.documents().make, journal)
        return Sender(outbox, deliverer, self.whole.clock, self.threads)

    def _worker(self, api: BotApi) -> Worker:
        from bot.storage.inbox import long_ones, waiting_chats

        return Worker(self.whole.taker(), waiting_chats, self.turns, api, long_ones)

    def _webhook(self, arrived: Callable[[], None]) -> Webhook:
        former = self.whole.settings.webhook_secret_former.get_secret_value()
        return Webhook(self.webhook_url, self.webhook_secret, self.whole.store, self.threads, arrived, former)

    def _server(self) -> _Server | None:
        if self.bound is None:
            return None
        pages = [Mount("/", desk_app(self.whole))] if Role.WEB in self.roles else []
        measures = [Route("/metrics", Metrics(self.whole.clock, self.whole.settings.metrics_token.get_secret_value()))]
        app = Starlette(routes=[*measures, *self.routes, *pages], lifespan=_lifespan)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="on",
            server_header=False,
            timeout_graceful_shutdown=_STOP_SECONDS,
            http=Hurried,
            limit_concurrency=CONNECTIONS,
        )
        return _Server(config)

    async def _beat(self) -> None:
        """Say, every few seconds, that each role is alive, and what does not work around it."""
        while True:
            await self._beat_once()
            await asyncio.sleep(BEAT_SECONDS)

    async def _beat_once(self) -> None:
        from bot.storage.heartbeat import beat

        loop = asyncio.get_running_loop()
        for role in sorted(self.roles):
            try:
                await loop.run_in_executor(
                    self.threads, partial(beat, role, self.whole.clock.now(), self._detail(role))
                )
            except Exception as error:
                _log.warning("heartbeat not written: %s", type(error).__name__)

    def _detail(self, role: Role) -> dict[str, Any]:
        """What does not work around this role and, for the pages, where they are."""
        from bot.storage.heartbeat import failing

        found = {code: since.isoformat() for code, since in failing.items()}
        found |= self.whole.troubles() if role is Role.WORKER else {}
        if role is Role.INTAKE and self.poller and self.whole.clock.now() - self.poller.heard > UNHEARD:
            found["plus-de-releve"] = self.poller.heard.isoformat()
        if self.api is not None and self.api.trouble is not None and role is not Role.WEB:
            kind, since = self.api.trouble
            found[kind] = since.isoformat()
        where = {"adresse": address(self.bound)} if role is Role.WEB and self.bound is not None else {}
        counts = self.whole.model_counts() if role is Role.WORKER else None
        return {"ennuis": found} | where | ({"modele": counts} if counts else {})

    async def _sweep(self, moved: Callable[[], None]) -> None:
        """Reminders and retention, every quarter of an hour, on one machine at a time."""
        from bot.storage.lease import holds

        loop, sweeper = asyncio.get_running_loop(), self.whole.sweeper()
        while True:
            try:
                if await loop.run_in_executor(self.threads, partial(holds, "sweeper", self.whole.clock.now())):
                    await loop.run_in_executor(self.threads, sweeper.run)
                    moved()
            except Exception as error:
                _log.warning("reminders and retention: %s; in a quarter of an hour again", type(error).__name__)
            await asyncio.sleep(SWEEP_SECONDS)

    async def _mail(self) -> None:
        """Notices to counsellors, every minute, from one machine at a time.

        They are written when they leave: one that waits in the outbox of e-mails may be about a demande already taken,
        and nobody may be said to have been told before.
        """
        from bot.storage.lease import holds

        loop = asyncio.get_running_loop()
        while True:
            try:
                if await loop.run_in_executor(self.threads, partial(holds, "courrier", self.whole.clock.now())):
                    await loop.run_in_executor(self.threads, self.whole.post_mail)
                    await loop.run_in_executor(self.threads, self.whole.tell_maintainers)
            except Exception as error:
                _log.warning("notices to counsellors: %s; in a minute again", type(error).__name__)
            await asyncio.sleep(MAIL_SECONDS)

    async def _post(self) -> None:
        """E-mails leave from here, every few seconds; several workers never send the same one."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                await loop.run_in_executor(self.threads, self.whole.post)
            except Exception as error:
                _log.warning("e-mails not sent: %s", type(error).__name__)
            await asyncio.sleep(POST_SECONDS)

    async def _close(self, tasks: list["asyncio.Task[None]"], server: _Server | None) -> None:
        serving = tasks.pop() if server is not None else None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.closing()
        self.whole.close()
        if server is not None and serving is not None:
            server.should_exit = True
            await asyncio.wait({serving}, timeout=_STOP_SECONDS + 1)
        self.turns.shutdown(wait=True, cancel_futures=True)
        self.threads.shutdown(wait=True, cancel_futures=True)
        if self.api is not None:
            await self.api.close()


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    yield


async def _until(stop: asyncio.Event, tasks: list["asyncio.Task[None]"]) -> None:
    """Until the signal; a task that ends on an error ends the program, loudly."""
    waiting = asyncio.create_task(stop.wait())
    alive: set[asyncio.Task[Any]] = {waiting, *tasks}
    while waiting in alive:
        done, alive = await asyncio.wait(alive, return_when=asyncio.FIRST_COMPLETED)
        for task in done - {waiting}:
            if not task.cancelled() and task.exception() is not None:
                waiting.cancel()
                raise task.exception() or RuntimeError
    waiting.cancel()


def stop_on_signals() -> asyncio.Event:
    """An event set by SIGTERM or Ctrl-C."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
