"""The workspace of one turn: the snapshot, the orders in play, contributions waiting for a commit.

Mutable and local to `resolve`; it never leaves the engine. Arrays are (B,). Rules only add contributions; a commit
applies all of them against one snapshot, so that the result does not depend on the order of submission.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np

from adjudication.acts import Act, Bools, Floats
from adjudication.agreed import Duty, Notice, OwedState, actual
from adjudication.committing import Contribution, commit_clauses, commit_flags, commit_variables
from adjudication.conditions import Condition, OrderFilter, holds, reads
from adjudication.dice import Dice, Die
from adjudication.ledger import Cause, CauseKind, LedgerRow, lens_letter
from adjudication.odds import ARGUMENT, argued, counted
from adjudication.orders import Conduct, Consent, Override
from adjudication.results import Happening, Learned
from adjudication.scalars import Scalar, evaluate, scalar_reads
from adjudication.scenario.schema import SEVERITY_RANK, Rule, Scenario, Variable
from adjudication.world import DECIMALS, FORMS, Report, World

__all__ = ["EVERYBODY", "Act", "Bools", "Floats", "Settlement"]

Numbers = TypeVar("Numbers", Floats, Bools)


EVERYBODY = ("*",)
"""Who may see what is nobody's secret."""


class Settlement:
    """One turn being settled. Implements what conditions and scalars ask (`Env`)."""

    def __init__(
        self, scenario: Scenario, world: World, *, turn: int, seeds: Sequence[str | int], lenses: frozenset[str],
        forced: Mapping[str, str], record: bool, bots: frozenset[str] = frozenset(),
        arguments: Mapping[str, int] | None = None, consents: Iterable[Consent] = (), conduct: Iterable[Conduct] = (),
    ) -> None:  # fmt: skip
        self.bots = bots
        """Seats nobody plays: rules may decide for them where a person's word would be awaited."""
        self.arguments = dict(arguments or {})
        self.scenario, self.turn, self.lenses, self.record = scenario, turn, lenses, record
        self.batch = world.batch
        self.values = {v.id: world.values[row] for row, v in enumerate(scenario.variables)}
        self.clauses = {issue: world.clauses[row] for row, issue in enumerate(scenario.issues)}
        self.clauses_before = dict(self.clauses)
        self.flags = {flag: world.flags[row] for row, flag in enumerate(scenario.flags)}
        self.resources = dict(world.resources)
        self.memory = world.memory
        self.world = world
        self.vows = world.vows
        self.duties = world.duties
        self.notices = world.notices
        self.withdrawn: tuple[Notice, ...] = ()
        """Notices that took effect this turn."""
        self.conduct = tuple(conduct)
        self.parties = {one.id: one.parties for one in world.agreements}
        """Who is party to each text, for those clauses only they may know of."""
        self.changed: dict[tuple[str, str], tuple[OwedState, str, str]] = {}
        """What befell an obligation this turn: its state, in words, by which rule (scalar only)."""
        self.suspected: dict[tuple[str, str], tuple[str, ...]] = {}
        self.taken_on: dict[tuple[str, str], Duty] = {}
        self.seen: dict[tuple[str, str], float] = {}
        self.reports = world.reports
        self.learned: list[Learned] = []
        self.forgotten: list[Report] = []
        self.consents = {(answer.order, answer.seat): answer.given for answer in consents}
        self.marks = dict(world.marks)
        self.dice = Dice(seeds, turn, forced)
        self.acts: list[Act] = []
        self.events: dict[str, Bools] = {}
        self.event_readers: dict[str, tuple[str, ...]] = {}
        self.readers: tuple[str, ...] = EVERYBODY
        """Who may see rows about no order that are written now: an event of the case may be known to some alone."""
        self.shifts: dict[str, Floats] = {}
        self.contributions: list[Contribution] = []
        self.clause_moves: list[tuple[str, Floats, Bools, str, Cause]] = []
        self.flag_moves: list[tuple[str, bool, Bools, str, Cause]] = []
        self.rows: list[LedgerRow] = []
        self.row_rulings: dict[tuple[str, str, str], Override] = {}
        """What Control ruled on rows of the ledger, by variable, rule and cause."""
        self.row_left: dict[tuple[str, str, str], Floats] = {}
        """How much of a ruled row has still to be written, (B,): a cause may speak at several stages."""
        self.log: list[Die] = []
        self.happenings: list[Happening] = []
        self.stage = 0.0
        self.order: Act | None = None
        self.pace = scenario.pace(turn)
        """Basis lengths this turn lasts: rates are compounded over it, additive drift is multiplied by it."""
        self.attention: Floats = np.zeros(self.batch)
        """The greatest weight of the flashpoints that fired this turn."""
        self.none: Bools = np.zeros(self.batch, dtype=np.bool_)
        self.all: Bools = np.ones(self.batch, dtype=np.bool_)

    # --- what conditions and scalars ask ------------------------------------------------------
    def read(self, name: str) -> Any:
        """Return the value of a name at the snapshot: (B,), or a word for a choice parameter."""
        value = self.values.get(name)
        if value is not None:
            return value
        head, _, tail = name.partition(".")
        if head == "clause":
            return self.clauses[tail].astype(np.float64)
        if head == "actual":
            return actual(self.clauses[tail], self.duties, tail, self.turn).astype(np.float64)
        if head == "gained":
            return (self.clauses[tail] - self.clauses_before[tail]).astype(np.float64)
        if head == "before":
            return self.clauses_before[tail].astype(np.float64)
        if head == "flag":
            flag = self.flags.get(tail)
            return np.zeros(self.batch) if flag is None else flag.astype(np.float64)
        if head == "event":
            return self.events.get(tail, self.none).astype(np.float64)
        if head == "param":
            return self._param(tail)
        if head == "consent":
            return self._consent(tail)
        if head == "asked":
            asked = self.order is not None and (self.order.order.id, tail) in self.consents
            return np.full(self.batch, float(asked))
        if head == "resource":
            return self.resources.get(tail, np.zeros(self.batch))
        if head == "ordered":
            return self.count(OrderFilter(moves=(tail,)), 0)
        if head == "tag":
            here = self.scenario.clock_turn(self.turn)
            return np.full(self.batch, float(here is not None and tail in here.tags))
        if head == "told":
            return self.told(tail)
        if name == "attention":
            return self.attention
        if name == "turn":
            return np.full(self.batch, float(self.scenario.calendar_turn(self.turn)))
        return evaluate(self.scenario.derived_by_id[name].scalar, self)

    def _consent(self, seat: str) -> Floats:
        """Return what a seat said to the order at hand: 1 it consents, -1 it refuses, 0 it was not asked or is silent.

        An order of its own that stands for consent (`consent_by`) says so too.
        """
        if self.order is None:
            return np.zeros(self.batch)
        said = self.consents.get((self.order.order.id, seat))
        if said is not None:
            return np.full(self.batch, 1.0 if said else -1.0)
        by = OrderFilter(moves=self.order.move.consent_by, by=(seat,))
        return (self.count(by, 0) > 0).astype(np.float64) if by.moves else np.zeros(self.batch)

    def _param(self, name: str) -> Any:
        if self.order is None:
            return np.zeros(self.batch)
        spec = next((p for p in self.order.move.params if p.id == name), None)
        value = self.order.order.params.get(name, spec.default if spec is not None else None)
        if isinstance(value, str):
            return value
        return np.full(self.batch, float(value or 0))

    def matches(self, act: Act, orders: OrderFilter) -> bool:
        """Tell whether an order is one of those meant (apart from whether it is live)."""
        move = act.move
        if orders.moves and move.id not in orders.moves:
            return False
        if orders.by and act.order.seat not in orders.by:
            return False
        if orders.side and act.side != orders.side:
            return False
        if orders.severity and move.severity not in orders.severity:
            return False
        if orders.public is not None and act.order.public != orders.public:
            return False
        if orders.unilateral is not None and move.unilateral != orders.unilateral:
            return False
        if orders.consent and orders.consent not in move.consent:
            return False
        if orders.leader is not None and move.leader_channel != orders.leader:
            return False
        if orders.signal:
            trust = move.signal.trust if move.signal is not None else 0.0
            return trust > 0 if orders.signal == "positive" else trust < 0
        return True

    def count(self, orders: OrderFilter, within: int) -> Floats:
        """Return how many matching orders are live this turn, and were carried out in the `within` turns before."""
        total = np.zeros(self.batch)
        for act in self.acts:
            if self.matches(act, orders):
                total = total + (self.refused(act) if orders.blocked else act.live)
        for past in self.memory[-within:] if within else ():
            for key, number in past.items():
                if self.matches_past(key, orders):
                    total = total + number
        return total

    def refused(self, act: Act) -> Bools:
        """Return where an order was given and refused (not merely held up)."""
        return act.submitted & ~act.live & ~act.delayed & ~act.cancelled

    def matches_past(self, key: str, orders: OrderFilter) -> bool:
        """Tell whether a remembered order (`seat:move`) is one of those meant, as far as that still tells."""
        seat, _, name = key.partition(":")
        move = self.scenario.move.get(name)
        return (
            move is not None
            and (not orders.moves or name in orders.moves)
            and (not orders.by or seat in orders.by)
            and (not orders.side or self.scenario.seat[seat].side == orders.side)
            and (not orders.severity or move.severity in orders.severity)
        )

    def deal(self, form: str) -> Bools:
        """Return where a text (of a form) is in force."""
        present = self.values[self.scenario.commitments.form]
        found: Bools = present > 0 if form == "any" else present == FORMS.index(form)
        return found

    def lens(self, name: str) -> bool:
        """Tell whether a lens is on."""
        return name in self.lenses

    def roll(
        self, key: str, p: Floats | float, *, where: Bools | None = None, yes: str = "yes", no: str = "no"
    ) -> Bools:
        """Draw a keyed die against p plus any shift of its odds: True where it falls below. Logged when live."""
        shift = self.shifts.get(key.partition(":")[0])
        chance = self.wide(np.asarray(p, dtype=np.float64))
        if shift is not None:
            safe = np.clip(chance, 1e-12, 1 - 1e-12)
            chance = 1.0 / (1.0 + np.exp(-(np.log(safe / (1.0 - safe)) + shift)))
        forced = self.dice.outcome_of(key)
        if self.record or where is None:
            u = self.dice.u(key)
        else:
            u = self.dice.u_where(key, where if forced is None else self.none)
        outcome = u < chance if forced is None else np.full(self.batch, forced in (yes, "yes"))
        if self.record and (where is None or bool(where[0])):
            self.log.append(Die(key, float(u[0]), round(float(chance[0]), DECIMALS), yes if bool(outcome[0]) else no))
        return outcome if where is None else outcome & where

    def argued(self, act: Act, chance: Floats | float) -> Floats:
        """Shift the chance that an order succeeds by the net arguments granted to it (R-F02)."""
        n = counted(self.arguments.get(act.order.id, 0))
        p = self.wide(np.asarray(chance, dtype=np.float64))
        if not n:
            return p
        if ARGUMENT not in act.rules:
            act.rules.append(ARGUMENT)
            self.gate_row(ARGUMENT, act, template=ARGUMENT, slots={"n": float(n)})
        return argued(p, n)

    def test(self, condition: Condition | None) -> Bools:
        """Evaluate a condition to (B,); None holds."""
        return self.all if condition is None else self.wide(np.asarray(holds(condition, self), dtype=np.bool_))

    def amount(self, scalar: Scalar) -> Floats:
        """Evaluate a scalar to (B,)."""
        return self.wide(np.asarray(evaluate(scalar, self), dtype=np.float64))

    def wide(self, array: Numbers) -> Numbers:
        """Return an array of one value a game, (B,)."""
        if array.ndim == 0:
            return np.full(self.batch, array)  # a tenth of the price of a broadcast
        return array if array.shape == (self.batch,) else np.broadcast_to(array, (self.batch,))

    # --- orders -------------------------------------------------------------------------------
    def any_live(self, side: str, *, at_least: str = "", exactly: str = "") -> Bools:
        """Return where a side carries out an order of a severity class or above it."""
        found = self.none
        for act in self.acts:
            rank = SEVERITY_RANK[act.move.severity]
            fits = act.move.severity == exactly if exactly else rank >= SEVERITY_RANK[at_least]
            if self.scenario.interaction.counts_as.get(act.side, act.side) == side and fits:
                found = found | act.live
        return found

    def rule_on(self, rule: Rule) -> bool:
        """Tell whether a rule's lens is on."""
        return rule.lens == "none" or rule.lens in self.lenses

    def rules_at(self, stage: float) -> Iterable[Rule]:
        """Yield the data rules of a stage whose lens is on, by id."""
        for rule in self.scenario.rules_by_stage.get(stage, ()):
            if self.rule_on(rule):
                yield rule

    def tell(self, issue: str, seats: Sequence[str], where: Bools) -> None:
        """Let seats into the secret level of an issue in force."""
        for seat in seats:
            name = f"told.{issue}.{seat}"
            self.marks = {**self.marks, name: np.maximum(self.mark(name), where)}

    def told(self, issue: str) -> Floats:
        """Return how many seats beyond the holders were let into the secret level of an issue, (B,)."""
        names = sorted(name for name in self.marks if name.startswith(f"told.{issue}."))
        return sum((self.marks[name] for name in names), start=np.zeros(self.batch))

    def mark(self, name: str) -> Floats:
        """Return one of the things the engine remembers, (B,); nought where there is nothing to remember."""
        return self.marks.get(name, np.zeros(self.batch))

    def over_time(self, rate: Floats | float) -> Any:
        """Compound a rate or a chance quoted per basis length over this turn."""
        return rate if self.pace == 1.0 else 1.0 - (1.0 - rate) ** self.pace

    # --- writing ------------------------------------------------------------------------------
    def frozen(self, variable: Variable) -> bool:
        """Tell whether a variable stands still because its lens is off."""
        return bool(variable.lens) and variable.lens not in self.lenses

    def add(
        self, var: str, amount: Floats, rule: str, kind: CauseKind, source: str, *, names: Iterable[str] = (),
        act: Act | None = None, visible: tuple[str, ...] = ("*",), exact: bool = False,
        slots: dict[str, str | float] | None = None,
    ) -> None:  # fmt: skip
        """Queue a contribution. Nothing changes before `commit`."""
        if self.frozen(self.scenario.variable[var]):
            return
        inputs: dict[str, float] = {}
        if self.record:
            if not exact and float(amount[0]) == 0.0:
                return
            inputs = {name: self._plain(name) for name in sorted(names) if not name.startswith("param.")}
        self.contributions.append(
            Contribution(
                var, amount, rule, Cause(kind, source), inputs=inputs, exact=exact, slots=slots,
                parents=tuple(act.rows) if act is not None else (),
                visible=act.visible_to if act is not None else self.readers if visible == EVERYBODY else visible,
            )
        )  # fmt: skip

    def _plain(self, name: str) -> float:
        value = self.read(name)
        return 0.0 if isinstance(value, str) else round(float(np.asarray(value).reshape(-1)[0]), DECIMALS)

    def gate_row(
        self, rule: str, act: Act, *, template: str, slots: dict[str, str | float] | None = None, die: Die | None = None
    ) -> None:
        """Write a row for a gate or a die of an order (scalar only)."""
        if not self.record:
            return
        seq = len(self.rows)
        self.rows.append(
            LedgerRow(
                seq=seq, turn=self.turn, stage=self.stage, rule_id=rule, lens=lens_letter(rule),
                cause=Cause("order", act.order.id), dice=die, visibility=act.visible_to, template=template,
                slots=slots or {},
            )
        )  # fmt: skip
        act.rows.append(seq)

    def rule_row(self, rule: str, slots: dict[str, str | float], *, visible: tuple[str, ...] = ("*",)) -> None:
        """Write a row for a rule that changed no variable itself (scalar only)."""
        if self.record:
            self.rows.append(
                LedgerRow(
                    seq=len(self.rows), turn=self.turn, stage=self.stage, rule_id=rule, lens=lens_letter(rule),
                    cause=Cause("rule", rule), visibility=visible, template=rule, slots=slots,
                )
            )  # fmt: skip

    def emit(self, event: str, where: Bools, *, readers: tuple[str, ...] = EVERYBODY) -> None:
        """Record that an event happened where told. `readers` may see what rules make of it, with earlier readers."""
        known = self.event_readers.get(event)
        self.event_readers[event] = readers if known is None else together(known, readers)
        self.events[event] = self.events.get(event, self.none) | where

    def shift(self, event: str, logit: Floats) -> None:
        """Shift the log-odds of an event of this turn."""
        self.shifts[event] = self.shifts.get(event, np.zeros(self.batch)) + logit

    def commit(self) -> None:
        """Apply everything queued since the last commit against one snapshot (section 1.2)."""
        commit_variables(self)
        self.commit_clauses()
        commit_flags(self)

    def commit_clauses(self) -> None:
        """Bank clauses at once: what is signed is in force for everything that follows."""
        commit_clauses(self)

    def names_of(self, *parts: Scalar | Condition | None) -> frozenset[str]:
        """Return the names read by scalars and conditions (for the ledger)."""
        if not self.record:
            return frozenset()
        found: set[str] = set()
        for part in parts:
            if part is not None:
                found |= scalar_reads(part) if isinstance(part, Scalar) else reads(part)
        return frozenset(found)


def together(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[str, ...]:
    return EVERYBODY if EVERYBODY in (one, two) else tuple(sorted({*one, *two}))
