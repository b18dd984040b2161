"""The prefilled link to Immersion Facilitée, exactly as its router reads it; no personal data in it.

Its router drops unknown parameters, takes only `skipIntro=true`, does not read `+` as a space, and breaks on an
`immersionAppellation` that is not JSON: so spaces are `%20` and the appellation is always JSON with its four keys.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import quote, unquote, urlencode, urlsplit

from bot.domain import regex as re
from bot.domain.demande import Champ
from bot.domain.reponses import Reponses
from bot.domain.session import Json
from bot.ports import Trades

FORM = "https://immersion-facile.beta.gouv.fr/demande-immersion"
CAMPAIGN = {"mtm_campaign": "immersion-bot", "mtm_kwd": "telegram"}
LONGEST_ADDRESS = 255

_POSTCODE = re.compile(r"(^|\s|,)\d{5}(\s|$|,)")
_PERSONAL = re.compile(r"@|(?:\+33|0)[ .-]?[1-9](?:[ .-]?\d{2}){4}")
_SIRET = re.compile(r"\d{14}")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Appellation:
    """A trade of the ROME list, with the four values that Immersion Facilitée wants together."""

    romeCode: str  # noqa: N815 — the names are its own
    romeLabel: str  # noqa: N815
    appellationCode: str  # noqa: N815
    appellationLabel: str  # noqa: N815


def official(answers: Mapping[str, Json], trades: Trades, code: str = "") -> Appellation | None:
    """The trade of a request with its codes: by the code that was chosen, else by its exact name; None elsewhere.

    Never the nearest one: a code that nobody chose would be another trade than the one asked for. Where the imported
    edition gives no label to the ROME code, the trade's own stands there, since that router wants all four.
    """
    named, chosen = answers.get(Champ.METIER), answers.get(Champ.APPELLATION_CODE)
    code = code or (chosen if isinstance(chosen, str) else "")
    found = (trades.get(code) if code else None) or (trades.named(named) if isinstance(named, str) else None)
    if found is None:
        return None
    return Appellation(found.code_rome, found.libelle_rome or found.libelle, found.code, found.libelle)


def prefilled_link(
    answers: Mapping[str, Json], *, agency_kind: str = "", appellation: Appellation | None = None
) -> str:
    """The address of the form with what is known of the body, the host and the trade; nothing of the person."""
    params = {"skipIntro": "true", "agencyDepartment": departement(answers), "agencyKind": agency_kind}
    params |= {"siret": siret(answers), "immersionAddress": address(answers)}
    if appellation is not None:
        params["immersionAppellation"] = json.dumps(asdict(appellation), ensure_ascii=False, separators=(",", ":"))
    kept = {name: value for name, value in (params | CAMPAIGN).items() if value}
    return f"{FORM}?{urlencode(kept, quote_via=quote, safe='')}"


def parse_link(link: str) -> dict[str, Json]:
    """The parameters as that router reads them: `+` stays a plus, the appellation is JSON or an error."""
    pairs = (part.partition("=") for part in urlsplit(link).query.split("&") if part)
    values: dict[str, Json] = {unquote(name): unquote(value) for name, _, value in pairs}
    if "immersionAppellation" in values:
        values["immersionAppellation"] = json.loads(str(values["immersionAppellation"]))
    return values


def departement(answers: Mapping[str, Json]) -> str:
    """Where the bodies are listed: the person's own département, else the immersion's."""
    return Reponses(answers).departement(Champ.COMMUNE, Champ.LIEU)


def siret(answers: Mapping[str, Json]) -> str:
    """The host's SIRET, if it has its 14 digits."""
    value = answers.get(Champ.SIRET)
    return value if isinstance(value, str) and _SIRET.fullmatch(value) else ""


def address(answers: Mapping[str, Json]) -> str:
    """The host's address, if that form would take it: a postcode, 255 characters, no e-mail and no phone."""
    value = answers.get(Champ.ADRESSE)
    text = _SPACES.sub(" ", value).strip() if isinstance(value, str) else ""
    fits = len(text) <= LONGEST_ADDRESS and _POSTCODE.search(text) and not _PERSONAL.search(text)
    return text if fits and "<" not in text else ""
