"""The terminal shows what any channel shows, and a typed label presses its button."""

from bot.channels.console import Console
from bot.conversation.dialogue import Dialogue
from tests.conversation.fakes import NOW, house


class FixedClock:
    def now(self):
        return NOW


def test_one_line_in_one_reply_out():
    said = []
    Console(Dialogue(house()), FixedClock()).run(["Préparer une demande", "[Mission locale]", "retour"], said.append)
    assert len(said) == 4
    assert "[Mission locale]" in said[1]
    assert "Étape 2 sur 6" in said[2]


def test_the_terminal_shows_no_markup():
    console = Console(Dialogue(house()), FixedClock())
    assert "*" not in console.handle("/demande")
