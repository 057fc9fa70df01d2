"""Facts of the guided debrief."""

from wargame.game.events.base import Payload, fact


class DebriefStop(Payload, frozen=True, kw_only=True):
    """A moment the debrief halts at. `at_ms`: milliseconds since the epoch; `prompt` is asked on arrival."""

    id: str
    at_ms: int
    turn: int
    title: str
    prompt: str = ""


class DebriefSaid(Payload, frozen=True, kw_only=True):
    """An answer as it is shown to everybody: its seat ("" without one) and its words."""

    seat: str
    text: str


@fact("debrief.opened")
class DebriefOpened(Payload, frozen=True, kw_only=True):
    """The debrief has these stops and stands at `at`."""

    stops: tuple[DebriefStop, ...]
    at: str


@fact("debrief.stepped")
class DebriefStepped(Payload, frozen=True, kw_only=True):
    """Every screen went to a stop; question `number` is asked there."""

    stop: str
    number: int


@fact("debrief.lifted")
class DebriefLifted(Payload, frozen=True, kw_only=True):
    """These are the teams whose fog is lifted; of all others it is not."""

    teams: tuple[str, ...]


@fact("debrief.posed")
class DebriefPosed(Payload, frozen=True, kw_only=True):
    """Question `number` was asked; an empty prompt asks nothing."""

    number: int
    prompt: str


@fact("debrief.answered")
class DebriefAnswered(Payload, frozen=True, kw_only=True):
    """A person answered question `number`, or thought better of an answer."""

    number: int
    person: str
    seat: str
    text: str


@fact("debrief.revealed")
class DebriefRevealed(Payload, frozen=True, kw_only=True):
    """The answers to question `number` were put on every screen, in the order in which people first answered."""

    number: int
    answers: tuple[DebriefSaid, ...]


@fact("debrief.closed")
class DebriefClosed(Payload, frozen=True, kw_only=True):
    """Screens are free again. What was lifted stays lifted."""
