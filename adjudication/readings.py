"""What each seat reads of the world: exact values, banded words, noisy estimates (section 1.1).

Errors are persistent (AR(1)), so that a team cannot average them out. Readings are made once and stored; nobody
recomputes them. Only rounded values leave this module.
"""

from collections.abc import Mapping
from math import sqrt
from statistics import NormalDist
from typing import Literal

import msgspec

from adjudication.dice import Seed, draw
from adjudication.scenario.checks import limits
from adjudication.scenario.schema import Scenario, Variable
from adjudication.sight import band, shown, sight, sight_key
from adjudication.world import World

MEMORY = 0.7
FRESH = sqrt(1.0 - MEMORY * MEMORY)
FOCUS_MOVE = "intel_estimate"
FOCUS_FACTOR = 0.5
FOCUS_TURNS = 2
_NORMAL = NormalDist()


class Reading(msgspec.Struct, frozen=True):
    """What a seat reads of one variable. Hidden variables have no reading at all."""

    variable: str
    mode: Literal["exact", "estimate", "band"]
    value: float | None = None
    low: float | None = None
    high: float | None = None
    confidence: Literal["", "low", "moderate", "high"] = ""
    band: str = ""


def make_readings(
    scenario: Scenario, world: World, *, turn: int, seed: Seed, errors: Mapping[str, float]
) -> tuple[dict[str, tuple[Reading, ...]], dict[str, float]]:
    """Make the readings of all seats at the start of a turn, and the errors to carry to the next."""
    fresh: dict[str, float] = {}
    found: dict[str, tuple[Reading, ...]] = {}
    for seat in scenario.seats:
        own = [_read(scenario, world, variable, seat.id, turn, seed, errors, fresh) for variable in scenario.variables]
        found[seat.id] = tuple(reading for reading in own if reading is not None)
    return found, dict(sorted(fresh.items()))


def quality(scenario: Scenario, world: World, seat: str) -> float:
    """Return the factor on the error of a seat: better capacity of the agencies, smaller errors of US seats."""
    if scenario.seat[seat].side != scenario.implementation.side or "bur_cap" not in scenario.index:
        return 1.0
    return 1.3 - 0.6 * world.value(scenario, "bur_cap") / 100.0


def _focus(world: World, variable: str, side_has: bool) -> float:
    """Halve the error of a variable the analysts were told to work on in the last two turns."""
    wanted = f"{FOCUS_MOVE}#{variable}"
    recent = world.memory[-FOCUS_TURNS:]
    asked = any(key.endswith(wanted) and float(n[0]) > 0 for past in recent for key, n in past.items())
    return FOCUS_FACTOR if asked and side_has else 1.0


def _read(
    scenario: Scenario,
    world: World,
    variable: Variable,
    seat: str,
    turn: int,
    seed: Seed,
    errors: Mapping[str, float],
    fresh: dict[str, float],
) -> Reading | None:
    seen = sight(scenario, variable, f"seat:{seat}")
    truth = world.value(scenario, variable.id)
    if seen.mode == "hidden":
        return None
    if seen.mode == "exact":
        return Reading(variable.id, "exact", value=shown(variable, truth))
    if seen.mode == "band":
        return Reading(variable.id, "band", band=band(variable, truth))
    key = f"{sight_key(scenario, variable, seat)}:{variable.id}"
    ours = scenario.seat[seat].side == scenario.implementation.side
    sigma = seen.sigma * quality(scenario, world, seat) * _focus(world, variable.id, ours)
    if key not in fresh:
        u = draw(seed, turn, f"intel:{key}")
        z = _NORMAL.inv_cdf(min(1.0 - 1e-12, max(1e-12, u)))
        start = sigma * z
        fresh[key] = round(MEMORY * errors[key] + FRESH * sigma * z if key in errors else start, 6)
    return _estimate(variable, truth + fresh[key], sigma)


def _estimate(variable: Variable, value: float, sigma: float) -> Reading:
    low, high = limits(variable.kind, variable.min, variable.max)
    around = [min(high, max(low, value + step)) for step in (0.0, -sigma, sigma)]
    point, bottom, top = (shown(variable, x, estimate=True) for x in around)
    spread = sigma * 100.0 if variable.kind == "belief" else sigma
    confidence: Literal["high", "moderate", "low"] = "high" if spread < 4 else "moderate" if spread < 8 else "low"
    return Reading(variable.id, "estimate", value=point, low=bottom, high=top, confidence=confidence)
