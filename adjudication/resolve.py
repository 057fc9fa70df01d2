"""The pipeline of a turn, and nothing else: the same code for one live game and for thousands at once.

`resolve_turn` settles one world with its causal ledger. `resolve_batch` settles B worlds, one per seed, without.
Pure: same world, orders, seed and rulings give the same bytes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from adjudication import freemoves
from adjudication.conditions import Condition
from adjudication.lenses import ALL
from adjudication.orders import Conduct, Consent, FreeMove, Order, Override, SentInject, SignedText
from adjudication.results import OrderResult, OrderStatus, Resolution
from adjudication.scenario.schema import Scenario
from adjudication.settlement import Act, Bools, Floats, Settlement
from adjudication.stages.absent import settle_absent
from adjudication.stages.beliefs import settle_beliefs
from adjudication.stages.commitments import collapsed, settle_commitments
from adjudication.stages.drift import settle_drift
from adjudication.stages.duties import take_on
from adjudication.stages.effects import settle_effects, settle_events
from adjudication.stages.implementation import settle_detection, settle_implementation
from adjudication.stages.interaction import settle_interaction
from adjudication.stages.leaks import settle_leaks
from adjudication.stages.legality import settle_legality
from adjudication.stages.negotiation import announce, settle_negotiation
from adjudication.stages.nonplayers import settle_nonplayers
from adjudication.stages.opening import settle_opening
from adjudication.stages.owing import book
from adjudication.stages.reports import name_directives, settle_reports
from adjudication.stages.risk import settle_risk
from adjudication.stages.rulings import rulings_on_rows, settle_rulings
from adjudication.stages.scoring import indices, rounded, scores, told_scores, update_tally
from adjudication.stages.signing import Outcome
from adjudication.stages.standing import countermand, due_acts, settle_standing
from adjudication.stages.veils import lift, narrow, veils_down, who_sees
from adjudication.stages.vows import settle_vows
from adjudication.world import MEMORY_TURNS, Pending, World

PARTIAL_BELOW = 0.9


@dataclass(frozen=True, eq=False)
class BatchResolution:
    """B turns at once. Arrays are (B,). `summit`: -1 none, 0 no text, 1 statement, 2 text."""

    world: World
    p_clash: Floats
    p_war: Floats
    clash: Bools
    summit: NDArray[np.int64]
    fidelity: dict[str, Floats]
    executed: dict[str, Bools]
    indices: dict[str, Floats]
    scores: dict[str, dict[str, Floats]]
    events: dict[str, Bools]
    """Where each event of the turn happened."""


@dataclass(frozen=True, eq=False)
class _Settled:
    s: Settlement
    world: World
    outcome: Outcome
    p_clash: Floats
    p_war: Floats
    indices: dict[str, Floats]
    scores: dict[str, dict[str, Floats]]


def resolve_turn(
    scenario: Scenario,
    world: World,
    *,
    turn: int,
    orders: Sequence[Order],
    seed: str | int,
    texts: Sequence[SignedText] = (),
    lenses: frozenset[str] = ALL,
    overrides: Sequence[Override] = (),
    forced: Mapping[str, str] | None = None,
    injects: Sequence[str] = (),
    written: Sequence[SentInject] = (),
    bots: Collection[str] = (),
    arguments: Mapping[str, int] | None = None,
    free: Sequence[FreeMove] = (),
    consents: Sequence[Consent] = (),
    conduct: Sequence[Conduct] = (),
) -> Resolution:
    """Settle one turn of one game and explain it. `turn` is 1-based.

    `injects` are ids sent this turn, `written` those of them whose words or readers are not the case's.

    `bots` are seats no person plays: for them alone rules answer an invitation and decide whether to keep a promise.
    `arguments[order id]` in -3..3 are the net arguments Control granted an order (R-F02). `free` are moves outside the
    catalogue that Control framed and admitted. `consents`: who was asked to consent to an
    order, and what they answered. `conduct`: what parties do about what they signed.
    """
    done = _settle(
        scenario, world, turn=turn, orders=orders, seeds=(seed,), texts=texts, lenses=lenses, overrides=overrides,
        forced=forced or {}, injects=injects, written=written, active={}, record=True, bots=bots,
        arguments=arguments or {}, free=free, consents=consents, conduct=conduct,
    )  # fmt: skip
    s = done.s
    tried = freemoves.results_of(s)
    return Resolution(
        turn=turn,
        world=done.world.to_payload(scenario),
        ledger=tuple(s.rows),
        orders=tuple(_result(s, act) for act in sorted(s.acts, key=lambda a: a.order.id) if act.free is None),
        dice=tuple(s.log),
        happenings=(*s.happenings, *(freemoves.tell(s, result) for result in tried)),
        p_clash=round(float(done.p_clash[0]), 6),
        p_war=round(float(done.p_war[0]), 6),
        summit=done.outcome.summit,
        agreements=done.world.agreements,
        scores={seat: rounded(table) for seat, table in done.scores.items()},
        indices=rounded(done.indices),
        texts=done.outcome.texts,
        struck=done.outcome.struck,
        war=int(done.world.value(scenario, scenario.tally.war)),
        free=tried,
        learned=tuple(s.learned),
        titles={inject.id: inject.title for inject in written},
        told_scores={seat: rounded(table) for seat, table in told_scores(s, done.world.tally, done.indices).items()},
    )


def resolve_batch(
    scenario: Scenario,
    world: World,
    *,
    turn: int,
    orders: Sequence[Order],
    seeds: Sequence[str | int],
    texts: Sequence[SignedText] = (),
    lenses: frozenset[str] = ALL,
    overrides: Sequence[Override] = (),
    forced: Mapping[str, str] | None = None,
    injects: Sequence[str] = (),
    written: Sequence[SentInject] = (),
    active: Mapping[str, Bools] | None = None,
    bots: Collection[str] = (),
    arguments: Mapping[str, int] | None = None,
    free: Sequence[FreeMove] = (),
    consents: Sequence[Consent] = (),
    conduct: Sequence[Conduct] = (),
) -> BatchResolution:
    """Settle one turn of B games, one per seed. `active[order id]` (B,) restricts an order to some of them.

    Games already at war stand still: compare them on the turns they survived.
    """
    done = _settle(
        scenario, world, turn=turn, orders=orders, seeds=seeds, texts=texts, lenses=lenses, overrides=overrides,
        forced=forced or {}, injects=injects, written=written, active=active or {}, record=False, bots=bots,
        arguments=arguments or {}, free=free, consents=consents, conduct=conduct,
    )  # fmt: skip
    s = done.s
    result = done.outcome.result if done.outcome.result is not None else np.full(world.batch, -1)
    return BatchResolution(
        world=done.world, p_clash=done.p_clash, p_war=done.p_war, clash=s.events.get("clash", s.none), summit=result,
        fidelity={act.order.id: act.fidelity for act in s.acts}, executed={act.order.id: act.live for act in s.acts},
        indices=done.indices, scores=done.scores, events=s.events,
    )  # fmt: skip


def due(
    scenario: Scenario, world: World, condition: Condition, *, turn: int, seed: str | int = 0,
    lenses: frozenset[str] = ALL,
) -> bool:  # fmt: skip
    """Tell whether a condition holds at the start of a turn, before any order of it. Dice are keyed by `seed`."""
    s = Settlement(scenario, world, turn=turn, seeds=(seed,), lenses=lenses, forced={}, record=False)
    return bool(s.test(condition)[0])


def _settle(
    scenario: Scenario, world: World, *, turn: int, orders: Sequence[Order], seeds: Sequence[str | int],
    texts: Sequence[SignedText], lenses: frozenset[str], overrides: Sequence[Override], forced: Mapping[str, str],
    injects: Sequence[str], written: Sequence[SentInject], active: Mapping[str, Bools], record: bool,
    bots: Collection[str],
    arguments: Mapping[str, int], free: Sequence[FreeMove], consents: Sequence[Consent],
    conduct: Sequence[Conduct],
) -> _Settled:  # fmt: skip
    events = {
        ruling.target: "yes" if ruling.kind == "force_event" else "no"
        for ruling in overrides
        if ruling.kind in ("force_event", "suppress_event")
    }
    s = Settlement(
        scenario, world, turn=turn, seeds=seeds, lenses=lenses, forced={**forced, **events}, record=record,
        bots=frozenset(bots), arguments=arguments, consents=consents, conduct=conduct,
    )  # fmt: skip
    s.row_rulings = rulings_on_rows(s.scenario, overrides)
    behind = veils_down(s)
    s.acts = _acts(s, orders, world.pending, overrides, active, free)
    narrow(s, behind)
    name_directives(s)
    settle_events(s, injects, written)
    settle_opening(s)
    settle_legality(s)
    lift(s, behind)
    countermand(s)
    freemoves.settle_free(s)
    settle_implementation(s)
    settle_detection(s)
    settle_interaction(s)
    before = dict(s.clauses)
    outcome = settle_negotiation(s, tuple(texts))
    take_on(s, before, outcome.signings)
    announce(s, outcome.agreements)
    freemoves.charge_failures(s)
    settle_effects(s)
    settle_nonplayers(s)
    settle_vows(s)
    settle_beliefs(s)
    p_clash, p_war = settle_risk(s)
    settle_commitments(s)
    settle_absent(s)
    settle_leaks(s)
    settle_standing(s)
    settle_reports(s)
    settle_drift(s)
    settle_rulings(s, overrides)
    tally = update_tally(s, world.tally, p_clash)
    index = indices(s, tally)
    after = _next_world(s, world, outcome, tally)
    return _Settled(s, after, outcome, p_clash, p_war, index, scores(s, tally, index))


def _acts(
    s: Settlement, orders: Sequence[Order], pending: Sequence[Pending], overrides: Sequence[Override],
    active: Mapping[str, Bools], free: Sequence[FreeMove],
) -> list[Act]:  # fmt: skip
    """Put the orders in play, in an order of their own: by move, seat and id, never by submission."""
    rulings = {r.target: str(r.value) for r in overrides if r.kind == "replace_outcome"}
    degrees = {r.target: float(r.value) for r in overrides if r.kind == "fidelity"}
    acts: list[Act] = []
    for order in sorted(orders, key=lambda o: (o.move, o.seat, o.id)):
        act = Act(order, s.scenario.move[order.move], s.scenario.seat[order.seat].side, s.batch)
        if order.id in active:
            act.submitted = act.live = np.asarray(active[order.id], dtype=np.bool_)
        act.ruled, act.ruled_fidelity = rulings.get(order.id, ""), degrees.get(order.id)
        act.visible_to = who_sees(s.scenario, act)
        acts.append(act)
    for held in pending:
        if held.due != s.turn:
            continue
        act = Act(held.order, s.scenario.move[held.order.move], s.scenario.seat[held.order.seat].side, s.batch)
        act.submitted = act.live = np.array(held.mask, dtype=np.bool_)
        act.fidelity = np.array(held.fidelity)
        act.carried, act.free_pass = True, True
        act.ruled, act.ruled_fidelity = rulings.get(held.order.id, ""), degrees.get(held.order.id)
        act.visible_to = who_sees(s.scenario, act)
        acts.append(act)
    acts += due_acts(s)
    for act in freemoves.acts_of(s, free, rulings):
        act.visible_to = who_sees(s.scenario, act)
        acts.append(act)
    return acts


def _next_world(s: Settlement, world: World, outcome: Outcome, tally: dict[str, Floats]) -> World:
    scenario = s.scenario
    values = np.stack([s.values[v.id] for v in scenario.variables])
    clauses = np.stack([s.clauses[issue] for issue in scenario.issues])
    flags = np.stack([s.flags[flag] for flag in scenario.flags]) if scenario.flags else world.flags
    ended = world.values[scenario.index[scenario.tally.war]] >= scenario.over_from
    if not s.record and bool(np.any(ended)):  # a live game plays on until Control or the ladder ends it
        values, clauses = np.where(ended, world.values, values), np.where(ended, world.clauses, clauses)
        flags = np.where(ended, world.flags, flags)
    memory: dict[str, Floats] = {}
    for act in s.acts:
        if act.free is not None:
            continue  # the memory names moves of the catalogue; conditions on past turns ask for those
        key = f"{act.order.seat}:{act.move.id}"
        memory[key] = memory.get(key, np.zeros(s.batch)) + act.live
        about = act.order.params.get("variable")
        if isinstance(about, str):
            memory[f"{key}#{about}"] = act.live.astype(np.float64)
    pending = tuple(p for p in world.pending if p.due > s.turn) + tuple(
        _held_over(act, s.turn) for act in s.acts if act.delay is not None and bool(np.any(act.delayed))
    )
    agreements = (*world.agreements, *outcome.agreements)
    if s.record and bool(s.events.get("collapse", s.none)[0]):
        agreements = collapsed(agreements, s.turn)
    if s.record:
        agreements = book(s, agreements)
    regrown = {
        name: np.minimum(100.0, amount + 5.0) if name.endswith(".capital") else amount
        for name, amount in s.resources.items()
    }
    return replace(
        world, turn=s.turn, values=values, clauses=clauses, flags=flags, resources=regrown,
        memory=(*world.memory, memory)[-MEMORY_TURNS:], pending=pending, agreements=agreements, tally=tally,
        vows=s.vows, duties=s.duties, notices=s.notices, reports=s.reports, marks=s.marks,
    )  # fmt: skip


def _held_over(act: Act, turn: int) -> Pending:
    assert act.delay is not None
    due_in = int(np.nanmax(act.delay))
    return Pending(act.order, turn + due_in, tuple(map(float, act.fidelity)), tuple(map(bool, act.delayed)))


def _result(s: Settlement, act: Act) -> OrderResult:
    status = _status(act)
    return OrderResult(
        id=act.order.id, seat=act.order.seat, move=act.order.move, status=status, params=act.order.params,
        public=act.order.public, fidelity=round(float(act.fidelity[0]), 6) if bool(act.live[0]) else 0.0,
        delay=int(np.nan_to_num(act.delay)[0]) if act.delay is not None and bool(act.delayed[0]) else 0,
        gates=tuple(act.gates), missing=tuple(act.missing), unlock=tuple(act.missing),
        returned=status in ("blocked", "cancelled"), rules=tuple(dict.fromkeys(act.rules)), reason=act.reason,
        visible_to=act.visible_to, ruled=act.by_ruling, carried=act.carried, executor=act.move.executor,
        directive=act.directive, told=act.told, learned=act.learned, slowed_by=act.slowed_by,
    )  # fmt: skip


def _status(act: Act) -> OrderStatus:
    if act.ruled in ("done", "partial", "blocked"):
        return act.ruled  # type: ignore[return-value]
    if bool(act.delayed[0]):
        return "delayed"
    if bool(act.cancelled[0]):
        return "cancelled"
    if bool(act.converted[0]):
        return "converted"
    if not bool(act.live[0]):
        return "blocked"
    return "partial" if float(act.fidelity[0]) < PARTIAL_BELOW else "done"
