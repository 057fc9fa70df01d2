"""The report of one seat: the public frame, and every section that a seat may have, from its own rows.

Owns which sections a seat's report has. Names are those of the whole truth (`wargame/aar/report.py`); what is missing
here no seat may know.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from adjudication.scenario import Scenario
from wargame.aar.chronicle import Json
from wargame.aar.seen import (
    deals,
    findings,
    journals,
    knowledge,
    measures,
    participation,
    perception,
    play,
    responses,
    signed,
    steps,
    world,
)
from wargame.aar.seen.sight import Sight
from wargame.store.feed import Row

SECTIONS: dict[str, Callable[[Sight], object]] = {
    "variables": measures.variables, "ledger": measures.ledger, "moves": play.moves, "directives": play.directives,
    "timeline": play.timeline, "steps": steps.steps, "texts": deals.texts,
    "messages": play.messages, "dyads": play.dyads,
    "injects": play.injects, "rewinds": play.rewinds, "agreements": deals.agreements, "scores": measures.scores,
    "risk": measures.risk,
    "participation": participation.participation, "responses": responses.responses, "journals": journals.journals,
    "knowledge": knowledge.knowledge, "perception": perception.perception, "understandings": signed.understandings,
    "obligations": world.obligations, "firings": world.firings, "history": world.history,
}  # fmt: skip


def seen_report(case: Scenario, rows: Iterable[Row], *, seat: str, frame: Mapping[str, Any]) -> Json:
    """Return the report of one seat. `frame` holds what is public: game, turns, seats, lanes."""
    mine = Sight(case, rows, seat=seat, frame=frame)
    report = {**frame, "view": seat} | {name: section(mine) for name, section in SECTIONS.items()}
    return report | {"findings": findings.findings(mine, report)}
