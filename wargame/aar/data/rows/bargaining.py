"""The bargaining problem of every turn, as it was and as each signatory believed it: gaps, points, win-sets, trust."""

from collections.abc import Iterator
from typing import Any

from wargame.aar.chronicle import Json
from wargame.aar.data.columns import Row, Table
from wargame.aar.data.rows.shared import GAME, LABEL, SEAT, TURN, count, flag, number, shape, text
from wargame.aar.data.source import Source

UTILITY = "utility over waiting"


def problems(source: Source) -> Iterator[Row]:
    """Yield the problem of a turn in the eyes of nobody (as it was) and of each signatory."""
    for drawn in source.section("map"):
        for seat, view in [(None, drawn["catalogue"]), *((one["seat"], one) for one in drawn["believed"])]:
            here: Json = {
                "game": source.game, "turn": drawn["turn"], "seat": seat, "gap": view["gap"], "exists": view["exists"],
                "zopa": view["zopa"], "texts": view["texts"], "issues_gap": view["issues_gap"],
                "issues_zopa": view["issues_zopa"],
            }  # fmt: skip
            if seat is None:
                first, second = drawn["reservations"]
                here |= {
                    "first": drawn["x"]["seat"], "second": drawn["y"]["seat"], "total": drawn["total"],
                    "feasible": drawn["feasible"], "reservation_first": first, "reservation_second": second,
                }  # fmt: skip
            yield here


def points(source: Source) -> Iterator[Row]:
    """Yield the points of the negotiation map: packages, frontiers, fair and nearest texts, menus, offers."""
    for drawn in source.section("map"):
        base: Json = {"game": source.game, "turn": drawn["turn"]}
        for what in ("packages", "frontier", "frontier_alt"):
            yield from (base | {"what": what, "place": at, "x": p[0], "y": p[1]} for at, p in enumerate(drawn[what]))
        for what in ("fair", "nearest"):
            yield from _one(base, what, drawn[what])
        for at, choice in enumerate(drawn["menus"]):
            yield base | {"what": "menu", "place": at} | {name: choice[name] for name in ("label", "x", "y")}
        for seat, view in [("", drawn["catalogue"]), *((one["seat"], one) for one in drawn["believed"])]:
            mine = base | {"seat": seat or None}
            for at, p in enumerate(view["frontier"]):
                yield mine | {"what": "whole_frontier", "place": at, "x": p[0], "y": p[1]}
            for what in ("fair", "kalai", "nearest"):
                yield from _one(mine, f"whole_{what}", view[what])


def _one(base: Json, what: str, point: Json | None) -> Iterator[Row]:
    if point is not None:
        yield base | {"what": what, "place": 0} | {name: point[name] for name in ("label", "x", "y", "levels")}


def places(source: Source) -> Iterator[Row]:
    """Yield where every version lay when it was tabled, as it was and as each signatory believed."""
    for drawn in source.section("map"):
        for offer in drawn["offers"]:
            base: Json = {
                "game": source.game, "turn": drawn["turn"], "offer": offer["offer"], "version": offer["version"]
            }  # fmt: skip
            yield base | {"x": offer["x"], "y": offer["y"], "feasible": offer["feasible"]}
            yield from (base | {"seat": one["seat"], "x": one["x"], "y": one["y"]} for one in offer["believed"])


def on_table(source: Source) -> Iterator[Row]:
    """Yield where every text on the table in a turn stood by the world of the turn, whenever it was tabled."""
    for drawn in source.section("map"):
        for here in drawn["lying"]:
            yield {"game": source.game, "turn": drawn["turn"]} | {
                name: here[name] for name in ("offer", "version", "x", "y", "feasible")
            }


def players(source: Source) -> Iterator[Row]:
    """Yield how every veto player and gate narrowed the packages of the issues."""
    for drawn in source.section("map"):
        for one in drawn["players"]:
            yield {"game": source.game, "turn": drawn["turn"], "player": one["id"]} | {
                name: one[name] for name in ("label", "veto", "share", "shrinkage")
            }


def trust(source: Source) -> Iterator[Row]:
    """Yield how much trust the nearest text took of each party, and how much there was."""
    for drawn in source.section("map"):
        for one in drawn["trust"]:
            yield {"game": source.game, "turn": drawn["turn"]} | {
                name: one[name] for name in ("seat", "label", "held", "needed")
            }


