"""What is noted, told beside what is right: « vous avez mis 1994, c'est 1978 », « 25 rue des Tanneurs, pas 4 »."""

from collections.abc import Callable, Mapping

from bot.conversation import answering
from bot.conversation.answering import Filled
from bot.conversation.doing import filling
from bot.conversation.hearing.naming import exactly_named
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.message import Reply
from bot.domain.reponses import hours_told
from bot.domain.session import Json
from bot.form.flow import Step
from bot.reading.choices.situations import bodies_in, situations_in
from bot.reading.french import distance
from bot.reading.names.street import PLAIN_WAY
from bot.reading.outcome import Value
from bot.reading.plain import plain
from bot.reading.spoken import said
from bot.reading.story.stated_figures import figures_told
from bot.reading.story.told_people import named_now, people_told

Values = Mapping[Champ, Json]


def correct(scene: Scene, step: Step | None) -> Reply | None:
    """Write what the message sets against what is noted; None where it sets nothing against it.

    A field that is being asked for is left to its own question.
    """
    if not scene.session.opened or "?" in scene.text:
        return None
    if not _SETS_AGAINST.search(plain(scene.text)) and not _hours(scene, scene.text):
        return None
    values: dict[Champ, Json] = {}
    for rule in _RULES:
        values |= rule(scene, scene.text)
    if values and Champ.TUTEUR not in values and scene.values.get(Champ.TUTEUR) is not None:
        values |= _host_s_person(scene, scene.text)
    asked = set(step.fields) if step is not None else set()
    values = {champ: value for champ, value in values.items() if champ not in asked}
    return filling.fill(scene, values) if values else None


_SETS_AGAINST = re.compile(
    r"\b(?:pas|plutot|plus|au lieu|inverse\w*|trompee?|erreur|faux|fausse|mis|ecrit|ecri|marque|note|change\w*|changement|en fait|finalement|mets|mettez|veut|sauf|et non|corrige\w*|garde\w*|note\w*|laisse\w*|juste|tout court|c est|c|sera|seront|horaires?|nouve\w+)\b"
)


def _birth(scene: Scene, text: str) -> Values:
    """Another year, or another day, beside the one noted."""
    known = scene.values.get(Champ.DATE_NAISSANCE)
    if not isinstance(known, str):
        return {}
    year = known[:4]
    years = re.findall(r"(?<!\d)(?:19[4-9]\d|20[01]\d)(?!\d)", text)
    others = [one for one in years if one != year]
    if year in years and len(set(others)) == 1 and len(plain(text).split()) <= LONGEST:
        return {Champ.DATE_NAISSANCE: f"{others[0]}{known[4:]}"}
    if len(years) == TWICE and not others and re.search(r"\bnee?\b", plain(text)):
        *_, last = re.split(r"(?i)\b(?:mais|c['’ ]?est|c|plut[oô]t)\b", text)
        read = answering.read_field(scene, Champ.DATE_NAISSANCE, last.strip())
        return {Champ.DATE_NAISSANCE: read.value} if isinstance(read, Value) and read.value != known else {}
    return {}


LONGEST, TWICE = 30, 2
"""Words of a message that sets a year right; times that a date is told."""


def _period(scene: Scene, text: str) -> Values:
    """Both days anew, the month told apart from them or not."""
    owner = scene.house.flow.step_of(Champ.DATE_DEBUT)
    if owner is None or scene.values.get(Champ.DATE_DEBUT) is None or scene.values.get(Champ.DATE_FIN) is None:
        return {}
    told = [one.words for one in figures_told(text) if one.champ is Champ.DATE_DEBUT]
    if not told:
        days, month = _DAYS.search(text), _MONTH_MEANT.search(plain(text))
        told = [f"{days.group()} {month['month']}"] if days and month else []
    read = answering.read_step(scene, owner, told[0]) if told else None
    return read.values if isinstance(read, Filled) else {}


_DAYS = re.compile(r"(?i)\bdu \d{1,2}(?:er)? au \d{1,2}\b(?!\s?(?:h|/|\d))")
_MONTH_MEANT = re.compile(
    r"\b(?<!que )(?<!lieu de )(?<!pas )(?P<month>janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b"
)


