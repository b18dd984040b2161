"""A counsellor who would give a request to another body asks the person first."""

import pytest

from bot import casework
from bot.domain.demande import Role
from bot.domain.turn import AnswerTransfer
from bot.errors import TransitionError
from tests.conversation.fakes import NOW, at


def asked():
    person = at("recap")
    person.taps("Envoyer")
    person.is_asked_to_move("cap-emploi", "Cap emploi connaît mieux ce métier.")
    return person


def test_nothing_moves_before_the_person_agrees():
    person = asked()
    assert person.dossier.demandes[-1].organisme == "mission-locale"
    for part in (
        "Cap emploi connaît mieux ce métier.",
        "liraient alors vos réponses",
        "Rien ne change sans votre accord",
    ):
        assert part in person.last.text


@pytest.mark.parametrize(("said", "organisme"), [("oui", "cap-emploi"), ("non", "mission-locale")])
def test_the_answer_in_words_is_carried_out_and_traced(said, organisme):
    person = asked()
    person.says(said)
    sent = person.dossier.demandes[-1]
    assert sent.organisme == organisme
    assert sent.evenements[-1].quoi == ("transferee" if said == "oui" else "transfert_refuse")
    assert sent.evenements[-1].auteur == Role.PERSONNE


def test_the_buttons_stay_good_after_another_question_and_answer_once():
    person = asked()
    agree = person.button("Oui, la confier à Cap emploi").data
    person.says("c'est payé ?")
    person.says("oui")
    assert person.dossier.demandes[-1].organisme == "mission-locale"
    person.presses(agree)
    assert person.dossier.demandes[-1].organisme == "cap-emploi"
    person.presses(agree)
    assert "n'attend plus de réponse" in person.last.text
    assert [type(one) for one in person.effects].count(AnswerTransfer) == 1


def test_two_proposals_never_wait_at_once_and_a_refused_one_may_be_made_again():
    person = asked()
    sent = person.dossier.demandes[-1]
    kept = {"role": Role.CONSEILLER, "auteur": "conseiller", "at": NOW, "motif": "Encore."}
    with pytest.raises(TransitionError):
        casework.propose_transfer(sent, "france-travail", **kept)
    refused = casework.answer_transfer(sent, accepte=False, at=NOW)
    assert casework.proposed(casework.propose_transfer(refused, "france-travail", **kept)).vers == "france-travail"
    with pytest.raises(TransitionError):
        casework.answer_transfer(refused, accepte=True, at=NOW)
