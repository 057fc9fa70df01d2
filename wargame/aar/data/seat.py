"""What the tables of one seat are made from: the rows of its own view, and nothing else."""

from msgspec import Struct

from wargame.aar.seen.sight import Sight


class SeatSource(Struct, frozen=True):
    """A game as one seat was shown it. `game`: how it is called in every table. `left_out`: as in `Source`."""

    game: str
    sight: Sight
    left_out: frozenset[str] = frozenset()
