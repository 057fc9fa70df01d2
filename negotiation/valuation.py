"""What packages are worth: the one set of formulas behind analysis, menus and hints.

Owns utilities, reservation values, legal gates and players' consent as array expressions. Levels come as one
integer array an issue, broadcastable together: axes of the whole space, or a few packages of many games; arrays of
side clauses (0 or 1, in the order of the catalogue) may follow, and where they do not, side clauses stay as they stand.
Values of the world are floats or arrays that broadcast with the levels. It must never enumerate, choose or explain.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negotiation.clauses import Bucket, CatalogueClause
from negotiation.secrets import gains_seen, levels_seen
from negotiation.terms import Affine, Bound, Discount, Gate, Negotiation, Party, Player, Stake

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Bools = NDArray[np.bool_]
Number = float | Floats
Values = Mapping[str, Any]
"""Variable id -> float, or an array that broadcasts with the levels."""
CONSENT_SLACK = 1e-12
"""A player is not lost to the rounding of a sum."""


def affine(form: Affine, values: Values, lenses: frozenset[str]) -> Number:
    """Evaluate a constant plus terms; terms of a lens that is off count zero."""
    total: Number = form.const
    for term in form.terms:
        if term.lens is not None and term.lens not in lenses:
            continue
        x = values[term.var]
        match term.shape:
            case "linear":
                part = x
            case "over":
                part = np.maximum(0.0, x - term.at)
            case "under":
                part = np.maximum(0.0, term.at - x)
            case "below":
                part = np.where(np.less(x, term.at), 1.0, 0.0)
            case "above":
                part = np.where(np.greater(x, term.at), 1.0, 0.0)
        total = total + term.weight * part
    return total


def holds(bound: Bound, values: Values) -> Any:
    """Tell whether a bound is true (bool, or an array of them)."""
    x = values[bound.var]
    match bound.op:
        case "ge":
            return np.greater_equal(x, bound.value)
        case "gt":
            return np.greater(x, bound.value)
        case "le":
            return np.less_equal(x, bound.value)
        case "lt":
            return np.less(x, bound.value)


def gains(row: Sequence[float], level: Ints, banked: Any) -> Floats:
    """Return the worth of a level beyond what is in force: only increments count (rule R-I10)."""
    table = np.asarray(row, dtype=np.float64)
    return np.asarray(table[level] - table[banked], dtype=np.float64)


def verification(terms: Negotiation, levels: Sequence[Ints], values: Values, lenses: frozenset[str]) -> Number:
    """Return the verification multiplier of each package; levels above the cap need a design or a channel."""
    axis = terms.space.verification
    rule = terms.verification
    table = np.asarray(rule.multiplier, dtype=np.float64)
    if axis is None:
        return float(table[0])
    level = levels[axis]
    if rule.cap is None or "inst" not in lenses:
        return table[level]
    free: Any = False
    for bound in rule.unless:
        free = np.logical_or(free, holds(bound, values))
    return np.where(free, table[level], table[np.minimum(level, rule.cap)])


def delivery(
    terms: Negotiation, party: Party, levels: Sequence[Ints], values: Values, lenses: frozenset[str], verified: Number
) -> tuple[Number, Number]:
    """Return (belief that promises are delivered, discount of own costs) by sequence (rule R-R06)."""
    axis = terms.space.sequence
    step: Any = 0 if axis is None else levels[axis]
    own = np.array([d.own for d in party.delivery])[step]
    if "rat" not in lenses:
        return 1.0, own
    trust = values[party.trust]
    channel = values[party.channel] / 100.0 if "inst" in lenses else 0.5
    floor = np.array([d.floor for d in party.delivery])[step]
    const = np.array([d.const for d in party.delivery])[step]
    slope = np.array([d.channel for d in party.delivery])[step]
    scaled = np.where(np.array([d.verified for d in party.delivery])[step], verified, 1.0)
    believed = trust + (1.0 - trust) * scaled * (const + slope * channel)
    whole = floor + (1.0 - floor) * believed
    if all(d.scale == 1.0 for d in party.delivery):
        return whole, own
    return np.array([d.scale for d in party.delivery])[step] * whole, own


def utility(
    terms: Negotiation,
    party: Party,
    levels: Sequence[Ints],
    banked: Sequence[Any],
    values: Values,
    lenses: frozenset[str],
    *,
    believed: float | None = None,
) -> Floats:
    """Return a party's utility of each package over the status quo (adjudication.md 5.2).

    `believed` asks what it would be worth if promises were believed just so; without it the party's own belief counts.
    """
    verified = verification(terms, levels, values, lenses)
    belief, own = delivery(terms, party, levels, values, lenses, verified)
    belief = belief if believed is None else believed
    buckets: dict[str, Number] = {"promised": 0.0, "given": 0.0, "sure": 0.0}
    for stake in party.stakes:
        worth = _stake(terms, party, stake, levels, banked, values, lenses, verified)
        buckets[stake.bucket] = buckets[stake.bucket] + worth
    for place, clause in enumerate(terms.sides[: len(levels) - len(terms.issues)], start=len(terms.issues)):
        if side := clause.values.get(party.id):
            bucket = side_bucket(clause, party)
            buckets[bucket] = buckets[bucket] + side * (levels[place] - banked[place])
    promised = patience(terms, party, levels, values) * buckets["promised"]
    total = belief * promised + own * buckets["given"] + buckets["sure"]
    return np.asarray(total + _symbol(terms, party, levels, banked, values, lenses), dtype=np.float64)


def side_bucket(clause: CatalogueClause, party: Party) -> Bucket:
    """Return how a party counts a side clause: what it gives as given, what it gains by its own deed in full.

    The clause's own bucket is how those count their gain who do not owe it.
    """
    if clause.values.get(party.id, 0.0) < 0:
        return "given"
    return "sure" if clause.obligor == party.id else clause.bucket


def level_of(terms: Negotiation, levels: Sequence[Any], banked: Sequence[Any], name: str) -> tuple[Any, Any]:
    """Return the level a package has of an issue or a side clause, and the one in force."""
    place = terms.column[name]
    before = banked[place] if place < len(banked) else 0
    return (levels[place] if place < len(levels) else before), before


def patience(terms: Negotiation, party: Party, levels: Sequence[Ints], values: Values) -> Number:
    """Return what gains are still worth that arrive as late as the sequence has it: factor ** turns (5.2)."""
    turns = np.array([d.turns for d in party.delivery])
    if party.discount == Discount() or not turns.any():
        return 1.0
    axis = terms.space.sequence
    step: Any = 0 if axis is None else levels[axis]
    factor: Any = party.discount.factor
    for window in reversed(party.discount.windows):
        factor = np.where(holds(window.when, values), window.factor, factor)
    later: Number = np.power(factor, turns[step])
    return later


def _stake(
    terms: Negotiation,
    party: Party,
    stake: Stake,
    levels: Sequence[Ints],
    banked: Sequence[Any],
    values: Values,
    lenses: frozenset[str],
    verified: Number,
) -> Number:
    axis = terms.space.axis[stake.issue]
    worth: Number = gains(stake.values, levels[axis], banked[axis])
    if stake.verified is not None:
        floor, slope = stake.verified
        worth = worth * (floor + slope * verified)
    if stake.factor is not None:
        worth = worth * affine(party.factors[stake.factor], values, lenses)
    return worth


def _symbol(
    terms: Negotiation,
    party: Party,
    levels: Sequence[Ints],
    banked: Sequence[Any],
    values: Values,
    lenses: frozenset[str],
) -> Number:
    """Return the worth of being seen to sign; it decays with every summit held (rule R-L02)."""
    symbol = party.symbol
    if symbol is None or (symbol.lens is not None and symbol.lens not in lenses):
        return 0.0
    rises: Any = False
    for place, issue in enumerate(terms.deal_issues[: len(levels)]):
        if issue.symbolic:
            rises = np.logical_or(rises, levels[place] > banked[place])
    return np.asarray(symbol.size * np.power(symbol.decay, values[symbol.count]) * rises, dtype=np.float64)


def reservation(party: Party, values: Values, lenses: frozenset[str], mood: Number = 0.0) -> Number:
    """Return what waiting is worth to a party (5.3), less the leader's mood of the day."""
    waiting: Number = affine(party.reservation, values, lenses) if "rat" in lenses else 0.0
    return waiting - mood


