"""Somebody named, by a civility, a first name that people bear, or two capitals in a row."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.reading.names.first_names import is_first_name, opens_compound
from bot.reading.plain import plain
from bot.reading.tiles.tile import Offer, Tile, What
from bot.reading.tiles.tokens import Sort, Token

CIVIL = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "docteur", "docteure", "dr"})
_TITLED = frozenset({"docteur", "docteure", "dr", "professeur", "monsieur", "madame"})
_PARTICLES = frozenset(
    {"le", "la", "de", "du", "des", "el", "ben", "van", "von", "da", "di", "d", "l", "al", "ould", "abou"}
)
NO_NAME = frozenset([
    "a", "au", "aux", "ai", "as", "ainsi", "alors", "apres", "avec", "avant", "beaucoup", "bien", "bon", "bonjour",
    "c", "car", "ce", "cela", "celle", "celui", "ces", "cest", "cet", "cette", "chez", "ci", "comme", "comment",
    "contre", "d", "dans", "de", "deja", "depuis", "derriere", "des", "dit", "dois", "donc", "dont", "du", "elle",
    "elles", "en", "encore", "enfin", "entre", "est", "et", "etait", "etre", "eu", "euh", "eux", "faire", "fait",
    "faut", "fini", "g", "hein", "hier", "ici", "il", "ils", "j", "jai", "jamais", "je", "jsuis", "juste", "jusqu",
    "l", "la", "lequel", "les", "leur", "leurs", "loin", "lui", "m", "ma", "mais", "mail", "maintenant", "mal", "me",
    "meme", "merci", "mes", "mieux", "moi", "moins", "mon", "n", "nan", "ne", "ni", "non", "nous", "numero", "on",
    "ou", "oui", "par", "parce", "pas", "pendant", "peu", "peut", "plus", "plutot", "pour", "pourquoi", "pourra",
    "prend", "presque", "puis", "qu", "quand", "que", "quel", "quelle", "quelqu", "qui", "quoi", "rien", "s", "sa",
    "sans", "sauf", "se", "sera", "serait", "ses", "si", "siret", "sinon", "son", "sont", "sous", "suis", "suit",
    "sur", "t", "ta", "tel", "tes", "toi", "ton", "toujours", "tous", "tout", "toute", "tres", "tu", "un", "une",
    "va", "vais", "veut", "vers", "veux", "voici", "voila", "vont", "vos", "votre", "vous", "vraiment", "y", "rue",
    "avenue", "place", "boulevard", "adresse", "entreprise",
])  # fmt: skip
"""Words that are no part of a name, nor of what a label leads to."""

_CIVILLY, _BORNE, _BACKWARDS, _CAPITALS, _ALONE = 0.8, 1.0, 1.1, 1.9, 1.3


def name_words(person: str) -> set[str]:
    """The words of « Mme Ngom, cheffe d'atelier » that name her, folded: no civility, nothing of what she is."""
    return set(plain(person.partition(",")[0]).split()) - CIVIL


def people_at(tokens: tuple[Token, ...], at: int, text: str) -> Iterator[Offer]:
    """Yield whoever is named from this token on; the shortest and the longest name that may be theirs."""
    token = tokens[at]
    if token.sort is not Sort.WORD:
        return
    if token.word in {"le", "la"} and at + 1 < len(tokens) and tokens[at + 1].word in _TITLED:
        at, begins = at + 1, at
        for offer in people_at(tokens, at, text):
            tile = offer.tile
            value = text[tokens[tile.start].start : tokens[tile.end - 1].end]
            yield Offer(replace(tile, start=begins, value=value), offer.cost)
        return
    if token.word in CIVIL and not (at + 1 < len(tokens) and tokens[at + 1].gap in {"'", "’"}):
        yield from _offers(at, _names_after(tokens, at + 1, text), _CIVILLY)
        if at + 1 < len(tokens) and is_first_name(tokens[at + 1].word):
            yield from _offers(at, _names_after(tokens, _tied(tokens, at + 1), text), _CIVILLY)
    elif is_first_name(token.word):
        end = _tied(tokens, at)
        if (
            end < len(tokens)
            and opens_compound(token.word)
            and is_first_name(tokens[end].word)
            and not tokens[end].breaks
        ):
            end = _tied(tokens, end)
        yield from _offers(at, _names_after(tokens, end, text), _BORNE)
        yield Offer(Tile(What.PERSON, at, end, name="prenom"), _BORNE + _ALONE)
    elif token.word not in NO_NAME and _capital(token, text):
        end = _tied(tokens, at)
        if end < len(tokens) and not tokens[end].breaks and is_first_name(tokens[end].word):
            yield Offer(Tile(What.PERSON, at, _tied(tokens, end), name="a_l_envers"), _BACKWARDS)
        yield from _offers(
            at, [one for one in _names_after(tokens, end, text) if _capital(tokens[one - 1], text)], _CAPITALS
        )


def led_people(tokens: tuple[Token, ...], at: int, text: str) -> Iterator[int]:
    """Yield where a name may end that a role leads to, whatever its words: « ma tutrice c'est safia belkacem »."""
    first = tokens[at] if at < len(tokens) else None
    if first is None or first.sort is not Sort.WORD or first.word in NO_NAME | {"le"} or len(first.word) < 2:
        return
    if first.word.endswith(("rait", "raient")):
        return  # « mon tuteur devrait être … »
    end = _tied(tokens, at)
    yield end
    yield from _names_after(tokens, end, text)


def _offers(at: int, ends: Iterable[int], cost: float) -> Iterator[Offer]:
    for end in ends:
        yield Offer(Tile(What.PERSON, at, end), cost + 0.1 * (end - at))


def _names_after(tokens: tuple[Token, ...], at: int, text: str) -> Iterator[int]:
    """Where a family name may end that begins here: a particle, a word, and a second one with its capital."""
    start = at
    while start < len(tokens) and tokens[start].word in _PARTICLES and not tokens[start].breaks and start - at < 2:
        start += 1
    if start >= len(tokens) or not _fits(tokens[start]):
        return
    end = _tied(tokens, start)
    yield end
    if end < len(tokens) and _fits(tokens[end]) and _capital(tokens[end], text) and _capital(tokens[start], text):
        yield _tied(tokens, end)


def _fits(token: Token) -> bool:
    return (
        token.sort is Sort.WORD
        and not token.breaks
        and "&" not in token.gap
        and len(token.word) > 1
        and token.word not in NO_NAME | CIVIL
    )


def _tied(tokens: tuple[Token, ...], at: int) -> int:
    """The end of the word at `at`, with what a hyphen or an apostrophe ties to it."""
    end = at + 1
    while end < len(tokens) and tokens[end].tied and tokens[end].sort is Sort.WORD:
        end += 1
    return end


def _capital(token: Token, text: str) -> bool:
    return text[token.start].isupper()
