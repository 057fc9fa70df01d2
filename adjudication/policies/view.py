"""What a bot sees, and what it may do.

Owns the plain picture a policy acts on: one seat's own knowledge and the rule book everybody has. It is built
from the seat's own feed and from nothing else; no policy ever meets the true state of the world.
"""

import hashlib
from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from negotiation.details import Detail, brackets
from negotiation.terms import Negotiation

Scalar = str | int | float | bool
CARRIED_OUT = frozenset({"done", "partial", "converted"})


class MoveOption(Struct, frozen=True, kw_only=True):
    """A move of the seat's own catalogue as it believes it stands now."""

    id: str
    state: Literal["available", "conditional", "locked"]
    cost: int
    capital: float
    severity: str
    goldstein: float
    group: str
    params: dict[str, Scalar] = {}


class PastOrder(Struct, frozen=True, kw_only=True):
    """An order of an earlier turn the seat knows of: its own, or one that was seen."""

    turn: int
    seat: str
    move: str
    status: str


class Proposed(Struct, frozen=True):
    """One version of a text: who proposed it, and what it said."""

    version: int
    proposer: str
    levels: dict[str, int]


class OfferOnTable(Struct, frozen=True, kw_only=True):
    """A text the seat can see, at its present version; `before` are its versions so far, this one last.

    `brackets` are clauses in brackets; `out` have walked out; `invited` are asked to stand by it.
    """

    id: str
    author: str
    proposer: str
    status: str
    version: int
    levels: dict[str, int]
    accepted: tuple[str, ...]
    signed: tuple[str, ...]
    parties: tuple[str, ...]
    venue: str
    turn: int
    before: tuple[Proposed, ...] = ()
    details: dict[str, Detail] = {}
    package: bool = False
    initialled: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    out: tuple[str, ...] = ()
    recess: bool = False

    @property
    def brackets(self) -> tuple[str, ...]:
        """Clauses in brackets."""
        return brackets(self.details)


class Mandated(Struct, frozen=True, kw_only=True):
    """A mandate the seat gave or holds: what `seat` may do for `principal`, on a text or (`offer` empty) on all."""

    principal: str
    seat: str
    offer: str
    may: tuple[str, ...]
    levels: dict[str, tuple[int, int]] = {}

    def covers(self, offer: str) -> bool:
        """Tell whether it speaks of a text."""
        return self.offer in ("", offer)


class Owed(Struct, frozen=True, kw_only=True):
    """A clause somebody owes, as the seat may know it. `asked`: the seat may choose what becomes of it this turn."""

    id: str
    agreement: str
    clause: str
    obligor: str
    from_level: int
    detection: str
    after: str
    state: str
    asked: bool
    choice: str


class RoomSeen(Struct, frozen=True, kw_only=True):
    """A room the seat is in, with the newest message of another seat that it has not answered."""

    id: str
    kind: str
    seats: tuple[str, ...]
    last: int
    unanswered: int = 0
    unanswered_from: str = ""


class ConsentAsked(Struct, frozen=True, kw_only=True):
    """An order of another seat this one was asked to consent to, not yet answered."""

    id: str
    seat: str
    move: str


class PaperToClear(Struct, frozen=True, kw_only=True):
    """A paper of the seat's own side that waits for its clearance."""

    id: str
    version: int


class RequestAsked(Struct, frozen=True, kw_only=True):
    """A request for information or a tasking that waits for the seat's answer."""

    id: str
    kind: Literal["rfi", "tasking"]
    text: str
    own_side: bool


class BotView(Struct, frozen=True, kw_only=True):
    """One seat's knowledge at one moment.

    `readings` and `before` hold point values by variable for this turn and the last one (exact, estimated, or the
    middle of a band; a hidden variable is absent). `priors` are the case's published starting values. `flags` holds
    those the seat may know, `tags` the marks of the turn, `deals` the form of each text in force it knows of, `said`
    its own words so far. `key` is the root of the bot's own dice: public, the same in every repetition of a game.
    """

    seat: str
    side: str
    turn: int
    turns: int
    phase: str
    orders_open: bool
    bargaining_open: bool
    key: str
    budget: int
    used: int
    capital: float | None
    submitted: bool
    ready: bool
    readings: dict[str, float]
    before: dict[str, float]
    priors: dict[str, float]
    moves: Mapping[str, MoveOption]
    sheet: tuple[str, ...]
    past: tuple[PastOrder, ...]
    banked: dict[str, int]
    offers: tuple[OfferOnTable, ...]
    rooms: tuple[RoomSeen, ...]
    terms: Negotiation
    deals: dict[str, str] = {}
    flags: dict[str, bool] = {}
    tags: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    by_letter: dict[str, str] = {}
    """Seats that are reached by letter only, and the channel."""
    letters_out: int = 0
    """Own letters that carry a text and have not arrived."""
    others_ready: frozenset[str] = frozenset()
    script: dict[int, tuple[str, ...]] = {}
    asked: tuple[ConsentAsked, ...] = ()
    to_clear: tuple[PaperToClear, ...] = ()
    requests: tuple[RequestAsked, ...] = ()
    figures: dict[str, str] = {}
    """What the seat reads now, as sentences by the label of the variable."""
    unbriefed: tuple[str, ...] = ()
    unopened: tuple[tuple[str, str], ...] = ()
    side_room: str = ""
    mandates: tuple[Mandated, ...] = ()
    owed: tuple[Owed, ...] = ()

    def reads(self, variable: str) -> float:
        """Return what the seat reads of a variable, or else the published starting value, or else 0."""
        return self.readings.get(variable, self.priors.get(variable, 0.0))

    def draw(self, name: str, *, turn: int | None = None) -> float:
        """Return the bot's own die of that name this turn (or an earlier one), in [0, 1)."""
        text = f"{self.key}|{self.turn if turn is None else turn}|{self.seat}|{name}"
        return (int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 11) * 2.0**-53

    def saw(self, move: str, *, seat: str | None = None, within: int | None = None) -> bool:
        """Tell whether an order of this move was carried out in an earlier turn, as far as the seat knows."""
        since = 0 if within is None else self.turn - within
        return any(
            order.move == move
            and order.turn >= since
            and order.turn < self.turn
            and (seat is None or order.seat == seat)
            and order.status in CARRIED_OUT
            for order in self.past
        )

    def blocked_times(self, move: str) -> int:
        """Return how often an own order of this move was blocked so far."""
        return sum(o.move == move and o.seat == self.seat and o.status == "blocked" for o in self.past)


class Wish(Struct, frozen=True):
    """An order a policy would like to give, and why in one line. `firm`: worth the capital that is kept back."""

    move: str
    why: str
    params: Mapping[str, Scalar] = {}
    public: bool | None = None
    firm: bool = False


class Act(Struct, frozen=True):
    """One command: its wire name, its arguments, and a name that is the same in every repetition of this moment."""

    name: str
    args: dict[str, object]
    slug: str
