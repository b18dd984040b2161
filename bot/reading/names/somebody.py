"""Somebody told with what they do: « c'est Corinne Blanchet et elle est directrice » is « Corinne Blanchet, directrice »."""

from collections.abc import Callable

from bot.domain import regex as re
from bot.domain.texte import folded
from bot.reading.anew import parts_said
from bot.reading.names.first_names import is_first_name

LONGEST = 400
_ROLE = re.compile(
    r"(?:(?:le |la |l'|un |une |mon |ma |notre |son |sa )?(?:co-?|ex-?)?(?:chef\w{0,30}|cheffe|responsable|gerante?|patron\w{0,30}|direct(?:eur|rice)|adjointe?|maitre(?:sse)?|manageu?r|cadre|assistante?|secretaire"
    r"|coordinat\w{1,30}|coordo|animat\w{1,30}|educat\w{1,30}|format(?:eur|rice)|tuteur|tutrice|referente?|encadrant\w{0,30}|moniteur|monitrice|proprietaire|associee?|president\w{0,30}|second\w{0,30}|dirigeant\w{0,30}"
    r"|artisan\w{0,30}|ouvri\w{1,30}|employee?|technicien\w{0,30}|ingenieure?|infirmi\w{1,30}|aide\b|agente?|conseill\w{1,30}|vend(?:eur|euse)|cuisini\w{1,30}|mecan\w{1,30}|chargee?|boss|rh|drh|comptable|boulang\w{1,30}|coiff\w{1,30}))\b"
)
_IS = re.compile(
    r"(?i)^(?:et |qui |mais )?(?:(?:il|elle) (?:est|sera|fait|bosse comme|travaille comme|y est)|c['’ ]?est|est|fonction\s{0,3}:|(?:son|sa) (?:poste|m[ée]tier|r[ôo]le|fonction)\s?(?:c['’ ]?est|est|:)|poste\s{0,3}:|en tant que|comme)\s{1,3}"
)
_THE = re.compile(r"(?i)^(?:le|la|l['’]|un|une)\s{0,3}(?=\w)")
_SINCE = re.compile(
    r"(?i)\s{1,3}(?:depuis|qui |mais |et (?:il|elle|c['’]est)|je |j['’]|on |tu |vous |il |elle |d[ée]j[àa] |(?:je )?(?:pense|crois)$|pas (?:le|la|l['’]|un|une|mon|ma)\b)"
)
"""Where what follows says more of somebody than their name or their role."""

_REMARK = re.compile(
    r"(?:(?:le|la|les|son|sa|mon|au|et|aussi|idem|pareil)$|joignable|dispo\w{0,30}|t[ée]l\w{0,30}|num\w{0,30}|mail|e-?mail|portable|pas de (?:mail|tel\w{0,30}|numero)|(?:je |j')?(?:ne |n')?(?:connais|sais|ai) (?:pas|plus)|jsp|on (?:peut|m'a)|vous pouvez"
    r"|c'est (?:le|la) meme|c'est chez|c'est (?:lui|elle) qui|c'est tout|qui signe|voila|(?:et )?attention|merci|svp|bonjour|enfin|je crois|je pense|il me semble|pas sure?|appelez|son (?:num|tel|mail)\w{0,30}|(?:surtout )?pas (?:mon|ma|mes|le|la|l')|avant (?:c'\w{1,30}|je|j'\w{1,30}|on)|(?:lui|elle|moi)[- ]memes?)\b"
)
_INTRODUCED = re.compile(
    r"(?i)^(?:(?:bonjour|alors|donc|euh|bon|oui|voil[àa]|aussi|encore|toujours|juste)[\s,]{1,4}){0,6}(?:(?:je (?:serai|suis|vais [êe]tre) (?:avec|suivie? par|encadr[ée]e? par)|on m['’]a dit(?: que)?|(?:s[ûu]rement|normalement|a priori)"
    r"|(?:mon|ma|le|la) (?:tuteur|tutrice|ma[iî]tre de stage|personne(?: qui (?:me suit|m['’]encadre|me suivra))?|r[ée]f[ée]rente?)(?: l[àa]-bas)?\s?(?:c['’ ]?est|ce sera|sera|est|s['’]appelle|:|,)"
    r"|tut(?:eur|rice)(?:\s?[:=]|(?= (?-i:[A-ZÉÈ])))|nom\s?[:=]|je (?:pense|crois)(?: que)?|(?:elle|lui|il)[, ]{1,4}c['’ ]?est|c['’ ]?est|ce sera|ça sera|il s['’]appelle|elle s['’]appelle|avec|je (?:travaille|bosse|suis (?:salari[ée]e?|employ[ée]e?|en cd[id]))(?: en cd[id])? (?:chez|pour|à la|à|au|dans))\s{1,3}){1,6}(?=\S)"
)
_NOT_SO = re.compile(r"(?:non )?pas (?!de |d')\w")
"""« …, pas responsable »: what they are not."""

