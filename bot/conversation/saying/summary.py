"""Everything is answered: the numbered recap, who would see it and for how long, and sending, which is the consent."""

from bot.conversation import listed
from bot.conversation.saying import door_news, doors, law
from bot.conversation.saying.doors import where
from bot.conversation.scene import Rows, Scene
from bot.domain.demande import OUVERTS, Champ, Statut
from bot.domain.message import Reply
from bot.form import recap

_YEAR = 365


def summary(scene: Scene) -> Reply:
    """The numbered recap, where it will go and why, and what can be done with it."""
    words = scene.house.words
    scene.remember(reviewed=scene.session.version)
    stops = law.blocking(scene)
    return scene.reply(
        f"*{words.say('recap.titre')}*",
        asked_by_counsellor(scene),
        recap.numbered(words, scene.house.flow, scene.draft),
        goes(scene),
        one_at_a_time(scene),
        "\n".join(law.remarks(scene)),
        words.say("recap.a_corriger") if stops else words.say("recap.invite"),
        "" if stops else agreement(scene),
        rows=summary_rows(scene, sendable=not stops),
    )


def brief(scene: Scene) -> Reply:
    """The summary was shown before: what may be done now, the page on a button."""
    words = scene.house.words
    scene.remember(reviewed=scene.session.version)
    stops = law.blocking(scene)
    again = (scene.button(words.say("boutons.revoir"), "ordre", "resume"),)
    rows = summary_rows(scene, sendable=not stops)
    return scene.reply(
        words.say("recap.bref"),
        asked_by_counsellor(scene),
        goes(scene),
        "\n".join(law.remarks(scene)),
        words.say("recap.a_corriger") if stops else agreement(scene),
        rows=(rows[0], again, *rows[1:])[:6],
    )


def asked_by_counsellor(scene: Scene) -> str:
    """What the counsellor asked for, in their own words, while the person reads before sending; empty elsewhere."""
    sent = scene.completed
    if sent is None or sent.statut is not Statut.A_COMPLETER:
        return ""
    motif = next((one.motif for one in reversed(sent.evenements) if one.vers == Statut.A_COMPLETER), "")
    return scene.house.words.say("recap.conseiller", motif=motif) if motif else ""


def goes(scene: Scene) -> str:
    """Where the request goes: in full where it was not told yet, else in one sentence each; then which office."""
    orientation = scene.draft.orientation
    door_told = scene.memory.door
    news = door_news.news(scene)
    if orientation is None or (news and door_told != orientation.organisme):
        return "\n".join(part for part in (news, "" if scene.office else which_office(scene)) if part)
    return "\n".join(part for part in (where(scene, orientation), which_office(scene)) if part)


def one_at_a_time(scene: Scene) -> str:
    """Said before anything is sent: another request is open, and one immersion has one."""
    words = scene.house.words
    mine = scene.memory.completing.demande if scene.memory.completing else ""
    others = [one.numero for one in scene.dossier.demandes if one.statut in OUVERTS and one.id != mine]
    return words.say("envoi.une_seule", numero=others[-1]) if others else ""


def which_office(scene: Scene) -> str:
    """The local office with how to reach it; where none is known, how to find one's own."""
    words, orientation, office = scene.house.words, scene.draft.orientation, scene.office
    if orientation is None or orientation.organisme == doors.UNDECIDED or orientation.dispositif != "pmsmp":
        return ""
    if office is not None:
        return words.say("porte.bureau", bureau=listed.office_card(scene, office))
    if scene.draft.offices.candidats:
        return words.say("porte.bureau_passe")
    found = doors.address(scene, orientation.organisme)
    return words.say("porte.sans_bureau", adresse=found) if found else ""


def agreement(scene: Scene) -> str:
    """Who will see what, and for how long, once the button is pressed; empty where nobody would receive it."""
    words, orientation = scene.house.words, scene.draft.orientation
    if orientation is None or orientation.organisme == doors.UNDECIDED:
        return ""
    if scene.memory.completing is not None:
        return words.say("envoi.accord_deja", organisme=receiver(scene, orientation.organisme))
    said = words.say("envoi.accord", bouton=send_label(scene), duree=kept_for(scene))
    return f"{said} {words.say('envoi.accord_mineur')}" if scene.draft.minor else said


def receiver(scene: Scene, slug: str) -> str:
    """Who receives a request to this body: the office where one is known."""
    return listed.office_name(scene, scene.office) if scene.office else doors.body_name(scene, slug)


def kept_for(scene: Scene) -> str:
    """How long a request is kept once nothing happens to it any more."""
    days = scene.house.retention_close_jours
    years, rest = divmod(days, _YEAR)
    if rest or not years:
        return scene.house.words.say("duree.jours", nombre=str(days))
    return scene.house.words.say("duree.an" if years == 1 else "duree.ans", nombre=str(years))


def send_label(scene: Scene) -> str:
    """« Envoyer à la mission locale »: the button is the consent, so it names who receives."""
    words, orientation = scene.house.words, scene.draft.orientation
    if orientation is None or orientation.organisme == doors.UNDECIDED:
        return words.say("boutons.envoyer")
    if scene.office is not None:
        return words.say("boutons.envoyer_bureau", bureau=listed.office_label(scene, scene.office))
    return words.say("boutons.envoyer_a", destinataire=doors.toward(scene, orientation.organisme))


def summary_rows(scene: Scene, *, sendable: bool = True) -> Rows:
    """Send, correct, add: bound to this version of the draft."""
    words = scene.house.words
    names = ("envoyer", "corriger") if sendable else ("corriger",)
    labels = {"envoyer": send_label(scene)} if sendable else {}
    rows = [(scene.button(labels.get(name) or words.say(f"boutons.{name}"), "recap", name),) for name in names]
    for champ, name in ((Champ.AMENAGEMENTS, "amenagements"), (Champ.URGENCE_NOM, "urgence")):
        if not scene.draft.has(champ):
            rows.append((scene.button(words.say(f"boutons.{name}"), "recap", name),))
    rows.append((scene.button(words.say("boutons.plus_tard"), "recap", "garder"),))
    return tuple(rows)
