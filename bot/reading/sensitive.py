"""What people must not send, recognised before anything is stored: only the category leaves this module."""

import unicodedata

from bot.domain import regex as re
from bot.domain.champs import FIELDS, Who
from bot.domain.texte import folded as fold
from bot.reading.outcome import ReadContext
from bot.reading.plain import visible

_SEP = r"[ .\-/]?"
_NIR = re.compile(
    rf"(?<![\d.,])[1-478]{_SEP}\d{{2}}{_SEP}(?:0[1-9]|1[0-2]|[2-9]\d){_SEP}(?:\d{{2}}|2[ab]){_SEP}\d{{3}}{_SEP}\d{{3}}"
    rf"(?P<key>{_SEP}[ |]*\d{{2}})?(?!{_SEP}\d)"
)
_IBAN = re.compile(r"\b[a-z]{2}\d{2}(?:[ \-]?[a-z0-9]{1,4}){3,8}\b")
_DIGITS = re.compile(r"(?<![\d+])\d(?:[ .\-]?\d){12,18}(?![ .\-]?\d)")
_KEYCAPS = re.compile(r"[\ufe0e\ufe0f\u20e3]")
_ODD = re.compile(r"(?<=[\da-z])[_·•|*~]{1,3}(?=[\da-z])")
_DOTS = re.compile(r"(?<=[\da-z])\.(?=[\da-z])")
_CARD_WORDS = re.compile(r"\b(?:carte (?:bleue|bancaire|visa|de credit)|cb|visa|mastercard)\b")
_PASSWORD = re.compile(
    r"\b(?:mots? de passe|mdp|password|passwd|code (?:secret|confidentiel|pin)|pin)\b\s*(?:[\w ']{0,25}?)\s*(?:\best|\bc'est|:|=|\bc )\s*(?!oubli|perdu|expire|bloque|incorrect|faux|pas\b|refuse)\S{3,}"
    r"|\b(?:mots? de passe|mdp|password)\b ?:? ?(?=\S*\d)(?=\S*[a-z])\S{5,}"
)
_IDENTIFIER = re.compile(
    r"\b(?:identifiant|matricule|login|(?:numero|n°|num) ?(?:de |d')?(?:demandeur|allocataire|fiscal|etranger|passeport|carte (?:nationale )?d'identite|titre de sejour|dossier)|carte d'identite|passeport|n° ?(?:ft|pole emploi|france travail))\b[^\d@]{0,40}(?=\w*\d)\w{5,}"
)
_FRANCE_TRAVAIL = re.compile(r"\d{7}[a-z]")

