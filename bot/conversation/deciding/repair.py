"""Corrections in the words people use: which field, what value; the old value is always shown."""

from dataclasses import replace
from datetime import date, timedelta

from bot.conversation import answering
from bot.conversation.answering import Filled, Refused, Unsure
from bot.conversation.deciding import apart, elsewhere
from bot.conversation.doing import ask, filling, opening
from bot.conversation.hearing.naming import exactly_named, named_step
from bot.conversation.saying import questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.session import Json
from bot.domain.texte import folded
from bot.form.flow import Asking, Step
from bot.form.recap import shown
from bot.reading.choices.situations import bodies_in
from bot.reading.dates.other_things import of_something_else
from bot.reading.dates.periods import days_told
from bot.reading.names.street import looks_like_a_place
from bot.reading.outcome import Reading, Rejected, Value
from bot.reading.plain import plain
from bot.reading.spoken import said

_OPENING = re.compile(
    r"^(?:(?:ah|oh|euh|oups|oula|mince|zut|attends?|attendez|desole|desolee|pardon|erreur|correction|en fait|finalement"
    r"|au final|enfin|plutot|non|nan|je (?:me suis|m etais) trompee?|j ai (?:oublie|fait une erreur|mal ecrit)"
    r"|je voulais (?:dire|mettre)|je corrige|je rectifie|rectification|c est plutot|ce serait plutot)\b[ ]*)+"
)
_CHANGE = re.compile(
    r"(?:je (?:veux|voudrais|souhaite|dois|peux|aimerais) |il faut |on peut |peut on |puis je |pouvez vous )?"
    r"(?:changer?|modifier?|corriger?|rectifier?|revenir sur|me suis trompee? (?:de|d|sur|dans)|reprendre)"
    r" (?:le |la |les |l |mon |ma |mes |de |d |du |des |sur )*(.+)"
)
_MISTAKEN = re.compile(
    r"(?:ah |oups |pardon |non )*je me suis trompee? (?:de|d|sur|dans)(?: le| la| les| l| mon| ma| mes)? ?(.+)"
)
_NOT_THEN = re.compile(
    r"^(?:non[, ]+)?(?:c['’ ]est |ce n['’ ]est |je (?:ne )?(?:veux|suis) )?pas (?:de |d['’]|le |la |du |un |une )?"
    r"(?P<old>[^,;:!]{1,160}?)\s{0,4}(?:[,;:!]|\bmais\b|\bc['’ ]est\b|\bplut[oô]t\b){1,4}\s*+"
    r"(?:plut[oô]t |mais |c['’ ]est )*+(?P<new>.+)$",
    re.IGNORECASE,
)
_THEN_NOT = re.compile(
    r"^(?:non[, ]++)?(?P<new>.+?)(?<![\s,;])[\s,;]++(?:et )?(?:non )?pas (?:de |d['’]|le |la |du |un |une )?(?P<old>[^,;]+)$",
    re.IGNORECASE,
)
_RATHER = re.compile(
    r"^(?P<new>.+?)(?<![\s,])[\s,]+(?:plut[oô]t que?|au lieu d[eu']|et (?:surtout )?pas|à la place d[eu'])\s*"
    r"(?:le |la |les |un |une |de |du |d['’]|qu['’])?(?P<old>[^,;]+)$",
    re.IGNORECASE,
)
_LABEL_NOT = re.compile(
    r"^[^,;:]{0,30}?\bc['’ ]?(?:est )?pas (?:de |d['’]|le |la |du |un |une )?(?P<old>[^,;:]+?)[\s,]+c['’ ]?est (?P<new>.+)$",
    re.IGNORECASE,
)
"""« la ville c'est pas Chartres, c'est Mainvilliers »."""

