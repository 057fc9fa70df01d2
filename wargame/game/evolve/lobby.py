"""Fold facts about the set-up, people, seats and pens."""

from msgspec.structs import replace

from wargame.game.events import (
    GameCreated,
    PenPassed,
    PersonJoined,
    PersonRemoved,
    Recorded,
    SeatBotSet,
    SeatLeft,
    SeatReadied,
    SeatTaken,
)
from wargame.game.evolve.base import with_person, with_seat
from wargame.game.state import Entry, Person, Seat, Sheet, State


def game_created(state: State, fact: GameCreated, recorded: Recorded) -> State:
    """Set the game up in its lobby."""
    seats = {
        s.id: Seat(
            id=s.id,
            team=s.team,
            role=s.role,
            side=s.side,
            label=s.label,
            budget=s.budget,
            open=s.open,
            signs=s.signs,
            policy=s.policy,
        )
        for s in fact.seats
    }
    return State(
        id=fact.game,
        title=fact.title,
        status="lobby",
        scenario=fact.scenario,
        scenario_hash=fact.scenario_hash,
        case_title=fact.case_title,
        preset=fact.preset,
        seed=fact.seed,
        seed_hash=fact.seed_hash,
        style=fact.style,
        forced=fact.forced,
        lens=fact.lens,
        first_turn=fact.first_turn,
        last_turn=fact.last_turn,
        turn_names=fact.turn_names,
        game_dates=fact.game_dates,
        phases=fact.phases,
        seats=seats,
        sheets={seat: Sheet() for seat in seats},
        rooms={room.id: room for room in fact.rooms},
        msel={entry: Entry(id=entry) for entry in fact.msel},
        world=fact.world,
        quiet=fact.quiet,
    )


def person_joined(state: State, fact: PersonJoined, recorded: Recorded) -> State:
    """Add a person; one who was removed comes back without a seat."""
    return with_person(
        state,
        Person(
            id=fact.person,
            display=fact.display,
            role=fact.role,
            rights=fact.rights,
            wishes=fact.wishes,
            link=fact.link,
        ),
    )


def person_removed(state: State, fact: PersonRemoved, recorded: Recorded) -> State:
    """Mark a person as gone; who they were is still needed to name what they did."""
    return with_person(state, replace(state.people[fact.person], removed=True, seat=None))


def seat_taken(state: State, fact: SeatTaken, recorded: Recorded) -> State:
    """Add a member to a delegation; a bot yields, the first member holds the pen."""
    seat, person = state.seats[fact.seat], state.people[fact.person]
    held = person.held if fact.seat in person.held else (*person.held, fact.seat)
    seat = replace(
        seat, members=(*seat.members, fact.person), pen=seat.pen or fact.person, policy=None, away_since_ms=None
    )
    return with_person(with_seat(state, seat), replace(person, seat=fact.seat, held=held))


def seat_left(state: State, fact: SeatLeft, recorded: Recorded) -> State:
    """Take a member out; the pen goes to the deputy, else to the member who came next."""
    seat, person = state.seats[fact.seat], state.people[fact.person]
    members = tuple(m for m in seat.members if m != fact.person)
    deputy = seat.deputy if seat.deputy in members else None
    pen = seat.pen if seat.pen != fact.person else (deputy or (members[0] if members else None))
    seat = replace(
        seat,
        members=members,
        pen=pen,
        deputy=deputy,
        principal=seat.principal if seat.principal in members else None,
        away_since_ms=seat.away_since_ms if members else None,
        ready=seat.ready and bool(members),
    )
    return with_person(with_seat(state, seat), replace(person, seat=None))


def seat_readied(state: State, fact: SeatReadied, recorded: Recorded) -> State:
    """Set the ready flag of a seat."""
    return with_seat(state, replace(state.seats[fact.seat], ready=fact.ready))


def seat_bot_set(state: State, fact: SeatBotSet, recorded: Recorded) -> State:
    """Give a seat to a bot, or take it back."""
    seat = replace(state.seats[fact.seat], policy=fact.policy, away_since_ms=None, ready=False)
    return with_seat(state, seat)


def pen_passed(state: State, fact: PenPassed, recorded: Recorded) -> State:
    """Hand the pen on."""
    return with_seat(state, replace(state.seats[fact.seat], pen=fact.person, principal=None))
