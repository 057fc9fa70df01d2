"""Play a case and hold the outcome against what it expects. Every difference is a sentence; none is an exception."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import msgspec
import numpy as np

from adjudication.explain import outcome_for
from adjudication.orders import Consent, Order, Override, SignedText
from adjudication.readings import make_readings
from adjudication.resolve import resolve_turn
from adjudication.results import OrderResult, Resolution
from adjudication.scenario.schema import Scenario
from adjudication.testkit import everything
from adjudication.world import World
from tests.support.casebook.packages import judged
from tests.support.casebook.shape import Case, OrderExpected, Turn, name_of, order_of

EXACT = 5e-4
"""Cases quote changes with three or four decimals."""
FINE = 5e-5
"""All comparisons are `not <=`, so that no number that is no number passes."""


@dataclass(frozen=True)
class Played:
    """A case as it came out."""

    scenario: Scenario
    case: Case
    before: World
    found: Resolution

    @cached_property
    def after(self) -> World:
        """The world after the turn."""
        return World.from_payload(self.scenario, self.found.world)

    @cached_property
    def start(self) -> dict[str, float]:
        """Everything before the turn."""
        return _all(self.scenario, self.before)

    @cached_property
    def end(self) -> dict[str, float]:
        """Everything after the turn."""
        return _all(self.scenario, self.after)

    @cached_property
    def orders(self) -> dict[str, OrderResult]:
        """What became of the orders, by the names the case uses."""
        return {order.id: order for order in self.found.orders}

    @cached_property
    def _readings(self) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
        turn, seed = self.found.turn, self.case.seed
        old, errors = make_readings(self.scenario, self.before, turn=turn, seed=seed, errors={})
        new, _ = make_readings(self.scenario, self.after, turn=turn + 1, seed=seed, errors=errors)
        return old, new

    def words(self, view: str) -> str:
        """Return all that a view is told of the turn, as one text."""
        old, new = ({r.variable: r for r in made.get(view.removeprefix("seat:"), ())} for made in self._readings)
        account = outcome_for(
            self.scenario, self.found, self.before, view=view, readings_before=old, readings_after=new
        )
        return "\n".join(_strings(msgspec.to_builtins(account)))


def _all(scenario: Scenario, world: World) -> dict[str, float]:
    return {**everything(scenario, world), **{name: float(held[0]) for name, held in world.resources.items()}}


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def given_world(scenario: Scenario, case: Case) -> World:
    """Return the situation a case starts from."""
    given = case.given
    world = World.initial(scenario, 1, given.preset or None).with_values(scenario, given.set)
    resources = {**world.resources, **{name: np.array([amount]) for name, amount in given.capital.items()}}
    memory = tuple({o.replace(" ", ":"): np.array([1.0]) for o in turn} for turn in given.earlier)
    return replace(world, resources=resources, memory=memory)


def play(scenario: Scenario, case: Case, quiet: Mapping[str, str]) -> Played:
    """Play the turns of a case; the last one counts."""
    world = given_world(scenario, case)
    turns = (*case.before, case.do)
    for number, turn in enumerate(turns, start=case.turn - len(turns) + 1):
        before, found = world, _settle(scenario, world, case, turn, number, quiet)
        world = World.from_payload(scenario, found.world)
    return Played(scenario, case, before, found)


def _settle(
    scenario: Scenario, world: World, case: Case, turn: Turn, number: int, quiet: Mapping[str, str]
) -> Resolution:
    ordered = [order_of(o) for o in turn.orders]
    orders = [Order(name_of(o), o.by, o.move, dict(o.params), o.public) for o in ordered]
    texts = [SignedText(t.id, t.title, dict(t.levels), t.venue, t.parties) for t in turn.texts]
    rulings = [Override(f"r{n}", r.kind, r.target, r.value, None, r.reason) for n, r in enumerate(turn.overrides)]
    consents = [Consent(o, seat, given) for o, answers in turn.consents.items() for seat, given in answers.items()]
    forced = {key: word for key, word in {**quiet, **turn.forced}.items() if word != "free"}
    return resolve_turn(
        scenario, world, turn=number, orders=orders, seed=case.seed, texts=texts, lenses=case.active,
        overrides=rulings, forced=forced, injects=turn.injects, bots=turn.bots, arguments=turn.arguments,
        free=turn.free, consents=consents, conduct=turn.conduct,
    )  # fmt: skip


# --- judging ----------------------------------------------------------------------------------
def differences(played: Played) -> Iterator[str]:
    """Say where the outcome is not what the case expects."""
    then = played.case.then
    for name, order in then.orders.items():
        yield from _order(name, order, played.orders.get(name))
    for name, change in then.changes.items():
        yield from _change(name, change, played.end[name] - played.start[name])
    for name, end in then.ends.items():
        if not abs(played.end[name] - end) <= EXACT:
            yield f"{name} ends at {played.end[name]:g}, expected {end:g}"
    for rule, asked in then.asks.items():
        yield from _asked(played, rule, asked)
    yield from _chances(played)
    kinds = [h.kind for h in played.found.happenings]
    yield from (f"{kind!r} did not happen ({kinds})" for kind in then.happens if kind not in kinds)
    yield from (f"{kind!r} happened" for kind in then.not_happens if kind in kinds)
    hows = [learned.how for learned in played.found.learned]
    if then.learned and sorted(hows) != sorted(then.learned):
        yield f"what was learned: {hows}, expected {list(then.learned)}"
    yield from _meeting(played)
    yield from judged(played.scenario, played.case, played.before)
    for text, status in then.texts.items():
        if played.found.texts.get(text) != status:
            yield f"text {text} is {played.found.texts.get(text)}, expected {status}"
    for text, issues in then.struck.items():
        if sorted(played.found.struck.get(text, ())) != sorted(issues):
            yield f"struck from {text}: {played.found.struck.get(text, ())}, expected {issues}"
    for view, told in then.told.items():
        words = played.words(view)
        yield from (f"{view} is not told {line!r}" for line in told.says if line not in words)
        yield from (f"{view} is told {line!r}" for line in told.hides if line in words)


def _order(name: str, expected: str | OrderExpected, found: OrderResult | None) -> Iterator[str]:
    if found is None:
        yield f"order {name!r} has no outcome"
        return
    want = expected if isinstance(expected, OrderExpected) else OrderExpected(status=expected)  # type: ignore[arg-type]
    if found.status != want.status:
        yield f"{name} is {found.status} ({found.reason}), expected {want.status}"
    if want.fidelity is not None and not abs(found.fidelity - want.fidelity) <= FINE:
        yield f"{name} is carried out at {found.fidelity:g}, expected {want.fidelity:g}"
    if want.returned is not None and found.returned != want.returned:
        yield f"{name}: the points are {'' if found.returned else 'not '}returned"
    unlock = " | ".join(found.unlock)
    yield from (
        f"{name}: {words!r} is not in what would unlock it ({unlock})" for words in want.unlock if words not in unlock
    )
    if want.why and want.why not in found.reason:
        yield f"{name}: the reason is {found.reason!r}, expected {want.why!r}"
    yield from (f"{name}: rule {rule} is not named ({found.rules})" for rule in want.rules if rule not in found.rules)


def _change(name: str, expected: float | str, found: float) -> Iterator[str]:
    if isinstance(expected, str):
        way = "same" if abs(found) < 1e-9 else "up" if found > 0 else "down"
        if way != expected:
            yield f"{name} went {way} ({found:+g}), expected {expected}"
    elif not abs(found - expected) <= EXACT:
        yield f"{name} changed by {found:+.4f}, expected {expected:+.4f}"


def _asked(played: Played, rule: str, asked: Mapping[str, float]) -> Iterator[str]:
    sums: dict[str, float] = {}
    for row in played.found.ledger:
        if row.rule_id == rule and row.var is not None:
            sums[row.var] = sums.get(row.var, 0.0) + row.raw
    for var, amount in asked.items():
        if not abs(sums.get(var, 0.0) - amount) <= FINE:
            yield f"{rule} asks {sums.get(var, 0.0):+.5f} of {var}, expected {amount:+g}"
    tally = {v.id for v in played.scenario.variables if v.group == "tally"}
    extra = {var for var, amount in sums.items() if var not in {*asked, *tally} and abs(amount) > FINE}
    if extra and rule not in ("MOVE", "CLAMP"):
        yield f"{rule} also moves {', '.join(sorted(extra))}"


def _chances(played: Played) -> Iterator[str]:
    dice = {die.key: die.threshold for die in played.found.dice}
    known = {"p_clash": played.found.p_clash, "p_war": played.found.p_war, **dice}
    for key, chance in played.case.then.chances.items():
        if key not in known:
            yield f"no die {key!r} was rolled ({', '.join(sorted(dice))})"
        elif not abs(known[key] - chance) <= FINE:
            yield f"the chance of {key} is {known[key]:.6f}, expected {chance:g}"


def _meeting(played: Played) -> Iterator[str]:
    then, summit = played.case.then, played.found.summit
    result = summit.result if summit is not None else "none"
    if then.summit and result != then.summit:
        yield f"the meeting ended with {result}, expected {then.summit}"
    for menu, sides in then.surplus.items():
        found = (summit.surplus if summit is not None else {}).get(menu, {})
        for side, amount in sides.items():
            if not abs(found.get(side, 99.0) - amount) <= EXACT:
                yield f"surplus of {side} at {menu} is {found.get(side)}, expected {amount:g}"
