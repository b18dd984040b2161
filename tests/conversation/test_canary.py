"""What must not be sent, sent in every question: in no session, no effect and no reply."""

import pytest

from bot.form.demande_flow import demande_flow
from tests.conversation.fakes import Person, at, imported_house

SECRETS = {
    "2 85 05 78 006 084 41": "084",
    "FR76 3000 6000 0112 3456 7890 189": "7890",
    "c'est le numéro de ma voisine 06 98 76 54 32": "98 76 54",
    "je suis séropositif": "positif",
}
HOST = {"entreprise", "siret", "adresse", "tuteur", "deja_accueilli", "signataire", "precautions"}
YOUNG = {"representant", "representant_email"}
ASKED = {"tuteur", "representant", "representant_email", "signataire"}
"""Questions that ask for somebody else's number."""


def reached():
    for step in demande_flow().steps:
        if step.name in {
            "amenagements",
            "urgence",
            "employeur",
            "contrat",
            "rsa",
            "cadre",
            "inaptitude",
            "veut_tester_esat",
            "consentement",
        }:
            continue
        yield step.name


def before(step):
    if step == "bureau":
        return at(step, lives_in=imported_house(), suivi_par="la mission locale", commune="Feurs")
    if step in HOST:
        return at(step, hote_connu="oui")
    if step == "accueil":
        return at(step, hote_connu="oui", deja_accueilli="oui")
    if step in YOUNG:
        return at(step, date_naissance="14/05/2009")
    if step == "hote_public":
        return at(step, situation="agent contractuel du public", suivi_par="personne", hote_connu="oui")
    if step in {"sur_temps_travail", "inscrit_france_travail"}:
        return at(step, situation="je suis salarié", suivi_par="personne")
    return at(step)


@pytest.mark.parametrize("step", list(reached()))
def test_no_secret_is_kept_whatever_the_question(step):
    for text, secret in SECRETS.items():
        if step in ASKED and "numéro" in text:
            continue
        person = before(step)
        person.says(text)
        assert secret not in str(person.session), text
        assert secret not in str(person.effects), text
        assert secret not in person.last.text, text


@pytest.mark.parametrize("text", list(SECRETS))
def test_no_secret_is_kept_outside_the_form(text):
    person = Person()
    person.says(text)
    assert SECRETS[text] not in str(person.session) + str(person.effects) + person.last.text
