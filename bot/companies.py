"""The public company-search API, off unless RECHERCHE_ENTREPRISES_URL is set: a SIRET in, the company's public name out."""

import json
import logging
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.organisme import Entreprise

TIMEOUT = 2.0
"""Seconds: the answer is a comfort, never worth a wait."""

_LIMIT, _PIECE = 200_000, 16_384

Fetch = Callable[[str, float], bytes]

log = logging.getLogger(__name__)


def _fetch(url: str, timeout: float) -> bytes:
    """The body, read within `timeout` seconds in all: a server that drips would outlast a socket's own patience."""
    until = time.monotonic() + timeout
    body = b""
    with urllib.request.urlopen(url, timeout=timeout) as response:  # noqa: S310 - the scheme is checked below
        while len(body) < _LIMIT and (piece := response.read1(_PIECE)):
            body += piece
            if time.monotonic() > until:
                raise TimeoutError
    return body


class CompanySearch:
    """Looks a SIRET up; a slow, broken or surprising answer is the same as none."""

    def __init__(self, url: str, fetch: Fetch = _fetch, timeout: float = TIMEOUT) -> None:
        self._url = url.rstrip("/")
        self._fetch = fetch
        self._timeout = timeout

    def find(self, siret: str) -> Entreprise | None:
        """The establishment with these 14 digits, or None where the API does not know or does not answer."""
        if not self._url.startswith(("http://", "https://")) or not siret.isdecimal() or len(siret) != 14:
            return None
        try:
            raw = self._fetch(f"{self._url}/search?{urllib.parse.urlencode({'q': siret})}", self._timeout)
            return _establishment(json.loads(raw), siret)
        except (OSError, ValueError, TypeError, AttributeError, urllib.error.URLError) as error:
            # The type alone: an address or a body could name a sole trader.
            log.warning("company search gave nothing (%s)", type(error).__name__)
            return None


def _establishment(answer: Mapping[str, Any], siret: str) -> Entreprise | None:
    for company in answer.get("results", ()):
        places = [*company.get("matching_etablissements", ()), company.get("siege") or {}]
        place = next((one for one in places if one.get("siret") == siret), None)
        if place is not None:
            return Entreprise(
                siret=siret,
                nom=str(company.get("nom_complet") or company.get("nom_raison_sociale") or ""),
                adresse=str(place.get("adresse") or ""),
                ouverte=place.get("etat_administratif") == "A",
                categorie=str(company.get("nature_juridique") or ""),
            )
    return None
