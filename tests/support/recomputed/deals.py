"""Texts and agreements, what was owed under them, and the bargaining problem of every turn."""

import json
from typing import Any

from tests.support.recomputed.reading import Json, Tables, grouped, items


def _levels(cell: Any) -> dict[str, int]:
    return {} if cell is None else json.loads(cell)


def texts(of: Tables) -> list[Json]:
    versions, clauses = grouped(of.rows("offers"), "offer"), grouped(of.rows("clauses"), "offer", "version")
    return [
        {
            "turn": row["last_turn"],
            "versions": [
                {
                    "version": one["version"], "at_ms": one["at_ms"], "turn": one["turn"],
                    "levels": _levels(one["levels"]),
                    "clauses": [{"level": c["level"]} for c in clauses.get((one["offer"], one["version"]), [])],
                }
                for one in versions.get(row["offer"], [])
            ],
        }
        for row in of.rows("texts")
    ]  # fmt: skip


def agreements(of: Tables) -> list[Json]:
    last = max(of.settled(), default=0)
    agreed = grouped(of.rows("agreed"), "agreement")
    return [
        {
            "turn": row["signed_turn"], "ended_turn": row["ended_turn"],
            "clauses": [
                {"level": one["level"], "from_level": one["from_level"]} for one in agreed.get(row["agreement"], [])
            ],
        }
        for row in of.rows("agreements", turn=last)
    ]  # fmt: skip


def obligations(of: Tables) -> list[Json]:
    signed = {row["agreement"]: row["signed_turn"] for row in of.rows("agreements")}
    choices = grouped(of.events("obligation.chosen"), "kind").get("obligation.chosen", [])
    owed = grouped((row for row in of.rows("obligations") if row["side"] is not None), "agreement", "clause")
    found = []
    for (agreement, clause), rows in owed.items():
        steps = [row for at, row in enumerate(rows) if at == 0 or rows[at - 1]["state"] != row["state"]]
        first, last = rows[0], rows[-1]
        found.append(
            {
                "turn": signed[agreement], "from_level": first["from_level"], "level": first["level"],
                "detection": first["detection"], "due": last["due"],
                "unseen": sum(row["state"] == "withheld" for row in rows),
                "history": [{"turn": row["turn"]} for row in steps],
                "choices": [
                    {"turn": e["turn"]}
                    for e in choices
                    if (e["fact"]["agreement"], e["fact"]["clause"]) == (agreement, clause)
                ],
            }
        )  # fmt: skip
    return found


# --- the bargaining problem -----------------------------------------------------------------------
def _spot(row: Json) -> Json:
    return {"x": row["x"], "y": row["y"]} | ({} if row["levels"] is None else {"levels": _levels(row["levels"])})


def _view(of: Tables, row: Json) -> Json:
    points = grouped(
        (p for p in of.rows("points", turn=row["turn"]) if p["seat"] == row["seat"] and "whole_" in p["what"]), "what"
    )
    return {
        "gap": row["gap"], "zopa": row["zopa"], "issues_gap": row["issues_gap"], "issues_zopa": row["issues_zopa"],
        "texts": row["texts"], "frontier": [[p["x"], p["y"]] for p in points.get("whole_frontier", [])],
    } | {
        what: _spot(points[f"whole_{what}"][0]) if f"whole_{what}" in points else None
        for what in ("fair", "kalai", "nearest")
    }  # fmt: skip


def bargaining_map(of: Tables) -> list[Json]:
    found = []
    for row in of.rows("bargaining"):
        if row["seat"] is not None:
            continue
        turn = row["turn"]
        points = grouped((p for p in of.rows("points", turn=turn) if p["seat"] is None), "what")
        found.append(
            {
                "turn": turn, "total": row["total"], "feasible": row["feasible"], "zopa": row["issues_zopa"],
                "gap": row["issues_gap"], "reservations": [row["reservation_first"], row["reservation_second"]],
                "fair": _spot(points["fair"][0]) if "fair" in points else None, "nearest": _spot(points["nearest"][0]),
                "trust": [{"held": one["held"], "needed": one["needed"]} for one in of.rows("trust", turn=turn)],
                "menus": [_spot(one) for one in points.get("menu", [])], "offers": _offers(of, turn),
                "lying": [{name: one[name] for name in ("version", "x", "y")} for one in _lying(of, turn)],
                "catalogue": _view(of, row),
                "believed": [_view(of, one) for one in of.rows("bargaining", turn=turn) if one["seat"] is not None],
                "players": [
                    {"share": one["share"], "shrinkage": one["shrinkage"]} for one in of.rows("win_sets", turn=turn)
                ],
            }
            | {
                what: [[p["x"], p["y"]] for p in points.get(what, [])]
                for what in ("packages", "frontier", "frontier_alt")
            }
        )  # fmt: skip
    return found


