"""Say what may be ruled, reviewed and rated on the pending proposal, as ready commands. Part of `legal`."""

from collections.abc import Iterator

from adjudication.orders import RuledEffect
from adjudication.scenario.schema import Scenario
from negotiation.rooms import may_post
from wargame.game import commands as c
from wargame.game import engine, proposal
from wargame.game.decide.base import is_umpire
from wargame.game.decide.desk import holder_of
from wargame.game.decide.rulings import CARRIED_OUT
from wargame.game.events import Actor
from wargame.game.state import RULINGS_A_TURN, State

REASON = "Judged so."


def of_control(state: State, actor: Actor, scenario: Scenario) -> Iterator[c.Command]:
    """Yield what the facilitator may do about the pending proposal, and as somebody else."""
    yield from _umpire(state)
    yield from _personas(state)
    if state.proposal is None:
        return
    holder = holder_of(state)
    mine = holder is not None and holder.id == actor.person
    yield c.RulingTake(turn=state.turn, on=not mine)
    if holder is not None and not mine and actor.kind != "system":
        return
    yield from _review(state, scenario)
    for ruling in state.rulings:
        yield c.RulingDrop(turn=state.turn, ruling=ruling.id)
    if len(state.rulings) < RULINGS_A_TURN:
        yield from _on_orders(state)
        yield from _on_the_world(state, scenario)


def _review(state: State, scenario: Scenario) -> Iterator[c.Command]:
    fresh = tuple(sorted(proposal.reviewable(scenario, state) - set(state.reviewed)))
    if fresh:
        yield c.RulingReview(turn=state.turn, targets=fresh[:1])
        yield c.RulingReview(turn=state.turn, targets=fresh)
    if state.reviewed:
        yield c.RulingReview(turn=state.turn, targets=state.reviewed[:1], on=False)
    ruled = {ruling.target for ruling in state.rulings}
    if state.style != "free" or not set(proposal.orders_settled(state.proposal)) - ruled - set(state.reviewed):
        yield c.RulingAccept(turn=state.turn)


def _on_orders(state: State) -> Iterator[c.Command]:
    turned = {ruling.target for ruling in state.rulings if ruling.kind == "reversal"}
    for order in proposal.orders_settled(state.proposal):
        yield c.RulingReplace(turn=state.turn, order=order, outcome="blocked", reason=REASON)
        yield c.RulingAnnotate(turn=state.turn, target=order, reason=REASON)
    for order, status in proposal.orders_settled(state.proposal, free=False).items():
        if order not in turned:
            yield c.RulingReversal(turn=state.turn, order=order, reason=REASON)
        if status in CARRIED_OUT:
            yield c.RulingFidelity(turn=state.turn, order=order, degree=1.0, reason=REASON)


def _on_the_world(state: State, scenario: Scenario) -> Iterator[c.Command]:
    open_ = engine.open_to_rulings(scenario)
    for die in proposal.events_open(scenario, state, state.proposal):
        yield c.RulingEvent(turn=state.turn, die=die, happens=False, reason=REASON)
    for variable in open_:
        yield c.RulingEdit(turn=state.turn, variable=variable, delta=1.0, reason=REASON)
    low, _ = engine.range_of(scenario, open_[0])
    yield c.RulingSet(turn=state.turn, variable=open_[0], value=low, reason=REASON)
    row = next((row for row in sorted(proposal.rows_proposed(state.proposal)) if row[0] in open_), None)
    if row is not None:
        yield c.RulingRow(turn=state.turn, variable=row[0], rule=row[1], cause=row[2], amount=0.0, reason=REASON)
    effects = (RuledEffect("add", open_[0], 1.0), *(RuledEffect("flag", flag, 1.0) for flag in scenario.flags[:1]))
    yield c.RulingEffects(turn=state.turn, effects=effects, reason=REASON)


def _umpire(state: State) -> Iterator[c.Command]:
    now = state.people.get(state.umpire)
    vacant = now is None or now.removed
    for person in state.people.values():
        if person.role == "observer" and not person.removed and (vacant or person.id == state.umpire):
            yield c.UmpireAppoint(person=person.id, on=person.id != state.umpire)


def _personas(state: State) -> Iterator[c.Command]:
    for room in state.rooms.values():
        speaker = next((seat for seat in state.seats if may_post(room, seat)), None)
        if not room.closed and speaker is not None:
            yield c.PersonaSpeak(room=room.id, seat=speaker, text="…")
        if not room.closed and room.kind in ("press", "control"):
            yield c.PersonaSpeak(room=room.id, voice="A foreign ministry", text="…")


def of_umpire(state: State, actor: Actor) -> Iterator[c.Command]:
    """Yield what the second umpire may rate."""
    if state.proposal is None or not is_umpire(state, actor):
        return
    for order in proposal.orders_settled(state.proposal):
        known = state.rated.get(order)
        yield c.UmpireRate(turn=state.turn, order=order, outcome="partial" if known is None else "done", note="…")
