"""Ask a seat's own people about a text: from what that seat reads, and nothing else."""

from math import isfinite

from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Scenario, Variable
from adjudication.sight import band_span
from negotiation.assess import Assessment, Lifetime, Mind, assess, reads
from negotiation.hints import Hint, hint
from wargame.game import engine
from wargame.game.events import ReadingMade
from wargame.game.state import State

UNBOUNDED = 100.0
"""How far up a quantity without a ceiling may lie for a seat that reads nothing of it."""


def believed(scenario: Scenario, state: State, seat: str) -> dict[str, float]:
    """Return the values a seat acts on: its readings, what it was briefed, and for the rest the case's start values.

    Of a band it takes the middle.
    """
    values = {v.id: v.init for v in scenario.variables}
    known = engine.known_flags(scenario, state, seat)
    values.update({f"flag.{flag}": float(known.get(flag, False)) for flag in scenario.flags})
    values.update(engine.known_secrets(scenario, state, seat))
    for reading in _readings(state, seat):
        low, high = _span(scenario.variable[reading.variable], reading)
        values[reading.variable] = (low + high) / 2.0 if reading.value is None else reading.value
    return engine.derived(scenario, values)


def _readings(state: State, seat: str) -> tuple[ReadingMade, ...]:
    return (*state.briefed.get(seat, ()), *state.readings.get(seat, ()))


def _span(variable: Variable, reading: ReadingMade) -> tuple[float, float]:
    """Return the ends between which a reading leaves a variable."""
    if reading.band:
        return band_span(variable, reading.band)
    value = variable.init if reading.value is None else reading.value
    return (value if reading.low is None else reading.low, value if reading.high is None else reading.high)


def ranges(scenario: Scenario, state: State, seat: str) -> dict[str, tuple[float, float]]:
    """Return (low, high) of everything a seat does not read exactly; of what it reads nothing of, all there may be."""
    read = {reading.variable: reading for reading in _readings(state, seat)}
    known = engine.known_flags(scenario, state, seat)
    found = {f"flag.{flag}": (0.0, 1.0) for flag in scenario.flags if flag not in known}
    for variable in scenario.variables:
        if variable.id in read:
            low, high = _span(variable, read[variable.id])
        else:
            low, high = limits(variable.kind, variable.min, variable.max)
            high = high if isfinite(high) else max(UNBOUNDED, variable.init)
            low = low if isfinite(low) else -high
        if low < high:
            found[variable.id] = (low, high)
    return found


def mind_of(scenario: Scenario, state: State, seat: str) -> Mind:
    """Return what a seat goes by when it judges a text."""
    terms, side = scenario.negotiation, state.seats[seat].side
    values, wide = believed(scenario, state, seat), ranges(scenario, state, seat)
    names = sorted(reads(terms))
    doubts = []
    for name, ends in sorted(wide.items()):
        for end in ends:
            doubt = engine.derived(scenario, {**values, name: end})
            if any(doubt.get(one) != values.get(one) for one in names):
                doubts.append(doubt)
    spans = {name: wide[name] for name in names if name in wide}
    for name in names:
        seen = [doubt[name] for doubt in doubts if name in doubt]
        if name not in spans and seen and min(seen) < max(seen):
            spans[name] = (min(seen), max(seen))
    party = side if side in {one.id for one in terms.parties} else ""
    player = next((one.id for one in terms.players if one.seat and one.seat == seat), "")
    return Mind(
        party=party, player="" if party else player, values=values, ranges=spans, doubts=tuple(doubts)
    )  # fmt: skip


def assessment_for(scenario: Scenario, state: State, seat: str, levels: dict[str, int], *, oral: bool) -> Assessment:
    """Return what a seat's own people make of the clauses it sees of a text."""
    spec = scenario.commitments
    life = Lifetime(
        institution=spec.institution, unpaid=spec.clock, trust=spec.trust, agent=spec.agent,
        agent_factor=spec.agent_factor,
    )  # fmt: skip
    return assess(
        scenario.negotiation, mind_of(scenario, state, seat), engine.known_levels(scenario, state, seat), levels,
        lifetime=life, labels=_labels(scenario), oral=oral,
    )  # fmt: skip


def _labels(scenario: Scenario) -> dict[str, str]:
    """Return what every name a gate may ask for is called."""
    called = {variable.id: variable.label for variable in scenario.variables}
    called.update({item.id: item.label for item in scenario.derived})
    called.update({f"flag.{fact.id}": fact.label for fact in scenario.facts})
    return called


def hint_for(scenario: Scenario, state: State, seat: str, levels: dict[str, int]) -> Hint | None:
    """Return the advisers' verdict for a seat whose side signs texts; other seats have no such advisers."""
    side = state.seats[seat].side
    if side not in {party.id for party in scenario.negotiation.parties}:
        return None
    in_force = engine.known_levels(scenario, state, seat)
    return hint(scenario.negotiation, side, believed(scenario, state, seat), in_force, levels)
