"""G1 to G9, checked after every turn of every test and of the random walk."""

import json
from dataclasses import replace

from bot.conversation.memory import Memory, Nothing
from bot.conversation.recollection import memory_from_json
from bot.conversation.scene import Scene
from bot.domain.demande import Champ
from bot.domain.message import Kind, Reply, UserMessage
from bot.domain.session import Session, session_from_json, session_to_json
from bot.domain.turn import EraseEverything, OpenHandoff, SendDemande, Turn, WithdrawDemande
from bot.form import recap


def holding(memory: Memory) -> bool:
    """Whether something may be asked about besides the first missing field."""
    return memory.focus != Nothing() or memory.course != Nothing() or bool(memory.asked_for)


def check(house, before: Session, message: UserMessage, turn: Turn, dossier, reviewed: set[int]) -> Session:
    """Raise AssertionError where a promise is broken; the session as storage gives it back."""
    reply = one_reaction(message, turn, before)
    sizes(reply)
    stored = session_from_json(json.loads(json.dumps(session_to_json(turn.session))))
    assert stored == turn.session, "G6: the session does not survive its storage"
    asks_the_first_missing(house, stored, reply, message, dossier)
    old_values_shown(house, before, stored, reply)
    sent_only_after_a_recap(before, turn, reviewed)
    sourced(before, stored, reply)
    done_only_as_asked(before, turn)
    danger_kept_nowhere(house, before, message, stored)
    if any(button.data.startswith("recap:envoyer:") for row in reply.buttons for button in row):
        reviewed.add(stored.version)
    if before.version in reviewed and _only_agreed(before, stored):
        reviewed.add(stored.version)
    return stored


def _only_agreed(before: Session, after: Session) -> bool:
    """Whether nothing but the agreement was noted since: what was reviewed is what would be sent."""
    told = (
        {name: slot.value for name, slot in one.answers.items() if name != "consentement"} for one in (before, after)
    )
    return next(told) == next(told) and "consentement" in after.answers


def one_reaction(message: UserMessage, turn: Turn, before: Session) -> Reply:
    """G1; the pictures of one album get one reaction together."""
    known = memory_from_json(before.memory).album
    if message.album and not message.text and known and known.id == message.album:
        assert len(turn.replies) <= 1
        if not turn.replies:
            return Reply()
    if message.kind in {Kind.BLOCKED, Kind.UNBLOCKED}:
        assert turn.replies == ()
        return Reply()
    assert 1 <= len(turn.replies) <= 2, turn.replies
    assert all(one.text for one in turn.replies[1:]), "what follows a reply is a text"
    reply = turn.replies[0]
    assert reply.text or reply.notice, "G1: nothing to see"
    assert reply.text == reply.text.strip()
    assert "\n\n\n" not in reply.text
    return reply


def sizes(reply: Reply) -> None:
    """G7."""
    assert len(reply.text) <= 4096, len(reply.text)
    assert len(reply.notice) <= 200, reply.notice
    buttons = [button for row in reply.buttons for button in row]
    assert all(len(button.data.encode()) <= 64 for button in buttons), buttons
    assert all(button.label for button in buttons), buttons
    assert all(row for row in reply.buttons)
    if not any(button.data.startswith("jour:") for button in buttons):
        assert len(buttons) <= 6, [button.label for button in buttons]


def asks_the_first_missing(house, session: Session, reply: Reply, message: UserMessage, dossier) -> None:
    """G2: the question shown follows from the answers alone."""
    words = house.words
    if not session.opened or holding(memory_from_json(session.memory)) or message.kind is Kind.GROUP:
        return
    bare = Scene(house, replace(session, memory={}), dossier, message.at, message)
    pending = house.flow.pending(bare.draft)
    shown = [line[1:-1] for line in reply.text.splitlines() if line.startswith("*") and line.endswith("*")]
    questions = {
        step.name: {text for key, text in words.entries.items() if key.startswith(f"demande.{step.name}.")}
        for step in house.flow.steps
    }
    asked = [name for name, sentences in questions.items() if set(shown) & sentences]
    if asked:
        assert pending is not None, f"G2: {asked} asked while nothing is missing"
        assert pending.name in asked, f"G2: {asked} asked, {pending.name} is the first missing"


def old_values_shown(house, before: Session, after: Session, reply: Reply) -> None:
    """G3: replaced or set aside, the old value is in the message."""
    was, now = memory_from_json(before.memory), memory_from_json(after.memory)
    same_draft = was.token == now.token and after.answers
    reopened = _changed(was) != _changed(now)
    if not same_draft or reopened or was.parked != now.parked:
        return
    for name, old in before.answers.items():
        new = after.answers.get(name)
        if (new is not None and new.value == old.value) or Champ(name) in recap.CODES:
            continue
        shown = recap.shown(house.words, Champ(name), old.value)
        assert shown in reply.text, f"G3: {name} was {shown!r}, and the message does not say so: {reply.text!r}"


def _changed(memory: Memory) -> str:
    """The sent request that the draft changes."""
    return memory.completing.demande if memory.completing else ""


def sent_only_after_a_recap(before: Session, turn: Turn, reviewed: set[int]) -> None:
    """G4: the version sent is one whose recap was shown with « Envoyer »."""
    sent = [effect for effect in turn.effects if isinstance(effect, SendDemande)]
    assert len(sent) <= 1
    if sent:
        assert before.version in reviewed, "G4: sent without a recap of this version"


def sourced(before: Session, after: Session, reply: Reply) -> None:
    """G5: an answer from the base carries its source and its check date."""
    kept = memory_from_json(after.memory).answered
    if kept and kept != memory_from_json(before.memory).answered:
        assert "Source" in reply.text
        assert "vérifié le" in reply.text


ASKED = {
    EraseEverything: ("confirm:oui_effacer:",),
    WithdrawDemande: ("confirm:oui_retirer:",),
    SendDemande: ("recap:envoyer:", "confirm:oui:"),
    OpenHandoff: ("confirm:humain_avec:", "confirm:humain_sans:"),
}
"""What must be on the last thing shown for each act that cannot be undone."""


def done_only_as_asked(before: Session, turn: Turn) -> None:
    """G8: nothing is erased, withdrawn, sent or handed over unless the last thing shown asked exactly that."""
    shown = [data for _, data in memory_from_json(before.memory).shown]
    for effect in turn.effects:
        asked = ASKED.get(type(effect))
        if asked:
            assert any(data.startswith(asked) for data in shown), f"G8: {type(effect).__name__} after {shown}"


def danger_kept_nowhere(house, before: Session, message: UserMessage, after: Session) -> None:
    """G9: nothing that tells of danger is ever stored in a field."""
    if message.text and house.answerer.emergency(message.text):
        changed = {name for name, slot in after.answers.items() if slot != before.answers.get(name)}
        assert not changed, f"G9: {sorted(changed)} written from words of danger"
