"""How a short answer is written, and where its sources are: what a maintainer is told by `knowledge check`.

None of these stops an answer from being served: a sentence badly opened is still true, and is corrected in peace.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from bot.content.hotes import load_hosts
from bot.content.markdown import Document, Section, read_document
from bot.content.reader import load_yaml
from bot.domain import regex as re
from bot.domain.fiche import Nature
from bot.errors import ContentError, Problem

LONGEST = 450
"""Characters of a short answer: with its sources it fills the first screen of a phone."""

_OPENING = re.compile(
    r"(?i)^(?:oui|non|elles?|ils?|c['’]est|ce n['’](?:est|était)|ce sont|cela|ceci|ça|celles?-ci|celui-ci|ceux-ci"
    r"|si(?=,)|exact(?:ement)?|effectivement|en effet|bien sûr|tout à fait|absolument|évidemment|certainement|vrai|faux)\b"
)

_LAW = re.compile(
    r"(?i)\b(?:la loi|le code (?:du travail|de l['’]éducation)|le décret|l['’]arrêté|légal(?:e|es|ement)?|légaux"
    r"|juridique(?:s|ment)?|la réglementation|réglementaires?)\b"
)
_OFFICE = re.compile(
    r"(?i)\b(?:(?:représentante?s?|tut(?:eur|rice)s?|responsables?) (?:légal(?:e|es)?|légaux)|mentions légales)\b"
)
"""Whose name holds the word, and not what the law says."""

_ARTICLE = re.compile(r"(?i)\b(?:[LRDA]\.? ?\*?\d{2,4}(?:-\d+)*|articles?|art\.|cerfa|n° ?\d{4}-\d+)")

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def leaning(text: str) -> str:
    """The word by which a text leans on its question (yes, no, a pronoun), empty where it stands alone."""
    opened = _OPENING.match(text)
    return opened[0] if opened else ""


def check(knowledge: Path) -> list[Problem]:
    """Every fault of writing in the fiches, and every source that is not where it should be."""
    try:
        hosts = load_hosts(knowledge)
        sources = load_yaml(knowledge / "sources.yaml").mapping()
    except ContentError as error:
        return list(error.problems)
    found: list[Problem] = []
    for cle, node in sources.items():
        url = node.optional("url")
        if not hosts.known(url):
            host = urlsplit(url).hostname or url
            advice = (
                f"la source {cle} est sur {host}, qui n'est pas dans hotes.yaml : citez un texte officiel "
                "(Légifrance, Service-Public…), ou marquez cet hôte si le fait n'a pas d'autre source"
            )
            found.append(node.problem(advice))
    for file in sorted((knowledge / "fiches").glob("*.md")):
        try:
            document, _ = read_document(file)
        except ContentError:
            continue  # told by the check of the fiches
        for section in document.sections:
            found += _section(document, section)
    return found


def _section(document: Document, section: Section) -> Iterator[Problem]:
    if section.part("Nature").text == Nature.URGENCE:
        return
    first = section.court.lines[0][0] if section.court.lines else section.line
    yield from _short(document, first, section.court.text)
    for line, text in section.part("Selon la personne").bullets():
        yield from _short(document, line, text.partition(":")[2].strip())
    if not any("article" in text or _ARTICLE.search(text) for _, text in section.part("Sources").bullets()):
        for part in (section.court, section.part("En détail")):
            for at, text in part.lines:
                yield from _lawless(document.path, at, text)


def _short(document: Document, line: int, court: str) -> Iterator[Problem]:
    """Yield the faults of what is said first."""
    opened = leaning(court)
    if opened:
        yield Problem(
            document.path,
            line,
            f"la réponse courte s'ouvre par « {opened} » : elle doit être vraie lue seule, "
            "nommez d'abord ce dont vous parlez",
        )
    if len(court) > LONGEST:
        yield Problem(
            document.path,
            line,
            f"la réponse courte fait {len(court)} signes, {LONGEST} au plus : le reste va sous « ### En détail »",
        )


def _lawless(path: str, line: int, text: str) -> Iterator[Problem]:
    """Yield the sentences that speak for the law where no article is named, in them or among the sources."""
    for sentence in _SENTENCE.split(text):
        law = _LAW.search(_OFFICE.sub("", sentence))
        if law and not _ARTICLE.search(sentence):
            yield Problem(
                path, line, f"« {law[0]} » sans article : nommez-le dans la phrase ou dans les sources (article X)"
            )
