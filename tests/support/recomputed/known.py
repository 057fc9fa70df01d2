"""Who knew what when, and what was decided without it, from the events of an export."""

from tests.support.recomputed.people import marks
from tests.support.recomputed.reading import Json, Tables, grouped, items

SHARP = {None: 0, "band": 1, "estimate": 2, "exact": 3}


def knowledge(of: Tables) -> Json:
    known = sorted(_items(of), key=lambda one: one["seq"])
    turns = [row["turn"] for row in of.rows("turns")]
    return {
        "items": [
            {
                "turn": one["turn"], "at_ms": one["at_ms"],
                "seats": [
                    {
                        "turn": one["turn"], "at_ms": one["at_ms"],
                        "opened_turn": None if had is None else had["turn"],
                        "opened_ms": None if had is None else had["at_ms"],
                    }
                    for had in one["had"].values()
                ],
            }
            for one in known
        ],
        "seats": [
            {"turns": [{"turn": turn} | _given(known, row["seat"], turn) for turn in turns]}
            for row in of.rows("seats")
        ],
        "decisions": _decisions(of, known), "intelligence": _stretches(of),
    }  # fmt: skip


def _stretches(of: Tables) -> list[Json]:
    """Return stretches of turns in which every seat read a variable as sharply as before."""
    turns = {row["turn"] for row in of.rows("turns")}
    by_variable = grouped((row for row in of.rows("estimates") if row["turn"] in turns), "variable")
    found: list[Json] = []
    for _, rows in sorted(by_variable.items()):
        before: Json | None = None
        for turn, mine in grouped(rows, "turn").items():
            modes = {row["seat"]: row["mode"] for row in mine}
            if modes != before:
                found.append({"turn": turn, "until": turn})
            found[-1]["until"], before = turn, modes
    return found


def _items(of: Tables) -> list[Json]:
    """Return what seats were given; `had`: seat -> the row by which it was opened."""
    opened: dict[tuple[str, str, str], Json] = {}
    for row in of.rows("reads"):
        opened.setdefault((row["kind"], row["item"], row["seat"]), row)

    def item(e: Json, kind: str, key: str, seats: list[str], source: str, *, opens: bool = True) -> Json:
        had = {seat: opened.get((kind, key, seat)) if opens else None for seat in seats}
        return {"seq": e["seq"], "at_ms": e["at_ms"], "turn": e["turn"], "source": source, "had": had, "opens": opens}

    found = [item(r, "inject", r["inject"], items(r["to"]), r["source"]) for r in of.rows("injects", undone=False)]
    sent = {e["fact"]["letter"]: e["fact"] for e in of.events("letter.sent")}
    for e in of.events("letter.arrived"):
        if e["fact"]["letter"] in sent:
            letter = sent[e["fact"]["letter"]]
            found.append(item(e, "letter", letter["letter"], [letter["to"]], letter["seat"]))
    papers = {row["paper"]: row for row in of.rows("papers")}
    for e in of.events("paper.released"):
        if not e["fact"]["public"]:
            paper = papers[e["fact"]["paper"]]
            found.append(item(e, "paper", paper["paper"], items(paper["to"]), paper["seat"]))
    found += [item(row, "fact", "", items(row["seats"]), "", opens=False) for row in of.rows("facts")]
    found += [item(row, "briefing", "", items(row["to"]), row["seat"], opens=False) for row in of.rows("briefings")]
    for row in of.rows("crossings", what="intercepted"):
        found.append(item(row, "intercept", "", [row["by"]], row["seat"], opens=False))
    return found


def _given(known: list[Json], seat: str, turn: int) -> Json:
    mine = [one for one in known if one["turn"] == turn and seat in one["had"]]
    read = [one["had"][seat] for one in mine if one["had"][seat] is not None]
    return {
        "given": len(mine), "to_open": sum(one["opens"] for one in mine), "opened": len(read),
        "at_once": sum(had["turn"] == turn for had in read),
    }  # fmt: skip


