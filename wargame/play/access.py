"""Who may act, and as whom: the one place that turns a person or a token into an actor and a view.

It answers alike for hidden and missing. Rules of the game (whose turn, who holds the pen) are not here.
"""

import hashlib
import secrets

from msgspec import Struct

from wargame.game.events import Actor
from wargame.game.ids import CONTROL, OBSERVER, PUBLIC, seat_view
from wargame.game.state import State
from wargame.game.views import view_of, views
from wargame.play.answers import ActorRef, Refused
from wargame.store.models import Membership


class Entry(Struct, frozen=True):
    """A person inside a game: what the server has checked about them."""

    game: str
    person: str
    display: str
    role: str
    seat: str | None
    view: str
    read_only: bool
    epoch: int
    link: int = 0


def new_token() -> str:
    """Return a fresh secret for a link or a socket."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def own_view(role: str, seat: str | None) -> str:
    """Return what a member looks through: a player without a seat sees what is public."""
    if role == "control":
        return CONTROL
    if role == "observer":
        return OBSERVER
    return seat_view(seat) if seat else PUBLIC


def access_by_token(game_id: str, *, token: str) -> Entry | Refused:
    """Return who the token is in this game; a removed person is told so, everybody else is unknown."""
    row = Membership.objects.filter(game_id=game_id, token_hash=token_hash(token)).first()
    return _entry(row)


def access_by_person(game_id: str, *, person: str) -> Entry | Refused:
    """Return what a known person is in this game now."""
    return _entry(Membership.objects.filter(game_id=game_id, person=person).first())


def access_as_view(entry: Entry, *, view: str, known: tuple[str, ...]) -> Entry | Refused:
    """Return a read-only entry into another view: any for Control, the public one for everybody in the game."""
    if entry.role != "control" and view != PUBLIC:
        return Refused("access.denied")
    if view not in known:
        return Refused("access.not_found")
    return Entry(entry.game, entry.person, entry.display, entry.role, None, view, True, entry.epoch, entry.link)


def actor_in(game_id: str, state: State, who: ActorRef) -> Actor | Refused:
    """Return the actor as the rules see it, checked against the rows of this moment."""
    if who.kind == "system":
        return Actor(kind="system", person="system", role="system")
    if who.kind == "seat_bot":
        if who.seat not in state.bots:
            return Refused("access.unknown")
        return Actor(kind="seat_bot", person=who.person, seat=who.seat, role="player")
    entry = access_by_person(game_id, person=who.person)
    if isinstance(entry, Refused):
        return entry
    kind = "control" if entry.role == "control" else "person"
    return Actor(kind=kind, person=entry.person, seat=entry.seat, role=entry.role)  # type: ignore[arg-type]


def view_of_actor(state: State, actor: Actor) -> str:
    """Return the view whose numbers the actor's answers speak of, as the state has it."""
    if actor.kind == "system":
        return CONTROL
    return seat_view(actor.seat) if actor.kind == "seat_bot" and actor.seat else view_of(state, actor.person)


def known_views(state: State) -> tuple[str, ...]:
    """Return every view of the game."""
    return tuple(views(state))


def _entry(row: Membership | None) -> Entry | Refused:
    if row is None:
        return Refused("access.unknown")
    if row.removed:
        return Refused("access.removed")
    view = own_view(row.role, row.seat)
    return Entry(row.game_id, row.person, row.display, row.role, row.seat, view, False, row.epoch, row.link)
