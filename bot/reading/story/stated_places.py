"""What a story says of places: the host, where the person lives, where the immersion would be."""

from collections.abc import Iterator

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.places import Commune, departement_of
from bot.reading.names.place import TOWN, Places, as_value, meant, offered, read_district, spelled
from bot.reading.outcome import Ask, ReadContext, Reading, Value
from bot.reading.plain import plain
from bot.reading.story.clauses import Clause, Story

Found = Iterator[tuple[Champ, Reading]]


_BEFORE = 200
"""Characters before a place that may say what it is: its own clause, however long."""


class Where:
    """The host and the places stated in a story."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def host(self, story: Story, ctx: ReadContext) -> Found:  # noqa: ARG002
        """A company named with its capital letter; or said to be found, or still to find."""
        for clause in story.current:
            if _HOST_WANTED.search(clause.words):
                yield Champ.HOTE_CONNU, Value(value=False)
            elif _HOST_FOUND.search(clause.words) and not clause.denied:
                yield Champ.HOTE_CONNU, Value(value=True)
            found = _HOST.search(clause.text)
            if (
                found
                and not _EMPLOYER.search(plain(clause.text[: found.start()]))
                and not self._places.named(found["name"])
            ):
                name = found.group().strip() if found["kind"] else found["name"].strip()
                name = re.sub(r"^(?:la|le|l['’]|une?|au|du|à la)\s*", "", name)
                yield Champ.ENTREPRISE, Value(name[:1].upper() + name[1:])
                yield Champ.HOTE_CONNU, Value(value=True)

    def places(self, story: Story, ctx: ReadContext) -> Found:
        """Where the person lives, and where the immersion would be."""
        found: dict[Champ, dict[str, Reading]] = {Champ.COMMUNE: {}, Champ.LIEU: {}}
        for clause in story.current:
            for champ, name, reading in self._in_clause(clause, story, ctx):
                found[champ].setdefault(name, reading)
        for champ, readings in found.items():
            if len(readings) == 1:
                yield champ, next(iter(readings.values()))
            elif readings:
                values = tuple((_name(one), one.value) for one in readings.values() if isinstance(one, Value))
                yield champ, Ask("lieu.un_seul", proposals=values)

    def _in_clause(self, clause: Clause, story: Story, ctx: ReadContext) -> Iterator[tuple[Champ, str, Reading]]:
        since = 0
        for found in _AT.finditer(clause.text):
            before = plain(clause.text[max(since, found.start() - _BEFORE) : found.start()])
            if _NOT_A_PLACE.search(before) and not before.endswith("habite"):
                continue
            home = found["at"].endswith("habite") or _HOME.search(before)
            champ = Champ.COMMUNE if home else Champ.LIEU
            guess = bool(home) or _SEEKS.search(before) is not None
            name, reading = self._longest(found, ctx, short=story.short, guess=guess)
            if reading is not None:
                since = found.end()
                yield champ, name, reading
        code = re.search(r"(?<!\d)(\d{5})(?!\d)", clause.text)
        if code and _HOME.search(clause.words) and departement_of(code[1]):
            here = self._places.coded(code[1])
            if len(here) == 1:
                yield Champ.COMMUNE, spelled(here[0].nom), Value(as_value(here[0], code[1]))

    def _longest(
        self, found: re.Match[str], ctx: ReadContext, *, short: bool, guess: bool
    ) -> tuple[str, Reading | None]:
        """The longest name of a commune that starts here; a misspelt one where a place is told of."""
        article = {"au": "le ", "aux": "les "}.get(found["at"].lower(), "")
        words = re.findall(r"[\w'’-]+", found["rest"])[:7]
        capital = bool(words) and words[0][:1].isupper() and not found["rest"].isupper()
        for size in range(len(words), 0, -1):
            name = article + " ".join(words[:size])
            communes = self._places.named(name)
            goes_on = words[size : size + 1]
            if communes and size == 1 and capital and goes_on and re.fullmatch(r"[A-ZÉÈ][a-zéèêàç]{3,}", goes_on[0]):
                break  # « Grand Coude » is not Grand
            if communes and _plausible(communes, name, capital=capital):
                return spelled(name), _place(communes, words[size : size + 1])
        if not guess or not words or plain(words[0]) in _NOT_NAMES or not (capital or short) or len(words[0]) < 4:
            return "", None
        near = self._places.close(words[0], ctx)
        return (
            (near, Ask("lieu.faute", {"nom": self._places.named(near)[0].nom}, offered(self._places.named(near))))
            if near
            else ("", None)
        )


_KINDS = (
    r"boulangerie|p[âa]tisserie|restaurant|garage|salon de coiffure|salon|boucherie|pharmacie|cabinet|magasin|h[ôo]tel|cr[èe]che|ferme|atelier|menuiserie|imprimerie|pizzeria|brasserie"
    r"|caf[ée]|clinique|librairie|[ée]picerie|ehpad|entreprise|soci[ée]t[ée]|sarl|sas|association|mairie|[ée]cole|camping|supermarch[ée]|r[ée]sidence|maison de retraite"
)
_PROPER = r"(?:(?:de |du |des |d['’]|la |le |les |l['’])?(?:[A-ZÀÂÉÈÊÎÔÛÇ]|\d{1,4}[^\W\d])[\w'’&.-]*)(?:\s+(?:(?:et|&|de|du|des|la|le)\s+|d['’]|l['’])?[A-ZÀÂÉÈÊÎÔÛÇ][\w'’&.-]*){0,4}"
_HOST = re.compile(
    rf"(?:(?P<kind>(?<!\w)(?i:{_KINDS}))\s+|(?<!\w)(?i:chez)\s+(?!(?i:cap emploi|france travail|p[ôo]le emploi|la mission)))(?P<name>{_PROPER})"
)
_EMPLOYER = re.compile(
    r"\b(?:travaille|bosse|salariee?|employee?|cdi|cdd|contrat|en poste|par semaine|licencie\w*|interim\w*|apprentie?|alternan\w*|quitte|fonctionnaire|agente?|titulaire|contractuel\w*"
    r"|je suis (?!pris|accept|attendu|interess|contact)\w+)\b[\w ]{0,30}$"
)
_HOST_WANTED = re.compile(
    r"\b(?:cherche|recherche|trouver) (?:encore )?(?:une?|l) (?:entreprise|patron|lieu|structure|boite|employeur|accueil)\b|\b(?:pas (?:encore )?(?:trouve )?(?:d |de |une? )?(?:entreprise|patron|lieu d accueil|structure)|connais (?:pas|aucune) (?:d )?entreprise)\b"
)
_HOST_FOUND = re.compile(
    r"\bj ai (?:deja )?(?:trouve|une) (?:une |un |l )?(?:entreprise|patron|lieu|structure|boite|employeur)(?: qui| d accord| prete?)?\b"
)

_AT = re.compile(
    r"(?P<at>(?<![\w'’-])(?:à|À|a|A|sur|vers|au|aux|Au)|(?<![\w-])j?habite)\s*(?<=[\s'’])(?=[^\W\d_])(?=(?P<rest>[^,;.!?()]{2,60}))"
)
_HOME = re.compile(
    r"\b(?:habit\w*|vis|reside|domicili\w*|loge|originaire|chez moi|j hab|adresse)\b[\w ]{0,20}$|\bhabite\b|\bje (?:suis|viens)$"
)
_SEEKS = re.compile(
    r"\b(?:immersions?|imersion|stages?|pmsmp|bosser|travailler|cherch\w*|trouv\w*|lieu|aller|metiers?|faire|decouvr\w*|\w+(?:er|eur|euse|iere|iste|ien|ienne))\b[\w ]{0,25}$"
)
"""What is said before the place of an immersion: only there is a misspelt town guessed."""

_NOT_A_PLACE = re.compile(
    r"\b(?:mission locale|france travail|pole emploi|cap emploi|agence|conseill\w+|conseil departemental|ne|nee|naissance|suivie?|accompagnee?|inscrite?|etudie|etudiante?|diplome\w*|lycee|fac|universite|ecole|college|cfa|formation|rdv|rendez vous|licence|master|bac|bts|pas)\b[\w ]{0,25}$"
)
_NOT_NAMES = frozenset(
    [
        "l hopital",
        "hopital",
        "la poste",
        "l ecole",
        "la mer",
        "la campagne",
        "la ferme",
        "l usine",
        "la maison",
        "la montagne",
        "temps",
        "partir",
        "plein",
        "mi",
        "cause",
        "peine",
        "domicile",
        "pied",
        "cote",
        "la",
        "le",
        "les",
        "l",
        "mon",
        "ma",
        "mes",
        "moi",
        "nouveau",
        "propos",
        "part",
        "jour",
        "jours",
        "peu",
        "long",
        "court",
        "moyen",
        "terme",
        "cours",
        "plus",
        "moins",
        "tout",
        "toute",
        "la",
        "fois",
        "vous",
        "nous",
        "notre",
        "votre",
        "leur",
        "ce",
        "cette",
        "ses",
        "mieux",
        "dire",
        "faire",
        "savoir",
        "voir",
        "travailler",
        "distance",
        "pole",
        "emploi",
        "chomage",
        "rsa",
        "lycee",
        "college",
        "foyer",
    ]
)


def _plausible(communes: tuple[Commune, ...], name: str, *, capital: bool) -> bool:
    """A capital letter, or a town: « a temps plein » and « à partir » are no places."""
    if plain(name) in _NOT_NAMES:
        return False
    return capital or max(one.habitants for one in communes) >= TOWN


def _place(communes: tuple[Commune, ...], after: list[str]) -> Reading:
    code = after[0] if after and re.fullmatch(r"\d{5}", after[0]) else None
    district = read_district(f"{communes[0].nom} {after[0]}") if after and re.match(r"\d{1,2}\D*$", after[0]) else None
    if district:
        return district
    here = tuple(one for one in communes if after and one.departement == after[0].upper())
    if len(here) == 1:
        return Value(as_value(here[0], None))
    coded = [one for one in communes if code in one.codes_postaux]
    one = coded[0] if coded else meant(communes)
    return (
        Value(as_value(one, code if coded else None))
        if one
        else Ask("lieu.homonymes", {"nom": communes[0].nom}, offered(communes))
    )


def _name(reading: Value) -> str:
    return str(reading.value.get("nom", "")) if isinstance(reading.value, dict) else ""
