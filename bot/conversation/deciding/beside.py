"""What a message tells beside its answer, « mission locale, avec Benoît »: kept for its own question; the rest goes on.

Only what says by itself what it is counts: a label, a role with a name, the shape of a figure (ADR 0100).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.conversation import answering, listed
from bot.conversation.answering import PHONE, Filled
from bot.conversation.deciding import apart, whose
from bot.conversation.deciding.clauses.stated import stated_by_clause
from bot.conversation.doing import ask, filling, opening
from bot.conversation.hearing import ear
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.answer import Answer, Clarify
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
from bot.form.flow import Asking, Step
from bot.reading.choices.situations import bodies_in
from bot.reading.insisted import without_insisting
from bot.reading.names.signatory import same_as_tutor, who_signs
from bot.reading.outcome import Ask, Value
from bot.reading.plain import plain
from bot.reading.spoken import said
from bot.reading.story.stated_figures import figures_told
from bot.reading.story.told_people import ToldPerson, civil_alone, people_told
from bot.reading.tasks import tasks_told


@dataclass(frozen=True, slots=True)
class _Told:
    """Values, and where the message tells them."""

    values: Mapping[Champ, Json]
    start: int
    end: int
    passed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where somebody of a role is kept, and the questions at which they are told in passing."""

    name: Champ
    phone: Champ | None
    email: Champ | None
    not_at: frozenset[str]


_OF_HOST = frozenset({"metier", "hote_connu", "entreprise", "siret", "adresse", "hote_public"})
_OF_SOMEBODY = frozenset({"tuteur", "representant", "urgence", "signataire", "employeur", "activites"})
_AT_WORK = frozenset({"situation", "contrat", "sur_temps_travail"})
_NOT_OF_PARENTS = _OF_SOMEBODY | {"suivi_par", "conseiller", "situation", "identite", "contact"} | _OF_HOST
_PLACES: Mapping[str, _Place] = {
    "conseiller": _Place(Champ.CONSEILLER, None, None, _OF_SOMEBODY | {"conseiller", "deja_accueilli"}),
    "tuteur": _Place(
        Champ.TUTEUR, Champ.TUTEUR_TELEPHONE, Champ.TUTEUR_EMAIL, _OF_SOMEBODY | _AT_WORK | {"suivi_par", "conseiller"}
    ),
    "representant": _Place(Champ.REPRESENTANT, Champ.REPRESENTANT_TELEPHONE, Champ.REPRESENTANT_EMAIL, _NOT_OF_PARENTS),
}
_OF_TODAY = frozenset({"situation", "employeur", "contrat", "sur_temps_travail", "deja_accueilli", "consentement"})
"""Questions at which dates and hours are those of today's work, or of another stay."""

_CLAUSE_ENDS = re.compile(r"\s?[,;.!?\n]\s|\s(?=(?:et|mais) (?:je|j['’]|moi|on)\b)|[.!?]?$")

LEAST_ASKED = 5
"""Words of a question that is understood without what comes before it."""

AT_ONCE = 2
"""Things told at once that open a request by themselves."""


def told_first(scene: Scene, step: Step | None) -> Reply | None:
    """Put aside what is told of other questions and leave the rest as the message; a reply where nothing is left of it."""
    if (step is None and scene.session.opened) or (step is not None and step.name == "consentement"):
        return None
    if step is not None and step.name == "signataire":
        scene.beside = {**scene.beside, **_own_ways(scene, step)}
        if same_as_tutor(without_insisting(scene.text)) and scene.values.get(Champ.TUTEUR):
            return filling.take(scene, step, answering.read_step(scene, step, without_insisting(scene.text)))
        scene.message = replace(scene.message, text=who_signs(without_insisting(scene.text)))
    mine = _bared(scene, step) if step is not None else {}
    told = _apart(_told(scene, step))
    _keep_hours(scene, step)
    if not told or (step is None and not _opens(scene, told)):
        scene.beside = {**scene.beside, **mine}
        return None
    return _put_aside(scene, step, told, mine)


def _own_ways(scene: Scene, step: Step) -> dict[Champ, Json]:
    """« … et corrige mon numéro 06 … », beside somebody else's name: the name alone is read after."""
    stated = (one.values for one in stated_by_clause(scene, step))
    return {champ: one[champ] for one in stated for champ in (Champ.EMAIL, Champ.TELEPHONE) if champ in one}


