"""B7, what is not text; B8, what is not understood."""

import pytest

from bot.domain.message import Kind, SharedContact
from bot.domain.turn import DeleteIncoming
from tests.conversation.fakes import Person, at


@pytest.mark.parametrize("kind", [Kind.STICKER, Kind.ANIMATION, Kind.OTHER, Kind.AUDIO, Kind.VIDEO, Kind.VOICE])
def test_med_01_02_11_not_text_gets_one_line_then_the_same_question(kind):
    person = at("lieu")
    before = person.session.answers
    person.does(kind=kind)
    assert person.session.answers == before
    assert person.dialogue.house.words.step("lieu", "question") in person.last.text


def test_med_01_a_thumb_on_a_yes_no_question_is_a_yes():
    person = at("hote_connu")
    person.says("👍")
    assert person.slot("hote_connu") is True


def test_med_01_a_lone_emoji_elsewhere_is_acknowledged():
    person = at("metier")
    person.says("😅")
    assert person.slot("metier") is None
    assert person.asked == "metier"


def test_med_02_a_voice_note_is_neither_heard_nor_kept():
    person = at("lieu")
    person.does(kind=Kind.VOICE)
    assert "vocaux" in person.last.text
    assert "Écrivez" in person.last.text


def test_med_03_a_photo_is_deleted_and_no_document_is_needed():
    person = at("lieu")
    person.does(kind=Kind.PHOTO, message_id=77)
    assert DeleteIncoming(77) in person.effects
    assert "Aucun document n'est nécessaire" in person.last.text


def test_med_04_a_location_is_not_kept():
    person = at("lieu")
    person.does(kind=Kind.LOCATION, location=(45.7578, 4.8320))
    assert "45.7" not in str(person.session)
    assert person.asked == "lieu"


@pytest.mark.xfail(strict=True, reason="knowledge/communes.csv has no coordinates: the commune is asked in words")
def test_med_04_the_nearest_commune_is_proposed():
    person = at("lieu")
    person.does(kind=Kind.LOCATION, location=(45.7578, 4.8320))
    assert person.button("Lyon")


def test_med_05_ones_own_card_is_confirmed_before_it_counts():
    person = at("contact")
    person.does(kind=Kind.CONTACT, contact=SharedContact("+33612345678", own=True))
    assert person.slot("telephone") is None
    person.says("oui")
    assert person.slot("telephone") == "+33612345678"


def test_med_06_somebody_elses_card_is_refused():
    person = at("contact")
    person.does(kind=Kind.CONTACT, contact=SharedContact("+33699999999", own=False))
    assert "699999999" not in str(person.session)
    assert "autre personne" in person.last.text


def test_med_07_a_document_is_not_opened_and_who_signs_is_explained():
    person = at("lieu")
    person.does(kind=Kind.DOCUMENT)
    assert "n'ouvre pas les documents" in person.last.text
    assert "Source" in person.last.text


def test_med_08_the_caption_of_a_photo_is_read():
    person = at("lieu")
    person.does(kind=Kind.PHOTO, text="Lyon", message_id=78)
    assert DeleteIncoming(78) in person.effects
    assert person.slot("lieu")["nom"] == "Lyon"


def test_med_09_forwarded_words_are_asked_about():
    person = at("metier")
    person.says("boulanger", forwarded=True)
    assert person.slot("metier") is None
    person.says("oui")
    assert person.slot("metier") == "boulanger"


def test_a_forwarded_yes_does_not_confirm_that_forwarded_words_are_ones_own():
    person = at("metier")
    person.says("boulanger", forwarded=True)
    person.says("oui", forwarded=True)
    assert person.slot("metier") is None
    person.says("oui")
    assert person.slot("metier") != "oui"


def test_med_10_an_album_is_answered_once_in_full():
    person = at("lieu")
    for _ in range(3):
        person.does(kind=Kind.PHOTO, album="a1")
    assert sum("Aucun document" in reply.text for reply in person.replies) == 1


def test_med_12_hidden_characters_are_stripped():
    person = at("metier")
    person.says("bou\u200blan\u202eger")
    assert person.slot("metier") == "boulanger"


@pytest.mark.parametrize("text", ["stage", "un stage", "immersion"])
def test_und_01_stage_alone_is_asked_about(text):
    person = Person()
    person.says(text)
    assert 2 <= len(person.last.buttons) <= 4


def test_und_02_not_the_first_is_the_second():
    person = at("horaires")
    person.says("en fait c'est le 12")
    person.says("pas le premier")
    assert person.slot("date_fin") == "2026-03-12"


@pytest.mark.parametrize(
    "step",
    ["suivi_par", "situation", "date_naissance", "commune", "objectif", "hote_connu", "periode", "horaires", "contact"],
)
def test_und_03_three_misunderstandings_never_say_the_same_sentence_twice(step):
    person = at(step)
    said = [person.says("zzz qqq").text for _ in range(4)]
    assert len(set(said)) == 4
    assert "Exemple" in said[0]
    assert person.button("Parler à quelqu'un")
    assert person.asked == step


@pytest.mark.parametrize("text", ["     ", ".", "", "\u200b", "…"])
def test_und_04_an_empty_message_is_said_to_be_unreadable(text):
    person = at("metier")
    person.says(text)
    assert "rien reçu de lisible" in person.last.text
    assert person.asked == "metier"


@pytest.mark.parametrize("step", ["metier", "entreprise", "activites", "objectif"])
def test_und_10_a_very_long_message_is_handled(step):
    person = at(step, hote_connu="oui")
    person.says("je veux bien " * 315)
    assert len(person.last.text) <= 4096


def test_und_14_question_marks_alone_repeat_with_an_example():
    person = at("objectif")
    person.says("???")
    assert "Exemple" in person.last.text
    assert person.asked == "objectif"
