"""After sending: status, a change on a sent request, withdrawing, and reaching a person."""

from bot.conversation.doing.stopping import cancel
from bot.conversation.memory import Confirming, What
from bot.conversation.saying import documents, doors, questions
from bot.conversation.scene import PARIS, Rows, Scene
from bot.domain.demande import OUVERTS, Demande
from bot.domain.message import Reply
from bot.domain.turn import WithdrawDemande

_TOLD = frozenset({"statut", "modifiee", "transferee", "transfert_propose", "transfert_refuse"})
"""What happened that a person may hear of: neither notes nor who holds it on the desk."""


def status(scene: Scene) -> Reply:
    """Every request: where it stands, who holds it, since when, what comes next. No promise."""
    words = scene.house.words
    if not scene.dossier.demandes:
        scene.say("suivi.aucune")
        return questions.prompt(scene)
    for sent in scene.dossier.demandes[-5:]:
        scene.lead.append(one_status(scene, sent))
    rows: Rows = ()
    if any(sent.statut in OUVERTS for sent in scene.dossier.demandes):
        rows = (
            (scene.button(words.say("boutons.modifier_envoyee"), "menu", "modifier"),),
            (scene.button(words.say("boutons.retirer"), "menu", "retirer"),),
        )
    if scene.session.opened:
        return questions.prompt(scene)
    given = documents.buttons(scene, scene.dossier.demandes[-1])
    person_row = (scene.button(words.say("menu.humain"), "menu", "humain"),)
    return scene.reply(rows=(*rows, *given, person_row)[: questions.BUTTONS])


def one_status(scene: Scene, sent: Demande) -> str:
    """One request in a few lines."""
    words, state = scene.house.words, sent.statut.value
    told = (f"suite.{state}_prevenu",) if sent.id in scene.dossier.prevenus else ()
    return words.say(
        "suivi.demande",
        numero=sent.numero,
        jour=words.day(sent.envoyee_le.date()),
        organisme=doors.holder_name(scene, sent),
        statut=words.say(f"statut.{state}"),
        suite=words.first(*told, f"suite.{state}"),
    ) + _since(scene, sent)


def _since(scene: Scene, sent: Demande) -> str:
    """The last thing that happened to a request, and when; nothing where it was only sent."""
    words = scene.house.words
    told = [one for one in sent.evenements if one.quoi in _TOLD]
    if not told:
        return ""
    last = told[-1]
    what = words.say(f"suivi.quoi.{last.quoi}", statut=words.say(f"statut.{sent.statut.value}"))
    return "\n" + words.say("suivi.depuis", jour=words.day(last.at.astimezone(PARIS).date()), quoi=what)


def latest(scene: Scene) -> Demande | None:
    """The last request sent, whatever became of it."""
    return scene.dossier.demandes[-1] if scene.dossier.demandes else None


def latest_open(scene: Scene) -> Demande | None:
    """The last request somebody still has to deal with."""
    return next((sent for sent in reversed(scene.dossier.demandes) if sent.statut in OUVERTS), None)


def ask_withdraw(scene: Scene) -> Reply:
    """Withdraw a sent request: confirmed first."""
    words = scene.house.words
    sent = latest_open(scene)
    if sent is None:
        return cancel(scene)
    scene.remember(focus=Confirming(What.WITHDRAW, sent.id))
    rows = tuple(
        (scene.button(words.say(f"boutons.{name}"), "confirm", name),) for name in ("oui_retirer", "continuer")
    )
    return scene.reply(words.say("suivi.retirer", numero=sent.numero), rows=rows)


def withdraw(scene: Scene, demande_id: str) -> Reply:
    """Withdraw, and say where it shows."""
    sent = next((one for one in scene.dossier.demandes if one.id == demande_id), None)
    if sent is None:
        return status(scene)
    scene.effects.append(WithdrawDemande(sent.id, scene.house.words.say("suivi.motif_retrait")))
    scene.say("suivi.retiree", numero=sent.numero, organisme=doors.body_name(scene, sent.organisme))
    return questions.prompt(scene)
