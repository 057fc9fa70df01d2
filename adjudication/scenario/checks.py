"""Cross-checks: every name means something, every rule says why, numbers stay in bounds.

Runs after the shapes are right. Records faults at the place of the thing they are about.
"""

from collections.abc import Callable, Iterable

from adjudication import conditions as c
from adjudication import effects as e
from adjudication.scalars import bounds, scalar_reads
from adjudication.scenario.names import conditions_of, effects_of, leaves, reads_of
from adjudication.scenario.nodes import Faults, Node
from adjudication.scenario.schema import SEVERITY_POINTS, Scenario
from adjudication.scenario.signs import Signs, against
from negotiation.terms import problems

MAX_DELTA = 40.0
MAX_PACKAGES = 2_000_000
SIGNAL_TARGETS = ("signal.trust", "signal.resolve")
EVENTS = (
    "summit", "signed", "signed_at_summit", "signed_by_exchange", "signed_statement", "signed_text", "walk_away",
    "clash", "war", "collapse", "text_struck", "snapback",
)  # fmt: skip
"""Events the engine itself raises; `emit` adds others."""

PER_SIDE = ("honoured", "back_down", "breach_by")
"""Events the engine raises for each side, as `honoured_US`."""

Find = Callable[[str, str], Node]


def check(scenario: Scenario, sections: Node, faults: Faults) -> None:
    """Record every cross-reference fault of a scenario."""
    find = _finder(sections)
    _unique(scenario, find, faults)
    names = _readable(scenario)
    for place, condition in conditions_of(scenario):
        _check_condition(scenario, condition, names, find(*place), faults)
    for place, effect in effects_of(scenario):
        _check_effect(scenario, effect, names, find(*place), faults)
    _check_derived(scenario, names, find, faults)
    _check_moves(scenario, find, faults)
    _check_vows(scenario, find, faults)
    _check_rules(scenario, find, faults)
    _check_visibility(scenario, find, faults)
    _check_people(scenario, find, faults)
    _check_facts(scenario, find, faults)
    _check_history(scenario, find, faults)
    _check_parameters(scenario, names, find, faults)
    for problem in problems(
        scenario.negotiation, variables=names | set(scenario.variable) | set(scenario.flags), seats=set(scenario.seat)
    ):
        faults.add(find("negotiation", ""), f"{problem.path}: {problem.message}", problem.allowed)


def _of_sides(scenario: Scenario) -> tuple[str, ...]:
    sides = sorted({seat.side for seat in scenario.seats})
    return tuple(f"{event}_{side}" for event in PER_SIDE for side in sides)


def _finder(sections: Node) -> Find:
    def find(section: str, name: str) -> Node:
        node = (sections.mapping or {}).get(section, sections)
        for item in node.sequence or []:
            fields = item.mapping
            if fields is not None and "id" in fields and fields["id"].value == name:
                return item
        return (node.mapping or {}).get(name, node)

    return find


def _readable(scenario: Scenario) -> set[str]:
    names = set(scenario.variable) | set(scenario.derived_by_id) | {"turn", "quarter"}
    for issue in scenario.issues:
        names |= {f"clause.{issue}", f"gained.{issue}", f"before.{issue}", f"actual.{issue}"}
    names |= {f"flag.{flag}" for flag in scenario.flags}
    emitted = {effect.event for _, effect in effects_of(scenario) if isinstance(effect, e.Emit)}
    names |= {
        f"event.{name}" for name in (*EVENTS, *_of_sides(scenario), *emitted, *(vote.event for vote in scenario.tabled))
    }
    for seat in scenario.seats:
        names |= {f"resource.{seat.id}.{name}" for name in seat.resources}
    return names


def _unique(scenario: Scenario, find: Find, faults: Faults) -> None:
    groups: dict[str, Iterable[str]] = {
        "seats": [x.id for x in scenario.seats], "variables": [x.id for x in scenario.variables],
        "moves": [x.id for x in scenario.moves], "rules": [x.id for x in scenario.rules],
        "injects": [x.id for x in scenario.injects], "sources": [x.id for x in scenario.sources],
        "teams": [x.id for x in scenario.teams], "phases": [x.id for x in scenario.phases],
    }  # fmt: skip
    for section, ids in groups.items():
        seen: set[str] = set()
        for name in ids:
            if name in seen:
                faults.add(find(section, name), f"{name!r} is given twice in {section}")
            seen.add(name)


def _check_name(name: str, names: set[str], node: Node, faults: Faults, params: frozenset[str]) -> None:
    if name.startswith("param."):
        if params and name.removeprefix("param.") not in params:
            faults.unknown(node, "parameter", name, [f"param.{p}" for p in params])
    elif name.startswith("flag."):
        if name not in names:
            faults.unknown(node, "flag (no effect ever sets it)", name, [n for n in names if n.startswith("flag.")])
    elif name not in names:
        faults.unknown(node, "name", name, names)


