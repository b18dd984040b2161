"""On a phone: nothing sticks out of its card, and an open thread is answered without scrolling through it."""

from datetime import timedelta

from bot.storage.models import DemandeRow, EvenementRow, HandoffRow, RelayedMessage
from tests.browser.stage import STICKS_OUT, UNFOLD, Stage
from tests.dashboard.gallery import Gallery
from tests.dashboard.office import NOW, member, opened, sent

LONG = "Technicienne de maintenance en génie climatique et frigorifique"


def pages(clock):
    """An open thread of many messages, the figures of a long trade, one's activity, the settings, the team."""
    made = Gallery(clock)
    user = member("responsable", name="c.martin-de-la-tour")
    client = made.enter(user)
    for number in range(4):
        one = sent(number, metier=LONG)
        EvenementRow.objects.create(
            demande_id=one.id, at=NOW, auteur=user.get_username(), quoi="statut", de="nouvelle", vers="prise-en-charge"
        )
        DemandeRow.objects.filter(pk=one.id).update(prise_jour=NOW.date())
    thread = HandoffRow.objects.create(chat=one.chat, organisme="mission-locale", opened_at=NOW)
    RelayedMessage.objects.bulk_create(
        RelayedMessage(chat=one.chat, organisme="mission-locale", handoff=thread, at=NOW + timedelta(minutes=rank),
                       auteur="personne", texte=f"{LONG} ?") for rank in range(30)
    )  # fmt: skip
    for path in (
        f"/conversations/{thread.pk}/",
        "/chiffres/",
        "/compte/activite/",
        "/avis/",
        "/compte/",
        "/equipe/",
        "/etat/",
    ):
        made.get(path, client, path)
    return made.shown


def test_nothing_sticks_out_and_the_answer_is_a_tap_away(chromium, db, clock, tmp_path):
    opened(clock, tmp_path)
    stage, shown = Stage(chromium, 320, 844), pages(clock)
    for one in shown:
        stage.open(one)
        stage.page.evaluate(UNFOLD)
        assert stage.page.evaluate(STICKS_OUT) == [], one.path
    stage.open(shown[0])
    answer = stage.page.locator("#r-message")
    assert answer.bounding_box()["y"] > 2000
    stage.page.get_by_role("link", name="Répondre", exact=True).click()
    assert 0 < answer.bounding_box()["y"] < 844 - 60
    stage.close()
