"""The ears side by side: built-in, cross-encoder, model, oracles and lying models, on the exam and on the cases.

Without `RERANK_MODEL` the cross-encoder is the tiny one of the tests, whose weights are chance: it runs the whole path
and shows what a bad one costs. Without `LLM_MODEL` the model is an oracle that is elsewhere, by `--prompts` and `--replies`.
"""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.answers.answerer import IndexAnswerer
from bot.answers.cache import BuildCache
from bot.answers.chooser import Chooser
from bot.answers.evaluation import Grade, Marked, kind, run_exam
from bot.answers.index import Index
from bot.answers.publishing import Publisher
from bot.answers.reranker import load_reranker
from bot.answers.trial import OnTrial
from bot.app import _masker, clock_of, open_model
from bot.cli.ask import handler
from bot.cli.standing import Standing
from bot.cli.turn import Overheard, Situations
from bot.config import ROOT, Settings, settings
from bot.content.consignes import load_consignes
from bot.content.questions import ExamRow, load_exam
from bot.content.wording import load_wording
from bot.conversation.deciding import both_ears, policy
from bot.conversation.dialogue import Dialogue
from bot.conversation.doing import ask
from bot.llm import assembly
from bot.llm.assembly import Model
from bot.llm.client import ChainClient
from bot.llm.consultant import Consultant
from bot.llm.meter import Meter
from bot.llm.request import Fault, Given
from tests.benchmarks.premier_passage import judge as judge_set
from tests.conversation.judge import asked, cases, judge, still_open
from tests.llm.hostile import MODES, chance
from tests.llm.oracle import EarOracle, Oracle, SetOracle
from tests.llm.server import ModelServer, saying
from tests.llm.server import asked as asked_of

TODAY = date(2026, 11, 25)
CASES = date(2026, 11, 23)
MOST_ADDED_MS = 1.0
LIARS = 6
"""Models that answer by chance: how soon one is found out is chance too."""

RIGHT_WITH_AN_ORACLE = 0.98
TOKENS_A_DAY, PATIENT = 1_000_000_000, 60.0

Script = Callable[[Any], Mapping[str, Any] | None]


