"""Checks for circles: things that set each other off, values computed from themselves, orders turned into each other.

Follows only what is needed: an inject that could come about in another way waits for nobody.
"""

from collections.abc import Iterator, Mapping

from adjudication import conditions as c
from adjudication import effects as e
from adjudication.scalars import scalar_reads
from adjudication.scenario.places import Desk, Place
from adjudication.scenario.schema import Scenario

Graph = dict[str, tuple[str, ...]]


def check_circles(scenario: Scenario, desk: Desk) -> None:
    """Record every circle, at its first member."""
    derived = {d.id: tuple(sorted(scalar_reads(d.scalar) & set(scenario.derived_by_id))) for d in scenario.derived}
    for circle in circles(derived):
        desk.add(("derived", circle[0]), f"{_chain(circle)}: a value cannot be computed from itself")
    converted = _conversions(scenario)
    for circle in circles({move: tuple(sorted(to)) for move, to in converted.items()}):
        rule = converted[circle[0]][circle[1 % len(circle)]]
        desk.add(("rules", rule), f"{_chain(circle)}: these orders would be turned into each other for ever")
    superiors = {seat.id: (seat.superior,) if seat.superior else () for seat in scenario.seats}
    for circle in circles(superiors):
        desk.add(
            ("seats", circle[0], "superior"), f"{_chain(circle)}: nobody can be the superior of their own superior"
        )
    places, graph = _triggers(scenario)
    for circle in circles(graph):
        place = places[circle[0]]
        where = "sets itself off" if len(circle) == 1 else "set each other off"
        desk.add(place, f"circular trigger: {_chain(circle)} {where}; let one of them wait for something else")


def circles(graph: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield each circle of a graph once, beginning with its first node in order."""
    found: set[frozenset[str]] = set()
    for start in sorted(graph):
        path = _back_to(graph, start)
        if path and frozenset(path) not in found and start == min(path):
            found.add(frozenset(path))
            yield path


def _back_to(graph: Mapping[str, tuple[str, ...]], start: str) -> tuple[str, ...]:
    """Return the shortest way from a node back to itself."""
    frontier: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while frontier:
        path = frontier.pop(0)
        for following in graph.get(path[-1], ()):
            if following == start:
                return path
            if following not in seen:
                seen.add(following)
                frontier.append((*path, following))
    return ()


def _chain(circle: tuple[str, ...]) -> str:
    return " -> ".join((*circle, circle[0]))


def _conversions(scenario: Scenario) -> dict[str, dict[str, str]]:
    """Return what each move may be turned into, and by which rule."""
    found: dict[str, dict[str, str]] = {}
    for rule in scenario.rules:
        for effect in (*rule.otherwise, *rule.effects):
            if isinstance(effect, e.Convert) and rule.on is not None:
                for move in rule.on.moves:
                    found.setdefault(move, {})[effect.move] = rule.id
    return found


def _triggers(scenario: Scenario) -> tuple[dict[str, Place], Graph]:
    """Return who sets off whom among rules, injects, votes, dangers and standing orders, by flags and events."""
    needs: dict[str, frozenset[str]] = {}
    raises: dict[str, frozenset[str]] = {}
    places: dict[str, Place] = {}
    for rule in scenario.rules:
        own = {f"event.{rule.event}"} if rule.event else set()
        needs[rule.id] = frozenset(own) | needed(rule.when)
        raises[rule.id] = raised(rule.effects)
        places[rule.id] = ("rules", rule.id)
    for inject in scenario.injects:
        waited = {f"sent.{other}" for other in (inject.after, inject.silence) if other}
        needs[inject.id] = needed(inject.trigger) | waited
        raises[inject.id] = raised(inject.effects) | {f"sent.{inject.id}"}
        places[inject.id] = ("injects", inject.id)
    for tabled in scenario.tabled:
        needs[tabled.name], raises[tabled.name] = needed(tabled.when), frozenset({f"event.{tabled.event}"})
        places[tabled.name] = ("tabled", tabled.key)
    for hazard in scenario.hazards:
        needs[hazard.id], raises[hazard.id] = needed(hazard.when), frozenset({f"event.{hazard.event}"})
        places[hazard.id] = ("hazards", hazard.id)
    for order in scenario.standing:
        move = scenario.move.get(order.do)
        needs[order.id], raises[order.id] = needed(order.on), raised(move.effects if move is not None else ())
        places[order.id] = ("standing", order.id)
    for event in scenario.calendar:
        needs[event.id], raises[event.id] = needed(event.when), raised(event.effects)
        places[event.id] = ("calendar", event.id)
    graph = {name: tuple(sorted(other for other in needs if raises[name] & needs[other])) for name in raises}
    return places, graph


def needed(condition: c.Condition | None) -> frozenset[str]:
    """Return the flags and events without which a condition cannot hold."""
    match condition:
        case c.All(items):
            return frozenset().union(*(needed(item) for item in items))
        case c.Some(items) if items:
            return frozenset.intersection(*(needed(item) for item in items))
        case c.Compare(op, str(left), float(right)) if left.startswith(("flag.", "event.")):
            up = (op in ("eq", "ge") and right > 0) or (op == "gt" and right >= 0)
            return frozenset({left}) if up else frozenset()
        case _:
            return frozenset()


def raised(effects: tuple[e.Effect, ...]) -> frozenset[str]:
    """Return the flags and events effects raise."""
    found = {f"flag.{effect.flag}" for effect in effects if isinstance(effect, e.SetFlag) and effect.value}
    return frozenset(found | {f"event.{effect.event}" for effect in effects if isinstance(effect, e.Emit)})
