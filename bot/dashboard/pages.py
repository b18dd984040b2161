"""What views share: a page with its navigation, an announcement for the next page, a download."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from bot.dashboard.assets import versions
from bot.dashboard.desk import desk
from bot.dashboard.rights import DIRIGER, TRAITER, visible_bodies
from bot.storage.models import HandoffRow


def announce(request: Any, text: str, *, error: bool = False) -> None:
    """Say this at the top of the next page."""
    request.session["annonce"] = text
    request.session["annonce_erreur"] = error


def page(request: Any, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render `dashboard/<template>` with what the frame needs."""
    roles = getattr(request, "roles", {})
    acting = any(role in TRAITER for role in roles.values())
    frame = {
        "annonce": request.session.pop("annonce", ""),
        "annonce_erreur": request.session.pop("annonce_erreur", False),
        "connecte": request.user.is_authenticated,
        "membre": bool(roles),
        "traitant": acting,
        "responsable": any(role in DIRIGER for role in roles.values()),
        "a_prendre": _waiting(roles) if acting else 0,
        "ici": request.resolver_match.url_name if request.resolver_match else "",
        "organismes_lus": [desk().body_name(slug) for slug in sorted(roles)],
        "actifs": versions(),
    }
    return render(request, f"dashboard/{template}", frame | context, status=status)


def _waiting(roles: Any) -> int:
    """People who asked for a person and whom nobody has taken."""
    waiting = HandoffRow.objects.filter(organisme__in=visible_bodies(roles), closed_at=None, taken_at=None)
    return int(waiting.count())


def download(request: Any, chunks: Iterable[str | bytes], mime: str, name: str) -> StreamingHttpResponse:
    """A file sent as it is made, without holding it whole, under WSGI and ASGI alike."""
    body: Any = _pulled(iter(chunks)) if isinstance(request, ASGIRequest) else chunks
    return StreamingHttpResponse(
        body, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


async def _pulled(chunks: Iterator[str | bytes]) -> AsyncIterator[str | bytes]:
    """The chunks, made in the thread that owns the database connection."""
    end = object()
    advance = sync_to_async(lambda: next(chunks, end))
    while (chunk := await advance()) is not end:
        yield chunk  # type: ignore[misc]
        await asyncio.sleep(0)


def attachment(content: bytes | str, mime: str, name: str) -> HttpResponse:
    """A small file, whole."""
    return HttpResponse(content, content_type=mime, headers={"Content-Disposition": f'attachment; filename="{name}"'})
