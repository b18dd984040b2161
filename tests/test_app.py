"""R22: a broken fiche keeps no page of the desk from showing the last good ones; a start leaves nothing of its rehearsal."""

import os
import shutil
from concurrent.futures import Future
from dataclasses import replace

import pytest

from bot.app import Passages, Program, SystemClock
from bot.config import ROOT, load_settings
from bot.conversation.dialogue import Dialogue
from bot.domain.message import UserMessage
from bot.domain.session import Session
from bot.domain.turn import Dossier
from bot.ear.listener import LateListener
from tests.conversation.fakes import house


@pytest.fixture
def knowledge(tmp_path):
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    return tmp_path / "knowledge"


@pytest.mark.parametrize("content", [b"---\ntitre: x", b"\xff\xfe\x00", b"---\nx: !!python/object:os.system {}\n---\n"])
def test_the_last_good_fiches_are_shown_and_the_broken_file_is_named(knowledge, content):
    passages = Passages(knowledge)
    good = passages()
    assert good
    assert passages.broken == ""
    file = min((knowledge / "fiches").glob("*.md"))
    kept = file.read_bytes()
    file.write_bytes(content)
    os.utime(file, (1, 1))
    assert passages() == good
    assert file.name in passages.broken
    file.write_bytes(kept)
    os.utime(file, (2, 2))
    assert passages() == good
    assert passages.broken == ""


def refuse(*_, **__):
    raise AssertionError("somebody was asked")


class Nobody:
    """Whoever must not be asked for nobody's sake."""

    answer = passage = emergency = danger = certain = find = refuse


def test_what_the_first_message_needs_is_made_ahead_and_nobody_is_asked_for_it():
    alone = replace(house(), answerer=Nobody(), second_ear=Nobody(), companies=Nobody())
    Program(load_settings(), SystemClock(), alone, Dialogue(alone)).rehearse()
    assert "_by_name" in vars(alone.reader.places)


@pytest.mark.parametrize("command", ["/start", "/demande", "/aide", "/mes_donnees"])
def test_a_command_is_answered_while_the_ear_is_still_learnt_and_as_it_is_afterwards(command):
    def answered(listener):
        alone = replace(house(), listener=listener)
        now = SystemClock().now()
        return Dialogue(alone).take_turn(Session(1), UserMessage(1, now, text=command), Dossier()).replies

    assert answered(LateListener(Future())) == answered(house().listener) != ()
