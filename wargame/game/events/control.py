"""Facts that Control makes beside its injects and rulings: notes, and words said as somebody else."""

from wargame.game.events.base import Payload, fact


@fact("note.pinned")
class NotePinned(Payload, frozen=True, kw_only=True):
    """Control wrote a private note, or wrote it anew.

    `event`: what it is about, as `<kind>:<key>` in Control's view, or `event:<seq>` of the log. `turn`, `since_ms`:
    those of the first writing, if this is another one; `turn` is the event's where it is pinned to one.
    """

    note: str
    text: str
    event: str = ""
    objective: str = ""
    discuss: bool = False
    turn: int | None = None
    since_ms: int | None = None


@fact("persona.spoke")
class PersonaSpoke(Payload, frozen=True, kw_only=True):
    """Control is about to speak as a seat, or under a name; the words themselves follow as a message."""

    seat: str
    name: str
    room: str
