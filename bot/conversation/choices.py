"""Answers among a few: yes or no, the objective, the situation, who follows; by number, by label, in free words."""

import re
from collections.abc import Mapping
from re import Pattern

from bot.conversation.french import fold, nearest
from bot.conversation.plain import plain
from bot.conversation.slots import Ask, ReadContext, Reading, Rejected, Value

_RANKS = (
    ("premier", "premiere", "1er", "1ere", "1", "un", "une"), ("deuxieme", "second", "seconde", "2e", "2eme", "2", "deux"),
    ("troisieme", "3e", "3eme", "3", "trois"), ("quatrieme", "4e", "4eme", "4", "quatre"),
    ("cinquieme", "5e", "5eme", "5", "cinq"), ("sixieme", "6e", "6eme", "6", "six"),
)  # fmt: skip
_AROUND = re.compile(
    r"^(?:non |alors |plutot |je (?:prends|choisis|dirais) |pour moi |reponse |c est )*(?P<no>pas )?(?:le |la |les |l |numero |n o |no |n |choix |option )*"
    r"(?P<rank>\w+)(?: (?:choix|option|reponse|svp|stp|merci|s il vous plait))*$"
)
_BOTH = re.compile(
    r"(?:les |tous les |toutes les )?(?:deux|trois|tous|toutes|2|3)(?: les deux)?|aucun(?:e)?(?: des (?:deux|trois|2|3))?|ni l un ni l autre"
)
_TWO_NUMBERS = re.compile(r"(?:le |la )?\d+(?:er|e)? (?:et|ou|puis) (?:le |la )?\d+(?:er|e)?")


def numbered(text: str, choices: tuple[str, ...]) -> int | Ask | None:
    """The place of the choice named by its number or its rank; a question where two are named; None otherwise."""
    words = plain(text)
    if not choices or not words or len(words) > 40:
        return None
    exact = next((at for at, value in enumerate(choices) if fold(value) == fold(text).strip(" .!")), None)
    if exact is not None:
        return exact
    if _TWO_NUMBERS.fullmatch(words) or (
        _BOTH.fullmatch(words) and words.split()[0] not in {"deux", "trois", "2", "3"}
    ):
        return Ask("choix.un_seul", {"nombre": str(len(choices))})
    found = _AROUND.fullmatch(words)
    rank = found["rank"] if found else ""
    place = next((at for at, names in enumerate(_RANKS) if rank in names), None)
    if rank.isdecimal() and place is None:
        place = int(rank) - 1 if len(rank) < 3 else None
    if rank in {"dernier", "derniere"}:
        place = len(choices) - 1
    return _within(place, len(choices), negated=bool(found and found["no"]))


def _within(place: int | None, count: int, *, negated: bool) -> int | Ask | None:
    if place is None or not 0 <= place < count:
        return None
    if not negated:
        return place
    return 1 - place if count == 2 else Ask("choix.un_seul", {"nombre": str(count)})


