"""One finding of the linter, and the pile they are put on."""

from typing import Literal

import msgspec

from adjudication.scenario.nodes import Node
from adjudication.scenario.places import Place, Places

Level = Literal["error", "warning"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, where, and what to do. An error is surely a mistake; a warning may be meant."""

    level: Level
    file: str
    line: int
    path: str
    message: str
    remedy: str

    def __str__(self) -> str:
        """Render as one line for a terminal."""
        return f"{self.file}:{self.line}: {self.level}: {self.path}: {self.message} {self.remedy}"


class Notes:
    """Collects findings at places of the files."""

    def __init__(self, sections: Node) -> None:
        self.places = Places(sections)
        self.findings: list[Finding] = []

    def error(self, place: Place, message: str, remedy: str) -> None:
        """Record a mistake."""
        self._add("error", place, message, remedy)

    def warning(self, place: Place, message: str, remedy: str) -> None:
        """Record something that may be meant."""
        self._add("warning", place, message, remedy)

    def _add(self, level: Level, place: Place, message: str, remedy: str) -> None:
        node = self.places.at(*place)
        path = node.path or ".".join(map(str, place))
        self.findings.append(
            Finding(level=level, file=node.file, line=node.line, path=path, message=message, remedy=remedy)
        )

    def sorted(self) -> tuple[Finding, ...]:
        """Return all, errors first, then in the order of the files."""
        return tuple(sorted(self.findings, key=lambda f: (f.level, f.file, f.line, f.path, f.message)))
