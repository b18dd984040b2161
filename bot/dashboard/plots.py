"""Plots as SVG, made here: no script, no library, readable in grey, and the numbers in a table under each (ADR 0033)."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bot.dashboard.figures import Table

WIDTH = 620
WIDE = 1200
LABEL = 255
ROW = 30
HEIGHT = 220
_BOTTOM = 26
_LEFT = 36

SERIES = 8
"""Colours and hatchings of the style sheet: `serie-0` … `serie-7`, told apart without colour."""


def plot(table: Table) -> SafeString:
    """The drawing of a table; empty where there is nothing to draw."""
    if not table.lignes or not any(_numbers(table)):
        return SafeString("")
    return _columns(table) if table.dessin == "empilees" else _bars(table)


def _numbers(table: Table) -> list[float]:
    return [float(cell) for line in table.lignes for cell in line[1:] if not isinstance(cell, str)]


def _frame(table: Table, width: int, height: int, body: SafeString) -> SafeString:
    return format_html(
        '<svg class="graphique{}" viewBox="0 0 {} {}" role="img" aria-labelledby="t-{}" focusable="false">'
        '<title id="t-{}">{}. Les nombres sont dans le tableau qui suit.</title>{}</svg>',
        " large" if width == WIDE else "", width, height, table.cle, table.cle, table.titre, body,
    )  # fmt: skip


def _bars(table: Table) -> SafeString:
    """Horizontal bars, the label at the left, the number at the end."""
    top = max(_numbers(table))
    room = WIDTH - LABEL - 60
    rows = [
        (
            LABEL - 10, number * ROW + 20, _cut(str(line[0]), 32),
            LABEL, number * ROW + 6, _size(line[1], top, room), LABEL + _size(line[1], top, room) + 8, number * ROW + 20,
            line[1],
        )
        for number, line in enumerate(table.lignes)
    ]  # fmt: skip
    body = format_html_join(
        "",
        '<text class="legende fin" x="{}" y="{}">{}</text>'
        '<rect class="serie-0" x="{}" y="{}" width="{}" height="18" rx="2"/>'
        '<text class="valeur" x="{}" y="{}">{}</text>',
        rows,
    )
    return _frame(table, WIDTH, len(rows) * ROW + 8, body)


def _size(value: str | float, top: float, room: int) -> int:
    return 0 if isinstance(value, str) else round(float(value) / top * room)


def _columns(table: Table) -> SafeString:
    """One column a line, one colour and hatching a series, with a legend in words."""
    totals = [sum(float(cell) for cell in line[1:] if not isinstance(cell, str)) for line in table.lignes]
    top = max(totals) or 1
    step = (WIDE - _LEFT) / len(table.lignes)
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
    return _frame(table, WIDE, height, _axes(table, top, step) + body + _legend(table))


def _axes(table: Table, top: float, step: float) -> SafeString:
    base = HEIGHT - _BOTTOM
    every = max(1, -(-len(table.lignes) // 10))
    names = [
        (round(_LEFT + number * step + step / 2), HEIGHT - 8, str(line[0])[:5])
        for number, line in enumerate(table.lignes)
        if number % every == 0
    ]
    return format_html(
        '<line class="axe" x1="{}" y1="{}" x2="{}" y2="{}"/><line class="grille" x1="{}" y1="16" x2="{}" y2="16"/>'
        '<text class="legende fin" x="{}" y="{}">0</text><text class="legende fin" x="{}" y="20">{}</text>{}',
        _LEFT, base, WIDE, base, _LEFT, WIDE, _LEFT - 6, base + 4, _LEFT - 6, round(top),
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
