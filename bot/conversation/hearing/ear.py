"""The built-in ear: a message heard whole and clause by clause, by learnt weights and by words as data. Nothing is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation.hearing.heard import Act, Heard, Part
from bot.conversation.hearing.orders import Order
from bot.domain import regex as re
from bot.ports import Listener
from bot.reading.dictated import punctuated
from bot.reading.plain import plain
from bot.reading.spoken import Words, said

DANGER = 0.45
"""Weight from which danger is heard, with what the search says of it: `tests.benchmarks.ear_held_out`, `danger_heard`."""

CALMING: Mapping[str, float] = {
    "danger_calme": 0.1,
    "sante_calme": 0.2,
    Act.ANSWER: 0.1,
    Act.CORRECTION: 0.25,
    Act.ORDER: 0.2,
    Act.OTHERS: 0.15,
    Act.SMALLTALK: 0.15,
}
"""What else a message may be, and how much of its weight is taken from that of danger."""

CALMER = 0.15

SURE_HEALTH = 0.45
SURE_ORDER, CLEAR_ORDER, APART = 0.39, 0.22, 0.06
SURE_QUESTION = 0.33
LONGEST_CLAUSE, CLAUSES = 300, 24

ORDERS: Mapping[str, Order] = {
    "pause": Order.LATER,
    "arreter": Order.CANCEL,
    "effacer": Order.ERASE,
    "recommencer": Order.RESTART,
    "envoyer": Order.SEND,
    "resume": Order.SUMMARY,
    "retour": Order.BACK,
    "humain": Order.PERSON,
    "aide": Order.HELP,
    "passer": Order.SKIP,
    "mes_donnees": Order.MY_DATA,
    "statut": Order.STATUS,
    "reprendre": Order.RESUME,
    "annuler_derniere": Order.UNDO,
    "retirer": Order.WITHDRAW,
    "copie": Order.COPY,
    "repeter": Order.REPEAT,
    "combien": Order.HOW_MANY,
}

_CLAUSE = re.compile(
    r"(?<=[.!?;…\n])(?<!\bM\.)(?<!\bMme\.)(?<!\bMr\.)(?<!\bDr\.)\s+|\n+|(?:(?<!\s)\s+)?[,;:()]\s+|(?<!\s)\s+(?=(?:mais|car (?=(?:je|j['’]|il|elle|on|ils|c['’ ]|ma|mon|mes|ça|ca|les|le|la|l['’]|vous|nous|tu|y)\b)|donc|parce qu(?:e|(?=['’]))|puisqu(?:e|(?=['’]))|vu (?:mon|ma|mes|que)|à cause|a cause|suite à|suite a|en raison d"
    r"|sauf que|du coup|par contre|sinon|au fait|d['’]ailleurs|depuis (?:mon|ma|que)|et (?:puis |aussi )?(?:je|j['’]|ma|mon"
    r"|est-ce|c['’]est|comment|combien|qui|quand|on|il|elle))\b)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:est ce que?|c est quoi|(?:je|j|on|faut)(?: \w+){0,1} (?:fais|fait|faire|mets|met|mettre|reponds?) quoi|comment|combien|pourquoi|puis je|peut on|ai je|faut il|dois je|y a t il|qui (?:paye?|signe)"
    r"|ca marche comment|c est (?:paye|remunere|gratuit|possible|obligatoire))\b|\bou (?:pas|non)(?= parce\b| car\b|$)"
)


@lru_cache(maxsize=256)
def clauses(text: str) -> tuple[str, ...]:
    """The clauses of a message, as written; at most CLAUSES of them."""
    parts = (part.strip(" ,;") for part in _CLAUSE.split(punctuated(text)))
    return tuple(part[:LONGEST_CLAUSE] for part in parts if any(char.isalnum() for char in part))[:CLAUSES]


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a message and its lines, « et », « mais » and commas kept inside; at most CLAUSES of them."""
    parts = (part.strip(" ,;") for part in _SENTENCE.split(punctuated(text)))
    return tuple(part[:LONGEST_CLAUSE] for part in parts if any(char.isalnum() for char in part))[:CLAUSES]


_SENTENCE = re.compile(
    r"(?<=[.!?;\n])(?<!\bM\.)(?<!\bMme\.)(?<!\bMr\.)(?<!\bDr\.)\s+|\n+|,\s+(?=(?:et |mais |l['’]|le |la |mon |ma |pour ))|(?<!\s)\s+(?=\d\)\s)",
    re.IGNORECASE,
)


