"""The figures of a report, worked out again from the Parquet tables of an export. It imports nothing of the game.

`sections(path, asked)` returns them in the shape of the report: numbers where the report has numbers, in the same
places; words are left out. What the model itself was asked again (runs without rulings or orders, analyses of packages)
is read from the tables that hold its answers; everything drawn from those answers is worked out here.
"""

from pathlib import Path

from tests.support.recomputed import deals, known, moves, people, waits, world
from tests.support.recomputed.reading import Json, Tables

__all__ = ["sections"]


def sections(path: Path, asked: Json) -> Json:
    """Return every section with figures in it. `asked` is the report: of its `steps` only which events they are of."""
    of = Tables(path)
    return {
        "game": world.game(of), "turns": world.turns(of), "rewinds": world.rewinds(of),
        "hours": people.hours(of), "log": {"events": len(of.rows("events"))}, "timeline": world.timeline(of),
        "steps": world.steps(of, asked["steps"]), "variables": world.variables(of), "trust": world.trust(of),
        "escalation": world.escalation(of), "risk": world.risk(of), "ledger": world.ledger(of),
        "indices": world.indices(of), "scores": world.scores(of), "hazard": world.hazard(of),
        "firings": world.firings(of), "moves": moves.moves(of), "journals": moves.journals(of),
        "directives": moves.directives(of), "rulings": moves.rulings(of), "overrides": moves.overrides(of),
        "turning_points": moves.turning_points(of), "history": moves.history(of), "texts": deals.texts(of),
        "agreements": deals.agreements(of), "obligations": deals.obligations(of), "map": deals.bargaining_map(of),
        "missed": deals.missed(of), "gap": deals.gap(of), "understandings": deals.understandings(of),
        "injects": people.injects(of), "messages": people.messages(of), "dyads": people.dyads(of),
        "papers": people.papers(of), "statements": people.statements(of), "requests": people.requests(of),
        "perception": people.perception(of), "notes": people.notes(of), "participation": people.participation(of),
        "responses": waits.responses(of), "knowledge": known.knowledge(of),
        "findings": [{"number": at} for at, _ in enumerate(asked["findings"], start=1)],
    }  # fmt: skip
