"""The frame of a report and its world in figures: turns, timeline, variables, escalation, risk, ledger, rules."""

from math import fsum, log, prod

from tests.support.recomputed.reading import Json, Tables, grouped

NOT_DONE = ("blocked", "cancelled", "delayed", "converted")


# --- the frame ------------------------------------------------------------------------------------
def game(of: Tables) -> Json:
    (row,) = of.rows("games")
    return {
        "turns": row["last_turn"] - row["first_turn"] + 1, "turns_played": len(of.settled()),
        "started_ms": row["started_ms"], "ended_ms": row["ended_ms"],
    }  # fmt: skip


def turns(of: Tables) -> list[Json]:
    fields = ("turn", "start_ms", "end_ms", "first_seq", "last_seq")
    spans = {turn: [e["seq"] for e in rows] for turn, rows in grouped(of.events(), "turn").items()}
    found = [{field: row[field] for field in fields} for row in of.rows("turns")]
    assert all(spans[row["turn"]][0] <= row["first_seq"] and spans[row["turn"]][-1] == row["last_seq"] for row in found)
    return found


def rewinds(of: Tables) -> list[Json]:
    return [{"at_ms": e["at_ms"], "turn": e["turn"]} for e in of.events("game.rewound")]


def steps(of: Tables, asked: list[Json]) -> list[Json]:
    by = {e["seq"]: e for e in of.events()}
    return [{"seq": s["seq"], "at_ms": by[s["seq"]]["at_ms"], "turn": by[s["seq"]]["turn"]} for s in asked]


def timeline(of: Tables) -> list[Json]:
    undone = {e["fact"]["inject"] for e in of.events("inject.undone")}
    span = {row["turn"]: (row["first_seq"], row["last_seq"]) for row in of.rows("turns")}
    marks: list[Json] = []
    for e in of.events():
        if e["kind"] == "turn.resolved":
            marks += _settlement(of, e)
        elif e["kind"] in (
            "game.rewound", "ruling.made", "offer.tabled", "offer.countered", "offer.signed", "offer.ended"
        ) or (e["kind"] == "inject.sent" and e["fact"]["inject"] not in undone):  # fmt: skip
            first, last = span.get(e["turn"], (e["seq"], e["seq"]))
            frac = round((e["seq"] - first) / max(1, last - first + 1), 4) if e["turn"] in span else 0.0
            marks.append({"seq": e["seq"], "at_ms": e["at_ms"], "turn": e["turn"], "frac": frac})
    return sorted(marks, key=lambda mark: (mark["seq"], mark["frac"]))


def _settlement(of: Tables, e: Json) -> list[Json]:
    turn = e["turn"]
    shown = sum(row["status"] not in ("blocked", "cancelled") for row in of.rows("orders", turn=turn))
    shown += len(of.rows("free_moves", settled_turn=turn)) + len(of.rows("happenings", turn=turn))
    shown += of.rows("turns", turn=turn)[0]["summit"] is not None
    return [
        {"seq": e["seq"], "at_ms": e["at_ms"], "turn": turn, "frac": round(0.5 + 0.45 * (at + 1) / (shown + 1), 4)}
        for at in range(shown)
    ]


# --- the world ------------------------------------------------------------------------------------
def path_of(of: Tables, variable: str) -> list[Json]:
    mine = of.rows("values", variable=variable)
    first = [{"turn": mine[0]["turn"] - 1, "value": mine[0]["before"]}] if mine else []
    return first + [{"turn": row["turn"], "value": row["after"]} for row in mine if row["after"] is not None]


def variables(of: Tables) -> list[Json]:
    read = grouped(of.rows("estimates"), "variable")
    return [
        {
            "low": row["low"], "high": row["high"], "order": row["order"], "truth": path_of(of, row["variable"]),
            "estimates": {
                seat: [{name: one[name] for name in ("turn", "value", "low", "high")} for one in mine]
                for seat, mine in grouped(read.get(row["variable"], []), "seat").items()
            },
        }
        for row in of.rows("variables")
    ]  # fmt: skip


def trust(of: Tables) -> Json:
    first = of.rows("bargaining")[0]
    by = {row["trust_of"]: row["variable"] for row in of.rows("variables") if row["trust_of"]}
    return {"series": [{"values": path_of(of, by[seat])} for seat in (first["first"], first["second"])]}


def done_moves(of: Tables, turn: int) -> list[Json]:
    orders = [row for row in of.rows("orders", turn=turn) if row["status"] not in NOT_DONE]
    return orders + [row for row in of.rows("free_moves", settled_turn=turn) if row["status"] != "failed"]


def escalation(of: Tables) -> list[Json]:
    team = {row["seat"]: row["team"] for row in of.rows("seats")}
    found = []
    for turn in of.settled():
        moves = done_moves(of, turn)
        teams = sorted({team[move["seat"]] for move in moves})

        def summed(name: str, only: str | None = None, moves: list[Json] = moves) -> float:
            return round(fsum(move[name] for move in moves if only in (None, team[move["seat"]])), 1)

        found.append(
            {
                "turn": turn, "points": summed("points"), "goldstein": summed("goldstein"),
                "by_lane": {one: summed("points", one) for one in teams},
                "goldstein_by_lane": {one: summed("goldstein", one) for one in teams},
                "moves": [{"points": move["points"], "goldstein": move["goldstein"]} for move in moves],
            }
        )  # fmt: skip
    return found


