"""The whole path, over the Bot API, with the program as it is run."""

import re
import urllib.request

import pytest

from bot.sandbox import people
from bot.sandbox.errors import ApiError, bad, flood
from bot.sandbox.world import Fault
from tests.sandbox.live import wait_for


def test_a_request_by_text_with_a_correction_is_stored_once_and_routed(bot, person):
    person.says("/start")
    person.says("/demande")
    person.fills()
    person.says("pas boulanger, pâtissier")
    assert person.at_recap
    sent = person.taps("Envoyer")
    assert re.search(r"\d{4}-[A-Z2-7]{6}", sent.text)
    (stored,) = bot.demandes(person.chat)
    assert (stored["metier"], stored["organisme"], stored["statut"]) == ("pâtissier", "mission-locale", "nouvelle")
    assert (stored["prenom"], stored["telephone"]) == ("Léa", "+33612345678")


def test_a_request_by_buttons_is_the_same_request(bot, person):
    person.says("/start")
    person.taps("Préparer une demande")
    person.fills(taps=True)
    person.taps("Envoyer")
    (stored,) = bot.demandes(person.chat)
    assert (stored["suivi_par"], stored["objectif"], stored["hote_connu"]) == ("mission-locale", "decouvrir", True)


def test_two_taps_on_send_make_one_request(bot, world, person):
    person.says("/demande")
    recap = person.fills()
    data = person.button("Envoyer")["callback_data"]
    queries = [people.press(world, person.chat, recap.id, data) for _ in range(2)]
    wait_for(lambda: all(world.queries[query].answered for query in queries))
    wait_for(person.notices)
    assert len(bot.demandes(person.chat)) == 1


def test_the_summary_before_a_correction_can_no_longer_be_sent(bot, person):
    person.says("/demande")
    former = person.fills()
    person.says("pas boulanger, pâtissier")
    person.taps("Envoyer", under=former)
    assert person.at_recap
    assert person.notices()
    assert bot.demandes(person.chat) == []


def test_an_old_button_is_answered_and_changes_nothing(bot, person):
    first = person.says("/demande")
    person.fills(until="situation")
    before = bot.session(person.chat).answers
    person.taps("Cap emploi", under=first)
    assert person.step == "situation"
    assert person.notices()
    assert bot.session(person.chat).answers == before


@pytest.mark.parametrize("pressed", ["", "x", "recap:envoyer:999", "suivi_par:france-travail:", ":::", "’" * 21])
def test_a_forged_button_is_answered_and_changes_nothing(world, person, pressed):
    person.says("/demande")
    query = people.press(world, person.chat, person.last.id, pressed)
    person.reply()
    wait_for(lambda: world.queries[query].answered)
    assert person.step == "suivi_par"


@pytest.mark.parametrize("kind", ["sticker", "animation", "voice", "audio", "location", "dice"])
def test_what_is_not_text_gets_one_line_and_the_same_question(person, kind):
    person.says("/demande")
    person.fills(until="metier")
    person.sends(kind)
    assert person.step == "metier"


def test_a_picture_is_deleted_and_the_question_comes_again(world, person):
    person.says("/demande")
    picture = people.send(world, person.chat, "photo")
    person.reply()
    assert person.step == "suivi_par"
    wait_for(lambda: picture.deleted)


def test_an_edited_answer_changes_its_own_field(bot, world, person):
    person.says("/demande")
    person.fills(until="metier")
    answer = people.write(world, person.chat, "boulanger")
    person.reply()
    people.edit(world, person.chat, answer.id, "pâtissier")
    person.reply()
    assert bot.session(person.chat).answers["metier"].value == "pâtissier"


def test_the_same_update_twice_is_handled_once(bot, world, person):
    person.says("/demande")
    raw = person.world.chat(person.chat)
    message = people.write(world, person.chat, "la mission locale")
    person.reply()
    version = bot.session(person.chat).version
    number = bot.rows("SELECT max(update_id) FROM storage_update WHERE chat=?", person.chat)[0][0]
    world.push("message", people.message_json(world, message), update_id=number)
    person.says("je cherche un emploi")
    assert bot.session(person.chat).version == version + 1
    assert len([one for one in raw.messages.values() if not one.mine]) == 3


def test_answers_sent_in_a_burst_each_land_in_their_own_field(bot, world, person):
    person.says("/demande")
    person.fills(until="metier")
    for text in ("boulanger", "non", "Lyon"):
        people.write(world, person.chat, text)
    wait_for(lambda: "lieu" in bot.session(person.chat).answers)
    answers = bot.session(person.chat).answers
    assert (answers["metier"].value, answers["hote_connu"].value) == ("boulanger", False)


def test_two_people_at_once_never_cross(bot, person, other):
    for one in (person, other):
        one.says("/demande")
    person.fills(until="objectif", commune="69003")
    other.fills(until="objectif", commune="13001", suivi_par="cap emploi")
    assert bot.session(person.chat).answers["commune"].value["code_postal"] == "69003"
    assert bot.session(other.chat).answers["suivi_par"].value == "cap-emploi"


