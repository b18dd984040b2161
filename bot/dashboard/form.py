"""The official form's order (Cerfa 13912*05 and its online equivalent): sections, labels, what a convention needs.

Order and obligations: D5135-2 and D5135-5 of the Code du travail, Service-Public F14102, Immersion Facilitée.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.champs import FIELDS, Champ, Kind, Part, of_kind
from bot.domain.reponses import Reponses
from bot.domain.session import Json


@dataclass(frozen=True, slots=True)
class Section:
    """A block of the form: its title and its fields with their labels."""

    titre: str
    champs: tuple[tuple[Champ, str], ...]


FORM: tuple[Section, ...] = tuple(
    Section(part.value, tuple((row.champ, row.official) for row in FIELDS if row.part is part)) for part in Part
)

PLATFORM: tuple[tuple[str, tuple[Champ, ...]], ...] = (
    ("1. Le candidat", (Champ.PRENOM, Champ.NOM, Champ.DATE_NAISSANCE, Champ.EMAIL, Champ.TELEPHONE, Champ.COMMUNE,
                        Champ.SITUATION, Champ.HANDICAP, Champ.URGENCE_NOM, Champ.URGENCE_TELEPHONE, Champ.REPRESENTANT,
                        Champ.REPRESENTANT_EMAIL, Champ.REPRESENTANT_TELEPHONE, Champ.EMPLOYEUR, Champ.EMPLOYEUR_SIRET,
                        Champ.EMPLOYEUR_EMAIL)),
    ("2. L'entreprise", (Champ.SIRET, Champ.ENTREPRISE, Champ.TUTEUR, Champ.TUTEUR_EMAIL, Champ.TUTEUR_TELEPHONE)),
    ("3. Le lieu", (Champ.ADRESSE, Champ.LIEU)),
    ("4. Les dates et les horaires", (Champ.DATE_DEBUT, Champ.DATE_FIN, Champ.HORAIRES)),
    ("5. L'immersion", (Champ.OBJECTIF, Champ.METIER, Champ.ACTIVITES, Champ.AMENAGEMENTS)),
)  # fmt: skip
"""The screens of Immersion Facilitée's form, in their order."""

THEIRS = frozenset({Champ.CONSENTEMENT, Champ.BUREAU, Champ.BUREAU_ID})
"""What the person alone changes: their consent, and the office that it names (ADR 0082)."""

UNASKED = frozenset({Champ.CONSENTEMENT}) | of_kind(Kind.CODE)
"""What nobody asks again: consent is given by sending, a code comes with its name."""

LABELS: Mapping[Champ, str] = {champ: label for section in FORM for champ, label in section.champs}
"""Every field's label; sentences that leave their section need one that stands alone."""

ELSEWHERE = (
    "Représentant de la structure d'accueil : nom, adresse électronique, téléphone",
    "Présence sur place, à distance ou les deux",
    "Équipement de protection individuelle, mesures de prévention",
    "Objectifs précis et modalités d'évaluation (bilan)",
)
"""What the convention also asks, and that only the host or the prescriber can say."""

_ALWAYS = frozenset(
    {
        Champ.NOM, Champ.PRENOM, Champ.DATE_NAISSANCE, Champ.EMAIL, Champ.TELEPHONE, Champ.SIRET, Champ.ENTREPRISE,
        Champ.TUTEUR, Champ.TUTEUR_EMAIL, Champ.TUTEUR_TELEPHONE, Champ.DATE_DEBUT, Champ.DATE_FIN, Champ.HORAIRES,
        Champ.ADRESSE, Champ.OBJECTIF, Champ.METIER, Champ.ACTIVITES,
    }
)  # fmt: skip

_MINOR = frozenset({Champ.REPRESENTANT, Champ.REPRESENTANT_EMAIL, Champ.REPRESENTANT_TELEPHONE})
_EMPLOYER = frozenset({Champ.EMPLOYEUR, Champ.EMPLOYEUR_SIRET, Champ.EMPLOYEUR_EMAIL})


def needed(answers: Mapping[str, Json], *, minor: bool) -> frozenset[Champ]:
    """The fields that the convention cannot do without, for this person."""
    employer = _EMPLOYER if answers.get(Champ.SUR_TEMPS_TRAVAIL) is True else frozenset()
    return _ALWAYS | (_MINOR if minor else frozenset()) | employer


def missing(answers: Mapping[str, Json], *, minor: bool) -> tuple[Champ, ...]:
    """What is needed and not known, in the order of the form."""
    wanted = needed(answers, minor=minor)
    return tuple(champ for champ in LABELS if champ in wanted and answers.get(champ) in (None, ""))


def minor_at_start(answers: Mapping[str, Json], today: date, majority: int) -> bool:
    """Under the age of majority on the first day, or today while no day is known."""
    known = Reponses(answers)
    age = known.age_on(known.start_or(today))
    return age is not None and age < majority


def in_order() -> Iterator[Champ]:
    """Every field, in the order of the form."""
    return iter(LABELS)
