"""Checks of the recorded path and of the strategies played against it: seats, moves, budgets, texts, measures by id."""

from collections.abc import Iterator, Mapping

from adjudication.scenario.places import Desk, Place
from adjudication.scenario.schema import Scenario

Sheets = Mapping[int, Mapping[str, tuple[str, ...]]]


def check_record(scenario: Scenario, desk: Desk) -> None:
    """Record what is wrong with the history of a case and with its calibration."""
    for place, sheets in _sheets(scenario):
        _orders(scenario, desk, place, sheets)
    _signatures(scenario, desk)
    _statements(scenario, desk)
    _strategies(scenario, desk)
    _anchors(scenario, desk)
    _indicators(scenario, desk)


def _sheets(scenario: Scenario) -> Iterator[tuple[Place, Sheets]]:
    if scenario.history is not None:
        yield ("history", "orders"), scenario.history.orders
        for name, sheets in scenario.history.variants.items():
            yield ("history", "variants", name), sheets


def _orders(scenario: Scenario, desk: Desk, where: Place, sheets: Sheets) -> None:
    for turn, own in sheets.items():
        place: Place = (*where, str(turn))
        if not 1 <= turn <= scenario.meta.turns:
            desk.add(place, f"there is no turn {turn}; the case has 1 to {scenario.meta.turns}")
        for seat, moves in own.items():
            if seat not in scenario.seat:
                desk.unknown((*place, seat), "seat", seat, scenario.seat)
                continue
            for move in moves:
                if move not in scenario.move:
                    desk.unknown((*place, seat), "move", move, scenario.move, list_all=False)
                elif seat not in scenario.move[move].seats:
                    desk.add((*place, seat), f"turn {turn}: {seat} may not order {move}", scenario.move[move].seats)
            cost = sum(scenario.move[move].cost for move in moves if move in scenario.move)
            if cost > scenario.seat[seat].budget:
                budget = scenario.seat[seat].budget
                desk.add((*place, seat), f"turn {turn}: {seat} spends {cost}, its budget is {budget}")


def _signatures(scenario: Scenario, desk: Desk) -> None:
    history = scenario.history
    levels = {issue.id: len(issue.levels) for issue in scenario.negotiation.deal_issues}
    for number, text in enumerate(history.texts if history is not None else ()):
        place: Place = ("history", "texts", number)
        for issue, level in text.levels.items():
            if issue not in levels:
                desk.unknown((*place, "levels", issue), "issue", issue, levels)
            elif not 0 <= level < levels[issue]:
                desk.add((*place, "levels", issue), f"{issue} has no level {level}", map(str, range(levels[issue])))
        for seat in text.parties:
            if seat not in scenario.seat:
                desk.unknown((*place, "parties"), "seat", seat, scenario.seat)
        if not 1 <= text.turn <= scenario.meta.turns:
            desk.add(place, f"there is no turn {text.turn}; the case has 1 to {scenario.meta.turns}", key="turn")
    for number, meeting in enumerate(history.summits if history is not None else ()):
        if not 1 <= meeting.turn <= scenario.meta.turns:
            last = scenario.meta.turns
            desk.add(("history", "summits", number), f"there is no turn {meeting.turn}; the case has 1 to {last}")


def _statements(scenario: Scenario, desk: Desk) -> None:
    history = scenario.history
    seen: set[str] = set()
    for expectation in history.table if history is not None else ():
        place: Place = ("history", "table", expectation.id)
        if expectation.id in seen:
            desk.add(place, f"statement {expectation.id!r} is given twice")
        seen.add(expectation.id)
        variants = history.variants if history is not None else {}
        if expectation.variant and expectation.variant not in variants:
            desk.unknown((*place, "variant"), "variant", expectation.variant, variants)
        for held in (expectation, *expectation.also):
            if held.low is not None and held.high is not None and held.low > held.high:
                desk.add(place, f"low {held.low:g} is above high {held.high:g}: nothing can hold")


def _strategies(scenario: Scenario, desk: Desk) -> None:
    spec = scenario.calibration
    if spec is None:
        return
    known = {strategy.id for strategy in spec.strategies}
    for strategy in spec.strategies:
        for seat in strategy.seats:
            if seat not in scenario.seat:
                desk.unknown(("calibration", "strategies", strategy.id), "seat", seat, scenario.seat)
    for target in spec.targets:
        for name in filter(None, (target.strategy, target.minus)):
            if name not in known:
                desk.unknown(("calibration", "targets", target.id), "strategy", name, known)


def _anchors(scenario: Scenario, desk: Desk) -> None:
    for anchor in scenario.anchors:
        if not 1 <= anchor.turn <= scenario.meta.turns:
            last = scenario.meta.turns
            desk.add(("anchors", anchor.id), f"there is no turn {anchor.turn}; the case has 1 to {last}", key="turn")
        if not anchor.sources:
            desk.add(("anchors", anchor.id), "an anchor needs a source: it says what happened", key="sources")


def _indicators(scenario: Scenario, desk: Desk) -> None:
    for one in scenario.indicators:
        place = ("indicators", one.id)
        if not one.sources:
            desk.add(place, "an indicator needs a source: it says what happened", key="sources")
        if one.scalar is not None and one.moves:
            desk.add(place, "give either a scalar or moves to lay beside it, not both", key="moves")
        for move in one.moves:
            if move not in scenario.move:
                desk.unknown((*place, "moves"), "move", move, scenario.move, list_all=False)
        turns = [point.turn for point in one.points]
        if turns != sorted(set(turns)):
            desk.add(place, "its points are not in the order of turns, or one turn has two", key="points")
        for turn in turns:
            if not 1 <= turn <= scenario.meta.turns:
                desk.add(place, f"there is no turn {turn}; the case has 1 to {scenario.meta.turns}", key="points")
