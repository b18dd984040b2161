"""One turn in the making: the session as it changes, what is said, what must be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol, Unpack
from zoneinfo import ZoneInfo

from bot.conversation.claims import Claim, SecondEar
from bot.conversation.memory import Changes, Choosing, Confirming, Editing, Memory, Nothing
from bot.conversation.recollection import memory_from_json, memory_to_json
from bot.domain.bureaux import Choix, choisir, du_departement
from bot.domain.demande import Champ, Demande
from bot.domain.message import Button, Reply, UserMessage
from bot.domain.organisme import Bureau, Organisme
from bot.domain.places import Carte
from bot.domain.regles import Regles
from bot.domain.session import Json, Session, SlotValue
from bot.domain.turn import Dossier, Effect, Turn
from bot.form.flow import Draft, Flow, Step
from bot.form.routing import decisive, profil, settled
from bot.form.wording import Wording
from bot.ports import Answerer, Companies, Formats, Listener, OfficeDirectory, Router, Trades
from bot.reading.names.trades import Named
from bot.reading.outcome import ReadContext, Reading
from bot.reading.spoken import Words
from bot.reading.tiles.told import Told

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

    def trades_in(self, text: str) -> Sequence[Named]:
        """The trades that a sentence names, with their places among its plain words."""
        ...

    def told(self, text: str, ctx: ReadContext, words: Words, asked: str, asks: Callable[[str], bool]) -> Told:
        """What a message says where it is understood whole, laid out in tiles."""
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

    def listen_all(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """Nothing of each."""
        return tuple({} for _ in texts)


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
    retention_close_jours: int = 730
    listener: Listener = field(default_factory=lambda: DEAF)
    spoken: Words = field(default_factory=dict)
    """What people say, as data: knowledge/paroles/*.yaml."""

    spellings: Mapping[str, str] = field(default_factory=dict)
    """Text-message spellings and the French they stand for: knowledge/lexique.yaml, sms."""

    offices: OfficeDirectory | None = None
    """The local offices of a deployment; none where nothing was imported."""
    carte: Carte = field(default_factory=lambda: Carte(()))
    """The communes, found by name: an office is chosen by where one lives."""
    trades: Trades | None = None
    """The official trades with their codes; none where nothing was imported."""

    companies: Companies | None = None
    """The public register, where one is set: a SIRET's name and address are read back."""

    second_ear: SecondEar | None = None
    """A model that points at what a message does, where one is set."""

    told_of_model: str = ""
    """To whom masked words go, as people are told; empty where nothing leaves."""


@dataclass(slots=True)
class Scene:
    """A turn being built; `turn` closes it. `lead` is said before the question, in one message.

    The memory is read from the session once and written back by `kept`: meanwhile `session.memory` is what it was.
    """

    house: House
    session: Session
    dossier: Dossier
    at: datetime
    message: UserMessage
    lead: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    notice: str = ""
    then: list[Reply] = field(default_factory=list)
    """Messages of their own after the reply: what is left to do, a text to copy."""
    overheard: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    """What the second ear said of a text in this turn: it is asked once."""
    written: str = ""
    """The message before marks were added to it: free words are stored as they were said."""

    beside: dict[Champ, Json] = field(default_factory=dict)
    """What the message tells in passing of questions to come: written with its answer, where it then has its place."""
    memory: Memory = field(init=False)
    _draft: Draft | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Read the memory."""
        self.memory = memory_from_json(self.session.memory)

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
        """The draft as it stands, its orientation included; derived once for the same answers."""
        values = self.values
        made = self._draft
        if made is not None and made.answers == values and made.skipped == self.session.skipped:
            return made
        bare = Draft(values, self.today, self.house.regles, self.session.skipped)
        self._draft = self._routed(bare, made)
        return self._draft

    def _routed(self, bare: Draft, before: Draft | None) -> Draft:
        """The draft with its orientation; answers that routing does not look at leave the one before as it was."""
        known = profil(bare)
        if before is not None and profil(before) == known:
            made = replace(bare, orientation=before.orientation, decisive=before.decisive)
        else:
            orientation = self.house.router.route(known)
            made = replace(bare, orientation=orientation, decisive=decisive(self.house.router, known, orientation))
        return replace(made, offices=self._around(made))

    def _around(self, draft: Draft) -> Choix:
        """The offices of the decided body around the person's commune; none before the body is decided."""
        directory, home = self.house.offices, draft.answers.get(Champ.COMMUNE)
        if directory is None or draft.orientation is None or not isinstance(home, dict):
            return Choix()
        departement = draft.departement(Champ.COMMUNE)
        if not departement or not settled(self.house.flow, draft):
            return Choix()
        slug = draft.orientation.organisme
        body = self.house.organismes.get(slug)
        listed = (*directory.of(slug, departement), *(body.bureaux if body else ()))
        postcode = str(home.get("code_postal") or "")
        commune = self.house.carte.commune(str(home.get("nom") or ""), departement, postcode)
        if commune is None:
            return du_departement(listed, departement)
        return choisir(listed, commune, self.house.carte, postcode)

    @property
    def office(self) -> Bureau | None:
        """The local office that would receive the draft: the one chosen, else the only one possible."""
        draft, slug = self.draft, self.draft.orientation.organisme if self.draft.orientation else ""
        chosen = draft.text(Champ.BUREAU_ID)
        if chosen.partition(":")[0] == slug and self.house.offices is not None:
            return self.house.offices.get(chosen)
        return draft.offices.bureau

    def pending(self) -> Step | None:
        """The step being edited, else the first missing one."""
        editing = self.house.flow.step(self.memory.editing)
        return editing or self._wanted() or self.house.flow.pending(self.draft)

    def _wanted(self) -> Step | None:
        """The step of the first field that a counsellor asked for and that is not answered."""
        steps = (self.house.flow.step_of(champ) for champ in self.wanted())
        return next((step for step in steps if step), None)

    def wanted(self) -> tuple[Champ, ...]:
        """The fields that a counsellor asked for and that are not answered yet."""
        return tuple(champ for champ in self.memory.asked_for if champ not in self.session.answers)

    @property
    def completed(self) -> Demande | None:
        """The sent request that the draft changes."""
        wanted = self.memory.completing.demande if self.memory.completing else ""
        return next((one for one in self.dossier.demandes if one.id == wanted), None)

    def remember(self, **changes: Unpack[Changes]) -> None:
        """Keep these in memory; a new focus takes the place of the one before."""
        self.memory = replace(self.memory, **changes)

    def edit(self, step: Step) -> None:
        """Ask `step` next, out of its turn; « Puis-je ? » goes on afterwards."""
        self.remember(focus=Nothing(), course=Editing(step.name, self.memory.edited))

    @property
    def offered(self) -> Choosing | None:
        """The values that wait for a choice."""
        return self.memory.focus if isinstance(self.memory.focus, Choosing) else None

    @property
    def confirming(self) -> Confirming | None:
        """What waits for a « oui »."""
        return self.memory.focus if isinstance(self.memory.focus, Confirming) else None

    def put(self, values: Mapping[Champ, Json]) -> None:
        """Write answers (None removes one); the draft's version grows, and the change can be undone."""
        before: dict[Champ, Json] = {champ: self.values.get(champ) for champ in values}
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
        self.remember(undo=before, last=tuple(values), misread=None, focus=Nothing())

    def skip(self, step: Step) -> None:
        """Pass an optional step."""
        self.session = replace(
            self.session, skipped=self.session.skipped | {step.name}, version=self.session.version + 1
        )
        left = tuple(champ for champ in self.wanted() if champ not in step.fields)
        completing = replace(self.memory.completing, wanted=left) if self.memory.completing else None
        self.remember(misread=None, focus=Nothing(), course=self.memory.edited, completing=completing)

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

    def kept(self) -> Session:
        """The session as it stands, what is remembered written into it."""
        return replace(self.session, memory=memory_to_json(self.memory))

    def turn(self, reply: Reply | None, *, at: datetime | None = None) -> Turn:
        """Close: the session is dated (now, unless `at` says when the person was last here), one reply, and what follows it."""
        session = replace(self.kept(), updated_at=at or self.at)
        return Turn(session, (reply, *self.then) if reply else (), tuple(self.effects))


def fitted(text: str) -> str:
    """The text with its endless lines cut, where it would not fit in one message; the channel splits the rest."""
    if len(text) <= LONGEST_TEXT:
        return text
    return "\n".join(line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in text.splitlines())
