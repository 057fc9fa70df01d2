"""Ringing from any thread of any process without waiting for the network.

A process that serves sockets rings through the event loop of its hub; any other (worker, command) keeps one
small loop in a thread of its own, so that there is one connection a process and not one a ring.
"""

import asyncio
import logging
import os
import threading

from channels.layers import get_channel_layer
from msgspec import Struct

log = logging.getLogger(__name__)

MESSAGE = "bell"
"""The one type of message in the layer."""

_lock = threading.Lock()
_hub_loop: asyncio.AbstractEventLoop | None = None
_own_loop: tuple[int, asyncio.AbstractEventLoop] | None = None
_missed = 0


class Bell(Struct, frozen=True):
    """What a ring says: how far each view of a game has got, and whether people have changed."""

    game: str
    heads: dict[str, int]
    epoch: int


def group_of(game_id: str) -> str:
    """Return the name of the group in which a game's doorbell is heard."""
    return f"g.{game_id}"


def ring(game_id: str, heads: dict[str, int], epoch: int) -> None:
    """Tell all hubs where a game's views stand. Fire and forget."""
    if get_channel_layer() is None:
        return
    try:
        asyncio.run_coroutine_threadsafe(_send(game_id, heads, epoch), _loop())
    except RuntimeError:
        _count("loop is closed")


def listen_here(loop: asyncio.AbstractEventLoop) -> None:
    """Ring through this loop from now on: the process's hub runs in it."""
    global _hub_loop
    _hub_loop = loop


def stop_listening_here(loop: asyncio.AbstractEventLoop) -> None:
    """Forget the hub's loop."""
    global _hub_loop
    if _hub_loop is loop:
        _hub_loop = None


def missed() -> int:
    """Return how many rings did not get out since the process started."""
    return _missed


async def _send(game_id: str, heads: dict[str, int], epoch: int) -> None:
    try:
        message = {"type": MESSAGE, "game": game_id, "heads": heads, "epoch": epoch}
        await get_channel_layer().group_send(group_of(game_id), message)
    except Exception as error:  # noqa: BLE001 - the poll of the hubs repairs it
        _count(type(error).__name__)


def _count(why: str) -> None:
    global _missed
    _missed += 1
    log.warning("doorbell.missed why=%s count=%d", why, _missed)


def _loop() -> asyncio.AbstractEventLoop:
    if _hub_loop is not None and _hub_loop.is_running():
        return _hub_loop
    global _own_loop
    with _lock:
        if _own_loop is None or _own_loop[0] != os.getpid() or _own_loop[1].is_closed():
            loop = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="doorbell", daemon=True).start()
            _own_loop = (os.getpid(), loop)
        return _own_loop[1]
