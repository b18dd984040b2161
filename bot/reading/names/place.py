"""A commune by its name or its postcode; namesakes, slips and unknown names are asked about, never guessed."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from bot.domain import regex as re
from bot.domain.places import DEPARTEMENTS, Commune, departement_of
from bot.domain.session import Json
from bot.domain.texte import folded as fold
from bot.reading.anew import parts_said
from bot.reading.french import distance
from bot.reading.names.trades import mashed
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain, visible

LONGEST = 200
_LONGEST_NAME = 4
"""Words as written (« Saint-Rémy-de-Provence » is one): beyond, it is a sentence, not a commune."""

UNKNOWN = "lieu.inconnue"
"""The question back about a name that no commune bears."""

DOMINANT = 30
"""A commune this many times larger than its namesakes is the one meant."""
TOWN = 3000
"""Slips are looked for among communes of at least this many people: smaller names resemble everything."""
_BY_DISTRICT = {"Paris": "750", "Lyon": "6900", "Marseille": "130"}
_LEAD = re.compile(
    r"^(?:bonjour |bon |ok |cest |alors |euh |je |j |peux |moi |prefere|choisis|veux|voudrais|aimerais|dirais|jhabite|jsuis|chui|chuis|jvis|habite|hab|vis|suis|loge|reside|domiciliee?|actuellement|en ce moment|la ville|ville|commune|c est|de|d|a|au|aux|en|sur|dans|vers|plutot|autour|pres|proche|du cote|cote|le coin|coin|le secteur|secteur|les environs|les alentours|aux alentours|alentours|environs|l agglo|mon|ma|est| )+\b"
)
_HERE = re.compile(
    r".*\b(?:chez moi|chez nous|pres d ici|a cote|cote d ici|partout|n importe ou|peu importe|sais pas|jsp|aucune idee|ma ville|mon quartier|pas loin|pas trop loin|ici|la ou|plus tard|je bouge|mobile|chez (?:ma|mon|mes|des|un|une) \w+|sdf|sans domicile|pas de domicile|hebergee?|a la rue|itinerante?)\b.*"
)
_POSTCODE = re.compile(r"(?<!\d)(\d{2} ?\d{3})(?!\d)")
_DEPARTEMENT = re.compile(r"(?<![\d])(?:\(|departement |dept |dpt |dep |dans le |le )?(2[ab]|97\d|98\d|\d{2})\)?(?!\d)")


def _never(_: str) -> bool:
    return False


class Places:
    """The communes, by folded name and by postcode; `is_order`: words that are an order are no place."""

    def __init__(self, communes: Mapping[str, tuple[Commune, ...]], is_order: Callable[[str], bool] = _never) -> None:
        self.is_order = is_order
        self._communes = communes

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Commune, ...]]:
        """Thirty-five thousand names are folded when the first is looked up: a start does not wait for it."""
        found: dict[str, tuple[Commune, ...]] = {}
        for name, namesakes in self._communes.items():
            key = spelled(name)
            found[key] = (*found.get(key, ()), *namesakes)
        return found

    @cached_property
    def _by_code(self) -> Mapping[str, list[Commune]]:
        found: dict[str, list[Commune]] = {}
        for namesakes in self._communes.values():
            for commune in namesakes:
                for code in commune.codes_postaux:
                    found.setdefault(code, []).append(commune)
        return found

    @cached_property
    def _towns(self) -> tuple[str, ...]:
        """Largest first."""
        largest = {key: max(one.habitants for one in found) for key, found in self._by_name.items()}
        return tuple(sorted((key for key, size in largest.items() if size >= TOWN), key=lambda key: -largest[key]))

    def named(self, name: str) -> tuple[Commune, ...]:
        """The communes of that name, largest first."""
        return tuple(sorted(self._by_name.get(spelled(name), ()), key=lambda one: -one.habitants))

    def coded(self, code: str) -> tuple[Commune, ...]:
        """The communes of that postcode, largest first."""
        return tuple(sorted(self._by_code.get(code, ()), key=lambda one: -one.habitants))

    def beginning(self, name: str) -> tuple[Commune, ...]:
        """The towns whose name begins with this one: « Cherbourg », « Aix »; largest first."""
        key = f"{spelled(name)} "
        found = [
            one
            for town in self._towns
            if town.startswith(key)
            for one in self._by_name[town]
            if one.habitants >= 2 * TOWN
        ]
        return tuple(sorted(found, key=lambda one: -one.habitants)) if len(key) > 3 else ()

    def close(self, name: str, ctx: ReadContext) -> str | None:
        """The name of the town one or two letters away."""
        key = spelled(name)
        if not 4 <= len(key) <= 40:
            return None
        near = ctx.formats.closest(key, self._towns, 74.0 if len(key) < 6 else 84.0)
        return near if near and distance(key, near) <= (1 if len(key) < 6 else 2) else None


def spelled(name: str) -> str:
    """Folded, « st » and « ste » in full, « s/ » and « sous » kept."""
    words = plain(name.replace("s/", "sur ")).split()
    return " ".join({"st": "saint", "ste": "sainte", "stes": "saintes"}.get(word, word) for word in words)


def meant(found: Iterable[Commune]) -> Commune | None:
    """The one commune meant among namesakes: alone, or far larger than the others."""
    ordered = sorted(found, key=lambda one: -one.habitants)
    if not ordered:
        return None
    if len(ordered) == 1 or ordered[0].habitants >= DOMINANT * max(ordered[1].habitants, 1):
        return ordered[0]
    return None


def as_value(commune: Commune, code: str | None = None) -> dict[str, Json]:
    """The answer's form; the postcode only where there is one."""
    only = commune.codes_postaux[0] if len(commune.codes_postaux) == 1 else None
    return {"nom": commune.nom, "code_postal": code or only, "departement": commune.departement}


