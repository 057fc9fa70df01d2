"""Decision journals: why each order was given, what was expected of it, what became of it, and what it moved.

The words are the writer's own, never judged here. What an order moved is read from the ledger: the sum of the rows
whose cause is that order, largest first as a share of the variable's scale.
"""

from math import fsum

from adjudication.results import FreeResult, OrderResult
from wargame.aar.chronicle import Chronicle, Json, Turn
from wargame.aar.refs import of_order
from wargame.aar.truth.measures import definition
from wargame.aar.words import move_name
from wargame.game import events as ev

METHOD: Json = {
    "moved": "Sum of the ledger rows whose cause is the order, largest first as a share of the variable's scale.",
    "read": "What the seat itself read of that variable as the turn began.",
}
"""How the numbers are made, for the page and the documents."""
MOVED = 3
"""How many variables an entry names at most."""


def journals(log: Chronicle) -> list[Json]:
    """Return an entry for every order and free move that was settled, by turn.

    An order held up and carried out later is one entry: the later word on it stands. `read` is what the seat itself
    read of the variable its order moved most, as the turn began.
    """
    moved, readings = _moved(log), _readings(log)
    found: dict[str, Json] = {}
    for turn in log.turns:
        if turn.resolution is None:
            continue
        for order in turn.resolution.orders:
            found[order.id] = _of_order(log, turn, order)
        for one in turn.resolution.free:
            found[one.id] = _of_free(log, turn, one)
    for key, entry in found.items():
        entry["moved"] = moved.get(key, [])
        top = entry["moved"][0]["variable"] if entry["moved"] else ""
        entry["read"] = readings.get((entry["turn"], entry["seat"], top))
    return list(found.values())


def _of_order(log: Chronicle, turn: Turn, order: OrderResult) -> Json:
    recorded, given = log.drafted_by.get(order.id, (None, None))
    return {
        "order": order.id, "turn": turn.number, "seat": order.seat, "label": move_name(log, order.move),
        "rationale": given.rationale if given else "", "expects": given.expects if given else "",
        "argument": given.argument if given else "", "status": order.status, "fidelity": order.fidelity,
        "text": " ".join((*order.missing, order.reason)).strip(), "ruled": order.ruled,
        "refs": of_order(log, order.id, turn.number),
    } | _hand(log, recorded)  # fmt: skip


def _of_free(log: Chronicle, turn: Turn, one: FreeResult) -> Json:
    recorded, given = log.proposed_by.get(one.id, (None, None))
    rule = next((log.case.rule[name] for name in reversed(one.rules) if name in log.case.rule), None)
    status, fidelity = {"succeeded": ("done", 1.0), "partial": ("partial", 0.5), "failed": ("blocked", 0.0)}[one.status]
    return {
        "order": one.id, "turn": turn.number, "seat": one.seat, "label": one.title,
        "rationale": given.action if given else "", "expects": given.effect if given else "",
        "argument": " ".join(given.arguments) if given else "", "status": status, "fidelity": fidelity,
        "text": "" if rule is None else rule.say, "ruled": one.ruled, "refs": of_order(log, one.id, turn.number),
    } | _hand(log, recorded)  # fmt: skip


def _hand(log: Chronicle, recorded: ev.Recorded | None) -> Json:
    """Return who wrote it, and when; a bot and what was filed for later have no person."""
    person = recorded.actor.person if recorded is not None and recorded.actor.kind == "person" else ""
    return {
        "person": person, "display": log.names.get(person, ""), "at_ms": None if recorded is None else recorded.at_ms
    }  # fmt: skip


def _moved(log: Chronicle) -> dict[str, list[Json]]:
    """Return by order the variables it moved, largest first: at most `MOVED`."""
    sums: dict[str, dict[tuple[int, str], list[float]]] = {}
    for turn in log.turns:
        for row in () if turn.resolution is None else turn.resolution.ledger:
            if row.var in log.case.variable and row.cause.kind == "order" and row.var is not None:
                sums.setdefault(row.cause.id, {}).setdefault((turn.number, row.var), []).append(row.applied)
    found: dict[str, list[Json]] = {}
    for order, amounts in sums.items():
        rows = [_of_variable(log, number, name, fsum(parts)) for (number, name), parts in sorted(amounts.items())]
        rows.sort(key=lambda row: (-abs(row["share"]), row["variable"]))
        found[order] = [row for row in rows if row["amount"]][:MOVED]
    return found


def _of_variable(log: Chronicle, number: int, name: str, amount: float) -> Json:
    what = definition(log.case, log.case.variable[name])
    width = what["high"] - what["low"]
    return {
        "variable": name, "label": what["label"], "unit": what["unit"], "amount": round(amount, 6),
        "share": round(amount / width, 6) if width else 0.0, "turn": number, "refs": [log.settled_by[number].seq],
    }  # fmt: skip


def _readings(log: Chronicle) -> dict[tuple[int, str, str], Json]:
    return {
        (made.turn, seat, one.variable): {
            "mode": one.mode, "value": one.value, "low": one.low, "high": one.high, "band": one.band,
            "refs": [recorded.seq],
        }
        for recorded, made in log.of(ev.EstimatesMade)
        for seat, readings in made.readings.items()
        for one in readings
    }  # fmt: skip
