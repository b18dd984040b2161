"""Yearly data and facts: who keeps them is told a month ahead, on the desk and by one e-mail a month."""

from datetime import date, timedelta

import pytest

from bot.config import ROOT
from bot.content.echeances import check, load_echeances
from bot.dashboard import upkeep
from bot.dashboard.models import Courriel
from bot.domain.echeance import Echeance, due
from tests.dashboard.office import NOW, opened

KEEPERS = ("garde@exemple.fr", "relais@exemple.fr")
COMMUNES = Echeance("communes", "Communes", date(2026, 12, 20), "l'Insee")
TRADES = Echeance("metiers", "Métiers", date(2027, 4, 30), "data.gouv.fr")


@pytest.mark.parametrize(("day", "told"), [(19, ()), (20, ("communes",)), (28, ("communes",))])
def test_a_day_is_near_a_month_before_it_and_stays_so_until_it_is_moved(day, told):
    assert tuple(one.cle for one in due((TRADES, COMMUNES), date(2026, 11, day) - timedelta(days=1))) == told


def test_what_ships_names_its_data_with_a_day_and_where_to_look():
    found = load_echeances(ROOT / "knowledge")
    assert {one.cle for one in found} >= {"communes", "feries", "metiers"}
    assert all(one.ou for one in found)
    assert check(ROOT / "knowledge") == []


def test_a_date_that_is_none_is_named_with_its_line(tmp_path):
    (tmp_path / "echeances.yaml").write_text("communes:\n  quoi: x\n  a_revoir_le: bientôt\n  ou: y\n", "utf-8")
    (fault,) = check(tmp_path)
    assert "echeances.yaml:3" in str(fault)
    assert load_echeances(tmp_path / "nowhere") == ()


@pytest.fixture
def kept(db, clock, tmp_path):
    """A desk on which the communes are due within a month."""
    return opened(clock, tmp_path, echeances=lambda: (COMMUNES, TRADES), passages=dict)


def test_one_e_mail_a_month_goes_to_each_and_names_nobody(kept, clock):
    assert upkeep.tell(kept, KEEPERS) == 2
    assert upkeep.tell(kept, KEEPERS) == 0
    clock.later(days=27)
    assert upkeep.tell(kept, KEEPERS) == 0
    clock.later(days=2)
    assert upkeep.tell(kept, KEEPERS) == 2
    letters = list(Courriel.objects.order_by("id"))
    assert [one.destinataire for one in letters] == [*KEEPERS, *KEEPERS]
    assert "Communes, avant le 20/12/2026" in letters[0].texte
    assert "Métiers" not in letters[0].texte


def test_nothing_leaves_where_nothing_is_due_or_nobody_is_to_be_told(kept, db, clock, tmp_path):
    assert upkeep.tell(kept, ()) == 0
    quiet = opened(clock, tmp_path, echeances=lambda: (TRADES,), passages=dict)
    assert upkeep.tell(quiet, KEEPERS) == 0
    assert not Courriel.objects.exists()


def test_the_status_page_says_it_without_an_alarm(kept, clock, client):
    from bot.dashboard.health import signs

    (sign,) = [one for one in signs(kept) if one.code == "echeances"]
    assert not sign.bien
    assert "Communes : avant le 20/12/2026" in sign.vu
    told = client.get("/sante").json()
    assert told["signes"]["echeances"] is False
    assert "echeances" not in told["depuis"]
    assert NOW.date() < COMMUNES.a_revoir_le
