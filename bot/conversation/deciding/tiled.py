"""A message of several facts, laid out in tiles: those that are understood whole are kept, the rest is the message (ADR 0124)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation import answering, listed
from bot.conversation.answering import Filled
from bot.conversation.deciding import beside
from bot.conversation.doing import filling, opening
from bot.conversation.hearing import ear
from bot.conversation.scene import Scene
from bot.domain.champs import BY_CHAMP, Kind
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
from bot.domain.texte import folded
from bot.form.flow import Step
from bot.reading.choices.precautions import equipment_told
from bot.reading.choices.situations import bodies_in
from bot.reading.outcome import Ask, Rejected, Value
from bot.reading.plain import plain
from bot.reading.tiles.account import EMAILS, PHONES, Meant
from bot.reading.tiles.people import NO_NAME, name_words
from bot.reading.tiles.tokens import LONGEST
from bot.reading.tiles.told import Told

FEWEST = 2
"""Questions that a message must answer to be laid out, or one and then ask: an answer alone has its own readers."""

A_PAIR = 2
"""Values that are read back without a word before them: a body and its office, both names."""

_NOT_AT = frozenset({"consentement", "accueil", "employeur", "contrat", "sur_temps_travail", "bureau"})
"""Questions at which dates, firms and people are those of something else."""

_WHOLE = frozenset({Champ.NOM, Champ.DATE_DEBUT, Champ.HORAIRES, Champ.METIER, Champ.ADRESSE})
"""Fields read by the question that asks for them, which may fill others with them."""

_OF_A_STAY = frozenset({Champ.DATE_DEBUT, Champ.DATE_FIN, Champ.HORAIRES, Champ.ENTREPRISE})
"""Where an earlier stay is asked about, these are of that one."""

_TELLS = frozenset(
    {"pas", "plus", "non", "nan", "oui", "jamais", "rien", "sauf", "sans", "si", "ni", "moins", "plutot", "mal", "sur"}
)
"""Little words that answer, deny or doubt by themselves: « non jamais », « pas sûr »."""
_EMPTY = (NO_NAME - _TELLS) | {
    "revanche", "contre", "passage", "ailleurs", "aussi", "bref", "ensuite", "donc", "serait", "surtout",
}  # fmt: skip
"""Words that lead to something told, and tell nothing once it is kept."""

_OF_HOST = filling.OF_A_HOST | {Champ.LIEU}


@dataclass(frozen=True, slots=True)
class _Kept:
    """The values told, the questions passed, what is left of the message, and what was told and cannot be."""

    values: dict[Champ, Json]
    passed: tuple[str, ...]
    rest: str
    refused: tuple[Rejected, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is left that says something."""
        return all(word in _EMPTY for word in plain(self.rest).split())


def told_in_tiles(scene: Scene, step: Step | None) -> Reply | None:
    """Keep what the message tells of two questions or more; None where something is left for its other readers."""
    kept = _kept(scene, step)
    if kept is None or not (kept.whole or scene.session.opened):
        return None  # a first message asks as often as it tells: what it states is gathered elsewhere
    opening.ensure_open(scene)
    for name in kept.passed:
        beside.pass_by(scene, name)
    scene.lead.extend(filter(None, (scene.house.words.reading(one.code, one.params) for one in kept.refused)))
    if kept.whole:
        if len(kept.values) > A_PAIR:
            scene.say("form.compris")
        return filling.fill(scene, kept.values)
    if step is not None and (step.name in kept.passed or not set(step.fields).isdisjoint(kept.values)):
        return beside.answered(scene, step, {**_named_in(scene, kept.rest), **kept.values}, kept.rest)
    scene.message, scene.written = replace(scene.message, text=kept.rest), kept.rest
    told = {champ.value: value for champ, value in filling.with_host(scene, kept.values).items()}
    answers: dict[str, Json] = {**scene.values, **told}
    early = set(scene.house.flow.obsolete(replace(scene.draft, answers=answers))) & kept.values.keys()
    scene.beside = {**scene.beside, **{champ: kept.values[champ] for champ in early}}
    now = {champ: value for champ, value in kept.values.items() if champ not in early}
    scene.lead.extend(filling.write(scene, now) if now else ())
    if step is None or scene.pending() is step or not step.done(scene.draft):
        return None
    return beside.answered(scene, step, _named_in(scene, kept.rest), kept.rest)


def _named_in(scene: Scene, rest: str) -> dict[Champ, Json]:
    """What the rest of a message tells by name of questions without an answer yet."""
    left = replace(scene, message=replace(scene.message, text=rest))
    return {champ: one for champ, one in beside.told_by_name(left).items() if scene.values.get(champ) is None}


def tells(scene: Scene, step: Step | None, text: str) -> bool:
    """Whether a text tells of two questions or more, understood whole."""
    return _kept(replace(scene, message=replace(scene.message, text=text)), step) is not None