def _street(scene: Scene, text: str) -> Values:
    """The same street with another number."""
    known = scene.values.get(Champ.ADRESSE)
    noted = _NUMBERED.match(known) if isinstance(known, str) else None
    if noted is None or not isinstance(known, str):
        return {}
    way = plain(noted["way"])
    for found in _NUMBERED.finditer(text):
        if plain(found["way"]).startswith(way[:MUCH]) and found["number"] != noted["number"]:
            return {Champ.ADRESSE: f"{found['number']}{known[noted.end('number') :]}"}
    return {}


MUCH = 14
"""Letters of a street's name that are compared."""

_NUMBERED = re.compile(rf"(?i)(?P<number>\d{{1,4}}(?:\s?(?:bis|ter))?),?\s(?P<way>(?:{PLAIN_WAY})\s[^,;.\d]{{3,60}})")


def _follower(scene: Scene, text: str) -> Values:
    """« suivie par Cap emploi et pas France Travail »: the other body."""
    known = scene.values.get(Champ.SUIVI_PAR)
    named = bodies_in(plain(text))
    others = [one for one in named if one != known]
    denied = _DENIED.search(plain(text))
    if known not in named or len(set(others)) != 1 or denied is None or known not in bodies_in(denied["what"]):
        return {}
    return {Champ.SUIVI_PAR: others[0]}


def _situation(scene: Scene, text: str) -> Values:
    """« je suis pas retraitée, je suis salariée »: what one is, beside what one is not."""
    words, known = plain(text), scene.values.get(Champ.SITUATION)
    denied = _NOT_ME.search(words)
    if denied is None or known not in situations_in(denied["what"]):
        return {}
    others = [one for one in situations_in(f"{words[: denied.start()]} {words[denied.end() :]}") if one != known]
    sure = [one for one in others if one != REGISTERED] or others
    return {Champ.SITUATION: sure[0]} if len(set(sure)) == 1 else {}


REGISTERED = "demandeur-emploi"
"""Whoever works may be registered too: « salariée, et inscrite à France Travail »."""

_NOT_ME = re.compile(
    r"\b(?:pas|plus) (?:(?:du tout|encore|en|a la|au|a|une?|l|de|d|dans) )*(?P<what>\w+(?: d \w+| parental| maladie| au foyer)?)"
)


def _tutor(scene: Scene, text: str) -> Values:
    """« le tuteur c'est plus Mme Le Ray, c'est M. Oliveira 06… »: somebody else, and no way to reach the old one."""
    known = scene.values.get(Champ.TUTEUR)
    words = [word for word in plain(str(known or "").partition(",")[0]).split() if len(word) > SHORT]
    if not any(re.search(rf"\b{re.escape(word)}\b", plain(text)) for word in words) or not _NO_MORE.search(plain(text)):
        return {}
    others = [name for name in named_now(text) if not set(plain(name).split()) & set(words)]
    if len(set(others)) != 1:
        return {}
    values: dict[Champ, Json] = {Champ.TUTEUR: others[0]}
    for champ, shape in ((Champ.TUTEUR_TELEPHONE, answering.PHONE), (Champ.TUTEUR_EMAIL, answering.EMAIL)):
        found = shape.search(text)
        read = answering.read_field(scene, champ, found.group()) if found else None
        values[champ] = read.value if isinstance(read, Value) else None
    return {champ: value for champ, value in values.items() if value is not None or scene.values.get(champ) is not None}


SHORT = 2
_NO_MORE = re.compile(r"\b(?:plus|pas|remplac\w+|part|parti|partie|a la place|au lieu|change\w*)\b")


def _spelt(scene: Scene, text: str) -> Values:
    """« c'est pas Perin, c'est Perrin »: a name nearly the one noted, set against it or spelled out."""
    if not _SPELLS.search(plain(text)):
        return {}
    told = [word.strip(".,;:!'’\"«»()") for word in text.split()]
    told = [word for word in told if word[:1].isupper() and len(word) > SHORT]
    for champ in _NAMES:
        known = scene.values.get(champ)
        for word in re.findall(r"[\w'’-]{4,}", known) if isinstance(known, str) else ():
            near = [one for one in told if 0 < distance(plain(one), plain(word)) <= A_SLIP]
            if len(set(near)) == 1 and (_LETTERS.search(plain(text)) or plain(word) in plain(text).split()):
                return {champ: str(known).replace(word, near[0])}
    return {}


