"""Legal numbers written in sentences, compared with regles.yaml."""

from collections.abc import Iterator
from datetime import date

from bot.domain import regex as re
from bot.domain.regles import Regles

_FIGURES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), keys)
    for pattern, keys in (
        (r"(?<!\d)(\d+) (?:heures|h) (?:maximum )?par semaine", ("heures_semaine_max", "heures_semaine_max_mineur")),
        (r"(?<!\d)(\d+) heures par jour", ("heures_jour_max_mineur",)),
        (r"(?<!\d)(\d+) jours (?:au total )?sur (?:douze|12) mois", ("jours_max_12_mois",)),
        (r"(?<!\d)(\d+) jours ouvrés sur (?:trois|3) ans", ("contractuel_public_jours_3_ans",)),
        (r"(?<!\d)(\d+) conventions (?:maximum )?sur (?:douze|12) mois", ("conventions_max_12_mois",)),
        (r"(?:âge minimum|au moins|dès) (\d+) ans le premier jour", ("age_minimum",)),
        (r"prévenir (?:l'organisme )?dans les (\d+) heures", ("accident_prevenir_heures",)),
        (r"déclaration (?:se fait )?dans les (\d+) heures", ("accident_declarer_heures",)),
        (r"(?<!\d)(\d+) ?% de la durée", ("part_contrat_max",)),
        (r"entre (\d+) heures et 6 heures", ("nuit_debut_mineur",)),
    )
)


def contradictions(text: str, regles: Regles, le: date) -> Iterator[str]:
    """Yield one French message per number of `text` that no rule in force on `le` gives."""
    for pattern, keys in _FIGURES:
        for found in pattern.finditer(text):
            known = {regles.valeur(key, le) for key in keys}
            if int(found[1]) not in known:
                expected = " ou ".join(map(str, sorted(known)))
                yield f"« {found[0]} » contredit regles.yaml ({', '.join(keys)} : {expected})"