def with_people(scene: Scene, values: Mapping[Champ, Json]) -> dict[Champ, Json]:
    """What a first message states, and what it tells of people and places by tiles or by name.

    A number or an address that is understood as somebody else's is not the person's own.
    """
    kept = _kept(scene, None)
    told = {**beside.told_by_name(scene), **(kept.values if kept else {})}
    more = {champ: value for champ, value in told.items() if champ in _OF_PEOPLE and champ not in values and value}
    others = _of_others(scene)
    return {champ: value for champ, value in {**values, **more}.items() if champ not in others}


_OF_PEOPLE = filling.OF_A_HOST | {
    Champ.CONSEILLER, Champ.PRENOM, Champ.NOM, Champ.EMAIL, Champ.TELEPHONE, Champ.DATE_NAISSANCE, Champ.COMMUNE,
}  # fmt: skip


def _of_others(scene: Scene) -> frozenset[Champ]:
    """One's own number or address, where those that the message holds are understood as somebody else's."""
    heard = _heard(scene, None)
    understood = " ".join(scene.text[start:end] for start, end in heard.spans)
    mine = {one.champ for one in heard.meant}
    ways = ((Champ.TELEPHONE, answering.PHONE), (Champ.EMAIL, answering.EMAIL))
    return frozenset(champ for champ, shape in ways if champ not in mine and shape.search(understood))


def _heard(scene: Scene, step: Step | None) -> Told:
    asked = step.name if step is not None else ""
    return scene.house.reader.told(
        scene.text, scene.context(), scene.house.spoken, asked, lambda part: ear.asks(part, {})
    )


def _kept(scene: Scene, step: Step | None) -> _Kept | None:
    """What is understood of the message, where that is worth more than what its other readers would find."""
    if not _may_tell(scene, step):
        return None
    told = _heard(scene, step)
    values: dict[Champ, Json] = {}
    doubtful: list[Meant] = []
    refused: list[Rejected] = []
    for one in told.meant:
        read = _read(scene, one)
        if read is not None:
            values |= read
        elif (why := _refused(scene, step, one)) is not None:
            refused.append(why)
        else:
            doubtful.append(one)  # where it is asked, its own reader asks back
    if step is not None and step.name == "deja_accueilli":
        values = {champ: value for champ, value in values.items() if champ not in _OF_A_STAY}
    values |= _agency(scene, told.agency, values)
    rest = _without(scene.text, _around(told.spans, doubtful)).strip()
    passed = tuple(one.passed for one in told.meant if one.passed)
    kept = _Kept(_applied(scene, values), passed, rest, tuple(refused))
    corrects = scene.session.opened and bool(told.corrected)
    return kept if corrects or _is_worth_it(scene, step, kept, labelled=told.labelled) else None


def _refused(scene: Scene, step: Step | None, one: Meant) -> Rejected | None:
    """Why a number told beside the answer is none: said at once, and asked again in its turn."""
    if one.champ is not Champ.SIRET or (step is not None and one.champ in step.fields):
        return None
    read = answering.read_field(scene, one.champ, one.words)
    return read if isinstance(read, Rejected) else None


def _is_worth_it(scene: Scene, step: Step | None, kept: _Kept, *, labelled: bool) -> bool:
    """Two questions or more; the answer before a question of one's own; or what a label says of another question."""
    if step is None and not scene.session.opened and scene.dossier.demandes:
        return False
    flow = scene.house.flow
    steps = {owner.name for champ in kept.values if (owner := flow.step_of(champ)) is not None} | set(kept.passed)
    if len(steps) >= FEWEST or step is None:
        named = kept.whole or not kept.values.keys() <= _WAYS
        return len(steps) >= FEWEST or (bool(steps) and labelled and named and scene.session.opened)
    asks = len(kept.rest.split()) > FEWEST and ear.asks(kept.rest, {})
    named = (
        kept.whole and step.name in _OF_SOMEBODY and step.champs[0] in kept.values and not _is_tutor(scene, kept.values)
    )
    of_others = kept.whole and kept.values.keys() <= _WAYS - {Champ.TELEPHONE, Champ.EMAIL}
    return bool(steps) and (asks or named if step.name in steps else labelled or of_others)


_WAYS = frozenset({*PHONES.values(), *EMAILS.values()})
"""At the summary, where other words are left, a number alone may be told to say whose it is not."""


def _is_tutor(scene: Scene, values: Mapping[Champ, Json]) -> bool:
    """Whether whoever signs is the tutor: their question knows what goes with it."""
    tutor, signs = str(scene.values.get(Champ.TUTEUR) or ""), str(values.get(Champ.SIGNATAIRE) or "")
    return bool(name_words(tutor) & name_words(signs))


_OF_SOMEBODY = frozenset({"tuteur", "signataire", "conseiller", "urgence"})
"""Questions on somebody, whose name and function are told in one breath."""


