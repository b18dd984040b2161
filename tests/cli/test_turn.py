"""`turn --jsonl`: one message in a given situation, and everything that it changes."""

import io
import json
from dataclasses import replace
from datetime import date

import pytest

from bot.cli.lines import answer_lines
from bot.cli.standing import Standing, standard_person
from bot.cli.turn import Situations
from bot.conversation.dialogue import Dialogue
from bot.form.demande_flow import demande_flow
from bot.form.flow import always
from tests.conversation.fakes import FakeAnswerer

TODAY = date(2026, 11, 23)
OUT = [
    "reply",
    "buttons",
    "before",
    "after",
    "pending",
    "emergency",
    "passages",
    "waits",
    "sent",
    "erased",
    "withdrawn",
    "handoff",
    "relayed",
    "message_deleted",
    "ms",
]
SAID = {
    "suivi_par": "France Travail",
    "conseiller": "agence de Chartres",
    "situation": "demandeur d'emploi",
    "date_naissance": "17/05/1994",
    "commune": "Chartres",
    "handicap": "non",
    "objectif": "découvrir un métier",
    "metier": "menuisier",
    "hote_connu": "oui",
    "entreprise": "Atelier du Bois Clair",
    "siret": "73282932000074",
    "adresse": "4 rue des Tanneurs, 28000 Chartres",
    "tuteur": "Denis Pasquier, menuisier denis.pasquier@exemple.fr 06 98 76 54 32",
    "periode": "du 7 au 18 décembre 2026",
    "horaires": "du lundi au vendredi 9h-12h et 13h-17h",
    "activites": "observer l'atelier, poncer, assister à une pose",
    "identite": "Camille Roche",
    "contact": "camille.roche@exemple.fr 06 12 34 56 78",
    "consentement": "oui",
}
"""What the standard person would type at each step; they pass what is not here."""


@pytest.fixture(scope="module")
def situations():
    return Situations.load(FakeAnswerer(), TODAY)


@pytest.fixture
def play(situations):
    """One line, answered."""
    return lambda base, text, **more: situations.handle({"id": "T", "base": base, "text": text, **more})


def _refused(situations, **line):
    out = io.StringIO()
    answer_lines(situations.handle, [json.dumps({"id": "b", **line}), '{"id": "g", "base": "neuf", "text": "ok"}'], out)
    bad, good = (json.loads(one) for one in out.getvalue().splitlines())
    assert "error" not in good
    assert bad.keys() == {"id", "error"}
    return bad["error"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ({"text": "oui"}, "base: this key is missing"),
        ({"base": "neuf"}, "text: this key is missing"),
        ({"base": "neuf", "text": 3}, "text: a text is expected"),
        ({"base": "neuf", "text": "oui", "texte": "oui"}, "texte: not a key"),
        ({"base": "midi", "text": "oui"}, "base: 'midi'"),
        ({"base": "avant:midi", "text": "oui"}, "base: 'avant:midi'"),
        ({"base": "neuf", "text": "oui", "kind": "voix"}, "kind: 'voix'"),
        ({"base": "neuf", "text": "oui", "today": "23/11/2026"}, "today: '23/11/2026'"),
        ({"base": "neuf", "text": "oui", "today": "2026-11-31"}, "today: '2026-11-31'"),
        ({"base": "neuf", "text": "oui", "said": "bonjour"}, "said: a list"),
        ({"base": "neuf", "text": "oui", "given": {"metier": "boulanger"}}, "given: nothing is answered yet"),
        ({"base": "recap", "text": "oui", "given": {"couleur": "bleu"}}, "given: 'couleur'"),
        ({"base": "recap", "text": "oui", "given": {"handicap": "bleu"}}, "given: handicap: 'bleu'"),
        ({"base": "recap", "text": "oui", "given": {"date_debut": "demain"}}, "given: date_debut: 'demain'"),
        ({"base": "recap", "text": "oui", "given": {"hote_connu": 1}}, "given: hote_connu: 1"),
        ({"base": "envoyee", "text": "oui", "desk": {"do": "sleep"}}, "desk: an object"),
        ({"base": "envoyee", "text": "oui", "desk": {"do": "write"}}, "desk: write takes text"),
        ({"base": "recap", "text": "oui", "desk": {"do": "take"}}, "desk: there is no request"),
        ({"base": "envoyee", "text": "oui", "desk": {"do": "ask", "fields": ["couleur"], "reason": "?"}}, "couleur"),
        ({"base": "recap", "text": "Décoller", "kind": "bouton"}, "text: no button 'Décoller'"),
        ({"base": "recap", "text": "oui", "kind": "modifie"}, "kind: modifie"),
    ],
)
def test_a_bad_line_is_told_what_is_wrong_and_the_next_is_answered(situations, line, named):
    assert named in _refused(situations, **line)


