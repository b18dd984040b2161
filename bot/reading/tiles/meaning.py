"""What each kind of tile means after those before it: which field its words fill. What is not sure means nothing."""

from collections.abc import Callable, Mapping

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.texte import folded
from bot.reading.plain import plain
from bot.reading.tiles import denied, owners
from bot.reading.tiles.account import EMAILS, NAMES, OF_THE_HOST, PHONES, SELF, Account, Meant
from bot.reading.tiles.tile import Tile, What

_FLAGS: Mapping[str, tuple[Champ, str]] = {
    "rsa": (Champ.RSA, "oui"), "rqth": (Champ.HANDICAP, "oui"), "suivi_non": (Champ.SURVEILLANCE_MEDICALE, "non"),
    "equipement_oui": (Champ.EQUIPEMENTS, "oui"), "equipement_non": (Champ.EQUIPEMENTS, "non"),
}  # fmt: skip
_PASSES: Mapping[str, str] = {"sans_siret": "siret", "sans_mail": "", "sans_voie": ""}
"""Which question what one does not have passes; an address is asked for in its turn."""

_OF_ONESELF = frozenset({What.BIRTH, What.PHONE, What.EMAIL, What.PERSON, What.SITUATION, What.WITHOUT})
_LATE = frozenset({"siret", "adresse", "tuteur", "periode", "horaires", "identite", "contact"})
"""Questions at which verbs alone are what one will do there; where that is asked, its own reader takes the whole list."""
_OF_WORK = frozenset({"employeur", "contrat", "situation"})


def understood(account: Account, at: int) -> bool:
    """Note what a tile means; False where it has no meaning there."""
    tile = account.laid.tiles[at]
    if tile.what is What.DENIED:
        return denied.deny(account, tile)
    if denied.put_right(account, at):
        return True
    if tile.what in {What.PHONE, What.EMAIL} and owners.said_after(account, at):
        return True
    if tile.what is What.PERSON:
        return _person(account, at)
    if owners.is_next_ones(account, at):
        return True
    if tile.what is What.HOST and (then := account.after(at)) is not None and then.name == "perdu":
        account.lost_host = True  # « Cycles Malbec ne peut plus me prendre »: who is told next takes its place
        return True
    rule = _RULES.get(tile.what)
    return rule is not None and rule(account, tile)


def _label(account: Account, tile: Tile) -> bool:
    if tile.name == SELF:
        account.who = SELF
    return True


def _person(account: Account, at: int) -> bool:
    tile = account.laid.tiles[at]
    if account.led_by("mon_nom", "mon_prenom") and tile.bare and len(plain(tile.value).split()) == 1:
        account.who = SELF
        return account.tell(Champ.NOM if account.led_by("mon_nom") else Champ.PRENOM, tile)
    if account.led_by("voie_de"):
        account.who = owners.known_as(account, tile)  # « le téléphone de Madame Delannoy »
        return bool(account.who)
    who = owners.named(account, at)
    if not who or (tile.name == "prenom" and who == SELF) or (who == "tuteur" and owners.another_function(account, at)):
        return False
    if who == "tuteur" and Champ.TUTEUR in account.found and owners.surely_tutor(account, at):
        del account.found[Champ.TUTEUR]  # « la gérante Mme Arnaud, et mon tuteur M. Tessier »
    account.who, account.names[who] = who, tile.value
    function = (account.function or owners.function_told(account, at)) if who in {"tuteur", "signataire"} else ""
    account.function = ""
    return account.tell(NAMES[who], tile, f"{tile.value}, {function}" if function else "")


def _phone(account: Account, tile: Tile) -> bool:
    """A counsellor's number is understood and kept nowhere: no field holds it, and it is nobody else's."""
    if account.who == "conseiller" and not account.led_by("ma_voie", SELF):
        return True
    champ = PHONES.get(owners.reached(account, tile))
    return champ is not None and account.tell(champ, tile)


