"""The default install is light: nothing that serves imports what only an extra brings, until its setting is there."""

import re
import subprocess
import sys
import tomllib

import pytest

from bot.config import ROOT, load_settings
from bot.errors import SettingError

HEAVY = (
    "torch", "transformers", "sentence_transformers", "langchain_huggingface",
    "chromadb", "langchain_chroma", "langchain_core", "langchain", "langchain_openai", "openai", "psycopg", "jwt",
)  # fmt: skip
ALONE = ("bot.answers.collection",)
"""Loaded by a setting only."""
EXTRAS = {
    "modeles": ("torch", "sentence-transformers", "langchain-huggingface"),
    "chroma": ("chromadb", "langchain-chroma"),
    "modele": ("langchain", "langchain-openai"),
    "postgresql": ("psycopg",),
    "openid": ("PyJWT",),
}

LISTS = """
import sys
sys.meta_path.insert(0, type("No", (), {"find_spec": staticmethod(
    lambda name, *_: (_ for _ in ()).throw(ImportError(name)) if name.split(".")[0] in %r else None)}))
import importlib, pkgutil, bot
from bot.storage.setup import configure
configure(database_url="sqlite:///:memory:", secret_key="x")
for found in pkgutil.walk_packages(bot.__path__, "bot."):
    if "migrations" not in found.name and "_content" not in found.name and found.name not in ("bot.__main__", *%r):
        importlib.import_module(found.name)
print(sorted({name.split(".")[0] for name in sys.modules} & set(%r)))
"""


def test_every_module_is_imported_where_none_of_them_is_installed():
    done = subprocess.run(
        [sys.executable, "-c", LISTS % (HEAVY, ALONE, HEAVY)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "[]"


def name_of(line):
    return re.split(r"[\[=<>]", line)[0]


@pytest.mark.parametrize("extra", EXTRAS)
def test_the_default_install_asks_for_none_of_them(extra):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert not set(EXTRAS[extra]) & {name_of(line) for line in project["dependencies"]}
    assert set(EXTRAS[extra]) <= {name_of(line) for line in project["optional-dependencies"][extra]}
    tests = next(line for line in project["optional-dependencies"]["test"] if line.startswith("immersion-bot["))
    assert re.search(rf"\b{extra}\b", tests), "the tests use them for real"


@pytest.mark.parametrize(
    ("given", "extra"),
    [
        ({"database_url": "postgresql://bot:mot@base/bot"}, "postgresql"),
        ({"chroma_url": "http://chroma:8000"}, "chroma"),
        ({"oidc_issuer": "https://ailleurs.exemple"}, "openid"),
    ],
)
def test_a_setting_without_its_extra_is_refused_with_what_to_install(given, extra, monkeypatch):
    monkeypatch.setattr("bot.config.find_spec", lambda _name: None)
    with pytest.raises(SettingError, match=rf"pip install '\.\[{extra}\]'"):
        load_settings(_env_file=None, **given)
    assert load_settings(_env_file=None), "the default needs none of them"


def test_a_model_without_its_extra_is_refused_with_what_to_install(monkeypatch):
    from bot.answers.encoder import load_model
    from bot.errors import IndexUnusable

    monkeypatch.setitem(sys.modules, "langchain_huggingface", None)
    with pytest.raises(IndexUnusable, match=r"pip install '\.\[modeles\]'"):
        load_model("un-modele")
