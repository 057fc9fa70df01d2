"""Own the way through a game: which phase follows, what entering one does, and how a game ends.

Phases are data. A phase that adjudicates locks the sheets and asks the engine; in rigid style its proposal is
released at once, otherwise the phase waits for Control.
"""

from wargame.game import case, engine
from wargame.game.decide import deadline, injects
from wargame.game.decide.base import Draft
from wargame.game.decide.conference import close_what_is_over
from wargame.game.decide.letters import deliver_what_is_due
from wargame.game.decide.lines import deliver_held
from wargame.game.decide.settle import lapse_free_moves, lock_orders, make_estimates, propose, release
from wargame.game.decide.taskings import mark_late
from wargame.game.events import (
    GameEnded,
    InjectSent,
    OfferEnded,
    PhaseEntered,
    PhaseSetUp,
    TurnOpened,
)
from wargame.game.state import State
from wargame.game.timers import PHASE


def open_turn(draft: Draft, turn: int) -> None:
    """Begin a turn: fresh sheets, what is due on the calendar and the list of injects, and the first phase."""
    draft.emit(TurnOpened(turn=turn))
    mark_late(draft)
    if draft.state.readings_turn != turn:
        make_estimates(draft, turn=turn, world=draft.state.world)
    close_what_is_over(draft)
    deliver_what_is_due(draft)
    deliver_held(draft)
    _publish_calendar(draft)
    injects.turn_opened(draft)
    enter_phase(draft, draft.state.phases[0])


def _publish_calendar(draft: Draft) -> None:
    """Publish the calendar of the turn."""
    scenario, state = draft.ctx.scenario, draft.state
    everyone = tuple(state.seats)
    for news in engine.calendar_due(scenario, state):
        draft.emit(
            InjectSent(
                inject=draft.ctx.ids(f"calendar:{state.turn}:{news.id}"),
                msel=None,
                source="Wire",
                to=case.recipients(scenario, news.to) if news.to else everyone,
                title=news.title or news.text,
                text=news.text or news.title,
                precedence="routine",
                channel="cable" if news.to else "press",
            )
        )


def enter_phase(draft: Draft, phase: PhaseSetUp) -> None:
    """Start a phase and its clock; a paused game keeps the whole length for later."""
    old = draft.state.timers.get(PHASE)
    paused = draft.state.status == "paused"
    runs = phase.length_ms is not None and not phase.adjudicate
    own, stand_ins = deadline.own_clocks(draft) if phase.adjudicate else ((), {})
    draft.emit(
        PhaseEntered(
            turn=draft.state.turn,
            phase=phase.id,
            generation=old.generation + 1 if old else 1,
            ends_at_ms=draft.ctx.due(draft.ctx.now_ms, phase.length_ms or 0) if runs and not paused else None,
            remaining_ms=phase.length_ms if runs and paused else None,
            own=own,
            stand_ins=stand_ins,
        )
    )
    injects.phase_entered(draft)
    if phase.adjudicate:
        deadline.apply_rule(draft, tuple(s for s in deadline.missing(draft.state) if s not in draft.state.overtime))
        lock_orders(draft)
        if not draft.state.overtime:
            settle_turn(draft)


def settle_turn(draft: Draft) -> None:
    """Ask the engine what the locked orders lead to; in rigid style that is the outcome."""
    propose(draft)
    if draft.state.style == "rigid":
        release_and_go_on(draft)


def release_and_go_on(draft: Draft) -> None:
    """Release the pending outcome and show it: the next phase begins."""
    release(draft)
    leave_phase(draft)


def leave_phase(draft: Draft) -> None:
    """Go to the next phase, to the next turn, or end the game after the last."""
    phases = draft.state.phases
    here = next(i for i, phase in enumerate(phases) if phase.id == draft.state.phase)
    if here + 1 < len(phases):
        enter_phase(draft, phases[here + 1])
    elif draft.state.over:
        end_game(draft, reason=draft.state.over)
    elif draft.state.turn < draft.state.last_turn:
        open_turn(draft, draft.state.turn + 1)
    else:
        end_game(draft, reason="The last turn is over.")


def end_game(draft: Draft, *, reason: str) -> None:
    """End the game: what is still on the table lapses, and the seed is published."""
    for offer in sorted(draft.state.offers):
        draft.emit(OfferEnded(offer=offer, how="lapsed", by="", reason="The game has ended."))
    lapse_free_moves(draft, tuple(sorted(draft.state.free_moves)), reason="The game has ended.")
    draft.emit(GameEnded(reason=reason, seed=draft.state.seed))


def everyone_ready(state: State) -> bool:
    """Tell whether all played seats are ready; an empty table never is."""
    played = tuple(state.played)
    return bool(played) and all(seat.ready for seat in played)


def close_if_all_ready(draft: Draft) -> None:
    """End a phase that may close early once every played seat is ready."""
    phase = draft.state.now_phase
    if draft.state.status == "running" and phase and phase.early_close and everyone_ready(draft.state):
        leave_phase(draft)
