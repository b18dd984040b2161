"""What a person orders, with a slash or in words."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.plain import plain


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
_WANT = r"(?:(?:bon|ok|non|oui|alors|finalement|euh|bonjour|je|j|voudrais|veux|aimerais|peux|pourrais|peut on|puis je|on|est ce que|possible de|de|il faut|comment)\b ?)*"

_SPOKEN: tuple[tuple[Order, str], ...] = (
    (Order.UNDO, r"annule(?:r|z)? (?:la|cette|ma|le) (?:derniere )?(?:correction|modification|changement)"),
    (Order.UNDO, r"(?:remets?|remettez) comme avant"),
    (Order.NO_REMINDERS, r"(?:stop|arretez|arreter|plus de|pas de|desactiver?) (?:les |des |vos |aux )?rappels?"),
    (Order.REMINDERS, r"(?:oui )?(?:rappelez moi|activer? les rappels|recevoir (?:des|les) rappels)"),
    (
        Order.ERASE,
        r"(?:supprim|effac)(?:e|ez|er) (?:toutes? )?(?:mes donnees|mon compte|mes informations|tout ce que vous avez)(?: .*)?",
    ),
    (Order.ERASE, r"(?:droit (?:a l )?(?:oubli|effacement))"),
    (Order.MY_DATA, r"(?:voir |montrez moi |donnez moi |c est quoi )?(?:mes donnees|les donnees sur moi)"),
    (
        Order.MY_DATA,
        r"(?:que|qu est ce que|quelles donnees) (?:vous )?(?:savez|gardez|avez)(?: vous)?(?: sur moi| de moi)?",
    ),
    (Order.WITHDRAW, r"(?:retirer?|annuler?|supprimer?) ma demande(?: envoyee)?"),
    (
        Order.CANCEL,
        r"annul(?:e|er|ez)(?: tout| la demande| le formulaire)?|laiss(?:e|ez) tomber|abandonn(?:e|er)|stop|arret(?:e|er|ez)(?: tout)?|quitter|j abandonne|je laisse tomber",
    ),
    (
        Order.BACK,
        r"(?:retour|revenir(?: en arriere| a la question precedente)?|question precedente|precedent|en arriere|reviens|avant)",
    ),
    (
        Order.RESTART,
        r"(?:tout )?recommenc(?:er|e|ons)(?: tout| a zero| depuis le debut)?|repartir (?:de|a) zero|nouvelle demande",
    ),
    (
        Order.SUMMARY,
        r"(?:(?:voir |montrez moi |affiche[rz]? )?(?:le |mon |un )?(?:resume|recap|recapitulatif)(?: de ma demande)?|on en est ou|ou en est on)",
    ),
    (
        Order.PERSON,
        r"(?:parler|discuter|parle|echanger|contacter|joindre|appeler)(?: a| avec)? (?:quelqu un|une personne|un humain|un conseiller|une conseillere|mon conseiller|ma conseillere|une vraie personne)(?: .*)?",
    ),
    (
        Order.PERSON,
        r"(?:(?:un|une|votre) )?(?:humain|conseiller|conseillere|vraie personne)|besoin d (?:un humain|une personne|aide humaine)",
    ),
    (Order.BACK_TO_BOT, r"(?:revenir|retour|parler|repasser) (?:au|avec le|a) (?:robot|bot|service automatique)"),
    (
        Order.STATUS,
        r"(?:c est )?ou (?:en )?(?:est|c est) ma demande|(?:ou en est|statut de|suivi de|etat de|des nouvelles de) ma demande(?: .*)?|mes demandes?|voir mes demandes?|c est ou ma demande|ou est ma demande|statut",
    ),
    (
        Order.RESUME,
        r"reprendre(?: ma demande| mon brouillon)?|continuer(?: ma demande)?|on continue|on reprend|je (?:reprends|continue)",
    ),
    (
        Order.LATER,
        r"(?:garder|je garde|mettre de cote)(?: pour plus tard)?|je reviens plus tard|on (?:verra|continue) plus tard",
    ),
    (
        Order.SKIP,
        r"pass(?:e|er|ez|ons)(?: cette question| la question)?|(?:je )?prefere pas(?: repondre| dire)?|je prefere ne pas (?:repondre|le dire|dire)|plus tard|question suivante|suivant|sans reponse|je ne veux pas repondre",
    ),
    (
        Order.HOW_MANY,
        r"(?:il reste |encore )?combien (?:de|d) questions?(?: .*)?|(?:c est|ce sera) (?:encore )?long|c est bientot fini|il (?:en )?reste combien(?: .*)?",
    ),
    (
        Order.REPEAT,
        r"(?:(?:vous|tu) (?:pouvez|peux) |pouvez vous )?(?:repeter?|repete|redire|reformuler|reexpliquer)(?: la question)?|(?:quoi|comment|pardon|hein)|(?:j ai |je n ai |je )?(?:pas compris|comprends? (?:pas|rien)|ne comprends? (?:pas|rien))(?: la question)?|qu est ce que (?:ca|cela) veut dire",
    ),
    (
        Order.HELP,
        r"aide(?: moi)?|help|menu|a l aide|besoin d aide|comment ca marche|que (?:peux tu|pouvez vous|sais tu|savez vous) faire|qu est ce que tu (?:peux|sais) faire",
    ),
    (Order.CAN_I, r"puis je(?: en faire une| faire une immersion| y avoir droit)?|ai je droit|est ce que j ai droit"),
    (
        Order.DEMANDE,
        r"(?:preparer|faire|commencer|remplir|nouvelle|deposer|lancer)(?: une| ma| la| le)? (?:autre )?(?:demande|formulaire)(?: d immersion| de pmsmp)?",
    ),
    (
        Order.QUESTION,
        r"poser (?:une|des|ma|mes) questions?|(?:j ai )?(?:une|des) questions?|voir mes questions d abord",
    ),
)

_PATTERNS = tuple((order, re.compile(f"{_WANT}(?:{pattern}) ?{_POLITE}")) for order, pattern in _SPOKEN)

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
    found = next((order for order, pattern in _PATTERNS if pattern.fullmatch(words)), None)
    return Heard(found) if found else None


def _slashed(text: str) -> Heard:
    name, _, rest = text[1:].partition(" ")
    name = plain(name.partition("@")[0].replace("_", "-")).replace(" ", "_").replace("-", "_")
    return Heard(SLASHED.get(name, Order.UNKNOWN), rest.strip())
