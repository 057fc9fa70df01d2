"""The world in figures: variables and their values, what seats read of them, the causal ledger, indices and scores."""

from collections.abc import Iterator

from wargame.aar.chronicle import Json
from wargame.aar.data.columns import Column, Row, Table
from wargame.aar.data.rows.shared import EVENT, GAME, LABEL, PERSON, SEAT, TURN, count, flag, many, number, shape, text
from wargame.aar.data.seat import SeatSource
from wargame.aar.data.source import Source
from wargame.aar.seen import measures as seen
from wargame.aar.truth import frame
from wargame.aar.truth.measures import CAUSES, definition
from wargame.game import entities as e
from wargame.game import events as ev
from wargame.game.events.orders import ReadingMade


def variables(source: Source) -> Iterator[Row]:
    """Yield what the case measures."""
    beliefs = {party.trust: party.signatory for party in source.log.case.negotiation.parties}
    for variable in source.log.case.variables:
        yield {"game": source.game, "kind": variable.kind, "trust_of": beliefs.get(variable.id)} | {
            ("variable" if name == "id" else name): value
            for name, value in definition(source.log.case, variable).items()
        }  # fmt: skip


def values(source: Source) -> Iterator[Row]:
    """Yield every variable at the start and the end of every turn."""
    for turn in source.log.turns:
        before, after = turn.before.get("values", {}), {} if turn.after is None else turn.after["values"]
        for variable in source.log.case.variables:
            if variable.id in before:
                yield {
                    "game": source.game, "turn": turn.number, "variable": variable.id, "before": before[variable.id],
                    "after": after.get(variable.id),
                }  # fmt: skip


def estimates(source: Source) -> Iterator[Row]:
    """Yield what every seat read of every variable at the start of a turn, and what was there to be read."""
    for recorded, made in source.log.of(ev.EstimatesMade):
        truth = {reading.variable: reading.value for reading in made.truth}
        for seat, readings in made.readings.items():
            for reading in readings:
                yield source.where(recorded) | {"turn": made.turn, "seat": seat} | _reading(reading) | {
                    "truth": truth.get(reading.variable)
                }  # fmt: skip


def _reading(reading: ReadingMade) -> Json:
    return {
        "variable": reading.variable, "mode": reading.mode, "value": reading.value, "low": reading.low,
        "high": reading.high, "confidence": reading.confidence or None, "band": reading.band or None,
    }  # fmt: skip


def estimates_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the seat's own readings."""
    for key, reading in mine.sight.shown.all(e.ReadingSeen, "reading"):
        if not reading.briefed_by:
            yield {
                "game": mine.game, "seq": mine.sight.shown.refs("reading", key)[-1], "turn": reading.turn,
                "at_ms": mine.sight.shown.first_ms("reading", key), "seat": mine.sight.seat,
                "variable": reading.variable, "mode": reading.mode, "value": reading.value, "low": reading.low,
                "high": reading.high, "confidence": reading.confidence or None,
            }  # fmt: skip


def briefings(source: Source) -> Iterator[Row]:
    """Yield every reading a seat shared with others."""
    for recorded, fact in source.of(ev.EstimateBriefed):
        yield source.where(recorded) | {
            "turn": fact.turn, "seat": fact.seat, "person": source.person(recorded), "to": list(fact.to),
            "note": fact.note,
        } | _reading(fact.reading)  # fmt: skip


def ledger(source: Source) -> Iterator[Row]:
    """Yield every row of the causal ledger: gates and dice too."""
    for turn in source.log.turns:
        if turn.resolution is None:
            continue
        by = {one.id: one.seat for one in turn.resolution.orders} | {one.id: one.seat for one in turn.resolution.free}
        for row in turn.resolution.ledger:
            rule = source.log.case.rule.get(row.rule_id)
            yield {
                "game": source.game, "turn": row.turn, "row": row.seq, "stage": row.stage, "rule": row.rule_id,
                "rule_name": None if rule is None else rule.name, "lens": row.lens or None,
                "cause_kind": row.cause.kind, "shown_as": CAUSES[row.cause.kind], "cause": row.cause.id or None,
                "seat": by.get(row.cause.id), "variable": row.var, "raw": row.raw, "applied": row.applied,
                "parents": [str(parent) for parent in row.parents], "formula": row.formula_id or None,
                "inputs": row.inputs or None, "params": row.params or None,
                "die": None if row.dice is None else row.dice.key, "visible_to": list(row.visibility),
            }  # fmt: skip