_YES = re.compile(
    r"(?:ah |bah |ben |euh |mais )*(?:(?:oui|ouais?|ouai|oue|ouep|ui|wi|yes|yep|yeah|yop|ok|oki|okay|okey|d accord|dac|daccord|bien sur|c est bon|"
    r"volontiers|carrement|tout a fait|exact(?:ement)?|absolument|avec plaisir|ca marche|affirmatif|je (?:le )?veux bien|je suis d accord|"
    r"vas y|vazy|vazi|o|parfait|dacc|d acc|dacodac|top|cool|pas de soucis?|aucun (?:probleme|soucis?)|c est (?:bien )?le cas|j en ai (?:une?|deja)|vrai|voui|grave|accepte|c est note|bien sur que oui|parfait|evidemment|effectivement|c est (?:ca|exact|correct|juste)|j accepte|je confirme|bien entendu|entendu|deja fait|si si|sans probleme|pas de probleme|nickel|super)"
    r"(?: |$))+(?:merci|svp|stp|je suis|d accord|monsieur|madame|bien|tout|le|j ai|j accepte|c est|ca|me va|moi)?[ \w]{0,20}"
)
_YES_ONLY = re.compile(r"(?:oui|ouais?|ok|d accord|bien sur|merci|j accepte|je suis|accord|c est bon|svp| )+")
_NO = re.compile(
    r"(?:ah |bah |ben |euh |mais |he )*(?:non|nan|nn|nope|no|nah|naan|noon|n|pas (?:du tout|encore|d accord|question|interesse|la peine|besoin|maintenant|pour l instant)|surtout pas|jamais|negatif|"
    r"je (?:ne )?(?:veux|souhaite|peux|suis|crois) pas.*|je refuse|refuse|nop|faux|bien sur que non|carrement pas|(?:ce )?n est pas le cas|c est pas le cas|(?:je )?(?:n )?(?:j )?(?:n )?en ai pas|je n accepte pas|jamais de la vie|je (?:ne )?prefere pas|je prefere (?:ne )?(?:pas|rien)|je pense pas|aucun(?:e)?|hors de question|certainement pas|absolument pas|sans facon)(?: (?:non|merci|pas.*|c est pas bon|je (?:ne )?.*|jamais|du tout|svp|desole\w*|monsieur|madame|encore.*))*"
)
_MAYBE = re.compile(
    r".*\b(?:mouais|pourquoi pas|bof|peut etre|ptet|ptetre|sais pas|jsp|depend|on verra|plus tard|pas sure?|crois|hum|hmm|euh|ni oui|reflechi\w*|sans doute|ou non|je pense|plutot|eventuellement|pas vraiment|oui et non|mais non|si possible|normalement|a voir|moyen|pas trop|un peu|pense pas|pk pas|pkoi pas|pq pas|mouai|mwai|mwe|mouè|ca se peut|aucune idee|comment ca|non mais oui|quoi)\b.*|si|mm+|hein|comme vous voulez"
)
_THUMBS = {
    "\U0001f44d": True,
    "✅": True,
    "\U0001f44c": True,
    "✔": True,
    "☑": True,
    "\U0001f197": True,
    "\U0001f44e": False,
    "❌": False,
    "✖": False,
    "\U0001f6ab": False,
}


def read_yes_no(text: str, ctx: ReadContext) -> Reading:  # noqa: ARG001
    """True or false; a half-hearted answer is asked again."""
    shown = text.strip()
    if shown and shown[0] in _THUMBS and not plain(shown):
        return Value(_THUMBS[shown[0]])
    words = plain(shown)
    if words in {"true", "false"}:
        return Value(words == "true")
    if not words or len(words) > 120 or "<" in shown:
        return Rejected("oui_non.illisible")
    if _MAYBE.fullmatch(words):
        return Ask("oui_non.hesitation")
    squeezed = re.sub(r"([a-z])\1+", r"\1", words)
    yes, no = (pattern.fullmatch(words) or pattern.fullmatch(squeezed) for pattern in (_YES, _NO))
    if yes and not no and re.search(r"\b(?:non|pas)\b", words.replace("pas de ", "")):
        return Ask("oui_non.hesitation")
    if yes and not no:
        return Value(value=True)
    if no and not re.search(r"\boui\b", words.replace("non pas oui", "")):
        return Value(value=False)
    return Ask("oui_non.hesitation") if yes or no else Rejected("oui_non.illisible")


