"""What seats ordered and what came of it: orders and their reasons, directives, free moves, consents."""

from collections.abc import Iterator

from adjudication.results import OrderResult, Resolution
from adjudication.scenario.schema import SEVERITY_POINTS
from wargame.aar.data.columns import Row, Table
from wargame.aar.data.rows.shared import EVENT, GAME, LABEL, PERSON, SEAT, TURN, count, flag, many, number, shape, text
from wargame.aar.data.seat import SeatSource
from wargame.aar.data.source import Source
from wargame.aar.seen import play as seen
from wargame.aar.truth import obedience
from wargame.aar.words import move_name
from wargame.game import events as ev


def _settled(source: Source) -> Iterator[Resolution]:
    return (turn.resolution for turn in source.log.turns if turn.resolution is not None)


def orders(source: Source) -> Iterator[Row]:
    """Yield what became of every order, a turn it was settled in; free moves are in `free_moves`."""
    for done in _settled(source):
        for order in done.orders:
            yield _order(source, done.turn, order)


def _order(source: Source, turn: int, order: OrderResult) -> Row:
    given, move = source.log.drafted_by.get(order.id), source.log.case.move.get(order.move)
    return {
        "game": source.game, "turn": turn, "order": order.id, "seat": order.seat, "move": order.move,
        "code": None if move is None else move.code, "label": move_name(source.log, order.move),
        "severity": None if move is None else move.severity,
        "points": None if move is None else SEVERITY_POINTS[move.severity],
        "goldstein": None if move is None else move.goldstein, "params": order.params, "public": order.public,
        "status": order.status, "fidelity": order.fidelity,
        "delay": order.delay, "missing": list(order.missing), "reason": order.reason, "rules": list(order.rules),
        "ruled": order.ruled, "carried": order.carried, "returned": order.returned,
        "executor": order.executor or None, "directive": order.directive or None, "told": order.told or None,
        "learned": order.learned or None, "slowed_by": list(order.slowed_by), "visible_to": list(order.visible_to),
        "drafted_seq": None if given is None else given[0].seq, "drafted_ms": None if given is None else given[0].at_ms,
        "person": None if given is None else source.person(given[0]),
        "cost": None if given is None else given[1].cost, "capital": None if given is None else given[1].capital,
        "rationale": None if given is None else given[1].rationale,
        "expects": None if given is None else given[1].expects,
        "argument": None if given is None else given[1].argument,
    }  # fmt: skip


def orders_seen(mine: SeatSource) -> Iterator[Row]:
    """Yield the seat's own orders with what became of them, and those of others it was told of."""
    for one in seen.moves(mine.sight):
        if not one["move"]:
            continue
        yield {
            "game": mine.game, "turn": one["turn"], "order": one["order"], "seat": one["seat"], "move": one["move"],
            "code": one["code"], "label": one["label"], "params": one["params"], "public": one["public"],
            "status": one["status"], "rules": one["rules"], "ruled": one["ruled"], "reason": one["text"],
            "rationale": one["rationale"], "expects": one["expects"],
        }  # fmt: skip


def journals(source: Source) -> Iterator[Row]:
    """Yield every draft of an order with the reason and the expectation its author wrote, also those withdrawn."""
    settled = {(done.turn, order.id) for done in _settled(source) for order in done.orders}
    for recorded, fact in source.of(ev.OrderDrafted):
        where = source.where(recorded)
        yield where | {
            "seat": fact.seat, "person": source.person(recorded), "order": fact.order, "move": fact.move,
            "rationale": fact.rationale, "expects": fact.expects, "settled": (where["turn"], fact.order) in settled,
            "last": source.log.drafted_by[fact.order][0].seq == recorded.seq,
        }  # fmt: skip


def sheets(source: Source) -> Iterator[Row]:
    """Yield when sheets were sealed, opened again and locked."""
    for recorded, fact in source.of(ev.OrdersSubmitted, ev.OrdersReopened):
        yield source.where(recorded) | {
            "what": recorded.kind, "seat": fact.seat, "person": source.person(recorded), "late": False,
        }  # fmt: skip
    for recorded, fact in source.log.of(ev.OrdersLocked):
        for seat in source.log.case.seats:
            if seat.id not in fact.open:
                yield source.where(recorded) | {
                    "turn": fact.turn, "what": recorded.kind, "seat": seat.id, "late": seat.id in fact.late,
                }  # fmt: skip


