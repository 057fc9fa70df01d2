"""Facts about the set-up, people, seats, bots and pens."""

from typing import Literal

from adjudication.lenses import Lens
from adjudication.scenario.course import Missed
from negotiation.rooms import Room
from wargame.game.events.base import Json, Payload, fact
from wargame.game.quiet import QuietHours

Style = Literal["rigid", "semi_rigid", "free"]
"""How turns are settled: by the rules at once; by the rules with Control's yes; by Control, the rules as advice."""

PersonRole = Literal["control", "player", "observer", "guest"]
"""Observers see what a neutral onlooker is told; guests read what is public and nothing else."""

Right = Literal["inject", "adjudicate", "clock", "people", "speak", "observe"]
"""What a facilitator is trusted with. `observe`: to look through Control's view, and nothing else."""


class SeatSetUp(Payload, frozen=True, kw_only=True):
    """A seat as the game was set up. `signs`: it signs texts for its side."""

    id: str
    team: str
    role: str
    side: str
    label: str
    budget: int
    open: bool
    policy: str | None
    signs: bool


class PhaseSetUp(Payload, frozen=True, kw_only=True):
    """A phase of every turn of this game."""

    id: str
    label: str
    length_ms: int | None
    orders: bool
    adjudicate: bool
    early_close: bool
    missed: Missed = "draft"
    """What becomes of a sheet that is not submitted when this phase ends and orders are locked."""


@fact("game.created")
class GameCreated(Payload, frozen=True, kw_only=True):
    """The set-up of a game, with everything of the case a fold needs."""

    game: str
    title: str
    scenario: str
    scenario_hash: str
    case_title: str
    preset: str
    seed: str
    seed_hash: str
    style: Style
    forced: Literal["free", "historical"]
    first_turn: int
    last_turn: int
    turn_names: tuple[str, ...]
    game_dates: tuple[str, ...]
    phases: tuple[PhaseSetUp, ...]
    seats: tuple[SeatSetUp, ...]
    rooms: tuple[Room, ...]
    msel: tuple[str, ...]
    world: Json
    quiet: QuietHours | None = None
    lens: Lens = "all"


@fact("person.joined")
class PersonJoined(Payload, frozen=True, kw_only=True):
    """Somebody came in."""

    person: str
    display: str
    role: PersonRole
    rights: tuple[Right, ...] = ()
    wishes: tuple[str, ...] = ()
    link: int = 0
    """Number of their personal link; 0: they came by the code and have none."""


@fact("person.removed")
class PersonRemoved(Payload, frozen=True, kw_only=True):
    """Control took somebody out."""

    person: str
    reason: str


@fact("seat.taken")
class SeatTaken(Payload, frozen=True, kw_only=True):
    """A person sat down in a delegation."""

    seat: str
    person: str
    by_control: bool = False


@fact("seat.left")
class SeatLeft(Payload, frozen=True, kw_only=True):
    """A person left a delegation."""

    seat: str
    person: str
    by_control: bool = False


@fact("seat.readied")
class SeatReadied(Payload, frozen=True, kw_only=True):
    """A seat said that it is ready, or not any more."""

    seat: str
    ready: bool


@fact("seat.bot_set")
class SeatBotSet(Payload, frozen=True, kw_only=True):
    """A bot plays a seat from now on, or no longer."""

    seat: str
    policy: str | None


@fact("pen.passed")
class PenPassed(Payload, frozen=True, kw_only=True):
    """Another member holds the pen."""

    seat: str
    person: str
