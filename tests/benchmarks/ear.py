"""The ears side by side: built-in, cross-encoder, model, an oracle and lying models, on the exam and on the cases."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import median, quantiles
from typing import Any

from bot.answers.answerer import IndexAnswerer
from bot.answers.cache import BuildCache
from bot.answers.chooser import Chooser
from bot.answers.evaluation import Grade, Marked, kind, run_exam
from bot.answers.index import Index
from bot.answers.publishing import Publisher
from bot.answers.reranker import load_reranker
from bot.app import _masker, clock_of, open_model
from bot.cli.turn import Situations
from bot.config import settings
from bot.content.consignes import load_consignes
from bot.content.questions import ExamRow, load_exam
from bot.conversation.deciding import both_ears, policy
from bot.llm import assembly
from bot.llm.assembly import Model
from tests.conversation.judge import asked, cases, judge, still_open
from tests.llm.hostile import MODES
from tests.llm.oracle import Oracle

TODAY = date(2026, 11, 25)
CASES = date(2026, 11, 23)
MOST_ADDED_MS = 1.0
RIGHT_WITH_AN_ORACLE = 0.98


class Told:
    """The `Consulted` port over a function."""

    def __init__(self, script: Callable[[Any], Mapping[str, Any] | None]) -> None:
        self.ask = script


def main() -> dict[str, Any]:
    """Every ear that this installation has; `broken` where a promise of the issue does not hold."""
    known = settings()
    index = Publisher(known.knowledge_dir, known.data_dir, cache=BuildCache(known.cache_dir)).publish().index
    rows = load_exam(known.knowledge_dir)
    clock = clock_of(TODAY)
    consignes = load_consignes(known.prompts_dir)
    masker = _masker(known, clock, consignes)

    def over(script: Callable[[Any], Mapping[str, Any] | None]) -> Model:
        return assembly.model_over(Told(script), masker, consignes.textes)

    oracle = Oracle(index.corpus)
    ears: dict[str, tuple[Chooser | None, Model | None]] = {
        "built-in": (None, None),
        "oracle": (over(oracle.ask).chooser, None),
    }
    if known.rerank_model:
        ears["cross-encoder"] = (load_reranker(known.rerank_model, download=known.model_downloads), None)
    model = open_model(known, clock)
    if model is not None:
        model.settle(60)
        ears["model"] = (model.chooser, model)
    marked = {name: _exam(index, rows, chooser, oracle) for name, (chooser, _) in ears.items()}
    figures: dict[str, Any] = {f"exam · {name}": _told(found, times) for name, (found, times) in marked.items()}
    if model is not None and model.meter is not None:
        figures["exam · model"] |= {"tokens": model.meter.counts.tokens, "fallbacks": model.meter.counts.fallbacks}
    figures["agreement"] = _agreement({name: found for name, (found, _) in marked.items()})
    lies = {f"cases · lying, {name}": over(lie) for name, lie in MODES.items()}
    played = {"cases · built-in": None, **({"cases · model": model} if model else {}), **lies}
    figures |= {name: _cases(index, one) for name, one in played.items()}
    figures["added, ms a turn"] = _added(index)
    harmed = sum(one["harm"] for name, one in figures.items() if name.startswith("cases"))
    figures["broken"] = bool(
        harmed
        or figures["exam · oracle"]["right, share"] < RIGHT_WITH_AN_ORACLE
        or figures["added, ms a turn"] > MOST_ADDED_MS
    )
    return figures


def _exam(
    index: Index, rows: Sequence[ExamRow], chooser: Chooser | None, oracle: Oracle
) -> tuple[list[Marked], list[float]]:
    answerer, found, times = IndexAnswerer(index, chooser=chooser), list[Marked](), list[float]()
    for row in rows:
        oracle.row = row
        start = time.perf_counter()
        found += run_exam(answerer, [row], TODAY)
        times.append((time.perf_counter() - start) * 1000)
    return found, times


def _told(found: Sequence[Marked], times: Sequence[float]) -> dict[str, Any]:
    grades = Counter(one.grade for one in found)
    return {
        "right, share": grades[Grade.RIGHT] / len(found),
        "wrong": grades[Grade.WRONG],
        "asked back": grades[Grade.ASKED],
        "refused": sum(one.got.startswith("refus:") for one in found),
        "critical wrong": sum(
            one.row.critique and one.grade is Grade.WRONG and kind(one.row) == "reponse" for one in found
        ),
        "p50, ms": median(times),
        "p95, ms": quantiles(times, n=20)[-1],
    }


def _agreement(found: Mapping[str, Sequence[Marked]]) -> dict[str, float]:
    """The share of the questions for which two ears come to the same passage or reason."""
    names = list(found)
    return {
        f"{one} and {other}": sum(a.got == b.got for a, b in zip(found[one], found[other], strict=True))
        / len(found[one])
        for at, one in enumerate(names)
        for other in names[at + 1 :]
    }


def _cases(index: Index, model: Model | None) -> dict[str, Any]:
    answerer = IndexAnswerer(index, chooser=model.chooser if model else None)
    situations = Situations.load(answerer, CASES, model)
    verdicts = {name: judge(case, situations.handle(asked(case))) for name, case in cases().items()}
    harmed = [name for name, one in verdicts.items() if one.harmful and still_open().get(name) != "harmful"]
    return {"right": sum(one.right for one in verdicts.values()), "harm": len(harmed), "harmed": ", ".join(harmed)}


def _added(index: Index) -> float:
    """Milliseconds a turn of everything that the default program runs more: each door of the second ear, closed."""
    situations = Situations.load(IndexAnswerer(index), CASES)
    scene = situations.standing.at("avant:activites", {}, CASES).scene()
    scene.message = replace(scene.message, text="ranger le stock et conseiller les clients")
    heard, turns = policy.heard_now(scene), 2000
    start = time.perf_counter()
    for _ in range(turns):
        both_ears.danger(scene)
        both_ears.health(scene)
        both_ears.merged(scene, heard)
        both_ears.offered(scene)
    return (time.perf_counter() - start) * 1000 / turns