OBJECTIVES: Mapping[str, Pattern[str]] = {
    "decouvrir": re.compile(r"\b(?:decouvr\w*|decouvert\w*|observ\w*|explor\w*|voir ce que c est|voir comment (?:c est|ca se passe)|(?:mieux )?connaitre (?:le|un|ce) (?:metier|secteur))\b"),
    "confirmer": re.compile(r"\b(?:confirm\w*|valid\w*|verifi\w*|(?:etre|suis) (?:bien )?sure?|m assurer|bon choix|conforter)\b"),
    "recrutement": re.compile(r"\b(?:embauch\w*|recrut\w*|cdi|cdd|connaitre d un employeur|faire connaitre|promesse d embauche|decrocher un (?:emploi|contrat|poste)|(?:garder|prendre) apres)\b"),
}  # fmt: skip
_ROOTS = {"decouvrir": "decouvrir", "decouverte": "decouvrir", "confirmer": "confirmer", "valider": "confirmer",
          "embauche": "recrutement", "embaucher": "recrutement", "recrutement": "recrutement"}  # fmt: skip
_SOFT = re.compile(
    r"\b(?:voir si|pour voir|tester?|test|essayer|essai|me plai\w*|se rendre compte|me faire une idee|voir)\b"
)
_OTHER_AIM = re.compile(
    r"\b(?:stage (?:\w+ )?(?:obligatoire|d observation|de (?:licence|master|bts|fin d etude\w*|3e|troisieme))|argent|gagner|salaire|remplac\w*)\b"
)
_OPEN_AIM = re.compile(
    r"\b(?:sais pas|jsp|stage|immersion|autre|experience|travail\w*|bosser|reconver\w*|projet|emploi|formation|apprendre|les (?:deux|trois)|tous|tout|un peu|aucun\w*|metier|contrat|orient\w*|me former|depend)\b"
)
_NEGATED = re.compile(r"\bpas (?:pour |de |d |le |la |un |une |me |etre |du tout )*\w+(?: (?:un|le|mon) \w+)?")


def read_objective(text: str, ctx: ReadContext) -> Reading:  # noqa: ARG001
    """One of the three legal aims; two at once, or a wish that is none of them, are asked about."""
    words = plain(text)[:400]
    if not words or "<" in text:
        return Rejected("objectif.illisible")
    if _OTHER_AIM.search(words):
        return Rejected("objectif.autre_but")
    named = objectives_in(_NEGATED.sub(" ", words))
    if len(named) == 1:
        return Value(named[0])
    if named:
        return Ask("objectif.un_seul", proposals=tuple(("", value) for value in named))
    if _SOFT.search(words):
        return Ask("objectif.decouvrir", proposals=(("", "decouvrir"),))
    asks = _OPEN_AIM.search(words) or objectives_in(words)
    return (
        Ask("objectif.lequel", proposals=tuple(("", value) for value in OBJECTIVES))
        if asks
        else Rejected("objectif.illisible")
    )


def objectives_in(words: str) -> tuple[str, ...]:
    """The aims that plain words name, a slip of one letter forgiven."""
    found = {value for value, pattern in OBJECTIVES.items() if pattern.search(words)}
    for word in words.split():
        if len(word) >= 7:
            found |= {_ROOTS[name] for name in nearest(word, _ROOTS)}
    return tuple(value for value in OBJECTIVES if value in found)


BODIES: Mapping[str, Pattern[str]] = {
    "mission-locale": re.compile(r"\b(?:miss?i?on locale?s?|ml|milo|garantie jeunes?|cej mission locale)\b"),
    "cap-emploi": re.compile(r"\bcap ?emploi\b"),
    "france-travail": re.compile(r"\b(?:france travail|francetravail|ft|pole emploi|poleemploi|anpe)\b"),
    "conseil-departemental": re.compile(r"\b(?:(?:conseil )?departement(?:al)?|assistante? sociale? (?:du|de secteur).*|mds|cd\d{2}|maison (?:des|du) (?:solidarites|departement))\b"),
    "structure-iae": re.compile(r"\b(?:chantiers? d insertion|(?:structure|entreprise|association) (?:d )?insertion|insertion par l activite|iae|siae|aci|structure iae)\b"),
    "operateur-cep": re.compile(r"\b(?:cep|(?:conseil|conseiller|conseillere) en evolution(?: professionnelle)?|mon cep|avenir actifs|operateur cep)\b"),
}  # fmt: skip
_NOBODY = re.compile(
    r"\b(?:personne|aucun\w*|nobody|pas (?:de )?(?:suivi\w*|accompagne\w*|conseill\w*)|tout seul|toute seule|rien)\b"
)
_UNSURE = re.compile(r"\b(?:sais (?:pas|plus)|jsp|ne sait pas|aucune idee|pas sure?)\b")
_OTHER_BODY = re.compile(
    r"\b(?:association|savs|club|ccas|asso|autre|apec|plie|e2c|epide|afpa|greta|educateur|educatrice|foyer|cfa|mdph)\b"
)


