"""Hidden cards: facts of the case nobody is told, drawn once at the start by dice of their own.

Owns the draw, and what was drawn in words for the report. How a card lies never changes; what it set in the world may.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.dice import Seed, draw
from adjudication.scenario.schema import Card, Scenario

START = 0
"""Cards are drawn before the first turn."""


class Lies(msgspec.Struct, frozen=True):
    """A card as it lies: for the report, and for Control when the game is over."""

    card: str
    label: str
    outcome: str
    text: str


def deal(scenario: Scenario, seeds: Sequence[Seed] | None, batch: int) -> dict[str, NDArray[np.float64]]:
    """Return the outcome of every card as a number into its outcomes, (B,). Without seeds: the recorded outcomes."""
    if seeds is None:
        return {f"card.{card.id}": np.full(batch, float(recorded(card))) for card in scenario.cards}
    return {
        f"card.{card.id}": np.array([float(_drawn(card, seed)) for seed in seeds]) for card in scenario.cards
    }  # fmt: skip


def recorded(card: Card) -> int:
    """Return the outcome of the record, or the first of a card that has none."""
    return next((n for n, outcome in enumerate(card.outcomes) if outcome.id == card.historical), 0)


def _drawn(card: Card, seed: Seed) -> int:
    u, below = draw(seed, START, f"card:{card.id}"), 0.0
    for number, outcome in enumerate(card.outcomes):
        below += outcome.p
        if u < below:
            return number
    return len(card.outcomes) - 1


def changes(scenario: Scenario, marks: Mapping[str, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    """Return what the cards do to the start: amounts for variables, 0 or 1 for `flag.<name>`, each (B,)."""
    found: dict[str, NDArray[np.float64]] = {}
    for card in scenario.cards:
        lies = marks[f"card.{card.id}"].astype(np.int64)
        names = sorted({name for outcome in card.outcomes for name in outcome.set})
        for name in names:
            amounts = np.array([outcome.set.get(name, 0.0) for outcome in card.outcomes])[lies]
            found[name] = found.get(name, np.zeros(len(lies))) + amounts
    return found


def revealed(scenario: Scenario, marks: Mapping[str, float]) -> tuple[Lies, ...]:
    """Return the cards of one game in words."""
    found = []
    for card in scenario.cards:
        outcome = card.outcomes[int(marks.get(f"card.{card.id}", recorded(card)))]
        found.append(Lies(card.id, card.label, outcome.id, outcome.text))
    return tuple(found)
