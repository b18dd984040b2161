"""The index: built aside, swapped, refused or rebuilt where it does not match; nothing personal in it."""

import json
import logging

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

import bot.answers.index as index_module
from bot.answers.answerer import IndexAnswerer
from bot.answers.encoder import ModelEncoder, load_model
from bot.answers.folder import IndexFolder, read_manifest
from bot.answers.index import build, open_index
from bot.answers.knowledge import parse_knowledge, read_knowledge
from bot.answers.live import LiveAnswerer
from bot.answers.publishing import Publisher, falls, tuning
from bot.answers.service import open_answerer
from bot.content.questions import load_exam
from bot.domain.answer import Answer, Question
from bot.errors import ContentError, IndexUnusable
from tests.answers.conftest import TODAY

PAID = Question("c'est payé ?", TODAY)


def without_exam(knowledge):
    """No exam: what is tested is that edits are followed, and an exam of forty questions can fall by one of them."""
    (knowledge / "questions.yaml").write_text("[]\n", "utf-8")


LOUDER = (
    "L'immersion n'est pas payée par la structure d'accueil, et",
    "L'immersion n'est pas payée par la structure d'accueil ! Et",
)
"""A good edit: the short answer changes, no word of it does."""


def edit(knowledge, name, old, new):
    file = knowledge / "fiches" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_second_opening_builds_nothing(served):
    knowledge, data = served
    before = IndexFolder(data).current()
    assert isinstance(open_answerer(knowledge, data).answer(PAID), Answer)
    assert IndexFolder(data).current() == before


def test_an_edit_is_built_in_another_folder_then_pointed_at(served):
    knowledge, data = served
    without_exam(knowledge)
    before = IndexFolder(data).current()
    edit(knowledge, "remuneration.md", *LOUDER)
    assert open_answerer(knowledge, data).answer(PAID).court.startswith(LOUDER[1])
    assert IndexFolder(data).current() != before


def test_a_build_that_dies_leaves_the_last_index_serving(served, monkeypatch):
    knowledge, data = served
    before = IndexFolder(data).current()
    edit(knowledge, "remuneration.md", *LOUDER)

    def die(*_):
        raise MemoryError

    monkeypatch.setattr(index_module, "save_model", die)
    with pytest.raises(MemoryError):
        Publisher(knowledge, data).publish()
    assert IndexFolder(data).current() == before
    assert sorted(path.name for path in (data / "index").glob("v-*")) == [before.name]


def test_a_folder_without_manifest_is_never_served(served):
    _, data = served
    home = IndexFolder(data)
    unfinished = home.fresh()
    home.swap(unfinished)
    assert home.current() is None


@pytest.mark.parametrize("name", ["knowledge.json", "model.npz", "model.json", "manifest.json"])
def test_a_damaged_index_is_one_clear_line_and_is_rebuilt(served, name):
    knowledge, data = served
    folder = IndexFolder(data).current()
    (folder / name).write_bytes(b"damaged")
    with pytest.raises(IndexUnusable) as raised:
        open_index(folder)
    assert "\n" not in str(raised.value)
    assert Publisher(knowledge, data).current() is None


def test_a_damaged_index_is_built_again_at_the_next_opening(served):
    knowledge, data = served
    (IndexFolder(data).current() / "model.npz").write_bytes(b"damaged")
    assert isinstance(open_answerer(knowledge, data).answer(PAID), Answer)


def test_a_missing_vector_store_is_seen_at_opening(served):
    _, data = served
    folder = IndexFolder(data).current()
    (folder / "vectors.npy").unlink()
    with pytest.raises(IndexUnusable):
        open_index(folder)


def test_another_encoder_is_refused_by_name(served):
    _, data = served
    with pytest.raises(IndexUnusable, match="lsa"):
        open_index(IndexFolder(data).current(), encoder="another/model")


def test_the_index_keeps_its_own_copy_of_the_knowledge(served):
    knowledge, data = served
    kept = (IndexFolder(data).current() / "knowledge.json").read_text("utf-8")
    assert parse_knowledge(kept) == read_knowledge(knowledge)
    assert parse_knowledge(kept).digest() == read_manifest(IndexFolder(data).current()).digest


def test_only_written_phrasings_are_in_the_vector_store(served):
    _, data = served
    index = open_index(IndexFolder(data).current())
    answerer = IndexAnswerer(index)
    answerer.answer(Question("je m'appelle Zoé Untel, 06 00 00 00 00, c'est payé ?", TODAY, ("zoe@exemple.fr",)))
    files = [path for path in IndexFolder(data).current().rglob("*") if path.is_file()]
    assert not any(b"Untel" in path.read_bytes() or b"zoe@exemple" in path.read_bytes() for path in files)
    assert len(np.load(IndexFolder(data).current() / "vectors.npy")) == len(index.corpus.phrasings)


def test_a_faulty_fiche_stops_the_first_start_with_every_fault(small, tmp_path):
    edit(small, "remuneration.md", "### Sources", "### Surces")
    with pytest.raises(ContentError, match=r"remuneration\.md:\d+"):
        open_answerer(small, tmp_path / "data")


