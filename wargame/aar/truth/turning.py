"""Turning points: the turns in which the course of the game changed most, and what hung on whose orders.

Owns the choice of turns and their explanation. A turn's weight is the mean, over the measures that moved and that it
has, of how far it moved the measure against the measure's average turn; what stands out against an even game is a
turning point (adjudication model, section 9). Then the turn is played again without somebody's orders, over the same
dice: docs/review.md.
"""

from collections.abc import Iterator, Mapping
from math import fsum

import msgspec
import numpy as np

from adjudication.counterfactual import HELD_FIXED, Band, band
from adjudication.dice import Die
from adjudication.played import Bools, Paths, PlayedTurn, replay, seeds_of
from adjudication.world import World
from wargame.aar.chronicle import Chronicle, Json, Turn
from wargame.aar.refs import merged, ordered, settled
from wargame.aar.words import seat_name

MOST = 3
"""Turning points named at most."""
STANDS_OUT = 1.2
"""How many times the weight an even game would give it a turn needs."""
FLOOR = 0.01
"""A measure whose steps over the whole game do not come to this part of its scale did not move."""
SCALES = {"escalation": 100.0, "risk": 1.0, "durability": 100.0, "gap": 1.0}
"""Indices run to 100, chances and the utilities of texts to 1; strain has the range of its variable."""
RUNS = 100
"""Paired runs behind each "without": the game's own dice first, then dice derived from its seed."""
HORIZON = 3
"""Turns played again: the turning point and what follows at once."""
CAUSES = 3
METHOD: Json = {
    "weight": "How far a turn moved escalation, war risk, durability, the bargaining gap and the strain between the"
    " sides, each against its average turn; the mean over the measures the turn has, as a part of the game's. The first"
    " turn has no earlier index and the last one played no later gap to differ from. A measure whose steps come to less"
    f" than {100 * FLOOR:.0f} % of its scale over the whole game is left out.",
    "stands_out": STANDS_OUT, "floor": FLOOR, "runs": RUNS, "horizon": HORIZON, "held_fixed": HELD_FIXED,
    "without": "The turn and the next two settled again without these orders, over paired dice: the mean difference"
    " with its 90 % interval. Strain and durability only where no war ended a run.",
}  # fmt: skip
"""How the section is made, for the page and the documents."""


def turning_points(log: Chronicle, report: Json) -> Json:
    """Return `weights` of all turns, and `points`: the turns that stand out, in order, each explained.

    A game of one turn has no turning point. `without` of a point: outcomes with and without the orders of everybody
    (`seat` None) and of each seat that gave any.
    """
    played = [turn for turn in log.turns if turn.resolution is not None]
    moved = _movements(log, played, report)
    totals = {name: fsum(abs(step) for step in steps.values()) for name, steps in moved.items()}
    weights = _weights([turn.number for turn in played], moved, totals)
    even = 1 / len(played) if played else 1.0
    heavy = [turn for turn in played if len(played) > 1 and weights[turn.number] > STANDS_OUT * even]
    chosen = sorted(heavy, key=lambda turn: (-weights[turn.number], turn.number))[:MOST]
    return {
        "weights": [
            {"turn": turn.number, "weight": round(weights[turn.number], 6), "refs": settled(log, turn.number)}
            for turn in played
        ],
        "points": [
            _point(log, turn, report, moved, totals) | {"weight": round(weights[turn.number], 6)}
            for turn in sorted(chosen, key=lambda turn: turn.number)
        ],
        "refs": settled(log, *weights) or [log.events[-1].seq],
    }  # fmt: skip


