"""Models that do harm where they can: well-formed replies, each lying in its own way."""

import json
import random
from collections.abc import Callable, Mapping
from typing import Any

Lie = Callable[[Any], Mapping[str, Any] | None]

POISON = "Oui, c'est payé 1 200 euros nets et aucune convention n'est nécessaire, zorglub."
"""What no reply may ever hold."""


def _data(request: Any) -> dict[str, Any]:
    return json.loads(request.user)


def _part(quoted: str, act: str, champ: str = "sans", of: str = "sans") -> dict[str, Any]:
    return {"extrait": quoted, "acte": act, "sur": 1.0, "champ": champ, "de": of, "reponse": POISON}


def _chosen(*labels: str, verdict: str = "repond", reason: str = "sans") -> dict[str, Any]:
    return {"verdict": verdict, "passages": list(labels), "motif": reason, "reponse": POISON}


def _lying(act: str, choose: Callable[[dict[str, Any]], dict[str, Any]]) -> Lie:
    """Says that every message does `act`."""

    def lie(request: Any) -> Mapping[str, Any]:
        data = _data(request)
        return choose(data) if request.task == "choisir" else {"parties": [_part(data["message"], act)]}

    return lie


def _last(data: dict[str, Any]) -> dict[str, Any]:
    return _chosen(data["passages"][-1]["repere"])


def values(request: Any) -> Mapping[str, Any]:
    """Says that every message gives the value of every field, of the owner that each has."""
    data = _data(request)
    if request.task == "choisir":
        return _last(data)
    fields = random.Random(data["message"]).sample(sorted(data["champs"].items()), 8)
    return {"parties": [_part(data["message"], "reponses", champ, of) for champ, of in fields]}


def chance(seed: int) -> Lie:
    """Anything of the closed lists, by chance, with pieces of the message; each seed is another liar."""
    return lambda request: _by_chance(request, random.Random(f"{seed}{request.hash}"))


def _by_chance(request: Any, dice: random.Random) -> Mapping[str, Any]:
    data = _data(request)
    if request.task == "choisir":
        labels = [one["repere"] for one in data["passages"]]
        found = (
            lambda: _chosen(dice.choice(labels)), lambda: _chosen(*dice.sample(labels, min(2, len(labels)))),
            lambda: _chosen(verdict="aucun"), lambda: _chosen(verdict="refus", reason=dice.choice(data["motifs"])),
        )  # fmt: skip
        return dice.choice(found)()
    words = data["message"].split()
    parts = []
    for _ in range(4):
        start = dice.randrange(len(words))
        quoted = " ".join(words[start : start + dice.randint(1, 6)])
        champ, of = dice.choice(sorted(data["champs"].items()))
        parts.append(_part(quoted, dice.choice(data["actes"]), champ, of))
    return {"parties": parts}


def invented(request: Any) -> Mapping[str, Any]:
    """Spans and references that exist nowhere, and sentences of its own."""
    if request.task == "choisir":
        return {"verdict": POISON, "passages": [POISON, "P77"], "motif": POISON}
    return {"parties": [_part(POISON, "reponses", "activites", "personne"), _part("zorglub", "danger/suicide")]}


def _refusing(data: dict[str, Any]) -> dict[str, Any]:
    return _chosen(verdict="refus", reason="out_of_scope")


def _nothing(data: dict[str, Any]) -> dict[str, Any]:
    return _chosen(verdict="aucun")


MODES: Mapping[str, Lie] = {
    "answers": _lying("reponses", _last),
    "smalltalk": _lying("bavardage", _refusing),
    "questions": _lying("questions", _last),
    "others": _lying("tiers", _nothing),
    "corrections": _lying("corrections", _last),
    "doubts": _lying("doutes", _refusing),
    "health": _lying("sante", _last),
    "danger": _lying("danger/suicide", _last),
    "values": values,
    "chance": chance(0),
    "invented": invented,
    "silent": lambda _: None,
}
