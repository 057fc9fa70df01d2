"""A designed experiment: factors with levels, every combination a cell, the same seeds in every cell.

Owns the design as it is written, what is wrong with one by file, line and path, and what a block of games of one cell
comes to. Bots play on what their seats see; nobody bargains by text. It schedules nothing and writes no file.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path as FilePath

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication.calibration import players
from adjudication.headless import play
from adjudication.lenses import ALL, PRESETS
from adjudication.measures import MEASURES, Ground
from adjudication.policies import policies_of, policy_for
from adjudication.recorded import Path, replay
from adjudication.scenario.binder import BROKEN, bind_struct
from adjudication.scenario.files import read_sections
from adjudication.scenario.nodes import Faults, Node, ScenarioErrors
from adjudication.scenario.part import Part
from adjudication.scenario.ranges import limits
from adjudication.scenario.record import Column, Strategy
from adjudication.scenario.review import Dial
from adjudication.scenario.schema import Scenario
from adjudication.sensitivity import turned
from adjudication.stages.scoring import ENGINE_INDICES

BLOCK = 25
"""Games played side by side in one piece of work."""
MOST_CELLS, MOST_GAMES = 1_000, 10_000
DECIMALS = 6
VARIES = ("seat:SEAT", "strategy", "lenses", "start:VARIABLE", "dial:PATH")

Level = str | int | float
Row = Mapping[str, str | int | float | bool | None]


class Factor(Part, frozen=True, kw_only=True):
    """One thing that is varied, and its levels by name.

    `vary`: `seat:SEAT` (levels are policies), `strategy` (strategies of the case), `lenses` (presets, or lenses joined
    by +, or none), `start:VARIABLE` (values as the game begins), `dial:PATH` (a number of the case, as in a study of
    sensitivity).
    """

    id: str
    vary: str
    levels: dict[str, Level]
    label: str = ""


class Design(Part, frozen=True, kw_only=True):
    """A designed experiment: full factorial, `games` in each cell, one root of seeds for all cells.

    `outcomes`: lines of the case's comparison by id, `end.VAR`, `peak.VAR`, `mean.VAR`, `index.INDEX` (mean over the
    turns); left out: the comparison (or the headline variables at their end) and every index.
    """

    study: str
    scenario: str
    factors: tuple[Factor, ...]
    games: int = 100
    seed: str = "study"
    outcomes: tuple[str, ...] = ()


class Setting(msgspec.Struct, frozen=True):
    """One factor at one of its levels."""

    factor: str
    level: str
    vary: str
    value: Level


class Cell(msgspec.Struct, frozen=True):
    """One combination of levels, numbered from 1 in the order of the design."""

    number: int
    settings: tuple[Setting, ...]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of work that stands for itself: games of one cell, from number `first` on. Equal blocks, equal rows."""

    scenario: str
    scenario_hash: str
    engine: str
    seed: str
    settings: tuple[Setting, ...]
    outcomes: tuple[str, ...]
    first: int
    games: int


class Played(msgspec.Struct, frozen=True):
    """What a block came to: a row a game, and a row a game and turn."""

    games: tuple[Row, ...]
    turns: tuple[Row, ...]


# --- reading --------------------------------------------------------------------------------------
def read_design(path: str | FilePath) -> tuple[Design, Node]:
    """Read a design with where everything in it stands. Raises ScenarioErrors with every fault found."""
    faults = Faults()
    node = read_sections(FilePath(path), faults)
    design = BROKEN if node is None else bind_struct(Design, node, faults)
    if faults.errors or node is None:
        raise ScenarioErrors(faults.errors)
    found: Design = design
    return found, node


