"""What a statement about a case may measure: a closed set of readings of a path.

Each takes a path of B games and the arguments of the statement and returns one number a game, (B,); yes is 1, no is 0.
Turns are 1-based, turn 0 is the start. None of them knows a case: variables, moves and bounds are the statement's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.dice import draw
from adjudication.recorded import SUMMITS, Path
from adjudication.scalars import evaluate
from adjudication.scenario.schema import Scenario
from negotiation.analysis import analyse
from negotiation.points import judge, menu
from negotiation.terms import Negotiation

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Args = Mapping[str, str | int | float]


@dataclass(frozen=True, eq=False)
class Ground:
    """What measures read: a case and a path of it, and the path of the record where it is held against that."""

    case: Scenario
    path: Path
    record: Path | None = None

    def of(self, name: str) -> Floats:
        """Return a variable, clause, gauge, derived value or risk by turn: (turns + 1, B)."""
        path = self.path
        if name in path.values:
            return path.values[name]
        head, _, tail = name.partition(".")
        if head == "clause":
            return path.clauses[tail]
        if name == "any_clash":
            clash = np.cumsum(path.events.get("clash", path.p_clash < 0), axis=0) > 0
            return np.concatenate([np.zeros((1, clash.shape[1])), clash])
        if name in ("p_clash", "p_war"):
            risk = path.p_clash if name == "p_clash" else path.p_war
            return np.concatenate([np.zeros((1, risk.shape[1])), risk])
        history = self.case.history
        gauges = () if history is None else history.gauges
        form = next((g.scalar for g in gauges if g.id == name), None)
        if form is None:
            form = self.case.derived_by_id[name].scalar
        whole = np.broadcast_to(evaluate(form, _Reader(self)), next(iter(path.values.values())).shape)
        return _floats(whole)

    def window(self, args: Args) -> Floats:
        """Return the values of `variable` from turn `from` (0) to turn `to` (the last)."""
        whole = self.of(str(args["variable"]))
        return whole[int(args.get("from", 0)) : int(args.get("to", len(whole) - 1)) + 1]

    def at(self, turn: int, game: int = 0) -> dict[str, float]:
        """Return what the bargaining terms read at the end of a turn in one game; flags count as down."""
        names = [*self.path.values, *(d.id for d in self.case.derived)]
        return {name: float(self.of(name)[turn, game]) for name in names} | {f"flag.{f}": 0.0 for f in self.case.flags}

    def banked(self, turn: int, game: int = 0) -> dict[str, int]:
        """Return the levels in force at the end of a turn in one game."""
        return {issue: int(levels[turn, game]) for issue, levels in self.path.clauses.items()}


class _Reader:
    """A path as scalars read it: every name by turn and game."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    def read(self, name: str) -> Floats:
        """Return a name, (turns + 1, B); flags count as down."""
        return np.float64(0.0) if name.startswith("flag.") else self.ground.of(name)  # type: ignore[return-value]


def _floats(value: object) -> Floats:
    return np.asarray(value, dtype=np.float64)


def _turn(args: Args, name: str = "turn") -> int:
    return int(args[name])


# --- one variable over the turns --------------------------------------------------------------
def value_at(ground: Ground, args: Args) -> Floats:
    """Return `variable` at the end of `turn`."""
    return _floats(ground.of(str(args["variable"]))[_turn(args)])


def less_record(ground: Ground, args: Args) -> Floats:
    """Return `variable` at the end of `turn`, less what it is on the recorded path; only variants have this."""
    assert ground.record is not None, "a variant is held against the record"
    return _floats(value_at(ground, args) - value_at(Ground(ground.case, ground.record), args))


def change(ground: Ground, args: Args) -> Floats:
    """Return by how much `variable` is higher at the end of `to` (the last) than at `from` (the start)."""
    window = ground.window(args)
    return _floats(window[-1] - window[0])


def highest_in(ground: Ground, args: Args) -> Floats:
    """Return the highest of `variable` over the turns."""
    return np.asarray(ground.window(args).max(axis=0))


