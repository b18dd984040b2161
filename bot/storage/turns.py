"""One update at a time per conversation: read, think, then write everything in one transaction."""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError
from django.db.models import F

from bot.domain.message import Button, Kind, Reply, UserMessage
from bot.domain.turn import DeleteIncoming, EraseEverything, RecordIncident, Turn
from bot.ports import Clock, Conversation
from bot.storage import outbox
from bot.storage.connection import forget_deleted, lock_chat, patient, writing
from bot.storage.held import Held, hold, keep, read
from bot.storage.models import Update
from bot.storage.records import PARIS
from bot.storage.trail import current

ATTEMPTS = 3
"""After so many failures on the same update, the person gets an apology and the draft stays as it was."""

PRESSES = 30
"""Presses of one chat in a minute after which a press is answered by one notice, then by silence; words are free."""

MINUTE = timedelta(minutes=1)

KEPT_UNDELIVERED = timedelta(days=30)
"""How long a counsellor's undelivered words wait for the person to come back."""

_LEAVES_NOTHING = (DeleteIncoming, EraseEverything, RecordIncident)
"""Effects after which the message itself must not stay anywhere, the database's own log included."""

_log = logging.getLogger(__name__)


class TurnTaker:
    """Takes the pending updates of a chat, one by one, in their order.

    The conversation thinks outside of any transaction; what it looked at is compared again once the chat is held,
    and the turn is taken anew where it changed. So a slow answer keeps nobody waiting, and two processes on the same
    chat cannot both write.
    """

    def __init__(
        self,
        conversation: Conversation,
        to_message: Callable[[Mapping[str, Any], datetime], UserMessage | None],
        clock: Clock,
        *,
        apology: str,
        too_fast: str = "",
    ) -> None:
        self._conversation = conversation
        self._to_message = to_message
        self._clock = clock
        self._apology = apology
        self._too_fast = too_fast
        self._unclean = False
        """Whether a reader kept the last cleaning from ending: the next turn tries again."""

    def process_next(self, chat: int) -> bool:
        """Handle the oldest pending update of this chat; False where there is none.

        A failure is counted and leaves the update pending; the third one answers with the apology instead. Raises
        only where the database stays out of reach.
        """
        update = self._oldest(chat)
        if update is None:
            return False
        token = current.set(f"u{update.update_id}")
        try:
            self._handle(chat, update)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            self._failed(chat, update, error)
        finally:
            current.reset(token)
        return True

    @patient
    def _oldest(self, chat: int) -> Update | None:
        return Update.objects.filter(chat=chat, done_at__isnull=True).order_by("update_id").first()

    @patient
    def _handle(self, chat: int, update: Update) -> None:
        # Dated from when it came, so that a second try after a crash reads the same message.
        message = self._to_message(update.payload, update.received_at.astimezone(PARIS))
        if message is not None and message.kind is Kind.BUTTON and (over := _over(chat, update)):
            self._silence(chat, update, notice=self._too_fast if over == 1 else "")
            return
        while True:
            seen = read(chat)
            turn = self._think(seen, message)
            if self._write(chat, update, message, seen, turn):
                break
        if self._unclean or any(isinstance(effect, _LEAVES_NOTHING) for effect in turn.effects):
            self._unclean = not forget_deleted()

    def _silence(self, chat: int, update: Update, *, notice: str) -> None:
        """Answer a press too many without a turn: a pop-up the first time, nothing after; words are always heard."""
        now = self._clock.now()
        with writing():
            lock_chat(chat)
            if _first_pending(chat) == update.id:
                callback, _ = _pressed(update.payload)
                outbox.put(chat, [outbox.reply_body(Reply("", notice=notice), callback=callback)], now=now)
                _done(update, now)

    def _think(self, seen: Held, message: UserMessage | None) -> Turn:
        if message is None:
            return Turn(seen.session)
        return self._conversation.take_turn(seen.session, message, seen.dossier)

    def _write(self, chat: int, update: Update, message: UserMessage | None, seen: Held, turn: Turn) -> bool:
        """Write the turn; False where what it looked at has changed since. An update done elsewhere is left alone."""
        now = self._clock.now()
        with writing():
            held = hold(chat)
            if _first_pending(chat) != update.id:
                return True
            if held != seen:
                return False
            if message is not None:
                callback, under = _pressed(update.payload)
                keep(held, turn, at=now, callback=callback, under=under)
                _membership(chat, message.kind, now)
            _done(update, now)
        return True

    @patient
    def _failed(self, chat: int, update: Update, error: Exception) -> None:
        """Count a failure, without a word of what the person wrote; the last one apologises and goes on."""
        now, kind = self._clock.now(), type(error).__name__
        # Where it failed, never the exception's own words: they may quote the person.
        where = "".join(traceback.format_tb(error.__traceback__))
        _log.error("update %d failed: %s\n%s", update.update_id, kind, where)
        with writing():
            lock_chat(chat)
            waiting = Update.objects.filter(id=update.id, done_at__isnull=True)
            if not waiting.update(attempts=F("attempts") + 1, error=kind[:200]):
                return
            if update.attempts + 1 < ATTEMPTS:
                return
            callback, under = _pressed(update.payload)
            pressed = under["message_id"] if under else None
            body = outbox.reply_body(Reply(self._apology), callback=callback, message_id=pressed)
            outbox.put(chat, [body], now=now)
            _done(update, now)


