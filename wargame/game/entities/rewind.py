"""Moments of a game: what Control may go back to, and that it went back."""

from wargame.game.entities.base import Entity


class CheckpointSeen(Entity, frozen=True, kw_only=True):
    """kind `checkpoint`, key checkpoint id: a moment to come back to, for Control. Kept over rewinds. Paged.

    `seq` is the number of its event in the log; `auto`: made by itself, at a change of phase or before a rewind.
    """

    id: str
    seq: int
    label: str
    turn: int
    phase: str
    at_ms: int
    auto: bool
    by: str


class RewoundSeen(Entity, frozen=True, kw_only=True):
    """kind `rewound`, key `rewound`: that Control took the game back, why, and from where to where. For everybody.

    `count` is how many rewinds there were; the value is of the last one.
    """

    count: int
    at_ms: int
    reason: str
    turn: int
    phase: str
    from_turn: int
    from_phase: str


class BranchSeen(Entity, frozen=True, kw_only=True):
    """kind `branch`, key game id: a game that was begun from a moment of this one, for Control. Kept over rewinds."""

    game: str
    title: str
    seq: int
    at_ms: int
    sandbox: bool
