"""An answer in words, the same wherever it is read: what is said first, then its sources on one line."""

from collections.abc import Sequence

from bot.domain import regex as re
from bot.domain.answer import Answer
from bot.domain.fiche import Citation
from bot.form.wording import Wording

SOURCES_SHOWN = 2
"""On the line under an answer; a button shows them all."""

LONGEST_NAME = 60

_ASIDE = re.compile(r" ?\([^()]*\)")
_CODE = re.compile(r"^(?P<owner>(?:Légifrance, )?Code [^,]+), (?:art\. )?(?P<article>[^,]+)")
_SHEET = re.compile(r"^(?P<owner>Service-Public), (?:fiche|actualité) (?P<number>[A-Z]\d+)")
_ARTICLE = re.compile(r"^(?:articles?|art\.) ")


def told(words: Wording, answer: Answer, *, briefly: bool = False) -> str:
    """The answer without its sources, paragraphs apart; `briefly`: without the detail."""
    parts = (
        words.say("reponse.a_confirmer") if answer.stale else "",
        answer.court,
        "" if briefly else answer.detail,
    )
    return "\n\n".join(part for part in parts if part)


def short_name(one: Citation) -> str:
    """How a source is named on a phone: « Service-Public F14102 », « Code du travail, L5135-1 »."""
    title = _ASIDE.sub("", one.titre)
    sheet, code = _SHEET.match(title), _CODE.match(title)
    article = _ARTICLE.sub("", one.article)
    if sheet:
        name = f"{sheet['owner']} {sheet['number']}"
    elif code:
        name = f"{code['owner']}, {article or code['article']}"
    else:
        name = f"{title}, {article}" if article and article not in title else title
    if len(name) > LONGEST_NAME:
        name = f"{name[: LONGEST_NAME - 1].rsplit(' ', 1)[0].rstrip(' ,«')}…"
    return f"{name} ({one.mention})" if one.mention else name


def link(label: str, url: str) -> str:
    """A word that opens an address: `[label](url)`, which every channel writes in its own way."""
    return f"[{label.replace('[', '(').replace(']', ')')}]({url})"


def source_line(words: Wording, citations: Sequence[Citation]) -> str:
    """The first sources as links on one line, with the oldest of their check dates; empty where there is none."""
    named = list({short_name(one): one for one in reversed(citations)}.items())[::-1][:SOURCES_SHOWN]
    if not named:
        return ""
    links = " · ".join(link(name, one.url) for name, one in named)
    day = min(one.verifiee_le for _, one in named)
    return words.say("reponse.sources", liens=links, jour=words.day(day, weekday=False))