def _decisions(of: Tables, known: list[Json]) -> list[Json]:
    sides = {row["seat"]: row["side"] for row in of.rows("seats")}
    locked = {e["fact"]["turn"]: e for e in of.events("orders.locked")}
    sealed = {(e["turn"], e["fact"]["seat"]): e for e in of.events("orders.submitted")}
    actor = {e["seq"]: e["actor"] for e in of.events("order.drafted")}
    better = _Better(of, sides)
    taken: list[tuple[int, Json, str, list[str]]] = []
    for turn in of.settled():
        given = [
            row for row in of.rows("orders", turn=turn)
            if not row["carried"] and actor.get(row["drafted_seq"]) == "person"
        ]  # fmt: skip
        for seat, mine in grouped(given, "seat").items():
            taken.append((turn, sealed.get((turn, seat), locked[turn]), seat, [row["order"] for row in mine]))
    signed = [e for e in of.events("offer.signed") if e["actor"] == "person"]
    taken += [(e["turn"], e, e["fact"]["seat"], []) for e in signed]
    found = []
    for turn, moment, seat, orders in sorted(taken, key=lambda one: (one[0], one[1]["seq"], one[2])):
        news = [one for one in known if turn - 1 <= one["turn"] <= turn]
        if (
            _unopened(seat, news, moment) or _unread(of, seat, turn, moment)
            or _not_shared(seat, sides, news, moment) or better(seat, turn, orders)
        ):  # fmt: skip
            found.append({"turn": turn, "at_ms": moment["at_ms"]})
    return found


def _unopened(seat: str, news: list[Json], moment: Json) -> bool:
    return any(
        one["opens"] and seat in one["had"] and one["seq"] < moment["seq"]
        and (one["had"][seat] is None or one["had"][seat]["seq"] > moment["seq"])
        for one in news
    )  # fmt: skip


def _unread(of: Tables, seat: str, turn: int, moment: Json) -> bool:
    kinds = {row["room"]: row["kind"] for row in of.rows("rooms")}
    upto: dict[str, int] = {}
    for mark in marks(of):
        if mark["seat"] == seat and mark["seq"] < moment["seq"]:
            upto[mark["room"]] = max(mark["upto"], upto.get(mark["room"], 0))
    return any(
        row["seq"] < moment["seq"] and seat in items(row["audience"]) and kinds[row["room"]] != "press"
        and row["number"] > upto.get(row["room"], 0)
        for row in of.rows("messages", channel="room", turn=turn)
    )  # fmt: skip


def _not_shared(seat: str, sides: dict[str, str], news: list[Json], moment: Json) -> bool:
    return any(
        seat not in one["had"] and one["source"] != seat and one["seq"] < moment["seq"]
        and any(sides[other] == sides[seat] for other in one["had"])
        for one in news
    )  # fmt: skip


class _Better:
    """Whether another seat of a side read a variable better that orders then moved."""

    def __init__(self, of: Tables, sides: dict[str, str]) -> None:
        self.sides = sides
        self.read: dict[tuple[int, str, str], int] = {}
        for row in of.rows("estimates"):
            self.read[row["turn"], row["seat"], row["variable"]] = SHARP[row["mode"]]
        for row in of.rows("briefings"):
            for seat in items(row["to"]):
                key = (row["turn"], seat, row["variable"])
                self.read[key] = max(self.read.get(key, 0), SHARP[row["mode"]])
        known = {row["variable"] for row in of.rows("variables")}
        self.moved: dict[str, set[str]] = {}
        for row in of.rows("ledger", cause_kind="order"):
            if row["variable"] in known and row["applied"]:
                self.moved.setdefault(row["cause"], set()).add(row["variable"])

    def __call__(self, seat: str, turn: int, orders: list[str]) -> bool:
        peers = [other for other in self.sides if self.sides[other] == self.sides[seat] and other != seat]
        for name in {name for order in orders for name in self.moved.get(order, ())}:
            own = self.read.get((turn, seat, name), 0)
            if own < SHARP["exact"] and any(self.read.get((turn, peer, name), 0) > own for peer in peers):
                return True
        return False
