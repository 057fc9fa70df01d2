"""Decide about conferences: who may call one, what its chair may do, and when its time is over.

A conference one is not called to answers like one that is not there.
"""

from collections.abc import Iterable
from itertools import combinations

from msgspec.structs import replace

from negotiation import conferences, rooms
from negotiation.conferences import Conference, ConferenceState
from wargame.game import case
from wargame.game import commands as c
from wargame.game.decide.base import Draft, check_seats, own_seat, seat_of
from wargame.game.events import ConferenceCalled, ConferenceMoved, ConferenceSteered
from wargame.game.rejections import Rejected, reject
from wargame.game.state import State

CALLED = 3
"""Most conferences of one seat that are not over."""
_LONGEST_ID = 48


def call(draft: Draft, command: c.ConferenceCall) -> Rejected | None:
    """Call seats to a conference. Who may not meet is not called together."""
    seat = own_seat(draft)
    company = tuple(sorted({seat.id, *command.seats}))
    key = f"{seat.id}:{command.conference}"
    refused = check_seats(draft.state, company) or _check_company(draft, company)
    if refused:
        return refused
    if key in draft.state.conferences or len(key) > _LONGEST_ID:
        return reject("conference.id_used", longest=_LONGEST_ID - len(seat.id) - 1)
    if sum(one.called_by == seat.id and one.state != "closed" for one in draft.state.conferences.values()) >= CALLED:
        return reject("conference.too_many", limit=CALLED)
    chair = command.chair or seat.id
    if chair not in company:
        return reject("conference.chair_absent", allowed=company)
    starts = command.starts or draft.state.turn
    ends = command.ends or starts
    if not draft.state.turn <= starts <= ends <= draft.state.last_turn:
        return reject("conference.times", turn=draft.state.turn, last=draft.state.last_turn)
    called = Conference(
        id=key, title=command.title, seats=company, called_by=seat.id, chair=chair, starts=starts, ends=ends,
        agenda=command.agenda,
    )  # fmt: skip
    draft.emit(ConferenceCalled(conference=called, room=conferences.conference_room(called)))
    return None


def _check_company(draft: Draft, company: tuple[str, ...]) -> Rejected | None:
    if len(company) < 2:
        return reject("room.alone")
    return check_near(draft, company)


def check_near(draft: Draft, company: Iterable[str]) -> Rejected | None:
    """Refuse a company of which two reach each other by letter only."""
    for one, other in combinations(sorted(company), 2):
        channel = case.by_letter_only(draft.ctx.scenario, one, other)
        if channel is not None:
            return reject("room.by_letter_only", channel=channel.label)
    return None


def open_floor(draft: Draft, command: c.ConferenceOpen) -> Rejected | None:
    """Open the floor, not before the turn it was called for."""
    found = _chaired(draft, command.conference)
    if isinstance(found, Rejected):
        return found
    if found.starts > draft.state.turn:
        return reject("conference.not_yet", turn=found.starts)
    return _move(draft, found, "open", "")


def recess(draft: Draft, command: c.ConferenceRecess) -> Rejected | None:
    """Close the floor for a while."""
    found = _chaired(draft, command.conference)
    return found if isinstance(found, Rejected) else _move(draft, found, "recess", command.reason)


def close(draft: Draft, command: c.ConferenceClose) -> Rejected | None:
    """End a conference for good."""
    found = _chaired(draft, command.conference)
    return found if isinstance(found, Rejected) else _move(draft, found, "closed", command.reason)


def set_agenda(draft: Draft, command: c.ConferenceAgenda) -> Rejected | None:
    """Set the agenda; discussion stays at its point as long as there is one of that number."""
    found = _chaired(draft, command.conference)
    if isinstance(found, Rejected):
        return found
    point = min(found.point, len(command.agenda))
    return _steer(draft, replace(found, agenda=command.agenda, point=point))


def call_point(draft: Draft, command: c.ConferencePoint) -> Rejected | None:
    """Go to a point of the agenda."""
    found = _chaired(draft, command.conference)
    if isinstance(found, Rejected):
        return found
    if command.point > len(found.agenda):
        return reject("conference.no_point", points=len(found.agenda))
    return _steer(draft, replace(found, point=command.point))


def pass_chair(draft: Draft, command: c.ConferenceChair) -> Rejected | None:
    """Hand the chair on."""
    found = _chaired(draft, command.conference)
    if isinstance(found, Rejected):
        return found
    if command.seat not in found.seats:
        return reject("conference.chair_absent", allowed=found.seats)
    return _steer(draft, replace(found, chair=command.seat))


def close_what_is_over(draft: Draft) -> None:
    """Close every conference whose last turn has passed."""
    for key, one in sorted(draft.state.conferences.items()):
        if one.state != "closed" and one.ends < draft.state.turn:
            draft.emit(ConferenceMoved(conference=key, state="closed", by="", reason="Its time is over."))


def in_session_with(state: State, conference: str, seat: str) -> Conference | Rejected:
    """Return a conference in session to which a seat is called."""
    found = state.conferences.get(conference)
    if found is None or seat not in found.seats:
        return reject("conference.unknown")
    return found if found.in_session else reject("corridor.closed")


def floor_closed(state: State, room: rooms.Room) -> Rejected:
    """Return why nobody has the floor in a room."""
    one = state.conferences.get(room.at)
    if one is None or one.state == "closed" or room.kind == "corridor":
        return reject("room.over")
    if one.state == "recess":
        return reject("conference.in_recess")
    return reject("conference.not_open")


def _chaired(draft: Draft, conference: str) -> Conference | Rejected:
    """Return a conference the actor chairs; Control stands in for a chair that is gone."""
    seat = seat_of(draft.state, draft.actor)
    found = draft.state.conferences.get(conference)
    if found is None or (seat is not None and seat.id not in found.seats):
        return reject("conference.unknown")
    if seat is not None and seat.id != found.chair:
        return reject("conference.chair_only", chair=draft.state.seats[found.chair].label)
    return reject("conference.over") if found.state == "closed" else found


def _move(draft: Draft, one: Conference, to: ConferenceState, reason: str) -> Rejected | None:
    if to not in conferences.NEXT[one.state]:
        return reject("conference.unchanged")
    draft.emit(ConferenceMoved(conference=one.id, state=to, by=_by(draft), reason=reason))
    return None


def _steer(draft: Draft, one: Conference) -> Rejected | None:
    if one == draft.state.conferences[one.id]:
        return reject("conference.unchanged")
    steered = ConferenceSteered(
        conference=one.id, agenda=one.agenda, point=one.point, chair=one.chair, by=_by(draft)
    )  # fmt: skip
    draft.emit(steered)
    return None


def _by(draft: Draft) -> str:
    seat = seat_of(draft.state, draft.actor)
    return "control" if seat is None else seat.id
