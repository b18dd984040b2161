"""A question of ours that waits for a choice: stop, erase, send again, a value to confirm."""

import re
from collections.abc import Callable

from bot.conversation.deciding import guard, interpret, whose
from bot.conversation.doing import filling, my_data, person, send, sent_request, stopping, transfer
from bot.conversation.memory import Nothing, What
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
from bot.form.recap import shown
from bot.reading.outcome import Value
from bot.reading.plain import plain

_YES = {
    "oui",
    "o",
    "ok",
    "oui oui",
    "d accord",
    "ouais",
    "c est ca",
    "oui c est ca",
    "confirmer",
    "je confirme",
    "yes",
    "exact",
    "exactement",
    "tout a fait",
    "oui je confirme",
    "bien sur",
    "ca marche",
    "va pour ca",
    "c est bon",
}
_NO = {
    "non",
    "nan",
    "no",
    "non merci",
    "surtout pas",
    "non non",
    "pas du tout",
    "non laisse tomber",
    "laisse tomber",
    "annuler",
    "annule",
    "laissez tomber",
    "non laissez tomber",
}
_RANKS = (
    ("premier", "premiere", "1er", "1"),
    ("deuxieme", "second", "seconde", "2"),
    ("troisieme", "3"),
    ("quatrieme", "4"),
    ("cinquieme", "5"),
)


def kind(scene: Scene) -> What | None:
    """What waits for a « oui », or None."""
    return scene.confirming.what if scene.confirming else None


def choose(scene: Scene, value: str) -> Reply:
    """Carry out the choice."""
    what = kind(scene)
    action = _CHOICES.get((what, value)) if what else None
    if action is None:
        scene.remember(focus=Nothing())
        return questions.prompt(scene)
    return action(scene)


def typed(scene: Scene, text: str) -> Reply | None:
    """The choice in words; None where the text is something else."""
    waiting = kind(scene)
    if not waiting:
        return None
    words = plain(text)
    for value in dict.fromkeys(choice for name, choice in _CHOICES if name == waiting):
        name = _LABELS.get((waiting, value), value)
        label = plain(scene.house.words.first(f"boutons.{name}", name))
        if words == label or (len(words) > 3 and label.startswith(words)):
            return choose(scene, value)
    answer = _yes_no(scene, text)
    by_word = _TYPED.get(waiting, {})
    found = by_word.get("oui" if answer else "non") if answer is not None else None
    found = found or next((value for value, stems in _STEMS.get(waiting, {}).items() if words.startswith(stems)), None)
    return choose(scene, found) if found else None


def _yes_no(scene: Scene, text: str) -> bool | None:
    words = plain(text)
    if words in _YES:
        return True
    if words in _NO:
        return False
    if len(words) > 20:
        return None
    reading = scene.house.reader.read("oui_non", text, scene.context())
    return reading.value if isinstance(reading, Value) and isinstance(reading.value, bool) else None


def _resume(scene: Scene) -> Reply:
    scene.remember(focus=Nothing())
    scene.say("form.on_continue")
    return questions.prompt(scene)


def _restart(scene: Scene) -> Reply:
    my_data.park(scene)
    scene.remember(focus=Nothing())
    return stopping.open_form(scene)


def _send_twin(scene: Scene) -> Reply:
    scene.remember(focus=Nothing())
    return send.send(scene, confirmed=True)


def _hand_with(scene: Scene) -> Reply:
    return person.hand_over(scene, with_draft=True)


def _hand_without(scene: Scene) -> Reply:
    return person.hand_over(scene, with_draft=False)


def _withdraw(scene: Scene) -> Reply:
    identifier = scene.confirming.demande if scene.confirming else ""
    scene.remember(focus=Nothing())
    return sent_request.withdraw(scene, identifier)


def _park(scene: Scene) -> Reply:
    my_data.park(scene)
    scene.remember(focus=Nothing())
    scene.say("form.mise_de_cote")
    return stopping.open_form(scene)