class Scripted:
    """The `Caller` port over a function; what costs tokens is what is written: four letters each, about."""

    def __init__(self, script: Script) -> None:
        self._script = script

    def call(self, request: Any) -> Given:
        """The script's reply."""
        found = self._script(request)
        if found is None:
            raise Fault("nothing said")
        return Given(found, (len(request.system) + len(request.user) + len(json.dumps(found))) // 4)


class Bench:
    """What every ear is compared over: one index, one exam, one house."""

    def __init__(self, known: Settings, index: Index, every: int) -> None:
        self.known, self.index, self.every = known, index, every
        self.rows: Sequence[ExamRow] = load_exam(known.knowledge_dir)[::every]
        self.clock = clock_of(TODAY)
        self.textes = load_consignes(known.prompts_dir)
        self.masker = _masker(known, self.clock, self.textes)
        self.situations = Situations.load(IndexAnswerer(index), CASES)
        self.oracle, self.ear_oracle = Oracle(index.corpus), EarOracle()

    def behind(self, server: ModelServer) -> Model:
        """The real client, to an OpenAI-compatible server on this machine."""
        client = ChainClient("openai:oracle", base_url=server.url, key="none", timeout=PATIENT)
        meter = Meter(self.clock.now, TOKENS_A_DAY)
        model = assembly.opened(client, meter, self.masker, self.textes.textes, PATIENT)
        model.settle(120)
        return model

    def over(self, script: Script) -> Model:
        """A model of its own, that has said nothing yet."""
        meter = Meter(self.clock.now, TOKENS_A_DAY)
        consulted = Consultant(Scripted(script), meter, deadline=60.0)
        return assembly.model_over(consulted, self.masker, self.textes.textes, meter)

    def played_with(self, model: Model | None) -> Situations:
        """The cases' house with this model's ear and chooser."""
        answerer = Overheard(IndexAnswerer(self.index, chooser=model.chooser if model else None))
        house = self.situations.standing.dialogue.house
        dialogue = Dialogue(replace(house, answerer=answerer, second_ear=model.ear if model else None))
        return Situations(Standing(dialogue), answerer, CASES)

    def elsewhere(self, folder: Path) -> Model:
        """An oracle that this machine cannot reach: asked by a file of requests, heard by a file of replies."""
        prompts, replies = folder / "prompts.jsonl", folder / "replies.jsonl"
        writing = assembly.by_files(prompts, None, self.masker, self.textes.textes)
        answerer = IndexAnswerer(self.index, chooser=writing.chooser)
        with prompts.open(encoding="utf-8") as asking, replies.open("w", encoding="utf-8") as answering:
            for row in self.rows:
                list(run_exam(answerer, [row], TODAY))
                self.oracle.row = row
                for line in asking:
                    request = json.loads(line)
                    told = self.oracle.choice(json.loads(request["messages"][1]["content"]))
                    answering.write(json.dumps({"hash": request["hash"], "reply": told}, ensure_ascii=False) + "\n")
        return assembly.by_files(None, replies, self.masker, self.textes.textes)


def main(every: int = 1) -> dict[str, Any]:
    """Every ear, on one exam question in `every`; `broken` where a promise of ADR 0090 does not hold."""
    known = settings()
    index = Publisher(known.knowledge_dir, known.data_dir, cache=BuildCache(known.cache_dir)).publish().index
    bench = Bench(known, index, every)
    with tempfile.TemporaryDirectory() as folder:
        figures = _exams(bench, Path(folder))
    figures |= _sets(bench) | _all_cases(bench)
    figures["added, ms a turn"] = _added(bench.situations)
    played = {name: one for name, one in figures.items() if name.startswith("cases")}
    alone = played["cases · built-in"]["right"]
    fallen = [
        name for name, one in played.items() if name.startswith("cases · lying") and one["right"] + one["alone"] < alone
    ]
    figures["broken"] = bool(
        sum(one["harm"] for one in played.values())
        or fallen
        or figures["exam · oracle"]["right, share"] < RIGHT_WITH_AN_ORACLE
        or figures["sets · oracle"]["right, share"] < RIGHT_WITH_AN_ORACLE
        or figures["added, ms a turn"] > MOST_ADDED_MS
    )
    return figures


def _exams(bench: Bench, folder: Path) -> dict[str, Any]:
    """The exam by each ear, and how often two of them agree."""
    with ModelServer(lambda request: saying(bench.oracle.choice(asked_of(request)))) as server:
        return _each(bench, folder, bench.behind(server))


def _each(bench: Bench, folder: Path, oracle: Model) -> dict[str, Any]:
    ears: dict[str, tuple[Chooser | None, Model | None]] = {
        "built-in": (None, None),
        "cross-encoder": (OnTrial(_cross_encoder(bench.known, folder)), None),
        "oracle": (oracle.chooser, oracle),
    }
    model = open_model(bench.known, bench.clock)
    if model is not None:
        model.settle(60)
    else:
        model = bench.elsewhere(folder)
    ears["model"] = (model.chooser, model)
    marked = {name: _exam(bench, chooser) for name, (chooser, _) in ears.items()}
    figures: dict[str, Any] = {f"exam · {name}": _told(found, times) for name, (found, times) in marked.items()}
    for name, (_, one) in ears.items():
        if one is not None and one.meter is not None:
            counts = one.meter.counts
            figures[f"exam · {name}"] |= {"calls": counts.calls, "tokens": counts.tokens, "alone": counts.fallbacks}
    return figures | {"agreement": _agreement({name: found for name, (found, _) in marked.items()})}


def _cross_encoder(known: Settings, folder: Path) -> Chooser:
    if known.rerank_model:
        return load_reranker(known.rerank_model, download=known.model_downloads)
    from tests.answers.tiny import tiny_cross_encoder

    return load_reranker(str(tiny_cross_encoder(folder)))


def _exam(bench: Bench, chooser: Chooser | None) -> tuple[list[Marked], list[float]]:
    answerer, found, times = IndexAnswerer(bench.index, chooser=chooser), list[Marked](), list[float]()
    for row in bench.rows:
        bench.oracle.row = row
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
        "harm: critical wrong": sum(
            one.row.critique and one.grade is Grade.WRONG and kind(one.row) == "reponse" for one in found
        ),
        "p50, ms": median(times),
        "p95, ms": quantiles(times, n=20)[-1],
    }


