"""Checks of probabilities, rates and shares: by constants and by the bounds of formulas over the whole range.

A formula that may leave 0..1 is refused even if it rarely does: the author clips it and says so.
"""

from collections.abc import Iterator

from adjudication import conditions as c
from adjudication import effects as e
from adjudication.scalars import Scalar
from adjudication.scenario.names import chances_of, conditions_of, effects_of, implementation, leaves
from adjudication.scenario.places import Desk, Place
from adjudication.scenario.schema import Scenario
from adjudication.scenario.vocabulary import Vocabulary

SLACK = 1e-9


def check_numbers(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    """Record every probability, rate or share outside 0..1, and words for odds that do not rise."""
    for place, key, value in shares(scenario):
        if not 0.0 <= value <= 1.0:
            name = key or str(place[-2])
            desk.add(place, f"{name} is {value:g}; it must lie in 0..1", key=key)
    for place, scalar in chances(scenario):
        low, high = words.signs.span(scalar)
        if low < -SLACK or high > 1.0 + SLACK:
            message = f"a probability from {low:g} to {high:g}: it must stay in 0..1"
            desk.add(place, f"{message}; bound it with min and max")
    _odds(scenario, desk)


def chances(scenario: Scenario) -> Iterator[tuple[Place, Scalar]]:
    """Yield every scalar that is a probability."""
    for place, condition in conditions_of(scenario):
        for leaf in leaves(condition):
            if isinstance(leaf, c.Chance):
                yield place, leaf.p
    yield from chances_of(scenario)


def shares(scenario: Scenario) -> Iterator[tuple[Place, str, float]]:
    """Yield every plain number that is a probability, a rate or a share, with its key (empty: the place is it)."""
    for move in scenario.moves:
        yield ("moves", move.id), "resist", move.resist
        yield ("moves", move.id), "detect", move.detect
    for place, effect in effects_of(scenario):
        if isinstance(effect, e.Toward):
            yield (*place, "toward", 2), "", effect.rate
    for variable in scenario.variables:
        yield ("variables", variable.id), "forget", variable.forget
        if variable.drift is not None:
            yield ("variables", variable.id, "drift"), "rate", variable.drift.rate
    for number, block in enumerate(scenario.implementations):
        for key in ("floor", "delay_max", "partial_below"):
            yield implementation(number), key, getattr(block, key)
    if scenario.hazard is not None:
        yield ("hazard",), "general_share", scenario.hazard.general_share
    for card in scenario.cards:
        for number, outcome in enumerate(card.outcomes):
            yield ("cards", card.id, "outcomes", number), "p", outcome.p
    for tabled in scenario.tabled:
        yield ("tabled", tabled.key), "bonus", tabled.bonus
    yield from _of_bargaining(scenario)


def _of_bargaining(scenario: Scenario) -> Iterator[tuple[Place, str, float]]:
    terms = scenario.negotiation
    for key in ("multiplier", "detection"):
        for number, value in enumerate(getattr(terms.verification, key)):
            yield ("negotiation", "verification", key, number), "", value
    for at, party in enumerate(terms.parties):
        yield ("negotiation", "parties", at, "discount"), "factor", party.discount.factor
        for number, window in enumerate(party.discount.windows):
            yield ("negotiation", "parties", at, "discount", "windows", number), "factor", window.factor
        if party.symbol is not None:
            yield ("negotiation", "parties", at, "symbol"), "decay", party.symbol.decay
        for number, delivery in enumerate(party.delivery):
            for key in ("floor", "const", "scale", "own"):
                yield ("negotiation", "parties", at, "delivery", number), key, getattr(delivery, key)


def _odds(scenario: Scenario, desk: Desk) -> None:
    bounds = [kent.upto for kent in scenario.kent]
    if bounds and (bounds != sorted(set(bounds)) or bounds[-1] != 1.0):
        desk.add(("kent",), "words for probabilities rise, and the last holds up to 1.0")
