"""A question of ours that waits for a choice: stop, erase, send again, a value to confirm."""

import re
from collections.abc import Callable

from bot.conversation.deciding import guard, interpret
from bot.conversation.doing import filling, my_data, person, send, sent_request, stopping
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
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


def kind(scene: Scene) -> str:
    """What waits for a choice, or an empty string."""
    known = scene.memory("confirm")
    return str(known.get("kind", "")) if isinstance(known, dict) else ""


def choose(scene: Scene, value: str) -> Reply:
    """Carry out the choice."""
    action = _CHOICES.get((kind(scene), value))
    if action is None:
        scene.remember(confirm=None)
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
    scene.remember(confirm=None)
    scene.say("form.on_continue")
    return questions.prompt(scene)


def _restart(scene: Scene) -> Reply:
    my_data.park(scene)
    scene.remember(confirm=None)
    return stopping.open_form(scene)


def _send_twin(scene: Scene) -> Reply:
    scene.remember(confirm=None)
    return send.send(scene, confirmed=True)


def _hand_with(scene: Scene) -> Reply:
    return person.hand_over(scene, with_draft=True)


def _hand_without(scene: Scene) -> Reply:
    return person.hand_over(scene, with_draft=False)


def _withdraw(scene: Scene) -> Reply:
    known = scene.memory("confirm")
    identifier = str(known.get("demande", "")) if isinstance(known, dict) else ""
    scene.remember(confirm=None)
    return sent_request.withdraw(scene, identifier)


def _park(scene: Scene) -> Reply:
    my_data.park(scene)
    scene.remember(confirm=None)
    scene.say("form.mise_de_cote")
    return stopping.open_form(scene)


def _drop(scene: Scene) -> Reply:
    scene.remember(confirm=None)
    return my_data.drop_draft(scene)


def _own_words(scene: Scene) -> Reply:
    """The forwarded words are the person's own answer after all."""
    known = scene.memory("confirm")
    guard.as_own(scene, str(known.get("texte", "")) if isinstance(known, dict) else "")
    scene.remember(confirm=None)
    return interpret.interpret(scene)


def _not_mine(scene: Scene) -> Reply:
    scene.remember(confirm=None)
    scene.say("hors_texte.transfere_non")
    return questions.prompt(scene)


_CHOICES: dict[tuple[str, str], Callable[[Scene], Reply]] = {
    ("annuler", "continuer"): _resume,
    ("annuler", "garder"): stopping.keep,
    ("annuler", "supprimer"): _drop,
    ("recommencer", "oui_recommencer"): _restart,
    ("recommencer", "continuer"): _resume,
    ("effacer", "oui_effacer"): my_data.erase,
    ("effacer", "continuer"): _resume,
    ("doublon", "oui"): _send_twin,
    ("doublon", "non"): _resume,
    ("humain", "humain_avec"): _hand_with,
    ("humain", "humain_sans"): _hand_without,
    ("humain", "continuer"): _resume,
    ("retirer", "oui_retirer"): _withdraw,
    ("retirer", "continuer"): _resume,
    ("autre", "finir"): _resume,
    ("autre", "garder"): _park,
    ("transfere", "oui"): _own_words,
    ("transfere", "non"): _not_mine,
}

_LABELS = {
    ("doublon", "oui"): "doublon_oui",
    ("doublon", "non"): "doublon_non",
    ("autre", "finir"): "autre_finir",
    ("autre", "garder"): "autre_garder",
}

_TYPED: dict[str, dict[str, str]] = {
    "annuler": {"non": "continuer"},
    "recommencer": {"oui": "oui_recommencer", "non": "continuer"},
    "effacer": {"oui": "oui_effacer", "non": "continuer"},
    "doublon": {"oui": "oui", "non": "non"},
    "humain": {"non": "continuer"},
    "retirer": {"oui": "oui_retirer", "non": "continuer"},
    "transfere": {"oui": "oui", "non": "non"},
}

_STEMS: dict[str, dict[str, tuple[str, ...]]] = {
    "annuler": {
        "continuer": ("continu", "reprend"),
        "garder": ("gard", "plus tard"),
        "supprimer": ("supprim", "efface", "oui supprim", "jete"),
    },
    "recommencer": {"continuer": ("continu", "garde"), "oui_recommencer": ("recommenc", "oui recommenc")},
    "effacer": {"oui_effacer": ("oui efface", "efface", "oui supprim", "supprim"), "continuer": ("continu", "garde")},
    "humain": {
        "humain_avec": ("oui", "transmet", "d accord", "ok"),
        "humain_sans": ("sans",),
        "continuer": ("continu",),
    },
    "autre": {"finir": ("fini", "termin", "continu"), "garder": ("mettre", "met", "garde", "cote")},
    "retirer": {"oui_retirer": ("oui retire", "retire"), "continuer": ("continu", "garde")},
}


def offered(scene: Scene) -> list[tuple[str, Json]]:
    """The values proposed for a field."""
    known = scene.memory("propose")
    values = known.get("valeurs") if isinstance(known, dict) else None
    pairs = values if isinstance(values, list) else []
    return [(str(pair[0]), pair[1]) for pair in pairs if isinstance(pair, list) and len(pair) == 2]


def pick(scene: Scene, index: str) -> Reply | None:
    """Take one of the values proposed."""
    values = offered(scene)
    known = scene.memory("propose")
    if not index.isdecimal() or int(index) >= len(values) or not isinstance(known, dict):
        return None
    return _accept(scene, Champ(str(known["champ"])), values[int(index)][1])


def _accept(scene: Scene, champ: Champ, value: Json) -> Reply:
    """Write a proposed value; a proposal may name several fields at once."""
    scene.remember(propose=None)
    if isinstance(value, dict) and value and set(value) <= set(Champ):
        return filling.fill(scene, {Champ(name): one for name, one in value.items()})
    return filling.fill(scene, {champ: value})


def picked(scene: Scene, text: str) -> Reply | None:
    """A proposal taken, or refused, in words; None where the text is something else."""
    values = offered(scene)
    if not values:
        return None
    words = plain(text)
    index = _rank(words, len(values))
    if index is None:
        index = next((at for at, (label, _) in enumerate(values) if plain(label) == words), None)
    if index is None:
        index = _contained(words, [plain(label) for label, _ in values])
    answer = _yes_no(scene, text)
    if index is None and len(values) == 1 and answer is True:
        index = 0
    if index is not None:
        return pick(scene, str(index))
    if answer is False:
        return decline(scene)
    return None


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
    known = scene.memory("propose")
    champ = Champ(str(known["champ"])) if isinstance(known, dict) else None
    scene.remember(propose=None)
    if champ is not None and scene.values.get(champ) is not None:
        from bot.form.recap import shown

        scene.say(
            "form.garde_valeur",
            champ=filling.label(scene, champ),
            valeur=shown(scene.house.words, champ, scene.values[champ]),
        )
    return questions.prompt(scene)
