"""« du 4 au 22 janvier, 7h30-16h30, et le tuteur c'est … »: dates and hours that are asked, kept before the rest is heard."""

from dataclasses import replace

from bot.conversation import answering
from bot.conversation.answering import Filled
from bot.conversation.doing import filling
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.champs import Champ
from bot.domain.session import Json
from bot.domain.texte import folded
from bot.form.flow import Asking, Step
from bot.reading.dates.other_things import of_something_else
from bot.reading.plain import plain
from bot.reading.story.stated_figures import figures_told

_OTHER = re.compile(
    r"\b(?:tuteur|tutrice|patron\w*|chef\w*|conseill\w*|adresse|siret|entreprise|mail|e mail|metier|numero|telephone|signataire)\b"
)


def figures_first(scene: Scene, step: Step | None) -> Step | None:
    """Keep the figures asked where another question is told beside them; the question that is now asked."""
    if step is None or step.asking not in {Asking.PERIOD, Asking.HOURS} or "?" in scene.text:
        return step
    if of_something_else(folded(scene.text)):
        return step
    values: dict[Champ, Json] = {}
    rest = scene.text
    for one in sorted(figures_told(scene.text), key=lambda told: -told.start):
        owner = scene.house.flow.step_of(one.champ)
        if (
            owner is None
            or owner.asking not in {Asking.PERIOD, Asking.HOURS}
            or scene.values.get(one.champ) is not None
        ):
            continue
        read = answering.read_step(scene, owner, one.words)
        if isinstance(read, Filled):
            values |= read.values
            rest = f"{rest[: one.start]} {rest[one.end :]}"
    rest = re.sub(r"(?i)^[\s,;.]*(?:(?:et|mais)\b)?[\s,;.]*", "", " ".join(rest.split()))
    if not set(step.fields) & set(values) or not _OTHER.search(plain(rest)):
        return step
    scene.lead.extend(filling.write(scene, values))
    scene.remember(course=filling.course(scene))
    scene.message = replace(scene.message, text=rest)
    return questions.current(scene)
