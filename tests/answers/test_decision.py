"""From chances to an outcome, on chances written by hand."""

import numpy as np
import pytest

from bot.answers.decision import Thresholds, Verdict, decide
from bot.answers.retriever import Ranking
from bot.domain.answer import Question, Smalltalk
from tests.answers.conftest import TODAY

LIMITS = Thresholds()


@pytest.fixture
def corpus(real):
    return real.index.corpus


def ranking(corpus, **shares):
    """Chances of the passages named (`fiche__section`), the rest spread evenly."""
    chances = np.full(len(corpus.owners), (1 - sum(shares.values())) / len(corpus.owners))
    place = {owner.ref: at for at, owner in enumerate(corpus.owners)}
    for name, share in shares.items():
        chances[place[name.replace("__", "#").replace("_", "-")]] += share
    return Ranking(chances, None, 0.0, chances)


def test_a_sure_passage_is_said_alone(corpus):
    found = decide(corpus, ranking(corpus, duree__maximale=0.95), LIMITS)
    assert (found.verdict, found.refs[0], found.rival) == (Verdict.ANSWER, "duree#maximale", "")


def test_a_passage_nearly_as_likely_is_said_too(corpus):
    found = decide(corpus, ranking(corpus, duree__maximale=0.6, remuneration__frais=0.3), LIMITS)
    assert (found.refs[0], found.rival) == ("duree#maximale", "remuneration#frais")


def test_a_second_passage_that_states_nothing_more_is_not_said(corpus):
    first, second = corpus.passages["apres#bilan"], corpus.passages["apres#bilan-contenu"]
    assert set(second.faits) <= set(first.faits)
    found = decide(corpus, ranking(corpus, apres__bilan=0.55, apres__bilan_contenu=0.4), LIMITS)
    assert (found.refs[0], found.rival) == ("apres#bilan", "")


def test_a_passage_that_could_cost_cover_is_not_said_on_a_doubt(corpus):
    assert corpus.passages["convention#avant"].critique
    found = decide(
        corpus, ranking(corpus, convention__avant=0.3, deroulement__journee=0.29, apres__suites=0.28), LIMITS
    )
    assert (found.verdict, len(found.refs)) == (Verdict.CLARIFY, 3)


def test_a_doubt_between_two_emergencies_is_an_emergency(corpus):
    doubt = ranking(corpus, urgences__suicide=0.3, urgences__danger=0.35, duree__maximale=0.3)
    assert decide(corpus, doubt, LIMITS, urgent=True).refs == ("urgences#danger",)
    assert decide(corpus, doubt, LIMITS, urgent=False).verdict is Verdict.ANSWER


def test_a_slight_chance_of_danger_offers_the_numbers_beside_the_answer(corpus):
    slight = ranking(corpus, urgences__violence=0.15, duree__maximale=0.8)
    found = decide(corpus, slight, LIMITS, urgent=True)
    assert (found.refs[0], found.worry) == ("duree#maximale", "urgences#violence")
    assert decide(corpus, slight, LIMITS, urgent=False).worry == ""


def test_what_belongs_elsewhere_is_refused_with_the_reason_most_likely(corpus):
    doubt = ranking(corpus, ailleurs__are=0.4, ailleurs__avis=0.2, remuneration__allocations=0.3)
    found = decide(corpus, doubt, LIMITS)
    assert (found.verdict, found.refus, found.renvoi) == (Verdict.REFUSE, "out_of_scope", "ailleurs#are")


def test_a_resemblance_alone_accuses_nobody(corpus):
    weak = ranking(corpus, ailleurs__fraude=0.55, immersion_facilitee__examen=0.3)
    assert decide(corpus, weak, LIMITS).verdict is Verdict.ANSWER
    sure = ranking(corpus, ailleurs__fraude=0.85, immersion_facilitee__examen=0.1)
    assert decide(corpus, sure, LIMITS).refus == "unsafe"


def test_what_asks_nothing_gets_neither_card_nor_refusal(corpus):
    assert decide(corpus, ranking(corpus, **{"~politesse": 0.8}), LIMITS).verdict is Verdict.TALK
    assert decide(corpus, ranking(corpus, **{"~plainte": 0.8}), LIMITS).verdict is Verdict.COMPLAIN


def test_a_mood_among_reasons_to_refuse_is_a_mood(real):
    said = ["j'ai passé une sale journée", "bon courage à vous"]
    assert [type(real.answer(Question(text, TODAY))) for text in said] == [Smalltalk] * len(said)


def test_a_chance_without_grounds_is_asked_back(corpus):
    sure = ranking(corpus, duree__maximale=0.97)
    assert decide(corpus, sure, LIMITS, grounds=lambda _: LIMITS.grounds).verdict is Verdict.ANSWER
    asked = decide(corpus, sure, LIMITS, grounds=lambda _: LIMITS.grounds - 0.01)
    assert (asked.verdict, asked.refs[0]) == (Verdict.CLARIFY, "duree#maximale")


def test_without_grounds_a_quarter_of_the_mass_refuses(corpus):
    doubt = ranking(corpus, duree__maximale=0.65, ailleurs__metier_info=0.3)
    assert decide(corpus, doubt, LIMITS).verdict is Verdict.ANSWER
    assert decide(corpus, doubt, LIMITS, grounds=lambda _: 0.5).verdict is Verdict.REFUSE


@pytest.mark.parametrize(
    ("first", "least"), [("duree#conseillee", LIMITS.well), ("convention#avant", LIMITS.well_critical)]
)
def test_good_grounds_answer_on_less(corpus, first, least):
    assert corpus.passages[first].critique is (least == LIMITS.well_critical)
    name = first.replace("#", "__").replace("-", "_")
    doubt = ranking(corpus, **{name: 0.38, "deroulement__journee": 0.29, "apres__suites": 0.28})
    assert decide(corpus, doubt, LIMITS, grounds=lambda _: least - 0.01).verdict is Verdict.CLARIFY
    assert decide(corpus, doubt, LIMITS, grounds=lambda _: least).verdict is Verdict.ANSWER


def test_a_message_that_names_nothing_of_here_is_refused_sooner(corpus):
    doubt = ranking(corpus, duree__maximale=0.7, ailleurs__metier_info=0.25)
    assert decide(corpus, doubt, LIMITS, named=True).verdict is Verdict.ANSWER
    assert decide(corpus, doubt, LIMITS, named=False).verdict is Verdict.REFUSE


def test_a_passage_likelier_than_a_complaint_is_no_complaint(corpus):
    shares = np.full(len(corpus.owners), 0.01 / len(corpus.owners))
    place = {owner.ref: at for at, owner in enumerate(corpus.owners)}
    shares[place["convention#copie"]] += 0.55
    shares[corpus.idle("plainte").argmax()] += 0.44
    found = decide(corpus, Ranking(shares, None, 0.0, shares), LIMITS)
    assert (found.verdict, found.refs[0]) == (Verdict.ANSWER, "convention#copie")
