"""YAML as French writers need it: every scalar stays text, every node knows its line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import yaml

from bot.errors import ContentError, Problem

# libyaml reads the content ten times faster; wheels carry it, a source build may not.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML node: its value (text, or nodes by position or key) and the line it starts on."""

    value: "str | tuple[Node, ...] | Mapping[str, Node]"
    line: int
    path: str

    def problem(self, message: str) -> Problem:
        """A fault at this node."""
        return Problem(self.path, self.line, message)

    def text(self) -> str:
        """The scalar here; raises ContentError otherwise."""
        if isinstance(self.value, str):
            return self.value
        raise ContentError([self.problem("il faut un texte ici")])

    def items(self) -> "tuple[Node, ...]":
        """The elements of a list; raises ContentError otherwise."""
        if isinstance(self.value, tuple):
            return self.value
        raise ContentError([self.problem("il faut une liste ici (une ligne par élément, avec un tiret)")])

    def mapping(self) -> "Mapping[str, Node]":
        """The entries by key; raises ContentError otherwise."""
        if isinstance(self.value, Mapping):
            return self.value
        raise ContentError([self.problem("il faut des couples « clé : valeur » ici")])

    def get(self, key: str) -> "Node":
        """The entry `key`; raises ContentError where it is missing."""
        entries = self.mapping()
        if key not in entries:
            raise ContentError([self.problem(f"il manque : {key}")])
        return entries[key]

    def optional(self, key: str, default: str = "") -> str:
        """The text of entry `key`, or `default` where it is missing."""
        entry = self.mapping().get(key)
        return default if entry is None else entry.text()

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of the list under `key`; empty where it is missing."""
        entry = self.mapping().get(key)
        return () if entry is None else tuple(item.text() for item in entry.items())

    def walk(self) -> "Iterator[Node]":
        """Yield the node and all below it."""
        yield self
        children: tuple[Node, ...] = ()
        if isinstance(self.value, tuple):
            children = self.value
        elif isinstance(self.value, Mapping):
            children = tuple(self.value.values())
        for child in children:
            yield from child.walk()

    def plain(self) -> Plain:
        """Plain Python values, all scalars as text."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        return {key: item.plain() for key, item in self.value.items()}


_COLON = (
    "un deux-points au milieu d'une phrase a été pris pour une clé : "
    "mettez la phrase entre guillemets, ou écrivez-la dessous, après « | »"
)
_SHIFTED = "cette ligne n'est pas alignée avec les autres, ou un guillemet se ferme trop tôt"
_SIGN = "une tabulation, ou un signe (@ ` % & * ! …) en tête d'une valeur : mettez des espaces, ou la valeur entre guillemets"
_ADVICE = (
    ("mapping values", _COLON),
    ("start any token", _SIGN),
    ("alphabetic or numeric", _SIGN),
    ("undefined alias", _SIGN),
    ("tag", _SIGN),
    ("directive", _SIGN),
    ("expected key", _SHIFTED),
    ("block end", _SHIFTED),
    ("'-' indicator", _SHIFTED),
    ("block sequence entries", "un tiret de liste se met au début d'une ligne, pas après « : »"),
    ("escape character", "entre guillemets doubles, « \\ » a un autre sens : mettez des guillemets simples"),
    ("end of stream", "un guillemet est ouvert et n'est pas fermé"),
    ("',' or", "un crochet ou une accolade est ouvert et n'est pas fermé"),
    ("comment or line break", "après « | » ou « > », allez à la ligne"),
    ("could not find expected ':'", "il manque « : » après une clé, ou une ligne n'est pas alignée avec les autres"),
    ("another document", "une ligne « --- » ouvre un second document : un fichier n'en a qu'un"),
)
"""By a part of what libyaml says, what to do."""

_UNREADABLE = "YAML ne comprend pas cette ligne : regardez les alignements, les guillemets et les « : »"


def _convert(node: yaml.Node, path: str) -> Node:
    line = node.start_mark.line + 1
    match node:
        case yaml.ScalarNode():
            return Node(str(node.value), line, path)
        case yaml.SequenceNode():
            return Node(tuple(_convert(item, path) for item in node.value), line, path)
        case yaml.MappingNode():
            entries: dict[str, Node] = {}
            for key, value in node.value:
                name = str(key.value)
                if name in entries:
                    raise ContentError(
                        [Problem(path, key.start_mark.line + 1, f"la clé « {name} » est écrite deux fois")]
                    )
                entries[name] = _convert(value, path)
            return Node(entries, line, path)
        case _:
            raise ContentError([Problem(path, line, "cette écriture n'est pas acceptée ici")])


def parse_yaml(text: str, path: str) -> Node:
    """The document in `text`; raises ContentError with advice in French."""
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        advice = next((said for part, said in _ADVICE if part in str(error.problem)), _UNREADABLE)
        raise ContentError([Problem(path, line, advice)]) from error
    except yaml.YAMLError as error:
        raise ContentError([Problem(path, 1, "ce fichier contient un caractère que YAML refuse")]) from error
    return _convert(root, path) if root is not None else Node({}, 1, path)


def load_yaml(file: Path, shown: str = "") -> Node:
    """Read one YAML file; `shown` is the path written in messages (default: folder/name)."""
    path = shown or f"{file.parent.name}/{file.name}"
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ContentError([Problem(path, 1, "ce fichier manque")]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Problem(path, 1, "ce fichier ne se lit pas : il doit être en UTF-8")]) from error
    return parse_yaml(text, path)
