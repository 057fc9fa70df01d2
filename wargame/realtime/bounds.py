"""Every number that bounds a socket or paces the hub, in one value (docs: the measured design of the hub)."""

from msgspec import Struct


class Bounds(Struct, frozen=True, kw_only=True):
    """Sizes in frames, bytes (or characters: frames are ASCII-safe JSON text) and seconds."""

    debt_frames: int = 128
    """Sent and not acknowledged."""
    debt_bytes: int = 256 << 10
    queue_frames: int = 256
    """Waiting behind the debt."""
    queue_bytes: int = 512 << 10
    loose_frames: int = 256
    """Answers and heads waiting for a transport that does not take them."""
    merge_items: int = 64
    merge_bytes: int = 64 << 10
    grace_s: float = 15.0
    """How long a reader that has fallen behind may take to catch up."""
    cut_s: float = 0.2
    """Between saying goodbye and cutting the transport."""
    read_rows: int = 512
    snapshot_over: int = 400
    """Missing rows above which a reader gets a fresh snapshot."""
    poll_s: float = 1.0
    head_s: float = 15.0
    presence_s: float = 5.0
    presence_expires_ms: int = 40_000
    hello_s: float = 15.0
    inbound_bytes: int = 64 << 10
    frames_per_s: float = 25.0
    frames_burst: float = 100.0
    frames_overdraft: float = 400.0
    """Refused frames (beyond the burst) after which the socket is closed."""


BOUNDS = Bounds()