def lowest_in(ground: Ground, args: Args) -> Floats:
    """Return the lowest of `variable` over the turns."""
    return np.asarray(ground.window(args).min(axis=0))


def mean_in(ground: Ground, args: Args) -> Floats:
    """Return the mean of `variable` over the turns."""
    return np.asarray(ground.window(args).mean(axis=0))


def mean_share(ground: Ground, args: Args) -> Floats:
    """Return the mean of `variable` over the turns as a share of its value at the end of `of`."""
    return np.asarray(ground.window(args).mean(axis=0) / ground.of(str(args["variable"]))[_turn(args, "of")])


def ratio(ground: Ground, args: Args) -> Floats:
    """Return `variable` at `to` (the last turn) over its value at `from` (the start)."""
    window = ground.window(args)
    return _floats(window[-1] / window[0])


def peak_turn(ground: Ground, args: Args) -> Floats:
    """Return the turn in which `variable` is highest."""
    return _floats(np.argmax(ground.window(args), axis=0) + float(args.get("from", 0)))


def fall_from_peak(ground: Ground, args: Args) -> Floats:
    """Return how far `variable` lies below its peak at the end of `turn`."""
    whole = ground.of(str(args["variable"]))
    return _floats(whole.max(axis=0) - whole[_turn(args)])


def swing(ground: Ground, args: Args) -> Floats:
    """Return the smaller of the rise up to `up_to` and the fall from the peak by `down_by`."""
    whole = ground.of(str(args["variable"]))
    up, down = _turn(args, "up_to"), _turn(args, "down_by")
    return _floats(np.minimum(whole[up] - whole[0], whole[: down + 1].max(axis=0) - whole[down]))


def least_step(ground: Ground, args: Args) -> Floats:
    """Return the smallest change of `variable` from one turn (or every `every` turns) to the next."""
    return np.asarray(np.diff(ground.window(args)[:: int(args.get("every", 1))], axis=0).min(axis=0))


def distance(ground: Ground, args: Args) -> Floats:
    """Return how far `variable` is from `target` at the end of `turn`."""
    return _floats(np.abs(ground.of(str(args["variable"]))[_turn(args)] - float(args["target"])))


def _growth(ground: Ground, args: Args) -> Floats:
    length = int(args["turns_a_year"])
    yearly = ground.of(str(args["variable"]))[::length]
    return np.asarray(100.0 * (yearly[1:] / yearly[:-1] - 1.0))


def growth_miss(ground: Ground, args: Args) -> Floats:
    """Return the largest miss of the growth of `variable` against `year_1`, `year_2`, ..., in points of a per cent."""
    growth = _growth(ground, args)
    observed = np.array([float(args[f"year_{n + 1}"]) for n in range(len(growth))])
    return np.asarray(np.abs(growth - observed[:, None]).max(axis=0))


def growth(ground: Ground, args: Args) -> Floats:
    """Return the growth of `variable` in `year`, less that of the year before if `less_before` is 1, in per cent."""
    found, year = _growth(ground, args), _turn(args, "year") - 1
    return _floats(found[year] - (found[year - 1] if args.get("less_before") else 0.0))


# --- meetings, texts, orders, events ----------------------------------------------------------
def meeting(ground: Ground, args: Args) -> Floats:
    """Tell whether the meeting of `turn` ended with `result`; a game over before it counts against."""
    wanted = next(code for code, name in SUMMITS.items() if name == args["result"])
    return _floats((ground.path.summit[_turn(args) - 1] == wanted) & ground.path.alive[_turn(args) - 1])


def any_meeting(ground: Ground, args: Args) -> Floats:
    """Tell whether any meeting ended with `result`."""
    wanted = next(code for code, name in SUMMITS.items() if name == args["result"])
    return np.asarray((ground.path.summit == wanted).any(axis=0), dtype=np.float64)


def first_meeting(ground: Ground, args: Args) -> Floats:
    """Tell whether the first meeting of leaders ended with `result`; games without a meeting are left out."""
    wanted = next(code for code, name in SUMMITS.items() if name == args["result"])
    held = ground.path.summit >= 0
    first = np.take_along_axis(ground.path.summit, np.argmax(held, axis=0)[None], axis=0)[0]
    return np.where(held.any(axis=0), (first == wanted).astype(np.float64), np.nan)