def directives(source: Source) -> Iterator[Row]:
    """Yield every order one seat gave and another carried out."""
    for one in obedience.directives(source.log):
        kept = ("directive", "order", "turn", "seat", "executor", "move", "label", "status", "fidelity", "delay",
                "done_turn", "told", "truthful", "learned_turn", "how", "slowed_by")  # fmt: skip
        yield {"game": source.game} | {name: one[name] for name in kept}


def free_moves(source: Source) -> Iterator[Row]:
    """Yield every move outside the catalogue, with how it ended."""
    tried = {free.id: (done.turn, free) for done in _settled(source) for free in done.free}
    ended = {fact.move: fact for _, fact in source.log.of(ev.FreeMoveEnded)}
    for recorded, fact in source.of(ev.FreeMoveProposed):
        turn, free = tried.get(fact.move, (None, None))
        gone = ended.get(fact.move)
        yield source.where(recorded) | {
            "move": fact.move, "seat": fact.seat, "person": source.person(recorded), "title": fact.title,
            "action": fact.action, "effect": fact.effect, "arguments": list(fact.arguments), "public": fact.public,
            "cost": fact.cost, "settled_turn": turn, "ended": None if gone is None else gone.how,
            "status": None if free is None else free.status, "severity": None if free is None else free.severity,
            "points": None if free is None else SEVERITY_POINTS[free.severity],
            "goldstein": None if free is None else free.goldstein, "net": None if free is None else free.net,
            "before": None if free is None else free.before, "p": None if free is None else free.p,
            "u": None if free is None else free.die.u, "ruled": None if free is None else free.ruled,
            "rules": None if free is None else list(free.rules),
        }  # fmt: skip


def estimates_of_odds(source: Source) -> Iterator[Row]:
    """Yield every chance of success somebody gave a free move."""
    for recorded, fact in source.of(ev.FreeMoveEstimated):
        yield source.where(recorded) | {
            "move": fact.move, "by": fact.by, "person": source.person(recorded), "percent": fact.percent,
        }  # fmt: skip


def arguments(source: Source) -> Iterator[Row]:
    """Yield the arguments others made for and against free moves, and those Control granted to orders."""
    for recorded, fact in source.of(ev.FreeMoveArgued, ev.ArgumentGranted):
        granted = isinstance(fact, ev.ArgumentGranted)
        yield source.where(recorded) | {
            "about": fact.order if granted else fact.move, "seat": None if granted else fact.seat,
            "person": source.person(recorded), "side": "granted" if granted else fact.side,
            "net": fact.net if granted else None, "text": fact.reason if granted else fact.text,
        }  # fmt: skip


def consents(source: Source) -> Iterator[Row]:
    """Yield every question whether another seat consents to an order, with its answer."""
    answers = {fact.request: (recorded, fact) for recorded, fact in source.log.of(ev.ConsentAnswered)}
    void = {fact.request for _, fact in source.log.of(ev.ConsentWithdrawn)}
    for recorded, fact in source.of(ev.ConsentAsked):
        when, answer = answers.get(fact.request, (None, None))
        yield source.where(recorded) | {
            "request": fact.request, "order": fact.order, "seat": fact.seat, "to": fact.to, "move": fact.move,
            "person": source.person(recorded), "note": fact.note, "void": fact.request in void,
            "given": None if answer is None else answer.given, "reply": None if answer is None else answer.note,
            "answered_ms": None if when is None else when.at_ms,
        }  # fmt: skip


