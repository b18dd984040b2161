"""The number that goes with words of danger, and its reminder while nobody has answered."""

from bot.conversation.scene import Scene


def number(scene: Scene, category: str) -> str:
    """The first number given for this category of danger."""
    return scene.house.words.first(f"urgence.numero_{category}", "urgence.numero_danger")


def remind(scene: Scene) -> None:
    """Where words of danger were said and nobody has answered them: the number once more, before anything else."""
    if scene.memory.danger:
        scene.say("urgence.rappel", numero=number(scene, scene.memory.danger))
