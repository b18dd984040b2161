"""Plain-text dialogues, played as they are written. The first line of a file is the promise it keeps.

`moi: …` a message; `[bouton: …]` a button of the last reply; `[bureaux et métiers importés]` is a deployment that
imported the small files of the tests; `[étape: x]` starts with everything before x answered;
`[conseiller: …]` a counsellor writes, `[conseiller: rend la main]` gives the conversation back, and
`[conseiller demande: x, y | raison]` asks for fields again; `[conseiller propose: organisme | raison]` proposes another body; `[modifier: …]` edits the last message; `[plus tard: 21 h]` lets time pass; `bot:` and the lines below it are what must be answered.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.dialogue import Dialogue
from tests.conversation.fakes import Person, at, house, imported_house

FOLDER = Path(__file__).resolve().parents[1] / "dialogues"
FILES = sorted(FOLDER.rglob("*.txt"))


def shown(reply):
    """The reply as a transcript: text, then one line per row of buttons."""
    rows = [" ".join(f"[{button.label}]" for button in row) for row in reply.buttons]
    notice = [f"({reply.notice})"] if reply.notice else []
    lines = [*notice, *reply.text.splitlines(), *rows]
    return "\n".join(["bot: " + lines[0], *("     " + line if line else "" for line in lines[1:])])


IMPORTED = "[bureaux et métiers importés]"


def play(text):
    """The same dialogue, with what the bot says now."""
    lines = text.splitlines()
    lives_in = imported_house() if IMPORTED in lines else house()
    played, person = [lines[0], ""], Person(Dialogue(lives_in))
    for line in lines[1:]:
        if found := re.match(r"\[étape: (.+)\]", line):
            person = at(found[1], lives_in=lives_in)
            played += [line, shown(person.last), ""]
        elif line == IMPORTED:
            played += [line, ""]
        elif found := re.match(r"\[plus tard: (\d+) h\]", line):
            person.now += timedelta(hours=int(found[1]))
            played += [line, ""]
        else:
            said = acted(person, line)
            played += [line, *(shown(one) for one in person.shown), ""] if said is not None else []
    return "\n".join(played).rstrip() + "\n"


def acted(person, line):
    """What the bot answers to one line of the person or of the desk; None for any other line."""
    if line.startswith("moi: "):
        return person.says(line.removeprefix("moi: "))
    if found := re.match(r"\[modifier: (.+)\]", line):
        return person.says(found[1], edited=True, message_id=person.count)
    if line == "[conseiller: rend la main]":
        return person.is_left()
    if found := re.match(r"\[conseiller propose: (.+) \| (.+)\]", line):
        return person.is_asked_to_move(found[1], why=found[2])
    if found := re.match(r"\[conseiller: (.+)\]", line):
        return person.is_written_to(found[1])
    if found := re.match(r"\[conseiller demande: (.+) \| (.+)\]", line):
        return person.is_asked_again(*found[1].split(", "), why=found[2])
    if found := re.match(r"\[bouton: (.+)\]", line):
        return person.taps(found[1])
    return None


def test_there_are_dialogues_in_every_folder():
    folders = {"chemin-droit", "corrections", "annulations", "digressions", "incomprehensions", "droits", "sensibles"}
    folders |= {"porte", "envoi"}
    assert {file.parent.name for file in FILES} == folders


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_dialogue(file, ecrire):
    expected = file.read_text(encoding="utf-8")
    actual = play(expected)
    if ecrire:
        file.write_text(actual, encoding="utf-8")
    assert actual == expected or ecrire


def test_a_request_told_in_a_hundred_and_twenty_words_is_at_its_summary_in_eight_messages():
    told = (FOLDER / "chemin-droit" / "cent-vingt-mots.txt").read_text(encoding="utf-8")
    before, summary, _ = told.partition("*Relisez votre demande*")
    said = [line for line in before.splitlines() if line.startswith("moi: ")]
    assert summary
    assert len(said[0].split()) >= 120
    assert len(said) <= 8
