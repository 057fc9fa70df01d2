"""Numbers as one seat had them: its readings, the changes it was told exactly, its own scores, the risk in words."""

from wargame.aar.chronicle import Json
from wargame.aar.seen.sight import Sight
from wargame.aar.truth.measures import definition, labelled
from wargame.game import entities as e


def variables(mine: Sight) -> list[Json]:
    """Return the variables this seat ever read, with its own readings by turn, not those others briefed it on."""
    readings: dict[str, list[Json]] = {}
    for key, reading in mine.shown.all(e.ReadingSeen, "reading"):
        if not reading.briefed_by:
            readings.setdefault(reading.variable, []).append(
                {
                    "turn": reading.turn, "mode": reading.mode, "value": reading.value, "low": reading.low,
                    "high": reading.high, "confidence": reading.confidence, "refs": mine.shown.refs("reading", key),
                }
            )  # fmt: skip
    return [
        definition(mine.case, v)
        | {"estimates": {mine.seat: sorted(readings[v.id], key=lambda r: int(r["turn"]))}}
        | {"refs": sorted(n for reading in readings[v.id] for n in reading["refs"])}
        for v in mine.case.variables
        if v.id in readings
    ]


def ledger(mine: Sight) -> list[Json]:
    """Return the changes the outcomes told this seat in exact figures, with the causes it may know."""
    found = []
    for key, outcome in mine.shown.all(e.OutcomeSeen, "outcome"):
        refs = mine.shown.refs("outcome", key)
        for change in outcome.changes:
            if not change.exact or change.before is None or change.after is None:
                continue
            rows = [
                {
                    "seq": at, "rule": cause.rule, "label": cause.label, "amount": cause.amount, "say": cause.say,
                    "seat": None, "order": None, "cause": "rule", "refs": refs,
                }
                for at, cause in enumerate(change.causes)
            ]  # fmt: skip
            found.append(
                {
                    "turn": outcome.turn, "variable": change.variable, "label": change.label, "unit": "",
                    "before": change.before, "after": change.after, "rows": rows, "refs": refs,
                }
            )  # fmt: skip
    return found


def scores(mine: Sight) -> list[Json]:
    """Return the seat's own goals by turn."""
    return [
        {
            "seat": s.seat, "turn": s.turn, "goals": labelled(mine.case, s.seat, s.goals),
            "refs": mine.shown.refs("score", key),
        }
        for key, s in mine.shown.all(e.IndexSeen, "score")
    ]  # fmt: skip


def risk(mine: Sight) -> list[Json]:
    """Return the danger ahead by turn, in the words this seat was given."""
    return [
        {
            "turn": r.turn, "clash_word": r.clash_word, "war_word": r.war_word, "refs": mine.shown.refs("risk", key),
        }
        for key, r in mine.shown.all(e.RiskSeen, "risk")
    ]  # fmt: skip