def passes(
    gate: Gate,
    terms: Negotiation,
    levels: Sequence[Ints],
    banked: Sequence[Any],
    values: Values,
) -> Bools:
    """Tell which packages pass a gate: those that do not raise what it guards, or that take one of its ways."""
    touched: Any = True
    risen: Any = False
    for issue, level in gate.raises.items():
        put, before = level_of(terms, levels, banked, issue)
        touched = np.logical_and(touched, np.greater_equal(put, level))
        risen = np.logical_or(risen, np.greater(put, before))
    passed = np.logical_not(np.logical_and(touched, risen))
    for way in gate.ways:
        open_way: Any = True
        for issue, level in way.levels.items():
            open_way = np.logical_and(open_way, np.greater_equal(level_of(terms, levels, banked, issue)[0], level))
        for bound in way.values:
            open_way = np.logical_and(open_way, holds(bound, values))
        passed = np.logical_or(passed, open_way)
    return np.asarray(passed, dtype=np.bool_)


def consent(
    player: Player,
    terms: Negotiation,
    levels: Sequence[Ints],
    banked: Sequence[Any],
    values: Values,
    lenses: frozenset[str],
) -> Bools:
    """Tell which packages a player accepts: own value at least its threshold (win-set, 5.4)."""
    worth = regard(player, terms, levels, banked, values, lenses)
    return np.asarray(np.greater_equal(worth, player.theta - CONSENT_SLACK), dtype=np.bool_)


