"""The chat page: one simulated person a tab (`?personne=2`), served as HTML, kept fresh by a small script."""

from datetime import datetime
from functools import lru_cache
from html import escape
from importlib import resources
from string import Template
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.domain.typographie import french_html
from bot.sandbox import people
from bot.sandbox.world import Chat, Message, World

TEXT_MAX = 4096
_PARIS = ZoneInfo("Europe/Paris")
_POLL_SECONDS = 20
_WEEK = 7
_OTHERS = {"sticker": "Autocollant", "voice": "Message vocal", "photo": "Photo", "document": "Document",
           "location": "Position"}  # fmt: skip
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def routes(world: World) -> list[BaseRoute]:
    """The page, its script's feed, and its forms."""
    page = _Page(world)
    folder = str(resources.files("bot.sandbox") / "static")
    return [
        Route("/", page.show),
        Route("/fil", page.feed),
        Route("/envoyer", page.write, methods=["POST"]),
        Route("/presser", page.press, methods=["POST"]),
        Route("/autre", page.other, methods=["POST"]),
        Route("/document/{personne:int}/{message:int}", page.document),
        Mount("/static", StaticFiles(directory=folder)),
    ]


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((resources.files("bot.sandbox") / "static" / "page.html").read_text(encoding="utf-8"))


