"""Moves outside the catalogue: argued, estimated, framed by Control, settled by one keyed die (R-F02, section 2.4).

Owns the limits of a frame and the translation into an order of the turn, so that every stage treats a free move like
any other. It never draws a die but its own, keyed by the proposal.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from adjudication.dice import Die
from adjudication.effects import Add
from adjudication.odds import pooled
from adjudication.orders import FreeMove, Order
from adjudication.results import FreeResult, Happening
from adjudication.scalars import Const
from adjudication.scenario.freeform import FreeMoves
from adjudication.scenario.schema import Move, MoveText, Scenario, SignalSpec
from adjudication.settlement import Act, Settlement
from adjudication.stages.legality import refuse
from adjudication.world import DECIMALS

FAMILY = "free"
"""Dice and acts of free moves are named `free:<id of the proposal>`."""

HALF = 0.5
"""What a success in part is worth, as for any ruling."""


class Fault(msgspec.Struct, frozen=True):
    """Why a frame is outside the rules: what is wrong, with what, and what is allowed."""

    kind: str
    value: str
    allowed: tuple[str, ...]


# --- the frame --------------------------------------------------------------------------------
def cameo_weights(scenario: Scenario) -> dict[str, float]:
    """Return the Goldstein weight of every CAMEO code the case's own moves use; a free move takes one of these."""
    return {move.cameo: move.goldstein for move in sorted(scenario.moves, key=lambda m: m.id) if move.cameo}


def fault_of(scenario: Scenario, limits: FreeMoves, frame: FreeMove) -> Fault | None:
    """Return the first thing about a frame that the case does not allow, or None."""
    if len(frame.effects) > limits.effects or len(frame.costs) > limits.costs:
        return Fault("count", "", (str(limits.effects), str(limits.costs)))
    for effect in (*frame.effects, *frame.costs):
        if effect.variable not in limits.variables:
            return Fault("variable", effect.variable, limits.variables)
        if abs(effect.delta) > limits.limit:
            return Fault("size", effect.variable, (f"{limits.limit:g}",))
    side = scenario.seat[frame.seat].side
    for amount, readers in ((frame.trust, scenario.beliefs.trust), (frame.resolve, scenario.beliefs.resolve)):
        if abs(amount) > limits.signal_limit:
            return Fault("signal", side, (f"{limits.signal_limit:g}",))
        if amount and side not in readers:
            return Fault("side", side, tuple(sorted(readers)))
    if frame.cameo and frame.cameo not in cameo_weights(scenario):
        return Fault("cameo", frame.cameo, tuple(sorted(cameo_weights(scenario))))
    return None


# --- in the turn ------------------------------------------------------------------------------
def acts_of(s: Settlement, free: Sequence[FreeMove], rulings: Mapping[str, str]) -> list[Act]:
    """Return the free moves as orders in play, by id, never by submission."""
    found: list[Act] = []
    for one in sorted(free, key=lambda f: f.id):
        act = Act(Order(one.id, one.seat, name_of(one), {}, one.public), _move(s.scenario, one), _side(s, one), s.batch)
        act.free = one
        act.ruled = rulings.get(one.id, "")
        found.append(act)
    return found


def name_of(free: FreeMove) -> str:
    """Return the name of a free move's order and of its die."""
    return f"{FAMILY}:{free.id}"


def _side(s: Settlement, free: FreeMove) -> str:
    return s.scenario.seat[free.seat].side


def _move(scenario: Scenario, free: FreeMove) -> Move:
    """Return what Control framed in the shape of a move of the catalogue: no gates of its own, no friction."""
    signal = None
    if free.trust or free.resolve:
        signal = SignalSpec(about=scenario.seat[free.seat].side, trust=free.trust, resolve=free.resolve)
    return Move(
        id=name_of(free),
        seats=(free.seat,),
        severity=free.severity,
        text=MoveText(order=free.title),
        cameo=free.cameo,
        goldstein=cameo_weights(scenario).get(free.cameo, 0.0),
        cost=0,
        visibility="public" if free.public else "private",
        effects=tuple(Add(e.variable, Const(e.delta)) for e in free.effects),
        signal=signal,
    )


