"""What the hub asks the store, one call a round: rows of advanced views as frames, heads, members, presence."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wargame.game.ids import PUBLIC
from wargame.play.access import Entry, access_by_person
from wargame.play.answers import Refused
from wargame.protocol.frames import PresenceSeen
from wargame.realtime.bounds import Bounds
from wargame.realtime.frames_out import Frame, feed_frames
from wargame.store.feed import feed_after
from wargame.store.models import Game, Membership

ViewKey = tuple[str, str]
"""(game, view)."""
People = dict[tuple[str, str], Entry | Refused]
"""(game, person) -> what they are now."""


class Round(NamedTuple):
    """What one round found."""

    frames: dict[ViewKey, list[Frame]]
    epochs: dict[str, int]
    """Of every game with frames, read after them: nobody left before a frame without this telling."""


def read_round(cursors: Mapping[ViewKey, int], bounds: Bounds) -> Round:
    """Read what views have got since their cursors."""
    frames: dict[ViewKey, list[Frame]] = {}
    for (game, view), cursor in cursors.items():
        rows = feed_after(game, view=view, cursor=cursor, limit=bounds.read_rows)
        if rows:
            frames[game, view] = list(feed_frames(rows, items=bounds.merge_items, size=bounds.merge_bytes))
    games = {game for game, _ in frames}
    return Round(frames, dict(Game.objects.filter(pk__in=games).values_list("id", "epoch")) if games else {})


def read_people(people: Iterable[tuple[str, str]]) -> People:
    """Read what people have become."""
    return {(game, person): access_by_person(game, person=person) for game, person in people}


def still_looks(entry: Entry) -> bool:
    """Tell whether a person may look through the view they were let into, asked again at this moment."""
    now = access_by_person(entry.game, person=entry.person)
    if isinstance(now, Refused):
        return False
    if entry.read_only:
        return now.role == "control" or entry.view == PUBLIC
    return now.view == entry.view


def read_presence(games: Iterable[str], *, now_ms: int, expires_ms: int) -> dict[str, tuple[PresenceSeen, ...]]:
    """Return who is on in each game: by age of the last heartbeat, never by counting connections."""
    found: dict[str, list[PresenceSeen]] = {game: [] for game in games}
    rows = Membership.objects.filter(game_id__in=found, removed=False).order_by("person")
    for game, person, seen in rows.values_list("game_id", "person", "last_seen_ms"):
        idle = max(0, now_ms - seen)
        on = idle <= expires_ms
        found[game].append(PresenceSeen(person=person, on=on, idle_ms=idle // 5000 * 5000 if on else 0))
    return {game: tuple(some) for game, some in found.items()}


def write_heartbeats(alive: Mapping[str, Iterable[str]], *, now_ms: int) -> None:
    """Renew the heartbeats of the people whose sockets were heard from."""
    for game, people in alive.items():
        Membership.objects.filter(game_id=game, person__in=list(people)).update(last_seen_ms=now_ms)
