"""A first name and a family name told under their labels, in any order: « mon nom c'est Payet, prénom Jean-Hugues »."""

from collections.abc import Mapping

from bot.domain import regex as re
from bot.domain.demande import Champ

LONGEST = 300

_WORD = r"(?!(?:c|c['’]est|cest|est|et|mais|pas|tout|non|de|du|des|est|pr[ée]nom|nom|mon|ma|le|la|juste|sans|en|celle|celui|qui|à|avec|ma|tu|il|elle|je|j['’])\b(?![- ](?-i:[A-ZÉÈ])))[^\W\d_][\w'’-]{0,40}"
_PARTICLE = r"(?:(?:de la|de|du|des|le|la|el|ben|van|von|di|da|d['’])\s?)?"
_IS = r"\s?,?\s?(?:c['’ ]?est|cest|c(?=\s)|est|:|=)?\s?(?:juste\s|bien\s|plut[ôo]t\s|seulement\s|en fait\s){0,2}"
_FIRST = re.compile(rf"(?i)(?<![\w-])pr[ée]nom(?![\w])(?!\s(?:et|du|de)\b){_IS}(?P<name>{_WORD})(?![\w@])")
_LAST = re.compile(
    rf"(?i)(?<![\w-])(?<!m[eê]me )(?<!ton )(?<!votre )(?<!son )(?<!leur )(?<!quel )nom(?![\w])(?: de famille)?(?!\s(?:et|du|de|des|d['’]))(?:\sde famille)?{_IS}(?P<name>{_PARTICLE}{_WORD}(?:[\s-](?!pr[ée]nom){_WORD})?)(?![\w@])"
)


_SPELLED = re.compile(r"(?<![\w'’])(?:[^\W\d_][\s.-]){2,}[^\W\d_](?![\w'’])\s?")
"""« Payet P A Y E T »: how it is spelt, after it."""


_BOTH = re.compile(
    r"(?i)(?<![\w'’-])(?P<first>[^\W\d_][\w'’-]{0,40}),? (?:c['’ ]?est )?(?:mon|le) pr[ée]nom,? (?:et|mais)? ?"
    r"(?P<last>[^\W\d_][\w'’-]{0,40}(?: [^\W\d_][\w'’-]{0,40})?),? (?:c['’ ]?est )?(?:mon|le) nom\b"
)
"""« Thierry c'est mon prénom et Marchal mon nom »."""


def names_labelled(text: str) -> Mapping[Champ, str]:
    """The names that labels give; empty where none is, or where a label is that of somebody or something else."""
    shown = _SPELLED.sub(" ", text[:LONGEST])
    told: dict[Champ, str] = {}
    both = _BOTH.search(shown)
    if both:
        return {Champ.PRENOM: both["first"], Champ.NOM: both["last"]}
    first, last = _FIRST.search(shown), _LAST.search(shown)
    if first:
        told[Champ.PRENOM] = first["name"]
    if last:
        told[Champ.NOM] = last["name"].strip()
    return told