def offered(found: Iterable[Commune]) -> tuple[tuple[str, Json], ...]:
    """Namesakes to tap, each with its département."""
    ordered = sorted(found, key=lambda one: -one.habitants)[:5]
    return tuple((f"{one.nom} ({one.departement})", as_value(one)) for one in ordered)


def read_place(text: str, ctx: ReadContext, places: Places) -> Reading:
    """{"nom", "code_postal", "departement"} of a commune; an unknown name asks for its postcode."""
    text = _RATHER.sub(r"\g<place>", text.strip())
    whole = _read_place(text, ctx, places)
    if isinstance(whole, Value) and (len(plain(text).split()) <= _SAID_ALONE or not isinstance(whole.value, dict)):
        parts = parts_said(text)
        return whole if len(parts) < 2 else _chosen(text, places) or whole
    return _chosen(text, places) or whole


_RATHER = re.compile(
    r"(?i)^(?:plut[oô]t|je pr[ée]f[èe]re|je pr[ée]f[ée]rerais)\s{1,3}(?P<place>[^,;]{1,60}?)\s{1,3}(?:que?|qu['’][àa]|au lieu de)\s.*$"
)
_SAID_ALONE = 4
_HOME = re.compile(
    r"\b(?:habite|hab|vis|vit|loge|logee?|reside|residence|hebergee?|domiciliee?|dors|demenagee?|installee?)\b"
)
_TAKE = re.compile(
    r"\b(?:met[sz]?|mettez|note[zr]?|prenez|prends|choisis(?:sez)?|gardez?|ecri[st]|ecrivez|inscrivez|plutot|maintenant|desormais|depuis)\b"
)
_NOT_HOME = re.compile(
    r"\b(?:pas|avant|ancienne?ment|quitte|travaille|bosse|ne|nee|originaire|viens|bientot|vais|week ?end|vacances|parents?|papa|maman|ancien|j etais|jetais|ex)\b"
)


