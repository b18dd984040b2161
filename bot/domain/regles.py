"""Legal numbers with their date and article, and the predicates that use them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.calendrier import ajoute_mois
from bot.errors import ContentError, Problem


@dataclass(frozen=True, slots=True)
class Parametre:
    """One dated row of regles.yaml: a number, its unit, since when, and the text that says so."""

    cle: str
    valeur: int
    unite: str
    depuis: date
    article: str
    url: str
    verifiee_le: date


class Regles:
    """The legal numbers, looked up by key and day."""

    def __init__(self, parametres: Iterable[Parametre]) -> None:
        self._rows: dict[str, list[Parametre]] = {}
        for row in sorted(parametres, key=lambda row: row.depuis):
            self._rows.setdefault(row.cle, []).append(row)

    @property
    def rows(self) -> tuple[Parametre, ...]:
        """Every row, the oldest of a key first."""
        return tuple(row for rows in self._rows.values() for row in rows)

    def parametre(self, cle: str, le: date) -> Parametre:
        """The row in force on `le`; raises ContentError where no row is."""
        rows = [row for row in self._rows.get(cle, ()) if row.depuis <= le]
        if not rows:
            raise ContentError([Problem("knowledge/regles.yaml", 1, f"il manque une valeur pour {cle} au {le}")])
        return rows[-1]

    def connait(self, cle: str) -> bool:
        """Whether there is a row under this key, of any day."""
        return cle in self._rows

    def valeur(self, cle: str, le: date) -> int:
        """The number in force on `le`, in the row's unit."""
        return self.parametre(cle, le).valeur


def dernier_jour(debut: date, regles: Regles) -> date:
    """The last possible day of a convention that starts on `debut`.

    Code du travail, D5135-3 alinéa 1 (one month date to date), and Immersion Facilitée (at most 30 days between
    the two dates): both hold. https://www.service-public.fr/particuliers/vosdroits/F14102
    """
    return dernier(debut, regles.valeur("duree_max_mois", debut), regles.valeur("duree_max_ecart_jours", debut))


def dernier(debut: date, mois: int, ecart: int) -> date:
    """The earlier of: so many months date to date, so many days after `debut`."""
    return min(ajoute_mois(debut, mois), debut + timedelta(days=ecart))
