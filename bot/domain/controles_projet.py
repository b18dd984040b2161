"""Checks on the project and the host: one object, no prohibited use, a host that is not the employer."""

from bot.domain import regex as re
from bot.domain.controle import Cas, Controle, Issue, folded
from bot.domain.demande import Champ
from bot.domain.hote import meme_nom

OBJECTIFS = frozenset({"decouvrir", "confirmer", "recrutement"})
"""The three objects of the law."""

_ARTICLES = r"(?:(?:un|une|des|le|la|les|l|mon|ma|mes|son|sa|leur|d|de|du|ce|cette) )*"
_SOMEONE = _ARTICLES + (
    r"(?:quelqu un|salarie|employe|collegue|vendeu|serveu|secretaire|cuisinier|personne|titulaire|absent|conge"
    r"|maternite|maladie|arret|patron|apprenti|ouvrier|chef|equipier|vacances|ete|poste|pied leve)"
)
_PATTERNS: dict[str, tuple[str, ...]] = {
    "remplacement": (
        rf"\bremplac(?:er|e|ant|ante|erai|erais) {_SOMEONE}",
        rf"\bremplacement {_SOMEONE}",
        rf"\b(?:faire|fais|ferai|fasse|assurer|contrat|poste) {_ARTICLES}remplacement",
        rf"\ba la place {_SOMEONE}",
        r"\bpendant (?:son|sa) (?:conge|arret|absence)",
        r"\bsalarie\w* absent",
    ),
    "surcroit": (
        r"\bsurcroit",
        r"\b(?:pic|hausse|surcharge|accroissement) d activite",
        r"\bforte activite",
        r"\bsurcharge de travail",
        r"\b(?:manque|manquent) de (?:personnel|monde|bras)",
        r"\b(?:en|comme|besoin de|besoin d un) renfort",
        r"\ben sous effectif",
    ),
    "saisonnier": (
        r"\b(?:emploi|job|poste|travail|contrat|boulot|comme|en|un|une) saisonni",
        r"\b(?:pour|pendant|toute) la saison\b",
        r"\b(?:job|emploi|boulot|poste) d ete\b",
        r"\bvendange",
        r"\bsaison (?:d ete|d hiver|estivale|touristique)",
    ),
    "permanent": (
        r"\b(?:poste|emploi) permanent",
        r"\btenir (?:seule? )?(?:un|le) poste",
        r"\bseule? (?:en|a la|au|a l|dans) (?:la |le )?(?:caisse|boutique|magasin|accueil|cuisine|comptoir)",
        r"\bcomme un vrai (?:salarie|employe)",
    ),
}
_USAGES = {code: re.compile("|".join(patterns)) for code, patterns in _PATTERNS.items()}


def objectif(cas: Cas) -> Controle | None:
    """One object, and one only, among the three of the law (Code du travail, L5135-1)."""
    value = cas.texte(Champ.OBJECTIF)
    missing = Issue.IMPOSSIBLE if value else Issue.A_CONFIRMER
    issue = Issue.EN_ORDRE if value in OBJECTIFS else missing
    return cas.controle("objectif", issue, "objets_max", Champ.OBJECTIF)


def usages_interdits(cas: Cas) -> Controle | None:
    """Never to replace an employee, meet a surge, hold a seasonal or a permanent job (Code du travail, L5135-7).

    Read in what the person wrote, so never more than « to confirm ».
    """
    champs = (Champ.ACTIVITES, Champ.METIER, Champ.CONSEILLER, Champ.AMENAGEMENTS)
    written = {champ: folded(cas.texte(champ)) for champ in champs if cas.texte(champ)}
    found = [champ for champ, text in written.items() if usage_interdit(text)]
    if not written:
        return None
    if not found:
        return cas.controle("usages_interdits", Issue.EN_ORDRE, "usages_interdits", Champ.ACTIVITES)
    usage = usage_interdit(written[found[0]])
    return cas.controle(f"usage_{usage}", Issue.A_CONFIRMER, "usages_interdits", *found)


def usage_interdit(text: str) -> str:
    """The prohibited use that a folded text tells of: its code, or an empty string."""
    return next((code for code, pattern in _USAGES.items() if pattern.search(text)), "")


def hote_distinct(cas: Cas) -> Controle | None:
    """The host is another structure than the employer, who is a party besides it (Code du travail, D5135-1)."""
    siret, autre = cas.texte(Champ.SIRET), cas.texte(Champ.EMPLOYEUR_SIRET)
    nom, employeur = folded(cas.texte(Champ.ENTREPRISE)), folded(cas.texte(Champ.EMPLOYEUR))
    if not (employeur or autre) or not (siret or nom):
        return None
    champs = (Champ.ENTREPRISE, Champ.SIRET, Champ.EMPLOYEUR, Champ.EMPLOYEUR_SIRET)
    if siret and siret == autre:
        issue = Issue.IMPOSSIBLE
    elif (siret and autre and siret[:9] == autre[:9]) or (nom and employeur and meme_nom(nom, employeur)):
        issue = Issue.A_CONFIRMER
    else:
        issue = Issue.EN_ORDRE
    return cas.controle("hote_distinct", issue, "hote_distinct", *champs)
