"""A text as the answer to one step: values, a question back, or a refusal with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from bot.conversation import listed
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.champs import BY_CHAMP, IF_KNOWN, Champ, Kind
from bot.domain.regles import dernier_jour
from bot.domain.session import Json
from bot.form.flow import Asking, Step
from bot.form.recap import shown
from bot.reading.anew import ANEW
from bot.reading.choices.precautions import equipment_told
from bot.reading.choices.situations import bodies_in
from bot.reading.dates import past, single
from bot.reading.names.first_names import is_first_name
from bot.reading.names.full_name import FullName, read_name
from bot.reading.names.reach import EMAIL, PHONE, SIRET, ways_told
from bot.reading.names.signatory import named_again, same_as_tutor
from bot.reading.names.somebody import somebody, wholly_told
from bot.reading.names.street import STREET, looks_like_a_place, street_told
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain
from bot.reading.spoken import said
from bot.reading.story.stated_figures import figures_told

_TO = re.compile(r"\b(?:au|a|à|jusqu['’]au)\b|->|→", re.IGNORECASE)
_ENDS = {Champ.DATE_DEBUT: "date_debut", Champ.DATE_FIN: "date_fin"}
_READ_AS = {Kind.SIRET: "siret", Kind.EMAIL: "email", Kind.PHONE: "telephone"}
"""Kinds that one reader reads whoever's they are."""

BOTH = "les-deux"
_AS_TUTOR = {
    Champ.TUTEUR: Champ.SIGNATAIRE,
    Champ.TUTEUR_EMAIL: Champ.SIGNATAIRE_EMAIL,
    Champ.TUTEUR_TELEPHONE: Champ.SIGNATAIRE_TELEPHONE,
}


