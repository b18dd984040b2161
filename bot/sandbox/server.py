"""The sandbox as an ASGI application: the Bot API under /bot<token>/, the chat page, and pushes to a webhook."""

import asyncio
import json
import logging
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.domain import regex as re
from bot.sandbox import page
from bot.sandbox.errors import ApiError, bad
from bot.sandbox.methods import METHODS, Params, number, value
from bot.sandbox.world import File, Webhook, World

_log = logging.getLogger(__name__)
_TOKEN = re.compile(r"(?<!\d)\d+:[A-Za-z0-9_-]{8,}")
_LONGEST_POLL = 50


def sandbox(world: World) -> Starlette:
    """The application that serves this world."""
    routes = [Route("/bot{token}/{method}", _Api(world), methods=["GET", "POST"]), *page.routes(world)]
    app = Starlette(routes=routes, lifespan=_lifespan(world))
    app.state.world = world
    return app


def _lifespan(world: World) -> Any:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with pushing(world):
            yield

    return lifespan


@asynccontextmanager
async def pushing(world: World) -> AsyncIterator[None]:
    """While inside, updates are pushed to the webhook, if one is set."""
    task = asyncio.create_task(_push_forever(world))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


class _Api:
    """One Bot API call, in Telegram's form."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive, send)
        try:
            response = JSONResponse({"ok": True, "result": await self._answer(request)})
        except ApiError as error:
            response = JSONResponse(error.body(), status_code=error.code)
        except (_Lost, ClientDisconnect):
            return
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Any:
        if not _TOKEN.fullmatch(request.path_params["token"]):
            raise ApiError(401, "Unauthorized")
        method, params = str(request.path_params["method"]), await _params(request)
        if method == "getUpdates":
            return await self._updates(params)
        if method not in METHODS:
            raise ApiError(404, "Not Found")
        return await self._act(method, params)

    async def _act(self, method: str, params: Params) -> Any:
        chat = number(params, "chat_id")
        fault = self.world.fault(method, chat)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and fault.error:
            raise fault.error
        with self.world.lock:
            result = METHODS[method](self.world, params)
            self.world.calls.append((method, chat))
        if fault and fault.lost:
            raise _Lost
        return result

    async def _updates(self, params: Params) -> list[dict[str, Any]]:
        world = self.world
        fault = world.fault("getUpdates", None)
        if fault and fault.error:
            raise fault.error
        if world.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
                                "delete the webhook first")  # fmt: skip
        world.poller += 1
        mine = world.poller
        allowed = value(params, "allowed_updates")
        if isinstance(allowed, list) and allowed:
            world.allowed = tuple(allowed)
        offset, limit = number(params, "offset"), number(params, "limit") or 100
        if offset is not None:
            world.confirm(offset)
        wait = min(number(params, "timeout") or 0, _LONGEST_POLL)
        world.touch()
        if world.closed:
            raise ApiError(502, "Bad Gateway")
        await world.until(lambda: bool(world.updates) or world.poller != mine, wait)
        if world.poller != mine:
            raise ApiError(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
                                "is running")  # fmt: skip
        return world.waiting(min(max(limit, 1), 100))


class _Lost(Exception):
    """The action took place, and its answer never arrives."""


async def _params(request: Request) -> Params:
    given: dict[str, Any] = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError:
            raise bad("can't parse the request's JSON") from None
        return given | (body if isinstance(body, dict) else {})
    async with request.form() as form:
        for name, part in form.multi_items():
            if isinstance(part, UploadFile):
                content = await part.read()
                given[name] = File(part.filename or name, content, part.content_type or "application/octet-stream")
            else:
                given[name] = part
    return _attached(given)


def _attached(given: dict[str, Any]) -> dict[str, Any]:
    """Uploads are named by the parameter that points at them (`attach://name`)."""
    return {
        name: given.get(part.removeprefix("attach://"), part)
        if isinstance(part, str) and part.startswith("attach://")
        else part
        for name, part in given.items()
    }


async def _push_forever(world: World) -> None:
    while not world.closed:
        await world.until(lambda: world.webhook is not None and bool(world.updates), 3600)
        hook, waiting = world.webhook, world.waiting(1)
        if hook is None or not waiting:
            continue
        if await asyncio.to_thread(_push, hook, waiting[0]):
            world.confirm(waiting[0]["update_id"] + 1)
        else:
            await asyncio.sleep(0.5)


def _push(hook: Webhook, update: dict[str, Any]) -> bool:
    headers = {"Content-Type": "application/json"}
    if hook.secret:
        headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
    request = urllib.request.Request(hook.url, json.dumps(update).encode(), headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return bool(200 <= answer.status < 300)
    except OSError as error:
        _log.warning("the webhook did not take update %s: %s", update["update_id"], type(error).__name__)
        return False
