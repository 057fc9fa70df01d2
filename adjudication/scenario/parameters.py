"""Parameter blocks of the functional forms that stay code: their numbers are data.

Owns the shapes of `hazard`, `beliefs`, `implementation`, `interaction`, `summit`, `commitments`, `tally` and `votes`.
Names of variables are the case's; an empty name leaves that part of the form out.
"""

from typing import ClassVar, Literal

from adjudication.conditions import Condition, OrderFilter
from adjudication.scalars import Const, Scalar
from adjudication.scenario.part import Part

Severity = Literal["de", "sq", "po", "nv", "vi", "nu"]


class Vote(Part, frozen=True, kw_only=True):
    """A vote a move must win: log-odds as a scalar; `key` names the die and the forced outcome."""

    move: str
    key: str
    logit: Scalar
    rule: str
    adopted: str = "adopted"
    failed: str = "not adopted"


class Tabled(Part, frozen=True, kw_only=True):
    """A vote that comes up by itself where `when` holds: its own die, its log-odds, a bonus in probability.

    Carried, it raises `event`; the rule of that event says what follows.
    """

    key: str
    name: str
    rule: str
    when: Condition
    logit: Scalar
    event: str
    bonus: float = 0.0
    adopted: str = "adopted"
    failed: str = "not adopted"


class Hazard(Part, frozen=True, kw_only=True):
    """Parameters of the crisis hazard (section 2.7): one undirected danger of a clash, and of war given a clash."""

    h0: float
    hT: float  # noqa: N815 - the names of the model
    w0: float
    wT: float  # noqa: N815
    ref: str
    rule: str = "R-R08"
    centre: float = 50.0
    posture: str = ""
    posture_weight: float = 0.006
    posture_centre: float = 50.0
    hotline: str = ""
    hotline_factor: float = 0.6
    volatile: tuple[str, ...] = ()
    volatility: float = 0.5
    personalization: str = ""
    rapport: str = ""
    rapport_buffer: float = 0.25
    institution: str = ""
    inst_base: float = 1.15
    inst_slope: float = 0.3
    deterrence: str = ""
    deter_base: float = 0.6
    deter_gain: float = 0.9
    deter_full: float = 90.0
    deter_ref: float = 0.9
    deter_off: float = 0.6
    audience: str = ""
    audience_at: float = 40.0
    audience_bonus: float = 0.4
    strike_flag: str = ""
    strike_bonus: float = 1.5
    general_share: float = 0.35


class Beliefs(Part, frozen=True, kw_only=True):
    """`trust` and `resolve`: which belief a signal about a side moves; `audience`: a side's outstanding public words.

    The rules are those a ledger row of a signal speaks through.
    """

    trust: dict[str, str]
    resolve: dict[str, str]
    audience: dict[str, str] = {}
    kappa: float = 0.55
    negativity: float = 1.3
    trust_rule: str = "R-R01"
    resolve_rule: str = "R-R02"
    negative_rule: str = "R-R03"
    memory_rule: str = "R-R05"


class Implementation(Part, frozen=True, kw_only=True):
    """Parameters of bureaucratic fidelity and delay of one side (section 2.2). May stand alone or in a list."""

    lone: ClassVar[bool] = True

    side: str
    align: str
    process: Condition
    k_process: float = 0.6
    k_default: float = 1.2
    floor: float = 0.3
    delay_slope: float = 1.5
    delay_process: float = 0.1
    delay_max: float = 0.6
    partial_below: float = 0.9
    rule: str = "R-I06"
    reversal: float = 6.0
    """Political capital a reversal costs once Control confirms it; `reversal_process` times that with a process."""
    reversal_process: float = 1.5
    process_rule: str = "R-I15"
    process_variable: str = ""
    process_at: float = 50.0
    slow_walk: str = ""
    slow_walk_factor: float = 1.5
    capacity: str = ""
    """The variable that sharpens or blurs the estimates of this side's seats."""
    focus: str = ""
    """The move that puts the analysts to work on one variable."""
    reports: "Reporting | None" = None
    """How its agencies report; without it a principal always knows what was done."""
    preempt: "Preempt | None" = None


class Reporting(Part, frozen=True, kw_only=True):
    """What a principal is told of orders others carry out in part or late (R-I19), and how it learns better.

    An agency reports "carried out" unless it orders `candid` (parameter `target`: a move, or `all`). `learn`: chance
    in every later turn that the principal finds out. `shown`: a fact in the open that gives the lie to an order, by
    move. After `memory` turns nobody asks any more.
    """

    rule: str
    candid: str = ""
    learn: Scalar = Const(0.0)
    shown: dict[str, Condition] = {}
    memory: int = 8


class Preempt(Part, frozen=True, kw_only=True):
    """How a principal overrules an order of the turn of those who answer to it (R-L03).

    `move` carries a parameter `target`: a move of theirs. What was overruled raises `preempted_<side>`.
    """

    rule: str
    move: str


