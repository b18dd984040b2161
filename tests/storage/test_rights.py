"""R16: an erasure covers what had come in by then; open hand-offs end and are told; questions keep no names."""

import pytest

from bot.domain.turn import EraseEverything, OpenHandoff
from bot.storage.effects import scrubbed
from bot.storage.models import HandoffRow, Outgoing, Update
from bot.storage.sweeper import Sweeper
from tests.storage.conftest import NOW


def test_what_came_in_before_the_erasure_goes_with_it(desk):
    desk.conversation.script = lambda session, message, _: None
    desk.gets("effacer")
    desk.gets("mon nom est Lina")
    desk.gets("j'habite à Bron")
    from bot.domain.message import Reply
    from bot.domain.turn import Turn

    desk.conversation.script = lambda session, message, _: Turn(session, (Reply("fait"),), (EraseEverything(),))
    desk.clock.later(milliseconds=5)
    desk.taker.process_next(7)
    assert not Update.objects.filter(done_at=None).exists()
    assert all(row.payload == {} for row in Update.objects.all())
    desk.conversation.script = None
    desk.clock.later(seconds=1)
    desk.gets("bonjour")
    assert desk.handles() == 1


def test_a_hand_off_left_open_is_closed_after_thirty_days_and_the_person_is_told(desk):
    desk.does(OpenHandoff("mission-locale"))
    Outgoing.objects.all().delete()
    sweeper = Sweeper(desk.conversation, desk.clock, retention_brouillon_jours=30, retention_close_jours=730)
    desk.clock.later(days=29)
    sweeper.run()
    assert HandoffRow.objects.get().closed_at is None
    desk.clock.later(days=2)
    sweeper.run()
    assert HandoffRow.objects.get().closed_at is not None
    assert Outgoing.objects.get().body["reply"]["text"] == "HandoffClosed"
    desk.clock.later(days=31)
    sweeper.run()
    assert not HandoffRow.objects.exists()
    assert desk.clock.now() > NOW


def test_an_alert_that_nobody_read_is_not_given_back_to_anybody(desk):
    HandoffRow.objects.create(chat=7, organisme="mission-locale", opened_at=NOW, origine=HandoffRow.Origine.ALERTE)
    sweeper = Sweeper(desk.conversation, desk.clock, retention_brouillon_jours=30, retention_close_jours=730)
    desk.clock.later(days=31)
    sweeper.run()
    assert HandoffRow.objects.get().closed_at is None
    assert not Outgoing.objects.exists()


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("est-ce que je peux aller chez Durand Frères ?", "Durand"),
        ("c'est quoi le patron chez zz ?", "zz"),
        ("madame lefevre peut-elle signer", "lefevre"),
        ("je veux voir Karim Benali demain", "Benali"),
        ("mon numéro est 06 12 34 56 78", "12 34"),
        ("écrivez à lina@exemple.fr", "lina"),
        ("je m'appelle Lina Durand", "Lina"),
    ],
)
def test_a_question_keeps_no_name(said, gone):
    assert gone not in scrubbed(said)


@pytest.mark.parametrize(
    "said", ["et chez eux ?", "puis-je rester chez moi ?", "une immersion dure combien de temps ?"]
)
def test_a_question_without_a_name_is_kept_whole(said):
    assert scrubbed(said) == said


def test_the_file_of_a_person_holds_who_took_the_hand_off_when_and_whether_it_was_urgent(desk):
    from bot.app import Program
    from bot.config import load_settings
    from tests.conversation.fakes import house

    desk.does(OpenHandoff("mission-locale"))
    HandoffRow.objects.update(pris_par="c.martin", taken_at=NOW, urgent=True)
    (told,) = Program(load_settings(_env_file=None), desk.clock, house(), None).held(7)["conversations"]
    assert (told["prise_par"], told["prise_le"], told["urgente"]) == ("c.martin", NOW, True)
    assert told["demandee_le"] is not None
