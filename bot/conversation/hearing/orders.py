"""What a person orders, with a slash or in words."""

from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.hearing.phrases import SEND_NOW
from bot.domain import regex as re
from bot.reading.plain import plain


class Order(StrEnum):
    """The orders, by name."""

    START = "start"
    HELP = "aide"
    CANCEL = "annuler"
    BACK = "retour"
    SUMMARY = "resume"
    RESTART = "recommencer"
    MY_DATA = "mes_donnees"
    ERASE = "effacer"
    DEMANDE = "demande"
    STATUS = "statut"
    PERSON = "conseiller"
    SKIP = "passer"
    REPEAT = "repeter"
    HOW_MANY = "combien"
    RESUME = "reprendre"
    LATER = "plus_tard"
    QUESTION = "question"
    CAN_I = "puisje"
    UNDO = "defaire"
    NO_REMINDERS = "stop_rappels"
    REMINDERS = "rappels"
    WITHDRAW = "retirer"
    BACK_TO_BOT = "robot"
    SEND = "envoyer"
    COPY = "copie"
    LEFT = "reste"
    UNKNOWN = "inconnue"


@dataclass(frozen=True, slots=True)
class Heard:
    """An order recognised, and what followed it."""

    order: Order
    rest: str = ""


SLASHED = {order.value: order for order in Order if order is not Order.UNKNOWN} | {
    "help": Order.HELP,
    "stop": Order.CANCEL,
    "cancel": Order.CANCEL,
    "mesdonnees": Order.MY_DATA,
    "mes_demandes": Order.STATUS,
    "demandes": Order.STATUS,
    "humain": Order.PERSON,
    "stop_rappels": Order.NO_REMINDERS,
    "puis_je": Order.CAN_I,
    "supprimer": Order.ERASE,
}

_POLITE = r"(?:(?:s il (?:vous|te) plait|svp|stp|merci|maintenant|tout de suite)\b ?)*"
_WANT = (
    r"(?:(?:bon|ok|non|oui|alors|finalement|euh|bonjour|je|j|voudrais|veux|aimerais|peux|pourrais|peut on|puis je|on"
    r"|est ce que|possible de|de|il faut|comment)\b ?)*"
)
_I_WISH = r"(?:bonjour |bonsoir |alors |bon )*(?:je (?:veux|voudrais|souhaite|souhaiterais|aimerais)|j aimerais) "
_SOMEBODY = (
    r"(?:quelqu un|qqn|une personne|un humain|un conseiller|une conseillere|mon conseiller|ma conseillere"
    r"|une vraie personne|un agent)"
)

