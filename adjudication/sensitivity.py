"""Which numbers of a case matter: screening (Morris) and shares of variance (Sobol) over the recorded path.

Owns dials (where a number sits in a loaded case, and its range), the runs, and the ranking. Sampling and analysis are
SALib's, which only this study needs; it is imported when a study is run. It reads no file and changes no case.
"""

import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import msgspec
import numpy as np

from adjudication.lenses import ALL
from adjudication.played import Floats, Paths, recorded_game, replay, seeds_of, wanted
from adjudication.scenario.review import Dial
from adjudication.scenario.schema import Scenario
from adjudication.settlement import Settlement
from adjudication.stages.signing import values_of
from adjudication.world import World
from negotiation.search import best_packages

Method = Literal["morris", "sobol"]
NEEDED = "A sensitivity study needs SALib. Install it with `pip install SALib==1.6.0` (it is in requirements/dev.in)."
LEVELS = 4
"""Levels of the Morris grid."""
NOTHING = 1e-9
"""An outcome that varies by less over all samples is not moved by any dial."""


class Missing(RuntimeError):
    """SALib is not installed; the words say what to do."""


class Study(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is varied and what is measured.

    Outcomes are those of `played.outcomes`, `peak.VAR` and `end.VAR` of a variable, and `gap.TURN`: the best worst
    surplus (section 5.3) as that turn begins.
    """

    scenario: str
    dials: tuple[Dial, ...]
    outcomes: tuple[str, ...]


class Effect(msgspec.Struct, frozen=True):
    """What a dial does to an outcome. Morris: mean absolute effect over the range, its spread, a 95 % half-width.

    Sobol: total share of variance, share of the dial alone (`spread`), half-width of the total.
    """

    dial: str
    size: float
    spread: float
    within: float


class Ranked(msgspec.Struct, frozen=True):
    """The dials of one outcome, the strongest first; `low` and `high` are the outcome's range over all samples."""

    outcome: str
    low: float
    high: float
    dials: tuple[Effect, ...]


class Sensitivity(msgspec.Struct, frozen=True, kw_only=True):
    """A finished study. `runs`: dice per sample; `samples`: how many settings of the dials were played."""

    scenario: str
    method: Method
    samples: int
    runs: int
    dials: tuple[Dial, ...]
    ranked: tuple[Ranked, ...]

    def leading(self, count: int) -> tuple[str, ...]:
        """Return the dials with the largest effect on any outcome, in parts of that outcome's range."""
        best: dict[str, float] = {dial.id: 0.0 for dial in self.dials}
        for one in self.ranked:
            for effect in one.dials:
                best[effect.dial] = max(best[effect.dial], effect.size / max(one.high - one.low, NOTHING))
        return tuple(sorted(best, key=lambda name: (-best[name], name))[:count])


# --- dials ----------------------------------------------------------------------------------------
def turned(scenario: Scenario, dials: Sequence[Dial], settings: Sequence[float]) -> Scenario:
    """Return the case with every dial at its setting. Raises LookupError for a path that leads nowhere."""
    for dial, setting in zip(dials, settings, strict=True):
        number = round(setting) if dial.whole else float(setting)
        for path in dial.places:
            scenario = _put(scenario, path.split("."), _turn(dial, number), path)
    return scenario


def _turn(dial: Dial, number: float) -> Callable[[float], float]:
    return (lambda old: old * number) if dial.scale else (lambda _: number)


def _put(value: Any, steps: Sequence[str], turn: Callable[[float], float], path: str) -> Any:
    """Return a value with the numbers at the end of the steps turned."""
    if not steps:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise LookupError(f"{path}: there is no number at its end but {type(value).__name__}")
        return turn(value)
    head, rest = steps[0], steps[1:]
    if isinstance(value, msgspec.Struct):
        name = _field(value, head, path)
        return msgspec.structs.replace(value, **{name: _put(getattr(value, name), rest, turn, path)})
    if isinstance(value, Mapping):
        if head not in value:
            raise LookupError(f"{path}: {head!r} is none of {', '.join(map(str, value))}")
        return {**value, head: _put(value[head], rest, turn, path)}
    if isinstance(value, tuple):
        chosen = _items(value, head, path)
        return tuple(_put(item, rest, turn, path) if at in chosen else item for at, item in enumerate(value))
    raise LookupError(f"{path}: nothing lies below {head!r}")


def _field(value: msgspec.Struct, head: str, path: str) -> str:
    """Return the attribute of a name as a file has it (`implementation`) or as the code has it."""
    for info in msgspec.structs.fields(value):
        if head in (info.name, info.encode_name):
            return info.name
    raise LookupError(f"{path}: {head!r} is none of {', '.join(value.__struct_fields__)}")


def _items(value: tuple[Any, ...], head: str, path: str) -> set[int]:
    if head == "*":
        return set(range(len(value)))
    found = {at for at, item in enumerate(value) if getattr(item, "id", None) == head}
    if not found and head.isdigit() and int(head) < len(value):
        found = {int(head)}
    if not found:
        known = [str(getattr(item, "id", at)) for at, item in enumerate(value)]
        raise LookupError(f"{path}: {head!r} is none of {', '.join(known[:20])}")
    return found


# --- runs -----------------------------------------------------------------------------------------
def measured(scenario: Scenario, wanted: Sequence[str], *, runs: int, seed: str = "0") -> Floats:
    """Return the mean of every wanted outcome over the recorded path. Raises LookupError for one nobody knows."""
    played = recorded_game(scenario, seed)
    turns = {int(name[4:]) for name in wanted if name.startswith("gap.") and name[4:].isdigit()}
    gaps: dict[str, Floats] = {}

    def look(world: World, turn: int) -> World:
        if turn in turns:
            gaps[f"gap.{turn}"] = _gap(scenario, world, turn)
        return world

    paths = replay(played, played.turns, played.start, seeds=seeds_of(seed, runs), before=look)
    return np.array([_mean(scenario, paths, gaps, name) for name in wanted])


def _mean(scenario: Scenario, paths: Paths, gaps: Mapping[str, Floats], name: str) -> float:
    """Return the mean of an outcome over the runs it can be asked of: those war has not cut short by then."""
    if name in gaps:
        values, among = gaps[name], paths.alive[paths.turns.index(int(name.partition(".")[2]))]
    else:
        try:
            what, values = wanted(scenario, paths, [name])[name]
        except LookupError as gone:
            raise LookupError(f"{gone} and gap.TURN") from None
        among = paths.survived if what.whole else np.ones(paths.runs, dtype=np.bool_)
    return float(np.mean(values[among] if bool(np.any(among)) else values))


def _gap(scenario: Scenario, world: World, turn: int) -> Floats:
    """Return how far from a deal (negative) or how comfortable (positive) the best package is, (B,)."""
    nobody = ("",) * world.batch
    s = Settlement(scenario, world, turn=turn, seeds=nobody, lenses=ALL, forced={}, record=False)
    best = best_packages(
        scenario.negotiation, values_of(s), dict(s.clauses), s.lenses, aim="nearest", games=world.batch
    )
    return np.asarray(np.min(best.surplus, axis=1))


# --- the study ------------------------------------------------------------------------------------
def study(
    scenario: Scenario, plan: Study, *, method: Method, size: int, runs: int = 20, seed: int = 1,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Sensitivity:  # fmt: skip
    """Play the case at every sampled setting of the dials and rank them.

    `size`: Morris trajectories, or the base sample of Sobol (rounded up to a power of two by its sequence). Raises
    Missing without SALib, LookupError for a path or an outcome that is not there.
    """
    sample, analyse = _tools(method)
    problem = {
        "num_vars": len(plan.dials), "names": [dial.id for dial in plan.dials],
        "bounds": [[dial.low, dial.high] for dial in plan.dials],
    }  # fmt: skip
    extra = {"num_levels": LEVELS} if method == "morris" else {"calc_second_order": False}
    settings: Floats = np.asarray(sample.sample(problem, size, seed=seed, **extra), dtype=np.float64)
    rows = []
    for number, row in enumerate(settings, start=1):
        rows.append(measured(turned(scenario, plan.dials, row), plan.outcomes, runs=runs))
        progress(number, len(settings))
    found = np.stack(rows)
    ranked = tuple(
        _ranked(name, column, lambda column: _analysed(analyse, problem, settings, column, method, seed))
        for name, column in zip(plan.outcomes, found.T, strict=True)
    )
    return Sensitivity(
        scenario=scenario.meta.id, method=method, samples=len(settings), runs=runs, dials=plan.dials, ranked=ranked
    )


def narrowed(plan: Study, dials: Sequence[str]) -> Study:
    """Return the study with these dials only."""
    return msgspec.structs.replace(plan, dials=tuple(dial for dial in plan.dials if dial.id in dials))


def _tools(method: Method) -> tuple[Any, Any]:
    try:
        return (importlib.import_module(f"SALib.sample.{method}"), importlib.import_module(f"SALib.analyze.{method}"))
    except ImportError as gone:
        raise Missing(NEEDED) from gone


def _analysed(
    tool: Any, problem: dict[str, Any], settings: Floats, column: Floats, method: Method, seed: int
) -> list[Effect]:
    if method == "morris":
        got = tool.analyze(problem, settings, column, num_levels=LEVELS, seed=seed)
        table = (got["mu_star"], got["sigma"], got["mu_star_conf"])
    else:
        got = tool.analyze(problem, column, calc_second_order=False, seed=seed)
        table = (got["ST"], got["S1"], got["ST_conf"])
    return [
        Effect(name, *(round(float(x), 6) + 0.0 for x in numbers))
        for name, *numbers in zip(problem["names"], *table, strict=True)
    ]


def _ranked(name: str, column: Floats, analysed: Callable[[Floats], list[Effect]]) -> Ranked:
    low, high = float(np.min(column)), float(np.max(column))
    effects = analysed(column) if high - low > NOTHING else []
    order = sorted(effects, key=lambda effect: (-effect.size, effect.dial))
    return Ranked(name, round(low, 6), round(high, 6), tuple(order))


def fault(scenario: Scenario, plan: Study) -> str | None:
    """Return what is wrong with a study for a case, or None: a range, a path, an outcome."""
    for dial in plan.dials:
        if not dial.low < dial.high:
            return f"dial {dial.id}: low {dial.low:g} is not below high {dial.high:g}"
        if not dial.places:
            return f"dial {dial.id}: give a path or paths"
    try:
        turned(scenario, plan.dials, [dial.low for dial in plan.dials])
        measured(scenario, plan.outcomes, runs=1)
    except LookupError as lost:
        return str(lost)
    return None
