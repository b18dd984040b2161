"""The `OfficeDirectory` port on Django: an import is one transaction, written only where something changed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from bot.domain.bureaux import Import, compare
from bot.domain.organisme import Bureau
from bot.storage.connection import patient, writing
from bot.storage.models import BureauRow

_COLUMNS = ("nom", "adresse", "code_postal", "commune", "code_insee", "telephone", "email", "url", "horaires", "reseau")
_WRITTEN = (*_COLUMNS, "departements", "autres_noms", "communes", "importe_le", "ferme_le")


class DjangoOfficeDirectory:
    """The offices of a deployment, in the database."""

    def get(self, bureau_id: str) -> Bureau | None:
        """The office with this id, closed ones included."""
        row = BureauRow.objects.filter(id=bureau_id).first()
        return _bureau(row) if row else None

    def of(self, reseau: str, departement: str = "") -> Sequence[Bureau]:
        """The open offices of a network, in one département where it is given, by id."""
        rows = BureauRow.objects.filter(reseau=reseau, ferme_le=None)
        kept = rows.filter(departements__contains=f" {departement} ") if departement else rows
        return tuple(_bureau(row) for row in kept.order_by("id"))

    @patient
    def replace(self, bureaux: Iterable[Bureau], le: date, *, complete: bool = False) -> Import:
        """Store the offices; with `complete`, those of the same networks that are not among them close."""
        listed = tuple(bureaux)
        with writing():
            rows = {row.id: row for row in BureauRow.objects.filter(reseau__in={one.reseau for one in listed})}
            known = {row.id: _bureau(row) for row in rows.values()}
            closed = {row.id for row in rows.values() if row.ferme_le is not None}
            done = compare(known, closed, listed, complete=complete)
            BureauRow.objects.bulk_create(
                [BureauRow(id=one.id, **_columns(one, le)) for one in done.ecrits],
                update_conflicts=True,
                unique_fields=["id"],
                update_fields=list(_WRITTEN),
                batch_size=200,
            )
            BureauRow.objects.filter(id__in=[one.id for one in done.fermes]).update(ferme_le=le)
        return done


def _columns(bureau: Bureau, le: date) -> dict[str, Any]:
    plain = {name: getattr(bureau, name) for name in _COLUMNS}
    return plain | {
        "departements": f" {' '.join(sorted(bureau.departements))} ",
        "autres_noms": list(bureau.autres_noms),
        "communes": sorted(bureau.communes),
        "importe_le": le,
        "ferme_le": None,
    }


def _bureau(row: BureauRow) -> Bureau:
    return Bureau(
        id=row.id,
        departements=frozenset(row.departements.split()),
        autres_noms=tuple(row.autres_noms),
        communes=frozenset(row.communes),
        **{name: getattr(row, name) for name in _COLUMNS},
    )