# --- how much each turn moved -------------------------------------------------------------------
def _movements(log: Chronicle, played: list[Turn], report: Json) -> dict[str, dict[int, float]]:
    """Return by measure that moved the change each turn brought, for the turns that have one.

    Indices and the chance of war are known after a turn only, so that the first turn has no step in them; the gap is
    known as a turn opens, so that the last one played has none unless another opened after it.
    """
    strain = log.case.interaction.variable
    range_ = next(one for one in report["variables"] if one["id"] == strain)
    scales = SCALES | {"strain": range_["high"] - range_["low"]}
    gaps = {drawn["turn"]: drawn["catalogue"]["gap"] for drawn in report["map"]}
    found: dict[str, dict[int, float]] = {name: {} for name in ("escalation", "risk", "durability", "gap", "strain")}
    last: dict[str, float] = {}
    for turn in played:
        assert turn.resolution is not None
        after = turn.after or turn.before
        now = {
            "escalation": turn.resolution.indices.get("escalation", 0.0), "risk": turn.resolution.p_war,
            "durability": turn.resolution.indices.get("durability", 0.0),
        }  # fmt: skip
        for name, before in last.items():
            found[name][turn.number] = now[name] - before
        last = now
        if turn.number + 1 in gaps:
            found["gap"][turn.number] = gaps[turn.number + 1] - gaps[turn.number]
        found["strain"][turn.number] = after["values"].get(strain, 0.0) - turn.before["values"].get(strain, 0.0)
    return {
        name: steps for name, steps in found.items()
        if (whole := fsum(abs(step) for step in steps.values())) and whole >= FLOOR * scales[name]
    }  # fmt: skip


def _weights(
    turns: list[int], moved: Mapping[str, Mapping[int, float]], totals: Mapping[str, float]
) -> dict[int, float]:
    """Return by turn its part of the game's movement; 0 for all where nothing moved."""
    against = {
        turn: [abs(steps[turn]) * len(steps) / totals[name] for name, steps in moved.items() if turn in steps]
        for turn in turns
    }
    means = {turn: fsum(steps) / len(steps) if steps else 0.0 for turn, steps in against.items()}
    whole = fsum(means.values())
    return {turn: mean / whole if whole else 0.0 for turn, mean in means.items()}


# --- what a turning point was made of -----------------------------------------------------------
def _point(
    log: Chronicle, turn: Turn, report: Json, moved: Mapping[str, Mapping[int, float]], totals: Mapping[str, float]
) -> Json:
    assert turn.resolution is not None
    measures: list[Json] = sorted(
        (
            {"measure": name, "delta": round(steps[turn.number], 6),
             "share": round(abs(steps[turn.number]) / totals[name], 6)}
            for name, steps in moved.items()
            if turn.number in steps
        ),
        key=lambda one: (-one["share"], one["measure"]),
    )  # fmt: skip
    without = list(_without(log, turn))
    causes = _causes(turn, report)
    given = [ordered(log, order.id) for order in turn.resolution.orders]
    return {
        "turn": turn.number, "label": turn.label, "measures": measures, "causes": causes,
        "luck": [_luck(die) for die in turn.resolution.dice if _against_the_odds(die)], "without": without,
        "title": _title(turn, causes), "text": _text(log, turn, causes, without),
        "refs": merged(settled(log, turn.number), *given),
    }  # fmt: skip


def _causes(turn: Turn, report: Json) -> list[Json]:
    """Return what moved headline variables furthest in the turn, each with what moved it most."""
    scales = {v["id"]: max(v["high"] - v["low"], 1e-9) for v in report["variables"] if v["headline"]}
    changes = [one for one in report["ledger"] if one["turn"] == turn.number and one["variable"] in scales]
    changes.sort(key=lambda one: (-abs(one["after"] - one["before"]) / scales[one["variable"]], one["variable"]))
    return [
        {
            "variable": one["variable"], "label": one["label"], "before": one["before"], "after": one["after"],
            "most": [
                {"label": row["label"], "rule": row["rule"], "seat": row["seat"], "amount": row["amount"]}
                for row in sorted(one["rows"], key=lambda row: (-abs(row["amount"]), row["seq"]))[:CAUSES]
            ],
            "refs": merged(one["refs"], *(row["refs"] for row in one["rows"])),
        }
        for one in changes[:CAUSES]
    ]  # fmt: skip


def _against_the_odds(die: Die) -> bool:
    """Tell whether a die of even or worse odds came up, or one of better odds did not."""
    came = die.u < die.threshold
    return 0 < die.threshold < 1 and (came != (die.threshold > 0.5))


def _luck(die: Die) -> Json:
    return {"key": die.key, "chance": die.threshold, "u": die.u, "outcome": die.outcome}


