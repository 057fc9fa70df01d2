"""Checks of conditions, scalars, effects and filters of orders: every name in them is one of the scenario's."""

from typing import Literal, get_args

from adjudication import conditions as c
from adjudication import effects as e
from adjudication.scalars import bounds, scalar_reads
from adjudication.scenario.names import (
    bot_conditions_of,
    conditions_of,
    effects_of,
    filters_of,
    gauges_of,
    leaves,
    reads_of,
    scalars_of,
    scores_of,
)
from adjudication.scenario.places import Desk, Place
from adjudication.scenario.schema import SEVERITY_POINTS, Scenario
from adjudication.scenario.vocabulary import Vocabulary

MAX_DELTA = 40.0
"""No effect moves a 0-100 scale further than this at once (section 10 of the model)."""

OF_PATHS = frozenset({"any_clash", "p_clash", "p_war"})
"""What a gauge of the record may read besides."""

SIGNAL_TARGETS = ("signal.trust", "signal.resolve")
ORDER_EFFECTS = (e.Fidelity, e.Delay, e.Block, e.Convert)
"""Effects that speak about one order; they belong into rules with `on` (and, for refusals, `require`)."""


def check_trees(scenario: Scenario, words: Vocabulary, desk: Desk) -> bool:
    """Check every tree; tell whether all names are known."""
    before = len(desk.faults.errors)
    for place, condition in conditions_of(scenario):
        check_condition(scenario, words, desk, place, condition, _params(scenario, place))
    for place, scalar in scalars_of(scenario):
        for name in sorted(scalar_reads(scalar)):
            _name(words, desk, place, name, frozenset())
    for place, scalar in scores_of(scenario):
        for name in sorted(scalar_reads(scalar) - words.score_names):
            _name(words, desk, place, name, frozenset())
    for place, scalar in gauges_of(scenario):
        for name in sorted(scalar_reads(scalar) - OF_PATHS):
            _name(words, desk, place, name, frozenset())
    for place, spec, condition in bot_conditions_of(scenario):
        own = frozenset(spec.params) if spec is not None else frozenset()
        check_condition(scenario, words, desk, place, condition, own)
    for place, orders in filters_of(scenario):
        _filter(scenario, words, desk, place, orders)
    for place, effect in effects_of(scenario):
        for name in sorted(reads_of(effect)):
            _name(words, desk, place, name, _params(scenario, place))
        check_effect(scenario, words, desk, place, effect)
    return len(desk.faults.errors) == before


def _params(scenario: Scenario, place: Place) -> frozenset[str] | None:
    """Return the parameters an order at this place has: those of its move, any in a rule, none elsewhere."""
    if place[0] == "moves":
        move = scenario.move.get(str(place[1]))
        return frozenset(param.id for param in move.params) if move else frozenset()
    if place[0] != "rules":
        return frozenset()
    rule = scenario.rule.get(str(place[1]))
    if rule is None or rule.on is None:
        return frozenset()
    moves = [scenario.move[name] for name in rule.on.moves if name in scenario.move]
    return frozenset(p.id for move in moves for p in move.params) if moves else None


def _name(words: Vocabulary, desk: Desk, place: Place, name: str, params: frozenset[str] | None) -> None:
    if name.startswith("param."):
        if params is not None and name.removeprefix("param.") not in params:
            desk.unknown(place, "parameter", name, [f"param.{p}" for p in params])
    elif name.startswith("flag."):
        if name not in words.names:
            known = [known for known in words.names if known.startswith("flag.")]
            desk.unknown(place, "flag (no effect ever sets it)", name, known)
    elif name not in words.names:
        desk.unknown(place, "name", name, words.names)


def check_condition(
    scenario: Scenario, words: Vocabulary, desk: Desk, place: Place, condition: c.Condition,
    params: frozenset[str] | None,
) -> None:  # fmt: skip
    """Record every unknown name in a condition. `params`: the parameters an order has there; None: any."""
    for name in sorted(c.reads(condition)):
        _name(words, desk, place, name, params)
    for leaf in leaves(condition):
        match leaf:
            case c.Count(orders):
                _filter(scenario, words, desk, place, orders)
            case c.LensOn(lens) if lens not in scenario.lenses:
                desk.unknown(place, "lens", lens, scenario.lenses)
            case c.Compare(_, str(left), str(right), True):
                _choice(scenario, desk, place, left.removeprefix("param."), right)
            case c.Between(ref, low, high) if low > high:
                desk.add(place, f"between: {ref} cannot lie between {low:g} and {high:g}; give the lower bound first")
            case _:
                pass


def _choice(scenario: Scenario, desk: Desk, place: Place, param: str, word: str) -> None:
    """Check that a parameter is compared with one of its own choices."""
    move = scenario.move.get(str(place[1])) if place[0] == "moves" else None
    spec = next((p for p in move.params if p.id == param), None) if move is not None else None
    if spec is not None and spec.choices and word not in spec.choices:
        desk.unknown(place, f"choice of {param!r}", word, spec.choices)