def ledger_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the causes of the changes this seat was told exactly."""
    for change in seen.ledger(mine.sight):
        for row in change["rows"]:
            yield {
                "game": mine.game, "turn": change["turn"], "row": row["seq"], "rule": row["rule"],
                "variable": change["variable"], "applied": row["amount"],
            }  # fmt: skip


def indices(source: Source) -> Iterator[Row]:
    """Yield the outcome indices of every turn."""
    for turn in source.log.turns:
        if turn.resolution is not None:
            for name, value in sorted(turn.resolution.indices.items()):
                yield {"game": source.game, "turn": turn.number, "index": name, "value": value}


def scores(source: Source) -> Iterator[Row]:
    """Yield how every seat did by its goals, a turn."""
    goals = source.log.case.goals
    for turn in source.log.turns:
        if turn.resolution is None:
            continue
        for seat, held in sorted(turn.resolution.scores.items()):
            told = turn.resolution.told_scores.get(seat, {})
            for goal, value in sorted(held.items()):
                known = goals.get(seat, {}).get(goal)
                yield {
                    "game": source.game, "turn": turn.number, "seat": seat, "goal": goal,
                    "label": goal if known is None else known.label, "value": value, "told": told.get(goal, value),
                }  # fmt: skip


def scores_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the seat's own goals, as it was told them."""
    for _, one in mine.sight.shown.all(e.IndexSeen, "score"):
        known = mine.sight.case.goals.get(one.seat, {})
        for goal, value in sorted(one.goals.items()):
            yield {
                "game": mine.game, "turn": one.turn, "seat": one.seat, "goal": goal,
                "label": known[goal].label if goal in known else goal, "told": value,
            }  # fmt: skip


def rules(source: Source) -> Iterator[Row]:
    """Yield the rules of the case."""
    for rule in source.log.case.rules:
        yield {
            "game": source.game, "rule": rule.id, "name": rule.name, "lens": rule.lens, "text": rule.say,
            "sources": list(rule.sources),
        }  # fmt: skip


def cards(source: Source) -> Iterator[Row]:
    """Yield the hidden cards of the game as they lay."""
    for one in frame.cards(source.log):
        yield {
            "game": source.game,
            "card": one["id"],
            "label": one["label"],
            "outcome": one["outcome"],
            "text": one["text"],
        }


def facts(source: Source) -> Iterator[Row]:
    """Yield every change of a fact of the case that not everybody may know of."""
    seats = [seat.id for seat in source.log.case.seats]
    for turn in source.log.turns:
        released = source.log.settled_by.get(turn.number)
        if turn.after is None or released is None:
            continue
        before, after = set(turn.before.get("flags", ())), set(turn.after.get("flags", ()))
        for name in sorted(before ^ after):
            fact = source.log.case.fact.get(name)
            if fact is not None and "all" not in fact.see:
                yield source.where(released) | {
                    "turn": turn.number, "fact": name, "on": name in after,
                    "text": fact.label if name in after else fact.absent,
                    "seats": [seat for seat in seats if seat in fact.see],
                }  # fmt: skip


