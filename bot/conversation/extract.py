"""A paragraph told at once: every field it clearly states, and nothing else."""

from collections.abc import Mapping

from bot.conversation.places import Places
from bot.conversation.slots import ReadContext, Reading
from bot.conversation.trades import Trades
from bot.domain.demande import Champ


class Extractor:
    """Finds the fields stated in a free text."""

    def __init__(self, places: Places, trades: Trades) -> None:
        self._places = places
        self._trades = trades

    def extract(self, text: str, ctx: ReadContext) -> Mapping[Champ, Reading]:
        """Every field stated, as a value or as a question to ask back."""
        return {}
