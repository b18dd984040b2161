"""People who asked for a person: urgent first, how long they have waited, take, answer, give back."""

from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from bot.dashboard.desk import desk
from bot.dashboard.dossier import said
from bot.dashboard.form import LABELS
from bot.dashboard.health import span
from bot.dashboard.pages import announce, page
from bot.dashboard.rights import TRAITER, role_in, visible_bodies
from bot.dashboard.shown import shown
from bot.domain.demande import Champ
from bot.domain.turn import CounsellorWrote, HandoffClosed
from bot.storage.connection import lock_chat
from bot.storage.models import DemandeRow, HandoffRow, RelayedMessage


@require_safe
def conversations(request: Any) -> HttpResponse:
    """Those who wait, then those being answered."""
    bodies = [slug for slug in visible_bodies(request.roles) if role_in(request.roles, slug) in TRAITER]
    now = desk().clock.now()
    last = RelayedMessage.objects.filter(chat=OuterRef("chat"), at__gte=OuterRef("opened_at")).order_by("-at", "-id")
    rows = HandoffRow.objects.filter(organisme__in=bodies, closed_at=None)
    rows = rows.annotate(dernier=Subquery(last.values("auteur")[:1])).order_by("taken_at", "-urgent", "opened_at")[:200]
    lines = [(row, desk().body_name(row.organisme), span(now - row.opened_at)) for row in rows]
    context = {
        "en_attente": [line for line in lines if line[0].taken_at is None],
        "en_cours": [line for line in lines if line[0].taken_at is not None],
    }
    return page(request, "conversations.html", context)


@require_safe
def conversation(request: Any, pk: int) -> HttpResponse:  # noqa: ARG001
    """One conversation with the draft that the person agreed to show."""
    return _show(request)


def _show(request: Any, erreur: str = "", status: int = 200) -> HttpResponse:
    row = request.objet
    sent = DemandeRow.objects.filter(chat=row.chat, organisme__in=visible_bodies(request.roles)).order_by("-envoyee_le")
    context = {
        "row": row,
        "organisme": desk().body_name(row.organisme),
        "depuis": span(desk().clock.now() - row.opened_at),
        "messages": said(row.chat, row.organisme),
        "brouillon": _draft(row.brouillon),
        "demandes": list(sent[:20]),
        "erreur": erreur,
        "saisi": request.POST.get("message", "") if erreur else "",
    }
    return page(request, "conversation.html", context, status=status)


def _draft(kept: Any) -> list[tuple[str, str]]:
    """The draft in the order of the form."""
    known = kept if isinstance(kept, dict) else {}
    return [
        (LABELS[champ], shown(champ, known[champ]))
        for champ in LABELS
        if known.get(champ) is not None and champ in set(Champ)
    ]


@require_POST
def prendre(request: Any, pk: int) -> HttpResponse:
    """Take it: the first one wins."""
    user, now = request.user.get_username(), desk().clock.now()
    taken = HandoffRow.objects.filter(pk=pk, taken_at=None, closed_at=None).update(pris_par=user, taken_at=now)
    if not taken:
        request.objet.refresh_from_db()
        who = request.objet.pris_par
        announce(request, f"Déjà prise par {who}." if who else "Cette conversation est terminée.", error=True)
    return redirect("conversation", pk=pk)


@require_POST
def repondre(request: Any, pk: int) -> HttpResponse:
    """Answer through the bot; answering takes the conversation if nobody had."""
    text = str(request.POST.get("message", "")).replace("\r\n", "\n").replace("\x00", "").strip()[:3000]
    if not text:
        return _show(request, "Écrivez le message avant de l'envoyer.", status=422)
    user, now = request.user.get_username(), desk().clock.now()
    with transaction.atomic():
        lock_chat(request.objet.chat)
        row = HandoffRow.objects.select_for_update().filter(pk=pk, closed_at=None).first()
        if row is None:
            return _show(request, "Cette conversation est terminée : le message n'est pas parti.", status=409)
        if row.taken_at is None:
            HandoffRow.objects.filter(pk=pk).update(pris_par=user, taken_at=now)
        desk().notifier.tell(row.chat, CounsellorWrote(text, row.organisme), auteur=user)
    return redirect("conversation", pk=pk)


@require_POST
def rendre(request: Any, pk: int) -> HttpResponse:
    """Give the conversation back to the bot, which says so."""
    with transaction.atomic():
        lock_chat(request.objet.chat)
        if HandoffRow.objects.filter(pk=pk, closed_at=None).update(closed_at=desk().clock.now()):
            desk().notifier.tell(request.objet.chat, HandoffClosed())
    announce(request, "Conversation terminée. Le service automatique reprend.")
    return redirect("conversations")
