"""The same pages on PostgreSQL: sorting, searching, figures and acts say what they say on SQLite."""

import pytest
from django.test import Client

from bot.storage.models import DemandeRow, EvenementRow
from tests.bases import default_database, empty, url_of
from tests.dashboard.office import NOW, TestClock, member, opened, sent, signed_in


@pytest.fixture(scope="module")
def engine(tmp_path_factory, django_db_blocker):
    """A PostgreSQL of our own, its tables in place."""
    with default_database(url_of("postgresql", tmp_path_factory.mktemp("desk")), django_db_blocker):
        yield


@pytest.fixture
def client(engine, tmp_path):
    """A responsable on an empty desk."""
    empty()
    opened(TestClock(), tmp_path)
    return signed_in(Client(), member("responsable"))


def test_the_queue_is_sorted_searched_and_counted(client):
    sent(1, nom="Loin", date_debut="2027-02-01")
    sent(2, nom="Éloïse", date_debut="2026-12-01", metier="Élagueur")
    sent(3, nom="Sans", date_debut=None)
    page = client.get("/demandes/").content.decode()
    assert page.index("Éloïse") < page.index("Loin") < page.index("Lina Sans")
    client.post("/demandes/recherche/", {"q": "elagu eloise"})
    page = client.get("/demandes/?statut=toutes").content.decode()
    assert "Éloïse" in page
    assert "Lina Loin" not in page


def test_one_steps_through_the_list_in_its_order(client):
    made = [
        sent(number, date_debut=start) for number, start in ((1, None), (2, "2026-12-02"), (3, None), (4, "2026-12-02"))
    ]
    client.get("/demandes/")
    walked = [f"/demandes/{made[1].id}/"]
    while (step := client.get(f"{walked[-1]}suivante/")["Location"]) != "/demandes/":
        walked.append(step)
    assert walked == [f"/demandes/{made[place].id}/" for place in (1, 3, 0, 2)]
    assert client.get(f"{walked[2]}precedente/")["Location"] == walked[1]


def test_every_page_and_file_answers(client):
    one = sent(1)
    EvenementRow.objects.create(demande_id=one.id, at=NOW, auteur="x", quoi="statut", vers="prise-en-charge")
    DemandeRow.objects.filter(pk=one.id).update(prise_jour=NOW.date())
    for path in (
        "/demandes/?debut=30&mineur=oui&departement=69",
        f"/demandes/{one.id}/",
        "/conversations/",
        "/etat/",
        "/equipe/",
        "/modeles/",
    ):
        assert client.get(path).status_code == 200, path
    assert "1 jour ouvré" in client.get("/chiffres/").content.decode()
    for kind in ("csv", "xlsx", "json"):
        assert b"".join(client.get(f"/demandes/export.{kind}?statut=toutes").streaming_content)


def test_an_act_happens_once(client):
    one = sent(1)
    for _ in range(2):
        client.post(f"/demandes/{one.id}/statut/", {"vers": "prise-en-charge", "vu": 1})
    assert DemandeRow.objects.get().statut == "prise-en-charge"
    assert EvenementRow.objects.count() == 2
    client.post(f"/demandes/{one.id}/effacer/", {"numero": one.numero})
    assert not DemandeRow.objects.exists()
