"""knowledge/organismes.yaml: the bodies and how to reach them."""

from collections.abc import Mapping
from pathlib import Path

from bot.content.reader import Node, load_yaml
from bot.content.regles import iso_date, load_sources
from bot.domain.fiche import Source
from bot.domain.organisme import Bureau, Contact, Organisme
from bot.errors import ContentError, Problem


def _contact(node: Node | None, sources: Mapping[str, Source]) -> Contact:
    if node is None:
        return Contact()
    source = node.get("source")
    if source.text() not in sources:
        raise ContentError([source.problem(f"la source « {source.text()} » n'est pas dans sources.yaml")])
    known = sources[source.text()]
    return Contact(
        telephone=node.optional("telephone"),
        site=node.optional("site"),
        annuaire=node.optional("annuaire"),
        note=node.optional("note"),
        source=f"{known.titre}, {known.url}",
        verifie_le=iso_date(node.get("verifie_le")),
    )


def _bureau(node: Node) -> Bureau:
    return Bureau(
        nom=node.get("nom").text(),
        departements=frozenset(node.texts("departements")),
        telephone=node.optional("telephone"),
        email=node.optional("email"),
        adresse=node.optional("adresse"),
        horaires=node.optional("horaires"),
    )


def _organisme(slug: str, node: Node, sources: Mapping[str, Source]) -> Organisme:
    entries = node.mapping()
    can = node.get("peut_conventionner")
    if can.text() not in ("oui", "non"):
        raise ContentError([can.problem("écrivez oui ou non")])
    return Organisme(
        slug=slug,
        nom=node.get("nom").text(),
        contact=_contact(entries.get("contact"), sources),
        peut_conventionner=can.text() == "oui",
        agency_kind=node.optional("agency_kind"),
        bureaux=tuple(map(_bureau, entries["bureaux"].items())) if "bureaux" in entries else (),
        ferme_le=iso_date(entries["ferme_le"]) if "ferme_le" in entries else None,
    )


def load_organismes(knowledge: Path) -> Mapping[str, Organisme]:
    """The bodies by slug; raises ContentError with every fault."""
    sources = load_sources(knowledge)
    problems: list[Problem] = []
    organismes: dict[str, Organisme] = {}
    for slug, node in load_yaml(knowledge / "organismes.yaml").mapping().items():
        try:
            organismes[slug] = _organisme(slug, node, sources)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return organismes


def check(knowledge: Path) -> list[Problem]:
    """Every fault of organismes.yaml."""
    try:
        load_organismes(knowledge)
    except ContentError as error:
        return list(error.problems)
    return []