@pytest.mark.parametrize("base", ["neuf", "accueil", "avant:metier", "recap", "envoyee"])
@pytest.mark.parametrize("text", ["", " ", "\u200b", "😀", "a" * 4096, "mot " * 1024, "\ud800", "\x00", "*" * 50])
def test_anything_gets_one_visible_reaction_with_every_key(play, base, text):
    told = play(base, text)
    assert set(told) == set(OUT)
    assert told["reply"].strip()
    json.dumps(told)


def test_a_new_chat_has_no_answers_and_no_question(play):
    told = play("neuf", "bonjour")
    assert (told["before"], told["after"], told["pending"]) == ({}, {}, None)


def test_somebody_greeted_is_not_greeted_again_and_can_press_the_menu(play, situations):
    first, again = play("neuf", "/start"), play("accueil", "/start")
    assert first["reply"] != again["reply"]
    label = situations.standing.dialogue.house.words.say("menu.demande")
    assert play("accueil", label, kind="bouton")["pending"] == "suivi_par"


def test_everything_answered_shows_the_summary_with_its_values(play):
    told = play("recap", "/resume")
    assert told["before"] == standard_person()
    assert told["pending"] == "recap"


def test_a_request_sent_has_no_draft_left_and_its_fields_stand(play):
    told = play("envoyee", "/statut")
    assert (told["before"], told["after"], told["pending"]) == (standard_person(), standard_person(), None)


def test_the_form_asks_the_step_named_and_keeps_the_answer(play):
    told = play("avant:entreprise", "Garage du Pont")
    assert "entreprise" not in told["before"]
    assert told["after"]["entreprise"] == "Garage du Pont"
    assert told["pending"] == "siret"


@pytest.mark.parametrize("step", [step.name for step in demande_flow().steps])
def test_every_step_of_the_form_can_be_the_one_on_screen(situations, step):
    assert situations.standing.at(f"avant:{step}", {}, TODAY).pending() == step


@pytest.mark.parametrize("step", ["conseiller", "tuteur", "activites", "consentement", "recap"])
def test_a_base_built_is_the_base_played(situations, step):
    # Nobody in this situation is asked about a disability; a base says it anyway, as the cases' person does.
    built = situations.standing.at("recap" if step == "recap" else f"avant:{step}", {"handicap": None}, TODAY)
    played = situations.standing.at("neuf", {}, TODAY)
    played.says("/demande")
    for _ in range(60):
        if played.pending() == step:
            break
        played.says(SAID.get(played.pending(), "passer"))
    if step == "recap":
        # The yes was noted under the summary, and sending asked: not yet, and shown whole again, as the base shows it.
        played.says(situations.standing.dialogue.house.words.say("boutons.envoi_non"), "bouton")
        played.says(situations.standing.dialogue.house.words.say("boutons.revoir"), "bouton")
    assert [one.label for one in built.screen] == [one.label for one in played.screen]
    for text in ("", "retour", "récapitulatif", "/annuler", "remets comme avant"):
        ours, theirs = replace(built), replace(played)
        assert ours.says(text).replies[0].text == theirs.says(text).replies[0].text
        assert (ours.fields(), ours.pending()) == (theirs.fields(), theirs.pending())


