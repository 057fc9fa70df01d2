"""Say what may be done about people now, as ready commands: by a facilitator, by a player, by a delegation."""

from collections.abc import Iterator

from wargame.game import commands as c
from wargame.game.decide.lobby import knows_another_side
from wargame.game.decide.people import LESS
from wargame.game.decide.rights import ALL_RIGHTS, rights_of
from wargame.game.decide.seating import unseated
from wargame.game.events import Actor, Right
from wargame.game.state import DELEGATION, PEOPLE, Person, Seat, State


def of_control(state: State, actor: Actor) -> Iterator[c.Command]:
    """Yield what a facilitator may do about people and seats."""
    me = state.people.get(actor.person)
    own = frozenset(ALL_RIGHTS) if me is None else rights_of(me)
    if len(state.people) < PEOPLE:
        yield c.PeopleInvite(people=(c.Invitation(display="…", role="guest"),))
    yield c.LobbySet(guests=not state.entrance.guests)
    yield c.LobbySet(seats_locked=not state.entrance.seats_locked)
    yield c.LobbySet(away_ms=0 if state.entrance.away_ms else 60_000)
    yield c.ScreensLock(on=state.screens is None)
    for person in state.people.values():
        if person.id != actor.person and not rights_of(person) - own:
            yield from _of_person(person, own)
    for seat in state.seats.values():
        yield from _of_seat(state, seat)
    waiting = unseated(state)
    if any(_finds_a_seat(state, person) for person in waiting):
        yield c.SeatsAssign(how="balanced")


def _of_person(person: Person, own: frozenset[Right]) -> Iterator[c.Command]:
    yield from (
        c.ConsentNarrow(person=person.id, choice=less) for less in LESS[LESS.index(person.consent or "figures") + 1 :]
    )
    if person.removed:
        yield c.PersonReadmit(person=person.id)
        return
    yield c.PersonRelink(person=person.id)
    if len(person.display) < 60:
        yield c.PersonRename(person=person.id, display=f"{person.display}.")
    if person.role == "control" and rights_of(person) and own == frozenset(ALL_RIGHTS):
        yield c.RightsSet(person=person.id, rights=("observe",))


def _of_seat(state: State, seat: Seat) -> Iterator[c.Command]:
    if seat.members:
        yield c.SeatNudge(seat=seat.id, text="…")
    for member in seat.members:
        if member != seat.pen:
            yield c.PenGive(seat=seat.id, person=member)
        for waiting in unseated(state):
            yield c.SeatHandOver(person=member, to=waiting)


def _finds_a_seat(state: State, person: str) -> bool:
    return any(
        seat.open and len(seat.members) < DELEGATION and not knows_another_side(state, state.people[person], seat)
        for seat in state.seats.values()
    )


def of_person(state: State, actor: Actor) -> Iterator[c.Command]:
    """Yield what anybody may choose of what is exported of them."""
    person = state.people.get(actor.person)
    if person is not None and actor.kind != "seat_bot":
        yield from (c.ConsentChoose(choice=choice) for choice in LESS if choice != person.consent)


def of_player(state: State, actor: Actor) -> Iterator[c.Command]:
    """Yield the wishes a player may have."""
    person = state.people.get(actor.person)
    if person is None or person.role != "player":
        return
    for seat in state.seats.values():
        if seat.open and person.wishes != (seat.id,):
            yield c.SeatPrefer(seats=(seat.id,))


def of_member(seat: Seat, actor: Actor) -> Iterator[c.Command]:
    """Yield what a member of a delegation may do about its pen."""
    if actor.person not in seat.members:
        return
    if actor.person == seat.pen:
        yield from (c.DeputyName(person=m) for m in seat.members if m not in (seat.pen, seat.deputy))
        if seat.deputy is not None:
            yield c.DeputyName(person=None)
    elif actor.person in (seat.principal, seat.deputy):
        yield c.PenTake()
