"""Own a conference: who is called to it, who chairs, what is on its agenda, and when its floor is open.

A conference is a room with an order of business. Its chair opens, recesses and closes the floor; a closed floor closes
no eyes: what was said stays readable. Nothing here knows who asks; the game does.
"""

from typing import Literal

from msgspec import Struct

from negotiation.rooms import Room

ConferenceState = Literal["called", "open", "recess", "closed"]
AGENDA = 12
"""Most points of an agenda."""


class Conference(Struct, frozen=True, kw_only=True):
    """A called meeting. `starts` and `ends` are turns, both included; `point` counts from 1, 0 before the first."""

    id: str
    title: str
    seats: tuple[str, ...]
    called_by: str
    chair: str
    starts: int
    ends: int
    agenda: tuple[str, ...] = ()
    point: int = 0
    state: ConferenceState = "called"
    reason: str = ""

    @property
    def room(self) -> str:
        """Return the id of its room."""
        return f"conference:{self.id}"

    @property
    def in_session(self) -> bool:
        """Tell whether the meeting lasts: its floor is open or in recess."""
        return self.state in ("open", "recess")


NEXT: dict[ConferenceState, tuple[ConferenceState, ...]] = {
    "called": ("open", "closed"), "open": ("recess", "closed"), "recess": ("open", "closed"), "closed": (),
}  # fmt: skip
"""What a conference can become. A closed one stays closed."""


def conference_room(conference: Conference) -> Room:
    """Return the room of a conference just called: it can be read, its floor is not open yet."""
    return Room(
        id=conference.room, kind="conference", title=conference.title, seats=conference.seats,
        opened_by=conference.called_by, closed=True, at=conference.id,
    )  # fmt: skip
