"""Say what an actor may do now, as ready commands. For bots, fuzzers and the list of commands in a client.

Uses only what `decide` uses: the proof is that every command in the list is accepted (a property test).
"""

from collections.abc import Iterator

from adjudication.scenario.schema import Param, Scenario
from wargame.game import (
    case,
    engine,
    legal_agreement,
    legal_clock,
    legal_deal,
    legal_debrief,
    legal_free,
    legal_msel,
    legal_objectives,
    legal_pad,
    legal_papers,
    legal_people,
    legal_rulings,
    legal_talk,
)
from wargame.game import commands as c
from wargame.game.decide.base import GATES, check_screens, check_stand_in, check_when, check_who, is_control, seat_of
from wargame.game.decide.letters import UNDER_WAY
from wargame.game.decide.lobby import knows_another_side
from wargame.game.decide.orders import ORDERS_A_SHEET
from wargame.game.decide.rights import check_right
from wargame.game.events import Actor, Params
from wargame.game.sheet import capital_left, free_cost
from wargame.game.state import DELEGATION, Seat, State
from wargame.game.timers import PHASE


def legal(state: State, actor: Actor, scenario: Scenario) -> tuple[c.Command, ...]:
    """Return one ready command for each thing the actor may do now; texts and names are placeholders."""
    return tuple(
        command
        for command in _candidates(state, actor, scenario)
        if not check_who(state, actor, GATES[type(command)].who)
        and not check_right(state, actor, type(command))
        and not check_stand_in(state, actor, type(command))
        and not check_when(state, GATES[type(command)].when)
        and not check_screens(state, actor, type(command))
    )


def _candidates(state: State, actor: Actor, scenario: Scenario) -> Iterator[c.Command]:
    if not state.status:
        return
    if is_control(state, actor):
        yield from _control(state, actor, scenario)
        yield from legal_rulings.of_control(state, actor, scenario)
        yield from legal_free.of_control(state, scenario)
        yield from legal_papers.of_control(state, scenario)
        yield from legal_msel.of_control(state, scenario)
        yield from legal_talk.of_control(state)
        yield from legal_clock.of_control(state)
        yield from legal_deal.of_control(state, scenario)
        yield from legal_debrief.of_control(state)
        yield from legal_objectives.of_control(state, scenario)
        yield from legal_people.of_control(state, actor)
    yield from legal_debrief.of_player(state, actor)
    yield from legal_people.of_person(state, actor)
    yield from legal_people.of_player(state, actor)
    yield from legal_rulings.of_umpire(state, actor)
    seat = seat_of(state, actor)
    if seat is None:
        yield from _seatless(state, actor)
        return
    yield from _seat(state, seat)
    yield from legal_people.of_member(seat, actor)
    yield from legal_talk.of_seat(state, seat, scenario)
    yield from _letters(state, seat, scenario)
    yield from _orders(state, seat, scenario)
    yield from legal_deal.of_seat(state, seat, scenario)
    yield from legal_agreement.of_seat(state, seat, scenario)
    yield from legal_pad.of_seat(state, seat, scenario)
    yield from legal_clock.of_seat(state, seat, scenario)
    yield from legal_free.of_seat(state, seat, scenario)
    yield from legal_papers.of_seat(state, seat, scenario)


def _seatless(state: State, actor: Actor) -> Iterator[c.Command]:
    person = state.people.get(actor.person)
    if person is None or person.role != "player" or state.entrance.seats_locked:
        return
    for seat in state.seats.values():
        if seat.open and len(seat.members) < DELEGATION and not knows_another_side(state, person, seat):
            yield c.SeatTake(seat=seat.id)


