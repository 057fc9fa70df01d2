"""The historical path on the batch engine, and whether it does what the record says (section 8.1).

Plays the scripted orders over many seeds with the recorded votes forced, and evaluates the statements of the case
(H1, H2, ...): their bounds are data, the measures are the closed set `MEASURES`. Reads no file, keeps no state.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.dice import draw
from adjudication.orders import Order
from adjudication.policies.dprk import Opportunist
from adjudication.policies.view import BotView, PastOrder
from adjudication.resolve import BatchResolution, resolve_batch
from adjudication.scenario.schema import Expectation, Scenario
from adjudication.world import World

Floats = NDArray[np.float64]
NEVER = "no"
BANK_OF_KOREA: tuple[float, float, float] = (-3.5, -4.1, 0.4)
"""Real growth in 2017, 2018 and 2019 (source bok-gdp)."""


class Finding(msgspec.Struct, frozen=True):
    """One statement held against the model."""

    id: str
    statement: str
    value: float
    tolerance: str
    passed: bool
    detail: str = ""


@dataclass(frozen=True, eq=False)
class Path:
    """A played path. `values[variable]` is (turns + 1, B), row 0 the start; `alive` marks games still at peace."""

    scenario: Scenario
    values: dict[str, Floats]
    alive: NDArray[np.bool_]
    turns: tuple[BatchResolution, ...]
    worlds: tuple[World, ...]

    def mean(self, variable: str, turn: int) -> float:
        """Return the mean over the games not ended by war before the turn."""
        return float(np.mean(self.values[variable][turn][self.alive[turn]]))

    def series(self, variable: str) -> list[float]:
        """Return the means of all turns, the start first."""
        return [self.mean(variable, turn) for turn in range(len(self.turns) + 1)]


def historical_orders(scenario: Scenario, turn: int) -> tuple[Order, ...]:
    """Return the scripted orders of a turn, with ids that do not depend on anything else."""
    history = scenario.history
    if history is None:
        return ()
    params = history.params.get(turn, {})
    return tuple(
        Order(f"{seat}:{turn}:{number}:{move}", seat, move, dict(params.get(move, {})), True)
        for seat, moves in sorted(history.orders.get(turn, {}).items())
        for number, move in enumerate(moves)
    )


Orders = Callable[[World, int], tuple[Sequence[Order], Mapping[str, NDArray[np.bool_]]]]


def play(
    scenario: Scenario, *, seeds: Sequence[str | int], orders: Orders | None = None,
    forced: Mapping[str, str] | None = None,
    lenses: frozenset[str] = frozenset({"lead", "inst", "rat"}),
) -> Path:  # fmt: skip
    """Play all turns over the seeds. `orders(world, turn)` gives orders and masks; the script by default."""
    world = World.initial(scenario, len(seeds))
    recorded = dict(scenario.history.forced) if scenario.history is not None and forced is None else dict(forced or {})
    values = {v.id: [world.values[row]] for row, v in enumerate(scenario.variables)}
    war = scenario.index[scenario.tally.war]
    alive, turns, worlds = [world.values[war] == 0], [], [world]
    for turn in range(1, scenario.meta.turns + 1):
        sheet, active = orders(world, turn) if orders is not None else (historical_orders(scenario, turn), {})
        done = resolve_batch(
            scenario, world, turn=turn, orders=sheet, seeds=seeds, forced=recorded, active=active, lenses=lenses
        )
        alive.append(world.values[war] == 0)
        world = done.world
        turns.append(done)
        worlds.append(world)
        for row, variable in enumerate(scenario.variables):
            values[variable.id].append(world.values[row])
    stacked = {name: np.stack(rows) for name, rows in values.items()}
    return Path(scenario, stacked, np.stack(alive), tuple(turns), tuple(worlds))


def history_table(scenario: Scenario, *, seeds: int | None = None) -> tuple[Finding, ...]:
    """Evaluate every statement of the case about its historical path."""
    history = scenario.history
    if history is None:
        return ()
    path = play(scenario, seeds=range(seeds or history.seeds))
    return tuple(_find(path, expectation) for expectation in history.table)


def _find(path: Path, expectation: Expectation) -> Finding:
    value, holds, detail = MEASURES[expectation.measure](path, expectation.args)
    low, high = expectation.low, expectation.high
    passed = holds and (low is None or value >= low) and (high is None or value <= high)
    return Finding(expectation.id, expectation.statement, round(value, 4), expectation.tolerance, passed, detail)


Args = Mapping[str, str | int | float]
Measured = tuple[float, bool, str]


def _peak_tension(path: Path, args: Args) -> Measured:
    series = path.series("tension")
    peak = max(series)
    at = series.index(peak)
    return peak, int(args["from"]) <= at <= int(args["to"]), f"turn {at}"


def _fall_from_peak(path: Path, args: Args) -> Measured:
    series = path.series("tension")
    return max(series) - series[int(args["turn"])], True, ""


def _summit_share(path: Path, args: Args) -> Measured:
    turn = int(args["turn"])
    wanted = {"walk_away": 0, "statement": 1, "text": 2}[str(args["result"])]
    alive = path.alive[turn]
    share = float(np.mean((path.turns[turn - 1].summit == wanted) & alive))
    return share, True, f"{int(alive.sum())} of {alive.size} games had no war before it"


def _order_robust(path: Path, args: Args) -> Measured:
    """Scale every issue row of both parties at random and ask both meetings again, from the path as it was."""
    scenario = path.scenario
    assert scenario.history is not None
    draws, spread = int(args["draws"]), float(args["spread"])
    meetings = scenario.history.summits
    wanted = {"walk_away": 0, "statement": 1, "text": 2}
    quiet = {**scenario.history.forced, "clash": NEVER, "break": NEVER}
    calm = play(scenario, seeds=("quiet",), forced=quiet)
    kept = 0
    for number in range(draws):
        varied = _scaled(scenario, number, spread)
        kept += all(
            int(
                resolve_batch(
                    varied, calm.worlds[m.turn - 1], turn=m.turn, orders=historical_orders(scenario, m.turn),
                    seeds=("quiet",), forced=quiet,
                ).summit[0]
            )
            == wanted[m.result]
            for m in meetings
        )  # fmt: skip
    return kept / draws, True, f"{kept}/{draws}"


def _scaled(scenario: Scenario, number: int, spread: float) -> Scenario:
    terms = scenario.negotiation
    parties = []
    for party in terms.parties:
        stakes = tuple(
            msgspec.structs.replace(
                stake, values=tuple(v * _factor(number, party.id, stake.issue, spread) for v in stake.values)
            )
            for stake in party.stakes
        )
        parties.append(msgspec.structs.replace(party, stakes=stakes))
    return msgspec.structs.replace(scenario, negotiation=msgspec.structs.replace(terms, parties=tuple(parties)))


def _factor(number: int, party: str, issue: str, spread: float) -> float:
    return 1.0 + spread * (2.0 * draw(number, 0, f"stake:{party}:{issue}") - 1.0)


def _economy_years(path: Path, _: Args) -> Measured:
    econ = path.series("dprk_econ")
    growth = [100.0 * (econ[end] / econ[start] - 1.0) for start, end in ((0, 4), (4, 8), (8, 12))]
    miss = max(abs(ours - theirs) for ours, theirs in zip(growth, BANK_OF_KOREA, strict=True))
    in_order = growth[0] < 0 and growth[1] < growth[0] and growth[2] > growth[1]
    return miss, in_order, " ".join(f"{g:+.2f}" for g in growth)


def _stock_end(path: Path, _: Args) -> Measured:
    stock = path.series("nuc_stock")
    return stock[-1], all(b > a for a, b in pairwise(stock)), ""


def _missile_ready(path: Path, _: Args) -> Measured:
    cap = path.series("missile_cap")
    return cap[4], max(cap[:3]) < 78.0, f"2017Q2 {cap[2]:.1f}"


def _approval_path(path: Path, _: Args) -> Measured:
    approval = path.series("approval_nk")
    miss = abs(approval[5] - 42.0)
    return miss, approval[4] <= 37.0 and approval[6] >= 50.0, f"{approval[4]:.1f} {approval[5]:.1f} {approval[6]:.1f}"


def _enforcement_swing(path: Path, _: Args) -> Measured:
    enforce = path.series("chn_enforce")
    rise, fall = enforce[4] - enforce[0], max(enforce[:10]) - enforce[9]
    return min(rise, fall), True, f"{enforce[0]:.0f} {max(enforce):.0f} {enforce[9]:.0f}"


def _un_never_lowered(path: Path, _: Args) -> Measured:
    un = path.series("un_sanctions")
    falls = [a - b for a, b in pairwise(un[4:])]
    return max(0.0, max(un) - un[4], *falls), True, f"{un[4]:.1f}"


def _fall(path: Path, args: Args) -> Measured:
    series = path.series(str(args["variable"]))
    return series[0] - series[-1], True, f"{series[0]:.1f} to {series[-1]:.1f}"


def _rise(path: Path, args: Args) -> Measured:
    value, holds, detail = _fall(path, args)
    return -value, holds, detail


def _alliance_strain(path: Path, _: Args) -> Measured:
    fear, bond = path.series("jpn_aband"), path.series("rok_coh")
    return fear[6] - fear[0], bond[-1] < bond[0], f"{bond[0]:.0f} to {bond[-1]:.0f}"


def _groundwork(path: Path, _: Args) -> Measured:
    work = path.series("institution")
    return work[-1], work[8] < 45.0, f"before the second meeting {work[8]:.1f}"


def _highest_in(path: Path, args: Args) -> Measured:
    series = path.series(str(args["variable"]))[int(args["from"]) : int(args["to"]) + 1]
    return max(series), True, f"{min(series):.3f} to {max(series):.3f}"


def _war_risk(path: Path, _: Args) -> Measured:
    tally = path.scenario.tally
    carried = 1.0 - float(np.mean(path.values[tally.nowar][-1]))
    peace = float(np.mean(path.values[tally.war][-1] == 0))
    return carried, peace >= 0.90, f"P(no war) {peace:.3f}"


def _fidelity(path: Path, args: Args) -> Measured:
    turn = int(args["turn"])
    done = path.turns[turn - 1]
    order = next(o.id for o in historical_orders(path.scenario, turn) if o.move == args["move"])
    where = path.alive[turn] & done.executed[order]
    return float(np.mean(done.fidelity[order][where])), True, ""


def _durability_end(path: Path, _: Args) -> Measured:
    form = path.values[path.scenario.commitments.form][-1]
    return float(np.mean(path.turns[-1].indices["durability"])), bool(np.all(form < 2)), ""


def _bot_restraint(path: Path, _: Args) -> Measured:
    """Replace the scripted DPRK by the opportunist bot; count games without a nuclear or ICBM test in 2018-19."""
    scenario = path.scenario
    seeds = range(path.alive.shape[1])
    bot = _BotSeat(scenario, len(seeds))
    forced = {
        key: value for key, value in (scenario.history.forced if scenario.history else {}).items() if key != "unsc"
    }
    played = play(scenario, seeds=seeds, orders=bot.orders, forced=forced)
    tested = np.zeros(len(seeds), dtype=np.bool_)
    for done in played.turns[4:]:
        for order, where in done.executed.items():
            if order.endswith((":icbm", ":nuke")):
                tested = tested | where
    return 1.0 - float(np.mean(tested)), True, ""


class _BotSeat:
    """The opportunist in the DPRK seat of B games: its own readings are exact, so each game may differ."""

    def __init__(self, scenario: Scenario, batch: int) -> None:
        self.scenario, self.policy = scenario, Opportunist()
        self.past: list[list[PastOrder]] = [[] for _ in range(batch)]

    def orders(self, world: World, turn: int) -> tuple[Sequence[Order], Mapping[str, NDArray[np.bool_]]]:
        others = tuple(o for o in historical_orders(self.scenario, turn) if o.seat != "dprk")
        wanted: dict[str, NDArray[np.bool_]] = {}
        for game in range(world.batch):
            for move in self._sheet(world, turn, game):
                wanted.setdefault(move, np.zeros(world.batch, dtype=np.bool_))[game] = True
        own = tuple(Order(f"dprk:{turn}:{move}", "dprk", move) for move in sorted(wanted))
        for game in range(world.batch):
            ordered = [*others, *(order for order in own if wanted[order.move][game])]
            self.past[game] += [
                PastOrder(move=order.move, seat=order.seat, turn=turn, status="done") for order in ordered
            ]
        return (*others, *own), {order.id: wanted[order.move] for order in own}

    def _sheet(self, world: World, turn: int, game: int) -> list[str]:
        seat = self.scenario.seat["dprk"]
        values = world.value_map(self.scenario, game)
        view = BotView(
            seat="dprk", side=seat.side, turn=turn, turns=self.scenario.meta.turns, phase="plan", orders_open=True,
            bargaining_open=False, key=f"history:{game}", budget=seat.budget, used=0, capital=None,
            submitted=False, ready=False, readings=values, before=values, priors={}, moves={}, book={}, sheet=(),
            past=tuple(self.past[game]), banked=world.clause_map(self.scenario, game), offers=(), rooms=(),
            agreements=(), terms=self.scenario.negotiation,
        )  # fmt: skip
        chosen: list[str] = []
        spent = 0
        for wish in self.policy.wishes(view):
            move = self.scenario.move[wish.move]
            if wish.move not in chosen and spent + move.cost <= seat.budget:
                chosen.append(wish.move)
                spent += move.cost
        return chosen


MEASURES: dict[str, Callable[[Path, Args], Measured]] = {
    "peak_tension": _peak_tension, "fall_from_peak": _fall_from_peak, "summit_share": _summit_share,
    "order_robust": _order_robust, "economy_years": _economy_years, "stock_end": _stock_end,
    "missile_ready": _missile_ready, "approval_path": _approval_path, "enforcement_swing": _enforcement_swing,
    "un_never_lowered": _un_never_lowered, "fall": _fall, "rise": _rise, "alliance_strain": _alliance_strain,
    "groundwork": _groundwork, "highest_in": _highest_in, "war_risk": _war_risk, "fidelity": _fidelity,
    "durability_end": _durability_end, "bot_restraint": _bot_restraint,
}  # fmt: skip
"""The closed set of measures a statement may name. Each returns (value, side conditions hold, detail)."""