def _bared(scene: Scene, step: Step) -> dict[Champ, Json]:
    """The message without what insists, names the question, or tells of oneself where somebody else is asked for."""
    mine: dict[Champ, Json] = {}
    text = without_insisting(scene.text)
    if step.name in whose.ABOUT_SOMEBODY:
        mine, text = whose.own_clause(scene, text)
    if step.name == "activites":
        text = tasks_told(text)
    scene.message = replace(scene.message, text=led_name(step, text))
    return mine


def _put_aside(scene: Scene, step: Step | None, told: list[_Told], mine: dict[Champ, Json]) -> Reply | None:
    """Keep what is told for its own questions; the rest is the message, unless nothing, or the answer itself, was told."""
    rest = _without(scene.text, told)
    values = {**mine, **{champ: value for one in told for champ, value in one.values.items()}}
    passed = {name for one in told for name in one.passed if name}
    told_it = step is not None and (step.name in passed or not set(step.fields).isdisjoint(values))
    for one in passed:
        pass_by(scene, one)
    if not any(char.isalnum() for char in rest):
        opening.ensure_open(scene)
        return filling.fill(scene, values)
    if step is not None and told_it:
        return answered(scene, step, values, rest)
    scene.message, scene.beside = replace(scene.message, text=rest), {**scene.beside, **values}
    return None


def _keep_hours(scene: Scene, step: Step | None) -> None:
    """« de 9h à 12h », told without its days: it counts when the days are told."""
    owner = scene.house.flow.step_of(Champ.HORAIRES)
    if owner is None or step is owner or scene.values.get(Champ.HORAIRES) is not None or not scene.session.opened:
        return
    told = [one.words for one in figures_told(scene.text) if one.champ is Champ.HORAIRES]
    if (
        told
        and _welcome(scene, step, Champ.HORAIRES)
        and not isinstance(answering.read_step(scene, owner, told[0]), Filled)
    ):
        scene.remember(hours_begun=told[0])


def pass_by(scene: Scene, name: str) -> None:
    """« le siret je l'ai pas »: a question that may be passed, whenever it is told."""
    step = scene.house.flow.step(name)
    if step is not None and step.optional:
        scene.skip(step)


def answered(scene: Scene, step: Step, values: Mapping[Champ, Json], rest: str) -> Reply:
    """What was asked is told: it is written, and what the rest asks is answered."""
    weights = scene.house.listener.listen_all(ear.clauses(rest))
    asked = [
        part
        for part, weight in zip(ear.clauses(rest), weights, strict=True)
        if ask.is_question(part) or ear.asks(part, weight)
    ]
    more = apart.others_told(scene, step, tuple(part for part in ear.clauses(rest) if part not in asked))
    order = [champ for one in scene.house.flow.steps for champ in one.fields]
    told = dict(sorted({**more, **values}.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else 0))
    if len(told) > 1:
        scene.say("form.compris")
    scene.lead.extend(filling.write(scene, told, bare=len(told) > 1))
    scene.remember(course=filling.course(scene))
    alone = " ".join(asked)
    text = alone if len(alone.split()) >= LEAST_ASKED else rest
    if not asked or ("?" not in text and not isinstance(ask.ask_base(scene, text), Answer | Clarify)):
        return questions.prompt(scene)  # words around what was told, that ask nothing one could answer
    return ask.respond(scene, text)


def told_by_name(scene: Scene) -> Mapping[Champ, Json]:
    """Everything that a message tells by a label, a role or a shape, whatever is asked."""
    return {champ: value for one in _apart(_told(scene, None)) for champ, value in one.values.items()}


def _opens(scene: Scene, told: list[_Told]) -> bool:
    """Whether what is told opens a request: several things at once, or one beside a wish, nothing being sent yet."""
    wished = said(scene.house.spoken, scene.text, "cadre.souhait")
    return not scene.dossier.demandes and (len(told) >= AT_ONCE or bool(wished))


def _told(scene: Scene, step: Step | None) -> Iterator[_Told]:
    """In the order in which they are believed: clauses that say what they are, figures, labels, people."""
    for one in stated_by_clause(scene, step):
        yield _Told(one.values, one.start, one.end, one.passed)
    if step is not None and step.name == "objectif" and scene.values.get(Champ.METIER) is None:
        yield from _trade_aimed_at(scene)
    figures = tuple(_figures(scene, step))
    yield from figures
    yield from _labelled(scene, step, _blanked(scene.text, figures))
    roles = [
        role
        for role, place in _PLACES.items()
        if (step is None or step.name not in place.not_at) and scene.values.get(place.name) is None
    ]
    if step is not None and step.name == "suivi_par" and scene.values.get(Champ.CONSEILLER) is None:
        yield from _adviser(scene)
        return
    if step is None and bodies_in(plain(scene.text)):
        yield from _adviser(scene)
    people = (
        people_told(scene.text, *roles, loose=step is None or step.name in _OF_HOST | {"suivi_par"}) if roles else ()
    )
    for person in sorted(people, key=lambda one: not _welcomes(scene.text, one)):
        if not _nobody_of_here(scene, person):
            yield from _person(scene, person, _PLACES[person.role])