def _seat(state: State, seat: Seat) -> Iterator[c.Command]:
    yield c.SeatReady(ready=not seat.ready)
    for member in seat.members:
        if member != seat.pen:
            yield c.PenPass(person=member)
    if "brief:" + seat.id not in state.opened.get(seat.id, ()):
        yield c.ItemOpen(kind="brief", key=seat.id)
    for inject, to in state.injects.items():
        if seat.id in to and f"inject:{inject}" not in state.opened.get(seat.id, ()):
            yield c.ItemOpen(kind="inject", key=inject)
    for reading in state.readings.get(seat.id, ()):
        for other in state.seats:
            if other != seat.id:
                yield c.EstimateBrief(variable=reading.variable, to=(other,))


def _letters(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    for channel in scenario.channels:
        for other in channel.to if seat.id in channel.source else ():
            under_way = sum(letter.seat == seat.id for letter in state.post.values())
            if other != seat.id and under_way < UNDER_WAY:
                yield c.LetterSend(channel=channel.id, to=other, text="…")


def _orders(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    sheet = state.sheets[seat.id]
    if not state.locked:
        for asked in state.consents.values():
            if asked.to == seat.id and not asked.answer:
                yield from (c.ConsentAnswer(request=asked.id, given=given) for given in (True, False))
    if not state.writes_orders(seat.id):
        return
    own_time = seat.id in state.overtime
    if not own_time:
        yield from _questions(state, seat, scenario)
    if sheet.submitted:
        yield c.OrdersReopen()
        return
    yield c.OrdersSubmit()
    fixed = {question.order for question in state.consents.values()} if own_time else set()
    for order in sheet.orders:
        if order not in fixed:
            yield c.OrderWithdraw(order=order)
    if len(sheet.orders) >= ORDERS_A_SHEET:
        return
    left = seat.budget - sum(o.cost for o in sheet.orders.values()) - free_cost(state, seat.id)
    capital = capital_left(state, seat.id)
    for move in case.moves_of(engine.open_case(scenario, state), seat.id):
        if move.cost <= left and (capital is None or move.capital <= capital):
            params = example_params(move.params)
            if params is not None:
                name = f"{state.turn}-{len(sheet.orders)}-{move.id}"
                yield c.OrderDraft(order=name, move=move.id, params=params)


def _questions(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    asked = {(question.order, question.to) for question in state.consents.values()}
    for order in state.sheets[seat.id].orders.values():
        for other in case.consents_to(scenario, order.move, by=seat.id):
            if (order.id, other) not in asked:
                yield c.ConsentAsk(order=order.id, to=other)


def example_params(params: tuple[Param, ...]) -> Params | None:
    """Return one valid value for each parameter, None if one cannot be found."""
    values: Params = {}
    for param in params:
        if param.default is not None:
            values[param.id] = param.default
        elif param.kind == "choice" and param.choices:
            values[param.id] = param.choices[0]
        elif param.kind == "bool":
            values[param.id] = False
        elif param.kind == "int":
            values[param.id] = param.low or 0
        else:
            return None
    return values


def _control(state: State, actor: Actor, scenario: Scenario) -> Iterator[c.Command]:
    yield c.GameStart(force=True)
    yield c.GamePause()
    yield c.GameResume()
    yield c.GameEnd()
    yield c.NotePin(note="note", text="…")
    yield c.CheckpointMake(label="…")
    if state.checkpoints:
        yield c.GameRewind(checkpoint=state.checkpoints[-1], reason="Once more.", rewinds=state.rewinds)
    timer = state.timers.get(PHASE)
    if timer is not None and (timer.due_at_ms is not None or timer.remaining_ms is not None):
        yield c.ClockExtend(by_ms=60_000)
    if state.proposal is None:
        yield c.PhaseEnd(expect=f"{state.turn}:{state.phase}")
    for person in state.people.values():
        if person.role == "player" and not person.removed:
            yield from (
                c.SeatAssign(person=person.id, seat=s.id)
                for s in state.seats.values()
                if s.id != person.seat and len(s.members) < DELEGATION
            )
        if not person.removed and person.id != actor.person:
            yield c.PersonRemove(person=person.id)
    for seat in state.seats.values():
        yield c.SeatBot(seat=seat.id, policy=None if seat.policy else engine.policies(scenario, seat.id)[0])
