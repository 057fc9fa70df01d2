"""Show free moves to those who may know of them, the odds to those who gave them, appeals to who lodged them.

Control chooses who knows of a free move and, in confidence, who is asked for its odds. Neither the proposer nor the
others ever learn who was asked; a seat that was only asked learns no more of the end than that it was decided.
"""

from msgspec.structs import replace

from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from wargame.game import engine
from wargame.game.entities import (
    AppealSeen,
    ArgumentSeen,
    FreeFrameSeen,
    FreeMoveSeen,
    FreeOddsSeen,
    FreeRulesSeen,
    GrantSeen,
)
from wargame.game.events import (
    AppealAnswered,
    AppealLodged,
    ArgumentGranted,
    FreeMoveAdmitted,
    FreeMoveArgued,
    FreeMoveAsked,
    FreeMoveCirculated,
    FreeMoveEnded,
    FreeMoveEstimated,
    FreeMoveFramed,
    FreeMoveProposed,
    Recorded,
)
from wargame.game.ids import CONTROL, seat_view
from wargame.game.state import Appeal, Frame, FreeMove, State
from wargame.game.visibility.base import Disclosure, Rows, control_only, seats_and_control, show
from wargame.game.visibility.sheets import sheet_rows

DECIDED = frozenset({"admitted", "refused", "withdrawn", "lapsed", "succeeded", "partial", "failed"})


# --- the rules of the case --------------------------------------------------------------------
def rules_rows(state: State, scenario: Scenario) -> Rows:
    """Yield what a free move costs to every seat, and its limits to Control: names of variables can be secrets."""
    limits = scenario.free_moves
    if limits is None:
        return
    rule = scenario.rule[limits.rule]
    plain = FreeRulesSeen(
        cost=limits.cost,
        per_turn=limits.per_turn,
        limit=limits.limit,
        signal_limit=limits.signal_limit,
        effects=limits.effects,
        costs=limits.costs,
        variables=(),
        codes={},
        sides=(),
        rule=rule.id,
        say=rule.say,
        sources=rule.sources,
    )
    yield from show([seat_view(seat) for seat in state.seats], "freerules", "freerules", plain)
    whole = replace(
        plain,
        variables=limits.variables,
        codes=engine.cameo_weights(scenario),
        sides=tuple(sorted(set(scenario.beliefs.trust) | set(scenario.beliefs.resolve))),
    )
    yield from show(control_only(), "freerules", "freerules", whole)


# --- a free move ------------------------------------------------------------------------------
def free_seen(move: FreeMove, status: str, reason: str = "") -> FreeMoveSeen:
    """Return a free move as those who may know of it see it; never who was asked, nor a number."""
    return FreeMoveSeen(
        id=move.id,
        seat=move.seat,
        turn=move.turn,
        title=move.title,
        action=move.action,
        effect=move.effect,
        public=move.public,
        cost=move.cost,
        arguments=tuple(ArgumentSeen(seat=a.seat, side=a.side, text=a.text) for a in move.arguments),
        readers=move.readers,
        status=status,  # type: ignore[arg-type]
        reason=reason,
    )


def _told(move: FreeMove, status: str, reason: str = "") -> Rows:
    """Yield it to its seat, its readers and Control; to those only asked for the odds that it is open or decided."""
    circle = (move.seat, *move.readers)
    yield from show(seats_and_control(circle), "freemove", move.id, free_seen(move, status, reason))
    only_asked = [seat_view(seat) for seat in move.asked if seat not in circle]
    yield from show(only_asked, "freemove", move.id, free_seen(move, "decided" if status in DECIDED else status))