def _params(scenario: Scenario, node: Node) -> frozenset[str]:
    fields = node.mapping or {}
    move = scenario.move.get(str(fields["id"].value)) if "id" in fields else None
    return frozenset(param.id for param in move.params) if move else frozenset()


def _check_condition(scenario: Scenario, condition: c.Condition, names: set[str], node: Node, faults: Faults) -> None:
    for name in c.reads(condition):
        _check_name(name, names, node, faults, _params(scenario, node))
    for leaf in leaves(condition):
        match leaf:
            case c.Count(orders):
                _check_filter(scenario, orders, node, faults)
            case c.LensOn(lens) if lens not in scenario.lenses:
                faults.unknown(node, "lens", lens, scenario.lenses)
            case _:
                pass


def _check_filter(scenario: Scenario, orders: c.OrderFilter, node: Node, faults: Faults) -> None:
    for move in orders.moves:
        if move not in scenario.move:
            faults.unknown(node, "move", move, scenario.move, list_all=False)
    for seat in orders.by:
        if seat not in scenario.seat:
            faults.unknown(node, "seat", seat, scenario.seat)
    for severity in orders.severity:
        if severity not in SEVERITY_POINTS:
            faults.unknown(node, "severity", severity, SEVERITY_POINTS)
    if orders.consent and orders.consent not in scenario.seat:
        faults.unknown(node, "seat", orders.consent, scenario.seat)
    sides = {seat.side for seat in scenario.seats}
    if orders.side and orders.side not in sides:
        faults.unknown(node, "side", orders.side, sides)


def _check_effect(scenario: Scenario, effect: e.Effect, names: set[str], node: Node, faults: Faults) -> None:
    for name in reads_of(effect):
        _check_name(name, names, node, faults, frozenset())
    match effect:
        case e.Add(var, amount):
            _check_variable(scenario, var, node, faults)
            span = bounds(amount)
            scale = var in scenario.variable and scenario.variable[var].kind == "scale"
            if scale and span is not None and max(abs(span[0]), abs(span[1])) > MAX_DELTA:
                faults.add(node, f"an effect of {span[0]:g} on {var} is beyond {MAX_DELTA:g}")
        case e.Toward(var, _, rate):
            _check_variable(scenario, var, node, faults)
            if not 0 <= rate <= 1:
                faults.add(node, f"the rate of toward {var} must lie in 0..1")
        case e.Signal(belief):
            beliefs = [v.id for v in scenario.variables if v.kind == "belief"]
            if belief not in beliefs:
                faults.unknown(node, "belief", belief, beliefs)
        case e.SetClause(issue, level):
            known = {i.id: len(i.levels) for i in scenario.negotiation.issues}
            if issue not in known:
                faults.unknown(node, "issue", issue, known)
            elif not 0 <= level < known[issue]:
                faults.add(node, f"{issue} has no level {level}", map(str, range(known[issue])))
        case e.Convert(move) if move not in scenario.move:
            faults.unknown(node, "move", move, scenario.move, list_all=False)
        case e.Fidelity(_, target) if target and target not in SIGNAL_TARGETS:
            _check_variable(scenario, target, node, faults)
        case e.Audience(side) if side not in {seat.side for seat in scenario.seats}:
            faults.unknown(node, "side", side, {seat.side for seat in scenario.seats})
        case _:
            pass


def _check_variable(scenario: Scenario, name: str, node: Node, faults: Faults) -> None:
    if name not in scenario.variable:
        faults.unknown(node, "variable", name, scenario.variable)


def _check_derived(scenario: Scenario, names: set[str], find: Find, faults: Faults) -> None:
    for derived in scenario.derived:
        for name in scalar_reads(derived.scalar):
            _check_name(name, names, find("derived", derived.id), faults, frozenset())


def _check_moves(scenario: Scenario, find: Find, faults: Faults) -> None:
    for move in scenario.moves:
        node = find("moves", move.id)
        for seat in (*move.seats, *move.consent, *([move.executor] if move.executor else [])):
            if seat not in scenario.seat:
                faults.unknown(node, "seat", seat, scenario.seat)
        for other in move.exclusive:
            if other not in scenario.move:
                faults.unknown(node, "move", other, scenario.move, list_all=False)
        for param in move.params:
            if param.kind == "choice" and (not param.choices or param.default not in (None, *param.choices)):
                faults.add(node, f"parameter {param.id!r}: the default must be one of its choices", param.choices)
        if not 0 <= move.resist <= 1:
            faults.add(node, "resist must lie in 0..1")
        if move.signal is not None and move.signal.about not in scenario.beliefs.trust:
            faults.unknown(node, "side of a signal", move.signal.about, scenario.beliefs.trust)
        _check_sources(scenario, move.sources, node, faults)


