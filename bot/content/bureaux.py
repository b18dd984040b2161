"""Files of local offices: the public directory of administrations (JSON), and a plain CSV; every fault by its line."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.domain import regex as re
from bot.domain.bureaux import RESEAUX, sans_reseau
from bot.domain.controle import folded
from bot.domain.organisme import Bureau
from bot.domain.places import DEPARTEMENTS, Carte, code_commune, departement_of
from bot.errors import ContentError, Problem

COLONNES = (
    "reseau", "identifiant", "nom", "adresse", "code_postal", "commune", "code_insee", "telephone", "courriel", "url",
    "horaires", "departement",
)  # fmt: skip
"""Of a CSV, separated by semicolons, UTF-8, with a first line naming them; only the name and a place are needed."""

NOMS = ("nom", "nom_usuel", "nom_officiel")
"""Columns that may hold a name: the first that is filled is shown, the others are recognised when typed."""

TYPES: Mapping[str, str] = {
    "mission_locale": "mission-locale",
    "pole_emploi": "france-travail",
    "france_travail": "france-travail",
    "cap_emploi": "cap-emploi",
    "maison_handicapees": "mdph",
    "mdph": "mdph",
    "cg": "conseil-departemental",
    "conseil_departemental": "conseil-departemental",
    "cci": "chambre-consulaire",
    "chambre_metier": "chambre-consulaire",
    "chambre_metiers": "chambre-consulaire",
    "cma": "chambre-consulaire",
    "chambre_agriculture": "chambre-consulaire",
}
"""The directory's `type_service_local` for each network; any other type is left out."""

