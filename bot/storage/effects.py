"""What a turn asks for besides words, written in the transaction of that turn."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from bot import casework
from bot.domain import regex as re
from bot.domain.demande import Demande, Role, Statut
from bot.domain.turn import (
    AnswerTransfer,
    ChangeDemande,
    CloseHandoff,
    DeleteIncoming,
    Effect,
    EraseEverything,
    OpenHandoff,
    RaiseAlarm,
    RecordAnswered,
    RecordFeedback,
    RecordGap,
    RecordIncident,
    RelayToCounsellor,
    SendDemande,
    WithdrawDemande,
)
from bot.errors import ConflictError
from bot.storage import outbox, simulated, threads
from bot.storage.models import Compte, DemandeRow, HandoffRow, Lacune, Outgoing, Trace, Update
from bot.storage.records import PARIS
from bot.storage.stores import DjangoDemandeStore


def apply(effects: Iterable[Effect], *, chat: int, at: datetime) -> None:
    """Write every effect; the caller holds the transaction and the chat."""
    for effect in effects:
        _apply(effect, chat, at)


def _apply(effect: Effect, chat: int, at: datetime) -> None:  # noqa: C901, PLR0912 - one arm an effect, nothing else
    match effect:
        case SendDemande(demande):
            DjangoDemandeStore().add(_own(demande, chat))
        case ChangeDemande(identifier, changes, complete):
            _act(
                identifier,
                chat,
                lambda one: casework.amend(one, changes, auteur=Role.PERSONNE, at=at, complete=complete),
            )
        case WithdrawDemande(identifier, motif):
            _act(identifier, chat, lambda one: casework.withdraw(one, at=at, motif=motif))
        case AnswerTransfer(identifier, accepte):
            _act(identifier, chat, lambda one: casework.answer_transfer(one, accepte=accepte, at=at))
            if accepte:
                # Whoever held it belongs to the former body.
                DemandeRow.objects.filter(pk=identifier).update(pris_par="", rappel_le=None, prevenu_at=None)
        case EraseEverything():
            erase(chat, auteur=Role.PERSONNE, at=at)
        case DeleteIncoming(message_id):
            outbox.put(chat, [{"kind": "delete", "message_id": message_id}], now=at)
        case RecordIncident(category):
            count("incident", category, at)
            if category in threads.DANGERS:
                threads.alarm(chat, category, "", at)
        case RaiseAlarm(category, said):
            threads.alarm(chat, category, said, at)
        case OpenHandoff():
            threads.ask(chat, effect, at)
        case CloseHandoff():
            threads.close(chat, at)
        case RelayToCounsellor(text):
            threads.heard(chat, text, at)
        case RecordFeedback():
            _feedback(effect, at)
        case RecordAnswered(fiche):
            count("reponse", fiche, at)
        case RecordGap(question, reason):
            count("refus", reason, at)
            Lacune.objects.create(at=at, question=scrubbed(question)[:300], raison=reason[:80])


def _own(demande: Demande, chat: int) -> Demande:
    if demande.chat != chat:
        raise ConflictError(f"{demande.numero} is not of this chat")
    return demande


def _act(identifier: str, chat: int, act: Any) -> None:
    """A person acts on a demande of their own, never on another's."""
    DjangoDemandeStore().change(identifier, lambda one: act(_own(one, chat)))


def count(kind: str, category: str, at: datetime) -> None:
    """One more of this kind and category today (in Paris)."""
    day = at.astimezone(PARIS).date()
    key = {"jour": day, "quoi": kind[:20], "categorie": category[:80]}
    row, _ = Compte.objects.get_or_create(**key)
    Compte.objects.filter(id=row.id).update(nombre=F("nombre") + 1)


def _feedback(effect: RecordFeedback, at: datetime) -> None:
    count("avis", "utile" if effect.utile else f"inutile {effect.raison}".strip(), at)
    if not effect.utile:
        Lacune.objects.create(
            at=at, raison=f"avis {effect.raison}".strip()[:80], passages=list(effect.passages), question=""
        )


def erase(chat: int, *, auteur: str, at: datetime) -> int:
    """Erase what is held of a person, demandes that a body has taken excepted; leaves a trace; how many demandes.

    What had come in by then goes with it, unread; what the person writes after still waits in the inbox.
    """
    fresh = DemandeRow.objects.filter(chat=chat, statut=Statut.NOUVELLE.value)
    number = fresh.count()
    fresh.delete()
    HandoffRow.objects.filter(chat=chat).delete()
    Outgoing.objects.filter(chat=chat).delete()
    simulated.forget(chat)
    Update.objects.filter(chat=chat, done_at__isnull=False).update(payload={}, error="")
    Update.objects.filter(chat=chat, done_at__isnull=True, received_at__lt=at).update(payload={}, done_at=at)
    Trace.objects.create(at=at, quoi="effacement", auteur=auteur, nombre=number)
    return int(number)


_PERSONAL = (
    re.compile(r"(?<!\S)[^\s@]{1,64}@\S+"),
    re.compile(r"(?<![\d])\+?\d(?:[\s.\-/]?\w?\d){5,40}"),
    re.compile(
        r"\b((?i:m.appelle|nom est|chez|monsieur|madame|mademoiselle|mme|mlle|mr|m\.|docteur|entreprise|société|garage)\s)"
        r"(?!(?i:moi|eux|lui|elles?|nous|vous|qui|quoi|un|une|des)\b|d.accueil)[^\s?!.,;]{1,60}"
        r"(?:\s[A-ZÀ-Ý][^\s?!.,;]{0,60}){0,4}"
    ),
    re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ'’-]{1,60}(?:\s[A-ZÀ-Ý][\w'’-]{0,60}){0,4}"),
)
"""E-mail addresses; runs of six digits or more however they are spaced (a letter inside, for 2A and IBAN); what follows
« chez », « madame » or « je m'appelle »; a capital in the middle of a sentence."""


def scrubbed(text: str) -> str:
    """A question without what may name a person."""
    for pattern in _PERSONAL:
        text = pattern.sub(lambda found: f"{found[1] if found.re.groups else ''}[…]", text)
    return text
