"""The best package of many games at once, exactly, without walking through the whole space of each.

Owns the search. Given the levels of verification and sequence (and whether a symbolic clause rises) a surplus is a sum
over issues, so any weighted sum of both surpluses has its maximum issue by issue: a bound that throws out whole
branches. What is left is judged by the formulas of `valuation`, package by package, so that the answer equals
`analysis.analyse` to the bit. It must never judge by a formula of its own, draw, or keep a state between calls.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Literal

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from negotiation.analysis import analyse
from negotiation.terms import ALL_LENSES, Gate, Negotiation
from negotiation.valuation import Bools, Floats, feasible, passes, reservation, utility

Aim = Literal["nash", "nearest"]
Ints = NDArray[np.intp]

GAMES_AT_ONCE = 256
BEAM = 6
"""Branches a game keeps in the first pass, which only looks for a good package to hold the others against."""
MOST_BRANCHES = 150_000
"""Branches of all games together beyond which a space is walked through after all."""
SLOPES: Floats = np.geomspace(0.25, 4.0, 17)
"""Weights of one surplus against the other; dense about one, where good compromises lie. They bound, never decide."""
SLACK = 1e-9
"""More than the rounding of any bound: nothing as good as the best is ever thrown out."""


class Best(Struct, frozen=True):
    """One package a game: `found` (B,), `package` (B, issues), `surplus` (B, 2) over waiting, in the parties' order."""

    found: Bools
    package: Ints
    surplus: Floats


class _Branches(Struct, frozen=True):
    """Partial packages of several games, flat: game, block, surplus so far without what is open, levels (n, issues)."""

    game: Ints
    block: Ints
    first: Floats
    second: Floats
    levels: Ints

    def take(self, which: Any) -> "_Branches":
        return _Branches(self.game[which], self.block[which], self.first[which], self.second[which], self.levels[which])


class _Gathered(Mapping[str, Any]):
    """Values of the games behind some packages, looked up as they are asked for."""

    def __init__(self, values: Mapping[str, Any], games: Any) -> None:
        self._values, self._games = values, games
        self._known: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            array = np.asarray(self._values[name])
            self._known[name] = array[self._games] if array.ndim else array
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def best_packages(
    terms: Negotiation,
    values: Mapping[str, Any],
    banked: Mapping[str, Any],
    lenses: frozenset[str] = ALL_LENSES,
    mood: Mapping[str, Any] | None = None,
    *,
    aim: Aim = "nash",
    games: int,
) -> Best:
    """Return the Nash package (or, with `nearest`, the one of the best worst surplus) of every game.

    `values`, `banked`, `mood` are scalars or (games,). Equal to `analyse` for each game alone, ties included.
    """
    parts = []
    for start in range(0, games, GAMES_AT_ONCE):
        here = np.arange(start, min(games, start + GAMES_AT_ONCE))
        part = {name: _rows(value, here) for name, value in values.items()}
        tempers = {name: _rows(value, here) for name, value in (mood or {}).items()}
        held = {name: _rows(level, here) for name, level in banked.items()}
        parts.append(_Search(terms, part, held, lenses, tempers, aim, here.size).run())
    if len(parts) == 1:
        return parts[0]
    return Best(*(np.concatenate(columns) for columns in zip(*map(structs.astuple, parts), strict=True)))


def _rows(value: Any, here: Ints) -> Any:
    array = np.asarray(value)
    return array[here] if array.ndim and array.size > 1 else array.reshape(())


