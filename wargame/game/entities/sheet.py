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


class ConsentSeen(Entity, frozen=True, kw_only=True):
    """kind `consent`, key request id. An order another seat was asked to consent to: theirs, the asker's and Control's.

    `needed`: without it the order is not carried out; else a refusal only has consequences. `unanswered`: what no
    answer counts for, where it is needed.
    """

    id: str
    turn: int
    seat: str
    to: str
    move: str
    label: str
    params: dict[str, str | int | float | bool]
    note: str
    needed: bool
    unanswered: Literal["", "given", "refused"]
    status: Literal["open", "given", "refused", "withdrawn"]
    reply: str = ""


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
    argument: str = ""
    why: tuple[str, ...] = ()
    unlock: tuple[str, ...] = ()