def _adviser(scene: Scene) -> Iterator[_Told]:
    """« mission locale de Mende, avec Benoît », « France Travail Millau »: who, and which agency, beside the body."""
    told = [one for one in people_told(scene.text, "conseiller") if not _nobody_of_here(scene, one)]
    alone = civil_alone(scene.text)
    name = told[0].name if told else alone
    listed_one = any(listed.office_said(scene, scene.text, network) for network in bodies_in(plain(scene.text)))
    agency = "" if listed_one else _agency(scene)
    both = ", ".join(part for part in (name, agency) if part)
    read = answering.read_field(scene, Champ.CONSEILLER, both) if both else None
    if not isinstance(read, Value):
        return
    start = told[0].start if told else scene.text.find(alone) if alone else len(scene.text)
    end = _clause_end(scene.text, told[0].end) if told else start + len(alone)
    yield _Told({Champ.CONSEILLER: read.value}, start, end)


def _agency(scene: Scene) -> str:
    """« mission locale de Mende », « france travail millau »: the body with a town that exists, or a capital letter."""
    found = _AGENCY.search(scene.text)
    if found is None or said(scene.house.spoken, scene.text, "personnes.autre_sujet"):
        return ""
    words = found["where"].split()
    for count in range(min(len(words), 4), 0, -1):
        where = " ".join(words[:count])
        read = scene.house.reader.read("commune", where, scene.context())
        exact = isinstance(read, Value) and isinstance(read.value, dict) and _same(str(read.value.get("nom")), where)
        shared = isinstance(read, Ask) and read.code.endswith("homonymes")
        if exact or shared or (where[:1].isupper() and count == 1):
            return f"{found['body'].strip()} {found['link'] or ''}{where}".strip()
    return ""


def _same(name: str, told: str) -> bool:
    """« st affrique » is Saint-Affrique."""
    words = re.sub(r"\bst(e?)\b", r"saint\1", plain(told))
    return plain(name) == words or plain(name).removeprefix("le ") == words


_AGENCY = re.compile(
    r"(?i)\b(?P<body>mission locale|ml|agence|antenne|cap emploi|france travail|p[ôo]le emploi|apec)[\s,]{1,2}(?P<link>(?:(?:antenne|agence|site) )?(?:de |d['’]|du |des |à )?)(?P<where>(?!depuis|avec|pour)[^\W\d_][\w'’-]*(?: (?!avec\b|madame\b|monsieur\b|mme\b|depuis\b|et\b|je\b|mais\b|par\b|pour\b|c['’]est\b)[^\W\d_][\w'’-]*){0,3})"
)


def _trade_aimed_at(scene: Scene) -> Iterator[_Told]:
    """« confirmer mon projet d'aide-soignante »: the only trade told with the aim; its words stay with the answer."""
    wished = apart.trade_wished(scene, scene.text)
    named = {one.name for one in scene.house.reader.trades_in(scene.text)}
    left = said(scene.house.spoken, scene.text, "autour_du_metier.deja")
    trade = wished or (next(iter(named)) if len(named) == 1 and not left else "")
    if trade and re.search(rf"(?i:\b(?:le|la|l['’]|du|au|mon|ma|les) {re.escape(trade)}) [A-ZÉÈ]", scene.text):
        return  # « le docteur Perrin » is somebody
    if trade and re.search(
        rf"\b(?:je suis|j etais|jsuis|chui|jetais) (?:une? )?{re.escape(plain(trade))}", plain(scene.text)
    ):
        return  # « je suis graphiste et je pense passer à … » is today's
    read = answering.read_field(scene, Champ.METIER, trade) if trade else None
    if isinstance(read, Value):
        yield _Told({Champ.METIER: read.value}, len(scene.text), len(scene.text))