def _check_vows(scenario: Scenario, find: Find, faults: Faults) -> None:
    spec = scenario.vows
    if spec is None:
        return
    if spec.rule not in scenario.rule:
        faults.unknown(find("vows", ""), "rule", spec.rule, scenario.rule, list_all=False)
    for name in spec.moves:
        move = scenario.move.get(name)
        if move is None:
            faults.unknown(find("vows", ""), "move", name, scenario.move, list_all=False)
            continue
        offered = {param.id: param.choices for param in move.params}
        for param, known in ((spec.trigger, spec.triggers), (spec.action, spec.actions)):
            for choice in offered.get(param, ()):
                if choice != "none" and choice not in known:
                    faults.unknown(find("moves", name), f"{param} of a threat", choice, known)


def _check_sources(scenario: Scenario, sources: Iterable[str], node: Node, faults: Faults) -> None:
    for source in sources:
        if source not in scenario.source:
            faults.unknown(node, "source", source, scenario.source, list_all=False)


def _check_rules(scenario: Scenario, find: Find, faults: Faults) -> None:
    emitted = {effect.event for _, effect in effects_of(scenario) if isinstance(effect, e.Emit)}
    stages = (1, 2, 3, 3.5, 4, 5, 6, 7, 8, 9, 10)
    for rule in scenario.rules:
        node = find("rules", rule.id)
        if not rule.say.strip():
            faults.add(node, "a rule needs a sentence for the players", key="say")
        if not rule.sources:
            faults.add(node, "a rule needs a source (or `judgement`)", key="sources")
        if rule.stage not in stages:
            faults.add(node, f"there is no stage {rule.stage:g}", map(str, stages), key="stage")
        unhappy = (f"discontent_{player.id}" for player in scenario.negotiation.players)
        known = (
            *EVENTS,
            *_of_sides(scenario),
            *emitted,
            *unhappy,
            *(vote.event for vote in scenario.tabled),
            *(f"leak_{move.id}" for move in scenario.moves if move.detect > 0),
        )
        if rule.event and rule.event not in known:
            faults.unknown(node, "event", rule.event, known)
        if rule.on is not None:
            _check_filter(scenario, rule.on, node, faults)
        for effect in (*rule.otherwise, *rule.effects):
            if isinstance(effect, e.Block) and effect.reason not in rule.text:
                faults.unknown(node, "text of the rule", effect.reason, rule.text)
        _check_sources(scenario, rule.sources, node, faults)
    for vote in scenario.votes:
        if vote.move not in scenario.move:
            faults.unknown(find("votes", ""), "move", vote.move, scenario.move, list_all=False)
        if vote.rule not in scenario.rule:
            faults.unknown(find("votes", ""), "rule", vote.rule, scenario.rule, list_all=False)
    for tabled in scenario.tabled:
        rule_of = scenario.rule.get(tabled.rule)
        if rule_of is None:
            faults.unknown(find("tabled", ""), "rule", tabled.rule, scenario.rule, list_all=False)
        elif not {"adopted", "no_votes"} <= set(rule_of.text):
            faults.add(
                find("rules", tabled.rule), "the rule of a tabled vote says both outcomes", ("adopted", "no_votes")
            )
    for variable in scenario.variables:
        if variable.drift is not None and variable.drift.rule not in scenario.rule:
            faults.unknown(find("variables", variable.id), "rule", variable.drift.rule, scenario.rule, list_all=False)


def _check_visibility(scenario: Scenario, find: Find, faults: Faults) -> None:
    readers = set(scenario.seat) | {seat.role for seat in scenario.seats}
    for variable in scenario.variables:
        node = find("variables", variable.id)
        for reader in variable.see:
            if reader != "default" and reader not in readers:
                faults.unknown(node, "seat or role", reader, readers | {"default"})
        if "default" not in variable.see and not all(
            seat.id in variable.see or seat.role in variable.see for seat in scenario.seats
        ):
            faults.add(node, "says nothing for some seats; give every seat or a default", key="see")
        low, high = limits(variable.kind, variable.min, variable.max)
        if not low <= variable.init <= high:
            faults.add(node, f"init {variable.init:g} is outside {low:g}..{high:g}", key="init")
        _check_sources(scenario, variable.sources, node, faults)


def limits(kind: str, low: float | None, high: float | None) -> tuple[float, float]:
    """Return the range of a variable of a kind."""
    default = {"scale": (0.0, 100.0), "belief": (0.02, 0.97), "flag": (0.0, 1.0)}.get(kind, (0.0, float("inf")))
    return (default[0] if low is None else low, default[1] if high is None else high)


