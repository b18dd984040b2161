"""A ready e-mail opens with its subject and its text, whatever they hold."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.domain.courriel import LONGEST, mailto


def read(link):
    parts = urlsplit(link)
    fields = parse_qs(parts.query.replace("+", "%2B"), keep_blank_values=True)
    return unquote(parts.path), fields["subject"][0], fields["body"][0]


@pytest.mark.parametrize("texte", ["Bonjour,\nc'est à l'été & à 100 % ?", "a+b=c", "« œuvre » €", "une\r\nautre", "😀"])
def test_what_is_written_is_what_is_read(texte):
    to, subject, body = read(mailto("paul@exemple.fr", "Immersion : demande d'accueil", texte))
    assert to == "paul@exemple.fr"
    assert subject == "Immersion : demande d'accueil"
    assert body.replace("\r\n", "\n") == texte.replace("\r\n", "\n")


def test_spaces_are_never_pluses_and_lines_end_as_mail_wants():
    link = mailto("", "deux mots", "un\ndeux")
    assert "+" not in link
    assert link == "mailto:?subject=deux%20mots&body=un%0D%0Adeux"


@pytest.mark.parametrize("adresse", ["", "pas une adresse", "a@b@c", "a@b.fr?cc=x@y.fr", "a@b.fr&bcc=z@y.fr", "a@b.fr,c@d.fr",
                                     "a@b.fr\nBcc: x@y.fr"])  # fmt: skip
def test_nothing_is_added_to_the_address(adresse):
    assert mailto(adresse, "x", "y") == "mailto:?subject=x&body=y"


@pytest.mark.parametrize("texte", ["é" * 5000, "mot " * 3000, "\n" * 4000 + "x", "\ud800" * 10, "%" * 3000])
def test_a_long_text_stays_within_what_a_phone_opens(texte):
    link = mailto("a@b.fr", "objet" * 50, texte)
    assert len(link) <= LONGEST
    read(link)