def any_war(ground: Ground, args: Args) -> Floats:
    """Tell whether a game came to war."""
    return _floats(~ground.path.alive[-1])


def mean_index(ground: Ground, args: Args) -> Floats:
    """Return the mean of an index of the outcome over the turns a game was not over."""
    alive = ground.path.alive[1:]
    values = np.where(alive, ground.path.indices[str(args["index"])], 0.0)
    return _floats(values.sum(axis=0) / np.maximum(1, alive.sum(axis=0)))


def first_result(ground: Ground, args: Args) -> Floats:
    """Return the turn of the first meeting that signed anything; where none did the number of turns + 1.

    With `came` games in which none did are left out (not a number): how long it took where it came about at all.
    """
    signed = ground.path.summit >= 1
    never = np.nan if args.get("came") else len(signed) + 1.0
    return np.where(signed.any(axis=0), np.argmax(signed, axis=0) + 1.0, never)


def text_in_force(ground: Ground, args: Args) -> Floats:
    """Tell whether a prepared text is in force at the end of `turn` (the last)."""
    return np.asarray(ground.path.text_in_force[int(args.get("turn", 0)) - 1], dtype=np.float64)


def clauses_raised(ground: Ground, args: Args) -> Floats:
    """Return how many levels of `issues` (words apart by spaces) were raised after turn `after`."""
    rows = [ground.path.clauses[issue][_turn(args, "after") :] for issue in str(args["issues"]).split()]
    return np.asarray(sum(np.maximum(0.0, np.diff(row, axis=0)).sum(axis=0) for row in rows))


def _orders(ground: Ground, args: Args) -> Floats:
    """Return how many orders of `moves` were carried out, by turn: (turns, B)."""
    moves, seat = str(args["moves"]).split(), str(args.get("seat", ""))
    count = np.zeros(ground.path.p_clash.shape)
    for (turn, by, move), where in ground.path.executed.items():
        if move in moves and seat in ("", by):
            count[turn - 1] += where
    return count


def orders_in(ground: Ground, args: Args) -> Floats:
    """Return how many orders of `moves` (of `seat`, if named) were carried out from turn `from` to `to`."""
    return _floats(_orders(ground, args)[int(args.get("from", 1)) - 1 : int(args.get("to", 10**6))].sum(axis=0))


def most_orders(ground: Ground, args: Args) -> Floats:
    """Return the most orders of `moves` carried out within `span` turns from turn `from` on."""
    count, span = _orders(ground, args)[int(args.get("from", 1)) - 1 :], int(args["span"])
    sums = [count[start : start + span].sum(axis=0) for start in range(max(1, len(count) - span + 1))]
    return np.asarray(np.max(sums, axis=0))


def event_in(ground: Ground, args: Args) -> Floats:
    """Tell whether `event` happened from turn `from` to `to`."""
    found = ground.path.events.get(str(args["event"]))
    if found is None:
        return np.zeros(ground.path.p_clash.shape[1])
    return np.asarray(
        found[int(args.get("from", 1)) - 1 : int(args.get("to", len(found)))].any(axis=0), dtype=np.float64
    )


def fidelity(ground: Ground, args: Args) -> Floats:
    """Return the share to which `move` was carried out in `turn`."""
    turn, move = _turn(args), str(args["move"])
    return next(f for (at, _, name), f in ground.path.fidelity.items() if (at, name) == (turn, move))


def index_at(ground: Ground, args: Args) -> Floats:
    """Return an index of the outcome at the end of `turn` (the last), of games not ended by war before."""
    turn = int(args.get("turn", len(ground.path.p_clash)))
    return np.where(ground.path.alive[turn], ground.path.indices[str(args["index"])][turn - 1], np.nan)


def no_war(ground: Ground, args: Args) -> Floats:
    """Tell whether a game ended without war."""
    return _floats(ground.path.alive[-1])


