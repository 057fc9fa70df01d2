"""The one door between the game and the adjudication engine.

Owns the translation: the game's plain, storable values in, the engine's structs out and back. Nothing else in
the game imports `adjudication` beyond the shapes of a case.
"""

from typing import Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from adjudication.conditions import Condition
from adjudication.scalars import evaluate
from adjudication.scenario.schema import CalendarEvent, Inject, Scenario
from wargame.game.events import Json, ReadingMade
from wargame.game.state import State


class Fate(Struct, frozen=True):
    """What became of a signed text."""

    how: Literal["in_force", "struck"]
    reason: str


class Standing(Struct, frozen=True):
    """What a seat can tell about one of its moves now."""

    state: Literal["available", "conditional", "locked"]
    why: tuple[str, ...] = ()
    unlock: tuple[str, ...] = ()


class Made(Struct, frozen=True):
    """Readings of all seats, the truth they are of, and errors to carry on."""

    readings: dict[str, tuple[ReadingMade, ...]]
    truth: tuple[ReadingMade, ...]
    errors: dict[str, float]


def policies() -> tuple[str, ...]:
    """Return the ids of all bots."""
    return ("historical", "opportunist", "hawk", "dove", "tit_for_tat", "maximiser")


def initial_world(scenario: Scenario, preset: str) -> Json:
    """Return the world a preset starts in."""
    return {"clauses": {}}


def banked(world: Json) -> dict[str, int]:
    """Return the levels in force."""
    return dict(world.get("clauses", {}))  # type: ignore[call-overload]


class _Values(Struct, frozen=True):
    """Read names from plain values; what is not there counts as nought."""

    values: dict[str, float]

    def read(self, name: str) -> NDArray[np.float64] | str:
        return np.float64(self.values.get(name, 0.0))  # type: ignore[return-value]


def derived(scenario: Scenario, values: dict[str, float]) -> dict[str, float]:
    """Return the derived values that follow from these."""
    known = dict(values)
    for item in scenario.derived:
        known[item.id] = float(evaluate(item.scalar, _Values(known)))
    return known


def readings(scenario: Scenario, world: Json, *, turn: int, seed: str, errors: dict[str, float]) -> Made:
    """Make the readings of a turn."""
    return Made({seat.id: () for seat in scenario.seats}, (), {})


def preview(scenario: Scenario, state: State, seat: str) -> dict[str, Standing]:
    """Judge a seat's moves from what it reads."""
    return {move.id: Standing("available") for move in scenario.moves if seat in move.seats}


def calendar_due(scenario: Scenario, world: Json, *, turn: int) -> tuple[CalendarEvent, ...]:
    """Return the public calendar events of a turn."""
    return tuple(c for c in scenario.calendar if c.turn == turn and c.visibility == "public" and c.when is None)


def inject_due(scenario: Scenario, world: Json, inject: Inject, *, turn: int) -> bool:
    """Tell whether a scheduled inject goes out at the start of a turn."""
    return inject.turn == turn and inject.trigger is None


def condition_words(scenario: Scenario, condition: Condition) -> str:
    """Return a condition in words."""
    return ""


def resolve(scenario: Scenario, state: State) -> tuple[Json, Json]:
    """Settle the locked turn."""
    return {"orders": []}, state.world


def order_ids(resolution: Json) -> tuple[str, ...]:
    """Return the orders of a resolution."""
    return ()


def text_fates(resolution: Json) -> dict[str, Fate]:
    """Return what became of the signed texts."""
    return {}


def ends_game(scenario: Scenario, resolution: Json) -> str:
    """Return why the game is over."""
    return ""


def flags_set(world: Json) -> frozenset[str]:
    """Return the flags that are set."""
    return frozenset(world.get("flags", ()))  # type: ignore[call-overload]
