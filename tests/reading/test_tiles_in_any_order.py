"""Whatever the order in which facts are told, and whatever ties them, each is kept where it belongs."""

import random

import pytest

MESSAGES = 300
JOINTS = (", ", " et ", ". ", " ", " voilà ", " et donc ")

SAID = (
    {"nom": "Inès Le Goff", "date_naissance": ""},
    {"commune": "Roubaix"},
    {"entreprise": "Moto Passion 71", "adresse": "3 rue Foch"},
    {"tuteur": "Maud Kerbrat", "tuteur_telephone": "0478612209"},
    {"date_debut": ""},
    {"horaires": ""},
    {"objectif": ""},
    {"suivi_par": ""},
    {"email": "ilg@exemple.fr"},
)
"""What each fact fills; an empty text: whatever the words are."""

WAYS = (
    ("moi c'est Inès Le Goff née le 14/03/1998", "je m'appelle Inès Le Goff, née le 5 mai 2001", "c Inès Le Goff née le 5 mai 2001"),
    ("j'habite à Roubaix", "jhabite roubaix", "ma ville c'est Roubaix"),
    ("chez Moto Passion 71, 3 rue Foch", "l'entreprise c'est Moto Passion 71 3 rue Foch à Albi", "la boite c Moto Passion 71, 3 rue Foch"),
    ("mon tuteur c'est Maud Kerbrat, gérante, 0478612209", "ma tutrice Maud Kerbrat son numéro c'est le 04 78 61 22 09", "tuteur : maud kerbrat 0478612209"),
    ("du 4 au 15 janvier", "les dates c'est du 7 au 18 décembre", "du lundi 11 janvier au vendredi 15 janvier"),
    ("9h-12h 14h-17h du lundi au vendredi", "de 8h à 15h", "lundi mardi jeudi 9h 16h"),
    ("pour confirmer mon projet", "c'est pour découvrir", "pour découvrir le métier"),
    ("suivie par la mission locale", "je suis suivie par cap emploi", "mission locale"),
    ("mon mail c'est ilg@exemple.fr", "mon adresse mail ilg@exemple.fr"),
)  # fmt: skip


def _bare(text):
    return "".join(text.lower().split())


@pytest.mark.parametrize("seed", range(MESSAGES))
def test_facts_are_kept_in_any_order(told, seed):
    chosen = random.Random(seed)
    facts = chosen.sample(range(len(SAID)), chosen.randint(2, 6))
    text = chosen.choice(JOINTS).join(chosen.choice(WAYS[fact]) for fact in facts)
    words, left = told(text, chosen.choice(("objectif", "commune", "date_naissance", "identite")))
    expected = {field: value for fact in facts for field, value in SAID[fact].items()}
    assert not left, text
    assert words.keys() == expected.keys(), text
    assert all(_bare(value) in _bare(words[field]) for field, value in expected.items()), (text, words)
