"""Which facts of a log lie on the way to where the game stands. What a rewind took back does not; the log keeps it."""

from collections.abc import Sequence

from wargame.game import events as e
from wargame.game.events import Recorded

STAYS: tuple[type[e.Payload], ...] = (
    e.PersonJoined, e.PersonRemoved, e.SeatTaken, e.SeatLeft, e.SeatBotSet, e.PenPassed, e.NotePinned,
)  # fmt: skip
"""What a rewind does not take back: who is there and sits where, and Control's notes."""


def way_here(log: Sequence[Recorded]) -> list[Recorded]:
    """Return the facts of a whole log, gapless from 1, that were not taken back, in order; the rewinds among them."""
    on_the_way: set[int] = set()
    seq = len(log)
    while seq:
        on_the_way.add(seq)
        fact = log[seq - 1].payload
        seq = fact.to_seq if isinstance(fact, e.GameRewound) else seq - 1
    return [one for one in log if one.seq in on_the_way or isinstance(one.payload, STAYS)]