def settle_free(s: Settlement) -> None:
    """Draw the die of every free move that passed the gates; what fails does nothing."""
    s.stage = 1.0
    for act in s.acts:
        if act.free is None:
            continue
        s.arguments[act.order.id] = act.free.net
        chance = s.argued(act, round(pooled(act.free.estimates), DECIMALS))
        came_off = s.roll(act.move.id, chance, yes="succeeded", no="failed")
        if act.ruled:
            act.cancelled = act.submitted & ~act.live
            continue  # a ruling replaces the outcome; the draw stays on record
        if s.record and bool(act.live[0]):
            _record(s, act, s.log[-1], succeeded=bool(came_off[0]))
        # What did not come off was tried: it is no order that was refused, and costs nobody a word.
        act.cancelled = act.live & ~came_off
        act.live = act.live & came_off


def _record(s: Settlement, act: Act, die: Die, *, succeeded: bool) -> None:
    rule = s.scenario.rule[limits_of(s.scenario).rule]
    if succeeded:
        act.rules.append(rule.id)
        s.gate_row(rule.id, act, template=f"{rule.id}.succeeded", slots={"p": die.threshold}, die=die)
        return
    assert act.free is not None
    if not act.free.public:
        act.visible_to = tuple(sorted({act.order.seat, *act.free.known_to}))  # nobody else ever met it
    refuse(s, act, rule.id, rule.text["failed"])
    s.rows[-1] = msgspec.structs.replace(s.rows[-1], dice=die)


def limits_of(scenario: Scenario) -> FreeMoves:
    """Return the case's custom-move tool. Only cases that have one get as far as a free move."""
    assert scenario.free_moves is not None, "a case without free moves admits none"
    return scenario.free_moves


def charge_failures(s: Settlement) -> None:
    """Queue what a failed free move costs, to be committed with the effects of the turn."""
    for act in s.acts:
        for cost in act.free.costs if act.free is not None else ():
            failed = act.submitted & ~act.live
            if s.record and not bool(failed[0]):
                continue
            amount = np.full(s.batch, cost.delta) * failed
            s.add(cost.variable, amount, limits_of(s.scenario).rule, "order", act.order.id, act=act)


# --- what came of it --------------------------------------------------------------------------
def results_of(s: Settlement) -> tuple[FreeResult, ...]:
    """Return what became of the free moves, by id (scalar)."""
    return tuple(_result(s, act, act.free) for act in s.acts if act.free is not None)


def _result(s: Settlement, act: Act, free: FreeMove) -> FreeResult:
    before = round(pooled(free.estimates), DECIMALS)
    die = next(die for die in s.log if die.key == act.move.id)
    live = bool(act.live[0])
    return FreeResult(
        id=free.id,
        seat=free.seat,
        title=free.title,
        status="failed" if not live else "partial" if float(act.fidelity[0]) <= HALF else "succeeded",
        severity=free.severity,
        goldstein=act.move.goldstein,
        public=free.public,
        estimates=tuple(sorted(free.estimates)),
        net=free.net,
        before=before,
        p=die.threshold,
        die=die,
        gates=tuple(gate for gate in act.gates if gate.rule != limits_of(s.scenario).rule),  # a die is no gate
        missing=tuple(act.missing),
        rules=tuple(dict.fromkeys(act.rules)),
        visible_to=act.visible_to,
        ruled=bool(act.ruled),
    )


def tell(s: Settlement, result: FreeResult) -> Happening:
    """Return a free move as something that happened, for those who see it."""
    rule = s.scenario.rule[limits_of(s.scenario).rule]
    text = rule.text["failed" if result.status == "failed" else "succeeded"]
    seat = s.scenario.seat[result.seat]
    words = f"{seat.short or seat.label}: \u201c{result.title}\u201d. {text}"
    return Happening(kind=FAMILY, rule=rule.id, visible_to=result.visible_to, text=words, slots={"seat": result.seat})
