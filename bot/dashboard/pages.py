"""What views share: a page with its navigation, an announcement for the next page, a download."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db.models import Count, Q
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from bot.dashboard.acts import undoable
from bot.dashboard.assets import versions
from bot.dashboard.desk import desk
from bot.dashboard.portee import TOUT, Portee
from bot.dashboard.rights import DIRIGER, TRAITER, role_in, visible_bodies
from bot.domain.demande import Statut
from bot.domain.typographie import french_html
from bot.storage.models import DemandeRow, HandoffRow


def announce(request: Any, text: str, *, error: bool = False, lot: str = "") -> None:
    """Say this at the top of the next page; `lot` is the gesture that it offers to undo."""
    request.session["annonce"] = text
    request.session["annonce_erreur"] = error
    if lot:
        request.session["annonce_lot"] = lot


def page(request: Any, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Render `dashboard/<template>` with what the frame needs."""
    roles = getattr(request, "roles", {})
    acting = any(role in TRAITER for role in roles.values())
    lot = request.session.pop("annonce_lot", "")
    user = request.user.get_username() if lot else ""
    frame = {
        "annonce": request.session.pop("annonce", ""),
        "annonce_erreur": request.session.pop("annonce_erreur", False),
        "connecte": request.user.is_authenticated,
        "membre": bool(roles),
        "traitant": acting,
        "responsable": any(role in DIRIGER for role in roles.values()),
        "compteurs": counters(roles, getattr(request, "portee", TOUT)) if acting else None,
        "lot": lot if undoable(lot, user, desk().clock.now()) else "",
        "ici": request.resolver_match.url_name if request.resolver_match else "",
        "organismes_lus": [desk().body_name(slug) for slug in sorted(roles)],
        "actifs": versions(),
    }
    response = render(request, f"dashboard/{template}", frame | context, status=status)
    response.content = typeset(response.content.decode()).encode()
    return response


typeset = french_html
"""How the words of a page are set; tests that compare words set it aside."""


@dataclass(frozen=True, slots=True)
class Counters:
    """What waits for somebody here."""

    demandes: int
    """New, and in nobody's hands."""
    conversations: int
    """People who wait for our words."""
    urgences: int
    """Words of danger that nobody has read yet, and other urgent threads that wait."""

    @property
    def total(self) -> int:
        """What the title of the page says."""
        return self.demandes + self.conversations


def counters(roles: Any, portee: Portee) -> Counters:
    """What the menu of every page says, in two queries."""
    bodies = [slug for slug in visible_bodies(roles) if role_in(roles, slug) in TRAITER]
    new = portee.rows(DemandeRow.objects.filter(organisme__in=bodies, statut=Statut.NOUVELLE.value, pris_par=""))
    waits = Q(attend_depuis__isnull=False) | Q(taken_at=None)
    unread = Q(danger__gt="", danger_vu_at=None)
    found = portee.threads(HandoffRow.objects.filter(organisme__in=bodies, closed_at=None)).aggregate(
        conversations=Count("pk", filter=waits), urgences=Count("pk", filter=unread | (waits & Q(urgent=True)))
    )
    return Counters(new.count(), found["conversations"], found["urgences"])


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
