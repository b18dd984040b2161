"""An exam with a model that is right, one that lies, and one that is elsewhere."""

import io
import json
import subprocess
import sys

import pytest

from bot.answers.answerer import IndexAnswerer
from bot.answers.chooser import CannotTell, Chosen
from bot.answers.evaluation import Grade, run_exam
from bot.answers.publishing import Publisher
from bot.app import open_model
from bot.cli.ask import handler
from bot.cli.lines import answer_lines
from bot.config import ROOT, load_settings
from bot.content.questions import load_exam
from bot.content.wording import load_wording
from bot.domain.answer import Question
from bot.errors import InputError
from bot.llm import assembly
from tests.llm.hostile import MODES
from tests.llm.oracle import Oracle
from tests.llm.parts import TODAY, Noon
from tests.llm.server import asked, saying

EVERY = 9
"""One exam question in so many: `bench ear` asks them all. Half of these by the answerer, half by `ask --jsonl`."""


@pytest.fixture
def masked_once(monkeypatch, masker):
    """What hides names is put together once for the folder: it reads the whole knowledge."""
    monkeypatch.setattr("bot.app._masker", lambda *_: masker)


@pytest.fixture(scope="module")
def index(published):
    return Publisher(ROOT / "knowledge", published).publish().index


@pytest.fixture(scope="module")
def rows():
    return load_exam(ROOT / "knowledge")[::EVERY]


def right(answerer, rows, before=lambda _: None):
    found = []
    for row in rows:
        before(row)
        found += [one.grade is Grade.RIGHT for one in run_exam(answerer, [row], TODAY)]
    return sum(found) / len(found)


@pytest.mark.lent
def test_with_an_oracle_behind_a_server_at_least_ninety_eight_in_a_hundred_are_right(index, rows, server, patient):
    oracle = Oracle(index.corpus)
    server.script = lambda request: saying(oracle.choice(asked(request)))
    asking = rows[::2]
    share = right(IndexAnswerer(index, chooser=patient.chooser), asking, lambda row: setattr(oracle, "row", row))
    assert share >= 0.98
    assert patient.meter.counts.calls > len(asking) / 10, "what is not sure is asked"


@pytest.mark.lent
def test_ask_jsonl_says_what_an_oracle_behind_a_server_points_at(index, rows, server, patient):
    oracle = Oracle(index.corpus)
    server.script = lambda request: saying(oracle.choice(asked(request)))
    handle = handler(IndexAnswerer(index, chooser=patient.chooser), load_wording(ROOT / "prompts"), TODAY)
    asking = [row for row in rows[1::2] if row.facts and not row.publics]
    told = io.StringIO()
    for at, row in enumerate(asking):
        oracle.row = row
        answer_lines(handle, [json.dumps({"id": at, "question": row.question, "history": row.historique})], told)
    said = [json.loads(line) for line in told.getvalue().splitlines()]
    facts = {one.ref: set(one.faits) for one in index.corpus.passages.values()}
    good = [any(facts[ref] & row.facts for ref in one["fiches"]) for row, one in zip(asking, said, strict=True)]
    assert sum(good) >= 0.98 * len(good)


@pytest.mark.lent
def test_a_model_that_says_nothing_usable_costs_nothing(index, rows, masker, consignes):
    class Liar:
        def ask(self, request):
            return MODES["invented"](request)

    chooser = assembly.model_over(Liar(), masker, consignes.textes).chooser
    few = rows[::2]
    assert right(IndexAnswerer(index, chooser=chooser), few) == right(IndexAnswerer(index), few)


def test_a_bare_question_in_a_thread_is_never_sure(index):
    seen = []

    class Watching:
        def choose(self, among):
            seen.append(among.sure)
            return CannotTell()

    answerer = IndexAnswerer(index, chooser=Watching())
    for history in ((), ("je suis mineur, je peux en faire une ?",)):
        answerer.answer(Question("qui signe la convention ?", TODAY, history))
    alone, threaded = seen
    assert isinstance(alone, Chosen), "by itself the search is sure of it"
    assert threaded == CannotTell()


