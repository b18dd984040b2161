"""What a label leads to is kept among words that nobody knows; what is denied is put right; a label may look back."""

import pytest


@pytest.fixture(scope="session")
def fields(told):
    """What a message says at a question, by field."""
    return lambda *args, **known: told(*args, **known)[0]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (
            ("La clinique c'est la Clinique vétérinaire du Causse, 12 route du Lac, le SIRET qu'ils m'ont trouvé en fouillant"
            " est 732 829 320 00074."),
            {"entreprise": "Clinique vétérinaire du Causse", "adresse": "12 route du Lac", "siret": "732 829 320 00074"},
        ),
        (
            "On m'a bien reçue hier, ma tutrice sera Élodie Vasseur, auxiliaire spécialisée, elle a un e-mail e.vasseur@exemple.fr",
            {"tuteur": "Élodie Vasseur, auxiliaire spécialisée", "tuteur_email": "e.vasseur@exemple.fr"},
        ),
        (
            "j'ai un rendez-vous le douze alors plutôt du dix huit janvier au vingt neuf janvier et ce que je ferais c'est ranger les pièces",
            {"date_debut": "du dix huit janvier au vingt neuf janvier", "activites": "ranger les pièces"},
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_a_label_leads_to_is_kept_among_unknown_words(fields, text, kept):
    found = fields(text)
    assert {name: found.get(name) for name in kept} == kept


@pytest.mark.parametrize(
    ("text", "known", "kept"),
    [
        ("mon tuteur c'est plus Bruno c'est Sylvie Caron", {"tuteur": "Bruno Marchetti"}, {"tuteur": "Sylvie Caron"}),
        ("Sylvie Caron et pas Denis Pasquier", {"tuteur": "Denis Pasquier, menuisier"}, {"tuteur": "Sylvie Caron"}),
        ("c'est pas 4 c'est 14 rue des Tanneurs", {"adresse": "4 rue des Tanneurs, 28000 Chartres"}, {"adresse": "14 rue des Tanneurs, 28000 Chartres"}),
        ("j'habite plus à Chartres mais à Dreux", {"commune": {"nom": "Chartres"}}, {"commune": "Dreux"}),
        ("c mecano velo en fait pas mecano auto", {"metier": "mécano"}, {"metier": "mecano velo"}),
        ("le mail c'est pas d.petit@exemple.fr c'est d.petit@exemple.com", {"tuteur_email": "d.petit@exemple.fr"}, {"tuteur_email": "d.petit@exemple.com"}),
        ("le 0639981264 c le num de mehdi pas de claire", {"tuteur": "mehdi carlier", "signataire": "claire dubrulle"}, {"tuteur_telephone": "0639981264"}),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_said_to_be_wrong_is_put_right_in_its_field(fields, text, known, kept):
    assert fields(text, "", **known) == kept


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("je suis pas menuisier", {"metier": "menuisier"}),
        ("c'est plus Denis Pasquier", {"tuteur": "Denis Pasquier"}),
        ("sans porter plus de 10 kilos", {"adresse": "10 rue Foch"}),
        ("faut enlever mon nom c'est juste Karim Benali", {}),
        ("J'hésite entre le métier de libraire et celui de bibliothécaire", {}),
        ("c'est Mme Ngom, la cheffe d'atelier", {"tuteur": "Denis Pasquier"}),
        ("mon cousin est suivi par Cap emploi", {}),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_has_nothing_to_take_its_place_says_nothing(fields, text, known):
    assert fields(text, "", **known) == {}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("claire dubrulle c la patronne c elle ki signe mon tuteur c mehdi carlier mecanicien cycle",
         {"signataire": "claire dubrulle, patronne", "tuteur": "mehdi carlier, mecanicien cycle"}),
        ("Le docteur Bertrand Chalut, qui est vétérinaire associé, est d'accord pour signer", {"signataire": "docteur Bertrand Chalut, vétérinaire associé"}),
        ("la gérante, Hélène Floc'h, signera la convention", {"signataire": "Hélène Floc'h, gérante"}),
        ("mettez Philippe Roux comme signataire", {"signataire": "Philippe Roux"}),
        ("je suis suivie par France Travail mais c'est Cap emploi qui me suit en ce moment", {"suivi_par": "cap-emploi"}),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_said_right_after_a_name_is_of_whoever_bears_it(fields, text, kept):
    found = fields(text)
    assert {name: found.get(name) for name in kept} == kept


def test_where_one_lives_is_no_address_of_the_host(fields):
    assert fields("J'habite Quimper, 8 allée de Locmaria", entreprise="Clinique du Lac") == {"commune": "Quimper"}


def test_the_days_of_the_hours_are_those_of_the_dates(fields):
    found = fields("du lundi 18 au vendredi 22 janvier 2027, de 9h à 12h30 et de 14h à 17h30")
    assert found["horaires"] == "du lundi au vendredi de 9h à 12h30 et de 14h à 17h30"


def test_a_question_tied_to_what_is_told_takes_nothing_away(fields):
    found = fields("du 11 au 22 janvier et si je me blesse c'est qui qui paie ?", "periode")
    assert found == {"date_debut": "du 11 au 22 janvier"}
