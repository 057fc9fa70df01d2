"""How a case has its seats played when nobody sits there: rules, personas, strategies of bargaining, things said.

Owns the shapes of `bots`, `personas` and `speech`. A rule asks only what a seat knows: what it reads, the flags it may
know, the orders it saw, its own dice. It must never hold anything a policy could read of the true world.
"""

from typing import Literal

from adjudication.conditions import Condition
from adjudication.scenario.part import Part

ParamValue = str | int | float | bool


class BotRule(Part, frozen=True, kw_only=True):
    """One line of a rule book: where `when` holds, the seat wants `order`; or, in place of one, the lines of `rules`.

    Lines are read from the top; `last` ends the reading of its list where its `when` held. `within_budget: false`
    lets the order use the political capital that is otherwise kept back.
    """

    when: Condition | None = None
    order: str = ""
    params: dict[str, ParamValue] = {}
    public: bool | None = None
    why: str = ""
    within_budget: bool = True
    rules: tuple["BotRule", ...] = ()
    last: bool = False


class Bargaining(Part, frozen=True, kw_only=True):
    """How far a seat's claims fall as a talk goes on, in surplus over waiting as the seat itself judges it.

    At version t of `deadline` a `boulware`, `linear` or `conceder` claims reserve + (top - reserve) * (1 - (t /
    deadline) ** (1 / beta)), where `top` is `start` times its best realistic text: a small `beta` holds out till the
    end, a large one gives early (Faratin, Sierra and Jennings 1998). `tit_for_tat` comes down by `matches` times what
    the other's versions have come up, in its own eyes, and to its reserve at the deadline. `walks_out`: it leaves a
    table at which the other stays far below its reserve, to come back within the turn.
    """

    strategy: Literal["boulware", "linear", "conceder", "tit_for_tat"] = "linear"
    """The curve its claims fall by."""
    start: float = 1.0
    """Share of its best realistic text it claims at first."""
    reserve: float = 0.0
    """Surplus over waiting below which it never goes."""
    beta: float | None = None
    """The bend of the curve: small holds out, large gives early; 0.25, 1 or 3 by strategy if not given."""
    deadline: int = 4
    """Version of a text at which it claims no more than its reserve."""
    matches: float = 1.0
    """How much of what the other gave tit for tat gives back."""
    walks_out: bool = False
    """Whether it leaves the room over a text far below its reserve."""


class BotSpec(Part, frozen=True, kw_only=True):
    """How a seat is played: a general policy or a persona by name, and what the case knows better.

    Any general policy may have `rules`: they come first, the policy fills the rest of the budget; `rulebook` plays
    its rules alone. `params`: numbers for the policy; rules read them as `param.<name>`. Known to policies are `risk`
    (exponent on payoffs, 1 is neutral), `media_weight` (factor on visible success), `trust_threshold_shift` (added to
    the trust asked for), `tau` (how far choices stray from the best), `patience` (turns without a text in force, 0:
    endless, after which the seat may change to the policy `then`, each turn with `impatience`), `capital_kept`.
    """

    policy: str
    params: dict[str, ParamValue] = {}
    rules: tuple[BotRule, ...] = ()
    opens: Condition | None = None
    """When the seat brings a text of its own between meetings. Without it: when the other side cooperates."""
    briefs: tuple[str, ...] = ()
    """Seats it briefs its estimates to."""
    then: str = ""
    bargains: Bargaining | None = None
    """How it bargains. Without it: as a policy of its kind does."""


class Persona(BotSpec, frozen=True, kw_only=True):
    """A way of playing with a name. One named like a general policy is that policy as this case has it."""

    id: str
    label: str
    text: str = ""
    seats: tuple[str, ...] = ()
    """Seats it can play; empty: any."""
    sources: tuple[str, ...] = ()


class Speech(Part, frozen=True, kw_only=True):
    """Things a bot says. `to`: seats, `side` (its own side's room) or `press`; `answers` instead: when spoken to.

    Texts may name `{turn}` (the case's word for a turn) and `{deed}` (the last thing the seat saw the other do).
    """

    texts: tuple[str, ...]
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    answers: bool = False
    when: Condition | None = None
