"""What the world is made of: variables and who sees them, values that follow from them, facts, hidden cards.

Shapes only. `Sight` and the closed forms have their own readers in `binder` and `trees`.
"""

from typing import ClassVar, Literal

from adjudication.conditions import Condition
from adjudication.scalars import Scalar
from adjudication.scenario.part import Part

VariableKind = Literal["scale", "belief", "stock", "count", "flag"]
"""`scale` saturates towards its walls, `belief` moves in log-odds; the others are plain sums in own units, clamped."""


class Sight(Part, frozen=True, kw_only=True):
    """How one reader sees a variable: exactly, in bands, as an estimate with noise sigma, or not at all."""

    mode: Literal["exact", "band", "noise", "hidden"]
    sigma: float = 0.0


class Drift(Part, frozen=True, kw_only=True):
    """A pull towards a resting value each turn (or each `clock.basis_hours`)."""

    target: float
    rate: float
    rule: str


class Gate(Part, frozen=True, kw_only=True):
    """Seats for which something opens once a condition on the true state holds. May stand alone or in a list."""

    lone: ClassVar[bool] = True

    seats: tuple[str, ...]
    when: Condition


class Variable(Part, frozen=True, kw_only=True):
    """One variable of the state. Noise is in the variable's own unit."""

    id: str
    kind: VariableKind
    init: float
    label: str
    see: dict[str, Sight]
    hidden_until: tuple[Gate, ...] = ()
    """Seats that read nothing of it before a condition holds, whatever `see` says after."""
    unit: str = ""
    group: str = "other"
    order: int = 0
    headline: bool = False
    note: str = ""
    sources: tuple[str, ...] = ()
    drift: Drift | None = None
    prior: float | None = None
    forget: float = 0.0
    min: float | None = None
    max: float | None = None
    lens: str = ""
    """Frozen when this lens is off: its only writers belong to it."""
    good: Literal["", "up", "down"] = ""
    rises: str = ""
    falls: str = ""


class Derived(Part, frozen=True, kw_only=True):
    """A value computed from the state."""

    id: str
    scalar: Scalar
    label: str = ""
    note: str = ""


class Fact(Part, frozen=True, kw_only=True):
    """A flag in words: `label` when it is up, `absent` when it is down, and who may know which (`all` or seats).

    `see_when` opens it to more seats once its condition holds.
    """

    id: str
    label: str
    absent: str
    see: tuple[str, ...] = ("all",)
    see_when: tuple[Gate, ...] = ()


class CardOutcome(Part, frozen=True, kw_only=True):
    """One face of a card. `set` gives `flag.<name>` its truth and adds its number to a variable."""

    id: str
    p: float
    text: str
    set: dict[str, float] = {}


class Card(Part, frozen=True, kw_only=True):
    """A fact of the case nobody is told: drawn once at the start (die `card:<id>`), told in the report.

    `historical` is the outcome a historical game starts with.
    """

    id: str
    label: str
    outcomes: tuple[CardOutcome, ...]
    historical: str = ""
    sources: tuple[str, ...] = ()


class Veil(Part, frozen=True, kw_only=True):
    """While `until` does not hold, what these sides order is seen by `insiders` alone and signals nothing to others.

    `until` may ask for an order of the same turn, so that the order that ends a secret is heard.
    """

    id: str
    sides: tuple[str, ...]
    until: Condition
    insiders: tuple[str, ...] = ()
    rule: str = ""
