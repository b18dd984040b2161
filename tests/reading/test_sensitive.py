"""What must not be kept is recognised before storage; what looks like it and is not goes through."""

import pytest

from bot.reading.outcome import Rejected, Value

FOUND = {
    "nir": [
        "2 85 05 78 006 084 36", "285057800608436", "1 99 06 2A 112 005 47", "199062A11200547",
        "mon numéro de sécu est 2 85 05 78 006 084", "2.85.05.78.006.084.36", "boulanger 285057800608436",
        "2 85 05 78 006 084 / 36", "２８５０５７８００６０８４３６", "2 85 05 78 006 084 37",
    ],
    "iban": [
        "FR76 3000 6000 0112 3456 7890 189", "fr7630006000011234567890189", "mon rib FR76 3000 6000 0112 3456 7890 189 svp",
        "DE89370400440532013000", "FR7630006000011234567890188",
    ],
    "carte": ["4539 1488 0343 6467", "4539148803436467", "ma carte bleue 4970 1012 3456 7890", "3714 496353 98431"],
    "mot_de_passe": ["mon mot de passe est Soleil2026", "mdp : azerty12", "mdp azerty12", "mon mdp c'est Bonjour1"],
    "identifiant": [
        "mon identifiant France Travail est 1234567A", "1234567A", "numéro allocataire 1234567", "passeport 12AB34567",
        "mon n° étranger 9912345678",
    ],
    "sante": [
        "j'ai une schizophrénie, je peux ?", "je suis enceinte de 5 mois", "je suis séropositif", "diabétique",
        "je sors d'un burn out", "j'ai mal au dos", "je suis sous antidépresseurs", "JE SUIS BIPOLAIRE",
        "boulanger mais je suis enceinte", "mon fils est autiste", "j'ai mal à la tête", "j'ai des migraines de fatigue", "j'ai mal aux yeux depuis hier", "je suis suivi par un psychiatre",
    ],
    "tiers": ["voici le numéro de ma conseillère Mme X 06 12 34 56 78", "le mail de mon conseiller c'est paul@exemple.fr"],
}  # fmt: skip

KEPT = [
    "73282932000074", "732 829 320 00074", "35600000000048", "06 12 34 56 78", "+33 6 12 34 56 78", "14/05/2000",
    "du 7 au 18 décembre 2026", "FR44732829320", "01 42 68 53 00 ou 06 12 34 56 78", "j'ai oublié mon mot de passe",
    "je suis en arrêt maladie", "j'ai la RQTH", "je suis travailleur handicapé", "je suis en fauteuil roulant",
    "je suis aide-soignant", "je veux travailler avec des enfants autistes", "infirmier en psychiatrie",
    "secrétaire médicale", "déclaré inapte", "opérateur de traitement de surface", "j'ai mal compris",
    "problèmes de transport", "enseignant pour sourds et malentendants", "Paul Durand, gérant, paul@exemple.fr",
    "ma mère Claire 06 12 34 56 79", "ma conseillère s'appelle Mme Dupont", "la santé au travail",
    "g mal a la tete de tes kestion", "j'ai mal au crâne avec vos questions", "j'ai mal aux yeux à force de lire ces pages",
    "j'ai la migraine avec votre formulaire", "mal à la tête de toutes ces questions",
]  # fmt: skip

WELCOME = [
    "fauteuil roulant, accès sans marche", "des pauses plus fréquentes", "un logiciel pour malvoyants",
    "un interprète en langue des signes", "éviter de porter des charges lourdes",
]  # fmt: skip


@pytest.mark.parametrize(("category", "text"), [(name, text) for name, texts in FOUND.items() for text in texts])
def test_sensitive_data_is_recognised_and_refused_in_a_free_field(category, text, reader, context):
    assert reader.sensitive(text, context()) == category
    assert reader.read("texte_libre", text, context()) == Rejected(f"texte.{category}")


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_sensitive_goes_through(text, reader, context):
    assert reader.sensitive(text, context()) == ""


@pytest.mark.parametrize("text", WELCOME)
def test_an_adjustment_is_welcome_without_its_cause(text, reader, context):
    assert reader.read("texte_libre", text, context(champ="amenagements")) == Value(text)


def test_a_contact_is_welcome_where_it_is_asked_for(reader, context):
    text = "mon ami Paul 06 12 34 56 78"
    assert reader.sensitive(text, context()) == "tiers"
    assert reader.sensitive(text, context(champ="urgence_nom")) == ""


def test_a_wrong_message_never_repeats_what_was_sent(reader, context, words):
    for category, texts in FOUND.items():
        reading = reader.read("texte_libre", texts[0], context())
        assert texts[0] not in words.reading(reading.code, reading.params), category
