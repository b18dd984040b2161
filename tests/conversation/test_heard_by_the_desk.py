"""What the conversation hands to the desk, and what it says of it: words of danger, a channel's end, who was told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.content.fiches import load_fiches
from bot.domain.turn import ChangeDemande, CounsellorWrote, Handoff, OpenHandoff, RaiseAlarm, RelayToCounsellor
from bot.storage.threads import DANGERS
from tests.conversation.fakes import ROOT, Person, at, house, imported_house


def held(person, **known):
    """The same person, in a conversation that a counsellor holds or that waits for one."""
    person.dossier = replace(person.dossier, handoff=Handoff("mission-locale", person.now, **known))
    return person


def effects(person, kind):
    return [one for one in person.effects if isinstance(one, kind)]


def test_words_of_danger_reach_the_desk_with_their_category_and_the_number_that_was_given():
    person = Person()
    person.says("je veux mourir")
    assert effects(person, RaiseAlarm) == [RaiseAlarm("suicide", "3114")]
    assert not effects(person, RelayToCounsellor)


def test_in_a_conversation_that_somebody_holds_they_are_relayed_too_and_the_person_is_told_so():
    person = held(Person(), taken=True)
    said = person.says("je veux mourir").text
    assert effects(person, RelayToCounsellor) == [RelayToCounsellor("je veux mourir")]
    assert "3114" in said
    assert "transmis" in said
    assert "est prévenu" not in said


def test_whoever_then_asks_for_somebody_brings_the_danger_along_and_sees_the_number_again():
    person = Person()
    person.says("je veux mourir")
    assert "3114" in person.taps("Parler à quelqu'un").text
    assert "3114" in person.taps("Oui").text
    (opened,) = effects(person, OpenHandoff)
    assert (opened.urgent, opened.danger, opened.danger_dit) == (True, "suicide", "3114")


def test_the_number_stays_with_the_next_message_in_a_held_conversation_and_not_for_ever():
    person = held(Person(), taken=True)
    person.says("je veux mourir")
    assert "3114" in person.says("je ne sais plus quoi faire").text
    assert "3114" not in person.says("merci de me lire").text


@pytest.mark.parametrize(("told", "expected"), [(True, True), (False, False)])
def test_a_counsellor_is_said_to_be_warned_only_where_somebody_has_been(told, expected):
    person = held(Person(), prevenu=told)
    assert ("est prévenu" in person.says("vous êtes là").text) is expected


@pytest.mark.parametrize("category", sorted(DANGERS))
def test_the_number_kept_for_the_desk_is_one_that_the_fiche_gives(category):
    passages = {one.ref: one for fiche in load_fiches(ROOT / "knowledge") for one in fiche.passages}
    assert house().words.say(f"urgence.numero_{category}") in passages[f"urgences#{category}"].court


def test_a_counsellor_s_message_says_until_when_a_reply_reaches_them():
    person = held(Person(), taken=True)
    until = person.now.replace(hour=14, minute=0) + timedelta(days=3)
    said = person.is_told(CounsellorWrote("Quand puis-je vous appeler ?", "mission-locale", jusqu_a=until)).text
    assert "vendredi 13 février 2026 à 14 h" in said


def test_a_request_is_said_to_be_known_of_only_where_somebody_was_told():
    person = at("recap")
    person.taps("Envoyer")
    assert "est prévenu" not in person.says("où en est ma demande ?").text
    sent = person.dossier.demandes[-1]
    person.dossier = replace(person.dossier, prevenus=frozenset({sent.id}))
    assert "est prévenu" in person.says("où en est ma demande ?").text


def test_once_a_counsellor_has_asked_something_the_answer_is_heard_whatever_was_said_before():
    person = at("recap")
    person.taps("Envoyer")
    person.says("je veux mourir")
    person.is_asked_again("entreprise", why="Quel est le nom exact ?")
    person.says("Boulangerie du Marché")
    assert person.slot("entreprise") == "Boulangerie du Marché"


def test_a_complement_asks_that_field_with_its_present_value_its_example_and_the_counsellor_s_words_at_the_end():
    person = at("recap")
    person.taps("Envoyer")
    asked = person.is_asked_again("email", "telephone", why="L'adresse ne répond pas.").text
    assert "Réponse actuelle : lea@exemple.fr" in asked
    assert "Exemple : lea@exemple.fr" in asked
    said = person.says("lea.martin@exemple.fr").text
    assert "Quel est votre numéro de téléphone" in said
    assert "Réponse actuelle : +33612345678" in said
    assert "Exemple : 06 12 34 56 78" in said
    assert "Votre conseiller a écrit : « L'adresse ne répond pas. »" in person.says("06 39 98 00 11").text


def test_an_office_that_the_desk_asks_for_is_chosen_by_the_person_who_sends_to_it_by_its_name():
    person = at("recap", lives_in=imported_house(), suivi_par="la mission locale", commune="Feurs")
    person.taps("Envoyer")
    person.is_asked_again("bureau", why="Quel bureau vous suit ?")
    assert person.asked == "bureau"
    person.taps("Mission locale du Forez")
    person.taps("Envoyer à : Mission locale du Forez")
    (change,) = effects(person, ChangeDemande)
    assert change.complete
    assert {one.champ: bool(one.apres) for one in change.changements} == {"bureau": True, "bureau_id": True}
