"""Everything the page of one demande shows, read in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from bot.casework import last_activity
from bot.dashboard import law, replies
from bot.dashboard.desk import PARIS, Desk
from bot.dashboard.explain import Explanation, explain
from bot.dashboard.form import FORM, LABELS, minor_at_start, missing, needed
from bot.dashboard.history import Diff, Entry, entries, new_version
from bot.dashboard.queue import Urgency, urgency, waiting
from bot.dashboard.rights import TRAITER
from bot.dashboard.shown import DISPOSITIFS, STATUTS, shown
from bot.domain.controles import Controle
from bot.domain.demande import OUVERTS, TRANSITIONS, Champ, Demande, Role, Statut
from bot.storage.models import HandoffRow, Outgoing, RelayedMessage
from bot.storage.records import demande_of


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form."""

    champ: str
    libelle: str
    valeur: str
    manque: bool
    demande: bool
    """Asked of the person, who has not answered yet."""


@dataclass(frozen=True, slots=True)
class Block:
    """A section of the form with its lines."""

    titre: str
    champs: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A change of status this person may make here and now."""

    statut: str
    libelle: str
    motif: bool
    champs: bool
    principal: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One message with the person, and whether it arrived."""

    at: datetime
    auteur: str
    texte: str
    a_nous: bool
    non_remis: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The page's content."""

    demande: Demande
    row: Any
    nom: str
    statut: str
    dispositif: str
    organisme: str
    urgence: Urgency
    attente_dite: str
    blocs: tuple[Block, ...]
    manques: tuple[Field, ...]
    a_choisir: tuple[Field, ...]
    """The fields that may be asked of the person, those that miss first."""
    nouveautes: tuple[Diff, ...]
    explication: Explanation
    controles: tuple[Controle, ...]
    verifications: tuple[law.Check, ...]
    doublons: tuple[Any, ...]
    historique: tuple[Entry, ...]
    messages: tuple[Said, ...]
    conversation: Any | None
    mouvements: tuple[Move, ...]
    modeles: tuple[replies.Ready, ...]
    conservee_jusqu_au: datetime
    non_remis: str
    """Why the person did not get the last thing we sent about this demande; empty when nothing is lost."""
    agit: bool
    """May act here."""
    transfert: bool
    vu: int


_WORDS = {
    Statut.PRISE_EN_CHARGE: "Prendre en charge",
    Statut.A_COMPLETER: "Demander à compléter",
    Statut.COMPLETEE: "Marquer complétée",
    Statut.PRETE: "Marquer prête à conventionner",
    Statut.CONVENTIONNEE: "Marquer conventionnée",
    Statut.REFUSEE: "Refuser",
    Statut.ANNULEE: "Annuler",
    Statut.SANS_SUITE: "Classer sans suite",
}

_MAIN = frozenset({Statut.PRISE_EN_CHARGE, Statut.PRETE, Statut.CONVENTIONNEE})


def open_dossier(row: Any, role: Role, user: str, desk: Desk) -> Dossier:  # noqa: ARG001
    """Read the demande and what surrounds it."""
    demande = demande_of(row, row.evenements.all())
    found = law.earlier_of([row])
    others = law.others_of(row, found)
    controls = law.controls(row, desk, found)
    minor = minor_at_start(demande.answers, desk.today, desk.regles.valeur("age_majorite", desk.today))
    blocks = _blocks(demande, minor=minor)
    fields = [field for block in blocks for field in block.champs]
    answers = demande.answers
    return Dossier(
        demande=demande,
        row=row,
        nom=f"{answers.get('prenom') or ''} {answers.get('nom') or ''}".strip() or "Nom non donné",
        statut=STATUTS[demande.statut],
        dispositif=DISPOSITIFS.get(demande.dispositif, demande.dispositif),
        organisme=desk.body_name(demande.organisme),
        urgence=urgency(row.date_debut, row.statut, desk),
        attente_dite=since(waiting(demande.envoyee_le, desk)),
        blocs=blocks,
        manques=tuple(field for field in fields if field.manque),
        a_choisir=_to_ask(demande, minor=minor),
        nouveautes=new_version(demande),
        explication=explain(demande, desk),
        controles=controls,
        verifications=law.checks(controls, desk),
        doublons=tuple(law.twins(row, others)),
        historique=entries(demande, desk),
        messages=said(demande.chat, demande.organisme, demande.id),
        conversation=HandoffRow.objects.filter(chat=demande.chat, closed_at=None).order_by("-opened_at").first(),
        mouvements=moves(demande.statut, role),
        modeles=replies.ready(demande, desk) if role in TRAITER else (),
        conservee_jusqu_au=last_activity(demande) + timedelta(days=desk.retention_close_jours),
        non_remis=_lost(demande.id),
        agit=role in TRAITER,
        transfert=role in TRAITER and demande.statut in OUVERTS,
        vu=len(demande.evenements),
    )


