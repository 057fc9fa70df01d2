"""Checks of the review a case is asked for: objectives, questions, metrics, runs and dials name what is there.

Where a dial's path leads is `lint`'s to say; it takes the machinery of a study.
"""

from collections.abc import Sequence

from adjudication.scenario.places import Desk, Place
from adjudication.scenario.ranges import limits
from adjudication.scenario.review import Question, QuestionMetric, Review, WhatIf
from adjudication.scenario.schema import Scenario
from adjudication.scenario.vocabulary import OWN_INDICES

TALKS = ("war_risk", "war", "clash", "in_force", "signed", "walk_away", "first_result")
"""Outcomes of every replay, in every case."""

NEEDS: dict[str, tuple[str, ...]] = {
    "variable": ("variable",), "index": ("index",), "orders": ("moves",), "share_of_orders": ("moves",),
    "fidelity": ("moves",), "rules": ("rules",), "ledger": ("rules", "variable"), "winset": ("player",),
    "hazard_part": ("part",), "utility": ("rules",), "substance": ("side",),
}  # fmt: skip
"""What a kind of metric asks for besides its name."""


WHOLE = ("war_risk", "share_of_orders", "fidelity", "first_result", "texts", "substance")
"""Kinds of metrics that are one number for the game."""


def outcome_names(scenario: Scenario) -> frozenset[str]:
    """Return every outcome a run may be compared by."""
    indices = (*OWN_INDICES, *(index.id for index in scenario.scoring.indices))
    return frozenset({
        *TALKS, *indices, *(f"{index}.mean" for index in indices),
        *(variable.id for variable in scenario.variables if variable.headline),
        *(f"{when}.{name}" for when in ("peak", "end") for name in scenario.variable),
    })  # fmt: skip