QUESTIONS = (
    {"id": "a", "question": "jusqu'à quand puis-je rester là-bas avec un seul papier ?"},
    {"id": "b", "question": "qui signe la convention ?"},
)
"""The search is not sure of the first, and it is of the second."""


def answered(index, prompts=None, replies=None):
    model = open_model(load_settings(), Noon(), prompts=prompts, replies=replies)
    answerer = IndexAnswerer(index, chooser=model.chooser)
    return [handler(answerer, load_wording(ROOT / "prompts"), TODAY)(one) for one in QUESTIONS]


def test_requests_are_written_and_replies_read_by_their_hash(index, tmp_path, masked_once):
    prompts, replies = tmp_path / "prompts.jsonl", tmp_path / "replies.jsonl"
    alone = answered(index, prompts=prompts)
    lines = [json.loads(line) for line in prompts.read_text("utf-8").splitlines()]
    assert len(lines) == 2
    assert set(lines[0]) == {"hash", "task", "messages", "schema"}
    other = {"verdict": "repond", "passages": ["P4"], "motif": "sans"}
    told = [{"hash": one["hash"], "reply": reply} for one, reply in zip(lines, (other, json.dumps(other)), strict=True)]
    replies.write_text("\n".join(json.dumps(one) for one in told), "utf-8")
    found = answered(index, replies=replies)
    shown = json.loads(lines[0]["messages"][1]["content"])["passages"]
    passages = {one.titre: one.ref for one in index.corpus.passages.values()}
    assert found[0]["fiches"] == [passages[shown[3]["titre"]]] != alone[0]["fiches"]
    assert found[1]["fiches"] == alone[1]["fiches"], "what is sure stands"


def test_the_same_question_is_written_once(index, tmp_path, masked_once):
    answered(index, prompts=tmp_path / "p.jsonl")
    model = open_model(load_settings(), Noon(), prompts=tmp_path / "p.jsonl")
    answerer = IndexAnswerer(index, chooser=model.chooser)
    for _ in range(3):
        handler(answerer, load_wording(ROOT / "prompts"), TODAY)(QUESTIONS[0])
    assert len((tmp_path / "p.jsonl").read_text("utf-8").splitlines()) == 1


@pytest.mark.parametrize("text", ["not json", '{"hash": "x"}', "[]", "1"])
def test_a_file_of_replies_that_cannot_be_used_is_one_line(tmp_path, text, masked_once):
    (tmp_path / "r.jsonl").write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"r\.jsonl:1") as caught:
        open_model(load_settings(), Noon(), replies=tmp_path / "r.jsonl")
    assert "\n" not in str(caught.value)


def test_files_that_are_nowhere_are_one_line(tmp_path, masked_once):
    with pytest.raises(InputError, match="--replies"):
        open_model(load_settings(), Noon(), replies=tmp_path / "none.jsonl")
    with pytest.raises(InputError, match="--prompts"):
        open_model(load_settings(), Noon(), prompts=tmp_path / "none" / "p.jsonl")


def test_no_model_is_opened_where_none_is_set():
    assert open_model(load_settings(llm_model=""), Noon()) is None


def test_the_default_program_imports_neither_torch_nor_a_provider():
    code = (
        "import sys, bot.app, bot.cli.ask, bot.cli.turn, bot.cli.serving\n"
        "from bot.config import load_settings\n"
        "from bot.app import clock_of, open_model, open_chooser, open_house\n"
        "from bot.answers.late import NoAnswers\n"
        "given = load_settings(llm_model='', rerank_model='')\n"
        "model = open_model(given, clock_of(None))\n"
        "assert model is None and open_chooser(given, model) is None\n"
        "open_house(given, NoAnswers(), model)\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'langchain', 'langchain_openai', 'openai'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}), 'bot.llm.client' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[] False", done.stderr[-1000:]


def test_masking_is_put_together_from_what_ships(masker):
    assert masker.kept >= {"rsa", "pmsmp"}
    assert not masker.ordinary & masker.given
