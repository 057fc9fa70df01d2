"""What Control's rulings changed: each turn it ruled in, settled again with and without, on the game's own dice.

Owns the comparison of one turn a ruling, and of the rest of the game without any. Everybody's orders stay as they were;
it is the facilitator's own effect on the game (adjudication model, section 9).
"""

from collections.abc import Mapping, Sequence

import msgspec

from adjudication.orders import Override
from adjudication.played import accounts, world_at
from adjudication.results import Resolution
from adjudication.sealed import Sealed, settle
from adjudication.world import World
from wargame.aar.chronicle import Chronicle, Json, Turn
from wargame.aar.refs import merged, settled
from wargame.aar.words import move_name, seat_name
from wargame.game import events as ev

SMALLEST = 1e-6
MOST_NAMED = 12
"""Variables named for one ruling, those moved furthest of their scale first."""
METHOD: Json = {
    "ruling": "The turn settled again with all its rulings and without this one, on the game's own dice.",
    "game": "The game settled again from its first ruling on without any, on its own dice and with everybody's orders"
    " as they were: people who had seen another turn of events would have chosen differently.",
}


def overrides(log: Chronicle) -> Json:
    """Return each ruling that stood with what it changed in its turn, and what the game had come to without any.

    `game` is None where nothing was ruled. `reproduced` tells whether the turn, settled again, is the recorded one.
    """
    ruled = [turn for turn in log.turns if turn.resolution is not None and turn.sealed and turn.sealed.overrides]
    settlements = [turn.resolution for turn in log.turns if turn.resolution is not None]
    return {
        "rulings": [row for turn in ruled for row in _of_turn(log, turn)],
        "turns_settled": len(settlements), "orders_settled": sum(len(one.orders) for one in settlements),
        "game": _whole(log, ruled[0]) if ruled else None,
        "refs": settled(log, *(turn.number for turn in log.turns)) or [log.events[-1].seq],
    }  # fmt: skip


def _of_turn(log: Chronicle, turn: Turn) -> list[Json]:
    assert turn.sealed is not None
    with_all = _settled(log, turn, turn.sealed)
    same = msgspec.json.encode(with_all, order="deterministic") == msgspec.json.encode(
        turn.resolution, order="deterministic"
    )
    made = {fact.ruling: recorded for recorded, fact in log.of(ev.RulingMade)}
    rows = []
    for one in turn.sealed.overrides:
        rest = tuple(other for other in turn.sealed.overrides if other.id != one.id)
        without = _settled(log, turn, msgspec.structs.replace(turn.sealed, overrides=rest))
        refs = merged([made[one.id].seq] if one.id in made else [], settled(log, turn.number))
        rows.append(_named(log, one) | {"turn": turn.number, "reproduced": same, "refs": refs} | _compared(
            log, without, with_all
        ))  # fmt: skip
    return rows


def _settled(log: Chronicle, turn: Turn, sealed: Sealed) -> Resolution:
    world = World.from_payload(log.case, turn.before)
    return settle(log.case, world, sealed, turn=turn.number, seed=log.identity.seed)


def _named(log: Chronicle, one: Override) -> Json:
    variable, given = log.case.variable.get(one.target), log.drafted_by.get(one.target)
    if variable is not None:
        label = variable.label
    else:
        label = one.target if given is None else f"{seat_name(log, given[1].seat)}: {move_name(log, given[1].move)}"
    return {
        "ruling": one.id, "kind": one.kind, "target": one.target, "value": one.value, "reason": one.reason,
        "target_label": label,
    }  # fmt: skip


def _whole(log: Chronicle, first: Turn) -> Json:
    """Settle the game again from its first ruling without any, and say what it came to in the end."""
    played = log.played
    left = [turn for turn in played.turns if turn.number >= first.number]
    bare = [msgspec.structs.replace(turn, sealed=msgspec.structs.replace(turn.sealed, overrides=())) for turn in left]
    again = accounts(played, bare, world_at(played, first.number))
    reached = next(turn for turn in log.turns if turn.number == again[-1].turn)
    assert reached.resolution is not None
    return {
        "from_turn": first.number, "to_turn": reached.number, "war_without": bool(again[-1].war),
        "refs": settled(log, first.number, reached.number),
    } | _compared(log, again[-1], reached.resolution)  # fmt: skip


def _compared(log: Chronicle, without: Resolution, with_it: Resolution) -> Json:
    """Return what differs between two settlements: variables, indices, chances, and orders that went otherwise."""
    left, right = without.world["values"], with_it.world["values"]
    changed = sorted((_share(log, v, left, right), v) for v in left if abs(right[v] - left[v]) > SMALLEST)
    orders = {one.id: one.status for one in without.orders}
    return {
        "changed": [
            {
                "variable": v, "label": log.case.variable[v].label, "unit": log.case.variable[v].unit,
                "without": left[v], "with": right[v], "delta": round(right[v] - left[v], 6),
            }
            for _, v in changed[:MOST_NAMED]
        ],
        "indices": _differing(without.indices, with_it.indices),
        "risk": _differing(
            {"p_clash": without.p_clash, "p_war": without.p_war}, {"p_clash": with_it.p_clash, "p_war": with_it.p_war}
        ),
        "orders": [
            {"order": one.id, "seat": one.seat, "without": orders.get(one.id, ""), "with": one.status}
            for one in with_it.orders
            if orders.get(one.id, "") != one.status
        ],
        "happened": {
            "only_with": _told(with_it, without), "only_without": _told(without, with_it),
        },
    }  # fmt: skip


def _share(log: Chronicle, variable: str, left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return minus the part of its scale by which a variable differs: the furthest sorts first."""
    found = log.case.variable[variable]
    low, high = found.min or 0.0, found.max if found.max is not None else (1.0 if found.kind == "belief" else 100.0)
    return -abs(right[variable] - left[variable]) / max(high - low, 1.0)


def _differing(left: Mapping[str, float], right: Mapping[str, float]) -> Json:
    return {
        name: {"without": left[name], "with": right[name], "delta": round(right[name] - left[name], 6)}
        for name in sorted(left)
        if name in right and abs(right[name] - left[name]) > SMALLEST
    }


def _told(one: Resolution, other: Resolution) -> Sequence[str]:
    there = {item.text for item in other.happenings}
    return [item.text for item in one.happenings if item.text and item.text not in there]
