"""What was ordered and what came of it: moves, journals, rulings and what they changed, turning points, the record."""

import json
from math import fsum

from tests.support.recomputed.reading import Json, Tables, grouped, items
from tests.support.recomputed.world import path_of

BAND = ("original", "changed", "delta", "low", "high", "mean_low", "mean_high")
FREE = {"succeeded": ("done", 1.0), "partial": ("partial", 0.5), "failed": ("blocked", 0.0)}


# --- the moves ------------------------------------------------------------------------------------
def moves(of: Tables) -> list[Json]:
    """Return orders and free moves; the last word on one that was held up stands in its first place."""
    ends = {row["turn"]: row["end_ms"] for row in of.rows("turns")}
    found: dict[str, Json] = {}
    for turn in of.settled():
        for row in of.rows("orders", turn=turn):
            given = ends[turn] if row["drafted_ms"] is None else row["drafted_ms"]
            params = json.loads(row["params"])
            found[row["order"]] = {"turn": turn, "at_ms": given, "fidelity": row["fidelity"], "params": params}
        for row in of.rows("free_moves", settled_turn=turn):
            found[row["move"]] = {"turn": turn, "at_ms": row["at_ms"], "fidelity": FREE[row["status"]][1]}
    return list(found.values())


def journals(of: Tables) -> list[Json]:
    width = {row["variable"]: row["high"] - row["low"] for row in of.rows("variables")}
    sums: dict[str, dict[tuple[int, str], list[float]]] = {}
    for row in of.rows("ledger"):
        if row["cause_kind"] == "order" and row["variable"] in width:
            held = sums.setdefault(row["cause"], {})
            held.setdefault((row["turn"], row["variable"]), []).append(row["applied"])
    read = {(row["turn"], row["seat"], row["variable"]): row for row in of.rows("estimates")}
    seats = {row["order"]: row["seat"] for row in of.rows("orders")}
    seats |= {row["move"]: row["seat"] for row in of.rows("free_moves")}
    drafted = {row["order"]: row["drafted_ms"] for row in of.rows("orders")}
    found = []
    for key, move in zip(_keys(of), moves(of), strict=True):
        moved = [
            (name, {"turn": turn, "amount": round(fsum(parts), 6),
                    "share": round(fsum(parts) / width[name], 6) if width[name] else 0.0})
            for (turn, name), parts in sorted(sums.get(key, {}).items())
        ]  # fmt: skip
        moved.sort(key=lambda one: (-abs(one[1]["share"]), one[0]))
        moved = [one for one in moved if one[1]["amount"]][:3]
        top = read.get((move["turn"], seats[key], moved[0][0])) if moved else None
        found.append(
            {
                "turn": move["turn"], "fidelity": move["fidelity"], "moved": [one for _, one in moved],
                "at_ms": drafted[key] if key in drafted else move["at_ms"],
                "read": None if top is None else {name: top[name] for name in ("value", "low", "high")},
            }
        )  # fmt: skip
    return found


def _keys(of: Tables) -> list[str]:
    found: dict[str, None] = {}
    for turn in of.settled():
        found |= dict.fromkeys(row["order"] for row in of.rows("orders", turn=turn))
        found |= dict.fromkeys(row["move"] for row in of.rows("free_moves", settled_turn=turn))
    return list(found)


def directives(of: Tables) -> list[Json]:
    fields = ("turn", "fidelity", "delay", "done_turn", "learned_turn")
    return [{field: row[field] for field in fields} for row in of.rows("directives")]


def rulings(of: Tables) -> list[Json]:
    return [{"turn": row["turn"], "at_ms": row["at_ms"]} for row in of.rows("rulings", dropped=False)]


def overrides(of: Tables) -> Json:
    rows = of.rows("without_rulings")
    made = [row["ruling"] for row in rows if row["ruling"] is not None]
    whole = [row for row in rows if row["ruling"] is None]
    settled = of.settled()
    return {
        "turns_settled": len(settled), "orders_settled": len(of.rows("orders")),
        "rulings": [
            _differences([row for row in rows if row["ruling"] == ruling])
            | {"turn": _of(rows, ruling)["turn"], "value": _value(_of(of.rows("rulings"), ruling))}
            for ruling in dict.fromkeys(made)
        ],
        "game": (
            _differences(whole) | {"from_turn": whole[0]["turn"], "to_turn": whole[0]["to_turn"]} if whole else None
        ),
    }  # fmt: skip


def _of(rows: list[Json], ruling: str) -> Json:
    return next(row for row in rows if row["ruling"] == ruling)


def _value(ruling: Json) -> float | None:
    """Return what a ruling on a number said; others said an outcome in words."""
    return ruling["delta"] if ruling["kind"] in ("edit", "set", "row", "fidelity") else None


def _differences(rows: list[Json]) -> Json:
    told = [
        (row["what"], row["name"], {"without": row["without"], "with": row["with"],
                                    "delta": round(row["with"] - row["without"], 6)})
        for row in rows
    ]  # fmt: skip
    return {
        "changed": [change for what, _, change in told if what == "variable"],
        "indices": {name: change for what, name, change in told if what == "indices"},
        "risk": {name: change for what, name, change in told if what == "risk"},
    }


def turning_points(of: Tables) -> Json:
    """Return what each turn weighs: its mean step, in average steps of the measures it has, as a part of all."""
    played, changed = of.settled(), _movements(of)
    totals = {name: fsum(abs(step) for step in one.values()) for name, one in changed.items()}
    means = {}
    for turn in played:
        steps = [abs(one[turn]) / (totals[name] / len(one)) for name, one in changed.items() if turn in one]
        means[turn] = fsum(steps) / max(1, len(steps))
    weight = {turn: means[turn] / (fsum(means.values()) or 1.0) for turn in played}
    heavy = [turn for turn in played if len(played) > 1 and weight[turn] > 1.2 / len(played)]
    chosen = sorted(sorted(heavy, key=lambda turn: (-weight[turn], turn))[:3])
    return {
        "weights": [{"turn": turn, "weight": round(weight[turn], 6)} for turn in played],
        "points": [_point(of, turn, changed, totals) | {"weight": round(weight[turn], 6)} for turn in chosen],
    }