def _drop(scene: Scene) -> Reply:
    scene.remember(focus=Nothing())
    return my_data.drop_draft(scene)


def _own_words(scene: Scene) -> Reply:
    """The forwarded words are the person's own answer after all."""
    guard.as_own(scene, scene.confirming.text if scene.confirming else "")
    scene.remember(focus=Nothing())
    return interpret.interpret(scene)


def _not_mine(scene: Scene) -> Reply:
    scene.remember(focus=Nothing())
    scene.say("hors_texte.transfere_non")
    return questions.prompt(scene)


_CHOICES: dict[tuple[What, str], Callable[[Scene], Reply]] = {
    (What.STOP, "continuer"): _resume,
    (What.STOP, "garder"): stopping.keep,
    (What.STOP, "supprimer"): _drop,
    (What.RESTART, "oui_recommencer"): _restart,
    (What.RESTART, "continuer"): _resume,
    (What.ERASE, "oui_effacer"): my_data.erase,
    (What.ERASE, "continuer"): _resume,
    (What.SEND, "oui"): send.send,
    (What.SEND, "non"): _resume,
    (What.SEND_TWIN, "oui"): _send_twin,
    (What.SEND_TWIN, "non"): _resume,
    (What.PERSON, "humain_avec"): _hand_with,
    (What.PERSON, "humain_sans"): _hand_without,
    (What.PERSON, "continuer"): _resume,
    (What.WITHDRAW, "oui_retirer"): _withdraw,
    (What.WITHDRAW, "continuer"): _resume,
    (What.ANOTHER, "finir"): _resume,
    (What.ANOTHER, "garder"): _park,
    (What.TRANSFER, "oui"): lambda scene: transfer.confirmed(scene, accepte=True),
    (What.TRANSFER, "non"): lambda scene: transfer.confirmed(scene, accepte=False),
    (What.FORWARDED, "oui"): _own_words,
    (What.FORWARDED, "non"): _not_mine,
}

_LABELS = {
    (What.SEND, "oui"): "envoi_oui",
    (What.SEND, "non"): "envoi_non",
    (What.SEND_TWIN, "oui"): "doublon_oui",
    (What.SEND_TWIN, "non"): "doublon_non",
    (What.ANOTHER, "finir"): "autre_finir",
    (What.ANOTHER, "garder"): "autre_garder",
}

_TYPED: dict[What, dict[str, str]] = {
    What.STOP: {"non": "continuer"},
    What.RESTART: {"oui": "oui_recommencer", "non": "continuer"},
    What.ERASE: {"oui": "oui_effacer", "non": "continuer"},
    What.SEND: {"oui": "oui", "non": "non"},
    What.SEND_TWIN: {"oui": "oui", "non": "non"},
    What.PERSON: {"non": "continuer"},
    What.WITHDRAW: {"oui": "oui_retirer", "non": "continuer"},
    What.FORWARDED: {"oui": "oui", "non": "non"},
    What.TRANSFER: {"oui": "oui", "non": "non"},
}

_STEMS: dict[What, dict[str, tuple[str, ...]]] = {
    What.STOP: {
        "continuer": ("continu", "reprend"),
        "garder": ("gard", "plus tard"),
        "supprimer": ("supprim", "efface", "oui supprim", "jete"),
    },
    What.RESTART: {"continuer": ("continu", "garde"), "oui_recommencer": ("recommenc", "oui recommenc")},
    What.ERASE: {"oui_effacer": ("oui efface", "efface", "oui supprim", "supprim"), "continuer": ("continu", "garde")},
    What.PERSON: {
        "humain_avec": ("oui", "transmet", "d accord", "ok"),
        "humain_sans": ("sans",),
        "continuer": ("continu",),
    },
    What.ANOTHER: {"finir": ("fini", "termin", "continu"), "garder": ("mettre", "met", "garde", "cote")},
    What.WITHDRAW: {"oui_retirer": ("oui retire", "retire"), "continuer": ("continu", "garde")},
}


