"""`turn`: one message in a given situation, and everything that it changes."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.answers.service import open_answerer
from bot.app import PARIS, open_chooser, open_house
from bot.channels.telegram.render import parse
from bot.cli import recall
from bot.cli.ask import listening
from bot.cli.given import values_given
from bot.cli.lines import answer_lines
from bot.cli.rehearsal import Rehearsal
from bot.cli.standing import Standing
from bot.config import settings
from bot.content.questions import URGENCES
from bot.conversation.dialogue import Dialogue
from bot.domain.answer import Answer, Danger, Emergency, Outcome, Question, Refusal
from bot.domain.fiche import Passage
from bot.domain.message import Reply
from bot.domain.turn import (
    DeleteIncoming,
    Effect,
    EraseEverything,
    RecordIncident,
    RelayToCounsellor,
    SendDemande,
    Turn,
    WithdrawDemande,
)
from bot.errors import InputError
from bot.ports import Answerer

if TYPE_CHECKING:
    from bot.llm.assembly import Model

app = typer.Typer(add_completion=False)

KEYS = ("id", "today", "base", "given", "said", "desk", "text", "kind")
KINDS = ("texte", "bouton", "legende", "modifie")
DESK: dict[str, frozenset[str]] = {
    "write": frozenset({"text"}),
    "ask": frozenset({"fields", "reason"}),
    "take": frozenset(),
    "refuse": frozenset({"reason"}),
}


@dataclass(slots=True)
class Overheard:
    """The `Answerer` port around another one: keeps what it said, so that a turn can name its passages."""

    inner: Answerer
    said: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Words and the passages that they come from."""

    def answer(self, question: Question) -> Outcome:
        """As the port says."""
        outcome = self.inner.answer(question)
        match outcome:
            case Answer(court=words, passages=passages):
                self.said.append((words, passages))
            case Refusal(text=words, passages=passages) | Emergency(text=words, passages=passages):
                self.said.append((words, passages))
        return outcome

    def passage(self, ref: str) -> Passage | None:
        """As the port says."""
        found = self.inner.passage(ref)
        if found is not None:
            self.said.append((found.court, (ref,)))
        return found

    def emergency(self, text: str) -> str:
        """As the port says."""
        return self.inner.emergency(text)

    def danger(self, text: str) -> Danger | None:
        """As the port says."""
        return self.inner.danger(text)

    def quoted(self, reply: str) -> list[str]:
        """The passages whose words are in this reply, then nothing is remembered."""
        found = [ref for words, passages in self.said if words and words in reply for ref in passages]
        self.said.clear()
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Situations:
    """What answering a line needs, loaded once."""

    standing: Standing
    overheard: Overheard
    today: date

    @classmethod
    def load(cls, answerer: Answerer, today: date, model: "Model | None" = None) -> "Situations":
        """Over these answers and the files of this installation; raises ContentError with every fault."""
        overheard = Overheard(answerer)
        return cls(Standing(Dialogue(open_house(settings(), overheard, model))), overheard, today)

    def handle(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one line, without its id; raises InputError naming the key that is wrong."""
        line = Line.read(record, self)
        person = self.standing.at(line.base, line.given, line.today)
        for text in line.said:
            person.says(text)
        if line.desk:
            _act(person, line.desk)
        before = person.fields()
        self.overheard.said.clear()
        start = time.perf_counter()
        turn = person.says(line.text, line.kind)
        spent = time.perf_counter() - start
        return self._told(person, turn, before, spent)

    def _told(self, person: Rehearsal, turn: Turn, before: Mapping[str, Any], spent: float) -> dict[str, Any]:
        written = "\n\n".join(reply.text for reply in turn.replies)
        return {
            "reply": "\n\n".join(part for reply in turn.replies for part in _read_aloud(reply)),
            "buttons": [button.label for reply in turn.replies for row in reply.buttons for button in row],
            "before": dict(before),
            "after": person.fields(),
            "pending": person.pending(),
            "passages": self.overheard.quoted(written),
            "waits": recall.waits(person.session),
            **effects_told(turn.effects),
            "handoff": person.dossier.handoff is not None,
            "ms": round(spent * 1000, 1),
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One line, checked."""

    base: str
    text: str
    kind: str
    today: date
    given: Mapping[str, Any]
    said: tuple[str, ...]
    desk: Mapping[str, Any]

    @classmethod
    def read(cls, record: Mapping[str, Any], situations: Situations) -> "Line":
        """The line in a JSON object; raises InputError naming the first key or value that is wrong."""
        unknown = [key for key in record if key not in KEYS]
        if unknown:
            raise InputError(f"{unknown[0]}: not a key; use {', '.join(KEYS)}")
        if record.get("kind") == "modifie" and not record.get("said"):
            raise InputError("kind: modifie changes the last message of said, and said is empty")
        return cls(
            base=_text(record, "base"),
            text=_text(record, "text"),
            kind=_kind(record.get("kind")),
            today=_day(record.get("today"), situations.today),
            given=values_given(record.get("given"), situations.standing.dialogue.house),
            said=_said(record.get("said")),
            desk=_desk(record.get("desk")),
        )


def effects_told(effects: tuple[Effect, ...]) -> dict[str, Any]:
    """What a turn does besides words, as the contract names it."""
    kinds = [type(effect) for effect in effects]
    dangers = [one.categorie for one in effects if isinstance(one, RecordIncident) and one.categorie in URGENCES]
    return {
        "emergency": dangers[0] if dangers else None,
        "sent": kinds.count(SendDemande),
        "erased": EraseEverything in kinds,
        "withdrawn": WithdrawDemande in kinds,
        "relayed": RelayToCounsellor in kinds,
        "message_deleted": DeleteIncoming in kinds,
    }


def _read_aloud(reply: Reply) -> tuple[str, ...]:
    """The words of a reply without their marks; a notice that the text does not repeat comes first."""
    text = parse(reply.text).text
    notice = () if reply.notice in reply.text else (parse(reply.notice).text,)
    return tuple(part for part in (*notice, text) if part)


def _act(person: Rehearsal, desk: Mapping[str, Any]) -> None:
    match desk["do"]:
        case "write":
            person.desk_writes(desk["text"])
        case "take":
            person.desk_takes()
        case "ask":
            person.desk_asks(desk["fields"], desk["reason"])
        case "refuse":
            person.desk_refuses(desk["reason"])


def _text(record: Mapping[str, Any], key: str) -> str:
    if key not in record:
        raise InputError(f"{key}: this key is missing")
    value = record[key]
    if not isinstance(value, str):
        raise InputError(f"{key}: a text is expected")
    return value


def _kind(value: object) -> str:
    if value is None:
        return KINDS[0]
    if value not in KINDS:
        raise InputError(f"kind: {value!r} is none of {', '.join(KINDS)}")
    return str(value)


def _day(value: object, default: date) -> date:
    if value is None:
        return default
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InputError(f"today: {value!r} is not a date; write it YYYY-MM-DD")


def _said(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputError("said: a list of texts is expected, oldest first")
    return tuple(value)


def _desk(value: object) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping) or value.get("do") not in DESK:
        raise InputError(f"desk: an object whose « do » is one of {', '.join(DESK)} is expected")
    wanted = DESK[str(value["do"])]
    if set(value) - {"do"} != wanted:
        raise InputError(f"desk: {value['do']} takes {', '.join(sorted(wanted)) or 'nothing else'}")
    texts = [value[name] for name in wanted - {"fields"}]
    fields = value.get("fields", [])
    if not all(isinstance(one, str) for one in texts) or not isinstance(fields, list):
        raise InputError("desk: texts are expected, and a list of fields")
    return value


def handler(
    answerer: Answerer, today: date, model: "Model | None" = None
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The function that answers one line of `turn --jsonl`, over these answers and this model."""
    return Situations.load(answerer, today, model).handle


@app.command(
    help="Play one message in a given situation and tell everything that it changes: --jsonl reads one {id, base, "
    "text, kind?, today?, given?, said?, desk?} a line; or give one such object. Nothing is stored or sent."
)
def turn(
    line: Annotated[str | None, typer.Argument(help='e.g. \'{"base": "avant:metier", "text": "menuisier"}\'')] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="read JSON lines on standard input")] = False,
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the day of a line that gives none")
    ] = None,
    prompts: Annotated[Path | None, typer.Option(help="write a model's requests here instead of calling it")] = None,
    replies: Annotated[Path | None, typer.Option(help="read a model's replies here, by request hash")] = None,
) -> None:
    """Answer and exit."""
    if not jsonl and line is None:
        raise InputError("give one situation as JSON, or --jsonl with one JSON object a line")
    known = settings()
    model = listening(known, today, prompts, replies)
    answerer = open_answerer(
        known.knowledge_dir,
        known.data_dir,
        encoder=known.embedding_model,
        chroma_url=known.chroma_url,
        chooser=open_chooser(known, model),
    )
    handle = handler(answerer, today.date() if today else datetime.now(PARIS).date(), model)
    if jsonl:
        raise typer.Exit(answer_lines(handle))
    try:
        record = json.loads(line or "")
    except ValueError as error:
        raise InputError("this is not JSON") from error
    if not isinstance(record, dict):
        raise InputError("this is not a JSON object")
    print(json.dumps(handle(record), ensure_ascii=False, indent=2))


__all__ = ["Line", "Overheard", "Situations", "app", "effects_told", "handler"]
