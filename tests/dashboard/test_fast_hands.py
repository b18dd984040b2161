"""Fast hands: what one has in hand finds the demande, many are taken at once, the next one is a key away."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from bot.dashboard import queue
from bot.dashboard.models import Retour, SavedView
from bot.dashboard.portee import TOUT
from bot.dashboard.seeking import understand
from bot.storage.models import DemandeRow, EvenementRow, HandoffRow, Outgoing
from tests.dashboard.office import NOW, born, member, sent, signed_in
from tests.dashboard.test_queue import names


def look(client, typed):
    """Who is found by what is typed."""
    client.post("/demandes/recherche/", {"q": typed})
    return names(client, "?statut=toutes")


@pytest.fixture
def two(as_role):
    """Somebody who is looked for, and somebody who is not."""
    client = as_role("conseiller")
    sent(1, prenom="Zoé", nom="Lœuvre", telephone="+33622334455", email="zoe@exemple.fr", metier="Aide-soignante",
         commune={"nom": "Vénissieux", "code_postal": "69200", "departement": "69"}, entreprise="Garage Petit",
         tuteur="Paul Rivière, gérant", tuteur_telephone="+33478112233", siret="44306184100047")  # fmt: skip
    sent(2, prenom="Marc", nom="Autre", telephone="+33698765432", email="marc@exemple.fr", metier="Menuisier",
         commune={"nom": "Poitiers", "code_postal": "86000", "departement": "86"}, entreprise="Bois et Cie",
         tuteur="Anne Dupuis", tuteur_telephone="+33549000000")  # fmt: skip
    return client


@pytest.mark.parametrize(
    "typed",
    [
        "06 22 33 44 55", "0622334455", "+33 6 22 33 44 55", "+33 (0)6 22 33 44 55", "0033622334455", "06.22.33.44.55",
        "06-22-33-44-55", "334455", "04 78 11 22 33", "Vénissieux", "venissieux", "69200", "Garage Petit", "petit garage",
        "Paul Rivière", "riviere", "443 061 841 00047", "443 061 841", "zoe@exemple.fr", "aide soignante", "AIDE-SOIGNANTE",
        "loeuvre", "Lœuvre", "2026-T00001", "zoé venissieux 0622334455",
    ],
)  # fmt: skip
def test_whatever_one_has_in_hand_finds_it(two, typed):
    assert look(two, typed) == ["Zoé Lœuvre"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Vénisieux", "venissieux"), ("garrage petit", "garage"), ("rivierre", "riviere")]
)
def test_a_slip_of_the_keyboard_finds_it_and_says_what_was_understood(two, typed, meant):
    assert look(two, typed) == ["Zoé Lœuvre"]
    assert f"compris comme « {meant} »" in two.get("/demandes/?statut=toutes").content.decode()


@pytest.mark.parametrize("typed", ["06 22 33 44 56", "Marseille", "xyzxyz"])
def test_what_is_nowhere_is_not_found(two, typed):
    assert look(two, typed) == []


def test_a_slip_is_never_corrected_by_another_body_s_words(as_role):
    client = as_role("conseiller")
    sent(1)
    sent(2, "cap-emploi", nom="Zwischenfall")
    assert look(client, "zwischenfal") == []
    assert "zwischenfall" not in client.get("/demandes/?statut=toutes").content.decode().lower().replace(
        "zwischenfal ", ""
    )


class TestViews:
    def test_a_view_is_a_tab_and_its_team_sees_it(self, as_role, client):
        mine = as_role("conseiller")
        mine.post("/vues/", {"nom": "Mineurs", "requete": "mineur=oui", "partagee": "mission-locale"})
        other = signed_in(Client(), member("lecture", name="collegue"))
        page = other.get("/demandes/").content.decode()
        assert '?mineur=oui">Mineurs' in page
        assert "de mission-locale.conseiller" in page
        stranger = signed_in(Client(), member("conseiller", "cap-emploi", name="ailleurs"))
        assert "Mineurs</a>" not in stranger.get("/demandes/").content.decode()

    def test_nobody_shares_with_a_body_where_they_only_read(self, as_role):
        as_role("lecture").post("/vues/", {"nom": "V", "requete": "mineur=oui", "partagee": "mission-locale"})
        assert SavedView.objects.get().partagee == ""


class TestMany:
    def test_seven_are_taken_in_two_clicks_and_undone_in_one(self, as_role):
        client = as_role("conseiller")
        for number in range(1, 8):
            sent(number)
        page = client.get("/demandes/?cocher=tout").content.decode()
        ticked = re.findall(r'name="demande" value="([^"]+)" form="lot" checked', page)
        assert len(ticked) == 7
        client.post("/demandes/lot/", {"geste": "prendre", "demande": ticked})
        assert set(DemandeRow.objects.values_list("statut", "pris_par")) == {
            ("prise-en-charge", "mission-locale.conseiller")
        }
        page = client.get("/demandes/").content.decode()
        assert "7 demandes prises en charge." in page
        lot = Retour.objects.values_list("lot", flat=True).distinct().get()
        assert f"/annuler/{lot}/" in page
        client.post(f"/annuler/{lot}/")
        assert set(DemandeRow.objects.values_list("statut", flat=True)) == {"nouvelle"}
        assert not Outgoing.objects.exists()

    def test_what_somebody_else_has_is_left_alone_and_said(self, as_role):
        client = as_role("conseiller")
        one, two = sent(1), sent(2)
        DemandeRow.objects.filter(pk=one.id).update(statut="prise-en-charge", pris_par="v.blanc")
        client.post("/demandes/lot/", {"geste": "prendre", "demande": [one.id, two.id]})
        page = client.get("/demandes/").content.decode()
        assert "1 demande prise en charge." in page
        assert "2026-T00001 est déjà suivie par v.blanc" in page
        assert DemandeRow.objects.get(pk=one.id).pris_par == "v.blanc"

    def test_another_body_s_are_never_touched(self, as_role):
        client = as_role("conseiller")
        theirs = sent(1, "cap-emploi")
        for gesture in ("prendre", "confier", "exporter"):
            client.post(
                "/demandes/lot/",
                {"geste": gesture, "demande": [theirs.id, "nimporte"], "membre": "mission-locale.conseiller"},
            )
        assert DemandeRow.objects.get().statut == "nouvelle"
        assert EvenementRow.objects.count() == 1

    def test_many_are_given_to_a_colleague(self, as_role):
        client = as_role("conseiller")
        member("valideur", name="v.blanc")
        made = [sent(number).id for number in (1, 2)]
        client.post("/demandes/lot/", {"geste": "confier", "demande": made, "membre": "v.blanc"})
        assert set(DemandeRow.objects.values_list("pris_par", flat=True)) == {"v.blanc"}

    def test_only_what_is_ticked_is_exported(self, as_role):
        client = as_role("conseiller")
        sent(1, nom="Coche")
        sent(2, nom="Laisse")
        one = DemandeRow.objects.get(numero="2026-T00001")
        text = b"".join(
            client.post("/demandes/lot/", {"geste": "exporter", "demande": [one.pk]}).streaming_content
        ).decode()
        assert "Coche" in text
        assert "Laisse" not in text

    def test_nothing_ticked_says_what_to_do(self, as_role):
        client = as_role("conseiller")
        client.post("/demandes/lot/", {"geste": "prendre"})
        assert "Cochez au moins une demande." in client.get("/demandes/").content.decode()


def test_what_is_searched_for_is_sorted_shown_and_counted_like_the_whole_list(as_role, monkeypatch):
    client = as_role("conseiller")
    monkeypatch.setattr(queue, "PAGE", 2)
    for number, statut in enumerate(("nouvelle", "nouvelle", "prise-en-charge", "refusee", "a-completer"), 1):
        one = sent(number, at=NOW - timedelta(days=number % 2), date_debut=None if number == 3 else "2026-12-07")
        DemandeRow.objects.filter(pk=one.id).update(statut=statut)
    DemandeRow.objects.filter(numero="2026-T00002").update(rappel_le=NOW.date() + timedelta(days=3))
    client.post("/demandes/recherche/", {"q": "durand"})
    queries = ("?statut=toutes", "?tri=recentes", "?tri=attente", "?statut=de-cote", "?statut=closes", "?page=2",
               "?statut=toutes&page=3")  # fmt: skip
    searched = [client.get(f"/demandes/{query}").content.decode() for query in queries]
    client.post("/demandes/recherche/", {"q": ""})
    every = [client.get(f"/demandes/{query}").content.decode() for query in queries]
    told = r'2026-T\d+|class="nombre">\d+|\d+ demandes?'
    shown = [[re.findall(told, page) for page in pages] for pages in (searched, every)]
    assert shown[0] == shown[1]
    assert 'À traiter <span class="nombre">2</span>' in searched[0]
    assert 'De côté <span class="nombre">1</span>' in searched[0]


class TestNext:
    def test_one_goes_through_the_list_one_came_from(self, as_role):
        client = as_role("lecture")
        made = [sent(number, date_debut=f"2026-12-{number:02d}", date_naissance=born(17)) for number in (3, 1, 2)]
        sent(9, nom="Majeur", date_debut="2026-12-01")
        client.get("/demandes/?mineur=oui")
        first, second, third = made[1], made[2], made[0]
        assert client.get(f"/demandes/{first.id}/suivante/")["Location"] == f"/demandes/{second.id}/"
        assert client.get(f"/demandes/{second.id}/precedente/")["Location"] == f"/demandes/{first.id}/"
        assert client.get(f"/demandes/{third.id}/suivante/")["Location"] == "/demandes/?mineur=oui"

    @pytest.mark.parametrize("tri", ["urgence", "attente", "recentes"])
    def test_step_by_step_one_meets_everybody_once_in_the_order_of_the_list(self, as_role, tri):
        client = as_role("lecture")
        for number in range(1, 13):
            sent(number, nom=f"N{number}", date_debut=None if number % 4 == 0 else f"2026-12-{1 + number % 3:02d}",
                 at=NOW - timedelta(days=number % 3))  # fmt: skip
        DemandeRow.objects.filter(numero__in=("2026-T00002", "2026-T00008")).update(rappel_le=NOW.date())
        danger = DemandeRow.objects.get(numero="2026-T00004").chat
        thread = {"chat": danger, "organisme": "mission-locale", "opened_at": NOW}
        HandoffRow.objects.create(**thread, danger="incident", danger_at=NOW)
        page = client.get(f"/demandes/?tri={tri}").content.decode()
        shown = [part.split("/")[0] for part in page.split('<h2><a href="/demandes/')[1:]]
        assert len(shown) == 12
        for sens, wanted in (("suivante", shown), ("precedente", shown[::-1])):
            steps = [client.get(f"/demandes/{one}/{sens}/")["Location"] for one in wanted]
            assert steps[:-1] == [f"/demandes/{one}/" for one in wanted[1:]]
            assert steps[-1].partition("?")[0] == "/demandes/"

    def test_a_demande_that_has_left_the_list_leads_to_the_first(self, as_role):
        client = as_role("conseiller")
        one, two = sent(1), sent(2)
        client.get("/demandes/")
        DemandeRow.objects.filter(pk=one.id).update(statut="refusee")
        assert client.get(f"/demandes/{one.id}/suivante/")["Location"] == f"/demandes/{two.id}/"


def test_one_in_danger_comes_first_and_who_has_written_is_marked(as_role):
    client = as_role("conseiller")
    sent(1, nom="Presse", date_debut="2026-11-26")
    calm = sent(2, nom="Danger", date_debut="2027-02-01")
    wrote = sent(3, nom="Ecrit", date_debut="2027-03-01")
    HandoffRow.objects.create(
        chat=calm.chat, organisme="mission-locale", opened_at=NOW, danger="suicide", danger_at=NOW
    )
    HandoffRow.objects.create(
        chat=wrote.chat, organisme="mission-locale", opened_at=NOW, taken_at=NOW, attend_depuis=NOW
    )
    assert names(client) == ["Lina Danger", "Lina Presse", "Lina Ecrit"]
    page = client.get("/demandes/").content.decode()
    assert page.count(">A écrit</a>") == 1
    assert page.count("Danger : lire le fil") == 1


def test_people_are_called_and_written_to_by_a_click(as_role):
    page = as_role("lecture").get(f"/demandes/{sent().id}/").content.decode()
    assert 'href="tel:+33612345678"' in page
    assert 'href="mailto:tuteur@exemple.fr"' in page


def test_everything_is_copied_in_the_order_of_the_form_or_of_the_platform(as_role):
    page = as_role("lecture").get(f"/demandes/{sent().id}/").content.decode()
    whole = re.search(r'<pre id="tout-cerfa" hidden>(.*?)</pre>', page, re.DOTALL).group(1)
    screens = re.search(r'<pre id="tout-plateforme" hidden>(.*?)</pre>', page, re.DOTALL).group(1)
    assert whole.index("Organisme prescripteur") < whole.index("Durand") < whole.index("SIRET")
    assert screens.index("Prénom : Lina") < screens.index("Nom : Durand") < screens.index("732 829 320 00074")


def test_the_summary_says_age_contact_start_and_what_is_next(as_role):
    client = as_role("conseiller")
    page = client.get(f"/demandes/{sent(date_naissance=born(17), siret=None).id}/").content.decode()
    card = page[page.index('class="resume-carte"') : page.index('class="sommaire"')]
    for words in ("16 ans", "Mineur", "06 12 34 56 78", "Villeurbanne", "La mission locale", "Prendre en charge"):
        assert words in card, words


def test_a_typo_finds_what_was_sent_since_and_proposes_no_word_that_was_erased(desk, clock):
    bodies = ("mission-locale",)
    sent(1, nom="Vandenbrouck")
    assert understand("vandenbrouk", bodies, desk, TOUT).corrections == {"vandenbrouk": "vandenbrouck"}
    clock.later(minutes=1)
    sent(2, nom="Oberkampf", at=clock.now())
    assert understand("oberkamf", bodies, desk, TOUT).corrections == {"oberkamf": "oberkampf"}
    DemandeRow.objects.filter(nom_recherche__contains="vandenbrouck").delete()
    assert understand("vandenbrouk", bodies, desk, TOUT).corrections == {}