def _clock(scene: Scene, text: str) -> Values:
    """« c'est 8h30 pas 9h »: the one hour, the others stay."""
    known, owner = scene.values.get(Champ.HORAIRES), scene.house.flow.step_of(Champ.HORAIRES)
    found = _HOUR_NOT.search(text)
    if found is None or owner is None or not isinstance(known, dict):
        return {}
    new, old = (f"{int(found[h]):02}:{found[m] or '00'}" for h, m in (("h", "m"), ("oh", "om")))
    told = hours_told(known).without(())
    if old not in told:
        return {}
    read = answering.read_step(scene, owner, told.replace(old, new))
    return read.values if isinstance(read, Filled) else {}


def _hours(scene: Scene, text: str) -> Values:
    """« ce sera de 4h30 à 11h30 »: the hours anew, on the days noted where it names none."""
    known, owner = hours_told(scene.values.get(Champ.HORAIRES)), scene.house.flow.step_of(Champ.HORAIRES)
    told = [one for one in figures_told(text) if one.champ is Champ.HORAIRES]
    if owner is None or not known.days or said(scene.house.spoken, text, "cadre.travaille_a", "dates.prise"):
        return {}
    if not told:
        part = known.slots and _PART_OF_A_DAY.search(plain(text))
        read = answering.read_step(scene, owner, f"{known.without(())}, {text}") if part else None
        return read.values if isinstance(read, Filled) else {}
    around = plain(f"{text[: told[0].start]} {text[told[0].end :]}")
    alone = bool(_FILLERS.fullmatch(around))
    if not alone and not _ANEW.search(plain(text)):
        return {}
    on_known_days = () if known.by_day else (f"{', '.join(known.days)} {told[0].words}",)
    for words in (*((text,) if alone else ()), told[0].words, *on_known_days):
        read = answering.read_step(scene, owner, words)
        if isinstance(read, Filled):
            return read.values
    return {}


_PART_OF_A_DAY = re.compile(
    r"^(?:(?:non|en fait|finalement|par contre|sauf|et|mais|ah|pardon|du coup) ){0,3}(?:le |les )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi)s? (?:(?:je|on|c est|ce sera|ce|il|elle) ){0,2}(?:fini\w*|commenc\w*|termin\w*|pars|sors|jusqu a|a partir de|que|seulement|juste|uniquement) (?:(?:a|le|l) )?(?:midi|\d{1,2} ?h\w{0,2}(?: \d\d)?|matin|apres midi|aprem)$"
)
"""« le vendredi je finis à midi »: a part of the day noted."""

_FILLERS = re.compile(
    r"(?:(?:oui|non|nn|ok|alors|donc|bah|ben|plutot|finalement|en|fait|c|est|ce|sera|ca|pardon|de|du|des|le|les|la|l|mes|horaires?|heures|jours?|et|aussi|au|a|noter|notez|mettez|mets|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?) ?){0,24}"
)
"""All that may stand beside hours told alone."""

_ANEW = re.compile(
    r"\b(?:horaires?|heures|sera|seront|plutot|finalement|en fait|change\w*|changement|mets|mettez|mettre|corrige\w*|trompe\w*|erreur|au lieu|nouve\w+|aussi)\b"
)


_HOUR_NOT = re.compile(
    r"(?i)(?<!\d)(?P<h>\d{1,2})\s?h\s?(?P<m>\d{2})?,?\s(?:et )?(?:non )?(?:pas|au lieu de)\s(?:[àa] )?(?P<oh>\d{1,2})\s?h\s?(?P<om>\d{2})?"
)


def _renamed(scene: Scene, text: str) -> Values:
    """« l'entreprise c'est pas Élec Plus en fait c'est Élec Rhône »: the name told after the one noted."""
    for champ in (Champ.ENTREPRISE, Champ.METIER):
        known = scene.values.get(champ)
        found = _NOT_BUT.search(text)
        if isinstance(known, str) and found and plain(found["old"]) == plain(known):
            read = answering.read_field(scene, champ, found["new"].strip(" .!"))
            return {champ: read.value} if isinstance(read, Value) else {}
    return {}


def _host(scene: Scene, text: str) -> Values:
    """« c'est plus Au Poil, j'ai trouvé Toutou Chic à la place »: another host, and nothing of the one before."""
    known = scene.values.get(Champ.ENTREPRISE)
    named = " ".join(plain(str(known)).split()[:TWICE])
    if known is None or not re.search(rf"\b(?:plus|pas) (?:chez |a |la |le |l )*{re.escape(named)}", plain(text)):
        return {}
    return another_host(scene, text)


