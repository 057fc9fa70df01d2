"""Many games side by side in one process: orders like those of the record, varied by mask, with meetings of leaders.

Run as `python -m wargame.server.bench.batch SCENARIO GAMES`; prints one JSON object. In a fifth of the games officials
have a text ready, so that their meetings search the whole space. Chunks bound the memory.
"""

import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from adjudication.dice import Dice
from adjudication.played import GAMES_AT_ONCE, recorded_game
from adjudication.resolve import resolve_batch
from adjudication.scenario import Scenario, load_scenario
from adjudication.world import World

SCENARIOS = Path(__file__).resolve().parents[3] / "fixtures" / "scenarios"
KEPT, READY = 0.85, 0.2


class Batch(Struct, frozen=True, kw_only=True):
    """Games played, seconds, the process's peak memory, and how many meetings searched for a prepared text."""

    games: int
    turns: int
    seconds: float
    games_per_s: float
    peak_mib: float
    meetings: int
    texts: int


def play(case: Scenario, games: int) -> Batch:
    """Play the games in chunks and measure."""
    chunks = [range(start, min(games, start + GAMES_AT_ONCE)) for start in range(0, games, GAMES_AT_ONCE)]
    sheets = [_sheets(case, seeds) for seeds in chunks]
    begun = time.perf_counter()
    meetings = texts = 0
    for seeds, given in zip(chunks, sheets, strict=True):
        met, signed = _chunk(case, seeds, given)
        meetings, texts = meetings + met, texts + signed
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Batch(
        games=games, turns=case.meta.turns, seconds=round(seconds, 2), games_per_s=round(games / seconds, 1),
        peak_mib=round(peak / (1024**2 if sys.platform == "darwin" else 1024), 1), meetings=meetings, texts=texts,
    )  # fmt: skip


Bools = NDArray[np.bool_]
Sheets = dict[int, dict[str, Bools]]
"""Turn -> order -> in which games it is given; in turn 0 under "ready", in which games officials have a text ready."""


def _sheets(case: Scenario, seeds: range) -> Sheets:
    """Draw by key which orders of the record each game gives: most of them, and invitations always."""
    always = set() if case.summit is None else set(case.summit.orders)
    found: Sheets = {0: {"ready": Dice(seeds, 0).u("bench:ready") < READY}}
    for turn in recorded_game(case).turns:
        dice = Dice(seeds, turn.number)
        found[turn.number] = {
            order.id: (dice.u(f"bench:{order.id}") < KEPT) | (order.move in always) for order in turn.sealed.orders
        }
    return found


def _chunk(case: Scenario, seeds: range, given: Sheets) -> tuple[int, int]:
    """Play some games; return meetings held and texts signed at them."""
    world, meetings, texts = World.initial(case, len(seeds)), 0, 0
    for turn in recorded_game(case).turns:
        done = resolve_batch(
            case, _with_text(case, world, given[0]["ready"]), turn=turn.number, orders=turn.sealed.orders,
            texts=turn.sealed.texts, seeds=seeds, active=given[turn.number], forced=turn.sealed.forced,
        )  # fmt: skip
        world = done.world
        meetings, texts = meetings + int(np.sum(done.summit >= 0)), texts + int(np.sum(done.summit == 2))
    return meetings, texts


def _with_text(case: Scenario, world: World, ready: Bools) -> World:
    bound = case.negotiation.prepared
    if bound is None:
        return world
    values = world.values.copy()
    row = case.index[bound.var]
    values[row] = np.where(ready, np.maximum(values[row], bound.value), values[row])
    return replace(world, values=values)


if __name__ == "__main__":
    name, count = sys.argv[1], int(sys.argv[2])
    sys.stdout.write(msgspec.json.encode(play(load_scenario(SCENARIOS / f"{name}.yaml"), count)).decode())
