"""Whose views are open to everybody in a game: those of the teams over which the debrief has lifted the fog.

Says which views, which kinds of them and up to which moment; it reads no row of a view itself. Before the debrief
there are none. What is about the people in a seat and not about its play stays theirs: time of their own is an
accommodation that nobody else ever learns of.
"""

from msgspec import Struct

from wargame.game.ids import PUBLIC, seat_view
from wargame.play import cache
from wargame.store.models import Game

FRAME = frozenset({"clock", "game"})
"""Kinds of which an opened view is shown what everybody saw: a seat's own would tell of time of its own."""
PERSONAL = frozenset({"catchup", "debrief_answer", "nudge"})
"""Kinds that were said between Control and the people of a seat, and stay between them."""


class Lifted(Struct, frozen=True):
    """The open views, and the last moment they answer for (milliseconds since the epoch)."""

    views: frozenset[str] = frozenset()
    reach_ms: int = 0


def lifted(game_id: str) -> Lifted:
    """Return what the debrief of a game has opened so far; nothing for a game without one, or that does not exist."""
    game = Game.objects.filter(pk=game_id).first()
    if game is None or game.status != "ended":
        return Lifted()
    state = cache.state_at_head(game)
    debrief = state.debrief
    if debrief is None:
        return Lifted()
    seats = (seat_view(seat.id) for seat in state.seats.values() if seat.team in debrief.lifted)
    return Lifted(frozenset((PUBLIC, *seats)), debrief.reach_ms)
