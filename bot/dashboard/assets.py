"""The style sheet and the script, served by the program itself: no collectstatic, no CDN, cached for a year by content."""

import gzip
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from django.http import Http404, HttpRequest, HttpResponse

_TYPES = {"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8",
          "favicon.svg": "image/svg+xml"}  # fmt: skip


@lru_cache(maxsize=8)
def _content(name: str) -> bytes:
    return (resources.files("bot.dashboard") / "static" / "dashboard" / name).read_bytes()


@lru_cache(maxsize=8)
def _packed(name: str) -> bytes:
    """Compressed once: there is no secret in it to guess from its size."""
    return gzip.compress(_content(name), mtime=0)


@lru_cache(maxsize=1)
def versions() -> Mapping[str, str]:
    """Name without its dot -> `name?v=digest`, as templates link them."""
    return {
        name.replace(".", "_"): f"/statique/{name}?v={hashlib.sha256(_content(name)).hexdigest()[:12]}"
        for name in _TYPES
    }


def asset(request: HttpRequest, nom: str) -> HttpResponse:
    """One of the files above, and nothing else."""
    if nom not in _TYPES:
        raise Http404
    small = "gzip" in request.headers.get("Accept-Encoding", "")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    headers |= {"Content-Encoding": "gzip"} if small else {}
    return HttpResponse(_packed(nom) if small else _content(nom), content_type=_TYPES[nom], headers=headers)
