"""The bargaining problem cut into parts in which side clauses only add up.

Owns what the search of `sides` stands on: the worth of every package of the issues, what each side clause adds in each
block of verification and sequence, and which packages gates, vetoes and symbols can tell apart once side clauses are
in play. Everything is asked of the formulas of `valuation`. It must never drop a text or choose one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import product
from typing import Any

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from negotiation.analysis import axes, floor, open_space
from negotiation.fronts import Counts, Points, whole
from negotiation.points import judge
from negotiation.terms import Gate, Negotiation, Player
from negotiation.valuation import (
    CONSENT_SLACK,
    Bools,
    Floats,
    Values,
    added,
    blocked,
    contradicted,
    passes,
    regard,
    reservation,
    utility,
)

MOST_SIDES = 60
MOST_COUPLED = 10
"""Side clauses that gates, vetoes or symbols name are tried in every combination; more of them is another problem."""

Places = NDArray[np.intp]


class Group(Struct, frozen=True):
    """Packages of a block that gates, vetoes and symbols cannot tell apart, and the sets of coupled clauses they allow.

    `vetoes` (sets, veto players): before whom a text with that set comes. `quiet`: no symbolic issue rises.
    """

    block: int
    members: Places
    lawful: Counts
    vetoes: Bools
    quiet: bool


class Blocks:
    """One world. `surplus` (2 of packages), `spare` (V of packages), `added` (2, blocks, S), `eased` (V, S): whole."""

    def __init__(
        self, terms: Negotiation, values: Values, banked: Mapping[str, int], lenses: frozenset[str],
        mood: Mapping[str, float], without: frozenset[str],
    ) -> None:  # fmt: skip
        self.terms, self.values, self.banked, self.lenses, self.mood = terms, values, banked, lenses, mood
        self.space = open_space(terms, banked)
        self.low = floor(terms, self.space, banked)
        self.choices = tuple(clause.id for clause in terms.sides if not banked.get(clause.id, 0))
        self.gates = [gate for gate in terms.gates if gate.lens in lenses and gate.id not in without]
        self.players = [p for p in terms.players if p.blocks and p.lens in lenses and p.id not in without]
        self.coupled = self._coupled()
        self.free = [place for place, name in enumerate(self.choices) if name not in self.coupled]
        if len(self.choices) > MOST_SIDES or len(self.coupled) > MOST_COUPLED:
            raise ValueError(
                f"{len(self.choices)} side clauses, {len(self.coupled)} of them named by gates, vetoes or symbols; at"
                f" most {MOST_SIDES} and {MOST_COUPLED} can be searched exactly"
            )
        self.levels = axes(terms, self.space)
        self.waits = (self._wait(0), self._wait(1))
        self.surplus = [
            whole(self._flat(utility(terms, party, self.levels, self.low, values, lenses)) - wait)
            for party, wait in zip(terms.parties, self.waits, strict=True)
        ]
        self.spare = [
            whole(self._flat(self._regard(player, self.levels)) - player.theta + CONSENT_SLACK)
            for player in self.players
        ]
        self._measure_clauses()
        self.groups = list(self._grouped())

    def _wait(self, side: int) -> float:
        party = self.terms.parties[side]
        return float(reservation(party, self.values, self.lenses, self.mood.get(party.id, 0.0)))

    def _flat(self, over_axes: Any) -> NDArray[Any]:
        return np.broadcast_to(over_axes, self.space.shape).reshape(-1)

    def _coupled(self) -> list[str]:
        """Return the side clauses that do not just add up: gates, vetoes, symbols or contradictions name them."""
        named = {name for gate in self.gates for name in _names(gate)}
        named |= {clause.id for pair in self.terms.contradictions for clause in pair}
        named |= {name for player in self.players for name in player.blocks}
        named |= {clause.id for clause in self.terms.sides if clause.symbolic}
        return [name for name in self.choices if name in named]

    # --- what side clauses add ------------------------------------------------------------------
    def _measure_clauses(self) -> None:
        """Ask the formulas what each side clause adds to the parties in every block, and to veto players."""
        fixed = [axis for axis in (self.terms.space.verification, self.terms.space.sequence) if axis is not None]
        low, shape = self.space.low, self.space.shape
        settings = list(product(*(range(low[axis], low[axis] + shape[axis]) for axis in fixed)))
        rows = np.tile(np.array(self.low, dtype=np.intp), (len(settings), 1 + len(self.choices), 1))
        for number, setting in enumerate(settings):
            for axis, level in zip(fixed, setting, strict=True):
                rows[number, :, axis] = level
        for number, name in enumerate(self.choices, start=1):
            rows[:, number, self.terms.column[name]] = 1
        columns: list[Places] = list(np.moveaxis(rows, -1, 0))
        plain = structs.replace(
            self.terms, parties=tuple(structs.replace(party, symbol=None) for party in self.terms.parties)
        )
        signs = [n for n, name in enumerate(self.choices, start=1) if self.terms.side[name].symbolic][:1]
        added, self.symbol = [], []
        for side in range(2):
            worth, seen = (self._utility(terms, side, columns, rows.shape[:2]) for terms in (plain, self.terms))
            added.append(whole(worth[:, 1:] - worth[:, :1]))
            self.symbol.append(int(whole(seen[0, signs] - worth[0, signs]).sum()))
        self.added = np.stack(added)
        regards = [np.broadcast_to(self._regard(p, columns), rows.shape[:2])[0] for p in self.players]
        self.eased = whole([row[1:] - row[0] for row in regards]).reshape(len(self.players), len(self.choices))
        self.block = np.zeros(self.space.size, dtype=np.int64)
        for axis in fixed:
            self.block = self.block * shape[axis] + self._flat(self.levels[axis] - low[axis])

    def _utility(self, terms: Negotiation, side: int, columns: Sequence[Places], shape: tuple[int, ...]) -> Floats:
        worth = utility(terms, terms.parties[side], columns, self.low, self.values, self.lenses)
        return np.broadcast_to(worth, shape)

    def _regard(self, player: Player, columns: Sequence[Places]) -> Floats:
        worth = regard(player, self.terms, columns, self.low, self.values, self.lenses)
        return np.asarray(worth, dtype=np.float64)

    # --- what couples them to packages ----------------------------------------------------------
    def _is_coupled(self, gate: Gate) -> bool:
        return not _names(gate).isdisjoint(self.coupled)

    def _signature(self) -> Iterator[Any]:
        """Yield what of each package a gate, a veto or a symbol that depends on side clauses can see."""
        for gate in filter(self._is_coupled, self.gates):
            yield _all(self._reaches(gate.raises))
            yield _any(self._reaches({name: self.low[self.terms.column[name]] + 1 for name in gate.raises}))
            for way in gate.ways:
                yield _all(self._reaches(way.levels))
        for player in self.players:
            yield blocked(player, self.terms, self.levels, self.low, self.values)
        for clause in {c.id: c for pair in self.terms.contradictions for c in pair if c.issue}.values():
            yield added(self.terms, clause, self.levels, self.low)
        if any(self.terms.side[name].symbolic for name in self.coupled):
            yield _any(self._reaches({i.id: self.low[n] + 1 for n, i in enumerate(self.terms.issues) if i.symbolic}))

    def _reaches(self, levels: Mapping[str, int]) -> Iterator[Any]:
        """Yield for each issue named where in the space it is at least at its level; side clauses are left out."""
        for name, level in levels.items():
            if name in self.terms.space.axis:
                yield self.levels[self.terms.space.axis[name]] >= level

    def _grouped(self) -> Iterator[Group]:
        code = self.block
        for mark in self._signature():
            code = code * 2 + self._flat(mark)
        allowed = self._flat(
            _all(
                passes(g, self.terms, self.levels, self.low, self.values) for g in self.gates if not self._is_coupled(g)
            )
        )
        inside = np.flatnonzero(allowed)
        order = inside[np.argsort(code[inside], kind="stable")]
        parts = np.split(order, np.flatnonzero(np.diff(code[order])) + 1)
        heads = np.array([members[0] for members in parts], dtype=np.intp)
        packages = np.stack(np.unravel_index(heads, self.space.shape), axis=1) + np.array(self.space.low)
        symbols = [axis for axis, issue in enumerate(self.terms.issues) if issue.symbolic]
        quiet = np.all(packages[:, symbols] <= np.array(self.low)[symbols], axis=1)
        lawful, vetoes = self._lawful(packages)
        for number, members in enumerate(parts):
            sets = np.flatnonzero(lawful[number])
            if sets.size:
                block = int(self.block[members[0]])
                yield Group(block, members, sets.astype(np.int64), vetoes[number, sets], bool(quiet[number]))

    def _lawful(self, packages: Places) -> tuple[Bools, Bools]:
        """Tell which sets of coupled clauses are lawful beside packages, and before whom each such text comes.

        `packages` is (G, issues); returns (G, sets) and (G, sets, veto players).
        """
        sets = np.arange(1 << len(self.coupled), dtype=np.int64)
        shape = (packages.shape[0], sets.size)
        columns: list[Places] = [column[:, None] for column in packages.T]
        columns += [np.full((1, 1), level, dtype=np.intp) for level in self.low[len(columns) :]]
        for bit, name in enumerate(self.coupled):
            columns[self.terms.column[name]] = (sets >> bit & 1).astype(np.intp)[None, :]
        allowed = np.broadcast_to(~contradicted(self.terms, columns, self.low), shape)
        for gate in filter(self._is_coupled, self.gates):
            allowed = allowed & passes(gate, self.terms, columns, self.low, self.values)
        vetoes = np.zeros((*shape, len(self.players)), dtype=np.bool_)
        for number, player in enumerate(self.players):
            vetoes[:, :, number] = blocked(player, self.terms, columns, self.low, self.values)
        return allowed, vetoes

    # --- for the search -------------------------------------------------------------------------
    def by_vetoes(self, group: Group) -> Iterator[tuple[tuple[int, ...], Counts]]:
        """Yield (veto players a text comes before, sets of coupled clauses with which it does) of a group."""
        asked = group.vetoes @ (1 << np.arange(len(self.players)))
        for pattern in sorted(set(asked.tolist())):
            yield tuple(n for n in range(len(self.players)) if pattern >> n & 1), group.lawful[asked == pattern]

    def points(self, members: Places, vetoes: tuple[int, ...]) -> Points:
        """Return packages of the issues, with no side clause added."""
        spare = np.zeros((len(vetoes), members.size), dtype=np.int64)
        for row, player in enumerate(vetoes):
            spare[row] = self.spare[player][members]
        nothing = np.zeros(members.size, dtype=np.int64)
        return Points(self.surplus[0][members], self.surplus[1][members], spare, members.astype(np.int64), nothing)

    def together(self, group: Group, sets: Counts, vetoes: tuple[int, ...]) -> Points:
        """Return what sets of coupled clauses add in a group to everybody, with their bits; `place` is nought."""
        which = np.array([self.choices.index(name) for name in self.coupled], dtype=np.intp)
        holds = sets[:, None] >> np.arange(which.size) & 1
        symbolic = np.array([self.terms.side[name].symbolic for name in self.coupled], dtype=np.bool_)
        signs = np.any(holds[:, symbolic], axis=1) if group.quiet else np.zeros(sets.size, dtype=np.bool_)
        one, two = (holds @ self.added[side, group.block, which] + self.symbol[side] * signs for side in range(2))
        eased = self.eased[np.ix_(np.array(vetoes, dtype=np.intp), which)] @ holds.T
        return Points(one, two, eased, np.zeros(sets.size, dtype=np.int64), holds @ (np.int64(1) << which))

    def additions(self, vetoes: tuple[int, ...]) -> dict[str, Counts]:
        """Return what the side clauses nothing couples add, as `fronts.grown` takes it; rows are blocks."""
        which = np.array(self.free, dtype=np.intp)
        return {
            "where": self.block, "first": self.added[0][:, which], "second": self.added[1][:, which],
            "spare": self.eased[np.ix_(np.array(vetoes, dtype=np.intp), which)],
            "bits": np.int64(1) << which.astype(np.int64),
        }  # fmt: skip

    def judged(self, points: Points) -> Floats:
        """Return the surplus of texts by the formulas, (P, 2)."""
        steps = np.stack(np.unravel_index(points.place, self.space.shape), axis=1) + np.array(self.space.low)
        sides = np.tile(np.array(self.low[len(self.terms.issues) :], dtype=np.intp), (points.place.size, 1))
        for bit, name in enumerate(self.choices):
            sides[:, self.terms.column[name] - len(self.terms.issues)] = points.chosen >> bit & 1
        rows = np.concatenate([steps, sides], axis=1)
        found = judge(self.terms, rows, self.values, self.banked, self.lenses, self.mood)
        return np.stack([found.surplus[party.id][0] for party in self.terms.parties], axis=1)


def _names(gate: Gate) -> set[str]:
    return {*gate.raises, *(name for way in gate.ways for name in way.levels)}


def _all(marks: Iterable[Any]) -> Any:
    return reduce(np.logical_and, marks, np.True_)


def _any(marks: Iterable[Any]) -> Any:
    return reduce(np.logical_or, marks, np.False_)
