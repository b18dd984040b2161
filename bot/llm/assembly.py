"""The parts of a listening model put together: over a provider, or over two files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.answers.chooser import Chooser
from bot.answers.french import commonness
from bot.answers.normalise import stem
from bot.answers.trial import OnTrial
from bot.content.consignes import CALM
from bot.conversation.claims import SecondEar
from bot.domain import regex as re
from bot.domain.texte import folded
from bot.llm import overhearing, pointing
from bot.llm.client import TIMEOUT, ChainClient
from bot.llm.consultant import Consultant, Opening
from bot.llm.correspondence import Correspondence
from bot.llm.explained import Explained
from bot.llm.masking import Masker
from bot.llm.meter import Meter
from bot.llm.request import Consulted

_LOWER = re.compile(r"\b[a-zà-öø-ÿœ]+(?:['’\-][a-zà-öø-ÿœ]+)*\b")
_SHORT = 4
_EVERY_SENTENCE = 9.0


@dataclass(frozen=True, slots=True)
class Model:
    """What the house gets of a model: what points, what listens, what counts."""

    chooser: Chooser
    """On trial: what the search is sure of stands."""
    ear: SecondEar
    consulted: Consulted
    pointer: pointing.ModelChooser
    """What the trial is of."""
    meter: Meter | None = None
    settle: Callable[[float], None] = lambda _: None
    """Waits until the provider is open, at most so many seconds."""


def model_over(consulted: Consulted, masker: Masker, textes: Mapping[str, str], meter: Meter | None = None) -> Model:
    """Both adapters over one consulted model."""
    pointer = pointing.ModelChooser(consulted, masker, textes[pointing.TASK])
    ignored = meter.unusable if meter else _uncounted
    calm = tuple(textes[CALM].splitlines())
    ear = overhearing.ModelEar(consulted, masker, textes[overhearing.TASK], calm, ignored)
    return Model(OnTrial(pointer, ignored), ear, consulted, pointer, meter)


def _uncounted() -> None:
    """Where there is no meter, nobody counts what was not believed."""


def opened(
    client: ChainClient, meter: Meter, masker: Masker, textes: Mapping[str, str], deadline: float = TIMEOUT
) -> Model:
    """Over a provider, which is imported meanwhile in a thread of its own."""
    opening = Opening(Consultant(client, meter, deadline=deadline), client.open)
    made = model_over(opening, masker, textes, meter)
    return replace(made, settle=opening.wait)


def by_files(prompts: Path | None, replies: Path | None, masker: Masker, textes: Mapping[str, str]) -> Model:
    """Over two files; raises InputError for one that cannot be used."""
    return model_over(Correspondence(prompts, replies), masker, textes)


def meter_of(now: Callable[[], datetime], tokens_a_day: int) -> Meter:
    """The counters of one process."""
    return Meter(now, tokens_a_day)


def recipient(model: str, base_url: str, name: str) -> str:
    """To whom the masked words go, as a person is told: the name given, else the server, else the provider."""
    return name or urlsplit(base_url).hostname or model.partition(":")[0]


def ordinary(texts: Iterable[str]) -> frozenset[str]:
    """The words that our own texts write without a capital, folded: a sentence that begins with one names nobody."""
    return frozenset(folded(word) for text in texts for word in _LOWER.findall(text))


def explained(written: Iterable[str], said: Iterable[str], places: Iterable[str], given: frozenset[str]) -> Explained:
    """What a word without a capital may be but a name; only French of four letters and more is counted as usual."""
    return Explained(written, said, places, given, lambda word: commonness(stem(word)))


def usual(word: str) -> float:
    """How usual a word is; a short one is in every sentence, and « d'accord » is as usual as « accord »."""
    last = re.split(r"['’\-]", folded(word))[-1]
    return _EVERY_SENTENCE if len(last) < _SHORT else commonness(stem(last))
