"""Nothing that names, numbers, locates or diagnoses anybody leaves: byte search of what a server really received."""

import itertools
import json
import random
import re
from dataclasses import replace

import pytest

from bot.answers.chooser import Candidates
from bot.config import ROOT
from bot.content.fiches import load_fiches
from bot.content.questions import load_exam
from bot.conversation.claims import Listening
from bot.domain.answer import Question
from bot.llm.pointing import ModelChooser
from tests.llm.parts import TODAY
from tests.llm.server import saying


def strangers(count, dice):
    """Names that nobody listed, as nobody could: syllables put together, without a capital."""
    first = ("typh", "maïw", "sol", "guen", "ouard", "kelj", "tzor", "yll", "bryn", "aphr")
    middle = ("an", "ev", "oui", "ezh", "ull", "iqu", "awe", "od")
    last = ("ezh", "ouen", "iek", "adzé", "oula", "vyck", "inho", "umba", "ghyan", "erlo")
    return ["".join(dice.choice(part) for part in (first, middle, last)) for _ in range(count)]


STRANGE = strangers(40, random.Random(7))
FIRST = (
    "Zinedine",
    "léa",
    "Aïssatou",
    "jean-baptiste",
    "MOHAMED",
    "Chloé",
    "Kévin",
    "fatoumata",
    "Tom",
    "nadia",
    "dorothée",
    "océane",
    "henriette",
    "grégoire",
    "ousmane",
    "maëva",
    "Noémi",
    "ilyès",
)
LAST = (
    "Benkhelifa",
    "dupont-moretti",
    "N'Guessan",
    "LE GOFF",
    "Traoré",
    "Petit",
    "Kowalczyk",
    "da silva",
    "picard",
    "le gall",
    "lefèvre",
    "teixeira",
)
PHONES = ("06 12 34 56 78", "+33612345678", "06.98.76.54.32", "0033 6 11 22 33 44", "07-55-44-33-22", "0612345679")
MAILS = ("lea.martin@exemple.fr", "zinedine_93@mail.example", "a.b+c@sous.domaine.org", "nadia (at) exemple.fr")
SIRETS = ("732 829 320 00074", "73282932000074", "552.100.554.00013", "443 061 841 00047")
NIRS = ("2 85 05 78 006 084 41", "185057800608436")
IBANS = ("FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189")
HEALTH = ("je suis séropositif", "j'ai un cancer du sein", "je suis bipolaire", "je suis sous antidépresseurs")
STREETS = ("12 rue des Lilas", "3 bis avenue Jean Jaurès", "145 boulevard de la Liberté")

TEMPLATES = (
    ("je m'appelle {first} {last} et je cherche un stage", "first last"),
    ("Bonjour, moi c'est {first}, est-ce que c'est payé ?", "first"),
    ("mon tuteur c'est {first} {last}, il veut savoir qui signe", "first last"),
    ("ma conseillère s'appelle {first} {last} et elle répond pas", "first last"),
    ("vous pouvez appeler {first} au {phone} pour la convention ?", "first phone"),
    ("mon numéro c'est le {phone}, et je voudrais savoir combien de temps ça dure", "phone"),
    ("écrivez-moi sur {mail} svp, c'est urgent pour mon dossier", "mail"),
    ("le siret de la boîte c'est {siret}, c'est bon pour la convention ?", "siret"),
    ("j'habite {street}, est-ce que le trajet est remboursé ?", "street"),
    ("{health}, est-ce que je peux quand même faire une immersion ?", "health"),
    ("on m'a dit que Monsieur {last} signe tout, c'est vrai ?", "last"),
    ("Et {first} {last} peut venir avec moi le premier jour ?", "first last"),
    ("mon maître de stage est {first} {last}, il signe ?", "first last"),
    ("je suis suivi par {first} {last}, ça change quoi ?", "first last"),
    ("{last} {first}, je peux commencer lundi ?", "first last"),
    ("avec {first} on commence lundi, c'est payé ?", "first"),
    ("vous pouvez joindre {first} {last} au {phone} ?", "first last phone"),
    ("mon num de sécu {nir} il faut le mettre ?", "nir"),
    ("mon iban {iban} c'est pour quoi faire ?", "iban"),
    ("je m'appelle {strange} {other} et je cherche un stage", "strange other"),
    ("mon tuteur cest {strange} {other}", "strange other"),
    ("jmapelle {strange}, c'est payé ?", "strange"),
    ("moi cest {strange} {last}", "strange last"),
    ("{strange} {other} peut venir avec moi le premier jour ?", "strange other"),
    ("est ce que {strange} peut signer a ma place", "strange"),
    ("jai vu {first} {strange} hier pour limmersion", "first strange"),
    ("le patron sappel {strange} {other} il veut savoir qui signe", "strange other"),
)
VALUES = {
    "first": FIRST, "last": LAST, "phone": PHONES, "mail": MAILS, "siret": SIRETS, "nir": NIRS, "iban": IBANS,
    "health": HEALTH, "street": STREETS, "strange": STRANGE[:20], "other": STRANGE[20:],
}  # fmt: skip


