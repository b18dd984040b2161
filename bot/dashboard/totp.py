"""Time-based one-time passwords: RFC 6238 over RFC 4226, six digits, 30 seconds, SHA-1 as every application does.

https://www.rfc-editor.org/rfc/rfc6238
"""

import base64
import hmac
import secrets
import struct
from urllib.parse import quote

STEP = 30
DIGITS = 6


def new_secret() -> str:
    """160 random bits in base 32, as applications expect them typed."""
    return base64.b32encode(secrets.token_bytes(20)).decode("ascii")


def code_at(secret: str, step: int) -> str:
    """The code of one 30-second step."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def accepted_step(secret: str, code: str, at: float, last: int) -> int | None:
    """The step whose code this is, one step of drift allowed, never one already used; None if there is none."""
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit()):
        return None
    now = int(at) // STEP
    matching = [
        step for step in (now - 1, now, now + 1) if step > last and hmac.compare_digest(code_at(secret, step), typed)
    ]
    return matching[0] if matching else None


def address(secret: str, user: str, issuer: str) -> str:
    """The otpauth:// address that applications read."""
    return f"otpauth://totp/{quote(issuer)}:{quote(user)}?secret={secret}&issuer={quote(issuer)}"
