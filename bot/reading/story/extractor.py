"""A paragraph told at once: every field it clearly states, and nothing else. What is doubtful comes as a question."""

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.reading.names.place import Places
from bot.reading.names.trades import Trades
from bot.reading.outcome import ReadContext, Reading, Value
from bot.reading.plain import visible
from bot.reading.story import stated_dates, stated_people, stated_situation
from bot.reading.story.clauses import Story
from bot.reading.story.stated_places import Where
from bot.reading.story.stated_project import Project

LONGEST = 2000
"""Characters of a story that are read: the longest one told to date is 1,168."""

_MOST_MENDED = 4
"""Corrections of oneself that are followed in one message, the last ones."""

_REACH = 8
"""Words before a correction that may say what it corrects."""

_MENDED = re.compile(
    r"(?<![\s,;.!(])[\s,;.!(]+(?:(?:euh|ah|oups|oh)[\s,]+)?(?:non[\s,]+(?:pardon|plut[oô]t|en fait|d[ée]sol[ée]e?|attendez|je voulais dire|enfin|je me trompe)"
    r"|pardon|oups|enfin[\s,]+non|je voulais dire|je corrige|je me suis tromp[ée]e?|je me trompe)\b[\s,;:.!)]*",
    re.IGNORECASE,
)
"""Where a person corrects what they have just said."""

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
        whole = Story(shown)
        told = [part for part in _MENDED.split(shown) if part.strip()]
        if len(told) < 2:
            return self._stated(whole, ctx)
        found: dict[Champ, Reading] = {}
        for before, after in reversed(list(pairwise(told))[-_MOST_MENDED:]):
            found = {**self._stated(Story(after, short=whole.short), ctx), **found}
            found = {**self._mended(before, after, ctx), **found}
        first = self._stated(Story(told[0], short=whole.short), ctx)
        return {**self._stated(whole, ctx), **first, **found}

    def _stated(self, story: Story, ctx: ReadContext) -> dict[Champ, Reading]:
        """The fields of one story; the first finder of a field wins."""
        found: dict[Champ, Reading] = {}
        for finder in self._finders:
            for champ, reading in finder(story, ctx):
                found.setdefault(champ, reading)
        return found

    def _mended(self, before: str, after: str, ctx: ReadContext) -> dict[Champ, Reading]:
        """« à Lyon, pardon Villeurbanne »: the last words before the correction, said again with what follows it."""
        words = re.split(r"[,;.!?]\s+", before.strip(" ,;.!?"))[-1].split()[-_REACH:]
        instead = re.split(r"[,;.!?]\s|\s(?:et|je|j['’])\s?", after.strip(" ,;:.!?"), maxsplit=1)[0]
        if not words or not instead:
            return {}
        old = self._stated(Story(" ".join(words), short=True), ctx)
        for kept in range(len(words) - 1, -1, -1):
            said = self._stated(Story(" ".join((*words[:kept], instead)), short=True), ctx)
            new = {
                champ: one
                for champ, one in said.items()
                if isinstance(one, Value) and champ in old and one != old[champ]
            }
            if new:
                return dict(new)
        return {}