def _chosen(text: str, places: Places) -> Reading | None:
    """The commune among other words: the one they say to take, or to live in, or the only one that a clause names."""
    named: list[tuple[str, Commune]] = []
    for part in _PARTS.split(parts_said(text)[-1]):
        words = _REMARK.sub("", plain(part))
        found = _named_last(words, places)
        if found is not None:
            named.append((words, found))
        elif words and not _SAYS_NOTHING.fullmatch(words) and not named and len(words.split()) < 2:
            return None  # a name unknown here comes first
    for wanted in (_TAKE, _HOME):
        kept = {
            (one.nom, one.departement): one
            for words, one in named
            if wanted.search(words) and not _UNWANTED.search(words)
        }
        if len(kept) == 1:
            return Value(as_value(next(iter(kept.values()))))
    here = {one.nom: one for words, one in named if not _NOT_HOME.search(words) and not _UNWANTED.search(words)}
    return (
        Value(as_value(next(iter(here.values()))))
        if len(here) == 1 and len({one.nom for _, one in named}) == 1
        else None
    )


_UNWANTED = re.compile(r"\b(?:pas|avant|(?:habite|vis|suis|loge) plus|plus (?:a|sur|au))\b")
_SAYS_NOTHING = re.compile(r"(?:bonjour|bonsoir|salut|merci|alors|euh|oui|donc|svp|voila|ben|bah|ok)")
_PARTS = re.compile(
    r"(?i)[,;.!()\n]|\s(?:mais|et|parce qu|puisqu|car|donc|sinon|depuis|chez|pour le moment|pour l['’]instant|la semaine|le week|si possible|de pr[ée]f[ée]rence|c['’]est)(?=\W|e\b)"
)


def _named_last(words: str, places: Places) -> Commune | None:
    """The one commune that the last words of a clause name, after what leads to it."""
    tokens = words.split()
    for size in range(min(6, len(tokens)), 0, -1):
        name = " ".join(tokens[-size:])
        lead = tokens[:-size]
        if lead and not _LEADS.search(" ".join(lead)):
            continue
        found = meant(places.named(name)) or (meant(places.named(f"le {name}")) if lead[-1:] == ["au"] else None)
        if found is not None and lead[-1:] == ["en"] and found.habitants < TOWN:
            continue  # « je suis en bus »
        if found is not None and (lead or size == len(tokens)):
            return found
    return None


_LEADS = re.compile(
    r"(?:^|\s)(?:a|au|aux|de|d|sur|en|vers|met[sz]?|mettez|notez?|prenez|prends|ville|commune|maintenant|desormais|avant|enfin|ccas de|plutot|pas|c est|cest|suis|habite|vis|alors|bonjour|oui|exactement)$"
)


def _read_place(text: str, ctx: ReadContext, places: Places) -> Reading:
    shown = " ".join(visible(text).split())
    if len(shown) > LONGEST or not any(char.isalnum() for char in shown):
        return Rejected("lieu.illisible")
    codes = [code.replace(" ", "") for code in _POSTCODE.findall(shown)]
    if len(set(codes)) > 1:
        return Ask("lieu.un_seul")
    if codes:
        return _coded(codes[0], _POSTCODE.sub(" ", shown), places)
    folded = _REMARK.sub("", spelled(shown))
    folded = _AROUND.sub("", folded) or folded
    if _HERE.fullmatch(folded):
        return Ask("lieu.preciser")
    if _REGION.fullmatch(folded):
        return Ask("lieu.preciser")
    name = _LEAD.sub("", folded) if not places.named(folded) else folded
    alone = re.sub(r" (?:dans (?:le |la |les |l )|en )[a-z ]{1,40}$", "", name)
    name, overseas = _qualified(alone if places.named(alone) else name)
    if overseas:
        shown = f"{name} ({overseas})"
    return (
        read_district(name)
        or _departement(fold(shown), f"{name} {overseas}".strip(), places)
        or _by_name(name or folded, shown, ctx, places)
    )


