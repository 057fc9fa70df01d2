"""Commands about conferences: call one, open and close its floor, and keep its order of business."""

from typing import Annotated

from msgspec import Meta

from negotiation.conferences import AGENDA
from wargame.game.commands.base import Cmd, Id, Line, Name, Seats

Point = Annotated[str, Meta(min_length=1, max_length=200)]
Agenda = Annotated[tuple[Point, ...], Meta(max_length=AGENDA)]
Turn = Annotated[int, Meta(ge=1, le=999)]


class ConferenceCall(Cmd, frozen=True, kw_only=True, tag="conference.call"):
    """Call seats to a conference from turn `starts` (now) to turn `ends` (the same). Who calls it chairs, or names."""

    conference: Id
    title: Name
    seats: Seats
    agenda: Agenda = ()
    starts: Turn | None = None
    ends: Turn | None = None
    chair: Id | None = None


class ConferenceOpen(Cmd, frozen=True, kw_only=True, tag="conference.open"):
    """Open the floor, at the start or after a recess. For the chair."""

    conference: Id


class ConferenceRecess(Cmd, frozen=True, kw_only=True, tag="conference.recess"):
    """Close the floor for a while; everybody can still read. For the chair."""

    conference: Id
    reason: Line = ""


class ConferenceClose(Cmd, frozen=True, kw_only=True, tag="conference.close"):
    """End a conference for good, and the corridor talk at it. For the chair."""

    conference: Id
    reason: Line = ""


class ConferenceAgenda(Cmd, frozen=True, kw_only=True, tag="conference.agenda"):
    """Set the agenda anew. For the chair."""

    conference: Id
    agenda: Agenda


class ConferencePoint(Cmd, frozen=True, kw_only=True, tag="conference.point"):
    """Call a point of the agenda, counted from 1. For the chair."""

    conference: Id
    point: Annotated[int, Meta(ge=1, le=AGENDA)]


class ConferenceChair(Cmd, frozen=True, kw_only=True, tag="conference.chair"):
    """Hand the chair to another seat at the conference. For the chair, and for Control if the chair is gone."""

    conference: Id
    seat: Id
