"""One thread a person: who waits, words of danger seen on every page, a reply that reaches whoever asked."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from bot.conversation.dialogue import Dialogue
from bot.dashboard.fils import DANGERS as SAID
from bot.dashboard.models import ReplyTemplate
from bot.domain.turn import CloseHandoff, OpenHandoff, RaiseAlarm, RecordIncident, RelayToCounsellor
from bot.storage.dossier import dossier_of
from bot.storage.effects import apply
from bot.storage.models import HandoffRow, Outgoing, RelayedMessage
from bot.storage.sweeper import Sweeper
from bot.storage.threads import CHANNEL, DANGERS
from tests.conversation.fakes import house
from tests.dashboard.office import NOW, member, sent, signed_in

ASKED = OpenHandoff("mission-locale")


def does(*effects, chat=1, at=NOW):
    apply(effects, chat=chat, at=at)


def listed(client, tab="a-repondre"):
    """The names of the threads of a tab, in order."""
    page = client.get(f"/conversations/?etape={tab}").content.decode()
    return re.findall(r'<h2><a href="/conversations/\d+/">([^<]*)</a>', page)


def sweep(clock):
    Sweeper(Dialogue(house()), clock, retention_brouillon_jours=30, retention_close_jours=730).run()


def test_words_of_danger_mark_the_open_conversation_with_what_when_and_the_answer(as_role):
    client = as_role("conseiller")
    does(ASKED, RelayToCounsellor("je suis à la rue"))
    does(RaiseAlarm("suicide", "3114"), RelayToCounsellor("je n'en peux plus"), at=NOW + timedelta(minutes=3))
    row = HandoffRow.objects.get()
    assert (row.urgent, row.danger, row.danger_at, row.danger_dit) == (
        True,
        "suicide",
        NOW + timedelta(minutes=3),
        "3114",
    )
    said = "A écrit qu&#x27;elle pense au suicide, le 25/11 à 10:03 ; le 3114 lui a été donné."
    assert said in client.get("/conversations/").content.decode()
    page = client.get(f"/conversations/{row.pk}/").content.decode()
    assert said in page
    assert "je n&#x27;en peux plus" in page


def test_danger_comes_first_and_shows_in_the_menu_of_every_page(as_role):
    client = as_role("conseiller")
    for number, name in enumerate(("Vieux", "Urgent", "Danger"), 1):
        sent(number, prenom="A", nom=name, chat=number)
        does(OpenHandoff("mission-locale", urgent=name == "Urgent"), chat=number, at=NOW - timedelta(hours=9 - number))
    does(RecordIncident("suicide"), chat=3)
    assert listed(client) == ["A Danger", "A Urgent", "A Vieux"]
    for path in ("/demandes/", "/chiffres/", "/etat/", "/compte/"):
        assert (
            '<strong>Urgent</strong> <span class="compteur" id="n-urgences">2</span>'
            in client.get(path).content.decode()
        )


def test_a_danger_without_any_hand_off_alerts_the_body_and_silences_nobody(as_role):
    client = as_role("conseiller")
    sent(1, chat=1)
    does(RaiseAlarm("suicide", "3114"))
    row = HandoffRow.objects.get()
    assert (row.origine, row.organisme) == ("alerte", "mission-locale")
    assert dossier_of(1).handoff is None
    assert not Outgoing.objects.exists()
    page = client.get("/conversations/").content.decode()
    assert "a pas demandé à vous parler" in page
    does(CloseHandoff())
    assert HandoffRow.objects.get().closed_at is None
    client.post(f"/conversations/{row.pk}/repondre/", {"message": "Bonjour, je vous appelle."})
    row.refresh_from_db()
    assert (row.origine, row.danger_vu_par) == ("bureau", "mission-locale.conseiller")
    assert dossier_of(1).handoff.jusqu_a == NOW + CHANNEL


def test_a_danger_of_somebody_nobody_knows_is_only_counted(desk):
    does(RecordIncident("suicide"), chat=99)
    assert not HandoffRow.objects.exists()


def test_an_incident_that_endangers_nobody_alerts_nobody(desk):
    sent(1, chat=1)
    does(RecordIncident("iban"))
    assert not HandoffRow.objects.exists()


def test_every_danger_has_its_words():
    assert set(SAID) == DANGERS


def test_reading_an_alarm_is_signed_and_clears_the_menu(as_role):
    client = as_role("conseiller")
    sent(1, chat=1)
    does(RaiseAlarm("violence", "3919"))
    pk = HandoffRow.objects.get().pk
    assert dossier_of(1).handoff is None
    client.post(f"/conversations/{pk}/vue/")
    page = client.get(f"/conversations/{pk}/").content.decode()
    assert "Lu par mission-locale.conseiller" in page


def test_somebody_is_said_to_be_told_only_once_somebody_is(as_role):
    one = sent(1, chat=1)
    does(ASKED)
    assert not dossier_of(1).handoff.prevenu
    assert dossier_of(1).prevenus == frozenset()
    reader = as_role("lecture")
    reader.get(f"/demandes/{one.id}/")
    assert dossier_of(1).prevenus == frozenset()
    client = as_role("conseiller")
    client.get(f"/demandes/{one.id}/")
    client.get(f"/conversations/{HandoffRow.objects.get().pk}/")
    assert dossier_of(1).prevenus == {one.id}
    assert dossier_of(1).handoff.prevenu


def test_the_channel_closes_after_its_delay_and_the_person_is_told(as_role, clock):
    client, one = as_role("conseiller"), sent(1)
    client.post(f"/demandes/{one.id}/message/", {"message": "Libre mardi ?"})
    clock.later(hours=71)
    sweep(clock)
    assert HandoffRow.objects.get().closed_at is None
    clock.later(hours=1)
    sweep(clock)
    assert HandoffRow.objects.get().closed_at == clock.now()
    assert Outgoing.objects.count() == 2
    sweep(clock)
    assert Outgoing.objects.count() == 2


def test_a_channel_never_closes_on_an_unanswered_person(as_role, clock):
    client, one = as_role("conseiller"), sent(1)
    client.post(f"/demandes/{one.id}/message/", {"message": "Libre mardi ?"})
    does(RelayToCounsellor("Oui, à 14 h"), chat=one.chat)
    clock.later(days=9)
    sweep(clock)
    assert HandoffRow.objects.get().closed_at is None


def test_one_person_has_one_thread_whatever_begins_it(as_role):
    client, one = as_role("conseiller"), sent(1, chat=1)
    client.post(f"/demandes/{one.id}/message/", {"message": "Bonjour"})
    does(CloseHandoff())
    does(ASKED, RelayToCounsellor("C'est encore moi"), at=NOW + timedelta(days=1))
    row = HandoffRow.objects.get()
    page = client.get(f"/conversations/{row.pk}/").content.decode()
    assert page.index("Bonjour") < page.index("encore moi")
    assert "Demande envoyée" in page
    assert (row.origine, row.taken_at) == ("personne", None)


def test_a_thread_is_named_after_the_person_or_says_from_where(as_role):
    client = as_role("conseiller")
    sent(1, chat=1)
    does(ASKED, chat=1, at=NOW - timedelta(hours=4))
    does(OpenHandoff("mission-locale", brouillon={"prenom": "Lou"}), chat=2, at=NOW - timedelta(hours=3))
    does(
        OpenHandoff("mission-locale", brouillon={"commune": {"nom": "Lyon", "departement": "69"}}),
        chat=3,
        at=NOW - timedelta(hours=2),
    )
    does(ASKED, chat=4)
    assert listed(client) == ["Lina Durand", "Lou", "Personne sans demande, 69", "Personne sans demande"]


def test_another_body_s_demande_names_nobody_here(as_role):
    sent(1, "cap-emploi", chat=1)
    does(ASKED, chat=1)
    assert listed(as_role("conseiller")) == ["Personne sans demande"]


def test_threads_that_are_over_stay_in_their_tab(as_role):
    client = as_role("conseiller")
    does(ASKED, RelayToCounsellor("Bonjour"))
    pk = HandoffRow.objects.get().pk
    client.post(f"/conversations/{pk}/rendre/")
    assert listed(client) == []
    assert listed(client, "terminees") == ["Personne sans demande"]
    client.post(f"/conversations/{pk}/repondre/", {"message": "J'oubliais.", "rouvrir": "oui"})
    assert listed(client, "en-cours") == ["Personne sans demande"]


def test_a_template_fills_the_reply(as_role):
    client = as_role("conseiller")
    sent(1, chat=1)
    does(ASKED)
    model = ReplyTemplate.objects.create(organisme="mission-locale", titre="Merci", texte="Bonjour {prenom} ({numero}).",
                                         verifie_par="x", verifie_le=NOW)  # fmt: skip
    page = client.get(f"/conversations/{HandoffRow.objects.get().pk}/?modele={model.pk}").content.decode()
    assert "Bonjour Lina (2026-T00001).</textarea>" in page


def test_a_template_with_an_unknown_name_is_refused(as_role):
    client = as_role("conseiller")
    data = {"organisme": "mission-locale", "titre": "Âge", "texte": "Vous avez {age} ans, {prenom}."}
    page = client.post("/modeles/nouveau/", data)
    assert page.status_code == 422
    assert "{age} ne sera pas remplacé" in page.content.decode()
    assert not ReplyTemplate.objects.exists()


def test_a_thread_is_given_to_a_colleague_of_the_body_and_to_nobody_else(as_role):
    client = as_role("conseiller")
    member("valideur", name="v.blanc")
    member("conseiller", "cap-emploi", name="ailleurs")
    does(ASKED)
    row = HandoffRow.objects.get()
    client.post(f"/conversations/{row.pk}/attribuer/", {"membre": "ailleurs"})
    row.refresh_from_db()
    assert row.pris_par == ""
    client.post(f"/conversations/{row.pk}/attribuer/", {"membre": "v.blanc"})
    row.refresh_from_db()
    assert (row.pris_par, row.attend_depuis) == ("v.blanc", NOW)


def test_taking_a_conversation_second_says_who_has_it_and_since_when(as_role, clock):
    client = as_role("conseiller")
    does(ASKED)
    pk = HandoffRow.objects.get().pk
    clock.later(minutes=13)
    client.post(f"/conversations/{pk}/prendre/")
    other = signed_in(Client(), member("valideur"))
    said = other.post(f"/conversations/{pk}/prendre/", follow=True).content.decode()
    assert "Déjà prise par mission-locale.conseiller à 10:13" in said


def test_a_message_refused_by_a_block_leaves_again_when_the_person_writes(as_role):
    from bot.domain.message import Kind
    from bot.storage.turns import _membership

    client, one = as_role("conseiller"), sent(1)
    client.post(f"/demandes/{one.id}/message/", {"message": "Bonjour"})
    Outgoing.objects.update(etat="non-remis", error="403 Forbidden: bot was blocked by the user")
    assert (
        "repartira si la personne revient"
        in client.get(f"/conversations/{HandoffRow.objects.get().pk}/").content.decode()
    )
    _membership(one.chat, Kind.TEXT, NOW)
    assert Outgoing.objects.get().etat == "a-envoyer"
    Outgoing.objects.update(etat="non-remis", error="400 Bad Request")
    _membership(one.chat, Kind.TEXT, NOW)
    assert Outgoing.objects.get().etat == "non-remis"


class TestCounters:
    def test_a_page_left_open_learns_what_arrived_and_nothing_of_anybody(self, as_role):
        client = as_role("conseiller")
        sent(1)
        sent(2, "cap-emploi")
        does(ASKED, RelayToCounsellor("Bonjour"))
        pk = HandoffRow.objects.get().pk
        data = client.get(f"/compteurs/?fil={pk}").json()
        assert data == {"demandes": 1, "conversations": 1, "urgences": 0, "messages": 1}
        assert "messages" not in client.get("/compteurs/?fil=999999").json()

    def test_another_body_s_thread_is_not_counted(self, as_role):
        does(OpenHandoff("cap-emploi"), chat=5)
        pk = HandoffRow.objects.get().pk
        assert "messages" not in as_role("conseiller").get(f"/compteurs/?fil={pk}").json()

    def test_the_title_and_the_menu_count_without_a_script(self, as_role):
        client = as_role("conseiller")
        sent(1)
        does(ASKED)
        assert "<title>(2) Demandes" in client.get("/demandes/").content.decode()

    @pytest.mark.parametrize("quiet", [True, False])
    def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(self, as_role, clock, quiet):
        client = as_role("conseiller")
        for _ in range(4):
            clock.later(minutes=20)
            client.get("/compteurs/", headers={"X-En-Fond": "oui"} if quiet else {})
        assert client.get("/demandes/").status_code == (302 if quiet else 200)


def test_a_long_thread_shows_its_end_and_offers_the_rest(as_role):
    client = as_role("conseiller")
    does(ASKED)
    row = HandoffRow.objects.get()
    RelayedMessage.objects.bulk_create(
        RelayedMessage(
            chat=1,
            organisme="mission-locale",
            handoff=row,
            at=NOW + timedelta(seconds=n),
            auteur="personne",
            texte=f"mot {n}.",
        )
        for n in range(230)
    )
    page = client.get(f"/conversations/{row.pk}/").content.decode()
    assert "les 130 messages plus anciens" in page
    assert "mot 29." not in page
    assert "mot 229." in page
    assert "mot 0." in client.get(f"/conversations/{row.pk}/?tout=oui").content.decode()


def test_whoever_was_told_of_the_thread_has_not_been_told_of_the_danger_until_they_read_it(as_role):
    client = as_role("conseiller")
    does(ASKED)
    row = HandoffRow.objects.get()
    client.post(f"/conversations/{row.pk}/prendre/")
    client.get(f"/conversations/{row.pk}/")
    assert dossier_of(1).handoff.prevenu
    does(RaiseAlarm("suicide", "3114"), at=NOW + timedelta(minutes=3))
    assert not dossier_of(1).handoff.prevenu
    client.get(f"/conversations/{row.pk}/")
    assert dossier_of(1).handoff.prevenu


def test_a_few_long_letters_weigh_no_more_than_many_short_ones(as_role):
    client, one = as_role("conseiller"), sent(1)
    row = HandoffRow.objects.create(chat=one.chat, organisme="mission-locale", opened_at=NOW, taken_at=NOW)
    for rank in range(20):
        RelayedMessage.objects.create(chat=one.chat, organisme="mission-locale", handoff=row, at=NOW + timedelta(minutes=rank),
                                      auteur="personne", texte=f"lettre {rank} " + "mot " * 1000)  # fmt: skip
    thread = client.get(f"/conversations/{row.pk}/").content.decode()
    assert "lettre 19 " in thread
    assert "lettre 0 " not in thread
    assert "les 16 messages plus anciens" in thread
    assert "lettre 0 " in client.get(f"/conversations/{row.pk}/?tout=oui").content.decode()
    page = client.get(f"/demandes/{one.id}/").content.decode()
    assert "lettre 19 " in page
    assert "Lire les plus anciens dans le fil" in page
    assert len(page) < 45_000


def test_an_old_history_is_a_link_away(as_role):
    client, one = as_role("conseiller"), sent(1)
    for rank in range(40):
        client.post(f"/demandes/{one.id}/note/", {"note": f"note numéro {rank}."})
    page = client.get(f"/demandes/{one.id}/").content.decode()
    assert "note numéro 39." in page
    assert "note numéro 3." not in page
    assert "les 11 lignes plus anciennes" in page
    assert "note numéro 3." in client.get(f"/demandes/{one.id}/?tout=oui").content.decode()
