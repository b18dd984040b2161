"""What is no question gets a human line, never a card; a complaint is answered from the last answer."""

import pytest

from bot.answers.courtesy import courtesy
from bot.answers.refusals import refused
from bot.answers.repairs import repair
from bot.domain.answer import Answer, Clarify, Question, Refus, Refusal, Smalltalk
from tests.answers.conftest import TODAY


def ask(answerer, text, *history):
    return answerer.answer(Question(text, TODAY, history))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("désolé", "excuse"), ("oups pardon", "excuse"), ("excusez-moi pour tout à l'heure", "excuse"),
        ("vous êtes qui au juste ?", "robot"), ("t ki", "robot"), ("tu es qui en fait ?", "robot"),
        ("Le tuteur est sympa", "content"), ("ça se passe très bien, merci, une super équipe !", "content"),
        ("j'ai trouvé mon patron toute seule", "content"), ("le tuteur est sympa mais je suis seul", ""),
        ("désolé, c'est payé ?", ""), ("cddi c'est quoi", ""),
    ],
)  # fmt: skip
def test_each_kind_of_courtesy_has_its_line(text, code):
    assert courtesy(text) == code


@pytest.mark.parametrize("text", ["il fait beau aujourd'hui", "c'est la vie", "j'ai faim", "ça va être long"])
def test_a_mood_or_the_weather_gets_no_card(real, text):
    outcome = ask(real, text)
    assert isinstance(outcome, Smalltalk) or outcome == Clarify(())


@pytest.mark.parametrize(
    "text", ["mon lapin ne mange plus", "meilleur kebab de Lille", "recette de la tarte aux pommes"]
)
def test_another_subject_is_refused_even_without_a_question_mark(real, text):
    assert isinstance(ask(real, text), Refusal)


def test_the_sources_of_the_last_answer_are_given_when_they_are_asked_for(real):
    last = ask(real, "c'est payé ?")
    assert ask(real, "d'où vient cette info ?", "c'est payé ?") == last


def test_a_plainer_answer_is_the_detail_of_the_same_passage(real):
    last, again = ask(real, "c'est payé ?"), ask(real, "reformule", "c'est payé ?")
    assert again.passages == last.passages
    assert again.court != last.court
    assert again.court in " ".join(last.detail.split()) or len(again.court) <= 450


@pytest.mark.parametrize("text", ["c'est pas ma question", "t'as pas répondu", "tu te répètes"])
def test_a_complaint_gets_the_other_passages_it_might_have_been(real, text):
    outcome = ask(real, text, "c'est payé ?")
    assert isinstance(outcome, Clarify)
    said = ask(real, "c'est payé ?").passages
    assert not {one.ref for one in outcome.suggestions} & set(said)


@pytest.mark.parametrize(
    "text", ["tu dis n'importe quoi mon pauvre", "ça ne m'avance pas beaucoup", "lis mieux la prochaine fois"]
)
def test_a_complaint_in_no_known_words_is_heard_as_one_too(real, text):
    assert repair(text) == "" or repair(text) == "autre_question"
    assert not isinstance(ask(real, text, "c'est payé ?"), Answer)


@pytest.mark.parametrize(
    "text", ["ah d'accord je comprends mieux", "merci c'est très clair", "on m'appelle je reviens"]
)
def test_thanks_after_an_answer_do_not_get_it_again(real, text):
    assert isinstance(ask(real, text, "c'est payé ?"), Smalltalk)


@pytest.mark.parametrize(
    "text",
    [
        "j'ai une question", "tu peux m'aider ?", "je peux vous demander un truc ?", "attends deux secondes",
        "qui t'a fabriqué", "c'est parti", "pardon je me suis énervé",
    ],
)  # fmt: skip
def test_what_comes_before_a_question_is_none(real, text):
    assert isinstance(ask(real, text), Smalltalk)


@pytest.mark.parametrize(
    "text", ["merci pour tout franchement", "à très vite", "pardon je me suis énervé", "j'ai frappé à plusieurs portes"]
)
def test_a_word_of_courtesy_is_no_danger(real, text):
    assert real.emergency(text) == ""


def test_a_complaint_about_nothing_is_an_apology(real):
    assert ask(real, "c'est pas ma question") == Smalltalk("reparation")


@pytest.mark.parametrize(
    "text",
    [
        "mon patron m'a dit d'antidater la convention, que faire ?", "on m'a copié la signature, à qui le dire ?",
        "comment reconnaître une fausse annonce de stage ?", "j'ai reçu une fausse convention",
    ],
)  # fmt: skip
def test_fraud_suffered_is_not_fraud_asked_for(text):
    assert refused(text) is not Refus.UNSAFE


@pytest.mark.parametrize("text", ["comment antidater une convention ?", "fais-moi une fausse convention"])
def test_fraud_asked_for_is_refused(text):
    assert refused(text) is Refus.UNSAFE


def test_an_answer_still_answers(real):
    assert isinstance(ask(real, "c'est payé ?"), Answer)


@pytest.mark.parametrize("text", ["glouglou gnagna", "hjkdfhg skdjfh", "xqz", "patate", "dfgdfg dfgdfg dfg", "grumpf"])
def test_what_means_nothing_here_is_not_understood_and_gets_no_card(real, text):
    assert ask(real, text) == Clarify(())


def test_a_rule_that_is_asserted_is_no_opinion_asked_for():
    assert refused("je dois quitter mon poste avant l'immersion, c'est ça ?") is None
    assert refused("je dois démissionner pour faire une immersion ?") is None
    assert refused("est-ce que je dois démissionner de mon travail ?") is Refus.OPINION


def test_who_may_sign_for_another_is_asked_and_signing_for_another_is_not(real):
    assert refused("la responsable de magasin peut signer à la place du directeur ?") is None
    assert refused("je vais signer à la place de ma mère") is Refus.UNSAFE


@pytest.mark.parametrize(
    "text",
    ["ma dissertation sur la virgule et le nectar", "mon hamster mâchouille le rideau du salon, immersion ?"],
)
def test_words_that_no_answer_shares_say_that_the_heart_is_elsewhere(real, text):
    assert not isinstance(real.answer(Question(text, TODAY)), Answer)
