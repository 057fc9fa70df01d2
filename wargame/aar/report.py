"""The report of a game: every section, with progress, for the whole truth and for each seat.

Owns which sections there are and what counts as one step of progress. Pure over the log and the views' rows.
"""

from collections.abc import Callable, Iterable, Mapping

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.hours import hours_of
from wargame.aar.seen.report import seen_report
from wargame.aar.truth import (
    bargains,
    deals,
    escalation,
    findings,
    firings,
    frame,
    gap,
    hazard,
    history,
    journals,
    knowledge,
    measures,
    notes,
    obedience,
    obligations,
    overridden,
    papers,
    participation,
    perception,
    play,
    responses,
    signed,
    turning,
)
from wargame.store.feed import Row

Progress = Callable[[str], None]
TRUTH = "truth"
SCHEMA = "report/3"

SECTIONS: dict[str, Callable[[Chronicle], object]] = {
    "timeline": frame.timeline, "steps": frame.steps, "headline": frame.headline, "variables": measures.variables,
    "escalation": escalation.escalation, "trust": measures.trust, "risk": measures.risk, "ledger": measures.ledger,
    "moves": play.moves, "directives": obedience.directives, "injects": play.injects, "rulings": play.rulings,
    "messages": play.messages, "papers": papers.papers, "statements": papers.statements, "requests": papers.requests,
    "texts": deals.texts, "agreements": deals.agreements, "scores": measures.scores, "indices": measures.indices,
    "cards": frame.cards,
    "participation": participation.participation, "responses": responses.responses, "journals": journals.journals,
    "knowledge": knowledge.knowledge, "perception": perception.perception, "understandings": signed.understandings,
    "notes": notes.notes, "firings": firings.firings, "hazard": hazard.hazard, "overrides": overridden.overrides,
    "obligations": obligations.obligations, "history": history.history,
}  # fmt: skip
DRAWN: dict[str, Callable[[Chronicle, Json], object]] = {
    "missed": bargains.missed, "gap": gap.gap, "turning_points": turning.turning_points,
    "findings": findings.findings,
}  # fmt: skip
"""Sections drawn from others, made last: each is given the report so far."""
PRIVATE = frozenset({"notes"})
"""Sections of the truth that stay with Control and staff when the whole report is shared: notes are nobody else's."""
METHOD: Json = {
    "escalation": escalation.METHOD, "hazard": hazard.METHOD, "overrides": overridden.METHOD,
    "turning_points": turning.METHOD, "history": history.METHOD, "participation": participation.METHOD,
    "responses": responses.METHOD, "journals": journals.METHOD, "knowledge": knowledge.METHOD,
    "perception": perception.METHOD,
}  # fmt: skip
"""How sections are made, in words that pages and documents show beside them."""


def steps_of(log: Chronicle) -> int:
    """Return how many steps of progress a report has."""
    return len(SECTIONS) + len(DRAWN) + len(log.turns) + len(log.case.seats)


def public_frame(log: Chronicle, *, built_at_ms: int) -> Json:
    """Return what every view of a report begins with."""
    ended = log.ended is not None
    return {
        "schema": SCHEMA, "built_at_ms": built_at_ms, "engine": log.engine, "scenario_hash": log.created.scenario_hash,
        "seed": log.identity.seed if ended else None, "seed_hash": log.identity.seed_hash,
        "game": frame.game(log), "turns": frame.turns(log), "seats": frame.seats(log), "lanes": frame.lanes(log),
        "rewinds": frame.rewinds(log), "hours": hours_of(log).spans,
    }  # fmt: skip


def truth_report(log: Chronicle, *, built_at_ms: int, progress: Progress) -> Json:
    """Return the whole truth."""
    report = public_frame(log, built_at_ms=built_at_ms) | {
        "view": TRUTH, "log": {"events": log.length, "head_hash": log.head_hash}
    }  # fmt: skip
    for name, section in SECTIONS.items():
        progress(f"Writing the section: {name}")
        report[name] = section(log)
    report["method"] = METHOD
    report["dyads"] = play.dyads(report["messages"])
    report["silent_pairs"] = play.silent_pairs(log, report["dyads"])
    report["map"] = []
    for turn in log.turns:
        progress(f"Drawing the bargaining map of {turn.label}")
        report["map"].append(bargains.bargaining_map(log, turn, report["texts"]))
    for name, drawn in DRAWN.items():
        progress(f"Writing the section: {name}")
        report[name] = drawn(log, report)
    return report


def seat_reports(
    log: Chronicle, *, rows: Callable[[str], Iterable[Row]], progress: Progress
) -> Mapping[str, Json]:  # fmt: skip
    """Return the report of every seat, from that seat's own rows.

    No time in it is that of an event the seat may not know of: a page is as of the seat's own newest row, and a turn
    ends with the next one's beginning.
    """
    base = public_frame(log, built_at_ms=0)
    found = {}
    for seat in log.case.seats:
        progress(f"Writing what {seat.short or seat.label} may read")
        told = list(rows(seat.id))
        now_ms = max((row.at_ms for row in told), default=0)
        seen = base | {"built_at_ms": now_ms, "turns": _turns_seen(base, now_ms=now_ms)}
        found[seat.id] = seen_report(log.case, told, seat=seat.id, frame=seen)
    return found


def _turns_seen(base: Json, *, now_ms: int) -> list[Json]:
    """Return the turns without their span in the log, each up to the next; the last to the end of the game."""
    turns, ended = base["turns"], base["game"]["ended_ms"]
    ends = [*(turn["start_ms"] for turn in turns[1:]), now_ms if ended is None else ended]
    return [
        {k: v for k, v in turn.items() if k not in ("first_seq", "last_seq")} | {"end_ms": end}
        for turn, end in zip(turns, ends, strict=False)
    ]
