"""knowledge/fiches/*.md: every passage with its proofs; every fault at once, with its line."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.content.figures import contradictions
from bot.content.formulations import Formulations, orphans, read_formulations
from bot.content.hotes import Hosts, load_hosts
from bot.content.markdown import Document, Section, read_document
from bot.content.reader import Node, load_yaml
from bot.content.regles import iso_date, load_regles, load_sources
from bot.domain import regex as re
from bot.domain.answer import Refus
from bot.domain.fiche import Citation, Fiche, Nature, Passage, Source
from bot.domain.regles import Regles
from bot.errors import ContentError, Problem

SHOWN = frozenset({"A", "A*", "B"})
"""Marks of the facts that may be shown; C waits until it is verified."""

PUBLICS = frozenset(
    [
        "alternant",
        "arret-maladie",
        "conge-parental",
        "conseiller",
        "contractuel-public",
        "contrat-aide",
        "csp",
        "demandeur-emploi",
        "employeur",
        "entreprise-adaptee",
        "esat",
        "etranger",
        "etudiant",
        "fonctionnaire",
        "handicap",
        "independant",
        "insertion",
        "jeune",
        "jeune-diplome",
        "lyceen",
        "mineur",
        "moins-16",
        "parent",
        "retraite",
        "rsa",
        "salarie",
        "stagiaire-formation",
    ]
)
"""Facets a passage or a spoken word may carry."""

OTHER_SCHEMES = frozenset({"alternatives", "ailleurs"})
"""Themes whose numbers are those of other schemes: regles.yaml says nothing of them."""

_SOURCE = re.compile(r"^(?P<cle>[A-Za-z0-9_-]+)(?:\s+\((?P<article>.+)\))?$")
_HEAD = ("titre", "theme", "verifiee_le", "a_revoir_le")


@dataclass(frozen=True, slots=True)
class Register:
    """What a fiche may refer to: sources, facts with their mark, legal numbers, hosts."""

    sources: Mapping[str, Source]
    faits: Mapping[str, str]
    regles: Regles
    hosts: Hosts


def load_register(knowledge: Path) -> Register:
    """Sources, facts and legal numbers; raises ContentError with every fault."""
    problems: list[Problem] = []
    faits: dict[str, str] = {}
    for fait, node in load_yaml(knowledge / "faits.yaml").mapping().items():
        try:
            faits[fait] = node.get("confiance").text()
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems)
    return Register(load_sources(knowledge), faits, load_regles(knowledge), load_hosts(knowledge))


@dataclass(slots=True)
class _Reading:
    """One fiche being read; faults pile up in `problems`."""

    document: Document
    formulations: Formulations
    register: Register
    problems: list[Problem]
    verifiee_le: date = date.min
    a_revoir_le: date = date.min

    def fault(self, line: int, message: str) -> None:
        self.problems.append(Problem(self.document.path, line, message))

    def head(self, key: str) -> Node | None:
        try:
            return self.document.root.get(key)
        except ContentError as error:
            self.problems += error.problems
            return None

    def day(self, key: str) -> date:
        node = self.head(key)
        try:
            return iso_date(node) if node else date.min
        except ContentError as error:
            self.problems += error.problems
            return date.min


def _citations(reading: _Reading, section: Section) -> tuple[Citation, ...]:
    found: list[Citation] = []
    for line, text in section.part("Sources").bullets():
        match = _SOURCE.match(text)
        source = reading.register.sources.get(match["cle"]) if match else None
        if match is None or source is None:
            reading.fault(line, f"la source « {text} » n'est pas dans sources.yaml (forme : CLE ou CLE (article X))")
            continue
        article = (match["article"] or "").removeprefix("article ")
        mention = reading.register.hosts.mention(source.url)
        found.append(Citation(source.titre, source.url, reading.verifiee_le, article, mention))
    if not found and "Sources" not in section.parts:
        reading.fault(section.line, f"« {section.titre} » n'a pas de source : ajoutez « ### Sources »")
    elif not found:
        reading.fault(section.part("Sources").line, "aucune source lisible ici : une ligne « - CLE » par source")
    # Official words are shown first.
    return tuple(sorted(found, key=lambda one: not reading.register.hosts.official(one.url)))


def _faits(reading: _Reading, section: Section) -> tuple[str, ...]:
    found: list[str] = []
    for line, fait in section.part("Faits").words():
        mark = reading.register.faits.get(fait)
        if mark is None:
            reading.fault(line, f"le fait {fait} n'est pas dans faits.yaml")
        elif mark not in SHOWN:
            reading.fault(line, f"le fait {fait} est marqué {mark} : il n'est pas encore vérifié, retirez-le")
        found.append(fait)
    return tuple(found)


def _publics(reading: _Reading, section: Section) -> frozenset[str]:
    found = list(section.part("Publics").words())
    for line, public in found:
        if public not in PUBLICS:
            reading.fault(line, f"public inconnu « {public} » ; mots acceptés : {', '.join(sorted(PUBLICS))}")
    return frozenset(public for _, public in found)


def _nature(reading: _Reading, section: Section) -> tuple[Nature, str]:
    part, refus = section.part("Nature"), section.part("Refus")
    try:
        nature = Nature(part.text or Nature.REPONSE)
    except ValueError:
        reading.fault(part.line, f"nature inconnue « {part.text} » ; mots acceptés : {', '.join(Nature)}")
        nature = Nature.REPONSE
    if nature is Nature.RENVOI and refus.text not in set(Refus):
        reading.fault(refus.line, f"un renvoi dit son refus ; mots acceptés : {', '.join(Refus)}")
    return nature, refus.text


def _variantes(reading: _Reading, section: Section) -> tuple[tuple[str, str], ...]:
    """The lines `- public : phrase` of « ### Selon la personne »."""
    found: list[tuple[str, str]] = []
    for line, text in section.part("Selon la personne").bullets():
        public, _, said = (part.strip() for part in text.partition(":"))
        if public not in PUBLICS or not said:
            reading.fault(line, f"écrivez « - public : phrase » ; publics acceptés : {', '.join(sorted(PUBLICS))}")
        found.append((public, said))
    return tuple(found)