def read_body(text: str, ctx: ReadContext) -> Reading:  # noqa: ARG001
    """Who follows the person."""
    words = plain(text)[:300]
    if words.replace(" ", "-") in {*BODIES, "autre", "aucun", "ne-sait-pas"}:
        return Value(words.replace(" ", "-"))
    found = bodies_in(words)
    if len(found) == 1:
        return Value(found[0])
    if found:
        return Ask("suivi_par.un_seul", proposals=tuple(("", value) for value in found))
    for pattern, value in ((_UNSURE, "ne-sait-pas"), (_NOBODY, "aucun"), (_OTHER_BODY, "autre")):
        if pattern.search(words):
            return Value(value)
    near = (
        nearest(words, ("mission locale", "france travail", "cap emploi", "pole emploi"), 2) if len(words) > 7 else ()
    )
    fixed = bodies_in(near[0]) if len(near) == 1 else ()
    return Value(fixed[0]) if fixed else Rejected("suivi_par.illisible")


def bodies_in(words: str) -> tuple[str, ...]:
    """The bodies that plain words name."""
    return tuple(value for value, pattern in BODIES.items() if pattern.search(words))


SITUATIONS: tuple[tuple[str, Pattern[str]], ...] = tuple((value, re.compile(rf"\b(?:{pattern})\b")) for value, pattern in (
    ("csp", r"csp|contrat de securisation(?: professionnelle)?"),
    ("salarie-etti", r"etti|interim d insertion|entreprise de travail temporaire d insertion|salarie etti"),
    ("salarie-insertion", r"(?:salarie\w*|contrat|cddi|je (?:travaille|bosse)) (?:\w+ )?(?:en |d |dans un )?(?:structure d |chantier d |entreprise d )?insertion|cddi|salarie insertion"),
    ("contrat-aide", r"contrat aide|cui|cae|pec|parcours emploi competences"),
    ("entreprise-adaptee", r"entreprise adaptee"),
    ("esat", r"(?:en |dans un |d )?esat"),
    ("alternant", r"apprentie?s?|alternante?s?|en alternance|(?:contrat d )?apprentissage|contrat pro"),
    ("lyceen", r"lyceen\w*|collegien\w*|au lycee|au college|en (?:premiere|terminale|seconde|troisieme|3eme)|eleve"),
    ("etudiant", r"etudiante?s?|a la fac|(?:en )?licence|(?:en )?master|en bts|a l universite|iut"),
    ("stagiaire-formation", r"stagiaire de la formation\w*|en formation|formation professionnelle|stagiaire formation"),
    ("jeune-diplome", r"(?:jeune|viens d etre|tout juste|fraichement) diplomee?s?|jeune diplome"),
    ("fonctionnaire", r"fonctionnaires?|titulaire de la fonction publique"),
    ("contractuel-public", r"contractuel\w*(?: (?:du )?public| de la fonction publique)?|agent public contractuel"),
    ("independant", r"independante?s?|auto ?entrepreneu\w*|micro ?entrepreneu\w*|a mon compte|freelance|artisan a mon compte"),
    ("retraite", r"retraite(?:e|s)?|a la retraite"),
    ("conge-parental", r"conge parental"),
    ("arret-maladie", r"(?:en )?arret (?:maladie|de travail)"),
    ("demandeur-emploi", r"chom\w{0,3}ge|chomeu\w*|demandeu\w* d emploi|sans emploi|cherche (?:un |du |en ce moment un )?(?:emploi|travail|boulot|taf|job)|recherche d(?:e travail| un emploi| emploi|u travail)?|pas (?:de|d) (?:travail|emploi|boulot)|inscrite? (?:a |au )?(?:france travail|pole emploi|chomage)|demandeur emploi"),
    ("sans-activite", r"sans activite|inactif|inactive|mere au foyer|pere au foyer|rien"),
    ("salarie-prive", r"salariee?s?|(?:en |un )?(?:cdi|cdd)|je (?:travaille|bosse)(?: (?:chez|dans|a|comme|depuis|en tant))?|en poste|employee? (?:de|chez|a)|interim\w*|salarie prive"),
))  # fmt: skip


