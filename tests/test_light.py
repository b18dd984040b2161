"""The default install is light: nothing that serves imports what only `.[modeles]` brings."""

import subprocess
import sys
import tomllib

import pytest

from bot.config import ROOT

HEAVY = ("torch", "transformers", "sentence_transformers", "langchain_huggingface", "langchain_openai", "openai")

LISTS = """
import sys
sys.meta_path.insert(0, type("No", (), {"find_spec": staticmethod(
    lambda name, *_: (_ for _ in ()).throw(ImportError(name)) if name.split(".")[0] in %r else None)}))
import importlib, pkgutil, bot
from bot.storage.setup import configure
configure(database_url="sqlite:///:memory:", secret_key="x")
for found in pkgutil.walk_packages(bot.__path__, "bot."):
    if "migrations" not in found.name and "_content" not in found.name and found.name != "bot.__main__":
        importlib.import_module(found.name)
print(sorted({name.split(".")[0] for name in sys.modules} & set(%r)))
"""


def test_every_module_is_imported_where_none_of_them_is_installed():
    done = subprocess.run(
        [sys.executable, "-c", LISTS % (HEAVY, HEAVY)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["torch", "sentence-transformers", "langchain-huggingface", "transformers"])
def test_the_default_install_asks_for_none_of_them(name):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert not any(line.startswith(name) for line in project["dependencies"])
    assert name == "transformers" or any(line.startswith(name) for line in project["optional-dependencies"]["modeles"])


def test_a_model_without_its_extra_is_refused_with_what_to_install(monkeypatch):
    from bot.answers.encoder import load_model
    from bot.errors import IndexUnusable

    monkeypatch.setitem(sys.modules, "langchain_huggingface", None)
    with pytest.raises(IndexUnusable, match=r"pip install '\.\[modeles\]'"):
        load_model("un-modele")
