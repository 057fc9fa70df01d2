"""Numbers of a report: variables and estimates over time, escalation, trust, risk, the ledger and the scores."""

from collections.abc import Mapping
from math import fsum

from adjudication.ledger import LedgerRow
from adjudication.scenario import Scenario
from adjudication.scenario.schema import Variable
from wargame.aar.chronicle import Chronicle, Json, Turn
from wargame.aar.refs import merged, of_order, refs_in, settled
from wargame.aar.words import move_name, seat_name
from wargame.game import events as ev

CAUSES = {
    "order": "order",
    "rule": "rule",
    "npc": "rule",
    "event": "inject",
    "override": "override",
    "decay": "drift",
    "clamp": "clamp",
}
DECIMALS = 6
FIRST = 1
"""What a variable rests on before anything happened: the creation of the game, the first event of every log."""


def variables(log: Chronicle) -> list[Json]:
    """Return every variable: the truth at the end of each turn and what each seat read at the start of each."""
    estimates: dict[str, dict[str, list[Json]]] = {}
    for recorded, made in log.of(ev.EstimatesMade):
        for seat, readings in made.readings.items():
            for reading in readings:
                estimates.setdefault(reading.variable, {}).setdefault(seat, []).append(
                    {
                        "turn": made.turn, "mode": reading.mode, "value": reading.value, "low": reading.low,
                        "high": reading.high, "confidence": reading.confidence, "refs": [recorded.seq],
                    }
                )  # fmt: skip
    found = []
    for variable in log.case.variables:
        path, read = _truth(log, variable.id), estimates.get(variable.id, {})
        refs = merged(refs_in(path), *(refs_in(readings) for readings in read.values()))
        found.append(definition(log.case, variable) | {"truth": path, "estimates": read, "refs": refs or [FIRST]})
    return found


def definition(case: Scenario, variable: Variable) -> Json:
    """Return what a variable is."""
    low = 0.0 if variable.min is None else variable.min
    high = variable.max if variable.max is not None else (1.0 if variable.kind == "belief" else 100.0)
    return {
        "id": variable.id, "label": variable.label, "unit": variable.unit, "low": low, "high": high,
        "group": variable.group, "order": variable.order, "headline": variable.headline,
    }  # fmt: skip


def _truth(log: Chronicle, variable: str) -> list[Json]:
    points = []
    if log.turns:
        first = log.turns[0]
        before = first.before.get("values", {}).get(variable)
        points.append({"turn": first.number - 1, "value": before, "refs": [first.first_seq]})
    points += [
        {"turn": t.number, "value": t.after["values"].get(variable), "refs": settled(log, t.number)}
        for t in log.turns
        if t.after is not None
    ]
    return [point for point in points if point["value"] is not None]


def trust(log: Chronicle) -> Json:
    """Return the parties' belief in each other over time."""
    series: list[Json] = []
    for party in log.case.negotiation.parties:
        variable = log.case.variable.get(party.trust)
        if variable is not None:
            path = _truth(log, variable.id)
            series.append(
                {"id": variable.id, "label": variable.label, "seat": party.signatory, "values": path}
            )  # fmt: skip
    return {"series": series, "threshold": None, "refs": merged(*(refs_in(one["values"]) for one in series)) or [FIRST]}


def risk(log: Chronicle) -> list[Json]:
    """Return the danger carried: chance of a clash and of war a turn, and the chance of war so far."""
    found, peace = [], 1.0
    for turn in log.turns:
        if turn.resolution is not None:
            peace *= 1 - turn.resolution.p_war
            found.append(
                {
                    "turn": turn.number, "p_clash": turn.resolution.p_clash, "p_war": turn.resolution.p_war,
                    "cum_war": round(1 - peace, DECIMALS), "refs": settled(log, turn.number),
                }
            )  # fmt: skip
    return found


def ledger(log: Chronicle) -> list[Json]:
    """Return every variable that moved in a turn with its causes; the amounts add up to the change."""
    return [change for turn in log.turns for change in _changes(log, turn)]


def _changes(log: Chronicle, turn: Turn) -> list[Json]:
    if turn.resolution is None or turn.after is None:
        return []
    by_variable: dict[str, list[LedgerRow]] = {}
    for row in turn.resolution.ledger:
        if row.var is not None:
            by_variable.setdefault(row.var, []).append(row)
    found = []
    for variable in log.case.variables:
        before = float(turn.before["values"].get(variable.id, 0.0))
        after = float(turn.after["values"].get(variable.id, 0.0))
        rows = by_variable.get(variable.id, [])
        if not rows and before == after:
            continue
        found.append(
            {
                "turn": turn.number, "variable": variable.id, "label": variable.label, "unit": variable.unit,
                "before": before, "after": after, "rows": [_row(log, turn, row) for row in rows],
                "unexplained": round(after - before - fsum(row.applied for row in rows), 9),
                "refs": settled(log, turn.number),
            }
        )  # fmt: skip
    return found


def _row(log: Chronicle, turn: Turn, row: LedgerRow) -> Json:
    order = next((o for o in turn.resolution.orders if o.id == row.cause.id), None) if turn.resolution else None
    free = next((f for f in turn.resolution.free if f.id == row.cause.id), None) if turn.resolution else None
    rule = log.case.rule.get(row.rule_id)
    if order is not None:
        label = f"{seat_name(log, order.seat)}: {move_name(log, order.move)}"
    elif free is not None:
        label = f"{seat_name(log, free.seat)}: {free.title}"
    elif row.cause.kind == "clamp":
        label = "Limit of the scale"
    else:
        label = rule.name if rule is not None else row.cause.id or row.rule_id
    return {
        "seq": row.seq, "rule": row.rule_id, "label": label, "amount": row.applied,
        "say": "" if rule is None else rule.say, "seat": getattr(order or free, "seat", None),
        "order": getattr(order or free, "id", None), "cause": CAUSES[row.cause.kind],
        "refs": of_order(log, row.cause.id, turn.number),
    }  # fmt: skip


def scores(log: Chronicle) -> list[Json]:
    """Return each seat's goals by turn; never added across teams."""
    return [
        {"seat": seat, "turn": turn.number, "goals": labelled(log.case, seat, goals), "refs": settled(log, turn.number)}
        for turn in log.turns
        if turn.resolution is not None
        for seat, goals in sorted(turn.resolution.scores.items())
    ]


def labelled(case: Scenario, seat: str, goals: Mapping[str, float]) -> dict[str, float]:
    """Return a seat's goals under the words of its brief."""
    known = case.goals.get(seat, {})
    return {known[name].label if name in known else name: value for name, value in goals.items()}


def indices(log: Chronicle) -> list[Json]:
    """Return the outcome indices of each turn."""
    return [
        {"turn": t.number, "values": t.resolution.indices, "refs": settled(log, t.number)}
        for t in log.turns
        if t.resolution is not None
    ]