def read_situation(text: str, ctx: ReadContext) -> Reading:  # noqa: ARG001
    """What the person does today."""
    words = plain(text)[:300]
    slug = words.replace(" ", "-")
    if slug in {value for value, _ in SITUATIONS}:
        return Value(slug)
    denied = re.search(r"\b(?:pas|plus)\b (?!(?:de|d) (?:travail|emploi|boulot|activite))", words)
    found = situations_in(words)
    if denied:
        return Ask("situation.laquelle") if found or "pas" in words else Rejected("situation.illisible")
    if len(found) == 1:
        return Value(found[0])
    if found:
        return Ask("situation.une_seule", proposals=tuple(("", value) for value in found[:5]))
    return Ask("situation.laquelle") if _UNSURE.search(words) else Rejected("situation.illisible")


def situations_in(words: str) -> tuple[str, ...]:
    """The situations that plain words name; a general one gives way to the precise one."""
    rest, found = words, []
    for value, pattern in SITUATIONS:
        if pattern.search(rest):
            found.append(value)
            rest = pattern.sub(" ", rest)
    precise = [value for value in found if value not in {"salarie-prive", "demandeur-emploi"}]
    kinds = {
        "salarie-insertion",
        "salarie-etti",
        "contrat-aide",
        "esat",
        "entreprise-adaptee",
        "arret-maladie",
        "conge-parental",
    }
    if any(value in kinds for value in precise) and "salarie-prive" in found:
        found.remove("salarie-prive")
    if "sans-activite" in found and len(found) > 1:
        found.remove("sans-activite")
    return tuple(found)


_PRIVATE = re.compile(
    r"\b(?:prefere (?:ne )?pas|veux pas (?:le )?(?:dire|repondre)|souhaite pas (?:le )?(?:dire|repondre)|prive|non precise|pas (?:le )?dire)\b"
)
_RECOGNISED = re.compile(
    r"\b(?:j ai (?:la |une |bien la )?(?:rqth|reconnaissance)|rqth|reconnue?|travailleu\w* handicape\w*|aah)\b"
)
_PENDING = re.compile(r"\b(?:en cours|demande (?:faite|deposee|en)|en attente|bientot)\b")


def read_handicap(text: str, ctx: ReadContext) -> Reading:
    """Whether a disability is recognised, or the wish not to say."""
    words = plain(text)[:300]
    if _PRIVATE.search(words) or words == "non precise":
        return Value("non-precise")
    if _PENDING.search(words):
        return Ask("handicap.en_cours")
    if re.search(r"\b(?:pas|aucune?|sans)\b(?: \w+){0,3} (?:rqth|handicap\w*|reconn\w*)", words):
        return Value("non")
    if _RECOGNISED.search(words) and not re.search(r"\b(?:non|pas|plus)\b", words):
        return Value("oui")
    reading = read_yes_no(text, ctx)
    if isinstance(reading, Value):
        return Value("oui" if reading.value else "non")
    return Ask("handicap.oui_non") if isinstance(reading, Ask) else Rejected("handicap.illisible")
