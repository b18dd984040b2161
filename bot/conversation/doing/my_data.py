"""What is held about a person, erasing it, reminders, and a draft set aside."""

from dataclasses import replace

from bot.conversation.memory import Confirming, Memory, Parked, What
from bot.conversation.saying import doors, questions
from bot.conversation.scene import Rows, Scene
from bot.domain.demande import Champ, Demande, Statut
from bot.domain.message import Attachment, Reply
from bot.domain.session import Json, Session, SlotValue
from bot.domain.turn import EraseEverything
from bot.form import recap
from bot.form.flow import Draft


def show(scene: Scene) -> Reply:
    """Everything held, by whom, for how long, and how to erase it."""
    words = scene.house.words
    held = [words.say("donnees.intro", jours=str(scene.house.retention_jours))]
    if scene.house.told_of_model:
        held.append(words.say("donnees.modele", nom=scene.house.told_of_model))
    if scene.session.answers:
        held.append(words.say("donnees.brouillon"))
        held.append(recap.numbered(words, scene.house.flow, scene.draft, answered_only=True))
    elif scene.memory.waiting:
        waits: dict[str, Json] = {champ.value: value for champ, value in scene.memory.waiting.items()}
        waiting = Draft(waits, scene.today, scene.house.regles)
        held.append(words.say("donnees.en_attente"))
        held.append(recap.numbered(words, scene.house.flow, waiting, answered_only=True))
    else:
        held.append(words.say("donnees.pas_de_brouillon"))
    for sent in scene.dossier.demandes:
        statut = words.say(f"statut.{sent.statut.value}")
        body = doors.holder_name(scene, sent)
        told = words.say("donnees.demande", numero=sent.numero, organisme=body, statut=statut)
        held.append(told + _answers(scene, sent))
    held.append(words.say("donnees.effacer"))
    rows: Rows = ((scene.button(words.say("boutons.effacer"), "menu", "effacer"),),)
    if scene.session.opened:
        rows += ((scene.button(words.say("menu.reprendre"), "menu", "reprendre"),),)
    if scene.dossier.demandes:
        scene.then.append(Reply(words.say("donnees.fichier"), attachment=Attachment("donnees", "")))
    return scene.reply(*held, rows=rows)


def _answers(scene: Scene, sent: Demande) -> str:
    """What a sent request holds, a line a question, as its summary read."""
    made = Draft(sent.answers, scene.today, scene.house.regles)
    shown = recap.numbered(scene.house.words, scene.house.flow, made, answered_only=True)
    return f"\n{shown}" if shown else ""


def _body(scene: Scene, slug: str) -> str:
    body = scene.house.organismes.get(slug)
    return body.nom if body else slug


def ask_erase(scene: Scene) -> Reply:
    """Explain what goes, what a counsellor keeps and whom to ask, then ask to confirm."""
    words = scene.house.words
    scene.remember(focus=Confirming(What.ERASE))
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
    scene.memory = Memory()
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
    """Empty the draft; its version still grows, so that old buttons stay inert."""
    scene.session = replace(
        scene.session, answers={}, skipped=frozenset(), opened=False, version=scene.session.version + 1
    )
    scene.memory = scene.memory.without_draft()


def park(scene: Scene) -> None:
    """Set the draft aside and leave room for another."""
    answers = {Champ(name): value for name, value in scene.values.items() if name in set(Champ)}
    parked = Parked(answers, tuple(sorted(scene.session.skipped)), scene.memory.token)
    clear_draft(scene)
    scene.remember(parked=parked)


def unpark(scene: Scene, parked: Parked) -> Reply:
    """Take the draft set aside back."""
    scene.session = replace(
        scene.session,
        answers={champ.value: SlotValue(value, scene.at) for champ, value in parked.answers.items()},
        skipped=frozenset(parked.skipped),
        opened=True,
        version=scene.session.version + 1,
    )
    scene.remember(parked=None, token=parked.token)
    scene.lead.append(recap.numbered(scene.house.words, scene.house.flow, scene.draft, answered_only=True))
    return questions.prompt(scene)


def reminders_on(scene: Scene) -> Reply:
    """Consent to reminders."""
    scene.remember(reminders=True)
    scene.say("rappels.oui")
    return questions.prompt(scene)


def reminders_off(scene: Scene) -> Reply:
    """No more reminders."""
    scene.remember(reminders=False)
    scene.say("rappels.non")
    return questions.prompt(scene)
