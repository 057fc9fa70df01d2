"""Bringing one socket level with its room from the store: first load, reconnect, lag and repair are this one path."""

import logging
from collections.abc import Callable

from wargame.realtime.frames_out import Frame, feed_frames, snapshot_frames
from wargame.realtime.hub import Room
from wargame.realtime.outbox import Outbox
from wargame.realtime.threads import run_read
from wargame.store.feed import feed_after, view_now

log = logging.getLogger(__name__)


async def catch_up(room: Room, outbox: Outbox, evict: Callable[[int, str], None]) -> None:
    """Send what is missing after `outbox.last`, then let the hub push. Evicts a reader that does not keep up."""
    game, view = room.key
    bounds = outbox.bounds
    try:
        behind = room.head - outbox.last
        if outbox.last == 0 or behind < 0 or behind > bounds.snapshot_over:
            for frame in await run_read(_snapshot, game, view, bounds.merge_bytes):
                await outbox.feed(frame)
        while outbox.last < room.head and not outbox.closing:
            for frame in await run_read(_missing, game, view, outbox.last, bounds.merge_items, bounds.merge_bytes):
                await outbox.feed(frame)
        outbox.joining = False  # no await since the test above: nothing can have been pushed in between
    except TimeoutError:
        evict(4408, "socket.too_slow")
    except Exception:
        log.exception("socket.catch_up_failed game=%s", game)
        evict(1011, "server.failed")


def _snapshot(game: str, view: str, size: int) -> list[Frame]:
    n, rows = view_now(game, view=view)
    return snapshot_frames(n, rows, size=size)


def _missing(game: str, view: str, cursor: int, items: int, size: int) -> list[Frame]:
    return list(feed_frames(feed_after(game, view=view, cursor=cursor), items=items, size=size))
