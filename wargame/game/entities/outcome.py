"""What happened in a turn and why, by view."""

from wargame.game.entities.base import Entity


class CauseSeen(Entity, frozen=True, kw_only=True):
    """What moved a variable, and by how much. `cause`: the id of the cause, to Control alone."""

    label: str
    rule: str
    amount: float
    say: str = ""
    sources: tuple[str, ...] = ()
    cause: str = ""


class ChangeSeen(Entity, frozen=True, kw_only=True):
    """One variable's move over the turn. `exact` tells whether amounts are shown or only words."""

    variable: str
    label: str
    exact: bool
    before: float | None
    after: float | None
    word: str
    causes: tuple[CauseSeen, ...]


class OrderOutcomeSeen(Entity, frozen=True, kw_only=True):
    """What became of an order."""

    order: str
    seat: str
    move: str
    label: str
    status: str
    fidelity_word: str
    text: str
    why: tuple[str, ...]
    unlock: tuple[str, ...]
    rules: tuple[str, ...]
    ruled: bool = False
    reported: bool = False
    """This is what the agencies reported; it need not be what they did."""


class OutcomeSeen(Entity, frozen=True, kw_only=True):
    """kind `outcome`, key `turn@<n>`: what happened and why, by this view."""

    turn: int
    game_date: str
    headline: str
    deck: str
    account: tuple[str, ...]
    own_orders: tuple[OrderOutcomeSeen, ...]
    seen_orders: tuple[OrderOutcomeSeen, ...]
    changes: tuple[ChangeSeen, ...]
    unknown: tuple[str, ...]
    amended: bool = False


class IndexSeen(Entity, frozen=True, kw_only=True):
    """kind `score`, key `<seat>@<turn>`: the seat's own goals, 0-100 each, never summed across teams."""

    seat: str
    turn: int
    goals: dict[str, float]


class DirectiveSeen(Entity, frozen=True, kw_only=True):
    """kind `directive`, key its name: an order one seat gave and another carries out, and what became of it.

    `told` is what its seat was told. `status`, `fidelity_word` and `late` (turns) are what was done: shown to the
    executor and Control, and to its own seat only once it has learned better (`how`, in turn `learned_turn`).
    """

    directive: str
    turn: int
    seat: str
    executor: str
    move: str
    label: str
    told: str
    status: str = ""
    fidelity_word: str = ""
    late: int = 0
    slowed_by: tuple[str, ...] = ()
    learned_turn: int | None = None
    how: str = ""