def another_host(scene: Scene, text: str) -> Values:
    """Another firm named in the place of the one noted, and nothing left of that one; empty where none is named."""
    known = str(scene.values.get(Champ.ENTREPRISE) or "")
    found = _FOUND_INSTEAD.search(text)
    name = _IN_ITS_PLACE.sub("", found["name"]).strip(" .,!") if found else ""
    read = answering.read_field(scene, Champ.ENTREPRISE, name) if name and plain(name) != plain(known) else None
    if not isinstance(read, Value):
        return {}
    anew = _ANOTHER_HOST.search(plain(text)) is not None
    gone = {champ: None for champ in _OF_THE_HOST if scene.values.get(champ) is not None and anew}
    return {**gone, Champ.ENTREPRISE: read.value}


_ANOTHER_HOST = re.compile(r"\b(?:plus|trouve\w*|autre|a la place|finalement|plutot|change\w*|laisse\w*|annule\w*)\b")
"""Words by which the host is another one; without them its name alone was wrong."""


_FOUND_INSTEAD = re.compile(
    r"(?i:\b(?:j['’]ai trouv[ée]|ce sera|ça sera|c['’ ]?est|je vais|plut[oô]t|finalement|mettez|mets|(?:un )?autre (?:plan|patron|endroit|lieu)(?: ?:)?|à la place(?: ?:)?))\s(?:(?i:plut[oô]t|chez|maintenant)\s)?(?P<name>(?:(?i:le|la|les)\s|[lL]['’])?[A-ZÉÈ][^.,;!?\n]{1,60})"
)
_IN_ITS_PLACE = re.compile(r"(?i)\s(?:à la place|maintenant|du coup|finalement|en fait)\b.*$")
_OF_THE_HOST = (
    Champ.SIRET, Champ.ADRESSE, Champ.TUTEUR, Champ.TUTEUR_EMAIL, Champ.TUTEUR_TELEPHONE, Champ.SIGNATAIRE,
    Champ.SIGNATAIRE_EMAIL, Champ.SIGNATAIRE_TELEPHONE,
)  # fmt: skip

_NOT_BUT = re.compile(
    r"(?i)\bpas (?:le |la |l['’])?(?P<old>[^,;:!?]{2,60}?)[\s,]{1,3}(?:en fait |mais |plut[oô]t ){0,2}c['’ ]?est (?P<new>[^,;!?]{2,60})$"
)


def _only(scene: Scene, text: str) -> Values:
    """« le nom c'est juste Moto Sud », « Karim Benali tout court »: a value noted, without what was glued to it."""
    for found in (*_JUST.finditer(text), *_NO_MORE_OF_IT.finditer(text)):
        told = found["value"].strip(" .,!«»")
        words = plain(told).split()
        for champ in (*_NAMES, Champ.SIGNATAIRE, Champ.ADRESSE):
            known = plain(str(scene.values.get(champ) or "")).split()
            if words and len(words) < len(known) and set(words) <= set(known) and words[0] == known[0]:
                return {champ: told}
    return {}


_JUST = re.compile(r"(?i)\b(?:juste|seulement|uniquement|simplement)\s(?P<value>[^.;!?]{2,60})")
_NO_MORE_OF_IT = re.compile(
    r"(?i)(?:c['’ ]?est |: ?|^)(?P<value>[^.;:!?]{2,60}?)\s(?:tout court|et c['’ ]?est tout|point final|sans rien d['’]autre)\b"
)


def _put_as(scene: Scene, text: str) -> Values:
    """« mets juste Sabrina en conseiller »: a value and the question it answers."""
    found = _PUT.search(text)
    step = exactly_named(scene, plain(found["name"])) if found else None
    if found is None or step is None or not any(scene.values.get(champ) is not None for champ in step.fields):
        return {}
    read = answering.read_step(scene, step, found["value"].strip())
    return read.values if isinstance(read, Filled) else {}


_PUT = re.compile(
    r"(?i)\b(?:mets|met|mettez|note[rz]?|garde[rz]?|laisse[rz]?)\s(?:juste |seulement |plut[oô]t |bien ){0,2}(?P<value>[^,;.!?]{2,60}?)\s(?:en|comme|pour) (?:le |la |les |mon |ma |l['’])?(?P<name>[a-zéèê' ]{3,20})(?=[,;.!]|$)"
)