_SAID_BUT = re.compile(
    r"^(?:.{0,40}?[,.;] )?(?:moi )?j['’ ]?ai (?:dit|mis|[ée]crit|not[ée]|r[ée]pondu) (?:que j['’ ][ée]tais |que je suis )?(?:le |la |un |une )?(?P<old>[^,;]+?),? mais (?:en (?:vrai|fait|r[ée]alit[ée]) )?(?P<new>.+)$",
    re.IGNORECASE,
)
"""« j'ai dit demandeur d'emploi mais en vrai je suis à l'ESAT »."""

_SET_AGAINST = re.compile(
    r"\bpas (?:de |d['’]|le |la |du |un |une )?(?P<old>[^,;:]{2,60}?)[\s,]+(?:mais (?:plut[oô]t |c['’ ]?est )?|c['’ ]?est |plut[oô]t )(?P<new>[^,;]+)",
    re.IGNORECASE,
)
"""« au fait, mon code postal c'est pas 28000 mais 64240 »: whatever leads to it."""

_NAMED = re.compile(
    r"^(?:le |la |les |l['’]|mon |ma |mes |son |sa )?(?P<name>[^:=?]{2,40}?)\s*"
    r"(?:[:=]|(?:,\s*)?\b(?:c['’]est|est|sera|ce sera|serait|devient)\b)\s*(?:plut[oô]t |bien )?(?P<value>[^?]+)$",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"^(?:c['’]est |ce sera |ce serait |plut[oô]t |l['’]immersion (?:c['’]est|est|sera) )*"
    r"(?:à|a|au|aux|en|sur) (?P<where>[^,;?]{2,60})$",
    re.IGNORECASE,
)
LONGEST = 300
"""Characters of a message that sets one thing against another: beyond, it is a story."""

_PLACES = (Champ.LIEU, Champ.COMMUNE)
_FREE_WORDS = frozenset({Asking.TEXT, Asking.NAMES, Asking.DETAILS, Asking.TRADE})
_NO_ANSWER = re.compile(
    r"(?:non |oui |ok |bon )*(?:merci.*|pas .*|rien.*|c est bon|d accord|desolee?|pardon|a .*|au .*|chez .*|je .*|j .*"
    r"|vous .*|tu .*|on .*|il .*)"
)
_LONGEST_NAME = 6
"""Words: more is no name given again."""

_OWN_STORY = frozenset({"activites", "amenagements"})
_NOT_AT_ALL = re.compile(
    r"^(?:non,? )?(?:ce n['’ ]?est|c['’ ]est|ce|n['’]est) ?(?:n['’]est )?pas (?P<old>[^,;]+)$", re.IGNORECASE
)
_SHIFT = re.compile(
    r"(?:(?:on |je |peut on |il faut |tu |vous )?(?:decal|repouss|report|recul|retard)(?:e|es|er|ez|ons)?(?: tout| les dates| ca| le debut)?"
    r"(?: de| d)? ?(?P<later>.+)|(?:on |je )?avanc(?:e|er|ez|ons)(?: tout| les dates| ca)?(?: de| d)? ?(?P<sooner>.+))"
)
_SHIFTED = re.compile(
    r"\b(?:(?:decal|repouss|report|recul|retard)\w*(?: de| d)? (?P<later>(?:un|une|deux|trois|quatre|cinq|\d{1,2}) (?:jours?|semaines?|mois))\b"
    r"|avanc\w*(?: de| d)? (?P<sooner>(?:un|une|deux|trois|quatre|cinq|\d{1,2}) (?:jours?|semaines?|mois))\b)"
)
"""« tout est repoussé d'une semaine, le patron s'est planté »: the shift, whatever is told around it."""