def _filter(scenario: Scenario, words: Vocabulary, desk: Desk, place: Place, orders: c.OrderFilter) -> None:
    for move in orders.moves:
        if move not in scenario.move:
            desk.unknown(place, "move", move, scenario.move, list_all=False)
    for seat in (*orders.by, *([orders.consent] if orders.consent else [])):
        if seat not in scenario.seat:
            desk.unknown(place, "seat", seat, scenario.seat)
    for severity in orders.severity:
        if severity not in SEVERITY_POINTS:
            desk.unknown(place, "severity", severity, SEVERITY_POINTS)
    if orders.side and orders.side not in words.sides:
        desk.unknown(place, "side", orders.side, words.sides)
    signals = get_args(Literal["positive", "negative"])
    if orders.signal and orders.signal not in signals:
        desk.unknown(place, "sign of a signal", orders.signal, signals)
    for move in orders.moves:
        seats = scenario.move[move].seats if move in scenario.move else ()
        if seats and set(orders.by) <= set(scenario.seat) and orders.by and not set(orders.by) & set(seats):
            desk.add(place, f"{' and '.join(orders.by)} may not order {move}", seats)


def check_effect(scenario: Scenario, words: Vocabulary, desk: Desk, place: Place, effect: e.Effect) -> None:
    """Record every unknown name and every number out of bounds of an effect."""
    if isinstance(effect, ORDER_EFFECTS) and not _about_an_order(scenario, place):
        desk.add(place, "this effect changes an order; it belongs into a rule with `on`, not here")
    match effect:
        case e.Add(var, amount):
            _variable(scenario, desk, place, var)
            span = bounds(amount)
            scale = var in scenario.variable and scenario.variable[var].kind == "scale"
            widest = max(span, key=abs) if span is not None else 0.0
            if scale and abs(widest) > MAX_DELTA:
                desk.add(place, f"an effect of {widest:g} on {var} is beyond {MAX_DELTA:g}")
        case e.Toward(var):
            _variable(scenario, desk, place, var)
        case e.Signal(belief):
            beliefs = [v.id for v in scenario.variables if v.kind == "belief"]
            if belief not in beliefs:
                desk.unknown(place, "belief", belief, beliefs)
        case e.SetClause(issue, level):
            _level(scenario, desk, place, issue, level)
        case e.Convert(move) if move not in scenario.move:
            desk.unknown(place, "move", move, scenario.move, list_all=False)
        case e.Fidelity(_, target) if target and target not in SIGNAL_TARGETS:
            _variable(scenario, desk, place, target)
        case e.Audience(side) if side not in words.sides:
            desk.unknown(place, "side", side, words.sides)
        case e.ProbShift(event) if event not in words.dice:
            desk.unknown(place, "die", event, words.dice)
        case e.Delay(turns) if turns < 0:
            desk.add(place, f"an order cannot be held back by {turns} turns; give 0 or more")
        case e.Tell(issue, seats):
            _tell(scenario, desk, place, issue, seats)
        case e.Resource(resource):
            _resource(scenario, desk, place, resource)
        case _:
            pass


def _about_an_order(scenario: Scenario, place: Place) -> bool:
    rule = scenario.rule.get(str(place[1])) if place[0] == "rules" else None
    return rule is not None and rule.on is not None


def _variable(scenario: Scenario, desk: Desk, place: Place, name: str) -> None:
    if name not in scenario.variable:
        desk.unknown(place, "variable", name, scenario.variable)


def _level(scenario: Scenario, desk: Desk, place: Place, issue: str, level: int) -> None:
    known = {i.id: len(i.levels) for i in scenario.negotiation.deal_issues if i.kind != "sequence"}
    if issue not in known:
        desk.unknown(place, "issue", issue, known)
    elif not 0 <= level < known[issue]:
        desk.add(place, f"{issue} has no level {level}", tuple(map(str, range(known[issue]))))


def _tell(scenario: Scenario, desk: Desk, place: Place, issue: str, seats: tuple[str, ...]) -> None:
    secret = [i.id for i in scenario.negotiation.issues if i.secret_levels]
    if issue not in secret:
        desk.unknown(place, "issue with a secret level", issue, secret)
    for seat in seats:
        if seat not in scenario.seat:
            desk.unknown(place, "seat", seat, scenario.seat)


def _resource(scenario: Scenario, desk: Desk, place: Place, resource: str) -> None:
    known = {f"{seat.id}.{name}" for seat in scenario.seats for name in seat.resources}
    if not any(name == resource or name.endswith(f".{resource}") for name in known):
        desk.unknown(place, "resource", resource, known)
