"""The state of the world: arrays with a trailing batch axis.

Owns the layout and nothing else: `values` (variables, B), `clauses` (issues, B), `flags` (flags, B). A live game
has B = 1. A world is a value: stages build a new one, none is changed in place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from adjudication import draws
from adjudication.dice import Seed
from adjudication.orders import Order
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Preset, Scenario
from negotiation.agreements import obligations

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
DECIMALS = 6
MEMORY_TURNS = 8
FORMS = ("none", "statement", "text")


class Clause(msgspec.Struct, frozen=True):
    """One issue a text raised."""

    issue: str
    from_level: int
    level: int


class Agreement(msgspec.Struct, frozen=True):
    """A text in force, or one that was."""

    id: str
    title: str
    parties: tuple[str, ...]
    clauses: tuple[Clause, ...]
    venue: str
    form: str
    turn: int
    status: str = "in_force"
    ended_turn: int | None = None


class Pending(msgspec.Struct, frozen=True):
    """An order the departments hold back: settled in `due`, at the fidelity it had. `mask` is (B,) as a list."""

    order: Order
    due: int
    fidelity: tuple[float, ...]
    mask: tuple[bool, ...]


class Report(msgspec.Struct, frozen=True):
    """An order reported as carried out that was not, in full and in time, as long as its seat does not know (R-I19).

    `fidelity` 0..1, `late` (turns) and `open` (nobody has seen through it yet) are (B,).
    """

    directive: str
    order: str
    seat: str
    side: str
    executor: str
    move: str
    turn: int
    fidelity: tuple[float, ...]
    late: tuple[int, ...]
    open: tuple[bool, ...]


class Vow(msgspec.Struct, frozen=True):
    """A public threat with a condition: `due` (B,) is the turn it must be kept by, 0 while waiting, -1 when over."""

    order: str
    seat: str
    side: str
    move: str
    trigger: str
    action: str
    wait: int
    made: int
    due: tuple[int, ...]


DUTY_NONE, DUTY_OPEN, DUTY_DONE, DUTY_CHEATED = 0, 1, 2, 3
"""What a duty is: not there, to be kept, done for good, broken and not noticed."""


@dataclass(frozen=True, eq=False)
class Duty:
    """One clause somebody owes: who, from where, when, and after which other. `base`, `status` are (B,)."""

    issue: str
    side: str
    due: int
    reversible: bool
    after: str | None
    base: Ints
    status: Ints

    def moved(self, status: Ints) -> "Duty":
        """Return the duty in another state."""
        return replace(self, status=status.astype(np.int64))


def duties_of(
    scenario: Scenario, before: Mapping[str, int], levels: Mapping[str, int], turn: int, where: Bools
) -> tuple[Duty, ...]:
    """Return what a text obliges in the games of `where`, in the order its sequence sets (section 5.7)."""
    return tuple(
        Duty(o.issue, o.obligor, o.due_turn, o.reversible, o.depends_on,
             np.full(where.shape, o.from_level, dtype=np.int64), np.where(where, DUTY_OPEN, DUTY_NONE).astype(np.int64))
        for o in obligations(scenario.negotiation, levels, before, turn=turn)
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class World:
    """The whole state between two turns. `turn` is the last turn settled (0: none)."""

    scenario_id: str
    turn: int
    values: Floats
    clauses: Ints
    flags: Bools
    resources: dict[str, Floats]
    memory: tuple[dict[str, Floats], ...] = ()
    """Executed orders of the last turns, newest last: `seat:move` -> count (B,)."""
    pending: tuple[Pending, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    vows: tuple[Vow, ...] = ()
    duties: tuple[Duty, ...] = ()
    reports: tuple[Report, ...] = ()
    tally: dict[str, Floats] = field(default_factory=dict)
    """Running sums the scores need; no rule reads them."""
    marks: dict[str, Floats] = field(default_factory=dict)
    """What the engine remembers of cards, secrets, standing orders and absent parties, each (B,) (see `marks`)."""

    @property
    def batch(self) -> int:
        """Number of worlds side by side."""
        return int(self.values.shape[1])

    def widened(self, batch: int) -> "World":
        """Return this single world `batch` times side by side."""
        assert self.batch == 1, "only a single world can be repeated"
        names = [item.name for item in fields(self) if item.name not in ("scenario_id", "turn", "agreements")]
        return replace(self, **{name: _wide(getattr(self, name), batch) for name in names})

    @staticmethod
    def initial(
        scenario: Scenario, batch: int = 1, preset: Preset | str | None = None, *, seeds: Sequence[Seed] | None = None
    ) -> "World":
        """Return the start of the case, or of a preset (or its id) that begins later.

        Hidden cards are drawn by `seeds`, one a game; without seeds they lie as the record has them.
        """
        if isinstance(preset, str):
            preset = scenario.preset[preset]
        start = preset.start if preset is not None else {}
        values = np.array([start.get(v.id, v.init) for v in scenario.variables], dtype=np.float64)
        clauses = np.array([start.get(f"clause.{issue}", 0) for issue in scenario.issues], dtype=np.int64)
        flags = np.array([bool(start.get(f"flag.{flag}", 0)) for flag in scenario.flags], dtype=np.bool_)
        resources = {
            f"{s.id}.{name}": np.full(batch, amount) for s in scenario.seats for name, amount in s.resources.items()
        }
        agreements: tuple[Agreement, ...] = ()
        duties: tuple[Duty, ...] = ()
        deal = preset.deal if preset is not None else None
        if deal is not None:
            values[scenario.index[scenario.commitments.strength]] = deal.strength
            values[scenario.index[scenario.commitments.form]] = FORMS.index(deal.form)
            raised = tuple(
                Clause(issue, 0, int(level)) for issue, level in zip(scenario.issues, clauses, strict=True) if level
            )
            parties = deal.parties or tuple(scenario.principals.values())
            in_force = {issue: int(level) for issue, level in zip(scenario.issues, clauses, strict=True)}
            duties = duties_of(
                scenario, dict.fromkeys(in_force, 0), in_force, deal.turn, np.ones(batch, dtype=np.bool_)
            )
            agreements = (Agreement(deal.id, deal.title, parties, raised, "summit", deal.form, deal.turn),)
        marks = draws.deal(scenario, seeds, batch)
        start_of = World(
            scenario_id=scenario.meta.id,
            turn=(preset.first - 1) if preset is not None else 0,
            values=np.repeat(values[:, None], batch, axis=1),
            clauses=np.repeat(clauses[:, None], batch, axis=1),
            flags=np.repeat(flags[:, None], batch, axis=1),
            resources=resources,
            agreements=agreements,
            duties=duties,
            marks=marks,
        )
        return start_of._with_cards(scenario, draws.changes(scenario, marks))

    def _with_cards(self, scenario: Scenario, changes: Mapping[str, Floats]) -> "World":
        """Return this world with what the cards add to variables (inside their bounds) and make of flags."""
        if not changes:
            return self
        values, flags = self.values.copy(), self.flags.copy()
        for name, amount in changes.items():
            if name.startswith("flag."):
                flags[scenario.flag_index[name[5:]]] = amount > 0
            else:
                variable = scenario.variable[name]
                low, high = limits(variable.kind, variable.min, variable.max)
                row = scenario.index[name]
                values[row] = np.clip(values[row] + amount, low, high)
        return replace(self, values=values, flags=flags)

    def with_values(self, scenario: Scenario, changes: Mapping[str, float]) -> "World":
        """Return this world with some variables, `clause.X` or `flag.X` set. For tests and presets."""
        values, clauses, flags = self.values.copy(), self.clauses.copy(), self.flags.copy()
        for name, value in changes.items():
            if name.startswith("clause."):
                clauses[scenario.clause_index[name[7:]]] = int(value)
            elif name.startswith("flag."):
                flags[scenario.flag_index[name[5:]]] = bool(value)
            else:
                values[scenario.index[name]] = value
        return replace(self, values=values, clauses=clauses, flags=flags)

    def value(self, scenario: Scenario, name: str) -> float:
        """Return one variable of a single world."""
        return float(self.values[scenario.index[name], 0])

    def value_map(self, scenario: Scenario, at: int = 0) -> dict[str, float]:
        """Return all variables of one world of the batch."""
        return {v.id: float(self.values[row, at]) for row, v in enumerate(scenario.variables)}

    def clause_map(self, scenario: Scenario, at: int = 0) -> dict[str, int]:
        """Return the clause levels in force in one world of the batch."""
        return {issue: int(self.clauses[row, at]) for row, issue in enumerate(scenario.issues)}

    def flag_map(self, scenario: Scenario, at: int = 0) -> dict[str, bool]:
        """Return the flags of one world of the batch."""
        return {flag: bool(self.flags[row, at]) for row, flag in enumerate(scenario.flags)}

    def to_payload(self, scenario: Scenario) -> dict[str, Any]:
        """Return a JSON-able value of a single world, by names, so that a new variable does not shift the old."""
        assert self.batch == 1, "only a single world is stored"
        return {
            "scenario": self.scenario_id,
            "turn": self.turn,
            "values": self.value_map(scenario),
            "clauses": self.clause_map(scenario),
            "flags": sorted(flag for flag, on in self.flag_map(scenario).items() if on),
            "resources": {name: float(amount[0]) for name, amount in sorted(self.resources.items())},
            "memory": [{key: float(count[0]) for key, count in sorted(turn.items())} for turn in self.memory],
            "pending": msgspec.to_builtins(self.pending),
            "agreements": msgspec.to_builtins(self.agreements),
            "duties": [
                {
                    "issue": d.issue,
                    "side": d.side,
                    "due": d.due,
                    "reversible": d.reversible,
                    "after": d.after,
                    "base": int(d.base[0]),
                    "status": int(d.status[0]),
                }
                for d in self.duties
            ],
            "vows": msgspec.to_builtins(self.vows),
            **({"reports": msgspec.to_builtins(self.reports)} if self.reports else {}),
            "tally": {name: float(amount[0]) for name, amount in sorted(self.tally.items())},
            **({"marks": {name: float(at[0]) for name, at in sorted(self.marks.items())}} if self.marks else {}),
        }

    @staticmethod
    def from_payload(scenario: Scenario, payload: Mapping[str, Any]) -> "World":
        """Rebuild a single world from `to_payload`."""
        start = World.initial(scenario)
        world = start.with_values(scenario, payload["values"])
        world = world.with_values(scenario, {f"clause.{issue}": level for issue, level in payload["clauses"].items()})
        up = set(payload["flags"])
        world = world.with_values(scenario, {f"flag.{flag}": flag in up for flag in scenario.flags})
        return replace(
            world,
            turn=payload["turn"],
            resources={name: np.array([amount]) for name, amount in payload["resources"].items()},
            memory=tuple({key: np.array([n]) for key, n in turn.items()} for turn in payload["memory"]),
            pending=msgspec.convert(payload["pending"], tuple[Pending, ...]),
            agreements=msgspec.convert(payload["agreements"], tuple[Agreement, ...]),
            duties=tuple(
                Duty(**{**duty, "base": np.array([duty["base"]]), "status": np.array([duty["status"]])})
                for duty in payload.get("duties", ())
            ),
            vows=msgspec.convert(payload.get("vows", ()), tuple[Vow, ...]),
            reports=msgspec.convert(payload.get("reports", ()), tuple[Report, ...]),
            tally={name: np.array([amount]) for name, amount in payload["tally"].items()},
            marks={name: np.array([at]) for name, at in payload.get("marks", {}).items()},
        )


_BY_GAME: dict[type, tuple[str, ...]] = {
    Pending: ("fidelity", "mask"), Report: ("fidelity", "late", "open"), Vow: ("due",), Duty: ("base", "status"),
}  # fmt: skip
"""Which fields of what a world remembers hold one value a game."""


def _wide(value: Any, batch: int) -> Any:
    """Repeat whatever of a value there is one of a game."""
    if isinstance(value, np.ndarray):
        return np.repeat(value, batch, axis=-1)
    if isinstance(value, dict):
        return {name: _wide(part, batch) for name, part in value.items()}
    if isinstance(value, tuple):
        return tuple(_wide(part, batch) for part in value)
    own = {
        name: part * batch if isinstance(part := getattr(value, name), tuple) else _wide(part, batch)
        for name in _BY_GAME[type(value)]
    }
    return msgspec.structs.replace(value, **own) if isinstance(value, msgspec.Struct) else replace(value, **own)
