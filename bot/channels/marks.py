"""The two marks of a reply's text: `*strong*` and `[label](https://address)`, or `[label](mailto:address)`."""

from bot.domain import regex as re

MARK = re.compile(
    r"(?<![\w*])\*(?=\S)(?P<strong>[^*\n]+?)(?<=\S)\*(?![\w*])"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<url>(?:https?://|mailto:)[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)"
)


def unmarked(text: str) -> str:
    """The text for a place that shows neither: strong words bare, addresses in full."""
    return MARK.sub(lambda found: found["strong"] or f"{found['label']} ({found['url']})", text)
