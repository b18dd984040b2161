"""A message about the last answer is its own act; a new question behind it is still a question."""

import pytest

from bot.answers.repairs import repair
from bot.domain.answer import Question, Smalltalk
from tests.answers.conftest import TODAY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("t'as pas répondu", "pas_repondu"), ("vous n'avez pas répondu à ma question", "pas_repondu"),
        ("ça répond pas à ma question", "pas_repondu"), ("réponds à ma question stp", "pas_repondu"),
        ("c'est pas ma question", "autre_question"), ("j'ai pas demandé ça", "autre_question"),
        ("rien à voir", "autre_question"), ("ce n'est pas ce que je demande", "autre_question"),
        ("tu comprends rien", "autre_question"), ("vous êtes à côté de la plaque", "autre_question"),
        ("reformule", "reformule"), ("peux-tu reformuler ?", "reformule"), ("plus simple stp", "reformule"),
        ("j'ai rien compris", "reformule"), ("c'est pas clair", "reformule"), ("c'est-à-dire ?", "reformule"),
        ("explique-moi autrement", "reformule"), ("tu te répètes", "repete"), ("tu l'as déjà dit", "repete"),
        ("toujours la même réponse", "repete"), ("d'où vient cette info ?", "source"), ("c'est quoi ta source ?", "source"),
        ("tu sors ça d'où", "source"), ("t'es sûr ?", "source"), ("qui dit ça ?", "source"),
        ("autres sources ?", "autres_sources"), ("vous avez d'autres sources", "autres_sources"),
        ("plus de détails", "plus"), ("dis-m'en plus", "plus"), ("donne-moi plus d'infos", "plus"),
        ("t'es passé à côté", "autre_question"), ("relis ma question", "autre_question"),
        ("mais t'as zappé ma question", "autre_question"), ("une autre piste ?", "autre_question"),
        ("t'as inventé ça non ?", "source"), ("c'est écrit où dans la loi", "source"), ("un lien officiel ?", "source"),
        ("on peut vérifier où ?", "source"), ("change de disque", "repete"), ("c'est du chinois", "reformule"),
        ("tu peux le dire avec des mots simples", "reformule"), ("j'ai du mal à comprendre", "reformule"),
    ],
)  # fmt: skip
def test_what_is_said_of_the_last_answer_is_heard(text, code):
    assert repair(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "c'est payé ?", "t'as pas répondu, qui signe la convention ?", "l'entreprise n'a pas répondu",
        "le conseiller ne répond pas, que faire ?", "j'ai pas compris qui signe la convention de stage",
        "la mission locale n'a pas répondu à ma demande", "c'est pas clair si mon patron me paie pendant l'immersion",
        "où trouver une entreprise", "bonjour", "", "mon tuteur se répète tout le temps", "d'autres aides ?",
        "merci c'est clair", "c'est clair", "qui vérifie la convention ?", "j'ai passé le portail à côté de l'atelier",
        "combien de sources de financement pour la formation existe-t-il", "je peux refaire la même immersion ?",
    ],
)  # fmt: skip
def test_a_question_is_not_taken_for_a_complaint(text):
    assert repair(text) == ""


@pytest.mark.parametrize("text", ["j'ai rien compris, redis plus simplement", "euh attends je recommence"])
def test_other_words_asked_of_nothing_said_get_no_card(real, text):
    assert isinstance(real.answer(Question(text, TODAY)), Smalltalk)