def _email(account: Account, tile: Tile) -> bool:
    champ = EMAILS.get(owners.reached(account, tile))
    return champ is not None and account.tell(champ, tile)


def _siret(account: Account, tile: Tile) -> bool:
    return account.asked != "employeur" and account.tell(Champ.SIRET, tile)


def _birth(account: Account, tile: Tile) -> bool:
    return account.who in {SELF, ""} and account.tell(Champ.DATE_NAISSANCE, tile)


def _period(account: Account, tile: Tile) -> bool:
    """Days told right after what one does today are those of a contract."""
    if account.led_by("ne_le"):
        return _birth(account, tile)  # its year spelled out
    if account.led_by("fin"):
        return account.tell(Champ.DATE_FIN, tile)
    return not account.follows(What.SITUATION) and account.tell(Champ.DATE_DEBUT, tile, _O.sub("au", tile.value))


_O = re.compile(r"(?<=\s)o(?=\s)")
"""« du 11 o 22 »."""


def _hours(account: Account, tile: Tile) -> bool:
    if account.follows(What.SITUATION):
        return False
    period = account.found.get(Champ.DATE_DEBUT)
    days = _WEEKDAY.findall(folded(period.words)) if period is not None else []
    both = len(days) == _BOTH_ENDS and not _WEEKDAY.search(folded(tile.value)) and account.before is not None
    return account.tell(Champ.HORAIRES, tile, f"du {days[0]} au {days[1]} {tile.value}" if both else "")


