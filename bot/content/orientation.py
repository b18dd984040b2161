"""knowledge/orientation.yaml as a table of rows; every fault is named with its line."""

from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.content.reader import Node, load_yaml
from bot.content.regles import iso_date, load_sources
from bot.domain.fiche import Source
from bot.domain.orientation import (
    SUIVI,
    Ages,
    Alternative,
    Condition,
    Handicap,
    Lien,
    Ligne,
    Situation,
    SuiviPar,
    TableRouter,
)
from bot.errors import ContentError, Problem

DISPOSITIFS = (
    "pmsmp",
    "stage-etudiant",
    "stage-observation",
    "mini-stage",
    "immersion-fonction-publique",
    "mispe",
    "aucun",
)
BOOLEENS = ("rsa", "inscrit_france_travail", "cadre", "inaptitude", "veut_tester_esat")
INCONNU = "inconnu"


def _ages(node: Node) -> Ages:
    text = node.text().replace(" ", "")
    if text == INCONNU:
        return Ages(unknown=True)
    low, dash, high = text.partition("-")
    if text.startswith("<") and text[1:].isdigit():
        return Ages(high=int(text[1:]) - 1)
    if text.startswith(">=") and text[2:].isdigit():
        return Ages(low=int(text[2:]))
    if dash and low.isdigit() and high.isdigit():
        return Ages(int(low), int(high))
    raise ContentError([node.problem(f"« {text} » n'est pas un âge : écrivez <16, 16-17, >=26 ou inconnu")])


def _boolean(node: Node) -> bool:
    if node.text() not in ("oui", "non"):
        raise ContentError([node.problem("écrivez oui ou non")])
    return node.text() == "oui"


T = TypeVar("T", Situation, SuiviPar, Handicap)


def _slug(node: Node, kind: type[T]) -> T:
    try:
        return kind(node.text())
    except ValueError:
        allowed = ", ".join(member.value for member in kind)
        raise ContentError([node.problem(f"« {node.text()} » n'existe pas ; mots acceptés : {allowed}")]) from None


def _situation(node: Node) -> Situation | None:
    return None if node.text() == INCONNU else _slug(node, Situation)


def _condition(node: Node) -> Condition:
    entries = node.mapping()
    unknown = set(entries) - {"age", "situation", "suivi_par", "handicap", *BOOLEENS}
    if unknown:
        raise ContentError([node.problem(f"condition inconnue : {', '.join(sorted(unknown))}")])
    return Condition(
        ages=_ages(entries["age"]) if "age" in entries else None,
        situations=frozenset(map(_situation, entries["situation"].items())) if "situation" in entries else None,
        suivi_par=frozenset(_slug(item, SuiviPar) for item in entries["suivi_par"].items())
        if "suivi_par" in entries
        else None,
        handicap=frozenset(_slug(item, Handicap) for item in entries["handicap"].items())
        if "handicap" in entries
        else None,
        booleens=tuple((name, _boolean(entries[name])) for name in BOOLEENS if name in entries),
    )


def _liens(node: Node, sources: dict[str, Source], read_on: date | None) -> tuple[Lien, ...]:
    unknown = [item for item in node.get("sources").items() if item.text() not in sources]
    if unknown:
        raise ContentError(
            [item.problem(f"la source « {item.text()} » n'est pas dans sources.yaml") for item in unknown]
        )
    found = [sources[item.text()] for item in node.get("sources").items()]
    return tuple(Lien(source.titre, source.url, read_on) for source in found)


def _alternatives(node: Node) -> tuple[Alternative, ...]:
    entry = node.mapping().get("alternatives")
    rows = entry.items() if entry else ()
    return tuple(Alternative(row.get("organisme").text(), row.get("motif").text()) for row in rows)


def _ligne(node: Node, sources: dict[str, Source], organismes: frozenset[str], read_on: date | None) -> Ligne:
    ligne = Ligne(
        id=node.get("id").text(),
        quand=_condition(node.get("quand")),
        organisme=node.get("organisme").text(),
        dispositif=node.get("dispositif").text(),
        motif=node.get("motif").text(),
        motif_conseiller=node.get("motif_conseiller").text(),
        alternatives=_alternatives(node),
        sources=_liens(node, sources, read_on),
        demander=node.texts("demander"),
    )
    named = {ligne.organisme, *(door.organisme for door in ligne.alternatives)} - {SUIVI}
    problems = [node.problem(f"{ligne.id} : « {slug} » n'est pas dans organismes.yaml") for slug in named - organismes]
    if ligne.dispositif not in DISPOSITIFS:
        problems.append(node.problem(f"{ligne.id} : dispositif inconnu « {ligne.dispositif} »"))
    if problems:
        raise ContentError(problems)
    return ligne


def load_router(knowledge: Path) -> TableRouter:
    """The table; raises ContentError with every fault."""
    sources = load_sources(knowledge)
    organismes = frozenset(load_yaml(knowledge / "organismes.yaml").mapping())
    root = load_yaml(knowledge / "orientation.yaml")
    problems: list[Problem] = []
    lignes: list[Ligne] = []
    dated = root.mapping().get("verifiee_le")
    read_on = iso_date(dated) if dated else None
    for node in root.get("lignes").items():
        try:
            lignes.append(_ligne(node, sources, organismes, read_on))
        except ContentError as error:
            problems += error.problems
    if not problems and (not lignes or lignes[-1].quand != Condition()):
        problems.append(root.problem("la dernière ligne doit valoir pour tout le monde : « quand: {} »"))
    names = [ligne.id for ligne in lignes]
    problems += [
        root.problem(f"l'identifiant {name} est écrit deux fois") for name in {n for n in names if names.count(n) > 1}
    ]
    if problems:
        raise ContentError(problems)
    return TableRouter(tuple(lignes), root.get("suivi_autre").get("motif").text())


def check(knowledge: Path) -> list[Problem]:
    """Every fault of orientation.yaml."""
    try:
        load_router(knowledge)
    except ContentError as error:
        return list(error.problems)
    return []
