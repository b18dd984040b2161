"""« c'est la première fois chez eux »: no stay before this one in the same place."""

from bot.domain import regex as re
from bot.reading.plain import plain

_FIRST_TIME = re.compile(
    r"(?:(?:et|mais|oui|non|bon|ben|bah|pour ca|alors|donc|euh|c est|cest|la|ma|une|toute|jamais|je viens|j y vais) )*(?:premiere|1ere|1re) fois(?: (?:chez|dans|la bas|ici|que j y vais|avec)(?: \w+){0,4})?"
)


def first_time(text: str) -> bool:
    """Whether a clause says that, and nothing else."""
    return _FIRST_TIME.fullmatch(plain(text)) is not None
