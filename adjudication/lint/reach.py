"""What can ever be so in a case: which moves can be ordered, which flags raised, which events happen.

Owns a decision over closed condition trees: whether ranges, flags and orders leave a tree any way to hold. It must
stay sound: what it calls impossible never happens; what it cannot tell it calls possible. Starts from "everything
can" and takes away until nothing changes.
"""

from collections.abc import Iterator
from functools import cached_property

from adjudication import conditions as c
from adjudication import effects as e
from adjudication.lint.spans import Bounds
from adjudication.scenario.names import effects_of
from adjudication.scenario.places import Place
from adjudication.scenario.schema import Move, Rule, Scenario
from adjudication.scenario.vocabulary import EVENTS, PER_SIDE, Vocabulary

MOST_WAYS = 400
"""Ways a tree may hold before the question is given up as possible."""

Literal_ = tuple[c.Condition, bool]
"""A leaf, and whether it must hold."""

HEARD: dict[str, frozenset[float]] = {
    **dict.fromkeys(EVENTS, frozenset({3.5, 4.0})),
    "clash": frozenset({7.0}), "war": frozenset({7.0}), "collapse": frozenset({8.0}), "snapback": frozenset({8.0}),
    "honoured": frozenset({6.0}), "back_down": frozenset({6.0}), "breach_by": frozenset({8.0}),
    "learned": frozenset({9.0}), "preempted": frozenset({4.0}),
}  # fmt: skip
"""At which stages rules of an event are run; per-side events by their head."""


