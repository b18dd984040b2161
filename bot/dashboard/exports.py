"""Lists and figures out of the desk: CSV and XLSX that a French spreadsheet opens right, JSON; streamed."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.dashboard import workbook
from bot.dashboard.desk import PARIS, Desk
from bot.dashboard.form import FORM, LABELS, PLATFORM
from bot.dashboard.shown import DISPOSITIFS, STATUTS, shown
from bot.domain.demande import Champ, Demande, Evenement, Statut

BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_ROWS_A_CHUNK = 200

HEAD = ("Numéro", "Organisme", "Statut", "Dispositif", "Envoyée le", "Prise en charge par", "Dernière activité")
COLUMNS: tuple[Champ, ...] = tuple(champ for champ in LABELS if champ is not Champ.CONSENTEMENT)

Cells = workbook.Cells


def header() -> Cells:
    """The titles of the columns, in the order of the official form."""
    return (*HEAD, *(LABELS[champ] for champ in COLUMNS))


def rows(queryset: Any, desk: Desk) -> Iterator[Cells]:
    """One demande a row, read a few hundred at a time."""
    names = {slug: body.nom for slug, body in desk.organismes.items()}
    for row in queryset.iterator(chunk_size=500):
        yield (
            row.numero,
            names.get(row.organisme, row.organisme),
            STATUTS[Statut(row.statut)],
            DISPOSITIFS.get(row.dispositif, row.dispositif),
            _moment(row.envoyee_le),
            row.pris_par,
            _moment(row.updated_at),
            *(shown(champ, row.answers.get(champ.value)) for champ in COLUMNS),
        )


def _moment(when: datetime) -> str:
    return f"{when.astimezone(PARIS):%d/%m/%Y %H:%M}"


def harmless(cell: str | float) -> str | float:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def csv_chunks(titles: Cells, lines: Iterable[Cells]) -> Iterator[str]:
    """UTF-8 with a BOM, semicolons, CRLF: what a French spreadsheet opens by a double click."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write(BOM)
    writer.writerow(titles)
    for number, line in enumerate(lines, 1):
        writer.writerow([_decimal(harmless(cell)) for cell in line])
        if number % _ROWS_A_CHUNK == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _decimal(cell: str | float) -> str | float:
    return f"{cell:g}".replace(".", ",") if isinstance(cell, float) else cell


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def xlsx_chunks(title: str, titles: Cells, lines: Iterable[Cells]) -> Iterator[bytes]:
    """A workbook of one sheet; like the CSV, it leaves as its rows are read."""
    return workbook.chunks(title, titles, ([harmless(cell) for cell in line] for line in lines))


def json_chunks(queryset: Any) -> Iterator[str]:
    """An array of demandes, one a line."""
    yield "["
    separator = "\n"
    for row in queryset.iterator(chunk_size=500):
        yield separator + json.dumps(row_json(row), ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n"


def row_json(row: Any) -> dict[str, Any]:
    """A stored demande without its history."""
    return {
        "id": str(row.pk),
        "numero": row.numero,
        "organisme": row.organisme,
        "statut": row.statut,
        "dispositif": row.dispositif,
        "version": row.version,
        "envoyee_le": row.envoyee_le.isoformat(),
        "champs": row.answers,
        "orientation": row.orientation,
    }


def as_json(demande: Demande) -> dict[str, Any]:
    """A demande with its history, private notes left out."""
    return {
        "id": demande.id,
        "numero": demande.numero,
        "organisme": demande.organisme,
        "statut": demande.statut.value,
        "dispositif": demande.dispositif,
        "version": demande.version,
        "envoyee_le": demande.envoyee_le.isoformat(),
        "champs": dict(demande.answers),
        "orientation": dict(demande.orientation),
        "a_completer": list(demande.a_completer),
        "evenements": [event_json(event) for event in demande.evenements if event.quoi != "note"],
    }


def event_json(event: Evenement) -> dict[str, Any]:
    """One event."""
    return {
        "le": event.at.isoformat(),
        "par": event.auteur,
        "quoi": event.quoi,
        "motif": event.motif,
        "de": event.de,
        "vers": event.vers,
        "changements": [{"champ": one.champ, "avant": one.avant, "apres": one.apres} for one in event.changements],
    }


def to_json(data: Mapping[str, Any]) -> str:
    """Readable JSON."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def plain_text(demande: Demande, desk: Desk) -> str:
    """The form as text, section by section; nothing where nothing is known."""
    lines = [f"Demande {demande.numero}", f"Organisme : {desk.body_name(demande.organisme)}"]
    for section in FORM:
        known = [(label, shown(champ, demande.answers.get(champ))) for champ, label in section.champs]
        if any(value for _, value in known):
            lines += ["", section.titre, *(f"{label} : {value}" for label, value in known if value)]
    return "\n".join(lines) + "\n"


def platform_text(demande: Demande) -> str:
    """The same, in the order of the platform's screens."""
    lines: list[str] = []
    for title, champs in PLATFORM:
        known = [(LABELS[champ], shown(champ, demande.answers.get(champ))) for champ in champs]
        if any(value for _, value in known):
            lines += ["", title, *(f"{label} : {value}" for label, value in known if value)]
    return "\n".join(lines).strip() + "\n"


def export_rows(queryset: Any) -> Any:
    """Only what an export needs of each row."""
    return queryset.only(
        "id", "numero", "organisme", "statut", "dispositif", "version", "envoyee_le", "updated_at", "pris_par",
        "answers", "orientation",
    )  # fmt: skip
