"""A message taken apart at a question: which of its clauses answer it, and what the others say of the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.conversation import answering
from bot.conversation.answering import EMAIL, PHONE, SIRET, Filled, Outcome
from bot.conversation.hearing import ear
from bot.conversation.hearing.heard import Act, reads_as
from bot.conversation.hearing.naming import exactly_named
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.session import Json
from bot.form.flow import Asking, Step
from bot.reading.outcome import Reading, Value
from bot.reading.plain import plain
from bot.reading.spoken import said

NAMES = frozenset({Asking.TEXT, Asking.DETAILS})
"""Questions whose answer is kept in the person's own words."""

LOUD, NO_ANSWER = 0.24, 0.15
"""Weight from which a clause is something else than an answer, where it hardly reads as one."""

_ASIDES = (
    Act.PROBLEM,
    Act.COMPLAINT,
    Act.DOUBT,
    Act.SMALLTALK,
    Act.QUESTION,
    Act.DANGER,
    Act.OTHERS,
    Act.OWN_REQUEST,
    Act.ORDER,
)
_NAMED = re.compile(
    r"(?i)^(?:\d\)\s*|et |mais |sinon |donc |erratum |correction |je (?:reformule\w*|corrige\w*|remplace\w*|mettrais|changerais) )*(?P<art>(?:pour |sur |de )?(?:le |la |les |l['’]|mon |ma |mes |son |sa |notre ))?(?P<name>[a-zéèêàçôûîù'’ -]{2,32}?)\s*"
    r"(?::|=|(?:,\s*)?\b(?:c['’ ]?est|est|sera|s['’ ]appelle|s['’ ]écrit)\b)\s*(?P<value>[^?]+)$"
)
_NAME_IN = re.compile(r"(?:\b(?:[Mm]me|[Mm]\.|[Mm]onsieur|[Mm]adame)\s+\w|\b[A-ZÉÈ][\w'’-]+\s+[A-ZÉÈ])")
PAST = re.compile(
    r"\b(?:j etais|jetais|j ai ete|avant j|ancien metier|j ai fait|j ai travaille|mon ancien|avant (?:c|j|je|on|c t|cetait)|toute ma vie|pendant (?:\d+|des) ans|arrete (?:le|la|mes|l|ma|mon)|quitte (?:le|la|l|ma|mon)|laisse tomber (?:le|la|ma|mon|mes))\b"
)
_JOKE = re.compile(
    r"(?i)\b(?:mdr+|lol+|ptdr|xd|haha\w*|je d[ée]conne|je rigole|je plaisante|non s[ée]rieux|nan s[ée]rieux|s[ée]rieusement)\b"
)
"""Where a joke ends and the answer begins."""

_AGAIN = re.compile(
    r"(?i)^[\s,.…]*(?:ah |euh |ou plut[oô]t |et |alors )?(?:non|nan|pardon|correction|erratum|enfin|en fait|finalement|plut[oô]t|ou plut[oô]t)\b"
)


_MOST_CLAUSES = 20
"""Beyond, it is a pasted page: no clause of it is an answer (a request of 120 words has about fifteen)."""


@dataclass(frozen=True, slots=True)
class Apart:
    """The words that answer, how they read, and what the other clauses state of questions not answered yet."""

    text: str
    read: Outcome
    others: Mapping[Champ, Json]


OF_ONESELF = frozenset(
    {
        "suivi_par",
        "conseiller",
        "situation",
        "date_naissance",
        "commune",
        "handicap",
        "rsa",
        "inscrit_france_travail",
        "objectif",
        "metier",
    }
)
"""Questions on the person: what is said of somebody else, or of yesterday, beside what is theirs today, is no answer."""


def narrowed(scene: Scene, step: Step, text: str) -> str:
    """« mon frère a la RQTH, moi non » → « moi non »; « j'étais apprenti mais là je suis plus rien » → what holds today."""
    parts = ear.clauses(text)
    if step.name not in OF_ONESELF or len(parts) < 2 or "?" in text:
        return text
    own = _own(scene, parts)
    today = tuple(part for part in own if not PAST.search(plain(part))) or own
    return _joined(text, list(today)) if len(today) < len(parts) else text