def _agency(scene: Scene, agency: str, values: Mapping[Champ, Json]) -> dict[Champ, Json]:
    """« Cap emploi à Vannes » beside a name, or alone: an office that no list has goes with whoever follows."""
    network = values.get(Champ.SUIVI_PAR)
    if not agency or (isinstance(network, str) and listed.office_said(scene, scene.text, network)):
        return {}
    name = values.get(Champ.CONSEILLER)
    read = answering.read_field(scene, Champ.CONSEILLER, f"{name}, {agency}" if name else agency)
    return {Champ.CONSEILLER: read.value} if isinstance(read, Value) else {}


def _may_tell(scene: Scene, step: Step | None) -> bool:
    if step is not None and step.name in _NOT_AT:
        return False
    return not scene.message.forwarded and len(scene.text) <= LONGEST


def _read(scene: Scene, one: Meant) -> Mapping[Champ, Json] | None:
    """What the words fill; None where they are doubtful, or no value of that field."""
    if one.champ is None:
        return {}
    owner = scene.house.flow.step_of(one.champ)
    if owner is None:
        return None
    if BY_CHAMP[one.champ].kind is Kind.IF_KNOWN:
        return {one.champ: one.words}
    if one.champ is Champ.EQUIPEMENTS_PRECISION:
        named = equipment_told(one.words) or one.words.strip(" .")
        return {one.champ: named[: BY_CHAMP[one.champ].longest]}
    if one.champ in {Champ.NOM, Champ.PRENOM} and len(one.words.split()) == 1:
        alone = answering.read_field(scene, one.champ, one.words)
        return {one.champ: alone.value} if isinstance(alone, Value) else None
    if one.champ in _WHOLE:
        whole = answering.read_step(scene, owner, one.words)
        both = one.champ is not Champ.NOM or (
            isinstance(whole, Filled) and {Champ.NOM, Champ.PRENOM} <= set(whole.values)
        )
        return whole.values if isinstance(whole, Filled) and both else None
    read = answering.read_field(scene, one.champ, one.words)
    if isinstance(read, Ask) and one.champ is Champ.LIEU:
        return {}
    return {one.champ: read.value} if isinstance(read, Value) else None


def _applied(scene: Scene, values: dict[Champ, Json]) -> dict[Champ, Json]:
    """Without a place to look in once there is a host; another host takes away what was told of the one before."""
    known = scene.values
    hosted = not filling.OF_A_HOST.isdisjoint(values) or known.get(Champ.HOTE_CONNU) is True
    if hosted and known.get(Champ.LIEU) is None:
        values = {champ: value for champ, value in values.items() if champ is not Champ.LIEU}
    values = _with_the_office_known(scene, values)
    values = _each_its_own(scene, _without_former_tutor(scene, values))
    before, now = folded(str(known.get(Champ.ENTREPRISE) or "")), folded(str(values.get(Champ.ENTREPRISE) or ""))
    if not before or not now or before in now or now in before:
        return values
    gone: dict[Champ, Json] = {champ: None for champ in _OF_HOST if known.get(champ) is not None}
    return {**gone, **values}


def _without_former_tutor(scene: Scene, values: dict[Champ, Json]) -> dict[Champ, Json]:
    """Another tutor is not reached where the one before was."""
    known = scene.values
    before, now = (name_words(str(one.get(Champ.TUTEUR) or "")) for one in (known, values))
    if not before or not now or before & now:
        return values
    ways = (Champ.TUTEUR_EMAIL, Champ.TUTEUR_TELEPHONE)
    gone: dict[Champ, Json] = {champ: None for champ in ways if known.get(champ) is not None and champ not in values}
    return {**values, **gone}


def _with_the_office_known(scene: Scene, values: dict[Champ, Json]) -> dict[Champ, Json]:
    """« mon conseiller est Yann Le Goff », where the office alone is noted: both."""
    known, now = str(scene.values.get(Champ.CONSEILLER) or ""), str(values.get(Champ.CONSEILLER) or "")
    office = bodies_in(plain(known)) or plain(known).startswith(("agence ", "antenne "))
    if not now or not office or "," in known or bodies_in(plain(now)) or plain(now).startswith("agence "):
        return values
    read = answering.read_field(scene, Champ.CONSEILLER, f"{now}, {known}")
    return {**values, Champ.CONSEILLER: read.value} if isinstance(read, Value) else values


def _each_its_own(scene: Scene, values: dict[Champ, Json]) -> dict[Champ, Json]:
    """« le 06… c'est le numéro de Mehdi »: a number told of one person leaves whoever it was noted for."""
    told = {value for champ, value in values.items() if champ in _WAYS and value}
    held = {champ for champ in _WAYS if scene.values.get(champ) in told and champ not in values}
    return {**values, **dict.fromkeys(held)}


def _around(spans: Sequence[tuple[int, int]], left: Sequence[Meant]) -> list[tuple[int, int]]:
    """The spans without the words of what is left in them."""
    found = list(spans)
    for one in left:
        cut = [(start, end) for start, end in found if start <= one.start < end]
        found = [span for span in found if span not in cut]
        found += [part for start, end in cut for part in ((start, one.start), (one.end, end)) if part[0] < part[1]]
    return found


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return beside.tidied(text)
