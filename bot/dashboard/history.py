"""The life of a demande as it is read: each event in words, each changed field with what it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dashboard import shown
from bot.dashboard.desk import Desk
from bot.dashboard.form import LABELS
from bot.domain.demande import Champ, Changement, Demande, Evenement, Role, Statut


@dataclass(frozen=True, slots=True)
class Diff:
    """One field, before and after; empty means absent."""

    libelle: str
    avant: str
    apres: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: when, who, what, why."""

    at: datetime
    auteur: str
    texte: str
    motif: str
    diffs: tuple[Diff, ...]
    note: bool = False


def entries(demande: Demande, desk: Desk) -> tuple[Entry, ...]:
    """Every event, the latest first."""
    return tuple(_entry(event, desk) for event in reversed(demande.evenements))


def _entry(event: Evenement, desk: Desk) -> Entry:
    author = shown.author(event.auteur, desk.words)
    motif = "" if event.quoi == "attribuee" else event.motif
    return Entry(event.at, author, said(event, desk), motif, diffs(event.changements), event.quoi == "note")


def told(event: Evenement, desk: Desk) -> str:
    """One event in a line, with who did it."""
    return f"{said(event, desk)} ({shown.author(event.auteur, desk.words)})"


def said(event: Evenement, desk: Desk) -> str:
    """What happened, in a few words."""
    match event.quoi:
        case "envoyee":
            return "Demande envoyée, dans la conversation Telegram"
        case "statut":
            return f"{_status(event.de)} → {_status(event.vers)}"
        case "modifiee":
            where = "par un message dans Telegram" if event.auteur == Role.PERSONNE else "au bureau"
            return f"Champs modifiés {where}"
        case "transferee":
            return f"Transférée de {desk.body_name(event.de)} à {desk.body_name(event.vers)}"
        case "transfert_propose":
            return f"Transfert proposé à la personne : de {desk.body_name(event.de)} à {desk.body_name(event.vers)}"
        case "transfert_refuse":
            return f"Transfert refusé par la personne : la demande reste chez {desk.body_name(event.de)}"
    return _done_here(event, desk)


def _done_here(event: Evenement, desk: Desk) -> str:
    """What stays on the desk: the person never hears of it."""
    match event.quoi:
        case "note":
            return "Note privée"
        case "annulation":
            return f"Changement annulé dans les dix secondes : de nouveau {_place(event.vers, desk)}"
        case "attribuee":
            return f"Confiée à {event.motif}" if event.motif else "Rendue à l'équipe"
        case "rappel":
            return f"Mise de côté jusqu'au {shown.french_date(event.vers)}" if event.vers else "Reprise"
    return event.quoi


def _status(value: str) -> str:
    return shown.STATUTS[Statut(value)] if value in set(Statut) else value


def _place(value: str, desk: Desk) -> str:
    """A status, or the body a transfer came from."""
    return f"« {_status(value)} »" if value in set(Statut) else f"chez {desk.body_name(value)}"


def diffs(changes: Sequence[Changement]) -> tuple[Diff, ...]:
    """The changed fields, in words."""
    return tuple(_diff(change) for change in changes)


def _diff(change: Changement) -> Diff:
    if change.champ not in set(Champ):
        return Diff(change.champ, str(change.avant or ""), str(change.apres or ""))
    champ = Champ(change.champ)
    return Diff(LABELS.get(champ, champ.value), shown.shown(champ, change.avant), shown.shown(champ, change.apres))


def new_version(demande: Demande) -> tuple[Diff, ...]:
    """What came back since fields were last asked for: first value against last, field by field."""
    asked = [rank for rank, event in enumerate(demande.evenements) if event.vers == Statut.A_COMPLETER]
    if not asked or demande.statut is Statut.A_COMPLETER:
        return ()
    first: dict[str, Changement] = {}
    for event in demande.evenements[asked[-1] :]:
        for change in event.changements:
            known = first.get(change.champ)
            first[change.champ] = Changement(change.champ, known.avant if known else change.avant, change.apres)
    return diffs([change for change in first.values() if change.avant != change.apres])
