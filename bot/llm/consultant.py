"""Asking a model while somebody waits: at most a few seconds, never an error, and only while the meter allows it."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from threading import BoundedSemaphore, Thread
from typing import Any

from bot.llm.meter import Meter
from bot.llm.request import Caller, Fault, Given, Request

AT_ONCE = 4
"""Calls under way; one that outlasts its deadline holds its place until the provider lets go."""


class Consultant:
    """The `Consulted` port over a caller: a deadline for the whole call, whatever its connection does."""

    def __init__(
        self, caller: Caller, meter: Meter, *, deadline: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._caller, self.meter, self._deadline, self._clock = caller, meter, deadline, clock
        self._places = BoundedSemaphore(AT_ONCE)

    def ask(self, request: Request) -> Mapping[str, Any] | None:
        """The unchecked reply, or None."""
        if not self.meter.allows():
            return None
        if not self._places.acquire(blocking=False):
            self.meter.failed(Fault("every call is waiting"), 0.0)
            return None
        start = self._clock()
        under_way: Future[Given] = Future()
        Thread(target=self._call, args=(request, under_way), name="model", daemon=True).start()
        try:
            given = self._given(under_way)
        except Fault as fault:
            self.meter.failed(fault, self._clock() - start)
            return None
        self.meter.succeeded(given.tokens, self._clock() - start)
        return given.value

    def _given(self, under_way: "Future[Given]") -> Given:
        try:
            return under_way.result(self._deadline)
        except TooLate:
            raise Fault(f"no reply in {self._deadline:g} s") from None
        except Fault:
            raise
        except Exception as error:
            raise Fault(type(error).__name__) from None

    def _call(self, request: Request, under_way: "Future[Given]") -> None:
        """In a thread that nothing waits for, the end of the program included."""
        try:
            under_way.set_result(self._caller.call(request))
        except Exception as error:
            under_way.set_exception(error)
        finally:
            self._places.release()


class Opening:
    """A consultant whose provider is still being imported: nobody waits for that, the built-in ear answers meanwhile."""

    def __init__(self, consultant: Consultant, open_it: Callable[[], None]) -> None:
        self.consultant = consultant
        self._open = open_it
        self._ready = False
        self._thread = Thread(target=self._work, name="model-opening", daemon=True)
        self._thread.start()

    def ask(self, request: Request) -> Mapping[str, Any] | None:
        """As the port says; None while it opens."""
        if not self._ready:
            self.consultant.meter.unusable()
            return None
        return self.consultant.ask(request)

    def wait(self, limit: float) -> None:
        """Until it is open, at most `limit` seconds; blocking."""
        self._thread.join(limit)

    def _work(self) -> None:
        try:
            self._open()
        except Fault as fault:
            self.consultant.meter.failed(fault, 0.0)
        self._ready = True
