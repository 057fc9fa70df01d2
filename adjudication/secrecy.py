"""What may be known of a world, by whom: the case as it stands open now, and the levels each seat believes in force.

Gates of a case (`see_when`, variables' and moves' `hidden_until`) open with the state of the world. Whoever shows or
accepts anything asks for the case as it is `known`, and for `levels_known`; nothing of what is closed is in there.
Reads stored worlds and draws no die.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from adjudication.agreed import IN_FORCE, Agreement
from adjudication.conditions import OrderFilter, judge
from adjudication.scalars import Scalar
from adjudication.scenario.schema import Fact, Gate, Move, Scenario, Sight, Variable
from adjudication.world import FORMS
from negotiation.issues import Issue

Payload = Mapping[str, Any]
"""A world as `World.to_payload` gives it."""

CLOSED = Sight(mode="hidden")


# --- the case as it may be known --------------------------------------------------------------
def known(scenario: Scenario, world: Payload, turn: int) -> Scenario:
    """Return the case as it may be known at a turn: the case itself where it has no gates.

    Seats for which a variable is closed read nothing of it, seats for which a fact opened may know it, seats that
    cannot know that a move is open do not have it. The same state of the gates gives the very same case.
    """
    gates = _gates(scenario)
    hidden = [move for move in scenario.moves if move.hidden_until is not None]
    if not gates and not hidden:
        return scenario
    truth = _Truth(scenario, world, turn)
    opened = tuple(judge(gate.when, truth) is True for gate in gates)
    facts = _facts(scenario, opened)
    seats = {move.id: _seats_of(scenario, move, facts, world, turn) for move in hidden}
    views: dict[object, Scenario] = scenario.__dict__.setdefault("_known", {})
    key = (opened, tuple(seats.values()))
    if key not in views:
        views[key] = replace(
            scenario,
            variables=_variables(scenario, opened),
            facts=facts,
            moves=tuple(replace(m, seats=seats[m.id]) if m.id in seats else m for m in scenario.moves),
        )
    return views[key]


def _gates(scenario: Scenario) -> tuple[Gate, ...]:
    """Return the gates that depend on the true state, those of variables first."""
    return (
        *(gate for variable in scenario.variables for gate in variable.hidden_until),
        *(gate for fact in scenario.facts for gate in fact.see_when),
    )


def _variables(scenario: Scenario, opened: tuple[bool, ...]) -> tuple[Variable, ...]:
    verdicts, found = iter(opened), []
    for variable in scenario.variables:
        closed = {seat: CLOSED for gate in variable.hidden_until if not next(verdicts) for seat in gate.seats}
        found.append(replace(variable, see={**variable.see, **closed}) if closed else variable)
    return tuple(found)


def _facts(scenario: Scenario, opened: tuple[bool, ...]) -> tuple[Fact, ...]:
    verdicts, found = iter(opened[sum(len(variable.hidden_until) for variable in scenario.variables) :]), []
    for fact in scenario.facts:
        more = [seat for gate in fact.see_when if next(verdicts) for seat in gate.seats if seat not in fact.see]
        found.append(replace(fact, see=(*fact.see, *more)) if more else fact)
    return tuple(found)


def _seats_of(scenario: Scenario, move: Move, facts: tuple[Fact, ...], world: Payload, turn: int) -> tuple[str, ...]:
    """Return the seats that can tell, from the flags they may know and the calendar, that a move is open to them."""
    condition = move.hidden_until
    assert condition is not None
    return tuple(
        seat
        for seat in move.seats
        if judge(
            condition,
            _Truth(scenario, world, turn, only={f.id for f in facts if "all" in f.see or seat in f.see}),
        )
        is True
    )


# --- secret levels ----------------------------------------------------------------------------
def levels_known(scenario: Scenario, world: Payload, seat: str) -> dict[str, int]:
    """Return the levels a seat believes in force. Issues that are secret as a whole are the signatories' alone.

    Who does not hold a secret level and was not told believes what was last openly in force, until it leaks.
    """
    signs = seat in scenario.principals.values()
    marks = world.get("marks", {})
    found = {}
    for issue in scenario.negotiation.deal_issues:
        level = world["clauses"].get(issue.id)
        if level is None or (issue.secret and not signs):
            continue
        found[issue.id] = int(level) if knows_level(issue, int(level), seat, marks) else openly(issue, marks)
    for clause, believed in _kept_secret(world, seat).items():
        found[clause] = min(found.get(clause, believed), believed)
    return found


def _kept_secret(world: Payload, seat: str) -> dict[str, int]:
    """Return the clauses that parties to a text keep secret from a seat, and the level it believes them at."""
    marks = world.get("marks", {})
    texts = msgspec.convert(world.get("agreements", ()), tuple[Agreement, ...])
    kept: dict[str, int] = {}
    openly_at: dict[str, int] = {}
    for text in texts:
        for clause in text.clauses if text.status in IN_FORCE else ():
            hidden = clause.secret and seat not in text.parties and not marks.get(f"leaked.{clause.issue}")
            table, level = (kept, clause.from_level) if hidden else (openly_at, clause.level)
            table[clause.issue] = max(table.get(clause.issue, 0), level)
    return {issue: max(level, openly_at.get(issue, 0)) for issue, level in kept.items()}


def knows_level(issue: Issue, level: int, seat: str, marks: Mapping[str, float]) -> bool:
    """Tell whether a seat knows that a level is in force; "" is somebody who sits nowhere."""
    secret = issue.secret_levels.get(level)
    return (
        secret is None
        or seat in secret.holders
        or bool(marks.get(f"leaked.{issue.id}"))
        or bool(marks.get(f"told.{issue.id}.{seat}"))
    )


def openly(issue: Issue, marks: Mapping[str, float]) -> int:
    """Return the level of an issue last in force for all to see."""
    return int(marks.get(f"open.{issue.id}", issue.default))


def hidden_clauses(scenario: Scenario, levels: Mapping[str, int], seat: str, marks: Mapping[str, float]) -> set[str]:
    """Return the issues of a text whose level a seat (or, "", nobody in particular) may not know of."""
    signs = seat in scenario.principals.values()
    return {
        issue.id
        for issue in scenario.negotiation.issues
        if issue.id in levels
        and ((issue.secret and not signs) or not knows_level(issue, levels[issue.id], seat, marks))
    }


def hidden_in_text(scenario: Scenario, text: Agreement, seat: str, marks: Mapping[str, float]) -> set[str]:
    """Return the clauses of a text in force a seat may not know of: secret levels, and what its parties keep secret."""
    levels = {clause.issue: clause.level for clause in text.clauses}
    kept = {clause.issue for clause in text.clauses if clause.secret and not marks.get(f"leaked.{clause.issue}")}
    return hidden_clauses(scenario, levels, seat, marks) | (set() if seat in text.parties else kept)


def secrets_known(scenario: Scenario, world: Payload, seat: str) -> dict[str, float]:
    """Return what a seat knows of the state of secrets: what leaked, what is open, and whom holders told."""
    marks = world.get("marks", {})
    found = {name: float(at) for name, at in marks.items() if name.startswith(("leaked.", "open."))}
    for issue in scenario.negotiation.deal_issues:
        level = int(world["clauses"].get(issue.id, issue.default))
        if level in issue.secret_levels and knows_level(issue, level, seat, marks):
            prefix = f"told.{issue.id}."
            found |= {name: float(at) for name, at in marks.items() if name.startswith(prefix)}
    return found


class _Truth:
    """A stored world at the start of a turn, as a condition may ask of it (implements `conditions.Knower`).

    With `only`, no more than those flags, the turn and its tags can be told: what somebody knows.
    """

    def __init__(self, scenario: Scenario, world: Payload, turn: int, only: set[str] | None = None) -> None:
        self.scenario, self.world, self.turn, self.only = scenario, world, turn, only

    def interval(self, name: str) -> tuple[float, float] | str | None:
        """Return the value of a name as an interval of no width, or None where it cannot be told."""
        value = self._value(name)
        return None if value is None else (value, value)

    def _value(self, name: str) -> float | None:
        head, _, tail = name.partition(".")
        if name == "turn":
            return float(self.scenario.calendar_turn(self.turn))
        if head == "tag":
            here = self.scenario.clock_turn(self.turn)
            return float(here is not None and tail in here.tags)
        if head == "flag":
            return float(tail in self.world["flags"]) if self.only is None or tail in self.only else None
        if self.only is not None:
            return None
        value = self.world["clauses"].get(tail, 0) if head == "clause" else self.world["values"].get(name)
        return None if value is None else float(value)

    def count(self, orders: OrderFilter, within: int) -> tuple[float, float] | None:
        """Count orders carried out in the turns before; of this turn none is given yet."""
        if self.only is not None:
            return None
        total = 0.0
        for past in self.world["memory"][-within:] if within else ():
            for key, number in past.items():
                seat, _, move = key.partition(":")
                meant = (not orders.moves or move in orders.moves) and (not orders.by or seat in orders.by)
                total += number if meant else 0.0
        return (total, total)

    def deal(self, form: str) -> bool | None:
        """Tell whether a text of a form is in force."""
        if self.only is not None:
            return None
        present = self.world["values"].get(self.scenario.commitments.form, 0.0)
        return bool(present > 0) if form == "any" else bool(present == FORMS.index(form))

    def lens(self, name: str) -> bool:
        """Tell whether a lens is on: people know with all of them."""
        return True

    def roll(self, key: str, p: Scalar) -> None:
        """No gate of knowledge hangs on a die."""