class _Search:
    """One search over some games. `low` (games, issues): the levels in force; the open space lies above."""

    def __init__(
        self, terms: Negotiation, values: Mapping[str, Any], banked: Mapping[str, Any], lenses: frozenset[str],
        mood: Mapping[str, Any], aim: Aim, games: int,
    ) -> None:  # fmt: skip
        self.terms, self.values, self.lenses, self.mood, self.aim, self.games = terms, values, lenses, mood, aim, games
        self.banked = banked
        held = [
            issue.default if issue.kind == "sequence" else banked.get(issue.id, issue.default) for issue in terms.issues
        ]
        self.low = np.stack([np.broadcast_to(np.asarray(level, dtype=np.intp), (games,)) for level in held], axis=1)
        self.fixed = [axis for axis in (terms.space.verification, terms.space.sequence) if axis is not None]
        self.order = _order(terms, self.fixed)
        self.symbolic = [axis for axis in self.order if terms.issues[axis].symbolic]
        self.heavy = np.zeros(games, dtype=np.bool_)
        self.gates = [gate for gate in terms.gates if gate.lens in lenses]
        self._measure()

    # --- what each issue adds -------------------------------------------------------------------
    def _measure(self) -> None:
        """Find what every level of every issue adds in every block, by asking the formulas one step at a time."""
        shape = self.terms.space.shape
        settings = list(product(*(range(shape[axis]) for axis in self.fixed)))
        steps = [(axis, level) for axis in self.order for level in range(shape[axis])]
        cube = np.repeat(self.low[:, None, :], len(settings) * (1 + len(steps)), axis=1).reshape(
            self.games, len(settings), 1 + len(steps), -1
        )
        for number, setting in enumerate(settings):
            for axis, level in zip(self.fixed, setting, strict=True):
                cube[:, number, :, axis] = level
        for number, (axis, level) in enumerate(steps, start=1):
            cube[:, :, number, axis] = level
        open_ = np.all(cube[:, :, 0, self.fixed] >= np.where(self._chosen_anew(), 0, self.low[:, None, self.fixed]), -1)
        plain, seen = _without_symbols(self.terms), self._tops()
        self.base, self.gain, symbols = [], [], []
        for side in range(2):
            worth = self._utility(plain, side, cube) - self._waits(side).reshape(-1, 1, 1)
            self.base.append(worth[:, :, 0])
            symbols.append(self._utility(self.terms, side, seen) - self._utility(plain, side, seen))
            gains, at = {}, 1
            for axis in self.order:
                gain = worth[:, :, at : at + shape[axis]] - worth[:, :, :1]
                below = np.arange(shape[axis]) < self.low[:, axis, None]
                gains[axis] = np.where(below[:, None, :], -np.inf, gain)
                at += shape[axis]
            self.gain.append(gains)
        self.settings = np.array(settings, dtype=np.intp).reshape(len(settings), -1)
        self._symbols(symbols, open_)
        self._reach()

    def _chosen_anew(self) -> Bools:
        return np.array([self.terms.issues[axis].kind == "sequence" for axis in self.fixed], dtype=np.bool_)

    def _tops(self) -> Ints:
        """Return for every game the package that raises every symbolic clause as far as it goes."""
        tops = self.low.copy()
        for axis in self.symbolic:
            tops[:, axis] = self.terms.space.shape[axis] - 1
        return tops

    def _symbols(self, symbols: Sequence[Floats], open_: Bools) -> None:
        """Split every block in two: no symbolic clause rises; one may, and all that is seen to be signed counts."""
        quiet = [np.where(open_, base, -np.inf) for base in self.base]
        if not self.symbolic:
            self.base = quiet
            return
        self.base = [
            np.concatenate([base, base + symbol[:, None]], axis=1) for base, symbol in zip(quiet, symbols, strict=True)
        ]
        for gains in self.gain:
            for axis in self.order:
                still = gains[axis]
                if axis in self.symbolic:
                    still = np.where(np.arange(still.shape[2]) == self.low[:, axis, None, None], still, -np.inf)
                gains[axis] = np.concatenate([still, gains[axis]], axis=1)
        self.settings = np.concatenate([self.settings, self.settings])

    def _reach(self) -> None:
        """Sum up, from the last issue back, the most the open issues can still add: weighted, and to each side."""
        blocks = self.base[0].shape[1]
        self.hull = [np.zeros((SLOPES.size, self.games, blocks))]
        self.most = [np.zeros((2, self.games, blocks))]
        slopes = SLOPES[:, None, None]
        for axis in reversed(self.order):
            steps = [
                tuple(np.ascontiguousarray(gains[axis][:, :, level]) for gains in self.gain)
                for level in range(self.terms.space.shape[axis])
            ]
            weighted = np.full(self.hull[0].shape, -np.inf)
            for one, two in steps:
                np.maximum(weighted, one * slopes + two / slopes, out=weighted)
            self.hull.append(self.hull[-1] + weighted)
            self.most.append(
                self.most[-1] + np.stack([np.max(np.stack(side), axis=0) for side in zip(*steps, strict=True)])
            )
        self.hull.reverse()
        self.most.reverse()

    # --- the search -----------------------------------------------------------------------------
    def run(self) -> Best:
        """Find a good package, then all that may be as good, and settle between them as `analyse` does."""
        nothing = np.full(self.games, -np.inf)
        _, _, floor = self._judged(self._leaves(nothing, beam=BEAM))
        leaves, score, _ = self._judged(self._leaves(floor, beam=None))
        return self._pick(leaves, score)

    def _leaves(self, floor: Floats, *, beam: int | None) -> _Branches:
        branches = self._kept(self._roots(), floor, 0, beam)
        for depth, axis in enumerate(self.order, start=1):
            branches = self._lawful(self._grown(branches, axis), depth)
            branches = self._kept(branches, floor, depth, beam)
            if branches.game.size > MOST_BRANCHES:
                branches = self._lightened(branches)
        return branches

    def _lightened(self, branches: _Branches) -> _Branches:
        """Set the games aside whose bounds are of no use; their whole spaces are walked through instead."""
        counts = np.bincount(branches.game, minlength=self.games)
        self.heavy = self.heavy | (counts > MOST_BRANCHES // self.games)
        return branches.take(~self.heavy[branches.game])

    def _roots(self) -> _Branches:
        game, block = (index.reshape(-1) for index in np.indices(self.base[0].shape))
        levels = self.low[game]
        levels[:, self.fixed] = self.settings[block]
        return _Branches(game, block, self.base[0].reshape(-1), self.base[1].reshape(-1), levels)

    def _grown(self, branches: _Branches, axis: int) -> _Branches:
        """Give every branch each level of one more issue."""
        one, two = (gains[axis][branches.game, branches.block] for gains in self.gain)
        count = one.shape[1]
        levels = np.repeat(branches.levels, count, axis=0)
        levels[:, axis] = np.tile(np.arange(count), branches.game.size)
        return _Branches(
            np.repeat(branches.game, count), np.repeat(branches.block, count),
            (branches.first[:, None] + one).reshape(-1), (branches.second[:, None] + two).reshape(-1), levels,
        )  # fmt: skip

    def _lawful(self, branches: _Branches, depth: int) -> _Branches:
        """Drop branches that a gate closes whatever the open issues become."""
        known = {*self.fixed, *self.order[:depth]}
        for gate in self.gates:
            asked = _asks(self.terms, gate)
            if asked <= known and not asked <= known - {self.order[depth - 1]}:
                columns = list(branches.levels.T)
                low = self._in_force(branches.game)
                values = _Gathered(self.values, branches.game)
                branches = branches.take(passes(gate, self.terms, columns, low, values))
        return branches

    def _kept(self, branches: _Branches, floor: Floats, depth: int, beam: int | None) -> _Branches:
        """Drop branches whose bound does not reach the best known package of their game."""
        at = (branches.game, branches.block)
        one, two = branches.first + self.most[depth][0][at], branches.second + self.most[depth][1][at]
        bound = self._bound_by_sides(one, two)
        keep = (bound > -np.inf) & (bound >= floor[branches.game] - SLACK)
        branches, bound = branches.take(keep), bound[keep]
        at = (branches.game, branches.block)
        slopes = SLOPES[:, None]
        summed = branches.first * slopes + branches.second / slopes + self.hull[depth][:, at[0], at[1]]
        bound = np.minimum(bound, self._bound_by_sums(summed))
        keep = (bound > -np.inf) & (bound >= floor[branches.game] - SLACK)
        branches, bound = branches.take(keep), bound[keep]
        return branches if beam is None else branches.take(_leaders(branches.game, bound, beam))

    def _bound_by_sides(self, one: Floats, two: Floats) -> Floats:
        if self.aim == "nearest":
            return np.minimum(one, two)
        return np.where((one >= -SLACK) & (two >= -SLACK), np.maximum(one, 0.0) * np.maximum(two, 0.0), -np.inf)

    def _bound_by_sums(self, summed: Floats) -> Floats:
        """Bound the aim by a s1 + s2 / a: min(s1, s2) <= that / (a + 1/a); s1 s2 <= (that / 2) ** 2."""
        if self.aim == "nearest":
            return np.asarray(np.min(summed / (SLOPES + 1.0 / SLOPES)[:, None], axis=0))
        least = np.min(summed, axis=0)
        return np.where(least >= -SLACK, (np.maximum(least, 0.0) / 2.0) ** 2, -np.inf)

    # --- judging what is left -------------------------------------------------------------------
    def _judged(self, leaves: _Branches) -> tuple[_Branches, Floats, Floats]:
        """Judge whole packages by the formulas; return those that count with their score, and each game's best."""
        columns, low = list(leaves.levels.T), self._in_force(leaves.game)
        values = _Gathered(self.values, leaves.game)
        one, two = (
            np.asarray(utility(self.terms, party, columns, low, values, self.lenses), dtype=np.float64)
            - reservation(party, values, self.lenses, _Gathered(self.mood, leaves.game).get(party.id, 0.0))
            for party in self.terms.parties
        )  # fmt: skip
        allowed = np.broadcast_to(feasible(self.terms, columns, low, values, self.lenses), leaves.game.shape)
        worst = np.minimum(one, two)
        counts = allowed & (worst >= 0) if self.aim == "nash" else allowed
        exact = _Branches(leaves.game, leaves.block, one, two, leaves.levels).take(counts)
        score = exact.first * exact.second if self.aim == "nash" else np.minimum(exact.first, exact.second)
        best = np.full(self.games, -np.inf)
        np.maximum.at(best, exact.game, score)
        return exact, score, best

    def _pick(self, branches: _Branches, score: Floats) -> Best:
        """Take the highest score of every game, the lowest index among equals; ask `analyse` where equals differ."""
        best = np.full(self.games, -np.inf)
        np.maximum.at(best, branches.game, score)
        equal = branches.take(score == best[branches.game])
        index = np.ravel_multi_index(tuple(equal.levels.T), self.terms.space.shape)
        order = np.lexsort((index, equal.game))
        equal = equal.take(order)
        games, first = np.unique(equal.game, return_index=True)
        found = np.zeros(self.games, dtype=np.bool_)
        package, surplus = self.low.copy(), np.full((self.games, 2), -np.inf)
        found[games] = True
        package[games] = equal.levels[first]
        surplus[games, 0], surplus[games, 1] = equal.first[first], equal.second[first]
        if self.aim == "nash":
            differs = (equal.first != surplus[equal.game, 0]) | (equal.second != surplus[equal.game, 1])
            self.heavy[equal.game[differs]] = True
        self._walk(found, package, surplus)
        return Best(found, package, surplus)

    def _walk(self, found: Bools, package: Ints, surplus: Floats) -> None:
        """Walk through the whole space of the games set aside, and write their answers down."""
        for game in np.flatnonzero(self.heavy):
            values, mood, held = (
                {name: np.broadcast_to(np.asarray(row), (self.games,))[game].item() for name, row in table.items()}
                for table in (self.values, self.mood, self.banked)
            )
            whole = analyse(self.terms, values, held, self.lenses, mood)
            point = whole.nash if self.aim == "nash" else whole.nearest
            found[game] = point is not None
            if point is not None:
                package[game], surplus[game] = point.package, point.surplus

    # --- asking the formulas --------------------------------------------------------------------
    def _utility(self, terms: Negotiation, side: int, cube: Ints) -> Floats:
        """Return the utility of packages (games, ..., issues), one value a package."""
        extra = cube.ndim - 2
        columns = [cube[..., axis] for axis in range(cube.shape[-1])]
        low = [self.low[:, axis].reshape(-1, *[1] * extra) for axis in range(cube.shape[-1])]
        values = _Gathered(self.values, np.arange(self.games).reshape(-1, *[1] * extra))
        worth = utility(terms, terms.parties[side], columns, low, values, self.lenses)
        return np.array(np.broadcast_to(worth, cube.shape[:-1]))

    def _in_force(self, games: Ints) -> list[Any]:
        """Return the level in force of every issue and side clause in the games behind some packages."""
        held = _Gathered(self.banked, games)
        return [*self.low[games].T, *(held.get(c.id, 0) for c in self.terms.sides)]

    def _waits(self, side: int) -> Floats:
        party = self.terms.parties[side]
        values = _Gathered(self.values, np.arange(self.games))
        waits = reservation(party, values, self.lenses, np.asarray(self.mood.get(party.id, 0.0)))
        return np.array(np.broadcast_to(waits, (self.games,)))


def _leaders(game: Ints, bound: Floats, most: int) -> Ints:
    """Return the places of the highest bounds of every game, at most so many each."""
    order = np.lexsort((-bound, game))
    starts = np.searchsorted(game[order], game[order], side="left")
    return order[np.arange(order.size) - starts < most]


def _order(terms: Negotiation, fixed: Sequence[int]) -> list[int]:
    """Return the open issues, those first that let a gate be judged early."""
    rest = [axis for axis in range(len(terms.issues)) if axis not in fixed]
    chosen: list[int] = []
    while rest:
        known = {*fixed, *chosen}
        missing = [_asks(terms, gate) - known for gate in terms.gates]
        waiting = [gap for gap in missing if gap]
        shortest = min(waiting, key=len, default=set(rest))
        shortest = set.union(*(gap for gap in waiting if len(gap) == len(shortest))) if waiting else shortest
        axis = max(
            (axis for axis in rest if axis in shortest),
            key=lambda axis: (sum(axis in gap for gap in missing), -axis),
        )
        chosen.append(axis)
        rest.remove(axis)
    return chosen


def _asks(terms: Negotiation, gate: Gate) -> set[int]:
    """Return the axes a gate looks at."""
    named = {*gate.raises, *(issue for way in gate.ways for issue in way.levels)}
    return {terms.space.axis[issue] for issue in named & terms.space.axis.keys()}


def _without_symbols(terms: Negotiation) -> Negotiation:
    return structs.replace(terms, parties=tuple(structs.replace(party, symbol=None) for party in terms.parties))