def _figures(scene: Scene, step: Step | None) -> Iterator[_Told]:
    asked = set(step.fields) if step is not None else set()
    if step is not None and step.name in _OF_TODAY and not _OF_THE_STAY.search(plain(scene.text)):
        return
    for one in figures_told(scene.text):
        anew = one.champ is Champ.SIRET and "siret" in plain(one.words)  # said by its name: it replaces the one noted
        known = scene.values.get(one.champ) is not None and not anew
        if one.champ not in asked and not known and _welcome(scene, step, one.champ):
            yield from _read(scene, one.champ, one.words, one.start, one.end)


_OF_THE_STAY = re.compile(r"\b(?:immersion|stage|ma demande|le patron|la patronne|tuteur|tutrice|je commence\w* le)\b")
"""Words by which a story told where today's work is asked speaks of the stay."""


def _blanked(text: str, told: tuple[_Told, ...]) -> str:
    """The text, as long, with blanks for what is told."""
    for one in told:
        text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return text


def _welcome(scene: Scene, step: Step | None, champ: Champ) -> bool:
    """A street is the host's only where the host is spoken of; hours are the stay's unless they are today's work."""
    if champ is Champ.ADRESSE:
        return step.name in _OF_HOST if step is not None else "siret" in plain(scene.text)
    if champ in {Champ.HORAIRES, Champ.DATE_DEBUT}:
        return not said(scene.house.spoken, scene.text, "cadre.travaille_a", "dates.prise")
    return True


def _read(scene: Scene, champ: Champ, words: str, start: int, end: int) -> Iterator[_Told]:
    owner = scene.house.flow.step_of(champ)
    if owner is None:
        return
    bare = answering.SIRET.search(words) if champ is Champ.SIRET else None
    read = answering.read_step(scene, owner, bare.group() if bare else words)
    if isinstance(read, Filled):
        yield _Told(read.values, start, end)


_WAY_OF = re.compile(
    r"(?i)^(?:(?:c['’ ]?est|voici|et|oui)\s)?(?:le |son )?(?:t[ée]l\w*|num[ée]ro|num|mail|e-?mail|portable) (?:de |d['’]|du )"
)
"""« le tél de Mme Colonna c'est … », where she is asked for."""


def led_name(step: Step, text: str) -> str:
    """« la conseillère c'est juste Mme Vidal », where the counsellor is asked: the name, and what follows it."""
    text = _own_label(step, _WAY_OF.sub("", text) if step.name in _OWN_ROLES else text)
    roles = _OWN_ROLES.get(step.name, ())
    for person in people_told(text, *roles) if roles else ():
        if text.startswith(person.name, person.start):  # the name first, then what they are
            followed = f"{person.name}, {person.function}" if person.function and step.name == "tuteur" else ""
            bare = text[: person.start].strip(" ,.").casefold()
            if followed and (not bare or _LEADS.fullmatch(bare)) and "," not in text[person.start : person.end]:
                return f"{followed}{_HEDGE.sub('', text[person.end :])}"
            continue
        between = text[person.start : text.index(person.name, person.start)]
        if step.name == "representant" and not _CALLED.search(between):
            continue  # « ma mère Claire Petit » says who signs, and what they are
        before = text[: person.start].strip(" ,.").casefold()
        if step.name == "urgence":
            ways = " ".join(found.group().strip() for found in PHONE.finditer(text))
            return f"{person.name} {ways}".strip()
        if not before or _LEADS.fullmatch(before) or before in _OPENINGS:
            function = f", {person.function}" if person.function and person.role == "tuteur" else ""
            return f"{person.name}{function}{_HEDGE.sub('', text[person.end :])}"
    return text


def _own_label(step: Step, text: str) -> str:
    """« … l'entreprise c'est la scierie Engelvin », where the firm is asked: what its own name leads to."""
    if step.name == "entreprise":
        text = _KIND_OF_IT.sub("", text)
    if step.name == "adresse":
        text = re.sub(r"(?i)^(?:oui )?(?:c['’ ]?est|cest)\s(?:au |[àa] l['’]adresse )?(?=\w)", "", text.strip())
    label = _OWN_LABELS.get(step.name)
    *_, found = [None, *label.finditer(text)] if label else [None]
    return found["value"].strip(" .") if found else text


_KIND_OF_IT = re.compile(
    r"(?i)(?<=\w{3})[\s,]{1,3}c['’ ]?est (?:municipal|communal|public|priv[ée]|associatif|familial|pas loin|[àa] c[ôo]t[ée]|en face|pr[èe]s d)[\w'’ -]{0,40}$"
)
"""« la médiathèque d'Hautmont c'est municipal »: what it is, after its name."""

