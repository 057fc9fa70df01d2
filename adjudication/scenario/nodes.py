"""Positions in scenario files, and what is wrong at them.

Owns the error type and the tree of values that remember their file, line and path. Reads no file.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import msgspec

Plain = str | int | float | bool | None


class ScenarioError(msgspec.Struct, frozen=True):
    """One fault of a scenario: where it is, what is wrong, and what is allowed there."""

    file: str
    line: int
    path: str
    message: str
    allowed: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Render as one line for a terminal."""
        tail = f" (allowed: {', '.join(self.allowed)})" if self.allowed else ""
        return f"{self.file}:{self.line}: {self.path}: {self.message}{tail}"


class ScenarioErrors(Exception):
    """All faults of a scenario, collected in one reading."""

    def __init__(self, errors: Iterable[ScenarioError]) -> None:
        self.errors: list[ScenarioError] = sorted(errors, key=lambda e: (e.file, e.line, e.path, e.message))
        super().__init__("\n".join(str(error) for error in self.errors))


class Node:
    """A value of a file with its position. `value` is a dict or list of nodes, or a plain value."""

    __slots__ = ("file", "line", "path", "raw", "value")

    def __init__(self, value: object, file: str, line: int, path: str, raw: str = "") -> None:
        self.value = value
        self.file = file
        self.line = line
        self.path = path
        self.raw = raw

    @property
    def mapping(self) -> dict[str, "Node"] | None:
        """The value as a mapping, or None."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def sequence(self) -> list["Node"] | None:
        """The value as a list, or None."""
        return self.value if isinstance(self.value, list) else None

    def spot(self, word: str) -> "Node":
        """Return the first place from here down that says a word, or else this one."""
        return next((node for node in self.walk() if node.value == word), self)

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it, in the order of the file."""
        yield self
        children = self.value.values() if isinstance(self.value, dict) else self.sequence or ()
        for child in children:
            yield from child.walk()

    def plain(self) -> object:
        """Return the value without positions."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value


class Faults:
    """Collects faults while reading goes on, so that an author sees all of them at once."""

    def __init__(self) -> None:
        self.errors: list[ScenarioError] = []

    def add(self, node: Node, message: str, allowed: Iterable[str] = (), *, key: str = "") -> None:
        """Record a fault at a node (or at one key of it)."""
        path = f"{node.path}.{key}" if key and node.path else key or node.path or "(file)"
        self.errors.append(ScenarioError(node.file, node.line, path, message, tuple(allowed)))

    def unknown(self, node: Node, what: str, word: str, known: Iterable[str], *, list_all: bool = True) -> None:
        """Record an unknown name with the nearest known one."""
        names = sorted(known)
        near = get_close_matches(word, names, n=1, cutoff=0.6)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        self.add(node, f"unknown {what} {word!r}{hint}", names if list_all and len(names) <= 60 else near)
