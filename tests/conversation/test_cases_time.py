"""B6, time, versions, bursts, two devices: the part that the dialogue answers for."""

from datetime import datetime, timedelta

import pytest

from bot.conversation.dialogue import Dialogue
from bot.domain.message import Kind
from bot.domain.session import Session, session_from_json, session_to_json
from bot.domain.turn import SendDemande
from bot.errors import IndexUnusable
from tests.conversation.fakes import NOW, PARIS, FakeAnswerer, Person, at, house


def test_tim_01_the_same_draft_and_question_after_a_restart():
    person = at("date_naissance")
    person.dialogue = Dialogue(house())
    assert person.asked == "date_naissance"
    person.says("14/05/2000")
    assert person.slot("date_naissance") == "2000-05-14"


def test_tim_02_a_draft_stored_before_a_field_existed_loads_and_the_field_is_asked():
    person = at("recap")
    stored = session_to_json(person.session)
    for name in ("objectif", "horaires"):
        del stored["answers"][name]
    stored["answers"]["champ_disparu"] = {"value": "x", "at": NOW.isoformat()}
    del stored["skipped"]
    person.session = session_from_json(stored)
    person.says("résumé")
    assert person.asked == "objectif"


def test_tim_03_after_20_hours_we_say_where_we_were_then_handle_the_message():
    person = at("lieu")
    person.now += timedelta(hours=21)
    person.says("Lyon")
    assert "nous en étions à" in person.last.text
    assert person.slot("lieu")["nom"] == "Lyon"


def test_tim_04_after_29_days_the_draft_is_there_and_its_dates_checked_again():
    person = at("recap")
    person.now += timedelta(days=29)
    person.says("bonjour")
    assert person.slot("metier") == "boulanger"
    assert person.asked == "periode"
    assert "ne sont plus possibles" in person.last.text


def test_tim_05_after_31_days_the_draft_is_deleted_and_we_say_so():
    person = at("lieu")
    person.now += timedelta(days=31)
    person.says("bonjour")
    assert person.session.answers == {}
    assert "30 jours" in person.last.text


def reminded(person, **later):
    return person.dialogue.due(person.session, person.dossier, person.now + timedelta(**later))


def test_tim_06_one_reminder_at_most_and_only_with_consent():
    person = at("lieu")
    assert reminded(person, hours=25) is None
    person.says("activer les rappels")
    turn = reminded(person, hours=25)
    assert "brouillon" in turn.replies[0].text
    person.session = turn.session
    assert reminded(person, hours=50) is None


@pytest.mark.parametrize("hour", [21, 23, 0, 5, 7])
def test_tim_06_no_reminder_at_night(hour):
    person = at("lieu")
    person.says("activer les rappels")
    night = datetime(2026, 2, 12, hour, 30, tzinfo=PARIS)
    assert person.dialogue.due(person.session, person.dossier, night) is None


def test_reminders_stop_with_one_tap():
    person = at("lieu")
    person.says("activer les rappels")
    button = reminded(person, hours=25).replies[0].buttons[-1][0]
    person.presses(button.data)
    assert reminded(person, hours=30) is None


def test_a_start_that_comes_near_is_reminded_once():
    person = at("recap", periode="du 5 au 16 octobre")
    person.taps("Envoyer")
    person.taps("Recevoir")
    near = datetime(2026, 10, 1, 10, 0, tzinfo=PARIS)
    turn = person.dialogue.due(person.session, person.dossier, near)
    assert "lundi 5 octobre 2026" in turn.replies[0].text
    assert person.dialogue.due(turn.session, person.dossier, near) is None


def test_an_old_draft_expires_without_a_word():
    person = at("lieu")
    turn = reminded(person, days=31)
    assert turn.session.answers == {}
    assert turn.replies == ()


@pytest.mark.parametrize("days", [29, 31])
def test_what_was_told_before_a_form_is_kept_no_longer_than_a_draft(days):
    told = Session(chat=42, updated_at=NOW, memory={"attend": {"metier": "plombier"}})
    swept, back = Person(session=told), Person(session=told)
    turn = reminded(swept, days=days)
    back.now += timedelta(days=days)
    back.says("bonjour")
    kept = days < 30
    assert (turn is None) == kept
    assert turn is None or (turn.session.memory, turn.replies) == ({}, ())
    assert ("attend" in back.session.memory) == kept
    assert "il est effacé" not in back.last.text


def test_tim_07_a_burst_puts_each_answer_in_its_field():
    person = at("metier")
    moment = person.now
    for text in ("boulanger", "non", "Lyon", "du 3 au 14 mars"):
        person.says(text, at=moment)
    assert person.slot("metier") == "boulanger"
    assert person.slot("lieu")["nom"] == "Lyon"
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-03", "2026-03-14")


