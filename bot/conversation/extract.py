"""A paragraph told at once: every field it clearly states, and nothing else. What is doubtful comes as a question."""

import re
from collections.abc import Callable, Iterator, Mapping

from bot.conversation import stated_dates, stated_people, stated_situation
from bot.conversation.clauses import Story
from bot.conversation.places import Places
from bot.conversation.plain import visible
from bot.conversation.slots import ReadContext, Reading
from bot.conversation.stated_places import Where
from bot.conversation.stated_project import Project
from bot.conversation.trades import Trades
from bot.domain.demande import Champ

LONGEST = 4200
Found = Iterator[tuple[Champ, Reading]]


class Extractor:
    """Finds the fields stated in a free text."""

    def __init__(self, places: Places, trades: Trades) -> None:
        project, where = Project(trades), Where(places)
        self._finders: tuple[Callable[[Story, ReadContext], Found], ...] = (
            stated_situation.followed,
            stated_situation.situation,
            stated_situation.flags,
            project.objective,
            where.host,
            project.trade,
            where.places,
            stated_dates.birth,
            stated_dates.period,
            stated_dates.hours_found,
            stated_people.identity,
            stated_people.contacts,
        )

    def extract(self, text: str, ctx: ReadContext) -> Mapping[Champ, Reading]:
        """Every field stated, as a value or as a question to ask back; the first finder of a field wins."""
        shown = visible(text)[:LONGEST]
        if not re.search(r"[^\W\d_]{2}", shown):
            return {}
        story = Story(shown)
        found: dict[Champ, Reading] = {}
        for finder in self._finders:
            for champ, reading in finder(story, ctx):
                found.setdefault(champ, reading)
        return found