_ANYBODY = re.compile(
    r"(?:(?:un|une|le|la|ce|cette) (?:monsieur|dame|homme|femme|gars|fille|mec|meuf|personne|collegue|salariee?|employee?|jeune|type)(?: de (?:l'equipe|la-bas|l'atelier))?|quelqu'un.{0,400}|on verra.{0,400}|je sais pas.{0,400}|n'importe qui)"
)
"""Nobody in particular."""

_SENTENCE = re.compile(r"\b(?:est|sont|suis|ont|ai|veut|peut|fait|mes|signe|c'est)\b")
"""Words about something, beside a name."""

_CAPITAL = re.compile(r"\b[A-ZÉÈÀÂÎÔ][\w'’-]{1,40}")
_CIVIL = re.compile(r"(?i)\b(?:m\.|mr|mme|mlle|monsieur|madame)\s{1,3}\w")
_TAIL = re.compile(
    r"(?i)(?:[\s,;:.(/-]{1,4}(?:joignable|dispo\w{0,30}|son|sa|le|au|à|a|et|ou|t[ée]l\w{0,30}|num[ée]ro|num|mail|e-?mail|portable|port|c['’ ]?est|qu['’]?on peut joindre|tout court|aussi|attention)){1,6}\W{0,6}$"
)


def somebody(text: str, is_trade: Callable[[str], bool]) -> str:
    """The name and the function told, remarks left out; empty where no clause looks like a name."""
    return _read(text, is_trade)[0]


def wholly_told(text: str, is_trade: Callable[[str], bool]) -> bool:
    """Whether every clause is a name, a function or a known remark: nothing is left for another reading."""
    told, explained = _read(text, is_trade)
    return explained and bool(told)


