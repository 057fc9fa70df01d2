"""The recorded case on the engine: the scripted orders replayed over many dice seeds, as arrays.

Owns the replay and the shape in which a path is measured: a game of the real command path has the same shape with one
seed, and so have games played by policies, so that all are held against the same table (`expectations`). Dice are keyed
by move and seat: neither the ids of orders nor the order of submission moves one.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from adjudication.lenses import ALL
from adjudication.orders import Order, SignedText
from adjudication.resolve import BatchResolution, resolve_batch
from adjudication.scenario.schema import Scenario
from adjudication.world import FORMS, World

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
SUMMITS = {-1: "", 0: "walk_away", 1: "statement", 2: "text"}

Sheets = tuple[Sequence[Order], Mapping[str, Bools]]
"""Orders of a turn, and for those not given in every game where they are."""


class Path(Struct):
    """Games side by side: `values[var]` and `clauses[issue]` are (turns + 1, B), row 0 the start; the rest (turns, B).

    `summit` holds -1 where no leaders met, else 0 no text, 1 statement, 2 text. `fidelity` and `executed` are by
    (turn, seat, move), (B,); `events` by event. `peace` is the state of war from which a game stands still.
    """

    values: dict[str, Floats]
    clauses: dict[str, Floats]
    p_clash: Floats
    p_war: Floats
    summit: NDArray[np.int64]
    fidelity: dict[tuple[int, str, str], Floats]
    executed: dict[tuple[int, str, str], Bools]
    events: dict[str, Bools]
    indices: dict[str, Floats]
    text_in_force: Bools
    war: str
    over_from: int = 1

    @property
    def alive(self) -> Bools:
        """Games not ended by war, by turn: (turns + 1, B), row 0 the start."""
        return np.asarray(self.values[self.war] < self.over_from, dtype=np.bool_)

    def mean(self, name: str, turn: int) -> float:
        """Return the mean of a variable at the end of a turn over the games that were not over before it."""
        return float(np.mean(self.values[name][turn][self.alive[max(0, turn - 1)]]))

    def series(self, name: str) -> list[float]:
        """Return the means of all turns, the start first."""
        return [self.mean(name, turn) for turn in range(len(self.p_clash) + 1)]


def scripted(scenario: Scenario, turn: int, *, without: Sequence[str] = ()) -> tuple[Order, ...]:
    """Return the recorded orders of a turn, those of some seats left out. Raises AssertionError without a record."""
    assert scenario.history is not None, "the case has a record"
    given = scenario.history.params.get(turn, {})
    return tuple(
        Order(
            id=f"{seat}:t{turn}-{place}-{move}", seat=seat, move=move, params=dict(given.get(move, {})),
            public=scenario.move[move].visibility == "public",
        )
        for seat, moves in scenario.history.orders.get(turn, {}).items()
        if seat not in without
        for place, move in enumerate(moves)
    )  # fmt: skip


def recorded_texts(scenario: Scenario, turn: int) -> tuple[SignedText, ...]:
    """Return the texts the record has signed in a turn."""
    assert scenario.history is not None, "the case has a record"
    return tuple(
        SignedText(f"record:{turn}-{place}", text.title or "Recorded text", text.levels, text.venue, text.parties)
        for place, text in enumerate(t for t in scenario.history.texts if t.turn == turn)
    )


def replay(
    scenario: Scenario, *, seeds: Sequence[str | int], forced: Mapping[str, str] | None = None,
    lenses: frozenset[str] = ALL,
) -> Path:  # fmt: skip
    """Replay the record over these seeds. What the record fixes is forced unless `forced` says otherwise.

    Hidden cards lie as recorded, too, or are dealt anew by the seeds.
    """
    assert scenario.history is not None, "the case has a record"
    recorded = dict(scenario.history.forced) if forced is None else dict(forced)
    return run(
        scenario, World.initial(scenario, len(seeds), seeds=None if forced is None else seeds), seeds=seeds,
        forced=recorded, lenses=lenses,
        sheets=lambda _, turn: (scripted(scenario, turn), {}), texts=lambda turn: recorded_texts(scenario, turn),
    )  # fmt: skip


def run(
    scenario: Scenario, world: World, *, seeds: Sequence[str | int], sheets: Callable[[World, int], Sheets],
    forced: Mapping[str, str], lenses: frozenset[str] = ALL,
    texts: Callable[[int], Sequence[SignedText]] = lambda _: (), bots: Sequence[str] = (),
    after: Callable[[BatchResolution, int, Sheets], None] = lambda *_: None,
) -> Path:  # fmt: skip
    """Play all turns of a case: `sheets(world, turn)` gives the orders, `after` is told what came of them.

    An order that takes effect late counts in the turn it does.
    """
    worlds, turns = [world], []
    fidelity: dict[tuple[int, str, str], Floats] = {}
    executed: dict[tuple[int, str, str], Bools] = {}
    known: dict[str, Order] = {}
    for turn in range(1, scenario.meta.turns + 1):
        given = sheets(world, turn)
        known |= {order.id: order for order in given[0]}
        done = resolve_batch(
            scenario, world, turn=turn, orders=given[0], seeds=tuple(seeds), forced=forced, active=given[1],
            lenses=lenses, texts=tuple(texts(turn)), bots=tuple(bots),
        )  # fmt: skip
        for name, live in done.executed.items():
            if name in known:
                key = (turn, known[name].seat, known[name].move)
                fidelity[key] = done.fidelity[name]
                executed[key] = executed.get(key, np.zeros(world.batch, dtype=np.bool_)) | live
        after(done, turn, given)
        world = done.world
        worlds.append(world)
        turns.append(done)
    return _gathered(scenario, worlds, turns, fidelity, executed)


def _gathered(
    scenario: Scenario, worlds: Sequence[World], turns: Sequence[BatchResolution],
    fidelity: dict[tuple[int, str, str], Floats], executed: dict[tuple[int, str, str], Bools],
) -> Path:  # fmt: skip
    names = sorted({name for done in turns for name in done.events})
    quiet = np.zeros(worlds[0].batch, dtype=np.bool_)
    form = scenario.index[scenario.commitments.form]
    return Path(
        values={v.id: np.stack([w.values[row] for w in worlds]) for row, v in enumerate(scenario.variables)},
        clauses={i: np.stack([w.clauses[row] for w in worlds]).astype(float) for row, i in enumerate(scenario.issues)},
        p_clash=np.stack([t.p_clash for t in turns]), p_war=np.stack([t.p_war for t in turns]),
        summit=np.stack([t.summit for t in turns]), fidelity=fidelity, executed=executed,
        events={name: np.stack([t.events.get(name, quiet) for t in turns]) for name in names},
        indices={name: np.stack([t.indices[name] for t in turns]) for name in turns[0].indices},
        text_in_force=np.stack([w.values[form] for w in worlds[1:]]) == FORMS.index("text"),
        war=scenario.tally.war, over_from=scenario.over_from,
    )  # fmt: skip
