"""The adjudication card: one outcome with its gates, odds, effects, rules and ruling, by view."""

from typing import Literal

from wargame.game.entities.base import Entity


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


class DrawSeen(Entity, frozen=True, kw_only=True):
    """A draw in words: how likely it was thought to be (Sherman Kent's bands), and how it fell."""

    about: str
    odds: str
    fell: str
    outcome: str


class RuleSeen(Entity, frozen=True, kw_only=True):
    """A rule that spoke, with its words and where they come from."""

    id: str
    name: str
    say: str
    sources: tuple[str, ...]


class EffectSeen(Entity, frozen=True, kw_only=True):
    """What an outcome did to a variable. `amount` is the applied change, None where the view only estimates it."""

    variable: str
    label: str
    amount: float | None
    word: str


class CardSeen(Entity, frozen=True, kw_only=True):
    """kind `card`, key `<turn>:<name>`: why an outcome is what it is, as the view may know it.

    `reported` means that the seat was told how it went and cannot check: the card then holds no more than it was told.
    `order` is the id to appeal against, empty where the view's seat may not.
    """

    name: str
    turn: int
    about: Literal["order", "free", "vote", "event"]
    order: str
    seat: str
    label: str
    status: str
    fidelity_word: str
    text: str
    reported: bool
    gates: tuple[GateSeen, ...]
    draws: tuple[DrawSeen, ...]
    effects: tuple[EffectSeen, ...]
    rules: tuple[RuleSeen, ...]
    unlock: tuple[str, ...]
    precedent: str
    sources: tuple[str, ...]
    argument: str
    net: int
    ruled: bool
    ruling: str