@dataclass(frozen=True, slots=True)
class Filled:
    """Values read, and remarks (code, params) to say with them."""

    values: Mapping[Champ, Json]
    remarks: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Unsure:
    """A question to ask back about one field, with values to tap."""

    champ: Champ
    ask: Ask


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the text does not fit the field."""

    champ: Champ
    why: Rejected


Outcome: TypeAlias = Filled | Unsure | Refused

__all__ = [
    "EMAIL", "LED", "MENDED", "PHONE", "SIRET", "STREET", "Filled", "Outcome", "Refused", "Unsure", "introduced", "outcome",
    "read_field", "read_step", "surely_named", "surely_told", "taken", "whole_only",
]  # fmt: skip


def read_step(scene: Scene, step: Step, text: str) -> Outcome:
    """Read `text` as the answer to `step`, whatever its kind."""
    own = _OWN.get(step.asking)
    if own is not None:
        return own(scene, step, text)
    match step.asking:
        case Asking.DETAILS if step.champs == (Champ.SIGNATAIRE,):
            return _signatory(scene, step, text)
        case Asking.DETAILS:
            return _details(scene, step, text)
        case Asking.TEXT if step.champs == (Champ.ENTREPRISE,) and SIRET.search(text):
            return _company(scene, text)
        case Asking.TEXT if step.champs == (Champ.ADRESSE,):
            return _address(scene, text)
        case Asking.TEXT if step.champs == (Champ.CONSEILLER,):
            return _adviser(scene, text)
        case _:
            return outcome(step.champs[0], read_field(scene, step.champs[0], text))


def _address(scene: Scene, text: str) -> Outcome:
    """The address alone; words that have nothing of one are read back before they are kept."""
    read = outcome(Champ.ADRESSE, read_field(scene, Champ.ADRESSE, street_told(text)))
    if not isinstance(read, Filled) or looks_like_a_place(text):
        return read
    label = scene.house.words.step(Champ.ADRESSE.value, "libelle")
    kept = read.values[Champ.ADRESSE]
    return Unsure(
        Champ.ADRESSE, Ask("noter", {"texte": text[:120], "champ": label}, ((scene.house.words.say("oui"), kept),))
    )


def _adviser(scene: Scene, text: str) -> Outcome:
    """Whoever follows the person; several words in which nobody and no body is named are read back first."""
    read = outcome(Champ.CONSEILLER, read_field(scene, Champ.CONSEILLER, text))
    words = text.split()
    named = re.search(r"(?<!^)[A-ZÉÈÀ]", text) or bodies_in(plain(text)) or any(map(is_first_name, words))
    if not isinstance(read, Filled) or len(words) <= A_FEW or named or _FOLLOWS.search(plain(text)):
        return read
    label = scene.house.words.step(Champ.CONSEILLER.value, "libelle")
    kept = read.values[Champ.CONSEILLER]
    return Unsure(
        Champ.CONSEILLER, Ask("noter", {"texte": text[:120], "champ": label}, ((scene.house.words.say("oui"), kept),))
    )


A_FEW = 3
"""Words of a name told without capitals, or of a service: « mme le goff », « chrs du port »."""

_FOLLOWS = re.compile(
    r"\b(?:m|mr|mme|monsieur|madame|agence|antenne|mission|locale|foyer|chrs|association|asso|service|centre|conseiller\w*|referent\w*|assistante?|educ\w*|cip|format\w+|structure|maison|espace|bureau)\b"
)


def _office(scene: Scene, step: Step, text: str) -> Outcome:
    """An office by its name or its town; several are offered, and an unknown one is said to be so."""
    del step
    body = scene.draft.orientation.organisme if scene.draft.orientation else ""
    found = listed.offices_named(scene, text, body)
    if found.bureau is not None:
        return Filled(listed.office_values(scene, found.bureau))
    if not found.candidats:
        return Refused(Champ.BUREAU, Rejected("inconnu"))
    offered = [(listed.office_label(scene, one), listed.office_values(scene, one)) for one in found.candidats]
    values = tuple((label, {champ.value: one for champ, one in kept.items()}) for label, kept in offered)
    return Unsure(Champ.BUREAU, Ask("lequel", {}, values))


def _trade(scene: Scene, step: Step, text: str) -> Outcome:
    """The person's own words; the nearest official names are offered with them, never put in their place."""
    read = read_field(scene, Champ.METIER, text)
    told, sure = str(read.value) if isinstance(read, Value) else "", 0.0
    if read == Ask("metier.entreprise"):
        # « travailler dans un garage » names no trade, and the list may know what one does there.
        told, sure = text.strip(), listed.SURE
    near = listed.trades_near(scene, told, sure) if told else ()
    if not near or told in dict(scene.house.words.choices(step.name)):
        return outcome(Champ.METIER, read)
    own = scene.house.words.say("boutons.mes_mots", texte=told[:40])
    return Unsure(Champ.METIER, Ask("proches", {"texte": told}, (*near, (own, {Champ.METIER.value: told}))))


def read_field(scene: Scene, champ: Champ, text: str) -> Reading:
    """Read one field; a preset's label reads like the words it shows."""
    step = scene.house.flow.step_of(champ)
    asking = step.asking if step else Asking.TEXT
    context = scene.context(_numbered(scene, step) if step else ())
    match asking:
        case Asking.TICKS:
            return scene.house.reader.read(BY_CHAMP[champ].kind, text, context)
        case Asking.TEXT | Asking.NAMES:
            return _free(scene, champ, text, context)
        case Asking.YES_NO:
            return scene.house.reader.read("oui_non", text, context)
        case Asking.DETAILS if BY_CHAMP[champ].kind not in _READ_AS:
            return _free(scene, champ, text, context)
        case _:
            # `champ` says whose number this is: those of the other signatories must differ.
            context = replace(context, answers={**context.answers, "champ": champ.value})
            return scene.house.reader.read(_READ_AS.get(BY_CHAMP[champ].kind, champ.value), text, context)