def messages(count=500):
    """(message, the personal data in it): the same ones each time."""
    dice = random.Random(15)
    for template, names in itertools.islice(itertools.cycle(TEMPLATES), count):
        chosen = {name: dice.choice(VALUES[name]) for name in names.split()}
        yield template.format(**chosen), tuple(chosen.values())


def test_five_hundred_messages_leave_without_what_is_personal(server, over_server, posting):
    passages = tuple(one for fiche in load_fiches(ROOT / "knowledge") for one in fiche.passages if not one.refus)[:2]
    server.script = lambda _: saying({"verdict": "ne_sait_pas", "passages": [], "motif": "sans"})
    leaked, sent = [], 0
    for at, (text, secrets) in enumerate(messages()):
        server.received.clear()
        model = posting if at % 10 else over_server
        if at % 4 < 2:
            model.chooser.choose(Candidates(Question(text, TODAY, history=(text,)), passages))
        else:
            model.ear.hear(Listening(text))
        told = [json.loads(raw[raw.index(b"{") :])["messages"][-1]["content"] for raw in server.received]
        data = [json.loads(one) for one in told]
        said = " ".join(
            " ".join((one["question"], one.get("message", ""), *one.get("avant", ()))) for one in data
        ).lower()
        sent += len(told)
        leaked += [(text, secret) for secret in secrets if found(secret.lower(), said)]
    assert leaked == []
    assert sent > 400, "a social security number or an account does not leave at all, the rest does"


def found(secret, said):
    """Whether the secret, one of its words of three letters or more, or its figures without spaces, is in what left."""
    pieces = [one for one in secret.replace("-", " ").replace("'", " ").split() if len(one) > 2]
    ordinary = {"les", "des", "rue", "suis", "sous", "cancer", "petit", "avenue", "boulevard", "bis"}
    digits = "".join(char for char in secret if char.isdigit())
    bare = "".join(char for char in said if char.isdigit())
    return any(one in said for one in pieces if one not in ordinary) or (len(digits) > 5 and digits in bare)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("c'est payé ?", "c'est payé ?"),
        ("Est-ce que France Travail paye le RSA ?", "Est-ce que France Travail paye le RSA ?"),
        ("mon tuteur c'est julie petit et elle signe", "mon tuteur c'est [NOM1] et elle signe"),
        ("appelez le 06 12 34 56 78", "appelez le [NUMERO1]"),
        ("du 3 au 14 mars, 35 h par semaine", "du 3 au 14 mars, 35 h par semaine"),
        ("je m'appelle typhanie guezennec", "je m'appelle [NOM1]"),
        ("mon tuteur cest yohan le bihan", "mon tuteur cest [NOM1]"),
        ("jmapelle typhanie, c'est payé ?", "jmapelle [NOM1], c'est payé ?"),
        ("moi cest bao, je peux commencer lundi ?", "moi cest [NOM1], je peux commencer lundi ?"),
        ("claire delattre signe aussi ?", "[NOM1] signe aussi ?"),
        ("mon tuteur c'est le patron", "mon tuteur c'est le patron"),
        ("le patron veut savoir qui signe", "le patron veut savoir qui signe"),
        ("es ce que limmersion c payé jveu savoir", "es ce que limmersion c payé jveu savoir"),
        ("j'habite à landerneau, c'est loin", "j'habite à landerneau, c'est loin"),
        (
            "J'aimerais savoir. Combien de temps ça dure ? L'entreprise signe ?",
            "J'aimerais savoir. Combien de temps ça dure ? L'entreprise signe ?",
        ),
        ("mais le palu me reprend souvent", "mais le palu me reprend souvent"),
        ("chauvin anaïs, elle peut signer ?", "[NOM1], elle peut signer ?"),
        ("madame roy m'a dit oui", "madame [NOM1] m'a dit oui"),
        ("madame, je voudrais savoir", "madame, je voudrais savoir"),
        ("je loge avenue de leblanc, c'est loin", "je loge [ADRESSE1], c'est loin"),
        ("je suis à la rue depuis un mois", "je suis à la rue depuis un mois"),
    ],
)
def test_what_is_masked_and_what_is_not(masker, text, masked):
    assert masker.mask(text).text == masked


