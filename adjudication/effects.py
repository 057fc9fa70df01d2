"""Closed effect primitives: what a move, a rule, an event or an override may do to the world.

Owns the types only. Stages turn them into contributions (`stages.effects`); nothing here changes a world.
"""

import msgspec

from adjudication.conditions import Condition
from adjudication.scalars import Scalar


class _Effect(msgspec.Struct, frozen=True, tag=True):
    """Base of all effects. `when` restricts one effect; it is read at the snapshot of the stage."""


class Add(_Effect, frozen=True, tag="add"):
    """Add a signed amount to a variable."""

    var: str
    amount: Scalar
    when: Condition | None = None


class Toward(_Effect, frozen=True, tag="toward"):
    """Move `rate` of the way from the present value to `target`."""

    var: str
    target: Scalar
    rate: float
    when: Condition | None = None


class Signal(_Effect, frozen=True, tag="signal"):
    """Shift a belief by a log likelihood ratio."""

    belief: str
    loglr: Scalar
    when: Condition | None = None


class SetFlag(_Effect, frozen=True, tag="set_flag"):
    """Raise or lower a flag."""

    flag: str
    value: bool = True
    when: Condition | None = None


class SetClause(_Effect, frozen=True, tag="clause"):
    """Set the level of a clause in force."""

    issue: str
    level: int
    when: Condition | None = None


class Fidelity(_Effect, frozen=True, tag="fidelity"):
    """Multiply what an order does: everything, one variable, or `signal.trust` / `signal.resolve`."""

    mul: Scalar
    target: str = ""
    when: Condition | None = None


class Delay(_Effect, frozen=True, tag="delay"):
    """Hold an order back by turns; 0 forbids holding it back."""

    turns: int
    when: Condition | None = None


class Block(_Effect, frozen=True, tag="block"):
    """Refuse the order; `reason` is the key of one of the rule's texts."""

    reason: str
    when: Condition | None = None


class Convert(_Effect, frozen=True, tag="convert"):
    """Turn the order into another move."""

    move: str
    when: Condition | None = None


class ProbShift(_Effect, frozen=True, tag="prob_shift"):
    """Shift the log-odds of an event (`unsc`, `clash`, `war`, `break`) this turn."""

    event: str
    logit: Scalar
    when: Condition | None = None


class Audience(_Effect, frozen=True, tag="audience"):
    """Add to a side's outstanding public words."""

    side: str
    amount: Scalar
    when: Condition | None = None


class Emit(_Effect, frozen=True, tag="emit"):
    """Raise an event of the turn."""

    event: str
    when: Condition | None = None


class Resource(_Effect, frozen=True, tag="resource"):
    """Change a resource of a seat."""

    resource: str
    amount: Scalar
    when: Condition | None = None


class Tell(_Effect, frozen=True, tag="tell"):
    """Let seats into a secret level of an issue in force."""

    issue: str
    seats: tuple[str, ...]
    when: Condition | None = None


Effect = (
    Add
    | Toward
    | Signal
    | SetFlag
    | SetClause
    | Fidelity
    | Delay
    | Block
    | Convert
    | ProbShift
    | Audience
    | Emit
    | Resource
    | Tell
)
