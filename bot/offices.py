"""The `OfficeDirectory` port in memory: for tests, and for a program without a database."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.bureaux import Import, compare
from bot.domain.organisme import Bureau


class MemoryOffices:
    """Offices that last as long as the process; empty at first."""

    def __init__(self, bureaux: Iterable[Bureau] = ()) -> None:
        self._known = {one.id: one for one in bureaux}
        self._closed: set[str] = set()

    def get(self, bureau_id: str) -> Bureau | None:
        """The office with this id, closed ones included."""
        return self._known.get(bureau_id)

    def of(self, reseau: str, departement: str = "") -> Sequence[Bureau]:
        """The open offices of a network, in one département where it is given, by id."""
        opened = (one for key, one in sorted(self._known.items()) if key not in self._closed and one.reseau == reseau)
        return tuple(one for one in opened if not departement or departement in one.departements)

    def replace(self, bureaux: Iterable[Bureau], le: date, *, complete: bool = False) -> Import:  # noqa: ARG002
        """Store the offices; with `complete`, those of the same networks that are not among them close."""
        done = compare(self._known, self._closed, tuple(bureaux), complete=complete)
        self._known |= {one.id: one for one in done.ecrits}
        self._closed = (self._closed - {one.id for one in done.ecrits}) | {one.id for one in done.fermes}
        return done
