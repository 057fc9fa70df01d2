"""Show Control its file of people, one seat the word said to it, and a delegation that it was away."""

from wargame.game import events as e
from wargame.game.decide.rights import ALL_RIGHTS, rights_of
from wargame.game.entities import CatchUpSeen, EnrolmentSeen, NudgeSeen
from wargame.game.events import Recorded
from wargame.game.state import Person, State
from wargame.game.visibility.base import Rows, control_only, gone, seats_and_control, show


def enrolment_seen(person: Person) -> EnrolmentSeen:
    """Return a person as Control files them."""
    rights = tuple(right for right in ALL_RIGHTS if right in rights_of(person))
    return EnrolmentSeen(
        person=person.id,
        rights=rights or (("observe",) if person.role == "control" else ()),
        link=person.link,
        wishes=person.wishes,
        held=person.held,
        consent=person.consent,
    )


def people_rows(before: State, after: State) -> Rows:
    """Yield to Control what changed in its file of people."""
    if before.people is after.people:
        return
    for person in after.people.values():
        old = before.people.get(person.id)
        if old is None or enrolment_seen(old) != enrolment_seen(person):
            yield from show(control_only(), "enrolment", person.id, enrolment_seen(person))


def nudged(recorded: Recorded, fact: e.SeatNudged, before: State, after: State) -> Rows:
    """Yield the word to the seat it is for, and to Control."""
    seen = NudgeSeen(seat=fact.seat, text=fact.text, at_ms=recorded.at_ms)
    return show(seats_and_control((fact.seat,)), "nudge", fact.seat, seen)


def forked(recorded: Recorded, fact: e.GameForked, before: State, after: State) -> Rows:
    """Take away what was said to people of another game: whoever plays on in this one is somebody else."""
    for seat in after.seats:
        yield from gone(seats_and_control((seat,)), "nudge", seat)
        yield from gone(seats_and_control((seat,)), "catchup", seat)


def returned(recorded: Recorded, fact: e.SeatReturned, before: State, after: State) -> Rows:
    """Yield to the delegation since when a bot had held its seat."""
    seen = CatchUpSeen(seat=fact.seat, person=fact.person, since_ms=fact.since_ms, until_ms=recorded.at_ms)
    return show(seats_and_control((fact.seat,)), "catchup", fact.seat, seen)
