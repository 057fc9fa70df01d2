"""Freeze a state to bytes and read it back. A snapshot is a cache of the fold, never the truth."""

import msgspec
from msgspec import Struct

from wargame.game.state import State

STATE_VERSION = 1
"""Bump with every change of `State` that an old snapshot does not fit; stores then fold from the log."""


class SnapshotOutdated(Exception):
    """The snapshot was made by another version of the state: fold the log instead."""


class _Frozen(Struct, frozen=True):
    v: int
    state: msgspec.Raw


def snapshot(state: State) -> bytes:
    """Return the canonical bytes of a state."""
    body = msgspec.json.encode(state, order="deterministic")
    return msgspec.json.encode(_Frozen(STATE_VERSION, msgspec.Raw(body)))


def restore(raw: bytes) -> State:
    """Return the state of a snapshot. Raises SnapshotOutdated where another version made it."""
    frozen = msgspec.json.decode(raw, type=_Frozen)
    if frozen.v != STATE_VERSION:
        raise SnapshotOutdated(f"snapshot of state version {frozen.v}, this is {STATE_VERSION}")
    return msgspec.json.decode(frozen.state, type=State)
