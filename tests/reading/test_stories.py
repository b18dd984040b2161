"""A story fills the fields it clearly states, asks about the doubtful ones, and fills nothing else."""

import json
from pathlib import Path

import pytest

from bot.reading.outcome import Value

STORIES = [
    json.loads(line) for line in (Path(__file__).parent / "stories.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["id"])
def test_exactly_what_is_stated(story, reader, context):
    found = reader.extract(story["text"], context(story["today"]))
    read = {champ.value: one.value if isinstance(one, Value) else "?" for champ, one in found.items()}
    assert read == story["fields"]


def test_the_story_itself_is_kept_nowhere(reader, context):
    story = "Depuis des années je cherche ma voie. " * 40 + "Je veux découvrir le métier de fleuriste à Nantes."
    found = reader.extract(story, context())
    assert set(found) == {"objectif", "metier", "lieu"}
    assert all(len(str(one.value)) < 100 for one in found.values())


SMALL_TALK = [
    "c'est payé", "merci à vous", "je sais pas du tout", "on peut changer la date", "je veux parler à quelqu'un",
    "appelle moi demain", "je travaille demain", "je finis le boulot à 18h", "voir avec mon patron lundi",
    "je suis à la bourre", "à bientôt", "à demain", "bonne journée à vous", "je vais à la mer", "je suis intéressé",
    "ça fait 2 ans que je cherche", "décale d'une semaine", "il faut un salarié", "un étudiant peut faire une PMSMP",
    "la mission locale m'a refusé", "france travail ne répond pas", "j'ai appelé cap emploi", "ancien boulanger",
    "j'ai fait boulanger avant", "je suis à 20 minutes de Lyon", "je fais 35h par semaine chez Carrefour",
    "je travaille du lundi au vendredi de 9h à 17h", "appelez le 06 12 34 56 78", "mes parents habitent à Bron",
    "le siret de mon employeur 73282932000074", "je suis en vacances du 20 décembre au 3 janvier",
    "mon conseiller s'appelle Paul", "je ne veux plus de la mission locale",
]  # fmt: skip


@pytest.mark.parametrize("text", SMALL_TALK)
def test_what_says_nothing_of_the_form_fills_nothing(text, reader, context):
    assert reader.extract(text, context()) == {}
