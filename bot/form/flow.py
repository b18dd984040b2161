"""A form as an ordered list of steps with conditions; what is pending is derived from the answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.bureaux import Choix
from bot.domain.demande import Champ
from bot.domain.orientation import Orientation
from bot.domain.regles import Regles
from bot.domain.reponses import Reponses


@dataclass(frozen=True, slots=True)
class Draft(Reponses):
    """The answers of a draft, and what is derived from them on a given day."""

    today: date
    regles: Regles
    skipped: frozenset[str] = frozenset()
    orientation: Orientation | None = None
    decisive: frozenset[str] = frozenset()
    """Fields not answered whose answer would send the request to another body."""
    offices: Choix = field(default_factory=Choix)
    """The local offices of the body that may receive it: one where it is certain, else those to choose from."""

    @property
    def reference_day(self) -> date:
        """The start of the immersion when it is known, else today."""
        return self.start_or(self.today)

    @property
    def age(self) -> int | None:
        """Whole years at the start of the immersion."""
        return self.age_on(self.reference_day)

    @property
    def minor(self) -> bool:
        """Under the age of majority at the start."""
        return self.age is not None and self.age < self.regles.valeur("age_majorite", self.reference_day)

    @property
    def too_young(self) -> bool:
        """Under the age from which a PMSMP can be asked for here, at the start, or within a year where none is known."""
        age = self.age_on(self.start_or(self.today + timedelta(days=365)))
        return age is not None and age < self.regles.valeur("age_minimum", self.reference_day)


def always(draft: Draft) -> bool:  # noqa: ARG001
    """The condition of a step that everybody sees."""
    return True


class Asking(StrEnum):
    """The closed list of question kinds."""

    CHOICE = "choix"
    YES_NO = "oui_non"
    DATE = "date"
    PERIOD = "periode"
    PLACE = "lieu"
    TRADE = "metier"
    HOURS = "horaires"
    NUMBER = "numero"
    TEXT = "texte"
    NAMES = "noms"
    DETAILS = "coordonnees"
    OFFICE = "bureau"
    EXTRAS = "complements"
    PAST = "periode_passee"
    TICKS = "cases"
    """Several fields that hold yes, no or unknown, answered by one tap."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question: the fields it fills (`also`: welcome, not required), for whom, and whether it can wait.

    `takes`: fields that another step asks, kept when they are said here.
    """

    name: str
    section: str
    asking: Asking
    champs: tuple[Champ, ...]
    when: Callable[[Draft], bool] = always
    optional: bool = False
    also: tuple[Champ, ...] = ()
    valid: Callable[[Draft], bool] = always
    takes: tuple[Champ, ...] = ()

    def missing(self, draft: Draft) -> tuple[Champ, ...]:
        """The required fields not answered."""
        return tuple(champ for champ in self.champs if not draft.has(champ))

    def done(self, draft: Draft) -> bool:
        """Answered and valid, or passed."""
        return self.name in draft.skipped or (not self.missing(draft) and self.valid(draft))

    @property
    def fields(self) -> tuple[Champ, ...]:
        """Every field this step may fill."""
        return self.champs + self.also


@dataclass(frozen=True, slots=True)
class Flow:
    """The steps in order; sections give the progress shown."""

    steps: tuple[Step, ...]
    sections: tuple[str, ...] = field(default=())

    def visible(self, draft: Draft) -> tuple[Step, ...]:
        """The steps that apply to this draft."""
        return tuple(step for step in self.steps if step.when(draft))

    def missing(self, draft: Draft) -> tuple[Step, ...]:
        """The steps still to answer, in order."""
        return tuple(step for step in self.visible(draft) if not step.done(draft))

    def pending(self, draft: Draft) -> Step | None:
        """The first step missing or invalid; None when everything is answered."""
        return next(iter(self.missing(draft)), None)

    def step(self, name: str) -> Step | None:
        """The step of that name."""
        return next((step for step in self.steps if step.name == name), None)

    def step_of(self, champ: str) -> Step | None:
        """The step that fills this field."""
        return next((step for step in self.steps if champ in step.fields), None)

    def progress(self, step: Step) -> tuple[int, int]:
        """(position, total) of the step's section."""
        return self.sections.index(step.section) + 1, len(self.sections)

    def obsolete(self, draft: Draft) -> tuple[Champ, ...]:
        """Answered fields whose every step no longer applies: set aside, shown as removed."""
        kept = {champ for step in self.visible(draft) for champ in step.fields}
        known = {champ for step in self.steps for champ in step.fields}
        return tuple(champ for champ in Champ if draft.has(champ) and champ in known - kept)
