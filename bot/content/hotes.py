"""knowledge/hotes.yaml: where sources may be, and what a person is told of those that are nobody's official word."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.content.reader import load_yaml


@dataclass(frozen=True, slots=True)
class Hosts:
    """Where sources may be: the State's and public services' hosts, and those shown with a mention."""

    officiels: frozenset[str]
    marques: Mapping[str, str]

    def official(self, url: str) -> bool:
        """Whether a public body speaks there."""
        return any(name in self.officiels for name in _names(url))

    def mention(self, url: str) -> str:
        """What a person is told of this source, empty where there is nothing to tell."""
        return next((self.marques[name] for name in _names(url) if name in self.marques), "")

    def known(self, url: str) -> bool:
        """Whether a source may be there at all."""
        return self.official(url) or bool(self.mention(url))


def _names(url: str) -> tuple[str, ...]:
    """The host and every domain above it."""
    parts = (urlsplit(url).hostname or "").split(".")
    return tuple(".".join(parts[at:]) for at in range(len(parts)))


def load_hosts(knowledge: Path) -> Hosts:
    """hotes.yaml, no host at all where there is none; raises ContentError with its faults."""
    if not (knowledge / "hotes.yaml").exists():
        return Hosts(frozenset(), {})
    root = load_yaml(knowledge / "hotes.yaml")
    marques = {host: node.text() for host, node in root.get("marques").mapping().items()}
    return Hosts(frozenset(root.texts("officiels")), marques)
