"""Questions without an answer: personal data scrubbed, near ones grouped, and the stub of a section for each group."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.lexicon import Heard
from bot.answers.normalise import stems, words
from bot.answers.terms import Terms, letter_terms
from bot.domain import regex as re

_SCRUBBED = (
    (re.compile(r"(?<![^\s,;:<>()])[^\s,;:<>()]+@[^\s,;<>()]+"), "[adresse]"),
    (re.compile(r"https?://\S+|www\.\S+"), "[lien]"),
    (re.compile(r"(?:\+|00)?\d(?:[\s.\-/]?\d){5,}"), "[numéro]"),
    (
        re.compile(
            r"(?i:\b(?:je m['’ ]appelle|mon nom (?:est|c['’ ]est)|moi c['’ ]est|monsieur|madame|mme|mr|m\.|mlle)\s+)\w[\w'-]*(?:\s+[A-ZÀ-Ý][\w'-]*)*"
        ),
        "[personne]",
    ),
    (re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÀ-Ý][a-zà-ÿ'-]+(?: [A-ZÀ-Ý][\w'-]+)+"), "[nom]"),
)
_NEAR = 0.45


@dataclass(frozen=True)
class Group:
    """Near questions: the most frequent first, how many in all, and why they were kept."""

    questions: tuple[str, ...]
    count: int
    reasons: tuple[str, ...]


def scrubbed(text: str) -> str:
    """The question without addresses, numbers and names."""
    for pattern, name in _SCRUBBED:
        text = pattern.sub(name, text)
    return " ".join(text.split())


def grouped(asked: Sequence[tuple[str, str]]) -> list[Group]:
    """Groups of (question, reason), the largest first."""
    counts: Counter[str] = Counter()
    reasons: dict[str, set[str]] = {}
    for raw, reason in asked:
        question = scrubbed(raw)
        if question:
            counts[question] += 1
            reasons.setdefault(question, set()).add(reason)
    questions = [question for question, _ in counts.most_common()]
    found = [_group(members, counts, reasons) for members in _clusters(questions)]
    return sorted(found, key=lambda group: (-group.count, group.questions))


def _group(members: Sequence[str], counts: Counter[str], reasons: dict[str, set[str]]) -> Group:
    why = sorted({reason for member in members for reason in reasons[member]})
    return Group(tuple(members), sum(counts[member] for member in members), tuple(why))


def _clusters(questions: Sequence[str]) -> list[list[str]]:
    """Greedy: a question joins the first group that has a question near it."""
    if not questions:
        return []
    read = [_reading(question) for question in questions]
    rows = Terms.fit(read).matrix(read)
    near = (rows @ rows.T).toarray()
    groups: list[list[int]] = []
    for at in range(len(questions)):
        home = next((group for group in groups if near[at, group].max() >= _NEAR), None)
        if home is None:
            groups.append([at])
        else:
            home.append(at)
    return [[questions[at] for at in group] for group in groups]


def _reading(text: str) -> list[str]:
    bare = re.sub(r"\[\w+\]", " ", text)
    heard = Heard(tuple(words(bare)), tuple(stems(bare)), (), frozenset())
    return [*heard.stems, *(run for run in letter_terms(heard) if len(run) > 2)]


def stub(group: Group) -> str:
    """A section to complete, ready to paste in a fiche."""
    slug = re.sub(r"[^a-z0-9]+", "-", " ".join(words(group.questions[0]))).strip("-")[:40].strip("-") or "nouvelle"
    phrasings = "\n".join(f"- {question}" for question in group.questions)
    return (
        f"<!-- posée {group.count} fois ({', '.join(group.reasons)}) -->\n"
        f"## {group.questions[0]} {{#{slug}}}\n\n"
        "(la réponse courte : deux ou trois phrases simples, au vouvoiement)\n\n"
        "### Sources\n\n- (une clé de sources.yaml)\n\n### Faits\n\n(F-…)\n\n"
        f"### Questions\n\n{phrasings}\n"
    )
