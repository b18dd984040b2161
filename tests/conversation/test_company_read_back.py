"""The host's name and address are read back from its SIRET, where the public register is set."""

from dataclasses import replace

import pytest

from bot.conversation.dialogue import Dialogue
from bot.domain.organisme import Entreprise
from tests.conversation.fakes import at, house


class Register:
    """The public register, with one company."""

    def __init__(self, *, ouverte=True):
        self.ouverte = ouverte

    def find(self, siret):
        return Entreprise(siret, "BOULANGERIE MARTIN", "12 rue des Lilas, 69500 Bron", ouverte=self.ouverte)


@pytest.mark.parametrize(("ouverte", "said"), [(True, "12 rue des Lilas, 69500 Bron"), (False, "fermé")])
def test_the_name_and_address_of_a_siret_are_read_back(ouverte, said):
    person = at("siret", hote_connu="oui")
    person.dialogue = Dialogue(replace(house(), companies=Register(ouverte=ouverte)))
    reply = person.says("73282932000074")
    assert "BOULANGERIE MARTIN" in reply.text
    assert said in reply.text


def test_nothing_is_said_where_no_register_is_set():
    assert "BOULANGERIE" not in at("siret", hote_connu="oui").says("73282932000074").text