def regard(
    player: Player,
    terms: Negotiation,
    levels: Sequence[Ints],
    banked: Sequence[Any],
    values: Values,
    lenses: frozenset[str],
) -> Number:
    """Return what packages are worth to a player that does not sign, its costs as dear as it holds them."""
    dearer: Number = 1.0 if player.cost_factor is None else affine(player.cost_factor, values, lenses)
    worth: Number = 0.0
    for issue, row in player.values.items():
        axis = terms.space.axis[issue]
        gain = gains_seen(terms.issues[axis], row, levels[axis], banked[axis], values, player.seat)
        worth = worth + np.where(gain < 0, gain * dearer, gain)
    for place, clause in enumerate(terms.sides[: len(levels) - len(terms.issues)], start=len(terms.issues)):
        if side := clause.players.get(player.id):
            worth = worth + (side * dearer if side < 0 else side) * (levels[place] - banked[place])
    return worth


def blocked(player: Player, terms: Negotiation, levels: Sequence[Ints], banked: Sequence[Any], values: Values) -> Bools:
    """Tell which packages put something before a player that it may refuse, as far as it can know of it."""
    asked: Any = False
    for issue, level in player.blocks.items():
        now, held = level_of(terms, levels, banked, issue)
        put, before = levels_seen(terms.deal_issue[issue], now, held, values, player.seat)
        asked = np.logical_or(asked, np.logical_and(np.greater_equal(put, level), np.greater(put, before)))
    return np.asarray(asked, dtype=np.bool_)


def contradicted(terms: Negotiation, levels: Sequence[Ints], banked: Sequence[Any]) -> Bools:
    """Tell which packages add two clauses of the catalogue of which one excludes the other."""
    found: Any = False
    for one, other in terms.contradictions:
        found = np.logical_or(
            found, np.logical_and(added(terms, one, levels, banked), added(terms, other, levels, banked))
        )
    return np.asarray(found, dtype=np.bool_)


def added(terms: Negotiation, clause: CatalogueClause, levels: Sequence[Ints], banked: Sequence[Any]) -> Bools:
    """Tell which packages add a clause: a side clause not in force, or an issue raised to just its level."""
    put, before = level_of(terms, levels, banked, clause.issue or clause.id)
    wanted = clause.level if clause.issue else 1
    return np.asarray(np.logical_and(np.equal(put, wanted), np.greater(put, before)), dtype=np.bool_)


def feasible(
    terms: Negotiation,
    levels: Sequence[Ints],
    banked: Sequence[Any],
    values: Values,
    lenses: frozenset[str],
    *,
    without: frozenset[str] = frozenset(),
) -> Bools:
    """Tell which packages contradict nothing and pass every gate and veto player, except those in `without`."""
    allowed: Any = np.logical_not(contradicted(terms, levels, banked)) if terms.contradictions else True
    for gate in terms.gates:
        if gate.lens in lenses and gate.id not in without:
            allowed = np.logical_and(allowed, passes(gate, terms, levels, banked, values))
    for player in terms.players:
        if player.blocks and player.lens in lenses and player.id not in without:
            free = np.logical_not(blocked(player, terms, levels, banked, values))
            allowed = np.logical_and(
                allowed, np.logical_or(free, consent(player, terms, levels, banked, values, lenses))
            )
    return np.asarray(allowed, dtype=np.bool_)
