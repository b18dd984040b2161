"""What maintainers of the knowledge should look at: questions without an answer, disliked answers, old or lost sources."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.db.models import Count, Max

from bot.dashboard.desk import Desk
from bot.dashboard.figures import REASONS
from bot.dashboard.models import SourceVue
from bot.domain.fiche import Passage
from bot.storage.models import Lacune
from bot.storage.records import found_by

SINCE = timedelta(days=90)
MOST = 30
SECONDS = 10
_LONG_ENOUGH = 4

Ask = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Gap:
    """A question nobody answered, how often, why, and the file where an answer would go."""

    question: str
    nombre: int
    raison: str
    fichier: str
    proche: str
    """The nearest passage by its title's words; empty: a new fiche."""


@dataclass(frozen=True, slots=True)
class Disliked:
    """A passage that people found of no use, and what they said was wrong."""

    titre: str
    fichier: str
    nombre: int
    raisons: str


@dataclass(frozen=True, slots=True)
class Old:
    """A passage whose review date has passed."""

    titre: str
    fichier: str
    depuis: Any


@dataclass(frozen=True, slots=True)
class Lost:
    """A source that did not answer, and the files that cite it."""

    url: str
    etat: str
    le: Any
    fichiers: tuple[str, ...]


def file_of(ref: str) -> str:
    """The file to edit for a passage."""
    return f"knowledge/fiches/{ref.partition('#')[0]}.md"


def gaps(desk: Desk) -> tuple[Gap, ...]:
    """What people asked lately and found nothing for, the most asked first."""
    since = desk.clock.now() - SINCE
    rows = Lacune.objects.filter(at__gte=since).exclude(question="").values("question", "raison")
    told = rows.annotate(nombre=Count("*"), dernier=Max("at")).order_by("-nombre", "-dernier")[:MOST]
    index = [(passage, _words(" ".join((passage.titre, *passage.questions)))) for passage in desk.passages().values()]
    return tuple(_gap(line, index) for line in told)


def _gap(line: Mapping[str, Any], index: Iterable[tuple[Passage, frozenset[str]]]) -> Gap:
    asked = _words(line["question"])
    best = max(index, key=lambda one: (len(asked & one[1]), -len(one[1])), default=None)
    near = best[0] if best is not None and asked & best[1] else None
    reason = REASONS.get(line["raison"], line["raison"])
    where = file_of(near.ref) if near else "knowledge/fiches/ (nouvelle fiche)"
    return Gap(line["question"], line["nombre"], reason, where, near.titre if near else "")


@lru_cache(maxsize=5000)
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in found_by(text).replace("'", " ").split() if len(word) >= _LONG_ENOUGH)


def disliked(desk: Desk) -> tuple[Disliked, ...]:
    """Answers that got a thumb down lately, by passage."""
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    rows = Lacune.objects.filter(at__gte=desk.clock.now() - SINCE, raison__startswith="avis")
    for reason, refs in rows.values_list("raison", "passages")[:5000]:
        for ref in refs:
            reasons[str(ref)][reason.removeprefix("avis").strip() or "sans précision"] += 1
    known = desk.passages()
    found = [
        Disliked(
            known[ref].titre if ref in known else f"{ref} (n'existe plus)",
            file_of(ref),
            said.total(),
            ", ".join(f"{reason} ({number})" for reason, number in said.most_common()),
        )
        for ref, said in reasons.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.nombre, one.fichier))[:MOST])


def old(desk: Desk) -> tuple[Old, ...]:
    """Passages to read again, the oldest date first."""
    late = [one for one in desk.passages().values() if one.stale(desk.today)]
    return tuple(
        Old(one.titre, file_of(one.ref), one.a_revoir_le) for one in sorted(late, key=lambda one: one.a_revoir_le)
    )


def lost(desk: Desk) -> tuple[Lost, ...]:
    """Sources that did not answer when they were last asked for."""
    files: dict[str, set[str]] = defaultdict(set)
    for passage in desk.passages().values():
        for citation in passage.citations:
            files[citation.url].add(file_of(passage.ref))
    return tuple(
        Lost(row.url, row.etat, row.at, tuple(sorted(files[row.url])))
        for row in SourceVue.objects.filter(bien=False).order_by("url")
        if row.url in files
    )


def look(passages: Iterable[Passage], now: datetime, ask: Ask | None = None) -> tuple[int, int]:
    """Ask for every cited source once, and keep what each answered; how many were asked, how many are lost."""
    ask = ask or _asked
    urls = sorted({one.url for passage in passages for one in passage.citations})
    wrong = 0
    for url in urls:
        state, well = _state(url, ask)
        wrong += not well
        SourceVue.objects.update_or_create(url=url[:500], defaults={"at": now, "etat": state[:60], "bien": well})
    return len(urls), wrong


def _state(url: str, ask: Ask) -> tuple[str, bool]:
    """Sites that turn programs away (401, 403, 405, 429) are there all the same."""
    try:
        return str(ask(url)), True
    except HTTPError as error:
        return str(error.code), error.code in (401, 403, 405, 429)
    except (URLError, OSError, ValueError) as error:
        return type(getattr(error, "reason", error)).__name__, False


def _asked(url: str) -> int:
    if not url.startswith(("https://", "http://")):
        raise ValueError(url)
    request = Request(url, method="GET", headers={"User-Agent": "Immersion-bot (sources)"})  # noqa: S310 - checked above
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - checked above
        return int(answer.status)
