"""What YAML refuses is told to who writes the content: in French, with what to do."""

import re

import pytest

from bot.content.reader import parse_yaml
from bot.errors import ContentError


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("a: b: c", "un deux-points"),
        ("a:\n\t- b", "une tabulation"),
        ("a: @b", "un signe"),
        ("a: *b", "un signe"),
        ("a: 'l'eau'", "un guillemet se ferme trop tôt"),
        ("k:\n  - x\n y: z", "n'est pas alignée"),
        ("- a\nb: c", "n'est pas alignée"),
        ("a: 'b\nc: d", "n'est pas fermé"),
        ('a: "b\\q"', "guillemets simples"),
        ("a: [b, c\nd: e", "un crochet ou une accolade"),
        ("a: |x\n b", "allez à la ligne"),
        ("a: - b", "un tiret de liste"),
        ("a: ]", "YAML ne comprend pas cette ligne"),
        ("--- a\n--- b", "un fichier n'en a qu'un"),
        ("a: !b!c d", "un signe"),
    ],
)
def test_a_fault_of_yaml_is_told_in_french_alone(text, part):
    with pytest.raises(ContentError) as refused:
        parse_yaml(text, "un.yaml")
    (problem,) = refused.value.problems
    assert part in problem.message
    assert not re.search(r"\b(?:found|expected|not|while|the)\b", problem.message)
