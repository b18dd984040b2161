"""Which question of the form a person names, by its own names (demande.yaml)."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.conversation.scene import Scene
from bot.form.flow import Step
from bot.reading.plain import plain


def named_step(scene: Scene, words: str) -> Step | None:
    """The step a person names: by its own names, written in demande.yaml."""
    best: tuple[int, Step] | None = None
    for step in scene.house.flow.visible(scene.draft):
        for name in _names(scene, step):
            if re.search(rf"\b{re.escape(name)}s?\b", words) and (best is None or len(name) > best[0]):
                best = (len(name), step)
    return best[1] if best else None


def named_by(scene: Scene, step: Step, words: str) -> bool:
    """Whether these words name this step."""
    names = _folded(scene.house.words.step(step.name, "noms"))
    return any(re.search(rf"\b{re.escape(name)}s?\b", words) for name in names)


def exactly_named(scene: Scene, name: str, among: Sequence[Step] | None = None) -> Step | None:
    """The step that bears exactly this name, among those that apply or among these."""
    steps = scene.house.flow.visible(scene.draft) if among is None else among
    return next((step for step in steps if name in _names(scene, step)), None)


def _names(scene: Scene, step: Step) -> tuple[str, ...]:
    words = scene.house.words
    return _folded(f"{words.step(step.name, 'noms')},{words.step(step.name, 'libelle')}")


@lru_cache(maxsize=512)
def _folded(names: str) -> tuple[str, ...]:
    """The names of a list, folded once: every message is looked at for all of them."""
    return tuple(name for one in names.split(",") if (name := plain(one)))