def _over(chat: int, update: Update) -> int:
    """How many presses beyond PRESSES this chat has made in the minute before this one; zero within them."""
    minute = Update.objects.filter(
        chat=chat, press=True, received_at__gt=update.received_at - MINUTE, update_id__lte=update.update_id
    )
    return max(0, int(minute.count()) - PRESSES)


def _membership(chat: int, kind: Kind, now: datetime) -> None:
    """A group is left once it has been told why; a person who is back, by any sign, gets what counsellors wrote."""
    if kind is Kind.GROUP:
        outbox.put(chat, [{"kind": "leave"}], now=now)
    elif kind is not Kind.BLOCKED:
        outbox.back(chat, since=now - KEPT_UNDELIVERED, everything=kind is Kind.UNBLOCKED)


def _first_pending(chat: int) -> int | None:
    pending = Update.objects.filter(chat=chat, done_at__isnull=True).order_by("update_id")
    return pending.values_list("id", flat=True).first()


def _done(update: Update, now: datetime) -> None:
    Update.objects.filter(id=update.id).update(done_at=now, payload={})


def _pressed(raw: Mapping[str, Any]) -> tuple[str | None, dict[str, Any] | None]:
    """The identifier of a button press, and the message it was under: its words, and the buttons that stay."""
    query = raw.get("callback_query")
    if not isinstance(query, Mapping):
        return None, None
    under = query.get("message")
    number = under.get("message_id") if isinstance(under, Mapping) else None
    if not isinstance(under, Mapping) or not isinstance(number, int):
        return str(query.get("id")), None
    text, entities = under.get("text"), under.get("entities")
    known: dict[str, Any] = {"message_id": number, "rows": _lasting(under.get("reply_markup"))}
    if isinstance(text, str) and text:
        known |= {"text": text, "entities": entities if isinstance(entities, list) else []}
    return str(query.get("id")), known


def _lasting(markup: object) -> list[list[dict[str, str]]]:
    """The buttons of a keyboard that stay once its question is answered; none of what a hostile server made up."""
    rows = markup.get("inline_keyboard") if isinstance(markup, Mapping) else None
    found = [[button for button in map(_button, row) if button] for row in rows or () if isinstance(row, list)]
    return [row for row in found if row]


def _button(raw: object) -> dict[str, str] | None:
    if not isinstance(raw, Mapping):
        return None
    made = Button(*(str(raw.get(key) or "")[:256] for key in ("text", "callback_data", "url")))
    return asdict(made) if made.label and made.lasting else None
