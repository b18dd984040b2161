"""A build in a process of its own gives the same index, and says what went wrong."""

import pytest

from bot.answers.apart import build_apart
from bot.answers.folder import IndexFolder, read_manifest
from bot.answers.knowledge import read_knowledge
from bot.answers.publishing import Publisher
from bot.errors import IndexUnusable


def test_what_is_built_apart_is_the_index_of_the_same_knowledge(served):
    knowledge, data = served
    home, known = IndexFolder(data), read_knowledge(knowledge)
    folder = build_apart(home, known, ())
    assert read_manifest(folder).digest == known.digest()
    home.swap(folder)
    assert Publisher(knowledge, data).current() is not None


def test_what_goes_wrong_apart_is_said_here_and_leaves_nothing(served):
    knowledge, data = served
    home = IndexFolder(data)
    before = home.current()
    with pytest.raises(IndexUnusable, match=r"127\.0\.0\.1:9"):
        build_apart(home, read_knowledge(knowledge), (), chroma_url="http://127.0.0.1:9")
    assert home.current() == before
    assert [path.name for path in home.root.glob("v-*")] == [before.name]
