"""Commands of the assessment: how each exercise objective was met, and what is to become better.

The instructor's own judgement, given while the game runs or after it: it changes nothing of what is played. The
letters are those of the Homeland Security Exercise and Evaluation Program (HSEEP 2020): P performed without
challenges, S with some challenges, M with major challenges, U unable to be performed.
"""

from typing import Annotated, Literal

from msgspec import Meta

from wargame.game.commands.base import Cmd, Id, Line, Note

Rating = Literal["P", "S", "M", "U", ""]
Seqs = Annotated[tuple[Annotated[int, Meta(ge=1)], ...], Meta(max_length=40)]
Date = Annotated[str, Meta(max_length=10, pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Action = Annotated[str, Meta(min_length=1, max_length=2000)]


class AssessRate(Cmd, frozen=True, kw_only=True, tag="assess.rate"):
    """Rate an objective, with what went well and what to improve; all empty takes the rating back.

    `seqs`: events of the log that bear it out.
    """

    objective: Id
    rating: Rating = ""
    strengths: Note = ""
    improve: Note = ""
    seqs: Seqs = ()


class AssessPlan(Cmd, frozen=True, kw_only=True, tag="assess.plan"):
    """Put an item on the improvement plan, or write a known one anew.

    `area` is the area for improvement, `owner` who sees to it; dates are YYYY-MM-DD or empty.
    """

    item: Id
    area: Line = ""
    action: Action
    owner: Line = ""
    start: Date = ""
    due: Date = ""
    objective: Annotated[str, Meta(max_length=64)] = ""


class AssessDrop(Cmd, frozen=True, kw_only=True, tag="assess.drop"):
    """Take an item off the improvement plan."""

    item: Id
