"""What of a game's log the report and all that is made from it depend on.

The assessment, the answers of a debrief and what people let be used of their words are given while the report is
being read: none of them changes a figure of it, so none of them makes a built report out of date.
"""

from hashlib import blake2b

from msgspec import Struct

from wargame.game.events import REGISTRY
from wargame.game.ids import seat_view
from wargame.store.models import Disclosure, Event, Game
from wargame.version import ENGINE

ASIDE = frozenset({"consent.chosen"} | {kind for kind in REGISTRY if kind.startswith(("assess.", "debrief."))})
"""Kinds of events the report does not speak of."""


class Content(Struct, frozen=True):
    """The newest event the report speaks of: its place in the log, its hash (which covers all before it), its time."""

    seq: int
    hash: str
    at_ms: int


def content_of(game: Game) -> Content:
    """Return what a report of the game as it stands would be made from. An empty log: zeros."""
    rows = Event.objects.filter(game_id=game.id).exclude(kind__in=ASIDE).order_by("-seq")
    found = rows.values_list("seq", "hash", "at_ms").first()
    return Content(0, "", 0) if found is None else Content(*found)


def content_key(content: Content, *, schema: str) -> str:
    """Return a key that is the same as long as the same release makes the same report of it (64 hexadecimal digits)."""
    return blake2b(f"{content.hash}\n{schema}\n{ENGINE}".encode(), digest_size=32).hexdigest()


def seat_told(game_id: str, seat: str, *, upto: int | None = None) -> int:
    """Return the number of the newest row of a seat's feed that its report speaks of (0: none), up to event `upto`.

    By the seat's own rows alone: what the seat was not told of moves it never.
    """
    aside = Event.objects.filter(game_id=game_id, kind__in=ASIDE).values("seq")
    rows = Disclosure.objects.filter(game_id=game_id, view=seat_view(seat)).exclude(seq__in=aside)
    if upto is not None:
        rows = rows.filter(seq__lte=upto)
    return rows.order_by("-n").values_list("n", flat=True).first() or 0


def seat_key(told: int, *, schema: str) -> str:
    """Return a key that is the same as long as the same release makes the same page of a seat's rows (64 digits)."""
    return blake2b(f"{told}\n{schema}\n{ENGINE}".encode(), digest_size=32).hexdigest()