def check_design(case: Scenario, design: Design, node: Node) -> None:
    """Hold a design against its case. Raises ScenarioErrors with every fault found."""
    faults = Faults()
    top = node.mapping or {}
    if not 1 <= design.games <= MOST_GAMES:
        faults.add(top.get("games", node), f"{design.games} games a cell; give 1 to {MOST_GAMES}")
    items = (top["factors"].sequence or []) if "factors" in top else []
    for factor, item in zip(design.factors, items, strict=True):
        _check_factor(case, factor, item, faults)
    named = [factor.id for factor in design.factors]
    for name, item in zip(named, items, strict=True):
        if named.count(name) > 1 or name in ("cell", "game", "seed", "turn"):
            faults.add(item, f"the factor {name!r} needs a name of its own")
    size = int(np.prod([len(factor.levels) for factor in design.factors])) if design.factors else 0
    if not 1 <= size <= MOST_CELLS:
        faults.add(top.get("factors", node), f"{size} cells; factors and levels must make 1 to {MOST_CELLS}")
    known = set(_columns(case))
    listed = (top["outcomes"].sequence or []) if "outcomes" in top else []
    for name, item in zip(design.outcomes, listed, strict=True):
        if name not in known:
            faults.unknown(item, "outcome", name, known)
    if faults.errors:
        raise ScenarioErrors(faults.errors)


def _check_factor(case: Scenario, factor: Factor, item: Node, faults: Faults) -> None:
    kind, _, name = factor.vary.partition(":")
    fields = item.mapping or {}
    where = fields["vary"]
    levels = fields["levels"].mapping or {}
    if not levels:
        faults.add(fields["levels"], "a factor has levels: name: value")
    match kind:
        case "seat" if name in case.seat:
            _check_words(levels, [known.id for known in policies_of(case, name)], "policy", faults)
        case "strategy" if not name:
            _check_words(levels, [one.id for one in _strategies(case)], "strategy of the case", faults)
        case "lenses" if not name:
            for level, node in levels.items():
                if lenses_of(str(factor.levels[level])) is None:
                    faults.unknown(node, "lens or preset", str(factor.levels[level]), {*PRESETS, *ALL, "none"})
        case "start" if name in case.variable:
            variable = case.variable[name]
            low, high = limits(variable.kind, variable.min, variable.max)
            for level, node in levels.items():
                value = factor.levels[level]
                if isinstance(value, str) or not low <= value <= high:
                    faults.add(node, f"{value!r}: {name} begins between {low:g} and {high:g}")
        case "dial" if name:
            for level, node in levels.items():
                _check_dial(case, name, factor.levels[level], node, faults)
        case "seat" | "start":
            faults.unknown(where, kind, name, case.seat if kind == "seat" else case.variable)
        case _:
            faults.add(where, f"{factor.vary!r} cannot be varied", VARIES)


def _check_words(levels: Mapping[str, Node], known: Sequence[str], what: str, faults: Faults) -> None:
    for node in levels.values():
        if node.value not in known:
            faults.unknown(node, what, str(node.value), known)


def _check_dial(case: Scenario, path: str, value: Level, node: Node, faults: Faults) -> None:
    if isinstance(value, str):
        faults.add(node, f"{value!r} is no number")
        return
    try:
        turned(case, [_dial(path)], [value])
    except LookupError as gone:
        faults.add(node, str(gone.args[0]))


def lenses_of(text: str) -> frozenset[str] | None:
    """Return the lenses a level names, or None if it names something else."""
    if text in PRESETS:
        return PRESETS[text]
    names = frozenset(part for part in text.split("+") if part != "none")
    return names if names <= ALL else None


# --- cells ----------------------------------------------------------------------------------------
def cells(design: Design) -> list[Cell]:
    """Return every combination of levels, the last factor changing fastest."""
    axes = [
        [Setting(factor.id, level, factor.vary, value) for level, value in factor.levels.items()]
        for factor in design.factors
    ]
    return [Cell(number, settings) for number, settings in enumerate(product(*axes), start=1)]


def blocks(case: Scenario, design: Design, *, engine: str) -> Iterator[tuple[Cell, Block]]:
    """Yield the pieces of work of a design, cell by cell."""
    outcomes = design.outcomes or tuple(_usual(case))
    for cell in cells(design):
        for first in range(1, design.games + 1, BLOCK):
            yield cell, Block(
                scenario=case.meta.id, scenario_hash=case.content_hash, engine=engine, seed=design.seed,
                settings=cell.settings, outcomes=outcomes, first=first, games=min(BLOCK, design.games + 1 - first),
            )  # fmt: skip


