"""Own the shape of a game at one moment: what the rules need to decide the next command, and no more.

Nothing in it grows with the length of a game: messages, past offers, ledgers and texts of injects live in the
log and in the views' rows only. What has to be remembered of the past is a bounded number of ids.
Values are frozen; a dict in here is never changed in place.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from adjudication.lenses import Lens
from adjudication.orders import RuledEffect
from adjudication.results import Resolution
from adjudication.scenario.happenings import Inject
from negotiation.cables import Filed, Paper, Tasking
from negotiation.conferences import Conference
from negotiation.mandates import Mandate
from negotiation.offers import Offer
from negotiation.pads import Pad
from negotiation.rooms import Room
from wargame.game.events import DebriefStop, Json, Params, PersonRole, PhaseSetUp, ReadingMade, Right
from wargame.game.events.lobby import Style
from wargame.game.events.rulings import Outcome, RulingKind
from wargame.game.quiet import QuietHours

Status = Literal["", "lobby", "running", "paused", "ended"]
EntryState = Literal["draft", "waiting", "held", "sent", "skipped", "undone", "passed"]
MSEL_ENTRIES = 400
"""Entries a master list may have."""
MSEL_CHARS = 400_000
"""Characters Control's own entries may have together."""
INJECTS_REMEMBERED = 200
RULINGS_A_TURN = 60
"""Most rulings on one proposal."""
OFFERS_REMEMBERED = 400
LETTERS_REMEMBERED = 200
DELEGATION = 8
"""Most people in one seat."""
PEOPLE = 500
"""Most people a game remembers, those who left included."""
PAPERS_REMEMBERED = 100
"""Released papers a seat's file still knows by number."""
CHECKPOINTS_REMEMBERED = 400
"""Marked moments a game can be taken back to; older ones still stand in the log."""
CONFERENCES_REMEMBERED = 24
"""Closed conferences whose rooms the rules still know; older ones are in the views' rows alone."""


class Part(Struct, frozen=True, kw_only=True):
    """Base of all parts of the state."""


class Person(Part, frozen=True, kw_only=True):
    """Somebody in the game. `held`: seats whose secrets this person has seen.

    `rights` are a facilitator's; none named means all of them. `link`: number of the personal link that is good.
    """

    id: str
    display: str
    role: PersonRole
    seat: str | None = None
    removed: bool = False
    held: tuple[str, ...] = ()
    extra_ms: int = 0
    """What the person has beyond the clock for the orders of every turn."""
    rights: tuple[Right, ...] = ()
    wishes: tuple[str, ...] = ()
    link: int = 0


class Seat(Part, frozen=True, kw_only=True):
    """A seat and its delegation; the one who holds the pen acts for it.

    `deputy` takes the pen when its holder is away; `principal` is whose pen it is while another has it;
    `away_since_ms`: a bot (`policy`) holds the seat for a delegation nobody of which was heard from since then.
    """

    id: str
    team: str
    role: str
    side: str
    label: str
    budget: int
    open: bool
    signs: bool
    policy: str | None = None
    members: tuple[str, ...] = ()
    pen: str | None = None
    deputy: str | None = None
    principal: str | None = None
    away_since_ms: int | None = None
    ready: bool = False

    @property
    def held(self) -> bool:
        """Tell whether a person or a bot plays it."""
        return bool(self.members) or self.policy is not None


class Timer(Part, frozen=True, kw_only=True):
    """A deadline: running (`due_at_ms`), waiting (`remaining_ms`), or without either: nothing is due."""

    key: str
    generation: int
    due_at_ms: int | None
    remaining_ms: int | None


class SheetOrder(Part, frozen=True, kw_only=True):
    """An order on a sheet."""

    id: str
    move: str
    params: Params
    public: bool
    cost: int
    capital: float
    rationale: str
    expects: str
    argument: str = ""


class Sheet(Part, frozen=True, kw_only=True):
    """What a seat orders this turn."""

    orders: dict[str, SheetOrder] = {}
    submitted: bool = False


class Consent(Part, frozen=True, kw_only=True):
    """A question of this turn whether another seat consents to an order. `answer` is empty until it has spoken."""

    id: str
    order: str
    seat: str
    to: str
    move: str
    params: Params
    note: str
    answer: Literal["", "given", "refused"] = ""
    reply: str = ""


class Argument(Part, frozen=True, kw_only=True):
    """A line for or against a free move."""

    seat: str
    side: Literal["for", "against"]
    text: str


class Frame(Part, frozen=True, kw_only=True):
    """What a free move is for the engine, as Control framed it."""

    seat: str
    severity: Literal["de", "sq", "po", "nv", "vi", "nu"]
    cameo: str
    effects: dict[str, float]
    costs: dict[str, float]
    trust: float
    resolve: float
    net: int


