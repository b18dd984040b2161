"""A workbook as spreadsheets open it (ECMA-376), written as it is sent: no row is kept, on the disk or in memory."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bot.domain import regex as re

Cells = Sequence[str | float]

_ROWS_A_CHUNK = 200
_SHEET = "xl/worksheets/sheet1.xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_AROUND = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/{_SHEET}" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_BEGIN = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_END = "</sheetData></worksheet>"
_UNWRITABLE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML refuses, and the return that spreadsheets show as a sign."""


def chunks(title: str, titles: Cells, lines: Iterable[Cells]) -> Iterator[bytes]:
    """One sheet of this title, its first row frozen."""
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        for name, content in (*_AROUND.items(), ("xl/workbook.xml", _workbook(title))):
            book.writestr(zipfile.ZipInfo(name), _XML + content)
        part = zipfile.ZipInfo(_SHEET)
        part.compress_type = zipfile.ZIP_DEFLATED
        with book.open(part, "w") as sheet:
            for text in _sheet(titles, lines):
                sheet.write(text.encode())
                if piece := out.taken():
                    yield piece
    yield out.taken()


def _workbook(title: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(title[:31])}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _sheet(titles: Cells, lines: Iterable[Cells]) -> Iterator[str]:
    columns = [_letters(number) for number in range(len(titles))]
    pieces = [_XML, _BEGIN, _row(1, columns, titles)]
    for number, line in enumerate(lines, 2):
        pieces.append(_row(number, columns, line))
        if number % _ROWS_A_CHUNK == 0:
            yield "".join(pieces)
            pieces = []
    yield "".join((*pieces, _END))


def _row(number: int, columns: Sequence[str], line: Cells) -> str:
    """A line may be shorter than the titles; a cell without a word is not written."""
    cells = [_cell(f"{column}{number}", cell) for column, cell in zip(columns, line, strict=False) if cell != ""]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, cell: str | float) -> str:
    if not isinstance(cell, str):
        return f'<c r="{place}"><v>{cell}</v></c>'
    text = escape(cell if cell.isprintable() else _UNWRITABLE.sub("", cell), quote=False)
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(number: int) -> str:
    """A, B… Z, AA, AB…: how spreadsheets name their columns."""
    rest, last = divmod(number, 26)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


class _Pipe(io.RawIOBase):
    """What is written, until it is taken: a zip can be written without going back."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Keep this piece."""
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        whole, self._pieces = b"".join(self._pieces), []
        return whole
