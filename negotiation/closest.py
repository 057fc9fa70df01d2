"""The step from a text that would help most: one or two clauses changed, every neighbour judged.

Owns neighbours and the choice among them, from one seat's beliefs about both sides. It must never look further than
two clauses, nor know more than the seat believes.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from negotiation.hints import Verdict, verdict
from negotiation.terms import Negotiation
from negotiation.valuation import Bools, Floats, feasible, regard, reservation, utility

WORTH_IT = 0.005
"""A step that lifts the side worse off by less is not worth a word (a fourth of what `verdicts.same` is by default)."""
EVEN = 1e-9

Rows = NDArray[np.intp]


class Change(Struct, frozen=True):
    """One clause changed, or put in force: from which level to which."""

    clause: str
    from_level: int
    to_level: int


class Closest(Struct, frozen=True):
    """A step both sides would take, as the seat believes, and the words for the text it leads to."""

    changes: tuple[Change, ...]
    verdict: Verdict
    other_verdict: Verdict


class Judge:
    """Surpluses of texts as one seat believes: its own side's, or its own voice's, and the other side's."""

    def __init__(
        self, terms: Negotiation, party: str, player: str, values: Mapping[str, Any], low: Sequence[Any],
        lenses: frozenset[str],
    ) -> None:  # fmt: skip
        self.terms, self.party, self.player = terms, party, player
        self.values, self.low, self.lenses = values, low, lenses

    def surplus(self, rows: Rows) -> Floats:
        """Return (own, other) of every row, (N, 2); no number where the seat has no say or no other side to read."""
        found = np.full((rows.shape[0], 2), np.nan)
        columns = list(rows.T)
        if self.party:
            order = sorted(self.terms.parties, key=lambda party: party.id != self.party)
            for side, party in enumerate(order):
                wait = reservation(party, self.values, self.lenses)
                found[:, side] = utility(self.terms, party, columns, self.low, self.values, self.lenses) - wait
        elif self.player:
            player = next(one for one in self.terms.players if one.id == self.player)
            worth = regard(player, self.terms, columns, self.low, self.values, self.lenses)
            found[:, 0] = np.broadcast_to(np.asarray(worth) - player.theta, rows.shape[:1])
        return found

    def lawful(self, rows: Rows) -> Bools:
        """Tell which rows pass every gate and veto, as believed."""
        return np.broadcast_to(feasible(self.terms, list(rows.T), self.low, self.values, self.lenses), rows.shape[:1])

    @cached_property
    def floor(self) -> list[int]:
        """The lowest level each clause may have: what is in force; how steps are ordered is chosen anew."""
        return [
            0 if issue.kind == "sequence" else int(level)
            for issue, level in zip(self.terms.deal_issues, self.low, strict=True)
        ]


def closest(judge: Judge, row: Sequence[int], party: str) -> Closest | None:
    """Return the best step of one or two clauses that leaves neither side worse off, or None if there is none.

    Steps into the zone come before others, among them the shortest; then the better the worse-off side fares. From a
    text that cannot be carried out any lawful step counts.
    """
    here = np.array([row], dtype=np.intp)
    rows = neighbours(judge, row)
    everything = np.concatenate([here, rows])
    worth = judge.surplus(everything)
    lawful = judge.lawful(everything)
    now, then, good = worth[0], worth[1:], lawful[1:].copy()
    if lawful[0]:
        good &= np.all(then >= now - EVEN, axis=1) & (then.min(axis=1) > now.min() + WORTH_IT)
    if not good.any():
        return None
    changed = np.sum(rows != here, axis=1)
    worst = np.where(good, then.min(axis=1), -np.inf)
    inside = good & (worst >= 0)
    pool = inside & (changed == changed[inside].min()) if inside.any() else good
    best = int(np.argmax(np.where(pool, worst, -np.inf)))
    names, words = judge.terms.deal_ids, judge.terms.verdicts
    changes = tuple(
        Change(names[at], row[at], int(rows[best, at])) for at in np.flatnonzero(rows[best] != here[0]).tolist()
    )
    return Closest(changes, verdict(float(then[best, 0]), words), verdict(float(then[best, 1]), words))


def neighbours(judge: Judge, row: Sequence[int], *, most: Literal[1, 2] = 2) -> Rows:
    """Return every row one or (unless `most` is 1) two clauses away, (N, columns); nothing below what is in force."""
    steps = [
        [level for level in range(low, len(issue.levels)) if level != row[at]]
        for at, (issue, low) in enumerate(zip(judge.terms.deal_issues, judge.floor, strict=True))
    ]
    moves = [(at, level) for at, levels in enumerate(steps) for level in levels]
    both = combinations(range(len(moves)), 2) if most == 2 else ()
    pairs = [(one, two) for one, two in both if moves[one][0] != moves[two][0]]
    found = np.tile(np.array(row, dtype=np.intp), (len(moves) + len(pairs), 1))
    places, levels = (np.array(column, dtype=np.intp) for column in zip(*moves, strict=True))
    found[np.arange(len(moves)), places] = levels
    if pairs:
        ends = np.array(pairs, dtype=np.intp)
        lines = len(moves) + np.arange(len(pairs))
        for which in (0, 1):
            found[lines, places[ends[:, which]]] = levels[ends[:, which]]
    return found
