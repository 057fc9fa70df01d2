"""Facts about marked moments, going back to one of them, and games that go on from a moment of another."""

from wargame.game.events.base import Payload, fact
from wargame.game.events.clock import ClockKept


@fact("checkpoint.made")
class CheckpointMade(Payload, frozen=True, kw_only=True):
    """This moment of the log was marked as one to come back to: by Control, or by itself at a change of phase."""

    checkpoint: str
    label: str
    auto: bool


@fact("game.rewound")
class GameRewound(Payload, frozen=True, kw_only=True):
    """Control took the game back to a marked moment. The log keeps what lies between; nothing is deleted.

    The moment was at `at_ms` (wall clock, ms since the epoch). `state` is the snapshot of the game after event
    `to_seq` (`wargame.game.snapshot`), as text, which keeps the order of its maps. `timers` is what every clock has
    left, those of the moment and those begun since. `before` marks the moment that was left, so that the rewind can be
    undone. `pending`: a proposal waited for Control and was dropped.
    """

    checkpoint: str
    label: str
    to_seq: int
    at_ms: int
    reason: str
    before: str
    pending: bool
    timers: tuple[ClockKept, ...]
    state: str


@fact("game.branched")
class GameBranched(Payload, frozen=True, kw_only=True):
    """A new game was begun from event `seq` of this one. This one goes on untouched."""

    game: str
    title: str
    seq: int
    sandbox: bool


@fact("game.forked")
class GameForked(Payload, frozen=True, kw_only=True):
    """From here on this is a game of its own; all before it happened in game `origin`, up to its event `seq`.

    That event was at `at_ms` (wall clock, ms since the epoch).
    Seats: `open` ones wait for people, `bots` holds seat -> policy, all others are vacant. Facilitators come along,
    players do not. A `sandbox` is Control's to try things in: no player can join it.
    """

    origin: str
    seq: int
    at_ms: int
    game: str
    title: str
    seed: str
    seed_hash: str
    open: tuple[str, ...]
    bots: dict[str, str]
    sandbox: bool
    timers: tuple[ClockKept, ...]
