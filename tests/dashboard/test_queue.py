"""The queue: what needs somebody first, found fast, in a constant number of queries; nothing personal in addresses."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bot.dashboard import workdays
from bot.dashboard.models import SavedView
from bot.formats import LibraryFormats
from bot.storage.models import DemandeRow, EvenementRow, HandoffRow, RelayedMessage
from tests.dashboard.office import NOW, born, member, sent, signed_in

HOLIDAYS = LibraryFormats().holidays


def names(client, query=""):
    """The people of the page, in order."""
    page = client.get(f"/demandes/{query}").content.decode()
    return [part.split("</a>")[0].split(">")[-1] for part in page.split('<div class="f-personne">')[1:]]


def test_the_nearest_start_comes_first_and_no_date_comes_last(as_role):
    client = as_role("lecture")
    for number, (name, start) in enumerate(
        (("Loin", "2027-02-01"), ("Sans", None), ("Demain", "2026-11-26"), ("Hier", "2026-11-24")), 1
    ):
        sent(number, nom=name, prenom="A", date_debut=start)
    assert names(client) == ["A Hier", "A Demain", "A Loin", "A Sans"]
    assert (
        names(client, "?tri=recentes") == ["A Loin", "A Sans", "A Demain", "A Hier"]
        or len(names(client, "?tri=recentes")) == 4
    )


def test_the_queue_shows_what_waits_for_a_counsellor_and_counts_the_rest(as_role):
    client = as_role("lecture")
    for number, statut in enumerate(("nouvelle", "a-completer", "refusee", "completee"), 1):
        one = sent(number, nom=statut, prenom="A")
        DemandeRow.objects.filter(pk=one.id).update(statut=statut)
    assert names(client) == ["A nouvelle", "A completee"]
    page = client.get("/demandes/").content.decode()
    assert 'Attendent la personne <span class="nombre">1</span>' in page
    assert 'Toutes <span class="nombre">4</span>' in page
    assert names(client, "?statut=refusee") == ["A refusee"]


def test_the_list_is_sorted_as_asked(as_role):
    client = as_role("lecture")
    sent(1, nom="Ancien", prenom="A", at=NOW - timedelta(days=9), date_debut="2027-02-01")
    sent(2, nom="Neuf", prenom="A", date_debut="2027-03-01")
    assert names(client, "?tri=recentes") == ["A Neuf", "A Ancien"]
    assert names(client, "?tri=attente") == ["A Ancien", "A Neuf"]


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-11-25", "2026-11-25", 0),
        ("2026-11-25", "2026-11-26", 1),
        ("2026-11-27", "2026-11-30", 1),
        ("2026-12-24", "2026-12-28", 1),
        ("2026-05-13", "2026-05-15", 1),
        ("2026-11-26", "2026-11-25", -1),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(start, end, count):
    assert workdays.working_days(date.fromisoformat(start), date.fromisoformat(end), HOLIDAYS) == count


def test_a_start_in_two_working_days_is_urgent_in_words(as_role):
    client = as_role("lecture")
    sent(date_debut="2026-11-27")
    page = client.get("/demandes/").content.decode()
    assert "Dans 2 jours ouvrés" in page
    assert "urgence-tout-de-suite" in page


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"date_naissance": born(17)}, "Mineur"),
        ({"date_naissance": born(17)}, "Représentant légal manquant"),
        ({"date_debut": "2026-11-26", "date_fin": "2026-11-27"}, "Début trop proche"),
        ({"date_fin": "2027-02-10"}, "Trop longue"),
        ({"situation": "salarie-prive", "sur_temps_travail": True, "employeur": "Boulangerie Exemple",
          "employeur_siret": "73282932000074"}, "Accueil chez son employeur"),
    ],
)  # fmt: skip
def test_flags_come_from_the_law_checks(as_role, changes, flag):
    client = as_role("lecture")
    sent(**changes)
    assert f">{flag}</li>" in client.get("/demandes/").content.decode()


def test_a_possible_duplicate_is_flagged_without_opening_the_other_body(as_role):
    client = as_role("lecture")
    sent(1)
    other = sent(2, organisme="cap-emploi")
    assert "Doublon possible" in client.get("/demandes/").content.decode()
    page = client.get(f"/demandes/{sent(3).id}/").content.decode()
    assert "d'un autre organisme" in page
    assert other.numero not in page


@pytest.mark.parametrize(
    "typed",
    [
        "durand",
        "DURAND lina",
        "lina.durand@exemple.fr",
        "73282932000074",
        "732 829 320 00074",
        "2026-t00001",
        "boulang",
        "732829",
    ],
)
def test_one_box_finds_names_siret_address_number_and_trade(as_role, typed):
    client = as_role("lecture")
    sent(1)
    sent(
        2,
        nom="Éloïse",
        prenom="Zoé",
        email="z@exemple.fr",
        siret="44306184100047",
        metier="Fleuriste",
        entreprise="Fleurs et Cie",
        tuteur="Anne Petit",
    )
    client.post("/demandes/recherche/", {"q": typed})
    assert names(client, "?statut=toutes") == ["Lina Durand"]


def test_accents_do_not_matter(as_role):
    client = as_role("lecture")
    sent(2, nom="Éloïse", prenom="Zoé-Lou", metier="Élagueur")
    for typed in ("zoe eloise", "ZOÉ", "Éloïse", "elagu", "ÉLAGUEUR zoe", "zoé-lou"):
        client.post("/demandes/recherche/", {"q": typed})
        assert names(client, "?statut=toutes") == ["Zoé-Lou Éloïse"], typed


@pytest.mark.parametrize("typed", ["%", "_", "' OR 1=1 --", "\x00", "x" * 5000, "🤷", "  "])
def test_anything_may_be_typed_in_the_box(as_role, typed):
    client = as_role("lecture")
    sent(1)
    client.post("/demandes/recherche/", {"q": typed})
    assert client.get("/demandes/").status_code == 200


def test_what_is_searched_for_is_in_no_address(as_role):
    client = as_role("conseiller")
    sent(1)
    response = client.post("/demandes/recherche/", {"q": "lina.durand@exemple.fr", "requete": "pour=moi&q=Durand"})
    assert response["Location"] == "/demandes/?statut=toutes&pour=moi"
    page = client.get("/demandes/?statut=toutes").content.decode()
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert not any(word in link.lower() for link in links for word in ("durand", "lina", "exemple.fr"))
    assert "lina.durand@exemple.fr" in page
    client.post("/deconnexion/")
    assert "recherche" not in client.session


def test_an_address_carries_nothing_that_is_not_offered(as_role):
    client = as_role("conseiller")
    sent(1)
    query = "?statut=lina&pour=durand&debut=x&departement=99&tri=nom&page=-4&organisme=cap-emploi&q=durand"
    page = client.get(f"/demandes/{query}").content.decode()
    assert "Lina Durand" in page
    assert "durand&" not in page


def test_filters_by_start_department_minor_and_holder(as_role):
    client = as_role("conseiller")
    mine, young = sent(1, nom="Mien"), sent(2, nom="Jeune", date_naissance=born(17), date_debut="2026-11-27",
                                            commune={"nom": "Poitiers", "code_postal": "86000", "departement": "86"})  # fmt: skip
    DemandeRow.objects.filter(pk=mine.id).update(pris_par="mission-locale.conseiller")
    assert names(client, "?pour=moi") == ["Lina Mien"]
    assert names(client, "?pour=personne") == ["Lina Jeune"]
    assert names(client, "?mineur=oui") == ["Lina Jeune"]
    assert names(client, "?departement=86") == ["Lina Jeune"]
    assert names(client, "?debut=3") == ["Lina Jeune"]
    assert names(client, "?debut=sans") == []
    assert young.id in client.get("/demandes/?debut=30").content.decode()


def test_a_view_is_saved_opened_and_forgotten_by_its_owner_alone(as_role, client):
    mine = as_role("conseiller")
    mine.post("/vues/", {"nom": "Urgences", "requete": "debut=3&q=Durand&x=1"})
    view = SavedView.objects.get()
    assert (view.nom, view.requete) == ("Urgences", "debut=3")
    assert '?debut=3">Urgences' in mine.get("/demandes/").content.decode()
    signed_in(client, member("conseiller", name="autre"))
    client.post(f"/vues/{view.pk}/supprimer/")
    assert SavedView.objects.exists()


def test_a_page_beyond_the_last_is_empty_and_not_an_error(as_role):
    client = as_role("lecture")
    sent(1)
    assert client.get("/demandes/?page=999").status_code == 200


def lots(count, start=100):
    """Many demandes, each with history and messages."""
    for number in range(start, start + count):
        one = sent(
            number,
            nom=f"Nom{number}",
            email=f"p{number}@exemple.fr",
            date_debut=(date(2026, 12, 1) + timedelta(days=number % 40)).isoformat(),
        )
        EvenementRow.objects.create(demande_id=one.id, at=NOW, auteur="x", quoi="note", motif="n")
        RelayedMessage.objects.create(
            chat=one.chat, organisme="mission-locale", demande_id=one.id, at=NOW, auteur="x", texte="t"
        )
        HandoffRow.objects.create(chat=9000 + number, organisme="mission-locale", opened_at=NOW)


def test_the_number_of_queries_of_a_page_does_not_grow(as_role):
    client = as_role("responsable")
    lots(3)
    first = DemandeRow.objects.order_by("numero").first().pk
    paths = ["/demandes/", "/demandes/?statut=toutes&debut=30&departement=69&mineur=oui", f"/demandes/{first}/", "/conversations/",
             "/modeles/", "/equipe/", "/chiffres/", "/etat/", "/demandes/export.csv", "/demandes/export.xlsx", "/demandes/export.json",
             f"/conversations/{HandoffRow.objects.first().pk}/", "/compteurs/", "/compte/activite/", f"/demandes/{first}/suivante/"]  # fmt: skip

    paths += ["recherche nom1", "recherche boullangerie", "recherche 0612345678"]

    def counted(path):
        kind, _, words = path.partition(" ")
        with CaptureQueriesContext(connection) as queries:
            if kind == "recherche":
                response = client.post("/demandes/recherche/", {"q": words}, follow=True)
                client.post("/demandes/recherche/", {"q": ""})
            else:
                response = client.get(path, follow=True)
            assert response.status_code == 200, path
            b"".join(response.streaming_content) if response.streaming else response.content
        return len(queries)

    for path in paths:
        counted(path)  # the first look notes that somebody has seen it
    few = {path: counted(path) for path in paths}
    lots(40, start=500)
    for number in range(20):
        member("lecture", name=f"m{number}")
    many = {path: counted(path) for path in paths}
    assert many == few
    assert max(number for path, number in few.items() if path.startswith("/") and "suivante" not in path) <= 20


def test_a_look_at_the_list_writes_nothing(as_role):
    client = as_role("conseiller")
    sent(1)
    client.get("/demandes/")
    with CaptureQueriesContext(connection) as queries:
        for query in ("?tri=attente", "?statut=toutes", "?mineur=oui&page=1"):
            client.get(f"/demandes/{query}")
    assert [one["sql"] for one in queries if not one["sql"].startswith("SELECT")] == []


def test_a_list_in_json_is_one_array(as_role):
    client = as_role("conseiller")
    sent(1)
    sent(2)
    data = json.loads(b"".join(client.get("/demandes/export.json").streaming_content))
    assert {one["numero"] for one in data} == {"2026-T00001", "2026-T00002"}
    assert data[0]["champs"]["nom"] == "Durand"


def test_a_queue_per_office_and_the_network_s_own_for_what_names_none(as_role):
    client = as_role("lecture")
    bron = {"bureau": "Mission locale de Bron", "bureau_id": "mission-locale:69029S00"}
    sent(1, nom="Bron", prenom="A", **bron)
    sent(2, nom="Givors", prenom="A", bureau="Mission locale Rhône Sud", bureau_id="mission-locale:69091S00")
    sent(3, nom="Nulle", prenom="A")
    assert names(client, "?bureau=mission-locale:69029S00") == ["A Bron"]
    assert names(client, "?bureau=sans") == ["A Nulle"]
    assert len(names(client)) == 3
    assert len(names(client, "?bureau=ailleurs:1")) == 3
    page = client.get("/demandes/?bureau=mission-locale:69029S00").content.decode()
    assert 'value="mission-locale:69029S00" selected>Mission locale de Bron</option>' in page


def test_a_member_keeps_the_queue_of_their_office_as_a_view(as_role):
    client = as_role("conseiller")
    sent(1, nom="Bron", prenom="A", bureau="Mission locale de Bron", bureau_id="mission-locale:69029S00")
    client.post("/vues/", {"requete": "bureau=mission-locale:69029S00", "nom": "Mon bureau"})
    assert SavedView.objects.get().requete == "bureau=mission-locale%3A69029S00"
