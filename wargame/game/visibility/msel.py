"""Show Control the master list, and injects to those they were sent to. Nobody else learns that a list exists."""

from collections.abc import Iterable

from adjudication.scenario.happenings import Action, Inject
from adjudication.scenario.schema import Scenario
from wargame.game import case, engine, msel
from wargame.game import events as e
from wargame.game.entities import AttachmentSeen, InjectSeen, MselSeen, SeatActionSeen, WhenSeen
from wargame.game.events import InjectSent, InjectUndone, Recorded
from wargame.game.ids import CONTROL, View, seat_view
from wargame.game.state import Entry, State
from wargame.game.visibility.base import Disclosure, Rows, control_only, gone, onlookers, seats_and_control, show

Listed = (
    e.InjectSent | e.InjectSkipped | e.InjectWritten | e.InjectApproved | e.InjectHeld | e.InjectRestored
    | e.InjectPassed | e.InjectUndone | e.InjectMarked
)  # fmt: skip


def _action(action: Action | None) -> SeatActionSeen | None:
    if action is None:
        return None
    return SeatActionSeen(kind=action.kind, by=action.by, to=action.to, move=action.move, room=action.room)


def when_seen(inject: Inject) -> WhenSeen:
    """Return what sets an entry off, in the shape in which it is written."""
    waits, planned = msel.wait_ms(inject), msel.by_clock(inject)
    return WhenSeen(
        turn=inject.turn,
        phase=inject.phase,
        offset_ms=waits if planned else 0,
        on=_action(inject.on),
        silence=inject.silence,
        after=inject.after,
        delay_ms=0 if planned else waits,
        condition=engine.text_of(inject.trigger),
        hand=inject.by_hand,
    )


_DONE: dict[str, str] = {
    "order": "order", "submit": "submit orders", "free_move": "propose a free move", "message": "speak",
    "letter": "write a letter", "paper": "release a paper", "ask": "ask for information", "room": "open a room",
    "conference": "call a conference", "table": "table a text", "counter": "counter a text", "accept": "accept a text",
    "sign": "sign a text", "walk_away": "walk away", "brief": "brief an estimate", "appeal": "appeal",
    "open": "open an inject",
}  # fmt: skip
"""What a seat does, as a verb after its name."""


def _does(state: State, scenario: Scenario, action: Action) -> str:
    """Say what a seat does that an entry waits for."""
    by = ", ".join(state.seats[seat].label for seat in action.by if seat in state.seats) or "anybody"
    move = scenario.move.get(action.move)
    what = f": {move.text.order}" if move is not None else f" {action.move}" if action.move else ""
    to = ", ".join(state.seats[seat].label for seat in action.to if seat in state.seats)
    where = f" in {action.room}" if action.room else ""
    return f"{by}: {_DONE[action.kind]}{what}{f' to {to}' if to else ''}{where}"


def trigger_words(state: State, scenario: Scenario, inject: Inject) -> str:
    """Say what sets an entry off besides its turn, for Control's list."""
    waits = f", after {inject.minutes:g} min" if inject.minutes else ""
    parts = []
    if inject.by_hand:
        parts.append("by hand")
    if inject.phase or (msel.by_clock(inject) and waits):
        label = next((phase.label for phase in state.phases if phase.id == inject.phase), inject.phase or "turn")
        parts.append(f"{label}{waits}")
    if inject.on is not None:
        parts.append(f"{_does(state, scenario, inject.on)}{waits}")
    if inject.silence:
        parts.append(f"{inject.silence} not answered" + (waits or ", by the end of the turn"))
    if inject.after:
        parts.append(f"{inject.after} sent{waits}")
    if inject.trigger is not None:
        parts.append(engine.condition_words(scenario, inject.trigger))
    if inject.chance < 1:
        parts.append(f"chance {inject.chance:g}")
    return "; ".join(parts)