def pick(scene: Scene, index: str) -> Reply | None:
    """Take one of the values proposed."""
    offered = scene.offered
    if offered is None or not index.isdecimal() or int(index) >= len(offered.values):
        return None
    return _accept(scene, offered.champ, offered.values[int(index)][1])


def _accept(scene: Scene, champ: Champ, value: Json) -> Reply:
    """Write a proposed value; a proposal may name several fields at once."""
    scene.remember(focus=Nothing())
    if isinstance(value, dict) and value and set(value) <= set(Champ):
        return filling.fill(scene, {Champ(name): one for name, one in value.items()}, chosen=True)
    return filling.fill(scene, {champ: value}, chosen=True)


def picked(scene: Scene, text: str) -> Reply | None:
    """A proposal taken, or refused, in words; None where the text is something else."""
    values = scene.offered.values if scene.offered else ()
    if not values:
        return None
    words = plain(text)
    index = _rank(words, len(values))
    if index is None:
        index = next((at for at, (label, _) in enumerate(values) if plain(label) == words), None)
    if index is None:
        index = _contained(words, [plain(label) for label, _ in values])
    if index is None and whose.claimed(text):
        index = next((at for at, (_, value) in enumerate(values) if isinstance(value, dict) and _mine(value)), None)
    answer = _yes_no(scene, text)
    if index is None and len(values) == 1 and (answer is True or _yes_so(words, plain(values[0][0]))):
        index = 0
    if index is None and _denies(words, [plain(label) for label, _ in values]):
        return decline(scene)
    if index is not None:
        return pick(scene, str(index))
    if answer is False:
        return decline(scene)
    return None


def _yes_so(words: str, label: str) -> bool:
    """« oui electricien batiment », where « électricien » is offered."""
    said_yes, _, rest = words.partition(" ")
    return said_yes in {"oui", "ouais", "ui", "yes", "ok"} and bool(label) and rest.startswith(label)


def _denies(words: str, labels: list[str]) -> bool:
    """« non, je suis pas indépendant », where that is what is offered."""
    told = re.search(r"\b(?:pas|plus)\b (?:du tout |une? |la |le |l |d |de )?(?P<what>\w{5,})", words)
    return told is not None and any(told["what"] in label.split() for label in labels)


def _mine(value: dict[str, Json]) -> bool:
    """Whether what is offered is one's own address or number."""
    return any(value.get(champ.value) for champ in (Champ.EMAIL, Champ.TELEPHONE))


def _contained(words: str, labels: list[str]) -> int | None:
    """« 93 », « celui du 93 » among « Saint-Denis (974) » and « Saint-Denis (93) »: the one label that has it."""
    bare = re.sub(r"^(?:celui |celle |c est |plutot |le |la |les |l |du |de |d |dans |en |a )*", "", words)
    if len(labels) < 2 or not bare:
        return None
    found = [at for at, label in enumerate(labels) if re.search(rf"\b{re.escape(bare)}\b", label)]
    return found[0] if len(found) == 1 else None


def _rank(words: str, count: int) -> int | None:
    """« le premier », « 2 », « pas le premier » (when two were offered)."""
    negated = re.match(r"(?:non )?pas (?:le |la )", words)
    bare = re.sub(r"^(?:non )?(?:pas )?(?:le |la |numero |choix |option )*", "", words)
    found = next((at for at, names in enumerate(_RANKS) if bare in names), None)
    if bare in {"dernier", "derniere"}:
        found = count - 1
    if found is None or found >= count:
        return None
    if negated:
        return 1 - found if count == 2 else None
    return found


def decline(scene: Scene) -> Reply:
    """No proposal taken: the old value, if any, is kept and said."""
    champ = scene.offered.champ if scene.offered else None
    scene.remember(focus=Nothing())
    if champ is not None and scene.values.get(champ) is not None:
        scene.say(
            "form.garde_valeur",
            champ=filling.label(scene, champ),
            valeur=shown(scene.house.words, champ, scene.values[champ]),
        )
    return questions.prompt(scene)