_REMARK = re.compile(
    r"(?<=\w) (?:pour (?:le moment|l instant)|en ce moment|actuellement|si possible|de preference|exactement|precisement|svp|stp|merci|s il vous plait|meme|intra muros|depuis .{0,60}"
    r"|(?:parce que?|car|puisque?|vu que) .{0,120}|code postal|si c est possible|ce serait (?:bien|mieux|top))+$"
)
"""What is said of a place, and is no part of its name."""

_AROUND = re.compile(
    r"(?<=\w) (?:a cote|pres|tout pres|juste a cote|proche) (?:de|d) .*$|(?<=\w) (?:seulement|uniquement|juste)$|(?<=\w) (?:max\w*|maximum|pas plus de|dans un rayon de)?\b ?\d+ ?(?:km|kms|bornes|kilometres?|minutes?|min)\b.*$"
)
"""« Lucé à côté de Chartres », « Dreux max 10 km »: where it lies, or how far one goes."""

_REGION = re.compile(
    r"(?:en |la |le |a la |l )?(?:reunion|guadeloupe|martinique|guyane|mayotte|corse|bretagne|normandie|occitanie|paca|ile de france|idf|grand est|hauts de france|nouvelle aquitaine"
    r"|auvergne rhone alpes|bourgogne(?: franche comte)?|centre val de loire|pays de la loire|provence|alsace|lorraine|france|rhone|isere|gironde|finistere|morbihan|var|nord|herault)"
)
_OVERSEAS = {"reunion": "974", "guadeloupe": "971", "martinique": "972", "guyane": "973", "mayotte": "976"}


def _qualified(name: str) -> tuple[str, str]:
    """« villeurbanne centre » is Villeurbanne; « saint denis reunion » is in 974."""
    found = re.fullmatch(
        r"(?P<name>.+?) (?:a |de |en )?(?:la |l ile de la )?(?P<where>reunion|guadeloupe|martinique|guyane|mayotte)",
        name,
    )
    if found:
        return found["name"], _OVERSEAS[found["where"]]
    return re.sub(
        r" (?:centre(?: ville)?|nord|sud|est|ouest|gare|metropole|et (?:alentours|environs|sa region)|ou (?:alentours|environs))$",
        "",
        name,
    ), ""


LONGEST_NAME = 5
"""Words of a town's name, beyond which the person says something else too."""

_SAYS_MORE = re.compile(r"\b(?:et|vous|mais|c|je|j|pour|on|mon|ma|tu|il|elle)\b")


def _coded(code: str, rest: str, places: Places) -> Reading:
    departement = departement_of(code)
    if departement is None:
        return Rejected("code_postal.inexistant", {"code": code})
    here = places.coded(code)
    bare = re.sub(r" ?\bdans (?:le |la |les |l )\w+|\bcode postal\b|\bcp\b", " ", spelled(rest))
    name = re.sub(r"\bcedex\b.*", "", _LEAD.sub("", " ".join(bare.split()))).strip()
    name = _SAYS_MORE.split(name, maxsplit=1)[0].strip() if len(name.split()) > LONGEST_NAME else name
    named = [one for one in here if spelled(one.nom) == name]
    if named or (len(here) == 1 and (not name or not places.named(name))):
        return Value(as_value((named or list(here))[0], code))
    if not name:
        many = tuple((f"{one.nom} ({code})", as_value(one, code)) for one in here[:5])
        return (
            Ask("lieu.quelle_commune", {"code": code}, many)
            if here
            else Value({"nom": code, "code_postal": code, "departement": departement})
        )
    elsewhere = places.named(name)
    if any(one.departement == departement for one in elsewhere):
        return Value({"nom": elsewhere[0].nom, "code_postal": code, "departement": departement})
    if elsewhere:
        both = (*((f"{one.nom} ({code})", as_value(one, code)) for one in here[:2]), *offered(elsewhere)[:2])
        return Ask("lieu.desaccord", {"code": code, "nom": elsewhere[0].nom}, both)
    return Value({"nom": name.title(), "code_postal": code, "departement": departement})


