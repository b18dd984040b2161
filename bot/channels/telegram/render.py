"""A reply as Bot API calls: pure. HTML is escaped, long texts are cut between paragraphs, the buttons come last."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any

from bot.channels.marks import MARK
from bot.domain import regex as re
from bot.domain.message import Button, Reply
from bot.domain.typographie import french

TEXT_MAX = 4096
NOTICE_MAX = 200

_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"(?<=[.!?…]) "), re.compile(r"\s"))


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call; `plain` is the text to send instead where the server refuses the markup."""

    method: str
    params: Mapping[str, Any] = field(default_factory=dict)
    plain: str = ""
    tolerant: bool = False
    """Whether its refusal changes nothing."""


def calls(
    reply: Reply, chat: int, callback: str | None = None, closed: Sequence[Mapping[str, Any]] = ()
) -> tuple[Call, ...]:
    """What delivers a reply, in order: the press is answered first, then the texts; the last one has the buttons.

    Last, the keyboards that it answers (`closed`) are put away: who reads is not kept waiting for that.
    """
    found: list[Call] = []
    if callback:
        found.append(answer(callback, reply.notice))
    text = reply.text or ("" if callback else reply.notice)
    pieces = split(french(text))
    for rank, piece in enumerate(pieces):
        buttons = reply.buttons if rank == len(pieces) - 1 else ()
        found.append(_text_call(piece, chat, buttons, edit=reply.edit if rank == 0 else None))
    return (*found, *(_put_away(one, chat) for one in closed))


def standing(reply: Reply) -> list[list[dict[str, str]]] | None:
    """The buttons of a question that stay once it is answered; None for what asks nothing."""
    if all(button.lasting for row in reply.buttons for button in row):
        return None
    kept = [[asdict(button) for button in row if button.lasting] for row in reply.buttons]
    return [row for row in kept if row]


CHOSEN = "\n\n✓ "
ROOM = TEXT_MAX // 2
"""Longer than this, a message may not have room for what was tapped under it, once its markup is counted."""


def answer(callback: str, notice: str = "") -> Call:
    """The answer to a button press: it stops the spinner, and shows the notice if there is one."""
    text = french(notice.replace("*", ""))
    if len(text) > NOTICE_MAX:
        text = text[: NOTICE_MAX - 1].rstrip() + "…"
    return Call("answerCallbackQuery", {"callback_query_id": callback} | ({"text": text} if text else {}))


def keyboard(rows: Sequence[Sequence[Button]]) -> dict[str, Any] | None:
    """The inline keyboard, or None where there is no button."""
    shown = [[_button(button) for button in row] for row in rows if row]
    return {"inline_keyboard": shown} if shown else None


def _button(button: Button) -> dict[str, str]:
    target = {"url": button.url} if button.url else {"callback_data": button.data or "?"}
    return {"text": french(button.label) or "…"} | target