def _offers(of: Tables, turn: int) -> list[Json]:
    tabled = {(row["offer"], row["version"]): row["at_ms"] for row in of.rows("offers")}
    return [
        {
            "version": version, "at_ms": tabled[offer, version], "x": mine[0]["x"], "y": mine[0]["y"],
            "believed": [{"x": one["x"], "y": one["y"]} for one in mine[1:]],
        }
        for (offer, version), mine in grouped(of.rows("places_of_offers", turn=turn), "offer", "version").items()
    ]  # fmt: skip


def _lying(of: Tables, turn: int) -> list[Json]:
    """Return the newest version of each text tabled by then that had not left the table before, where it stood."""
    places = {(row["offer"], row["version"]): row for row in of.rows("on_table", turn=turn)}
    versions, found = grouped((row for row in of.rows("offers") if row["turn"] <= turn), "offer"), []
    for text in of.rows("texts"):
        gone = text["status"] in ("in_force", "lapsed", "walked_away", "struck") and text["last_turn"] < turn
        if text["offer"] in versions and not gone:
            found.append(places.pop((text["offer"], versions[text["offer"]][-1]["version"])))
    assert not places
    return found


def missed(of: Tables) -> list[Json]:
    near = {row["turn"]: row for row in of.rows("missed")}
    found = []
    for drawn in bargaining_map(of):
        row = next(one for one in of.rows("bargaining", turn=drawn["turn"]) if one["seat"] is None)
        places = [one for one in of.rows("places_of_offers", turn=drawn["turn"]) if one["seat"] is None]
        lying = _lying(of, drawn["turn"])
        if not (drawn["zopa"] > 0 or row["exists"]):
            continue
        if any(one["x"] >= 0 and one["y"] >= 0 and one["feasible"] for one in (*places, *lying)):
            continue
        best = max(lying, key=lambda one: (one["feasible"], min(one["x"], one["y"])), default=None)
        told = near[drawn["turn"]]
        assert (told["offer"], told["version"]) == ((None, None) if best is None else (best["offer"], best["version"]))
        found.append(
            {
                "turn": drawn["turn"], "gap": drawn["gap"], "zopa": drawn["zopa"], "catalogue_gap": row["gap"],
                "nearest": _nearest(near[drawn["turn"]]),
            }
        )  # fmt: skip
    assert [one["turn"] for one in found] == sorted(near)
    return found


def _nearest(row: Json) -> Json | None:
    if row["offer"] is None:
        return None
    closing = {"from_level": row["from_level"], "to_level": row["to_level"], "x": row["closed_x"], "y": row["closed_y"]}
    return {
        "version": row["version"], "x": row["x"], "y": row["y"],
        "short": round(max(0.0, -min(row["x"], row["y"])), 5), "closing": None if row["clause"] is None else closing,
    }  # fmt: skip


def gap(of: Tables) -> list[Json]:
    return [
        {
            "turn": one["turn"], "gap": one["gap"], "zopa": one["zopa"], "catalogue": one["catalogue"]["gap"],
            "believed": [{"gap": view["gap"]} for view in one["believed"]],
            "tabled": len(of.rows("offers", turn=one["turn"])),
        }
        for one in bargaining_map(of)
    ]  # fmt: skip


def understandings(of: Tables) -> list[Json]:
    """Return every clause that was agreed, or that a party put into its own words."""
    parties = {row["offer"]: items(row["parties"]) for row in of.rows("texts")}
    acts = grouped(of.rows("acts"), "offer")
    read = grouped((row for row in of.rows("acts") if row["act"] == "paraphrased"), "offer", "version", "clause")
    clauses = grouped(of.rows("clauses"), "offer", "version")
    found = []
    for version in of.rows("offers"):
        offer, number = version["offer"], version["version"]
        stood = set() if version["ad_referendum"] else {version["author"]}
        stood |= {
            row["seat"] for row in acts.get(offer, [])
            if row["version"] == number and row["act"] in ("accepted", "signed")
        }  # fmt: skip
        for clause in clauses.get((offer, number), []):
            mine = read.get((offer, number, clause["clause"]), [])
            if mine or (set(parties[offer]) <= stood and clause["level"]):
                last = {row["seat"]: row for row in mine}
                found.append(
                    {
                        "version": number, "turn": version["turn"], "level": clause["level"],
                        "readings": [{"turn": row["turn"], "at_ms": row["at_ms"]} for row in last.values()],
                    }
                )  # fmt: skip
    return found
