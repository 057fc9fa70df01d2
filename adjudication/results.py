"""What comes out of a turn. Plain values: they are stored in the log of the game."""

from typing import Any, Literal

import msgspec

from adjudication.agreed import Agreement
from adjudication.dice import Die
from adjudication.ledger import LedgerRow
from adjudication.orders import ParamValue
from adjudication.scenario.parameters import Severity

OrderStatus = Literal["done", "partial", "blocked", "converted", "delayed", "cancelled"]
Told = Literal["", "done", "nothing"]
LearnedHow = Literal["candid", "leak", "shown", "inquiry"]


class Gate(msgspec.Struct, frozen=True):
    """One thing an order had to pass."""

    rule: str
    text: str
    passed: bool


class OrderResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one order."""

    id: str
    seat: str
    move: str
    status: OrderStatus
    params: dict[str, ParamValue] = {}
    public: bool = True
    fidelity: float = 1.0
    delay: int = 0
    gates: tuple[Gate, ...] = ()
    missing: tuple[str, ...] = ()
    unlock: tuple[str, ...] = ()
    returned: bool = False
    rules: tuple[str, ...] = ()
    reason: str = ""
    visible_to: tuple[str, ...] = ("*",)
    ruled: bool = False
    carried: bool = False
    """It was ordered in an earlier turn and held up until now."""
    executor: str = ""
    directive: str = ""
    """Name of an order another seat carries out; empty for all others and for what was held up."""
    told: Told = ""
    """What its own seat was told: the truth (empty), that it was carried out, or nothing about what was held up."""
    learned: Literal["", "candid", "leak", "shown", "inquiry"] = ""
    """How its own seat learned in the same turn what was really done."""
    slowed_by: tuple[str, ...] = ()
    """Seats that worked against it."""


class Learned(msgspec.Struct, frozen=True, kw_only=True):
    """A principal learned this turn what became of an order it had been told was carried out. `late` in turns."""

    directive: str
    order: str
    seat: str
    executor: str
    move: str
    turn: int
    fidelity: float
    late: int
    how: LearnedHow


class FreeResult(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one free move. `p` is the chance its die was held against, `before` the same without arguments."""

    id: str
    seat: str
    title: str
    status: Literal["succeeded", "partial", "failed"]
    severity: Severity
    goldstein: float
    public: bool
    estimates: tuple[int, ...]
    net: int
    before: float
    p: float
    die: Die
    gates: tuple[Gate, ...] = ()
    missing: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    visible_to: tuple[str, ...] = ("*",)
    ruled: bool = False


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened beyond the orders. `visible_to` ("*",) means everybody."""

    kind: str
    rule: str
    visible_to: tuple[str, ...] = ("*",)
    text: str = ""
    slots: dict[str, str | float] = {}


class SummitResult(msgspec.Struct, frozen=True, kw_only=True):
    """How a meeting of leaders ended. Surpluses are Control's."""

    turn: int
    result: Literal["statement", "text", "walk_away"]
    choice: str
    prepared: bool
    surplus: dict[str, dict[str, float]] = {}
    levels: dict[str, int] = {}


class Resolution(msgspec.Struct, frozen=True, kw_only=True):
    """The engine's proposal for one turn. `world` is a payload of `World.to_payload`."""

    turn: int
    world: dict[str, Any]
    ledger: tuple[LedgerRow, ...]
    orders: tuple[OrderResult, ...]
    dice: tuple[Die, ...]
    happenings: tuple[Happening, ...]
    p_clash: float
    p_war: float
    summit: SummitResult | None
    agreements: tuple[Agreement, ...]
    scores: dict[str, dict[str, float]]
    indices: dict[str, float]
    texts: dict[str, str] = {}
    """Signed text -> in_force | struck (nothing of it could be carried out) | no_meeting (no summit was held)."""
    struck: dict[str, tuple[str, ...]] = {}
    """Signed text -> issues struck from it."""
    war: int = 0
    learned: tuple[Learned, ...] = ()
    told_scores: dict[str, dict[str, float]] = {}
    """Scores as a seat may reckon them from what it was told, where they differ."""
    titles: dict[str, str] = {}
    """What injects are called that went out in other words than the case's."""
    free: tuple[FreeResult, ...] = ()
