"""Every name a scenario's trees use, with where it is used. For cross-checks and for the layout of flags."""

from collections.abc import Iterator

from adjudication import conditions as c
from adjudication import effects as e
from adjudication.scalars import scalar_reads
from adjudication.scenario.schema import Scenario

Place = tuple[str, str]
"""(section id, id of the thing) of a use."""


def conditions_of(scenario: Scenario) -> Iterator[tuple[Place, c.Condition]]:
    """Yield every condition with its place."""
    for move in scenario.moves:
        if move.require is not None:
            yield ("moves", move.id), move.require
    for rule in scenario.rules:
        for condition in (rule.when, rule.require):
            if condition is not None:
                yield ("rules", rule.id), condition
    for event in scenario.calendar:
        if event.when is not None:
            yield ("calendar", event.id), event.when
    for inject in scenario.injects:
        if inject.trigger is not None:
            yield ("injects", inject.id), inject.trigger
    for vote in scenario.tabled:
        yield ("tabled", vote.key), vote.when
    if scenario.vows is not None:
        for condition in (*scenario.vows.triggers.values(), *scenario.vows.actions.values()):
            yield ("vows", ""), condition
    for condition in scenario.commitments.broken.values():
        yield ("commitments", "broken"), condition
    if scenario.summit.opening is not None:
        yield ("summit", "opening"), scenario.summit.opening.when
    yield ("implementation", "process"), scenario.implementation.process
    for place, effect in effects_of(scenario):
        if effect.when is not None:
            yield place, effect.when


def effects_of(scenario: Scenario) -> Iterator[tuple[Place, e.Effect]]:
    """Yield every effect with its place."""
    for move in scenario.moves:
        yield from ((("moves", move.id), effect) for effect in move.effects)
    for rule in scenario.rules:
        yield from ((("rules", rule.id), effect) for effect in (*rule.effects, *rule.otherwise))
    for event in scenario.calendar:
        yield from ((("calendar", event.id), effect) for effect in event.effects)
    for inject in scenario.injects:
        yield from ((("injects", inject.id), effect) for effect in inject.effects)


def leaves(condition: c.Condition) -> Iterator[c.Condition]:
    """Yield the leaves of a tree."""
    match condition:
        case c.All(items) | c.Some(items):
            for item in items:
                yield from leaves(item)
        case c.Not(item):
            yield from leaves(item)
        case _:
            yield condition


def reads_of(effect: e.Effect) -> frozenset[str]:
    """Return the names the amounts of an effect read."""
    match effect:
        case e.Add(_, amount) | e.Audience(_, amount) | e.Resource(_, amount):
            return scalar_reads(amount)
        case e.Toward(_, target) | e.Signal(_, target) | e.ProbShift(_, target):
            return scalar_reads(target)
        case e.Fidelity(mul):
            return scalar_reads(mul)
        case _:
            return frozenset()


def flags_of(scenario: Scenario) -> tuple[str, ...]:
    """Return every flag an effect sets, or code knows, sorted."""
    flags = {effect.flag for _, effect in effects_of(scenario) if isinstance(effect, e.SetFlag)}
    flags.add(scenario.hazard.strike_flag)
    return tuple(sorted(flags))
