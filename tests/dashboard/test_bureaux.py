"""Members of an office: its demandes and the network's queue, and nothing of the other offices, wherever one looks."""

from datetime import date

import pytest
from django.core import mail
from django.test import Client

from bot.dashboard import courrier
from bot.dashboard.models import Membership
from bot.domain.organisme import Bureau
from bot.storage.models import DemandeRow, HandoffRow
from bot.storage.offices import DjangoOfficeDirectory
from tests.dashboard.office import NOW, member, sent, signed_in

BRON, GIVORS = "mission-locale:bron", "mission-locale:givors"


def attached(name, *bureaux, role="conseiller"):
    """A member of these offices, or of the whole network."""
    user = member(role, name=name)
    Membership.objects.filter(user=user).update(bureaux=list(bureaux))
    return user


@pytest.fixture
def world(desk):
    """One demande an office, one that names none, one of another body; a thread with each person."""
    there = {"bron": BRON, "givors": GIVORS, "reseau": None}
    rows = {
        name: sent(number, nom=name.title(), bureau=name.title() if where else None, bureau_id=where)
        for number, (name, where) in enumerate(there.items(), 1)
    }
    for one in rows.values():
        HandoffRow.objects.create(chat=one.chat, organisme="mission-locale", opened_at=NOW)
    return rows


def entered(user):
    return signed_in(Client(), user)


def seen(client, path="/demandes/?statut=toutes"):
    page = client.get(path)
    text = b"".join(page.streaming_content).decode() if page.streaming else page.content.decode()
    return {name for name in ("bron", "givors", "reseau") if name.title() in text.replace("Bureau", "")}


def test_a_member_of_an_office_sees_its_demandes_and_the_network_s_queue(world):
    attached("chef", role="responsable")
    client = entered(attached("anne", BRON))
    assert seen(client) == {"bron", "reseau"}
    assert seen(client, "/demandes/export.csv?statut=toutes") == {"bron", "reseau"}
    assert seen(client, "/conversations/") == {"bron", "reseau"}
    client.post("/demandes/recherche/", {"q": "Givors"})
    assert "Lina Givors" not in client.get("/demandes/?statut=toutes").content.decode()


def test_the_pages_of_another_office_do_not_exist(world):
    attached("chef", role="responsable")
    client = entered(attached("anne", BRON, role="responsable"))
    theirs = world["givors"]
    for part in ("", "texte/", "pdf/", "json/", "brouillon/", "agenda/", "modifier/", "effacer/"):
        assert client.get(f"/demandes/{theirs.id}/{part}").status_code == 404, part
        assert client.get(f"/demandes/{world['bron'].id}/{part}").status_code == 200, part
    thread = HandoffRow.objects.get(chat=theirs.chat)
    assert client.get(f"/conversations/{thread.pk}/").status_code == 404
    assert "messages" not in client.get(f"/compteurs/?fil={thread.pk}").json()
    client.post("/demandes/lot/", {"demande": [theirs.id, world["bron"].id], "geste": "prendre"})
    assert DemandeRow.objects.get(pk=theirs.id).pris_par == ""
    assert DemandeRow.objects.get(pk=world["bron"].id).pris_par == "anne"


def test_the_counters_of_the_menu_count_what_one_sees(world):
    whole = entered(attached("chef", role="responsable"))
    client = entered(attached("anne", BRON))
    assert (whole.get("/compteurs/").json()["demandes"], client.get("/compteurs/").json()["demandes"]) == (3, 2)
    assert client.get("/compteurs/").json()["conversations"] == 2


def test_an_office_that_nobody_serves_is_everybody_s_where_nobody_has_the_whole_network(world):
    client = entered(attached("anne", BRON))
    assert seen(client) == {"bron", "givors", "reseau"}
    attached("jean", GIVORS)
    assert seen(client) == {"bron", "reseau"}


def test_a_member_without_an_office_sees_the_whole_network(world):
    attached("anne", BRON)
    assert seen(entered(attached("chef"))) == {"bron", "givors", "reseau"}


