"""One turn in the making: the session as it changes, what is said, what must be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.domain.demande import Champ
from bot.domain.message import Button, Reply, UserMessage
from bot.domain.organisme import Organisme
from bot.domain.regles import Regles
from bot.domain.session import Json, Session, SlotValue
from bot.domain.turn import Dossier, Effect, Turn
from bot.form.flow import Draft, Flow, Step
from bot.form.routing import decisive, profil
from bot.form.wording import Wording
from bot.ports import Answerer, Companies, Formats, Listener, Router
from bot.reading.outcome import ReadContext, Reading
from bot.reading.spoken import Words

PARIS = ZoneInfo("Europe/Paris")

LONGEST_TEXT, LONGEST_LINE = 4096, 400


Rows = tuple[tuple[Button, ...], ...]


class Reader(Protocol):
    """How typed words become values; `conversation.read` and its neighbours implement it."""

    def read(self, field: str, text: str, ctx: ReadContext) -> Reading:
        """The reading of one field."""
        ...

    def extract(self, text: str, ctx: ReadContext) -> Mapping[Champ, Reading]:
        """Every field a free text clearly states."""
        ...

    def knows_trade(self, text: str) -> bool:
        """Whether the text is the name of a trade, as it stands."""
        ...

    def sensitive(self, text: str, ctx: ReadContext) -> str:
        """The category of data that must not be kept (nir, iban, carte…), or an empty string."""
        ...


class Deaf:
    """The ear that hears no act: what the words alone say still counts."""

    def listen(self, text: str) -> Mapping[str, float]:
        """Nothing."""
        del text
        return {}


DEAF = Deaf()


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
    listener: Listener = field(default_factory=lambda: DEAF)
    spoken: Words = field(default_factory=dict)
    """What people say, as data: knowledge/paroles/*.yaml."""

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
