"""Fold facts about people beyond coming and going: links, rights, wishes, deputies, dropped seats, the screens."""

from msgspec.structs import replace

from wargame.game.events import (
    ConsentChosen,
    DeputyNamed,
    EntranceSet,
    PenTaken,
    PersonReadmitted,
    PersonRelinked,
    PersonRenamed,
    Recorded,
    RightsGiven,
    ScreensLocked,
    SeatDropped,
    SeatHandedOver,
    SeatReturned,
    SeatsPreferred,
)
from wargame.game.evolve.base import with_person, with_seat
from wargame.game.state import Entrance, State


def person_readmitted(state: State, fact: PersonReadmitted, recorded: Recorded) -> State:
    """Let a person back in, under a new link."""
    return with_person(state, replace(state.people[fact.person], removed=False, link=fact.link))


def person_relinked(state: State, fact: PersonRelinked, recorded: Recorded) -> State:
    """Number the link that is good from now on."""
    return with_person(state, replace(state.people[fact.person], link=fact.link))


def person_renamed(state: State, fact: PersonRenamed, recorded: Recorded) -> State:
    """Set the name."""
    return with_person(state, replace(state.people[fact.person], display=fact.display))


def rights_given(state: State, fact: RightsGiven, recorded: Recorded) -> State:
    """Set what a facilitator may do."""
    return with_person(state, replace(state.people[fact.person], rights=fact.rights))


def consent_chosen(state: State, fact: ConsentChosen, recorded: Recorded) -> State:
    """Keep what may be exported of somebody."""
    return with_person(state, replace(state.people[fact.person], consent=fact.choice))


def entrance_set(state: State, fact: EntranceSet, recorded: Recorded) -> State:
    """Set the rules of the entrance."""
    entrance = Entrance(seats_locked=fact.seats_locked, guests=fact.guests, away_ms=fact.away_ms)
    return replace(state, entrance=entrance)


def seats_preferred(state: State, fact: SeatsPreferred, recorded: Recorded) -> State:
    """Keep what somebody would like."""
    return with_person(state, replace(state.people[fact.person], wishes=fact.seats))


def seat_handed_over(state: State, fact: SeatHandedOver, recorded: Recorded) -> State:
    """Put the newcomer in the other's place, pen and deputyship with it."""
    seat, gone, new = state.seats[fact.seat], state.people[fact.person], state.people[fact.to]

    def instead(one: str | None) -> str | None:
        return fact.to if one == fact.person else one

    seat = replace(
        seat,
        members=tuple(fact.to if member == fact.person else member for member in seat.members),
        pen=instead(seat.pen),
        deputy=instead(seat.deputy),
        principal=instead(seat.principal),
        policy=None,
        away_since_ms=None,
    )
    held = new.held if seat.id in new.held else (*new.held, seat.id)
    state = with_person(with_seat(state, seat), replace(gone, seat=None))
    return with_person(state, replace(new, seat=seat.id, held=held))


def deputy_named(state: State, fact: DeputyNamed, recorded: Recorded) -> State:
    """Set the deputy."""
    return with_seat(state, replace(state.seats[fact.seat], deputy=fact.person))


def pen_taken(state: State, fact: PenTaken, recorded: Recorded) -> State:
    """Move the pen, and remember whose it is while another has it."""
    return with_seat(state, replace(state.seats[fact.seat], pen=fact.person, principal=fact.principal))


def seat_dropped(state: State, fact: SeatDropped, recorded: Recorded) -> State:
    """Let a bot hold the seat for those who are away."""
    seat = replace(state.seats[fact.seat], policy=fact.policy, away_since_ms=fact.since_ms, ready=False)
    return with_seat(state, seat)


def seat_returned(state: State, fact: SeatReturned, recorded: Recorded) -> State:
    """Give the seat back to its delegation."""
    return with_seat(state, replace(state.seats[fact.seat], policy=None, away_since_ms=None, ready=False))


def screens_locked(state: State, fact: ScreensLocked, recorded: Recorded) -> State:
    """Set what stands on the players' screens."""
    return replace(state, screens=fact.text if fact.on else None)
