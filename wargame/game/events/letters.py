"""Facts about letters between seats."""

from wargame.game.events.base import Payload, fact


@fact("letter.sent")
class LetterSent(Payload, frozen=True, kw_only=True):
    """A letter left its writer. `arrives` is the turn with whose opening it is delivered."""

    letter: str
    channel: str
    seat: str
    person: str
    display: str
    to: str
    text: str
    offer: str
    arrives: int


@fact("letter.arrived")
class LetterArrived(Payload, frozen=True, kw_only=True):
    """A letter was delivered. `held_back` says why the text it carried could not be tabled, if it could not."""

    letter: str
    held_back: str = ""
