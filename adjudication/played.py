"""A game that was played, as the engine can play it again: where it began, what was sealed each turn, its dice.

Owns the replay over many seeds and the arrays it leaves, and what they come to at the end. The first seed is the game's
own, so that the first run of a replay with nothing changed is the game itself. It compares nothing and reads no file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.recorded import recorded_texts, scripted
from adjudication.resolve import BatchResolution
from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from adjudication.sealed import Sealed, settle, settle_batch
from adjudication.world import FORMS, World

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

GAMES_AT_ONCE = 1000
"""Games side by side in one chunk of a replay; it bounds the memory of any number of runs."""


class PlayedTurn(msgspec.Struct, frozen=True, kw_only=True):
    """One turn as it was settled: its number, what was sealed, and what came of it if that is on record."""

    number: int
    sealed: Sealed
    resolution: Resolution | None = None


@dataclass(frozen=True, eq=False)
class Played:
    """A game: its case, its seed, the single world it began in, and its turns in order."""

    scenario: Scenario
    seed: str
    start: World
    turns: tuple[PlayedTurn, ...]

    @property
    def first(self) -> int:
        """The first turn played."""
        return self.turns[0].number if self.turns else 1


@dataclass(frozen=True, eq=False)
class Paths:
    """R runs over T turns. `values[var]`, `clauses[issue]` (T + 1, R), row 0 the start; the rest (T, R).

    `alive`: the game was not over as the turn began; `survived` (R,): nor after its last turn. A run that is over keeps
    its last values, so rows compare only where `alive`. `summit`: -1 no meeting, 0 no text, 1 statement, 2 text.
    """

    turns: tuple[int, ...]
    values: dict[str, Floats]
    clauses: dict[str, Floats]
    indices: dict[str, Floats]
    alive: Bools
    survived: Bools
    p_clash: Floats
    p_war: Floats
    summit: NDArray[np.int64]
    signed: Bools
    events: dict[str, Bools]

    @property
    def runs(self) -> int:
        """Number of runs."""
        return int(self.alive.shape[1])

    def first(self, runs: int) -> "Paths":
        """Return the first of the runs."""
        if runs >= self.runs:
            return self
        plain = {name: getattr(self, name)[..., :runs] for name in _ARRAYS}
        tables = {name: {key: rows[:, :runs] for key, rows in getattr(self, name).items()} for name in _TABLES}
        return Paths(turns=self.turns, **plain, **tables)  # type: ignore[arg-type]


Step = Callable[[World, int], World]
"""What is done to a world before a turn is settled: (world, turn) -> world."""


class Dealt(NamedTuple):
    """What B runs settle a turn from: their worlds, what is sealed, and `active[order id]` (B,) where it is given."""

    world: World
    sealed: Sealed
    active: dict[str, Bools]

    def own(self) -> Sealed:
        """Return what the first run, the game's own, is settled from."""
        orders = tuple(one for one in self.sealed.orders if one.id not in self.active or bool(self.active[one.id][0]))
        return msgspec.structs.replace(self.sealed, orders=orders)


class Hands(Protocol):
    """Deals each turn to the runs of one chunk, and is told what came of it."""

    def deal(self, world: World, turn: PlayedTurn) -> Dealt:
        """Return what the turn is settled from."""

    def after(self, done: BatchResolution, turn: int, dealt: Dealt) -> None:
        """Learn what came of a turn."""


Dealer = Callable[[Sequence[str | int]], Hands]
"""Makes the hands of a chunk from its seeds."""


class Dealing(msgspec.Struct, frozen=True):
    """How a replay is changed: the case it is settled by, who deals, and where its own run's turns are kept."""

    scenario: Scenario
    dealer: Dealer
    own: list[PlayedTurn] = []


def _nothing(_: int) -> None:
    """Tell nobody that a turn is settled."""


def seeds_of(seed: str, runs: int) -> tuple[str, ...]:
    """Return the seeds of so many runs: the game's own first, then seeds derived from it."""
    return (seed, *(f"{seed}/{number}" for number in range(1, runs)))


def recorded_game(scenario: Scenario, seed: str = "0", *, rolled: bool = False) -> Played:
    """Return the record of a case as if it had been a game: scripted orders and texts, recorded outcomes forced.

    `rolled`: votes, flashpoints and hidden cards fall by the dice of the seed instead.
    """
    history = scenario.history
    assert history is not None, "the case has a record"
    forced = {} if rolled else dict(history.forced)
    turns = [
        PlayedTurn(
            number=turn,
            sealed=Sealed(orders=scripted(scenario, turn), texts=recorded_texts(scenario, turn), forced=forced),
        )
        for turn in range(1, scenario.meta.turns + 1)
    ]
    start = World.initial(scenario, seeds=(seed,) if rolled else None)
    return Played(scenario, seed, start, tuple(turns))


