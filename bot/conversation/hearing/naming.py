"""Which question of the form a person names, by its own names (demande.yaml)."""

import re

from bot.conversation.scene import Scene
from bot.form.flow import Step
from bot.reading.plain import plain


def named_step(scene: Scene, words: str) -> Step | None:
    """The step a person names: by its own names, written in demande.yaml."""
    best: tuple[int, Step] | None = None
    for step in scene.house.flow.visible(scene.draft):
        names = scene.house.words.step(step.name, "noms").split(",")
        for name in (plain(one) for one in (*names, scene.house.words.step(step.name, "libelle"))):
            if name and re.search(rf"\b{re.escape(name)}s?\b", words) and (best is None or len(name) > best[0]):
                best = (len(name), step)
    return best[1] if best else None


def named_by(scene: Scene, step: Step, words: str) -> bool:
    """Whether these words name this step."""
    names = [plain(one) for one in scene.house.words.step(step.name, "noms").split(",")]
    return any(name and re.search(rf"\b{re.escape(name)}s?\b", words) for name in names)


def exactly_named(scene: Scene, name: str) -> Step | None:
    """The visible step that bears exactly this name."""
    for step in scene.house.flow.visible(scene.draft):
        names = scene.house.words.step(step.name, "noms").split(",")
        if name in {plain(one) for one in (*names, scene.house.words.step(step.name, "libelle"))}:
            return step
    return None