def proposed(recorded: Recorded, fact: FreeMoveProposed, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the proposal to its seat and Control, and what it takes of the sheet."""
    move = after.free_moves[fact.move]
    yield from _told(move, "open")
    yield from show(control_only(), "freeframe", move.id, frame_seen(scenario, move))
    yield from sheet_rows(after, fact.seat)


def changed(
    recorded: Recorded, fact: FreeMoveArgued | FreeMoveCirculated, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield it with its new argument or its new readers."""
    return _told(after.free_moves[fact.move], "open")


def asked(recorded: Recorded, fact: FreeMoveAsked, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield it to the seats asked, with the question; Control sees who was asked."""
    move = after.free_moves[fact.move]
    for seat in fact.seats:
        if seat not in move.readers:
            yield Disclosure(seat_view(seat), "freemove", move.id, free_seen(move, "open"))
        seen = FreeOddsSeen(move=move.id, seat=seat, percent=None)
        yield from show(seats_and_control([seat]), "freeodds", f"{move.id}:{seat}", seen)
    yield from show(control_only(), "freeframe", move.id, frame_seen(scenario, move))


def estimated(recorded: Recorded, fact: FreeMoveEstimated, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield an estimate to who gave it and Control, and to Control what the odds are by now."""
    move = after.free_moves[fact.move]
    seen = FreeOddsSeen(move=move.id, seat=fact.by, percent=fact.percent)
    by = seats_and_control([fact.by]) if fact.by in after.seats else control_only()
    yield from show(by, "freeodds", f"{move.id}:{fact.by}", seen)
    yield from show(control_only(), "freeframe", move.id, frame_seen(scenario, move))


def framed(recorded: Recorded, fact: FreeMoveFramed, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the frame to Control."""
    move = after.free_moves[fact.move]
    return show(control_only(), "freeframe", move.id, frame_seen(scenario, move))


def frame_seen(scenario: Scenario, move: FreeMove) -> FreeFrameSeen:
    """Return what the move is for the engine, and its odds from the estimates given so far."""
    frame = move.frame or Frame(
        seat=move.seat, severity="sq", cameo="", effects={}, costs={}, trust=0.0, resolve=0.0, net=0
    )
    chance = engine.pooled(tuple(move.estimates.values())) if move.estimates else None
    after = float(engine.argued(chance, frame.net)) if chance is not None else None
    return FreeFrameSeen(
        move=move.id,
        framed=move.frame is not None,
        seat=frame.seat,
        severity=frame.severity,
        cameo=frame.cameo,
        goldstein=engine.cameo_weights(scenario).get(frame.cameo, 0.0),
        effects=frame.effects,
        costs=frame.costs,
        trust=frame.trust,
        resolve=frame.resolve,
        net=frame.net,
        asked=move.asked,
        pooled=None if chance is None else round(chance, 6),
        chance=None if after is None else round(after, 6),
        chance_word="" if after is None else engine.odds_word(scenario, after),
    )


def admitted(recorded: Recorded, fact: FreeMoveAdmitted, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield that it will be tried."""
    return _told(after.free_moves[fact.move], "admitted")


def ended(recorded: Recorded, fact: FreeMoveEnded, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield that it will not be tried, and the budget it gives back."""
    move = before.free_moves[fact.move]
    yield from _told(move, fact.how, fact.reason)
    yield from sheet_rows(after, move.seat)


def settled(before: State, resolution: Resolution) -> Rows:
    """Yield how the free moves of a turn ended to those who were in on them."""
    for result in resolution.free:
        move = before.free_moves.get(result.id)
        if move is not None:
            yield from _told(move, result.status)


# --- arguments and appeals --------------------------------------------------------------------
def granted(recorded: Recorded, fact: ArgumentGranted, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield net arguments to Control; a seat reads them on the card of its outcome."""
    seen = GrantSeen(order=fact.order, turn=fact.turn, net=fact.net, reason=fact.reason)
    return show(control_only(), "grant", fact.order, seen)


def _appeal_seen(appeal: Appeal, answer: AppealAnswered | None = None) -> AppealSeen:
    return AppealSeen(
        id=appeal.id,
        seat=appeal.seat,
        turn=appeal.turn,
        order=appeal.order,
        label=appeal.label,
        text=appeal.text,
        status="open" if answer is None else answer.verdict,
        answer="" if answer is None else answer.text,
        variable="" if answer is None else answer.variable,
        delta=0.0 if answer is None else answer.delta,
        applies=0 if answer is None else answer.applies,
    )


def lodged(recorded: Recorded, fact: AppealLodged, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield an appeal to its seat and Control."""
    return show(seats_and_control([fact.seat]), "appeal", fact.appeal, _appeal_seen(after.appeals[fact.appeal]))


def answered(recorded: Recorded, fact: AppealAnswered, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the answer to both. Which variable is corrected is told to the seat only where it reads it exactly."""
    appeal = before.appeals[fact.appeal]
    seen = _appeal_seen(appeal, fact)
    yield Disclosure(CONTROL, "appeal", fact.appeal, seen)
    view = seat_view(appeal.seat)
    if fact.variable and not engine.reads_exactly(scenario, fact.variable, view):
        seen = replace(_appeal_seen(appeal, fact), variable="", delta=0.0)
    yield Disclosure(view, "appeal", fact.appeal, seen)
