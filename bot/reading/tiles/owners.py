"""Whose a name, a number or an address is: by a label, by the question asked, by what stands beside it."""

from collections.abc import Mapping

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.reading.names.first_names import is_first_name
from bot.reading.plain import plain
from bot.reading.tiles.account import ASKED_OF, EMAILS, NAMES, OF_THE_HOST, PHONES, SELF, Account
from bot.reading.tiles.people import CIVIL, name_words
from bot.reading.tiles.phrases import BACK
from bot.reading.tiles.tile import Tile, What

_LEAST_PIECE = 4
"""Letters of a name that an address is recognised by."""

_BESIDE_ONESELF = frozenset({What.BIRTH, What.TOWN, What.PHONE, What.EMAIL})
_OF_THE_STAY = (What.AIM, What.HOURS, What.PERIOD)
"""What is of nobody: a name told after it opens another subject."""

_HOSTED = (What.HOST, What.STREET, What.SIRET)


def named(account: Account, at: int) -> str:
    """Whose name a person's tile is, by role; an empty string where nobody can tell."""
    tile = account.laid.tiles[at]
    back = _told_back(account, at)
    if back:
        return back
    known = known_as(account, tile)
    if known and not account.led_by(*NAMES) and tile.name not in NAMES and known != SELF:
        return known  # « Hugo Barthélemy est gérant », who is noted as signing
    if account.asked == "urgence" and tile.name != SELF and not account.led_by(SELF):
        return "urgence"  # « mon père Karim », « mon éduc » : whoever it is
    led = account.before.name if account.before is not None and account.led_by(*NAMES) else ""
    role = tile.name if tile.name in NAMES else led
    if role == "tuteur" and account.asked == "signataire" and not surely_tutor(account, at):
        return role if Champ.SIGNATAIRE in account.found else "signataire"  # « la gérante Nathalie Delattre »
    if role:
        return role
    if tile.name == "avec" or account.led_by("avec"):
        return _met(account)
    return _labelled_after(account, at) or _asked_for(account, at) or _beside(account, at)


def function_told(account: Account, at: int) -> str:
    """« la patronne, Ines Roux » is « patronne »: a label that says more than that somebody welcomes."""
    tile, then = account.laid.tiles[at], account.after(at)
    labels = [_leading(account, tile)]
    if then is not None and then.what is What.LABEL and then.name == "tuteur" and not _leads_on(account, then):
        labels.append(then.value)
    return next((found.group().strip() for label in labels if (found := _WHAT_THEY_ARE.search(label))), "")


def is_next_ones(account: Account, at: int) -> bool:
    """« chef d'atelier : Bruno Marchetti »: a function at the head of its sentence is of whoever is named next."""
    tile, then = account.laid.tiles[at], account.after(at)
    opens = account.before is None or (
        (account.laid.tokens[tile.start].breaks or _after_link(account, tile)) and ARTICLE.match(tile.value)
    )
    leads = tile.what is What.OCCUPATION and tile.name == "fonction" and bool(opens)
    if not leads or then is None or then.what is not What.PERSON or account.laid.opens_sentence(then):
        return False
    if (
        account.laid.tokens[then.start].breaks is False
        and not _after_link(account, then)
        and account.before is not None
    ):
        return False
    account.function = ARTICLE.sub("", tile.value)
    return True


def _after_link(account: Account, tile: Tile) -> bool:
    before = account.previous(tile)
    return before is not None and before.what is What.LINK


ARTICLE = re.compile(r"(?i)^(?:(?:c['’ ]?est|qui est)\s)?(?:le |la |l['’]|un |une )")


def _leads_on(account: Account, label: Tile) -> bool:
    """Whether a label is of the next name."""
    after = account.then(label)
    return after is not None and after.what is What.PERSON and not BACK.match(plain(label.value))


def _leading(account: Account, tile: Tile) -> str:
    """The label that leads to somebody who welcomes: in the tile itself, or before it."""
    if not tile.bare:
        return account.laid.written(tile).removesuffix(tile.value)
    return account.before.value if account.before is not None and account.led_by("tuteur") else ""


def surely_tutor(account: Account, at: int) -> bool:
    """Whether a label says that somebody welcomes, and not only what they are there."""
    tile = account.laid.tiles[at]
    label = plain(_leading(account, tile) or _told_with(account, tile))
    return any(sign in label for sign in ("tut", "encadr", "occup", "maitre", "serai", "srai", "travaillerai"))