def test_a_flood_limit_on_one_person_holds_nobody_else(world, person, other):
    world.faults.append(Fault("sendMessage", person.chat, 1, flood(2)))
    people.write(world, person.chat, "/demande")
    other.says("/demande")
    assert not person.fresh()
    person.reply()
    assert person.step == other.step == "suivi_par"


def test_an_outage_of_the_bot_api_loses_and_doubles_nothing(world, person):
    person.says("/demande")
    world.faults.append(Fault("*", None, 5, ApiError(502, "Bad Gateway")))
    people.write(world, person.chat, "la mission locale")
    person.reply()
    asked = person.step
    assert asked not in {"", "suivi_par"}
    person.says("/resume")
    texts = [one.text for one in world.chats[person.chat].messages.values() if not one.mine]
    assert len(texts) == len(set(texts)) == 3


def test_markup_that_the_server_refuses_is_said_plainly(world, person):
    world.faults.append(Fault("sendMessage", person.chat, 1, bad("can't parse entities: Unsupported start tag")))
    person.says("/demande")
    assert person.step == "suivi_par"
    assert person.labels()


def test_names_with_markup_are_shown_as_they_were_typed(person):
    person.says("/demande")
    person.fills(entreprise="R&D <Lyon> & Cie")
    assert "R&D <Lyon> & Cie" in person.last.text
    assert "R&amp;D &lt;Lyon&gt; &amp; Cie" in person.last.html


def test_a_person_who_blocks_the_bot_stops_nobody_and_finds_the_draft_again(bot, world, person, other):
    person.says("/demande")
    person.fills(until="situation")
    people.write(world, person.chat, "où en est ma demande ?")
    people.block(world, person.chat)
    other.says("/demande")
    wait_for(bot.quiet)
    people.block(world, person.chat, blocked=False)
    person.says("reprendre")
    assert person.step == "situation"


def test_in_a_group_it_says_private_only_then_leaves_and_keeps_nothing(bot, world):
    group = people.invite(world, -1000000000077)
    wait_for(lambda: group.left)
    (said,) = [one.text for one in group.messages.values()]
    assert "privée" in said
    assert bot.rows("SELECT count(*) FROM storage_sessionrow WHERE chat=?", group.id) == [(0,)]


def test_a_very_long_message_cut_by_the_client_is_one_message_with_one_reply(bot, world, person):
    person.says("/demande")
    for start in range(0, 9000, 4096):
        people.write(world, person.chat, ("je voudrais bien " * 600)[start : min(start + 4096, 9000)])
    person.reply()
    wait_for(bot.quiet)
    assert not person.fresh()
    person.says("la mission locale")
    assert person.step not in {"", "suivi_par"}


def test_odd_updates_are_passed_over_and_the_next_one_is_answered(world, person):
    for odd in ({"message_id": 1}, {"chat": {"id": "x"}}, {"chat": {"id": person.chat}, "text": {"a": 1}}, {}):
        world.push("message", odd)
    world.push("callback_query", {"id": "9", "data": "x"})
    world.push("my_chat_member", {"chat": None})
    person.says("/demande")
    wait_for(lambda: person.step == "suivi_par" or person.fresh())


def test_a_document_is_made_and_delivered(world, person):
    person.says("/demande")
    person.fills()
    person.taps("Envoyer")
    person.taps("Télécharger le récapitulatif")
    files = wait_for(lambda: [one.file for one in world.chats[person.chat].messages.values() if one.file])
    assert files[0].content.startswith(b"%PDF")
    assert "Exemple" not in files[0].name


def test_the_pages_answer_and_the_token_is_not_in_the_log(bot):
    with urllib.request.urlopen(f"{bot.pages}connexion/", timeout=30) as answer:
        assert "csrfmiddlewaretoken" in answer.read().decode()
    assert "sandbox-token-for-tests" not in bot.log()


def test_every_role_shows_that_it_is_alive(bot):
    assert {role for (role,) in bot.rows("SELECT role FROM storage_heartbeat")} >= {"intake", "worker", "web"}


@pytest.mark.cas("MED-10")
def test_an_album_gets_one_reaction_and_the_question_stays(bot, world, person):
    asked = person.says("/demande")
    photos = [people.send(world, person.chat, "photo", media_group_id="5511") for _ in range(4)]
    person.reply()
    wait_for(bot.quiet)
    assert [one.id for one in person.fresh() if one.id > person.last.id] == []
    assert person.step == "suivi_par"
    assert all(one.deleted for one in photos)
    assert asked.id < person.last.id


def test_an_answered_question_keeps_its_choice_and_none_of_its_buttons(person, world):
    asked = person.says("/demande")
    person.taps("Mission locale")
    wait_for(lambda: world.chat(person.chat).messages[asked.id].text.endswith("✓ Mission locale"))
    second = person.last
    person.says("mission locale de Lyon")
    wait_for(lambda: not world.chat(person.chat).messages[second.id].markup)
    live = [one.id for one in world.chat(person.chat).messages.values() if one.markup]
    assert live == [person.last.id]