class Interaction(Part, frozen=True, kw_only=True):
    """Parameters of spirals and reciprocity (section 2.3)."""

    sides: tuple[str, str]
    variable: str
    counts_as: dict[str, str] = {}
    """Sides whose orders count with one of the two."""
    escalates_from: Severity = "po"
    spiral: float = 1.25
    reciprocity: float = 1.25


class SummitSpec(Part, frozen=True, kw_only=True):
    """Which orders make a meeting of leaders, whose leaders they are, and the spread of their moods."""

    orders: tuple[str, str]
    count: str
    mood: float = 0.04
    mood_without_lens: float = 0.5
    text_menu: bool = True
    influence: "Influence | None" = None
    opening: "Opening | None" = None


class Lean(Part, frozen=True, kw_only=True):
    """What an ally's orders of a turn are worth to a principal at the table."""

    orders: OrderFilter
    weight: float


class Influence(Part, frozen=True, kw_only=True):
    """How far allies together move what a side makes of a text (R-A04). Heard up to `cap`, never binding."""

    rule: str
    side: str
    cap: float
    leans: tuple[Lean, ...]


class Opening(Part, frozen=True, kw_only=True):
    """When an invitation carried by an ally is accepted without a word of its own (R-A06).

    `accepts` is ordered for `seat` where `carried` and `asked` are ordered, `when` holds and the seat's side gains at
    least `floor` by some headline text; never for a person who gave any order, nor for a bot that gave one of `bars`.
    """

    rule: str
    seat: str
    asked: str
    accepts: str
    carried: OrderFilter
    when: Condition
    floor: float
    bars: tuple[str, ...] = ()


class Vows(Part, frozen=True, kw_only=True):
    """Public threats with a condition (section 2.6): which orders carry one, what may be named, and what is left over.

    `trigger`, `deadline` and `action` are names of parameters of those orders; the choices are keys of `triggers` and
    `actions`. Honoured words are settled; of eaten ones `eaten_share` is lost from the stock at once.
    """

    rule: str
    moves: tuple[str, ...]
    triggers: dict[str, Condition]
    actions: dict[str, Condition]
    trigger: str = "trigger"
    deadline: str = "deadline"
    action: str = "action"
    eaten_share: float = 0.5
    memory: int = 8
    """Turns after which a vow whose condition never came about is forgotten."""


class Consequence(Part, frozen=True, kw_only=True):
    """What open conduct costs: `trust` in log-odds on what the other side believes of the one that did it."""

    rule: str = ""
    trust: float = 0.0


class Suspicion(Part, frozen=True, kw_only=True):
    """When something that may be a breach is noticed (section 5.7).

    `unseen` times the chance of being seen: a breach that was not seen raises suspicion. `alarm` times what is left of
    that chance: so does a clause that was kept. Both a turn. `means`: the other principals watch a clause that is seen
    through with at least this chance; `observers` others, by issue.
    """

    rule: str
    unseen: float = 0.5
    alarm: float = 0.05
    means: float = 0.3
    observers: dict[str, tuple[str, ...]] = {}


class OpenConduct(Part, frozen=True, kw_only=True):
    """How parties may treat what they signed without hiding it (section 5.7), and how suspicion arises.

    A clause may be late `grace` turns in a row; after that lateness is a breach for all to see.
    """

    late: Consequence = Consequence()
    suspended: Consequence = Consequence()
    withdrawn: Consequence = Consequence()
    grace: int = 2
    suspicion: Suspicion | None = None


class Commitments(Part, frozen=True, kw_only=True):
    """Which variables hold what is in force."""

    strength: str = "deal_strength"
    form: str = "deal_form"
    clock: str = ""
    """Turns since somebody gave and was not paid; empty: nobody counts them."""
    trust: tuple[str, ...] = ()
    """What the two parties believe of each other."""
    institution: str = ""
    institution_off: float = 0.3
    agent: str = ""
    agent_factor: float = 0.8
    """A text its own agencies think bad is carried out by this part (section 5.4)."""
    rule: str = "R-R17"
    breach_rule: str = "R-R17"
    broken: dict[str, Condition] = {}
    """Where this holds, the obligor's own orders broke the clause of an issue: a choice, never a die."""
    by_order: tuple[str, ...] = ()
    """Issues a side nobody plays keeps or breaks by its orders alone."""
    plain: tuple[str, ...] = ()
    """Issues that cannot be broken unseen."""
    snapback: tuple[str, int] | None = None
    """The issue and level of relief that was only suspended: it is undone where the other side is seen to cheat."""
    conduct: OpenConduct = OpenConduct()


class RiskTally(Part, frozen=True, kw_only=True):
    """Which variables keep the running risk."""

    noclash: str = "cum_noclash"
    nowar: str = "cum_nowar"
    clashes: str = "clashes"
    war: str = "war"
    points: str = "esc_pts"