def _numbered(scene: Scene, step: Step) -> tuple[str, ...]:
    """What « 2 » may mean: the choices on the first page; a ready-made answer reads like the words it shows."""
    choices = scene.house.words.choices(step.name)
    shown = choices if len(choices) <= 6 else choices[:5]
    return tuple(value if step.asking is Asking.CHOICE else label for value, label in shown)


def _free(scene: Scene, champ: Champ, text: str, context: ReadContext) -> Reading:
    known: dict[str, Json] = {**context.answers, "champ": champ.value, "longueur_max": BY_CHAMP[champ].longest}
    # A free question asks for nobody's number or address: what looks like one is dropped, and said.
    found = bool(EMAIL.search(text) or PHONE.search(text))
    bare = PHONE.sub("", EMAIL.sub("", text)).strip(" ,;:-") if found else text
    read = scene.house.reader.read("texte_libre", bare, replace(context, answers=known))
    if isinstance(read, Value) and found:
        return replace(read, remarks=(*read.remarks, "coordonnees_retirees"))
    return read


def outcome(champ: Champ, reading: Reading) -> Outcome:
    """A reading, tied to its field."""
    match reading:
        case Value():
            return Filled({champ: reading.value}, tuple((code, reading.params) for code in reading.remarks))
        case Ask():
            return Unsure(champ, reading)
        case Rejected():
            return Refused(champ, reading)


def _period(scene: Scene, step: Step, text: str) -> Outcome:
    start, end = step.champs
    if start is Champ.CONTRAT_DEBUT and step.missing(scene.draft) != (end,):
        return _contract(scene, step, text)
    both = scene.house.reader.read("periode", text, scene.context()) if start is Champ.DATE_DEBUT else None
    if isinstance(both, Value) and isinstance(both.value, dict):
        values = {champ: both.value[name] for champ, name in _ENDS.items() if both.value.get(name)}
        return Filled(values, tuple((code, both.params) for code in both.remarks))
    if isinstance(both, Rejected) and both.code == "fin.trop_longue":
        return _latest_end(scene, text, both)
    missing = step.missing(scene.draft)
    wanted = end if missing == (end,) else start
    single = read_field(scene, wanted, text)
    return outcome(wanted, both if both is not None and _better(both, single, alone=missing == (end,)) else single)


def _better(both: Reading, single: Reading, *, alone: bool) -> bool:
    """Whether the reading of the two dates says more than that of the one date that is missing."""
    pair = isinstance(both, Ask) and any(isinstance(value, dict) for _, value in both.proposals)
    match single:
        case Value():
            return pair and not alone
        case Ask(proposals=offered):
            return pair or (isinstance(both, Ask) and not offered)
        case Rejected():
            return not (alone and isinstance(both, Rejected))


def _latest_end(scene: Scene, text: str, why: Rejected) -> Outcome:
    """Too long: refused with its reason; the start is kept and the latest end that the law allows is offered."""
    first = _TO.split(text, maxsplit=1)[0]
    read = scene.house.reader.read("date_debut", first, scene.context())
    start = read.value if isinstance(read, Value) else scene.values.get(Champ.DATE_DEBUT)
    if not isinstance(start, str):
        return Refused(Champ.DATE_FIN, why)
    end = dernier_jour(date.fromisoformat(start), scene.house.regles).isoformat()
    label = " → ".join(shown(scene.house.words, Champ.DATE_DEBUT, day) for day in (start, end))
    values: dict[str, Json] = {Champ.DATE_DEBUT.value: start, Champ.DATE_FIN.value: end}
    return Unsure(Champ.DATE_DEBUT, Ask(why.code, why.params, ((label, values),)))


def _contract(scene: Scene, step: Step, text: str) -> Outcome:
    """The two dates of a contract, often long past and future: each by its label, else in their order."""
    values: dict[Champ, Json] = {}
    reading: Reading = Rejected("illisible")
    for champ, day in zip(step.champs, single.contract_days(text), strict=False):
        if not day:
            continue
        known = {**scene.values, **{one.value: told for one, told in values.items()}}
        reading = scene.house.reader.read(champ.value, day, replace(scene.context(), answers=known))
        if not isinstance(reading, Value):
            return outcome(champ, reading)
        values[champ] = reading.value
    return (
        Filled(values)
        if values
        else outcome(step.champs[0], scene.house.reader.read(step.champs[0].value, text, scene.context()))
    )