_SPOKEN: dict[Order, tuple[str, ...]] = {
    Order.UNDO: (
        r"annule(?:r|z)? (?:la|cette|ma|le) (?:derniere )?(?:correction|modification|changement)",
        r"(?:remets?|remettez) comme avant",
    ),
    Order.NO_REMINDERS: (r"(?:stop|arretez|arreter|plus de|pas de|desactiver?) (?:les |des |vos |aux )?rappels?",),
    Order.REMINDERS: (
        r"(?:oui )?(?:activer?|activez|envoyez moi|recevoir) (?:les|des) rappels",
        r"(?:me le rappeler|rappelez le moi|oui aux rappels)",
    ),
    Order.ERASE: (
        (
            r"(?:supprim|effac)(?:e|es|ez|er) (?:moi )?(?:toutes? )?"
            r"(?:mes donnees|mon compte|mes informations|mes infos|tout ce que vous avez)(?: .*)?"
        ),
        r"(?:supprim|effac)(?:e|ez|er) (?:tout|moi)",
        r"droit (?:a l )?(?:oubli|effacement)",
    ),
    Order.MY_DATA: (
        r"(?:voir |montrez moi |donnez moi |c est quoi )?(?:mes donnees|les donnees sur moi)",
        r"(?:que|qu est ce que|quelles donnees) (?:vous )?(?:savez|gardez|avez)(?: vous)?(?: sur moi| de moi)?",
    ),
    Order.WITHDRAW: (r"(?:retirer?|annuler?|supprimer?) ma demande(?: envoyee)?",),
    Order.CANCEL: (
        r"annul(?:e|er|ez)(?: tout| la demande| le formulaire)?",
        r"(?:je )?laiss(?:e|ez) tomber",
        r"(?:j )?abandonn(?:e|er)",
        r"stop|arret(?:e|er|ez)(?: tout)?|quitter",
    ),
    Order.BACK: (
        r"retour|revenir(?: en arriere| a la question (?:precedente|d avant))?|en arriere|reviens|avant",
        r"(?:la )?(?:question )?precedente?",
    ),
    Order.RESTART: (
        r"(?:tout )?recommenc(?:er|e|ons)(?: tout| a zero| depuis le debut)?",
        r"repartir (?:de|a) zero|nouvelle demande",
    ),
    Order.SUMMARY: (
        r"(?:voir |montrez moi |affiche[rz]? |relire )?(?:le |mon |un )?(?:resume|recap|recapitulatif)(?: de ma demande)?",
        r"on en est ou|ou en est on|relire(?: ma demande)?",
    ),
    Order.PERSON: (
        rf"(?:parler|discuter|parle|echanger|contacter|joindre|appeler|voir)(?: a| avec)? {_SOMEBODY}(?: .*)?",
        r"(?:(?:un|une|votre) )?(?:humain|conseiller|conseillere|vraie personne)",
        r"besoin d (?:un humain|une personne|aide humaine|un conseiller)",
        r"(?:il )?y a (?:t il )?quelqu un|rappelez moi|appelez moi|prendre (?:un )?(?:rendez vous|rdv)",
    ),
    Order.BACK_TO_BOT: (r"(?:revenir|retour|parler|repasser) (?:au|avec le|a) (?:robot|bot|service automatique)",),
    Order.STATUS: (
        r"(?:c est )?ou (?:en )?(?:est|c est) ma demande|c est ou ma demande",
        r"(?:ou en est|statut de|suivi de|etat de|des nouvelles de|et) ma demande(?: .*)?",
        r"(?:voir )?mes demandes?|statut|(?:vous avez |avez vous )?des nouvelles",
    ),
    Order.RESUME: (
        r"reprendre(?: ma demande| mon brouillon| le formulaire| la demande)?",
        r"continuer(?: ma demande)?|on continue|on reprend|je (?:reprends|continue)",
        r"on commence|commencer|c est parti|allons y|on y va",
    ),
    Order.LATER: (
        r"(?:garder|je garde|mettre de cote)(?: pour plus tard)?",
        r"je reviens plus tard|(?:on (?:verra|continue)|je (?:ferai|finirai|finis) (?:ca )?) ?plus tard",
    ),
    Order.SKIP: (
        r"pass(?:e|er|ez|ons)(?: cette question| la question| a la suite)?",
        r"(?:je )?prefere pas(?: repondre| dire)?|je prefere ne pas (?:repondre|le dire|dire)",
        r"plus tard|(?:question )?suivante?|sans reponse|je ne veux pas repondre",
    ),
    Order.LEFT: (
        r"(?:alors |et |donc )?(?:qu est ce qu )?il (?:me )?reste(?: t il)? (?:quoi|a faire)(?: .{0,40})?",
        r"qu est ce qu il (?:me )?reste(?: a faire)?(?: .{0,40})?|(?:ma |la )?(?:check ?)?liste (?:de ce qui (?:me )?reste|a cocher)",
    ),
    Order.HOW_MANY: (
        r"(?:il reste |encore )?combien (?:de|d) questions?(?: .*)?",
        r"(?:c est|ce sera) (?:encore )?long|c est bientot fini|il (?:en )?reste combien(?: .*)?",
    ),
    Order.REPEAT: (
        (
            r"(?:(?:vous|tu) (?:pouvez|peux) |pouvez vous )?"
            r"(?:repeter?|repete|repetez|redire|reformuler|reexpliquer)(?: la question)?"
        ),
        r"quoi|comment|pardon|hein",
        (
            r"(?:j ai |je n ai |je )?(?:(?:rien |pas )compris|comprends? (?:pas|rien)|ne comprends? (?:pas|rien))"
            r"(?: la question)?"
        ),
        r"qu est ce que (?:ca|cela) veut dire",
    ),
    Order.HELP: (
        r"aide(?: moi)?|aidez moi|help|menu|a l aide|besoin d aide|je suis perdue?",
        r"que (?:peux tu|pouvez vous|sais tu|savez vous) faire|qu est ce que tu (?:peux|sais) faire",
    ),
    Order.CAN_I: (
        r"puis je(?: en faire une| faire une immersion| y avoir droit)?",
        r"(?:est ce que )?(?:ai je|j ai) droit",
    ),
    Order.DEMANDE: (
        (
            r"(?:preparer|faire|commencer|remplir|nouvelle|deposer|lancer)(?: une| ma| la| le| un)? "
            r"(?:autre )?(?:demande|formulaire)(?: d immersion| de pmsmp| de stage)?"
        ),
    ),
    Order.QUESTION: (
        r"poser (?:une|des|ma|mes) questions?|(?:j ai )?(?:une|des) questions?(?: a poser)?|voir mes questions d abord",
    ),
}

_WISHED = re.compile(
    rf"{_I_WISH}(?:faire|demander|preparer|commencer) (?:une? )?(?:immersion|pmsmp|demande)"
    rf"(?: professionnelle)?(?: en entreprise)? ?{_POLITE}"
)
_PATTERNS = tuple(
    (order, re.compile(rf"\A{_WANT}(?:{'|'.join(f'(?:{form})' for form in forms)}) ?{_POLITE}"))
    for order, forms in _SPOKEN.items()
)

_SWITCH = re.compile(r"(?:stop|arretez?|attends?|attendez)\b.*\b(?:mes|des|une|poser)\b.*\bquestions?\b.*")


def order(text: str) -> Heard | None:
    """The order in `text`, or None when it is something else."""
    stripped = text.strip()
    if stripped.startswith("/"):
        return _slashed(stripped)
    if stripped and not stripped.strip("? \u00a0"):
        return Heard(Order.HELP) if len(stripped) == 1 else Heard(Order.REPEAT)
    words = plain(stripped)
    if not words or len(words) > 90:
        return None
    if _SWITCH.fullmatch(words):
        return Heard(Order.QUESTION)
    if _WISHED.fullmatch(words):
        return Heard(Order.DEMANDE)
    found = next((order for order, pattern in _PATTERNS if pattern.fullmatch(words)), None)
    return Heard(found) if found else None


def heard_as_order(text: str) -> bool:
    """Whether a text is an order, « envoyez » included: no place and no name."""
    return order(text) is not None or SEND_NOW.fullmatch(plain(text)) is not None


def _slashed(text: str) -> Heard:
    name, _, rest = text[1:].partition(" ")
    name = plain(name.partition("@")[0].replace("_", "-")).replace(" ", "_").replace("-", "_")
    return Heard(SLASHED.get(name, Order.UNKNOWN), rest.strip())
