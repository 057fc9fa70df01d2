"""What goes into a turn: orders, signed texts, rulings of Control."""

from typing import Literal

import msgspec

ParamValue = str | int | float | bool


class Order(msgspec.Struct, frozen=True):
    """One order as sealed. `public` tells whether the seat announced it."""

    id: str
    seat: str
    move: str
    params: dict[str, ParamValue] = {}
    public: bool = True


class SignedText(msgspec.Struct, frozen=True):
    """A text all its principals signed this turn."""

    id: str
    title: str
    levels: dict[str, int]
    venue: Literal["summit", "exchange"]
    parties: tuple[str, ...]
    version: int = 1


class Override(msgspec.Struct, frozen=True):
    """A ruling of Control on the proposal.

    replace_outcome: target order, value done | partial | blocked. set, add: target variable, value a number.
    reversal: target order, confirmed to reverse the government's own line; it costs political capital (R-I15).
    force_event, suppress_event: target `clash`, `war`, `break` or the key of a die.
    """

    id: str
    kind: Literal["replace_outcome", "set", "add", "force_event", "suppress_event", "reversal"]
    target: str
    value: str | float = ""
    stage: float | None = None
    reason: str = ""
