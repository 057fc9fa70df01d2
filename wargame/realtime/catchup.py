"""Bringing one socket level with its room from the store: first load, reconnect, lag and repair are this one path."""

import logging
from collections.abc import Callable

from wargame.play.access import Entry
from wargame.realtime.frames_out import Frame, feed_frames, snapshot_frames
from wargame.realtime.hub import Room
from wargame.realtime.outbox import Outbox
from wargame.realtime.reads import still_looks
from wargame.realtime.threads import run_read
from wargame.store.feed import feed_after, view_now

log = logging.getLogger(__name__)


async def catch_up(room: Room, entry: Entry, outbox: Outbox, evict: Callable[[int, str], None]) -> None:
    """Send what is missing after `outbox.last`, then let the hub push. Evicts a reader that does not keep up.

    Nothing is sent to somebody who had left the view by the time its rows were read; the hub tells them so.
    """
    bounds = outbox.bounds
    try:
        behind = room.head - outbox.last
        if outbox.last == 0 or behind < 0 or behind > bounds.snapshot_over:
            for frame in await run_read(_snapshot, entry, bounds.merge_bytes):
                await outbox.feed(frame)
        while outbox.last < room.head and not outbox.closing:
            for frame in await run_read(_missing, entry, outbox.last, bounds.merge_items, bounds.merge_bytes):
                await outbox.feed(frame)
        outbox.joining = False  # no await since the test above: nothing can have been pushed in between
    except _Left:
        log.info("socket.left game=%s", entry.game)
    except TimeoutError:
        evict(4408, "socket.too_slow")
    except Exception:
        log.exception("socket.catch_up_failed game=%s", entry.game)
        evict(1011, "server.failed")


class _Left(Exception):
    """The person does not look through this view any more."""


def _snapshot(entry: Entry, size: int) -> list[Frame]:
    n, rows = view_now(entry.game, view=entry.view)
    return _for(entry, snapshot_frames(n, rows, size=size))


def _missing(entry: Entry, cursor: int, items: int, size: int) -> list[Frame]:
    return _for(
        entry, list(feed_frames(feed_after(entry.game, view=entry.view, cursor=cursor), items=items, size=size))
    )


def _for(entry: Entry, frames: list[Frame]) -> list[Frame]:
    if not still_looks(entry):
        raise _Left
    return frames
