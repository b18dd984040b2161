"""The end of a number put right by what follows it: « 06 30 77 18 63 euh non 64 à la fin »."""

from bot.domain import regex as re

_TAKEN_UP = r"(?:[\s,;.…]{1,4}(?:euh|heu|ah|oups|pardon|non|nan|enfin|plut[oô]t|c['’ ]?est|c|mince)){1,5}[\s,]{1,3}"
_AT_THE_END = r"(?:[àa] la fin|en dernier|au bout)"
_PUT_RIGHT = re.compile(
    rf"(?i)(?P<number>\d(?:[\s.]?\d){{8,13}}){_TAKEN_UP}(?:le )?(?P<last>\d{{1,4}})\s{_AT_THE_END}(?:\s(?:et )?pas (?:le )?\d{{1,4}})?"
)
_ENDS = re.compile(rf"(?i)(?P<last>\d{{1,4}})\s{_AT_THE_END}(?:\s(?:et )?pas (?:le )?(?P<old>\d{{1,4}}))?")


def ended(text: str) -> str:
    """The text with such a number as it should be."""
    return _PUT_RIGHT.sub(lambda found: ending(found["number"], found["last"]), text)


def ending(number: str, last: str) -> str:
    """The number, spaced as it is, its last figures replaced by these."""
    left, told = len(last), list(number)
    for at in range(len(told) - 1, -1, -1):
        if left and told[at].isdigit():
            left -= 1
            told[at] = last[left]
    return "".join(told)


def ending_told(text: str) -> tuple[str, str]:
    """« c'est 17 à la fin, pas 18 »: the last figures, and those they replace; empty where none are told."""
    found = _ENDS.search(text)
    return (found["last"], found["old"] or "") if found else ("", "")