def hear(text: str, listener: Listener, words: Words, tells_health: Callable[[str], bool]) -> Heard:
    """All that `text` says. `tells_health`: whether a clause tells of the person's own health."""
    parts = clauses(text)
    whole, *each = listener.listen_all((text, *parts))
    weighed = tuple(zip(parts, each, strict=True))
    health = tuple(part for part, weights in weighed if tells_health(part) or _about_health(weights))
    kept = _without(text, health)
    if health and kept != text:
        whole = listener.listen(kept) if kept else {}
        weighed = tuple(pair for pair in weighed if pair[0] not in health)
    facts, asked = told_and_asked(kept, weighed)
    order, likely = _order_heard(kept, whole, weighed, words)
    return Heard(
        text=kept,
        weights=whole,
        parts=tuple(Part(part, *_loudest(weights)) for part, weights in weighed),
        danger=found.category if (found := danger(text, listener)) and found.weight >= DANGER else "",
        health=health,
        order=order,
        likely=likely,
        facts=facts,
        asked=asked,
    )


@dataclass(frozen=True, slots=True)
class Alarm:
    """What a message has of danger: how much, from 0 (not at all) to about 1, and of which category."""

    weight: float
    named: Mapping[str, float]

    @property
    def category(self) -> str:
        """The one it sounds like most."""
        return max(self.named, key=lambda name: self.named[name], default="danger")

    @property
    def told_apart(self) -> float:
        """How much it sounds like something done on purpose, to oneself or by somebody: no accident."""
        return max((weight for name, weight in self.named.items() if name != "accident"), default=0.0)

    def but(self, refused: str) -> str:
        """The one it sounds like most, save this one."""
        left = {name: weight for name, weight in self.named.items() if name != refused}
        return max(left, key=lambda name: left[name], default="danger")

    def either(self, other: str) -> str:
        """The category found elsewhere where this one hardly tells them apart, else its own."""
        return (
            other if self.named.get(other, 0.0) >= self.named.get(self.category, 0.0) - APART_DANGER else self.category
        )


APART_DANGER = 0.12


def danger(text: str, listener: Listener) -> Alarm | None:
    """How much the message and its loudest clause sound like danger; None from an ear that has learnt nothing."""
    spans = (text, *clauses(text))
    whole, *each = listener.listen_all(spans)
    if not whole:
        return None
    loudest = max((whole, *each), key=lambda one: one.get(Act.DANGER, 0.0))
    heard = (whole.get(Act.DANGER, 0.0) + loudest.get(Act.DANGER, 0.0)) / 2
    calm = sum(share * max(0.0, whole.get(act, 0.0)) for act, share in CALMING.items())
    named = {act.partition("/")[2]: weight for act, weight in loudest.items() if act.startswith("danger/")}
    return Alarm(heard - calm, named)


def _about_health(weights: Mapping[str, float]) -> bool:
    sure = weights.get(Act.HEALTH, 0.0)
    return sure >= SURE_HEALTH and sure - weights.get("sante_calme", 0.0) >= CALMER


def _without(text: str, spans: tuple[str, ...]) -> str:
    for span in spans:
        text = text.replace(span, " ", 1)
    text = re.sub(r"(?:^|(?<=[\s,;]))(?:mais|car|donc|parce que|puisque|et|vu)\s*(?=$|[,;.!?])", "", text.strip())
    return (
        re.sub(r"(?:(?<!\s)\s+)?([,;:])\s*(?=[,;:.!?]|$)", "", re.sub(r"\s+", " ", text)).strip(" ,;:")
        if spans
        else text
    )


def _order_heard(
    text: str, whole: Mapping[str, float], weighed: tuple[tuple[str, Mapping[str, float]], ...], words: Words
) -> tuple[Order | None, tuple[Order, ...]]:
    """The order of the whole, or that of a clause where it asks for a person; a question orders nothing final."""
    if said(words, text, "cadre.defaire") and len(plain(text).split()) <= LONGEST_UNDO:
        return Order.UNDO, ()
    if said(words, text, "cadre.mes_donnees"):
        return Order.MY_DATA, ()
    if len(plain(text).split()) < FEWEST_ORDERED:
        return None, ()
    order, likely = ordered(whole)
    if order is Order.UNDO and _JUST_TOLD.search(plain(text)) and not _TAKES_BACK.search(plain(text)):
        return None, ()
    if "?" in text and order in _NEVER_ASKED:
        return None, ()
    if order in _PLAIN_SPOKEN and len(plain(text).split()) > LONGEST_ASKED:
        return None, ()
    if order in _FINAL and ("?" in text or _HELD_BACK.search(plain(text)) or said(words, text, "cadre.ailleurs")):
        return None, ()
    if order is None:
        inside = {
            ordered(weights)[0] for part, weights in weighed if not _HELD_BACK.search(plain(part)) and "?" not in part
        }
        order = next((one for one in _IN_PASSING if one in inside and not (one is Order.LATER and "?" in text)), None)
    return order, () if order else likely


