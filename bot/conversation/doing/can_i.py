"""« Puis-je ? » begins."""

from bot.conversation.doing import opening
from bot.conversation.memory import CanI, Nothing
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.message import Reply


def start(scene: Scene) -> Reply:
    """Begin; what the form already knows is not asked again."""
    opening.ensure_open(scene)
    scene.remember(focus=Nothing(), course=CanI())
    scene.say("puisje.debut")
    return questions.prompt(scene)