def _critique(reading: _Reading, section: Section) -> bool:
    part = section.part("Critique")
    if part.text not in ("", "oui", "non"):
        reading.fault(part.line, "sous « ### Critique », écrivez oui ou non")
    return part.text == "oui"


def _passage(reading: _Reading, section: Section, slug: str) -> Passage:
    nature, refus = _nature(reading, section)
    own = tuple(text for _, text in section.part("Questions").bullets())
    if not section.court.text:
        reading.fault(section.line, f"« {section.titre} » n'a pas de réponse courte sous son titre")
    if not own:
        reading.fault(section.line, f"« {section.titre} » n'a pas de « ### Questions » : écrivez comment on la pose")
    return Passage(
        ref=f"{slug}#{section.slug}",
        titre=section.titre,
        court=section.court.text,
        detail=section.part("En détail").text,
        citations=_citations(reading, section),
        a_revoir_le=reading.a_revoir_le,
        questions=(*own, *(text for _, text in reading.formulations.of(section.slug))),
        faits=_faits(reading, section),
        publics=_publics(reading, section),
        voir_aussi=tuple(ref for _, ref in section.part("Voir aussi").words()),
        nature=nature,
        refus=refus,
        critique=_critique(reading, section),
        variantes=_variantes(reading, section),
    )


def _figures(reading: _Reading, section: Section) -> None:
    for part in (section.court, section.part("Selon la personne"), section.part("En détail")):
        for line, text in part.lines:
            for message in contradictions(text, reading.register.regles, reading.verifiee_le):
                reading.fault(line, message)


@dataclass(frozen=True, slots=True)
class _Read:
    """A fiche, as the bot uses it and as it is written."""

    fiche: Fiche
    document: Document
    formulations: Formulations

    def questions(self, section: Section) -> Iterator[tuple[str, int, str]]:
        """Yield every phrasing of a section: its file, its line, itself."""
        for line, question in section.part("Questions").bullets():
            yield self.document.path, line, question
        for line, question in self.formulations.of(section.slug):
            yield self.formulations.path, line, question


