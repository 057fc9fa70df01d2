"""Own the shape of a game at one moment: what the rules need to decide the next command, and no more.

Nothing in it grows with the length of a game: messages, past offers, ledgers and texts of injects live in the
log and in the views' rows only. What has to be remembered of the past is a bounded number of ids.
Values are frozen; a dict in here is never changed in place.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from adjudication.lenses import Lens
from adjudication.results import Resolution
from negotiation.cables import Filed, Paper, Tasking
from negotiation.conferences import Conference
from negotiation.mandates import Mandate
from negotiation.offers import Offer
from negotiation.pads import Pad
from negotiation.rooms import Room
from wargame.game.events import Json, PhaseSetUp, ReadingMade
from wargame.game.events.lobby import Style
from wargame.game.parts import (
    CHECKPOINTS_REMEMBERED,
    CONFERENCES_REMEMBERED,
    DELEGATION,
    INJECTS_REMEMBERED,
    LETTERS_REMEMBERED,
    MSEL_CHARS,
    MSEL_ENTRIES,
    OFFERS_REMEMBERED,
    PAPERS_REMEMBERED,
    PEOPLE,
    PLAN_ITEMS,
    RATINGS,
    RULINGS_A_TURN,
    Appeal,
    Argument,
    Assessed,
    Choice,
    Consent,
    Debrief,
    Declared,
    Entrance,
    Entry,
    EntryState,
    Frame,
    FreeMove,
    Grant,
    Held,
    Letter,
    Line,
    Moved,
    Person,
    Rating,
    Ruling,
    Seat,
    Settled,
    Sheet,
    SheetOrder,
    Spill,
    Standing,
    Status,
    Timer,
)
from wargame.game.quiet import QuietHours

__all__ = [
    "CHECKPOINTS_REMEMBERED",
    "CONFERENCES_REMEMBERED",
    "DELEGATION",
    "EMPTY",
    "INJECTS_REMEMBERED",
    "LETTERS_REMEMBERED",
    "MSEL_CHARS",
    "MSEL_ENTRIES",
    "OFFERS_REMEMBERED",
    "PAPERS_REMEMBERED",
    "PEOPLE",
    "PLAN_ITEMS",
    "RATINGS",
    "RULINGS_A_TURN",
    "Appeal",
    "Argument",
    "Assessed",
    "Choice",
    "Consent",
    "Debrief",
    "Declared",
    "Entrance",
    "Entry",
    "EntryState",
    "Frame",
    "FreeMove",
    "Grant",
    "Held",
    "Letter",
    "Line",
    "Moved",
    "Person",
    "Rating",
    "Ruling",
    "Seat",
    "Settled",
    "Sheet",
    "SheetOrder",
    "Spill",
    "Standing",
    "State",
    "Status",
    "Timer",
]


class State(Struct, frozen=True, kw_only=True):
    """One game. `EMPTY` is the game before its first event."""

    id: str = ""
    title: str = ""
    status: Status = ""
    scenario: str = ""
    scenario_hash: str = ""
    case_title: str = ""
    preset: str = ""
    seed: str = ""
    seed_hash: str = ""
    style: Style = "semi_rigid"
    forced: Literal["free", "historical"] = "free"
    lens: Lens = "all"
    first_turn: int = 1
    last_turn: int = 1
    turn_names: tuple[str, ...] = ()
    game_dates: tuple[str, ...] = ()
    phases: tuple[PhaseSetUp, ...] = ()
    ended_reason: str = ""
    paused_reason: str = ""

    people: dict[str, Person] = {}
    seats: dict[str, Seat] = {}
    entrance: Entrance = Entrance()
    screens: str | None = None
    """What stands on the players' locked screens; None: they are not locked."""

    checkpoints: tuple[str, ...] = ()
    rewinds: int = 0
    sandbox: bool = False
    """Control's copy to try things in: no player can join."""

    turn: int = 0
    phase: str = ""
    timers: dict[str, Timer] = {}
    quiet: QuietHours | None = None
    remind_ms: int = 0
    """How long before a deadline those who are not done are reminded of it; 0: nobody is."""
    phase_began_ms: int = 0
    """When the phase began, later by what the game stood still since."""
    paused_at_ms: int | None = None
    locked: bool = False
    extra: dict[str, int] = {}
    """Milliseconds seats were given beyond the clock for the orders of this turn."""
    standing: dict[str, Standing] = {}
    stand_ins: dict[str, str] = {}
    """Bots that complete the sheets of seats in `overtime`, by seat."""
    waited: bool = False
    """Whether the game has stopped for missing orders in this phase: it does so once."""
    overtime: tuple[str, ...] = ()
    """Seats still at their sheets, in time of their own, while everybody else waits for the outcome."""

    sheets: dict[str, Sheet] = {}
    consents: dict[str, Consent] = {}
    free_moves: dict[str, FreeMove] = {}
    grants: dict[str, Grant] = {}
    settled: dict[str, Settled] = {}
    appeals: dict[str, Appeal] = {}
    corrections: tuple[Ruling, ...] = ()
    """What upheld appeals add to the next settlement."""
    readings: dict[str, tuple[ReadingMade, ...]] = {}
    readings_before: dict[str, tuple[ReadingMade, ...]] = {}
    readings_turn: int = 0
    briefed: dict[str, tuple[ReadingMade, ...]] = {}
    errors: dict[str, float] = {}

    rooms: dict[str, Room] = {}
    reads: dict[str, dict[str, int]] = {}
    conferences: dict[str, Conference] = {}
    held: dict[str, Held] = {}
    lines: dict[str, Line] = {}
    spills: dict[str, Spill] = {}
    post: dict[str, Letter] = {}
    delivered: dict[str, tuple[str, ...]] = {}
    brought: dict[str, str] = {}
    papers: dict[str, Paper] = {}
    files: dict[str, tuple[Filed, ...]] = {}
    series: dict[str, int] = {}
    """Last number of each series of papers: of one sender to one set of addressees."""
    taskings: dict[str, Tasking] = {}
    offers: dict[str, Offer] = {}
    ended_offers: tuple[str, ...] = ()
    choices: dict[str, Choice] = {}
    """By obligation, `<agreement>:<clause>`; sealed with the orders of the turn."""
    declared: tuple[Declared, ...] = ()
    pads: dict[str, Pad] = {}
    mandates: dict[str, Mandate] = {}

    msel: dict[str, Entry] = {}
    injects: dict[str, tuple[str, ...]] = {}
    opened: dict[str, tuple[str, ...]] = {}
    injects_opened: tuple[str, ...] = ()
    """Those of them that somebody has opened."""
    effects_due: tuple[str, ...] = ()
    effects_now: tuple[str, ...] = ()

    world: Json = {}
    proposal: Resolution | None = None
    over: str = ""
    rulings: tuple[Ruling, ...] = ()
    ruling_by: str = ""
    """The facilitator who has the desk: who rules on the pending proposal."""
    reviewed: tuple[str, ...] = ()
    umpire: str = ""
    """The observer who is the second umpire."""
    rated: dict[str, Rating] = {}
    concordance: dict[str, int] = {}
    """How often the released outcome was one thing and the second umpire's word another; see `concordance.pair`."""
    debrief: Debrief | None = None
    assessed: Assessed = Assessed()

    @property
    def game_date(self) -> str:
        """Return the date inside the case; in the lobby the date the first turn will have."""
        turn = max(self.turn, self.first_turn)
        return self.game_dates[turn - 1] if 0 < turn <= len(self.game_dates) else ""

    @property
    def turn_name(self) -> str:
        """Return what the case calls the turn; in the lobby the first one to be played."""
        turn = max(self.turn, self.first_turn)
        return self.turn_names[turn - 1] if 0 < turn <= len(self.turn_names) else ""

    @property
    def bots(self) -> dict[str, str]:
        """Return the seats a bot holds now, with its policy."""
        held = {seat.id: seat.policy for seat in self.seats.values() if seat.policy is not None}
        return held | self.stand_ins

    @property
    def signatories(self) -> tuple[str, ...]:
        """Return the seats that sign texts for their side."""
        return tuple(seat.id for seat in self.seats.values() if seat.signs)

    def side_of(self, seat: str) -> tuple[str, ...]:
        """Return the seats of a seat's side, itself too, in the order of the case."""
        side = self.seats[seat].side
        return tuple(other.id for other in self.seats.values() if other.side == side)

    @property
    def now_phase(self) -> PhaseSetUp | None:
        """Return the running phase, if there is one."""
        return next((p for p in self.phases if p.id == self.phase), None)

    def extra_of(self, seat: str) -> int:
        """Return the milliseconds a seat has beyond the clock: given to it, and due to its people in every turn."""
        people = max((self.people[member].extra_ms for member in self.seats[seat].members), default=0)
        return max(0, self.extra.get(seat, 0) + people)

    def phase_of(self, seat: str) -> str:
        """Return the phase a seat is in: in time of its own it is still in the last one in which orders are written."""
        if seat not in self.overtime:
            return self.phase
        here = next(place for place, phase in enumerate(self.phases) if phase.id == self.phase)
        return next(phase.id for phase in reversed(self.phases[:here]) if phase.orders)

    def writes_orders(self, seat: str) -> bool:
        """Tell whether a seat's sheet may be written on, if it is not sealed."""
        phase = self.now_phase
        return seat in self.overtime or (phase is not None and phase.orders and not self.locked)

    @property
    def settled_now(self) -> bool:
        """Tell whether the turn is settled and the next one not open yet."""
        return self.locked and self.proposal is None and not self.overtime

    @property
    def played(self) -> Iterator[Seat]:
        """Yield the seats somebody plays."""
        return (seat for seat in self.seats.values() if seat.held)


EMPTY = State()