def read_district(name: str) -> Value | None:
    """« Lyon 3e »: the postcode of the district; None where the words name none."""
    name = spelled(name)
    found = re.fullmatch(r"(paris|lyon|marseille) (\d{1,2})(?: ?e?me| ?er?| ?eme)?(?: arrondissement)?", name)
    if found is None:
        return None
    town, number = found[1].title(), int(found[2])
    if not 1 <= number <= {"Paris": 20, "Lyon": 9, "Marseille": 16}[town]:
        return None
    code = f"{_BY_DISTRICT[town]}{number:0{5 - len(_BY_DISTRICT[town])}d}"
    return Value({"nom": town, "code_postal": code, "departement": departement_of(code)})


def _departement(folded: str, name: str, places: Places) -> Reading | None:
    """« Saint-Denis (974) » chooses among namesakes; « dans le 69 » alone is not a commune."""
    found = _DEPARTEMENT.search(folded)
    if found is None or found[1].upper() not in DEPARTEMENTS:
        return None
    code = found[1].upper()
    bare = re.sub(
        r"(?: dans)? (?:le|la|departement|dept|dpt|dep)$", "", " ".join(re.sub(rf"\b{found[1]}\b", " ", name).split())
    )
    here = [one for one in places.named(bare) if one.departement == code]
    if here:
        return Value(as_value(here[0]))
    return (
        None
        if re.search(r"[a-z]{3,}", re.sub(r"\b(?:dans|departement|dept|dpt|dep|le|la)\b", "", bare))
        else Ask("lieu.departement_seul", {"departement": code})
    )


def _by_name(name: str, shown: str, ctx: ReadContext, places: Places) -> Reading:
    found = places.named(name)
    longer = places.beginning(name)
    if found and longer and longer[0].habitants >= 10 * found[0].habitants and found[0].habitants < TOWN:
        return Ask("lieu.homonymes", {"nom": found[0].nom}, offered((*found[:2], *longer[:3])))
    if found:
        one = meant(found)
        return Value(as_value(one)) if one else Ask("lieu.homonymes", {"nom": found[0].nom}, offered(found))
    parts = [
        part
        for part in re.split(r" (?:ou|et) | ?[,/] ?", fold(shown))
        if part and not re.search(r"\b(?:je|j'|on) .{0,40}\ben \w{1,30}$", part)
    ]
    several = [commune for part in parts if (commune := meant(places.named(_LEAD.sub("", spelled(part)))))]
    if len(several) > 1:
        return Ask("lieu.un_seul", proposals=offered(several))
    if len(several) == 1 and len(parts) > 1:
        return Value(as_value(several[0]))
    near = places.close(name, ctx)
    if longer:
        return Ask("lieu.faute", {"nom": longer[0].nom}, offered(longer[:5]))
    if near:
        return Ask("lieu.faute", {"nom": places.named(near)[0].nom}, offered(places.named(near)))
    if not _may_be_a_name(name, shown, places):
        return Rejected("lieu.illisible")
    kept: dict[str, Json] = {"nom": shown[:80], "code_postal": None, "departement": None}
    return Ask(UNKNOWN, {"nom": shown[:80]}, ((shown[:60], kept),))


_NO_NAME = re.compile(
    r"(?:non|oui|ok|merci|bonjour|d accord|stop|rien|aucune?|personne|quoi|confirmer|changer|modifier|corriger|garder"
    r"|suivant|demain|maintenant)(?: (?:merci|non|oui))*"
)


def _may_be_a_name(name: str, shown: str, places: "Places") -> bool:
    """Whether a place unknown here may be one: no date, no address, no order, no sentence, no keys hit at random."""
    wordy = len(shown.split()) > _LONGEST_NAME or any(char in "<@" or char.isdecimal() for char in shown)
    said = plain(shown)
    ordered = _NO_NAME.fullmatch(said) or places.is_order(shown)
    return not wordy and not ordered and not mashed(name) and re.search(r"[a-z]{2,}", name) is not None