def test_tim_08_two_people_at_once_never_mix():
    one, two = Person(), Person()
    two.session = type(two.session)(chat=43)
    two.dialogue = one.dialogue
    for person, town in ((one, "mission locale"), (two, "france travail")):
        person.says("/demande")
        person.says(town)
    assert (one.slot("suivi_par"), two.slot("suivi_par")) == ("mission-locale", "france-travail")


def test_tim_10_sending_twice_sends_once():
    person = at("recap")
    button = person.button("Envoyer").data
    person.presses(button)
    person.presses(button)
    assert len(person.sent()) == 1
    assert "déjà envoyée" in person.last.notice


def test_tim_10_the_same_turn_replayed_gives_the_same_identifier():
    person = at("recap")
    session = person.session
    person.says("oui envoyez")
    first = person.sent()[0]
    person.session = session
    person.now += timedelta(minutes=1)
    person.dossier = type(person.dossier)()
    person.says("oui envoyez")
    assert person.sent()[1].id == first.id
    assert person.sent()[1].numero == first.numero


def test_tim_11_28_sending_an_older_summary_is_refused():
    person = at("recap")
    old = person.button("Envoyer").data
    person.says("changer le métier pour pâtissier")
    person.presses(old)
    assert person.sent() == []
    assert "n'est plus à jour" in person.last.notice
    assert "pâtissier" in person.last.text


def test_tim_12_13_an_old_button_never_answers_another_question():
    person = at("suivi_par")
    old = person.button("France Travail").data
    person.says("la mission locale")
    before = person.session.answers
    person.presses(old)
    assert person.session.answers == before
    assert person.last.notice
    assert person.asked == "situation"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "::",
        "situation:salarie-prive",
        "a:b:c",
        "objectif:<script>:9",
        "menu:rien:0",
        "q:inconnu#x:0",
        "confirm:oui_effacer:1",
        "recap:envoyer:999999999999",
        "mois:2026-99:1",
    ],
)
def test_tim_13_a_forged_button_changes_nothing(data):
    person = at("objectif")
    before = person.session.answers
    person.does(kind=Kind.BUTTON, button=data)
    assert person.session.answers == before


def test_tim_15_an_edited_answer_whose_field_is_gone_says_so():
    person = at("objectif")
    person.says("brouillon", message_id=7777, edited=True)
    assert "ne correspond plus" in person.last.text
    assert person.asked == "objectif"


def test_tim_16_an_edited_question_is_answered_again():
    person = Person()
    person.says("c'est payé ?", message_id=70)
    person.says("qui signe ?", message_id=70, edited=True)
    assert "modifié votre question" in person.last.text
    assert "Source" in person.last.text


class BrokenAnswerer(FakeAnswerer):
    def answer(self, question):
        raise IndexUnusable("no index")


def test_tim_21_without_an_index_the_form_works_and_questions_get_the_official_link():
    from dataclasses import replace

    person = at("metier")
    person.dialogue = Dialogue(replace(house(), answerer=BrokenAnswerer()))
    person.says("c'est payé ?")
    assert "https://immersion-facile.beta.gouv.fr" in person.last.text
    person.says("boulanger")
    assert person.slot("metier") == "boulanger"


def test_tim_24_hostile_characters_are_shown_as_they_are():
    person = at("entreprise", hote_connu="oui")
    person.says("R&D <Lyon> {jour} _x_")
    assert "R&D <Lyon> {jour} _x_" in person.last.text


def test_tim_25_in_a_group_nothing_is_collected():
    person = Person()
    person.does(kind=Kind.GROUP, text="je m'appelle Léa Martin")
    assert "privée" in person.last.text
    assert person.session.answers == {}
    assert person.session.memory == {}


def test_sen_21_two_hundred_messages_in_a_minute_do_not_search_two_hundred_times():
    from dataclasses import replace

    answerer = FakeAnswerer()
    person = Person(dialogue=Dialogue(replace(house(), answerer=answerer)))
    for _ in range(200):
        person.says("c'est payé ?", at=NOW)
    assert len(answerer.asked) <= 40
    assert "très vite" in person.last.text


def test_a_calendar_gives_both_dates_by_taps_alone():
    person = at("periode")
    person.taps("Choisir")
    person.taps("›")
    person.taps("3")
    person.taps("13")
    assert (person.slot("date_debut"), person.slot("date_fin")) == ("2026-03-03", "2026-03-13")
    assert not any(isinstance(effect, SendDemande) for effect in person.effects)


def test_tim_17_the_first_message_says_that_deleting_in_telegram_does_not_delete_the_request():
    person = Person()
    person.says("/start")
    assert "ne l'efface pas de votre demande" in person.last.text
