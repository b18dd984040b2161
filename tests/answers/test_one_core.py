"""A build adds up on one core: it is then the same on any machine."""

from threadpoolctl import threadpool_info, threadpool_limits

from bot.answers.folder import IndexFolder, read_manifest
from bot.answers.index import build
from bot.answers.knowledge import read_knowledge
from bot.answers.one_core import one_core
from bot.answers.publishing import tuning
from bot.content.questions import load_exam


def _cores():
    return [one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"]


def test_every_blas_is_held_to_one_core_and_let_go_again():
    with one_core(), threadpool_limits(2):
        with one_core():
            assert set(_cores()) == {1}
        assert set(_cores()) == {2}


def test_a_build_is_the_same_on_a_machine_of_more_cores(small, tmp_path):
    known, exam = read_knowledge(small), tuning(load_exam(small))
    contents = []
    for cores in (1, 2):
        with threadpool_limits(cores):
            contents.append(read_manifest(build(IndexFolder(tmp_path / str(cores)), known, exam)).content)
    assert contents[0] == contents[1]
