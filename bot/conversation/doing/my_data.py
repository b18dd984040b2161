"""What is held about a person, erasing it, reminders, and a draft set aside."""

from dataclasses import replace

from bot.conversation.saying import questions
from bot.conversation.scene import Rows, Scene
from bot.domain.demande import Champ, Statut
from bot.domain.message import Attachment, Reply
from bot.domain.session import Json, Session, SlotValue
from bot.domain.turn import EraseEverything
from bot.form import recap


def show(scene: Scene) -> Reply:
    """Everything held, by whom, for how long, and how to erase it."""
    words = scene.house.words
    held = [words.say("donnees.intro", jours=str(scene.house.retention_jours))]
    if scene.session.answers:
        held.append(words.say("donnees.brouillon"))
        held.append(recap.numbered(words, scene.house.flow, scene.draft, answered_only=True))
    else:
        held.append(words.say("donnees.pas_de_brouillon"))
    for sent in scene.dossier.demandes:
        statut = words.say(f"statut.{sent.statut.value}")
        held.append(
            words.say("donnees.demande", numero=sent.numero, organisme=_body(scene, sent.organisme), statut=statut)
        )
    held.append(words.say("donnees.effacer"))
    rows: Rows = ((scene.button(words.say("boutons.effacer"), "menu", "effacer"),),)
    if scene.session.opened:
        rows += ((scene.button(words.say("menu.reprendre"), "menu", "reprendre"),),)
    reply = scene.reply(*held, rows=rows)
    return replace(reply, attachment=Attachment("donnees", "")) if scene.dossier.demandes else reply


def _body(scene: Scene, slug: str) -> str:
    body = scene.house.organismes.get(slug)
    return body.nom if body else slug


def ask_erase(scene: Scene) -> Reply:
    """Explain what goes, what a counsellor keeps and whom to ask, then ask to confirm."""
    words = scene.house.words
    scene.remember(confirm={"kind": "effacer"}, propose=None)
    taken = [sent for sent in scene.dossier.demandes if sent.statut is not Statut.NOUVELLE]
    kept = [
        words.say("donnees.deja_prise", numero=sent.numero, organisme=_body(scene, sent.organisme)) for sent in taken
    ]
    rows = tuple(
        (scene.button(words.say(f"boutons.{name}"), "confirm", name),) for name in ("oui_effacer", "continuer")
    )
    return scene.reply(words.say("donnees.confirmer"), "\n".join(kept), rows=rows)


def erase(scene: Scene) -> Reply:
    """Erase; only the version goes on, so that old buttons stay inert."""
    scene.effects.append(EraseEverything())
    scene.session = Session(chat=scene.session.chat, version=scene.session.version + 1)
    taken = any(sent.statut is not Statut.NOUVELLE for sent in scene.dossier.demandes)
    words = scene.house.words
    return scene.reply(
        words.say("donnees.efface"),
        words.say("donnees.rappel_prise") if taken else "",
        rows=((scene.button(words.say("menu.demande"), "menu", "demande"),),),
    )


def drop_draft(scene: Scene) -> Reply:
    """Delete the draft, nothing else."""
    clear_draft(scene)
    return scene.reply(scene.house.words.say("form.supprime"), rows=questions.menu_rows(scene))


def clear_draft(scene: Scene) -> None:
    """Empty the draft; its version grows."""
    keep = ("history", "rappels", "sent", "vu", "garde")
    memory = {key: value for key, value in scene.session.memory.items() if key in keep}
    scene.session = replace(
        scene.session, answers={}, skipped=frozenset(), opened=False, version=scene.session.version + 1, memory=memory
    )


def park(scene: Scene) -> None:
    """Set the draft aside and leave room for another."""
    answers: dict[str, Json] = {
        name: {"value": slot.value, "at": slot.at.isoformat()} for name, slot in scene.session.answers.items()
    }
    token = scene.memory("token")
    parked: dict[str, Json] = {"answers": answers, "skipped": list(scene.session.skipped), "token": token}
    clear_draft(scene)
    scene.remember(garde=parked)


def unpark(scene: Scene, parked: dict[str, Json]) -> Reply:
    """Take the draft set aside back."""
    answers = parked.get("answers")
    known = answers if isinstance(answers, dict) else {}
    restored = {
        name: SlotValue(slot["value"], scene.at)
        for name, slot in known.items()
        if isinstance(slot, dict) and name in set(Champ)
    }
    skipped = parked.get("skipped")
    names = frozenset(str(name) for name in skipped) if isinstance(skipped, list) else frozenset()
    scene.session = replace(
        scene.session, answers=restored, skipped=names, opened=True, version=scene.session.version + 1
    )
    scene.remember(garde=None, token=parked.get("token"))
    scene.lead.append(recap.numbered(scene.house.words, scene.house.flow, scene.draft, answered_only=True))
    return questions.prompt(scene)


def reminders_on(scene: Scene) -> Reply:
    """Consent to reminders."""
    scene.remember(rappels=True)
    scene.say("rappels.oui")
    return questions.prompt(scene)


def reminders_off(scene: Scene) -> Reply:
    """No more reminders."""
    scene.remember(rappels=False)
    scene.say("rappels.non")
    return questions.prompt(scene)
