"""Checks of who plays and how a session runs: ids, teams, briefs, phases, presets, injects, facts."""

import re

from adjudication.scenario.checks.msel import check_entry
from adjudication.scenario.places import Desk, Place
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Preset, Scenario
from adjudication.scenario.vocabulary import Vocabulary

UNIQUE = (
    "teams", "seats", "variables", "derived", "moves", "rules", "phases", "presets", "calendar", "injects", "facts",
    "sources", "personas", "cards", "hazards", "standing", "channels", "lines", "veils", "absent",
    "templates", "anchors", "indicators",
)  # fmt: skip
"""Sections whose entries carry an id of their own."""

_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def check_table(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    """Record what is wrong with seats, sessions and the outside world."""
    _unique(desk)
    _clockwork(scenario, desk)
    _seats(scenario, desk)
    _visibility(scenario, desk)
    for preset in scenario.presets:
        _preset(scenario, desk, preset)
    _events(scenario, desk)
    _facts(scenario, desk)


def _unique(desk: Desk) -> None:
    for section in UNIQUE:
        first: dict[object, str] = {}
        for node in desk.places.items(section):
            known = (node.mapping or {}).get("id")
            if known is None:
                continue
            place = f"{node.file}, line {node.line}"
            if known.value in first:
                desk.faults.add(node, f"{known.value!r} is given twice in {section}: first in {first[known.value]}")
            first.setdefault(known.value, place)


def _clockwork(scenario: Scenario, desk: Desk) -> None:
    turns = scenario.meta.turns
    if turns < 1:
        desk.add(("meta",), f"a game has at least one turn, not {turns}", key="turns")
    for key, given in (("turn_names", scenario.meta.turn_names), ("game_dates", scenario.meta.game_dates)):
        if given and len(given) != turns:
            desk.add(("meta",), f"{turns} turns, {len(given)} {key}; give one for each turn", key=key)
    _dates(scenario, desk)
    settles = [phase.id for phase in scenario.phases if phase.adjudicate]
    if scenario.phases and len(settles) != 1:
        desk.add(("phases",), f"exactly one phase settles the turn (`adjudicate: true`), not {len(settles)}", settles)
    if scenario.phases and not any(phase.orders for phase in scenario.phases):
        desk.add(("phases",), "no phase takes orders; set `orders: true` on at least one")


def _dates(scenario: Scenario, desk: Desk) -> None:
    before: str = ""
    for number, text in enumerate(scenario.meta.game_dates):
        if not _DAY.fullmatch(text):
            desk.add(("meta", "game_dates", number), f"{text!r} is no date; write it as 2017-01-20")
            continue
        if text < before:
            desk.add(("meta", "game_dates", number), f"{text} lies before the turn before it ({before})")
        before = text


def _seats(scenario: Scenario, desk: Desk) -> None:
    teams = {team.id for team in scenario.teams}
    for seat in scenario.seats:
        place: Place = ("seats", seat.id)
        if seat.team not in teams:
            desk.unknown(place, "team", seat.team, teams)
        if seat.budget < 0:
            desk.add(place, f"a budget of {seat.budget} orders; it cannot be negative", key="budget")
        if seat.brief is not None and seat.brief.check is not None:
            options = seat.brief.check.options
            if not 0 <= seat.brief.check.answer < len(options):
                answer = seat.brief.check.answer
                message = f"answer {answer} is none of the {len(options)} options; count from 0"
                desk.add((*place, "brief", "check"), message, key="answer")
        if seat.brief is not None and seat.brief.objectives:
            _weights(desk, (*place, "brief", "objectives"), [goal.weight for goal in seat.brief.objectives])
    for section, keys in (("bots", scenario.bots), ("goals", scenario.goals)):
        for name in keys:
            if name not in scenario.seat:
                desk.unknown((section, name), "seat", name, scenario.seat)
    for name, goals in scenario.goals.items():
        _weights(desk, ("goals", name), [goal.weight for goal in goals.values()])


def _weights(desk: Desk, place: Place, weights: list[float]) -> None:
    total = sum(weights)
    if min(weights, default=0.0) < 0:
        desk.add(place, f"a weight of {min(weights):g}; weights lie between 0 and 1")
    if abs(total - 1.0) > 1e-6:
        desk.add(place, f"the weights add up to {total:g}, not 1")


def _visibility(scenario: Scenario, desk: Desk) -> None:
    readers = set(scenario.seat) | {seat.role for seat in scenario.seats} | {"default"}
    for variable in scenario.variables:
        place: Place = ("variables", variable.id)
        for reader, sight in variable.see.items():
            if reader not in readers:
                desk.unknown((*place, "see", reader), "seat or role", reader, readers)
            if sight.sigma < 0:
                desk.add((*place, "see", reader), f"noise of {sight.sigma:g}; a standard deviation is not negative")
        if "default" not in variable.see and not all(
            seat.id in variable.see or seat.role in variable.see for seat in scenario.seats
        ):
            desk.add(place, "says nothing for some seats; give every seat or a default", key="see")
        low, high = limits(variable.kind, variable.min, variable.max)
        if low > high:
            desk.add(place, f"min {low:g} is above max {high:g}", key="min")
        elif not low <= variable.init <= high:
            desk.add(place, f"init {variable.init:g} is outside {low:g}..{high:g}", key="init")
        if variable.prior is not None and not low <= variable.prior <= high:
            desk.add(place, f"prior {variable.prior:g} is outside {low:g}..{high:g}", key="prior")
        if variable.lens and variable.lens not in scenario.lenses:
            desk.unknown(place, "lens", variable.lens, scenario.lenses)


def _preset(scenario: Scenario, desk: Desk, preset: Preset) -> None:
    place: Place = ("presets", preset.id)
    turns, last = scenario.meta.turns, preset.last or scenario.meta.turns
    if not 1 <= preset.first <= last <= turns:
        desk.add(place, f"plays turns {preset.first} to {last}; the case has turns 1 to {turns}", key="first")
    phases = {phase.id for phase in scenario.phases}
    for phase, minutes in preset.minutes.items():
        if phase not in phases:
            desk.unknown((*place, "minutes", phase), "phase", phase, phases)
        elif minutes is not None and minutes <= 0:
            desk.add((*place, "minutes", phase), f"{minutes:g} minutes; give more than 0, or null for no clock")
    known = set(scenario.variable) | {f"clause.{i}" for i in scenario.issues} | {f"flag.{f}" for f in scenario.flags}
    levels = {i.id: len(i.levels) - 1 for i in scenario.negotiation.deal_issues}
    for name, value in preset.start.items():
        if name not in known:
            desk.unknown((*place, "start", name), "start value", name, known, list_all=False)
            continue
        variable = scenario.variable.get(name)
        low, high = limits(variable.kind, variable.min, variable.max) if variable else (0.0, 1.0)
        if name.startswith("clause."):
            low, high = 0.0, float(levels[name.removeprefix("clause.")])
        if not low <= value <= high:
            desk.add((*place, "start", name), f"{name} starts at {value:g}, outside {low:g}..{high:g}")
    for seat in preset.deal.parties if preset.deal is not None else ():
        if seat not in scenario.seat:
            desk.unknown((*place, "deal", "parties"), "seat", seat, scenario.seat)


def _events(scenario: Scenario, desk: Desk) -> None:
    turns = scenario.meta.turns
    for event in scenario.calendar:
        if not 1 <= event.turn <= turns:
            desk.add(("calendar", event.id), f"there is no turn {event.turn}; the case has 1 to {turns}", key="turn")
    for inject in scenario.injects:
        check_entry(scenario, desk, inject, scenario.inject)


def _facts(scenario: Scenario, desk: Desk) -> None:
    for fact in scenario.facts:
        if fact.id not in scenario.flags:
            desk.unknown(("facts", fact.id), "flag", fact.id, scenario.flags)
        for reader in fact.see:
            if reader != "all" and reader not in scenario.seat:
                desk.unknown(("facts", fact.id, "see"), "reader", reader, {*scenario.seat, "all"})