_SPAN = re.compile(r"(?P<n>un|une|deux|trois|quatre|cinq|\d{1,2}) (?P<unit>jours?|semaines?|mois)(?P<rest>.*)")
_NUMBERS = {"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5}
_DAYS = {"jour": 1, "semaine": 7}
_BARE_DAY = re.compile(r"(?:c est |ce sera |mettez |plutot |pour )*le (?P<day>\d{1,2})(?:er)?")
_DATED = (Champ.DATE_DEBUT, Champ.DATE_FIN)


def correct(scene: Scene) -> Reply | None:
    """Act on a correction; None where the text is none."""
    text, words = scene.text.strip(), plain(scene.text)
    if not scene.session.answers or not words:
        return None
    for find in (_swapped, _shift, _change_named, _became_minor, _negated, _placed, _named_value, _opened):
        reply = find(scene, text, words)
        if reply is not None:
            return reply
    return None


def rather(text: str) -> str:
    """« pas pâtissier, plutôt chocolatier »: what is meant instead; empty where nothing is set against another."""
    if len(text) > LONGEST:
        return ""
    for pattern in (_RATHER, _NOT_THEN, _THEN_NOT):
        found = pattern.match(text.strip(" .!"))
        if found:
            return found["new"].strip()
    return ""


def opens_correction(text: str) -> bool:
    """Whether the text begins as a correction does: « en fait… », « finalement… », and goes on."""
    words = plain(text)
    return bool(_OPENING.match(words)) and bool(_OPENING.sub("", words))


def _swapped(scene: Scene, text: str, words: str) -> Reply | None:
    """« j'ai mis à l'envers, Camille c'est mon nom »: the first name and the name change places."""
    given, family = scene.values.get(Champ.PRENOM), scene.values.get(Champ.NOM)
    if given is None or family is None or not said(scene.house.spoken, text, "cadre.inverse"):
        return None
    if not ({*plain(str(given)).split(), *plain(str(family)).split(), "nom", "prenom"} & {*words.split()}):
        return None
    return filling.fill(scene, {Champ.PRENOM: family, Champ.NOM: given})


def _shift(scene: Scene, text: str, words: str) -> Reply | None:  # noqa: ARG001
    found = _SHIFT.fullmatch(words) or _SHIFTED.search(words)
    start, end = (scene.draft.day(champ) for champ in _DATED)
    if found is None or start is None:
        return None
    span = _SPAN.fullmatch(found["later"] or found["sooner"] or "")
    if span is None:
        return None
    count = _NUMBERS.get(span["n"]) or int(span["n"])
    unit = span["unit"].rstrip("s")
    days = count * _DAYS.get(unit, 28) * (1 if found["later"] else -1)
    moved = {
        champ.value: (day + timedelta(days=days)).isoformat()
        for champ, day in zip(_DATED, (start, end), strict=True)
        if day
    }
    return propose(scene, Champ.DATE_DEBUT, [(_moved_label(scene, moved), dict(moved))], "form.decaler")


def shortened(scene: Scene, words: str) -> Reply | None:
    """« on limite à deux jours », once the dates are known: the end that this gives, shown or asked."""
    found = _SHORTENED.search(words)
    step = scene.house.flow.step_of(Champ.DATE_FIN)
    if found is None or step is None or not all(scene.draft.day(champ) for champ in _DATED):
        return None
    read = answering.outcome(Champ.DATE_FIN, answering.read_field(scene, Champ.DATE_FIN, found["span"]))
    return None if isinstance(read, Refused) else filling.take(scene, step, read)


_SHORTENED = re.compile(
    r"\b(?:limit\w*|redui\w*|raccourci\w*|ramen\w*|plus que|rest\w* que|fera\w* que|dure\w* que)(?: a| de| que)? (?P<span>(?:un|une|deux|trois|quatre|cinq|\d{1,2}) (?:jours?|semaines?))\b"
)


def _moved_label(scene: Scene, moved: dict[str, str]) -> str:
    days = [scene.house.words.day(date.fromisoformat(day)) for day in moved.values()]
    if len(days) == 1:
        return days[0]
    return scene.house.words.say("recap.periode", debut=days[0], fin=days[1])


def propose(scene: Scene, champ: Champ, values: list[tuple[str, Json]], key: str) -> Reply:
    """Show values to tap and wait; nothing is written yet."""
    labels = "\n".join(f"{at}. {label}" for at, (label, _) in enumerate(values, 1))
    return questions.offer(scene, champ, f"{scene.house.words.say(key)}\n{labels}", values)


def _change_named(scene: Scene, text: str, words: str) -> Reply | None:
    bare = _OPENING.sub("", words)
    found = _MISTAKEN.fullmatch(words) or _CHANGE.fullmatch(bare) or _CHANGE.fullmatch(words)
    first = " ".join(found[1].split()[:2]) if found else ""
    step = (named_step(scene, first) or named_step(scene, found[1])) if found else None
    if step is None or not any(scene.draft.has(champ) for champ in step.fields):
        return None
    again = re.search(r"(?i)\bc['’ ]?est (?:le |la |au )?(?P<value>[^,]+)", text)
    again = None if again and apart.APPROVED.match(plain(again["value"])) else again
    read = answering.read_step(scene, step, again["value"].strip(" .!")) if again else None
    if isinstance(read, Filled) and named_step(scene, plain(again["value"] if again else "")) in {None, step}:
        return filling.take(scene, step, _same_town(scene, read))
    after = re.split(r"(?:,|:|\bpour\b|\bpar\b|\bc['’]est\b|\ben\b|\bmet(?:s|tez|tre)?\b)\s*", text, maxsplit=1)
    if len(after) == 2 and len(plain(after[1])) > 1:
        read = answering.read_step(scene, step, after[1])
        if isinstance(read, Filled) and not named_step(scene, plain(after[1])):
            return filling.take(scene, step, read)
    return edit(scene, step)


def _same_town(scene: Scene, read: Filled) -> Filled:
    """« c'est le 14 rue des Tanneurs »: the street alone was wrong, the town of the address noted stays."""
    street, known = read.values.get(Champ.ADRESSE), str(scene.values.get(Champ.ADRESSE) or "")
    town = _TOWN.search(known)
    if not isinstance(street, str) or town is None or re.search(r"\d{5}|,", street):
        return read
    return replace(read, values={**read.values, Champ.ADRESSE: f"{street}, {town.group()}"})


_TOWN = re.compile(r"\b\d{5} [^,]+$")


def edit(scene: Scene, step: Step) -> Reply:
    """Ask one step again, its value shown; everything else is kept."""
    scene.edit(step)
    scene.remember(numbered=False)
    if not scene.session.opened:
        opening.ensure_open(scene)
    return questions.prompt(scene)


def _became_minor(scene: Scene, text: str, words: str) -> Reply | None:  # noqa: ARG001
    bare = _OPENING.sub("", words)
    if not re.fullmatch(r"(?:que )?je suis (?:encore )?mineure?", bare) or scene.draft.minor:
        return None
    step = scene.house.flow.step_of(Champ.DATE_NAISSANCE)
    if step is None:
        return None
    scene.say("form.mineur_verifier")
    if not scene.values.get(Champ.DATE_NAISSANCE):
        return questions.prompt(scene)
    return edit(scene, step)


def _negated(scene: Scene, text: str, words: str) -> Reply | None:  # noqa: ARG001
    if len(text) > LONGEST:
        return None
    bare = _strip_opening(text)
    forgotten = _forgotten(scene, bare) or _forgotten(scene, text)
    if forgotten is not None:
        return forgotten
    for pattern in (_SAID_BUT, _RATHER, _NOT_THEN, _LABEL_NOT, _THEN_NOT):
        for candidate in (bare, text):
            found = pattern.match(candidate.strip(" .!"))
            champ = holding(scene, found["old"]) if found else None
            if found and champ is not None:
                return _set(scene, champ, found["new"].strip())
    return _set_against(scene, text)


def _set_against(scene: Scene, text: str) -> Reply | None:
    """One value set against another that is held, inside a sentence: where the new one reads as that field."""
    found = _SET_AGAINST.search(text.strip(" .!"))
    champ = holding(scene, found["old"], plain(text)) if found else None
    if found is None or champ is None:
        return None
    read = answering.read_field(scene, champ, found["new"].strip())
    return _set(scene, champ, found["new"].strip()) if isinstance(read, Value) else None


def _placed(scene: Scene, text: str, words: str) -> Reply | None:
    """« non c'est à Bron »: the place just given, the only one given, or which of the two."""
    asked = questions.current(scene)
    if not _OPENING.match(words) or (asked is not None and asked.asking is Asking.PLACE):
        return None
    found = _PLACED.match(_strip_opening(text).strip(" .!"))
    known = [champ for champ in _PLACES if scene.values.get(champ) is not None]
    if found is None or not known:
        return None
    read = {champ: answering.read_field(scene, champ, found["where"]) for champ in known}
    last = [champ for champ in _last(scene) if champ in known]
    if len(last) == 1 or len(known) == 1:
        champ = (last or known)[0]
        return None if isinstance(read[champ], Rejected) else _set(scene, champ, found["where"])
    return _which_place(scene, read)


def _which_place(scene: Scene, read: dict[Champ, Reading]) -> Reply | None:
    """Where one lives, or where the immersion is? Two buttons."""
    labels: list[tuple[str, Json]] = [
        (f"{filling.label(scene, champ)} : {shown(scene.house.words, champ, one.value)}", {champ.value: one.value})
        for champ, one in read.items()
        if isinstance(one, Value)
    ]
    return propose(scene, _PLACES[0], labels, "form.quel_lieu") if labels else None


def _named_value(scene: Scene, text: str, words: str) -> Reply | None:  # noqa: ARG001
    """« le tuteur c'est Paul Durand », « métier : pâtissier »: a question named with its answer."""
    current = questions.current(scene)
    found = None if of_something_else(folded(text)) else _NAMED.match(_strip_opening(text).strip(" .!"))
    if found and apart.APPROVED.match(plain(found["value"])):
        return None
    step = exactly_named(scene, plain(found["name"])) if found else None
    own_story = current is not None and current.name in _OWN_STORY
    places = current is not None and step is not None and current.asking is step.asking is Asking.PLACE
    if found is None or step is None or step is current or places or own_story or not scene.session.opened:
        return None
    if step.asking is Asking.PERIOD and step.champs == _DATED:
        end = plain(found["name"]) in {"fin", "date de fin", "dernier jour"}
        start = plain(found["name"]) in {"debut", "date de debut", "premier jour"}
        if start or end:
            return _set(scene, _DATED[end], found["value"].strip())
    read = answering.read_step(scene, step, found["value"].strip())
    return None if isinstance(read, Refused) else filling.take(scene, step, read)


def _forgotten(scene: Scene, text: str) -> Reply | None:
    """« ce n'est pas boulanger », without another value: forgotten and asked again."""
    found = _NOT_AT_ALL.match(text.strip(" .!"))
    champ = holding(scene, found["old"]) if found else None
    if champ is None:
        return None
    step = scene.house.flow.step_of(champ)
    scene.lead.extend(filling.write(scene, {champ: None}))
    if step is not None:
        scene.edit(step)
    return questions.prompt(scene)


def _strip_opening(text: str) -> str:
    """The text without « en fait », « non », « pardon »… at its head, as it was written."""
    rest = text
    while True:
        shorter = _HEAD.sub("", rest, count=1)
        if shorter == rest:
            return rest.strip()
        rest = shorter


_HEAD = re.compile(
    r"^\s*(?:ah|oh|euh|oups|mince|zut|attends?|attendez|d[ée]sol[ée]e?|pardon|erreur|correction|en fait|finalement|au final"
    r"|enfin|plut[oô]t|non|nan|je me suis tromp[ée]e?|j['’ ]ai (?:oubli[ée]|fait une erreur)|je voulais (?:dire|mettre)|je corrige)\b[\s,.:;!-]*",
    re.IGNORECASE,
)


def holding(scene: Scene, old: str, told: str = "") -> Champ | None:
    """The answered field whose shown value is the one named; of several, the one that `told` names, else the last."""
    wanted = plain(old)
    names = list(reversed(list(scene.session.answers)))
    whole = [
        name for name in names if wanted and plain(shown(scene.house.words, Champ(name), scene.values[name])) == wanted
    ]
    held = [Champ(name) for name in whole or names if _holds(scene, name, wanted)]
    named = named_step(scene, told) if told and len(held) > 1 else None
    if named is not None:
        held = [champ for champ in held if champ in named.fields] or held
    if held or len(wanted.split()) > A_CHOICE or "inscri" in wanted:
        return next(iter(held), None)
    return next((champ for champ in _CLOSED if _reads_the_same(scene, champ, old)), None)


A_CHOICE = 5
"""Words of a choice that one takes back: « pas la mission locale »; « pas inscrite à France Travail » is another thing."""


def _holds(scene: Scene, name: str, wanted: str) -> bool:
    value = plain(shown(scene.house.words, Champ(name), scene.values[name]))
    return bool(wanted) and (
        wanted == value or (len(wanted) > 3 and re.search(rf"\b{re.escape(wanted)}\b", value) is not None)
    )


_CLOSED = (Champ.SITUATION, Champ.SUIVI_PAR, Champ.OBJECTIF)


def _reads_the_same(scene: Scene, champ: Champ, old: str) -> bool:
    """« demandeur d'emploi » names what is shown as « Je cherche un emploi »."""
    read = answering.read_field(scene, champ, old) if scene.values.get(champ) is not None else None
    return isinstance(read, Value) and read.value == scene.values[champ]


def _set(scene: Scene, champ: Champ, text: str) -> Reply:
    step = scene.house.flow.step_of(champ)
    if step is not None and step.asking is Asking.DETAILS and champ is step.champs[0]:
        told = answering.read_step(
            scene, step, text
        )  # a person: the name and the function, without what is said around
        if isinstance(told, Filled) and champ in told.values:
            return filling.take(scene, step, told)
    read = answering.outcome(champ, answering.read_field(scene, champ, text))
    return filling.take(scene, step, read) if step else questions.prompt(scene)


def _opened(scene: Scene, text: str, words: str) -> Reply | None:
    """« en fait… », « pardon… », « non… »: the last answer first, then any field the rest clearly states."""
    rest = re.sub(r"(?i)(?<![\s,])[\s,]+(?:et )?pas (?:du|le|au|à partir du) [^,;.]*$", "", _strip_opening(text))
    bare = plain(rest)
    if "?" in rest or ask.is_question(rest) or not (_OPENING.match(words) or _about_dates(scene, bare)):
        return None
    if not bare:
        return _which(scene)
    day = _BARE_DAY.fullmatch(bare)
    if day is not None:
        return _day_only(scene, int(day["day"]))
    if re.fullmatch(r"(?:c est |en )?(?:19|20)\d\d", bare) and _last(scene) == [Champ.DATE_NAISSANCE]:
        return _year_only(scene, int(bare[-4:]))
    return (
        _named_inside(scene, rest, bare)
        or _other_follower(scene, rest, bare)
        or _dates_again(scene, rest)
        or _stated(scene, rest)
        or _last_again(scene, rest)
    )


_FOLLOWS = re.compile(r"\b(?:suit|suivi\w*|accompagn\w*|conseill\w*|bascul\w*|transfer\w*|referente?)\b")


def _other_follower(scene: Scene, rest: str, bare: str) -> Reply | None:
    """« ah mais non, on m'a basculée vers Cap emploi »: the one body named follows the person, whatever is asked."""
    step, owner = questions.current(scene), scene.house.flow.step_of(Champ.SUIVI_PAR)
    if owner is None or scene.values.get(Champ.SUIVI_PAR) is None or len(bodies_in(bare)) != 1:
        return None
    if not _FOLLOWS.search(bare) and (step is None or step.name != "conseiller"):
        return None
    read = answering.read_field(scene, Champ.SUIVI_PAR, rest)
    return filling.fill(scene, {Champ.SUIVI_PAR: read.value}) if isinstance(read, Value) else None


def _dates_again(scene: Scene, rest: str) -> Reply | None:
    """« non finalement la semaine du 4 janvier », whatever was answered last but a birth date."""
    step = scene.house.flow.step_of(Champ.DATE_DEBUT)
    if step is None or not scene.draft.has(Champ.DATE_DEBUT) or _last(scene) == [Champ.DATE_NAISSANCE]:
        return None
    both = _SAME_MONTH.search(rest)
    start = scene.draft.day(Champ.DATE_DEBUT)
    if both is not None and start is not None:
        rest = f"du {both[1]}/{start:%m/%Y} au {both[2]}/{start:%m/%Y}"
    elif not elsewhere.is_date(rest):
        return None
    if _last(scene) == [Champ.DATE_DEBUT] and not scene.draft.has(Champ.DATE_FIN):
        single = answering.outcome(Champ.DATE_DEBUT, answering.read_field(scene, Champ.DATE_DEBUT, rest))
        return filling.take(scene, step, single) if isinstance(single, Filled) else None
    read = answering.read_step(scene, step, rest)
    known = isinstance(read, Filled) or (isinstance(read, Unsure) and read.ask.proposals)
    return filling.take(scene, step, read) if known else None


_SAME_MONTH = re.compile(
    r"(?i)(?<!\w)du (\d{1,2}) au (\d{1,2})(?!\s?(?:h\b|/|\d|janv|f[ée]v|mars|avr|mai|juin|juil|ao|sept|oct|nov|d[ée]c))"
)
"""« du 14 au 18 seulement »: in the month of the dates known."""


def _about_dates(scene: Scene, bare: str) -> bool:
    """« c'est le 12 » while something else than a date is asked."""
    step = questions.current(scene)
    dated = step is not None and step.asking in {Asking.PERIOD, Asking.DATE}
    return bool(_BARE_DAY.fullmatch(bare)) and not dated and scene.draft.has(Champ.DATE_DEBUT)


def _which(scene: Scene) -> Reply | None:
    """« je me suis trompé »: the last answer is asked again."""
    last = _last(scene)
    step = scene.house.flow.step_of(last[0]) if last else None
    words = plain(scene.text)
    if step is None or not ("tromp" in words or "erreur" in words):
        return None
    return edit(scene, step)


def _last(scene: Scene) -> list[Champ]:
    return [champ for champ in scene.memory.last if champ in scene.session.answers]


def _day_only(scene: Scene, day: int) -> Reply | None:
    """« c'est le 12 »: the date just given, in its month; when two could be meant, ask which."""
    known = [champ for champ in _DATED if scene.draft.day(champ)]
    last = [champ for champ in _last(scene) if champ in _DATED]
    targets = last if len(last) == 1 else known
    moved = [(champ, new) for champ in targets if (new := _same_month(scene.draft.day(champ), day))]
    if not moved:
        return None
    if len(moved) == 1:
        champ, new = moved[0]
        return _set(scene, champ, f"{new:%d/%m/%Y}")
    return which_date(scene, moved)


def _year_only(scene: Scene, year: int) -> Reply | None:
    """« pardon, 1986 »: the birth date just given, in that year."""
    born = scene.draft.day(Champ.DATE_NAISSANCE)
    return _set(scene, Champ.DATE_NAISSANCE, f"{born:%d/%m}/{year}") if born else None


def which_date(scene: Scene, moved: list[tuple[Champ, date]]) -> Reply:
    """Start or end? Two buttons."""
    labels: list[tuple[str, Json]] = [
        (f"{filling.label(scene, champ)} : {scene.house.words.day(new)}", {champ.value: new.isoformat()})
        for champ, new in moved
    ]
    return propose(scene, moved[0][0], labels, "form.debut_ou_fin")


def _same_month(old: date | None, day: int) -> date | None:
    if old is None:
        return None
    try:
        return old.replace(day=day)
    except ValueError:
        return None


def _named_inside(scene: Scene, rest: str, bare: str) -> Reply | None:
    """« ma ville c'est Bron », « la date de fin est le 20 mars »."""
    found = re.match(r"^(?:le |la |les |l |mon |ma |mes )(.+?) (?:c est|est|sera|serait|devient)\b", bare)
    step = named_step(scene, found[1]) if found else None
    parts = re.split(r"\b(?:c['’ ]est|est|sera|serait|devient)\b", rest, maxsplit=1)
    if step is None or found is None or len(parts) < 2:
        return None
    if step.asking is Asking.PERIOD:
        champ = Champ.DATE_FIN if "fin" in found[1] else Champ.DATE_DEBUT
        return _set(scene, champ, parts[1].strip())
    return filling.take(scene, step, answering.read_step(scene, step, parts[1].strip()))


def _stated(scene: Scene, rest: str) -> Reply | None:
    """A field that the rest of the text states by itself, already answered: corrected."""
    if said(scene.house.spoken, rest, "personnes.autre_sujet", "personnes.tiers"):
        return None
    read = apart.stated(scene, rest, questions.current(scene))
    values = {champ: one.value for champ, one in read.items() if isinstance(one, Value)}
    if not any(char.isdigit() for char in rest):
        values = {champ: value for champ, value in values.items() if champ not in _DATED}  # a weekday alone is no date
    known = {champ for champ in values if scene.values.get(champ) is not None}
    return filling.fill(scene, values) if known else None


def _somebody_there(step: Step, text: str) -> bool:
    """« non juste madame Pascale » is no address."""
    civil = re.search(r"(?i)\b(?:m\.|mme|mr|madame|monsieur)\s\w", text)
    return step.name == "adresse" and (civil is not None or not looks_like_a_place(text))


def _last_again(scene: Scene, rest: str) -> Reply | None:
    """The last answer, read again from the rest; only where it reads without doubt."""
    last = _last(scene)
    step = scene.house.flow.step_of(last[0]) if last else None
    if step is None:
        return None
    bare = re.sub(r"^(?:c['’ ]est|ce serait|ce sera|mettez|mets)\s+", "", rest, flags=re.IGNORECASE)
    asked = questions.current(scene)
    if asked is not None and asked.asking in {Asking.PERIOD, Asking.DATE} and days_told(bare):
        return None  # « … Pardon, jusqu'au 17 », where the dates are asked
    if asked is not None and asked.asking not in _FREE_WORDS and _fits_pending(scene, scene.text):
        return None  # « non, aucun équipement », where that is asked
    if step.asking in _FREE_WORDS and len(bare.split()) > _LONGEST_NAME:
        return None
    if step.asking in _FREE_WORDS and (
        _somebody_there(step, bare) or _NO_ANSWER.fullmatch(plain(bare)) or elsewhere.is_date(bare)
    ):
        return None
    if len(last) == 1:
        read = answering.outcome(last[0], answering.read_field(scene, last[0], bare))
    else:
        read = answering.read_step(scene, step, bare)
    match read:
        case Filled():
            return filling.take(scene, step, read)
        case Unsure() if not _fits_pending(scene, bare):
            return filling.take(scene, step, read)
        case Unsure() | Refused():
            return None


def _fits_pending(scene: Scene, text: str) -> bool:
    step = scene.pending()
    return step is not None and isinstance(answering.read_step(scene, step, text), Filled)
