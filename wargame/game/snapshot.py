"""Freeze a state to bytes and read it back. A snapshot is a cache of the fold, never the truth.

The order of every map is kept: the people and seats of a restored game are told in the order they came in, as in a
process that folded the log itself. The fold makes that order, so the bytes are the same everywhere.
"""

import msgspec
from msgspec import Struct

from wargame.game.state import State

STATE_VERSION = 2
"""Bump with every change of `State` that an old snapshot does not fit; stores then fold from the log."""


class SnapshotOutdated(Exception):
    """The snapshot was made by another version of the state: fold the log instead."""


class _Frozen(Struct, frozen=True):
    v: int
    state: msgspec.Raw


def snapshot(state: State) -> bytes:
    """Return the bytes of a state. Canonical because no part of a state is a set."""
    body = msgspec.json.encode(state)
    return msgspec.json.encode(_Frozen(STATE_VERSION, msgspec.Raw(body)))


def fits(raw: bytes) -> bool:
    """Tell whether a snapshot was made by this version of the state."""
    return msgspec.json.decode(raw, type=_Frozen).v == STATE_VERSION


def restore(raw: bytes) -> State:
    """Return the state of a snapshot. Raises SnapshotOutdated where another version made it."""
    frozen = msgspec.json.decode(raw, type=_Frozen)
    if frozen.v != STATE_VERSION:
        raise SnapshotOutdated(f"snapshot of state version {frozen.v}, this is {STATE_VERSION}")
    return msgspec.json.decode(frozen.state, type=State)
