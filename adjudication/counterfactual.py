"""What would have been different: a played game settled again with one thing changed and the same keyed dice.

Owns the paired comparison over runs and where the game's own run first parts from what was played. Human
choices are held fixed; so are those of bots. It chooses nothing, and reads no file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.intervals import paired_shares
from adjudication.ledger import LedgerRow
from adjudication.lenses import ALL
from adjudication.played import Paths, Played, accounts, outcomes, replay, seeds_of, world_at
from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from adjudication.variation import Change, Pin, dealing, pinned, ruled
from adjudication.world import World

__all__ = [
    "HELD_FIXED", "HIGH", "LOW", "Band", "Chance", "Change", "Comparison", "Divergence", "Ended", "Pin",
    "TurnCompared", "band", "counterfactual",
]  # fmt: skip

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

HELD_FIXED = (
    "In this model, holding everybody's other choices fixed: people who had seen another turn of events would have"
    " chosen differently."
)
LOW, HIGH = 0.05, 0.95
"""The 90 % interval: nine runs in ten differ by something between these quantiles."""
Z = 1.6448536269514722
"""Half-width of a 90 % interval of a mean, in standard errors."""
DECIMALS = 6


class Band(msgspec.Struct, frozen=True):
    """A number as played again unchanged and changed, and the difference: means over the pairs of runs.

    `low`, `high`: nine differences in ten lie between them. `mean_low`, `mean_high`: the 90 % interval of the mean
    difference over the dice: of a share of runs the score interval (`intervals.paired_shares`), the one of the two that
    says something; of other numbers the normal approximation.
    """

    original: float
    changed: float
    delta: float
    low: float
    high: float
    mean_low: float
    mean_high: float


class TurnCompared(msgspec.Struct, frozen=True, kw_only=True):
    """One turn over all pairs of runs in which neither was over as it began; `pairs` counts them.

    `events` are shares of those pairs. With `pairs` 0 the tables are empty.
    """

    turn: int
    label: str
    pairs: int
    indices: dict[str, Band]
    variables: dict[str, Band]
    clauses: dict[str, Band]
    risk: dict[str, Band]
    events: dict[str, Band]


class Ended(msgspec.Struct, frozen=True):
    """What the runs came to: the words, whether it is a share of runs, and the comparison over so many pairs."""

    id: str
    label: str
    share: bool
    pairs: int
    band: Band


class Chance(msgspec.Struct, frozen=True):
    """A die of the game's own run that fell otherwise, or was cast in one of the two only ("" where it was not)."""

    turn: int
    key: str
    u: float
    original: str
    changed: str
    threshold_original: float | None
    threshold_changed: float | None


