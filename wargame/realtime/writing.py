"""Who is writing in a draft right now: rows that grow old, read once a second for the views that see the draft.

No part of the game and never in its log. Who may hear of it is not decided here: a view is told of a writer only if
the pad it was itself shown is open and names the writer's seat.
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from msgspec import Struct

from wargame.play.access import Entry
from wargame.protocol.frames import WriterSeen, WritingIn
from wargame.store.models import Current, Game, Membership, Writing

LASTS_MS = 8_000
"""How long somebody counts as writing after they were last heard."""
KIND = "pad"


class Writers(NamedTuple):
    """What one look found."""

    seen: dict[tuple[str, str], tuple[WriterSeen, ...]]
    """(game, view) -> who is writing in drafts that view sees."""
    epochs: dict[str, int]
    """Of every game with writers, read after them: nobody who has left is among those who hear of it."""


class _Shown(Struct):
    """What matters here of a pad as a view was shown it."""

    seat: str
    editors: tuple[str, ...]
    open: bool

    def names(self, seat: str) -> bool:
        """Tell whether the view knows a seat as one that writes there."""
        return self.open and seat in (self.seat, *self.editors)


_SHOWN = msgspec.json.Decoder(_Shown)


def note_writing(entry: Entry, said: WritingIn, *, now_ms: int) -> None:
    """Note where a person writes, if they may there; what they may not is passed over in silence."""
    if not said.pad:
        Writing.objects.filter(game_id=entry.game, person=entry.person).delete()
        return
    mine = Current.objects.filter(game_id=entry.game, view=entry.view, kind=KIND, key=said.pad)
    shown = mine.values_list("value", flat=True).first()
    if shown is None or entry.read_only or entry.seat is None or not _SHOWN.decode(bytes(shown)).names(entry.seat):
        return
    Writing.objects.bulk_create(
        [Writing(game_id=entry.game, person=entry.person, pad=said.pad, clause=said.clause, at_ms=now_ms)],
        update_conflicts=True, unique_fields=["game", "person"], update_fields=["pad", "clause", "at_ms"],
    )  # fmt: skip


def read_writers(games: Iterable[str], *, now_ms: int) -> Writers:
    """Return who is writing, for every view that may hear of it."""
    rows = Writing.objects.filter(game_id__in=list(games), at_ms__gt=now_ms - LASTS_MS).order_by("person")
    fresh = list(rows.values_list("game_id", "person", "pad", "clause"))
    if not fresh:
        return Writers({}, {})
    found = {game for game, *_ in fresh}
    people = Membership.objects.filter(game_id__in=found, removed=False, seat__isnull=False)
    seats = {(game, person): seat for game, person, seat in people.values_list("game_id", "person", "seat")}
    stood = Game.objects.filter(pk__in=found).values_list("heads", flat=True)
    views = {view for heads in stood for view in json.loads(heads)}
    keys = {pad for _, _, pad, _ in fresh}
    shown = Current.objects.filter(game_id__in=found, view__in=views, kind=KIND, key__in=keys)  # named: by the index
    pads: dict[tuple[str, str], list[tuple[str, _Shown]]] = {}
    for game, view, key, value in shown.values_list("game_id", "view", "key", "value"):
        pads.setdefault((game, key), []).append((view, _SHOWN.decode(bytes(value))))
    seen: dict[tuple[str, str], list[WriterSeen]] = {}
    for game, person, pad, clause in fresh:
        seat = seats.get((game, person))
        for view, known in pads.get((game, pad), ()) if seat else ():
            if seat and known.names(seat):
                writer = WriterSeen(person=person, seat=seat, pad=pad, clause=clause)
                seen.setdefault((game, view), []).append(writer)
    epochs = dict(Game.objects.filter(pk__in=found).values_list("id", "epoch"))
    return Writers({key: tuple(some) for key, some in seen.items()}, epochs)