# --- one run, with everything that is said about it --------------------------------------------
def accounts(
    played: Played, turns: Sequence[PlayedTurn], start: World, *, lenses: frozenset[str] | None = None,
    before: Step | None = None, past_war: bool = False,
) -> tuple[Resolution, ...]:  # fmt: skip
    """Settle the game's own run turn by turn, with ledgers, until it is over; `past_war`, to the last one played."""
    scenario, world, found = played.scenario, start, []
    for turn in turns:
        if not past_war and world.value(scenario, scenario.tally.war) >= scenario.over_from:
            break
        world = world if before is None else before(world, turn.number)
        done = settle(scenario, world, turn.sealed, turn=turn.number, seed=played.seed, lenses=lenses)
        found.append(done)
        world = World.from_payload(scenario, done.world)
    return tuple(found)


def world_at(played: Played, turn: int) -> World:
    """Return the world as the game had it when a turn began: from the record where it is kept, else settled again."""
    world, left = played.start, []
    for one in played.turns:
        if one.number >= turn:
            break
        if one.resolution is None:
            left.append(one)
        else:
            world, left = World.from_payload(played.scenario, one.resolution.world), []
    done = accounts(played, left, world, past_war=True)
    return World.from_payload(played.scenario, done[-1].world) if done else world


# --- many runs ----------------------------------------------------------------------------------
def replay(
    played: Played, turns: Sequence[PlayedTurn], start: World, *, seeds: Sequence[str | int],
    lenses: frozenset[str] | None = None, before: Step | None = None, dealing: Dealing | None = None,
    settled: Callable[[int], None] = _nothing,
) -> Paths:  # fmt: skip
    """Settle these turns from a single world over the seeds. `settled` hears each turn that is done, in each chunk."""
    how = dealing if dealing is not None else Dealing(played.scenario, lambda _: _AsSealed(before))
    parts = [
        _chunk(how, turns, start, tuple(seeds[at : at + GAMES_AT_ONCE]), lenses, settled, first=at == 0)
        for at in range(0, len(seeds), GAMES_AT_ONCE)
    ]
    return parts[0] if len(parts) == 1 else _joined(parts)


class _AsSealed:
    """Deals every turn as it was sealed."""

    def __init__(self, before: Step | None) -> None:
        self.before = before

    def deal(self, world: World, turn: PlayedTurn) -> Dealt:
        return Dealt(world if self.before is None else self.before(world, turn.number), turn.sealed, {})

    def after(self, done: BatchResolution, turn: int, dealt: Dealt) -> None:
        pass


def _chunk(
    how: Dealing, turns: Sequence[PlayedTurn], start: World, seeds: tuple[str | int, ...],
    lenses: frozenset[str] | None, settled: Callable[[int], None], *, first: bool,
) -> Paths:  # fmt: skip
    scenario, hands = how.scenario, how.dealer(seeds)
    world = start.widened(len(seeds))
    war = scenario.index[scenario.tally.war]
    worlds, done, alive = [world], [], []
    for turn in turns:
        alive.append(world.values[war] < scenario.over_from)
        dealt = hands.deal(world, turn)
        done.append(
            settle_batch(
                scenario, dealt.world, dealt.sealed, turn=turn.number, seeds=seeds, lenses=lenses, active=dealt.active
            )
        )
        hands.after(done[-1], turn.number, dealt)
        world = done[-1].world
        worlds.append(world)
        if first:
            how.own.append(PlayedTurn(number=turn.number, sealed=dealt.own()))
        settled(turn.number)
    return _paths(scenario, tuple(turn.number for turn in turns), worlds, done, np.stack(alive))


def _paths(
    scenario: Scenario, turns: tuple[int, ...], worlds: Sequence[World], done: Sequence[BatchResolution], alive: Bools
) -> Paths:
    names = sorted({event for one in done for event in one.events})
    none = np.zeros(alive.shape[1], dtype=np.bool_)
    events = {name: np.stack([one.events.get(name, none) for one in done]) & alive for name in names}
    return Paths(
        turns=turns,
        values={v.id: np.stack([w.values[row] for w in worlds]) for row, v in enumerate(scenario.variables)},
        clauses={i: np.stack([w.clauses[row] for w in worlds]) * 1.0 for row, i in enumerate(scenario.issues)},
        indices={name: _kept(np.stack([one.indices[name] for one in done]), alive) for name in done[0].indices},
        alive=alive,
        survived=worlds[-1].values[scenario.index[scenario.tally.war]] < scenario.over_from,
        p_clash=np.stack([one.p_clash for one in done]) * alive,
        p_war=np.stack([one.p_war for one in done]) * alive,
        summit=np.where(alive, np.stack([one.summit for one in done]), -1),
        signed=events.get("signed", np.zeros_like(alive)),
        events=events,
    )


