"""What a seat reads, and how dangerous the time ahead is."""

from typing import Literal

from wargame.game.entities.base import Entity


class ReadingSeen(Entity, frozen=True, kw_only=True):
    """kind `reading`, key `<variable>@<turn>`: what the seat reads of a variable at a turn.

    exact: `value`. estimate: `value`, `low`, `high`, `confidence`. band: `band`.
    `briefed_by` names the seat that shared it (key `<variable>@<turn>:<seat>`), `note` what it added.
    """

    variable: str
    turn: int
    mode: Literal["exact", "estimate", "band"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: Literal["", "low", "moderate", "high"] = ""
    band: str = ""
    briefed_by: str = ""
    note: str = ""


class RiskSeen(Entity, frozen=True, kw_only=True):
    """kind `risk`, key `risk@<turn>`: the danger ahead in words (Sherman Kent bands); numbers for Control."""

    turn: int
    clash_word: str
    war_word: str
    span: str = ""
    """The stretch the words speak of, as in "over the year"."""
    p_clash: float | None = None
    p_war: float | None = None