_ORDER = text("order", "Id of the order: `orders`.")
_RULES = many("rules", "Rules that had a say, by id.")
_STATUS = text("status", "done, partial, blocked, converted, delayed or cancelled.")
TABLES: dict[str, Table] = {
    "orders": Table(
        "What became of every order, a turn it was settled in.",
        ("game", "turn", "order"),
        (
            GAME, TURN, _ORDER, SEAT, text("move", "Id of the move in the case."), text("code", "Its short code."),
            LABEL, text("severity", "de, sq, po, nv, vi or nu (Rivera et al. 2024)."),
            count("points", "Severity points if carried out: -2, 0, 4, 12, 28 or 60.", "points"),
            number("goldstein", "Goldstein", "Its value on the scale of Goldstein (1992)."),
            shape("params", "What was chosen with it."), flag("public", "Whether it was announced."), _STATUS,
            number("fidelity", "share", "How much of it was carried out, 0 to 1."),
            count("delay", "Turns it is held up.", "turns"), many("missing", "What it lacked."),
            text("reason", "Why it went so."), _RULES, flag("ruled", "Whether a ruling changed it."),
            flag("carried", "Ordered in an earlier turn and held up until now."),
            flag("returned", "Given back to its seat."), text("executor", "The seat that carried it out for another."),
            text("directive", "Id of the directive: `directives`."),
            text("told", "What its seat was told: done, nothing."),
            text("learned", "How its seat learned the truth in the same turn."),
            many("slowed_by", "Seats that worked against it."), many("visible_to", "Seats that may know; *: all."),
            count("drafted_seq", "The event of its last draft."), count("drafted_ms", "When.", "ms"), PERSON,
            count("cost", "Points it took.", "points"), number("capital", "", "Political capital it took."),
            text("rationale", "Why, as its author wrote."), text("expects", "What its author expected of it."),
            text("argument", "The argument made for it."),
        ),
        orders,
        orders_seen,
    ),
    "journals": Table(
        "Every draft of an order with its author's reason and expectation.",
        ("game", "seq"),
        (
            *EVENT, SEAT, PERSON, _ORDER, text("move", "Id of the move."), text("rationale", "Why."),
            text("expects", "What was expected of it."), flag("settled", "Whether the order was settled in that turn."),
            flag("last", "Whether it is the last draft of the order."),
        ),
        journals,
    ),
    "sheets": Table(
        "When sheets of orders were submitted, reopened and locked.",
        ("game", "seq", "seat"),
        (
            *EVENT, text("what", "orders.submitted, orders.reopened or orders.locked."), SEAT, PERSON,
            flag("late", "Locked as it lay: nobody had submitted it."),
        ),
        sheets,
    ),
    "directives": Table(
        "Orders one seat gave and another carried out: told, done, learned.",
        ("game", "directive"),
        (
            GAME, text("directive", "Id."), _ORDER, TURN, SEAT, text("executor", "Who carried it out."),
            text("move", "Id of the move."), LABEL, _STATUS,
            number("fidelity", "share", "How much of it was done, 0 to 1."), count("delay", "Turns late.", "turns"),
            count("done_turn", "Turn it was done in."), text("told", "What the seat was told."),
            flag("truthful", "Whether that was so."), count("learned_turn", "Turn the seat learned the truth in."),
            text("how", "How: candid, leak, shown, inquiry."), many("slowed_by", "Seats that worked against it."),
        ),
        directives,
    ),
    "free_moves": Table(
        "Moves outside the catalogue.",
        ("game", "move"),
        (
            *EVENT, text("move", "Id."), SEAT, PERSON, text("title", "What it is called."),
            text("action", "What to do."),
            text("effect", "What it is for."), many("arguments", "Its own arguments."), flag("public", "Announced."),
            count("cost", "Points it took.", "points"), count("settled_turn", "Turn it was tried in."),
            text("ended", "withdrawn, refused or lapsed, if it was never tried."),
            text("status", "succeeded, partial or failed."), text("severity", "As Control framed it."),
            count("points", "Severity points.", "points"), number("goldstein", "Goldstein", "Its Goldstein value."),
            count("net", "Net arguments granted."), number("before", "probability", "Chance without arguments."),
            number("p", "probability", "Chance it was held against."), number("u", "", "The die, in [0, 1)."),
            flag("ruled", "Whether a ruling changed it."), _RULES,
        ),
        free_moves,
    ),
    "odds": Table(
        "Chances of success somebody gave a free move.",
        ("game", "seq"),
        (
            *EVENT, text("move", "The free move."), text("by", "The seat, or control."), PERSON,
            count("percent", "The chance.", "percent"),
        ),
        estimates_of_odds,
    ),
    "arguments": Table(
        "Arguments for and against free moves, and those Control granted to orders.",
        ("game", "seq"),
        (
            *EVENT, text("about", "The free move or the order."), SEAT, PERSON,
            text("side", "for, against or granted."),
            count("net", "Net arguments granted."), text("text", "The words."),
        ),
        arguments,
    ),
    "consents": Table(
        "Questions to another seat whether it consents to an order.",
        ("game", "request"),
        (
            *EVENT, text("request", "Id."), _ORDER, SEAT, text("to", "Who was asked."), text("move", "Id of the move."),
            PERSON, text("note", "What was said with it."), flag("void", "The order changed: the question fell."),
            flag("given", "The answer."), text("reply", "What was said with the answer."),
            count("answered_ms", "When.", "ms"),
        ),
        consents,
    ),
}  # fmt: skip
