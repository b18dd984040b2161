"""A long text that a client cut is one message again, and nothing else is put together."""

import pytest

from bot.channels.telegram.pieces import joined, unfinished


def update(number, text, chat=7, date=100, **fields):
    return {
        "update_id": number,
        "message": {"message_id": number, "chat": {"id": chat}, "date": date, "text": text, **fields},
    }


def texts(raws):
    return [raw["message"]["text"] if "message" in raw else None for raw in joined(raws)]


@pytest.mark.cas("UND-11")
def test_three_pieces_are_one_text_and_two_bare_numbers():
    raws = [update(1, "a" * 4096), update(2, "b" * 4096), update(3, "c" * 800)]
    found = joined(raws)
    assert found[0]["message"]["text"] == "a" * 4096 + "b" * 4096 + "c" * 800
    assert found[1:] == [{"update_id": 2}, {"update_id": 3}]
    assert raws[0]["message"]["text"] == "a" * 4096


def test_pieces_of_two_people_that_cross_stay_apart():
    raws = [update(1, "a" * 4096), update(2, "x" * 4000, chat=8), update(3, "b"), update(4, "y", chat=8)]
    assert texts(raws) == ["a" * 4096 + "b", "x" * 4000 + "y", None, None]


def test_short_texts_orders_presses_and_later_words_are_left_alone():
    full = update(1, "a" * 4096)
    for following in (
        update(2, "/annuler"), update(2, "b", date=110), {"update_id": 2, "callback_query": {"from": {"id": 7}}},
        {"update_id": 2, "message": {"chat": {"id": 7}, "photo": [{}]}},
    ):  # fmt: skip
        assert joined([full, following]) == [full, following]
    assert texts([update(1, "boulanger"), update(2, "Lyon")]) == ["boulanger", "Lyon"]


def test_no_more_than_three_are_put_together():
    raws = [update(number, "a" * 4096) for number in range(1, 6)]
    assert [len(text) if text else None for text in texts(raws)] == [3 * 4096, None, None, 2 * 4096, None]


def test_a_full_text_at_the_end_may_have_a_rest():
    assert unfinished([update(1, "a" * 4096)])
    assert not unfinished([update(1, "a" * 4096), update(2, "b")])
    assert not unfinished([])


def test_odd_updates_are_left_alone():
    raws = [
        {"update_id": 1, "message": {"chat": {"id": 7}, "text": {"a": 1}}},
        {"update_id": 2, "message": None},
        {"update_id": 3},
    ]
    assert joined(raws) == raws