_OWN_LABELS = {
    name: re.compile(
        rf"(?i)\b(?:l['’]|la |le |mon |ma ){words}\s(?:c['’ ]?est|cest|(?:il |elle |[çc]a )?s['’]app?el+e|:)\s(?!pas\b)(?P<value>[^.;!?]{{2,120}}?)(?:,?\s(?:et )?pas\s[^.;!?]{{2,40}})?$"
    )
    for name, words in {
        "entreprise": "(?:entreprise|bo[îi]te|soci[ée]t[ée]|boutique|restaurant|resto|garage|magasin|salon|atelier|snack|ferme|h[ôo]tel|boulangerie|clinique|[ée]cole|association|asso)",
        "adresse": "adresse",
    }.items()
}
_OWN_ROLES: Mapping[str, tuple[str, ...]] = {
    "conseiller": ("conseiller",), "tuteur": ("tuteur",), "representant": ("representant", "tuteur", "proche"),
    "urgence": ("proche",),
}  # fmt: skip
_CALLED = re.compile(r"(?i)\bc['’ ]?est\b|\bcest\b|app?el|[:=,]")
_HEDGE = re.compile(
    r"(?i)^[\s,]{1,2}(?:je (?:crois|pense)|il me semble|sauf erreur|je (?:te |vous )?l['’]ai (?:d[ée]j[àa] )?di[ts]?|je (?:te|vous) dis|je tai dis?|d[ée]j[àa] dit)(?!\w)"
)
_OPENINGS = frozenset({"oui", "alors", "donc", "bah", "ben", "euh", "bonjour"})


def _labelled(scene: Scene, step: Step | None, text: str) -> Iterator[_Told]:
    """« Métier visé : boulanger. Entreprise : Le Fournil »: questions named with their answers."""
    for found in _LABEL.finditer(text):
        owner = apart.step_labelled(scene, found["name"])
        if owner is None or owner is step or owner.name == "consentement":
            continue
        if owner.name in _OF_ONESELF and _THEIRS.match(found["name"]):
            continue  # « son mail : … »
        if any(scene.values.get(champ) is not None for champ in owner.fields):
            continue
        value = found["value"]
        if owner.asking in {Asking.TEXT, Asking.TRADE, Asking.OFFICE} and owner.name != "activites":
            value = value.partition(",")[0]
        read = answering.read_step(scene, owner, " ".join(value.split()).strip(" .,"))
        if isinstance(read, Filled):
            yield _Told(read.values, found.start(), found.start("value") + len(value))


def _welcomes(text: str, person: ToldPerson) -> bool:
    """Whether somebody is said to be the tutor, or to show the work: they come before whoever only runs the place."""
    named = "tut" in text[person.start : person.end].lower()
    return named or _TEACHES.match(text, person.end) is not None


_TEACHES = re.compile(
    r"(?i)\s(?:qui|il|elle|lui)\s(?:va )?(?:me |m['’])(?:montr|appren|sui[tv]|encadr|accompagn|guid|form|expliqu)"
)
_OF_ONESELF = frozenset({"contact", "identite", "date_naissance"})
_THEIRS = re.compile(r"(?i)(?:son|sa|ses|leur|ses)\b")
_LABEL = re.compile(
    r"(?i)(?<![\w'’])(?P<name>(?:(?:le|la|les|l['’]|mon|ma|mes|son|sa)\s?)?[a-zéèêàçôûîù'’]+(?: [a-zéèêàçôûîù'’]+){0,3}) ?[:=] ?(?P<value>[^:=\n]{2,120}?)"
    r"(?=[.;!?]\s|\n|[.;!?]?$|,\s[a-zéèêàçôûîù'’ ]{3,30} ?[:=]|,\s{2,})"
)


def _person(scene: Scene, person: ToldPerson, place: _Place) -> Iterator[_Told]:
    told = f"{person.name}, {person.function}" if person.function and person.role == "tuteur" else person.name
    read = answering.read_field(scene, place.name, told)
    if not isinstance(read, Value):
        return
    yield _Told({place.name: read.value}, _clause_start(scene.text, person.start), _clause_end(scene.text, person.end))
    told_ways = whose.ways_owned(scene, scene.text, None)
    for champ, kind in ((place.phone, "phone"), (place.email, "email")):
        found = [one for one in told_ways if one.kind == kind and _is_theirs(scene, person, one.start)]
        if champ is not None and len(found) == 1 and scene.values.get(champ) is None:
            way = answering.read_field(scene, champ, found[0].written)
            if isinstance(way, Value):
                yield _Told({champ: way.value}, found[0].start, found[0].end)


