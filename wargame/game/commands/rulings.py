"""Commands about rulings on a pending proposal: of every kind, their review, who rules, and the second umpire."""

from typing import Annotated, Literal

from msgspec import Meta

from adjudication.orders import RuledEffect
from wargame.game.commands.base import Cmd, Id, Note, Reason

Turn = Annotated[int, Meta(ge=1)]
Readers = Annotated[tuple[Id, ...], Meta(max_length=16)]
Target = Annotated[str, Meta(min_length=1, max_length=160)]
Outcome = Literal["done", "partial", "blocked"]
RULED_EFFECTS = 12


class RulingAccept(Cmd, frozen=True, kw_only=True, tag="ruling.accept"):
    """Accept the proposal of the turn as it stands, with the rulings made, and release the outcome."""

    turn: Turn


class RulingTake(Cmd, frozen=True, kw_only=True, tag="ruling.take"):
    """Take the desk: from now on the sender rules on this proposal. Also from another facilitator. Or leave it."""

    turn: Turn
    on: bool = True


class RulingReview(Cmd, frozen=True, kw_only=True, tag="ruling.review"):
    """Mark outcomes as looked at and accepted, or take the marks off: one, or many at once.

    A target is an order, a free move, the key of a die that decided an event, or `variable:<id>`.
    """

    turn: Turn
    targets: Annotated[tuple[Target, ...], Meta(min_length=1, max_length=300)]
    on: bool = True


class Ruling(Cmd, frozen=True, kw_only=True):
    """What every ruling says: on which turn, why, and which seats are told why."""

    turn: Turn
    reason: Reason
    shown_to: Readers = ()


class RulingReplace(Ruling, frozen=True, kw_only=True, tag="ruling.replace"):
    """Replace the outcome of one order. The draw stays on record; dice are never re-rolled."""

    order: Id
    outcome: Outcome


class RulingFidelity(Ruling, frozen=True, kw_only=True, tag="ruling.fidelity"):
    """Let one order be carried out at once and to a degree of 0 to 1, whatever its departments would have done."""

    order: Id
    degree: Annotated[float, Meta(ge=0, le=1)]


class RulingEdit(Ruling, frozen=True, kw_only=True, tag="ruling.edit"):
    """Add a signed change to one variable of the proposal."""

    variable: Id
    delta: Annotated[float, Meta(ge=-40, le=40)]


class RulingSet(Ruling, frozen=True, kw_only=True, tag="ruling.set"):
    """Set one variable to a value, whatever the proposal makes of it."""

    variable: Id
    value: Annotated[float, Meta(ge=-100_000, le=100_000)]


class RulingRow(Ruling, frozen=True, kw_only=True, tag="ruling.row"):
    """Say what one cause does to one variable instead of what the engine says; `amount` 0 drops it.

    `rule` and `cause` are those of the row in the proposal.
    """

    variable: Id
    rule: Id
    cause: Target
    amount: Annotated[float, Meta(ge=-100, le=100)]


class RulingEffects(Ruling, frozen=True, kw_only=True, tag="ruling.effects"):
    """Add effects of its own: variables, flags, levels of clauses in force, resources of seats."""

    effects: Annotated[tuple[RuledEffect, ...], Meta(min_length=1, max_length=RULED_EFFECTS)]


class RulingReversal(Ruling, frozen=True, kw_only=True, tag="ruling.reversal"):
    """Confirm that an order reverses its own government's line: it is carried out and costs political capital."""

    order: Id


class RulingEvent(Ruling, frozen=True, kw_only=True, tag="ruling.event"):
    """Let an event happen, or not: one the dice decided (the draw stays on record), `calendar:<id>` or `inject:<id>`.

    What follows from the event follows.
    """

    die: Target
    happens: bool


class RulingAnnotate(Ruling, frozen=True, kw_only=True, tag="ruling.annotate"):
    """Say something about an outcome that changes nothing: to the seats it is shown to and in the review."""

    target: Target


class RulingDrop(Cmd, frozen=True, kw_only=True, tag="ruling.drop"):
    """Withdraw a ruling made on the pending proposal."""

    turn: Turn
    ruling: Id


class UmpireAppoint(Cmd, frozen=True, kw_only=True, tag="umpire.appoint"):
    """Make an observer the second umpire, who rates outcomes knowing neither proposal nor rulings; or no longer."""

    person: Id
    on: bool = True


class UmpireRate(Cmd, frozen=True, kw_only=True, tag="umpire.rate"):
    """Say, as the second umpire, how an order of the turn should go. Sealed until the outcome is released."""

    turn: Turn
    order: Id
    outcome: Outcome
    note: Note = ""