def test_a_faulty_fiche_leaves_the_last_good_index_serving(served, caplog):
    knowledge, data = served
    edit(knowledge, "remuneration.md", "### Sources", "### Surces")
    with caplog.at_level(logging.ERROR):
        assert isinstance(open_answerer(knowledge, data).answer(PAID), Answer)
    assert "remuneration.md" in caplog.text


def test_an_exam_that_falls_is_not_swapped_in(served, caplog):
    knowledge, data = served
    before = IndexFolder(data).current()
    file = knowledge / "fiches" / "duree.md"
    duree, other = file.read_text("utf-8"), knowledge / "fiches" / "remuneration.md"
    swapped = other.read_text("utf-8")
    # Each fiche keeps its facts and loses its phrasings to the other: every check passes, the answers are wrong.
    file.write_text(_with_questions_of(duree, swapped), "utf-8")
    other.write_text(_with_questions_of(swapped, duree), "utf-8")
    with caplog.at_level(logging.ERROR):
        answerer = open_answerer(knowledge, data)
    assert "the exam falls" in caplog.text
    assert IndexFolder(data).current() == before
    assert answerer.answer(PAID).passages[0].startswith("remuneration#")


def _questions(text):
    return [part.split("\n## ")[0] for part in text.split("### Questions\n")[1:]]


def _with_questions_of(text, other):
    theirs = _questions(other)
    head, *rest = text.split("### Questions\n")
    parts = [head]
    for at, part in enumerate(rest):
        _, section, after = part.partition("\n## ")
        parts.append(theirs[at % len(theirs)] if at < len(theirs) else f"\n- formulation inventée {at} sans rapport\n")
        parts[-1] += section + after
    return "### Questions\n".join(parts)


def test_a_bad_edit_never_reaches_a_person_and_a_good_one_does_without_a_restart(served, caplog):
    knowledge, data = served
    without_exam(knowledge)
    publisher = Publisher(knowledge, data)
    answerer = LiveAnswerer(publisher, publisher.publish().index)
    try:
        first = answerer.answer(PAID)
        edit(knowledge, "remuneration.md", "theme:", "theme : deux : points\ntheme:")
        with caplog.at_level(logging.ERROR):
            answerer.refresh()
        assert answerer.answer(PAID) == first
        assert "remuneration.md" in caplog.text
        edit(knowledge, "remuneration.md", "theme : deux : points\n", "")
        edit(knowledge, "remuneration.md", *LOUDER)
        answerer.refresh()
        assert answerer.answer(PAID).court.startswith(LOUDER[1])
    finally:
        answerer.close()


def test_edits_are_followed_on_a_running_answerer(served):
    knowledge, data = served
    without_exam(knowledge)
    answerer = open_answerer(knowledge, data, watch=True)
    try:
        digest = answerer.digest
        edit(knowledge, "remuneration.md", *LOUDER)
        for _ in range(600):
            if answerer.digest != digest:
                break
            answerer._stop.wait(0.1)
        assert answerer.answer(PAID).court.startswith(LOUDER[1])
    finally:
        answerer.close()


def test_what_falls_is_named_and_one_critical_question_is_enough():
    before = {"reponses_justes": 0.96, "critiques_fausses": 0.0}
    assert "reponses_justes" in falls(before, {"reponses_justes": 0.94, "critiques_fausses": 0.0})
    assert "critiques_fausses" in falls(before, {"reponses_justes": 0.97, "critiques_fausses": 1.0})
    assert falls(before, {"reponses_justes": 0.97, "critiques_fausses": 0.0}) == ""


class HashedLetters(Embeddings):
    """A second encoder: letters counted in 64 places, deterministic, offline."""

    def embed_query(self, text):
        vector = [0.0] * 64
        for left, right in zip(text.lower(), text.lower()[1:], strict=False):
            vector[(ord(left) * 31 + ord(right)) % 64] += 1.0
        return vector

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]


def test_a_second_encoder_runs_the_whole_path(small, tmp_path, monkeypatch):
    monkeypatch.setattr(index_module, "load_encoder", lambda name: ModelEncoder(name, HashedLetters()))
    home = IndexFolder(tmp_path / "data")
    folder = build(home, read_knowledge(small), tuning(load_exam(small)), encoder="hashed")
    home.swap(folder)
    assert json.loads((folder / "manifest.json").read_text())["encoder"] == "hashed"
    answerer = IndexAnswerer(open_index(folder, encoder="hashed"))
    assert answerer.answer(PAID).passages[0].startswith("remuneration#")


class Recorder(Embeddings):
    """Keeps what it was asked to encode."""

    def __init__(self):
        self.seen = []

    def embed_query(self, text):
        self.seen.append(text)
        return [1.0]

    def embed_documents(self, texts):
        self.seen += texts
        return [[1.0] for _ in texts]


def test_e5_models_get_their_prefixes_and_others_none():
    for name, expected in (("intfloat/multilingual-e5-base", ["query: a", "passage: b"]), ("other", ["a", "b"])):
        recorder = Recorder()
        encoder = ModelEncoder(name, recorder)
        encoder.queries(["a"])
        encoder.documents(["b"])
        assert recorder.seen == expected


def test_a_model_that_does_not_load_is_one_line_naming_the_setting(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(IndexUnusable, match="EMBEDDING_MODEL") as raised:
        load_model("nowhere/no-such-model")
    assert "\n" not in str(raised.value)
