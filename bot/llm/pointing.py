"""The `Chooser` adapter over a chat model: twelve passages and the reasons shown by label, labels read back."""

import json
from collections.abc import Mapping
from typing import Any

from bot.answers.chooser import AT_MOST, Candidates, CannotTell, Choice, Chosen, Declined
from bot.domain.answer import Refus
from bot.domain.fiche import Passage
from bot.llm.masking import Masked, Masker
from bot.llm.request import Consulted, Request

TASK = "choisir"
SHOWN = 700
"""Characters of a passage that are shown."""

EARLIER = 3
"""Earlier questions that are shown."""

_NONE = "sans"


class ModelChooser:
    """Asks the model which passage answers; what comes back is looked up, never quoted."""

    def __init__(self, consulted: Consulted, masker: Masker, instructions: str) -> None:
        self._consulted, self._masker, self._instructions = consulted, masker, instructions

    def choose(self, among: Candidates) -> Choice:
        """As the port says."""
        question = among.question
        if not among.passages or self._masker.withheld(question.text):
            return CannotTell()
        reply = self._consulted.ask(self.request(among))
        return _choice(reply, among) if reply is not None else CannotTell()

    def request(self, among: Candidates) -> Request:
        """What is sent: the question and the ones before it masked, the facets of the person, public passages."""
        question = among.question

        def mask(text: str) -> Masked:
            return self._masker.mask(text, question.named)

        earlier = [one for one in question.history[-EARLIER:] if not self._masker.withheld(one)]
        told = {
            "question": mask(question.text).text,
            "avant": [mask(one).text for one in earlier],
            "personne": sorted(question.publics),
            "passages": [_shown(at, passage) for at, passage in enumerate(among.passages, 1)],
            "motifs": [reason.value for reason in among.reasons],
        }
        user = json.dumps(told, ensure_ascii=False)
        return Request(TASK, self._instructions, user, _schema(len(among.passages), among.reasons))


def _shown(at: int, passage: Passage) -> dict[str, str]:
    return {"repere": f"P{at}", "titre": passage.titre, "texte": passage.court[:SHOWN]}


def _schema(count: int, reasons: tuple[Refus, ...]) -> Mapping[str, Any]:
    labels = [f"P{at}" for at in range(1, count + 1)]
    return {
        "title": "Choix",
        "description": "Le passage qui répond, ou pourquoi aucun ne répond.",
        "type": "object",
        "properties": {
            "verdict": {"type": "string", "enum": ["repond", "aucun", "refus", "ne_sait_pas"]},
            "passages": {"type": "array", "items": {"type": "string", "enum": labels}},
            "motif": {"type": "string", "enum": [*(reason.value for reason in reasons), _NONE]},
        },
        "required": ["verdict", "passages", "motif"],
        "additionalProperties": False,
    }


def _choice(reply: Mapping[str, Any], among: Candidates) -> Choice:
    """The reply as references; a label that was not shown, or a verdict that contradicts itself, tells nothing."""
    shown = {f"P{at}": passage for at, passage in enumerate(among.passages, 1)}
    verdict, labels, motif = reply.get("verdict"), reply.get("passages"), reply.get("motif")
    if not isinstance(labels, list) or not all(isinstance(one, str) and one in shown for one in labels):
        return CannotTell()
    match verdict:
        case "repond" if 0 < len(set(labels)) <= AT_MOST:
            return Chosen(tuple(shown[one] for one in dict.fromkeys(labels)))
        case "aucun" if not labels:
            return Chosen(())
        case "refus" if motif in {one.value for one in among.reasons} and not labels:
            return Declined(Refus(motif))
        case _:
            return CannotTell()
