"""Plots as SVG, made here: no script, no library, readable in grey, and the numbers in a table under each (ADR 0033)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bot.dashboard.figures import Table

ROW = 30
HEIGHT = 220
_BOTTOM = 26
_LEFT = 36
WEEKS_ON_A_PHONE = 6

SERIES = 8
"""Colours and hatchings of the style sheet: `serie-0` … `serie-7`, told apart without colour."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is drawn on: on a phone the label stands above its bar, so that letters keep their size."""

    code: str
    bars: int
    columns: int
    label: int


LARGE, ETROIT = Sheet("large", 620, 1200, 255), Sheet("etroit", 330, 330, 0)


def plot(table: Table) -> SafeString:
    """The drawing of a table, for a desk and for a phone; empty where there is nothing to draw."""
    if not table.lignes or table.dessin in ("liste", "tableau") or not any(_numbers(table)):
        return SafeString("")
    drawn = _columns if table.dessin == "empilees" else _bars
    recent = replace(table, lignes=table.lignes[-WEEKS_ON_A_PHONE:]) if table.dessin == "empilees" else table
    return drawn(table, LARGE) + (drawn(recent, ETROIT) if any(_numbers(recent)) else SafeString(""))


def _numbers(table: Table) -> list[float]:
    return [float(cell) for line in table.lignes for cell in line[1:] if not isinstance(cell, str)]


def _frame(table: Table, sheet: Sheet, width: int, height: int, body: SafeString) -> SafeString:
    wide, name = " pleine" if width > 1000 else "", f"t-{table.cle}-{sheet.code}"
    return format_html(
        '<svg class="graphique pour-{}{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{}" focusable="false">'
        '<title id="{}">{}. Les nombres sont dans le tableau qui suit.</title>{}</svg>',
        sheet.code, wide, width, height, name, name, table.titre, body,
    )  # fmt: skip


def _bars(table: Table, sheet: Sheet) -> SafeString:
    """Horizontal bars, the label at the left (above, on a phone), the number at the end."""
    top = max(_numbers(table))
    room = sheet.bars - sheet.label - 60
    above = 0 if sheet.label else 20
    row = ROW + above + (6 if above else 0)  # a label is nearer to its own bar than to the one before
    rows = [
        (
            "" if above else " fin", 0 if above else sheet.label - 10, number * row + (16 if above else 20),
            _cut(str(line[0]), 38 if above else 32),
            sheet.label, number * row + 6 + above, _size(line[1], top, room),
            sheet.label + _size(line[1], top, room) + 8, number * row + 20 + above, line[1],
        )
        for number, line in enumerate(table.lignes)
    ]  # fmt: skip
    body = format_html_join(
        "",
        '<text class="legende{}" x="{}" y="{}">{}</text>'
        '<rect class="serie-0" x="{}" y="{}" width="{}" height="18" rx="2"/>'
        '<text class="valeur" x="{}" y="{}">{}</text>',
        rows,
    )
    return _frame(table, sheet, sheet.bars, len(rows) * row + 8, body)


def _size(value: str | float, top: float, room: int) -> int:
    return 0 if isinstance(value, str) else round(float(value) / top * room)


def _columns(table: Table, sheet: Sheet) -> SafeString:
    """One column a line, one colour and hatching a series, with a legend in words."""
    totals = [sum(float(cell) for cell in line[1:] if not isinstance(cell, str)) for line in table.lignes]
    top = max(totals) or 1
    step = (sheet.columns - _LEFT) / len(table.lignes)
    pieces = []
    for number, line in enumerate(table.lignes):
        low = float(HEIGHT - _BOTTOM)
        for series, cell in enumerate(line[1:]):
            size = 0.0 if isinstance(cell, str) else float(cell) / top * (HEIGHT - _BOTTOM - 16)
            low -= size
            if size:
                place = (round(_LEFT + number * step + step * 0.15), round(low, 1), round(step * 0.7), round(size, 1))
                pieces.append((series % SERIES, *place))
    body = format_html_join("", '<rect class="serie-{}" x="{}" y="{}" width="{}" height="{}"/>', pieces)
    height = HEIGHT + 22 * (len(table.tetes) - 1)
    whole = _axes(table, sheet, top, step) + body + _totals(totals, top, step) + _legend(table)
    return _frame(table, sheet, sheet.columns, height, whole)


def _totals(totals: Sequence[float], top: float, step: float) -> SafeString:
    """The numbers that matter: the highest column and the last one, which ends today."""
    told = {number for number, total in enumerate(totals) if total == top} | {len(totals) - 1}
    places = [
        (round(_LEFT + number * step + step / 2), round(HEIGHT - _BOTTOM - totals[number] / top * (HEIGHT - _BOTTOM - 16) - 4),
         round(totals[number]))
        for number in sorted(told)
    ]  # fmt: skip
    return format_html_join("", '<text class="valeur milieu" x="{}" y="{}">{}</text>', places)


_HALF_A_DAY = 20
"""Half the width of « 23/11 »: the last one stays within the picture."""


def _axes(table: Table, sheet: Sheet, top: float, step: float) -> SafeString:
    base = HEIGHT - _BOTTOM
    every = max(1, -(-len(table.lignes) // (10 if sheet is LARGE else 6)))
    last = len(table.lignes) - 1
    names = [
        (round(min(_LEFT + number * step + step / 2, sheet.columns - _HALF_A_DAY)), HEIGHT - 8, str(line[0])[:5])
        for number, line in enumerate(table.lignes)
        if (last - number) % every == 0
    ]
    return format_html(
        '<line class="axe" x1="{}" y1="{}" x2="{}" y2="{}"/><line class="grille" x1="{}" y1="16" x2="{}" y2="16"/>'
        '<text class="legende fin" x="{}" y="{}">0</text><text class="legende fin" x="{}" y="20">{}</text>{}',
        _LEFT, base, sheet.columns, base, _LEFT, sheet.columns, _LEFT - 6, base + 4, _LEFT - 6, round(top),
        format_html_join("", '<text class="legende milieu" x="{}" y="{}">{}</text>', names),
    )  # fmt: skip


def _legend(table: Table) -> SafeString:
    rows = [
        (number % SERIES, _LEFT, HEIGHT + 22 * number + 4, _LEFT + 22, HEIGHT + 22 * number + 16, name)
        for number, name in enumerate(table.tetes[1:])
    ]
    return format_html_join(
        "",
        '<rect class="serie-{}" x="{}" y="{}" width="14" height="14"/><text class="legende" x="{}" y="{}">{}</text>',
        rows,
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"
