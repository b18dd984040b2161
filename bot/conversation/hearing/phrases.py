"""What people say about the question they are asked: why, one minute, I do not know, the same as before.

Patterns are matched on `plain` text: lower case, no accents, no punctuation.
"""

from re import Pattern

from bot.domain import regex as re


def any_of(*forms: str) -> Pattern[str]:
    """One pattern that matches any of these forms, from the beginning of a text."""
    return re.compile(rf"\A(?:{'|'.join(f'(?:{form})' for form in forms)})")


_SEND_IT = (
    r"(?:(?:l |la |le |me la )?(?:envo(?:ie|ies|ye|yes|yez|yer|i)|transmett(?:ez|re)|transmets|valid(?:e|er|ez)))"
)
_YES_SO = (
    r"(?:oui |ok |bon |alors |c est (?:bon|ok|parfait) |parfait |d accord |allez |allez y |vas y |vous pouvez |tu peux "
    r"|on peut |je (?:peux|veux|voudrais|souhaite) |j aimerais |il faut |je confirme |j |je |maintenant |et )*"
)
_SENT_WHAT = r"(?: (?:la|ma|le|tout|ca|cette|mon))?(?: (?:demande|dossier|formulaire))?"
_SENT_POLITELY = r"(?: (?:svp|stp|merci|s il vous plait|s il te plait|maintenant|tout de suite|c est bon|quand meme))*"

SEND = any_of(
    rf"{_YES_SO}{_SEND_IT}{_SENT_WHAT}{_SENT_POLITELY}",
)
"""Sending said in so many words; a yes alone gives the agreement and sends nothing."""

SEND_NOW = re.compile(rf"{_YES_SO}{_SEND_IT}{_SENT_WHAT}{_SENT_POLITELY}")
"""« envoyez », before everything is answered."""

WHY = any_of(
    r"(?:mais |et )?pourquoi(?: ca| cela)?",
    r"(?:mais |et )?pour quoi faire",
    r"(?:ca|cela) sert a quoi(?: de (?:le |la )?(?:savoir|dire|donner)(?: ca| cela)?)?",
    r"(?:mais |et )?(?:pourquoi|a quoi (?:ca|cela)|c est pour quoi|en quoi)\b.*"
    r"\b(?:demand\w*|besoin|sert|voulez|vouloir|utile|question)\b.*",
)

REQUIRED = re.compile(
    r"(?:mais |et |euh |dites )*(?:(?:le |la |les |l |mon |ma |un |une )?(?P<before>(?!(?:c|est|mais|et)\b)\w+(?: (?!(?:c|est)\b)\w+)?) )?(?:est ce (?:que )?)?(?:c est |c |est il |est elle |est )?(?:vraiment )?"
    r"oblig(?:atoire|e|ee)s?(?: (?:de|d) (?:donner|mettre|dire|avoir|repondre(?: a)?))?(?: (?:le |la |les |l |mon |ma |un |une |ca|cela)?(?P<what>\w+(?: \w+)?)?)?"
)
"""« c'est obligatoire, le téléphone ? », of the question asked or of another one."""

NOTHING = re.compile(
    r"(?:euh |ben |bah |non )*(?:non(?: merci)?|nan|nn|aucune?s?|rien(?: (?:de special|de particulier|du tout|a dire))?|personne"
    r"|(?:pas|rien) (?:encore|pour l instant|pour le moment|maintenant)|(?:toujours )?pas (?:de |d |encore (?:de |d )?)?(?:idee|adresse"
    r"|siret|tuteur|conseillere?|numero|agence|horaires?|activites?|contrat|date|mail|e mail|telephone|portable)(?: (?:encore|precis|precise|fixe|fixes))?"
    r"|je (?:ne )?(?:n )?(?:l |en |les )?(?:ai|connais|sais) (?:pas|plus|aucune?)(?: encore| de \w+| le \w+| son \w+| d \w+)?|(?:il )?(?:n )?y en a pas"
    r"|j (?:en )?ai (?:pas|aucune?)(?: encore| de \w+| le \w+)?|neant|sans|inconnue?|ras)(?: (?:merci|desolee?|encore|svp))*"
)
"""On an open question: there is nothing to say."""

