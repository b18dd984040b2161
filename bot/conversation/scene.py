"""One turn in the making: the session as it changes, what is said, what must be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.domain.demande import Champ
from bot.domain.message import Button, Reply, UserMessage
from bot.domain.organisme import Organisme
from bot.domain.orientation import Handicap, Orientation, Profil, Situation, SuiviPar
from bot.domain.regles import Regles
from bot.domain.session import Json, Session, SlotValue
from bot.domain.turn import Dossier, Effect, Turn
from bot.form.flow import Draft, Flow, Step, years_between
from bot.form.wording import Wording
from bot.ports import Answerer, Companies, Formats, Router
from bot.reading.outcome import ReadContext, Reading

PARIS = ZoneInfo("Europe/Paris")

LONGEST_TEXT, LONGEST_LINE = 4096, 400

E = TypeVar("E", bound=StrEnum)

Rows = tuple[tuple[Button, ...], ...]


class Reader(Protocol):
    """How typed words become values; `conversation.read` and its neighbours implement it."""

    def read(self, field: str, text: str, ctx: ReadContext) -> Reading:
        """The reading of one field."""
        ...

    def extract(self, text: str, ctx: ReadContext) -> Mapping[Champ, Reading]:
        """Every field a free text clearly states."""
        ...

    def sensitive(self, text: str, ctx: ReadContext) -> str:
        """The category of data that must not be kept (nir, iban, carte…), or an empty string."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """What the dialogue works with; composed once."""

    words: Wording
    answerer: Answerer
    router: Router
    regles: Regles
    formats: Formats
    reader: Reader
    flow: Flow
    organismes: Mapping[str, Organisme]
    retention_jours: int = 30
    companies: Companies | None = None
    """The public register, where one is set: a SIRET's name and address are read back."""


@dataclass(slots=True)
class Scene:
    """A turn being built; `turn` closes it. `lead` is said before the question, in one message."""

    house: House
    session: Session
    dossier: Dossier
    at: datetime
    message: UserMessage
    lead: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    notice: str = ""

    @property
    def today(self) -> date:
        """The day of the message in Paris, not the day it is handled."""
        return self.at.astimezone(PARIS).date()

    @property
    def text(self) -> str:
        """What the person wrote."""
        return self.message.text

    @property
    def values(self) -> dict[str, Json]:
        """The answers without their dates."""
        return {name: slot.value for name, slot in self.session.answers.items()}

    @property
    def draft(self) -> Draft:
        """The draft as it stands, its orientation included."""
        bare = Draft(self.values, self.today, self.house.regles, self.session.skipped)
        known = profil(bare)
        orientation = self.house.router.route(known)
        return replace(bare, orientation=orientation, decisive=decisive(self.house.router, known, orientation))

    def pending(self) -> Step | None:
        """The step being edited, else the first missing one."""
        editing = self.house.flow.step(str(self.memory("edit") or ""))
        return editing or self._wanted() or self.house.flow.pending(self.draft)

    def _wanted(self) -> Step | None:
        """The step of the first field that a counsellor asked for and that is not answered."""
        steps = (self.house.flow.step_of(champ) for champ in self.wanted())
        return next((step for step in steps if step), None)

    def wanted(self) -> tuple[Champ, ...]:
        """The fields that a counsellor asked for and that are not answered yet."""
        names = self.memory("wanted")
        asked = [str(name) for name in names] if isinstance(names, list) else []
        return tuple(Champ(name) for name in asked if name in set(Champ) and name not in self.session.answers)

    def memory(self, key: str) -> Json:
        """What the dialogue remembers under `key`."""
        return self.session.memory.get(key)

    def remember(self, **values: Json) -> None:
        """Keep these in memory; None forgets."""
        kept = {**self.session.memory, **values}
        self.session = replace(self.session, memory={key: value for key, value in kept.items() if value is not None})

    def put(self, values: Mapping[Champ, Json]) -> None:
        """Write answers (None removes one); the draft's version grows, and the change can be undone."""
        before: dict[str, Json] = {champ.value: self.values.get(champ) for champ in values}
        answers = dict(self.session.answers)
        for champ, value in values.items():
            if value is None:
                answers.pop(champ.value, None)
            else:
                answers[champ.value] = SlotValue(value, self.at, self.message.message_id)
        steps = {
            step.name
            for champ in values
            if (step := self.house.flow.step_of(champ)) and (champ in step.champs or values[champ] is None)
        }
        self.session = replace(
            self.session,
            answers=answers,
            skipped=self.session.skipped - steps,
            version=self.session.version + 1,
        )
        self.remember(undo=before, last=[champ.value for champ in values], fails=None, propose=None)

    def skip(self, step: Step) -> None:
        """Pass an optional step."""
        self.session = replace(
            self.session, skipped=self.session.skipped | {step.name}, version=self.session.version + 1
        )
        left: list[Json] = [champ.value for champ in self.wanted() if champ not in step.fields]
        self.remember(fails=None, propose=None, edit=None, wanted=left or None)

    def context(self, choices: tuple[str, ...] = ()) -> ReadContext:
        """What reading a field may look at now."""
        return ReadContext(self.today, self.house.regles, self.house.formats, self.values, choices)

    def say(self, key: str, **params: str) -> None:
        """Add a sentence to the reply."""
        text = self.house.words.say(key, **params)
        if text:
            self.lead.append(text)

    def button(self, label: str, question: str, value: str = "") -> Button:
        """A button bound to its question and to the draft's version."""
        return Button(label, f"{question}:{value}:{self.session.version}")

    def reply(self, *texts: str, rows: Rows = (), edit: int | None = None) -> Reply:
        """The one reply: what was said so far, then `texts`."""
        text = fitted("\n\n".join(part for part in (*self.lead, *texts) if part))
        return Reply(text=text, buttons=rows, notice=self.notice, edit=edit)

    def turn(self, reply: Reply | None) -> Turn:
        """Close: the session is dated, one reply at most."""
        session = replace(self.session, updated_at=self.at)
        return Turn(session, (reply,) if reply else (), tuple(self.effects))


