"""What a sent request gives: the recap to download, the dates for a calendar, a message for the host."""

from dataclasses import replace
from urllib.parse import quote

from bot.conversation.saying import doors, questions
from bot.conversation.saying.telling import link
from bot.conversation.scene import Rows, Scene
from bot.domain.demande import CLOS, Champ, Demande, Statut
from bot.domain.message import Attachment, Button, Reply
from bot.form import recap

SHOWN = ("pdf", "ics", "hote")


def buttons(scene: Scene, sent: Demande) -> Rows:
    """One button a document that this request can give; bound to the request, so that they never age."""
    words = scene.house.words
    names = [name for name in SHOWN if _possible(name, sent)]
    return tuple((Button(words.say(f"boutons.doc_{name}"), f"doc:{name}.{sent.id}:0"),) for name in names)


def _possible(name: str, sent: Demande) -> bool:
    dated = bool(sent.answers.get(Champ.DATE_DEBUT) and sent.answers.get(Champ.DATE_FIN))
    ended = sent.statut in CLOS and sent.statut is not Statut.CONVENTIONNEE
    return name == "pdf" or (dated and not ended)


def give(scene: Scene, value: str) -> Reply | None:
    """The document asked for; None where it is not this person's, or no longer there."""
    name, _, identifier = value.partition(".")
    sent = next((one for one in scene.dossier.demandes if one.id == identifier), None)
    if sent is None or name not in SHOWN or not _possible(name, sent):
        return None
    words = scene.house.words
    if name == "hote":
        text = host_message(scene, sent)
        scene.then.append(Reply(text))
        mail = link(words.say("hote.mailto"), mailto(words.say("hote.objet"), text, _host_address(sent)))
        return scene.reply(words.say("hote.intro"), mail, rows=questions.menu_rows(scene)[:2])
    text = words.say(f"envoi.voici_{name}", numero=sent.numero)
    rows: Rows = ((scene.button(words.say("menu.demandes"), "menu", "demandes"),),)
    kind = Attachment("pdf" if name == "pdf" else "ics", sent.id)
    return replace(scene.reply(text, rows=rows), attachment=kind)


def _host_address(sent: Demande) -> str:
    """The e-mail of whoever signs for the host, else of the tutor; empty where neither is known."""
    return sent.reponses.text(Champ.SIGNATAIRE_EMAIL) or sent.reponses.text(Champ.TUTEUR_EMAIL)


def mailto(subject: str, body: str, address: str = "") -> str:
    """A link that opens an e-mail ready to be read again and sent (RFC 6068); parentheses would end it."""
    fields = "&".join(f"{name}={quote(value, safe='')}" for name, value in (("subject", subject), ("body", body)))
    return f"mailto:{quote(address, safe='@')}?{fields}"


def host_message(scene: Scene, sent: Demande) -> str:
    """Words that the person can forward to the host: who, what, when; of the person, the first name alone."""
    words = scene.house.words
    known = sent.answers

    def value(champ: Champ) -> str:
        return recap.shown(words, champ, known[champ]) if known.get(champ) is not None else ""

    period = words.say("recap.periode", debut=value(Champ.DATE_DEBUT), fin=value(Champ.DATE_FIN))
    parts = [
        words.say("hote.bonjour", prenom=value(Champ.PRENOM)),
        words.say("hote.metier", metier=value(Champ.METIER), periode=period) if value(Champ.METIER) else "",
        "" if value(Champ.METIER) else words.say("hote.sans_metier", periode=period),
        words.say("hote.horaires", horaires=value(Champ.HORAIRES)) if value(Champ.HORAIRES) else "",
        words.say("hote.organisme", organisme=doors.holder_name(scene, sent)),
        words.say("hote.merci", prenom=value(Champ.PRENOM)),
    ]
    return "\n".join(part for part in parts if part)