_WEEKDAY = re.compile(r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b")
_BOTH_ENDS = 2
"""« du lundi 18 au vendredi 22, de 9h à 17h »: the days of the hours are those of the dates."""


def _aim(account: Account, tile: Tile) -> bool:
    return account.tell(Champ.OBJECTIF, tile, tile.name)


def _tasks(account: Account, tile: Tile) -> bool:
    """Said under its name; or verbs alone, once the questions before it are told or asked."""
    if tile.name == "equipement":
        none = _NOTHING.match(plain(tile.value)) is not None
        told = account.tell(Champ.EQUIPEMENTS, tile, "non" if none else "oui")
        return told and (none or account.tell(Champ.EQUIPEMENTS_PRECISION, tile))
    before = plain(account.laid.written(tile).removesuffix(tile.value))
    known = account.known.get(Champ.ACTIVITES)
    if known and _ADDS.search(before):
        return account.tell(Champ.ACTIVITES, tile, f"{known}, {tile.value}")
    if tile.bare and (account.asked not in _LATE or account.known.get(Champ.ACTIVITES) is not None):
        return False
    return account.tell(Champ.ACTIVITES, tile)


_NOTHING = re.compile(r"(?:non|rien|aucun\w*|pas)\b")
_ADDS = re.compile(r"\b(?:aussi|en plus|rajout\w*|ajout\w*)\b")
"""« et les activités, y a aussi le bain »: they add to those noted."""


def _flag(account: Account, tile: Tile) -> bool:
    champ, value = _FLAGS[tile.name]
    return account.tell(champ, tile, value)


def _situation(account: Account, tile: Tile) -> bool:
    if _INSCRIT.search(plain(tile.value)):
        account.tell(Champ.INSCRIT_FRANCE_TRAVAIL, tile, "oui")
    wanted = account.asked in {"situation", "suivi_par", ""} or account.known.get(Champ.SITUATION) is None
    return wanted and account.tell(Champ.SITUATION, tile, tile.name)


_INSCRIT = re.compile(r"\binscrite? (?:a |au |chez )?(?:france travail|pole emploi)\b")


def _without(account: Account, tile: Tile) -> bool:
    if name := _PASSES[tile.name]:
        account.passed.append(Meant(None, "", *account.laid.span(tile), name))
    return True


def _body(account: Account, tile: Tile) -> bool:
    """An agency asked for by its name is told whole; elsewhere a body is who follows."""
    if account.asked == "conseiller":
        return account.known.get(Champ.SUIVI_PAR) == tile.name
    then = account.next_to(tile)
    if then is not None and then.what is What.LINK and _FOLLOWS.match(plain(then.value)):
        account.found.pop(Champ.SUIVI_PAR, None)  # « je suis inscrite à …, mais c'est Cap emploi qui me suit »
    return account.tell(Champ.SUIVI_PAR, tile, tile.name)


_FOLLOWS = re.compile(r"(?:qui|ki|k) (?:me|m) ")


def _town(account: Account, tile: Tile) -> bool:
    """One's own, the host's, the office's: as the tile before is."""
    before = account.before
    if account.led_by("habite"):
        return account.tell(Champ.COMMUNE, tile)
    if account.led_by("lieu"):
        return account.tell(Champ.LIEU, tile)
    if before is not None and before.what is What.BODY:
        start, end = account.laid.span(before)[1], account.laid.span(tile)[1]
        then = account.next_to(tile)
        if then is not None and plain(then.value) in _QUARTERS:
            end = account.laid.span(then)[1]
        account.agency = f"{before.value}{account.laid.text[start:end]}"
        return True
    if account.follows(What.STREET):
        return _street_goes_on(account, tile)
    if account.follows(What.HOST):
        return account.tell(Champ.ADRESSE, tile)
    lead = account.previous(tile)
    if (
        lead is not None
        and lead.what is What.LINK
        and plain(lead.value).startswith(("l agence", "agence", "antenne", "une agence"))
    ):
        account.agency = account.laid.text[account.laid.span(lead)[0] : account.laid.span(tile)[1]]
        return account.asked in {"conseiller", "suivi_par", ""} or account.who == "conseiller"
    if account.follows(What.PERSON) and account.who == "conseiller":
        account.agency = account.agency or account.laid.written(tile)
        return True
    return _own_town(account, tile)


_QUARTERS = frozenset({"centre", "centre ville", "nord", "sud", "ouest"})


def _own_town(account: Account, tile: Tile) -> bool:
    start = account.laid.span(tile)[0]
    if account.follows(What.BIRTH) and folded(account.laid.text[start : start + 2]) == "a":
        return True  # « né le … à Albi »
    mine = (account.before is None or account.follows(*_OF_ONESELF)) and account.who == SELF
    if not mine:
        return False
    known = account.known.get(Champ.COMMUNE)
    if account.asked == "commune" or known is None:
        return account.tell(Champ.COMMUNE, tile)
    name = known.get("nom") if isinstance(known, dict) else known
    return plain(str(name or "")) in plain(tile.value)


def _street_goes_on(account: Account, tile: Tile) -> bool:
    """An address goes on with its town; the town of the street where one lives is one's own."""
    known = account.found.get(Champ.ADRESSE)
    if known is None:
        return account.tell(Champ.COMMUNE, tile)
    account.go_on(Champ.ADRESSE, tile, account.laid.text[known.start : account.laid.span(tile)[1]])
    return True


def _street(account: Account, tile: Tile) -> bool:
    if account.led_by("habite") or _at_home(account, tile):
        return True  # one's own street is asked nowhere; the town that follows is kept
    told = not account.found.keys().isdisjoint({Champ.ENTREPRISE, Champ.SIRET}) or account.led_by("adresse")
    hosted = told or account.asked in OF_THE_HOST | {"hote_connu"} or account.known.get(Champ.ENTREPRISE) is not None
    town = account.found.get(Champ.ADRESSE)
    if hosted and town is not None and account.follows(What.TOWN):
        account.go_on(Champ.ADRESSE, tile, f"{tile.value}, {town.words}")  # « les Pivoines, à Colmar, 3 place Rapp »
        return True
    return hosted and account.tell(Champ.ADRESSE, tile)


def _at_home(account: Account, tile: Tile) -> bool:
    """« J'habite Quimper, 8 allée … », « 8 allée … c'est chez moi »: where one lives."""
    town = account.found.get(Champ.COMMUNE)
    before, then = account.before, account.next_to(tile)
    lives = (
        before is not None
        and before.what is What.TOWN
        and town is not None
        and town.start == account.laid.span(before)[0]
    )
    return lives or (then is not None and then.name == "chez_moi")


_HELD = frozenset({Champ.TUTEUR, Champ.SIGNATAIRE, Champ.CONSEILLER})
"""People of whom what they are is kept with their name."""


def _occupation(account: Account, tile: Tile) -> bool:
    """What somebody named is, or the trade aimed at; never what one is today."""
    if account.follows(What.PERSON):
        return account.who == "representant" or _function(account, tile)
    if account.follows(What.PHONE, What.EMAIL) and account.who == "tuteur" and tile.bare:
        return _function(account, tile)
    if tile.bare and account.follows(What.OCCUPATION) and NAMES.get(account.who) in _HELD & account.found.keys():
        champ = NAMES[account.who]  # « infirmière coordinatrice »
        account.go_on(champ, tile, f"{account.found[champ].words} {tile.value}")
        return True
    leads = plain(account.laid.written(tile))
    if (
        tile.name == "metier"
        and leads.startswith(("en tant que", "comme"))
        and NAMES.get(account.who) in _HELD & account.found.keys()
    ):
        return _function(account, tile)
    if tile.name == "fonction" or account.led_by(SELF):
        return False
    wished = (
        tile.name == "metier" or account.follows(What.AIM) or account.led_by("metier", "but") or _wished(account, tile)
    )
    return (wished or account.asked == "metier") and account.tell(Champ.METIER, tile)


def _wished(account: Account, tile: Tile) -> bool:
    """« je veux faire une immersion plombier »."""
    before = account.previous(tile)
    if before is None or before.what is not What.LINK:
        return False
    settled = account.known.get(Champ.METIER) is None and plain(before.value) in {"ce sera", "ce serait", "ca sera"}
    return settled or _STAY.search(plain(before.value)) is not None


_STAY = re.compile(r"\b(?:immersion|stage|pmsmp)$")


def _function(account: Account, tile: Tile) -> bool:
    champ = NAMES.get(account.who)
    if champ not in _HELD or champ not in account.found:
        return False
    bare = owners.ARTICLE.sub("", tile.value)
    account.go_on(champ, tile, f"{account.found[champ].words}, {bare}")
    return True


def _host(account: Account, tile: Tile) -> bool:
    """Whoever welcomes; beside what one does today it is whoever employs. Another one than is known says so."""
    followed = account.follows(What.BODY) or (account.follows(What.PERSON) and account.who == "conseiller")
    leads = account.laid.tokens[tile.start]
    beside = account.before is not None and account.before.end == tile.start and not leads.breaks
    of_adviser = account.follows(What.PERSON) and account.who == "conseiller"
    if followed and (beside or of_adviser) and leads.word == "chez":
        account.agency = account.agency or tile.value  # « mon conseiller du CEP chez Catalys »: where one is followed
        return True
    said_so = tile.bare or account.laid.written(tile).lower().startswith("chez")
    if account.follows(What.SITUATION) or (account.asked in _OF_WORK and said_so):
        return False
    known = plain(str(account.known.get(Champ.ENTREPRISE) or ""))
    goes = not account.led_by("hote") and (tile.bare or said_so)
    if known and goes and not account.lost_host and known not in plain(tile.value):
        return False
    return account.tell(Champ.ENTREPRISE, tile)


_RULES: Mapping[What, Callable[[Account, Tile], bool]] = {
    What.LINK: lambda _, __: True, What.LABEL: _label, What.PHONE: _phone, What.EMAIL: _email, What.SIRET: _siret,
    What.BIRTH: _birth, What.PERIOD: _period, What.HOURS: _hours, What.STREET: _street, What.TOWN: _town,
    What.OCCUPATION: _occupation, What.BODY: _body, What.SITUATION: _situation, What.AIM: _aim, What.HOST: _host,
    What.TASKS: _tasks, What.FLAG: _flag, What.WITHOUT: _without,
}  # fmt: skip
