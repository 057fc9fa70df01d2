"""What the model was asked again for the report: without rulings or orders, on the record; and when clocks ran."""

from collections.abc import Iterator

from wargame.aar.chronicle import Json
from wargame.aar.data.columns import Row, Table
from wargame.aar.data.rows.shared import GAME, LABEL, TURN, count, many, number, text
from wargame.aar.data.source import Source
from wargame.aar.hours import hours_of


def hours(source: Source) -> Iterator[Row]:
    """Yield the stretches of wall clock in which the clocks of the game ran."""
    for place, (begins, ends) in enumerate(hours_of(source.log).spans):
        yield {"game": source.game, "place": place, "from_ms": begins, "until_ms": ends}


def rulings(source: Source) -> Iterator[Row]:
    """Yield every figure of the model that came out otherwise without a ruling, and without any."""
    told = source.section("overrides")
    for one in told["rulings"]:
        yield from _figures({"game": source.game, "turn": one["turn"], "ruling": one["ruling"]}, one)
    whole = told["game"]
    if whole is not None:
        yield from _figures({"game": source.game, "turn": whole["from_turn"], "to_turn": whole["to_turn"]}, whole)


def _figures(base: Json, one: Json) -> Iterator[Row]:
    for change in one["changed"]:
        yield base | {
            "what": "variable", "name": change["variable"], "without": change["without"], "with": change["with"]
        }  # fmt: skip
    for what in ("indices", "risk"):
        for name, change in one[what].items():
            yield base | {"what": what, "name": name, "without": change["without"], "with": change["with"]}


def orders(source: Source) -> Iterator[Row]:
    """Yield what turning points came to without the orders of everybody, and of each seat."""
    for point in source.section("turning_points")["points"]:
        for one in point["without"]:
            for name, band in one["outcomes"].items():
                yield {
                    "game": source.game, "turn": point["turn"], "seat": one["seat"], "turns": one["turns"],
                    "runs": one["runs"], "pairs": one["pairs"], "outcome": name,
                } | {part: band[part] for part in BAND}  # fmt: skip


def record(source: Source) -> Iterator[Row]:
    """Yield the path of every variable the case leads with, on the recorded orders."""
    for path in source.section("history")["paths"]:
        for point in path["record"]:
            yield {
                "game": source.game, "turn": point["turn"], "variable": path["variable"], "value": point["value"]
            }  # fmt: skip


def meetings(source: Source) -> Iterator[Row]:
    """Yield the turns in which leaders met, in the game or then."""
    for one in source.section("history")["meetings"]:
        yield {
            "game": source.game, "turn": one["turn"], "in_game": one["game"] or None,
            "on_record": one["record"] or None,
        }  # fmt: skip


def indicators(source: Source) -> Iterator[Row]:
    """Yield the published figures the case lays beside a game, and what of the game stands beside them."""
    told = {one["id"]: one for one in source.section("history")["indicators"]}
    for indicator in source.log.case.indicators:
        base: Json = {
            "game": source.game, "indicator": indicator.id, "label": indicator.label, "unit_of": indicator.unit,
            "beside": indicator.beside, "moves": list(indicator.moves) or None,
        }  # fmt: skip
        for point in told[indicator.id]["record"]:
            yield (
                base
                | {"of": "record", "cites": point["cites"]}
                | {name: point[name] for name in ("turn", "value", "low", "high", "note")}
            )
        for point in told[indicator.id]["game"]:
            yield base | {"of": "game", "turn": point["turn"], "value": point["value"]}


BAND = ("original", "changed", "delta", "low", "high", "mean_low", "mean_high")
_OF = "the unit of the variable"
TABLES: dict[str, Table] = {
    "hours": Table(
        "When the clocks of the game ran: no pause, no quiet hour, nothing that was taken back. Waits count in these.",
        ("game", "place"),
        (
            GAME, count("place", "Place in time, from 0."), count("from_ms", "From when.", "ms"),
            count("until_ms", "Until when.", "ms"),
        ),
        hours,
    ),
    "without_rulings": Table(
        "The turn settled again without a ruling, and the game from its first ruling on without any.",
        ("game", "turn", "ruling", "what", "name"),
        (
            GAME, TURN, text("ruling", "The ruling left out: `rulings`; nothing: all of them."),
            count("to_turn", "The turn that was reached, where all were left out."),
            text("what", "variable, indices or risk."), text("name", "Which one."),
            number("without", "by name", "Its value without."), number("with", "by name", "Its value as played."),
        ),
        rulings,
    ),
    "without_orders": Table(
        "Turning points and what followed at once, settled again without somebody's orders over paired dice.",
        ("game", "turn", "seat", "outcome"),
        (
            GAME, TURN, text("seat", "Whose orders were left out; nothing: everybody's."),
            count("turns", "Turns that were settled again.", "turns"),
            count("runs", "Pairs of runs that were begun.", "runs"),
            count("pairs", "Those that were not over before.", "runs"),
            text("outcome", "strain, war_risk, signed, durability."),
            number("original", "by outcome", "Mean as it was."), number("changed", "by outcome", "Mean without."),
            number("mean_low", "by outcome", "90 % interval of the mean difference, from."),
            number("mean_high", "by outcome", "To."), number("delta", "by outcome", "Mean difference over pairs."),
            number("low", "by outcome", "90 % interval, from."),
            number("high", "by outcome", "To."),
        ),
        orders,
    ),
    "record": Table(
        "The path of the variables the case leads with, on the orders of the record, settled by the same model.",
        ("game", "turn", "variable"),
        (GAME, TURN, text("variable", "`variables`."), number("value", _OF, "At the end of the turn.")),
        record,
    ),
    "indicators": Table(
        "Figures others published, and what of the game stands beside them, a turn.",
        ("game", "indicator", "of", "turn"),
        (
            GAME, text("indicator", "Id."), LABEL, text("unit_of", "Its unit."), text("of", "record or game."), TURN,
            number("value", "unit_of", "The figure."), number("low", "unit_of", "Lower end of what was published."),
            number("high", "unit_of", "Upper end."), text("note", "What was published with it."),
            text("beside", "What of the game stands beside it."),
            many("moves", "Moves whose orders are counted if carried out; nothing: read from the world."),
            text("cites", "Where it was published."),
        ),
        indicators,
    ),
    "meetings": Table(
        "Turns in which leaders met, in the game or on record, and how it ended.",
        ("game", "turn"),
        (GAME, TURN, text("in_game", "statement, text, walk_away."), text("on_record", "The same, of the record.")),
        meetings,
    ),
}  # fmt: skip
