"""Who holds what, and who has opened it: the question "does that seat know this yet?" answered for Control.

Read only, from the rows every view was given and from what seats are known to have opened; it can therefore never say
more of a seat than the seat's own feed does. The newest few of a kind are looked at, whatever the length of the game.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from wargame.game.ids import CONTROL, seat_view
from wargame.play import cache
from wargame.store.feed import holders, newest_keys
from wargame.store.models import Game

Kind = Literal["inject", "offer", "paper", "letter", "intercept", "agreement", "tasking"]
KINDS: Mapping[Kind, bool] = {
    "inject": True, "offer": False, "paper": True, "letter": True, "intercept": False, "agreement": False,
    "tasking": False,
}  # fmt: skip
"""Kinds that can be asked for, and whether opening one is recorded."""
NEWEST = 60


class Known(Struct, frozen=True):
    """One thing: the seats whose view holds it, and those of them that are on record as having opened it."""

    key: str
    seats: tuple[str, ...]
    opened: tuple[str, ...]


def known(game: Game, *, kind: Kind) -> tuple[Known, ...]:
    """Return the newest things of a kind that Control holds, newest first, each with who knows it."""
    state = cache.state_at_head(game)
    keys = [key for key, _ in newest_keys(game.id, view=CONTROL, kind=kind, limit=NEWEST)]
    views = {seat_view(seat): seat for seat in state.seats}
    found = holders(game.id, views=list(views), kind=kind, keys=keys)
    opened = {seat: frozenset(state.opened.get(seat, ())) for seat in state.seats}
    return tuple(
        Known(
            key,
            tuple(seat for view, seat in views.items() if view in found.get(key, ())),
            tuple(seat for seat in state.seats if KINDS[kind] and f"{kind}:{key}" in opened[seat]),
        )
        for key in keys
    )
