"""A story fills the fields it clearly states, asks about the doubtful ones, and fills nothing else."""

import json
from pathlib import Path

import pytest

from bot.conversation.slots import Value

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
