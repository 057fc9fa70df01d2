"""Notice who is away from their seat and who is back, from the rows of heartbeats; the rules decide what follows.

Depends on no disconnect and counts no connections: a heartbeat simply grows old. Time in which the server was away,
or the game did not run, is nobody's absence. Two processes that notice the same thing change it once.
"""

import hashlib
import logging
from collections.abc import Iterable

from wargame.game.state import Seat
from wargame.play import cache
from wargame.play.answers import ActorRef
from wargame.play.handle import handle
from wargame.store.heartbeat import alive_since, outage_before
from wargame.store.models import Game, Membership

log = logging.getLogger(__name__)
FRESH_MS = 40_000
"""Heard from so recently counts as being there: what the presence dots of the pages go by."""


def sweep_presence(*, now_ms: int, games: Iterable[str] | None = None) -> int:
    """Look at every running game (of these) that asked for it; return how many seats something was said of."""
    if outage_before(now_ms) is not None:
        return 0  # nobody could be heard
    watched = Game.objects.filter(status="running", away_ms__gt=0)
    if games is not None:
        watched = watched.filter(pk__in=list(games))
    found = 0
    for game in watched.order_by("created_ms"):
        try:
            found += _watch(game, now_ms=now_ms)
        except Exception:
            log.exception("presence.failed game=%s", game.id)
    return found


def _watch(game: Game, *, now_ms: int) -> int:
    rows = Membership.objects.filter(game_id=game.id, removed=False, seat__isnull=False)
    heard = dict(rows.values_list("person", "last_seen_ms"))
    since = max(game.running_ms, alive_since())
    done = 0
    for seat in cache.state_at_head(game).seats.values():
        here = whose_presence_matters(seat, heard, since_ms=since, away_ms=game.away_ms, now_ms=now_ms)
        if here is not None:
            last = max((heard.get(member, 0) for member in seat.members), default=0)
            _say(game, seat.id, here, since_ms=max(last, since), now_ms=now_ms)
            done += 1
    return done


def whose_presence_matters(
    seat: Seat, heard: dict[str, int], *, since_ms: int, away_ms: int, now_ms: int
) -> tuple[str, ...] | None:
    """Return who of a delegation is there, if that changes something, else None.

    `heard`: person -> when they were last heard from; `since_ms`: from when on absence counts.
    """
    here = tuple(member for member in seat.members if now_ms - heard.get(member, 0) <= FRESH_MS)
    if seat.away_since_ms is not None:
        return here or None
    if not seat.members or seat.policy is not None:
        return None
    away = {member for member in seat.members if now_ms - max(heard.get(member, 0), since_ms) > away_ms}
    if len(away) == len(seat.members):
        return here
    return here if seat.pen in away and here else None


def _say(game: Game, seat: str, here: tuple[str, ...], *, since_ms: int, now_ms: int) -> None:
    said = hashlib.blake2b(f"{game.head}\n{seat}\n{here}".encode(), digest_size=10).hexdigest()
    handle(
        game.id, actor=ActorRef.of_system(), command_id=f"watch:{said}", name="seat.watch",
        args={"seat": seat, "here": list(here), "since_ms": since_ms}, now_ms=now_ms,
    )  # fmt: skip