def _past(scene: Scene, step: Step, text: str) -> Outcome:
    """The two dates of an earlier stay, or the one that is missing; « du 5 au 16 octobre » says the month once."""
    start, end = step.champs
    parts = [part.strip() for part in _TO.split(text, maxsplit=1) if part.strip()]
    if len(parts) < 2:
        wanted = end if step.missing(scene.draft) == (end,) else start
        return outcome(wanted, scene.house.reader.read(wanted.value, text, scene.context()))
    values: dict[Champ, Json] = {}
    for champ, part in zip(step.champs, (past.completed(*parts), parts[1]), strict=True):
        context = replace(scene.context(), answers={**scene.values, **{one.value: day for one, day in values.items()}})
        reading = scene.house.reader.read(champ.value, part, context)
        if not isinstance(reading, Value):
            return outcome(champ, reading)
        values[champ] = reading.value
    return Filled(values)


def _ticked(scene: Scene, step: Step, text: str) -> Outcome:
    """One tap or a few words for several fields; where they do not tell which, each choice is offered."""
    labels = scene.house.words.choices(step.name)
    tapped = next((value for value, label in labels if plain(label) == plain(text)), None)
    if tapped is not None:
        return Filled(_ticks(step, tapped, others="non"))
    match scene.house.reader.read(step.name, text, scene.context(_numbered(scene, step))):
        case Value(value=dict() as apart):
            return Filled(
                {**{Champ(name): value for name, value in apart.items()}, **_which(apart, scene.written or text)}
            )
        case Value(value=str() as said):
            chosen = next((value for value, label in labels if said in {value, label}), said)
            # Words that name one say nothing of the other; a button among « both » does.
            ticked = _ticks(step, chosen, others="non" if chosen != said else "ne-sait-pas")
            return Filled({**ticked, **_which(ticked, scene.written or text)})
        case Rejected() as why:
            return Refused(step.champs[0], why)
    offered = tuple(
        (label, {champ.value: one for champ, one in _ticks(step, value, others="non").items()})
        for value, label in labels
    )
    return Unsure(step.champs[0], Ask("lequel", {}, offered))


def _which(ticked: Mapping[Champ, Json], text: str) -> dict[Champ, Json]:
    """The equipment that is named, where there is one."""
    told = equipment_told(text) if ticked.get(Champ.EQUIPEMENTS) == "oui" else ""
    return {Champ.EQUIPEMENTS_PRECISION: told} if told else {}


def _ticks(step: Step, chosen: str, *, others: str) -> dict[Champ, Json]:
    """What a choice says of each field: a field's name, both of them, or one value for all."""
    if chosen in IF_KNOWN:
        return dict.fromkeys(step.champs, chosen)
    return {champ: "oui" if chosen in {champ.value, BOTH} else others for champ in step.champs}


def _signatory(scene: Scene, step: Step, text: str) -> Outcome:
    """Who signs; whoever is the tutor keeps the tutor's name and ways, but for those written now."""
    told, rest = _told(step, text)
    tutor = str(scene.values.get(Champ.TUTEUR) or "")
    pointed = same_as_tutor(rest.strip(" ,;.")) and (bool(tutor) or not told)
    if not pointed and not (tutor and named_again(somebody(rest, scene.house.reader.knows_trade), tutor)):
        return _details(scene, step, text)
    same = _tutor_signs(scene)
    if not isinstance(same, Filled) or not told:
        return same
    ways = _details(scene, step, ", ".join(found for _, several in told for found in several))
    return replace(ways, values={**same.values, **ways.values}) if isinstance(ways, Filled) else ways