# --- playing --------------------------------------------------------------------------------------
def play_block(case: Scenario, block: Block) -> Played:
    """Play the games of a block and return their rows, without the columns of the design."""
    numbers = range(block.first, block.first + block.games)
    path = _path(case, block.settings, [f"{block.seed}:{number}" for number in numbers])
    ground, columns = Ground(case, path), _columns(case)
    measured = {name: _by_game(ground, columns[name], block.games) for name in block.outcomes}
    over = [_over(path, at) for at in range(block.games)]
    games = tuple(
        {"game": number, "over_turn": over[at], **{name: _number(values[at]) for name, values in measured.items()}}
        for at, number in enumerate(numbers)
    )
    turns = tuple(row for at, number in enumerate(numbers) for row in _turns(path, at, number))
    return Played(games, turns)


def _path(case: Scenario, settings: Sequence[Setting], seeds: Sequence[str]) -> Path:
    lenses, strategy, seats = ALL, None, {}
    for one in settings:
        kind, _, name = one.vary.partition(":")
        match kind:
            case "dial":
                case = turned(case, [_dial(name)], [float(one.value)])
            case "start":
                case = turned(case, [_dial(f"variables.{name}.init")], [float(one.value)])
            case "lenses":
                lenses = lenses_of(str(one.value)) or frozenset()
            case "strategy":
                strategy = next(known for known in _strategies(case) if known.id == one.value)
            case "seat":
                seats[name] = str(one.value)
    plan = strategy or Strategy(id="own", label="Every seat as the case has it")
    own = {seat: policy_for(policy, case, seat) for seat, policy in seats.items()}
    if plan.record and not own:
        return replay(case, seeds=seeds, lenses=lenses)
    return play(case, own if plan.record else players(case, plan) | own, seeds=seeds, lenses=lenses)


def _strategies(case: Scenario) -> tuple[Strategy, ...]:
    return () if case.calibration is None else case.calibration.strategies


def _dial(path: str) -> Dial:
    return Dial(id=path, label=path, low=0, high=0, path=path)


def _columns(case: Scenario) -> dict[str, Column]:
    """Return every outcome a design may ask for."""
    found = {} if case.calibration is None else {line.id: line for line in case.calibration.compare}
    last = case.meta.turns
    for variable in case.variables:
        name = variable.id
        found[f"end.{name}"] = Column(id="", label="", measure="value_at", args={"variable": name, "turn": last})
        found[f"peak.{name}"] = Column(id="", label="", measure="highest_in", args={"variable": name})
        found[f"mean.{name}"] = Column(id="", label="", measure="mean_in", args={"variable": name})
    for index in indices_of(case):
        found[f"index.{index}"] = Column(id="", label="", measure="mean_index", args={"index": index})
    return found


def indices_of(case: Scenario) -> dict[str, str]:
    """Return the outcome indices of every turn by id, with their labels: the engine's own, then the case's."""
    return ENGINE_INDICES | {index.id: index.label for index in case.scoring.indices}


def _usual(case: Scenario) -> list[str]:
    lines = [] if case.calibration is None else [line.id for line in case.calibration.compare]
    lines = lines or [f"end.{variable.id}" for variable in case.variables if variable.headline]
    return [*lines, *(f"index.{index}" for index in indices_of(case))]


def _by_game(ground: Ground, column: Column, games: int) -> NDArray[np.float64]:
    values = np.asarray(MEASURES[column.measure](ground, column.args), dtype=np.float64)
    return np.broadcast_to(values, (games,))


def _over(path: Path, at: int) -> int | None:
    """Return the turn in which war ended a game, or None."""
    ended = np.flatnonzero(~path.alive[1:, at])
    return int(ended[0]) + 1 if len(ended) else None


def _turns(path: Path, at: int, number: int) -> Iterator[Row]:
    for turn in range(1, len(path.p_clash) + 1):
        if not path.alive[turn - 1, at]:
            return
        yield {
            "game": number, "turn": turn, "p_clash": _number(path.p_clash[turn - 1, at]),
            "p_war": _number(path.p_war[turn - 1, at]), "summit": int(path.summit[turn - 1, at]),
            **{name: _number(values[turn, at]) for name, values in path.values.items()},
            **{f"clause.{name}": int(levels[turn, at]) for name, levels in path.clauses.items()},
            **{f"index.{name}": _number(values[turn - 1, at]) for name, values in path.indices.items()},
        }  # fmt: skip


def _number(value: np.floating | float) -> float | None:
    """Return a number as it is written; None where there is none to give."""
    return round(float(value), DECIMALS) + 0.0 if np.isfinite(value) else None