def missed(source: Source) -> Iterator[Row]:
    """Yield the nearest text on the table in every turn a deal existed and none was on it."""
    for one in source.section("missed"):
        near: dict[str, Any] = one["nearest"] or {}
        closing: dict[str, Any] = near.get("closing") or {}
        yield {
            "game": source.game, "turn": one["turn"], "offer": near.get("offer"), "version": near.get("version"),
            "x": near.get("x"), "y": near.get("y"), "feasible": near.get("feasible"), "clause": closing.get("clause"),
            "from_level": closing.get("from_level"), "to_level": closing.get("to_level"),
            "closed_x": closing.get("x"), "closed_y": closing.get("y"),
        }  # fmt: skip


_EYES = text("seat", "In whose eyes; nothing: as it was.")
_X, _Y = number("x", UTILITY, "What it is worth to the first party."), number("y", UTILITY, "To the second.")
_OFFER, _VERSION = text("offer", "The text: `texts`."), count("version", "Its version: `offers`.")
TABLES: dict[str, Table] = {
    "bargaining": Table(
        "The bargaining problem as a turn opened: as it was, and as each signatory believed it.",
        ("game", "turn", "seat"),
        (
            GAME, TURN, _EYES,
            number("gap", UTILITY, "How far the best text is from one both prefer to waiting; <= 0: a deal exists."),
            flag("exists", "Whether a text exists that both prefer to waiting and nothing stops."),
            count("zopa", "How many there are."), count("texts", "How many texts there are in all."),
            number("issues_gap", UTILITY, "The gap without side clauses."), count("issues_zopa", "How many without."),
            text("first", "The first party."), text("second", "The second."),
            count("total", "Packages of the issues."), count("feasible", "Of those, how many nothing stops."),
            number("reservation_first", "utility", "What waiting is worth to the first."),
            number("reservation_second", "utility", "To the second."),
        ),
        problems,
    ),
    "points": Table(
        "The negotiation map of every turn. `packages` are a sample; `whole_*` count side clauses.",
        ("game", "turn", "what", "seat", "place"),
        (GAME, TURN, text("what", "Which set of points."), _EYES, count("place", "Place in the set, from 0."), _X, _Y,
         LABEL, shape("levels", "The levels of its clauses.")),
        points,
    ),
    "places_of_offers": Table(
        "Where every version lay when it was tabled.",
        ("game", "offer", "version", "seat"),
        (GAME, TURN, _OFFER, _VERSION, _EYES, _X, _Y, flag("feasible", "Whether nothing stopped it.")),
        places,
    ),
    "on_table": Table(
        "The texts on the table in each turn, whenever they were tabled, by the world as the turn opened.",
        ("game", "turn", "offer"),
        (GAME, TURN, _OFFER, _VERSION, _X, _Y, flag("feasible", "Whether nothing stopped it.")),
        on_table,
    ),
    "win_sets": Table(
        "How every veto player and gate narrowed the packages of the issues, as a turn opened.",
        ("game", "turn", "player"),
        (
            GAME, TURN, text("player", "Id of the player or gate."), LABEL, flag("veto", "Whether it can stop a text."),
            number("share", "share", "Packages it lets pass."),
            number("shrinkage", "share", "What it alone takes away."),
        ),
        players,
    ),
    "trust": Table(
        "How much trust the nearest text took of each party, and how much there was.",
        ("game", "turn", "seat"),
        (
            GAME, TURN, SEAT, LABEL, number("held", "probability", "The trust there was."),
            number("needed", "probability", "What it took; nothing: no trust would have been enough."),
        ),
        trust,
    ),
    "missed": Table(
        "Turns in which a deal existed and none lay on the table, with the nearest text that did.",
        ("game", "turn"),
        (
            GAME, TURN, _OFFER, _VERSION, _X, _Y, flag("feasible", "Whether nothing stopped it."),
            text("clause", "The one clause that would have made it a deal."), count("from_level", "Its level."),
            count("to_level", "The level it took."), number("closed_x", UTILITY, "Then worth to the first party."),
            number("closed_y", UTILITY, "To the second."),
        ),
        missed,
    ),
}  # fmt: skip
