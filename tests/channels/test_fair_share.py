"""R2: accounts whose texts are slow to read keep nobody else waiting: who is served is told in turns, not in seconds."""

from concurrent.futures import ThreadPoolExecutor

from bot.channels.telegram.worker import CONCURRENT, HEAVY_AT_ONCE, HEAVY_SECONDS, LONG_TURN, Worker
from tests.channels.test_polling import running, soon

SLOW, QUICK = range(1, 21), 100
FLOOD = 30
"""Messages that each slow account has waiting."""


class Queue:
    """Messages by chat, the oldest first; a turn of a slow account computes for long, on a clock of the test's own."""

    def __init__(self):
        self.waits = dict.fromkeys(SLOW, FLOOD)
        self.served = []
        self.arrives_after = 0

    def waiting(self, limit):
        if self.arrives_after and len(self.served) >= self.arrives_after:
            self.waits[QUICK], self.arrives_after = 3, 0
        return [chat for chat, number in self.waits.items() if number][:limit]

    def process_next(self, chat):
        if not self.waits.get(chat):
            return False
        self.waits[chat] -= 1
        self.served.append(chat)
        return True


def worker_on(queue, threads):
    """A worker whose turns all compute as long as a slow text does, whoever sent it."""
    step = iter(range(1_000_000))
    return Worker(queue, queue.waiting, threads, clock=lambda: 0.0, effort=lambda: next(step) * HEAVY_SECONDS)


async def test_somebody_who_comes_among_twenty_slow_accounts_is_served_within_a_handful_of_turns():
    queue = Queue()
    queue.arrives_after = 60
    with ThreadPoolExecutor(CONCURRENT) as threads:
        async with running(worker_on(queue, threads).run()):
            await soon(lambda: QUICK in queue.served)
    before = queue.served.index(QUICK) - 60
    assert before <= CONCURRENT, f"{before} turns of slow accounts came first, of {len(SLOW) * FLOOD} that waited"


async def test_all_of_it_is_served_in_the_end_and_no_account_twice_as_much_as_another_meanwhile():
    queue = Queue()
    with ThreadPoolExecutor(CONCURRENT) as threads:
        async with running(worker_on(queue, threads).run()):
            await soon(lambda: not any(queue.waits.values()))
    assert len(queue.served) == len(SLOW) * FLOOD
    for half in range(200, 600, 200):
        counts = [queue.served[:half].count(chat) for chat in SLOW]
        assert max(counts) <= 2 * max(1, min(counts)), counts


def test_few_heavy_chats_are_under_way_at_a_time_and_everybody_else_comes_first():
    worker = worker_on(Queue(), None)
    for chat in SLOW:
        worker._count(chat, 10 * HEAVY_SECONDS)
    assert list(worker._next([*SLOW, QUICK])) == [QUICK, *SLOW[:HEAVY_AT_ONCE]]


def test_one_long_turn_makes_a_chat_heavy_at_once_and_many_short_ones_do_not():
    worker = worker_on(Queue(), None)
    for chat in SLOW:
        worker._count(chat, LONG_TURN)
    for _ in range(20):
        worker._count(QUICK, LONG_TURN / 4)
    assert list(worker._next([*SLOW, QUICK])) == [QUICK, *SLOW[:HEAVY_AT_ONCE]]


def test_twenty_long_texts_at_once_from_accounts_never_seen_leave_room_for_somebody_else():
    worker = worker_on(Queue(), None)
    assert list(worker._next([*SLOW, QUICK], set(SLOW))) == [QUICK, *SLOW[:HEAVY_AT_ONCE]]
    worker._busy |= {*SLOW[:HEAVY_AT_ONCE]}
    assert list(worker._next([*SLOW, QUICK], set(SLOW))) == [QUICK]


def test_who_is_heavy_for_a_first_long_turn_does_not_wait_behind_long_texts():
    worker = worker_on(Queue(), None)
    worker._count(QUICK, LONG_TURN)
    assert list(worker._next([*SLOW, QUICK], set(SLOW))) == [QUICK]
    worker._busy.add(SLOW[0])
    assert list(worker._next([*SLOW[1:], QUICK], set(SLOW))) == []
    worker._busy.clear()
    assert next(iter(worker._next([*SLOW[1:], QUICK], set(SLOW[1:])))) == QUICK


def test_who_waits_with_a_long_text_is_asked_where_there_is_a_choice_to_make():
    queue = Queue()
    worker = Worker(queue, queue.waiting, None, long=set)
    assert worker._look() == ([*SLOW], {*SLOW})
    queue.waits = {QUICK: 1}
    assert worker._look() == ([QUICK], set())
