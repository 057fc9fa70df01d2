"""Decide what becomes of sheets that are not in when the last phase of orders is over.

Owns the clocks of seats that stay at their sheets and what the phase says of a missed deadline. Nothing in here asks
the engine or moves the game on: `flow` does.
"""

from wargame.game import engine
from wargame.game.decide import standing, timing
from wargame.game.decide.base import Draft
from wargame.game.decide.orders import withdraw_all
from wargame.game.events import BotStoodIn, ClockKept, DeadlineMissed, GamePaused
from wargame.game.state import State
from wargame.game.timers import late

STAND_IN_MS = 30_000
"""What a bot has to complete a sheet; then it is taken as it lies."""


def locks_next(state: State) -> bool:
    """Tell whether orders are locked when the running phase ends."""
    here = next(place for place, phase in enumerate(state.phases) if phase.id == state.phase)
    return here + 1 < len(state.phases) and state.phases[here + 1].adjudicate


def missing(state: State) -> tuple[str, ...]:
    """Return the seats people play whose sheets are not in."""
    return tuple(seat.id for seat in state.played if seat.policy is None and not state.sheets[seat.id].submitted)


def own_clocks(draft: Draft) -> tuple[tuple[ClockKept, ...], dict[str, str]]:
    """Return the clocks that begin as the sheets are locked, and the bots that complete sheets meanwhile, by seat.

    A seat that has time of its own and is not ready uses it first; what the phase says of missed deadlines comes after.
    """
    clocks, bots = [], {}
    for seat in missing(draft.state):
        extra = _own_ms(draft.state, seat)
        if not extra and _rule(draft.state) == "bot":
            bots[seat] = stand_in(draft, seat)
            extra = STAND_IN_MS
        if extra:
            clocks.append(timing.begun(draft, late(seat), extra))
    return tuple(clocks), bots


def _own_ms(state: State, seat: str) -> int:
    """Return what a seat has beyond the clock and will use; one that is ready needs none."""
    return 0 if state.seats[seat].ready else state.extra_of(seat)


def stand_in(draft: Draft, seat: str) -> str:
    """Return the bot that completes a seat's sheet: the case's choice for it."""
    declared = draft.ctx.scenario.bots.get(seat)
    return declared.policy if declared is not None else engine.policies(draft.ctx.scenario, seat)[0]


def _rule(state: State) -> str:
    """Return what the phase whose end locks the orders says of missed deadlines."""
    locks = next(place for place, phase in enumerate(state.phases) if phase.adjudicate)
    return next((phase.missed for phase in reversed(state.phases[:locks]) if phase.orders), "draft")


def wait_for_control(draft: Draft) -> bool:
    """Stop the game once, if the phase says so, because its time is over and sheets are not in."""
    state = draft.state
    late_now = missing(state)
    out_of_time = [seat for seat in late_now if not _own_ms(state, seat)]
    if not (out_of_time and locks_next(state) and _rule(state) == "pause") or state.waited:
        return False
    draft.emit(DeadlineMissed(turn=state.turn, phase=state.phase, seats=late_now))
    kept = tuple(timing.stopped(draft, timer) for timer in state.timers.values())
    draft.emit(GamePaused(reason="Time for orders is up. Control decides how to go on.", timers=kept))
    return True


def apply_rule(draft: Draft, seats: tuple[str, ...]) -> None:
    """Do with sheets whose time is over what the phase says; a draft simply stays as it lies."""
    rule = _rule(draft.state)
    for seat in seats:
        if rule == "nothing":
            withdraw_all(draft, seat)
        elif rule == "standing" and not draft.state.sheets[seat].orders:
            standing.lay_out(draft, draft.state.seats[seat])


def let_bot_finish(draft: Draft, seat: str) -> bool:
    """Put a bot to the sheet of a seat whose own time is over, where the phase says so; once."""
    if _rule(draft.state) != "bot" or seat in draft.state.stand_ins:
        return False
    clock = timing.begun(draft, late(seat), STAND_IN_MS)
    draft.emit(BotStoodIn(turn=draft.state.turn, seat=seat, policy=stand_in(draft, seat), timer=clock))
    return True
