"""Issues and the space they span.

Owns what can be bargained over: issues in a fixed order, each with ordered levels. A package is one level
of every issue; the space is their product. It must never know a party, a value or a variable of the world.
"""

from functools import cached_property
from math import prod
from typing import Literal

from msgspec import Struct

IssueKind = Literal["clause", "verification", "sequence"]


class Level(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of an issue: a short label and the words a text would use."""

    label: str
    text: str = ""


class SecretLevel(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A level only its holders know of, until it leaks or they are told.

    To everybody else it counts as nothing agreed. Leaked, it counts to others as the level `leaked_as`, their
    gains and costs multiplied by `mul`.
    """

    holders: tuple[str, ...]
    leaked_as: int | None = None
    mul: float = 1.0


class Issue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One axis of the space.

    A `clause` obliges `obligor` and may only rise over the level in force. `verification` does too and scales
    what others are believed to deliver. `sequence` says who goes first; it is chosen anew in every text.
    `secret` clauses are known to the signatories alone; `secret_levels` are single levels that are.
    """

    id: str
    label: str
    levels: tuple[Level, ...]
    kind: IssueKind = "clause"
    obligor: str = ""
    default: int = 0
    symbolic: bool = False
    reversible: bool = True
    secret: bool = False
    secret_levels: dict[int, SecretLevel] = {}
    sources: tuple[str, ...] = ()


class Space(Struct, frozen=True, dict=True):
    """The product of the issues in their order. Flat indices are C-ordered, so a lower index is a lower package."""

    issues: tuple[Issue, ...]

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of levels of every issue, in order."""
        return tuple(len(issue.levels) for issue in self.issues)

    @cached_property
    def axis(self) -> dict[str, int]:
        """Axis number of every issue id."""
        return {issue.id: number for number, issue in enumerate(self.issues)}

    @property
    def size(self) -> int:
        """Number of packages."""
        return prod(self.shape)

    @cached_property
    def sequence(self) -> int | None:
        """Axis of the sequence, if the case has one."""
        return next((n for n, issue in enumerate(self.issues) if issue.kind == "sequence"), None)

    @cached_property
    def verification(self) -> int | None:
        """Axis of the verification, if the case has one."""
        return next((n for n, issue in enumerate(self.issues) if issue.kind == "verification"), None)
