"""Checks of what plays, scores and invents: rule books of bots, things said, measures and goals, free moves."""

from adjudication.scenario.bots import BotSpec
from adjudication.scenario.names import bot_rules_of
from adjudication.scenario.places import Desk, Place
from adjudication.scenario.schema import Scenario
from adjudication.scenario.scoring import Measure
from adjudication.scenario.vocabulary import Vocabulary

SPOKEN_TO = ("side", "press")
KEPT = ("tally", "war")
"""Groups of variables that no invented move may touch."""


def check_advice(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    """Record what is wrong with bots, scores and free moves."""
    _rule_books(scenario, desk)
    _speech(scenario, desk)
    for measure in scenario.scoring.measures:
        _measure(words, desk, measure)
    _goals(scenario, desk)
    _free_moves(scenario, desk)


def _rule_books(scenario: Scenario, desk: Desk) -> None:
    for place, _, rule in bot_rules_of(scenario):
        if bool(rule.order) == bool(rule.rules):
            desk.add(place, "a line gives either an order or lines of its own (`rules`), one of them")
            continue
        move = scenario.move.get(rule.order) if rule.order else None
        if rule.order and move is None:
            desk.unknown(place, "move", rule.order, scenario.move, list_all=False)
        seats = _players(scenario, place)
        if move is not None and seats and not set(seats) & set(move.seats):
            desk.add(place, f"{' and '.join(seats)} may not order {move.id}", move.seats, key="order")
        known = {param.id for param in move.params} if move is not None else set()
        for param in rule.params if move is not None else ():
            if param not in known:
                desk.unknown((*place, "params", param), "parameter", param, known)
    for seat, spec in scenario.bots.items():
        for reader in spec.briefs:
            if reader not in scenario.seat:
                desk.unknown(("bots", seat, "briefs"), "seat", reader, scenario.seat)
        _bargaining(("bots", seat, "bargains"), spec, desk)
    for persona in scenario.personas:
        _bargaining(("personas", persona.id, "bargains"), persona, desk)
        for name in (*persona.seats, *persona.briefs):
            if name not in scenario.seat:
                desk.unknown(("personas", persona.id), "seat", name, scenario.seat)


def _bargaining(place: Place, spec: BotSpec, desk: Desk) -> None:
    """Check that a curve of concession is one: it starts, it falls, it ends."""
    how = spec.bargains
    if how is None:
        return
    if how.deadline < 1:
        desk.add(place, f"a deadline of {how.deadline} versions; give 1 or more", key="deadline")
    if how.beta is not None and not 0 < how.beta <= 50:
        desk.add(place, f"a beta of {how.beta:g}; it lies above 0 and up to 50", key="beta")
    if not 0 <= how.start <= 1:
        desk.add(place, f"a start of {how.start:g}; it lies in 0..1", key="start")
    if how.reserve < 0 or how.matches < 0:
        desk.add(place, "a reserve and what is matched cannot be negative", key="reserve")


def _players(scenario: Scenario, place: Place) -> tuple[str, ...]:
    """Return whom a rule book plays; empty: anybody."""
    if place[0] == "bots":
        return (str(place[1]),)
    if place[0] == "calibration":
        return (str(place[4]),)
    return next((persona.seats for persona in scenario.personas if persona.id == place[1]), ())


def _speech(scenario: Scenario, desk: Desk) -> None:
    for number, speech in enumerate(scenario.speech):
        for key, names, more in (("by", speech.by, ()), ("to", speech.to, SPOKEN_TO)):
            for name in names:
                if name not in scenario.seat and name not in more:
                    desk.unknown(("speech", number, key), "seat", name, {*scenario.seat, *more})


def _measure(words: Vocabulary, desk: Desk, measure: Measure) -> None:
    place: Place = ("scoring", "measures", measure.id)
    forms = ("sum", "peak", "times", "given", "done", "well", "fading", "recent")
    given = [form for form in forms if getattr(measure, form) is not None] + (["flips"] if measure.flips else [])
    if len(given) != 1:
        desk.add(place, f"a measure has exactly one form, not {len(given)}", (*forms, "flips"))
    if measure.flips and measure.flips not in words.sides:
        desk.unknown((*place, "flips"), "side", measure.flips, words.sides)
    if measure.fading is not None and not 0 <= measure.fading.decay <= 1:
        desk.add((*place, "fading"), f"decay is {measure.fading.decay:g}; it must lie in 0..1", key="decay")
    if measure.recent is not None and measure.recent.turns < 1:
        desk.add((*place, "recent"), f"over {measure.recent.turns} turns; give 1 or more", key="turns")


def _goals(scenario: Scenario, desk: Desk) -> None:
    for seat, goals in scenario.goals.items():
        for name, goal in goals.items():
            part = goal.part or name
            if goal.scalar is None and part not in scenario.scoring.parts:
                desk.unknown(("goals", seat, name), "part of `scoring`", part, scenario.scoring.parts)


def _free_moves(scenario: Scenario, desk: Desk) -> None:
    spec = scenario.free_moves
    if spec is None:
        return
    for number, name in enumerate(spec.variables):
        variable = scenario.variable.get(name)
        if variable is None:
            desk.unknown(("free_moves", "variables"), "variable", name, scenario.variable)
        elif variable.group in KEPT or name == scenario.tally.war:
            desk.add(("free_moves", "variables", number), f"{name} is kept by the adjudicator; no free move touches it")
    for key in ("cost", "per_turn", "limit", "signal_limit", "effects", "costs"):
        if getattr(spec, key) < 0:
            desk.add(("free_moves",), f"{key} is {getattr(spec, key):g}; it cannot be negative", key=key)