class _Page:
    """The handlers, around one world."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def show(self, request: Request) -> Response:
        number = _person(request.query_params.get("personne"))
        with self.world.lock:
            chat = self.world.chat(number)
            filled = _template().substitute(
                nom=escape(chat.name),
                personne=number,
                rev=_latest(chat),
                monde=self.world.token,
                personnes=_people(self.world, number),
                messages="".join(bubble(message, number) for message in chat.messages.values()) or _empty(number),
                commandes=_commands(self.world),
                autres=_buttons("kind", _OTHERS),
            )
        return HTMLResponse(filled, headers=HEADERS)

    async def feed(self, request: Request) -> Response:
        if self.world.closed:
            return PlainTextResponse("", status_code=503)
        number, since = _person(request.query_params.get("personne")), _whole(request.query_params.get("depuis"))
        # A page made by an earlier run: its numbers mean nothing here, and it must know at once.
        former = request.query_params.get("monde", self.world.token) != self.world.token
        since = 0 if former else since
        chat = self.world.chat(number)
        typing = self._typing(chat)
        await self.world.until(
            lambda: former or _latest(chat) > since or self._typing(chat) != typing, 1 if typing else _POLL_SECONDS
        )
        with self.world.lock:
            fresh = [one for one in chat.messages.values() if one.rev > since]
            return JSONResponse(
                {
                    "monde": self.world.token,
                    "rev": max(_latest(chat), since),
                    "messages": [{"id": one.id, "html": bubble(one, number)} for one in fresh],
                    "avis": [text for rev, text in chat.notices if rev > since],
                    "ecrit": self._typing(chat),
                },
                headers=HEADERS,
            )

    def _typing(self, chat: Chat) -> bool:
        return chat.typing_until > self.world.clock()

    async def write(self, request: Request) -> Response:
        form = await _form(request)
        text, number = form.get("texte", "").replace("\r\n", "\n").strip(), _person(form.get("personne"))
        # Telegram's clients cut what is too long into several messages.
        for start in range(0, len(text), TEXT_MAX):
            people.write(self.world, number, text[start : start + TEXT_MAX])
        return _done(request, number)

    async def press(self, request: Request) -> Response:
        form = await _form(request)
        number = _person(form.get("personne"))
        if form.get("data"):
            people.press(self.world, number, _whole(form.get("message")), form["data"])
        return _done(request, number)

    async def other(self, request: Request) -> Response:
        form = await _form(request)
        number, kind = _person(form.get("personne")), form.get("kind", "")
        if kind in _OTHERS:
            people.send(self.world, number, kind, label=_OTHERS[kind])
        return _done(request, number)

    async def document(self, request: Request) -> Response:
        chat = self.world.chats.get(request.path_params["personne"])
        message = chat.messages.get(request.path_params["message"]) if chat else None
        if message is None or message.file is None:
            return PlainTextResponse("Ce document n'existe pas.", status_code=404)
        name = quote(message.file.name)
        headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "X-Content-Type-Options": "nosniff"}
        return Response(message.file.content, media_type=message.file.mime, headers=headers)


async def _form(request: Request) -> dict[str, str]:
    if request.headers.get("sec-fetch-site") == "cross-site":
        return {}
    async with request.form() as form:
        return {name: part for name, part in form.items() if isinstance(part, str)}


def _done(request: Request, number: int) -> Response:
    if request.headers.get("accept") == "application/json":
        return JSONResponse({})
    return RedirectResponse(f"./?personne={number}", status_code=303)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


def _person(text: str | None) -> int:
    return min(max(_whole(text), 1), 10_000)


def _latest(chat: Chat) -> int:
    revs = [message.rev for message in chat.messages.values()] + [rev for rev, _ in chat.notices]
    return max(revs, default=0)


def bubble(message: Message, number: int) -> str:
    """One message as HTML, its buttons and its document included."""
    side = "moi" if message.mine else "bot"
    who = "Vous" if message.mine else "Le service"
    body = "Message supprimé." if message.deleted else message.html
    clock = datetime.fromtimestamp(message.date, tz=_PARIS).strftime("%H:%M")
    marks = "modifié · " if message.edited else ""
    return (
        f'<article id="m{message.id}" class="message {side}{" supprime" if message.deleted else ""}">'
        f'<div class="bulle"><span class="lu">{who} : </span>{_file(message, number)}<div class="corps">{body}</div>'
        f"<time>{marks}{clock}</time></div>{_keyboard(message, number)}</article>"
    )


def _file(message: Message, number: int) -> str:
    if message.file is None or message.deleted:
        return ""
    size = max(1, round(len(message.file.content) / 1024))
    return (
        f'<a class="fichier" href="document/{number}/{message.id}" download>📄 {escape(message.file.name)} '
        f"({size} ko)</a>"
    )


def _keyboard(message: Message, number: int) -> str:
    rows = (message.markup or {}).get("inline_keyboard", [])
    if not rows:
        return ""
    shown = "".join(
        f'<div class="rang{" semaine" if len(row) == _WEEK else ""}">{"".join(_button(button) for button in row)}</div>'
        for row in rows
    )
    return (
        f'<form class="clavier" method="post" action="presser"><input type="hidden" name="personne" value="{number}">'
        f'<input type="hidden" name="message" value="{message.id}">{shown}</form>'
    )


def _button(button: dict[str, Any]) -> str:
    label = escape(str(button.get("text", "")))
    if button.get("url"):
        return f'<a href="{escape(str(button["url"]))}" rel="noopener noreferrer">{label}</a>'
    return f'<button type="submit" name="data" value="{escape(str(button.get("callback_data", "")))}">{label}</button>'


def _people(world: World, number: int) -> str:
    """One choice a person, and one for somebody new."""
    known = {1: "", 2: "", number: ""} | {chat.id: chat.name for chat in world.chats.values() if chat.type == "private"}
    fresh = next(one for one in range(1, len(known) + 2) if one not in known)
    choices = [
        f'<option value="{one}"{" selected" if one == number else ""}>{escape(known[one] or f"Personne {one}")}</option>'
        for one in sorted(known)
    ]
    return "".join([*choices, f'<option value="{fresh}">Nouvelle personne</option>'])


def _empty(number: int) -> str:
    return french_html(
        '<form class="vide" method="post" action="envoyer"><p>Cette page imite Telegram. Touchez « Démarrer » pour '
        f'parler au service.</p><input type="hidden" name="personne" value="{number}">'
        '<button type="submit" name="texte" value="/start">Démarrer</button></form>'
    )


def _commands(world: World) -> str:
    known = [(f"/{one['command']}", one["description"]) for one in world.commands] or [("/start", "Commencer")]
    return "".join(
        f'<button type="submit" name="texte" value="{escape(command)}">{escape(command)} <small>{escape(label)}</small>'
        "</button>"
        for command, label in known
    )


def _buttons(name: str, choices: dict[str, str]) -> str:
    return "".join(
        f'<button type="submit" name="{name}" value="{key}">{label}</button>' for key, label in choices.items()
    )