def another_function(account: Account, at: int) -> bool:
    """« Mme Ngom, la cheffe d'atelier », where the tutor is somebody else: what she is there makes her no tutor."""
    known = name_words(str(account.known.get(Champ.TUTEUR) or ""))
    tile = account.laid.tiles[at]
    same = known & set(plain(tile.value).split())
    return bool(known) and not same and account.asked != "tuteur" and not surely_tutor(account, at)


def _told_with(account: Account, tile: Tile) -> str:
    """« je serai avec Mehdi »."""
    if tile.name == "avec":
        return account.laid.written(tile).removesuffix(tile.value)
    return account.before.value if account.before is not None and account.led_by("avec") else ""


_WHAT_THEY_ARE = re.compile(
    r"(?i)\b(?:patron(?:ne)?|g[ée]rante?|chef(?:fe)?|responsable|direct(?:eur|rice)|propri[ée]taire|dirigeante?|boss)\b(?:\s(?:de\s|d['’])[\w'’-]+)?"
)


def _met(account: Account) -> str:
    """« mission locale, avec Benoît » is who follows; « à la Ferme du Haut avec Paul Noé » is who welcomes."""
    if Champ.ENTREPRISE in account.found or account.asked in OF_THE_HOST:
        return "tuteur"
    return "conseiller" if Champ.SUIVI_PAR in account.found or account.asked in {"suivi_par", "conseiller"} else ""


def _told_back(account: Account, at: int) -> str:
    """« Claire Dubrulle c'est la patronne, c'est elle qui signe »: what is said of somebody right after their name.

    Of the labels that follow, the last one may lead to the next name; a « qui » never does.
    """
    labels: list[Tile] = []
    sentence = account.laid.sentences[account.laid.tiles[at].start]
    for tile in account.laid.tiles[at + 1 :]:
        if account.laid.sentences[tile.start] != sentence or tile.what not in {What.LABEL, What.LINK, What.OCCUPATION}:
            following = tile.what is What.PERSON and account.laid.sentences[tile.start] == sentence
            if following and labels and not BACK.match(plain(labels[-1].value)):
                labels.pop()
            break
        if tile.what is What.LABEL and tile.name in NAMES:
            labels.append(tile)
    told = [one.name for one in labels if BACK.match(plain(one.value))]
    return told[0] if told else ""


def _labelled_after(account: Account, at: int) -> str:
    """« mme Delattre, l'assistante sociale »: the label is of this name where no other one follows it."""
    then, later = account.after(at), account.after(at + 1)
    led = then is not None and then.what is What.LABEL and then.name in NAMES
    return then.name if led and then is not None and (later is None or later.what is not What.PERSON) else ""


def _asked_for(account: Account, at: int) -> str:
    """Whoever the question asks of, where nobody told is; somebody with a function is who welcomes."""
    asked, then = ASKED_OF.get(account.asked, ""), account.after(at)
    free = bool(asked) and asked != SELF and NAMES[asked] not in account.found
    if free:
        return asked
    return "tuteur" if then is not None and then.what is What.OCCUPATION else ""


def _beside(account: Account, at: int) -> str:
    tile, then = account.laid.tiles[at], account.after(at)
    civil = account.laid.tokens[tile.start].word in CIVIL
    reached = then is not None and (then.what in {What.PHONE, What.EMAIL, What.BIRTH} or then.name == "ne_le")
    if (account.follows(What.BODY) and not reached) or (civil and account.asked == "suivi_par"):
        return "conseiller"
    if account.follows(*_HOSTED) and (civil or reached) and Champ.TUTEUR not in account.found:
        return "tuteur"
    return SELF if not civil and _is_oneself(account, tile, then) else ""


def _is_oneself(account: Account, tile: Tile, then: Tile | None) -> bool:
    """A whole name that nothing leads to is one's own, beside what is one's own or at the head of a message."""
    if tile.name == "prenom" or Champ.NOM in account.found or account.asked in OF_THE_HOST:
        return False
    before = account.previous(tile)
    if before is not None and before.what is What.LINK and _CALLED.match(plain(before.value)):
        return False  # « il s'appelle Rémi Aubin »
    if account.asked == "identite":
        return True
    borne = is_first_name(account.laid.tokens[tile.start].word) or tile.name == "a_l_envers"
    known = account.known.get(Champ.NOM)
    if not borne or (known is not None and plain(str(known)) not in plain(tile.value)):
        return False
    told = account.follows(*_BESIDE_ONESELF, What.SITUATION) and account.who == SELF
    born = then is not None and (then.what is What.BIRTH or then.name == "ne_le")
    settled = Champ.TUTEUR in account.found and not account.follows(What.PERSON)
    opens = (
        account.before is None
        or settled
        or account.follows(*_OF_THE_STAY)
        or account.led_by("ne_le", "ma_voie", "voie")
    )
    goes_on = then is not None and (then.what in _BESIDE_ONESELF or then.name in {"habite", "ma_voie"})
    return told or born or (opens and goes_on)


