"""Control's own papers."""

from typing import Literal

from wargame.game.entities.base import Entity
from wargame.game.entities.outcome import ChangeSeen


class GateSeen(Entity, frozen=True, kw_only=True):
    """One thing an order had to pass."""

    rule: str
    text: str
    passed: bool


class DieSeen(Entity, frozen=True, kw_only=True):
    """A draw as it fell."""

    key: str
    u: float
    threshold: float
    outcome: str


class OrderProposalSeen(Entity, frozen=True, kw_only=True):
    """What the engine proposes for one order."""

    order: str
    seat: str
    move: str
    label: str
    params: dict[str, str | int | float | bool]
    status: str
    fidelity: float
    gates: tuple[GateSeen, ...]
    dice: tuple[DieSeen, ...]
    unlock: tuple[str, ...]


class ProposalSeen(Entity, frozen=True, kw_only=True):
    """kind `proposal`, key `turn@<n>`: the engine's proposal as it stands with the rulings so far."""

    turn: int
    status: Literal["pending", "released"]
    orders: tuple[OrderProposalSeen, ...]
    changes: tuple[ChangeSeen, ...]
    events: tuple[str, ...]
    dice: tuple[DieSeen, ...]
    p_clash: float
    p_war: float


class RulingSeen(Entity, frozen=True, kw_only=True):
    """kind `ruling`, key ruling id."""

    id: str
    turn: int
    kind: Literal["replace", "edit"]
    target: str
    value: str
    reason: str
    by: str
    dropped: bool = False


class MselSeen(Entity, frozen=True, kw_only=True):
    """kind `msel`, key inject id of the case: the scheduled list, for Control."""

    id: str
    turn: int | None
    trigger: str
    source: str
    to: tuple[str, ...]
    title: str
    text: str
    expected: str
    objective: str
    precedence: Literal["routine", "priority", "immediate", "flash"]
    state: Literal["waiting", "sent", "skipped"]


class SheetStateSeen(Entity, frozen=True, kw_only=True):
    """kind `sheetstate`, key seat id: the seat board's order column, for Control."""

    seat: str
    drafts: int
    submitted: bool


class LogSeen(Entity, frozen=True, kw_only=True):
    """kind `log`, key event id. Control's log. Paged."""

    id: str
    at_ms: int
    who: str
    what: str
    text: str


class NoteSeen(Entity, frozen=True, kw_only=True):
    """kind `note`, key note id. Control's private notes. Paged."""

    id: str
    at_ms: int
    by: str
    text: str
    turn: int
