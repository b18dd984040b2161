"""What a build learnt, as files: arrays in one .npz, words in one .json; nothing is pickled."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.answers.classifier import Classifier
from bot.answers.corpus import Corpus
from bot.answers.encoder import LsaEncoder
from bot.answers.lexicon import Lexicon
from bot.answers.profiles import Profile
from bot.answers.signals import Measures, Space
from bot.answers.sounds import Spelling
from bot.answers.terms import Terms
from bot.content.lexique import Lexique


@dataclass(frozen=True)
class Model:
    """The measures, their weights, and the built-in encoder where it is the one in use."""

    measures: Measures
    weights: NDArray[np.float64]
    thread: NDArray[np.float64]
    """Weights of follow-ups."""
    lsa: LsaEncoder | None


def _pack(arrays: dict[str, Any], name: str, table: sparse.csr_matrix) -> None:
    arrays |= {f"{name}.data": table.data, f"{name}.indices": table.indices, f"{name}.indptr": table.indptr}
    arrays[f"{name}.shape"] = np.array(table.shape)


def _unpack(arrays: Any, name: str) -> sparse.csr_matrix:
    parts = (arrays[f"{name}.data"], arrays[f"{name}.indices"], arrays[f"{name}.indptr"])
    return sparse.csr_matrix(parts, shape=tuple(arrays[f"{name}.shape"]))


def save_model(model: Model, folder: Path) -> None:
    """Write model.npz and model.json."""
    classifier = model.measures.classifier
    arrays: dict[str, Any] = {
        "weights": model.weights,
        "thread": model.thread,
        "classes.table": classifier.table,
        "classes.base": classifier.base,
        "classes.groups": classifier.groups,
    }
    arrays |= {f"classes.{at}": places for at, places in enumerate(classifier.places)}
    words: dict[str, list[str]] = {}
    spaces = {**model.measures.spaces, "textes": model.measures.texts}
    for name, profile in model.measures.profiles.items():
        _pack(arrays, f"{name}.counts", profile.counts)
    for name, space in spaces.items():
        _pack(arrays, f"{name}.rows", space.rows)
        arrays[f"{name}.idf"] = space.terms.idf
        words[name] = space.terms.vocabulary
    if model.lsa:
        arrays |= {"lsa.idf": model.lsa.terms.idf, "lsa.directions": model.lsa.directions}
        words["lsa"] = model.lsa.terms.vocabulary
    np.savez(folder / "model.npz", **arrays)
    spelling = model.measures.lexicon.spelling
    written = {
        "spaces": list(model.measures.spaces),
        "words": words,
        "usual": spelling.usual,
        "known": sorted(spelling.known),
    }
    (folder / "model.json").write_text(json.dumps(written), "utf-8")


def load_model(folder: Path, corpus: Corpus, lexique: Lexique) -> Model:
    """Read what save_model wrote; raises OSError, KeyError or ValueError where it is damaged."""
    written = json.loads((folder / "model.json").read_text("utf-8"))
    words = written["words"]
    lexicon = Lexicon(lexique, Spelling(written["usual"], frozenset(written["known"])))
    with np.load(folder / "model.npz", allow_pickle=False) as arrays:
        spaces = {
            name: Space(Terms(words[name], arrays[f"{name}.idf"]), _unpack(arrays, f"{name}.rows"))
            for name in (*written["spaces"], "textes")
        }
        texts = spaces.pop("textes")
        lsa = (
            LsaEncoder(lexicon, Terms(words["lsa"], arrays["lsa.idf"]), arrays["lsa.directions"])
            if "lsa" in words
            else None
        )
        classifier = Classifier(
            tuple(arrays[f"classes.{at}"] for at in range(len(spaces))),
            arrays["classes.table"],
            arrays["classes.base"],
            arrays["classes.groups"],
        )
        sizes = np.bincount(corpus.of, minlength=len(corpus.owners))
        profiles = {
            name: Profile(_unpack(arrays, f"{name}.counts"), sizes, space.terms.idf) for name, space in spaces.items()
        }
        measures = Measures(corpus, lexicon, spaces, texts, classifier, profiles=profiles)
        return Model(measures, arrays["weights"], arrays["thread"], lsa)
