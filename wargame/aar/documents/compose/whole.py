"""The report as one document: which parts there are and in which order.

The order is that of an exercise report (HSEEP doctrine 2020: overview, analysis of objectives, improvement plan,
participants), with what a crisis game adds to it before the appendices.
"""

from collections.abc import Mapping
from typing import Any

from wargame.aar.documents.compose import appendix, bargaining, counterfactuals, course, objectives, people, record
from wargame.aar.documents.compose.summary import summary
from wargame.aar.documents.model import Document
from wargame.aar.documents.plain import clean, day
from wargame.aar.documents.reading import Json, Reading

NAME = "TRACK ONE"
NOTHING: Json = {"ratings": [], "plan": []}


def document(
    report: Mapping[str, Any], *, questions: Json | None = None, lenses: Json | None = None,
    assessment: Json | None = None,
) -> Document:  # fmt: skip
    """Return the document of one view of a game. Only the whole truth has an assessment and counterfactuals."""
    reading = Reading(report)
    judged = (assessment or NOTHING) if reading.truth else NOTHING
    asked, under = (questions, lenses) if reading.truth else (None, None)
    headline = reading.part("headline")
    body = [
        *course.overview(reading), *objectives.analysis(reading, judged), *course.findings(reading),
        *course.story(reading), *course.turning_points(reading), *course.escalation(reading), *course.why(reading),
        *bargaining.possible(reading), *bargaining.agreed(reading), *people.knowledge(reading),
        *people.signals(reading), *people.directives(reading), *people.journals(reading),
        *counterfactuals.rulings(reading), *counterfactuals.questions(reading, asked), *counterfactuals.lenses(under),
        *record.record(reading), *people.participation(reading), *objectives.plan(judged),
        *appendix.participants(reading), *appendix.outcomes(reading), *appendix.firings(reading),
        *appendix.codebook(reading), *appendix.provenance(reading, asked),
    ]  # fmt: skip
    return Document(
        title=clean(headline.get("title") or reading.game["case_title"]),
        deck=clean(headline.get("deck") or reading.viewer), running=running(reading), foot=foot(reading),
        summary=summary(reading, judged), body=body, dated_ms=dated(reading),
        subject="After-action report" if reading.truth else f"After-action report, {reading.viewer.lower()}",
    )  # fmt: skip


def dated(reading: Reading) -> int:
    """Return the day a document bears: the end of the game, or while it runs its beginning; never of its making."""
    return int(reading.game["ended_ms"] or reading.game["started_ms"])


def running(reading: Reading) -> tuple[str, str]:
    """Return what heads every page: what this is, and which game of which day."""
    kind = "After-action report" if reading.truth else reading.viewer
    return f"{NAME}  {kind}", f"{clean(reading.game['title'])}, {day(reading.game['started_ms'])}"


def foot(reading: Reading) -> tuple[str, str]:
    """Return what ends every page: what it was made from, and the hash that says so."""
    data = reading.data
    seed = f", seed {clean(str(data['seed']))}" if data.get("seed") else ""
    made = f"Scenario {str(data.get('scenario_hash', ''))[:8]}, engine {data.get('engine', '')}{seed}"
    head = str(reading.part("log").get("head_hash", ""))
    if head:
        return made, f"log {head[:4]} {head[4:8]} \u2026 {head[-4:]}"
    return made, f"seed hash {str(data.get('seed_hash', ''))[:8]}"