def _read(text: str, is_trade: Callable[[str], bool]) -> tuple[str, bool]:
    text = _WHEN.sub("", " ".join(text[:LONGEST].split()))
    *before, last = parts_said(text)
    shown = last if _CAPITAL.search(last) or _CIVIL.search(last) else text
    if before and shown is text and "," in before[-1]:
        shown = f"{before[-1].rpartition(',')[0]}, {last}"  # « Hugo Bernier, apprenti non pardon mécanicien »
    named: list[str] = []
    roles: list[str] = []
    explained = True
    for clause in re.split(
        r"\s{0,3}[,;()\n]\s{0,3}|(?<=[^\W\d_]{2})\.\s{1,3}|\s{1,3}[-–/]\s{1,3}|\s/$|(?<!poste)(?<!tier)(?<!rôle)(?<!role)(?<!fonction)\s{1,3}(?:et (?=(?:il|elle|c['’ ]?est)\b)|qui (?=est\b)|(?=(?:(?:il|elle) (?:est|sera)|c['’ ]?est) (?:(?:le|la|mon|ma|notre|un|une) |l['’])?[a-zéèêà]{3})|(?=pas (?:(?:le|la|mon|ma|un|une) |l['’])?[a-zéè]{4}))",
        shown,
    ):
        own = _INTRODUCED.sub("", clause.strip(" .:"))
        bare = _TAIL.sub("", own).strip(" .:-–")
        if not bare or _REMARK.match(folded(own)) or (named and _NOT_SO.match(folded(own))):
            continue
        role = _before_more(_THE.sub("", _IS.sub("", _TAIL.sub("", clause.strip(" .:"))))).strip(" -–")
        if named and (_ROLE.match(folded(role)) or is_trade(role) or is_trade(role.partition(" et ")[0])):
            roles.append(role if _IS.match(clause) else _before_more(bare))
        elif _ANYBODY.fullmatch(folded(bare)):
            explained = False
        elif (_IS.match(clause) and named and len(_CAPITAL.findall(bare)) < 2) or _aside(bare):
            explained = False
            if _aside(bare) and not _IS.match(clause):
                break
        else:
            explained &= bool(_CAPITAL.search(bare) or _CIVIL.search(bare))
            name, function = _function_after(_before_more(bare) or bare, is_trade)
            named.append(name.rstrip(" :,"))
            roles += [function] if function else []
    whole = [part for part in named if len(_CAPITAL.findall(part)) > 1 or _CIVIL.search(part)]
    if whole:
        named = [part for part in named if part in whole or not _SENTENCE.search(folded(part))]
    if whole and len(named) > 1 and len(named[0].split()) == 1 and folded(named[0]) in folded(whole[0]):
        named = [part for part in named if part != named[0]]
    return ", ".join((*named, *roles)), explained


_WHEN = re.compile(
    r"(?i)[\s,;.(]{1,4}(?:(?:du|le|les|de|des|et|tous les)\s)?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?\b|\d{1,2}\s?(?:h\b|h\d|heures?\b)|\d{1,2}\s?/\s?\d{1,2}\b).*$"
)
"""Days and hours said after somebody: they name nobody."""


def _function_after(clause: str, is_trade: Callable[[str], bool]) -> tuple[str, str]:
    """« Karim Benali gérant », « mme le goff véto » → the name, then the function; an empty one where none follows."""
    words = clause.split()
    for at in range(1, min(len(words), MOST_OF_A_NAME)):
        name, tail = " ".join(words[:at]), " ".join(words[at:])
        bare = _THE.sub("", tail)
        if _CAPITAL.search(tail) or not bare[:1].islower() or folded(words[at - 1]) in _JOINS:
            continue
        if (_ROLE.match(folded(bare)) or is_trade(bare)) and (_A_NAME.match(name) or is_first_name(words[0])):
            return name, bare
    return clause, ""


MOST_OF_A_NAME = 6
_JOINS = frozenset({"le", "la", "l", "un", "une", "de", "du", "d", "et", "m", "m.", "mr", "mme", "madame", "monsieur"})
_A_NAME = re.compile(
    r"(?i:(?:m\.|mr|mme|mlle|monsieur|madame|docteur)\s{1,3})?(?!(?:Le|La|Les|Un|Une|Mon|Ma)\b)[A-ZÉÈÀÂÎÔ]|(?i:(?:m\.|mr|mme|mlle|monsieur|madame|docteur)\s{1,3}\w)"
)


def _before_more(clause: str) -> str:
    """« Paul, le chef depuis dix ans » → « Paul, le chef »."""
    return _SINCE.split(clause, maxsplit=1)[0]


def _aside(clause: str) -> bool:
    """Whether a clause tells something else: « je le connais bien », « mais pas sûr »."""
    return (
        re.match(r"(?i)(?:(?:ma|mon) \w{3,12} (?:elle|il)|elle|il|lui|mais|on|je|j['’]|qui|sinon)\b", clause)
        is not None
    )
