"""What was read without a fault is not looked through again, and any change of it is."""

import pytest

from bot.content import proven
from bot.content.proven import Proven, stamp
from bot.errors import ContentError, Problem


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "textes" / "dedans").mkdir(parents=True)
    (tmp_path / "textes" / "dedans" / "un.md").write_text("bonjour", "utf-8")
    return tmp_path / "textes"


def told(cache, folder, what="fiches"):
    """What a reading is told."""
    return Proven(cache).through(what, lambda seen: seen, folder)


def test_a_second_reading_of_the_same_files_is_told_so(tmp_path, folder):
    assert [told(tmp_path / "cache", folder) for _ in range(3)] == [False, True, True]


def test_any_change_of_a_file_is_read_anew(tmp_path, folder):
    told(tmp_path / "cache", folder)
    (folder / "dedans" / "un.md").write_text("bonsoir", "utf-8")
    assert not told(tmp_path / "cache", folder)
    (folder / "deux.md").write_text("", "utf-8")
    assert not told(tmp_path / "cache", folder)
    (folder / "deux.md").rename(folder / "trois.md")
    assert not told(tmp_path / "cache", folder)


def test_another_program_or_another_kind_of_reading_reads_anew(tmp_path, folder, monkeypatch):
    told(tmp_path / "cache", folder)
    assert not told(tmp_path / "cache", folder, "words")
    monkeypatch.setattr(proven, "_code", lambda: b"another program")
    assert not told(tmp_path / "cache", folder)


def test_a_faulty_reading_is_never_kept(tmp_path, folder):
    def refuse(seen):
        raise ContentError([Problem("fiches/un.md", 1, "fautive")])

    for _ in range(2):
        with pytest.raises(ContentError):
            Proven(tmp_path / "cache").through("fiches", refuse, folder)
    assert not told(tmp_path / "cache", folder)


def test_a_cache_that_cannot_be_written_or_is_none_costs_a_reading(tmp_path, folder):
    (tmp_path / "file").write_text("a file where the folder should be")
    assert [told(tmp_path / "file", folder) for _ in range(2)] == [False, False]
    assert [told(None, folder) for _ in range(2)] == [False, False]


def test_only_a_few_notes_are_kept(tmp_path, folder):
    kept = Proven(tmp_path / "cache")
    for number in range(100):
        kept.keep(stamp(str(number), folder))
    assert len(list((tmp_path / "cache" / "lu").iterdir())) == 40