def _fiche(file: Path, register: Register, problems: list[Problem]) -> _Read:
    document, faults = read_document(file)
    formulations, more = read_formulations(file, [section.slug for section in document.sections])
    reading = _Reading(document, formulations, register, problems)
    problems += faults + more
    for key in set(document.head) - set(_HEAD):
        problems.append(document.head[key].problem(f"clé inconnue « {key} » ; clés : {', '.join(_HEAD)}"))
    titre, theme = reading.head("titre"), reading.head("theme")
    reading.verifiee_le, reading.a_revoir_le = reading.day("verifiee_le"), reading.day("a_revoir_le")
    if reading.a_revoir_le < reading.verifiee_le:
        reading.fault(1, "a_revoir_le est avant verifiee_le")
    if not document.sections:
        reading.fault(1, "cette fiche n'a aucune section « ## … {#…} »")
    if theme is None or theme.text() not in OTHER_SCHEMES:
        for section in document.sections:
            _figures(reading, section)
    passages = tuple(_passage(reading, section, file.stem) for section in document.sections)
    fiche = Fiche(
        slug=file.stem,
        titre=titre.text() if titre else file.stem,
        theme=theme.text() if theme else file.stem,
        path=document.path,
        passages=passages,
    )
    return _Read(fiche, document, formulations)


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9àâäçéèêëîïôöùûüœ]+", " ", text.lower()).strip()


def _across(read: list[_Read], register: Register) -> Iterator[Problem]:
    """Yield the faults that only show once every fiche is read."""
    refs = Counter(passage.ref for one in read for passage in one.fiche.passages)
    first: dict[str, str] = {}
    cited = {fait for one in read for passage in one.fiche.passages for fait in passage.faits}
    for one in read:
        document = one.document
        for section in document.sections:
            ref = f"{one.fiche.slug}#{section.slug}"
            if refs[ref] > 1:
                yield Problem(document.path, section.line, f"le nom {{#{section.slug}}} est écrit deux fois")
            for line, link in section.part("Voir aussi").words():
                if link not in refs:
                    yield Problem(document.path, line, f"lien mort : « {link} » n'est le nom d'aucune section")
            for path, line, question in one.questions(section):
                other = first.setdefault(_folded(question), ref)
                if other != ref:
                    yield Problem(path, line, f"« {question} » est déjà une question de {other}")
    for fait, mark in register.faits.items():
        if mark in SHOWN and fait not in cited:
            yield Problem("knowledge/faits.yaml", 1, f"le fait {fait} ({mark}) n'est cité par aucun passage")


def _read(knowledge: Path) -> tuple[list[_Read], list[Problem]]:
    register = load_register(knowledge)
    folder = knowledge / "fiches"
    files = sorted(folder.glob("*.md"))
    if not files:
        return [], [Problem("knowledge/fiches", 1, "ce dossier ne contient aucune fiche (*.md)")]
    problems = orphans(knowledge)
    read: list[_Read] = []
    for file in files:
        try:
            read.append(_fiche(file, register, problems))
        except ContentError as error:
            problems += error.problems
    if len(read) == len(files):
        # With a fiche missing, links and facts that lead to it would look dead.
        problems += _across(read, register)
    return read, sorted(set(problems))


def load_fiches(knowledge: Path) -> tuple[Fiche, ...]:
    """Every fiche, in the order of file names; raises ContentError with every fault."""
    read, problems = _read(knowledge)
    if problems:
        raise ContentError(problems)
    return tuple(one.fiche for one in read)


def check(knowledge: Path) -> list[Problem]:
    """Every fault of the fiches and of the facts' register, none raised."""
    try:
        return _read(knowledge)[1]
    except ContentError as error:
        return list(error.problems)


def overdue(fiches: tuple[Fiche, ...], today: date) -> list[Problem]:
    """Fiches past their review date: a warning, not a fault, since the answer then says so itself."""
    return [
        Problem(fiche.path, 1, f"à revoir depuis le {fiche.passages[0].a_revoir_le.isoformat()}")
        for fiche in fiches
        if fiche.passages and fiche.passages[0].stale(today)
    ]
