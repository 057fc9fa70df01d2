"""Which facts of a log lie on the way to where the game stands. What a rewind took back does not; the log keeps it."""

from collections.abc import Mapping, Sequence

from wargame.game import events as e
from wargame.game.events import Recorded

STAYS: tuple[type[e.Payload], ...] = (
    e.PersonJoined, e.PersonRemoved, e.PersonReadmitted, e.PersonRenamed, e.SeatTaken, e.SeatLeft, e.SeatHandedOver,
    e.SeatBotSet, e.PenPassed, e.PenTaken, e.NotePinned,
)  # fmt: skip
"""What a rewind does not take back: who is there and sits where, and Control's notes."""


def way_here(log: Sequence[Recorded]) -> list[Recorded]:
    """Return the facts of a whole log, gapless from 1, that were not taken back, in order; the rewinds among them."""
    rewinds = {one.seq: one.payload.to_seq for one in log if isinstance(one.payload, e.GameRewound)}
    stands = on_the_way(len(log), rewinds)
    return [one for one in log if one.seq in stands or isinstance(one.payload, STAYS)]


def on_the_way(head: int, rewinds: Mapping[int, int]) -> set[int]:
    """Return the numbers of the events up to `head` that no rewind took back. `rewinds`: event -> where it led to."""
    found: set[int] = set()
    seq = head
    while seq:
        found.add(seq)
        seq = rewinds.get(seq, seq - 1)
    return found
