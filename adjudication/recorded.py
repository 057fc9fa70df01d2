"""The recorded case on the engine: the scripted orders replayed over many dice seeds, as arrays.

Owns the replay and the shape in which a path is measured. A path of the real command path has the same shape with
one seed, so that both are held against the same table. What is measured is in `expectations`.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from adjudication.orders import Order, ParamValue
from adjudication.resolve import resolve_batch
from adjudication.scenario.schema import Scenario
from adjudication.world import FORMS, World

Floats = NDArray[np.float64]
SUMMITS = {-1: "", 0: "walk_away", 1: "statement", 2: "text"}


class Path(Struct):
    """Games side by side: `values[var]` and `clauses[issue]` are (turns + 1, B), row 0 the start; the rest (turns, B).

    `summit` holds -1 where no leaders met, else 0 no text, 1 statement, 2 text. `fidelity` is by (turn, move).
    """

    values: dict[str, Floats]
    clauses: dict[str, Floats]
    p_clash: Floats
    p_war: Floats
    summit: NDArray[np.int64]
    fidelity: dict[tuple[int, str], Floats]
    durability: Floats
    text_in_force: NDArray[np.bool_]

    @property
    def alive(self) -> NDArray[np.bool_]:
        """Games that had no war, after each turn: (turns, B)."""
        return np.asarray(self.values["war"][1:] == 0, dtype=np.bool_)


def scripted(scenario: Scenario, turn: int) -> tuple[Order, ...]:
    """Return the recorded orders of a turn."""
    assert scenario.history is not None, "the case has a record"
    params: Mapping[str, Mapping[str, ParamValue]] = {}
    given = scenario.history.params.get(turn, {})
    params = {move: dict(values) for move, values in given.items()}
    orders = []
    for seat, moves in scenario.history.orders.get(turn, {}).items():
        for place, move in enumerate(moves):
            name = f"{seat}:t{turn}-{place}-{move}"
            public = scenario.move[move].visibility == "public"
            orders.append(Order(id=name, seat=seat, move=move, params=dict(params.get(move, {})), public=public))
    return tuple(orders)


def replay(scenario: Scenario, *, seeds: Sequence[str | int], forced: Mapping[str, str] | None = None) -> Path:
    """Replay the record over these seeds. Recorded outcomes (votes, delays) are forced, clash and war are not."""
    assert scenario.history is not None, "the case has a record"
    world = World.initial(scenario, len(seeds))
    recorded = dict(scenario.history.forced) if forced is None else dict(forced)
    worlds, turns = [world], []
    fidelity: dict[tuple[int, str], Floats] = {}
    for turn in range(1, scenario.meta.turns + 1):
        orders = scripted(scenario, turn)
        done = resolve_batch(scenario, world, turn=turn, orders=orders, seeds=tuple(seeds), forced=recorded)
        fidelity.update({(turn, order.move): done.fidelity[order.id] for order in orders if order.id in done.fidelity})
        world = done.world
        worlds.append(world)
        turns.append(done)
    return Path(
        values={v.id: np.stack([w.values[row] for w in worlds]) for row, v in enumerate(scenario.variables)},
        clauses={i: np.stack([w.clauses[row] for w in worlds]).astype(float) for row, i in enumerate(scenario.issues)},
        p_clash=np.stack([t.p_clash for t in turns]), p_war=np.stack([t.p_war for t in turns]),
        summit=np.stack([t.summit for t in turns]), fidelity=fidelity,
        durability=np.stack([t.indices["durability"] for t in turns]),
        text_in_force=np.stack([w.values[scenario.index[scenario.commitments.form]] for w in worlds[1:]])
        == FORMS.index("text"),
    )  # fmt: skip
