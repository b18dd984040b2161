"""What a story says of the project: its aim, the trade, the host and the places."""

import re
from collections.abc import Iterator

from bot.conversation.choices import objectives_in
from bot.conversation.clauses import Clause, Story
from bot.conversation.places import TOWN, Places, as_value, meant, offered, read_district, spelled
from bot.conversation.plain import plain
from bot.conversation.slots import Ask, ReadContext, Reading, Value
from bot.conversation.trades import Trades
from bot.domain.demande import Champ
from bot.domain.places import Commune, departement_of

Found = Iterator[tuple[Champ, Reading]]

_AIM = re.compile(
    r"\b(?:decouvr\w*|decouverte|observer|confirm\w* (?:mon|un|le|ce|que)|valid\w* (?:mon|un|le|ce|que)|verifi\w* (?:mon|un|le|ce|que|si)|embauch\w*|recrut\w*)\b"
)
_UNWANTED = re.compile(r"\bpas (?:pour |de |d |le |la |un |une |me |etre )*(?:decouvr|confirm|valid|embauch|recrut)\w*")


class Project:
    """The aim, the trade, the host and the places stated in a story."""

    def __init__(self, places: Places, trades: Trades) -> None:
        self._places = places
        self._trades = trades

    def objective(self, story: Story, ctx: ReadContext) -> Found:  # noqa: ARG002
        """The aim, where its own word is said; two are asked about."""
        said = [_UNWANTED.sub(" ", clause.words) for clause in story.current]
        found = tuple(
            dict.fromkeys(
                aim for words in said for aim in objectives_in(" ".join(part.group() for part in _AIM.finditer(words)))
            )
        )
        if len(found) == 1:
            yield Champ.OBJECTIF, Value(found[0])
        elif found:
            yield Champ.OBJECTIF, Ask("objectif.un_seul", proposals=tuple(("", aim) for aim in found))

    def trade(self, story: Story, ctx: ReadContext) -> Found:
        """A known trade wanted, or what follows « métier de »; two are asked about."""
        found: dict[str, str] = {}
        for clause in story.current:
            for name, said in self._named(clause, story):
                found.setdefault(self._trades.label(name) or name, said)
        if len(found) == 1:
            yield Champ.METIER, Value(next(iter(found.values())))
        elif found:
            yield (
                Champ.METIER,
                Ask("metier.un_seul", proposals=tuple((said, said) for said in list(found.values())[:5])),
            )
        else:
            yield from self._doubtful(story, ctx)

    def _named(self, clause: Clause, story: Story) -> Iterator[tuple[str, str]]:
        """(plain name, words as written) of the trades of a clause, longest first, the denied left out."""
        words = clause.words.split()
        at = 0
        while at < len(words):
            size = next(
                (n for n in range(min(6, len(words) - at), 0, -1) if self._trades.label(" ".join(words[at : at + n]))),
                0,
            )
            name = " ".join(words[at : at + size])
            if (
                size
                and not _denied(words, at)
                and (story.short or _WANTED.search(" ".join(words[:at])))
                and not _held(words, at)
            ):
                yield name, self._trades.spelling(name) or name
            at += size or 1
        unknown = _TRADE_OF.search(clause.text) or _TRADE_BY_ENDING.search(clause.text)
        if unknown and not any(
            self._trades.label(" ".join(words[i : i + n])) for i in range(len(words)) for n in range(1, 6)
        ):
            said = unknown["name"].strip()
            if 2 < len(said) < 60:
                yield plain(said), said.lower() if said.isupper() else said

    def _doubtful(self, story: Story, ctx: ReadContext) -> Found:
        """A slip in a trade, or a domain: to be confirmed."""
        for clause in story.current:
            words = clause.words.split()
            for at, word in enumerate(words):
                wanted = story.short or _WANTED.search(" ".join(words[:at]))
                if not wanted or word in _proper(clause) or _denied(words, at) or _held(words, at):
                    continue
                if len(word) < 6 or word in _COMMON:
                    continue
                close = self._domain(word) or self._trades.close(word, ctx)
                if close:
                    yield Champ.METIER, Ask("metier.faute", {"metier": close}, ((close, close),))
                    return

    def _domain(self, word: str) -> str | None:
        word = word.replace("cuizin", "cuisin")
        stem = _DOMAINS.get(word) or re.sub(r"(?:erie|ure|ie)$", "", word)
        if stem == word:
            return None
        names = (stem, f"{stem}er", f"{stem}eur", f"{stem}ier")
        return next((self._trades.spelling(name) for name in names if self._trades.label(name)), None)

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
        for found in _AT.finditer(clause.text):
            before = plain(clause.text[: found.start()])
            if _NOT_A_PLACE.search(before):
                continue
            home = found["at"] == "habite" or _HOME.search(before)
            champ = Champ.COMMUNE if home else Champ.LIEU
            name, reading = self._longest(found, ctx, short=story.short)
            if reading is not None:
                yield champ, name, reading
        code = re.search(r"(?<!\d)(\d{5})(?!\d)", clause.text)
        if code and _HOME.search(clause.words) and departement_of(code[1]):
            here = self._places.coded(code[1])
            if len(here) == 1:
                yield Champ.COMMUNE, spelled(here[0].nom), Value(as_value(here[0], code[1]))

    def _longest(self, found: re.Match[str], ctx: ReadContext, *, short: bool) -> tuple[str, Reading | None]:
        """The longest name of a commune that starts here."""
        article = {"au": "le ", "aux": "les "}.get(found["at"].lower(), "")
        words = re.findall(r"[\w'’-]+", found["rest"])[:7]
        capital = bool(words) and words[0][:1].isupper() and not found["rest"].isupper()
        for size in range(len(words), 0, -1):
            name = article + " ".join(words[:size])
            communes = self._places.named(name)
            if communes and _plausible(communes, name, capital=capital):
                return spelled(name), _place(communes, words[size : size + 1])
        if not words or plain(words[0]) in _NOT_NAMES or not (capital or short) or len(words[0]) < 4:
            return "", None
        near = self._places.close(words[0], ctx)
        return (
            (near, Ask("lieu.faute", {"nom": self._places.named(near)[0].nom}, offered(self._places.named(near))))
            if near
            else ("", None)
        )