_INSEE = re.compile(r"\d[\dAB]\d{3}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_POSTCODE = re.compile(r"\d{5}")
_MILO = re.compile(r"(\d[\dAB]\d{3})S\d\d")
"""i-milo's identifier of a mission locale begins with the Insee code of its seat."""
_LEAD = re.compile(r"^\s*\d[\dAB]\d?\s*-\s*")
_ML = re.compile(r"\bM\.?L\.?(?=[\s-]|$)", re.IGNORECASE)
_INITIALS = re.compile(r"ml\w?[bcdfghjklmnpqrstvwxz]?|[bcdfghjklmnpqrstvwxz0-9]{2,4}")
_OLD = re.compile(r"p[ôo]le[ -]emploi", re.IGNORECASE)
_SMALL = frozenset(
    ["de", "du", "des", "la", "le", "les", "l", "d", "et", "en", "sur", "sous", "aux", "au", "à", "lès", "pour"]
)
_LONGEST = {"nom": 200, "adresse": 300, "telephone": 40, "courriel": 254, "url": 300, "horaires": 600}


@dataclass(frozen=True, slots=True)
class Lecture:
    """What a file holds: offices, its faults, and how many lines were knowingly left out, by reason."""

    bureaux: tuple[Bureau, ...]
    problems: tuple[Problem, ...] = ()
    ecartes: tuple[Problem, ...] = ()


def read_offices(file: Path, carte: Carte, reseau: str = "") -> Lecture:
    """The offices of one file, JSON or CSV by its content; raises ContentError where the file itself is unreadable.

    `reseau` names the network of a CSV that has no such column; else the file's name tells it.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ContentError([Problem(file.name, 1, "ce fichier ne se lit pas : il faut de l'UTF-8")]) from None
    rows = _services(text, file.name) if text.lstrip()[:1] in ("{", "[") else _lines(text, file.name, reseau)
    bureaux: dict[str, Bureau] = {}
    problems: list[Problem] = []
    ecartes: list[Problem] = []
    for line, row in rows:
        made = _bureau(row, carte)
        if isinstance(made, Bureau):
            if bureaux.setdefault(made.id, made) is not made:
                problems.append(
                    Problem(file.name, line, f"« {made.nom} » est écrit deux fois : gardez une seule ligne")
                )
        elif made.startswith(_MIS_DE_COTE):
            ecartes.append(Problem(file.name, line, made))
        else:
            problems.append(Problem(file.name, line, made))
    return Lecture(tuple(bureaux.values()), tuple(problems), tuple(ecartes))


_MIS_DE_COTE = "mis de côté"


def _lines(text: str, name: str, reseau: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """A CSV's rows with their line, as the columns of `COLONNES`."""
    reader = csv.DictReader(text.splitlines(), delimiter=";")
    columns = [folded(column or "").replace(" ", "_") for column in reader.fieldnames or ()]
    network = reseau or next((slug for slug in RESEAUX if slug.replace("-", " ") in _singular(name)), "")
    wanted = f"la première ligne nomme les colonnes, séparées par des points-virgules : {';'.join(COLONNES)}"
    if not set(columns) & set(NOMS):
        raise ContentError([Problem(name, 1, wanted)])
    if "reseau" not in columns and not network:
        raise ContentError([Problem(name, 1, f"il manque la colonne reseau : {', '.join(RESEAUX)}")])
    reader.fieldnames = columns
    for row in reader:
        kept = {key: " ".join((value or "").split()) for key, value in row.items() if isinstance(value, str | None)}
        yield reader.line_num, {"reseau": network} | kept | ({"trop": "1"} if None in row else {})


def _singular(name: str) -> str:
    """« missions_locales.csv » and « agences_france_travail.csv » name their networks."""
    return " ".join(word.rstrip("s") if word != "handicapees" else word for word in folded(name).split())


def _services(text: str, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The directory's entries of our networks, by rank, as the columns of `COLONNES`."""
    try:
        root = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise ContentError([Problem(name, line, "ce n'est pas du JSON complet : reprenez le fichier")]) from None
    entries = root if isinstance(root, list) else root.get("service", root.get("results"))
    if not isinstance(entries, list):
        raise ContentError(
            [Problem(name, 1, "il faut une liste « service », comme dans l'annuaire de l'administration")]
        )
    for rank, entry in enumerate(entries, 1):
        if not isinstance(entry, dict):
            yield rank, {"trop": "1"}
            continue
        pivots = [one for one in _listed(entry.get("pivot")) if isinstance(one, dict)]
        network = next((TYPES[kind] for one in pivots if (kind := str(one.get("type_service_local"))) in TYPES), "")
        if network:
            yield rank, _service(entry, network, pivots)


def _service(entry: Mapping[str, Any], reseau: str, pivots: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    places = [one for one in _listed(entry.get("adresse")) if isinstance(one, dict)]
    place = next((one for one in places if one.get("type_adresse") == "Adresse"), places[0] if places else {})
    street = (place.get(key) for key in ("complement1", "complement2", "numero_voie", "service_distribution"))
    codes = [code for one in pivots for code in _listed(one.get("code_insee_commune"))]
    return {
        "reseau": reseau,
        "identifiant": _said(entry.get("id")),
        "nom": _said(entry.get("nom")),
        "adresse": ", ".join(said for part in street if (said := _said(part))),
        "code_postal": _said(place.get("code_postal")),
        "commune": _said(place.get("nom_commune")),
        "code_insee": _said(entry.get("code_insee_commune")),
        "telephone": _first(entry.get("telephone")),
        "courriel": mail if _EMAIL.fullmatch(mail := _first(entry.get("adresse_courriel"))) else "",
        "url": _address(_first(entry.get("site_internet"))) or _address(_said(entry.get("url_service_public"))),
        "horaires": _hours(entry.get("plage_ouverture")),
        "communes": [_said(code) for code in codes],
    }


def _listed(value: object) -> list[Any]:
    """A list, also where one export of the directory writes it as JSON inside a text."""
    if isinstance(value, str) and value.lstrip()[:1] in ("[", "{"):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    if isinstance(value, list):
        return value
    return [] if value in (None, "") else [value]


def _said(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _first(value: object) -> str:
    for one in _listed(value):
        said = _said(one.get("valeur") if isinstance(one, dict) else one)
        if said:
            return said.split(";")[0].strip()
    return ""


def _address(url: str) -> str:
    """The directory leaves the scheme out now and then; what is still no address is dropped."""
    whole = url if "://" in url or not url else f"https://{url}"
    return whole if whole.startswith(("https://", "http://")) and len(whole) <= _LONGEST["url"] else ""


def _hours(value: object) -> str:
    """« Lundi à vendredi 09:00-12:00 13:30-17:00 ; … », as the directory gives them."""
    return " ; ".join(said for one in _listed(value) if isinstance(one, dict) and (said := _slot(one)))


def _slot(one: Mapping[str, Any]) -> str:
    first, last = _said(one.get("nom_jour_debut")), _said(one.get("nom_jour_fin"))
    days = first if last in ("", first) else f"{first} à {last.lower()}"
    times = [
        f"{start[:5]}-{end[:5]}"
        for part in "12"
        if (start := _said(one.get(f"valeur_heure_debut_{part}")))
        and (end := _said(one.get(f"valeur_heure_fin_{part}")))
    ]
    note = _said(one.get("commentaire"))
    return " ".join(part for part in (days, *times, f"({note})" if note else "") if part)


def _bureau(row: Mapping[str, Any], carte: Carte) -> Bureau | str:
    """The office of a row, or one sentence: what is wrong and what would be right."""
    fault = _fault(row)
    if fault:
        return fault
    told = dict.fromkeys(filter(None, (row.get(column, "") for column in NOMS)))
    # « Mission locale » or « Siège » alone names no office: the official name is shown instead.
    noms = sorted(told, key=lambda nom: not sans_reseau(_LEAD.sub("", nom)))
    departement = _departement(row, noms, carte)
    if not departement:
        written = row.get("departement", "")
        wrong = f"departement : « {written} » n'en est pas un ; écrivez 01 à 95, 2A, 2B ou 971 à 988"
        return wrong if written else f"{_MIS_DE_COTE} : « {noms[0]} » n'a ni département, ni code postal, ni code Insee"
    home = _home(row, noms, departement, carte)
    if home == _TECHNIQUE:
        return f"{_MIS_DE_COTE} : « {noms[0]} » a un identifiant technique ({row['identifiant']}), sans commune"
    reseau = row["reseau"]
    found = carte.insee(home)
    identifier = row.get("identifiant") or "-".join(folded(f"{departement} {noms[0]}").split())
    shown, *others = [_name(nom, reseau) for nom in noms]
    return Bureau(
        nom=shown,
        departements=frozenset({"2A", "2B"} if departement == _CORSE else {departement}),
        telephone=row.get("telephone", ""),
        email=row.get("courriel", "").lower(),
        adresse=row.get("adresse", ""),
        horaires=row.get("horaires", ""),
        id=f"{reseau}:{identifier}",
        reseau=reseau,
        autres_noms=tuple(other for other in others if folded(other) != folded(shown)),
        code_postal=row.get("code_postal", ""),
        commune=row.get("commune", "") or (found.nom if found else ""),
        code_insee=home,
        url=row.get("url", ""),
        communes=frozenset(code for code in row.get("communes", ()) if _INSEE.fullmatch(code)),
    )


def _fault(row: Mapping[str, Any]) -> str:
    reseau, nom = row.get("reseau", ""), next(filter(None, (row.get(column) for column in NOMS)), "")
    if row.get("trop"):
        return f"il y a trop de cases : {len(COLONNES)} au plus, séparées par des points-virgules"
    if reseau not in RESEAUX:
        return f"« {reseau} » n'est pas un réseau ; écrivez l'un de : {', '.join(RESEAUX)}"
    if not nom:
        return "il manque le nom du bureau"
    long = next((column for column, most in _LONGEST.items() if len(row.get(column, "")) > most), "")
    if long:
        return f"{long} : {_LONGEST[long]} caractères au plus"
    return _bad_place(row) or _bad_reach(row)


def _bad_place(row: Mapping[str, Any]) -> str:
    code_postal, code_insee = row.get("code_postal", ""), row.get("code_insee", "")
    if code_postal and not (_POSTCODE.fullmatch(code_postal) and departement_of(code_postal)):
        return f"code_postal : « {code_postal} » n'en est pas un ; il faut cinq chiffres, comme 69500"
    if code_insee and not _INSEE.fullmatch(code_insee):
        return f"code_insee : « {code_insee} » n'en est pas un ; il faut cinq caractères, comme 69029 ou 2A004"
    return ""


def _bad_reach(row: Mapping[str, Any]) -> str:
    courriel, url = row.get("courriel", ""), row.get("url", "")
    if courriel and not _EMAIL.fullmatch(courriel):
        return f"courriel : « {courriel} » n'est pas une adresse, comme accueil@exemple.fr"
    if url and not url.startswith(("https://", "http://")):
        return f"url : « {url} » doit commencer par https://"
    return ""


def _departement(row: Mapping[str, Any], noms: Iterable[str], carte: Carte) -> str:
    """As written, a zero added before one digit; else that of the Insee code or of the postcode; Corsica by its town."""
    written = row.get("departement", "").upper()
    written = f"0{written}" if len(written) == 1 and written.isdecimal() else written
    if written in DEPARTEMENTS:
        return written
    if written not in ("", "20"):
        return ""
    known = carte.insee(row.get("code_insee", ""))
    if known is not None:
        return known.departement
    coded = departement_of(row.get("code_postal", ""))
    if coded:
        return coded
    corsica = {code for code in ("2A", "2B") for nom in noms if carte.nommee(sans_reseau(nom), code)}
    return "" if not written else corsica.pop() if len(corsica) == 1 else _CORSE


_CORSE = "20"
"""The old code of Corsica: an office whose town is not known may be in either département."""

_TECHNIQUE = "-"


def _home(row: Mapping[str, Any], noms: Iterable[str], departement: str, carte: Carte) -> str:
    """The Insee code of the commune it stands in: as written, by its place, its identifier, or its name."""
    if row.get("code_insee"):
        return str(row["code_insee"])
    placed = (
        carte.commune(row.get("commune", ""), departement, row.get("code_postal", "")) if row.get("commune") else None
    )
    if placed is not None:
        return placed.insee
    coded = _MILO.fullmatch(row.get("identifiant", ""))
    if coded is not None:
        seat = carte.insee(coded[1])
        if seat is None and code_commune(coded[1])[:2] == "99":
            return _TECHNIQUE
        if seat is not None and seat.departement == departement:
            return seat.insee
    named = (carte.nommee(sans_reseau(_LEAD.sub("", nom)), departement) for nom in noms)
    return next((one.insee for one in named if one is not None), "")


def _name(nom: str, reseau: str) -> str:
    """As people read it: no code before it, shouting written small, the network named, its old name replaced."""
    bare = _LEAD.sub("", nom)
    text = _OLD.sub("France Travail", _small(bare) if _shouted(bare) else bare)
    if reseau == "france-travail" and "france travail" not in folded(text):
        return f"France Travail {text}"
    text = _ML.sub("Mission locale", text, count=1) if reseau == "mission-locale" else text
    return text[:1].upper() + text[1:]


def _shouted(text: str) -> bool:
    """Whether it is all capitals, or all small letters, the network's own words apart."""
    letters = [char for char in _OLD.sub("", _ML.sub("", text)) if char.isalpha()]
    capitals = sum(char.isupper() for char in letters)
    return not capitals or capitals > 0.6 * len(letters)


def _small(text: str) -> str:
    """Each word with a capital, the little ones without."""
    words = re.split(r"([\s'’(-]+)", text.lower())
    shown = [word if word in _SMALL else word.upper() if _INITIALS.fullmatch(word) else word[:1].upper() + word[1:]
             for word in words]  # fmt: skip
    whole = "".join(shown).replace("Mission Locale", "Mission locale").replace("(Siège", "(siège")
    return whole[:1].upper() + whole[1:]
