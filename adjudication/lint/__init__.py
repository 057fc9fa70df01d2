"""What is unwise in a scenario that loads: rules that never fire, moves nobody can order, words nobody reads.

`lint` reads the case alone and takes a moment; `adjudication.rehearsal` plays it. Pure: nothing is changed or written.
"""

from adjudication.lint.dead import dead_rules, dead_triggers, unreachable_moves
from adjudication.lint.findings import Finding, Notes
from adjudication.lint.msel import entries
from adjudication.lint.reach import Reach
from adjudication.lint.review import review
from adjudication.lint.unused import large, unknown_choices, unread, unsaid
from adjudication.scenario.nodes import Node
from adjudication.scenario.schema import Scenario

__all__ = ["Finding", "lint"]


def lint(scenario: Scenario, sections: Node) -> tuple[Finding, ...]:
    """Return every finding about a loaded scenario, errors first, then by file and line."""
    notes, reach = Notes(sections), Reach(scenario)
    unreachable_moves(scenario, reach, notes)
    dead_rules(scenario, reach, notes)
    dead_triggers(scenario, reach, notes)
    entries(scenario, reach, notes)
    unknown_choices(scenario, notes)
    unread(scenario, notes)
    unsaid(scenario, notes)
    large(scenario, notes)
    review(scenario, notes)
    return notes.sorted()