_WANTED = re.compile(
    r"\b(?:decouvr\w*|observer|voir|tester|essayer|devenir|etre|comme|metiers?|stages?|immersions?|poste|projet|travailler|faire|reconver\w*|veux|voudrais|aimerais|souhaite|interesse\w*|cherche|jve\w*|fer|valider|confirmer|domaine|secteur|former|formation|reve)\b"
)
_TRADE_OF = re.compile(
    r"(?i)\bm[ée]tier\s+(?:de\s+|d['’]|du\s+)(?P<name>[^\W\d_][\w'’-]*(?:\s+(?!(?:à|a|dans|en|chez|pour|et|du|sur|au|vers|avec|car|mais|pendant)\b)[\w'’-]+){0,3})"
)
_TRADE_BY_ENDING = re.compile(
    r"(?i)\b(?:stage (?:de |d['’]|comme )|immersion (?:de |d['’]|comme )|poste (?:de |d['’])|devenir |comme |en tant que )"
    r"(?!premi|derni|mani|mati|hier|observation)(?P<name>[^\W\d_]{3,}(?:eur|euse|ier|i[èe]re|ien|ienne|iste|trice|graphe|logue|ger|g[èe]re))\b"
)
_COMMON = frozenset(
    [
        "decouvrir",
        "decouverte",
        "semaine",
        "semaines",
        "janvier",
        "fevrier",
        "octobre",
        "novembre",
        "decembre",
        "septembre",
        "juillet",
        "mission",
        "locale",
        "travail",
        "chomage",
        "pendant",
        "partir",
        "depuis",
        "bonjour",
        "recherche",
        "formation",
        "projet",
        "metier",
        "immersion",
        "stages",
        "emploi",
        "conseiller",
        "conseillere",
        "accompagne",
        "suivie",
        "entreprise",
        "aimerais",
        "voudrais",
        "souhaite",
        "appelle",
        "personne",
        "familles",
        "enfants",
        "voiture",
        "maison",
        "toujours",
        "vraiment",
        "passion",
        "quelque",
        "chose",
        "depart",
        "arriver",
        "domaine",
        "secteur",
        "validee",
        "trouver",
    ]
)
_DOMAINS = {"cuisine": "cuisinier", "cuisines": "cuisinier", "mecanique": "mecanicien", "plomberie": "plombier", "electricite": "electricien", "vente": "vendeur",
            "coiffure": "coiffeur", "boulangerie": "boulanger", "patisserie": "patissier", "menuiserie": "menuisier", "jardinage": "jardinier"}  # fmt: skip


def _proper(clause: Clause) -> frozenset[str]:
    """The names in a clause: written with a capital inside a sentence that is not shouted."""
    if clause.text.isupper():
        return frozenset()
    return frozenset(plain(name) for name in re.findall(r"(?<=[\w,:] )[^\W\d_a-z][\w'’-]+", clause.text))


