"""What the form knows of the person, in the words of the fiches: it sharpens an answer, it never makes one."""

import numpy as np

from bot.answers.corpus import Corpus
from bot.answers.retriever import Ranking, Retriever

SPOKEN: dict[str, tuple[str, str]] = {
    "mineur": ("mineur", "pour un mineur"),
    "handicap": ("handicap", "avec une RQTH"),
    "salarie": ("salarie", "si je suis salarié"),
    "salarie-prive": ("salarie", "si je suis salarié"),
    "salarie-insertion": ("insertion", "en structure d'insertion"),
    "salarie-etti": ("insertion", "en intérim d'insertion"),
    "structure-iae": ("insertion", "en structure d'insertion"),
    "contrat-aide": ("contrat-aide", "en contrat aidé"),
    "demandeur-emploi": ("demandeur-emploi", "si je suis demandeur d'emploi"),
    "etudiant": ("etudiant", "si je suis étudiant"),
    "lyceen": ("lyceen", "si je suis lycéen"),
    "alternant": ("alternant", "si je suis apprenti"),
    "stagiaire-formation": ("stagiaire-formation", "en formation professionnelle"),
    "fonctionnaire": ("fonctionnaire", "si je suis fonctionnaire"),
    "contractuel-public": ("contractuel-public", "si je suis contractuel public"),
    "independant": ("independant", "si je suis indépendant"),
    "esat": ("esat", "en ESAT"),
    "entreprise-adaptee": ("entreprise-adaptee", "en entreprise adaptée"),
    "retraite": ("retraite", "si je suis retraité"),
    "conge-parental": ("conge-parental", "en congé parental"),
    "arret-maladie": ("arret-maladie", "en arrêt maladie"),
    "csp": ("csp", "en CSP"),
    "rsa": ("rsa", "si je touche le RSA"),
}
"""The form's word -> the fiches' facet, and how a person would add it to a question."""

_STATUS = ("j'y ai droit ?", "à qui m'adresser ?", "où aller ?")
"""How the titles end of passages that only say who may take part, and with whom."""

_SURE = 0.5
_MOST = 3


def sharpened(retriever: Retriever, text: str, ranking: Ranking, publics: frozenset[str]) -> Ranking:
    """The ranking of the question with what is known added, where it leads surely to a passage for this person."""
    corpus = retriever.measures.corpus
    if corpus.refusing[int(ranking.chances.argmax())]:
        return ranking
    for known in sorted(publics & SPOKEN.keys())[:_MOST]:
        facet, words = SPOKEN[known]
        if facet in ranking.heard.publics:
            continue
        added = retriever.rank(f"{text.rstrip(' ?!.')} {words} ?")
        best = int(np.argmax(added.chances))
        if (
            facet in corpus.owners[best].publics
            and added.chances[best] >= _SURE
            and not _of_status(corpus, corpus.owners[best].ref)
        ):
            return added
    return ranking


def _of_status(corpus: Corpus, ref: str) -> bool:
    """Whether the passage only says who may take part: the person did not ask that."""
    return ref.startswith("situations#") or corpus.passages[ref].titre.endswith(_STATUS)
