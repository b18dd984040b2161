"""Nothing is pending: the recap, its two buttons, sending once, and the doors that are not ours."""

from bot.conversation.doing import checklist, my_data, sending
from bot.conversation.memory import Confirming, Sent, What
from bot.conversation.saying import documents, doors, law, summary
from bot.conversation.scene import Scene
from bot.domain.demande import OUVERTS, Champ, Demande, Statut
from bot.domain.message import Reply
from bot.domain.orientation import Orientation
from bot.domain.turn import ChangeDemande, SendDemande


def send(scene: Scene, *, confirmed: bool = False) -> Reply:
    """Send the current version, once; refuse where no body is decided, ask where a twin exists."""
    words = scene.house.words
    orientation = scene.draft.orientation
    if scene.memory.reviewed != scene.session.version:
        return summary.summary(scene)
    if orientation is None or not _receives(scene, orientation):
        return _not_sendable(scene, orientation)
    if law.blocking(scene):
        fix = scene.button(words.say("boutons.corriger"), "recap", "corriger")
        return scene.reply("\n".join(law.refusal(scene)), rows=((fix,),))
    if scene.memory.completing is not None:
        return _completed(scene, scene.memory.completing.demande)
    rival = sending.rival(scene)
    if rival is not None:
        return _one_at_a_time(scene, rival)
    twin = None if confirmed else sending.twin(scene)
    if twin is not None:
        scene.remember(focus=Confirming(What.SEND_TWIN))
        text = words.say("envoi.doublon", numero=twin.numero, jour=words.day(twin.envoyee_le.date()))
        rows = tuple((scene.button(words.say(f"boutons.doublon_{name}"), "confirm", name),) for name in ("oui", "non"))
        return scene.reply(text, rows=rows)
    return _sent(scene)


def ask_sending(scene: Scene) -> Reply:
    """« c'est parfait », « go » under the summary: whether to send now, asked in so many words; nothing leaves before."""
    orientation = scene.draft.orientation
    if orientation is None or scene.memory.reviewed != scene.session.version or not _receives(scene, orientation):
        return send(scene)
    scene.remember(focus=Confirming(What.SEND))
    words = scene.house.words
    rows = tuple((scene.button(words.say(f"boutons.envoi_{name}"), "confirm", name),) for name in ("oui", "non"))
    return scene.reply(words.say("envoi.confirmer", organisme=doors.body_name(scene, orientation.organisme)), rows=rows)


def _receives(scene: Scene, orientation: Orientation) -> bool:
    """The body is decided, receives such requests, and has not closed since."""
    body = scene.house.organismes.get(orientation.organisme)
    closed = body is not None and body.ferme_le is not None and body.ferme_le <= scene.today
    return orientation.organisme != doors.UNDECIDED and orientation.dispositif == "pmsmp" and not closed


def _one_at_a_time(scene: Scene, rival: Demande) -> Reply:
    """The same immersion is asked for already: that request is closed or changed first, and nothing leaves now."""
    words = scene.house.words
    holder = doors.holder_name(scene, rival)
    text = words.say("envoi.deja_ouverte", numero=rival.numero, organisme=holder)
    rows = (
        (scene.button(words.say("boutons.retirer_l_autre", numero=rival.numero), "menu", "retirer"),),
        (scene.button(words.say("boutons.corriger"), "recap", "corriger"),),
        (scene.button(words.say("menu.humain"), "menu", "humain"),),
    )
    return scene.reply(text, rows=rows)


def _not_sendable(scene: Scene, orientation: Orientation | None) -> Reply:
    words = scene.house.words
    shown = doors.doors(scene, orientation) if orientation else ""
    rows = (
        (scene.button(words.say("boutons.qui_me_suit"), "recap", "suivi_par"),),
        (scene.button(words.say("menu.humain"), "menu", "humain"),),
    )
    return scene.reply(words.say("envoi.sans_organisme"), shown, rows=rows)


def _sent(scene: Scene) -> Reply:
    words = scene.house.words
    scene.put({Champ.CONSENTEMENT: True})  # the button said who would see what, and for how long
    sent = sending.demande(scene)
    scene.effects.append(SendDemande(sent))
    motif = str(sent.orientation.get("motif", ""))
    first = words.say("envoi.fait", numero=sent.numero, organisme=doors.holder_name(scene, sent), motif=motif)
    reach = doors.contact(scene, sent.organisme)
    my_data.clear_draft(scene)
    scene.remember(sent=Sent(sent.id, sent.numero))
    scene.then.append(checklist.show(scene, sent))
    rows = (*documents.buttons(scene, sent), (scene.button(words.say("menu.demandes"), "menu", "demandes"),))
    return scene.reply(first, reach, words.say("envoi.attendre"), rows=rows)


def _completed(scene: Scene, demande_id: str) -> Reply:
    known = next((one for one in scene.dossier.demandes if one.id == demande_id), None)
    if known is None or known.statut not in OUVERTS:
        my_data.clear_draft(scene)
        return scene.reply(scene.house.words.say("envoi.plus_attendue"))
    scene.effects.append(
        ChangeDemande(known.id, sending.changes(scene, known), complete=known.statut is Statut.A_COMPLETER)
    )
    my_data.clear_draft(scene)
    return scene.reply(
        scene.house.words.say("envoi.completee", numero=known.numero, organisme=doors.body_name(scene, known.organisme))
    )
