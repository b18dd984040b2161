"""Threads with people: danger first, who waits and since when, take, assign, answer, give back."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bot.dashboard import fils, members, replies
from bot.dashboard.desk import desk
from bot.dashboard.form import LABELS
from bot.dashboard.health import span
from bot.dashboard.pages import announce, page
from bot.dashboard.portee import office_of
from bot.dashboard.rights import TRAITER, role_in, visible_bodies
from bot.dashboard.shown import shown
from bot.domain.demande import OUVERTS, Champ, Statut
from bot.domain.turn import CounsellorWrote, HandoffClosed
from bot.storage.connection import lock_chat
from bot.storage.models import DemandeRow, HandoffRow
from bot.storage.threads import CHANNEL


@require_safe
def conversations(request: Any) -> HttpResponse:
    """Those who wait for our words, those whose turn it is, those that are over."""
    bodies = [slug for slug in visible_bodies(request.roles) if role_in(request.roles, slug) in TRAITER]
    asked, number = request.GET.get("etape", ""), request.GET.get("page", "1")
    tab = asked if asked in fils.TABS else "a-repondre"
    number = int(number) if number.isdecimal() and len(number) < 6 and int(number) else 1
    found = fils.listing(tab, number, bodies, desk(), request.portee)
    context = {
        "liste": found,
        "onglets": [(code, name, found.par_onglet[code], code == tab) for code, name in fils.TABS.items()],
        "onglet": tab,
        "a_repondre": found.par_onglet["a-repondre"],
        "numero": number,
        "precedente": number - 1 if number > 1 else None,
        "suivante": number + 1 if number < found.pages else None,
        "plusieurs": len(bodies) > 1,
    }
    return page(request, "conversations.html", context)


@require_safe
def conversation(request: Any, pk: int) -> HttpResponse:  # noqa: ARG001
    """One thread: messages, what happened meanwhile, and the draft that the person agreed to show."""
    row = request.objet
    if row.prevenu_at is None:
        HandoffRow.objects.filter(pk=row.pk, prevenu_at=None).update(prevenu_at=desk().clock.now())
    return _show(request)


def _show(request: Any, erreur: str = "", status: int = 200) -> HttpResponse:
    row, bodies = request.objet, visible_bodies(request.roles)
    seen = request.portee.rows(DemandeRow.objects.filter(chat=row.chat, organisme__in=bodies))
    sent = list(seen.order_by("-envoyee_le")[:20])
    pieces, left = fils.pieces(row, bodies, desk(), request.portee, everything=request.GET.get("tout") == "oui")
    ours = [one for one in sent if one.organisme == row.organisme]
    models = replies.texts(row.organisme, ours[0] if ours else None, desk())
    chosen = next((one for one in models if str(one.modele.pk) == request.GET.get("modele")), None)
    context = {
        "row": row,
        "nom": fils.names_of([row], bodies)[row.pk],
        "organisme": desk().body_name(row.organisme),
        "danger": fils.danger(row),
        "depuis": span(desk().clock.now() - (row.attend_depuis or row.opened_at)),
        "pieces": pieces,
        "anciens": left,
        "brouillon": _draft(row.brouillon),
        "demandes": sent,
        "telephone": next((one.answers["telephone"] for one in ours if one.answers.get("telephone")), ""),
        "ouverte": next((one for one in ours if Statut(one.statut) in OUVERTS), None),
        "modeles": models,
        "equipe": members.team(row.organisme, office_of(row.chat, row.organisme), desk().today),
        "repond_jusqu_a": desk().clock.now() + CHANNEL,
        "erreur": erreur,
        "saisi": request.POST.get("message", "") if erreur else chosen.texte if chosen else "",
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
    free = HandoffRow.objects.filter(pk=pk, taken_at=None, closed_at=None)
    if not free.update(
        pris_par=user, taken_at=now, attend_depuis=request.objet.attend_depuis or request.objet.opened_at
    ):
        request.objet.refresh_from_db()
        who, when = request.objet.pris_par, request.objet.taken_at
        said = (
            f"Déjà prise par {who} à {desk().local(when):%H:%M}."
            if who and when
            else "Cette conversation est terminée."
        )
        announce(request, said, error=True)
    return redirect("conversation", pk=pk)


@require_POST
def repondre(request: Any, pk: int) -> HttpResponse:
    """Answer through the bot: the channel opens by itself, and takes the thread if nobody had."""
    text = str(request.POST.get("message", "")).replace("\r\n", "\n").replace("\x00", "").strip()[:3000]
    if not text:
        return _show(request, "Écrivez le message avant de l'envoyer.", status=422)
    row, user = request.objet, request.user.get_username()
    with transaction.atomic():
        lock_chat(row.chat)
        row.refresh_from_db()
        if row.closed_at is not None and request.POST.get("rouvrir") != "oui":
            return _show(request, "Cette conversation est terminée : le message n'est pas parti.", status=409)
        desk().notifier.tell(row.chat, CounsellorWrote(text, row.organisme), auteur=user)
        HandoffRow.objects.filter(pk=pk, danger__gt="", danger_vu_at=None).update(
            danger_vu_par=user, danger_vu_at=desk().clock.now()
        )
    return redirect(reverse("conversation", args=[pk]) + "#h-repondre")


@require_POST
def vue(request: Any, pk: int) -> HttpResponse:
    """Somebody has read the alarm, and says so by name."""
    user, now = request.user.get_username(), desk().clock.now()
    read = HandoffRow.objects.filter(pk=pk, danger__gt="", danger_vu_at=None)
    if read.update(danger_vu_par=user, danger_vu_at=now, prevenu_at=request.objet.prevenu_at or now):
        announce(request, "Alerte lue. Votre nom est noté : écrivez à la personne, ou appelez-la.")
    return redirect("conversation", pk=pk)


@require_POST
def attribuer(request: Any, pk: int) -> HttpResponse:
    """Give the thread to a colleague, or back to the team."""
    name, now, row = str(request.POST.get("membre", "")), desk().clock.now(), request.objet
    bureau, user = office_of(row.chat, row.organisme), request.user.get_username()
    if name and name not in members.colleagues(row.organisme, bureau, request.roles, user):
        announce(request, "Choisissez quelqu'un de l'équipe.", error=True)
    elif row.closed_at is None:
        HandoffRow.objects.filter(pk=pk).update(pris_par=name, taken_at=row.taken_at or (now if name else None),
                                                attend_depuis=row.attend_depuis or (row.opened_at if row.taken_at is None else None))  # fmt: skip
        announce(request, f"Conversation confiée à {name}." if name else "Conversation rendue à l'équipe.")
    return redirect("conversation", pk=pk)


@require_POST
def rendre(request: Any, pk: int) -> HttpResponse:
    """Give the conversation back to the bot, which says so; an alert, in which it never kept silent, only closes."""
    with transaction.atomic():
        lock_chat(request.objet.chat)
        held = HandoffRow.objects.filter(pk=pk, closed_at=None).first()
        if held is not None:
            HandoffRow.objects.filter(pk=pk).update(closed_at=desk().clock.now(), attend_depuis=None, jusqu_a=None)
            if held.origine != HandoffRow.Origine.ALERTE:
                desk().notifier.tell(held.chat, HandoffClosed())
    announce(request, "Conversation terminée. Le service automatique reprend.")
    return redirect("conversations")
