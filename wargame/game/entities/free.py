"""Moves outside the catalogue, the odds of them, arguments granted, and appeals."""

from typing import Literal

from wargame.game.entities.base import Entity


class ArgumentSeen(Entity, frozen=True, kw_only=True):
    """A line for or against."""

    seat: str
    side: Literal["for", "against"]
    text: str


class FreeMoveSeen(Entity, frozen=True, kw_only=True):
    """kind `freemove`, key its id. To its seat, those it was circulated to, those asked for the odds, and Control.

    `decided` is all that a seat which was only asked learns of the end. `reason` is Control's.
    """

    id: str
    seat: str
    turn: int
    title: str
    action: str
    effect: str
    public: bool
    cost: int
    arguments: tuple[ArgumentSeen, ...]
    readers: tuple[str, ...]
    status: Literal["open", "admitted", "decided", "refused", "withdrawn", "lapsed", "succeeded", "partial", "failed"]
    reason: str = ""


class FreeOddsSeen(Entity, frozen=True, kw_only=True):
    """kind `freeodds`, key `<free move>:<seat>`: a seat was asked for the odds in confidence. To that seat and Control.

    `seat` is `control` for Control's own estimate. `percent` is None until it has answered.
    """

    move: str
    seat: str
    percent: int | None


class FreeFrameSeen(Entity, frozen=True, kw_only=True):
    """kind `freeframe`, key the free move's id, Control's: what it is for the engine and the odds as they stand.

    `pooled` is the mean of the estimates in log-odds, `chance` the same after the net arguments; None without any.
    """

    move: str
    framed: bool
    seat: str
    severity: Literal["de", "sq", "po", "nv", "vi", "nu"]
    cameo: str
    goldstein: float
    effects: dict[str, float]
    costs: dict[str, float]
    trust: float
    resolve: float
    net: int
    asked: tuple[str, ...]
    pooled: float | None
    chance: float | None
    chance_word: str


class FreeRulesSeen(Entity, frozen=True, kw_only=True):
    """kind `freerules`, key `freerules`: what the case allows beyond its catalogue; told once, to everybody."""

    cost: int
    per_turn: int
    limit: float
    signal_limit: float
    effects: int
    costs: int
    variables: tuple[str, ...]
    codes: dict[str, float]
    sides: tuple[str, ...]
    rule: str
    say: str
    sources: tuple[str, ...]


class GrantSeen(Entity, frozen=True, kw_only=True):
    """kind `grant`, key order id, Control's: net arguments granted to an order (R-F02)."""

    order: str
    turn: int
    net: int
    reason: str


class AppealSeen(Entity, frozen=True, kw_only=True):
    """kind `appeal`, key appeal id. To the seat that appealed and Control.

    A correction (`variable` not empty) was or will be applied with the settlement of turn `applies`.
    """

    id: str
    seat: str
    turn: int
    order: str
    label: str
    text: str
    status: Literal["open", "upheld", "declined"]
    answer: str = ""
    variable: str = ""
    delta: float = 0.0
    applies: int = 0
