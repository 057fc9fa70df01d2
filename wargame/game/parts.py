"""Own the parts a game's state is made of, and how much of the past each may remember.

Values are frozen; a dict in here is never changed in place. What they are together is `state`.
"""

from typing import Literal

from msgspec import Struct

from adjudication.orders import RuledEffect
from adjudication.scenario.happenings import Inject
from wargame.game.events import DebriefStop, OrderStanding, Params, PersonRole, Right
from wargame.game.events.rulings import Outcome, RulingKind

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
RATINGS = 60
"""Most objectives that may be rated."""
PLAN_ITEMS = 100
"""Most items of an improvement plan."""
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
    consent: Literal["", "words", "figures", "nothing"] = ""
    """What of the person may stand in a research export, see `consent.choose`; "": never asked."""


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


class Standing(Part, frozen=True, kw_only=True):
    """What a seat wants done if it is not there to say so, and how that went the last time."""

    orders: tuple[OrderStanding, ...]
    note: str
    filed: int = 0
    left_out: tuple[tuple[str, str], ...] = ()


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


class Assessed(Part, frozen=True, kw_only=True):
    """What of the assessment there is: rated objectives and items of the improvement plan, by id in their order."""

    ratings: tuple[str, ...] = ()
    plan: tuple[str, ...] = ()


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

    `sent`: the inject it went out as. `left_ms`: what its clock had left when it was put on hold. `was`: of a draft
    that changes an entry of the list, that entry; it comes back if the draft is thrown away.
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
    was: "Entry | None" = None


class Entrance(Part, frozen=True, kw_only=True):
    """The rules of coming in and staying: see the command `lobby.set`."""

    seats_locked: bool = False
    guests: bool = False
    away_ms: int = 0