def risk(of: Tables) -> list[Json]:
    played = of.rows("turns", settled=True)
    return [
        {
            "turn": row["turn"], "p_clash": row["p_clash"], "p_war": row["p_war"],
            "cum_war": round(1 - prod(1 - one["p_war"] for one in played[: at + 1]), 6),
        }
        for at, row in enumerate(played)
    ]  # fmt: skip


def ledger(of: Tables) -> list[Json]:
    causes = grouped(of.rows("ledger"), "turn", "variable")
    order = {row["variable"]: at for at, row in enumerate(of.rows("variables"))}
    found = []
    for row in sorted(of.rows("values"), key=lambda row: (row["turn"], order[row["variable"]])):
        mine = causes.get((row["turn"], row["variable"]), [])
        if row["after"] is None or (not mine and row["before"] == row["after"]):
            continue
        left = round(row["after"] - row["before"] - fsum(one["applied"] for one in mine), 9)
        assert left == 0, f"{row['variable']} of turn {row['turn']} does not add up"
        found.append(
            {
                "turn": row["turn"], "before": row["before"], "after": row["after"], "unexplained": left,
                "rows": [{"seq": one["row"], "amount": one["applied"]} for one in mine],
            }
        )  # fmt: skip
    return found


def indices(of: Tables) -> list[Json]:
    by_turn = grouped(of.rows("indices"), "turn")
    return [{"turn": t, "values": {row["index"]: row["value"] for row in rows}} for t, rows in by_turn.items()]


def scores(of: Tables) -> list[Json]:
    return [
        {"turn": turn, "goals": {row["label"]: row["value"] for row in rows}}
        for (turn, _), rows in grouped(of.rows("scores"), "turn", "seat").items()
    ]


def hazard(of: Tables) -> Json:
    played = of.rows("turns", settled=True)
    clash, war = [row["p_clash"] for row in played], [row["p_war"] for row in played]
    carried = fsum(_weight(chance) for chance in war)
    families = ("clash", "war", "scope", "hazard", "step")
    dice = {
        turn: [die for die in rows if die["die"].partition(":")[0] in families]
        for turn, rows in grouped(of.rows("dice", of="settlement"), "turn").items()
    }
    happened = sum(
        any(d["outcome"] == "yes" and d["die"].partition(":")[0] in ("clash", "step") for d in dice.get(t["turn"], []))
        for t in played
    )
    spread = [1.0]
    for chance in clash:
        spread = [a * (1 - chance) + b * chance for a, b in zip([*spread, 0.0], [0.0, *spread], strict=True)]
    return {
        "clashes": happened, "clashes_expected": round(fsum(clash), 6), "war_chance": _ever(war),
        "luck": {
            "as_few": round(fsum(spread[: happened + 1]), 6), "as_many": round(fsum(spread[happened:]), 6)
        },
        "turns": [
            {
                "turn": row["turn"], "p_clash": row["p_clash"], "p_war": row["p_war"],
                "cum_clash": _ever(clash[: at + 1]), "cum_war": _ever(war[: at + 1]),
                "share": round(_weight(row["p_war"]) / carried, 6) if carried else 0.0,
                "dice": [{"u": die["u"], "chance": die["threshold"]} for die in dice.get(row["turn"], [])],
            }
            for at, row in enumerate(played)
        ],
    }  # fmt: skip


def _ever(chances: list[float]) -> float:
    return round(1 - prod(1 - chance for chance in chances), 6)


def _weight(chance: float) -> float:
    return -log(max(1e-6, 1 - chance))


def firings(of: Tables) -> Json:
    rules = {row["rule"]: row for row in of.rows("rules")}
    known = {row["variable"] for row in of.rows("variables")}
    rows = of.rows("ledger")
    fired = grouped((row for row in rows if row["rule"] in rules), "rule")
    lenses = []
    for lens in ("lead", "inst", "rat", "none"):
        mine = [row for name, held in fired.items() if rules[name]["lens"] == lens for row in held]
        by_turn = [{"turn": turn, "count": sum(row["turn"] == turn for row in mine)} for turn in of.settled()]
        lenses.append(
            {"lens": lens, "count": len(mine), "rules": len({row["rule"] for row in mine}), "by_turn": by_turn}
        )
    told = []
    for _, held in sorted(fired.items()):
        amounts = {
            name: fsum(row["applied"] for row in mine)
            for name, mine in grouped((row for row in held if row["variable"] in known), "variable").items()
        }
        far = sorted((name for name in amounts if amounts[name]), key=lambda name: (-abs(amounts[name]), name))[:5]
        told.append(
            {
                "count": len(held), "in_turns": sorted({row["turn"] for row in held}),
                "moved": [{"amount": round(amounts[name], 6)} for name in far],
            }
        )  # fmt: skip
    return {"direct": sum(row["rule"] not in rules for row in rows), "lenses": lenses, "rules": told}
