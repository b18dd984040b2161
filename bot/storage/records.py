"""Demandes as rows and back: pure, except that rows are Django models."""

import unicodedata
from collections.abc import Iterable
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
        **_searched(demande),
    }


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
        "date_debut": demande.iso_date(Champ.DATE_DEBUT),
        "date_fin": demande.iso_date(Champ.DATE_FIN),
        "date_naissance": demande.iso_date(Champ.DATE_NAISSANCE),
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
