"""The `SecondEar` adapter over a chat model: acts of a closed list and quotes, found again in the message or dropped."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any

from bot.conversation.claims import Act, Claim, Listening, Span
from bot.conversation.hearing.second import MOST_CLAIMS, NOT_POINTED_AT, alike, checked
from bot.domain.champs import FIELDS, Champ, Who
from bot.domain.credit import Credit
from bot.llm.masking import Masked, Masker
from bot.llm.request import Consulted, Request

TASK = "entendre"
DANGERS = ("suicide", "accident", "violence", "enfance", "danger")
"""Categories of danger, as the base names them."""

ACTS = (
    *(act.value for act in Act if act not in {Act.DANGER, Act.ORDER}),
    *(f"{Act.DANGER.value}/{one}" for one in DANGERS),
)
"""The closed list: no order is in it, since the second ear orders nothing."""

_NONE = "sans"
_AT_ONCE = 3
"""Calm messages asked in a row of a model that contradicts what is sure: nobody waits for them twice."""
_WATCHED, _TOO_OFTEN = 12, 0.5
_WATCHED_ACTS = (Act.DANGER, Act.HEALTH)
"""Heard by either ear. Messages after which a model that hears one of these acts in more than this share of them is not
believed on it, whatever it says of a calm message."""

log = logging.getLogger(__name__)


class ModelEar:
    """Asks the model what a message does."""

    def __init__(
        self,
        consulted: Consulted,
        masker: Masker,
        instructions: str,
        calm: Sequence[str] = (),
        ignored: Callable[[], None] = lambda: None,
    ) -> None:
        """`calm`: messages in which nothing is wrong; `ignored` is called each time what it hears is not believed."""
        self._consulted, self._masker, self._instructions = consulted, masker, instructions
        self._calm, self._ignored = calm, ignored
        self._heard = 0
        self._found = dict.fromkeys(_WATCHED_ACTS, 0)
        self._passed = dict.fromkeys(_WATCHED_ACTS, 0)
        self._everywhere: set[Act] = set()
        self._credit = Credit()
        self._lock = Lock()

    def hear(self, listening: Listening) -> tuple[Claim, ...] | None:
        """As the port says."""
        if self._masker.withheld(listening.text):
            return None
        masked = self._masker.mask(listening.text, listening.known)
        reply = self._consulted.ask(self._request(masked, listening))
        if reply is None:
            return None
        found = self._weighed(listening, checked(listening.text, claims_of(reply, masked)))
        return self._believed(found)

    def request(self, listening: Listening) -> Request:
        """What is sent for this message."""
        return self._request(self._masker.mask(listening.text, listening.known), listening)

    def _request(self, masked: Masked, listening: Listening) -> Request:
        told = {
            "message": masked.text,
            "question": listening.label,
            "actes": ACTS,
            "champs": {one.champ.value: one.of.value for one in FIELDS if one.champ not in NOT_POINTED_AT},
        }
        return Request(TASK, self._instructions, json.dumps(told, ensure_ascii=False), _SCHEMA)

    def _weighed(self, listening: Listening, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """The claims, without the usual acts where the model is known to contradict what is sure."""
        usual = [one for one in claims if one.act not in _WATCHED_ACTS]
        agrees = alike(listening.sure, usual) if listening.sure is not None else None
        with self._lock:
            before = self._credit
            if agrees is not None:
                self._credit = before.after(agrees=agrees)
            now = self._credit
        if before.believed and not now.believed:
            log.error("the model contradicts what the built-in ear is sure of: it is not believed on that for now")
        elif now.believed and not before.believed:
            log.info("the model agrees again with what the built-in ear is sure of: it is believed")
        if now.believed:
            return claims
        self._ignored()
        return tuple(one for one in claims if one.act in _WATCHED_ACTS)

    def _believed(self, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """The claims, without those of danger or health where the model is known to hear them everywhere."""
        told = {one.act for one in claims}
        with self._lock:
            self._heard += 1
            for act in _WATCHED_ACTS:
                self._found[act] += act in told
                if self._heard >= _WATCHED and self._found[act] > _TOO_OFTEN * self._heard:
                    self._give_up(act, f"in {self._found[act]} messages of {self._heard}")
        for act in _WATCHED_ACTS:
            if act in told and act not in self._everywhere and self._cries(act):
                with self._lock:
                    self._give_up(act, "in a calm message too")
        return tuple(one for one in claims if one.act not in self._everywhere)

    def _cries(self, act: Act) -> bool:
        """Whether the model hears this act in the next calm message too; each of them is asked once."""
        at = self._passed[act]
        for said in self._calm[at : at + (1 if self._credit.believed else _AT_ONCE)]:
            listening = Listening(said)
            masked = self._masker.mask(listening.text)
            reply = self._consulted.ask(self._request(masked, listening))
            if reply is not None and any(one.act is act for one in checked(listening.text, claims_of(reply, masked))):
                return True
            self._passed[act] += 1
        return False

    def _give_up(self, act: Act, where: str) -> None:
        """Believe it no longer on this act; one line in the log. Under the lock."""
        if act not in self._everywhere:
            self._everywhere.add(act)
            log.error("the model hears « %s » %s: it is no longer believed on that", act.value, where)


_SCHEMA: Mapping[str, Any] = {
    "title": "Ecoute",
    "description": "Ce que fait chaque partie du message.",
    "type": "object",
    "properties": {
        "parties": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "extrait": {"type": "string"},
                    "acte": {"type": "string", "enum": list(ACTS)},
                    "sur": {"type": "number"},
                    "champ": {
                        "type": "string",
                        "enum": [
                            *(field.champ.value for field in FIELDS if field.champ not in NOT_POINTED_AT),
                            _NONE,
                        ],
                    },
                    "de": {"type": "string", "enum": [*(who.value for who in Who), _NONE]},
                },
                "required": ["extrait", "acte", "sur", "champ", "de"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["parties"],
    "additionalProperties": False,
}


def claims_of(reply: Mapping[str, Any], masked: Masked) -> Sequence[Claim]:
    """The claims of a reply whose quote stands in the message, word for word; the others are dropped."""
    parts = reply.get("parties")
    if not isinstance(parts, list):
        return ()
    claims = (_claim(part, masked) for part in parts[:MOST_CLAIMS] if isinstance(part, Mapping))
    return tuple(one for one in claims if one is not None)


def _claim(part: Mapping[str, Any], masked: Masked) -> Claim | None:
    quoted, name, sure = part.get("extrait"), part.get("acte"), part.get("sur")
    if not isinstance(quoted, str) or name not in ACTS or isinstance(sure, bool) or not isinstance(sure, int | float):
        return None
    span: Span | None = masked.find(quoted)
    if span is None:
        return None
    act, _, category = str(name).partition("/")
    champ, of = part.get("champ"), part.get("de")
    if act != Act.ANSWER or champ not in set(Champ) or of not in set(Who):
        return Claim(Act(act), span, float(sure), category)
    return Claim(Act(act), span, float(sure), category, Champ(champ), Who(of))
