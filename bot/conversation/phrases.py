"""What people say about the question they are asked: why, one minute, I do not know, the same as before.

Patterns are matched on `plain` text: lower case, no accents, no punctuation.
"""

import re
from re import Pattern


def any_of(*forms: str) -> Pattern[str]:
    """One pattern that matches any of these forms."""
    return re.compile("|".join(f"(?:{form})" for form in forms))


_SEND_IT = r"(?:envo(?:ie|ies|ye|yez|yer)|j envoie|transmett(?:ez|re)|valid(?:e|er|ez))"
_YES_SO = r"(?:oui |ok |c est bon |parfait |d accord |vous pouvez |tu peux |je confirme )*"

SEND = any_of(
    rf"{_YES_SO}{_SEND_IT}(?: la| ma| le| tout)?(?: demande)?(?: svp| merci| s il vous plait)?",
    "oui",
    "ok",
    "d accord",
    "c est bon",
    "parfait",
    "je confirme",
    "ouais",
)

SEND_NOW = re.compile(rf"{_YES_SO}{_SEND_IT}(?: la| ma| le| tout)?(?: demande)?(?: svp| merci| s il vous plait)?")
"""« envoyez », before everything is answered."""

WHY = any_of(
    r"(?:mais |et )?pourquoi(?: ca| cela)?",
    r"(?:mais |et )?pour quoi faire",
    r"(?:ca|cela) sert a quoi(?: de (?:le |la )?(?:savoir|dire|donner)(?: ca| cela)?)?",
    r"(?:mais |et )?(?:pourquoi|a quoi (?:ca|cela)|c est pour quoi|en quoi)\b.*"
    r"\b(?:demand\w*|besoin|sert|voulez|vouloir|utile|question)\b.*",
)

NOTHING = re.compile(
    r"(?:euh |ben |bah )*(?:non(?: merci)?|nan|nn|aucune?|rien|personne|pas encore|pas (?:d |de )?(?:idee|adresse|siret|tuteur)|neant|sans)"
)
"""On an optional question: there is nothing to say."""

REFUSES = any_of(
    r"(?:non )?(?:ca|cela) (?:ne )?vous regarde pas",
    r"(?:non )?c est (?:prive|personnel|mon probleme|ma vie)",
    r"(?:non )?je (?:ne )?(?:veux|souhaite|prefere) pas (?:vous )?(?:le |la |les )?(?:dire|donner|repondre)(?: .*)?",
    r"pas vos (?:affaires|oignons)",
    r"occupez vous .*",
    r"mele toi .*",
)

_MOMENT = r"(?:attend(?:s|ez)?|(?:une|deux|cinq|\d+) ?(?:minutes?|secondes?|min|sec|instants?)|un instant)"
_LOOKING = r"je (?:vais )?(?:demande|demander|regarde|regarder|verifie|verifier|reviens)|je dois (?:demander|regarder)"
_THEN = (
    r"(?: (?:svp|je|j|s il|deux|une|a|au|le|la|mes|mon|ma|avec|et|pour|de|que|me|vais|dois|demande|demander|regarde"
    r"|reflechis|cherche|reviens|tout|de suite)\b.*)?"
)
WAIT = any_of(
    rf"{_MOMENT}{_THEN}",
    rf"(?:{_LOOKING}){_THEN}",
    r"laissez moi (?:une minute|reflechir|regarder|demander|le temps)(?: .*)?",
)

_HOSTS = r"(?:entreprise|employeur|patron|lieu|structure|boite|endroit|boulangerie|magasin)s?"
NO_HOST = any_of(
    rf"(?:je |j )?(?:ne )?(?:connais|ai|trouve) (?:pas|aucune?)(?: encore)?(?: trouve)?(?: d| de)? ?{_HOSTS}",
    r"(?:pas|aucune) (?:encore )?(?:d )?entreprise",
    r"je (?:n )?en (?:connais|ai) (?:pas|aucune)(?: encore)?",
    r"je cherche(?: encore)?(?: une entreprise)?",
    r"(?:non )?pas encore(?: trouve)?",
)