_CALLED = re.compile(r"(?:il|elle|qui|ki|on l|son|sa|leur)\b")


def reached(account: Account, tile: Tile) -> str:
    """Whose a number or an address is, by role; an empty string where nobody can tell."""
    if account.led_by("ma_voie", SELF):
        return SELF
    if account.before is not None and account.led_by("sa_voie"):
        return _said_theirs(account, account.before)
    if account.asked == "contact" and account.who == SELF:
        return SELF  # a tutor may bear one's own name
    if tile.what is What.EMAIL and (owner := _named_in(account, tile.value)):
        return owner
    if not account.who and account.asked in ASKED_OF and account.led_by("voie", "sa_voie"):
        return ASKED_OF[account.asked]
    if account.who == "conseiller":
        return SELF if tile.what is What.EMAIL and account.led_by("voie") else ""
    of_firm = account.follows(*_HOSTED) and account.who in {SELF, ""}
    then = account.then(tile)
    if of_firm and tile.what is What.PHONE and then is not None and then.what is What.PERSON:
        return "tuteur"  # « garage du Pont, 06…, il s'appelle Rémi Aubin »
    return "" if of_firm else account.who


def said_after(account: Account, at: int) -> bool:
    """« le 06… c'est le numéro de Mehdi »: of whom it is known to be, and noted there."""
    tile = account.laid.tiles[at]
    others = [one for one in account.laid.tiles[at + 1 :] if one.what is not What.LINK][:2]
    if len(others) < 2 or others[0].name != "voie_de" or others[1].what is not What.PERSON:
        return False
    champ = (PHONES if tile.what is What.PHONE else EMAILS).get(known_as(account, others[1]))
    account.owned = champ is not None and account.tell(champ, tile)
    return account.owned


def _said_theirs(account: Account, label: Tile) -> str:
    """« son numéro », « le mail de la gérante »."""
    words = plain(label.value)
    if account.last in NAMES and _REACHED_AT.search(words):
        return account.last  # « …, qui signera. On peut le joindre au … »
    named_so = [role for role, signs in _SIGNS.items() if any(sign in words for sign in signs)]
    if named_so:
        return named_so[0]
    if account.who not in {SELF, ""}:
        return account.who
    return "tuteur" if account.asked in OF_THE_HOST or Champ.ENTREPRISE in account.found else ""


_REACHED_AT = re.compile(r"\b(?:joindre|contacter|appeler|ecrire)\b")


def known_as(account: Account, tile: Tile) -> str:
    """Of which role somebody of this name is known to be; an empty string where nobody is."""
    words = set(plain(tile.value).split()) - CIVIL
    people = {role: str(account.known.get(champ) or "") for role, champ in NAMES.items()} | account.names
    found = [role for role, name in people.items() if words and words <= set(plain(name).split())]
    return found[0] if len(found) == 1 else ""


_SIGNS: Mapping[str, tuple[str, ...]] = {
    "tuteur": ("tut", "patron", "gerant", "chef", "responsable", "direct"),
    "representant": ("mere", "pere", "maman", "papa"),
}


def _named_in(account: Account, address: str) -> str:
    """Whose name the part of an address before its « @ » holds."""
    local = plain(address.partition("@")[0]).replace(" ", "")
    known = account.known
    people: dict[str, list[str]] = {
        SELF: [str(known.get(champ) or "") for champ in (Champ.PRENOM, Champ.NOM)],
        "tuteur": [str(known.get(Champ.TUTEUR) or "").partition(",")[0]],
    }
    for role, name in account.names.items():
        people[role] = [*people.get(role, ()), name]
    found = [role for role, names in people.items() if any(_holds(local, name) for name in names)]
    return found[0] if len(found) == 1 and found[0] in EMAILS else ""


def _holds(local: str, name: str) -> bool:
    return any(piece in local for piece in plain(name).split() if len(piece) >= _LEAST_PIECE and piece not in CIVIL)
