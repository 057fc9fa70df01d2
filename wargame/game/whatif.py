"""Answer what a ruling would do before it is made: the rulings are decided on the pending proposal and thrown away.

Pure. Nothing is recorded and nobody is told; the same rules refuse the same rulings, and the dice are those that fell.
"""

from collections.abc import Sequence
from functools import partial
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from wargame.game import commands as c
from wargame.game import engine
from wargame.game.decide import decide
from wargame.game.decide.base import provisional
from wargame.game.events import Actor, Ctx
from wargame.game.evolve import evolve
from wargame.game.rejections import Rejected, reject
from wargame.game.state import State

Trial = (
    c.RulingReplace
    | c.RulingFidelity
    | c.RulingEdit
    | c.RulingSet
    | c.RulingRow
    | c.RulingEffects
    | c.RulingReversal
    | c.RulingEvent
    | c.RulingDrop
    | c.ArgumentGrant
)
"""What can be tried out: everything that has the turn settled again."""

TRIALS = 8
"""Most things tried at once: each settles the turn."""

SERVER = Actor(kind="system", person="system", role="system")


class OrderChange(Struct, frozen=True, kw_only=True):
    """An order that would go otherwise. Degrees are 0 to 1."""

    order: str
    seat: str
    label: str
    status: tuple[str, str]
    degree: tuple[float, float]


class ValueChange(Struct, frozen=True, kw_only=True):
    """A variable that would stand otherwise, to the last decimal: as proposed, and as it would be."""

    variable: str
    label: str
    proposed: float
    would_be: float


class EventChange(Struct, frozen=True, kw_only=True):
    """A die that would fall otherwise, or not at all (empty)."""

    die: str
    outcome: tuple[str, str]


class GoalChange(Struct, frozen=True, kw_only=True):
    """A goal of a seat that would be served otherwise, 0 to 100."""

    seat: str
    goal: str
    score: tuple[float, float]