DONT_KNOW = any_of(
    r"(?:euh |bah |ben )*(?:je |j )?(?:ne |n )?(?:sais|c|sait|ses) (?:pas|plus|rien)(?: encore| trop| du tout)?",
    r"(?:aucune|pas d) idee",
    r"(?:je |j )?(?:ne )?(?:sais|connais|me souviens|me rappelle) (?:pas|plus) (?:de )?(?:son|le|leur|sa|mon) \w+",
    "jsp",
    "chais pas",
    r"je (?:n )?ai pas(?: encore)? (?:choisi|decide)",
    "ne sais pas",
    "nsp",
)

_WISH = r"(?:je (?:veux|voudrais|souhaite|peux)|est ce que je peux|puis je)"
ALSO = any_of(
    rf"(?:et |sinon |au fait )?{_WISH} (?:aussi|egalement|en plus) (?:faire |avoir |demander )?"
    r"(?:une? |un )?(?:autre )?(?:stage|immersion|demande|pmsmp)\b.*",
    r"(?:je veux|je voudrais)(?: faire)? une (?:autre|deuxieme|seconde) (?:demande|immersion)",
)

_CHILD = (
    r"(?:mon|ma|notre|mes) (?:fils|fille|enfant|enfants|petit fils|petite fille|neveu|niece|frere|soeur|ado|petit frere"
    r"|petite soeur)"
)
CHILD = re.compile(rf".*\b(?:pour|de) {_CHILD}\b(?:.*?\b(?P<age>\d{{1,2}}) ?ans?\b)?.*")
"""An adult asks for a child, whose age may be said."""

ASKS_FOR = re.compile(r".*\b(?:demande|stage|immersion|pmsmp|inscri\w*|formulaire)\b.*")

SAME = any_of(
    "idem",
    "pareil",
    r"(?:c est |la |le |les )?(?:la |le |les )?memes?(?: chose| qu avant| que (?:la|le) .*| ville| endroit| adresse| commune)?",
    r"comme (?:avant|la derniere fois|la premiere fois|dans ma (?:premiere|derniere) demande)",
    r"(?:a cote de|pres de|proche de|autour de|vers) (?:chez moi|la maison|mon domicile)",
    r"(?:chez moi|dans ma ville|dans ma commune|la ou j habite|ou j habite)",
)

FINE = re.compile(
    r"(?:oui |ok )?(?:c est (?:bon|ok|bien|toujours bon)|ca (?:va|marche|me va)|on garde|rien a changer) "
    r"(?:pour|avec|sur) (?P<what>.+)"
)
"""« c'est bon pour les dates »."""

MEANING = re.compile(
    r"(?:c est quoi|qu est ce qu(?: un| une|e c est)|que veut dire|ca veut dire quoi|c koi|kesako)"
    r"(?: un| une| le| la| l| les| ca| d)* ?(?P<what>.*)"
)

ASIDE = re.compile(
    r"^(?P<answer>[^?]{1,80}?)(?:[,;.!]\s*|\s+)(?:et\s+)?(?:au fait|sinon|mais|d['’]ailleurs|par contre|et)?[\s,]*"
    r"(?P<question>(?:et\s+)?(?:est[- ]ce|c['’ ]est|combien|comment|quand|qui|que|quel|pourquoi|o[uù]|il faut|on|je|y a)"
    r".*\?)\s*$",
    re.IGNORECASE,
)
"""An answer, then a question of one's own, in the same message (as written, with its marks)."""

SPAN = re.compile(
    r"\b(?:un|une|deux|trois|quatre|cinq|six|sept|huit|dix|quinze|\d{1,2}) ?(?:jours?|semaines?|mois)\b", re.IGNORECASE
)
"""A length of time, kept as a wish until a start is known."""
