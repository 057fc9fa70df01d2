"""Which explanation owns how much of an outcome: Shapley values over the eight combinations of the lenses (section 4).

Owns the eight replays and the shares. The shares of the three lenses add up exactly to the difference between all of
them and none: they are whole numbers of millionths. It draws nothing of its own and reads no file.
"""

from collections.abc import Callable, Mapping
from itertools import combinations
from math import factorial

import msgspec
import numpy as np

from adjudication.counterfactual import HELD_FIXED, HIGH, LOW
from adjudication.lenses import ALL
from adjudication.played import Bools, Floats, Outcome, Paths, Played, outcomes, replay, seeds_of
from adjudication.variation import ruled

PARTS = 1_000_000
"""Shares are counted in millionths of an outcome's unit."""

TUNED_BY_HAND = (
    "The model's numbers were tuned by hand to this case: that each lens owns what its authors expect is a property of"
    " the design, not independent evidence."
)


class Share(msgspec.Struct, frozen=True):
    """What one lens adds to an outcome: the mean over runs, and where it lies in nine runs in ten."""

    value: float
    low: float
    high: float


class Attributed(msgspec.Struct, frozen=True, kw_only=True):
    """One outcome: its mean under no lens and under all, and what each lens adds. The shares sum to `all - none`.

    `runs`: how many count; for the last word of a game those that no combination of lenses cuts short by war.
    """

    id: str
    label: str
    share: bool
    runs: int
    none: float
    all: float
    lenses: dict[str, Share]


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """The attribution of a game. `means[combination][outcome]`: what each combination of lenses came to."""

    scenario: str
    seed: str
    runs: int
    with_overrides: bool
    rulings: int
    outcomes: tuple[Attributed, ...]
    means: dict[str, dict[str, float]]
    held_fixed: str = HELD_FIXED
    caveat: str = TUNED_BY_HAND


def replays(
    played: Played, *, runs: int, with_overrides: bool, told: Callable[[str, int, int], None] = lambda *_: None
) -> dict[frozenset[str], Paths]:
    """Settle a game under every combination of lenses over the same seeds. `told` hears each, and may raise."""
    turns = [ruled(turn, keep=with_overrides) for turn in played.turns]
    seeds, some = seeds_of(played.seed, runs), subsets(ALL)
    found = {}
    for number, lenses in enumerate(some):
        told(f"Settling the game under {' and '.join(sorted(lenses)) or 'no lens'}", number, len(some))
        found[lenses] = replay(played, turns, played.start, seeds=seeds, lenses=lenses)
    return found


def attribution(
    played: Played, *, runs: int = 200, with_overrides: bool = False,
    paths: Mapping[frozenset[str], Paths] | None = None,
) -> Attribution:  # fmt: skip
    """Share out what a game comes to among the lenses; `paths` are its `replays` where they are made already."""
    paths = replays(played, runs=runs, with_overrides=with_overrides) if paths is None else paths
    whole = np.logical_and.reduce([path.survived for path in paths.values()])
    found = {lenses: outcomes(played.scenario, path) for lenses, path in paths.items()}
    counted = {
        name: whole if what.whole else np.ones_like(whole)
        for name, (what, _) in found[ALL].items()
        if all(name in table for table in found.values())
    }
    attributed = [_attributed(name, found, among) for name, among in counted.items() if bool(np.any(among))]
    return Attribution(
        scenario=played.scenario.meta.id, seed=played.seed, runs=runs, with_overrides=with_overrides,
        rulings=sum(len(turn.sealed.overrides) for turn in played.turns), outcomes=tuple(attributed),
        means={
            "+".join(sorted(lenses)) or "none": {
                one.id: _mean(table[one.id][1][counted[one.id]]) / PARTS for one in attributed
            }
            for lenses, table in found.items()
        },
    )  # fmt: skip


def subsets(lenses: frozenset[str]) -> tuple[frozenset[str], ...]:
    """Return every combination of lenses, the smaller first, in the order of the alphabet."""
    names = sorted(lenses)
    return tuple(frozenset(some) for size in range(len(names) + 1) for some in combinations(names, size))


def shapley(worth: Mapping[frozenset[str], Floats], player: str) -> Floats:
    """Return a player's Shapley value, elementwise: the mean of what it adds over all orders of joining."""
    players = frozenset().union(*worth)
    total = np.zeros_like(next(iter(worth.values())))
    for others in subsets(players - {player}):
        weight = factorial(len(others)) * factorial(len(players) - len(others) - 1) / factorial(len(players))
        total = total + weight * (worth[others | {player}] - worth[others])
    return total


def shared_out(worth: Mapping[frozenset[str], int]) -> dict[str, int]:
    """Return Shapley values of whole numbers as whole numbers that add up exactly, by the largest remainder."""
    players = sorted(frozenset().union(*worth))
    orders = factorial(len(players))
    exact = {
        player: sum(
            factorial(len(others)) * factorial(len(players) - len(others) - 1)
            * (worth[others | {player}] - worth[others])
            for others in subsets(frozenset(players) - {player})
        )
        for player in players
    }  # fmt: skip
    whole = {player: times // orders for player, times in exact.items()}
    missing = worth[frozenset(players)] - worth[frozenset()] - sum(whole.values())
    for player in sorted(players, key=lambda name: (-(exact[name] % orders), name))[:missing]:
        whole[player] += 1
    return whole


def _attributed(
    name: str, found: Mapping[frozenset[str], Mapping[str, tuple[Outcome, Floats]]], among: Bools
) -> Attributed:
    what = found[ALL][name][0]
    runs = {lenses: table[name][1][among] for lenses, table in found.items()}
    means = {lenses: _mean(values) for lenses, values in runs.items()}
    shares = {}
    for lens, parts in shared_out(means).items():
        low, high = np.quantile(shapley(runs, lens), (LOW, HIGH))
        shares[lens] = Share(parts / PARTS, round(float(low), 6), round(float(high), 6))
    return Attributed(
        id=name, label=what.label, share=what.share, runs=int(np.count_nonzero(among)),
        none=means[frozenset()] / PARTS, all=means[ALL] / PARTS, lenses=shares,
    )  # fmt: skip


def _mean(values: Floats) -> int:
    return round(float(np.mean(values)) * PARTS)