def _tutor_signs(scene: Scene) -> Outcome:
    """The tutor's name, e-mail and phone, where they are known."""
    values = {mine: scene.values[own] for own, mine in _AS_TUTOR.items() if scene.values.get(own)}
    if Champ.SIGNATAIRE not in values:
        return Refused(Champ.SIGNATAIRE, Rejected("tuteur_inconnu"))
    return Filled(values)


def _names(scene: Scene, step: Step, text: str) -> Outcome:
    """First name then name, however they are presented; a single word fills the first that is missing."""
    own, bare = _ways_to_reach(scene, text.strip())
    read = _named_names(scene, step, bare)
    return Filled({**read.values, **own}, read.remarks) if own and isinstance(read, Filled) else read


def _ways_to_reach(scene: Scene, text: str) -> tuple[dict[Champ, Json], str]:
    """An e-mail and a phone written beside one's name: kept for their own question, and the text without them."""
    found: dict[Champ, Json] = {}
    for shape, champ in ((EMAIL, Champ.EMAIL), (PHONE, Champ.TELEPHONE)):
        seen = shape.search(text)
        if seen is None:
            continue
        read = read_field(scene, champ, seen.group())
        if isinstance(read, Value) and scene.values.get(champ) is None:
            found[champ] = read.value
        text = f"{text[: seen.start()]} {text[seen.end() :]}"
    return found, re.sub(r"(?i)\b(?:t[ée]l(?:[ée]phone)?|e-?mail|mail|port(?:able)?)$", "", text.rstrip(" :\n")).strip(
        " ,;:.-"
    )


def _named_names(scene: Scene, step: Step, bare: str) -> Outcome:
    first, last = step.champs
    missing = step.missing(scene.draft)
    told = None if "?" in bare else read_name(bare)
    if told is None:
        return Refused(missing[0] if len(missing) == 1 else first, Rejected("nom_invalide"))
    if len(missing) == 1:
        parts = {missing[0]: _half(scene, told, missing[0], of=step)}
    elif told.alone:
        parts = {first: told.alone}
    else:
        parts = {champ: part for champ, part in ((first, told.first), (last, told.last)) if part}
    readings = {champ: read_field(scene, champ, part) for champ, part in parts.items()}
    for champ, reading in readings.items():
        if not isinstance(reading, Value):
            return outcome(champ, reading)
    return Filled({champ: reading.value for champ, reading in readings.items() if isinstance(reading, Value)})


def surely_told(scene: Scene, step: Step, text: str) -> bool:
    """Whether a message with no question mark gives all that its question wants, however it opens: « je peux du 4 au 15 »."""
    if "?" in text or step.asking not in {Asking.PERIOD, Asking.HOURS, Asking.DETAILS}:
        return False
    if step.asking is Asking.PERIOD and len([one for one in figures_told(text) if one.champ is Champ.DATE_DEBUT]) == 1:
        return True
    if step.name == "contact":
        return bool(_told(step, text)[0])
    if step.asking is Asking.DETAILS:
        named = len(_CAPITAL.findall(text)) > 1
        return named and wholly_told(ways_told(text).rest, scene.house.reader.knows_trade)
    read = read_step(scene, step, text)
    return isinstance(read, Filled) and set(step.champs) <= set(read.values)


def surely_named(step: Step, read: Outcome) -> bool:
    """Whether a whole name was read at its own question, its first word a first name people bear."""
    if step.asking is not Asking.NAMES or not isinstance(read, Filled):
        return False
    told = [str(read.values.get(champ) or "") for champ in step.champs]
    return all(told) and is_first_name(told[0].split()[0])


def _half(scene: Scene, told: FullName, champ: Champ, *, of: Step) -> str:
    """The half that is missing: the one so labelled, else every word told but those of the half that is known."""
    labelled = told.first if champ is of.champs[0] else told.last
    if not told.whole:
        return labelled or told.first or told.last
    known = plain(" ".join(str(scene.values.get(one) or "") for one in of.champs if one is not champ)).split()
    left = " ".join(word for word in told.whole.split() if plain(word) not in known)
    return left or told.whole


