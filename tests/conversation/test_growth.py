"""A text costs its length and no more, at any question: four times the characters, at most six times the work.

Not at the activities: there a short text is taken at once and a long one looked into, two works that do not compare.
"""

import time
from datetime import timedelta
from statistics import median

import pytest

from bot.domain.message import UserMessage
from bot.reading.choices import yes_no
from bot.reading.names.trades import without_lead
from tests.conversation.fakes import Person, at

LONGEST = 4096
RATIO = 6.0
CHEAP = 0.01
"""Seconds of work of one turn whatever the text: what a message is taken for changes with its length, and costs this little."""

UNITS = (
    "a ", "a", "du à ", "le 1 ", "1", "1-", "j'ai ", "\n", ", ", " ", "é", "\ufdfa", "12:", "a@", "oui ", "non ", "à Lyon ",
    "pardon ", "non pardon ", "née le ", "boulanger, ", "et je ", "pas de a ", "lundi 9h ", "merci bien ", "?", "ouais",
)  # fmt: skip
STEPS = ("commune", "periode", "horaires", "identite", "recap", "")


def work(person: Person, unit: str, size: int, tries: int) -> float:
    """Seconds of this process for one turn on the unit repeated; the median of so many."""
    text = (unit * (size // len(unit) + 1))[:size]
    took = []
    for run in range(tries):
        # Another text each time: nothing is remembered from the last one.
        message = UserMessage(42, person.now + timedelta(minutes=10 + run), text=f"{text}{run}", message_id=900 + run)
        start = time.process_time()
        person.dialogue.take_turn(person.session, message, person.dossier)
        took.append(time.process_time() - start)
    return median(took)


@pytest.mark.parametrize("step", STEPS)
def test_four_times_the_text_is_at_most_six_times_the_work(step):
    person = at(step) if step else Person()
    grown = {}
    for unit in UNITS:
        for tries in (1, 3, 3):  # a longer look before accusing: another program may be busy
            short = max(work(person, unit, LONGEST // 4, tries), CHEAP)
            grown[unit] = work(person, unit, LONGEST, tries) / short
            if grown[unit] <= RATIO:
                break
    assert not {unit: ratio for unit, ratio in grown.items() if ratio > RATIO}


@pytest.mark.parametrize(
    "unit", ["oui ", "ouai ", "parfait ", "une stage ", "le métier de ", "merci ", "bien ", "haha ", "hm"]
)
def test_no_word_said_thirty_times_is_read_in_two_to_the_thirtieth_ways(unit):
    from bot.answers import courtesy

    text = f"{unit * 30}\x01"
    start = time.process_time()
    for pattern in (yes_no._YES, yes_no._NO, courtesy._THANKS, courtesy._LAUGHS, courtesy._ACKNOWLEDGED):
        pattern.fullmatch(text)
    without_lead(text)
    assert time.process_time() - start < 1  # 2^30 ways take minutes; once through takes microseconds
