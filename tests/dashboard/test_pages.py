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


def test_pages_are_set_as_french_is(as_role, typeset):
    client = as_role("responsable")
    one = sent(siret=None)
    page = client.get(f"/demandes/{one.id}/").content.decode()
    assert "Il manque 1 élément pour la convention\u00a0:" in page
    assert "l’ordre du formulaire" in page
    assert "12 rue de la Paix 69100 Villeurbanne" in page
    assert 'data-copie="' in page
