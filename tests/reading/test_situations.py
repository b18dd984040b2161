"""What people write when asked what they do today."""

from datetime import date

import pytest

from bot.formats import LibraryFormats
from bot.reading.choices.situations import read_body, read_situation
from bot.reading.outcome import Ask, ReadContext, Rejected, Value
from tests.conversation.fakes import house

CONTEXT = ReadContext(date(2026, 11, 25), house().regles, LibraryFormats())

SAID = {
    "lyceen": (
        "jsui o lycee", "je suis en terminale", "en 3eme au collège", "licéenne", "jpasse mon bac cette année",
        "g 17 ans jsui en 1ere", "je vais encore à l'école", "en bac pro",
    ),
    "etudiant": (
        "étudiante en psycho", "a la fac", "en L2 de droit", "jsui en bts", "je fais des études d'histoire",
        "en école de commerce", "étudie à Lyon", "master 1",
    ),
    "demandeur-emploi": (
        "o chomage", "chomeuse depuis juin", "je cherche du taf", "jai perdu mon boulot", "j'ai plus de travail",
        "je viens d'être licenciée", "g plu de taf", "inscrit à pôle emploi", "en recherche d'emploi",
        "je cherche activement un emploi",
    ),
    "salarie-prive": (
        "je bosse chez Carrefour", "en CDI", "j'ai un boulot à mi-temps", "employée dans un magasin", "intérimaire",
        "ouvrier dans une usine", "moi je taffe dans le batiment",
    ),
    "sans-activite": (
        "mère au foyer", "je m'occupe de mes enfants", "rien", "je suis à la maison", "ni emploi ni formation",
    ),
    "alternant": ("apprenti boulanger", "en alternance", "contrat pro chez Orange"),
    "fonctionnaire": ("fonctionnaire territorial", "titulaire à la mairie", "je suis titularisée"),
    "contractuel-public": ("contractuelle à l'hôpital", "vacataire"),
    "independant": ("auto-entrepreneur", "j'ai ma propre boîte", "à mon propre compte", "profession libérale"),
    "arret-maladie": ("en arrêt maladie", "jsui en arret", "en longue maladie"),
    "conge-parental": ("congé parental jusqu'en mars",),
    "retraite": ("je suis retraité",),
    "csp": ("en CSP",),
    "esat": ("je travaille en ESAT",),
    "salarie-insertion": ("je bosse dans un chantier d'insertion", "CDDI"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), [(text, value) for value, texts in SAID.items() for text in texts])
def test_a_situation_said_in_ones_own_words_is_read(text, value):
    assert read_situation(text, CONTEXT) == Value(value)


@pytest.mark.parametrize("text", ["étudiant et salarié", "je suis en cdi mais je cherche un emploi"])
def test_two_situations_are_asked_about(text):
    assert isinstance(read_situation(text, CONTEXT), Ask)


@pytest.mark.parametrize("text", ["je ne travaille pas", "pas salarié", "je sais pas trop"])
def test_what_only_denies_is_asked_about(text):
    assert isinstance(read_situation(text, CONTEXT), Ask)


@pytest.mark.parametrize("text", ["bleu", "12/05/2003", "Villeurbanne", "bonjour"])
def test_what_says_no_situation_is_refused(text):
    assert isinstance(read_situation(text, CONTEXT), Rejected)


@pytest.mark.parametrize("text", ["non", "nan", "pas encore", "personne", "aucun conseiller"])
def test_a_no_to_who_follows_you_is_nobody(text):
    assert read_body(text, CONTEXT) == Value("aucun")