def war_risk(ground: Ground, args: Args) -> Floats:
    """Return the risk of war a game carried over its turns."""
    return _floats(1.0 - np.prod(np.where(ground.path.alive[:-1], 1.0 - ground.path.p_war, 1.0), axis=0))


# --- the bargaining problem on the path -------------------------------------------------------
def order_robust(ground: Ground, args: Args) -> Floats:
    """Return the share of draws of the issue values under which the first two meetings end as recorded."""
    case = ground.case
    assert case.history is not None, "the case has a record"
    draws, spread = int(args["draws"]), float(args["spread"])
    kept = 0
    for number in range(draws):
        terms = _scaled(case.negotiation, number, spread)
        kept += all(
            _headline_good(ground, terms, meeting.turn) == (meeting.result != "walk_away")
            for meeting in case.history.summits[:2]
        )
    return np.array([kept / draws])


def _scaled(terms: Negotiation, number: int, spread: float) -> Negotiation:
    """Return the terms with every row of values scaled by its own factor."""
    raw = msgspec.to_builtins(terms)
    for party in raw["parties"]:
        for stake in party["stakes"]:
            factor = 1 + spread * (2 * draw("robust", number, f"{party['id']}:{stake['issue']}") - 1)
            stake["values"] = [value * factor for value in stake["values"]]
    return msgspec.convert(raw, Negotiation)


def _headline_good(ground: Ground, terms: Negotiation, turn: int) -> bool:
    """Tell whether any headline text beats waiting for both parties as the leaders meet in a turn."""
    banked = ground.banked(turn - 1)
    rows = [menu(terms, choice, banked) for choice in terms.menus]
    return bool(judge(terms, rows, ground.at(turn - 1), banked).good.any())


def surplus(ground: Ground, args: Args) -> Floats:
    """Return what the headline text `menu` leaves `party` over waiting as turn `turn` begins."""
    terms, turn = ground.case.negotiation, _turn(args)
    choice = next(choice for choice in terms.menus if choice.id == args["menu"])
    banked = ground.banked(turn - 1)
    judged = judge(terms, [menu(terms, choice, banked)], ground.at(turn - 1), banked)
    return np.array([float(np.asarray(judged.surplus[str(args["party"])]).reshape(-1)[0])])


def good_share(ground: Ground, args: Args) -> Floats:
    """Return the share of packages both prefer to waiting, among those with levels `at_<issue>`, `most_<issue>`."""
    terms, turn = ground.case.negotiation, _turn(args)
    whole = analyse(terms, ground.at(turn - 1), ground.banked(turn - 1))
    levels = np.unravel_index(np.arange(whole.space.size), whole.space.shape)
    kept = np.ones(whole.space.size, dtype=np.bool_)
    for axis, issue in enumerate(terms.issues):
        level = levels[axis] + whole.space.low[axis]
        if f"at_{issue.id}" in args:
            kept &= level == int(args[f"at_{issue.id}"])
        if f"most_{issue.id}" in args:
            kept &= level <= int(args[f"most_{issue.id}"])
    return np.array([float(whole.zone[kept].mean()) if kept.any() else 0.0])


def nash_level(ground: Ground, args: Args) -> Floats:
    """Return the level of `issue` in the Nash package as turn `turn` begins; -1 where nothing suits both."""
    terms, turn = ground.case.negotiation, _turn(args)
    nash = analyse(terms, ground.at(turn - 1), ground.banked(turn - 1)).nash
    place = next(n for n, issue in enumerate(terms.issues) if issue.id == args["issue"])
    return np.array([-1.0 if nash is None else float(nash.package[place])])


MEASURES: dict[str, Callable[[Ground, Args], Floats]] = {
    measure.__name__: measure
    for measure in (
        value_at, less_record, change, first_meeting, any_war, mean_index, highest_in, lowest_in, mean_in, mean_share,
        ratio, peak_turn, fall_from_peak, swing, least_step, distance, growth_miss, growth, meeting, any_meeting,
        first_result, text_in_force, clauses_raised, orders_in, most_orders, event_in, fidelity, index_at, no_war,
        war_risk, order_robust, surplus, good_share, nash_level,
    )
}  # fmt: skip
"""The closed set of measures."""
