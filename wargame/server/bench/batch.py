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

from adjudication.orders import Order
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
    begun = time.perf_counter()
    meetings = texts = 0
    for start in range(0, games, GAMES_AT_ONCE):
        met, signed = _chunk(case, range(start, min(games, start + GAMES_AT_ONCE)))
        meetings, texts = meetings + met, texts + signed
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Batch(
        games=games, turns=case.meta.turns, seconds=round(seconds, 2), games_per_s=round(games / seconds, 1),
        peak_mib=round(peak / (1024**2 if sys.platform == "darwin" else 1024), 1), meetings=meetings, texts=texts,
    )  # fmt: skip


def _chunk(case: Scenario, seeds: range) -> tuple[int, int]:
    """Play the record's orders, each kept in most games; return meetings held and texts signed at them."""
    chance = np.random.default_rng(seeds.start)
    world, meetings, texts = World.initial(case, len(seeds)), 0, 0
    ready = chance.random(len(seeds)) < READY
    for turn in recorded_game(case).turns:
        active = {order.id: _kept(case, order, chance.random(len(seeds))) for order in turn.sealed.orders}
        done = resolve_batch(
            case, _with_text(case, world, ready), turn=turn.number, orders=turn.sealed.orders, texts=turn.sealed.texts,
            seeds=seeds, active=active, forced=turn.sealed.forced,
        )  # fmt: skip
        world = done.world
        meetings, texts = meetings + int(np.sum(done.summit >= 0)), texts + int(np.sum(done.summit == 2))
    return meetings, texts


def _kept(case: Scenario, order: Order, drawn: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return in which games an order is given: invitations always, so that leaders meet in all of them."""
    always = case.summit is not None and order.move in case.summit.orders
    return np.asarray((drawn < KEPT) | always, dtype=np.bool_)


def _with_text(case: Scenario, world: World, ready: NDArray[np.bool_]) -> World:
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