def rules_named(scenario: Scenario, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the rules these names mean; `R-A*` is a whole family."""
    return tuple(
        rule.id
        for rule in scenario.rules
        if any(rule.id.startswith(name[:-1]) if name.endswith("*") else rule.id == name for name in names)
    )


def check_review(scenario: Scenario, desk: Desk) -> None:
    """Record what is wrong with the review of a case."""
    review = scenario.review
    if review is None:
        return
    _twice(desk, ("review", "objectives"), [one.id for one in review.objectives])
    for objective in review.objectives:
        _source(scenario, desk, ("review", "objectives", objective.id), objective.source)
    _dials(desk, review)
    _twice(desk, ("review", "questions"), [one.id for one in review.questions])
    for question in review.questions:
        _question(scenario, desk, review, question)


def _place(question: Question, run: str) -> Place:
    return ("review", "questions", question.id, "runs", run)


def _twice(desk: Desk, place: Place, ids: Sequence[str]) -> None:
    for name in sorted({one for one in ids if ids.count(one) > 1}):
        desk.add((*place, name), f"{name!r} is given twice")


def _source(scenario: Scenario, desk: Desk, place: Place, source: str) -> None:
    if source not in scenario.source:
        desk.unknown((*place, "source"), "source", source, scenario.source, list_all=False)


def _dials(desk: Desk, review: Review) -> None:
    _twice(desk, ("review", "dials"), [one.id for one in review.dials])
    for dial in review.dials:
        place: Place = ("review", "dials", dial.id)
        if not dial.low < dial.high:
            desk.add(place, f"low {dial.low:g} is not below high {dial.high:g}", key="low")
        if not dial.places:
            desk.add(place, "give a path or paths", key="path")


def _question(scenario: Scenario, desk: Desk, review: Review, question: Question) -> None:
    place: Place = ("review", "questions", question.id)
    _source(scenario, desk, place, question.source)
    if question.lens and question.lens not in scenario.lenses:
        desk.unknown((*place, "lens"), "lens", question.lens, scenario.lenses)
    if not question.runs:
        desk.add(place, "a question needs a run: the first one answers it", key="runs")
    for dial in question.dials:
        if dial not in {one.id for one in review.dials}:
            desk.unknown((*place, "dials"), "dial", dial, [one.id for one in review.dials])
    _twice(desk, (*place, "metrics"), [one.id for one in question.metrics])
    for metric in question.metrics:
        _metric(scenario, desk, (*place, "metrics", metric.id), metric)
    _twice(desk, (*place, "runs"), [one.id for one in question.runs])
    known = outcome_names(scenario)
    for name in question.shares:
        if name not in known or name.partition(".")[0] in ("peak", "end"):
            desk.unknown((*place, "shares"), "outcome", name, known, list_all=False)
    for run in question.runs:
        if not run.outcomes:
            desk.add(_place(question, run.id), "give at least one outcome to compare by", key="outcomes")
        for outcome in run.outcomes:
            if outcome not in known:
                desk.unknown((*_place(question, run.id), "outcomes"), "outcome", outcome, known, list_all=False)
        _change(scenario, desk, (*_place(question, run.id), "change"), run.change)


def _metric(scenario: Scenario, desk: Desk, place: Place, metric: QuestionMetric) -> None:
    for key in NEEDS.get(metric.kind, ()):
        if not getattr(metric, key):
            desk.add(place, f"{metric.kind} needs {key}", key="kind")
    terms = scenario.negotiation
    players = {*(player.id for player in terms.players), *(gate.id for gate in terms.gates)}
    lists: tuple[tuple[str, Sequence[str], object], ...] = (
        ("variable", [metric.variable] if metric.variable else [], {*scenario.variable, *scenario.derived_by_id}),
        ("index", [metric.index] if metric.index else [], {*OWN_INDICES, *(i.id for i in scenario.scoring.indices)}),
        ("moves", metric.moves, scenario.move),
        ("seats", metric.seats, scenario.seat),
        ("player", [metric.player] if metric.player else [], players),
        ("side", [metric.side] if metric.side else [], {party.id for party in terms.parties}),
    )
    for key, names, known in lists:
        _all_known(desk, (*place, key), key.removesuffix("s"), names, known)
    if metric.span and metric.kind in WHOLE:
        desk.add((*place, "span"), f"{metric.kind} is one number for the game; only what is read by turn has a span")
    _rules(scenario, desk, (*place, "rules"), metric.rules)


def _all_known(desk: Desk, place: Place, what: str, names: Sequence[str], known: object) -> None:
    for name in names:
        if name not in known:  # type: ignore[operator]
            desk.unknown(place, what, name, known, list_all=False)


def _rules(scenario: Scenario, desk: Desk, place: Place, names: Sequence[str]) -> None:
    for name in names:
        if not rules_named(scenario, (name,)):
            desk.unknown(place, "rule", name, scenario.rule, list_all=False)


def _change(scenario: Scenario, desk: Desk, place: Place, change: WhatIf) -> None:
    if change == WhatIf():
        desk.add(place, "this changes nothing; say what is different in the run")
    if change.lenses is not None:
        _all_known(desk, (*place, "lenses"), "lens", change.lenses, scenario.lenses)
    _pins(scenario, desk, place, change)
    _rules(scenario, desk, (*place, "rules_off"), change.rules_off)
    for name in change.rules_off:
        found = rules_named(scenario, (name,))
        if found and all(scenario.rule[rule].code for rule in found):
            desk.add((*place, "rules_off"), f"{name}: the form of this rule lives in code and cannot be left out alone")
    for number, one in enumerate(change.drop):
        _all_known(desk, (*place, "drop", number), "move", one.moves, scenario.move)
        _all_known(desk, (*place, "drop", number), "seat", one.seats, scenario.seat)
    for number, given in enumerate(change.give):
        here = (*place, "give", number)
        _all_known(desk, here, "seat", (given.seat,), scenario.seat)
        _all_known(desk, here, "move", (given.move, *given.ordered), scenario.move)
        move = scenario.move.get(given.move)
        if move is not None and given.seat in scenario.seat and given.seat not in move.seats:
            desk.add(here, f"{given.seat} may not order {given.move}", move.seats)
        params = () if move is None else tuple(param.id for param in move.params)
        if move is not None:
            _all_known(desk, (*here, "params"), "parameter", tuple(given.params), params)
    _players(scenario, desk, place, change)


def _pins(scenario: Scenario, desk: Desk, place: Place, change: WhatIf) -> None:
    for number, pin in enumerate(change.pins):
        here = (*place, "pins", number)
        _all_known(desk, here, "move", pin.ordered, scenario.move)
        span = _span(scenario, pin.name)
        if span is None:
            desk.unknown(here, "variable, clause or flag", pin.name, scenario.variable, list_all=False)
        elif not span[0] <= pin.value <= span[1]:
            desk.add(here, f"{pin.name} lies between {span[0]:g} and {span[1]:g}, not at {pin.value:g}", key="value")


def _span(scenario: Scenario, name: str) -> tuple[float, float] | None:
    """Return the range of what may be pinned, or None if there is no such thing."""
    head, _, rest = name.partition(".")
    if head == "clause" and rest in scenario.issues:
        return 0.0, float(len(scenario.negotiation.deal_issue[rest].levels) - 1)
    if head == "flag" and rest in scenario.flags:
        return 0.0, 1.0
    variable = scenario.variable.get(name)
    return None if variable is None else limits(variable.kind, variable.min, variable.max)


def _players(scenario: Scenario, desk: Desk, place: Place, change: WhatIf) -> None:
    strategies = () if scenario.calibration is None else scenario.calibration.strategies
    found = next((one for one in strategies if one.id == change.strategy), None)
    if change.strategy and found is None:
        desk.unknown((*place, "strategy"), "strategy", change.strategy, [one.id for one in strategies])
    if change.seats and not change.strategy:
        desk.add(place, "seats says who plays a strategy; name the strategy", key="seats")
    _all_known(desk, (*place, "seats"), "seat", change.seats, scenario.seat if found is None else found.seats)
    _all_known(desk, (*place, "players"), "seat", tuple(change.players), scenario.seat)