class Divergence(msgspec.Struct, frozen=True, kw_only=True):
    """Where the game's own run first parts from what was played: the turn, and the first row that differs."""

    turn: int
    label: str
    stage: float
    rule: str
    cause: str
    variable: str | None
    original: float
    changed: float


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A counterfactual, whole. `reproduced`: the unchanged own run equals the record bit for bit (None: no record).

    `rulings`: Control's rulings in the game; they are left out unless the change keeps them.
    """

    scenario: str
    seed: str
    runs: int
    from_turn: int
    lenses: tuple[str, ...]
    replaced: dict[int, tuple[str, ...]]
    pins: tuple[Pin, ...]
    with_overrides: bool
    without_rulings: tuple[str, ...] = ()
    rules_off: tuple[str, ...] = ()
    players: dict[str, str] = {}
    rulings: int
    reproduced: bool | None
    held_fixed: str
    ended: tuple[Ended, ...]
    turns: tuple[TurnCompared, ...]
    divergence: Divergence | None
    chances: tuple[Chance, ...]
    happened: tuple[tuple[int, str, str], ...]
    """(turn, "original" | "changed", words): what happened in one of the two own runs only."""


def counterfactual(
    played: Played, change: Change, *, runs: int = 200, told: Callable[[str, int, int], None] = lambda *_: None
) -> Comparison:
    """Play a game again unchanged and changed over paired seeds, and compare.

    `told(what, steps done, of so many)` hears each turn of each replay; it may raise to end the work.
    """
    first = change.from_turn if change.from_turn is not None else played.first
    turns = [turn for turn in played.turns if turn.number >= first]
    as_it_was = [ruled(turn, keep=change.keeps_rulings) for turn in turns]
    start = world_at(played, first)
    played_under = turns[0].sealed.lenses if turns else ALL
    seeds, steps = seeds_of(played.seed, runs), 2 * len(turns) + 2
    done = count(1)
    one = replay(
        played, as_it_was, start, seeds=seeds, settled=lambda _: told("Playing the game as it was", next(done), steps)
    )
    varied = dealing(played, change)
    two = replay(
        played, turns, start, seeds=seeds, lenses=change.lenses, dealing=varied,
        settled=lambda _: told("Playing it with the change", next(done), steps),
    )  # fmt: skip
    own = accounts(played, as_it_was, start)
    told("Finding where the two part", next(done), steps)
    altered = accounts(
        replace(played, scenario=varied.scenario),
        varied.own,
        start,
        lenses=change.lenses,
        before=pinned(played, change),
    )
    told("Comparing", next(done), steps)
    return Comparison(
        scenario=played.scenario.meta.id, seed=played.seed, runs=runs, from_turn=first,
        lenses=tuple(sorted(played_under if change.lenses is None else change.lenses)),
        replaced={turn: tuple(sorted(seats)) for turn, seats in sorted(change.orders.items())}, pins=change.pins,
        with_overrides=change.with_overrides, without_rulings=change.without_rulings, rules_off=change.rules_off,
        players={seat: spec.policy for seat, spec in sorted(change.players.items())},
        rulings=sum(len(turn.sealed.overrides) for turn in turns),
        reproduced=_reproduced(played, first, start, own), held_fixed=HELD_FIXED,
        ended=_ended(played.scenario, one, two), turns=_compared(played.scenario, one, two),
        divergence=_divergence(played.scenario, own, altered), chances=_chances(own, altered),
        happened=_happened(own, altered),
    )  # fmt: skip


# --- many runs ----------------------------------------------------------------------------------
def band(one: NDArray[np.generic], two: NDArray[np.generic], *, share: bool = False, chance: bool = False) -> Band:
    """Compare paired runs, (R,) each. `share`: of runs, 0 or 1 in each; `chance`: a number from 0 to 1 in each."""
    first, second = np.asarray(one, dtype=np.float64), np.asarray(two, dtype=np.float64)
    delta = second - first
    low, high = np.quantile(delta, (LOW, HIGH))
    mean = float(delta.mean())
    numbers = (first.mean(), second.mean(), mean, low, high, *_of_mean(delta, mean, share=share, chance=chance))
    return Band(*(round(float(number), DECIMALS) + 0.0 for number in numbers))


def _of_mean(delta: Floats, mean: float, *, share: bool, chance: bool) -> tuple[float, float]:
    if share:
        return paired_shares(int(np.sum(delta > 0)), int(np.sum(delta < 0)), len(delta), z=Z)
    within = Z * float(delta.std(ddof=1)) / float(np.sqrt(len(delta))) if len(delta) > 1 else 0.0
    least, most = (-1.0, 1.0) if chance else (-np.inf, np.inf)
    return max(mean - within, least), min(mean + within, most)


def _ended(scenario: Scenario, one: Paths, two: Paths) -> tuple[Ended, ...]:
    """Compare what the runs came to; last words of a game only where neither run of a pair was cut short."""
    original, changed = outcomes(scenario, one), outcomes(scenario, two)
    whole = one.survived & two.survived
    found = []
    for name, (what, values) in original.items():
        pairs = whole if what.whole else np.ones_like(whole)
        if name in changed and bool(np.any(pairs)):
            among = band(values[pairs], changed[name][1][pairs], share=what.counted, chance=what.chance)
            found.append(Ended(name, what.label, what.share, int(np.count_nonzero(pairs)), among))
    return tuple(found)


def _compared(scenario: Scenario, one: Paths, two: Paths) -> tuple[TurnCompared, ...]:
    return tuple(_turn(scenario, one, two, at) for at in range(len(one.turns)))


def _turn(scenario: Scenario, one: Paths, two: Paths, at: int) -> TurnCompared:
    both = one.alive[at] & two.alive[at]
    label = scenario.turn_name(one.turns[at])

    def table(
        left: Mapping[str, Floats], right: Mapping[str, Floats], row: int, *, chance: bool = False
    ) -> dict[str, Band]:
        shared = [name for name in left if name in right] if bool(np.any(both)) else []
        return {name: band(left[name][row][both], right[name][row][both], chance=chance) for name in shared}

    risks = [{"p_clash": path.p_clash, "p_war": path.p_war} for path in (one, two)]
    return TurnCompared(
        turn=one.turns[at], label=label, pairs=int(np.count_nonzero(both)),
        indices=table(one.indices, two.indices, at), variables=table(one.values, two.values, at + 1),
        clauses=table(one.clauses, two.clauses, at + 1), risk=table(risks[0], risks[1], at, chance=True),
        events=_shares(one, two, at, both),
    )  # fmt: skip


def _shares(one: Paths, two: Paths, at: int, both: Bools) -> dict[str, Band]:
    """Compare how often events happened in a turn; those of neither are left out."""
    if not bool(np.any(both)):
        return {}
    none = np.zeros_like(both)
    found = {}
    for name in sorted({*one.events, *two.events}):
        left, right = (path.events[name][at] if name in path.events else none for path in (one, two))
        if bool(np.any(left | right)):
            found[name] = band(left[both], right[both], share=True)
    return found


# --- the game's own run -------------------------------------------------------------------------
def _reproduced(played: Played, first: int, start: World, own: Sequence[Resolution]) -> bool | None:
    """Tell whether the game, rulings and all, gives its recorded resolutions again, byte for byte."""
    turns = [turn for turn in played.turns if turn.number >= first]
    records = [turn.resolution for turn in turns if turn.resolution is not None]
    if not records:
        return None
    ruled = any(turn.sealed.overrides for turn in turns)
    again = accounts(played, turns, start, past_war=True) if ruled or len(own) < len(turns) else own
    ours, theirs = ([msgspec.json.encode(one, order="deterministic") for one in row] for row in (again, records))
    return ours == theirs


def _divergence(scenario: Scenario, original: Sequence[Resolution], changed: Sequence[Resolution]) -> Divergence | None:
    """Find the first turn and row in which two runs differ: a row of one that the other has not, or has otherwise."""
    for one, two in zip(original, changed, strict=False):
        left, right = ({_name(row): row for row in done.ledger if row.var is not None} for done in (one, two))
        differing = [
            name
            for name in {**left, **right}
            if (left[name].applied if name in left else None) != (right[name].applied if name in right else None)
        ]
        if differing:
            name = min(differing, key=lambda name: (name[0], (left.get(name) or right[name]).seq, name[1:]))
            return _parted(scenario, one.turn, left.get(name), right.get(name))
    return None


def _name(row: LedgerRow) -> tuple[float, str, str, str, str]:
    return (row.stage, row.rule_id, row.cause.kind, row.cause.id, row.var or "")


def _parted(scenario: Scenario, turn: int, left: LedgerRow | None, right: LedgerRow | None) -> Divergence:
    row = left or right
    assert row is not None
    return Divergence(
        turn=turn, label=scenario.turn_name(turn), stage=row.stage, rule=row.rule_id,
        cause=f"{row.cause.kind}:{row.cause.id}", variable=row.var,
        original=0.0 if left is None else round(left.applied, DECIMALS),
        changed=0.0 if right is None else round(right.applied, DECIMALS),
    )  # fmt: skip


def _chances(original: Sequence[Resolution], changed: Sequence[Resolution]) -> tuple[Chance, ...]:
    found = []
    for one, two in zip(original, changed, strict=False):
        left, right = ({die.key: die for die in done.dice} for done in (one, two))
        for key in sorted({*left, *right}):
            a, b = left.get(key), right.get(key)
            if a is None or b is None or a.outcome != b.outcome:
                known = a or b
                assert known is not None
                found.append(
                    Chance(
                        one.turn, key, round(known.u, DECIMALS), a.outcome if a else "", b.outcome if b else "",
                        a.threshold if a else None, b.threshold if b else None,
                    )
                )  # fmt: skip
    return tuple(found)


def _happened(original: Sequence[Resolution], changed: Sequence[Resolution]) -> tuple[tuple[int, str, str], ...]:
    found = []
    for one, two in zip(original, changed, strict=False):
        left, right = ([item.text for item in done.happenings if item.text] for done in (one, two))
        found += [(one.turn, "original", text) for text in left if text not in right]
        found += [(two.turn, "changed", text) for text in right if text not in left]
    return tuple(found)
