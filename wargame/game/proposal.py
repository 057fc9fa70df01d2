"""Read a pending proposal: what of it can be ruled on, looked at and rated, and what of it a ruling has changed.

Reads the engine's result as a value; it asks the engine nothing and decides nothing.
"""

from collections.abc import Mapping
from typing import Literal

from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from wargame.game.state import State

Verdict = Literal["done", "partial", "blocked"]
Row = tuple[str, str, str]
"""A variable, a rule and a cause: what a ruling on a row names."""

_VERDICTS: Mapping[str, Verdict] = {
    "done": "done",
    "succeeded": "done",
    "partial": "partial",
    "converted": "partial",
    "delayed": "partial",
    "blocked": "blocked",
    "cancelled": "blocked",
    "failed": "blocked",
}


def verdict_of(status: str) -> Verdict:
    """Return an outcome on the scale umpires rate on: carried out, in part (weaker or late), not at all."""
    return _VERDICTS[status]


def orders_settled(resolution: Resolution | None, *, free: bool = True) -> dict[str, str]:
    """Return what became of every order of a proposal, and of the free moves tried, by id."""
    if resolution is None:
        return {}
    settled: dict[str, str] = {result.id: result.status for result in resolution.orders}
    return settled | {result.id: result.status for result in resolution.free} if free else settled


def rows_proposed(resolution: Resolution | None) -> frozenset[Row]:
    """Return the rows of a proposal that move a variable; what Control added itself is not among them."""
    if resolution is None:
        return frozenset()
    return frozenset(
        (row.var, row.rule_id, row.cause.id)
        for row in resolution.ledger
        if row.var is not None and row.cause.kind not in ("override", "clamp")
    )


def events_drawn(resolution: Resolution) -> tuple[str, ...]:
    """Return the dice of a proposal that decided whether something happened: what Control may rule on.

    That a clause was kept, that a breach was seen and that something was noticed are such events (5.7).
    """
    return tuple(
        sorted(
            {
                die.key
                for die in resolution.dice
                if die.outcome in ("yes", "no") or die.key.partition(":")[0] in ("comply", "caught", "suspect")
            }
        )
    )


def events_open(scenario: Scenario, state: State, resolution: Resolution | None) -> tuple[str, ...]:
    """Return every event of the turn that may be forced or suppressed: drawn, dated, or an inject's effects."""
    drawn = events_drawn(resolution) if resolution is not None else ()
    dated = (f"calendar:{event.id}" for event in scenario.calendar if event.turn == state.turn and event.effects)
    return (*drawn, *dated, *(f"inject:{inject}" for inject in state.effects_now))


def reviewable(scenario: Scenario, state: State) -> frozenset[str]:
    """Return everything of the pending proposal that can be looked at by itself."""
    moved = (f"variable:{row[0]}" for row in rows_proposed(state.proposal) if "." not in row[0])
    return frozenset((*orders_settled(state.proposal), *events_open(scenario, state, state.proposal), *moved))


def still_reviewed(reviewed: tuple[str, ...], before: Resolution | None, after: Resolution) -> tuple[str, ...]:
    """Return the marks that hold after the turn was settled again: of what came out as it had been looked at."""
    if before is None:
        return ()
    old, new = _readings(before), _readings(after)
    return tuple(target for target in reviewed if old.get(target) == new.get(target))


def _readings(resolution: Resolution) -> dict[str, object]:
    """Return how everything that can be looked at came out."""
    found: dict[str, object] = {o.id: (o.status, o.fidelity) for o in resolution.orders}
    found |= {f.id: f.status for f in resolution.free}
    found |= {die.key: die.outcome for die in resolution.dice}
    return found | {f"variable:{name}": value for name, value in resolution.world.get("values", {}).items()}
