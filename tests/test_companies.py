"""The company look-up helps when it answers, and costs nothing when it does not."""

import json
import logging

import pytest

from bot.companies import CompanySearch
from bot.domain.organisme import Entreprise

SIRET = "73282932000074"
# The shape of the public API's answer; the company is made up.
RECORDED = {
    "results": [
        {
            "siren": "732829320",
            "nom_complet": "BOULANGERIE DES LILAS",
            "siege": {"siret": "73282932000017", "adresse": "1 PLACE DU MARCHE 69500 BRON", "etat_administratif": "A"},
            "matching_etablissements": [
                {"siret": SIRET, "adresse": "12 RUE DES LILAS 69500 BRON", "etat_administratif": "A"}
            ],
        }
    ],
    "total_results": 1,
}


def _search(answer):
    asked = []

    def fetch(url, timeout):
        asked.append((url, timeout))
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    return CompanySearch("https://annuaire.example/", fetch), asked


def test_the_establishment_with_that_number_is_found():
    search, asked = _search(RECORDED)
    assert search.find(SIRET) == Entreprise(SIRET, "BOULANGERIE DES LILAS", "12 RUE DES LILAS 69500 BRON", ouverte=True)
    assert asked[0][0] == f"https://annuaire.example/search?q={SIRET}"
    assert asked[0][1] <= 2


def test_the_head_office_counts_and_a_closed_one_is_said():
    search, _ = _search(
        {"results": [{"nom_complet": "X", "siege": {"siret": SIRET, "adresse": "Y", "etat_administratif": "F"}}]}
    )
    assert search.find(SIRET) == Entreprise(SIRET, "X", "Y", ouverte=False)


@pytest.mark.parametrize(
    "answer",
    [
        TimeoutError(),
        ConnectionRefusedError(),
        b"<html>",
        b"\xff\xfe",
        {"results": []},
        {},
        [],
        {"results": None},
        {"results": [None]},
        {"results": [{"siege": {"siret": "00000000000000"}}]},
    ],
)
def test_no_answer_is_no_company_and_never_an_error(answer, caplog):
    caplog.set_level(logging.DEBUG)
    search, _ = _search(answer)
    assert search.find(SIRET) is None
    assert SIRET not in caplog.text


@pytest.mark.parametrize("siret", ["", "123", "7328293200007a", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤"[:3]])
def test_nothing_is_asked_for_what_is_not_a_siret(siret):
    search, asked = _search(RECORDED)
    assert search.find(siret) is None
    assert asked == []


def test_without_an_address_nothing_is_asked():
    asked = []
    assert CompanySearch("", lambda *call: asked.append(call) or b"").find(SIRET) is None
    assert asked == []
