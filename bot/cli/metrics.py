"""`/metrics` in Prometheus' text format: queues, ages and counts by kind, never a word nor a number of anybody."""

import asyncio
import hmac
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.ports import Clock

_LOOPBACK = frozenset({"127.0.0.1", "::1"})


class Figures(Collector):
    """What the database says now: every process of the service gives the same."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each figure once."""
        from bot.storage.heartbeat import queues
        from bot.storage.models import Heartbeat

        now = self._clock.now()
        for name, value in queues(now).items():
            yield GaugeMetricFamily(f"immersion_{name}", "See docs of the status page.", value=float(value))
        beats = GaugeMetricFamily("immersion_silence_seconds", "Since the last sign of life.", labels=["role"])
        troubles = GaugeMetricFamily("immersion_trouble", "1 while a part reports it.", labels=["role", "kind"])
        for beat in Heartbeat.objects.all():
            beats.add_metric([beat.role], max(0.0, (now - beat.at).total_seconds()))
            for kind in beat.detail.get("ennuis", {}):
                troubles.add_metric([beat.role, kind], 1.0)
        yield beats
        yield troubles
        model = GaugeMetricFamily(
            "immersion_model_today", "What the listening model did today.", labels=["role", "kind"]
        )
        for beat in Heartbeat.objects.all():
            for kind in ("calls", "tokens", "seconds", "fallbacks"):
                if beat.detail.get("modele"):
                    model.add_metric([beat.role, kind], float(beat.detail["modele"][kind]))
        yield model


class Metrics:
    """The ASGI endpoint: open to this machine, and to whoever has the token."""

    def __init__(self, clock: Clock, token: str) -> None:
        self._token = token
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(Figures(clock))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one scrape."""
        response = await self._answer(Request(scope, receive))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        known = bool(self._token) and hmac.compare_digest(given.encode(), self._token.encode())
        near = not self._token and request.client is not None and request.client.host in _LOOPBACK
        if not known and not near:
            return PlainTextResponse("forbidden", status_code=403)
        text = await asyncio.to_thread(generate_latest, self._registry)
        return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST})