def _movements(of: Tables) -> dict[str, dict[int, float]]:
    """Return the steps of the measures that moved by a hundredth of their scale in all; none against a made-up zero."""
    index = {(row["turn"], row["index"]): row["value"] for row in of.rows("indices")}
    risks = {row["turn"]: row["p_war"] for row in of.rows("turns", settled=True)}
    gaps = {row["turn"]: row["gap"] for row in of.rows("bargaining") if row["seat"] is None}
    lead = of.rows("games")[0]["strain"]
    strain = of.rows("values", variable=lead)
    found: dict[str, dict[int, float]] = {name: {} for name in ("escalation", "risk", "durability", "gap", "strain")}
    before: dict[str, float] = {}
    for turn in of.settled():
        now = {
            "escalation": index.get((turn, "escalation"), 0.0), "risk": risks[turn],
            "durability": index.get((turn, "durability"), 0.0),
        }  # fmt: skip
        for name, value in before.items():
            found[name][turn] = now[name] - value
        before = now
        if turn + 1 in gaps:
            found["gap"][turn] = gaps[turn + 1] - gaps[turn]
    found["strain"] = {row["turn"]: row["after"] - row["before"] for row in strain if row["after"] is not None}
    (ends,) = of.rows("variables", variable=lead)
    wide = {"escalation": 100, "risk": 1, "durability": 100, "gap": 1, "strain": ends["high"] - ends["low"]}
    return {name: one for name, one in found.items() if fsum(map(abs, one.values())) >= wide[name] / 100}


def _point(of: Tables, turn: int, changed: dict[str, dict[int, float]], totals: dict[str, float]) -> Json:
    measures = sorted(
        (
            (name, round(one[turn], 6), round(abs(one[turn]) / totals[name], 6))
            for name, one in changed.items() if turn in one
        ),
        key=lambda one: (-one[2], one[0]),
    )  # fmt: skip
    scale = {v["variable"]: max(v["high"] - v["low"], 1e-9) for v in of.rows("variables") if v["headline"]}
    causes = grouped(of.rows("ledger", turn=turn), "variable")
    values = [
        row for row in of.rows("values", turn=turn)
        if row["variable"] in scale and (row["before"] != row["after"] or row["variable"] in causes)
    ]  # fmt: skip
    values.sort(key=lambda row: (-abs(row["after"] - row["before"]) / scale[row["variable"]], row["variable"]))
    return {
        "turn": turn, "measures": [{"delta": delta, "share": share} for _, delta, share in measures],
        "causes": [
            {
                "before": row["before"], "after": row["after"],
                "most": [
                    {"amount": one["applied"]}
                    for one in sorted(
                        causes.get(row["variable"], []), key=lambda one: (-abs(one["applied"]), one["row"])
                    )[:3]
                ],
            }
            for row in values[:3]
        ],
        "luck": [
            {"chance": die["threshold"], "u": die["u"]}
            for die in of.rows("dice", turn=turn, of="settlement")
            if 0 < die["threshold"] < 1 and ((die["u"] < die["threshold"]) != (die["threshold"] > 0.5))
        ],
        "without": [
            {
                "turns": mine[0]["turns"], "runs": mine[0]["runs"], "pairs": mine[0]["pairs"],
                "outcomes": {
                    row["outcome"]: {part: row[part] for part in BAND}
                    for row in mine
                },
            }
            for mine in grouped(of.rows("without_orders", turn=turn), "seat").values()
        ],
    }  # fmt: skip


def history(of: Tables) -> Json:
    then = {(row["variable"], row["turn"]): row["value"] for row in of.rows("record")}
    paths = []
    for row in of.rows("variables"):
        if not row["headline"] or not then:
            continue
        name = row["variable"]
        here = {one["turn"]: one["value"] for one in path_of(of, name)[1:]}
        record = {turn: value for (one, turn), value in then.items() if one == name}
        both = [turn for turn in here if turn in record]
        far = max(both, key=lambda turn: (abs(here[turn] - record[turn]), -turn), default=None)
        paths.append(
            {
                "game": [{"turn": turn, "value": value} for turn, value in here.items()],
                "record": [{"turn": turn, "value": value} for turn, value in record.items()],
                "furthest": None if far is None else {"turn": far, "apart": round(here[far] - record[far], 6)},
            }
        )  # fmt: skip
    return {
        "turns": [{"turn": row["turn"]} for row in of.rows("turns")], "paths": paths,
        "meetings": [{"turn": row["turn"]} for row in of.rows("meetings")],
        "indicators": [_indicator(of, rows) for _, rows in grouped(of.rows("indicators"), "indicator").items()],
    }  # fmt: skip


def _indicator(of: Tables, rows: list[Json]) -> Json:
    """Return published figures and the game's; where moves are counted, as they were carried out."""
    found = []
    for row in rows:
        if row["of"] == "game":
            moves = items(row["moves"])
            done = sum(
                one["move"] in moves and one["status"] in ("done", "partial")
                for one in of.rows("orders", turn=row["turn"])
            )
            assert not moves or done == row["value"]
            found.append({"turn": row["turn"], "value": done if moves else row["value"]})
    record = [{name: row[name] for name in ("turn", "value", "low", "high")} for row in rows if row["of"] == "record"]
    return {"record": record, "game": found}
