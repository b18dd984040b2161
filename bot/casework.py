"""What one does with a sent demande. Pure: each act returns the new demande with its event appended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.demande import CLOS, OUVERTS, Champ, Changement, Demande, Evenement, Role, Statut, transition
from bot.errors import InputError, TransitionError

TRAITANTS = frozenset({Role.CONSEILLER, Role.VALIDEUR, Role.RESPONSABLE})
"""The roles that may act on a demande of their body."""

_FIELDS = frozenset(champ.value for champ in Champ)


def change_status(
    demande: Demande,
    vers: Statut,
    *,
    role: Role,
    auteur: str,
    at: datetime,
    motif: str = "",
    a_completer: Sequence[str] = (),
) -> Demande:
    """The demande in its new status; raises TransitionError where TRANSITIONS refuses (role and reason included).

    `a_completer` names the fields asked for: required for A_COMPLETER, refused for any other status.
    """
    row = transition(demande.statut, vers)
    if row is None:
        raise TransitionError(f"{demande.numero}: from {demande.statut} one cannot go to {vers}")
    if role not in row.roles:
        raise TransitionError(f"{demande.numero}: {role} may not go from {demande.statut} to {vers}")
    if row.motif and not motif.strip():
        raise TransitionError(f"{demande.numero}: going to {vers} needs a reason")
    event = Evenement(at, auteur, "statut", motif.strip(), demande.statut, vers)
    return _after(replace(demande, statut=vers, a_completer=_asked(vers, a_completer)), event)


def _asked(vers: Statut, fields: Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(str(name) for name in fields))
    unknown = sorted(set(names) - _FIELDS)
    if unknown:
        raise TransitionError(f"these are not fields of a demande: {', '.join(unknown)}")
    if vers is Statut.A_COMPLETER and not names:
        raise TransitionError("asking for a change needs the fields to change")
    if vers is not Statut.A_COMPLETER and names:
        raise TransitionError(f"fields are only asked for with {Statut.A_COMPLETER}")
    return names


def amend(
    demande: Demande, changements: Sequence[Changement], *, auteur: str, at: datetime, complete: bool = False
) -> Demande:
    """The demande with these fields changed (`apres` None removes one) and its version grown.

    What a change replaces is read in the demande itself, so that the history stays true; a change that changes
    nothing leaves no event. `complete` ends A_COMPLETER, on the person's word. A closed demande is not amended.
    """
    if demande.statut in CLOS:
        raise TransitionError(f"{demande.numero} is closed ({demande.statut}): it cannot be changed")
    unknown = sorted({one.champ for one in changements} - _FIELDS)
    if unknown:
        raise TransitionError(f"these are not fields of a demande: {', '.join(unknown)}")
    real = _real(demande, changements)
    if real:
        wanted = {one.champ: one.apres for one in real}
        answers = {name: value for name, value in {**demande.answers, **wanted}.items() if value is not None}
        event = Evenement(at, auteur, "modifiee", changements=real)
        demande = _after(replace(demande, answers=answers, version=demande.version + 1), event)
    if complete and demande.statut is Statut.A_COMPLETER:
        return change_status(demande, Statut.COMPLETEE, role=Role.PERSONNE, auteur=auteur, at=at)
    return demande


def _real(demande: Demande, changements: Sequence[Changement]) -> tuple[Changement, ...]:
    """The last word on each field, where it differs from what is stored."""
    last = {one.champ: one.apres for one in changements}
    known = demande.answers
    return tuple(
        Changement(champ, known.get(champ), apres) for champ, apres in last.items() if known.get(champ) != apres
    )


def transfer(demande: Demande, organisme: str, *, role: Role, auteur: str, at: datetime, motif: str) -> Demande:
    """The demande in another body's queue: new again there, its history kept; raises TransitionError."""
    if role not in TRAITANTS:
        raise TransitionError(f"{demande.numero}: {role} may not transfer a demande")
    if demande.statut not in OUVERTS:
        raise TransitionError(f"{demande.numero} is closed ({demande.statut}): it cannot be transferred")
    if not organisme or organisme == demande.organisme:
        raise TransitionError(f"{demande.numero}: a transfer needs another body than {demande.organisme}")
    if not motif.strip():
        raise TransitionError(f"{demande.numero}: a transfer needs a reason")
    event = Evenement(at, auteur, "transferee", motif.strip(), demande.organisme, organisme)
    return _after(replace(demande, organisme=organisme, statut=Statut.NOUVELLE, a_completer=()), event)


PROPOSED, DECLINED = "transfert_propose", "transfert_refuse"
"""Events of a transfer that waits for the person, and of the one that they refused."""


def propose_transfer(demande: Demande, organisme: str, *, role: Role, auteur: str, at: datetime, motif: str) -> Demande:
    """The demande with a transfer that the person is asked about: nothing moves before they agree.

    Raises TransitionError where `transfer` would, and where another proposal already waits for an answer.
    """
    transfer(demande, organisme, role=role, auteur=auteur, at=at, motif=motif)
    if proposed(demande) is not None:
        raise TransitionError(f"{demande.numero}: a transfer already waits for the person's answer")
    return _after(demande, Evenement(at, auteur, PROPOSED, motif.strip(), demande.organisme, organisme))


