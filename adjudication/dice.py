"""Keyed dice: a draw is a function of (seed, turn, key) and of nothing else.

Changing one order never re-rolls an unrelated die, so that counterfactuals share their luck. The batch form
gives, seed by seed, the same values as the scalar one. Never a sequence, never a clock.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Seed = str | int


class Die(msgspec.Struct, frozen=True):
    """One draw as it happened: the number, the chance it was held against, and what came of it."""

    key: str
    u: float
    threshold: float
    outcome: str


def draw(seed: Seed, turn: int, key: str) -> float:
    """Return the number in [0, 1) of a die: 53 bits of blake2b over `seed|turn|key`."""
    digest = blake2b(f"{seed}|{turn}|{key}".encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) * 2.0**-53


class Dice:
    """The dice of one turn over a batch of seeds, with forced outcomes."""

    def __init__(self, seeds: Sequence[Seed], turn: int, forced: Mapping[str, str] | None = None) -> None:
        self.seeds = tuple(seeds)
        self.turn = turn
        self.forced = dict(forced or {})
        self._heads = [f"{seed}|{turn}|".encode() for seed in self.seeds]
        self._drawn: dict[str, Floats] = {}

    def u(self, key: str) -> Floats:
        """Return the draws of a key, shape (B,)."""
        if key not in self._drawn:
            self._drawn[key] = self._draws(key, self._heads)
        return self._drawn[key]

    def u_where(self, key: str, where: NDArray[np.bool_]) -> Floats:
        """Return the draws of a key for some games, shape (B,); the others are not cast and read 1."""
        if key in self._drawn:
            return self._drawn[key]
        drawn = np.ones(len(self._heads))
        games = np.flatnonzero(where)
        drawn[games] = self._draws(key, [self._heads[game] for game in games])
        return drawn

    @staticmethod
    def _draws(key: str, heads: Sequence[bytes]) -> Floats:
        """Cast a die for many seeds: as `draw` does, number by number."""
        tail = key.encode()
        digests = b"".join([blake2b(head + tail, digest_size=8).digest() for head in heads])
        return (np.frombuffer(digests, dtype=">u8") >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def outcome_of(self, key: str) -> str | None:
        """Return the outcome forced on a key or on its family (the part before the colon), if any.

        What is forced in this turn alone (`key@turn`) goes before what is forced in all.
        """
        family = key.partition(":")[0]
        for name in (f"{key}@{self.turn}", key, f"{family}@{self.turn}", family):
            if name in self.forced:
                return self.forced[name]
        return None
