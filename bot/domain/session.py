"""What is remembered of one conversation: the answers; everything else is derived from them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"

SCHEMA = 1
"""Version of the stored form of a session; `session_from_json` reads every earlier one."""


@dataclass(frozen=True, slots=True)
class SlotValue:
    """One answer: its canonical value (see `Champ`), when, and in which message it was given."""

    value: Json
    at: datetime
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One person's conversation. `answers` is the draft; `version` grows with each change of the draft.

    `memory` holds what the dialogue needs besides the draft (a correction proposed, the last topic asked
    about, misunderstandings in a row…): JSON values only, under keys that only `conversation.recollection` knows.
    """

    chat: int
    version: int = 0
    answers: Mapping[str, SlotValue] = field(default_factory=dict)
    skipped: frozenset[str] = frozenset()
    opened: bool = False
    updated_at: datetime | None = None
    memory: Mapping[str, Json] = field(default_factory=dict)


def session_to_json(session: Session) -> dict[str, Any]:
    """The stored form: plain JSON values, dates in ISO 8601."""
    return {
        "schema": SCHEMA,
        "chat": session.chat,
        "version": session.version,
        "answers": {
            name: {"value": answer.value, "at": answer.at.isoformat(), "message_id": answer.message_id}
            for name, answer in session.answers.items()
        },
        "skipped": sorted(session.skipped),
        "opened": session.opened,
        "updated_at": session.updated_at.isoformat() if session.updated_at else None,
        "memory": dict(session.memory),
    }


def session_from_json(data: Mapping[str, Any]) -> Session:
    """The session that `session_to_json` stored; a key that is not there takes its default."""
    updated_at = data.get("updated_at")
    return Session(
        chat=int(data["chat"]),
        version=int(data.get("version", 0)),
        answers={
            name: SlotValue(
                value=answer["value"],
                at=datetime.fromisoformat(answer["at"]),
                message_id=answer.get("message_id"),
            )
            for name, answer in data.get("answers", {}).items()
        },
        skipped=frozenset(data.get("skipped", ())),
        opened=bool(data.get("opened", False)),
        updated_at=datetime.fromisoformat(updated_at) if updated_at else None,
        memory=dict(data.get("memory", {})),
    )