def whole_only(scene: Scene, step: Step, text: str) -> bool:
    """Whether a message is read whole: one period, days in a row, one street, of which a clause alone is another thing."""
    if step.asking is Asking.PERIOD:
        read = _period(scene, step, text)
        return (
            _DAYS_LISTED.search(text) is not None
            or (isinstance(read, Filled) and len(read.values) == len(step.champs))
            or (isinstance(read, Unsure) and any(isinstance(value, dict) for _, value in read.ask.proposals))
        )
    if step.asking is Asking.DETAILS and step.name != "contact":
        return wholly_told(ways_told(text).rest, scene.house.reader.knows_trade)
    return step.name == "adresse" and len(STREET.findall(text)) == 1


_DAYS_LISTED = re.compile(r"(?<![\d/.])\d{1,2}(?:er)?\s?,\s?(?:le )?\d{1,2}\b(?!h|:|/)")
"""« les 8, 9 et 11 »."""


def _company(scene: Scene, text: str) -> Outcome:
    """A name with its SIRET in one message: both are kept, where the number is right."""
    found = SIRET.search(text)
    number = read_field(scene, Champ.SIRET, found.group()) if found else Rejected("illisible")
    name = read_field(
        scene, Champ.ENTREPRISE, SIRET.sub(" ", text).replace("SIRET", "").replace("siret", "").strip(" ,:;-")
    )
    if not isinstance(name, Value):
        return outcome(Champ.ENTREPRISE, name)
    street = STREET.search(str(name.value))
    if street is not None and street.start() > 1:
        read = read_field(scene, Champ.ADRESSE, street.group().strip(" ,;"))
        name = replace(name, value=str(name.value)[: street.start()].strip(" ,;:-"))
        values: dict[Champ, Json] = {Champ.ENTREPRISE: name.value}
        if isinstance(read, Value):
            values[Champ.ADRESSE] = read.value
    else:
        values = {Champ.ENTREPRISE: name.value}
    if isinstance(number, Value):
        values[Champ.SIRET] = number.value
    return Filled(values, tuple((code, name.params) for code in name.remarks))


def _details(scene: Scene, step: Step, text: str) -> Outcome:
    """A name, an address, a phone, a SIRET in one message, written or dictated, in any order.

    What is read is kept; what is not is said, or proposed right, beside it.
    """
    values: dict[Champ, Json] = {}
    remarks: list[tuple[str, Mapping[str, str]]] = []
    doubts: list[tuple[Champ, Ask | Rejected]] = []
    told, rest = _told(step, text)
    for champ, found in told:
        reading = _one_of(scene, champ, found)
        if isinstance(reading, Value):
            values[champ] = reading.value
            remarks += [(code, reading.params) for code in reading.remarks]
        else:
            elsewhere = taken(scene, champ, reading)
            doubts.append((champ, _whose(scene, champ, elsewhere) if elsewhere else reading))
    if doubts and not values and len(told) == 1:
        named = _named(scene, step, rest, {}, ()) if _has_name(step, scene) else None
        if not isinstance(named, Filled):
            return outcome(*doubts[0])
    read = _named(scene, step, rest, values, tuple(remarks))
    return _with_doubts(read, doubts)


def _told(step: Step, text: str) -> tuple[list[tuple[Champ, tuple[str, ...]]], str]:
    """What each field of the step that has a shape of its own is told, and the other words."""
    wanted = {BY_CHAMP[champ].kind: champ for champ in reversed((*step.fields, *step.takes))}
    told: list[tuple[Champ, tuple[str, ...]]] = []
    company = SIRET.search(text) if Kind.SIRET in wanted else None
    if company is not None:
        told.append((wanted[Kind.SIRET], (company.group(),)))
        text = f"{text[: company.start()]}, {text[company.end() :]}"
    ways = ways_told(text)
    for kind, found in ((Kind.EMAIL, ways.emails), (Kind.PHONE, ways.phones)):
        if kind in wanted and found:
            told.append((wanted[kind], found))
    return told, ways.rest


