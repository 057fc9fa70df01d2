"""Control's own papers."""

from typing import Literal

from wargame.game.entities.base import Entity
from wargame.game.entities.card import DieSeen, EffectSeen, GateSeen, RuleSeen
from wargame.game.entities.outcome import ChangeSeen


class OrderProposalSeen(Entity, frozen=True, kw_only=True):
    """What the engine proposes for one order, or for one free move (`move` is empty): Control's adjudication card."""

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
    effects: tuple[EffectSeen, ...] = ()
    rules: tuple[RuleSeen, ...] = ()
    precedent: str = ""
    sources: tuple[str, ...] = ()
    net: int = 0
    estimates: tuple[int, ...] = ()


class EventEffectSeen(Entity, frozen=True, kw_only=True):
    """What an inject or an event of the calendar did, before any order."""

    id: str
    label: str
    effects: tuple[EffectSeen, ...]


class OpenEventSeen(Entity, frozen=True, kw_only=True):
    """An event of the turn that a ruling may force or suppress. `happens`: whether it does as things stand."""

    key: str
    label: str
    happens: bool


class ProposalSeen(Entity, frozen=True, kw_only=True):
    """kind `proposal`, key `turn@<n>`: the engine's proposal as it stands with the rulings so far."""

    turn: int
    status: Literal["pending", "released"]
    orders: tuple[OrderProposalSeen, ...]
    changes: tuple[ChangeSeen, ...]
    events: tuple[str, ...]
    outside: tuple[EventEffectSeen, ...]
    open_events: tuple[OpenEventSeen, ...]
    dice: tuple[DieSeen, ...]
    p_clash: float
    p_war: float


class SheetStateSeen(Entity, frozen=True, kw_only=True):
    """kind `sheetstate`, key seat id: the seat board's order column, for Control."""

    seat: str
    drafts: int
    submitted: bool


class LogSeen(Entity, frozen=True, kw_only=True):
    """kind `log`, key event id. Control's log: the audit trail. Paged. `what` is the kind of the fact.

    `role`: as what the one who did it acted.
    """

    id: str
    at_ms: int
    who: str
    what: str
    text: str
    turn: int = 0
    role: Literal["control", "player", "bot", "observer", "server"] = "server"


class NoteSeen(Entity, frozen=True, kw_only=True):
    """kind `note`, key note id. Control's private notes. Paged. `event`: what it is pinned to, `<kind>:<key>`."""

    id: str
    at_ms: int
    by: str
    text: str
    turn: int
    event: str = ""
    objective: str = ""
    discuss: bool = False
