"""Public or private: by the legal category, else by what the person says, never by a digit of the SIRET."""

import pytest

from bot.domain.hote import categorie_publique, hote_public, meme_nom


@pytest.mark.parametrize(
    ("categorie", "public"),
    [("7210", True), ("7113", True), ("7364", True), ("5710", False), ("1000", False), ("9220", False), ("6540", False),
     ("4110", None), ("4140", None), ("", None), ("72", None), ("abcd", None), ("٧٢١٠", None)],
)  # fmt: skip
def test_the_legal_category_decides_where_it_can(categorie, public):
    assert categorie_publique(categorie) is public


@pytest.mark.parametrize(
    ("answers", "public"),
    [
        ({"siret": "21690029700015"}, None),
        ({"siret": "73282932000074"}, None),
        ({"siret": "21690029700015", "entreprise": "Mairie de Bron"}, None),
        ({"siret": "21690029700015", "hote_public": False}, False),
        ({"hote_public": True}, True),
        ({"hote_categorie": "7210", "hote_public": False}, True),
        ({"hote_categorie": "4110", "hote_public": True}, True),
        ({"hote_categorie": "4110"}, None),
        ({"hote_public": "oui"}, None),
        ({}, None),
    ],
)
def test_a_host_is_public_by_category_then_by_what_is_said(answers, public):
    assert hote_public(answers) is public


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Mistral", "MISTRAL Bron", True), ("Le Parc", "Parc Le", True), ("Bar", "Bar du Port", False), ("", "Mistral", False),
     ("Garage Petit", "Boulangerie Petit", False)],
)  # fmt: skip
def test_two_names_may_be_one_company(one, other, same):
    assert meme_nom(one, other) is same
    assert meme_nom(other, one) is same