def take_apart(scene: Scene, step: Step, text: str) -> Apart | None:
    """The answer within a message of several clauses; None where it is one thing only, or where none of it answers."""
    wished = trade_wished(scene, text) if step.asking is Asking.TRADE else ""
    if wished:
        return Apart(wished, answering.read_step(scene, step, wished), {})
    jokes = _JOKE.split(text)
    if len(jokes) > 1 and step.asking in NAMES and re.search(r"[^\W\d]{3}", jokes[-1]):
        return _after_joke(scene, step, _AGAIN.sub("", jokes[-1]).strip(" .,!"))
    if step.name in {"entreprise", "conseiller"} and len(answering.MENDED.split(text)) > 1:
        return None  # « Infotarn, non pardon Info'Sorgues »: the reader of the whole takes the last name
    parts = ear.clauses(text)
    if (len(parts) < 2 and not _JOKE.search(text)) or step.name in {"horaires", "consentement", "amenagements"}:
        return None
    if step.asking is Asking.NAMES or len(parts) > _MOST_CLAUSES or answering.whole_only(scene, step, text):
        return None
    kept = _worded(scene, step, parts, text) if step.asking in NAMES else _typed(scene, step, parts)
    if kept is None:
        return None
    words, read = kept
    rest = tuple(part for part in parts if part not in words and words not in part)
    return Apart(words, read, others_told(scene, step, rest))


