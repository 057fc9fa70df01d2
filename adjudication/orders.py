"""What goes into a turn: orders, free moves, signed texts, rulings of Control."""

from typing import Literal

import msgspec

from adjudication.effects import Effect
from adjudication.scenario.parameters import Severity
from negotiation.agreements import Undertaking

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


class SentInject(msgspec.Struct, frozen=True, kw_only=True):
    """An inject with effects that went out this turn, in the words and to the seats it did; no seats: everybody.

    What it moves is told with its title to those it went to, and to the rest as other factors.
    """

    id: str
    title: str
    effects: tuple[Effect, ...]
    to: tuple[str, ...] = ()


class Consent(msgspec.Struct, frozen=True):
    """A seat was asked this turn to consent to an order: `given` is what it answered, None if nothing."""

    order: str
    seat: str
    given: bool | None = None


class SignedText(msgspec.Struct, frozen=True):
    """A text all its principals signed this turn.

    `levels` of issues and side clauses; `details` of those clauses whose date, steps or checking the text itself fixes.
    An oral understanding needs no meeting and binds less than a statement.
    """

    id: str
    title: str
    levels: dict[str, int]
    venue: Literal["summit", "exchange", "oral"]
    parties: tuple[str, ...]
    version: int = 1
    details: dict[str, Undertaking] = {}


class Conduct(msgspec.Struct, frozen=True, kw_only=True):
    """How a party treats this turn what it signed.

    keep, delay, withhold: what `seat` does about one clause it owes (R-R18), hidden until it shows. suspend: its side
    stops carrying out a clause, or all it owes under the text (""). reaffirm: it takes up again what it suspended, or
    takes back its notice. withdraw: it leaves the text `notice` turns from now.
    """

    agreement: str
    seat: str
    kind: Literal["keep", "delay", "withhold", "suspend", "reaffirm", "withdraw"]
    clause: str = ""
    notice: int = 0
    reason: str = ""


class RuledEffect(msgspec.Struct, frozen=True):
    """One effect a ruling adds, through the engine's primitives.

    add: a variable moves by `value`, exactly. flag: raised (1) or lowered (0). clause: the level in force of an issue.
    resource: what a seat has of one (`<seat>.<resource>`) changes by `value`.
    """

    kind: Literal["add", "flag", "clause", "resource"]
    target: str
    value: float


OverrideKind = Literal[
    "replace_outcome",
    "fidelity",
    "set",
    "add",
    "row",
    "add_effects",
    "force_event",
    "suppress_event",
    "reversal",
    "annotate",
]


class Override(msgspec.Struct, frozen=True):
    """A ruling of Control on the proposal (section 9).

    replace_outcome: target order, value done | partial | blocked. fidelity: target order, value 0..1, carried out to
    that degree and at once. set, add: target variable, value a number. row: target variable, value what the rows of
    `rule` and `cause` on it come to instead; 0 drops them. add_effects: `effects`.
    reversal: target order, confirmed to reverse the government's own line; it costs political capital (R-I15).
    force_event, suppress_event: target `clash`, `war`, `break`, the key of a die, `calendar:<id>` or `inject:<id>`.
    annotate: target anything, a remark of Control that changes nothing.
    """

    id: str
    kind: OverrideKind
    target: str
    value: str | float = ""
    stage: float | None = None
    reason: str = ""
    rule: str = ""
    cause: str = ""
    effects: tuple[RuledEffect, ...] = ()
