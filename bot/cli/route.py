"""`route`: one situation, one body."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.lines import answer_lines
from bot.config import Settings, settings
from bot.content.communes import load_communes
from bot.content.organismes import load_organismes
from bot.content.orientation import load_router
from bot.domain import regex as re
from bot.domain.bureaux import choisir
from bot.domain.organisme import Bureau, Organisme
from bot.domain.orientation import Handicap, Orientation, Profil, Situation, SuiviPar
from bot.domain.places import DEPARTEMENTS, Carte, Commune
from bot.errors import InputError
from bot.offices import MemoryOffices
from bot.ports import OfficeDirectory, Router

app = typer.Typer(add_completion=False)

_ENUMS = {"suivi_par": SuiviPar, "situation": Situation, "handicap": Handicap}
_BOOLEANS = ("rsa", "inscrit_france_travail", "cadre", "inaptitude", "veut_tester_esat")
_YOUNGEST, _OLDEST = 10, 120
"""The ages that a profile may have: the platform's own limits, mini-internships included."""

_INSEE = re.compile(r"\d[\dAB]\d{3}")

_TOO_YOUNG_FOR = frozenset(
    {Situation.FONCTIONNAIRE, Situation.CONTRACTUEL_PUBLIC, Situation.CSP, Situation.RETRAITE, Situation.CONGE_PARENTAL}
    | {Situation.SALARIE_INSERTION, Situation.SALARIE_ETTI, Situation.CONTRAT_AIDE, Situation.JEUNE_DIPLOME}
)
"""Situations that nobody has before 16."""


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
        if isinstance(value, bool) or not isinstance(value, int) or not _YOUNGEST <= value <= _OLDEST:
            raise InputError(f"age: {value!r} is not a whole number of years between {_YOUNGEST} and {_OLDEST}")
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
    known = {key: value for key, value in record.items() if key != "commune" and value is not None}
    profil = Profil(**{str(key): _value(str(key), value) for key, value in known.items()})
    _agreeing(profil)
    return profil


def _agreeing(profil: Profil) -> None:
    """Raise InputError where two keys cannot both be true."""
    young = profil.age is not None and profil.age < 16
    if young and profil.situation in _TOO_YOUNG_FOR:
        raise InputError(f"age, situation: nobody is {profil.situation} at {profil.age}; correct one of the two")
    if profil.situation is Situation.RETRAITE and profil.age is not None and profil.age < 26:
        raise InputError(f"age, situation: nobody is retraite at {profil.age}; correct one of the two")
    if profil.situation is Situation.LYCEEN and profil.age is not None and profil.age >= 26:
        raise InputError(f"age, situation: nobody is lyceen at {profil.age}; correct one of the two")
    for key in ("rsa", "inscrit_france_travail", "cadre"):
        if young and getattr(profil, key):
            raise InputError(f"age, {key}: {key} cannot be true at {profil.age}; correct one of the two")
    if profil.situation is Situation.ESAT and profil.handicap is Handicap.NON:
        raise InputError(
            "situation, handicap: nobody works in an esat without a recognised disability; correct one of the two"
        )
    if profil.situation is Situation.LYCEEN and profil.cadre:
        raise InputError("situation, cadre: a lyceen is not a cadre; correct one of the two")


def _commune(record: Mapping[str, Any], profil: Profil, carte: Carte) -> Commune:
    """The commune that a profile names; raises InputError where there is no such commune, or it lies elsewhere."""
    code = record["commune"]
    found = carte.insee(code) if isinstance(code, str) and _INSEE.fullmatch(code) else None
    if found is None:
        raise InputError(f"commune: {code!r} is not the Insee code of a commune; use five characters such as '69029'")
    if profil.departement not in (None, found.departement):
        raise InputError(
            f"commune, departement: {code} ({found.nom}) is in {found.departement}, not in {profil.departement}; "
            "correct one of the two"
        )
    return found


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


@dataclass(frozen=True, slots=True)
class Offices:
    """Where offices are looked for: both are made when a profile first names a commune."""

    carte: Callable[[], Carte] = lambda: Carte(())
    directory: Callable[[], OfficeDirectory] = MemoryOffices

    def of(self, organisme: Organisme, commune: Commune) -> dict[str, Any]:
        """`office` where one is certain, else `offices` to choose from."""
        listed = (*self.directory().of(organisme.slug, commune.departement), *organisme.bureaux)
        choix = choisir(listed, commune, self.carte())
        office = _office(choix.bureau) if choix.bureau else None
        return {"office": office, "offices": [_office(one) for one in choix.candidats]}


def _office(bureau: Bureau) -> dict[str, str]:
    street = " ".join(part for part in (bureau.code_postal, bureau.commune) if part and bureau.adresse)
    return {
        "id": bureau.id,
        "nom": bureau.nom,
        "telephone": bureau.telephone,
        "adresse": ", ".join(part for part in (bureau.adresse, street) if part),
        "url": bureau.url,
    }


def handler(router: Router, organismes: Mapping[str, Organisme], offices: Offices | None = None) -> Any:
    """The function that answers one line of `route --jsonl`; without `offices`, every answer is of the body alone."""
    around = offices or Offices()

    def handle(record: dict[str, Any]) -> dict[str, Any]:
        if "profil" not in record:
            raise InputError("profil: this key is missing")
        profil = profil_from(record["profil"])
        named = record["profil"].get("commune") is not None
        commune = _commune(record["profil"], profil, around.carte()) if named else None
        if commune is not None:
            profil = replace(profil, departement=commune.departement)
        orientation = router.route(profil)
        organisme = organismes[orientation.organisme]
        answer = as_json(orientation, _contact(organisme, profil.departement))
        return answer | around.of(organisme, commune) if commune is not None else answer

    return handle


def installed(known: Settings) -> Offices:
    """The communes and the imported offices of this installation; no database is made where none is."""

    @lru_cache(maxsize=1)
    def carte() -> Carte:
        return Carte(one for found in load_communes(known.knowledge_dir).values() for one in found)

    @lru_cache(maxsize=1)
    def directory() -> OfficeDirectory:
        if not known.database_url and not Path(known.database.removeprefix("sqlite:///")).exists():
            return MemoryOffices()
        from bot.database import open_database

        open_database(known)
        from bot.storage.offices import DjangoOfficeDirectory

        return DjangoOfficeDirectory()

    return Offices(carte, directory)


@app.command(help="Name the body for a situation: --jsonl reads one {id, profil} a line; or give one profil as JSON.")
def route(
    profil: Annotated[str | None, typer.Argument(help='a profil as JSON, e.g. \'{"age": 22, "rsa": true}\'')] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="read JSON lines on standard input")] = False,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="accepted for symmetry")] = None,  # noqa: ARG001
) -> None:
    """Answer and exit."""
    knowledge = settings().knowledge_dir
    handle = handler(load_router(knowledge), load_organismes(knowledge), installed(settings()))
    if jsonl:
        raise typer.Exit(answer_lines(handle))
    try:
        record = json.loads(profil or "{}")
    except json.JSONDecodeError as error:
        raise InputError("profil: this is not JSON") from error
    print(json.dumps(handle({"profil": record}), ensure_ascii=False, indent=2))