class Reach:
    """What a case can come to."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.words = Vocabulary(scenario)
        self.moves = {move.id for move in scenario.moves if _affordable(scenario, move)}
        self.flags = set(scenario.flags)
        self.events = set(self.words.events)
        while self._narrowed():
            pass

    # --- questions ----------------------------------------------------------------------------
    def possible(self, condition: c.Condition | None, owner: Move | Rule | None = None) -> bool:
        """Tell whether a condition may hold at some time; False is certain."""
        if condition is None:
            return True
        ways = list(_ways(condition, holds=True))
        return len(ways) >= MOST_WAYS or any(self._consistent(way, owner) for way in ways)

    def certain(self, condition: c.Condition, owner: Move | Rule | None = None) -> bool:
        """Tell whether a condition can never fail."""
        return not self.possible(c.Not(condition), owner)

    def matched(self, orders: c.OrderFilter) -> tuple[Move, ...]:
        """Return the moves that can be ordered and that a filter means."""
        return tuple(move for move in self.scenario.moves if move.id in self.moves and _meant(move, orders, self))

    def fires(self, rule: Rule) -> bool:
        """Tell whether a data rule may ever act."""
        if rule.event and (rule.event not in self.events or rule.stage not in self.heard(rule.event)):
            return False
        if rule.on is not None and not self.matched(rule.on):
            return False
        return self.possible(rule.when, rule)

    def heard(self, event: str) -> frozenset[float]:
        """Return the stages at which rules of an event are run."""
        if event in HEARD:
            return HEARD[event]
        head = next((head for head in (*PER_SIDE, "learned") if event.startswith(f"{head}_")), "")
        if head:
            return HEARD[head]
        if event.startswith("discontent_"):
            return frozenset({3.5, 4.0})
        scenario = self.scenario
        if any(hazard.event == event for hazard in scenario.hazards):
            return frozenset({7.0})
        if scenario.ladder is not None and scenario.ladder.step_event == event:
            return frozenset({7.0})
        if event in _of_texts(scenario):
            return frozenset({1.0, 2.0, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0})
        return frozenset({4.0})

    # --- narrowing ----------------------------------------------------------------------------
    def _narrowed(self) -> bool:
        before = (len(self.moves), len(self.flags), len(self.events))
        self.__dict__.pop("bounds", None)
        self.moves = {name for name in self.moves if self._orderable(self.scenario.move[name])}
        live = list(self._live_effects())
        raised = {effect.flag for effect in live if isinstance(effect, e.SetFlag) and effect.value}
        emitted = {effect.event for effect in live if isinstance(effect, e.Emit)}
        self.flags &= raised | self._given
        self.events &= emitted | set(self._engine_events())
        return (len(self.moves), len(self.flags), len(self.events)) != before

    def _orderable(self, move: Move) -> bool:
        return self.possible(move.require, move) and self.possible(move.hidden_until, move)

    def _live_effects(self) -> Iterator[e.Effect]:
        for place, effect in effects_of(self.scenario):
            if self.alive(place) and self.possible(effect.when, self._owner(place)):
                yield effect

    def alive(self, place: Place) -> bool:
        """Tell whether the thing an effect belongs to can come about."""
        section, name = str(place[0]), str(place[1])
        if section == "moves":
            return name in self.moves
        if section == "rules":
            return self.fires(self.scenario.rule[name])
        if section == "injects":
            return self.possible(self.scenario.inject[name].trigger)
        return any(event.id == name and self.possible(event.when) for event in self.scenario.calendar)

    def _owner(self, place: Place) -> Move | Rule | None:
        if place[0] == "moves":
            return self.scenario.move[str(place[1])]
        return self.scenario.rule[str(place[1])] if place[0] == "rules" else None

    @cached_property
    def _given(self) -> frozenset[str]:
        """Flags that are up without any effect: by a preset, a card, or the engine."""
        scenario = self.scenario
        given = {name.removeprefix("flag.") for preset in scenario.presets for name in preset.start}
        for card in scenario.cards:
            given |= {name.removeprefix("flag.") for outcome in card.outcomes for name in outcome.set}
        return frozenset(given)

    def _engine_events(self) -> Iterator[str]:
        scenario = self.scenario
        meets = scenario.summit is not None and set(scenario.summit.orders) <= self.moves
        issues = any(issue.kind != "sequence" for issue in scenario.negotiation.issues)
        may = {
            "summit": meets, "signed_at_summit": meets, "walk_away": meets, "signed": issues, "signed_text": issues,
            "signed_statement": issues, "signed_by_exchange": issues, "collapse": issues,
            "understood": issues and scenario.negotiation.table.oral,
            "text_struck": bool(scenario.negotiation.gates), "snapback": scenario.commitments.snapback is not None,
            "clash": scenario.hazard is not None or bool(scenario.hazards),
            "war": scenario.hazard is not None or bool(scenario.hazards),
        }  # fmt: skip
        yield from (event for event, can in may.items() if can)
        for side in self.words.sides:
            if scenario.vows is not None and set(scenario.vows.moves) & self.moves:
                yield from (f"honoured_{side}", f"back_down_{side}")
            yield from (f"breach_by_{side}", f"preempted_{side}", f"learned_{side}")
            yield from (f"late_by_{side}", f"suspended_by_{side}", f"withdrawn_by_{side}")
        yield from (f"discontent_{p.id}" for p in scenario.negotiation.players if not p.blocks)
        yield from (vote.event for vote in scenario.tabled if self.possible(vote.when))
        yield from (f"leak_{move}" for move in self.moves if scenario.move[move].detect > 0)
        yield from (hazard.event for hazard in scenario.hazards if self.possible(hazard.when))
        yield from _of_texts(scenario)
        if scenario.ladder is not None:
            yield scenario.ladder.step_event

    @cached_property
    def bounds(self) -> Bounds:
        """Ranges of names as far as flags and events are known to be possible."""
        return Bounds(self.scenario, self.words, flags=frozenset(self.flags), events=frozenset(self.events))

    def _consistent(self, way: tuple[Literal_, ...], owner: Move | Rule | None) -> bool:
        """Tell whether the leaves of one way may all be so together."""
        params = owner.params if isinstance(owner, Move) else None
        space = self.bounds.fresh(params)
        return all(self._fits(space, leaf, holds=holds) for leaf, holds in way)

    def _fits(self, space: "Bounds", leaf: c.Condition, *, holds: bool) -> bool:
        match leaf:
            case c.Count(orders, at_least, within):
                if holds and at_least > 0 and not self.matched(orders):
                    return False
                return space.counted((orders, within), at_least, holds=holds)
            case c.Chance(p):
                low, high = self.words.signs.span(p)
                return high > 0 if holds else low < 1
            case _:
                return space.narrow(leaf, holds=holds)


def _of_texts(scenario: Scenario) -> tuple[str, ...]:
    """Return the events that secrets and parties not at the table raise."""
    return (*(leak.event for leak in scenario.leaks), *(party.event for party in scenario.absent))


def _affordable(scenario: Scenario, move: Move) -> bool:
    return any(move.cost <= scenario.seat[seat].budget for seat in move.seats)


def _meant(move: Move, orders: c.OrderFilter, reach: Reach) -> bool:
    """Tell whether a move may be among the orders a filter means."""
    seats = [reach.scenario.seat[seat] for seat in move.seats]
    signal = move.signal.trust if move.signal is not None else 0.0
    return (
        (not orders.moves or move.id in orders.moves)
        and (not orders.by or any(seat.id in orders.by for seat in seats))
        and (not orders.side or any(seat.side == orders.side for seat in seats))
        and (not orders.severity or move.severity in orders.severity)
        and (orders.unilateral is None or move.unilateral == orders.unilateral)
        and (orders.leader is None or move.leader_channel == orders.leader)
        and (not orders.consent or orders.consent in (*move.consent, *move.needs))
        and (not orders.signal or (signal > 0 if orders.signal == "positive" else signal < 0))
    )


def _ways(condition: c.Condition, *, holds: bool) -> Iterator[tuple[Literal_, ...]]:
    """Yield the conjunctions of leaves by which a condition holds (or fails), at most `MOST_WAYS`."""
    match condition:
        case c.Not(item):
            yield from _ways(item, holds=not holds)
        case c.All(items) | c.Some(items):
            if isinstance(condition, c.All) == holds:
                yield from _crossed(items, holds=holds)
            else:
                for item in items:
                    yield from _ways(item, holds=holds)
        case _:
            yield ((condition, holds),)


def _crossed(items: tuple[c.Condition, ...], *, holds: bool) -> Iterator[tuple[Literal_, ...]]:
    ways: list[tuple[Literal_, ...]] = [()]
    for item in items:
        ways = [(*way, *more) for way in ways for more in _ways(item, holds=holds)][:MOST_WAYS]
    yield from ways