_CONDITION = (
    r"(?:s[ck]h?[iy][zs]o(?:ph|f)r[ae]i?n\w*|b[iy]pol+[ae]i?r\w*|seropositi\w*|vih|sida|cancer(?!olog)\w*|tumeur|leucemie|dep+ress?[ie]\w*|diabet(?!olog)\w*|epilep\w*|autis\w*|asperger|tdah?|tsa\b"
    r"|dys(?:lex|prax|calcul|orthograph|phas)\w*|sclerose\w*|parkinson|alzheimer|fibromyalg\w*|endometriose|hepatite|tuberculose|l?asthm\w*|anorexi\w*"
    r"|boulimi\w*|alcooli\w*|toxicoman\w*|addict(?!olog)\w*|drogu(?!ist|eri)\w*|burn[ -]?out|crohn|mucoviscidose|drepanocytose|hemophil\w*|insuffisance \w+|hernie\w*|lombalgie\w*"
    r"|sciatique|tendinite\w*|arthrose|polyarthrite|canal carpien|avc|infarctus|greffee|greffe d\w (?:rein|foie|coeur|moelle)|dialyse|chimio\w*|trisom\w*|surdite|sourde?|malentendante?|malvoyante?"
    r"|aveugle|enceinte|grossesse|fausse couche|ivg|avortement|psychose|psychotique|paranoia\w*|anxieu\w*|angoisses?|phobi\w*|suicidaire|insuline|migraines?"
    r"|vertiges|covid long|maladie (?!professionnelle|depuis|jusqu|pour|et\b|ou\b|mais|je\b|en ce)\w+|handicap (?:mental|psychique|moteur|physique)|troubles? (?:\w+ ){0,2}(?:psych\w*|anxieu\w*|bipolair\w*|alimentair\w*|attention|autisti\w*|cognitif\w*|personnalite)"
    r"|operee? d\w*|fais operer|hospitalisee?|mal (?:au|aux|a la) \w+|problemes? (?:de |au |aux |d')(?:dos|sante|coeur|genoux?|hanches?|vue|audition|psy\w*|drogue|alcool|poids|epaules?)|allergi\w*)"
)
_FILL = r"(?:(?:une?|des|de|la|le|l'|du|d'|eu|ete|fait|tres|aussi|toujours|souvent|plusieurs|gros|grosse|petite?|legere?|severe|chronique|et|maladie|encore|bien|vraiment|un peu|trop|d'une|d'un|crises? d[e']|forme d[e']|en|parfois|actuellement|deja|reconnue?|etat|ce moment|pleine) ?){0,4}"
_SELF = rf"(?:\bj'? ?ai|\bg|\bje suis|\bchui|\bjsuis|\bsuis|\bje souffre|\bje fais|\bj'ai fait|\bsouffre|\batteinte?|\batteinte? d\w*|\bdiagnosti\w+|\bmon|\bma|\bmes|\bcause d\w*|\bje sors|\bapres|\bsuite a|\bet) ?{_FILL}"
_HEALTH = re.compile(rf"{_SELF}\b{_CONDITION}\b")
_TREATED = re.compile(
    r"\b(?:je suis|suis|chui) (?:sous|en) (?:traitement(?! de surface| des eaux| thermique)|antidepresseurs?|medicaments?|neuroleptiques?|chimio\w*)|\bje prends (?:un traitement|des (?:medicaments|antidepresseurs|cachets)|mon traitement)"
    r"|\b(?:suivie?|vois|consulte) (?:par )?(?:un |une |mon |ma |le |la )?(?:psychiatre|psychologue|psy\b|addictologue|neurologue|cancerologue|oncologue)|\bmedecin (?:m'a|ma) (?:dit|diagnosti\w+|trouve)"
    r"|\btentatives? de suicide\b"
)
_RELATIVE = re.compile(
    r"\b(?:mon|ma|mes) (?:fils|fille|mari|femme|mere|pere|frere|soeur|enfants?|copain|copine|amie?) (?:est|a|souffre|sont|ont) "
    rf"{_FILL}\b{_CONDITION}\b"
)
_BODY = re.compile(
    r"\b(?:vu|a cause de|cause|rapport a|par rapport a|en raison de|suite a|du fait de) (?:mon|ma|mes|l'etat de mon) (?:dos|epaules?|genoux?|chevilles?|poignets?|hanches?|jambes?|bras|mains?|pieds?|coeur|cou|cervicales|lombaires|reins|ventre|poumons|yeux|oreilles)\b"
)
"""« pas de tronçonneuse vu mon épaule »: why, which is nobody's business here."""

_BARE = re.compile(rf"(?:une? |la |le |de la |ma |mon )?{_CONDITION}(?: (?:et|de|du|au|aux|a|,) .*)?")
_SOFT_ALONE = re.compile(r"(?:aveugle|sourde?|apres|mal .*)")
_CARE = re.compile(
    r"\b(?:enfants?|personnes?|patients?|aupres|adultes?|public|residents?|jeunes|eleves|accompagn\w+|aider?|infirmi\w+|service|soins?|association|soigner|avec des|pour (?:les|des))\b"
)
_OTHER_PERSON = r"(?:conseill\w+|referente?|amie?s?|copain|copine|freres?|soeurs?|voisine?|collegues?|prof\w*|educat\w+|assistante? sociale?|fils|fille|neveu|niece|cousine?|pote)"
_THIRD = re.compile(
    rf"\b(?:mon|ma|mes|notre|sa|son)\s+{_OTHER_PERSON}\b(?:(?!\bmon (?:numero|num|tel\w*|portable|mail|adresse|e-?mail)\b|\bmoi\b|\bje\b|\bj').){{0,60}}?(?:(?:\+|\b0)\d?(?:[ .\-]?\d){{8,}}|\S+@\S+)"
)
_ASKED = frozenset(row.champ for row in FIELDS if row.of not in {Who.PERSON, Who.HOST})
"""Fields that ask for somebody else."""


