"""Danger told in other words than its own is heard, what looks like it stays calm; lists written before the last fit."""

import time
from pathlib import Path

import pytest

from bot.answers.ear import CATEGORIES, Ear, Sentences
from bot.config import ROOT
from bot.content.alertes import check, load_alertes
from bot.content.fiches import load_fiches
from bot.domain.fiche import Nature

HERE = Path(__file__).parent
INDIRECT = [line.split("\t") for line in (HERE / "indirectes.tsv").read_text("utf-8").splitlines()]
ALIKE = (HERE / "sosies.txt").read_text("utf-8").splitlines()


def test_most_dangers_told_as_a_detail_are_heard(real):
    heard = [real.danger(text) for _, text in INDIRECT]
    assert sum(bool(one and one.sure) for one in heard) >= 14
    assert sum(bool(one) for one in heard) >= 16


def test_few_sentences_that_look_like_danger_are_taken_for_it(real):
    assert sum(bool(real.emergency(text)) for text in ALIKE) <= 4


def test_what_the_fiches_answer_is_calm_to_the_ear(real):
    asked = [text for fiche in load_fiches(ROOT / "knowledge") for one in fiche.passages for text in one.questions[:20]
             if one.nature is Nature.REPONSE]  # fmt: skip
    taken = [text for text in asked if real.emergency(text)]
    assert len(asked) > 2000
    assert len(taken) <= len(asked) / 200, taken


def test_a_detail_at_the_end_of_a_long_story_is_heard(real):
    story = "Bonjour, je cherche une immersion de deux semaines dans une boulangerie près de chez moi. " * 4
    assert not real.emergency(story)
    assert real.emergency(f"{story} Ce soir mon mari m'a encore frappée.") == "violence"


@pytest.mark.parametrize("text", ["", " ", "?", "a" * 4096, "je " * 1300])
def test_no_message_stops_the_ear(real, text):
    real.danger(text)


def test_a_message_is_heard_without_any_search(real):
    messages = [text for _, text in INDIRECT] + ALIKE
    spent = time.thread_time()
    for text in messages:
        real.danger(text)
    # Processor time, twenty times what it takes: a search would be seen, a busy machine is not.
    assert (time.thread_time() - spent) / len(messages) < 0.02


def test_an_ear_taught_nothing_hears_what_the_patterns_say_and_no_more():
    ear = Ear.taught(Sentences.read({}, (), ("c'est payé ?", "qui signe ?")))
    assert ear.hear("je veux mourir").categorie == "suicide"
    assert ear.hear("il m'attend en bas avec une barre") is None


def test_an_ear_is_read_as_it_was_written(tmp_path):
    said = {"danger": ["il attend avec une barre", "il arrive avec une barre"]}
    ear = Ear.taught(Sentences.read(said, ("je barre la case", "il barre"), ("c'est payé", "c'est payé ?")))
    ear.save(tmp_path)
    assert Ear.load(tmp_path).hear("une barre") == ear.hear("une barre")


def test_every_category_has_examples_and_the_file_has_no_fault():
    alertes = load_alertes(ROOT / "knowledge")
    assert check(ROOT / "knowledge") == []
    assert all(len(alertes.dangers[name]) >= 30 for name in CATEGORIES)
    assert len(alertes.calmes) >= 150


def test_a_category_that_does_not_exist_is_named_with_its_line(tmp_path):
    (tmp_path / "alertes.yaml").write_text("calmes: []\nvol: [on m'a volé]\n", "utf-8")
    assert "vol" in str(check(tmp_path)[0])


@pytest.mark.parametrize(
    "text",
    [
        "il s'est brûlé un peu hier, il a été soigné et il va bien, on prévient qui ?",
        "elle est tombée mardi, rien de grave, dans quel délai je déclare ?",
    ],
)
def test_a_wound_that_was_looked_after_is_a_question(real, text):
    assert real.emergency(text) == ""
    assert real.emergency("il s'est brûlé, il hurle, venez vite") == "accident"


@pytest.mark.parametrize(
    "text",
    [
        "un jeune en immersion s'est coupé le doigt à la scie, ça pisse le sang, j'appelle la cpam ou le conseiller ?",
        "il y a le feu dans la cuisine du restaurant, est-ce que mes heures de ce matin comptent ?",
        "ma collègue vient de s'évanouir, je dois prévenir qui pour l'immersion ?",
    ],
)
def test_a_question_beside_an_emergency_does_not_hide_it(real, text):
    assert real.emergency(text) == "accident"
