"""What the listening model did today is on the status page, over every process, and no word of anybody with it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.dashboard.health import signs_of_model
from bot.storage.heartbeat import beat

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
COUNTS = {"day": "2026-11-25", "calls": 4, "tokens": 3600, "seconds": 6.0, "fallbacks": 1}


@pytest.mark.django_db
def test_nothing_is_shown_where_no_model_is_set():
    beat("worker", NOW, {"ennuis": {}})
    assert signs_of_model(NOW) == ()


@pytest.mark.django_db
def test_calls_tokens_time_and_fallbacks_are_added_up():
    beat("worker", NOW, {"ennuis": {}, "modele": COUNTS})
    beat("other", NOW, {"ennuis": {}, "modele": {**COUNTS, "calls": 2, "tokens": 400}})
    (sign,) = signs_of_model(NOW)
    assert sign.vu == "Aujourd'hui : 6 appel(s), 4000 jetons, 2,0 s en moyenne, 2 fois sans lui"
    assert sign.bien


@pytest.mark.django_db
def test_a_process_that_is_gone_and_the_day_before_count_for_nothing():
    beat("worker", NOW, {"modele": {**COUNTS, "day": "2026-11-24"}})
    beat("other", NOW - timedelta(hours=1), {"modele": COUNTS})
    (sign,) = signs_of_model(NOW)
    assert "0 appel(s)" in sign.vu
