"""What a seat can tell about its own moves while it writes orders.

Judges the same gates as stage 1, three-valued, on what the seat reads and on nothing else: an unknown leaf makes a
move conditional. So that a locked move can never tell a secret, no true value enters here.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from adjudication.conditions import Condition, OrderFilter, judge
from adjudication.lenses import ALL
from adjudication.readings import Reading
from adjudication.scalars import Scalar
from adjudication.scenario.schema import Move, Rule, Scenario
from adjudication.sight import band_span, knows_flag
from adjudication.stages.legality import CONSENT, PRECONDITION, consent_needed
from adjudication.unlock import unmet
from adjudication.words import Sayings
from adjudication.world import FORMS

INFINITY = float("inf")
State = Literal["available", "conditional", "locked"]


class MoveStatus(msgspec.Struct, frozen=True):
    """What a seat can tell about one of its moves now: why not, and what would unlock it."""

    move: str
    state: State
    why: tuple[str, ...] = ()
    unlock: tuple[str, ...] = ()


def preview(
    scenario: Scenario,
    seat: str,
    *,
    readings: Mapping[str, Reading],
    clauses: Mapping[str, int],
    flags: Mapping[str, bool],
    turn: int,
    sheet: Sequence[str],
    capital: float | None = None,
    lenses: frozenset[str] = ALL,
) -> tuple[MoveStatus, ...]:
    """Judge every move of a seat. `clauses` and `flags` hold only what the seat may know."""
    words = Sayings(scenario)
    known = Outlook(
        scenario, seat, readings=readings, clauses=clauses, flags=flags, turn=turn, sheet=sheet, capital=capital,
        lenses=lenses,
    )  # fmt: skip
    return tuple(_status(move, known, words) for move in scenario.moves if seat in move.seats)


def _status(move: Move, known: "Outlook", words: Sayings) -> MoveStatus:
    verdicts, votes, broke = known.verdicts(move)
    why: list[str] = []
    unlock: list[str] = []
    for rule, condition, verdict in verdicts:
        if verdict is True:
            continue
        why.append(rule.say)
        unlock += [hint for hint in unmet(condition, lambda node: judge(node, known), words) if hint not in unlock]
    why += [rule.say for rule in votes]
    if broke:
        why.append(known.scenario.rule[PRECONDITION].text["capital"])
    return MoveStatus(move.id, known.state(move), tuple(dict.fromkeys(why)), tuple(unlock))


def _on(rule: Rule, lenses: frozenset[str]) -> bool:
    return rule.lens == "none" or rule.lens in lenses


def _gates(scenario: Scenario, move: Move, known: "Outlook") -> list[tuple[Rule, Condition]]:
    found: list[tuple[Rule, Condition]] = []
    if move.require is not None:
        rule = next((r for r in scenario.rules if move.id in r.gate_for), scenario.rule[PRECONDITION])
        if _on(rule, known.lenses):
            found.append((rule, move.require))
    needed = consent_needed(move, known.seat) if move.unanswered == "refused" else None
    if needed is not None and _on(scenario.rule[CONSENT], known.lenses):
        found.append((scenario.rule[CONSENT], needed))
    for rule, on, require in known.rules:
        if _meant(scenario, on, move, known.seat) and (rule.when is None or judge(rule.when, known) is not False):
            found.append((rule, require))
    return found


def _meant(scenario: Scenario, orders: OrderFilter, move: Move, seat: str) -> bool:
    return (
        (not orders.moves or move.id in orders.moves)
        and (not orders.by or seat in orders.by)
        and (not orders.side or scenario.seat[seat].side == orders.side)
        and (not orders.severity or move.severity in orders.severity)
        and (not orders.consent or orders.consent in move.consent)
        and (orders.unilateral is None or move.unilateral == orders.unilateral)
    )


Verdicts = list[tuple[Rule, Condition, bool | None]]


class Outlook:
    """What a seat knows, as intervals (implements `conditions.Knower`), and what it makes of its moves."""

    def __init__(
        self,
        scenario: Scenario,
        seat: str,
        *,
        readings: Mapping[str, Reading],
        clauses: Mapping[str, int],
        flags: Mapping[str, bool],
        turn: int,
        sheet: Sequence[str],
        capital: float | None = None,
        lenses: frozenset[str] = ALL,
    ) -> None:
        self.scenario, self.seat, self.readings, self.clauses = scenario, seat, readings, clauses
        self.flags, self.turn, self.sheet, self.lenses, self.capital = flags, turn, sheet, lenses, capital
        self.move: Move | None = None
        self.rules = [
            (rule, rule.on, rule.require)
            for rule in scenario.rules
            if rule.stage == 1 and rule.require is not None and rule.on is not None and _on(rule, lenses)
        ]

    def verdicts(self, move: Move) -> tuple[Verdicts, list[Rule], bool]:
        """Return the gates of a move and what the seat makes of them, votes it must win, and whether it is too dear."""
        self.move = move
        gates = [(rule, condition, judge(condition, self)) for rule, condition in _gates(self.scenario, move, self)]
        rules = self.scenario.rule
        votes = [
            rules[vote.rule]
            for vote in self.scenario.votes
            if vote.move == move.id and vote.rule in rules and _on(rules[vote.rule], self.lenses)
        ]
        return gates, votes, self.capital is not None and move.capital > self.capital

    def state(self, move: Move) -> State:
        """Return whether the seat can order a move as far as it can tell, without the reasons."""
        gates, votes, broke = self.verdicts(move)
        found = [verdict for _, _, verdict in gates]
        if broke or False in found:
            return "locked"
        return "conditional" if votes or None in found else "available"

    def interval(self, name: str) -> tuple[float, float] | str | None:
        """Return the span a name lies in as far as the seat knows, or None."""
        head, _, tail = name.partition(".")
        if name == "turn":
            here = float(self.scenario.calendar_turn(self.turn))
            return (here, here)
        if head == "tag":
            now = self.scenario.clock_turn(self.turn)
            worn = float(now is not None and tail in now.tags)
            return (worn, worn)
        if head == "clause":
            level = self.clauses.get(tail)
            return None if level is None else (float(level), float(level))
        if head == "flag":
            if not knows_flag(self.scenario, tail, self.seat) or tail not in self.flags:
                return None
            return (float(self.flags[tail]), float(self.flags[tail]))
        return self._of_reading(name)

    def _of_reading(self, name: str) -> tuple[float, float] | None:
        reading = self.readings.get(name)
        if reading is None:
            return None
        if reading.mode == "band":
            return band_span(self.scenario.variable[name], reading.band)
        if reading.mode == "exact" and reading.value is not None:
            return (reading.value, reading.value)
        return None if reading.low is None or reading.high is None else (reading.low, reading.high)

    def count(self, orders: OrderFilter, within: int) -> tuple[float, float] | None:
        """Count the seat's own sheet; what others order, or ordered before, it cannot be sure of."""
        own = sum(
            _meant(self.scenario, orders, self.scenario.move[m], self.seat)
            for m in self.sheet
            if m in self.scenario.move
        )
        mine = not orders.by or self.seat in orders.by
        only_mine = orders.by == (self.seat,) or self._only_own(orders)
        top = float(own) if only_mine and within == 0 else INFINITY
        return (float(own) if mine else 0.0, top)

    def _only_own(self, orders: OrderFilter) -> bool:
        moves = [self.scenario.move[m] for m in orders.moves if m in self.scenario.move]
        return bool(moves) and all(move.seats == (self.seat,) for move in moves)

    def deal(self, form: str) -> bool | None:
        """Tell whether a text is in force, if the seat reads its form."""
        span = self.interval(self.scenario.commitments.form)
        if span is None or isinstance(span, str):
            return None
        return span[0] > 0 if form == "any" else span[0] == FORMS.index(form)

    def lens(self, name: str) -> bool:
        """Tell whether a lens is on."""
        return name in self.lenses

    def roll(self, key: str, p: Scalar) -> None:
        """Nobody knows beforehand how a die will fall."""
