"""The demo's front page: the chat, the desk, and one press to sign in as anybody. Never part of a real installation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from importlib import resources
from string import Template

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.domain.typographie import french_html
from bot.sandbox.page import HEADERS


@dataclass(frozen=True, slots=True)
class Door:
    """An account one may take: its name, its body, what its role may do."""

    username: str
    organisme: str
    role: str
    peut: str


@dataclass(frozen=True, slots=True)
class Front:
    """What the page shows; `enter` opens a session for a name and gives its cookie, name and value."""

    chat: str
    doors: Sequence[Door]
    persons: Sequence[tuple[int, str]]
    requests: int
    enter: Callable[[str], tuple[str, str]]


def routes(front: Front) -> list[BaseRoute]:
    """The page at the root, its style, and the press that signs in."""
    known = {door.username for door in front.doors}

    async def show(_request: Request) -> Response:
        return HTMLResponse(french_html(html(front)), headers=HEADERS)

    async def style(_request: Request) -> Response:
        text = (resources.files("bot.sandbox") / "static" / "landing.css").read_text(encoding="utf-8")
        return PlainTextResponse(text, media_type="text/css", headers={"X-Content-Type-Options": "nosniff"})

    async def enter(request: Request) -> Response:
        async with request.form() as form:
            name = str(form.get("compte", ""))
        # A page elsewhere must not sign anybody in, even here.
        if name not in known or request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return PlainTextResponse("Ce compte n'existe pas.", status_code=404)
        cookie, value = await run_in_threadpool(front.enter, name)
        response = RedirectResponse("/demandes/", status_code=303)
        response.set_cookie(cookie, value, httponly=True, samesite="lax", path="/")
        return response

    return [
        Route("/", show),
        Route("/accueil.css", style),
        Route("/entrer", enter, methods=["POST"]),
    ]


def html(front: Front) -> str:
    """The page."""
    template = Template((resources.files("bot.sandbox") / "static" / "landing.html").read_text(encoding="utf-8"))
    bodies: dict[str, list[Door]] = {}
    for door in front.doors:
        bodies.setdefault(door.organisme, []).append(door)
    persons = "".join(
        f'<li><a href="{front.chat}?personne={number}">{escape(name)}</a></li>' for number, name in front.persons
    )
    return template.substitute(
        chat=front.chat,
        nouvelle=f"{front.chat}?personne=1",
        exemples=_examples(front.requests),
        personnes=f'<h3>Ou dans la conversation d’une personne d’exemple</h3><ul class="puces">{persons}</ul>'
        if persons
        else "",
        portes="".join(_body(name, doors) for name, doors in bodies.items() if len(doors) > 1)
        + _others([doors[0] for doors in bodies.values() if len(doors) == 1]),
    )


def _examples(count: int) -> str:
    if not count:
        return "Le bureau est vide : envoyez une première demande."
    return f"{count} demandes d’exemple y attendent, dans tous les états, avec deux conversations et une urgence."


def _body(name: str, doors: Sequence[Door]) -> str:
    """Every role of the body that has several; the others are one press each, under one heading."""
    rows = "".join(
        f'<li>{_press(door, door.role.capitalize())}<span class="peut">{escape(door.peut)}</span></li>'
        for door in doors
    )
    return f'<section class="organisme"><h3>{escape(name)}</h3><ul>{rows}</ul></section>'


def _others(doors: Sequence[Door]) -> str:
    if not doors:
        return ""
    rows = "".join(f"<li>{_press(door, door.organisme)}</li>" for door in doors)
    return f'<section class="organisme"><h3>Les autres organismes</h3><ul class="rangee">{rows}</ul></section>'


def _press(door: Door, label: str) -> str:
    return f'<button type="submit" name="compte" value="{escape(door.username)}">{escape(label)}</button>'
