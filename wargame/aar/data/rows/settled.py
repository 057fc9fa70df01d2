"""How turns were settled: gates, rulings, the second umpire, appeals, dice, and what happened beyond the orders."""

from collections.abc import Iterator

from adjudication.results import Resolution
from wargame.aar.data.columns import Row, Table
from wargame.aar.data.rows.shared import EVENT, GAME, PERSON, SEAT, TURN, count, flag, many, number, shape, text
from wargame.aar.data.source import Source
from wargame.game import events as ev


def _settled(source: Source) -> Iterator[Resolution]:
    return (turn.resolution for turn in source.log.turns if turn.resolution is not None)


def gates(source: Source) -> Iterator[Row]:
    """Yield everything an order had to pass."""
    for done in _settled(source):
        passed = {one.id: one.gates for one in done.orders} | {one.id: one.gates for one in done.free}
        for order, held in passed.items():
            for place, gate in enumerate(held):
                yield {
                    "game": source.game, "turn": done.turn, "order": order, "place": place, "rule": gate.rule,
                    "passed": gate.passed, "text": gate.text,
                }  # fmt: skip


def rulings(source: Source) -> Iterator[Row]:
    """Yield every ruling of Control, those that were dropped too."""
    dropped = {fact.ruling for _, fact in source.log.of(ev.RulingDropped)}
    proposed = {
        (fact.turn, order.id): order.status
        for _, fact in source.log.of(ev.TurnProposed)
        for order in fact.resolution.orders
    }
    for recorded, fact in source.of(ev.RulingMade):
        yield source.where(recorded) | {
            "turn": fact.turn, "ruling": fact.ruling, "kind": fact.kind, "target": fact.target,
            "person": source.person(recorded), "outcome": fact.outcome or None, "delta": fact.delta,
            "rule": fact.rule or None, "cause": fact.cause or None, "reason": fact.reason,
            "effects": fact.effects or None, "shown_to": list(fact.shown_to), "dropped": fact.ruling in dropped,
            "proposed": proposed.get((fact.turn, fact.target)),
        }  # fmt: skip


def umpires(source: Source) -> Iterator[Row]:
    """Yield how the second umpire would have let orders go."""
    for recorded, fact in source.of(ev.OutcomeRated):
        yield source.where(recorded) | {
            "turn": fact.turn, "order": fact.order, "person": fact.person, "outcome": fact.outcome, "note": fact.note,
        }  # fmt: skip


def appeals(source: Source) -> Iterator[Row]:
    """Yield every appeal with its answer."""
    answers = {fact.appeal: fact for _, fact in source.log.of(ev.AppealAnswered)}
    for recorded, fact in source.of(ev.AppealLodged):
        said = answers.get(fact.appeal)
        yield source.where(recorded) | {
            "appeal": fact.appeal, "seat": fact.seat, "person": source.person(recorded), "about_turn": fact.turn,
            "order": fact.order, "text": fact.text, "verdict": None if said is None else said.verdict,
            "answer": None if said is None else said.text, "variable": (said.variable or None) if said else None,
            "delta": said.delta if said is not None and said.variable else None,
            "applies": said.applies if said is not None and said.variable else None,
        }  # fmt: skip


def dice(source: Source) -> Iterator[Row]:
    """Yield every die that was thrown, harmless ones too."""
    for done in _settled(source):
        for place, die in enumerate(done.dice):
            yield {
                "game": source.game, "turn": done.turn, "place": place, "die": die.key, "u": die.u,
                "threshold": die.threshold, "outcome": die.outcome, "of": "settlement",
            }  # fmt: skip
    for _, fact in source.log.of(ev.LineDrawn):
        yield {
            "game": source.game, "turn": fact.turn, "die": fact.key, "u": fact.u, "threshold": fact.p,
            "outcome": fact.what if fact.u < fact.p else "", "of": "line",
        }  # fmt: skip
    for recorded, fact in (*source.log.of(ev.InjectSent), *source.log.of(ev.InjectPassed)):
        if fact.die is not None:
            yield {
                "game": source.game, "turn": source.log.turn_of[recorded.seq], "die": fact.die.key, "u": fact.die.u,
                "threshold": fact.die.threshold, "outcome": fact.die.outcome, "of": "inject",
            }  # fmt: skip


def happenings(source: Source) -> Iterator[Row]:
    """Yield what happened beyond the orders."""
    for done in _settled(source):
        for place, one in enumerate(done.happenings):
            yield {
                "game": source.game, "turn": done.turn, "place": place, "kind": one.kind, "rule": one.rule,
                "text": one.text, "slots": one.slots, "visible_to": list(one.visible_to),
            }  # fmt: skip


_ORDER = text("order", "Id of the order: `orders`.")
TABLES: dict[str, Table] = {
    "gates": Table(
        "Everything an order or a free move had to pass.",
        ("game", "turn", "order", "place"),
        (
            GAME, TURN, _ORDER, count("place", "Place among its gates, from 0."), text("rule", "Rule id."),
            flag("passed", "Whether it passed."), text("text", "What was asked."),
        ),
        gates,
    ),
    "rulings": Table(
        "Control's rulings on proposals.",
        ("game", "ruling"),
        (
            *EVENT, text("ruling", "Id."),
            text("kind", "replace, fidelity, edit, set, row, effects, reversal, event ..."),
            text("target", "What it is about: an order, a variable, an event."), PERSON,
            text("outcome", "The outcome that was put in place."),
            number("delta", "", "A change, a value, an amount or a degree: by kind."), text("rule", "Rule of a row."),
            text("cause", "Cause of a row."), text("reason", "Why."), shape("effects", "Effects that were added."),
            many("shown_to", "Seats that read the reason."), flag("dropped", "Whether it was taken back."),
            text("proposed", "What the engine had proposed for an order."),
        ),
        rulings,
    ),
    "umpires": Table(
        "How the second umpire would have let orders go.",
        ("game", "seq"),
        (*EVENT, _ORDER, PERSON, text("outcome", "done, partial or blocked."), text("note", "Why.")),
        umpires,
    ),
    "appeals": Table(
        "Appeals against outcomes, with Control's answers.",
        ("game", "appeal"),
        (
            *EVENT, text("appeal", "Id."), SEAT, PERSON, count("about_turn", "The turn it is about."), _ORDER,
            text("text", "The words."), text("verdict", "upheld or declined."), text("answer", "Control's words."),
            text("variable", "What was corrected."), number("delta", "", "By how much, in its unit."),
            count("applies", "Turn whose settlement corrects it."),
        ),
        appeals,
    ),
    "dice": Table(
        "Every die that was thrown.",
        ("game", "turn", "of", "place", "die"),
        (
            GAME, TURN, count("place", "Place among the dice of the settlement, from 0."),
            text("die", "Its key: with seed and turn it gives the number."),
            number("u", "", "The number, in [0, 1)."), number("threshold", "probability", "What it was held against."),
            text("outcome", "What came of it."), text("of", "settlement, line or inject."),
        ),
        dice,
    ),
    "happenings": Table(
        "What happened beyond the orders.",
        ("game", "turn", "place"),
        (
            GAME, TURN, count("place", "Place in the turn, from 0."), text("kind", "What kind of event."),
            text("rule", "By which rule."), text("text", "In words."), shape("slots", "What the words speak of."),
            many("visible_to", "Seats that may know; *: all."),
        ),
        happenings,
    ),
}  # fmt: skip
