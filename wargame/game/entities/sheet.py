"""A seat's own sheet of orders."""

from typing import Literal

from wargame.game.entities.base import Entity


class SheetSeen(Entity, frozen=True, kw_only=True):
    """kind `sheet`, key `<seat>@<turn>`: budget and whether the orders are sealed."""

    seat: str
    turn: int
    budget: int
    used: int
    capital: float | None
    submitted: bool
    locked: bool


class OrderSeen(Entity, frozen=True, kw_only=True):
    """kind `order`, key order id. The seat's own, and Control's view of all."""

    id: str
    seat: str
    turn: int
    move: str
    label: str
    params: dict[str, str | int | float | bool]
    public: bool
    status: Literal[
        "draft", "submitted", "withdrawn", "locked", "done", "partial", "blocked", "converted", "delayed", "cancelled"
    ]
    rationale: str
    expects: str
    why: tuple[str, ...] = ()
    unlock: tuple[str, ...] = ()
