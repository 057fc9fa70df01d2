"""The pure parts: a turn with its ledger, games of twelve turns in a batch, and the analysis of the whole space."""

import statistics
import time
from collections.abc import Callable

from msgspec import Struct

from adjudication.recorded import replay, scripted
from adjudication.resolve import resolve_turn
from adjudication.scenario import Scenario
from adjudication.world import World
from negotiation.analysis import analyse
from wargame.aar.chronicle import banked_of, values_of

BATCH = 1000


class EngineSpeed(Struct, frozen=True):
    """Milliseconds are medians."""

    turn_ms: float
    batch_games_per_s: float
    analysis_ms: float
    packages: int


def engine_speed(case: Scenario) -> EngineSpeed:
    """Measure the engine on the record of the case."""
    world = World.initial(case)
    orders = scripted(case, 3)
    payload = world.to_payload(case)
    values, banked = values_of(case, payload), banked_of(payload)
    begun = time.perf_counter()
    replay(case, seeds=list(range(BATCH)))
    batch = BATCH / (time.perf_counter() - begun)
    return EngineSpeed(
        turn_ms=median_ms(lambda: resolve_turn(case, world, turn=3, orders=orders, seed=1), times=15),
        batch_games_per_s=round(batch, 1),
        analysis_ms=median_ms(lambda: analyse(case.negotiation, values, banked), times=15),
        packages=case.negotiation.space.size,
    )


def median_ms(work: Callable[[], object], *, times: int) -> float:
    """Return the median time of some work in milliseconds; the first run is not counted."""
    work()
    spans = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        spans.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(spans), 3)