def test_an_optional_question_added_later_counts_as_passed(situations):
    """The extras of the summary, asked of everybody: the standard person answers none."""
    house = situations.standing.dialogue.house
    asked = tuple(replace(step, when=always) if step.name == "urgence" else step for step in house.flow.steps)
    later = Standing(Dialogue(replace(house, flow=replace(house.flow, steps=asked))))
    for base in ("avant:consentement", "recap"):
        assert later.at(base, {}, TODAY).pending() == base.removeprefix("avant:")
    contact = later.at("avant:contact", {}, TODAY)
    contact.says("lea@exemple.fr 06 12 34 56 78")
    assert contact.pending() == "consentement"


def test_what_is_given_is_laid_over_the_base_and_none_takes_away(play):
    told = play("avant:activites", "/statut", given={"prenom": "Lou", "siret": None, "commune": None})
    assert told["before"]["prenom"] == "Lou"
    assert told["before"].keys().isdisjoint({"siret", "commune"})


def test_one_line_leaves_nothing_to_the_next(play):
    first, other, again = (play("avant:metier", text) for text in ("boulanger", "fleuriste", "boulanger"))
    assert first["after"] != other["after"]
    assert {**first, "ms": 0} == {**again, "ms": 0}


def test_what_was_said_before_is_played_first(play):
    told = play("avant:metier", "oui", said=["boulanger"])
    assert told["before"]["metier"] != standard_person()["metier"]
    assert told["after"]["hote_connu"] is True


def test_the_button_send_sends_once_and_the_second_press_sends_nothing(play, situations):
    label = situations.standing.dialogue.house.words.say("boutons.envoyer")
    assert play("recap", label, kind="bouton")["sent"] == 1
    assert play("envoyee", label)["sent"] == 0


def test_a_request_is_sent_before_an_immersion_that_has_begun(play):
    told = play("envoyee", "/statut", today="2026-12-10")
    assert told["before"] == standard_person()


def test_a_request_that_the_summary_would_not_send_today_stands_as_sent(play):
    told = play("envoyee", "/statut", given={"hote_connu": False})
    assert told["before"]["hote_connu"] is False
    assert (told["before"].keys() & {"entreprise", "lieu"}, told["pending"]) == (set(), None)


def test_what_a_yes_would_do_is_named(play):
    assert play("recap", "/effacer")["waits"] == "erase"
    assert play("recap", "/annuler")["waits"] == "stop"
    assert play("envoyee", "je veux retirer ma demande")["waits"] == "withdraw"
    assert play("recap", "/aide")["waits"] is None


def test_what_is_done_is_told(play):
    assert play("envoyee", "oui", said=["/effacer"])["erased"]
    assert play("envoyee", "oui", said=["je veux retirer ma demande"])["withdrawn"]
    assert play("envoyee", "sans le brouillon", said=["/humain"])["handoff"]
    assert play("avant:metier", "voilà", kind="legende")["message_deleted"]
    assert play("avant:metier", "je veux mourir")["emergency"] == "suicide"
    assert play("accueil", "c'est payé ?")["passages"] == ["remuneration#paye"]


def test_an_edited_message_corrects_the_answer_it_gave(play):
    told = play("avant:identite", "Lou Roche", said=["Lea Roche"], kind="modifie")
    assert (told["before"]["prenom"], told["after"]["prenom"]) == ("Lea", "Lou")


def test_the_desk_writes_and_takes_in_a_hand_off(play):
    for desk in ({"do": "write", "text": "Bonjour."}, {"do": "take"}):
        told = play("envoyee", "merci à vous", said=["/humain", "sans le brouillon"], desk=desk)
        assert told["handoff"]
        assert told["relayed"]


def test_the_desk_asks_for_a_field_which_stands_until_it_is_answered(play):
    desk = {"do": "ask", "fields": ["activites"], "reason": "Détaillez."}
    told = play("envoyee", "poncer et vernir", desk=desk)
    assert told["before"] == standard_person()
    assert told["after"] == {**standard_person(), "activites": "poncer et vernir"}


def test_the_desk_takes_or_refuses_a_request(play):
    words = play("envoyee", "/statut", desk={"do": "take"})["reply"], play("envoyee", "/statut")["reply"]
    assert words[0] != words[1]
    told = play("envoyee", "/statut", desk={"do": "refuse", "reason": "Hors délai."})
    assert told["reply"] not in words