def _one_of(scene: Scene, champ: Champ, found: tuple[str, ...]) -> Reading:
    """The one value told, or which of several."""
    read = [read_field(scene, champ, one) for one in found]
    right = {str(one.value): one for one in read if isinstance(one, Value)}
    if len(right) > 1:
        return Ask(f"{BY_CHAMP[champ].kind.value}.un_seul", proposals=tuple((one, one) for one in right))
    return next(iter(right.values()), read[0])


@dataclass(frozen=True, slots=True)
class Taken:
    """An address or a number that somebody else of the request holds already."""

    value: str
    held_by: tuple[Champ, ...]


def taken(scene: Scene, champ: Champ, read: Reading) -> Taken | None:
    """What a refusal says is another's, and whose; None where it was refused for another reason."""
    if not isinstance(read, Rejected) or not read.code.endswith(".deja_pris"):
        return None
    value, kind = next(iter(read.params.values()), ""), BY_CHAMP[champ].kind
    free = {
        champ,
        *(_AS_TUTOR if champ in _AS_TUTOR.values() else ()),
        *(_AS_TUTOR.values() if champ in _AS_TUTOR else ()),
    }
    held = tuple(
        one for one, row in BY_CHAMP.items() if row.kind is kind and one not in free and scene.values.get(one) == value
    )
    return Taken(value, held) if held else None


def _whose(scene: Scene, champ: Champ, found: Taken) -> Ask:
    """Whether it is this person's, and then no more the other's; two buttons."""
    own, other = (f"{_label(scene, one)} : {found.value}" for one in (champ, found.held_by[0]))
    moved: dict[str, Json] = {champ.value: found.value, **{one.value: None for one in found.held_by}}
    offered: tuple[tuple[str, Json], ...] = ((own, moved), (other, {found.held_by[0].value: found.value}))
    return Ask(f"a_qui_{_READ_AS[BY_CHAMP[champ].kind]}", {"champ": _label(scene, found.held_by[0])}, offered)


def _label(scene: Scene, champ: Champ) -> str:
    step = scene.house.flow.step_of(champ)
    name = step.name if step else champ.value
    return scene.house.words.first(f"demande.{name}.libelle_{champ}", f"demande.{name}.libelle")


def _has_name(step: Step, scene: Scene) -> bool:
    """Whether the step still wants words of another shape than a number or an address."""
    return any(BY_CHAMP[champ].kind not in _READ_AS for champ in step.missing(scene.draft))


def _with_doubts(read: Outcome, doubts: list[tuple[Champ, Ask | Rejected]]) -> Outcome:
    """What was read, with a doubt to settle beside it: a proposal holds both, a refusal is said."""
    if not isinstance(read, Filled) or not doubts:
        return read
    champ, why = doubts[0]
    if isinstance(why, Ask) and why.proposals:
        kept = {one.value: value for one, value in read.values.items()}
        offered = tuple(
            (label or str(value), {**kept, **(value if isinstance(value, dict) else {champ.value: value})})
            for label, value in why.proposals
        )
        return Unsure(champ, replace(why, proposals=offered))
    return Filled(read.values, (*read.remarks, *((one.code, one.params) for _, one in doubts)))


LED = re.compile(
    r"(?i)^(?:(?:mettez|mets|met|notez|note|prenez|mais|donc|alors|du coup|et|ben|bah|euh|bon|voil[àa]|non|enfin|sinon|maintenant|aujourd['’]hui|pour (?:moi|lui)|moi)\b[\s,:]*)+"
)
"""What a clause opens with and that says nothing."""

