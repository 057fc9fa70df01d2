"""What it means that a rule fires: it leaves a trace in the explanation, or the outcome would be another without it.

Rules that are data are taken out by a condition that never holds. Rules whose form is code are taken out by the value
of their parameters at which they say nothing; each has its line in `NEUTRAL`. A rule is silent if it does neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from adjudication.conditions import All, Compare, Condition, Not, Some
from adjudication.scenario.schema import Rule, Scenario
from negotiation.terms import Bound
from tests.support.casebook.play import Played, play
from tests.support.casebook.shape import Case

Change = Callable[[Scenario], Scenario]
swap = msgspec.structs.replace
NEVER = Compare("lt", "turn", 0.0)
BANKED = "R-I10"
"""That only increments count has no number: it fires where the same texts would be worth something else unbanked."""


def without(scenario: Scenario, rule_id: str) -> Scenario | None:
    """Return the scenario with a rule that says nothing, or None for a rule of code that has no such value."""
    known: dict[str, Scenario | None] = scenario.__dict__.setdefault("_without", {})
    if rule_id not in known:
        known[rule_id] = _without(scenario, rule_id)
    return known[rule_id]


def _without(scenario: Scenario, rule_id: str) -> Scenario | None:
    if rule_id in NEUTRAL:
        return NEUTRAL[rule_id](scenario)
    rule = scenario.rule[rule_id]
    never = All(tuple(c for c in (rule.when, NEVER) if c is not None))
    return None if rule.code else with_rule(scenario, swap(rule, when=never))


def with_rule(scenario: Scenario, rule: Rule) -> Scenario:
    """Return the scenario with one rule in another form."""
    return swap(scenario, rules=tuple(rule if old.id == rule.id else old for old in scenario.rules))


def _gates_of(rule: str) -> Change:
    def drop(scenario: Scenario) -> Scenario:
        terms = scenario.negotiation
        kept = tuple(gate for gate in terms.gates if gate.rule != rule)
        moves = {move for r in scenario.rules if r.id == rule for move in r.gate_for}
        return swap(
            scenario,
            negotiation=swap(terms, gates=kept),
            moves=tuple(swap(m, require=None) if m.id in moves else m for m in scenario.moves),
        )

    return drop


def _block(name: str, **values: Any) -> Change:
    def change(scenario: Scenario) -> Scenario:
        return swap(scenario, **{name: swap(getattr(scenario, name), **values)})

    return change


def _parties(change: Callable[[Any], Any]) -> Change:
    def changed(scenario: Scenario) -> Scenario:
        terms = scenario.negotiation
        return swap(scenario, negotiation=swap(terms, parties=tuple(change(party) for party in terms.parties)))

    return changed


def _waiting(lens: str | None) -> Change:
    """Drop the terms of the reservations that hang on a lens (None: those that hang on none)."""

    def change(party: Any) -> Any:
        terms = tuple(t for t in party.reservation.terms if t.lens != lens)
        return swap(party, reservation=swap(party.reservation, terms=terms))

    return _parties(change)


def _believed(party: Any) -> Any:
    """Believe every promise in full."""
    return swap(party, delivery=tuple(swap(d, floor=1.0, const=1.0, channel=0.0) for d in party.delivery))


def _arsenal_at_ease(party: Any) -> Any:
    factors = {n: swap(f, terms=()) if n == "deterrent_first" else f for n, f in party.factors.items()}
    return swap(party, factors=factors)


def _prepared(scenario: Scenario) -> Scenario:
    ready = Bound(var="institution", op="ge", value=-1.0)
    return swap(scenario, negotiation=swap(scenario.negotiation, prepared=ready))


def _never(condition: Condition, name: str) -> Condition:
    """Return the condition with every comparison of a name made impossible."""
    match condition:
        case All(items):
            return All(tuple(_never(item, name) for item in items))
        case Some(items):
            return Some(tuple(_never(item, name) for item in items))
        case Not(item):
            return Not(_never(item, name))
        case Compare(_, left, _) if left == name:
            return Compare("gt", name, 1e9)
        case _:
            return condition


def _no_standing_process(scenario: Scenario) -> Scenario:
    blocks = tuple(
        swap(block, process=_never(block.process, block.process_variable), process_at=1e9)
        for block in scenario.implementations
    )
    return swap(scenario, implementations=blocks)


NEUTRAL: Mapping[str, Change] = {
    "R-I03": _gates_of("R-I03"),
    "R-I04": _gates_of("R-I04"),
    "R-I13": _gates_of("R-I13"),
    "R-I20": _gates_of("R-I20"),
    "R-A05": _gates_of("R-A05"),
    "R-A13": _gates_of("R-A13"),
    "R-I08": _prepared,
    "R-I15": _no_standing_process,
    "R-I17": lambda s: swap(
        s, negotiation=swap(s.negotiation, verification=swap(s.negotiation.verification, cap=None))
    ),
    "R-A04": _block("summit", influence=None),
    "R-A06": _block("summit", opening=None),
    "R-L05": _block("hazard", volatility=0.0),
    "R-L06": _waiting("lead"),
    "R-L08": _block("hazard", rapport_buffer=0.0),
    "R-R06": _parties(_believed),
    "R-R07": _block("hazard", deter_gain=0.0),
    "R-R15": _parties(_arsenal_at_ease),
    "R-R16": _waiting(None),
}
"""Rules of code, and the scenario in which each says nothing."""


def traced(played: Played, rule: str) -> bool:
    """Tell whether a rule left a trace in what the engine explains; consent that was given changed nothing."""
    found = played.found
    gates = (gate.rule for order in found.orders for gate in order.gates if not gate.passed)
    return (
        any(row.rule_id == rule for row in found.ledger)
        or any(rule in order.rules for order in found.orders)
        or any(happening.rule == rule and happening.kind != "ratified" for happening in found.happenings)
        or rule in gates
    )


@dataclass(frozen=True)
class Claim:
    """What a case claims of a rule, and what is so."""

    rule: str
    fires: bool
    found: bool

    def __str__(self) -> str:
        """Say it."""
        return f"{self.rule} {'fires' if self.found else 'is silent'}, the case says the opposite"


def outcome(played: Played) -> bytes:
    """Return what a turn comes to, less the explanation."""
    found = played.found
    orders = [(o.id, o.status, o.fidelity, o.delay, o.reason) for o in found.orders]
    table = _surplus(played)
    dice = [(d.key, d.threshold, d.outcome) for d in found.dice]
    return msgspec.json.encode(
        (_less_consents(found.world), orders, dice, found.p_clash, found.p_war, table, found.texts, found.struck),
        order="sorted",
    )


def _less_consents(world: Mapping[str, Any]) -> dict[str, Any]:
    """Return a stored world without the record of who was asked and consented: that says what did not change."""
    plain = msgspec.to_builtins(world)
    texts = [{**text, "consents": ()} for text in plain.get("agreements", ())]
    return {**plain, "agreements": texts}


def unbanked(case: Case) -> Case:
    """Return the same situation with nothing in force."""
    fresh = {f"clause.{issue}": 0.0 for issue in ("test", "fac", "ars", "ver", "unrel", "usrel", "sec", "rec")}
    return swap(case, given=swap(case.given, set={**case.given.set, **fresh}))


def _surplus(played: Played) -> dict[str, dict[str, float]]:
    return played.found.summit.surplus if played.found.summit is not None else {}


def fires(played: Played, rule: str, quiet: Mapping[str, str]) -> bool:
    """Tell whether a rule fires in a case."""
    if traced(played, rule):
        return True
    if rule == BANKED:
        return _surplus(play(played.scenario, unbanked(played.case), quiet)) != _surplus(played)
    other = without(played.scenario, rule)
    return other is not None and outcome(play(other, played.case, quiet)) != outcome(played)


def claims(played: Played, quiet: Mapping[str, str]) -> Iterator[Claim]:
    """Look at every claim of a case."""
    for rule in played.case.fires:
        yield Claim(rule, True, fires(played, rule, quiet))
    for rule in played.case.silent:
        yield Claim(rule, False, fires(played, rule, quiet))


def broken(played: Played, quiet: Mapping[str, str]) -> list[str]:
    """Return the claims of a case that do not hold."""
    return [str(claim) for claim in claims(played, quiet) if claim.fires != claim.found]
