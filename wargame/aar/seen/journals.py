"""This seat's own decision journal, with what it was told became of its orders."""

from wargame.aar.chronicle import Json
from wargame.aar.refs import merged
from wargame.aar.seen.sight import Sight
from wargame.aar.truth.journals import MOVED
from wargame.game import entities as e


def journals(mine: Sight) -> list[Json]:
    """Return the seat's own orders with their reasons, what it was told became of them, and what they moved.

    An amount is given where the outcome gave it exactly; else a word. A change that several orders of one name may
    have made is put down to none of them.
    """
    outcomes = {one.turn: (key, one) for key, one in mine.shown.all(e.OutcomeSeen, "outcome")}
    readings = {(one.turn, one.variable): (key, one) for key, one in mine.shown.all(e.ReadingSeen, "reading")}
    told = {o.order: (key, one, o) for key, one in outcomes.values() for o in one.own_orders}
    found = []
    for key, order in mine.shown.all(e.OrderSeen, "order"):
        if order.seat != mine.seat or order.status in ("draft", "withdrawn"):
            continue
        known = told.get(key)
        refs = mine.shown.refs("order", key)
        refs = refs if known is None else merged(refs, mine.shown.refs("outcome", known[0]))
        moved = [] if known is None else _moved(mine, known[0], known[1], known[2].label)
        found.append(
            {
                "order": key, "turn": order.turn, "seat": order.seat, "person": "", "display": "",
                "at_ms": mine.shown.first_ms("order", key), "label": order.label, "rationale": order.rationale,
                "expects": order.expects, "argument": order.argument,
                "status": order.status if known is None else known[2].status, "fidelity": None,
                "text": "" if known is None else known[2].text, "ruled": known is not None and known[2].ruled,
                "moved": moved, "read": _read(mine, readings.get((order.turn, moved[0]["variable"] if moved else ""))),
                "refs": refs,
            }
        )  # fmt: skip
    return sorted(found, key=lambda one: (one["turn"], one["order"]))


def _moved(mine: Sight, key: str, outcome: e.OutcomeSeen, label: str) -> list[Json]:
    if sum(order.label == label for order in (*outcome.own_orders, *outcome.seen_orders)) != 1:
        return []
    found: list[Json] = []
    for change in outcome.changes:
        mover = [cause.amount for cause in change.causes if cause.label == label]
        if mover:
            found.append(
                {
                    "variable": change.variable, "label": change.label, "unit": "",
                    "amount": mover[0] if change.exact else None, "share": None, "word": change.word,
                    "turn": outcome.turn, "refs": mine.shown.refs("outcome", key),
                }
            )  # fmt: skip
    return sorted(found, key=lambda one: (-abs(one["amount"] or 0.0), one["variable"]))[:MOVED]


def _read(mine: Sight, reading: tuple[str, e.ReadingSeen] | None) -> Json | None:
    if reading is None:
        return None
    key, one = reading
    return {
        "mode": one.mode, "value": one.value, "low": one.low, "high": one.high, "band": one.band,
        "refs": mine.shown.refs("reading", key),
    }  # fmt: skip
