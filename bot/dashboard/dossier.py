"""Everything the page of one demande shows, read in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from bot.casework import last_activity
from bot.dashboard import law, members, replies
from bot.dashboard.desk import PARIS, Desk
from bot.dashboard.explain import Explanation, explain
from bot.dashboard.form import FORM, LABELS, UNASKED, minor_at_start, missing, needed
from bot.dashboard.history import Diff, Entry, entries, new_version
from bot.dashboard.queue import Urgency, since, urgency, waiting
from bot.dashboard.rights import TRAITER
from bot.dashboard.shown import DISPOSITIFS, EMAILS, PHONES, STATUTS, shown, within
from bot.domain.controles import Controle
from bot.domain.demande import CLOS, OUVERTS, TRANSITIONS, Champ, Demande, Role, Statut
from bot.storage.models import HandoffRow, Outgoing, RelayedMessage
from bot.storage.records import demande_of
from bot.storage.threads import CHANNEL


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the form."""

    champ: str
    libelle: str
    valeur: str
    manque: bool
    demande: bool
    """Asked of the person, who has not answered yet."""

    lien: str = ""
    """`tel:` or `mailto:`, where the value is one to call or to write to."""

    @property
    def bas(self) -> str:
        """The label inside a sentence: acronyms keep their capitals."""
        return within(self.libelle)


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
    confirme: bool = False
    """Asks to confirm what is still missing."""
    convention: bool = False
    """Asks for the number of the signed convention."""

    @property
    def simple(self) -> bool:
        """One button, nothing to fill in."""
        return not (self.motif or self.champs or self.confirme or self.convention)


