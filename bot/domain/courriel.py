"""A ready e-mail as an address: what a phone opens with a tap (RFC 6068)."""

from urllib.parse import quote

LONGEST = 1800
"""Characters of the whole address: some phones cut beyond two thousand."""

_NEVER = frozenset(" ,;?&<>\"'\r\n\t")


def mailto(adresse: str, objet: str, texte: str) -> str:
    """`mailto:` with a subject and a body; the end of a text that would be too long is left out.

    An address that does not look like one is left out: the person writes it in.
    """
    to = quote(adresse, safe="@+.-_") if adresse.count("@") == 1 and not set(adresse) & _NEVER else ""
    head = f"mailto:{to}?subject={_part(objet[:_SUBJECT])}&body="
    kept = texte
    while kept and len(head) + len(_part(kept)) > LONGEST:
        kept = kept[: -max(1, (len(head) + len(_part(kept)) - LONGEST) // 9)]
    return head + _part(kept)


_SUBJECT = 120


def _part(text: str) -> str:
    """Spaces as %20, never `+`; line ends as CRLF, which mail programs expect; half a surrogate pair as `?`."""
    whole = "\r\n".join(line.rstrip() for line in text.strip().splitlines())
    return quote(whole.encode("utf-8", "replace"), safe="")
