"""Signal and perception at this seat: what it meant by its own signals, what it took others' to mean.

Of beliefs it holds what the outcomes told the seat exactly, under the move each change was put down to.
"""

from wargame.aar.chronicle import Json
from wargame.aar.refs import merged
from wargame.aar.seen.sight import Sight
from wargame.game import entities as e


def perception(mine: Sight) -> list[Json]:
    """Return the public statements this seat read, and the moves it was told had moved a belief, in order of turn."""
    found = [*_statements(mine), *_moves(mine)]
    return sorted(found, key=lambda one: (one["turn"], one["kind"] != "statement", one["refs"][0], one["key"]))


def _moves(mine: Sight) -> list[Json]:
    beliefs = {variable.id for variable in mine.case.variables if variable.kind == "belief"}
    sheet = {key: order for key, order in mine.shown.all(e.OrderSeen, "order") if order.seat == mine.seat}
    found = []
    for key, outcome in mine.shown.all(e.OutcomeSeen, "outcome"):
        refs = mine.shown.refs("outcome", key)
        rows: dict[str, list[Json]] = {}
        for change in outcome.changes:
            for cause in change.causes if change.variable in beliefs and change.exact else ():
                rows.setdefault(cause.label, []).append(
                    {
                        "variable": change.variable, "label": change.label, "about": "", "amount": cause.amount,
                        "rule": cause.rule, "say": cause.say, "refs": refs,
                    }
                )  # fmt: skip
        orders = [*outcome.own_orders, *outcome.seen_orders]
        for order in orders:
            if order.label in rows and sum(other.label == order.label for other in orders) == 1:
                own = sheet.get(order.order)
                found.append(
                    {
                        "kind": "move", "key": order.order, "turn": outcome.turn, "seat": order.seat,
                        "label": order.label, "text": "", "public": own is None or own.public,
                        "meant": "" if own is None else own.expects, "read": [], "beliefs": rows[order.label],
                        "refs": merged(refs, () if own is None else mine.shown.refs("order", order.order)),
                    }
                )  # fmt: skip
    return found


def _statements(mine: Sight) -> list[Json]:
    shown = mine.shown
    meant = {one.paper: (key, one) for key, one in shown.all(e.MeaningSeen, "meaning")}
    taken = {one.paper: (key, one) for key, one in shown.all(e.StatementReadingSeen, "statement_reading")}
    found = []
    for key, paper in shown.all(e.PaperSeen, "paper"):
        if not paper.public or paper.status not in ("released", "received"):
            continue
        mark = taken.get(key)
        readings: list[Json] = []
        if mark is not None:
            refs = shown.refs("statement_reading", mark[0])
            readings = [
                {"seat": mark[1].seat, "text": mark[1].text, "turn": mark[1].turn, "at_ms": mark[1].at_ms, "refs": refs}
            ]
        own = shown.refs("meaning", meant[key][0]) if key in meant else []
        found.append(
            {
                "kind": "statement", "key": key, "turn": paper.turn, "seat": paper.seat, "label": paper.ref,
                "text": "\n".join(text for text in paper.fields.values() if text), "public": True,
                "meant": meant[key][1].text if key in meant else "", "read": readings, "beliefs": [],
                "refs": merged(shown.refs("paper", key), own, *(one["refs"] for one in readings)),
            }
        )  # fmt: skip
    return found
