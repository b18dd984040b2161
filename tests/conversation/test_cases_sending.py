"""B10, hand-off, sending, follow-up; B11 seen from the dialogue."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.dialogue import Dialogue
from bot.domain.demande import Statut
from bot.domain.turn import (
    ChangeDemande,
    CloseHandoff,
    CounsellorWrote,
    DemandeTransferred,
    Dossier,
    Handoff,
    HandoffClosed,
    OpenHandoff,
    RecordFeedback,
    RecordGap,
    RelayToCounsellor,
    StatutChanged,
)
from tests.conversation.fakes import ANSWERS, NOW, Person, at, house


@pytest.mark.parametrize(
    "text", ["je veux parler à quelqu'un", "parler à un conseiller", "/conseiller", "un humain svp"]
)
@pytest.mark.parametrize("step", ["", "suivi_par", "activites", "recap"])
def test_hnd_01_a_person_always_at_the_first_request(text, step):
    person = at(step) if step else Person()
    person.says(text)
    assert person.button("Oui")
    assert person.asked == step
    person.taps("Oui")
    assert any(isinstance(effect, OpenHandoff) for effect in person.effects)


def test_hnd_01_the_draft_goes_only_with_consent():
    with_it, without = at("recap"), at("recap")
    with_it.says("parler à quelqu'un")
    with_it.taps("Oui, avec")
    without.says("parler à quelqu'un")
    without.taps("Oui, sans")
    assert with_it.effects[-1].brouillon["metier"] == "boulanger"
    assert without.effects[-1].brouillon is None


def test_hnd_02_while_a_counsellor_holds_the_conversation_the_bot_only_relays():
    person = at("objectif")
    person.dossier = Dossier(handoff=Handoff("mission-locale", person.now, taken=True))
    before = person.session.answers
    person.says("c'est payé ?")
    assert person.effects[-1] == RelayToCounsellor("c'est payé ?")
    assert person.last.text == "Transmis au conseiller."
    assert person.session.answers == before


def test_hnd_03_a_long_wait_is_said_with_a_way_to_reach_the_body():
    person = at("objectif")
    person.dossier = Dossier(handoff=Handoff("mission-locale", person.now - timedelta(days=3)))
    person.says("il y a quelqu'un ?")
    assert "Personne n'a encore répondu" in person.last.text
    assert house().organismes["mission-locale"].contact.site in person.last.text


def test_hnd_04_when_the_hand_off_closes_the_bot_says_it_is_back():
    person = at("objectif")
    turn = person.dialogue.tell(person.session, HandoffClosed(), person.now, person.dossier)
    assert "de retour" in turn.replies[0].text
    assert person.dialogue.house.words.step("objectif", "question") in turn.replies[0].text


def test_hnd_04_the_person_can_take_the_conversation_back():
    person = at("objectif")
    person.dossier = Dossier(handoff=Handoff("mission-locale", person.now))
    person.says("revenir au robot")
    assert CloseHandoff() in person.effects


@pytest.mark.parametrize("text", ["oui envoyez", "envoyer", "Envoyez la demande svp", "ok envoie"])
def test_hnd_05_sending_in_words(text):
    person = at("recap")
    person.says(text)
    assert len(person.sent()) == 1
    person.says(text)
    assert len(person.sent()) == 1


@pytest.mark.parametrize("text", ["c'est où ma demande ?", "où en est ma demande", "/statut", "mes demandes"])
def test_hnd_06_status_body_date_and_what_comes_next(text):
    person = at("recap")
    person.taps("Envoyer")
    person.says(text)
    sent = person.sent()[0]
    for part in (sent.numero, "mission locale", "10 février 2026", "reçue"):
        assert part in person.last.text


def told(person, event):
    turn = person.dialogue.tell(person.session, event, person.now, person.dossier)
    person.session = turn.session
    person.replies += turn.replies
    assert len(turn.replies) == 1
    return turn.replies[0].text


def test_hnd_07_a_refusal_is_told_in_full():
    person = at("recap")
    person.taps("Envoyer")
    refused = replace(person.sent()[0], statut=Statut.REFUSEE)
    text = told(person, StatutChanged(refused, "Le lieu d'accueil ne peut pas vous recevoir à ces dates."))
    assert "Le lieu d'accueil ne peut pas vous recevoir à ces dates." in text
    assert house().organismes["mission-locale"].contact.site in text


def test_hnd_08_where_no_body_is_decided_nothing_is_sent_and_the_doors_are_named():
    person = at(
        "recap", situation="je suis en contrat aidé", suivi_par="personne", sur_temps_travail="non", contrat="passer"
    )
    person.taps("Envoyer")
    assert person.sent() == []
    assert "France Travail" in person.last.text
    assert "qui a signé votre contrat" in person.last.text


def test_hnd_09_a_closed_body_receives_nothing():
    closed = {slug: replace(body, ferme_le=NOW.date()) for slug, body in house().organismes.items()}
    person = at("recap")
    person.dialogue = Dialogue(replace(house(), organismes=closed))
    person.taps("Envoyer")
    assert person.sent() == []


def test_hnd_10_one_open_request_an_immersion_said_before_anything_is_sent():
    person = at("recap")
    person.taps("Envoyer")
    first = person.sent()[0]
    person.says("/demande")
    for _ in range(30):
        if person.asked == "recap":
            break
        person.says(ANSWERS[person.asked])
    person.taps("Envoyer")
    assert first.numero in person.last.text
    assert "Rien n'est parti" in person.last.text
    assert len(person.sent()) == 1
    person.taps("Retirer la demande")
    person.taps("Oui, la retirer")
    person.taps("Envoyer")
    assert person.sent()[-1].id != first.id


def test_hnd_10_another_immersion_is_another_request():
    person = at("recap")
    person.taps("Envoyer")
    person.says("/demande")
    for _ in range(30):
        if person.asked == "recap":
            break
        person.says("du 17 au 28 mars" if person.asked == "periode" else ANSWERS[person.asked])
    assert "est encore ouverte" in person.last.text
    person.taps("Envoyer")
    assert len(person.sent()) == 2


def test_hnd_12_a_field_asked_for_is_the_only_one_asked():
    person = at("recap")
    person.taps("Envoyer")
    asked = replace(person.sent()[0], statut=Statut.A_COMPLETER, a_completer=("activites", "tuteur_email"))
    person.dossier = Dossier((asked,))
    text = told(person, StatutChanged(asked, "Précisez les activités."))
    assert "Précisez les activités." in text
    assert person.asked == "activites"
    person.says("voir la cuisson et la vente")
    assert person.asked == "tuteur"
    person.says("paul@exemple.fr")
    assert person.asked == "recap"
    person.taps("Envoyer")
    change = next(effect for effect in person.effects if isinstance(effect, ChangeDemande))
    assert change.complete
    assert {one.champ for one in change.changements} == {"activites", "tuteur_email"}
    assert len(person.sent()) == 1


def test_a_counsellors_message_and_a_transfer_are_told():
    person = at("recap")
    person.taps("Envoyer")
    assert "Pouvez-vous m'appeler ?" in told(person, CounsellorWrote("Pouvez-vous m'appeler ?", "mission-locale"))
    moved = replace(person.sent()[0], organisme="cap-emploi")
    assert "Cap emploi" in told(person, DemandeTransferred(moved, "Cap emploi vous suit déjà."))


@pytest.mark.parametrize("statut", list(Statut))
def test_every_status_is_told(statut):
    person = at("recap")
    person.taps("Envoyer")
    changed = replace(
        person.sent()[0], statut=statut, a_completer=("activites",) if statut is Statut.A_COMPLETER else ()
    )
    assert person.sent()[0].numero in told(person, StatutChanged(changed, "Parce que."))


def test_what_is_sent_is_what_was_shown():
    person = at("recap", hote_connu="oui")
    person.taps("Envoyer")
    sent = person.sent()[0]
    assert sent.organisme == "mission-locale"
    assert sent.orientation["regle"] == "R-01"
    assert sent.answers["siret"] == "73282932000074"
    assert sent.answers["consentement"] is True
    assert "lieu" not in sent.answers
    assert person.session.answers == {}


def test_without_consent_nothing_can_be_sent():
    person = at("recap")
    person.says("non")
    assert person.asked == "recap"
    assert "Rien n'est transmis" in person.last.text
    assert person.sent() == []


def test_the_button_that_sends_is_the_consent_and_names_who_receives():
    person = at("recap")
    text = person.last.text
    assert person.button("Envoyer").label == "Envoyer à la mission locale"
    assert "Exemple" not in text
    for part in (
        "« Envoyer à la mission locale », c'est donner votre accord",
        "eux seuls",
        "2 ans",
        "Ne commencez jamais",
    ):
        assert part in text
    assert person.slot("consentement") is None
    person.taps("Envoyer")
    assert person.sent()[0].answers["consentement"] is True


def test_a_student_is_shown_the_right_door_and_sends_nothing():
    person = at("date_naissance", situation="etudiant", suivi_par="personne")
    for _ in range(6):
        if person.asked not in {"date_naissance", "commune", "handicap"}:
            break
        person.says(ANSWERS[person.asked])
    assert "n'est pas une PMSMP" in person.last.text
    person.says("envoyer")
    assert person.sent() == []


def test_abs_01_a_question_without_an_answer_is_recorded_as_a_gap():
    person = Person()
    person.says("quel est le plafond de gratification en alternance ?")
    assert "vérifiée" in person.last.text
    assert any(isinstance(effect, RecordGap) for effect in person.effects)


def test_a_thumb_on_an_answer_is_recorded():
    person = Person()
    person.says("c'est payé ?")
    person.taps("Utile")
    assert person.effects[-1] == RecordFeedback(("remuneration#paye",), utile=True)


def test_may_i_ends_in_an_answer_with_its_source_and_keeps_what_was_said():
    person = Person()
    person.says("/start")
    person.taps("Puis-je")
    for _ in range(6):
        if not person.asked or "Oui, une immersion" in person.last.text:
            break
        person.says(ANSWERS[person.asked])
    assert "Oui, une immersion" in person.last.text
    assert "vérifié le" in person.last.text
    assert person.count <= 6
    person.taps("Reprendre")
    assert person.asked == "commune"


def test_told_in_one_paragraph_the_request_takes_at_most_12_messages():
    person = Person()
    person.says("je veux découvrir boulanger à Lyon du 3 au 14 mars, je suis au chômage et suivi par la mission locale")
    for _ in range(20):
        if person.asked == "recap":
            break
        person.says("passer" if person.asked == "conseiller" else ANSWERS[person.asked])
    person.says("envoyer")
    assert len(person.sent()) == 1
    assert person.count <= 12, person.count


def test_with_buttons_wherever_there_are_some_the_request_takes_at_most_25_messages():
    person = Person()
    person.says("/start")
    person.taps("Préparer")
    taps = {
        "suivi_par": ["Mission"],
        "conseiller": ["Passer"],
        "situation": ["Je cherche"],
        "handicap": ["Non"],
        "objectif": ["Découvrir"],
        "hote_connu": ["Non"],
        "periode": ["Choisir", "›", "3", "13"],
        "horaires": ["du lundi"],
        "activites": ["Passer"],
        "consentement": ["Oui"],
        "recap": ["Envoyer"],
    }
    for _ in range(30):
        if person.sent():
            break
        step = person.asked
        for label in taps.get(step, []):
            person.taps(label)
        if step not in taps:
            person.says(ANSWERS[step])
    assert len(person.sent()) == 1
    assert person.count <= 25, person.count