def _other_host(scene: Scene, text: str) -> Values:
    """« finalement c'est le vélo : La Roue Libre, 22 rue des Trois Mages », « le lieu c'est La Roue Libre »: another host."""
    known = scene.values.get(Champ.ENTREPRISE)
    if not isinstance(known, str):
        return {}
    found = _HOST_MOVED.search(text) if _AFTER_ALL.search(plain(text)) else None
    if found is None and Champ.ADRESSE in scene.beside and _AFTER_ALL.search(plain(text)):
        found = _HOST_TOLD.search(text)  # the street was put aside already
    found = found or _HOST_IS.search(text)
    if found is None or plain(found["name"]) == plain(known):
        return {}
    street = _STREET_AFTER.match(text, found.end("name"))
    gone = {
        champ: None
        for champ in (Champ.SIRET, Champ.ADRESSE)
        if scene.values.get(champ) is not None and champ not in scene.beside
    }
    values: dict[Champ, Json] = {**gone, Champ.ENTREPRISE: found["name"].strip()}
    if street:
        values[Champ.ADRESSE] = street["street"].strip(" ,")
    return values


_AFTER_ALL = re.compile(r"\b(?:finalement|au final|en fait|changement|j ai change|plutot)\b")
_HOST_MOVED = re.compile(
    r"(?::|\b[Cc]hez|\bc['’]est)\s(?P<name>[A-ZÉÈ][^,;:.!?\d]{2,50}),\s(?=\d{1,4}(?:\s?(?:bis|ter))?,?\s[a-zA-Z])"
)
_HOST_TOLD = re.compile(r"(?::|\b[Cc]hez|\bc['’]est)\s(?P<name>[A-ZÉÈ][^,;:.!?\d]{2,50})(?=[,.;]|$)")
_HOST_IS = re.compile(
    r"(?i:\ble lieu(?: d['’]accueil)?,? c['’ ]?est (?:bien |plut[oô]t )?)(?P<name>(?:(?:le|la|les|chez|l['’])\s?)?[A-ZÉÈ][^,;:.!?\d]{2,50})(?=[,;.!]|$)"
)
_STREET_AFTER = re.compile(
    r",\s(?P<street>\d{1,4}[^,;]{4,80}?)(?=[,;.]|\s(?:patron|g[ée]rant|tut(?:eur|rice)|chef|responsable|avec)|$)"
)


def _host_s_person(scene: Scene, text: str) -> Values:
    """Who welcomes there, told with another correction."""
    told = people_told(text, "tuteur")
    known = plain(str(scene.values.get(Champ.TUTEUR)).partition(",")[0])
    if len(told) != 1 or plain(told[0].name) == known:
        return {}
    function = told[0].function
    if set(known.split()) <= set(plain(told[0].name).split()):  # the same person, more of the name
        return {Champ.TUTEUR: f"{told[0].name}, {function}" if function else told[0].name}
    values: dict[Champ, Json] = {Champ.TUTEUR: f"{told[0].name}, {function}" if function else told[0].name}
    for champ, shape in ((Champ.TUTEUR_TELEPHONE, answering.PHONE), (Champ.TUTEUR_EMAIL, answering.EMAIL)):
        found = shape.search(text, told[0].start)
        read = answering.read_field(scene, champ, found.group()) if found else None
        if isinstance(read, Value) or scene.values.get(champ) is not None:
            values[champ] = read.value if isinstance(read, Value) else None
    return values


A_SLIP = 2
_SPELLS = re.compile(r"\b(?:c est|cest|c|plutot|ecrit|s ecrit|orthographe|avec|mettez|mets)\b")
_LETTERS = re.compile(
    r"\b(?:avec|sans|prend|a) (?:un|une|deux|2|1|le|seul\w*)(?: seule?)? [a-z]{1,2}\b|\b(?:ecrit|orthographe)\b"
)
_NAMES = (
    Champ.NOM, Champ.PRENOM, Champ.TUTEUR, Champ.ENTREPRISE, Champ.CONSEILLER, Champ.REPRESENTANT, Champ.URGENCE_NOM,
)  # fmt: skip

_DENIED = re.compile(r"\b(?:pas|non|plus|au lieu de)(?: plus)?(?: (?:a|par|de|la|le|l|au))* (?P<what>\w+ \w+)")

_RULES: tuple[Callable[[Scene, str], Values], ...] = (
    _birth,
    _period,
    _hours,
    _street,
    _follower,
    _situation,
    _tutor,
    _spelt,
    _clock,
    _host,
    _renamed,
    _other_host,
    _put_as,
    _only,
)
