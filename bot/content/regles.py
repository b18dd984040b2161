"""knowledge/sources.yaml and knowledge/regles.yaml as values."""

from datetime import date
from pathlib import Path

from bot.content.reader import Node, load_yaml
from bot.domain.fiche import Source
from bot.domain.regles import Parametre, Regles
from bot.errors import ContentError, Problem


def iso_date(node: Node) -> date:
    """The date in this node (AAAA-MM-JJ); raises ContentError."""
    try:
        return date.fromisoformat(node.text())
    except ValueError:
        raise ContentError([node.problem(f"« {node.text()} » n'est pas une date : écrivez AAAA-MM-JJ")]) from None


def load_sources(knowledge: Path) -> dict[str, Source]:
    """The sources by key; raises ContentError with every fault."""
    root = load_yaml(knowledge / "sources.yaml")
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
    for cle, node in root.mapping().items():
        try:
            url = node.get("url").text()
            if not url.startswith(("https://", "http://")):
                problems.append(node.problem(f"l'adresse de {cle} doit commencer par https://"))
            sources[cle] = Source(cle, node.get("titre").text(), url, node.optional("date"))
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return sources


def _parametre(cle: str, row: Node, sources: dict[str, Source]) -> Parametre:
    source = row.get("source")
    if source.text() not in sources:
        raise ContentError([source.problem(f"la source « {source.text()} » n'est pas dans sources.yaml")])
    valeur = row.get("valeur")
    if not valeur.text().isdigit():
        raise ContentError([valeur.problem(f"« {valeur.text()} » n'est pas un nombre entier")])
    return Parametre(
        cle=cle,
        valeur=int(valeur.text()),
        unite=row.get("unite").text(),
        depuis=iso_date(row.get("depuis")),
        article=row.get("article").text(),
        url=sources[source.text()].url,
        verifiee_le=iso_date(row.get("verifiee_le")),
    )


def load_regles(knowledge: Path) -> Regles:
    """The legal numbers; raises ContentError with every fault."""
    sources = load_sources(knowledge)
    problems: list[Problem] = []
    rows: list[Parametre] = []
    for cle, node in load_yaml(knowledge / "regles.yaml").mapping().items():
        for row in node.items():
            try:
                rows.append(_parametre(cle, row, sources))
            except ContentError as error:
                problems += error.problems
    if problems:
        raise ContentError(problems)
    return Regles(rows)


def check(knowledge: Path) -> list[Problem]:
    """Every fault of sources.yaml and regles.yaml."""
    try:
        load_regles(knowledge)
    except ContentError as error:
        return list(error.problems)
    return []
