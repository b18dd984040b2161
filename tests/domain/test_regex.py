"""A pattern compiled when it is first used is, once used, the pattern that the standard module makes."""

import re
import subprocess
import sys

import pytest

from bot.domain import regex


@pytest.mark.parametrize(
    ("source", "flags"), [(r"(\d+) (?P<unite>h|min)", 0), ("é", re.IGNORECASE), ("^a.b$", re.DOTALL)]
)
def test_it_finds_what_the_standard_pattern_finds(source, flags):
    late, real = regex.compile(source, flags), re.compile(source, flags)
    for text in ("7 h puis 30 min", "É é", "a\nb", ""):
        assert [one.span() for one in late.finditer(text)] == [one.span() for one in real.finditer(text)]
        assert late.sub("x", text) == real.sub("x", text)
        assert late.split(text) == real.split(text)
        assert bool(late.fullmatch(text)) is bool(real.fullmatch(text))
    assert (late.pattern, late.flags, late.groups, late.groupindex) == (
        real.pattern, real.flags, real.groups, real.groupindex,
    )  # fmt: skip


def test_a_fault_shows_at_the_first_use():
    broken = regex.compile("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("(")


def test_what_waits_is_made_at_once_and_only_then():
    late = regex.compile("jamais servi")
    assert late in regex._WAITING
    regex.compile_waiting()
    assert not regex._WAITING
    assert late.search("jamais servi")


def test_importing_the_conversation_compiles_hardly_any_pattern_of_ours():
    counted = (
        "import re, sys\nreal, ours = re._compile, []\n"
        "def watching(pattern, flags):\n"
        "    if 'bot' + __import__('os').sep in sys._getframe(2).f_code.co_filename: ours.append(pattern)\n"
        "    return real(pattern, flags)\n"
        "re._compile = watching\nimport bot.conversation.dialogue\nprint(len(ours))"
    )
    done = subprocess.run([sys.executable, "-c", counted], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 50