def _sets(bench: Bench) -> dict[str, Any]:
    """The sets of authors who had read no fiche, by the built-in ear and by an oracle; what neither has right by name."""
    files = sorted((ROOT / "tests" / "answers" / "exams").glob("*.jsonl"))
    rows = [json.loads(line) for one in files for line in one.read_text("utf-8").splitlines()][:: bench.every]
    oracle, words = SetOracle(bench.index.corpus), load_wording(bench.known.prompts_dir)
    model = bench.over(oracle.ask)
    figures: dict[str, Any] = {}
    for name, chooser in {"built-in": None, "oracle": model.chooser}.items():
        ask, marks = handler(IndexAnswerer(bench.index, chooser=chooser), words, TODAY), {}
        for row in rows:
            oracle.row = row
            marks[row["id"]] = judge_set(row["expect"], ask(row))
        counts = Counter(mark.verdict for mark in marks.values())
        figures[f"sets · {name}"] = {
            "right, share": counts["right"] / len(rows),
            **{verdict: counts[verdict] for verdict in ("part", "missed", "wrong")},
            "contradictions": sum(mark.contradicts for mark in marks.values()),
            "not right": " ".join(one for one, mark in marks.items() if mark.verdict != "right")[:400],
        }
    return figures


def _agreement(found: Mapping[str, Sequence[Marked]]) -> dict[str, float]:
    """The share of the questions for which two ears come to the same passage or reason."""
    names = list(found)
    return {
        f"{one} and {other}": sum(a.got == b.got for a, b in zip(found[one], found[other], strict=True))
        / len(found[one])
        for at, one in enumerate(names)
        for other in names[at + 1 :]
    }


def _all_cases(bench: Bench) -> dict[str, Any]:
    """The cases of one message in a situation, by each ear; each lie is told by a model that has said nothing yet."""
    played: dict[str, Model | None] = {
        "built-in": None,
        "oracle ear": bench.over(bench.ear_oracle.ask),
        **{f"lying, {name}": bench.over(lie) for name, lie in MODES.items()},
        **{f"lying, chance {seed}": bench.over(chance(seed)) for seed in range(1, LIARS)},
    }
    model = open_model(bench.known, bench.clock)
    if model is not None:
        model.settle(60)
        played["model"] = model
    return {f"cases · {name}": _cases(bench, one) for name, one in played.items()}


def _cases(bench: Bench, model: Model | None) -> dict[str, Any]:
    """Right, harm, and how often the built-in ear went on alone: nobody was asked, or what was said was not believed."""
    situations, right, harmed = bench.played_with(model), 0, []
    for name, case in cases().items():
        bench.ear_oracle.case = case
        verdict = judge(case, situations.handle(asked(case)))
        right += verdict.right
        if verdict.harmful and still_open().get(name) != "harmful":
            harmed.append(name)
    counts = model.meter.counts if model and model.meter else None
    told = {"calls": counts.calls, "tokens": counts.tokens, "alone": counts.fallbacks} if counts else {"alone": 0}
    return {"right": right, "harm": len(harmed), "harmed": ", ".join(harmed), **told}


def _added(situations: Situations) -> float:
    """Milliseconds a turn of everything that the default program runs more: each door of the second ear, closed."""
    scene = situations.standing.at("avant:activites", {}, CASES).scene()
    scene.message = replace(scene.message, text="ranger le stock et conseiller les clients")
    heard, turns = policy.heard_now(scene), 2000
    start = time.perf_counter()
    for _ in range(turns):
        both_ears.danger(scene)
        both_ears.health(scene)
        both_ears.merged(scene, heard)
        both_ears.offered(scene)
        ask.named(scene)
    return (time.perf_counter() - start) * 1000 / turns
