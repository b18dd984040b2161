"""Files that leave the desk: they open right in a French spreadsheet, and run nothing."""

import csv
import io
import random

import pytest
from asgiref.sync import async_to_sync
from django.test import AsyncClient
from openpyxl import load_workbook

from bot.dashboard import exports
from bot.storage.models import Compte
from tests.dashboard.office import NOW, member, opened, sent, signed_in

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "|calc", "%x"]


def whole(response):
    return b"".join(response.streaming_content)


def test_a_csv_has_a_bom_semicolons_and_one_line_a_demande(as_role):
    client = as_role("conseiller")
    sent(1, nom="Éloïse; ça")
    body = whole(client.get("/demandes/export.csv"))
    assert body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";"))
    line = dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 2
    assert (line["Nom"], line["Téléphone"], line["Date de début"]) == ("Éloïse; ça", "06 12 34 56 78", "07/12/2026")
    assert line["SIRET de la structure"] == "732 829 320 00074"


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_is_run_by_a_spreadsheet(as_role, evil):
    client = as_role("conseiller")
    sent(1, nom=evil, metier=evil, activites=evil)
    text = whole(client.get("/demandes/export.csv")).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r|%" and cell]
    assert f"'{evil}" in cells
    book = load_workbook(io.BytesIO(whole(client.get("/demandes/export.xlsx"))))
    for row in book.active.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert not str(cell.value or "").startswith(("=", "+", "-", "@"))


def test_a_workbook_opens_with_its_titles_frozen(as_role):
    client = as_role("conseiller")
    sent(1)
    response = client.get("/demandes/export.xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="demandes-2026-11-25.xlsx"'
    sheet = load_workbook(io.BytesIO(whole(response))).active
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == list(exports.header())


def test_control_characters_do_not_break_a_workbook(as_role):
    client = as_role("conseiller")
    sent(1, activites="a\x01b\x0bc")
    assert load_workbook(io.BytesIO(whole(client.get("/demandes/export.xlsx"))))


def test_a_workbook_says_what_it_was_given_and_leaves_as_its_rows_are_read():
    read = 0

    def lines():
        nonlocal read
        for read in range(1, 2001):
            yield (
                f"{read} <b> & ]]> « œuvre » 😀\nà la ligne ",
                read / 4,
                "",
                "=1+1",
                random.Random(read).randbytes(300).hex(),
            )

    titles = ("Texte", "Nombre", "Rien", "Formule", "Long")
    pieces = exports.xlsx_chunks("Relevé & <tri>", titles, lines())
    first = next(pieces)
    assert read < 500
    sheet = load_workbook(io.BytesIO(first + b"".join(pieces))).active
    assert (sheet.title, sheet.max_row) == ("Relevé & <tri>", 2001)
    assert [cell.value for cell in sheet[8]][:4] == ["7 <b> & ]]> « œuvre » 😀\nà la ligne ", 1.75, None, "'=1+1"]


def test_an_export_follows_the_filters_and_the_search(as_role):
    client = as_role("conseiller")
    sent(1, nom="Garde", prenom="A")
    sent(2, nom="Laisse", prenom="B")
    client.post("/demandes/recherche/", {"q": "garde"})
    text = whole(client.get("/demandes/export.csv?statut=toutes")).decode()
    assert "Garde" in text
    assert "Laisse" not in text


def test_an_unknown_format_is_not_found(as_role):
    client = as_role("conseiller")
    assert client.get("/demandes/export.exe").status_code == 404
    assert client.get("/chiffres/export.exe").status_code == 404


def test_figures_leave_as_tables(as_role):
    client = as_role("lecture")
    sent(1)
    Compte.objects.create(jour=NOW.date(), quoi="refus", categorie="not_in_base", nombre=7)
    text = whole(client.get("/chiffres/export.csv")).decode("utf-8-sig")
    assert "Où en sont ces demandes;Nouvelle;1" in text
    assert "sans réponse : absente de la base;7" in text
    assert load_workbook(io.BytesIO(whole(client.get("/chiffres/export.xlsx")))).active.max_row > 5


def test_nothing_personal_is_in_a_file_s_name(as_role):
    client = as_role("responsable")
    one = sent(1)
    for part in ("pdf", "json", "brouillon", "agenda"):
        name = client.get(f"/demandes/{one.id}/{part}/")["Content-Disposition"]
        assert "Durand" not in name
        assert one.numero in name


def test_the_text_version_holds_every_known_field_in_order(as_role):
    client = as_role("lecture")
    text = client.get(f"/demandes/{sent(1).id}/texte/").content.decode()
    order = [
        text.index(words)
        for words in (
            "Nom : Durand",
            "Dénomination : Boulangerie Exemple",
            "Date de début : 07/12/2026",
            "Objet (un seul)",
        )
    ]
    assert order == sorted(order)


def test_exports_are_streamed_by_the_server_of_the_program_too(transactional_db, clock, tmp_path):
    opened(clock, tmp_path)
    client = signed_in(AsyncClient(), member("conseiller"))
    for number in range(450):
        sent(number)

    async def chunks(kind):
        response = await client.get(f"/demandes/export.{kind}")
        assert response.is_async
        return [len(chunk) async for chunk in response.streaming_content]

    for kind in ("csv", "xlsx", "json"):
        sizes = async_to_sync(chunks)(kind)
        assert len(sizes) > 1, kind
        assert sum(sizes) > 10_000, kind
