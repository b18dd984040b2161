"""Dictation punctuated before it is read: « … 50000 saint lô monsieur delarue sera son tuteur » gets the stops that nobody says.

Only marks are added, and only inside a stretch of words that has none: whoever punctuates is read as written.
"""

from dataclasses import dataclass

from bot.domain import regex as re
from bot.reading.names.street import PLAIN_WAY

LONGEST = 2000
"""Characters of a message that are punctuated; a pasted page beyond that was not dictated."""

FEWEST = 8
"""Words without a mark, from which a stretch was dictated."""

_STRETCH = re.compile(r"[^.!?;,\n:()«»]+")
_AND = r"(?:(?:et|mais|donc|alors|puis|sinon|du coup|en fait|par contre)\s){0,2}"
_THE = r"(?:le |la |l['’]|mon |ma |mes |son |sa |les |leur )"
_OF = r"(?:\s(?:[àa] (?:moi|lui|elle|nous)|de naissance|de famille|perso))?"
_THING = (
    r"(?:nom|pr[ée]nom|adresse(?:\s(?:(?:e-?)?mail|internet|postale|[ée]lectronique))?|siret|num[ée]ro|num|t[ée]l(?:[ée]phone)?|portable"
    r"|e?-?mail|horaires?|dates?|m[ée]tier|entreprise|bo[iî]te|lieu|endroit|situation|commune|ville|magasin|garage|salon|boutique"
    r"|restau(?:rant)?|objectif|but|code postal)"
)
_SOMEBODY = (
    r"(?:tuteur|tutrice|patronn?e?|g[ée]rante?|direct(?:eur|rice)|responsable|chef|conseill[eè]re?|r[ée]f[ée]rente?)"
)
_IS = r"(?:c['’ ]?est\b|cest\b|c\s|est\b|sera\b|ce sera\b|s['’ ]app|se nomme|il\b|elle\b)"
_HAS_NOT = (
    r"(?:je (?:ne )?(?:vous |te |t['’])?(?:l['’]ai|le |la |les )|j['’ ]?ai pas|on (?:ne )?l|on\b|faut\b|passe|pas\b)"
)
_LABEL = rf"(?:{_THING}{_OF}\s(?:{_IS}|{_HAS_NOT})|{_SOMEBODY}\s{_IS})"
_CIVIL = r"(?:monsieur|madame|mademoiselle|mme|mlle|mr|m\.)"
_I = (
    r"(?:(?:moi|lui|elle|nous|là|maintenant|aujourd['’]hui)\s)?(?:(?:je|jsuis|chuis?|jveu[xt]|jvoudrais|jai|jhabite|jfais|jvais|jpeu[xt]?"
    r"|jtravaille|jcherche|jaimerais)\s|j['’])\w"
)
_THEY = r"(?:(?:lui|elle|eux|nous)\s)?(?:(?:il|elle|ils|elles|on|c['’]est|y a|ya|vous)\s\w|[çc]a (?:me|va|fait|suffi\w*|pose|dure|marche|serait)\b)"
_QUESTION = (
    r"(?:est[- ]ce qu\w{0,2}\b|combien (?:de temps|ça|ca|on|je)\b|comment (?:je|j['’]|on|ça|ca|faire|faut)\b|pourquoi\b"
    r"|(?:à|a|avec|par) qui (?:il|je|on|faut|dois)\b|qui (?:paie|paye|signe)\b|faut[- ]il\b|dois[- ]je\b|puis[- ]je\b)"
)
_WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_DATES = (
    rf"(?:du (?:{_WEEKDAY} )?\d{{1,2}}(?:er)? (?:\w+ )?(?:\d{{4}} )?(?:au|jusqu)|[àa] partir du \d|de \d{{1,2}} ?(?:h|heures?)\b"
    rf"|(?:le|les) matins? (?:de )?\d|du {_WEEKDAY}s? au {_WEEKDAY}|tous les jours)"
)
_REACHED = rf"(?:contact|t[ée]l(?:[ée]phone)?|portable|e?-?mail|num[ée]ro|num)\s(?:c['’ ]?est |est |le )?(?:\+?\d|\S+@|{_CIVIL}\s|[A-ZÉÈ])"
_TUTOR = r"(?:(?:mon|ma|le|la)\s)?(?:tuteur|tutrice)\s(?!l[ée]ga|qui\b|ou\b|et\b|de\b|du\b|en\b|pour\b|à\b|au\b|dans\b|sur\b|a\b)[^\W\d_]{2}"
_STREET = rf"(?:au )?\d{{1,4}}(?:\s?(?:bis|ter))?,?\s(?:{PLAIN_WAY})\s\w"
_POLITE = (
    r"(?:excuse[rz]?[- ]moi|d[ée]sol[ée]e?\b|(?:s['’]il (?:vous|te) pla[iî]t|svp\b|stp\b)(?!\s\+?\d)|merci\b(?! de))"
)
_FIRST_TIME = r"(?:(?:non|c['’ ]?est)\s){0,2}(?:la )?(?:premi[èe]re|1[èe]?re) fois\b"
_NO_SIRET = r"(?:(?:j['’ ]?ai|on a|je l['’]ai|on l['’]a) pas (?:encore )?(?:de |le |son |leur )?siret|passe[rz]? (?:le |la )?siret|pas de siret)"