def proposed(demande: Demande) -> Evenement | None:
    """The transfer that waits for the person's answer, or None."""
    known = (
        one for one in reversed(demande.evenements) if one.quoi in {PROPOSED, DECLINED, "transferee", "annulation"}
    )
    last = next(known, None)
    waits = last is not None and last.quoi == PROPOSED and last.de == demande.organisme and demande.statut in OUVERTS
    return last if waits else None


def answer_transfer(demande: Demande, *, accepte: bool, at: datetime) -> Demande:
    """The demande in the other body's queue, or kept where it is, on the person's word.

    Raises TransitionError where no proposal waits any more.
    """
    asked = proposed(demande)
    if asked is None:
        raise TransitionError(f"{demande.numero}: no transfer waits for an answer")
    if not accepte:
        return _after(demande, Evenement(at, Role.PERSONNE, DECLINED, "", demande.organisme, asked.vers))
    event = Evenement(at, Role.PERSONNE, "transferee", asked.motif, demande.organisme, asked.vers)
    return _after(
        _without_office(replace(demande, organisme=asked.vers, statut=Statut.NOUVELLE, a_completer=())), event
    )


def _without_office(demande: Demande) -> Demande:
    """The demande without the office of the body that gives it away."""
    answers = {name: one for name, one in demande.answers.items() if name not in {Champ.BUREAU, Champ.BUREAU_ID}}
    orientation = {name: one for name, one in demande.orientation.items() if name != "bureau"}
    return replace(demande, answers=answers, orientation=orientation)


UNDO = timedelta(seconds=10)
"""How long a change may be undone: the person's message waits as long, so that nobody hears of it."""


def undo(demande: Demande, before: Demande, *, auteur: str, at: datetime) -> Demande:
    """The demande as it stood `before` its last change of status or of body, both kept in its history.

    Only whoever made that change may undo it, within UNDO and while nothing else has happened; raises TransitionError.
    """
    known = len(before.evenements)
    if demande.evenements[:known] != before.evenements or len(demande.evenements) != known + 1:
        raise TransitionError(f"{demande.numero} was changed meanwhile: it cannot be undone")
    last = demande.evenements[-1]
    if last.quoi not in ("statut", "transferee", PROPOSED) or last.auteur != auteur:
        raise TransitionError(f"{demande.numero}: {auteur} has nothing to undo")
    if at - last.at > UNDO:
        raise TransitionError(f"{demande.numero}: too late to undo")
    event = Evenement(at, auteur, "annulation", "", last.vers, last.de)
    earlier = replace(demande, statut=before.statut, organisme=before.organisme, a_completer=before.a_completer)
    return _after(earlier, event)


def assign(demande: Demande, membre: str, *, auteur: str, at: datetime) -> Demande:
    """The demande with who holds it written in its history; an empty name gives it back to the team."""
    if demande.statut in CLOS:
        raise TransitionError(f"{demande.numero} is closed ({demande.statut}): nobody can hold it")
    return _after(demande, Evenement(at, auteur, "attribuee", membre))


def set_aside(demande: Demande, jusqu_au: date | None, *, auteur: str, at: datetime) -> Demande:
    """The demande set aside until that day (None: taken up again now), in its history."""
    if demande.statut in CLOS:
        raise TransitionError(f"{demande.numero} is closed ({demande.statut}): it cannot be set aside")
    if jusqu_au is not None and jusqu_au <= at.date():
        raise InputError("a reminder is for a day to come")
    return _after(demande, Evenement(at, auteur, "rappel", "", "", jusqu_au.isoformat() if jusqu_au else ""))


def annotate(demande: Demande, texte: str, *, auteur: str, at: datetime) -> Demande:
    """The demande with a private note, which the person never sees."""
    if not texte.strip():
        raise InputError("a note needs words")
    return _after(demande, Evenement(at, auteur, "note", texte.strip()))


def withdraw(demande: Demande, *, at: datetime, motif: str) -> Demande:
    """The demande, cancelled by the person; raises TransitionError where it is closed."""
    return change_status(demande, Statut.ANNULEE, role=Role.PERSONNE, auteur=Role.PERSONNE, at=at, motif=motif)


def expired(demande: Demande, *, now: datetime, close_jours: int) -> bool:
    """Whether retention is over: closed, or open and untouched, for more than `close_jours` days."""
    return now - last_activity(demande) > timedelta(days=close_jours)


def last_activity(demande: Demande) -> datetime:
    """When it was closed, or when anything last happened to an open one."""
    kinds = {"statut"} if demande.statut in CLOS else set()
    moments = [event.at for event in demande.evenements if not kinds or event.quoi in kinds]
    return max(moments, default=demande.envoyee_le)


def _after(demande: Demande, event: Evenement) -> Demande:
    return replace(demande, evenements=(*demande.evenements, event))
