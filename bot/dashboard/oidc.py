"""Signing in through an OpenID Connect provider: code flow with PKCE, state and nonce; no account is ever made by it.

https://openid.net/specs/openid-connect-core-1_0.html — ProConnect fits by settings (ADR 0067).
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from django.contrib.auth import get_user_model

from bot.dashboard.models import Identite
from bot.errors import ConflictError

try:
    import jwt
except ImportError:  # the extra `openid` is not installed: no setting names a provider then (bot.config checks it)
    jwt = None  # type: ignore[assignment]

_PATIENCE = 10.0
_ALGORITHMS = ("RS256", "PS256", "ES256")
_LEEWAY = 60


class Declined(ConflictError):
    """The provider's answer lets nobody in; the message is for the log, without a name."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where accounts are vouched for, and what we are there."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    scopes: str = "openid email"

    def start(self, back: str) -> tuple[str, dict[str, str]]:
        """(the address to send the browser to, what must be remembered until it is back); raises Declined."""
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(kept["verifier"].encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back,
            "scope": self.scopes,
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._described()['authorization_endpoint']}?{urlencode(query)}", kept

    def claims(self, given: Mapping[str, str], back: str, kept: Mapping[str, str]) -> Mapping[str, Any]:
        """What the provider vouches for; raises Declined for anything but a token for us, now, for this browser."""
        if not kept.get("state") or not secrets.compare_digest(given["state"].encode(), kept["state"].encode()):
            raise Declined("the state is not this browser's")
        described = self._described()
        asked = {
            "grant_type": "authorization_code",
            "code": given["code"],
            "redirect_uri": back,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "code_verifier": kept.get("verifier", ""),
        }
        answer = _called("POST", described["token_endpoint"], data=asked)
        found = self._checked(str(answer.get("id_token", "")), _called("GET", described["jwks_uri"]), kept)
        if "email" not in found and described.get("userinfo_endpoint"):
            found = {**self._userinfo(described, str(answer.get("access_token", "")), found), **found}
        return found

    def _described(self) -> Mapping[str, Any]:
        found = _called("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise Declined("the provider gives another issuer")
        return found

    def _checked(self, token: str, keys: Mapping[str, Any], kept: Mapping[str, str]) -> Mapping[str, Any]:
        found = _opened(token, keys, self.issuer, self.client_id, ["exp", "iat", "sub", "aud", "iss", "nonce"])
        if not kept.get("nonce") or not secrets.compare_digest(str(found["nonce"]).encode(), kept["nonce"].encode()):
            raise Declined("the token is not for this browser")
        return found

    def _userinfo(self, described: Mapping[str, Any], token: str, known: Mapping[str, Any]) -> Mapping[str, Any]:
        """The account's address where the token has none; ProConnect signs this answer too."""
        answer = _fetched("GET", described["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"})
        if "jwt" in answer.headers.get("content-type", ""):
            keys = _called("GET", described["jwks_uri"])
            found = _opened(answer.text, keys, self.issuer, self.client_id, ["sub"])
        else:
            found = _object(answer)
        if found.get("sub") != known.get("sub"):
            raise Declined("userinfo speaks of another account")
        return found


def user_of(found: Mapping[str, Any], issuer: str) -> Any | None:
    """The account of this identity: known by its `sub`, or the only active one with its verified address."""
    subject = str(found["sub"])
    known = Identite.objects.filter(emetteur=issuer, sujet=subject).select_related("user").first()
    if known is not None:
        return known.user if known.user.is_active else None
    if found.get("email_verified") is False or not found.get("email"):
        return None
    same = list(get_user_model().objects.filter(email__iexact=str(found["email"]), is_active=True)[:2])
    if len(same) != 1 or Identite.objects.filter(user=same[0], emetteur=issuer).exists():
        return None
    Identite.objects.create(user=same[0], emetteur=issuer, sujet=subject[:255])
    return same[0]


def _opened(token: str, keys: Mapping[str, Any], issuer: str, audience: str, needed: list[str]) -> Mapping[str, Any]:
    """The claims of a token signed by the provider for us."""
    try:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in _ALGORITHMS:
            raise Declined("the token is signed in a way that is not taken")
        ring = jwt.PyJWKSet.from_dict(dict(keys)).keys
        fitting = [one for one in ring if header.get("kid") in (None, one.key_id)]
        if not fitting:
            raise Declined("the token's key is unknown")
        claims: Mapping[str, Any] = jwt.decode(
            token, fitting[0], algorithms=list(_ALGORITHMS), audience=audience, issuer=issuer, leeway=_LEEWAY,
            options={"require": needed},
        )  # fmt: skip
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise Declined(f"the token is refused ({type(error).__name__})") from None
    return claims


def _called(method: str, url: str, **more: Any) -> Mapping[str, Any]:
    return _object(_fetched(method, url, **more))


def _fetched(method: str, url: str, **more: Any) -> httpx.Response:
    try:
        answer = httpx.request(method, url, timeout=_PATIENCE, follow_redirects=False, **more)
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Declined(f"the provider does not answer ({type(error).__name__})") from None
    return answer


def _object(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Declined("the provider's answer is no object")
    return found
