"""A knowledge is learnt once: the same build is found again, whatever the data folder, and two builds are alike."""

import json
import shutil

import pytest

from bot.answers.cache import BuildCache, key
from bot.answers.folder import IndexFolder
from bot.answers.index import build
from bot.answers.knowledge import read_knowledge
from bot.answers.progress import Stage
from bot.answers.publishing import Publisher, answerer_of, tuning
from bot.cli.ask import handler
from bot.config import ROOT
from bot.content.questions import load_exam
from bot.content.wording import load_wording
from tests.answers.conftest import TODAY, small_knowledge


def test_two_builds_of_one_knowledge_are_the_same_files_and_give_the_same_lines(small, tmp_path):
    known, exam = read_knowledge(small), load_exam(small)
    words, lines, hashes = load_wording(ROOT / "prompts"), [], []
    for name in ("one", "two"):
        home = IndexFolder(tmp_path / name)
        home.swap(build(home, known, tuning(exam)))
        index = Publisher(small, tmp_path / name).current()
        handle = handler(answerer_of(index), words, TODAY)
        answers = [handle({"question": row.question, "history": list(row.historique)}) for row in exam]
        lines.append(json.dumps([{**one, "ms": 0} for one in answers]))
        hashes.append(index.manifest.content)
    assert hashes[0] == hashes[1]
    assert lines[0] == lines[1]


def published(small, data, cache, builder=None):
    more = {"builder": builder} if builder else {}
    return Publisher(small, data, cache=cache, **more).publish().index


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A small knowledge and a cache with its build, to be copied and never changed."""
    root = tmp_path_factory.mktemp("cached")
    knowledge = small_knowledge(root / "knowledge")
    published(knowledge, root / "one", BuildCache(root / "cache"))
    return root


@pytest.fixture
def cached(once, tmp_path):
    """Copies of that knowledge and of that cache, free to change."""
    for name in ("knowledge", "cache"):
        shutil.copytree(once / name, tmp_path / name)
    return tmp_path / "knowledge", BuildCache(tmp_path / "cache")


def refuse(*_, **__):
    raise AssertionError("built again")


def test_a_second_data_folder_takes_the_build_of_the_first(cached, tmp_path):
    knowledge, cache = cached
    first = published(knowledge, tmp_path / "one", cache, refuse)
    second = published(knowledge, tmp_path / "two", cache, refuse)
    assert second.manifest.content == first.manifest.content
    assert second.folder != first.folder


def test_an_edit_is_never_served_from_the_build_before_it(cached, tmp_path):
    knowledge, cache = cached
    file = knowledge / "fiches" / "duree.md"
    file.write_text(file.read_text("utf-8").replace("### Questions", "### Questions\n\n- un mois ça fait beaucoup", 1))
    with pytest.raises(AssertionError, match="built again"):
        published(knowledge, tmp_path / "two", cache, refuse)


def test_a_damaged_cached_build_is_thrown_away_and_built_again(cached, tmp_path):
    small, cache = cached
    name = key("lsa", read_knowledge(small), tuning(load_exam(small)))
    (tmp_path / "cache" / "index" / name / "vectors.npy").write_bytes(b"damaged")
    assert published(small, tmp_path / "two", cache).manifest.content
    published(small, tmp_path / "three", cache, refuse)


def test_a_cache_that_cannot_be_written_costs_nothing(small, tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert published(small, tmp_path / "one", BuildCache(tmp_path / "cache")).manifest.content


def test_only_a_few_builds_are_kept(small, tmp_path):
    cache, home = BuildCache(tmp_path / "cache"), IndexFolder(tmp_path / "data")
    folder = build(home, read_knowledge(small), ())
    for at in range(8):
        cache.keep(f"{at}", folder)
    assert len(list((tmp_path / "cache" / "index").iterdir())) == 4


def test_every_stage_of_a_build_is_told_in_order(small, tmp_path):
    told = []
    build(IndexFolder(tmp_path), read_knowledge(small), tuning(load_exam(small)), progress=told.append)
    assert told == list(Stage)
    assert sorted(stage.share for stage in told) == [stage.share for stage in told]


def test_a_second_data_folder_reads_nothing_of_what_was_read_before(cached, tmp_path, monkeypatch):
    knowledge, cache = cached
    first = published(knowledge, tmp_path / "one", cache, refuse)

    def unread(_):
        raise AssertionError("read again")

    monkeypatch.setattr("bot.answers.publishing.read_knowledge", unread)
    second = published(knowledge, tmp_path / "two", cache, refuse)
    assert second.manifest.content == first.manifest.content
    file = knowledge / "questions.yaml"
    file.write_text(file.read_text("utf-8") + "\n# remark\n", "utf-8")
    with pytest.raises(AssertionError, match="read again"):
        published(knowledge, tmp_path / "three", cache, refuse)
