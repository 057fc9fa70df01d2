"""Audits every turn any suite settles: for each variable, clause and flag the ledger's rows add up to its change.

A pytest plugin (`-p tests.support.reconcile`). It looks over the shoulder of the one function both a live turn and a
batch go through, so that no test can settle a turn with its ledger and not have it checked.
"""

from __future__ import annotations

from typing import Any

import pytest

from adjudication import resolve
from adjudication.ledger import applied_by_variable
from adjudication.testkit import everything

DECIMALS = 6
"""State is rounded to six decimals; the error has to be nought in the last of them."""
_settle = resolve._settle
audited = 0


def errors(rows: Any, before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """Return what the rows leave unexplained of each change, after rounding; nothing is the invariant."""
    sums = applied_by_variable(rows)
    gaps = {name: round(after[name] - before[name] - sums.get(name, 0.0), DECIMALS) for name in after}
    return {name: gap for name, gap in gaps.items() if gap != 0.0}


def _audited(scenario: Any, world: Any, **options: Any) -> Any:
    global audited
    done = _settle(scenario, world, **options)
    if options.get("record"):
        audited += 1
        wrong = errors(done.s.rows, everything(scenario, world), everything(scenario, done.world))
        assert not wrong, f"{scenario.meta.id}, turn {options.get('turn')}: the ledger leaves unexplained {wrong}"
    return done


def pytest_configure(config: pytest.Config) -> None:
    """Put the audit in the way."""
    resolve._settle = _audited


def pytest_unconfigure() -> None:
    """Take it out again."""
    resolve._settle = _settle


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many turns were audited."""
    if audited:
        terminalreporter.write_line(f"ledgers audited: {audited}")
