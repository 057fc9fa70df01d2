"""Facts about people beyond coming and going: links, rights, wishes, lots, deputies, dropped seats, and the screens."""

from typing import Literal

from wargame.game.events.base import Payload, fact
from wargame.game.events.lobby import Right

ConsentChoice = Literal["words", "figures", "nothing"]


@fact("person.readmitted")
class PersonReadmitted(Payload, frozen=True, kw_only=True):
    """Control let somebody back in. `link` is the number of the personal link that is good from now on."""

    person: str
    link: int


@fact("person.relinked")
class PersonRelinked(Payload, frozen=True, kw_only=True):
    """Somebody has a new personal link; older ways in are void."""

    person: str
    link: int


@fact("person.renamed")
class PersonRenamed(Payload, frozen=True, kw_only=True):
    """A name was put right."""

    person: str
    display: str


@fact("rights.set")
class RightsGiven(Payload, frozen=True, kw_only=True):
    """A facilitator has these rights from now on."""

    person: str
    rights: tuple[Right, ...]


@fact("consent.chosen")
class ConsentChosen(Payload, frozen=True, kw_only=True):
    """A person said what of them may stand in a research export. By another than the person: Control recorded less."""

    person: str
    choice: ConsentChoice


@fact("lobby.set")
class EntranceSet(Payload, frozen=True, kw_only=True):
    """The rules of coming in and staying, as they are from now on."""

    seats_locked: bool
    guests: bool
    away_ms: int


@fact("seat.preferred")
class SeatsPreferred(Payload, frozen=True, kw_only=True):
    """A person said which seats they would like, the dearest first."""

    person: str
    seats: tuple[str, ...]


@fact("seats.drawn")
class SeatsDrawn(Payload, frozen=True, kw_only=True):
    """Seats were given out: the lot of each (a draw in [0, 1), lower goes first) and the seat it led to."""

    how: Literal["balanced", "random"]
    drawn: dict[str, float]
    seats: dict[str, str]
    left: tuple[str, ...]


@fact("seat.handed_over")
class SeatHandedOver(Payload, frozen=True, kw_only=True):
    """One person took another's place in a delegation."""

    seat: str
    person: str
    to: str


@fact("deputy.named")
class DeputyNamed(Payload, frozen=True, kw_only=True):
    """Who takes the pen of a seat when its holder is away."""

    seat: str
    person: str | None


@fact("pen.taken")
class PenTaken(Payload, frozen=True, kw_only=True):
    """The pen went to another of the delegation without its holder's hand. `away`: the holder was not heard from."""

    seat: str
    person: str
    principal: str | None
    away: bool = False


@fact("seat.dropped")
class SeatDropped(Payload, frozen=True, kw_only=True):
    """Nobody of a delegation was heard from since `since_ms`: a bot holds the seat for them."""

    seat: str
    policy: str
    since_ms: int


@fact("seat.returned")
class SeatReturned(Payload, frozen=True, kw_only=True):
    """Somebody of the delegation is back, and the seat with them. `since_ms`: since when a bot had held it for them."""

    seat: str
    person: str
    since_ms: int


@fact("seat.nudged")
class SeatNudged(Payload, frozen=True, kw_only=True):
    """Control said a word to one seat."""

    seat: str
    text: str


@fact("screens.locked")
class ScreensLocked(Payload, frozen=True, kw_only=True):
    """The players' screens were locked with a word to all, or unlocked."""

    on: bool
    text: str