def _kept(rows: Floats, alive: Bools) -> Floats:
    """Keep the last value of a run that is over."""
    kept = rows.copy()
    for turn in range(1, len(rows)):
        kept[turn] = np.where(alive[turn], rows[turn], kept[turn - 1])
    return kept


def _joined(parts: Sequence[Paths]) -> Paths:
    def wide(arrays: Sequence[NDArray[np.generic]]) -> NDArray[np.generic]:
        return np.concatenate(arrays, axis=-1)

    def tables(name: str) -> dict[str, NDArray[np.generic]]:
        keys = sorted({key for part in parts for key in getattr(part, name)})
        nothing = {id(part): np.zeros_like(part.alive) for part in parts}
        return {key: wide([getattr(part, name).get(key, nothing[id(part)]) for part in parts]) for key in keys}

    plain = {name: wide([getattr(part, name) for part in parts]) for name in _ARRAYS}
    return Paths(turns=parts[0].turns, **plain, **{name: tables(name) for name in _TABLES})  # type: ignore[arg-type]


_ARRAYS = ("alive", "survived", "p_clash", "p_war", "summit", "signed")
_TABLES = ("values", "clauses", "indices", "events")


# --- what a run comes to ------------------------------------------------------------------------
class Outcome(msgspec.Struct, frozen=True):
    """Something a run comes to: its id, its words, whether it is a share of runs or a chance, and of which runs to ask.

    `whole`: it is the last word of a game, so only runs that were not cut short can be compared by it (section 11.3).
    `chance`: each run has a number from 0 to 1 rather than a yes or a no.
    """

    id: str
    label: str
    share: bool = False
    whole: bool = False
    chance: bool = False

    @property
    def counted(self) -> bool:
        """Whether it is a share of runs: yes or no in each."""
        return self.share and not self.chance


def outcomes(scenario: Scenario, paths: Paths) -> dict[str, tuple[Outcome, Floats]]:
    """Return what every run came to, (R,) each: indices (end, mean), headline variables at the end, and the talks.

    Averages are over the turns a run survived. `war` and `war_risk` tell how many were cut short and how likely it was;
    a run that war cut short carries no risk after it.
    """
    form = paths.values[scenario.commitments.form][-1]
    found: dict[str, tuple[Outcome, Floats]] = {}

    def add(name: str, label: str, value: NDArray[np.generic], **kind: bool) -> None:
        found[name] = (Outcome(name, label, **kind), np.asarray(value, dtype=np.float64))

    labels = {index.id: index.label for index in scenario.scoring.indices}
    for name, rows in paths.indices.items():
        label = labels.get(name) or name.replace("_", " ").capitalize()
        add(name, f"{label}, end", rows[-1], whole=True)
        add(f"{name}.mean", f"{label}, mean", np.average(rows, axis=0, weights=paths.alive))
    for variable in scenario.variables:
        if variable.headline:
            add(variable.id, f"{variable.label}, end", paths.values[variable.id][-1], whole=True)
    add("war_risk", "Chance of war carried", 1.0 - paths.values[scenario.tally.nowar][-1], share=True, chance=True)
    add("war", "War", np.max(paths.values[scenario.tally.war], axis=0) > 0, share=True)
    add("clash", "A clash", np.any(paths.events.get("clash", np.zeros_like(paths.alive)), axis=0), share=True)
    add("in_force", "A text in force at the end", form == FORMS.index("text"), share=True)
    add("signed", "Anything signed", np.any(paths.signed, axis=0), share=True)
    add("walk_away", "Some meeting left without a text", np.any(paths.summit == 0, axis=0), share=True)
    add("first_result", "First visible result (turn; one past the last where none)", _first(paths))
    return found


def wanted(scenario: Scenario, paths: Paths, names: Sequence[str]) -> dict[str, tuple[Outcome, Floats]]:
    """Return outcomes by name: those of `outcomes`, and of any variable `peak.VAR` and `end.VAR`.

    Raises LookupError for a name nobody knows.
    """
    known = outcomes(scenario, paths)
    found = {}
    for name in names:
        kind, _, rest = name.partition(".")
        if name in known:
            found[name] = known[name]
        elif kind in ("peak", "end") and rest in paths.values:
            rows, label = paths.values[rest], scenario.variable[rest].label
            high = kind == "peak"
            what = Outcome(name, f"{label}, {'highest' if high else 'end'}", whole=not high)
            found[name] = (what, np.max(rows, axis=0) if high else rows[-1])
        else:
            raise LookupError(f"there is no outcome {name!r}; there are {', '.join(known)}, peak.VAR and end.VAR")
    return found


def _first(paths: Paths) -> Floats:
    """Return the turn of the first signature, one after the last turn where there is none."""
    never = paths.turns[-1] + 1
    numbers = np.array(paths.turns, dtype=np.float64)[:, None]
    return np.asarray(np.min(np.where(paths.signed, numbers, never), axis=0), dtype=np.float64)
