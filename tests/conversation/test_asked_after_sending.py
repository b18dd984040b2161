"""What a person asks of a request already sent, in words: its documents, its list, where it went."""

from dataclasses import replace

import pytest

from bot.content.paroles import load_words
from tests.conversation.fakes import ROOT, at, imported_house

HOUSE = replace(imported_house(), spoken=load_words(ROOT / "knowledge"))


@pytest.fixture
def person():
    someone = at("recap", lives_in=HOUSE)
    someone.taps("Envoyer")
    return someone


@pytest.mark.parametrize(
    ("said", "kind"),
    [("le pdf stp", "pdf"), ("je peux avoir une copie ?", "pdf"), ("le fichier agenda", "ics"),
     ("ajoute les dates à mon calendrier", "ics")],
)  # fmt: skip
def test_a_document_is_given_for_the_asking(person, said, kind):
    assert person.says(said).attachment.kind == kind


@pytest.mark.parametrize("said", ["le message pour l'entreprise", "je veux le mail à envoyer au patron"])
def test_the_message_to_the_host_comes_alone_to_be_copied_and_names_the_office(person, said):
    person.says(said)
    intro, message = person.shown
    assert "mailto:" in intro.text
    assert "Mission locale - Bron Décines Meyzieu" in message.text
    assert message.buttons == ()


@pytest.mark.parametrize(
    ("said", "line"),
    [("1 c'est fait", "1. Trouvez"), ("coche la 2", "2. Répondez"), ("j'ai signé la convention", "3. Signez")],
)
def test_a_line_of_the_list_is_ticked_in_words_and_never_unticked_by_them(person, said, line):
    for _ in range(2):
        ticked = [one for one in person.says(said).text.splitlines() if one.endswith(": fait")]
        assert len(ticked) == 1
        assert ticked[0].startswith(line)


@pytest.mark.parametrize("said", ["coche la 6", "coche la 9"])
def test_what_the_body_does_is_ticked_by_nobody(person, said):
    text = person.says(said).text
    assert "Ce qu'il vous reste à faire" in text
    assert not any(line.endswith(": fait") for line in text.splitlines())


def test_one_s_data_names_the_office_that_holds_the_request(person):
    assert "chez Mission locale - Bron Décines Meyzieu" in person.says("mes données").text


def test_nothing_of_this_is_heard_while_a_form_is_being_filled():
    someone = at("metier", lives_in=HOUSE)
    assert someone.says("le message pour l'entreprise").attachment is None
    assert someone.asked == "metier"
