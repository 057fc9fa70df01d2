"""What each seat reads of the world: exact values, banded words, noisy estimates (section 1.1).

Errors are persistent (AR(1)), so that a team cannot average them out. Readings are made once and stored; nobody
recomputes them. Only rounded values leave this module.
"""

from collections.abc import Collection, Mapping
from math import sqrt
from statistics import NormalDist
from typing import Literal

import msgspec

from adjudication.dice import Seed, draw
from adjudication.scenario.checks import limits
from adjudication.scenario.schema import Scenario, Variable
from adjudication.sight import band, middle, shown, sight, sight_key, span
from adjudication.world import World

MEMORY = 0.7
FRESH = sqrt(1.0 - MEMORY * MEMORY)
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
    scenario: Scenario, world: World, *, turn: int, seed: Seed, errors: Mapping[str, float],
    seats: Collection[str] | None = None,
) -> tuple[dict[str, tuple[Reading, ...]], dict[str, float]]:  # fmt: skip
    """Make the readings of seats (all, or those named) as a turn begins, and the errors to carry to the next."""
    fresh: dict[str, float] = {}
    found: dict[str, tuple[Reading, ...]] = {}
    for seat in scenario.seats:
        if seats is not None and seat.id not in seats:
            continue
        eyes = _Eyes(scenario, world, seat.id)
        own = [_read(eyes, variable, turn, seed, errors, fresh) for variable in scenario.variables]
        found[seat.id] = tuple(reading for reading in own if reading is not None)
    return found, dict(sorted(fresh.items()))


class _Eyes:
    """What is the same for all readings of a seat in a turn: how good its agencies are, and what they work on."""

    def __init__(self, scenario: Scenario, world: World, seat: str) -> None:
        self.scenario, self.world, self.seat = scenario, world, seat
        self.quality = quality(scenario, world, seat)
        self.believed = believed_quality(scenario, world, seat)
        self.asked = _asked(scenario, world, seat)


def quality(scenario: Scenario, world: World, seat: str) -> float:
    """Return the factor on the error of a seat: better capacity of the agencies, smaller errors of US seats."""
    capacity = _served(scenario, seat)
    return _factor(world.value(scenario, capacity)) if capacity else 1.0


def believed_quality(scenario: Scenario, world: World, seat: str) -> float:
    """Return that factor as the seat itself may know it: exact, from the middle of its band, or the nominal one.

    The width a seat is shown is computed from this, so that it never tells more of the capacity than its reading.
    """
    name = _served(scenario, seat)
    if not name:
        return 1.0
    capacity = scenario.variable[name]
    mode, truth = sight(scenario, capacity, f"seat:{seat}").mode, world.value(scenario, name)
    if mode == "exact":
        return _factor(truth)
    return _factor(middle(capacity, truth)) if mode == "band" else 1.0


def _served(scenario: Scenario, seat: str) -> str:
    """Return the variable that sharpens what a seat's side reads; empty if it has no such agencies."""
    agencies = scenario.implementation_of(scenario.seat[seat].side)
    return agencies.capacity if agencies is not None else ""


def _factor(capacity: float) -> float:
    return 1.3 - 0.6 * capacity / 100.0


def _asked(scenario: Scenario, world: World, seat: str) -> dict[str, set[str]]:
    """Return by variable the seats that put the analysts of this seat's side to work on it in the last two turns."""
    agencies = scenario.implementation_of(scenario.seat[seat].side)
    found: dict[str, set[str]] = {}
    if agencies is None or not agencies.focus:
        return found
    for past in world.memory[-FOCUS_TURNS:]:
        for key, number in past.items():
            who, _, rest = key.partition(":")
            move, _, variable = rest.partition("#")
            if move == agencies.focus and variable and float(number[0]) > 0:
                found.setdefault(variable, set()).add(who)
    return found


def _read(
    eyes: _Eyes, variable: Variable, turn: int, seed: Seed, errors: Mapping[str, float], fresh: dict[str, float]
) -> Reading | None:
    scenario, seat = eyes.scenario, eyes.seat
    seen = scenario.sights[variable.id, seat]
    if seen.mode == "hidden":
        return None
    truth = eyes.world.value(scenario, variable.id)
    if seen.mode == "exact":
        return Reading(variable.id, "exact", value=shown(variable, truth))
    if seen.mode == "band":
        return Reading(variable.id, "band", band=band(variable, truth))
    key = f"{sight_key(scenario, variable, seat)}:{variable.id}"
    askers = eyes.asked.get(variable.id, set())
    sigma = seen.sigma * eyes.quality * (FOCUS_FACTOR if askers else 1.0)
    told = any(scenario.seat[asker].role == scenario.seat[seat].role for asker in askers)
    width = seen.sigma * eyes.believed * (FOCUS_FACTOR if told else 1.0)
    if key not in fresh:
        u = draw(seed, turn, f"intel:{key}")
        z = _NORMAL.inv_cdf(min(1.0 - 1e-12, max(1e-12, u)))
        start = sigma * z
        fresh[key] = round(MEMORY * errors[key] + FRESH * sigma * z if key in errors else start, 6)
    return _estimate(variable, truth + fresh[key], width)


def _estimate(variable: Variable, value: float, sigma: float) -> Reading:
    """Show a noisy value. `sigma` is the spread the reader may know, not the one the error was drawn with."""
    low, high = limits(variable.kind, variable.min, variable.max)
    around = [min(high, max(low, value + step)) for step in (0.0, -sigma, sigma)]
    point, bottom, top = (shown(variable, x, estimate=True) for x in around)
    spread = sigma * (100.0 / span(variable)[1])
    confidence: Literal["high", "moderate", "low"] = "high" if spread < 4 else "moderate" if spread < 8 else "low"
    return Reading(variable.id, "estimate", value=point, low=bottom, high=top, confidence=confidence)
