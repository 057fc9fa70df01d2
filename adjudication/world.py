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
from adjudication.agreed import Agreement, Clause, Duty, Notice, chance_seen, duties_of, owed
from adjudication.dice import Seed
from adjudication.orders import Order
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Preset, Scenario

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
DECIMALS = 6
MEMORY_TURNS = 8
FORMS = ("none", "statement", "text", "oral")
RANK = np.array([0, 2, 3, 1])
"""How strong each form is: a text, a statement, an oral understanding, nothing."""


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
    notices: tuple[Notice, ...] = ()
    """Withdrawals announced and not yet in effect: the same in every game of a batch."""
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
        names = [item.name for item in fields(self) if item.name not in _SHARED]
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
                scenario.negotiation, dict.fromkeys(in_force, 0), in_force, deal.turn,
                np.ones(batch, dtype=np.bool_), agreement=deal.id,
            )  # fmt: skip
            told = tuple(owed(duty, turn=deal.turn, seen=_seen(scenario, duty, in_force)) for duty in duties)
            agreements = (Agreement(deal.id, deal.title, parties, raised, "summit", deal.form, deal.turn, owed=told),)
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
                    **{name: getattr(d, name) for name in _OF_A_DUTY},
                    "status": int(d.status[0]),
                    "late": int(d.late[0]),
                }
                for d in self.duties
            ],
            **({"notices": msgspec.to_builtins(self.notices)} if self.notices else {}),
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
            duties=tuple(_duty(duty, payload["clauses"]) for duty in payload.get("duties", ())),
            notices=msgspec.convert(payload.get("notices", ()), tuple[Notice, ...]),
            vows=msgspec.convert(payload.get("vows", ()), tuple[Vow, ...]),
            reports=msgspec.convert(payload.get("reports", ()), tuple[Report, ...]),
            tally={name: np.array([amount]) for name, amount in payload["tally"].items()},
            marks={name: np.array([at]) for name, at in payload.get("marks", {}).items()},
        )


def _seen(scenario: Scenario, duty: Duty, in_force: Mapping[str, int]) -> float:
    checked = next((issue.id for issue in scenario.negotiation.issues if issue.kind == "verification"), "")
    return chance_seen(
        scenario.negotiation, duty.issue, duty.verified_by, in_force.get(checked, 0),
        plain=duty.issue in scenario.commitments.plain,
    )  # fmt: skip


_SHARED = ("scenario_id", "turn", "agreements", "notices")
"""What a world remembers that is the same in every game of a batch."""
_OF_A_DUTY = (
    "agreement", "issue", "side", "base", "level", "due", "tranches", "verified_by", "reversible", "after", "secret",
)  # fmt: skip


def _duty(stored: Mapping[str, Any], clauses: Mapping[str, int]) -> Duty:
    """Rebuild a duty of a single game; one stored before texts had details moved its clause to where it stands."""
    base = stored["base"]
    plain = {"agreement": "", "level": max(base + 1, clauses.get(stored["issue"], 0)), "tranches": 1, "verified_by": "",
             "secret": False, "late": 0, **stored}  # fmt: skip
    return Duty(**{**plain, "status": np.array([plain["status"]]), "late": np.array([plain["late"]])})


_BY_GAME: dict[type, tuple[str, ...]] = {
    Pending: ("fidelity", "mask"), Report: ("fidelity", "late", "open"), Vow: ("due",), Duty: ("status", "late"),
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
