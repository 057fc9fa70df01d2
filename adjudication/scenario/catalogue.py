"""What may be ordered and what follows: moves with their parameters and words, and the named rules.

Shapes only; the meaning of effects lives in `stages.effects`.
"""

from typing import Literal

import msgspec

from adjudication.conditions import Condition, OrderFilter
from adjudication.effects import Effect
from adjudication.scenario.parameters import Severity
from adjudication.scenario.part import Part

Visibility = Literal["public", "private", "covert"]

SEVERITY_POINTS: dict[str, int] = {"de": -2, "sq": 0, "po": 4, "nv": 12, "vi": 28, "nu": 60}
"""Escalation points per severity class (Rivera et al. 2024)."""

SEVERITY_RANK: dict[str, int] = {"de": -1, "sq": 0, "po": 1, "nv": 2, "vi": 3, "nu": 4}


class Param(Part, frozen=True, kw_only=True):
    """A parameter of a move."""

    id: str
    label: str
    kind: Literal["int", "choice", "bool"]
    low: int | None = None
    high: int | None = None
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    default: str | int | bool | None = None


class SignalSpec(Part, frozen=True, kw_only=True):
    """What a move says about a side, in log-odds."""

    about: str
    trust: float = 0.0
    resolve: float = 0.0


class MoveText(Part, frozen=True, kw_only=True):
    """The words of a move."""

    order: str
    help: str = ""
    effects: str = ""


class Move(Part, frozen=True, kw_only=True):
    """One move of the catalogue."""

    id: str
    seats: tuple[str, ...]
    severity: Severity
    text: MoveText
    code: str = ""
    group: str = "other"
    executor: str = ""
    cameo: str = ""
    goldstein: float = 0.0
    resist: float = 0.0
    unilateral: bool = False
    cost: int = 1
    capital: float = 0.0
    visibility: Visibility = "public"
    seen_by: tuple[str, ...] = ()
    """Seats or sides that see a hidden order besides its own seat and executor."""
    hidden_until: Condition | None = None
    """Not in a seat's catalogue until this holds for what the seat may know; an order given anyway is unknown."""
    may_hide: bool = False
    require: Condition | None = None
    params: tuple[Param, ...] = ()
    consent: tuple[str, ...] = ()
    """Seats that expect to be asked: a refusal has consequences and stops nothing (R-A10, R-A11)."""
    needs: tuple[str, ...] = ()
    """Seats without whose consent of the same turn it is not carried out (R-A12)."""
    consent_by: tuple[str, ...] = ()
    """Moves by which such a seat consents without being asked."""
    unanswered: Literal["given", "refused"] = "refused"
    """What no answer of such a seat counts for."""
    detect: float = 0.0
    leader_channel: bool = False
    multiplier: float = 1.0
    """Scales the Goldstein weight of the move, never its effects."""
    effects: tuple[Effect, ...] = ()
    signal: SignalSpec | None = None
    exclusive: tuple[str, ...] = ()
    once: bool = False
    lead_turns: int = 0
    lens_scale: dict[str, float] = {}
    precedent: str = ""
    sources: tuple[str, ...] = ()


class Rule(Part, frozen=True, kw_only=True):
    """One named rule. `on`: per matching order. `event`: per event of the turn. Neither: once a turn."""

    id: str
    name: str
    lens: Literal["inst", "lead", "rat", "none"]
    stage: float
    say: str
    sources: tuple[str, ...]
    on: OrderFilter | None = None
    event: str = ""
    when: Condition | None = None
    require: Condition | None = None
    otherwise: tuple[Effect, ...] = msgspec.field(name="else", default=())
    effects: tuple[Effect, ...] = ()
    rate: bool = False
    """Its amounts are quoted per `clock.basis_hours`; rules of stage 9 (drift) always are."""
    text: dict[str, str] = {}
    statement: str = ""
    gate_for: tuple[str, ...] = ()
    """Moves whose own `require` this rule explains."""
    code: bool = False
    """The functional form lives in code; this entry holds its words and sources."""
