"""Own the mandate: what a seat may do at the table for the one it speaks for, and within which bounds.

A mandate is given by a principal to another seat of its side. It never allows a signature. Issues without a bound are
free; a clause a text does not name stands at what is in force.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from negotiation.details import Refused

Act = Literal["mark", "counter", "accept", "initial"]


class Mandate(Struct, frozen=True, kw_only=True):
    """What `seat` may do for `principal`, on one text or (`offer` empty) on all. `levels`: (lowest, highest)."""

    principal: str
    seat: str
    offer: str
    may: tuple[Act, ...]
    levels: dict[str, tuple[int, int]] = {}
    note: str = ""
    turn: int = 0

    @property
    def id(self) -> str:
        """Return its name: there is one mandate for each two seats."""
        return f"{self.principal}:{self.seat}"

    def covers(self, offer: str) -> bool:
        """Tell whether it speaks of a text."""
        return self.offer in ("", offer)


def check_bounds(mandate: Mandate, *, levels: Mapping[str, int], banked: Mapping[str, int]) -> Refused | None:
    """Refuse a text outside the bounds, naming the first clause and its bound."""
    for clause, (low, high) in sorted(mandate.levels.items()):
        level = levels.get(clause, banked.get(clause, 0))
        if not low <= level <= high:
            return Refused("mandate.exceeded", {"issue": clause, "level": level, "low": low, "high": high})
    return None


def check_mandate(levels: Mapping[str, tuple[int, int]], *, known: Mapping[str, int]) -> Refused | None:
    """Refuse bounds on an issue that is not there, beyond its levels, or the wrong way round."""
    for clause, (low, high) in sorted(levels.items()):
        if clause not in known:
            return Refused("offer.unknown_issue", {"issue": clause, "allowed": tuple(sorted(known))})
        if not 0 <= low <= high <= known[clause]:
            return Refused("mandate.no_range", {"issue": clause, "highest": known[clause]})
    return None
