"""Decide who sits where when it is not a player's own click: wishes, lots, hand-overs, deputies and dropped seats."""

from wargame.game import commands as c
from wargame.game import engine
from wargame.game.assign import Place, assign
from wargame.game.decide.base import Draft, own_seat
from wargame.game.decide.lobby import check_player, knows_another_side, leave
from wargame.game.events import (
    DeputyNamed,
    PenPassed,
    PenTaken,
    SeatDropped,
    SeatHandedOver,
    SeatReturned,
    SeatsDrawn,
    SeatsPreferred,
    SeatTaken,
)
from wargame.game.rejections import Rejected, reject
from wargame.game.state import DELEGATION, Seat, State


def seat_prefer(draft: Draft, command: c.SeatPrefer) -> Rejected | None:
    """Note which open seats a player would like."""
    person = draft.state.people[draft.actor.person]
    for seat in command.seats:
        if seat not in draft.state.seats:
            return reject("seat.unknown", seat=seat, allowed=tuple(draft.state.seats))
        if not draft.state.seats[seat].open:
            return reject("seat.closed")
    wishes = tuple(dict.fromkeys(command.seats))
    if wishes == person.wishes:
        return reject("seat.wishes_unchanged")
    draft.emit(SeatsPreferred(person=person.id, seats=wishes))
    return None


def seats_assign(draft: Draft, command: c.SeatsAssign) -> Rejected | None:
    """Seat players who have no seat. Lots are of the game's own seed: trying again gives the same."""
    for person in command.people:
        refused = check_player(draft.state, person)
        if refused:
            return refused
    waiting = unseated(draft.state)
    people = tuple(p for p in command.people if p in waiting) if command.people else waiting
    if not people:
        return reject("person.none_waiting")
    seats = [seat for seat in draft.state.seats.values() if seat.open]
    found = assign(
        people,
        [Place(seat.id, seat.side, len(seat.members), DELEGATION) for seat in seats],
        how=command.how,
        seed=draft.state.seed,
        wishes={person: draft.state.people[person].wishes for person in people},
        barred={person: _barred(draft.state, person) for person in people},
    )
    if not found.seats:
        return reject("seat.none_free")
    draft.emit(SeatsDrawn(how=command.how, drawn=found.drawn, seats=found.seats, left=found.left))
    for person, seat in found.seats.items():
        draft.emit(SeatTaken(seat=seat, person=person, by_control=True))
    return None


def unseated(state: State) -> tuple[str, ...]:
    """Return the players who have no seat, in the order they came."""
    return tuple(p.id for p in state.people.values() if p.role == "player" and not p.removed and p.seat is None)


def _barred(state: State, person: str) -> frozenset[str]:
    knows = state.people[person]
    return frozenset(seat.id for seat in state.seats.values() if knows_another_side(state, knows, seat))


def seat_hand_over(draft: Draft, command: c.SeatHandOver) -> Rejected | None:
    """Put one person in another's place: what the seat has drafted, knows and holds stays as it is."""
    refused = check_player(draft.state, command.person) or check_player(draft.state, command.to)
    if refused:
        return refused
    seat = draft.state.people[command.person].seat
    if seat is None:
        return reject("seat.holds_none")
    if draft.state.people[command.to].seat == seat:
        return reject("pen.same_seat")
    leave(draft, command.to, by_control=True)
    draft.emit(SeatHandedOver(seat=seat, person=command.person, to=command.to))
    return None


# --- the pen ----------------------------------------------------------------------------------
def pen_give(draft: Draft, command: c.PenGive) -> Rejected | None:
    """Put the pen into a hand of the delegation."""
    seat = draft.state.seats.get(command.seat)
    if seat is None:
        return reject("seat.unknown", seat=command.seat, allowed=tuple(draft.state.seats))
    if command.person not in seat.members:
        return reject("pen.not_member")
    if command.person == seat.pen:
        return reject("pen.held_already")
    draft.emit(PenPassed(seat=seat.id, person=command.person))
    return None


def deputy_name(draft: Draft, command: c.DeputyName) -> Rejected | None:
    """Name the deputy of the one who holds the pen."""
    seat = own_seat(draft)
    if command.person is not None and command.person not in seat.members:
        return reject("pen.not_member")
    if command.person == seat.pen:
        return reject("pen.yours")
    if command.person == seat.deputy:
        return reject("deputy.unchanged")
    draft.emit(DeputyNamed(seat=seat.id, person=command.person))
    return None


def pen_take(draft: Draft, command: c.PenTake) -> Rejected | None:
    """Take the pen as the deputy, or back from the deputy."""
    seat, actor = own_seat(draft), draft.actor.person
    if actor == seat.pen:
        return reject("pen.yours")
    if actor == seat.principal:
        draft.emit(PenTaken(seat=seat.id, person=actor, principal=None))
    elif actor == seat.deputy:
        draft.emit(PenTaken(seat=seat.id, person=actor, principal=seat.pen))
    else:
        holder = draft.state.people[seat.pen].display if seat.pen in draft.state.people else "Nobody"
        return reject("pen.not_deputy", holder=holder)
    return None


# --- a dropped seat ---------------------------------------------------------------------------
def seat_watch(draft: Draft, command: c.SeatWatch) -> Rejected | None:
    """Act on who of a delegation is there: a bot holds an empty seat, a deputy the pen of one who is away."""
    seat = draft.state.seats.get(command.seat)
    if seat is None:
        return reject("seat.unknown", seat=command.seat, allowed=tuple(draft.state.seats))
    here = tuple(member for member in seat.members if member in command.here)
    if seat.away_since_ms is not None:
        if here:
            back = seat.pen if seat.pen in here else here[0]
            draft.emit(SeatReturned(seat=seat.id, person=back or here[0], since_ms=seat.away_since_ms))
    elif not seat.members or draft.state.entrance.away_ms == 0:
        return None
    elif not here and seat.policy is None:
        policy = default_policy(draft, seat)
        draft.emit(SeatDropped(seat=seat.id, policy=policy, since_ms=command.since_ms))
    seat = draft.state.seats[seat.id]
    if here and seat.pen not in here and draft.state.entrance.away_ms:
        heir = seat.deputy if seat.deputy in here else here[0]
        draft.emit(PenTaken(seat=seat.id, person=heir or here[0], principal=seat.pen, away=True))
    return None


def default_policy(draft: Draft, seat: Seat) -> str:
    """Return the policy the case has for a seat nobody plays."""
    declared = draft.ctx.scenario.bots.get(seat.id)
    return declared.policy if declared is not None else engine.policies(draft.ctx.scenario, seat.id)[0]
