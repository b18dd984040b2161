"""Questions on one's own request, answered from the draft or from the request itself."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation.doing import checklist, filling, sent_request
from bot.conversation.saying import documents, doors, questions
from bot.conversation.scene import Scene
from bot.domain.demande import Demande, Statut
from bot.domain.message import Reply
from bot.form import recap
from bot.form.flow import Step

OF_SENT = {"fait": "", "hote": "hote", "agenda": "ics", "refus": "", "delai": ""}
"""What is asked of a sent request alone, nothing being filled; the document that it gives, where it is one."""


def tell(scene: Scene, wanted: str, about: Step | None = None) -> Reply:
    """`wanted`: recoit, reste, statut, garde, copie, valeur or one of `OF_SENT`; `about`: the question named."""
    sent = sent_request.latest(scene)
    drafting = bool(scene.session.answers)
    if wanted in _TOLD:
        _TOLD[wanted](scene)
        return questions.prompt(scene)
    match wanted:
        case "reste" if drafting:
            _left(scene)
        case "reste" if sent is not None:
            return _left_of(scene, sent)
        case "fait" if sent is not None:
            checklist.tick_said(scene, sent)
            return _left_of(scene, sent)
        case "hote" | "agenda" | "copie" if sent is not None and not drafting:
            given = documents.give(scene, f"{OF_SENT.get(wanted, 'pdf')}.{sent.id}")
            return given or sent_request.status(scene)
        case "employeur":
            scene.say("form.employeur_sait")
        case "valeur":
            _value(scene, about)
        case "copie" if drafting or sent is None:
            scene.say("form.copie_plus_tard")
            scene.lead.append(recap.numbered(scene.house.words, scene.house.flow, scene.draft, answered_only=True))
        case _:
            return sent_request.status(scene)
    return questions.prompt(scene)


def _refused(scene: Scene) -> None:
    """Why the last request was refused, in the counsellor's words, and what one can do; else where it stands."""
    sent = sent_request.latest(scene)
    if sent is None:
        scene.say("suivi.aucune")
        return
    if sent.statut is not Statut.REFUSEE:
        scene.lead.append(sent_request.one_status(scene, sent))
        return
    reason = next((one.motif for one in reversed(sent.evenements) if one.motif), "")
    told = scene.house.words.say(
        "dit.refusee", numero=sent.numero, organisme=doors.body_name(scene, sent.organisme), motif=reason
    )
    scene.lead += [told, scene.house.words.say("form.un_seul_organisme")]


def _left_of(scene: Scene, sent: Demande) -> Reply:
    """Where a sent request stands, then its list, which may be ticked."""
    scene.lead.append(sent_request.one_status(scene, sent))
    if not checklist.has_left(scene, sent):
        return questions.prompt(scene)
    shown = checklist.show(scene, sent)
    return scene.reply(shown.text, rows=shown.buttons)


def _receives(scene: Scene) -> None:
    """The body that would receive the draft, or holds the request, and why."""
    sent = sent_request.latest(scene)
    if not scene.session.answers and sent is not None:
        scene.lead.append(sent_request.one_status(scene, sent))
        return
    orientation = scene.draft.orientation
    if orientation is None or orientation.organisme == doors.UNDECIDED:
        scene.say("form.recoit_pas_encore")
    if orientation is not None:
        scene.lead.append(doors.where(scene, orientation))


def _value(scene: Scene, about: Step | None) -> None:
    """What was answered to the question named, in the draft or else in the last request; everything where none is."""
    words, sent = scene.house.words, sent_request.latest(scene)
    known = scene.values if scene.session.answers or sent is None else sent.answers
    told = [champ for champ in (about.fields if about else ()) if known.get(champ) is not None]
    if told:
        lines = (
            words.say("form.note", champ=filling.label(scene, champ), valeur=recap.shown(words, champ, known[champ]))
            for champ in told
        )
        scene.lead.append("\n".join((words.say("form.vous_avez_mis"), *lines)))
    elif scene.session.answers:
        scene.lead += [
            words.say("recap.titre_provisoire"),
            recap.numbered(words, scene.house.flow, scene.draft, answered_only=True),
        ]
    elif sent is not None:
        draft = replace(scene.draft, answers=dict(known))
        scene.lead += [
            sent_request.one_status(scene, sent),
            recap.numbered(words, scene.house.flow, draft, answered_only=True),
        ]


def _left(scene: Scene) -> None:
    words = scene.house.words
    wanted = scene.wanted()
    if wanted:
        names = ", ".join(filling.label(scene, champ) for champ in wanted)
        scene.say("form.reste" if len(wanted) > 1 else "form.reste_une", nombre=str(len(wanted)), liste=names)
        return
    left = scene.house.flow.missing(scene.draft)
    names = ", ".join(words.step(step.name, "libelle") for step in left)
    key = "form.reste" if len(left) > 1 else "form.reste_une" if left else "form.reste_rien"
    scene.say(key, nombre=str(len(left)), liste=names)


def _kept(scene: Scene) -> None:
    """What is held of the person, and what was refused: never kept."""
    words = scene.house.words
    scene.say("form.garde_quoi")
    if scene.session.answers:
        scene.lead.append(recap.numbered(words, scene.house.flow, scene.draft, answered_only=True))


_TOLD: Mapping[str, Callable[[Scene], None]] = {"recoit": _receives, "garde": _kept, "refus": _refused}
"""What is told by a line or two, then the question that waits."""