def _denied(words: list[str], at: int) -> bool:
    """« pas boulanger », unless « mais » comes between."""
    before = words[max(0, at - 4) : at]
    for turn in ("mais", "plutot"):
        before = before[len(before) - before[::-1].index(turn) :] if turn in before else before
    return any(word in {"pas", "plus", "sauf", "jamais", "ni"} for word in before)


def _held(words: list[str], at: int) -> bool:
    """« je suis boulanger » is what the person does, not what they want."""
    before = " ".join(words[max(0, at - 4) : at])
    return bool(_HELD.search(before)) and not re.search(r"\b(?:interess|attir|passionn|veux|voudrais)\w*", before)


_HELD = re.compile(
    r"\b(?:je suis|chui|jsuis)(?: \w+){0,2}$|\b(?:j etais|auto|micro|ancien\w*|chez un\w*"
    r"|(?:diplom\w*|cap|bac pro|experience|travaill?e|bosse) (?:de|d|en|comme|en tant que))$"
)


_KINDS = (
    r"boulangerie|p[âa]tisserie|restaurant|garage|salon de coiffure|salon|boucherie|pharmacie|cabinet|magasin|h[ôo]tel|cr[èe]che|ferme|atelier|menuiserie|imprimerie|pizzeria|brasserie"
    r"|caf[ée]|clinique|librairie|[ée]picerie|ehpad|entreprise|soci[ée]t[ée]|sarl|sas|association|mairie|[ée]cole|camping|supermarch[ée]|r[ée]sidence|maison de retraite"
)
_PROPER = r"(?:(?:de |du |des |d['’]|la |le |les |l['’])?[A-ZÀÂÉÈÊÎÔÛÇ0-9][\w'’&.-]*)(?:\s+(?:(?:et|&|de|du|des|la|le)\s+)?[A-ZÀÂÉÈÊÎÔÛÇ][\w'’&.-]*){0,4}"
_HOST = re.compile(rf"(?:(?P<kind>(?<!\w)(?i:{_KINDS}))\s+|(?<!\w)(?i:chez)\s+)(?P<name>{_PROPER})")
_EMPLOYER = re.compile(
    r"\b(?:travaille|bosse|salariee?|employee?|cdi|cdd|contrat|en poste|licencie\w*|interim\w*|apprentie?|alternan\w*|quitte|fonctionnaire|agente?|titulaire|contractuel\w*"
    r"|je suis (?!pris|accept|attendu|interess|contact)\w+)\b[\w ]{0,30}$"
)
_HOST_WANTED = re.compile(
    r"\b(?:cherche|recherche|trouver) (?:encore )?(?:une?|l) (?:entreprise|patron|lieu|structure|boite|employeur|accueil)\b|\b(?:pas (?:encore )?(?:trouve )?(?:d |de |une? )?(?:entreprise|patron|lieu d accueil|structure)|connais (?:pas|aucune) (?:d )?entreprise)\b"
)
_HOST_FOUND = re.compile(
    r"\bj ai (?:deja )?(?:trouve|une) (?:une |un |l )?(?:entreprise|patron|lieu|structure|boite|employeur)(?: qui| d accord| prete?)?\b"
)

_AT = re.compile(
    r"(?<![\w'’-])(?P<at>à|À|a|A|sur|vers|au|aux|Au|habite)\s*(?<=[\s'’])(?=[^\W\d_])(?=(?P<rest>[^,;.!?()]{2,60}))"
)
_HOME = re.compile(
    r"\b(?:habit\w*|vis|reside|domicili\w*|loge|originaire|chez moi|j hab|adresse)\b[\w ]{0,20}$|\bhabite\b|\bje (?:suis|viens)$"
)
_NOT_A_PLACE = re.compile(
    r"\b(?:mission locale|france travail|pole emploi|cap emploi|agence|conseill\w+|conseil departemental|ne|nee|naissance|suivie?|accompagnee?|inscrite?|etudie|etudiante?|diplome\w*|lycee|fac|universite|ecole|college|cfa|licence|master|bac|bts|pas)\b[\w ]{0,25}$"
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
    coded = [one for one in communes if code in one.codes_postaux]
    one = coded[0] if coded else meant(communes)
    return (
        Value(as_value(one, code if coded else None))
        if one
        else Ask("lieu.homonymes", {"nom": communes[0].nom}, offered(communes))
    )


def _name(reading: Value) -> str:
    return str(reading.value.get("nom", "")) if isinstance(reading.value, dict) else ""
