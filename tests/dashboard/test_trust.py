"""Statuses one can trust: what misses is asked for, what counts is confirmed, a slip is undone, nobody overwrites."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from bot.dashboard.models import Retour
from bot.domain.demande import Statut
from bot.storage.models import DemandeRow, EvenementRow, Outgoing, SessionRow
from bot.storage.stores import DjangoDemandeStore
from tests.bases import default_database, empty, url_of
from tests.dashboard.office import NOW, TestClock, member, opened, sent, signed_in
from tests.dashboard.test_request import form_of

STORE = DjangoDemandeStore()


def post(client, one, part, **data):
    data.setdefault("vu", EvenementRow.objects.filter(demande_id=one.id).count())
    return client.post(f"/demandes/{one.id}/{part}/", data)


def at(one, statut):
    DemandeRow.objects.filter(pk=one.id).update(statut=statut)
    return one


def page_of(client, one):
    return client.get(f"/demandes/{one.id}/").content.decode()


def undo(client):
    return client.post(f"/annuler/{Retour.objects.get().lot}/", follow=True).content.decode()


class TestMissing:
    def test_while_something_misses_the_first_act_is_to_ask_for_it(self, as_role):
        client, one = as_role("conseiller"), at(sent(siret=None, tuteur_email=None), "prise-en-charge")
        page = page_of(client, one)
        first = page[page.index("Suite à donner</h2>") :]
        assert first.index("Demander à compléter") < first.index("Marquer prête")
        assert 'class="action principale" id="d-a-completer" open' in first
        assert 'value="siret" checked' in first
        assert 'value="tuteur_email" checked' in first
        assert 'value="nom" checked' not in first
        assert "il nous manque : sIRET" not in first
        assert "Pour préparer la convention, il nous manque" in first

    @pytest.mark.parametrize(
        ("source", "target"), [("prise-en-charge", "prete-a-conventionner"), ("prete-a-conventionner", "conventionnee")]
    )
    def test_going_further_with_something_missing_asks_to_confirm(self, as_role, source, target):
        client, one = as_role("valideur"), at(sent(siret=None), source)
        refused = post(client, one, "statut", vers=target, convention="C-1")
        assert refused.status_code == 422
        assert "Des éléments manquent encore" in refused.content.decode()
        assert STORE.get(one.id).statut == source
        assert post(client, one, "statut", vers=target, convention="C-1", confirme="oui").status_code == 302
        assert STORE.get(one.id).statut == target

    def test_a_signed_convention_has_its_number(self, as_role):
        client, one = as_role("valideur"), at(sent(), "prete-a-conventionner")
        refused = post(client, one, "statut", vers="conventionnee")
        assert refused.status_code == 422
        assert "numéro de la convention" in refused.content.decode()
        post(client, one, "statut", vers="conventionnee", convention=" IF  2026-77 ")
        assert DemandeRow.objects.get().convention == "IF 2026-77"
        page = page_of(client, one)
        assert "convention IF 2026-77" in page
        assert "Convention IF 2026-77" in page

    def test_several_fields_are_asked_in_one_go(self, as_role):
        client, one = as_role("conseiller"), at(sent(siret=None, tuteur_email=None), "prise-en-charge")
        post(client, one, "statut", vers="a-completer", motif="Merci.", champs=["tuteur_email", "siret"])
        assert STORE.get(one.id).a_completer == ("tuteur_email", "siret")
        assert SessionRow.objects.get(chat=one.chat).body["memory"]["wanted"] == ["tuteur_email", "siret"]


class TestUndo:
    def test_a_change_is_undone_before_anybody_hears_of_it(self, as_role, clock):
        client, one = as_role("conseiller"), sent()
        assert "Annuler ce changement" in post_followed(client, one, "statut", vers="prise-en-charge")
        held = Outgoing.objects.get()
        assert held.not_before == NOW + timedelta(seconds=10)
        clock.later(seconds=9)
        assert "Changement annulé" in undo(client)
        row = DemandeRow.objects.get()
        assert (row.statut, row.pris_par) == ("nouvelle", "")
        assert not Outgoing.objects.exists()
        assert [event.quoi for event in STORE.get(one.id).evenements] == ["envoyee", "statut", "annulation"]

    def test_undoing_gives_the_conversation_back_as_it_was(self, as_role):
        client, one = as_role("conseiller"), at(sent(), "prise-en-charge")
        SessionRow.objects.filter(chat=one.chat).delete()
        post(client, one, "statut", vers="a-completer", motif="x", champs=["siret"])
        assert SessionRow.objects.get(chat=one.chat).body["memory"]["wanted"] == ["siret"]
        undo(client)
        assert not SessionRow.objects.filter(chat=one.chat).exists()
        assert STORE.get(one.id).a_completer == ()

    def test_after_ten_seconds_it_is_too_late(self, as_role, clock):
        client, one = as_role("conseiller"), sent()
        post(client, one, "statut", vers="prise-en-charge")
        clock.later(seconds=11)
        assert "Trop tard" in undo(client)
        assert DemandeRow.objects.get().statut == "prise-en-charge"
        assert Outgoing.objects.count() == 1

    def test_nobody_undoes_what_another_did(self, as_role):
        client, one = as_role("conseiller"), sent()
        post(client, one, "statut", vers="prise-en-charge")
        other = signed_in(Client(), member("responsable"))
        assert "Trop tard" in undo(other)
        assert DemandeRow.objects.get().statut == "prise-en-charge"

    def test_what_happened_meanwhile_is_never_lost(self, as_role):
        client, one = as_role("conseiller"), sent()
        post(client, one, "statut", vers="prise-en-charge")
        post(client, one, "note", note="Vu.")
        assert "Trop tard" in undo(client)

    def test_a_transfer_is_undone_too(self, as_role):
        client, one = as_role("conseiller"), sent()
        post(client, one, "transfert", organisme="cap-emploi", motif="Suivie là-bas.")
        undo(client)
        assert DemandeRow.objects.get().organisme == "mission-locale"
        assert "chez La mission locale" in page_of(client, one)
        assert not Outgoing.objects.exists()


def post_followed(client, one, part, **data):
    response = post(client, one, part, **data)
    return client.get(response["Location"]).content.decode()


class TestReopening:
    @pytest.mark.parametrize("closed", ["refusee", "annulee", "sans-suite", "conventionnee"])
    def test_a_closed_demande_is_reopened_by_a_role_that_may_with_its_reason(self, as_role, closed):
        client, one = as_role("valideur"), at(sent(), closed)
        assert ">Rouvrir</summary>" in page_of(client, one)
        assert post(client, one, "statut", vers="prise-en-charge").status_code == 422
        post(client, one, "statut", vers="prise-en-charge", motif="L'entreprise accepte finalement.")
        assert STORE.get(one.id).statut is Statut.PRISE_EN_CHARGE
        said = [row.body["reply"]["text"] for row in Outgoing.objects.order_by("id")]
        assert any("L'entreprise accepte finalement." in text for text in said)

    def test_a_counsellor_may_not(self, as_role):
        client, one = as_role("conseiller"), at(sent(), "refusee")
        assert "Rouvrir" not in page_of(client, one)
        assert post(client, one, "statut", vers="prise-en-charge", motif="x").status_code == 422


class TestConflicts:
    def test_who_comes_second_reads_who_took_it_and_when(self, as_role, clock):
        client, one = as_role("conseiller"), sent()
        clock.later(minutes=13)
        post(client, one, "statut", vers="prise-en-charge")
        other = signed_in(Client(), member("valideur"))
        second = post(other, one, "statut", vers="prise-en-charge", vu=1)
        assert second.status_code == 409
        assert "Déjà prise par mission-locale.conseiller à 10:13." in second.content.decode()

    def test_a_note_is_not_what_one_is_told_of(self, as_role):
        client, one = as_role("conseiller"), sent()
        post(client, one, "statut", vers="prise-en-charge")
        post(client, one, "note", note="secret")
        text = post(client, one, "statut", vers="refusee", motif="x", vu=1).content.decode()
        assert "Déjà prise par" in text


class TestHolding:
    def test_a_demande_is_given_to_a_colleague_and_given_back(self, as_role):
        client, one = as_role("conseiller"), sent()
        member("valideur", name="v.blanc")
        post(client, one, "attribuer", membre="v.blanc")
        assert DemandeRow.objects.get().pris_par == "v.blanc"
        assert "Confiée à v.blanc" in page_of(client, one)
        post(client, one, "attribuer", membre="")
        assert DemandeRow.objects.get().pris_par == ""
        assert post(client, one, "attribuer", membre="inconnu").status_code == 422
        assert not Outgoing.objects.exists()

    def test_a_demande_set_aside_comes_back_on_its_day(self, as_role, clock):
        client, one = as_role("conseiller"), sent()
        assert post(client, one, "rappel", jour="2026-11-25").status_code == 422
        assert post(client, one, "rappel", jour="demain").status_code == 422
        post(client, one, "rappel", jour="2026-11-26")
        assert one.numero not in client.get("/demandes/").content.decode()
        assert one.numero in client.get("/demandes/?statut=de-cote").content.decode()
        clock.later(days=1)
        again = signed_in(Client(), member("valideur", name="demain"))
        session = again.session
        session.update({"entree": clock.now().isoformat(), "vue": clock.now().isoformat()})
        session.save()
        page = again.get("/demandes/").content.decode()
        assert one.numero in page
        assert "Rappel pour aujourd" in page


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def engine(request, tmp_path_factory, django_db_blocker):
    """A database of our own, where threads really meet."""
    with default_database(url_of(request.param, tmp_path_factory.mktemp("together")), django_db_blocker):
        yield


def test_two_counsellors_at_once_lose_nothing(engine, tmp_path):
    empty()
    opened(TestClock(), tmp_path)
    people = [signed_in(Client(), member("conseiller", name=f"c{number}")) for number in range(6)]
    demandes = [sent(number) for number in range(1, 4)]
    start, answers = threading.Barrier(len(people)), []

    def take(client):
        start.wait()
        for one in demandes:
            answers.append(client.post(f"/demandes/{one.id}/statut/", {"vers": "prise-en-charge", "vu": 1}).status_code)
            client.post(f"/demandes/{one.id}/note/", {"note": "vu"})
        connection.close()

    threads = [threading.Thread(target=take, args=[client]) for client in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [302] * 3 + [409] * 15
    for one in demandes:
        events = STORE.get(one.id).evenements
        assert [event.quoi for event in events].count("statut") == 1
        assert [event.quoi for event in events].count("note") == 6
        taken = next(event for event in events if event.quoi == "statut")
        assert DemandeRow.objects.get(pk=one.id).pris_par == taken.auteur
        assert Outgoing.objects.filter(demande=one.id).count() == 1


class TestEditingTogether:
    """Two forms open on the same demande: what either typed is kept, whatever the order in which they are saved."""

    def opened(self, as_role):
        mine, other = as_role("conseiller"), signed_in(Client(), member("valideur", name="v.blanc"))
        one = sent()
        return mine, other, one, form_of(mine, one), form_of(other, one)

    def save(self, client, one, data, vu, **changes):
        return client.post(f"/demandes/{one.id}/modifier/", data | changes | {"vu": vu})

    def test_different_fields_are_both_kept(self, as_role):
        mine, other, one, here, there = self.opened(as_role)
        assert self.save(other, one, there, 1, activites="Tenir la caisse").status_code == 302
        late = self.save(mine, one, here, 1, metier="Pâtissier")
        page = late.content.decode()
        assert late.status_code == 409
        assert "v.blanc" in page
        assert 'value="Pâtissier"' in page
        assert "Tenir la caisse" in page
        assert STORE.get(one.id).answers["metier"] == "Boulanger"
        again = here | {"metier": "Pâtissier", "activites": "Tenir la caisse"}
        assert self.save(mine, one, again, 2).status_code == 302
        kept = STORE.get(one.id).answers
        assert (kept["metier"], kept["activites"]) == ("Pâtissier", "Tenir la caisse")

    def test_the_same_field_shows_both_values(self, as_role):
        mine, other, one, here, there = self.opened(as_role)
        self.save(other, one, there, 1, metier="Chocolatier")
        page = self.save(mine, one, here, 1, metier="Pâtissier").content.decode()
        assert 'value="Pâtissier"' in page
        assert "Quelqu&#x27;un vient d&#x27;écrire : Chocolatier" in page
        assert self.save(mine, one, here, 2, metier="Pâtissier").status_code == 302
        assert STORE.get(one.id).answers["metier"] == "Pâtissier"

    def test_an_error_of_mine_does_not_hide_what_was_changed_meanwhile(self, as_role):
        mine, other, one, here, there = self.opened(as_role)
        self.save(other, one, there, 1, activites="Tenir la caisse")
        wrong = self.save(mine, one, here, 1, siret="12")
        assert wrong.status_code == 409
        vu = re.search(r'name="vu" value="(\d+)"', wrong.content.decode()).group(1)
        shown_now = here | {"activites": "Tenir la caisse", "siret": "44306184100047"}
        assert self.save(mine, one, shown_now, vu).status_code == 302
        kept = STORE.get(one.id).answers
        assert (kept["siret"], kept["activites"]) == ("44306184100047", "Tenir la caisse")

    def test_a_note_or_a_name_stops_nobody(self, as_role):
        mine, other, one, here, _ = self.opened(as_role)
        other.post(f"/demandes/{one.id}/note/", {"note": "Vu."})
        other.post(f"/demandes/{one.id}/attribuer/", {"membre": "v.blanc", "vu": 2})
        assert self.save(mine, one, here, 1, metier="Pâtissier").status_code == 302
        assert STORE.get(one.id).answers["metier"] == "Pâtissier"

    def test_a_reason_typed_for_a_change_that_is_no_longer_possible_is_shown_again(self, as_role):
        mine, other, one, _, _ = self.opened(as_role)
        other.post(f"/demandes/{one.id}/statut/", {"vers": "sans-suite", "motif": "Doublon.", "vu": 1})
        late = mine.post(
            f"/demandes/{one.id}/statut/", {"vers": "refusee", "motif": "Une longue raison, bien tournée.", "vu": 1}
        )
        assert late.status_code == 409
        assert "Une longue raison, bien tournée." in late.content.decode()