_SAID_AS = re.compile(
    r"(?i)(?:\bc ?['’]? ?est|s['’ ]?appelle(?:ra)?|\bse nomme|\bsera|\bserait|\bse trouve|\bsitu[ée]e?|:)\s+(?:au |à |a l['’]adresse |chez )?"
)
MENDED = ANEW
"""Where a person says anew what they have just written."""

_CAPITAL = re.compile(r"\b[A-ZÉÈÀÂÎÔ][\w'’-]+")

LINK = 3
"""Words: « ma reum », « mon grand frère »: a link, and nobody named."""


def introduced(text: str) -> str:
    """« le tuteur là-bas c'est monsieur Blin » → « monsieur Blin »; the text itself where no name is introduced."""
    for found in _SAID_AS.finditer(text):
        before, rest = text[: found.start()], text[found.end() :].strip()
        if _CAPITAL.search(before.strip()[1:]) or re.search(r"[\d@]", before):
            break
        if _CAPITAL.match(rest) or re.match(r"(?i)(?:m\.|mme|monsieur|madame|mr)\s|\d", rest):
            return rest
    return LED.sub("", text).strip() or text


def _named(
    scene: Scene, step: Step, rest: str, values: dict[Champ, Json], remarks: tuple[tuple[str, Mapping[str, str]], ...]
) -> Outcome:
    """What is left is the name, where the step wants one."""
    name = next((champ for champ in step.champs if BY_CHAMP[champ].kind not in _READ_AS), None)
    linked = said(scene.house.spoken, rest, "personnes.lien_seul") and len(plain(rest).split()) <= LINK
    if name and linked and len(_CAPITAL.findall(rest)) < LINK - 1:
        missing_name = Rejected("nom_manquant")
        return Filled(values, (*remarks, (missing_name.code, {}))) if values else Refused(name, missing_name)
    alone = somebody(rest, scene.house.reader.knows_trade) if name else rest
    left = re.sub(r" ?,[ ,]*", ", ", " ".join(alone.split())).strip(" ,;:.-/")
    left = re.sub(r"(?i)(?<![\s,])[\s,]+(?:au|à|a|c['’ ]?est|le|son (?:num[ée]ro|t[ée]l|mail))$", "", left)
    missing = [champ for champ in step.missing(scene.draft) if champ not in values]
    if name and name in missing and not values and not left and step.name != Champ.EMPLOYEUR:
        return Refused(name, Rejected("nom_manquant"))
    if name and len(plain(left)) > 1 and (name in missing or _named_anew(scene, name, left)):
        reading = read_field(scene, name, left)
        if not isinstance(reading, Value):
            return outcome(name, reading)
        return Filled({name: reading.value, **values}, remarks)
    if values:
        return Filled(values, remarks)
    wanted = missing[0] if missing else step.champs[0]
    return outcome(wanted, read_field(scene, wanted, left or rest))


def _named_anew(scene: Scene, champ: Champ, told: str) -> bool:
    """Whether a whole name stands there, other than the one noted: the person has answered again."""
    known, name = (plain(str(one or "").partition(",")[0]) for one in (scene.values.get(champ), told))
    civil = re.match(r"(?i)(?:m\.|mr|mme|mlle|madame|monsieur|docteur)\s\w", told)
    whole = len(name.split()) > 1 and (len(_CAPITAL.findall(told)) > 1 or is_first_name(told.split(maxsplit=1)[0]))
    same = name == known and ("," not in told or plain(told) == plain(str(scene.values.get(champ))))
    return champ is not Champ.EMPLOYEUR and not same and bool(civil or whole)


_OWN: Mapping[Asking, Callable[[Scene, Step, str], Outcome]] = {
    Asking.PERIOD: _period,
    Asking.NAMES: _names,
    Asking.PAST: _past,
    Asking.TICKS: _ticked,
    Asking.OFFICE: _office,
    Asking.TRADE: _trade,
}
"""Kinds of question that are read in their own way."""
