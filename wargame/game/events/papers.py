"""Facts about papers, what statements mean, and requests for information and taskings."""

from typing import Literal

from negotiation.cables import Change, PaperStatus, Steps, Tasking
from wargame.game.events.base import Payload, fact


@fact("paper.drafted")
class PaperDrafted(Payload, frozen=True, kw_only=True):
    """A paper was begun."""

    paper: str
    template: str
    seat: str
    person: str
    to: tuple[str, ...]
    fields: dict[str, str]
    reply_to: str = ""
    reply_ref: str = ""


@fact("paper.edited")
class PaperEdited(Payload, frozen=True, kw_only=True):
    """A paper has another text: the changes, and how its chain stands after them."""

    paper: str
    seat: str
    person: str
    version: int
    changes: tuple[Change, ...]
    to: tuple[str, ...]
    status: PaperStatus
    steps: Steps = ()


@fact("paper.sent")
class PaperSent(Payload, frozen=True, kw_only=True):
    """A paper was sent round: who clears it, step by step, and who was asked first."""

    paper: str
    steps: Steps
    status: PaperStatus


@fact("paper.cleared")
class PaperCleared(Payload, frozen=True, kw_only=True):
    """A seat has cleared a paper; the chain as it stands then."""

    paper: str
    seat: str
    person: str
    note: str
    steps: Steps
    status: PaperStatus


@fact("paper.returned")
class PaperReturned(Payload, frozen=True, kw_only=True):
    """A seat sent a paper back to its drafter."""

    paper: str
    seat: str
    person: str
    reason: str


@fact("paper.released")
class PaperReleased(Payload, frozen=True, kw_only=True):
    """A paper went out. `number` is its place in `series`; the words of a public one follow on the press wall."""

    paper: str
    by: str
    person: str
    ref: str
    series: str
    number: int
    public: bool
    receipts: bool


@fact("paper.withdrawn")
class PaperWithdrawn(Payload, frozen=True, kw_only=True):
    """A paper left the desk without going out."""

    paper: str


@fact("statement.meant")
class StatementMeant(Payload, frozen=True, kw_only=True):
    """The issuing seat recorded what a statement is meant to signal."""

    paper: str
    seat: str
    person: str
    text: str


@fact("statement.read")
class StatementWasRead(Payload, frozen=True, kw_only=True):
    """A seat recorded what it took another's statement to mean."""

    paper: str
    seat: str
    person: str
    text: str


@fact("tasking.asked")
class TaskingAsked(Payload, frozen=True, kw_only=True):
    """A question or a task was put to a seat or to Control. `series` counts those of one asker to one owner."""

    tasking: Tasking
    person: str
    series: str = ""
    number: int = 0


@fact("tasking.taken")
class TaskingTaken(Payload, frozen=True, kw_only=True):
    """Its owner is at it."""

    tasking: str
    person: str


@fact("tasking.extended")
class TaskingExtended(Payload, frozen=True, kw_only=True):
    """Its asker gave more time."""

    tasking: str
    due: int


@fact("tasking.late")
class TaskingLate(Payload, frozen=True, kw_only=True):
    """The turn it was due in is over, and there is no answer."""

    tasking: str


@fact("tasking.closed")
class TaskingClosed(Payload, frozen=True, kw_only=True):
    """It was answered, declined with a reason, or called off by its asker."""

    tasking: str
    how: Literal["answered", "declined", "withdrawn"]
    person: str
    text: str