NO_ALONE = re.compile(r"(?:(?:non|nan|nn|pas encore|attendez?|pas tout a fait|c est pas bon) ?)+")
"""A no where everything is answered: something is to be corrected."""

KEEP = re.compile(
    r"(?:non|nan|rien|(?:je )?(?:laisse|garde)[rsz]?|c est bon|ca va|ok|oui|d accord|finalement|merci"
    r"|(?:pas de |aucun |rien a )chang(?:ement|er)|comme ca|tel quel|comme avant| )+"
)
"""While an answer is being changed: it stays as it was."""

YES_ALONE = re.compile(r"(?:(?:ouais|ui|ok|okay|d accord|dac|bien sur|yes|si|o) ?)+")
"""A yes where a yes answers nothing; « oui » is « o » and « ui »: read in one way only, or forty of them never end."""

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

WISH = re.compile(
    r"(?:bonjour |bonsoir |slt |salut |alors |bon )*(?:je|j|jveux|jvoudrai\w*|jaimerai\w*|jcherche)(?: (?:veux|voudrais?|souhaite\w*"
    r"|aimerais?|cherche|recherche|compte|pense|je|suis|etudiante?|salariee?|au|a|chomage|et|en))* (?:faire |fr |trouver |demander |avoir |effectuer "
    r"|realiser )?(?:une? |1 )(?:petite? )?(?:immersion|imersion|pmsmp|stage (?:d immersion|de decouverte|d observation))\b(?!.*\b(?:mais|si|sans"
    r"|car|alors que|sauf|peur|malgre|quand meme|savoir)\b).*"
)
"""« je voudrais faire une immersion chez un fleuriste »: a wish that nothing holds back, so the form starts."""

LINE = re.compile(
    r"^(?:(?:je (?:veux|voudrais) )?(?:change[rz]?|modifie[rz]?|corrige[rz]?) )?(?:à |pour )?(?:la |le )?"
    r"(?P<named>(?:ligne|num[ée]ro|point|n°)\s*)?(?P<place>\d{1,2})\s*"
    r"(?:$|(?:(?:[.:)=]|->|→|-\s|,?\s*(?:c['’]est|devient|plut[oô]t)\s)\s*(?P<value>(?!\d{1,2}[./])\S.*)$))",
    re.IGNORECASE,
)
"""« 8 », « ligne 8 », « 8. pâtissier », « change la ligne 8 : pâtissier » (as written)."""

ELLIPTIC = re.compile(
    r"(?:et (?!moi)|c est (?:paye|remunere|obligatoire|gratuit|assure|possible|legal|autorise|renouvelable|combien)"
    r"|(?:on|je) (?:est|suis|serai|sera) (?:paye|remunere|assure|couvert))\w*\b"
)
"""A question without its mark, or one that follows up on the last."""

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
    r"^(?P<answer>[^?]{1,80}?)[,;.!\s]\s*+(?:et\s++)?(?:au fait|sinon|mais|d['’]ailleurs|par contre|et)?[\s,]*+"
    r"(?P<question>(?:et\s++)?(?:est[- ]ce|c['’ ]est|combien|comment|quand|qui|que|quel|pourquoi|o[uù]|il faut|on|je|y a)"
    r".*\?)\s*$",
    re.IGNORECASE,
)
"""An answer, then a question of one's own, in the same message (as written, with its marks)."""

SPAN = re.compile(
    r"\b(?:un|une|deux|trois|quatre|cinq|six|sept|huit|dix|quinze|\d{1,2}) ?(?:jours?|semaines?|mois)\b", re.IGNORECASE
)
"""A length of time, kept as a wish until a start is known."""

STAGE = frozenset({"stage", "un stage", "immersion", "une immersion", "pmsmp", "je cherche un stage", "stages"})
"""A bare word: a request, « Puis-je ? », or a question."""

NAMED = re.compile(r"\b(?:immersions?|imersion|pmsmp|convention|essai)\b")
"""What this service is for, by a name that nothing else bears: no doubt is left on which « stage »."""