_GOES_ON = (
    "que qu qui si quand comme où ou dont lorsque puisque parce car est-ce est ce sais sait savoir dire demande demander demandé compter "
    "compte faut dure coûte paye gagne voir apprendre comprendre expliquer regarder montrer montre pense crois dit dis disait disais trouve "
    "sûr sur et mais donc alors puis sinon là moi lui elle quoi pourquoi comment combien même aussi depuis oui non bah ben euh bon déjà "
    "enfin pardon tout je j' ne n' tu il on c'est cest s'il excusez excuse pas suis jusqu lequel laquelle quel quelle de à chez pour "
    "avec sans par"
)
"""Words after which whoever speaks goes on with the same sentence."""

_NO_LABEL_AFTER = (
    "que qui c'est pas de dans est sur pour avec à voir et mais demander par chez sera serait être devient"
)
_NO_NAME_AFTER = (
    "c'est cest est par chez de du d pour appelle conseillère conseiller référente référent tuteur tutrice directrice directeur patron "
    "patronne gérant gérante sera dame avec juste seulement plutôt bonjour merci ou le la mon ma un une nomme"
)
_NO_DATE_AFTER = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre matin midi soir après-midi semaine semaines jour jours mois date dates horaire horaires heure heures au du le la les et de à "
    "que est c'est cest venir faire commencer commence finir entre sauf ou plutôt disons travaille travailler sera serait soit matins "
    "matinée matinées soirs immersion stage ouvert fait faisait bosse pas plus mission contrat congés vacances formation rdv séjour"
)
_NO_TUTOR_AFTER = "mon ma le la un une son sa notre votre c'est cest est sera comme avec par de du d au à que qui pas ni sans pour devient êtes suis"
_NO_WAY_AFTER = "adresse mon ma mes son sa ses le la les l de du un une au par ton votre leur pas ni ce"
_NO_STREET_AFTER = "c'est cest est au à juste seulement par c l'adresse adresse habite j'habite jhabite et a"


@dataclass(frozen=True, slots=True)
class _Start:
    """What begins another subject, the mark it gets, and the words after which it begins none."""

    shape: re.Pattern[str]
    mark: str
    unless: frozenset[str]
    figure_before: bool = True
    """Whether it may follow a figure of one or two digits."""


def _start(shape: str, mark: str, unless: str, *, led: bool = True, figure_before: bool = True) -> _Start:
    leads = _AND if led else ""
    return _Start(re.compile(rf"(?i)\s(?={leads}{shape})"), mark, frozenset(unless.split()), figure_before)


_STARTS = (
    _start(rf"{_THE}(?:{_LABEL}|{_THING}{_OF}\s\+?\d)", ".", _NO_LABEL_AFTER),
    _start(_NO_SIRET, ".", "que si quand"),
    _start(_FIRST_TIME, ".", "la c'est pour non une que ma est"),
    _start(_I, ".", _GOES_ON, figure_before=False),
    _start(_QUESTION, ".", _GOES_ON),
    _start(_THEY, ",", _GOES_ON, led=False),
    _start(rf"(?:avec )?{_CIVIL}\s[\w'’-]{{2}}", ",", _NO_NAME_AFTER),
    _start(_TUTOR, ",", _NO_TUTOR_AFTER),
    _start(_DATES, ",", _NO_DATE_AFTER, figure_before=False),
    _start(_REACHED, ",", _NO_WAY_AFTER),
    _start(_STREET, ",", _NO_STREET_AFTER),
    _start(_POLITE, ".", "que si"),
)
_LABELLED = re.compile(rf"(?i)(?<!\w)(?P<said>{_LABEL})")
"""A label and the word that leads to its value, which stay together."""

_BEFORE = re.compile(r"(?<![\w'’-])[\w'’-]{1,30}$")
_FIGURE = re.compile(r"\d{1,2}(?:h\d{0,2})?")


def punctuated(text: str) -> str:
    """The text with the marks that a long stretch without any lacks, where another subject or figure begins."""
    if len(text) > LONGEST:
        return text
    return _STRETCH.sub(_marked, text)


def _marked(found: re.Match[str]) -> str:
    stretch = found.group()
    if len(stretch.split()) < FEWEST:
        return stretch
    marks: dict[int, str] = {}
    whole = [(one.start("said"), one.end()) for one in _LABELLED.finditer(stretch)]
    for start in _STARTS:
        for one in start.shape.finditer(stretch):
            inside = any(begins < one.start() < ends for begins, ends in whole)
            if not inside and one.start() > 2 and _begins(start, stretch, one.start()):
                marks.setdefault(one.start(), start.mark)
    for at in sorted(marks, reverse=True):
        stretch = f"{stretch[:at]}{marks[at]}{stretch[at:]}"
    return stretch


def _begins(start: _Start, stretch: str, at: int) -> bool:
    """Whether the word before lets another subject begin."""
    before = _BEFORE.search(stretch, max(0, at - 20), at)
    if before is None:
        return False
    word = before.group().lower().replace("’", "'")
    return word not in start.unless and (start.figure_before or _FIGURE.fullmatch(word) is None)


def as_said(words: str, written: str) -> str:
    """Those words as the message has them, without the marks that were added; themselves where it has them not."""
    told = re.findall(r"\w+", words)
    if not told or len(written) > LONGEST:
        return words
    found = re.search(r"\W{1,4}".join(map(re.escape, told)), written)
    return found.group() if found else words