def test_a_demande_is_given_to_those_who_see_it(world):
    attached("jean", GIVORS)
    client = entered(attached("anne", BRON))
    page = client.get(f"/demandes/{world['bron'].id}/").content.decode()
    assert "<option>jean" not in page
    assert ">jean<" not in page
    client.post(f"/demandes/{world['bron'].id}/attribuer/", {"membre": "jean", "vu": 1})
    assert DemandeRow.objects.get(pk=world["bron"].id).pris_par == ""
    client.post(f"/demandes/{world['reseau'].id}/attribuer/", {"membre": "jean", "vu": 1})
    assert DemandeRow.objects.get(pk=world["reseau"].id).pris_par == "jean"


def test_a_duplicate_at_another_office_is_said_and_not_opened(world):
    attached("chef", role="responsable")
    client = entered(attached("anne", BRON))
    one = sent(11, chat=77, bureau="Bron", bureau_id=BRON)
    other = sent(12, chat=77, bureau="Givors", bureau_id=GIVORS)
    page = client.get(f"/demandes/{one.id}/").content.decode()
    assert "une demande d'un autre bureau" in page
    assert other.numero not in page


@pytest.fixture
def offices(desk):
    """Two offices of the network, imported."""
    kept = [
        Bureau(
            nom=f"Mission locale {town}", departements=frozenset({"69"}), id=one, reseau="mission-locale", commune=town
        )
        for town, one in (("Bron", BRON), ("Givors", GIVORS))
    ]
    DjangoOfficeDirectory().replace(kept, date(2026, 11, 25))


def test_a_responsable_attaches_a_member_by_the_name_of_the_office_and_detaches_them(offices, world):
    anne = attached("anne")
    client = entered(attached("chef", role="responsable"))
    row = Membership.objects.get(user=anne)
    client.post(f"/equipe/mission-locale/{row.pk}/bureau/", {"nom": "la ML de Givors"})
    client.post(f"/equipe/mission-locale/{row.pk}/bureau/", {"nom": "Givors"})
    row.refresh_from_db()
    assert row.bureaux == [GIVORS]
    page = client.get("/equipe/").content.decode()
    assert "Mission locale Givors" in page
    assert "tout le réseau" in page
    client.post(f"/equipe/mission-locale/{row.pk}/bureau/", {"retirer": GIVORS})
    row.refresh_from_db()
    assert row.bureaux == []


@pytest.mark.parametrize(
    ("typed", "said"), [("mission locale", "Aucun bureau"), ("Bordeaux", "Aucun bureau"), ("", "Aucun bureau")]
)
def test_a_name_that_is_no_office_attaches_nobody(offices, typed, said):
    row = Membership.objects.get(user=attached("anne"))
    client = entered(attached("chef", role="responsable"))
    client.post(f"/equipe/mission-locale/{row.pk}/bureau/", {"nom": typed})
    assert said in client.get("/equipe/").content.decode()
    row.refresh_from_db()
    assert row.bureaux == []


def test_e_mails_go_to_the_members_of_the_office(desk, world):
    for name in ("anne", "jean"):
        attached(name, {"anne": BRON, "jean": GIVORS}[name])
    attached("chef", role="responsable")
    DemandeRow.objects.filter(pk=world["givors"].id).update(date_debut=date(2026, 11, 26))
    HandoffRow.objects.filter(chat=world["bron"].chat).update(urgent=True)
    courrier.post(desk)
    urgent = {one.to[0].partition("@")[0]: one.body for one in mail.outbox if "urgence" in one.subject}
    assert set(urgent) == {"anne", "jean", "chef"}
    assert world["givors"].numero not in urgent["anne"]
    assert world["givors"].numero in urgent["jean"]
    assert world["bron"].numero not in urgent["jean"]
    assert all(world[name].numero in urgent["chef"] for name in ("bron", "givors"))
    digests = {one.to[0].partition("@")[0]: one.body for one in mail.outbox if "attente" in one.subject}
    assert world["givors"].numero not in digests["anne"]
    assert world["reseau"].numero in digests["anne"]