def fitted(text: str) -> str:
    """The text with its endless lines cut, where it would not fit in one message; the channel splits the rest."""
    if len(text) <= LONGEST_TEXT:
        return text
    return "\n".join(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in text.splitlines())


def profil(draft: Draft) -> Profil:
    """What routing looks at, from the answers."""
    born = draft.day(Champ.DATE_NAISSANCE)
    place = draft.answers.get(Champ.COMMUNE)
    departement = place.get("departement") if isinstance(place, dict) else None
    return Profil(
        suivi_par=_enum(SuiviPar, draft.text(Champ.SUIVI_PAR)),
        age=None if born is None else years_between(born, draft.reference_day),
        situation=_enum(Situation, draft.text(Champ.SITUATION)),
        handicap=_enum(Handicap, draft.text(Champ.HANDICAP)),
        rsa=_flag(draft, Champ.RSA),
        inscrit_france_travail=_flag(draft, Champ.INSCRIT_FRANCE_TRAVAIL),
        cadre=_flag(draft, Champ.CADRE),
        inaptitude=_flag(draft, Champ.INAPTITUDE),
        veut_tester_esat=_flag(draft, Champ.VEUT_TESTER_ESAT),
        departement=departement if isinstance(departement, str) else None,
    )


_NO_JOB = frozenset({Situation.DEMANDEUR_EMPLOI, Situation.SANS_ACTIVITE, Situation.JEUNE_DIPLOME})
_WORKING = frozenset({Situation.SALARIE_PRIVE, Situation.INDEPENDANT, Situation.CONGE_PARENTAL})
_DECIDES = (
    (Champ.RSA, _NO_JOB),
    (Champ.INSCRIT_FRANCE_TRAVAIL, _WORKING),
    (Champ.INAPTITUDE, frozenset({Situation.SALARIE_PRIVE, Situation.ARRET_MALADIE})),
)
"""Facts worth a question, and of whom: where a « yes » would change the body, it is asked rather than guessed."""


def decisive(router: Router, known: Profil, orientation: Orientation) -> frozenset[str]:
    """The facts not known yet that would send this person elsewhere; none before the situation and the age."""
    if known.suivi_par is None or known.age is None or orientation.dispositif != "pmsmp":
        return frozenset()
    return frozenset(
        champ
        for champ, situations in _DECIDES
        if known.situation in situations
        and getattr(known, champ) is None
        and router.route(_with(known, champ)).organisme != orientation.organisme
    )


def _with(known: Profil, champ: Champ) -> Profil:
    """The same person, for whom the fact `champ` (a yes or no one) holds."""
    fact: dict[str, Any] = {champ.value: True}
    return replace(known, **fact)


def _enum(kind: type[E], value: str) -> E | None:
    return kind(value) if value in set(kind) else None


def _flag(draft: Draft, champ: Champ) -> bool | None:
    value = draft.answers.get(champ)
    return value if isinstance(value, bool) else None
