"""The company look-up helps when it answers, and costs nothing when it does not."""

import json
import logging
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.companies import CompanySearch
from bot.domain.organisme import Entreprise

SIRET = "73282932000074"
# The shape of the public API's answer; the company is made up.
RECORDED = {
    "results": [
        {
            "siren": "732829320",
            "nom_complet": "BOULANGERIE DES LILAS",
            "nature_juridique": "5710",
            "siege": {"siret": "73282932000017", "adresse": "1 PLACE DU MARCHE 69500 BRON", "etat_administratif": "A"},
            "matching_etablissements": [
                {"siret": SIRET, "adresse": "12 RUE DES LILAS 69500 BRON", "etat_administratif": "A"}
            ],
        }
    ],
    "total_results": 1,
}


def _search(answer):
    asked = []

    def fetch(url, timeout):
        asked.append((url, timeout))
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()

    return CompanySearch("https://annuaire.example/", fetch), asked


def test_the_establishment_with_that_number_is_found():
    search, asked = _search(RECORDED)
    assert search.find(SIRET) == Entreprise(
        SIRET, "BOULANGERIE DES LILAS", "12 RUE DES LILAS 69500 BRON", ouverte=True, categorie="5710"
    )
    assert asked[0][0] == f"https://annuaire.example/search?q={SIRET}"
    assert asked[0][1] <= 2


def test_the_head_office_counts_and_a_closed_one_is_said():
    search, _ = _search(
        {"results": [{"nom_complet": "X", "siege": {"siret": SIRET, "adresse": "Y", "etat_administratif": "F"}}]}
    )
    assert search.find(SIRET) == Entreprise(SIRET, "X", "Y", ouverte=False)


@pytest.mark.parametrize(
    "answer",
    [
        TimeoutError(),
        ConnectionRefusedError(),
        b"<html>",
        b"\xff\xfe",
        {"results": []},
        {},
        [],
        {"results": None},
        {"results": [None]},
        {"results": [{"siege": {"siret": "00000000000000"}}]},
    ],
)
def test_no_answer_is_no_company_and_never_an_error(answer, caplog):
    caplog.set_level(logging.DEBUG)
    search, _ = _search(answer)
    assert search.find(SIRET) is None
    assert SIRET not in caplog.text


@pytest.mark.parametrize("siret", ["", "123", "7328293200007a", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤"[:3]])
def test_nothing_is_asked_for_what_is_not_a_siret(siret):
    search, asked = _search(RECORDED)
    assert search.find(siret) is None
    assert asked == []


def test_without_an_address_nothing_is_asked():
    asked = []
    assert CompanySearch("", lambda *call: asked.append(call) or b"").find(SIRET) is None
    assert asked == []


class _Register(BaseHTTPRequestHandler):
    """A company search of our own: the path's last digits say how it behaves."""

    def do_GET(self):
        behave = self.path.rsplit("=", 1)[1]
        if behave == SLOW:
            # Drips for longer than anybody waits, but stops soon after the other end is gone.
            self.send_response(200)
            self.end_headers()
            with suppress(OSError):
                for _ in range(40):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.05)
            return
        body = json.dumps(RECORDED).encode() if behave == SIRET else b"<html>not found</html>"
        self.send_response({SIRET: 200, GONE: 404, BROKEN: 500}.get(behave, 200))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Quiet."""


SLOW, GONE, BROKEN, HTML = "00000000000001", "00000000000002", "00000000000003", "00000000000004"


@pytest.fixture(scope="module")
def register():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Register)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class MemoryCompanies:
    """The port's twin: a register of one company."""

    def find(self, siret):
        known = Entreprise(
            SIRET, "BOULANGERIE DES LILAS", "12 RUE DES LILAS 69500 BRON", ouverte=True, categorie="5710"
        )
        return known if siret == SIRET else None


@pytest.fixture(params=["memory", "http"])
def companies(request, register):
    return MemoryCompanies() if request.param == "memory" else CompanySearch(register, timeout=0.5)


def test_a_known_establishment_is_found_with_its_legal_category(companies):
    assert companies.find(SIRET) == Entreprise(
        SIRET, "BOULANGERIE DES LILAS", "12 RUE DES LILAS 69500 BRON", ouverte=True, categorie="5710"
    )


@pytest.mark.parametrize("siret", [GONE, BROKEN, HTML, SLOW, "123", ""])
def test_whatever_goes_wrong_is_no_company(companies, siret):
    assert companies.find(siret) is None


def test_a_register_that_is_not_there_is_no_company():
    assert CompanySearch("http://127.0.0.1:9", timeout=0.5).find(SIRET) is None