def _text_call(piece: "Piece", chat: int, buttons: Sequence[Sequence[Button]], edit: int | None) -> Call:
    params: dict[str, Any] = {
        "chat_id": chat,
        "text": piece.html(),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    markup = keyboard(buttons)
    if markup:
        params["reply_markup"] = markup
    if edit is None:
        return Call("sendMessage", params, piece.plain())
    return Call("editMessageText", params | {"message_id": edit}, piece.plain())


@dataclass(frozen=True, slots=True)
class Span:
    """Characters that are strong, or that open `url` where there is one."""

    start: int
    end: int
    url: str = ""

    def html(self, text: str) -> str:
        """These characters with their tag."""
        return f'<a href="{escape(self.url)}">{_escape(text)}</a>' if self.url else f"<b>{_escape(text)}</b>"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: its plain characters, and the spans of them that are strong or links."""

    text: str
    spans: tuple[Span, ...] = ()

    def html(self) -> str:
        """The part as Telegram's HTML: every tag opened here is closed here."""
        done, out = 0, []
        for span in self.spans:
            out += [_escape(self.text[done : span.start]), span.html(self.text[span.start : span.end])]
            done = span.end
        return "".join([*out, _escape(self.text[done:])])

    def plain(self) -> str:
        """The part without markup, addresses in full."""
        done, out = 0, []
        for span in self.spans:
            out += [self.text[done : span.end], f" ({span.url})" if span.url else ""]
            done = span.end
        return "".join([*out, self.text[done:]])

    def cost(self) -> int:
        """UTF-16 units of the HTML: a bound for every way a server may count."""
        return len(self.html().encode("utf-16-le")) // 2

    def cut(self, start: int, end: int) -> "Piece":
        """The characters from `start` to `end`, less the blanks around them."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        part = part.strip()
        end = start + len(part)
        kept = [
            Span(max(span.start, start) - start, min(span.end, end) - start, span.url)
            for span in self.spans
            if span.start < end and span.end > start
        ]
        return Piece(part, tuple(kept))


def parse(text: str) -> Piece:
    """Plain text with its marks read; a lone star stays a star."""
    plain, done = "", 0
    spans: list[Span] = []
    for found in MARK.finditer(text):
        plain += text[done : found.start()]
        shown = found["strong"] or found["label"]
        spans.append(Span(len(plain), len(plain) + len(shown), found["url"] or ""))
        plain += shown
        done = found.end()
    return Piece(plain + text[done:], tuple(spans))


def split(text: str, limit: int = TEXT_MAX) -> tuple[Piece, ...]:
    """The text in parts that Telegram accepts, cut at the end of a paragraph, of a line, of a sentence, of a word."""
    rest = parse(text)
    rest = rest.cut(0, len(rest.text))
    parts: list[Piece] = []
    while rest.text and rest.cost() > limit:
        at = _cut_at(rest, limit)
        parts.append(rest.cut(0, at))
        rest = rest.cut(at, len(rest.text))
    return tuple(part for part in (*parts, rest) if part.text)


def _cut_at(piece: Piece, limit: int) -> int:
    """The last good place to cut so that what comes before fits."""
    low, high = 1, len(piece.text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if piece.cut(0, middle).cost() <= limit else (low, middle - 1)
    for kind in _BREAKS:
        places = [found.start() for found in kind.finditer(piece.text, 0, low)]
        if places and places[-1] > low // 3:
            return places[-1]
    return low


def _escape(text: str) -> str:
    return escape(text, quote=False)


def _put_away(known: Mapping[str, Any], chat: int) -> Call:
    """A keyboard whose question is answered goes; what was tapped is written under the question."""
    rows = keyboard([[Button(**button) for button in row] for row in known.get("rows", ())])
    params = {"chat_id": chat, "message_id": known["message_id"]} | ({"reply_markup": rows} if rows else {})
    text, chosen = str(known.get("text", "")), str(known.get("chosen", ""))
    if not text or not chosen or len(text) + len(chosen) > ROOM:
        return Call("editMessageReplyMarkup", params)
    piece = Piece(text, _spans(text, known.get("entities", ())))
    said = {"text": piece.html() + CHOSEN + _escape(chosen), "parse_mode": "HTML"}
    return Call("editMessageText", params | said | {"link_preview_options": {"is_disabled": True}}, tolerant=True)


def _spans(text: str, entities: Sequence[Any]) -> tuple[Span, ...]:
    """Telegram's entities that we make: bold and links. Their places are counted in UTF-16 units."""
    units = text.encode("utf-16-le")
    found: list[Span] = []
    for one in entities:
        kind, start, length = one.get("type"), one.get("offset"), one.get("length")
        if kind not in {"bold", "text_link"} or not isinstance(start, int) or not isinstance(length, int):
            continue
        before, inside = units[: 2 * start], units[2 * start : 2 * (start + length)]
        first = len(before.decode("utf-16-le", "ignore"))
        last = first + len(inside.decode("utf-16-le", "ignore"))
        if not found or first >= found[-1].end:
            found.append(Span(first, last, str(one.get("url") or "")))
    return tuple(found)
