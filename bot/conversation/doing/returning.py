"""Coming back after a silence: a greeting, or the end of a draft kept too long."""

from datetime import timedelta

from bot.conversation.doing import my_data
from bot.conversation.hearing import orders
from bot.conversation.scene import Scene
from bot.form import recap

GREETING_AFTER = timedelta(hours=20)


def expired(scene: Scene) -> bool:
    """Whether the draft, or what was told before it, has been left alone longer than drafts are kept."""
    since = scene.session.updated_at
    return (
        bool(scene.session.answers or scene.memory.waiting)
        and since is not None
        and scene.at - since > timedelta(days=scene.house.retention_jours)
    )


def introduce(scene: Scene) -> None:
    """The very first message, whatever it is: an automatic service, what is kept, how to erase."""
    heard = orders.order(scene.text)
    if scene.memory.introduced or (heard is not None and heard.order is orders.Order.START):
        return
    scene.remember(introduced=True)
    scene.say("accueil.court", jours=str(scene.house.retention_jours))
    tell_of_model(scene)


def tell_of_model(scene: Scene) -> None:
    """Where a model listens, people know it from the first message."""
    if scene.house.told_of_model:
        scene.say("accueil.modele", nom=scene.house.told_of_model)


def welcome_back(scene: Scene) -> None:
    """Say where we were; forget what is too old."""
    since = scene.session.updated_at
    if since is None:
        return
    if expired(scene):
        drafted = bool(scene.session.answers)
        my_data.clear_draft(scene)
        if drafted:
            scene.say("retour.expire", jours=str(scene.house.retention_jours))
        return
    if scene.session.opened and scene.session.answers and scene.at - since > GREETING_AFTER:
        scene.say("retour.bonjour")
        scene.lead.append(recap.numbered(scene.house.words, scene.house.flow, scene.draft, answered_only=True))
