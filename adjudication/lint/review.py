"""What is unwise in the review of a case: dials that lead nowhere, runs and metrics of what never happens."""

from adjudication.lint.findings import Notes
from adjudication.scenario.review import Review
from adjudication.scenario.schema import Scenario
from adjudication.sensitivity import turned

UNMOVED = "init"
"""A game begins where it began: what a variable starts at moves nothing in a game that was played."""


def review(scenario: Scenario, notes: Notes) -> None:
    """Say what of the questions of a case cannot be asked, or would tell nothing."""
    asked = scenario.review
    if asked is None:
        return
    _dials(scenario, asked, notes)
    for question in asked.questions:
        place = ("review", "questions", question.id)
        if not question.metrics:
            notes.warning(place, "nothing is read off the game itself.", "Add a metric, or drop the question.")
        if not asked.dials:
            notes.warning(place, "no dial is turned for it.", "Name some in review.dials.")


def _dials(scenario: Scenario, asked: Review, notes: Notes) -> None:
    used = {dial for question in asked.questions for dial in question.dials}
    everything = any(not question.dials for question in asked.questions)
    for dial in asked.dials:
        place = ("review", "dials", dial.id)
        for end in (dial.low, dial.high):
            try:
                turned(scenario, [dial], [end])
            except LookupError as lost:
                notes.error(place, f"{lost}.", "Follow the keys of the loaded case down to a number.")
                break
        if any(path.split(".")[-1] == UNMOVED for path in dial.places):
            notes.warning(place, "a starting value moves nothing in a game that was played.", "Turn another number.")
        if not everything and dial.id not in used:
            notes.warning(place, "no question turns it.", "Name it in the dials of a question, or drop it.")
