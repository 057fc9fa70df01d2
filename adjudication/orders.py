"""What goes into a turn: orders, free moves, signed texts, rulings of Control."""

from typing import Literal

import msgspec

from adjudication.scenario.parameters import Severity

ParamValue = str | int | float | bool


class Order(msgspec.Struct, frozen=True):
    """One order as sealed. `public` tells whether the seat announced it."""

    id: str
    seat: str
    move: str
    params: dict[str, ParamValue] = {}
    public: bool = True


class FreeEffect(msgspec.Struct, frozen=True):
    """A signed change of one variable, in its unit, that a free move makes."""

    variable: str
    delta: float


class FreeMove(msgspec.Struct, frozen=True, kw_only=True):
    """A move outside the catalogue as Control framed it (section 2.4). `seat` acts; `id` names its die.

    `estimates` are chances of success in percent, `net` the arguments granted, -3..3. Success has `effects` and the
    signal (`trust`, `resolve`, log-odds); failure has `costs` and nothing else. `known_to`: seats in on a private one.
    """

    id: str
    seat: str
    title: str
    severity: Severity
    estimates: tuple[int, ...]
    net: int = 0
    cameo: str = ""
    public: bool = True
    effects: tuple[FreeEffect, ...] = ()
    costs: tuple[FreeEffect, ...] = ()
    trust: float = 0.0
    resolve: float = 0.0
    known_to: tuple[str, ...] = ()


class Consent(msgspec.Struct, frozen=True):
    """A seat was asked this turn to consent to an order: `given` is what it answered, None if nothing."""

    order: str
    seat: str
    given: bool | None = None


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