class FreeMove(Part, frozen=True, kw_only=True):
    """A proposed move outside the catalogue. `readers` may argue; `asked` were asked for the odds in confidence."""

    id: str
    seat: str
    turn: int
    title: str
    action: str
    effect: str
    public: bool
    cost: int
    arguments: tuple[Argument, ...] = ()
    readers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    estimates: dict[str, int] = {}
    frame: Frame | None = None
    admitted: bool = False


class Settled(Part, frozen=True, kw_only=True):
    """An order of the turn settled last that its seat may still appeal. `title` is a free move's."""

    seat: str
    turn: int
    move: str
    title: str = ""


class Appeal(Part, frozen=True, kw_only=True):
    """An appeal that Control has not answered."""

    id: str
    seat: str
    turn: int
    order: str
    label: str
    text: str


class Grant(Part, frozen=True, kw_only=True):
    """Net arguments granted to an order of this turn."""

    net: int
    reason: str


class Letter(Part, frozen=True, kw_only=True):
    """A letter on its way. A delivered one leaves the state."""

    id: str
    channel: str
    seat: str
    display: str
    to: str
    text: str
    offer: str
    turn: int
    game_date: str
    at_ms: int
    arrives: int


class Held(Part, frozen=True, kw_only=True):
    """A message on a slow line. One that was heard leaves the state. `place` is the order in which they were said."""

    id: str
    room: str
    seat: str
    person: str
    display: str
    text: str
    reply_to: int
    mentions: tuple[str, ...]
    turn: int
    at_ms: int
    arrives: int
    place: int = 0
    spoken_by: str = ""


class Line(Part, frozen=True, kw_only=True):
    """What Control has set for the messages of a room."""

    delay: int = 0
    taps: tuple[str, ...] = ()


class Spill(Part, frozen=True, kw_only=True):
    """The message of this turn that comes out if its line leaks, and among how many it was drawn."""

    room: str
    number: int
    count: int


class Choice(Part, frozen=True, kw_only=True):
    """What a side does this turn about a clause it owes."""

    agreement: str
    clause: str
    seat: str
    choice: Literal["keep", "delay", "withhold"]


class Declared(Part, frozen=True, kw_only=True):
    """What a party declared this turn about a text: `clause` "" is all its side owes."""

    kind: Literal["suspend", "withdraw", "reaffirm"]
    agreement: str
    clause: str
    seat: str
    notice: int
    reason: str


class Ruling(Part, frozen=True, kw_only=True):
    """A ruling of Control on the pending proposal."""

    id: str
    kind: RulingKind
    target: str
    outcome: str
    delta: float
    reason: str
    shown_to: tuple[str, ...]
    by: str
    rule: str = ""
    cause: str = ""
    effects: tuple[RuledEffect, ...] = ()


class Rating(Part, frozen=True, kw_only=True):
    """How the second umpire would let an order go; sealed until the outcome is released."""

    outcome: Outcome
    note: str


class Debrief(Part, frozen=True, kw_only=True):
    """The guided debrief: its stops, where it stands, what is asked there and by whom it was answered.

    `reach_ms` is the furthest moment it has been at; `lifted` are the teams whose views are open up to then.
    """

    open: bool = False
    stops: tuple[DebriefStop, ...] = ()
    at: str = ""
    reach_ms: int = 0
    number: int = 0
    prompt: str = ""
    answered: tuple[str, ...] = ()
    lifted: tuple[str, ...] = ()


class Moved(Part, frozen=True, kw_only=True):
    """The time Control gave an entry instead of the written one."""

    turn: int
    phase: str
    minutes: float


class Entry(Part, frozen=True, kw_only=True):
    """An entry of the master list. `own`: as Control wrote it; None: as the case has it.

    `sent`: the inject it went out as. `left_ms`: what its clock had left when it was put on hold.
    """

    id: str
    state: EntryState = "waiting"
    own: Inject | None = None
    moved: Moved | None = None
    version: int = 1
    author: str = ""
    approved_by: str = ""
    sent: str = ""
    sent_turn: int = 0
    expected_seen: Literal["", "yes", "no"] = ""
    note: str = ""
    left_ms: int | None = None
    why: str = ""


class Entrance(Part, frozen=True, kw_only=True):
    """The rules of coming in and staying: see the command `lobby.set`."""

    seats_locked: bool = False
    guests: bool = False
    away_ms: int = 0


class State(Part, frozen=True, kw_only=True):
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
    phase_began_ms: int = 0
    """When the phase began, later by what the game stood still since."""
    paused_at_ms: int | None = None
    locked: bool = False
    extra: dict[str, int] = {}
    """Milliseconds seats were given beyond the clock for the orders of this turn."""
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
        return {seat.id: seat.policy for seat in self.seats.values() if seat.policy is not None}

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
