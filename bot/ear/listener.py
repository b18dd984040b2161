"""The `Listener` port over the weights learnt from `knowledge/paroles`, kept in the user's cache by content."""

import contextlib
import hashlib
import logging
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path
from threading import Lock, Thread

import numpy as np
from numpy.typing import NDArray

from bot.content.paroles import FOLDER, Example, load_examples
from bot.content.proven import Proven, stamp
from bot.domain import regex as re
from bot.ear import features, grammar, training
from bot.ear.features import columns
from bot.ear.training import Learnt, learn
from bot.ports import Listener

log = logging.getLogger(__name__)

_COMMAND = re.compile(r"/[a-z_]{1,32}")
KEPT = 2048
"""Texts whose weights are kept in memory: one turn listens to the same clauses several times."""


class LearntListener:
    """Weighs a message against every act at once."""

    def __init__(self, learnt: Learnt) -> None:
        self._learnt = learnt
        self._place = np.full(features.WIDTH, -1, dtype=np.int32)
        self._place[learnt.used] = np.arange(len(learnt.used), dtype=np.int32)
        self._heard: dict[str, Mapping[str, float]] = {}
        self._lock = Lock()

    def listen(self, text: str) -> Mapping[str, float]:
        """How much the text sounds like each act: about 0 (not at all) to 1 (as the examples do)."""
        return self.listen_all((text,))[0]

    def listen_all(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """The same for each text: those not heard lately are counted together, the clauses of a message cost one call."""
        with self._lock:
            known = {text: self._heard[text] for text in texts if text in self._heard}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            rows = columns(missing)
            ends = zip(missing, pairwise(rows.indptr), strict=True)
            new = {text: self._weighed(rows.indices[start:end], rows.data[start:end]) for text, (start, end) in ends}
            known |= new
            with self._lock:
                self._heard |= new
                for oldest in list(self._heard)[: max(0, len(self._heard) - KEPT)]:
                    del self._heard[oldest]
        return tuple(known[text] for text in texts)

    def _weighed(self, indices: NDArray[np.int32], data: NDArray[np.float64]) -> Mapping[str, float]:
        places = self._place[indices]
        known = places >= 0
        counts = data[known].astype(np.float32)
        weights = self._learnt.weights[places[known]]
        size = float(np.sqrt((counts**2 * weights[:, -1]).sum())) or 1.0
        scores = (counts[:, None] * weights[:, :-1]).sum(axis=0) / size + self._learnt.floor
        return dict(zip(self._learnt.acts, (float(score) for score in scores), strict=True))


class LateListener:
    """An ear that is still being learnt: the pages serve at once, whoever writes first is heard once it has learnt.

    A command alone is known by its name: it is answered meanwhile, with nothing heard in it.
    """

    def __init__(self, learning: "Future[LearntListener]") -> None:
        self._learning = learning

    def listen(self, text: str) -> Mapping[str, float]:
        """As the port says."""
        return self.listen_all((text,))[0]

    def listen_all(self, texts: Sequence[str]) -> Sequence[Mapping[str, float]]:
        """As the port says."""
        if not self._learning.done() and all(map(_COMMAND.fullmatch, texts)):
            return tuple({} for _ in texts)
        return self._learning.result().listen_all(texts)


def open_listener(knowledge: Path, cache: Path | None) -> Listener:
    """The ear of this knowledge: taken from the cache where it was learnt before, else learnt aside; raises ContentError."""
    proven = Proven(cache)
    # The name of what these very files gave before: nothing of them is read again.
    read = stamp("ear", knowledge / FOLDER) if cache else ""
    known = proven.word(read)
    examples = () if known else load_examples(knowledge)
    name = known or _digest(examples)
    path = cache / "ear" / f"{name}.npz" if cache else None
    learnt = _read(path) if path and path.exists() else None
    if learnt is not None:
        if not known:
            proven.keep(read, name)
        return LearntListener(learnt)
    examples = examples or load_examples(knowledge)
    learning: Future[LearntListener] = Future()
    Thread(target=_learn, args=(examples, path, learning), name="ear", daemon=True).start()
    return LateListener(learning)


def _learn(examples: Sequence[Example], path: Path | None, learning: "Future[LearntListener]") -> None:
    log.info("what people say is learnt, once: %d examples", len(examples))
    try:
        learnt = learn(examples)
        if path:
            _write(path, learnt)
        learning.set_result(LearntListener(learnt))
    except Exception as error:  # raised where somebody listens
        learning.set_exception(error)


def _digest(examples: Sequence[Example]) -> str:
    """Of the examples and of the code that learns them."""
    kept = hashlib.sha256()
    for module in (features, grammar, training):
        kept.update(Path(str(module.__file__)).read_bytes())
    for example in examples:
        kept.update(f"{example.text}\0{example.acts}\0{example.step}\n".encode())
    return kept.hexdigest()[:32]


def _read(path: Path) -> Learnt | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return Learnt(
                tuple(str(act) for act in kept["acts"]), kept["used"], kept["weights"].astype(np.float32), kept["floor"]
            )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        log.warning("the ear is learnt again: its cached copy cannot be read (%s)", type(error).__name__)
        return None


def _write(path: Path, learnt: Learnt) -> None:
    """Whole or not at all; a folder that cannot be written costs a learning at each start, never an answer."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".npz", delete=False) as aside:
            np.savez_compressed(
                aside,
                acts=np.array(learnt.acts),
                used=learnt.used,
                weights=learnt.weights.astype(np.float16),
                floor=learnt.floor,
            )
        Path(aside.name).replace(path)
