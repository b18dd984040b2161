"""Reaching a person: the contact at once, the hand-off, and what is relayed."""

from bot.conversation.doing.sent_request import latest_open
from bot.conversation.memory import Confirming, Nothing, What
from bot.conversation.saying import doors, helplines, questions
from bot.conversation.scene import Scene
from bot.domain.message import Reply
from bot.domain.turn import CloseHandoff, OpenHandoff, RelayToCounsellor


def person(scene: Scene) -> Reply:
    """The body's contact at once, and the offer to hand the conversation over."""
    words = scene.house.words
    slug = holder(scene)
    scene.remember(focus=Confirming(What.PERSON))
    helplines.remind(scene)
    if scene.session.answers:
        choices: tuple[str, ...] = ("humain_avec", "humain_sans", "continuer")
        offer = words.say("humain.offre_brouillon")
    else:
        choices = ("humain_sans", "continuer")
        offer = words.say("humain.offre")
    rows = tuple((scene.button(words.say(f"boutons.{name}"), "confirm", name),) for name in choices)
    return scene.reply(words.say("humain.contact"), reach(scene, slug), offer, rows=rows)


_USUAL_DOORS = ("france-travail", "mission-locale", "cap-emploi")


def reach(scene: Scene, slug: str) -> str:
    """How to reach a body; where none is decided, the real doors and the official help page."""
    if slug != doors.UNDECIDED:
        return doors.contact(scene, slug)
    words, orientation = scene.house.words, scene.draft.orientation
    other = orientation.alternatives if orientation else ()
    known = [(door.organisme, door.motif) for door in other] or [(usual, "") for usual in _USUAL_DOORS]
    rows = [
        words.say(
            "humain.porte" if motif else "humain.porte_seule",
            organisme=doors.body_name(scene, name),
            motif=motif,
            site=doors.address(scene, name),
        )
        for name, motif in known
    ]
    help_page = scene.house.organismes.get(slug)
    if help_page and help_page.contact.site and help_page.contact.verifie_le:
        day = words.day(help_page.contact.verifie_le, weekday=False)
        rows.append(words.say("humain.aide_officielle", site=help_page.contact.site, jour=day))
    return "\n".join((words.say("humain.portes"), *rows))


def holder(scene: Scene) -> str:
    """Whom the person should talk to: the body of the last request, else that of the draft."""
    sent = latest_open(scene)
    if sent is not None:
        return sent.organisme
    orientation = scene.draft.orientation
    return orientation.organisme if orientation else doors.UNDECIDED


def hand_over(scene: Scene, *, with_draft: bool) -> Reply:
    """Open the hand-off, with the draft only if the person agreed."""
    words = scene.house.words
    slug = holder(scene)
    danger = scene.memory.danger
    scene.effects.append(
        OpenHandoff(
            slug,
            urgent=scene.memory.urgent,
            brouillon=scene.values if with_draft else None,
            danger=danger,
            danger_dit=helplines.number(scene, danger) if danger else "",
        )
    )
    helplines.remind(scene)
    scene.remember(focus=Nothing(), urgent=False, danger="")
    key = "humain.transmis_accueil" if slug == doors.UNDECIDED else "humain.transmis"
    return scene.reply(
        words.say(key, organisme=doors.body_name(scene, slug)),
        rows=((scene.button(words.say("boutons.robot"), "menu", "robot"),),),
    )


def relay(scene: Scene) -> Reply:
    """A counsellor holds the conversation: pass the words on, acknowledge once."""
    handoff = scene.dossier.handoff
    words = scene.house.words
    scene.effects.append(RelayToCounsellor(scene.text))
    rows = ((scene.button(words.say("boutons.robot"), "menu", "robot"),),)
    # The number stays with the message after the words of danger, whoever reads them.
    helplines.remind(scene)
    scene.remember(danger="")
    if handoff is None:
        return scene.reply(words.say("humain.relaye"), rows=rows)
    waited = scene.at - handoff.opened_at
    if not handoff.taken and waited.total_seconds() > 2 * 24 * 3600:
        return scene.reply(
            words.say("humain.attente", jour=words.day(handoff.opened_at.date())),
            reach(scene, handoff.organisme),
            rows=rows,
        )
    told = handoff.prevenu and not handoff.taken
    return scene.reply(words.say("humain.relaye_prevenu" if told else "humain.relaye"), rows=rows)


def back_to_bot(scene: Scene) -> Reply:
    """The person takes the conversation back."""
    if scene.dossier.handoff is not None:
        scene.effects.append(CloseHandoff())
        scene.say("humain.retour")
    return questions.prompt(scene)
