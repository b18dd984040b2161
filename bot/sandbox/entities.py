"""Telegram's HTML: refused where Telegram refuses it, and made safe for the chat page."""

from html import escape, unescape
from typing import Any

from bot.domain import regex as re
from bot.sandbox.errors import bad

_TAGS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "ins": "u", "s": "s", "strike": "s",
    "del": "s", "code": "code", "pre": "pre", "a": "a", "blockquote": "blockquote", "tg-spoiler": "span",
}  # fmt: skip
_TOKEN = re.compile(r"<(/?)([^\s<>/]*)([^<>]*)(>?)|&(#x?[0-9a-fA-F]+|lt|gt|amp|quot);|&|[^<&]+")
_HREF = re.compile(r"""href\s*=\s*["']?([^"'>\s]+)""")
_LINK = re.compile(r"https?://[^\s<>\"»]+[^\s<>\"».,;:!?)]")
_SAFE = ("http://", "https://", "tel:", "mailto:")


def parse(source: str, mode: str | None) -> tuple[str, str]:
    """(text after parsing, safe HTML); raises ApiError for markup that Telegram refuses."""
    if not mode:
        return source, linked(source)
    if mode.lower() != "html":
        raise bad("unsupported parse_mode")
    return _Parser(source).run()


def linked(text: str) -> str:
    """Plain text as HTML, its bare addresses made links."""
    out, done = [], 0
    for found in _LINK.finditer(text):
        url = escape(found.group(0))
        out += [escape(text[done : found.start()]), f'<a href="{url}" rel="noopener noreferrer">{url}</a>']
        done = found.end()
    return "".join([*out, escape(text[done:])])


class _Parser:
    """One pass over the source, with the stack of open tags."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text: list[str] = []
        self.html: list[str] = []
        self.open: list[str] = []

    def run(self) -> tuple[str, str]:
        for token in _TOKEN.finditer(self.source):
            if token.group(0).startswith("<"):
                self._tag(token)
            else:
                plain = unescape(token.group(0)) if token.group(5) else token.group(0)
                self.text.append(plain)
                self.html.append(escape(plain) if "a" in self.open else linked(plain))
        if self.open:
            raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{self.open[-1]}\"")
        return "".join(self.text), "".join(self.html)

    def _tag(self, token: "re.Match[str]") -> None:
        closing, name, attributes, end = token.group(1), token.group(2).lower(), token.group(3), token.group(4)
        offset = len(self.source[: token.start()].encode())
        if not end or name not in _TAGS:
            kind = "end" if closing else "start"
            raise bad(f'can\'t parse entities: Unsupported {kind} tag "{name}" at byte offset {offset}')
        if not closing:
            self.open.append(name)
            self.html.append(self._opening(name, attributes))
        elif not self.open or self.open.pop() != name:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {offset}")
        else:
            self.html.append(f"</{_TAGS[name]}>")

    @staticmethod
    def _opening(name: str, attributes: str) -> str:
        if name != "a":
            return f"<{_TAGS[name]}>"
        found = _HREF.search(attributes)
        url = unescape(found.group(1)) if found else ""
        return f'<a href="{escape(url)}" rel="noopener noreferrer">' if url.startswith(_SAFE) else "<a>"


_MADE = re.compile(r'<(/?)(strong|a)(?: href="([^"]*)")?[^<>]*>|<[^<>]*>|[^<]+')
_KINDS = {"strong": "bold", "a": "text_link"}


def entities(html: str) -> list[dict[str, Any]]:
    """The bold words and the links of our own safe HTML, as Telegram tells them: in UTF-16 units, in their order."""
    found: list[dict[str, Any]] = []
    opened: list[dict[str, Any]] = []
    at = 0
    for token in _MADE.finditer(html):
        closing, name, url = token.group(1), token.group(2), token.group(3)
        if not token.group(0).startswith("<"):
            at += len(unescape(token.group(0)).encode("utf-16-le")) // 2
        elif name and not closing:
            opened.append({"type": _KINDS[name], "offset": at} | ({"url": unescape(url)} if url else {}))
            found.append(opened[-1])
        elif name and opened:
            one = opened.pop()
            one["length"] = at - one["offset"]
    return [one for one in found if one.get("length")]
