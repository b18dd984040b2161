"""The door told as soon as the table decides, whoever it is, and nobody asked what would change nothing."""

import pytest

from tests.conversation.fakes import Person

SITUATIONS = [
    (["la mission locale", "sans activité", "14/05/2003"], "la mission locale"),
    (["France Travail", "je cherche un emploi", "14/05/1985"], "France Travail"),
    (["personne", "je cherche un emploi", "14/05/1985", "non", "non"], "France Travail"),
    (["personne", "je cherche un emploi", "14/05/2003", "oui"], "Cap emploi"),
    (["personne", "sans activité", "14/05/2003", "passer"], "la mission locale"),
    (["personne", "je suis contractuelle à la mairie", "14/05/1990"], "France Travail"),
    (["personne", "je suis en CSP", "14/05/1980"], "France Travail"),
    (["personne", "je suis salarié en insertion", "14/05/1990"], "votre structure d'insertion"),
    (["personne", "je suis en arrêt maladie", "14/05/1979", "non", "non"], "le conseil en évolution professionnelle"),
    (["cap emploi", "je suis salarié", "14/05/1990"], "Cap emploi"),
]
ELSEWHERE = [
    (["personne", "je suis étudiante"], "votre établissement"),
    (["cap emploi", "je suis fonctionnaire"], "votre service des ressources humaines"),
    (["personne", "je suis au lycée"], "votre établissement"),
]


def said(answers):
    person = Person()
    person.says("/demande")
    return [person.says(answer).text for answer in answers]


@pytest.mark.parametrize(("answers", "organisme"), SITUATIONS, ids=[" · ".join(row[0]) for row in SITUATIONS])
def test_the_body_is_told_with_the_last_answer_that_decides_and_not_before(answers, organisme):
    *before, last = said(answers)
    assert len(answers) <= 5
    assert f"Votre demande ira à : {organisme}" in last
    assert "Il faudra une convention" in last
    assert "vérifié le" in last
    assert not any("Votre demande ira à" in text for text in before)


@pytest.mark.parametrize(("answers", "organisme"), ELSEWHERE, ids=[" · ".join(row[0]) for row in ELSEWHERE])
def test_another_scheme_is_told_by_the_third_question_and_disability_is_not_asked(answers, organisme):
    *before, last = said(answers)
    assert "ce n'est pas une PMSMP" in last
    assert organisme in last
    assert not any("RQTH" in text for text in [*before, last])


@pytest.mark.parametrize("answers", [row for row, _ in SITUATIONS if row[0] != "personne"])
def test_whoever_is_followed_is_never_asked_about_disability(answers):
    assert not any("RQTH" in text for text in said(answers))
