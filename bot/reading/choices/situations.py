"""Who follows the person, what they do, whether a disability is recognised: in free words."""

from collections.abc import Mapping
from re import Pattern

from bot.domain import regex as re
from bot.reading.choices.yes_no import read_yes_no
from bot.reading.french import nearest, unstuck
from bot.reading.outcome import Ask, ReadContext, Reading, Rejected, Value
from bot.reading.plain import plain

BODIES: Mapping[str, Pattern[str]] = {
    "mission-locale": re.compile(r"\b(?:miss?i?on locale?s?|ml|milo|garantie jeunes?|cej mission locale)\b"),
    "cap-emploi": re.compile(r"\bcap ?emploi\b"),
    "france-travail": re.compile(r"\b(?:france travail|francetravail|ft|p(?:o|ol|au|aul|ole) emplois?|poleemploi|anpe)\b"),
    "conseil-departemental": re.compile(r"\b(?:(?:conseil )?departement(?:al)?|assistante? sociale? (?:du|de secteur).*|mds|cd\d{2}|maison (?:des|du) (?:solidarites|departement))\b"),
    "structure-iae": re.compile(r"\b(?:chantiers? d insertion|(?:structure|entreprise|association) (?:d )?insertion|insertion par l activite|iae|siae|aci|structure iae)\b"),
    "operateur-cep": re.compile(r"\b(?:cep|(?:conseil|conseiller|conseillere) en evolution(?: professionnelle)?|mon cep|avenir actifs|operateur cep)\b"),
}  # fmt: skip
_NOBODY = re.compile(
    r"^(?:non|nan|nn|non (?:merci|pas du tout)|pas (?:encore|du tout|pour l instant|pour le moment))$|\b(?:personne|aucun\w*|nobody|pas (?:de )?(?:suivi\w*|accompagne\w*|conseill\w*)|tout seul|toute seule|rien)\b"
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


_PUBLIC = (
    r"(?:mairie|education nationale|hopital public|l hopital|hopital|chu|chru|prefecture|rectorat|academie|collectivite\w*|fonction publique|ministere|tribunal"
    r"|conseil (?:departemental|regional)|metropole|communaute de communes|agglo\w*|universite|lycee|college|ecole (?:publique|maternelle|primaire|elementaire)"
    r"|ephad public|ehpad public|service public|ccas|impots|police|gendarmerie|armee|etat|l administration|administration)"
)
_PUBLIC_CONTRACT = (
    rf"(?:cdd|cdi|contrat|contractuel\w*)(?: \w+){{0,5}}? (?:a|au|aux|dans|pour|de|d|du|en) (?:la |le |les |l |une? |mon |notre )?{_PUBLIC}"
    r"|(?:cdd|cdi|contrat|contractuel\w*)(?: \w+){0,5}? a la (?:commune|ville) (?:de|d)"
    rf"|(?:a|au|dans|pour) (?:la |le |les |l |une? )?{_PUBLIC}(?: \w+){{0,3}}? en (?:cdd|cdi|contrat)"
)
"""A contract, fixed or not, with a public employer."""

SITUATIONS: tuple[tuple[str, Pattern[str]], ...] = tuple((value, re.compile(rf"\b(?:{pattern})\b")) for value, pattern in (
    ("csp", r"csp|contrat de securisation(?: professionnelle)?"),
    ("salarie-etti", r"etti|interim d insertion|entreprise de travail temporaire d insertion|salarie etti"),
    ("salarie-insertion", r"(?:salarie\w*|contrat|cddi|je (?:travaille|bosse)) (?:\w+ )?(?:en |d |dans un )?(?:structure d |chantier d |entreprise d )?insertion|cddi|salarie insertion"),
    ("contrat-aide", r"contrat aide|cui|cae|pec|parcours emploi competences"),
    ("entreprise-adaptee", r"entreprise adaptee"),
    ("esat", r"(?:en |dans un |d )?esat"),
    ("alternant", r"apprentie?s?|alternante?s?|en alternance|(?:contrat d )?apprentissage|contrat pro"),
    ("lyceen", (r"l[iy]ceen\w*|collegien\w*|(?:au|o|ou|a mon) l[iy]c[e]+|(?:au|o) (?:college|bahut)|en (?:premiere|1ere|terminale?|term|tle|seconde|2nde|troisieme|[34]eme|3e)|(?<!j )(?<!je )eleve"
     r"|(?:j?passe|prepare|en) (?:mon |le |un )?bac(?: pro)?(?: cette annee)?|en cap|scolarisee?|je vais (?:encore )?a l ecole")),
    ("jeune-diplome", r"(?:jeune|viens d etre|tout juste|fraichement) diplomee?s?|jeune diplome|diplomee? (?:d |de |en |du )\w+|(?:ma|mon|mes) (?:licence|master|bts|but|dut|cap|bac pro|diplome|etudes) (?:est |sont |c est )?(?:finie?s?|terminee?s?|obtenue?)|(?:eu|obtenu|fini|valide|termine|decroche) (?:ma|mon|mes|un|une) (?:licence|master|bts|diplome|etudes|but|dut|cap|bac pro)"),
    ("etudiant", (r"etudian\w*|etu|(?:a|en|ds|dans) (?:la |une )?fac|(?:en )?licence|(?:en )?master|en (?:bts|but|prepa|doctorat|l[123]|m[12])|a l (?:universite|uni)|iut"
     r"|etudie|(?:en|dans une|une) (?:grande )?ecole (?:de commerce|d ingenieurs?|superieure|d infirmiere?s?)|fais des etudes")),
    ("stagiaire-formation", r"stagiaire de la formation\w*|en formation|formation professionnelle|stagiaire formation"),
    ("fonctionnaire", r"fonctionnaires?|titulaire (?:de la fonction publique|a la mairie|de mon poste|a l hopital)|titularisee?"),
    ("contractuel-public", _PUBLIC_CONTRACT + r"|aesh|avs|vacataire|contractuel\w*(?: (?:du )?public| de la fonction publique)?|agent public contractuel"),
    ("independant", r"independante?s?|conjointe?s? collabora\w+|auto ?entrepreneu\w*|micro ?entrepreneu\w*|(?:auto|micro) ?entreprise|a mon (?:propre )?compte|freelance|artisan a mon compte|(?:ma|mon) propre (?:boite|entreprise|boutique)|gerante?s?|chef\w* d entreprise|profession liberale"),
    ("retraite", r"(?<!maison de )(?<!maisons de )(?<!foyer de )(?:retraite(?:e|s)?|a la retraite)"),
    ("conge-parental", r"conge parental"),
    ("arret-maladie", r"(?:en )?arret (?:maladie|de travail|depuis|longue)|en arret|en (?:longue )?maladie"),
    ("demandeur-emploi", r"(?:touche|percois|recois) (?:l |mon )?are\b|chom\w{0,3}g\w?|chomeu\w*|chomedu|chomdu|demandeu\w* d emploi|sans emploi|et (?:je |j )?cherche$|cherche (?:un |du |2 |en ce moment (?:un |du )?|activement (?:un |du )?)?(?:nouveau )?(?:emploi|travail|boulot|taf|job)|recherche d(?:e travail| un emploi| emploi|u travail)?|(?:pas|plus?|pu) (?:de|d) (?:travail|emploi|boulot|taf|job)|(?:perdu|quitte) mon (?:travail|emploi|boulot|taf|poste)|(?:ete|etre|suis|fait) (?:licencie|vire)e?|fin de (?:contrat|droits?)|inscrite? (?:a |au )?(?:france travail|pole emploi|chomage)|demandeur emploi"),
    ("sans-activite", r"(?:je |j )?(?:ne )?fais rien|sans activite|inactif|inactive|(?:mere|pere|femme|homme|maman|papa)? ?au foyer|rien(?! (?:a|de) )|(?:j |je )?eleve (?:mes|mon|ma)|m occupe de (?:mes|mon|ma)|ni (?:emploi|travail|boulot) ni (?:formation|etudes)|a la maison"),
    ("salarie-prive", r"salariee?s?|(?:en |un )?(?:cdi|cdd)|(?:je|j|jsui|moi je) (?:travaille|bosse|taf+e|taf)(?: (?:chez|dans|a|comme|depuis|en tant))?|en poste|employee?|ouvriere?|interim\w*|salarie prive|(?:un|mon) (?:travail|boulot|taf|job|emploi) (?:a |en |dans )|(?:a|en) mi temps|temps partiel|temps plein"),
))  # fmt: skip


_WORKS_NO_MORE = re.compile(
    r"\b(?:travaill\w*|boss\w*|taff\w*) plus\b|\b(?:arrete|fini) (?:de )?(?:travailler|bosser)\b"
)
"""« elle ne travaille plus depuis 2019 »: looking for work, or not; that is asked."""


def read_situation(text: str, ctx: ReadContext) -> Reading:  # noqa: ARG001
    """What the person does today."""
    words = unstuck(plain(text)[:300])
    slug = words.replace(" ", "-")
    if slug in {value for value, _ in SITUATIONS}:
        return Value(slug)
    if _WORKS_NO_MORE.search(words) and not situations_in(_WORKS_NO_MORE.sub(" ", words)):
        return Ask("situation.une_seule", proposals=(("", "demandeur-emploi"), ("", "sans-activite")))
    denied = re.search(r"\b(?:pas|plus)\b(?! (?:de|d) (?:travail|emploi|boulot|activite|taf|job))", words)
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
    if "jeune-diplome" in found and "etudiant" in found:
        found.remove("etudiant")
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


_UNKNOWN = re.compile(
    r"\b(?:c est quoi|koi|ca veut dire quoi|(?:sais|connais|comprends?) pas (?:c est|ce que|la|le|cette|cest)?)"
)
"""« je sais pas c'est quoi RQTH »: asked, not answered."""

_HAS_IT = re.compile(
    r"\b(?:j ai|jai|g) (?:juste|seulement|quand meme|bien|deja)? ?(?:une?|la) (?:rqth|reconnaissance)\b"
)
"""« je suis pas handicapée, j'ai juste une RQTH »: whatever is denied before."""


def read_handicap(text: str, ctx: ReadContext) -> Reading:
    """Whether a disability is recognised, or the wish not to say."""
    words = plain(text)[:300]
    if _PRIVATE.search(words) or words == "non precise":
        return Value("non-precise")
    if _PENDING.search(words):
        return Ask("handicap.en_cours")
    if _UNKNOWN.search(words):
        return Ask("handicap.oui_non")
    if _HAS_IT.search(words) or re.match(r"(?:oui|ouais)\b", words):
        return Value("oui")  # « oui mais je ne veux pas que le patron le sache »
    if re.search(r"\b(?:pas|aucune?|sans)\b(?: \w+){0,3} (?:rqth|handicap\w*|reconn\w*)", words):
        return Value("non")
    if _RECOGNISED.search(words) and not re.search(r"\b(?:non|pas|plus)\b", words):
        return Value("oui")
    reading = read_yes_no(text, ctx)
    if isinstance(reading, Value):
        return Value("oui" if reading.value else "non")
    return Ask("handicap.oui_non") if isinstance(reading, Ask) else Rejected("handicap.illisible")