def _is_theirs(scene: Scene, person: ToldPerson, at: int) -> bool:
    """Whether an address or a number stands in the sentence of this person, and is not said to be somebody else's."""
    between = scene.text[person.end : at] if at > person.start else scene.text[at : person.start]
    broken = _SENTENCE_ENDS.search(between)
    goes_on = broken is not None and at > person.start and _GOES_ON.match(between[broken.end() :])
    said_of = whose.owner(scene, scene.text, at)
    return (broken is None or bool(goes_on)) and said_of in {"", _HELD_AS[person.role]}


_HELD_AS = {"conseiller": "conseiller", "tuteur": "tuteur", "representant": "parent", "proche": "tiers"}
_SENTENCE_ENDS = re.compile(r"(?:(?<=[^\W\d_]{4})[.;!\n]|\n)\s{0,3}")
_GOES_ON = re.compile(r"(?i)(?:son|sa|ses|il|elle|lui|t[ée]l|num|joignable|c['’ ]est (?:le|son))\b")


def _nobody_of_here(scene: Scene, person: ToldPerson) -> bool:
    """« mon ancien patron Karim », « la conseillère de mon frère »."""
    around = scene.text[max(0, person.start - 25) : person.end + 30]
    others = ("personnes.d_avant",) if person.role == "representant" else ("personnes.d_avant", "personnes.autre_sujet")
    return bool(said(scene.house.spoken, around, *others))


def _clause_end(text: str, at: int) -> int:
    found = _CLAUSE_ENDS.search(text, at)
    return found.start() if found else len(text)


def _clause_start(text: str, at: int) -> int:
    """Where the words that only lead to the person begin: « celui qui me suit là-bas, c'est … »."""
    begins = max((found.end() for found in re.finditer(r"[,;.!?\n]\s", text[:at])), default=0)
    return begins if _LEADS.fullmatch(text[begins:at]) else at


_LEADS = re.compile(
    r"(?i)(?:(?:et|celui|celle|qui|le|la|me|m['’]|suit|suivra|encadre|encadrera|accueille|accueillera|s['’]occupe de moi|l[àa](?:[ -]bas)?|sur place|c['’ ]?est|ce sera|sera|pour)\s?)*"
)


def _apart(told: Iterator[_Told]) -> list[_Told]:
    """Those that share no word and no field, but a figure inside a person's clause."""
    kept: list[_Told] = []
    for one in told:
        crossing = any(one.start < other.end and other.start < one.end for other in kept)
        inside = any(other.start <= one.start and one.end <= other.end for other in kept)
        known = {champ for other in kept for champ in other.values}
        if known.isdisjoint(one.values) and (inside or not crossing):
            kept.append(one)
        elif known.isdisjoint(one.values) and one.start < min(other.start for other in kept if one.end > other.start):
            kept.append(replace(one, end=min(other.start for other in kept if other.end > one.start)))
    return kept


def _without(text: str, told: list[_Told]) -> str:
    """The text without what is told, nor the commas and little words that led to it."""
    for one in sorted(told, key=lambda each: -each.start):
        text = f"{text[: one.start]}{text[one.end :]}" if one.start < len(text) else text
    return tidied(text)


def tidied(text: str) -> str:
    """A text from which words were taken out, without the commas and little words that led to them."""
    bare = _COMMAS.sub(", ", _STOPS.sub(".", _BEFORE_STOP.sub("", " ".join(text.split()))))
    bare = _LEFT_OVER.sub("", bare)
    bare = re.sub(r"(?i)^[\s,;:.]*(?:(?:et|mais)\b)?[\s,;:.]*", "", bare).strip()
    return re.sub(r"(?<=[^\W\d_]{4})\.$", "", bare)


_BEFORE_STOP = re.compile(r"(?<!\s)\s(?=[,;.])")
_COMMAS = re.compile(r"(?<![ ,;])[ ]?[,;](?:[ ,;]{1,9})?")
_STOPS = re.compile(r"(?<=\w)\s?[.](?:\s?[.,;]){1,9}")
_LEFT_OVER = re.compile(r"(?i)(?<![\s,;:])[\s,;:]{1,4}(?:et|avec|mais|au|à|son (?:num[ée]ro|tel))?[\s,;:.]{0,4}$")
