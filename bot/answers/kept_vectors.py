"""Vectors kept by the hash of their text: a changed fiche embeds only what changed. A cache: any fault costs a build."""

import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.answers.encoder import Encoder
from bot.answers.terms import Floats

PROBE = "Une immersion professionnelle, combien de temps dure-t-elle ?"
"""Its vector tells whether the weights behind a name are still the same."""

_ALIKE = 1e-4

_log = logging.getLogger(__name__)


class KeptVectors:
    """The `Encoder` port around another one: texts embedded before are read from a file."""

    def __init__(self, encoder: Encoder, file: Path) -> None:
        self.name = encoder.name
        self._encoder, self._file = encoder, file
        self.embedded = 0
        """Texts that the model had to read."""

    def queries(self, texts: Sequence[str]) -> Floats:
        """As the encoder does."""
        return self._encoder.queries(texts)

    def documents(self, texts: Sequence[str]) -> Floats:
        """One row a text, in order; those not known are embedded together, and all are kept for the next build."""
        probe = self._encoder.documents([PROBE])[0]
        known = self._read(probe)
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            self.embedded += len(missing)
            known |= dict(zip(missing, self._encoder.documents(list(missing.values())), strict=True))
        rows = np.stack([known[key] for key in keys]).astype(np.float32)
        if missing:
            self._write(probe, dict(zip(keys, rows, strict=True)))
        return rows

    def _read(self, probe: Floats) -> dict[str, Floats]:
        try:
            with np.load(self._file, allow_pickle=False) as kept:
                same = kept["probe"].shape == probe.shape and np.allclose(kept["probe"], probe, atol=_ALIKE)
                return dict(zip(map(str, kept["keys"]), kept["rows"], strict=True)) if same else {}
        except FileNotFoundError:
            return {}
        except Exception as error:
            _log.warning("the kept vectors cannot be read: %s", type(error).__name__)
            return {}

    def _write(self, probe: Floats, known: dict[str, Floats]) -> None:
        aside = self._file.with_name(f".{self._file.name}.{os.getpid()}.npz")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(aside, probe=probe, keys=np.array(list(known)), rows=np.stack(list(known.values())))
            aside.replace(self._file)
        except OSError as error:
            _log.debug("the vectors are not kept: %s", error)
            aside.unlink(missing_ok=True)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def file_of(root: Path, encoder: str) -> Path:
    """Where the vectors of this encoder are kept, beside the indexes of a data folder."""
    return root / f"vectors-{hashlib.sha256(encoder.encode()).hexdigest()[:12]}.npz"