def _own(scene: Scene, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Where somebody else is set beside oneself (« mon frère a …, moi non »), the clauses about oneself."""
    spoken = scene.house.spoken
    about: list[bool] = []
    for part in parts:  # « mon cousin m'a dit pour vous, lui il est à la mission locale »
        goes_on = bool(about and about[-1] and _THEY.match(plain(part)))
        about.append(goes_on or bool(said(spoken, part, "personnes.autre_sujet")))
    mine = [bool(said(spoken, part, "personnes.soi")) for part in parts]
    if any(about) and any(mine):
        return tuple(part for part, other, own in zip(parts, about, mine, strict=True) if own or not other)
    return parts


_THEY = re.compile(r"(?:et |mais )?(?:lui|elle|il|ils|elles|eux)\b")


def _after_joke(scene: Scene, step: Step, text: str) -> Apart | None:
    """« Jean Bon, non je déconne, c'est Jean-Luc Bonnet »: what comes after the joke."""
    inside = take_apart(scene, step, text)
    if inside is not None:
        return inside
    words = text if step.name == "activites" else answering.introduced(text)
    read = answering.read_step(scene, step, words)
    return Apart(words, read, {}) if isinstance(read, Filled) else None


def _typed(scene: Scene, step: Step, parts: tuple[str, ...]) -> tuple[str, Outcome] | None:
    """The only value that the clauses give of a question with an answer of its own kind."""
    found: dict[str, tuple[str, Filled]] = {}
    for part in (piece for whole in parts for piece in _JOKE.split(whole) if piece.strip()):
        bare = answering.LED.sub("", part).strip() or part
        if step.asking is Asking.TRADE:
            bare = trade_in(scene, bare)
        if not bare or "?" in part or PAST.search(plain(part)):
            continue
        if step.asking is Asking.PERIOD and said(scene.house.spoken, part, "dates.prise"):
            continue
        read = answering.read_step(scene, step, bare)
        if not isinstance(read, Filled) and found and _AGAIN.match(part):
            return None
        if isinstance(read, Filled):
            if _AGAIN.match(part):
                found.clear()
            found[str(sorted((champ.value, str(value)) for champ, value in read.values.items()))] = bare, read
    if len(found) != 1:
        return _opening_trade(scene, step, parts) if step.asking is Asking.TRADE and not found else None
    return next(iter(found.values()))


def _opening_trade(scene: Scene, step: Step, parts: tuple[str, ...]) -> tuple[str, Outcome] | None:
    """« pompes funèbres. depuis la mort de mon mari… »: a few words that name a trade, then why."""
    first = parts[0].strip(" .!")
    if len(first.split()) > SHORT_TRADE or reads_as(scene.house.listener.listen(first), step.name) < TRADE_ALONE:
        return None
    read = answering.read_step(scene, step, first)
    return (first, read) if isinstance(read, Filled) else None


SHORT_TRADE, TRADE_ALONE = 4, 0.25
"""Words of a trade told alone, and how much they must read as one."""


def trade_in(scene: Scene, part: str) -> str:
    """The trade in a clause; empty where it names none that is known."""
    bare = re.sub(
        r"(?i)^(?:(?:plut[oô]t|non|nan|enfin|alors|finalement|l[àa]|moi|c['’ ]?est|je|j['’])\s{1,3}){0,6}(?:(?:voudrais|veux|veut|aimerais|souhaite|pense)\s{1,3}(?:(?:voir|faire|[êe]tre|devenir|d[ée]couvrir|essayer|tester)\s{1,3})?)?|(?<!\s)\s+(?:pas|et pas|plut[oô]t que) .*$|(?<!\s)\s+(?:plut[oô]t|quoi|et qu['’].*|s['’]il .*)$",
        "",
        part,
    ).strip()
    return bare if scene.house.reader.knows_trade(bare) else ""


def trade_wished(scene: Scene, text: str) -> str:
    """« moi je veux boulanger pas coiffeur comme elle a dit » → « boulanger »; empty unless one only is left.

    Whoever takes themselves up (« menuisier… nan plutôt charpentier ») means what comes after.
    """
    settled = _settled(scene, text)
    if settled:
        return settled
    text = _TAKEN_UP.split(text)[-1]
    words = plain(text).split()
    told = len(words) > SHORT_WISH or not _ONESELF.isdisjoint(words)
    if not told or len(words) > LONGEST_WISH or _asks_more(scene, text):
        return ""
    kept: list[str] = []
    wished: set[str] = set()
    named = scene.house.reader.trades_in(text)
    for at, one in enumerate(named):
        after = named[at + 1].start if at + 1 < len(named) else len(words)
        if "ou" in {*words[one.end : one.end + 1], *words[max(0, one.start - 1) : one.start]}:
            return ""  # one of two: which one is asked
        before, behind = (
            " ".join(words[max(0, one.start - 3) : one.start]),
            " ".join(words[one.end : min(after, one.end + 4)]),
        )
        if said(
            scene.house.spoken, before, "autour_du_metier.ecarte", "autour_du_metier.passe", "personnes.autre_sujet"
        ):
            continue
        if said(scene.house.spoken, behind, "autour_du_metier.deja"):
            continue
        if _WISHES.search(before):
            wished.add(one.name)
        kept = [one.name] if kept and _AGAIN.match(before.rpartition(kept[-1])[2]) else [*kept, one.name]
    if len(set(kept)) > 1 and len(wished) == 1:
        return next(iter(wished))
    return _in_full(text, kept[0]) if len(set(kept)) == 1 else ""


_WISHES = re.compile(r"\b(?:veux|voudrais|veut|aimerais|souhaite|essayer|tester|decouvrir|devenir|valider|viser?)\b")


def _settled(scene: Scene, text: str) -> str:
    """« maçon ou couvreur, plutôt maçon en fait »: the trade after the last word that settles it."""
    *_, tail = _SETTLES.split(text)
    if tail == text or not tail.strip():
        return ""
    first = ear.clauses(tail)[0] if ear.clauses(tail) else ""
    bare = re.sub(
        r"(?i)^(?:le |la |l['’]|du |un |une |pour )|\s(?:en fait|quoi|du coup|finalement|alors)$", "", first
    ).strip(" .!")
    named = {one.name for one in scene.house.reader.trades_in(bare)}
    return bare if named and len(bare.split()) <= SHORT_TRADE + 1 else ""


_SETTLES = re.compile(
    r"(?i)\b(?:(?:ou plut[oô]t|plut[oô]t|finalement|en fait|donc|disons)\s|(?:non|nan)\s?[:,]\s?)(?=\w)"
)


def _in_full(text: str, trade: str) -> str:
    """« mécano vélo, genre… » is « mécano vélo »: the short clause that begins with the trade."""
    first = ear.clauses(text)[0]
    opens = plain(first).startswith(plain(trade)) and len(first.split()) <= SHORT_TRADE
    return first.strip(" .!") if opens and not _NO_PART.search(plain(first)) else trade


_NO_PART = re.compile(r"\b(?:je|j|mais|pas|parce|chez|a|au|pour|plutot|svp|merci|deja|oui|car)\b")


def _asks_more(scene: Scene, text: str) -> bool:
    """Whether a question or a problem covers the trade that is named with it."""
    weights = scene.house.listener.listen(text)
    loud = max(weights.get(act, 0.0) for act in (Act.QUESTION, Act.PROBLEM, Act.DOUBT))
    return "?" in text or loud >= COVERS > weights.get(Act.ANSWER, 0.0)


_TAKEN_UP = re.compile(r"(?i)\beuh[\s,]{1,2}(?:nan|non)\b[\s,]*")
_ONESELF = frozenset({"je", "j", "moi", "jveux", "jvoudrais", "jaimerais"})
SHORT_WISH, LONGEST_WISH, COVERS = 6, 25, 0.3
"""Words: a trade told in fewer is kept as it is told, more is a story. Weight from which something else covers it."""


def _worded(scene: Scene, step: Step, parts: tuple[str, ...], text: str) -> tuple[str, Outcome] | None:
    """The clauses that answer in the person's words, without the remarks around them."""
    stray = _stray(scene, step, text)
    kept = [part for part in parts if not any(part in one for one in stray) and not aside(scene, step, part)]
    reached = [part for part in kept if PHONE.search(part) and _NAME_IN.search(part)]
    if step.asking is Asking.DETAILS and len(reached) == 1:
        kept = [part for part in kept if part in reached or EMAIL.search(part)]
    if step.name == "adresse":
        streets = [part for part in kept if answering.STREET.search(part)]
        kept = [max(streets, key=lambda part: _weight(scene, step, part))] if len(streets) > 1 else kept
    remarked = any(said(scene.house.spoken, part, "personnes.remarque") for part in parts if part not in kept)
    if not kept or len(kept) == len(parts):
        return None
    if not remarked and not any(_answers(scene, step, part) for part in kept):
        return None
    words = _joined(text, kept) if step.name == "activites" else answering.introduced(_joined(text, kept))
    read = answering.read_step(scene, step, words)
    return (words, read) if isinstance(read, Filled) else None


def _stray(scene: Scene, step: Step, text: str) -> tuple[str, ...]:
    """The whole sentences that hardly sound like an answer to this question, beside one that clearly does."""
    told = tuple(one for one in _STOP.split(text) if one.strip())
    if len(told) < 2:
        return ()
    weights = [one.get(f"{Act.ANSWER}/{step.name}", 0.0) for one in scene.house.listener.listen_all(told)]
    if max(weights) < CLEARLY:
        return ()
    shaped = [any(shape.search(one) for shape in (EMAIL, PHONE, SIRET)) for one in told]
    return tuple(one for one, weight, data in zip(told, weights, shaped, strict=True) if weight < FAINT and not data)


_STOP = re.compile(r"(?<=[.!?…\n])(?<!\bM\.)(?<!\bMme\.)(?<!\bMr\.)(?<!\bDr\.)\s+")
CLEARLY, FAINT = 0.4, 0.1


def _answers(scene: Scene, step: Step, part: str) -> bool:
    """Whether a clause sounds like an answer to this question, or has the shape of one."""
    shaped = any(shape.search(part) for shape in (EMAIL, PHONE, SIRET)) or answering.STREET.search(part)
    return bool(shaped) or scene.house.listener.listen(part).get(f"{Act.ANSWER}/{step.name}", FAINT) >= FAINT


def aside(scene: Scene, step: Step, part: str) -> bool:
    """Whether a clause says something else than the answer: a question, a problem, a remark, somebody's health."""
    if ear.asks(part, scene.house.listener.listen(part)) or said(scene.house.spoken, part, "cadre.deja_accueilli"):
        return True
    if any(shape.search(part) for shape in (EMAIL, PHONE, SIRET)):
        return False
    if said(scene.house.spoken, part, "personnes.raison", "personnes.vecu", "personnes.peine"):
        return True
    if step.name != "activites" and PAST.search(plain(part)):
        return True
    if scene.house.reader.sensitive(part, scene.context()) or said(scene.house.spoken, part, "personnes.sante_autrui"):
        return True
    if step.name == "activites" and len(part.split()) <= A_TASK:
        return False
    weights = scene.house.listener.listen(part)
    loud = max(weights.get(act, 0.0) for act in _ASIDES)
    if step.name != "activites" and said(scene.house.spoken, part, "personnes.remarque"):
        return True
    least = LOUD if step.name != "activites" else LOUDER
    return loud >= least and reads_as(weights, step.name) < NO_ANSWER


A_TASK = 3
"""Words of a task in a list, « conseiller », whatever else it sounds like."""

LOUDER = 0.45
"""The same where one tells what one will do, in any words: a task left out is a loss."""


def _weight(scene: Scene, step: Step, part: str) -> float:
    weights = scene.house.listener.listen(part)
    return weights.get(f"{Act.ANSWER}/{step.name}", 0.0) - bool(said(scene.house.spoken, part, "personnes.chez_soi"))


def _joined(text: str, parts: list[str]) -> str:
    """The clauses kept, with what stands between two that follow each other."""
    words = parts[0]
    for before, part in pairwise(parts):
        start = text.find(before) + len(before)
        end = text.find(part, start)
        between = text[start:end] if 0 <= end - start <= 3 else ", "
        words += between + part
    return words.strip(" ,;:")


def others_told(scene: Scene, step: Step, parts: tuple[str, ...]) -> Mapping[Champ, Json]:
    """What the other clauses clearly state, of fields that nothing fills yet."""
    values: dict[Champ, Json] = {}
    for part in parts:
        if "?" in part or said(scene.house.spoken, part, "personnes.autre_sujet") or PAST.search(plain(part)):
            continue
        for one in labelled(scene, part).values():
            values |= one
        found = stated(scene, part, step)
        values |= {
            champ: one.value
            for champ, one in found.items()
            if isinstance(one, Value) and champ not in values and _told(scene, champ, part)
        }
    kept = {champ: value for champ, value in values.items() if _free(scene, step, champ)}
    if scene.values.get(Champ.HOTE_CONNU) is True:
        kept.pop(Champ.LIEU, None)  # where the host is, is asked with its address
    return kept


def stated(scene: Scene, text: str, step: Step | None) -> Mapping[Champ, Reading]:
    """What a text states of the form: a trade told with one's situation is today's, not the one wished for."""
    found = dict(here(scene.house.reader.extract(text, scene.context()), step))
    if Champ.METIER in found and not _trade_meant(scene, found[Champ.METIER], text):
        del found[Champ.METIER]
    if (step is not None and step.name in _OF_TODAY) or _WORKS.search(plain(text)):
        found.pop(Champ.HORAIRES, None)
    if step is not None and step.name in _ABOUT_SOMEBODY and not said(scene.house.spoken, text, "personnes.moi"):
        found.pop(Champ.EMAIL, None)
        found.pop(Champ.TELEPHONE, None)
    today = step is not None and step.name in _OF_TODAY and not said(scene.house.spoken, text, "cadre.vouloir")
    if today and found.pop(Champ.ENTREPRISE, None) is not None:
        found.pop(Champ.HOTE_CONNU, None)
    if said(scene.house.spoken, text, "cadre.travaille_a") or (today and step is not None and step.name in _OF_BODY):
        found.pop(Champ.LIEU, None)
    if _where_adviser_is(found.get(Champ.LIEU), text) or _birthplace(found.get(Champ.LIEU), text):
        del found[Champ.LIEU]
    if today or said(scene.house.spoken, text, "personnes.gens", "personnes.autre_sujet"):
        found.pop(Champ.METIER, None)
    if said(scene.house.spoken, text, "personnes.autre_sujet"):
        found.pop(Champ.DATE_NAISSANCE, None)
    return found


_WORKS = re.compile(
    r"\b(?:salariee?|employee?|en (?:cdi|cdd|interim)|mon (?:contrat|travail|boulot|taf|job|menage)|(?:je|j) (?:travaille|bosse|taffe?))\b"
)
"""Hours told with one's work are those of that work."""


def _trade_meant(scene: Scene, read: Reading, text: str) -> bool:
    """Whether a trade is told as the one wished for: another than the one noted needs words that change it."""
    words, known = plain(text), scene.values.get(Champ.METIER)
    if not isinstance(read, Value) or known is None:
        return not isinstance(read, Value) or not _somebody_acts(plain(str(read.value)), words)
    return plain(str(known)) == plain(str(read.value)) or _CHANGES.search(words) is not None


def _somebody_acts(trade: str, words: str) -> bool:
    """« la sage-femme m'a donné… »: somebody of that trade did something."""
    return (
        re.search(
            rf"\b(?:l[ae]|les|mon|ma|un|une|du) {re.escape(trade)}\w* (?:m a|ma|m ont|a|est|dit|va|peut|veut|doit|pense)\b",
            words,
        )
        is not None
    )


_CHANGES = re.compile(
    r"\b(?:metier|poste|boulot|plutot|finalement|non|pas|en fait|chang\w+|au lieu|correction|trompee?|veux|voudrais|veut|aimerais|souhaite|prefere\w*|devenir|decouvrir|mets|mettez|met|mettre|remets|corrige\w*|tester|projet)\b"
)


def here(found: Mapping[Champ, Reading], step: Step | None) -> Mapping[Champ, Reading]:
    """Where a town is asked, the only town told is that one, whatever leads to it."""
    if step is None or step.asking is not Asking.PLACE or step.champs[0] in found:
        return found
    other = Champ.LIEU if step.champs[0] is Champ.COMMUNE else Champ.COMMUNE
    return {step.champs[0] if champ is other else champ: one for champ, one in found.items()}


_OF_TODAY = frozenset({"situation", "employeur", "contrat", "sur_temps_travail", "suivi_par", "conseiller"})
"""Questions on today's life: a trade or a firm told there is not the host's."""


def _birthplace(read: Reading | None, text: str) -> bool:
    """« née le 9 avril 1968 à Luxeuil »: where one was born."""
    born = _BORN_AT.search(text)
    if born is None or not isinstance(read, Value) or not isinstance(read.value, dict):
        return False
    return plain(born["town"]).startswith(plain(str(read.value.get("nom"))).split()[0])


_BORN_AT = re.compile(r"(?i)\bn[ée]e?\b[^.;!?]{0,45}?\s[àa]\s(?P<town>[^\W\d_][\w'’-]{2,40}(?:[ -][\w'’-]{2,20}){0,3})")


def _where_adviser_is(read: Reading | None, text: str) -> bool:
    """Whether the town read is the one where somebody is to be met: « madame Traoré à Montreuil »."""
    advised = _ADVISER_AT.search(text)
    if advised is None or not isinstance(read, Value) or not isinstance(read.value, dict):
        return False
    return plain(str(read.value.get("nom"))) == plain(advised["town"])


_ADVISER_AT = re.compile(
    r"(?:(?i:mme|madame|m\.|mr|monsieur|conseill\w{1,4}|r[ée]f[ée]rente?)\s[\w'’-]+(?:\s[A-ZÉÈ][\w'’-]+)?)\s[àa]\s(?P<town>[A-ZÉÈ][\w'’-]+)"
)
_OF_BODY = frozenset({"suivi_par", "conseiller"})
"""« Cap emploi, au Mans »: the town of the body, not of the immersion."""

_ABOUT_SOMEBODY = frozenset(
    {"tuteur", "representant", "urgence", "signataire", "employeur", "hote_connu", "entreprise", "siret", "adresse"}
)
"""Questions about somebody: a number told there is theirs, unless it is said to be one's own."""


_SHAPED = frozenset({Champ.EMAIL, Champ.TELEPHONE, Champ.SIRET, Champ.DATE_NAISSANCE, Champ.DATE_DEBUT, Champ.DATE_FIN})


def _told(scene: Scene, champ: Champ, part: str) -> bool:
    """Whether a clause sounds like an answer to the question of the field that it seems to state."""
    owner = scene.house.flow.step_of(champ)
    if champ in _SHAPED or owner is None:
        return True
    weights = scene.house.listener.listen(part)
    return not weights or reads_as(weights, owner.name) >= ALSO_READS


ALSO_READS = 0.15


def step_labelled(scene: Scene, name: str) -> Step | None:
    """The question that these words name exactly: « le métier visé », « entreprise »."""
    bare = re.sub(r"(?i)^(?:(?:le|la|les|l|mon|ma|mes|son|sa)\s)|\s(?:juste|vis[ée]e?|souhait[ée]e?)$", "", plain(name))
    return exactly_named(scene, bare.strip(), scene.house.flow.steps)


def labelled(scene: Scene, text: str) -> Mapping[str, Mapping[Champ, Json]]:
    """« l'entreprise c'est Fleurs d'Eure », « pour la RQTH c'est non »: questions named with their answers, by step."""
    found: dict[str, Mapping[Champ, Json]] = {}
    for part in ear.sentences(text):
        seen = _NAMED.match(part.strip(" .!"))
        owner = exactly_named(scene, plain(seen["name"]), scene.house.flow.steps) if seen else None
        if seen is None or owner is None or (owner.asking in NAMES and not seen["art"]):
            continue
        rest = _NOT_BUT.sub("", seen["value"])
        value = _WRONG.sub("", _INSTEAD_OF.sub("", rest)).strip(' .,;«»"')
        if APPROVED.match(plain(value)) or TAKEN_OUT.match(plain(value)):
            continue
        read = read_labelled(scene, owner, plain(seen["name"]), value)
        if isinstance(read, Filled):
            found[owner.name] = read.values
    return found


_INSTEAD_OF = re.compile(
    r"(?i)(?<![\s,])[\s,]+(?:et )?(?:non|pas)(?: pas)? .*$|(?<!\s)\s+(?:sans|avec) (?:un |le )?\w$"
)
"""« 14 rue des Tanneurs et non 4 », « Roch, sans e »: what is set against the value, or spells it."""


_NOT_BUT = re.compile(
    r"(?i)^pas (?:de |d['’]|le |la |du |un |une )?[^,;]+?[,;]\s*(?:mais |plut[oô]t |c['’ ]?est )?|^pas \S+(?: \S+)? c['’ ]?est "
)
"""« pas aide-soignante, agent de service »: what is meant is what comes after."""

_WRONG = re.compile(
    r"(?i)^(?:faux|fausse|pas bon(?:ne)?|mauvais\w*|erron[ée]e?|incorrecte?)\s*[,:;.]?\s*(?:c['’ ]?est|il faut|mettez|plut[oô]t)?\s*"
)
"""« le métier est faux, c'est… »: what comes after."""


TAKEN_OUT = re.compile(
    r"(?:et |il faut |faut |merci de |pouvez vous )*(?:enlev|retir|supprim|efface|corrig|vire[rz]?\b|otez|ote\b)"
)
"""« dans les activités, enlevez la phrase sur le congé »: an order about the value, not a value."""

APPROVED = re.compile(
    r"(?:tout |tres |bien |deja )*(?:bons?|bonnes?|ok|justes?|exact\w*|correct\w*|parfait\w*|nickel|impec\w*|valide\w*|ca)\b(?: (?:pour|comme|aussi|deja|les?|la|l|mon|ma|mes|et|tout)\b.*)?$"
)
"""« le nom c'est bon »: said right, not said anew."""


def read_labelled(scene: Scene, owner: Step, name: str, value: str) -> Outcome:
    """The value under the very label used: « nom » is not « prénom », « date de fin » is not the period."""
    champ = {
        "nom": Champ.NOM, "nom de famille": Champ.NOM, "prenom": Champ.PRENOM, "fin": Champ.DATE_FIN,
        "date de fin": Champ.DATE_FIN, "debut": Champ.DATE_DEBUT, "date de debut": Champ.DATE_DEBUT,
    }.get(name)  # fmt: skip
    if champ is not None:
        return answering.outcome(champ, answering.read_field(scene, champ, value))
    return answering.read_step(scene, owner, answering.introduced(value) if owner.asking in NAMES else value)


def _free(scene: Scene, step: Step, champ: Champ) -> bool:
    """Another question's field, of those that a remark may fill, not answered yet."""
    return champ not in step.fields and scene.values.get(champ) is None and champ is not Champ.CONSENTEMENT
