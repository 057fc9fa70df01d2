"""Facts about conferences."""

from negotiation.conferences import Conference, ConferenceState
from negotiation.rooms import Room
from wargame.game.events.base import Payload, fact


@fact("conference.called")
class ConferenceCalled(Payload, frozen=True, kw_only=True):
    """Seats were called to a conference; its room stands, its floor is not open yet."""

    conference: Conference
    room: Room


@fact("conference.moved")
class ConferenceMoved(Payload, frozen=True, kw_only=True):
    """The floor was opened, closed for a recess, or closed for good. `by` is empty where its time ran out."""

    conference: str
    state: ConferenceState
    by: str
    reason: str = ""


@fact("conference.steered")
class ConferenceSteered(Payload, frozen=True, kw_only=True):
    """The order of business changed: the agenda, the point under discussion, or the chair."""

    conference: str
    agenda: tuple[str, ...]
    point: int
    chair: str
    by: str
