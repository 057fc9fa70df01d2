"""The `negotiation:` block of a scenario as plain values.

Owns the closed shape of everything a case may say about bargaining: issues, what each party gains and gives,
what it believes will be delivered, what waiting is worth, who may block, which headline texts exist; the catalogue of
clauses has its shape in `clauses`. It holds numbers and no rule: `analysis`, `points`, `ratification`, `agreements` and
`hints` read it. Another crisis is another block, never another branch in the code.
"""

from functools import cached_property
from typing import Literal

from msgspec import Struct

from negotiation.clauses import Bucket, CatalogueClause, Table
from negotiation.issues import Issue, Space

Lens = Literal["lead", "inst", "rat"]
ALL_LENSES: frozenset[str] = frozenset({"lead", "inst", "rat"})
Shape = Literal["linear", "over", "under", "below", "above"]
Op = Literal["ge", "gt", "le", "lt"]


class _Block(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base: closed and immutable, so that a typing error in a file is a load error."""


class AffineTerm(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`weight` times x, times max(0, x - at) (`over`), max(0, at - x) (`under`), or [x < at] / [x > at]."""

    var: str
    weight: float
    shape: Shape = "linear"
    at: float = 0.0
    lens: Lens | None = None


class Affine(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A constant and a sum of terms over variables of the world."""

    const: float = 0.0
    terms: tuple[AffineTerm, ...] = ()


class Bound(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A comparison of one variable with a number."""

    var: str
    op: Op
    value: float


class Stake(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one issue is worth to one party, level by level (gains positive, costs negative).

    `promised` counts as far as delivery is believed, `given` is discounted by the sequence, `sure` counts
    in full. `verified` = (floor, slope): the value is multiplied by floor + slope * verification.
    `factor` names one of the party's factors (need, deterrent first, ...).
    """

    issue: str
    values: tuple[float, ...]
    bucket: Bucket
    verified: tuple[float, float] | None = None
    factor: str | None = None


class Delivery(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Belief, at one level of the sequence, that what is promised will be delivered.

    With trust t: h = t + (1 - t) * (const + channel * I) [* verification], believed = floor + (1 - floor) * h.
    I is the party's channel variable in 0..1 (0.5 without the institutional lens). `scale` multiplies the whole,
    `own` discounts own costs.
    """

    floor: float = 0.0
    const: float = 0.0
    channel: float = 0.0
    verified: bool = False
    scale: float = 1.0
    own: float = 1.0
    turns: float = 0.0
    """Turns after signature at which, in this sequence, what is promised arrives."""


class Window(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stretch of time in which a party is less patient: where the bound holds, `factor` counts for a turn."""

    when: Bound
    factor: float


class Discount(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a gain that arrives a turn later is still worth (5.2). The first window that holds goes before `factor`."""

    factor: float = 1.0
    windows: tuple[Window, ...] = ()


class Symbol(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A gain from being seen to sign: size * decay ** count if a symbolic clause rises."""

    size: float
    decay: float
    count: str
    lens: Lens | None = None


class Party(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One side that can sign. `trust` is its belief in the other; `channel` is on a 0-100 scale."""

    id: str
    label: str
    signatory: str
    trust: str
    channel: str
    stakes: tuple[Stake, ...]
    delivery: tuple[Delivery, ...]
    reservation: Affine
    factors: dict[str, Affine] = {}
    symbol: Symbol | None = None
    discount: Discount = Discount()
    rule: str = "R-R06"


class Verification(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Multiplier per level of the verification issue. Above `cap` it counts as `cap` unless one bound holds."""

    multiplier: tuple[float, ...]
    cap: int | None = None
    unless: tuple[Bound, ...] = ()
    detection: tuple[float, ...] = ()
    rule: str = "R-I17"


class Way(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way through a gate: all levels at least these, and all bounds true."""

    levels: dict[str, int] = {}
    values: tuple[Bound, ...] = ()


class Gate(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A legal condition on packages that raise all of `raises` to at least these levels."""

    id: str
    rule: str
    raises: dict[str, int]
    ways: tuple[Way, ...] = ()
    lens: Lens = "inst"
    label: str = ""
    text: str = ""


class Player(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A player whose consent shapes a deal: accepts x if its own value of x is at least `theta`.

    With `blocks` it is a veto player for packages that raise one of these issues to that level; without, its
    discontent has only consequences (`effects` is free text for the reader; the engine owns the numbers).
    Costs are multiplied by `cost_factor`. `seat` is who plays it, if anybody: what that seat may not know it ignores.
    """

    id: str
    label: str
    seat: str = ""
    values: dict[str, tuple[float, ...]]
    theta: float = 0.0
    cost_factor: Affine | None = None
    blocks: dict[str, int] = {}
    rule: str = ""
    lens: Lens = "inst"
    note: str = ""


class Menu(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A headline text leaders can reach for without preparation. Levels are raised over what is in force."""

    id: str
    label: str
    levels: dict[str, int]
    form: str = "statement"
    by: str = ""
    text: str = ""


class Verdicts(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where one's advisers change their words: |surplus| below `same`, below `clear`, beyond."""

    same: float = 0.02
    clear: float = 0.10


class Durability(_Block, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Numbers of how long a text lives (adjudication.md 5.7)."""

    oral: float = 9.0
    statement: float = 18.0
    text: float = 60.0
    institution_weight: float = 0.4
    patience: int = 3
    unpaid_factor: float = 0.35
    trust_scale: float = 0.6
    hazard: float = 0.32
    decay: float = 0.034
    grace_turns: int = 2
    grace_factor: float = 0.4
    grace_above: float = 40.0
    compliance_scale: float = 0.04
    compliance_channel: float = 0.8
    compliance_audience: float = 0.3
    audience_unit: float = 25.0


class Negotiation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """Everything a case says about bargaining. Exactly two parties sign; others are players."""

    issues: tuple[Issue, ...]
    parties: tuple[Party, ...]
    verification: Verification
    gates: tuple[Gate, ...] = ()
    players: tuple[Player, ...] = ()
    menus: tuple[Menu, ...] = ()
    prepared: Bound | None = None
    prepared_rule: str = "R-I08"
    verdicts: Verdicts = Verdicts()
    durability: Durability = Durability()
    clauses: tuple[CatalogueClause, ...] = ()
    table: Table = Table()
    max_packages: int = 2_000_000

    @cached_property
    def space(self) -> Space:
        """The issue space."""
        return Space(self.issues)

    @cached_property
    def sides(self) -> tuple[CatalogueClause, ...]:
        """The side clauses: what a text may hold beside the issues, in the order of the catalogue."""
        return tuple(clause for clause in self.clauses if not clause.issue)

    @cached_property
    def side(self) -> dict[str, CatalogueClause]:
        """Side clauses by id."""
        return {clause.id: clause for clause in self.sides}

    @cached_property
    def deal_issues(self) -> tuple[Issue, ...]:
        """Everything a text may raise: the issues, then the side clauses as issues of two levels."""
        return (*self.issues, *(clause.as_issue() for clause in self.sides))

    @cached_property
    def deal_issue(self) -> dict[str, Issue]:
        """Everything a text may raise, by id."""
        return {issue.id: issue for issue in self.deal_issues}

    @cached_property
    def deal_ids(self) -> tuple[str, ...]:
        """Ids of everything a text may raise."""
        return tuple(issue.id for issue in self.deal_issues)

    @cached_property
    def column(self) -> dict[str, int]:
        """Place of everything a text may raise in a row of levels: the issues, then the side clauses."""
        return {name: place for place, name in enumerate(self.deal_ids)}

    @cached_property
    def contradictions(self) -> tuple[tuple[CatalogueClause, CatalogueClause], ...]:
        """Pairs of clauses no text has both of."""
        known = {clause.id: clause for clause in self.clauses}
        pairs = {tuple(sorted((one.id, other))) for one in self.clauses for other in one.excludes if other in known}
        return tuple((known[one], known[other]) for one, other in sorted(pairs))

    def clause_of(self, key: str, level: int) -> CatalogueClause | None:
        """Return the clause of the catalogue that words an issue at a level, or a side clause, if there is one."""
        if key in self.side:
            return self.side[key]
        return next((c for c in self.clauses if c.issue == key and c.level == level), None)

    def party(self, party: str) -> Party:
        """Return a party by id; a KeyError is a bug of the caller."""
        return next(p for p in self.parties if p.id == party)

    def party_of_seat(self, seat: str) -> Party | None:
        """Return the party a seat signs for, if any."""
        return next((p for p in self.parties if p.signatory == seat), None)

    def menu(self, menu: str) -> Menu:
        """Return a headline text by id."""
        return next(m for m in self.menus if m.id == menu)


def variables_of(party: Party) -> frozenset[str]:
    """Return the variables a party's own judgement of a package reads."""
    names = {party.trust, party.channel}
    names.update(term.var for affine in (party.reservation, *party.factors.values()) for term in affine.terms)
    if party.symbol is not None:
        names.add(party.symbol.count)
    names.update(window.when.var for window in party.discount.windows)
    return frozenset(names)