_VARIABLE = text("variable", "Id of the variable: `variables`.")
_OF = "the unit of the variable"
_READING: tuple[Column, ...] = (
    _VARIABLE, text("mode", "exact: a figure; estimate: a figure in a range; band: a word."),
    number("value", _OF, "The figure it read."), number("low", _OF, "Lower end of the range it was given."),
    number("high", _OF, "Upper end."), text("confidence", "low, moderate or high."),
    text("band", "The word it was given."),
)  # fmt: skip
TABLES: dict[str, Table] = {
    "variables": Table(
        "What the case measures.",
        ("game", "variable"),
        (
            GAME, _VARIABLE, LABEL, text("unit", "Its unit; nothing: points of an index."), text("kind", "What it is."),
            number("low", _OF, "Least it can be."), number("high", _OF, "Most."), text("group", "Where pages list it."),
            count("order", "Its place there."), flag("headline", "Whether the case leads with it."),
            text("trust_of", "The signatory whose trust in the other party it is, if it is one."),
        ),
        variables,
    ),
    "values": Table(
        "Every variable as it was in truth at the start and the end of a turn.",
        ("game", "turn", "variable"),
        (
            GAME, TURN, _VARIABLE, number("before", _OF, "As the turn began."),
            number("after", _OF, "As it was settled; nothing: it never was."),
        ),
        values,
    ),
    "estimates": Table(
        "What every seat read of a variable as a turn began.",
        ("game", "turn", "seat", "variable"),
        (*EVENT, SEAT, *_READING, number("truth", _OF, "What was there to be read.")),
        estimates,
        estimates_seen,
    ),
    "briefings": Table(
        "Readings that a seat shared with others.",
        ("game", "seq"),
        (*EVENT, SEAT, PERSON, many("to", "Seats it was shared with."), text("note", "What was said with it."),
        *_READING),
        briefings,
    ),
    "ledger": Table(
        "The causal ledger: every contribution, gate and die. `applied` adds up to the change of a variable.",
        ("game", "turn", "row"),
        (
            GAME, TURN, count("row", "Number of the row in its turn."), number("stage", "", "Stage of the settlement."),
            text("rule", "Rule id: `rules`."), text("rule_name", "Its name."), text("lens", "Family of the rule."),
            text("cause_kind", "order, rule, npc, event, override, decay or clamp."),
            text("shown_as", "What the report calls that."),
            text("cause", "What caused it: an order, a rule, an inject, a ruling."), SEAT, _VARIABLE,
            number("raw", _OF, "What the rule asked for; of beliefs in log-odds."),
            number("applied", _OF, "What it came to."), many("parents", "Rows it rests on."),
            text("formula", "The formula."), shape("inputs", "Values it read."), shape("params", "Its parameters."),
            text("die", "The die that was thrown: `dice`."), many("visible_to", "Seats that may know; *: all."),
        ),
        ledger,
        ledger_seen,
    ),
    "indices": Table(
        "Outcome indices of every turn.",
        ("game", "turn", "index"),
        (GAME, TURN, text("index", "Id of the index."),
        number("value", "index", "Its value, 0 to 100 unless its name says.")),
        indices,
    ),
    "scores": Table(
        "How every seat did by its goals. Never add them up across teams.",
        ("game", "turn", "seat", "goal"),
        (
            GAME, TURN, SEAT, text("goal", "Id of the goal."), LABEL, number("value", "index", "In truth, 0 to 100."),
            number("told", "index", "As the seat could reckon it from what it was told."),
        ),
        scores,
        scores_seen,
    ),
    "facts": Table(
        "Changes of facts of the case that not everybody may know of.",
        ("game", "turn", "fact"),
        (
            *EVENT, text("fact", "Id of the fact."), flag("on", "Whether it holds from now on."),
            text("text", "In words."), many("seats", "Seats that are told."),
        ),
        facts,
    ),
    "rules": Table(
        "The rules of the case.",
        ("game", "rule"),
        (
            GAME, text("rule", "Id."), text("name", "What it is called."), text("lens", "The family it belongs to."),
            text("text", "What players are told of it."), many("sources", "Where it comes from."),
        ),
        rules,
    ),
    "cards": Table(
        "The hidden cards of the game as they lay.",
        ("game", "card"),
        (GAME, text("card", "Id."), LABEL, text("outcome", "How it lay."), text("text", "What that means.")),
        cards,
    ),
}  # fmt: skip
