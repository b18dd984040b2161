"""CHROMA_URL: the same answers from Chroma, embedded in a folder or on a server, as from the file of the index."""

import shutil
import subprocess
import sys

import numpy as np
import pytest

from bot.answers.answerer import IndexAnswerer
from bot.answers.folder import IndexFolder
from bot.answers.index import build, open_index
from bot.answers.knowledge import read_knowledge
from bot.app import listens
from bot.domain.answer import Answer, Question
from bot.errors import IndexUnusable
from tests.answers.conftest import TODAY, small_knowledge
from tests.e2e.test_starting import free_port
from tests.sandbox.live import wait_for

SERVER = "from chromadb.cli.cli import app; app()"
ASKED = ("c'est payé ?", "combien de temps ça dure", "je peux prolonger")


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    return read_knowledge(small_knowledge(tmp_path_factory.mktemp("petit") / "knowledge"))


@pytest.fixture(params=["embedded", "server"])
def address(request, tmp_path):
    if request.param == "embedded":
        yield (tmp_path / "chroma").as_uri()
        return
    port = free_port()
    command = [sys.executable, "-c", SERVER, "run", "--path", tmp_path / "chroma", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: listens(address))
        yield address
    finally:
        server.terminate()
        server.wait()


def test_the_answers_are_those_of_the_file(known, address, tmp_path):
    home = IndexFolder(tmp_path / "data")
    folder = build(home, known, (), chroma_url=address)
    plain, asked = open_index(folder), open_index(folder, chroma_url=address)
    assert type(plain.retriever.vectors) is not type(asked.retriever.vectors)
    for text in ASKED:
        near = [one.retriever.vectors.near([text], 60)[0] for one in (plain, asked)]
        assert np.allclose(*near, atol=1e-5)
        outcomes = [IndexAnswerer(one).answer(Question(text, TODAY)) for one in (plain, asked)]
        assert isinstance(outcomes[0], Answer)
        assert outcomes[0] == outcomes[1]


def test_a_collection_that_is_gone_is_said_in_one_line(known, address, tmp_path):
    folder = build(IndexFolder(tmp_path / "data"), known, (), chroma_url=address)
    open_index(folder, chroma_url=address).retriever.vectors.drop()
    with pytest.raises(IndexUnusable, match="knowledge index"):
        open_index(folder, chroma_url=address)
    shutil.rmtree(folder)
