"""What happens beyond the orders: calendar, injects, flashpoints and the ladder, standing orders, channels.

Shapes only; when they happen is decided in `stages`.
"""

from typing import Literal

import msgspec

from adjudication.conditions import Condition
from adjudication.effects import Effect
from adjudication.scalars import Scalar
from adjudication.scenario.part import Part
from adjudication.scenario.people import ParamValue

Precedence = Literal["routine", "priority", "immediate", "flash"]
InjectChannel = Literal["room", "cable", "press", "intel", "flash"]
"""Where an inject is met: a room's talk, the cables, the press wall, the intelligence file, the whole screen."""

ActionKind = Literal[
    "order",
    "submit",
    "free_move",
    "message",
    "letter",
    "paper",
    "ask",
    "room",
    "conference",
    "table",
    "counter",
    "accept",
    "sign",
    "walk_away",
    "brief",
    "appeal",
    "open",
]
"""What a seat may do that an inject can wait for: one word for each kind of fact a player makes."""


class CalendarEvent(Part, frozen=True, kw_only=True):
    """A dated event outside the room. `to` tells it to these seats alone."""

    turn: int
    id: str
    title: str = ""
    text: str = ""
    when: Condition | None = None
    effects: tuple[Effect, ...] = ()
    visibility: Literal["public", "control"] = "public"
    to: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Action(Part, frozen=True, kw_only=True):
    """Something a seat does. Every field given must match; lists mean "one of".

    `move`: of an order, or the id of the inject for `open`. `to`: whom it reaches (the others of a room, the parties
    of a text, the addressees of a letter, a paper or a question). `room`: of a message, its id, or `press`.
    """

    kind: ActionKind
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    move: str = ""
    room: str = ""


class Attachment(Part, frozen=True, kw_only=True):
    """A paper that goes with an inject."""

    title: str
    text: str


class Inject(Part, frozen=True, kw_only=True):
    """An entry of the master list: what is sent to whom, what sets it off, and what is expected of its readers.

    It is set off by the clock (`turn`, or `turn` and `phase`, `minutes` after that began), by something a seat does
    (`on`), by silence (`silence`: an entry whose expected action was not seen), by another entry having been sent
    (`after`), or by the state of the world (`trigger` alone); `by_hand`: by Control alone. For `on`, `silence` and
    `after`, `minutes` is how long it waits; silence for no minutes is judged as the next turn opens. `turn` and
    `trigger` beside these must hold as well. `chance`: the die `inject:<id>`, drawn once as it would go out.
    """

    id: str
    title: str
    text: str
    to: tuple[str, ...]
    number: str = ""
    turn: int | None = None
    phase: str = ""
    minutes: float = 0.0
    kind: Literal["H", "C", "S"] = "S"
    trigger: Condition | None = None
    on: Action | None = None
    silence: str = ""
    after: str = ""
    by_hand: bool = False
    chance: float = 1.0
    source: str = msgspec.field(name="from", default="")
    channel: InjectChannel = "cable"
    room: str = ""
    variants: dict[str, str] = {}
    attachments: tuple[Attachment, ...] = ()
    expected: str = ""
    expects: Condition | None = None
    seen_on: Action | None = None
    objective: str = ""
    owner: str = ""
    precedence: Precedence = "routine"
    effects: tuple[Effect, ...] = ()
    sources: tuple[str, ...] = ()
    extra: dict[str, str] = {}


class Flashpoint(Part, frozen=True, kw_only=True):
    """A named hazard with its own die `hazard:<id>`: where `when` holds, `event` happens with chance p.

    `p` (a probability) or `logit` (log-odds) is quoted per `clock.basis_hours`. Fired, the ladder rises to at least
    `rung`; `attention` is its weight in the ladder's step. `to` are the seats told of it; empty: everybody.
    """

    id: str
    label: str
    rule: str
    event: str
    when: Condition | None = None
    p: Scalar | None = None
    logit: Scalar | None = None
    rung: int = 0
    attention: float = 1.0
    to: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Ladder(Part, frozen=True, kw_only=True):
    """The rungs of violence kept in `variable`; the game is over from `ends_at`.

    A flashpoint that fired may grow by itself: with chance attention times `step`, capped at one (die
    `step:<flashpoint>`), the ladder rises one rung from `step_from` and `step_event` happens. Rules move it further.
    """

    variable: str
    rungs: tuple[str, ...]
    ends_at: int
    step: Scalar | None = None
    step_from: int = 0
    """The highest rung from which an incident may climb by itself."""
    step_event: str = "ladder_step"
    rule: str = "R-R08"


class Standing(Part, frozen=True, kw_only=True):
    """An order that carries itself out at the end of a turn: where `on` holds, `after` turns later, `do` is done.

    Nothing is done where `unless` holds or `countermand` was ordered by one of `countermand_by` in the turns between.
    """

    id: str
    seat: str
    name: str
    on: Condition
    do: str
    rule: str
    params: dict[str, ParamValue] = {}
    after: int = 0
    unless: Condition | None = None
    countermand: str = ""
    countermand_by: tuple[str, ...] = ()
    once: bool = False
    say: str = ""
    sources: tuple[str, ...] = ()


class Channel(Part, frozen=True, kw_only=True):
    """A way for letters between leaders, with its delay in turns.

    `only`: its writers and readers have no quicker way to each other; their rooms and their tabled texts are closed.
    `expires`: turns after which a text that came by it lapses unless it was agreed (0: never). A text also lapses when
    its author sends the same reader another by the same channel; what came by other channels stands.
    """

    id: str
    label: str
    source: tuple[str, ...] = msgspec.field(name="from")
    to: tuple[str, ...]
    delay: int = 0
    public: bool = False
    carries_offers: bool = True
    only: bool = False
    expires: int = 0
    say: str = ""
    sources: tuple[str, ...] = ()
