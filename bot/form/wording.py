"""The words of the bot, looked up by key; the sentences themselves live in prompts/*.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from bot.domain import regex as re
from bot.reading.plain import plain

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_CHOICE = re.compile(r"demande\.(?P<step>[^.]+)\.choix\.(?P<value>.+)")
_SENTENCE_END = re.compile(r"(?:^|[.!?]\s+|^- )$")


def _filled(found: re.Match[str], params: Mapping[str, str]) -> str:
    """The value of a placeholder; a body's name (« la mission locale ») takes its capital where a sentence begins."""
    value = params.get(found.group(1), "")
    begins = found.group(1) == "organisme" and _SENTENCE_END.search(found.string[: found.start()])
    return value[:1].upper() + value[1:] if begins else value


@dataclass(frozen=True, slots=True)
class Wording:
    """Sentences by dotted key: bare for messages.yaml, `demande.` and `lecture.` for the other two files."""

    entries: Mapping[str, str]
    strict: bool = False
    """Whether a key without words is a fault (in tests) or silence (for a person, who must get the rest)."""
    _choices: Mapping[str, tuple[tuple[str, str], ...]] = field(init=False, repr=False, compare=False)
    _labels: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Group the choices by step, once: a long message asks for them a hundred times."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for key, text in self.entries.items():
            choice = _CHOICE.fullmatch(key)
            if choice:
                found[choice["step"]] = (*found.get(choice["step"], ()), (choice["value"], text))
        object.__setattr__(self, "_choices", found)
        labels = (plain(text) for key, text in self.entries.items() if key.startswith(("boutons.", "menu.")))
        object.__setattr__(self, "_labels", frozenset(label for label in labels if " " in label))

    def has(self, key: str) -> bool:
        """Whether `key` has words."""
        return key in self.entries

    def labels_a_button(self, text: str) -> bool:
        """Whether the text is, word for word, the label of several words of some button."""
        return plain(text) in self._labels

    def say(self, key: str, **params: str) -> str:
        """The sentence under `key`, its placeholders filled; a value is never read as a template."""
        if self.strict and key not in self.entries:
            raise KeyError(key)
        text = self.entries.get(key, "")
        return _PLACEHOLDER.sub(lambda found: _filled(found, params), text).strip()

    def first(self, *keys: str) -> str:
        """The sentence of the first key that has one."""
        return next((self.say(key) for key in keys if self.entries.get(key)), "")

    def step(self, step: str, part: str) -> str:
        """The words of a step of the form: libelle, question, exemple, aide, pourquoi."""
        return self.first(f"demande.{step}.{part}")

    def choices(self, step: str) -> tuple[tuple[str, str], ...]:
        """(value, label) of the choices of a step, in the order they are written."""
        return self._choices.get(step, ())

    def label(self, step: str, value: str) -> str:
        """The label of a choice, or the value itself where it has none."""
        return self.entries.get(f"demande.{step}.choix.{value}", value)

    def reading(self, code: str, params: Mapping[str, str], step: str = "") -> str:
        """The sentence of a reading's code, the step's own first; empty where nobody wrote one."""
        for key in (f"demande.{step}.erreurs.{code}", f"lecture.{code}", f"demande.erreurs.{code}"):
            if key in self.entries:
                return self.say(key, **params)
        return ""

    def day(self, when: date, *, weekday: bool = True) -> str:
        """A date with its month in letters: « mardi 3 mars 2026 »."""
        names = self.entries["calendrier.jours"].split()
        months = self.entries["calendrier.mois"].split()
        number = f"{when.day}{self.entries['calendrier.premier']}" if when.day == 1 else str(when.day)
        written = f"{number} {months[when.month - 1]} {when.year}"
        return f"{names[when.weekday()]} {written}" if weekday else written

    def month(self, when: date, *, short: bool = False) -> str:
        """The month and year: « décembre 2026 », or « déc. 2026 »."""
        names = self.entries["calendrier.mois_courts" if short else "calendrier.mois"].split()
        return f"{names[when.month - 1]} {when.year}"

    def hour(self, when: time) -> str:
        """A time of day: « 9 h », « 14 h 30 »."""
        minutes = f" {when.minute:02}" if when.minute else ""
        return f"{when.hour} {self.entries['calendrier.heure']}{minutes}"