def test_what_the_form_knows_is_masked_wherever_it_stands(masker):
    masked = masker.mask("la boulangerie du canal me prend", ("boulangerie du canal",))
    assert masked.text == "la [NOM1] me prend"


@pytest.mark.parametrize("said", ["kerloch eloise", "Eloïse KERLOC'H", "c'est Éloïse qui a dit oui", "bo et moi"])
def test_what_the_form_knows_is_masked_without_its_capitals_and_accents(masker, said):
    masked = masker.mask(said, ("Bo Éloïse", "Éloïse", "Kerloc'h", "kerloch")).text.lower()
    assert not [one for one in ("kerloch", "kerloc'h", "eloise", "eloïse", "éloïse", "bo ") if one in masked]


def test_what_the_form_knows_is_no_part_of_another_word(masker):
    assert masker.mask("une annonce", ("Ann",)).text == "une annonce"


MOST_MASKED = 0.013
"""Share of the words of the exam that may be taken for names: 1.0 % when it was measured, names of places included."""


def test_hardly_a_word_of_a_question_is_taken_for_a_name(masker):
    """A question in sixteen: what is masked wrongly is what a model does not hear."""
    texts = [row.question for row in load_exam(ROOT / "knowledge")[::16]]
    names = replace(masker, health=lambda _: ())
    left = sum(len(re.sub(r"\[NOM\d+\]", " ", names.mask(text).text).split()) for text in texts)
    assert 1 - left / sum(len(text.split()) for text in texts) < MOST_MASKED


class Nobody:
    """The `Consulted` port where nobody answers."""

    def ask(self, request):
        del request


def test_a_question_leaves_without_the_names_that_the_form_knows(masker, consignes):
    among = Candidates(
        Question("est-ce que rose petit signe aussi ?", TODAY, named=("Rose Petit", "Rose", "Petit")), ()
    )
    request = ModelChooser(Nobody(), masker, consignes.textes["choisir"]).request(among)
    assert json.loads(request.user)["question"] == "est-ce que [NOM1] signe aussi ?"


def test_a_quote_is_found_again_in_the_message_with_its_own_words(masker):
    text = "mon tuteur c'est Zinedine Benkhelifa, il est au 06 12 34 56 78 le matin"
    masked = masker.mask(text)
    assert masked.find("mon tuteur c'est [NOM1]").of(text) == "mon tuteur c'est Zinedine Benkhelifa"
    assert masked.find("[NUMERO1]").of(text) == "06 12 34 56 78"
    assert masked.find("il est au [NUMERO1] le matin").of(text) == "il est au 06 12 34 56 78 le matin"
    assert masked.find("le matin").of(text) == "le matin"


@pytest.mark.parametrize("quoted", ["", " ", "NOM1", "[NOM", "uteur", "Zinedine", "le soir", "il est au [NOM1]", "?"])
def test_a_quote_that_does_not_stand_in_the_message_word_for_word_is_nowhere(masker, quoted):
    assert masker.mask("mon tuteur c'est Zinedine Benkhelifa, il est là le matin").find(quoted) is None


@pytest.mark.parametrize(
    "secret", ["mon mot de passe est Soleil93!", "ma carte bancaire 4970 1012 3456 7890 c'est bon ?"]
)
def test_a_message_with_a_password_or_a_card_does_not_leave_at_all(server, over_server, secret):
    server.received.clear()
    assert over_server.ear.hear(Listening(secret)) is None
    passages = tuple(one for fiche in load_fiches(ROOT / "knowledge") for one in fiche.passages)[:2]
    over_server.chooser.choose(Candidates(Question(secret, TODAY), passages))
    assert server.received == []
