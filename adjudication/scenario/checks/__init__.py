"""What a scenario must hold to be loaded: every name means something, every rule says why, numbers stay in bounds.

Runs after the shapes are right and records every fault at its place. A scenario that fails here lies about itself
(an unknown id, a chance above 1, a circular trigger, a missing text) and is never played. What is only unwise
(a rule that never fires, a flag nobody reads) is told by `adjudication.scenario.lint`.
"""

from adjudication.scenario.checks.advice import check_advice
from adjudication.scenario.checks.blocks import check_blocks
from adjudication.scenario.checks.catalogue import check_catalogue
from adjudication.scenario.checks.circles import check_circles
from adjudication.scenario.checks.machinery import check_machinery
from adjudication.scenario.checks.numbers import check_numbers
from adjudication.scenario.checks.papers import check_papers
from adjudication.scenario.checks.record import check_record
from adjudication.scenario.checks.review import check_review
from adjudication.scenario.checks.table import check_table
from adjudication.scenario.checks.texts import check_texts
from adjudication.scenario.checks.trees import check_trees
from adjudication.scenario.lines import check_lines
from adjudication.scenario.nodes import Faults, Node
from adjudication.scenario.places import Desk
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Scenario
from adjudication.scenario.vocabulary import Vocabulary

__all__ = ["check", "limits"]


def check(scenario: Scenario, sections: Node, faults: Faults) -> None:
    """Record every fault of a scenario that its shapes alone do not exclude."""
    desk, words = Desk(sections, faults), Vocabulary(scenario)
    sound = check_trees(scenario, words, desk)
    check_catalogue(scenario, words, desk)
    check_table(scenario, words, desk)
    check_record(scenario, desk)
    check_texts(scenario, desk)
    check_blocks(scenario, words, desk)
    check_machinery(scenario, words, desk)
    check_advice(scenario, words, desk)
    check_papers(scenario, desk)
    check_review(scenario, desk)
    check_lines(scenario.lines, seats=set(scenario.seat), desk=desk)
    if sound:  # Bounds and circles are followed along names, which must be there.
        check_numbers(scenario, words, desk)
        check_circles(scenario, desk)
