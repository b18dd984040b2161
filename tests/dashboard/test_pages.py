"""Every page answers, in few queries, with the headers of a careful site."""

import pytest

from tests.dashboard.office import sent


@pytest.mark.parametrize(
    "path",
    ["/demandes/", "/conversations/", "/modeles/", "/modeles/nouveau/", "/equipe/", "/chiffres/", "/etat/", "/compte/"],
)
def test_every_page_answers_a_responsable(as_role, path):
    client = as_role("responsable")
    sent()
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("part", ["", "texte/", "pdf/", "agenda/", "brouillon/", "json/", "modifier/", "effacer/"])
def test_every_page_of_a_demande_answers(as_role, part):
    client = as_role("responsable")
    one = sent()
    assert client.get(f"/demandes/{one.id}/{part}").status_code == 200