def _check_people(scenario: Scenario, find: Find, faults: Faults) -> None:
    teams = {team.id for team in scenario.teams}
    for seat in scenario.seats:
        node = find("seats", seat.id)
        if seat.team not in teams:
            faults.unknown(node, "team", seat.team, teams)
        if seat.brief is not None:
            _check_sources(scenario, seat.brief.sources, node, faults)
            check = seat.brief.check
            if check is not None and not 0 <= check.answer < len(check.options):
                faults.add(node, "the answer of the check question is not one of its options")
    for section, keys in (("bots", scenario.bots), ("goals", scenario.goals)):
        for name in keys:
            if name not in scenario.seat:
                faults.unknown(find(section, name), "seat", name, scenario.seat)
    for name, goals in scenario.goals.items():
        total = sum(goal.weight for goal in goals.values())
        if abs(total - 1.0) > 1e-6:
            faults.add(find("goals", name), f"the weights add up to {total:g}, not 1")
    for inject in scenario.injects:
        for to in inject.to:
            if to not in scenario.seat and to not in ("all", "control", "public"):
                faults.unknown(
                    find("injects", inject.id), "addressee", to, {*scenario.seat, "all", "control", "public"}
                )
    for preset in scenario.presets:
        known = (
            set(scenario.variable) | {f"clause.{i}" for i in scenario.issues} | {f"flag.{f}" for f in scenario.flags}
        )
        for name in preset.start:
            if name not in known:
                faults.unknown(find("presets", preset.id), "start value", name, known, list_all=False)


def _check_facts(scenario: Scenario, find: Find, faults: Faults) -> None:
    for fact in scenario.facts:
        node = find("facts", fact.id)
        if fact.id not in scenario.flags:
            faults.unknown(node, "flag", fact.id, scenario.flags)
        for reader in fact.see:
            if reader != "all" and reader not in scenario.seat:
                faults.unknown(node, "reader", reader, {*scenario.seat, "all"})


def _check_history(scenario: Scenario, find: Find, faults: Faults) -> None:
    for turn, sheets in (scenario.history.orders if scenario.history else {}).items():
        node = find("history", "orders")
        if not 1 <= turn <= scenario.meta.turns:
            faults.add(node, f"there is no turn {turn}")
        for seat, moves in sheets.items():
            if seat not in scenario.seat:
                faults.unknown(node, "seat", seat, scenario.seat)
                continue
            for move in moves:
                if move not in scenario.move:
                    faults.unknown(node, "move", move, scenario.move, list_all=False)
                elif seat not in scenario.move[move].seats:
                    faults.add(node, f"turn {turn}: {seat} may not order {move}", scenario.move[move].seats)
            cost = sum(scenario.move[move].cost for move in moves if move in scenario.move)
            if cost > scenario.seat[seat].budget:
                faults.add(node, f"turn {turn}: {seat} spends {cost}, its budget is {scenario.seat[seat].budget}")


def _check_parameters(scenario: Scenario, names: set[str], find: Find, faults: Faults) -> None:
    h, b, t, k = scenario.hazard, scenario.beliefs, scenario.tally, scenario.commitments
    used = {
        "hazard": (h.ref, h.posture, h.hotline, h.personalization, h.rapport, h.institution, h.deterrence, h.audience),
        "beliefs": (*b.trust.values(), *b.resolve.values()),
        "tally": (t.noclash, t.nowar, t.clashes, t.war, t.points),
        "commitments": (k.strength, k.form, k.clock, *k.trust, k.institution),
        "implementation": (scenario.implementation.align,),
        "interaction": (scenario.interaction.variable,),
        "summit": (scenario.summit.count,),
    }
    for issue in (*k.broken, *k.by_order, *k.plain):
        if issue not in scenario.issues:
            faults.unknown(find("commitments", ""), "issue", issue, scenario.issues)
    if k.breach_rule not in scenario.rule:
        faults.unknown(find("commitments", ""), "rule", k.breach_rule, scenario.rule, list_all=False)
    for section, variables in used.items():
        for name in variables:
            if name not in scenario.variable:
                faults.unknown(find(section, ""), "variable", name, scenario.variable)
    for order in (*scenario.summit.orders, *h.volatile):
        if order not in scenario.move:
            faults.unknown(find("summit", ""), "move", order, scenario.move, list_all=False)
    spans = {v.id: limits(v.kind, v.min, v.max) for v in scenario.variables}
    signs = Signs(scenario, spans)
    for promise in scenario.monotone:
        for rule, found in against(scenario, signs, promise.cause, promise.effect, promise.sign):
            word = f"may move {promise.effect} either way" if found == "unknown" else f"moves {promise.effect} {found}"
            faults.add(find("rules", rule), f"{word} as {promise.cause} rises; promised: {promise.sign}")
        for name in (promise.cause, promise.effect):
            if name not in names and name not in scenario.move:
                faults.unknown(find("monotone", ""), "name", name, names)