def since(span: str) -> str:
    """« il y a 3 jours », « hier »."""
    return f"il y a {span}" if span[:1].isdigit() else span


def _blocks(demande: Demande, *, minor: bool) -> tuple[Block, ...]:
    """Sections that say something, or where something misses."""
    wanted = needed(demande.answers, minor=minor)
    blocks = []
    for section in FORM:
        fields = tuple(
            _field(demande, champ, label, wanted=champ in wanted)
            for champ, label in section.champs
            if champ in wanted or champ in demande.a_completer or demande.answers.get(champ) is not None
        )
        if fields:
            blocks.append(Block(section.titre, fields))
    return tuple(blocks)


def _field(demande: Demande, champ: Champ, label: str, *, wanted: bool) -> Field:
    value = demande.answers.get(champ)
    text = shown(champ, value)
    return Field(champ.value, label, text, wanted and not text, champ in demande.a_completer)


def _to_ask(demande: Demande, *, minor: bool) -> tuple[Field, ...]:
    absent = missing(demande.answers, minor=minor)
    wanted = needed(demande.answers, minor=minor)
    rest = [champ for champ in LABELS if champ not in absent and (champ in wanted or champ in demande.answers)]
    askable = [champ for champ in (*absent, *rest) if champ is not Champ.CONSENTEMENT]
    return tuple(_field(demande, champ, LABELS[champ], wanted=champ in absent) for champ in askable)


def moves(statut: Statut, role: Role) -> tuple[Move, ...]:
    """What the table allows from here to this role."""
    return tuple(
        Move(one.target.value, _WORDS[one.target], one.motif, one.target is Statut.A_COMPLETER, one.target in _MAIN)
        for one in TRANSITIONS
        if one.source is statut and role in one.roles
    )


def said(chat: int, organisme: str, demande: str | None = None) -> tuple[Said, ...]:
    """What this body and the person wrote to each other, oldest first, and what was not delivered."""
    mine = Q(chat=chat, organisme=organisme)
    rows: Sequence[Any] = list(
        RelayedMessage.objects.filter(mine | Q(demande_id=demande) if demande else mine)
        .select_related("outgoing")
        .order_by("at", "id")
    )
    return tuple(_said(row) for row in rows)


def _said(row: Any) -> Said:
    lost = row.outgoing is not None and row.outgoing.etat == Outgoing.Etat.NON_REMIS
    ours = row.auteur != Role.PERSONNE
    author = row.auteur if ours else "la personne"
    return Said(row.at.astimezone(PARIS), author, row.texte, ours, reason(row.outgoing.error) if lost else "")


def _lost(demande: str) -> str:
    """What was not delivered about this demande and has not been followed by anything delivered."""
    last = Outgoing.objects.filter(demande=demande).exclude(etat=Outgoing.Etat.A_ENVOYER).order_by("-id").first()
    return reason(last.error) if last and last.etat == Outgoing.Etat.NON_REMIS else ""


def reason(error: str) -> str:
    """Why a message did not arrive, in words."""
    if "blocked" in error.lower() or "403" in error:
        return "Non remis : le destinataire a bloqué le bot."
    return "Non remis : Telegram a refusé le message."