def category(text: str, ctx: ReadContext) -> str:
    """nir, iban, carte, mot_de_passe, identifiant, sante, tiers; empty where the text may be kept."""
    folded = fold(visible(text))[:6000]
    if any(char.isdigit() for char in folded):
        found = _numbers(folded, ctx)
        if found:
            return found
    if _PASSWORD.search(folded):
        return "mot_de_passe"
    if _health(folded):
        return "sante"
    if ctx.answers.get("champ") not in _ASKED and _THIRD.search(folded):
        return "tiers"
    return ""


def _numbers(folded: str, ctx: ReadContext) -> str:
    digits = _as_digits(folded)
    if any(_is_nir(found, ctx) for found in _NIR.finditer(digits)):
        return "nir"
    if any(_is_iban(found.group(), ctx) for found in _IBAN.finditer(_DOTS.sub(" ", digits))):
        return "iban"
    if any(_is_card(found.group(), folded, ctx) for found in _DIGITS.finditer(digits)):
        return "carte"
    alone = _FRANCE_TRAVAIL.fullmatch(folded.replace(" ", ""))
    return "identifiant" if alone or _IDENTIFIER.search(folded) else ""


def _as_digits(folded: str) -> str:
    """The same with every script's digits as ours, keycaps as their figure, odd signs between figures as a space."""
    bare = _KEYCAPS.sub("", folded)
    if not bare.isascii():
        bare = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in bare)
    return _ODD.sub(" ", bare)


def _is_nir(found: re.Match[str], ctx: ReadContext) -> bool:
    """With its key or without; a key that is wrong by a figure is still somebody's number."""
    bare = re.sub(r"[^\da-z]", "", found.group())
    return bare[0] in "12" or (len(bare) == 15 and ctx.formats.nir(bare.upper()))


def _is_iban(run: str, ctx: ReadContext) -> bool:
    """With a right key, or French and of the right length: a key that is wrong by a figure is still an account."""
    groups = re.split(r"[ \-]", run.upper())
    bare = "".join(groups)
    if bare.startswith("FR") and len(bare) >= 27:
        return sum(char.isdigit() for char in bare[:27]) > 18
    # Words may follow the number: what is read stops group by group.
    starts = ("".join(groups[:size]) for size in range(len(groups), 0, -1))
    return any(15 <= len(start) <= 34 and (_mod_97(start) or ctx.formats.iban(start)) for start in starts)


def _mod_97(bare: str) -> bool:
    """ISO 13616: letters as numbers from 10, the first four characters last, remainder 1."""
    return int("".join(str(int(char, 36)) for char in bare[4:] + bare[:4])) % 97 == 1


def _is_card(run: str, folded: str, ctx: ReadContext) -> bool:
    """A SIRET has 14 figures and passes the same key: it is not a card."""
    bare = re.sub(r"\D", "", run)
    if ctx.formats.siret(bare):
        return False
    issued = (len(bare) in (16, 19) and bare[0] in "3456") or (len(bare) == 15 and bare[:2] in {"34", "37"})
    return (issued and ctx.formats.card(bare)) or (len(bare) >= 13 and bool(_CARD_WORDS.search(folded)))


_VEXED = re.compile(
    r"\b(?:mal (?:a la tete|a la tronche|au crane|aux yeux)|(?:la |une )?migraines?) (?:de|avec|a cause de|a force de|devant|rien qu'a) "
    r"(?:(?:toutes? )?(?:t[ae]s?|ton|v(?:os|otre)|c(?:e|es|ette|et)|lire|repondre|remplir|chercher|relire)\b)"
)
"""« g mal a la tete de tes kestion » tells of no health."""


def _health(folded: str) -> bool:
    """The person's own health; a trade that cares for others is not, nor what our questions do to one's head."""
    folded = _VEXED.sub(" ", folded)
    if _TREATED.search(folded) or _RELATIVE.search(folded) or _BODY.search(folded):
        return True
    for found in _HEALTH.finditer(folded):
        if not _CARE.search(found.group()):
            return True
    bare = folded.strip(" .!,")
    return len(bare.split()) <= 5 and bool(_BARE.fullmatch(bare)) and not _SOFT_ALONE.fullmatch(bare)
