"""The frame of the game, for everybody: game, clock, seats, people."""

from typing import Literal

from wargame.game.entities.base import Entity


class PhaseSeen(Entity, frozen=True, kw_only=True):
    """A phase and its length. `locks`: orders are locked when it ends; `missed`: what becomes of late sheets then."""

    id: str
    label: str
    length_ms: int | None
    missed: Literal["draft", "standing", "bot", "nothing", "pause"] = "draft"
    locks: bool = False


class QuietSeen(Entity, frozen=True, kw_only=True):
    """When no clock runs: minutes after midnight in a zone, and weekdays (1 is Monday)."""

    begins: int
    ends: int
    zone: str
    days_off: tuple[int, ...]


class LocalTime(Entity, frozen=True, kw_only=True):
    """What the clocks of a place say as the turn begins."""

    place: str
    time: str


class GameSeen(Entity, frozen=True, kw_only=True):
    """kind `game`, key `game`. `turn_word` is what the case calls a turn; `summits`: whether leaders may meet.

    `away_ms`: after how long a bot holds a seat nobody is heard from, 0: never; `screen_lock`: the word on
    players' locked screens, None: they are not locked.
    """

    id: str
    title: str
    scenario: str
    case_title: str
    status: Literal["lobby", "running", "paused", "ended"]
    style: Literal["rigid", "semi_rigid", "free"]
    turn: int
    turns: int
    turn_label: str
    turn_word: str
    turn_names: tuple[str, ...]
    local_times: tuple[LocalTime, ...]
    summits: bool
    game_date: str
    phase: str
    phases: tuple[PhaseSeen, ...]
    seed_hash: str
    seed: str | None = None
    ended_reason: str = ""
    seats_locked: bool = False
    guests: bool = False
    away_ms: int = 0
    screen_lock: str | None = None
    quiet: QuietSeen | None = None
    remind_ms: int = 0


class ClockSeen(Entity, frozen=True, kw_only=True):
    """kind `clock`, key `clock`. Running: `ends_at_ms`. Paused: `remaining_ms`. Open-ended: neither.

    `extra_ms` is what the viewer's own seat has beyond it for its orders; nobody else is told. `own`: that time runs
    now, and the clock shows it. `stand_in`: a bot completes the seat's sheet meanwhile.
    """

    phase: str
    ends_at_ms: int | None
    remaining_ms: int | None
    paused: bool
    paused_reason: str = ""
    extra_ms: int = 0
    own: bool = False
    stand_in: bool = False


class MemberSeen(Entity, frozen=True, kw_only=True):
    """A person in a delegation."""

    person: str
    display: str
    pen: bool


class SeatSeen(Entity, frozen=True, kw_only=True):
    """kind `seat`, key seat id. Public: who sits where and who is ready, never what they do.

    `pair` is the pair of colours its team wears; `signs`: it signs texts for its side;
    `superior`: the seat it answers to, if any; `away`: a bot holds it until somebody of the delegation is back;
    `place`: where it stands among the seats of the case, from 0.
    """

    id: str
    team: str
    team_label: str
    pair: str
    side: str
    superior: str
    signs: bool
    label: str
    short: str
    glyph: str
    office: str
    members: tuple[MemberSeen, ...]
    bot: bool
    open: bool
    ready: bool
    away: bool = False
    deputy: str | None = None
    principal: str | None = None
    place: int = 0


class PersonSeen(Entity, frozen=True, kw_only=True):
    """kind `person`, key person id. People of the game as the lobby shows them."""

    id: str
    display: str
    role: Literal["control", "player", "observer", "guest"]
    seat: str | None
    removed: bool = False
