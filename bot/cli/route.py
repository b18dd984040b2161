"""`route`: one situation, one body."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.cli.lines import answer_lines
from bot.config import settings
from bot.content.organismes import load_organismes
from bot.content.orientation import load_router
from bot.domain.organisme import Organisme
from bot.domain.orientation import Handicap, Orientation, Profil, Situation, SuiviPar
from bot.domain.places import DEPARTEMENTS
from bot.errors import InputError
from bot.ports import Router

app = typer.Typer(add_completion=False)

_ENUMS = {"suivi_par": SuiviPar, "situation": Situation, "handicap": Handicap}
_BOOLEANS = ("rsa", "inscrit_france_travail", "cadre", "inaptitude", "veut_tester_esat")
_OLDEST = 120


def _enum(key: str, value: object) -> Any:
    kind = _ENUMS[key]
    try:
        return kind(str(value))
    except ValueError:
        allowed = ", ".join(member.value for member in kind)
        raise InputError(f"{key}: {value!r} is not a value; use one of {allowed}") from None


def _value(key: str, value: object) -> Any:
    if key in _ENUMS:
        return _enum(key, value)
    if key in _BOOLEANS:
        if not isinstance(value, bool):
            raise InputError(f"{key}: {value!r} is not true or false")
        return value
    if key == "age":
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _OLDEST:
            raise InputError(f"age: {value!r} is not a whole number of years between 0 and {_OLDEST}")
        return value
    if key == "departement":
        if not isinstance(value, str) or value not in DEPARTEMENTS:
            raise InputError(
                f"departement: {value!r} is not a departement; use '01' to '95', '2A', '2B', '971' to '976'…"
            )
        return value
    raise InputError(f"{key!r} is not a key of profil")


def profil_from(record: object) -> Profil:
    """The profile in a JSON object; raises InputError naming the first bad key or value."""
    if not isinstance(record, Mapping):
        raise InputError("profil: an object is expected")
    return Profil(**{str(key): _value(str(key), value) for key, value in record.items() if value is not None})


def _contact(organisme: Organisme, departement: str | None) -> dict[str, Any]:
    contact = organisme.contact
    shown: dict[str, Any] = {"nom": organisme.nom}
    for name in ("telephone", "site", "annuaire", "note", "source"):
        if getattr(contact, name):
            shown[name] = getattr(contact, name)
    if contact.verifie_le:
        shown["verifie_le"] = contact.verifie_le.isoformat()
    bureaux = [bureau.nom for bureau in organisme.bureaux if departement in bureau.departements]
    return shown | ({"bureaux": bureaux} if bureaux else {})


def as_json(orientation: Orientation, contact: dict[str, Any]) -> dict[str, Any]:
    """The contract's object for one orientation."""
    return {
        "organisme": orientation.organisme,
        "dispositif": orientation.dispositif,
        "regle": orientation.regle,
        "motif": orientation.motif,
        "motif_conseiller": orientation.motif_conseiller,
        "alternatives": [{"organisme": door.organisme, "motif": door.motif} for door in orientation.alternatives],
        "sources": [{"title": lien.titre, "url": lien.url} for lien in orientation.sources],
        "contact": contact,
        "missing": list(orientation.missing),
    }


def handler(router: Router, organismes: Mapping[str, Organisme]) -> Any:
    """The function that answers one line of `route --jsonl`."""

    def handle(record: dict[str, Any]) -> dict[str, Any]:
        if "profil" not in record:
            raise InputError("profil: this key is missing")
        profil = profil_from(record["profil"])
        orientation = router.route(profil)
        return as_json(orientation, _contact(organismes[orientation.organisme], profil.departement))

    return handle


@app.command(help="Name the body for a situation: --jsonl reads one {id, profil} a line; or give one profil as JSON.")
def route(
    profil: Annotated[str | None, typer.Argument(help='a profil as JSON, e.g. \'{"age": 22, "rsa": true}\'')] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="read JSON lines on standard input")] = False,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="accepted for symmetry")] = None,  # noqa: ARG001
) -> None:
    """Answer and exit."""
    knowledge = settings().knowledge_dir
    handle = handler(load_router(knowledge), load_organismes(knowledge))
    if jsonl:
        answer_lines(handle)
        return
    try:
        record = json.loads(profil or "{}")
    except json.JSONDecodeError as error:
        raise InputError("profil: this is not JSON") from error
    print(json.dumps(handle({"profil": record}), ensure_ascii=False, indent=2))