class WhatIf(Struct, frozen=True, kw_only=True):
    """What would differ from the pending proposal. Pairs are (as proposed, as it would be)."""

    turn: int
    orders: tuple[OrderChange, ...]
    values: tuple[ValueChange, ...]
    events: tuple[EventChange, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    flags: tuple[tuple[str, bool], ...]
    goals: tuple[GoalChange, ...]
    p_clash: tuple[float, float]
    p_war: tuple[float, float]


class Target(Struct, frozen=True, kw_only=True):
    """Something an effect of a ruling may name, and how it stands. `levels`: of a clause, from the lowest."""

    kind: Literal["add", "flag", "clause", "resource"]
    id: str
    label: str
    value: float
    levels: tuple[str, ...] = ()


def targets(state: State, scenario: Scenario) -> tuple[Target, ...]:
    """Return everything an effect of a ruling may name, with its value as the turn began."""
    values, banked, up = (
        engine.true_values(scenario, state.world),
        engine.banked(state.world),
        engine.flags_set(state.world),
    )
    open_ = set(engine.open_to_rulings(scenario))
    known = scenario.fact
    return (
        *(Target(kind="add", id=v.id, label=v.label, value=values[v.id]) for v in scenario.variables if v.id in open_),
        *(
            Target(
                kind="flag", id=flag, value=float(flag in up),
                label=known[flag].label if flag in known else flag.replace("_", " "),
            )
            for flag in scenario.flags
        ),
        *(
            Target(
                kind="clause", id=issue.id, label=issue.label, value=float(banked.get(issue.id, issue.default)),
                levels=tuple(level.label for level in issue.levels),
            )
            for issue in scenario.negotiation.deal_issues
            if issue.id in scenario.issues
        ),
        *(
            Target(kind="resource", id=f"{seat.id}.{name}", label=f"{seat.short or seat.label}: {name}", value=amount)
            for seat in scenario.seats
            for name in sorted(seat.resources)
            if (amount := engine.resource(state.world, seat.id, name)) is not None
        ),
    )  # fmt: skip


def what_if(state: State, trials: Sequence[Trial], scenario: Scenario, *, now_ms: int = 0) -> WhatIf | Rejected:
    """Return what these rulings would change of the pending proposal, all together, or why one of them cannot be."""
    if state.proposal is None:
        return reject("ruling.none_pending")
    tried = replace(state, ruling_by="")
    for number, trial in enumerate(trials):
        ctx = Ctx(
            now_ms=now_ms, actor=SERVER, command_id=f"trial:{number}", scenario=scenario,
            ids=partial(_name, number),
        )  # fmt: skip
        decided = decide(tried, trial, ctx)
        if isinstance(decided, Rejected):
            return decided
        for fact in decided:
            tried = evolve(tried, provisional(fact, ctx))
    assert tried.proposal is not None, "a ruling leaves the proposal pending"
    return compare(scenario, state.proposal, tried.proposal)


def _name(number: int, what: str) -> str:
    return f"trial:{number}:{what}"


def compare(scenario: Scenario, proposed: Resolution, other: Resolution) -> WhatIf:
    """Return what differs between two settlements of one turn."""
    said, would = [h.text for h in proposed.happenings], [h.text for h in other.happenings]
    up, down = engine.flags_set(proposed.world), engine.flags_set(other.world)
    return WhatIf(
        turn=proposed.turn,
        orders=tuple(_orders(scenario, proposed, other)),
        values=tuple(_values(scenario, proposed, other)),
        events=tuple(_events(proposed, other)),
        gained=tuple(text for text in would if text not in said),
        lost=tuple(text for text in said if text not in would),
        flags=tuple((flag, flag in down) for flag in sorted(up ^ down)),
        goals=tuple(_goals(proposed, other)),
        p_clash=(proposed.p_clash, other.p_clash),
        p_war=(proposed.p_war, other.p_war),
    )


def _orders(scenario: Scenario, proposed: Resolution, other: Resolution) -> list[OrderChange]:
    found = []
    after = {order.id: order for order in other.orders}
    for one in proposed.orders:
        two = after.get(one.id)
        if two is not None and (one.status, one.fidelity) != (two.status, two.fidelity):
            label = scenario.move[one.move].text.order
            found.append(
                OrderChange(
                    order=one.id, seat=one.seat, label=label, status=(one.status, two.status),
                    degree=(one.fidelity, two.fidelity),
                )
            )  # fmt: skip
    tried = {free.id: free for free in other.free}
    degree = {"succeeded": 1.0, "partial": 0.5, "failed": 0.0}
    for free in proposed.free:
        now = tried.get(free.id)
        if now is not None and now.status != free.status:
            found.append(
                OrderChange(
                    order=free.id, seat=free.seat, label=free.title, status=(free.status, now.status),
                    degree=(degree[free.status], degree[now.status]),
                )
            )  # fmt: skip
    return found


def _values(scenario: Scenario, proposed: Resolution, other: Resolution) -> list[ValueChange]:
    before, after = engine.values_of(proposed.world), engine.values_of(other.world)
    ruled = set(engine.open_to_rulings(scenario))
    moved = [v for v in scenario.variables if v.id in ruled and before[v.id] != after[v.id]]
    moved.sort(key=lambda v: (not v.headline, v.group, v.order))
    return [ValueChange(variable=v.id, label=v.label, proposed=before[v.id], would_be=after[v.id]) for v in moved]


def _events(proposed: Resolution, other: Resolution) -> list[EventChange]:
    fell, would = {d.key: d.outcome for d in proposed.dice}, {d.key: d.outcome for d in other.dice}
    return [
        EventChange(die=key, outcome=(fell.get(key, ""), would.get(key, "")))
        for key in sorted({*fell, *would})
        if fell.get(key) != would.get(key)
    ]


def _goals(proposed: Resolution, other: Resolution) -> list[GoalChange]:
    return [
        GoalChange(seat=seat, goal=goal, score=(score, other.scores[seat][goal]))
        for seat, goals in sorted(proposed.scores.items())
        for goal, score in sorted(goals.items())
        if other.scores.get(seat, {}).get(goal, score) != score
    ]
