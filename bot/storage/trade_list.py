"""The official trades of a deployment, in the database: an import is one transaction, written only where it differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.appellation import Appellation
from bot.storage.connection import patient, writing
from bot.storage.models import AppellationRow


@dataclass(frozen=True, slots=True)
class TradesImported:
    """What an import of trades changed."""

    added: int
    changed: int
    removed: int
    unchanged: int


def all_trades() -> tuple[Appellation, ...]:
    """Every appellation, by its code."""
    rows = AppellationRow.objects.order_by("code").values_list("code", "code_rome", "libelle", "libelle_rome")
    return tuple(Appellation(*row) for row in rows)


@patient
def replace_trades(trades: Iterable[Appellation], le: date) -> TradesImported:
    """Make the list exactly this one: it is a nomenclature, whole in every edition."""
    with writing():
        listed = {one.code: one for one in trades}
        known = {one.code: one for one in all_trades()}
        new = [one for code, one in listed.items() if known.get(code) != one]
        gone = [code for code in known if code not in listed]
        AppellationRow.objects.bulk_create(
            [AppellationRow(one.code, one.code_rome, one.libelle, one.libelle_rome, le) for one in new],
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["code_rome", "libelle", "libelle_rome", "importe_le"],
            batch_size=190,
        )
        for start in range(0, len(gone), 500):
            AppellationRow.objects.filter(code__in=gone[start : start + 500]).delete()
    added = sum(one.code not in known for one in new)
    return TradesImported(added, len(new) - added, len(gone), len(listed) - len(new))
