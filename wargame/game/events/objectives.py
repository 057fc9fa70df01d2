"""Facts of the assessment: ratings of objectives and the improvement plan."""

from typing import Literal

from wargame.game.events.base import Payload, fact


@fact("assess.rated")
class ObjectiveRated(Payload, frozen=True, kw_only=True):
    """An objective was rated, or its rating taken back (all empty). `label`: what it was called then."""

    objective: str
    label: str
    rating: Literal["P", "S", "M", "U", ""]
    strengths: str = ""
    improve: str = ""
    seqs: tuple[int, ...] = ()


@fact("assess.planned")
class ImprovementPlanned(Payload, frozen=True, kw_only=True):
    """An item of the improvement plan stands like this from now on."""

    item: str
    area: str
    action: str
    owner: str
    start: str
    due: str
    objective: str


@fact("assess.dropped")
class ImprovementDropped(Payload, frozen=True, kw_only=True):
    """An item left the improvement plan."""

    item: str
