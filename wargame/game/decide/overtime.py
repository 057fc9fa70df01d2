"""Decide about time beyond the clock: for seats this turn, for people in every turn. Nobody else is told.

When the clock of the last phase of orders is over, the game goes on for everybody; seats with time of their own stay
at their sheets, and the engine is asked when the last of them is done. What they may still do touches nothing others
can see: they write their own orders and submit them.
"""

from typing import Literal

from wargame.game import commands as c
from wargame.game.decide import deadline, flow, timing
from wargame.game.decide.base import Draft, check_seats
from wargame.game.events import OvertimeEnded, PersonExtended, SeatExtended
from wargame.game.rejections import Rejected, reject
from wargame.game.timers import late


def seat_extend(draft: Draft, command: c.SeatExtend) -> Rejected | None:
    """Give seats more time for the orders of this turn, or less of what they have; never less than nothing."""
    state = draft.state
    refused = check_seats(state, command.seats)
    if refused:
        return refused
    seats = tuple(dict.fromkeys(command.seats))
    done = tuple(seat for seat in seats if state.locked and seat not in state.overtime)
    if done:
        return reject("clock.orders_locked", seats=done)
    extra = {seat: max(-state.extra_of(seat), command.by_ms) + state.extra.get(seat, 0) for seat in seats}
    if extra == {seat: state.extra.get(seat, 0) for seat in seats}:
        return reject("clock.unchanged")
    clocks = tuple(
        timing.moved(draft, state.timers[late(seat)], command.by_ms) for seat in seats if seat in state.overtime
    )
    draft.emit(SeatExtended(by_ms=command.by_ms, extra=extra, timers=clocks))
    return None


def person_extend(draft: Draft, command: c.PersonExtend) -> Rejected | None:
    """Set what a person has beyond the clock in every turn; a clock that is running already stays as it is."""
    person = draft.state.people.get(command.person)
    if person is None or person.removed:
        return reject("person.unknown")
    if person.role != "player":
        return reject("person.not_player")
    if person.extra_ms == command.extra_ms:
        return reject("clock.unchanged")
    draft.emit(PersonExtended(person=person.id, extra_ms=command.extra_ms))
    return None


def submitted(draft: Draft, seat: str) -> None:
    """Go on when a seat in time of its own has sealed its sheet."""
    if seat in draft.state.overtime:
        _end(draft, seat, how="submitted")


def ran_out(draft: Draft, key: str) -> None:
    """Take a seat's sheet as it lies: its own time is over."""
    seat = key.partition(":")[2]
    if seat in draft.state.overtime and not deadline.let_bot_finish(draft, seat):
        _end(draft, seat, how="ran_out")


def end_all(draft: Draft) -> None:
    """Take every sheet that is still open as it lies: Control does not wait."""
    for seat in draft.state.overtime:
        _end(draft, seat, how="ended")


def _end(draft: Draft, seat: str, *, how: Literal["submitted", "ran_out", "ended"]) -> None:
    if how != "submitted":
        deadline.apply_rule(draft, (seat,))
    sheet, timer = draft.state.sheets[seat], draft.state.timers[late(seat)]
    late_now = bool(sheet.orders) and not sheet.submitted
    draft.emit(OvertimeEnded(turn=draft.state.turn, seat=seat, how=how, late=late_now, timer=timing.over(timer)))
    if not draft.state.overtime:
        flow.settle_turn(draft)