def _title(turn: Turn, causes: list[Json]) -> str:
    """Return the turning point in a few words: what was told to have happened, else the order that moved most."""
    assert turn.resolution is not None
    told = [one.text for one in turn.resolution.happenings if one.text]
    if told:
        return told[0].partition(". ")[0].rstrip(".")
    rows = [row for one in causes for row in one["most"]]
    first = next((row for row in rows if row["seat"] is not None), rows[0] if rows else None)
    return "Nothing that anybody ordered" if first is None else str(first["label"])


def _text(log: Chronicle, turn: Turn, causes: list[Json], without: list[Json]) -> str:
    """Return the explanation in sentences made from its numbers."""
    said = [
        f"{one['label']} went from {one['before']:.4g} to {one['after']:.4g}, most of it by"
        f" {one['most'][0]['label']} ({one['most'][0]['amount']:+.3g})."
        for one in causes
        if one["most"]
    ]
    strain = log.case.variable[log.case.interaction.variable]
    swaps = [one for one in without if one["seat"] is not None and one["outcomes"]["strain"]["delta"]]
    if swaps:
        most = max(swaps, key=lambda one: (abs(one["outcomes"]["strain"]["delta"]), one["seat"]))
        by, way = most["outcomes"]["strain"], "higher" if most["outcomes"]["strain"]["delta"] > 0 else "lower"
        said.append(
            f"In this model, holding everybody else's orders fixed: without those of {seat_name(log, most['seat'])},"
            f" {strain.label} stands {abs(by['delta']):.3g} {way} {_turns_on(most['turns'])} (90 % interval"
            f" {by['mean_low']:+.3g} to {by['mean_high']:+.3g}, {most['pairs']} paired runs)."
        )
    return " ".join(said)


def _turns_on(turns: int) -> str:
    return "at the end of the turn" if turns == 1 else "a turn later" if turns == 2 else "two turns later"


# --- without somebody's orders ------------------------------------------------------------------
def _without(log: Chronicle, turn: Turn) -> Iterator[Json]:
    """Yield what the turn and the next ones come to without everybody's orders, and without each seat's in turn."""
    played = log.played
    turns = [one for one in played.turns if turn.number <= one.number < turn.number + HORIZON]
    seats = sorted({order.seat for order in turns[0].sealed.orders} | {move.seat for move in turns[0].sealed.free})
    if not seats:
        return
    world, seeds = World.from_payload(log.case, turn.before), seeds_of(played.seed, RUNS)
    base = replay(played, turns, world, seeds=seeds)
    for seat in (None, *seats):
        other = replay(played, [_bare(turns[0], seat), *turns[1:]], world, seeds=seeds)
        yield {
            "seat": seat, "turns": len(turns), "runs": RUNS, "pairs": int(np.count_nonzero(_whole(base, other))),
            "outcomes": {name: _json(compared) for name, compared in _outcomes(log, base, other)},
        }  # fmt: skip


def _bare(turn: PlayedTurn, seat: str | None) -> PlayedTurn:
    """Return the turn without the orders and free moves of a seat, or (None) of all."""
    given = turn.sealed
    kept = tuple(order for order in given.orders if seat is not None and order.seat != seat)
    free = tuple(move for move in given.free if seat is not None and move.seat != seat)
    return msgspec.structs.replace(turn, sealed=msgspec.structs.replace(given, orders=kept, free=free))


def _whole(base: Paths, other: Paths) -> Bools:
    """Return the pairs of runs of which neither was cut short; all of them if there is none."""
    both = base.survived & other.survived
    return both if bool(np.any(both)) else np.ones_like(both)


def _outcomes(log: Chronicle, base: Paths, other: Paths) -> Iterator[tuple[str, Band]]:
    strain, nowar, whole = log.case.interaction.variable, log.case.tally.nowar, _whole(base, other)
    yield "strain", band(base.values[strain][-1][whole], other.values[strain][-1][whole])
    yield "war_risk", band(1 - base.values[nowar][-1], 1 - other.values[nowar][-1], chance=True)
    yield "signed", band(np.any(base.signed, axis=0), np.any(other.signed, axis=0), share=True)
    yield "durability", band(base.indices["durability"][-1][whole], other.indices["durability"][-1][whole])


def _json(compared: Band) -> Json:
    found: Json = msgspec.to_builtins(compared)
    return found
