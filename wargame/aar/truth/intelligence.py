"""Who could read what of the world, and how well: the sharpness of every seat's readings, turn by turn.

The readings themselves are in the section `variables`. This says only how each seat saw a variable (exactly, as an
estimate with a margin, as a band in words) and who looked, in stretches of turns in which nothing of that changed.
"""

from collections.abc import Iterable, Mapping

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged
from wargame.game import events as ev


def intelligence(log: Chronicle) -> list[Json]:
    """Return a row a variable and stretch of turns: from `turn` to `until`, the mode by seat, who opened a reading."""
    modes: dict[str, list[tuple[int, int, dict[str, str]]]] = {}
    played = {turn.number for turn in log.turns}
    for recorded, made in log.of(ev.EstimatesMade):
        if made.turn not in played:
            continue
        by_variable: dict[str, dict[str, str]] = {}
        for seat, readings in sorted(made.readings.items()):
            for one in readings:
                by_variable.setdefault(one.variable, {})[seat] = one.mode
        for name, seen in by_variable.items():
            modes.setdefault(name, []).append((made.turn, recorded.seq, seen))
    looked: dict[str, list[tuple[int, int, str]]] = {}
    for recorded, fact in log.of(ev.ItemOpened):
        if fact.kind == "estimate":
            looked.setdefault(fact.key, []).append((log.turn_of[recorded.seq], recorded.seq, fact.seat))
    labels = {variable.id: variable.label for variable in log.case.variables}
    return [
        row
        for name, told in sorted(modes.items())
        for row in stretches(name, labels.get(name, name), told, looked.get(name, ()))
    ]


def stretches(
    name: str, label: str, told: Iterable[tuple[int, int, Mapping[str, str]]], looked: Iterable[tuple[int, int, str]]
) -> list[Json]:
    """Return the stretches of one variable. `told`: (turn, reference, mode by seat); `looked`: (turn, ref, seat)."""
    rows: list[Json] = []
    for turn, ref, modes in told:
        if not rows or rows[-1]["modes"] != dict(modes):
            rows.append(
                {"variable": name, "label": label, "turn": turn, "modes": dict(modes), "opened": [], "refs": []}
            )
        rows[-1]["until"] = turn
        rows[-1]["refs"] = merged(rows[-1]["refs"][:1], [ref])
    for turn, ref, seat in looked:
        row = next((one for one in rows if one["turn"] <= turn <= one["until"]), None)
        if row is not None:
            row["opened"] = sorted({*row["opened"], seat})
            row["refs"] = merged(row["refs"], [ref])
    return rows
