"""Digests under the program's secret, and under its former ones while a rotation lasts."""

import hashlib
import hmac

from django.conf import settings


def digest(text: str) -> str:
    """What is kept in place of a token or a name."""
    return _under(settings.SECRET_KEY, text)


def digests(text: str) -> list[str]:
    """The digest under the present key, then under each former one: what was kept before a rotation is found."""
    return [_under(key, text) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _under(key: str, text: str) -> str:
    return hmac.new(key.encode(), text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