def msel_seen(state: State, scenario: Scenario, entry: Entry) -> MselSeen:
    """Return an entry as Control sees it."""
    inject = msel.words_of(scenario, entry)
    timer = state.timers.get(msel.timer_key(entry.id))
    return MselSeen(
        id=entry.id,
        number=inject.number,
        kind=inject.kind,
        state=entry.state,
        version=entry.version,
        title=inject.title,
        text=inject.text,
        source=inject.source,
        to=case.recipients(scenario, inject.to),
        addressed=inject.to,
        channel=inject.channel,
        room=inject.room,
        precedence=inject.precedence,
        variants=inject.variants,
        attachments=tuple(AttachmentSeen(title=one.title, text=one.text) for one in inject.attachments),
        expected=inject.expected,
        expects=engine.text_of(inject.expects),
        seen_on=_action(inject.seen_on),
        expected_seen=entry.expected_seen,
        note=entry.note,
        objective=inject.objective,
        owner=inject.owner,
        author=entry.author,
        approved_by=entry.approved_by,
        trigger=trigger_words(state, scenario, inject),
        when=when_seen(inject),
        turn=inject.turn,
        chance=inject.chance,
        effects=engine.effects_text(inject.effects),
        sent=entry.sent,
        sent_turn=entry.sent_turn,
        due_at_ms=timer.due_at_ms if timer is not None else None,
        left_ms=entry.left_ms if timer is None or entry.left_ms is not None else timer.remaining_ms,
        why=entry.why,
        extra=inject.extra,
    )


def msel_rows(state: State, scenario: Scenario, ids: Iterable[str]) -> Rows:
    """Yield these entries to Control."""
    for entry in ids:
        yield from show(control_only(), "msel", entry, msel_seen(state, scenario, state.msel[entry]))


def entry_moved(recorded: Recorded, fact: Listed, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield an entry that was written or whose state changed."""
    if fact.msel and fact.msel in after.msel:
        yield from msel_rows(after, scenario, (fact.msel,))


def removed(recorded: Recorded, fact: e.InjectRemoved, before: State, after: State, scenario: Scenario) -> Rows:
    """Take a draft that was thrown away off Control's list, or yield what it would have changed."""
    if fact.msel in after.msel:
        return msel_rows(after, scenario, (fact.msel,))
    return gone(control_only(), "msel", fact.msel)


def retimed(recorded: Recorded, fact: e.InjectRetimed, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the entries that were moved."""
    return msel_rows(after, scenario, [move.msel for move in fact.moves])


def timed(recorded: Recorded, fact: e.InjectTimed, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the entries whose clocks were set or stopped."""
    return _ticking(after, scenario, [kept.key for kept in fact.timers])


def clocks_moved(
    recorded: Recorded,
    fact: e.GamePaused | e.GameResumed | e.GameRewound,
    before: State,
    after: State,
    scenario: Scenario,
) -> Rows:
    """Yield the entries whose clocks stopped with the game, or go on with it."""
    running = [key for key, timer in after.timers.items() if (timer.due_at_ms, timer.remaining_ms) != (None, None)]
    return _ticking(after, scenario, running)


def _ticking(state: State, scenario: Scenario, keys: Iterable[str]) -> Rows:
    entries = [key.partition(":")[2] for key in keys if key.startswith("inject:")]
    return msel_rows(state, scenario, [entry for entry in entries if entry in state.msel])


# --- what went out ----------------------------------------------------------------------------
def _readers(state: State, to: tuple[str, ...]) -> tuple[View, ...]:
    """Return who is shown an inject; what every seat gets is public news."""
    return (*seats_and_control(to), *(onlookers() if set(to) == set(state.seats) else ()))


def inject_sent(recorded: Recorded, fact: InjectSent, before: State, after: State) -> Rows:
    """Yield an inject to those it was sent to, to each in the words meant for it."""
    for view in _readers(after, fact.to):
        yield Disclosure(view, "inject", fact.inject, _inject_seen(recorded, fact, after, view))


def _inject_seen(recorded: Recorded, fact: InjectSent, state: State, view: View) -> InjectSeen:
    own = {seat_view(seat): text for seat, text in fact.variants.items()}
    return InjectSeen(
        id=fact.inject,
        source=fact.source,
        to=fact.to,
        title=fact.title,
        text=own.get(view, fact.text),
        precedence=fact.precedence,
        turn=state.turn,
        game_date=recorded.game_date,
        at_ms=recorded.at_ms,
        channel=fact.channel,
        room=fact.room,
        attachments=tuple(AttachmentSeen(title=one.title, text=one.text) for one in fact.attachments),
        variants=fact.variants if view == CONTROL else {},
    )


def inject_undone(recorded: Recorded, fact: InjectUndone, before: State, after: State) -> Rows:
    """Take an inject away from all who had it."""
    return gone(_readers(after, fact.to), "inject", fact.inject)
