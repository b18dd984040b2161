"""The cases of tours.jsonl: what `turn` tells of each, judged right or not, harmful or not.

A case says what it expects: `set`, `unset`, `keep`, `may`, `says`, `never`, `pending`, the equal keys, and under
`harm` the conditions that must not hold. Words are compared without accents, in lower case.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

Json: TypeAlias = Any
Expect: TypeAlias = Mapping[str, Any]

FILE = Path(__file__).with_name("tours.jsonl")
OPEN = Path(__file__).with_name("tours_ouvertes.txt")
ASKED = ("id", "today", "base", "given", "said", "desk", "text", "kind")
EQUAL = ("emergency", "waits", "sent", "erased", "withdrawn", "handoff", "relayed", "message_deleted")


@lru_cache(maxsize=1)
def cases() -> Mapping[str, Mapping[str, Any]]:
    """Every case by its id."""
    records = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines() if line]
    return {record["id"]: record for record in records}


@lru_cache(maxsize=1)
def still_open() -> Mapping[str, str]:
    """The cases not right yet, each « wrong » or « harmful »."""
    lines = (line.split("#")[0].split() for line in OPEN.read_text(encoding="utf-8").splitlines())
    return {line[0]: line[1] for line in lines if line}


def asked(case: Mapping[str, Any]) -> dict[str, Any]:
    """The line that the command reads."""
    return {key: case[key] for key in ASKED if key in case}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a case is worth; `reasons` says why it is not right."""

    right: bool
    harmful: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """What the command told, ready to be compared."""

    record: Mapping[str, Any]
    reply: str
    seen: str
    changed: frozenset[str]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Told":
        """From one line of the command's output."""
        before, after = record["before"], record["after"]
        reply = folded(record["reply"])
        return cls(
            record,
            reply,
            f"{reply} | {folded(' | '.join(record['buttons']))}",
            frozenset(name for name in {*before, *after} if not same(before.get(name), after.get(name))),
        )

    def value(self, field: str) -> Json:
        """The field after the message."""
        return self.record["after"].get(field)


def judge(case: Mapping[str, Any], record: Mapping[str, Any]) -> Verdict:
    """The verdict on one line of the command's output; an error is neither right nor harmful."""
    if "error" in record:
        return Verdict(right=False, harmful=False, reasons=(str(record["error"]),))
    expect, told = case["expect"], Told.of(record)
    reasons = tuple(_expected(expect, told))
    if any(not any(_expected(other, told)) for other in expect.get("or", ())):
        reasons = ()
    harms = [one for one in expect.get("harm", ()) if not any(_condition(one, told))]
    named = tuple(f"harm: {json.dumps(one, ensure_ascii=False)}" for one in harms)
    return Verdict(right=not reasons and not harms, harmful=bool(harms), reasons=named + reasons)


def folded(text: str) -> str:
    """Lower case, no accents, plain apostrophes, one blank at most."""
    plain = re.sub("[’ʼ]", "'", text).replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    bare = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return " ".join(bare.split()).lower()


def same(one: Json, other: Json) -> bool:
    """Whether two JSON values are equal: no value is an empty text, true is not 1, 35 is 35.0."""
    one, other = (None if value == "" else value for value in (one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _found(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def _written(value: Json) -> str:
    return folded(json.dumps(value, ensure_ascii=False))


def _fits(wanted: Json, value: Json) -> bool:
    """A value, a « ~regex » searched in the value written as JSON, or any of a list."""
    if isinstance(wanted, list):
        return any(_fits(one, value) for one in wanted)
    if isinstance(wanted, str) and wanted.startswith("~"):
        return value not in (None, "") and _found(wanted[1:], _written(value))
    return same(wanted, value)


def _equal(key: str, wanted: Json, value: Json) -> bool:
    if isinstance(wanted, list):
        return any(_equal(key, one, value) for one in wanted)
    return value is not None if key == "emergency" and wanted is True else same(wanted, value)


def _asks(wanted: Json, value: str | None) -> bool:
    """One of these questions, or any other question than « !these »."""
    items = wanted if isinstance(wanted, list) else [wanted]
    others = [one[1:] for one in items if isinstance(one, str) and one.startswith("!")]
    return value in items or (bool(others) and value is not None and value not in others)


def _common(expect: Expect, told: Told, text: str) -> Iterator[str]:
    """What does not hold, of the keys that an expectation and a condition of harm share."""
    for field, wanted in expect.get("set", {}).items():
        if not _fits(wanted, told.value(field)):
            yield f"{field} is {told.value(field)!r}, wanted {wanted!r}"
    yield from (f"{field} has a value" for field in expect.get("unset", ()) if told.value(field) not in (None, ""))
    for group in expect.get("says", ()):
        wordings: Sequence[str] = group if isinstance(group, list) else [group]
        if not any(_found(one, text) for one in wordings):
            yield f"does not say {' | '.join(wordings)}"
    yield from (f"says {one}" for one in expect.get("never", ()) if _found(one, told.reply))
    if "pending" in expect and not _asks(expect["pending"], told.record["pending"]):
        yield f"pending is {told.record['pending']}, wanted {expect['pending']}"
    for key in EQUAL:
        if key in expect and not _equal(key, expect[key], told.record[key]):
            yield f"{key} is {told.record[key]!r}, wanted {expect[key]!r}"


def _expected(expect: Expect, told: Told) -> Iterator[str]:
    yield from _common(expect, told, told.seen)
    keep = expect.get("keep")
    free = {*expect.get("set", ()), *expect.get("may", ()), *expect.get("unset", ())}
    held = told.changed - free if keep is True else told.changed & set(keep or ())
    yield from (f"{field} changed to {told.value(field)!r}" for field in sorted(held))


def _condition(harm: Expect, told: Told) -> Iterator[str]:
    yield from _common(harm, told, told.reply)
    if "changed" in harm and not told.changed & set(harm["changed"]):
        yield "none of these changed"
    stored = " ".join(_written(told.value(field)) for field in sorted(told.changed))
    if "stored" in harm and not any(_found(one, stored) for one in harm["stored"]):
        yield "none of these stored"
    if harm.get("no_emergency") and told.record["emergency"] is not None:
        yield "there is an emergency"