_PLAIN_SPOKEN = frozenset({Order.SUMMARY, Order.BACK, Order.REPEAT, Order.HOW_MANY, Order.STATUS, Order.HELP})
LONGEST_ASKED = 14
"""Words beyond which a story that sounds like an order to show something is a story."""

_HELD_BACK = re.compile(
    r"\b(?:pas|attend\w*|d abord|avant|plus tard|demain|lundi|si|s il|quand|lorsque|des que|une fois|hesit\w*|mais|m a dit|m ont dit|me dit)\b"
)
"""« envoie pas encore », « quand je serai prête », « on m'a dit d'envoyer, mais… »: nothing final is ordered by a message
that holds it back, sets a condition, or tells what somebody else says."""

_JUST_TOLD = re.compile(
    r"\b(?:je |j )?vien[st]? de (?:(?:la|le|les|l|vous|te|t) ){0,2}(?:donn|dire|mett|ecri|envoy|repond|not|tap)"
)
_TAKES_BACK = re.compile(
    r"\b(?:annul|efface|enl[eè]?v|supprim|jet|retir|oubli|repren|laisse|devalid|vire|poubelle|pas not|change|corrig|rien dit)"
)
"""« je viens de la donner » takes nothing back; « efface ce que je viens de donner » does."""

FEWEST_ORDERED, LONGEST_UNDO = 2, 15
"""Words: « non » alone orders nothing; a story in which somebody takes up work again undoes nothing."""

_NEVER_ASKED = frozenset({Order.UNDO, Order.BACK, Order.SKIP})
"""Orders that no question gives."""

_IN_PASSING = (Order.PERSON, Order.ERASE, Order.LATER)
"""Orders that one clause gives among others: each asks first, or loses nothing. Sending is no such order."""

_FINAL = frozenset({Order.SEND, Order.ERASE, Order.WITHDRAW, Order.RESTART})


def ordered(weights: Mapping[str, float]) -> tuple[Order | None, tuple[Order, ...]]:
    """The order a message is, or the two it may be."""
    sure = weights.get(Act.ORDER, 0.0)
    rivals = max(weights.get(act, 0.0) for act in (Act.ANSWER, Act.QUESTION, Act.PROBLEM, Act.CORRECTION, Act.OTHERS))
    if sure < SURE_ORDER or sure <= rivals:
        return None, ()
    named = sorted(
        ((weight, name.partition("/")[2]) for name, weight in weights.items() if name.startswith("ordres/")),
        reverse=True,
    )
    if len(named) < 2:
        return None, ()
    (first, name), (second, other) = named[:2]
    if first >= CLEAR_ORDER and first - second >= APART:
        return ORDERS.get(name), ()
    likely = tuple(ORDERS[one] for one in (name, other) if one in ORDERS)
    return None, likely if sure >= 0.6 else ()


def told_and_asked(text: str, weighed: tuple[tuple[str, Mapping[str, float]], ...]) -> tuple[str, str]:
    """« … du 3 au 14 mars, c'est payé ? »: the facts and the question; two empty texts where it is one thing only."""
    asking = [asks(part, weights) for part, weights in weighed]
    if len(asking) < 2 or not any(asking) or all(asking):
        return "", ""
    first = asking.index(True)
    if first and all(asking[first:]):
        where = text.find(weighed[first][0])
        return (text[:where].strip(" ,;"), text[where:].strip()) if where > 0 else ("", "")
    told = ", ".join(part for (part, _), asks_it in zip(weighed, asking, strict=True) if not asks_it)
    return told, " ".join(part for (part, _), asks_it in zip(weighed, asking, strict=True) if asks_it)


def asks(part: str, weights: Mapping[str, float]) -> bool:
    """Whether a clause asks something."""
    if "?" in part:
        return True
    if _TO_SEE.search(plain(part)):
        return False
    if _ASKS.search(plain(part)):
        return True
    sure = weights.get(Act.QUESTION, 0.0)
    return sure >= SURE_QUESTION and sure > weights.get(Act.ANSWER, 0.0)


_TO_SEE = re.compile(
    r"\b(?:voir|observer|regarder|apprendre|comprendre|decouvrir|connaitre|montrer|m expliquer)\b(?: \w+){0,3} (?:comment|pourquoi|qui|quoi|combien)\b"
)
"""« voir comment elles portent les résidents » is what one will do, no question."""


_ACTS = tuple(Act)


def _loudest(weights: Mapping[str, float]) -> tuple[Act, float]:
    act = max(_ACTS, key=lambda one: weights.get(one, 0.0))
    return act, weights.get(act, 0.0)


def own_request(text: str, words: Words) -> str:
    """What is asked of one's own request: recoit, reste, statut, garde, copie; empty otherwise."""
    found = said(words, text, *(name for name in words if name.startswith("ma_demande.")))
    return found.partition(".")[2]