@dataclass(frozen=True, slots=True)
class Said:
    """One message with the person, and whether it arrived."""

    at: datetime
    auteur: str
    texte: str
    a_nous: bool
    non_remis: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What one wants before reading anything."""

    age: str
    mineur: bool
    telephone: str
    appel: str
    """For a `tel:` link."""
    email: str
    commune: str
    accueil: str
    etape: str
    """What comes next, in words."""


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
    plus_d_histoire: int
    """How many older entries are a link away."""
    messages: tuple[Said, ...]
    """The last ones; the whole thread has its own page."""
    plus_anciens: bool
    """Whether the thread holds older ones."""
    fil: Any | None
    """The thread of this person with this body, closed or not."""
    ailleurs: bool
    """Another body holds the conversation: what the person answers goes there."""
    repond_jusqu_a: datetime
    """Until when an answer to a message sent now would come here."""
    equipe: tuple[members.Colleague, ...]
    resume: Summary
    raison: str
    """Ready words to ask for what misses."""
    mouvements: tuple[Move, ...]
    modeles: tuple[replies.Ready, ...]
    conservee_jusqu_au: datetime
    non_remis: str
    """Why the person did not get the last thing we sent about this demande; empty when nothing is lost."""
    agit: bool
    """May act here."""
    transfert: bool
    vu: int


RECENT, RECENT_LETTERS = 20, 8_000
"""How many messages the page of a demande shows, and how many letters of them."""

EVENTS = 30
"""How many entries of its history."""

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

CONFIRMED = frozenset({Statut.PRETE, Statut.CONVENTIONNEE})
"""The statuses after which somebody goes to work: what is missing is said, and confirmed by hand."""


def missing_of(row: Any, desk: Desk) -> tuple[Champ, ...]:
    """What the convention still needs of this demande."""
    minor = minor_at_start(row.answers, desk.today, desk.regles.valeur("age_majorite", desk.today))
    return missing(row.answers, minor=minor)


def open_dossier(row: Any, role: Role, desk: Desk, *, everything: bool = False) -> Dossier:
    """Read the demande and what surrounds it; `everything` shows its whole history."""
    demande = demande_of(row, row.evenements.all())
    found = law.earlier_of([row])
    others = law.others_of(row, found)
    controls = law.controls(row, desk, found)
    minor = minor_at_start(demande.answers, desk.today, desk.regles.valeur("age_majorite", desk.today))
    blocks = _blocks(demande, minor=minor)
    fields = [field for block in blocks for field in block.champs]
    answers = demande.answers
    absent = tuple(field for field in fields if field.manque)
    threads = list(HandoffRow.objects.filter(chat=demande.chat).order_by("opened_at"))
    thread = next((one for one in reversed(threads) if one.organisme == row.organisme), None)
    words = said(demande.chat, demande.organisme, demande.id, latest=RECENT + 1)
    messages = recent(words[-RECENT:], RECENT_LETTERS)
    history = entries(demande, desk)
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
        manques=absent,
        a_choisir=_to_ask(demande, minor=minor),
        nouveautes=new_version(demande),
        explication=explain(demande, desk),
        controles=controls,
        verifications=law.checks(controls, desk),
        doublons=tuple(law.twins(row, others)),
        historique=history if everything else history[:EVENTS],
        plus_d_histoire=0 if everything else max(0, len(history) - EVENTS),
        messages=messages,
        plus_anciens=len(words) > len(messages),
        fil=thread,
        ailleurs=any(one.organisme != row.organisme and _holds(one) for one in threads),
        repond_jusqu_a=desk.clock.now() + CHANNEL,
        equipe=members.team(row.organisme, row.bureau, desk.today) if role in TRAITER else (),
        resume=_summary(demande, desk, minor=minor, absent=len(absent)),
        raison=_reason(absent),
        mouvements=moves(demande.statut, role, incomplete=bool(absent)),
        modeles=replies.ready(demande, desk) if role in TRAITER else (),
        conservee_jusqu_au=last_activity(demande) + timedelta(days=desk.retention_close_jours),
        non_remis=_lost(demande.id),
        agit=role in TRAITER,
        transfert=role in TRAITER and demande.statut in OUVERTS,
        vu=len(demande.evenements),
    )


def _holds(row: Any) -> bool:
    return row.closed_at is None and row.origine != HandoffRow.Origine.ALERTE


def _reason(absent: Sequence[Field]) -> str:
    """What is asked for, so that nobody types it again."""
    names = ", ".join(field.bas for field in absent)
    return f"Pour préparer la convention, il nous manque : {names}." if names else ""


def _summary(demande: Demande, desk: Desk, *, minor: bool, absent: int) -> Summary:
    text = demande.reponses.text
    years = demande.reponses.age_on(desk.today)
    return Summary(
        age=f"{years} ans" if years is not None else "",
        mineur=minor,
        telephone=shown(Champ.TELEPHONE, demande.answers.get(Champ.TELEPHONE)),
        appel=text(Champ.TELEPHONE),
        email=text(Champ.EMAIL),
        commune=shown(Champ.COMMUNE, demande.answers.get(Champ.COMMUNE)),
        accueil=text(Champ.ENTREPRISE),
        etape=_next(demande.statut, absent),
    )


_NEXT = {
    Statut.NOUVELLE: "Prendre en charge",
    Statut.PRISE_EN_CHARGE: "Relire, puis marquer prête à conventionner",
    Statut.A_COMPLETER: "Attendre la réponse de la personne",
    Statut.COMPLETEE: "Relire ce qui a changé, puis marquer prête",
    Statut.PRETE: "Faire signer la convention, puis noter son numéro",
}


def _next(statut: Statut, absent: int) -> str:
    if absent and statut in (Statut.PRISE_EN_CHARGE, Statut.COMPLETEE, Statut.PRETE):
        return f"Demander {absent} élément{'s' if absent > 1 else ''} qui manque{'nt' if absent > 1 else ''}"
    return _NEXT.get(statut, "Rien à faire")


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
    asked = champ in demande.a_completer
    return Field(champ.value, label, text, wanted and not text, asked, _link(champ, value))


def _link(champ: Champ, value: object) -> str:
    if not isinstance(value, str) or not value:
        return ""
    return f"tel:{value}" if champ in PHONES else f"mailto:{value}" if champ in EMAILS else ""


def _to_ask(demande: Demande, *, minor: bool) -> tuple[Field, ...]:
    absent = missing(demande.answers, minor=minor)
    wanted = needed(demande.answers, minor=minor)
    rest = [champ for champ in LABELS if champ not in absent and (champ in wanted or champ in demande.answers)]
    askable = [champ for champ in (*absent, *rest) if champ not in UNASKED]
    return tuple(_field(demande, champ, LABELS[champ], wanted=champ in absent) for champ in askable)


def moves(statut: Statut, role: Role, *, incomplete: bool = False) -> tuple[Move, ...]:
    """What the table allows from here to this role, the principal act first.

    While something mandatory misses, the principal act is to ask for it, and going further asks to confirm.
    """
    rows = [one for one in TRANSITIONS if one.source is statut and role in one.roles]
    asking = incomplete and any(one.target is Statut.A_COMPLETER for one in rows)
    found = [
        Move(
            one.target.value,
            "Rouvrir" if statut in CLOS and one.target is Statut.PRISE_EN_CHARGE else _WORDS[one.target],
            one.motif,
            one.target is Statut.A_COMPLETER,
            one.target is Statut.A_COMPLETER if asking else one.target in _MAIN and statut not in CLOS,
            confirme=incomplete and one.target in CONFIRMED,
            convention=one.target is Statut.CONVENTIONNEE,
        )
        for one in rows
    ]
    return tuple(sorted(found, key=lambda one: not one.principal))


def said(chat: int, organisme: str, demande: str | None = None, latest: int | None = None) -> tuple[Said, ...]:
    """What this body and the person wrote to each other, oldest first, and what was not delivered.

    With `latest`, only so many of the last ones.
    """
    mine = Q(chat=chat, organisme=organisme)
    found = RelayedMessage.objects.filter(mine | Q(demande_id=demande) if demande else mine)
    rows: Sequence[Any] = list(found.select_related("outgoing").order_by("-at", "-id")[:latest])
    return tuple(_said(row) for row in reversed(rows))


def recent(words: tuple[Said, ...], letters: int) -> tuple[Said, ...]:
    """The last messages that hold in so many letters; one at least."""
    kept = len(words)
    for one in reversed(words):
        letters -= len(one.texte)
        if letters < 0 and kept < len(words):
            break
        kept -= 1
    return words[kept:]


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
        return "Non remis : le destinataire a bloqué le bot. Le message repartira si la personne revient."
    return "Non remis : Telegram a refusé le message."
