"""Demandes as rows and back: pure, except that rows are Django models."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.demande import Champ, Changement, Demande, Evenement, Statut
from bot.storage.models import DemandeRow, EvenementRow

PARIS = ZoneInfo("Europe/Paris")
"""Moments come back from the database in UTC; a day is a day in Paris."""


def folded(text: str) -> str:
    """Lower case without accents, as the search columns and the search box both write it."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in spread if not unicodedata.combining(char)).split())


def national(digits: str) -> str:
    """A telephone number as one dials it in France: +33, 0033 and 33 are a 0."""
    bare = digits.removeprefix("+").removeprefix("00")
    return f"0{bare[2:]}" if bare.startswith("33") and len(bare) == 11 else digits.removeprefix("+")


_TEXTS = (Champ.PRENOM, Champ.NOM, Champ.EMAIL, Champ.SIRET, Champ.METIER, Champ.ENTREPRISE, Champ.TUTEUR,
          Champ.TUTEUR_EMAIL, Champ.REPRESENTANT, Champ.REPRESENTANT_EMAIL, Champ.ADRESSE, Champ.CONSEILLER)  # fmt: skip
_PHONES = (Champ.TELEPHONE, Champ.TUTEUR_TELEPHONE, Champ.REPRESENTANT_TELEPHONE)


def searched(numero: str, answers: Mapping[str, Any]) -> str:
    """What one may have in hand when looking for a demande: number, people, firm, places, addresses, telephones."""
    said = [str(answers[champ]) for champ in _TEXTS if isinstance(answers.get(champ), str)]
    for champ in (Champ.COMMUNE, Champ.LIEU):
        place = answers.get(champ)
        if isinstance(place, dict):
            said += [str(place[part]) for part in ("nom", "code_postal") if place.get(part)]
    phones = [national(re.sub(r"[^\d+]", "", str(answers[champ]))) for champ in _PHONES if answers.get(champ)]
    return found_by(" ".join([numero, *said, *phones]))


def found_by(text: str) -> str:
    """Folded as the search text is: ligatures and typographic apostrophes written as anybody types them."""
    return folded(text).replace("œ", "oe").replace("æ", "ae").replace("’", "'")


def columns(demande: Demande) -> dict[str, Any]:
    """Every column of a row except its id and `numero`; search columns are cut to their width."""
    last = max((event.at for event in demande.evenements), default=demande.envoyee_le)
    return {
        "chat": demande.chat,
        "organisme": demande.organisme,
        "statut": demande.statut.value,
        "dispositif": demande.dispositif,
        "version": demande.version,
        "answers": dict(demande.answers),
        "orientation": dict(demande.orientation),
        "a_completer": list(demande.a_completer),
        "envoyee_le": demande.envoyee_le,
        "updated_at": last,
        **_days(demande),
        **_searched(demande),
    }


def _days(demande: Demande) -> dict[str, Any]:
    """The days that the figures count: sent, first taken, signed; what was undone never was."""
    reached: list[tuple[str, date]] = []
    for event in demande.evenements:
        if event.quoi == "annulation":
            reached = reached[:-1]
        elif event.quoi in ("statut", "transferee"):
            reached.append((event.vers, event.at.astimezone(PARIS).date()))
    found: dict[str, Any] = {"envoyee_jour": demande.envoyee_le.astimezone(PARIS).date()}
    for column, statut in (("prise_jour", Statut.PRISE_EN_CHARGE), ("signee_jour", Statut.CONVENTIONNEE)):
        found[column] = next((day for vers, day in reached if vers == statut.value), None)
    return found


def _searched(demande: Demande) -> dict[str, Any]:
    text = demande.reponses.text
    # Where the immersion happens, else where the person lives.
    departement = demande.reponses.departement(Champ.LIEU, Champ.COMMUNE)
    return {
        "nom_recherche": folded(f"{text(Champ.PRENOM)} {text(Champ.NOM)}")[:200],
        "email": text(Champ.EMAIL)[:254],
        "siret": text(Champ.SIRET)[:14],
        "metier": text(Champ.METIER)[:200],
        "departement": departement[:3],
        "bureau": text(Champ.BUREAU_ID)[:80],
        "bureau_nom": text(Champ.BUREAU)[:255],
        "date_debut": demande.iso_date(Champ.DATE_DEBUT),
        "date_fin": demande.iso_date(Champ.DATE_FIN),
        "date_naissance": demande.iso_date(Champ.DATE_NAISSANCE),
        "recherche": searched(demande.numero, demande.answers),
    }


def event_row(event: Evenement, demande_id: Any) -> EvenementRow:
    """The row of one event, not saved yet."""
    return EvenementRow(
        demande_id=demande_id,
        at=event.at,
        auteur=event.auteur,
        quoi=event.quoi,
        motif=event.motif,
        de=event.de,
        vers=event.vers,
        changements=[{"champ": one.champ, "avant": one.avant, "apres": one.apres} for one in event.changements],
    )


def event_of(row: EvenementRow) -> Evenement:
    """The event that a row stores."""
    changes = tuple(Changement(one["champ"], one["avant"], one["apres"]) for one in row.changements)
    return Evenement(row.at.astimezone(PARIS), row.auteur, row.quoi, row.motif, row.de, row.vers, changes)


def demande_of(row: DemandeRow, events: Iterable[EvenementRow]) -> Demande:
    """The demande that a row and its events store."""
    return Demande(
        id=str(row.id),
        numero=row.numero,
        chat=row.chat,
        organisme=row.organisme,
        answers=row.answers,
        envoyee_le=row.envoyee_le.astimezone(PARIS),
        statut=Statut(row.statut),
        version=row.version,
        dispositif=row.dispositif,
        orientation=row.orientation,
        a_completer=tuple(row.a_completer),
        evenements=tuple(event_of(one) for one in events),
    )
