"""What a message says is no longer so, and what takes its place: « ce n'est plus Bruno, c'est Sylvie Caron »."""

from collections.abc import Mapping

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.reading.plain import plain
from bot.reading.tiles import owners
from bot.reading.tiles.account import ASKED_OF, EMAILS, NAMES, PHONES, Account
from bot.reading.tiles.people import CIVIL
from bot.reading.tiles.tile import Tile, What

_PEOPLE = (Champ.TUTEUR, Champ.CONSEILLER, Champ.SIGNATAIRE, Champ.REPRESENTANT, Champ.URGENCE_NOM)
_HOLDING: Mapping[str, tuple[Champ, ...]] = {
    What.PERSON: (*_PEOPLE, Champ.ENTREPRISE), What.HOST: (Champ.ENTREPRISE, *_PEOPLE),
    What.TOWN: (Champ.COMMUNE, Champ.LIEU), What.OCCUPATION: (Champ.METIER,), What.STREET: (Champ.ADRESSE,),
    What.EMAIL: tuple(EMAILS.values()), What.PHONE: tuple(PHONES.values()), What.SIRET: (Champ.SIRET,),
    "nombre": (Champ.ADRESSE,),
}  # fmt: skip
"""The fields that may hold what is denied."""

_TAKES: Mapping[Champ, frozenset[What]] = {
    **dict.fromkeys(_PEOPLE, frozenset({What.PERSON})), Champ.ENTREPRISE: frozenset({What.HOST, What.PERSON}),
    Champ.COMMUNE: frozenset({What.TOWN}), Champ.LIEU: frozenset({What.TOWN}), Champ.METIER: frozenset({What.OCCUPATION}),
    Champ.ADRESSE: frozenset({What.STREET}), Champ.SIRET: frozenset({What.SIRET}),
    **dict.fromkeys(EMAILS.values(), frozenset({What.EMAIL})), **dict.fromkeys(PHONES.values(), frozenset({What.PHONE})),
}  # fmt: skip
"""What may take the place of what was denied."""

_LED: Mapping[str, Champ] = {
    "metier": Champ.METIER, "habite": Champ.COMMUNE, "adresse": Champ.ADRESSE, "hote": Champ.ENTREPRISE, **NAMES,
}  # fmt: skip
"""The field that a label names, whatever was noted in it."""

_ROLES = {champ: role for role, champ in NAMES.items()}
_LEAST = 3
"""Letters of a word that tells one name from another."""


def deny(account: Account, tile: Tile) -> bool:
    """Note which field a denied value is of; False where nobody can tell."""
    champ = _field_of(account, tile)
    if account.owned and tile.name == What.PERSON:
        return True  # « c'est le numéro de Mehdi, pas de Claire »
    if champ is None:
        return False
    if champ not in account.corrected and champ not in account.found:
        account.denied = (champ, tile)
    return True


def put_right(account: Account, at: int) -> bool:
    """Whether a tile takes the place of what is denied, before it or right after it; then it is noted there."""
    tile, then = account.laid.tiles[at], account.after(at)
    if account.led_by("voie_de"):
        return False  # « c'est le numéro de Mehdi, pas de Claire »
    champ, no = account.denied or (None, None)
    if champ is None and then is not None and then.what is What.DENIED:
        champ, no = _field_of(account, then), then
    if champ is None or no is None or tile.what not in _TAKES.get(champ, frozenset()):
        return False
    told = tile.value
    if champ in _ROLES:
        account.who = _ROLES[champ]
        account.names[account.who] = tile.value
        function = owners.function_told(account, at) if champ is Champ.TUTEUR else ""
        told = f"{told}, {function}" if function else told
    elif no.name == "nombre":
        told = _renumbered(str(account.known.get(champ) or ""), no.value, told)
    account.denied = None
    account.corrected.add(champ)
    return account.tell(champ, tile, told)


def _field_of(account: Account, no: Tile) -> Champ | None:
    """The field that holds what is denied; else the one that a label, or the question for a name, leads to."""
    fields = _HOLDING[no.name]
    known = [(champ, account.known.get(champ)) for champ in fields]
    told = [(champ, account.found[champ].words) for champ in fields if champ in account.found]
    held = [champ for champ, value in (*known, *told) if value and _same(no, value)]
    if held:
        return held[0]
    before = account.before
    named = _LED.get(before.name) if before is not None and before.what is What.LABEL else None
    named = named or (NAMES.get(ASKED_OF.get(account.asked, "")) if no.name == What.PERSON else None)
    return named if named in fields else None


def _same(no: Tile, value: object) -> bool:
    name = str(value.get("nom") or "") if isinstance(value, dict) else str(value)
    if no.name in {What.PHONE, What.SIRET}:
        return _figures(no.value)[-9:] == _figures(name)[-9:]
    words, noted = plain(no.value).split(), plain(name).split()
    if no.name == "nombre":
        return noted[:1] == words
    told = [word for word in words if len(word) >= _LEAST and word not in CIVIL and not word.isdigit()]
    if no.name == What.OCCUPATION:
        return not set(told).isdisjoint(noted)  # « mécano vélo, pas mécano auto », where « mécano » is noted
    return bool(told) and set(told) <= set(noted)


def _figures(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _renumbered(address: str, number: str, street: str) -> str:
    """« c'est pas 14, c'est 41 rue des Lilas »: the rest of the address stays."""
    instead = re.match(r"\s{0,3}(\d{1,4})\b", street)
    if instead is None or not set(plain(street).split()[1:]) <= set(plain(address).split()):
        return street
    return re.sub(rf"\b{number}\b", instead.group(1), address, count=1)
