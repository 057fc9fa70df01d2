"""Decide about what was signed. Only who signs for a side may treat its word; what is hidden answers like what is not.

What a choice or a declaration leads to is the engine's when the turn is settled.
"""

from adjudication.agreed import IN_FORCE, Agreement, Owed
from wargame.game import commands as c
from wargame.game import engine, obligations
from wargame.game.decide.base import Draft, own_seat
from wargame.game.events import AgreementReaffirmed, AgreementSuspended, AgreementWithdrawn, ObligationChosen
from wargame.game.ids import seat_view
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Seat


def _text(draft: Draft, seat: Seat, name: str) -> Agreement | None:
    """Return a text in force or gone by that the seat knows anything of."""
    for one in engine.agreements(draft.state.world):
        known = obligations.known_clauses(draft.ctx.scenario, draft.state.world, one, seat_view(seat.id))
        if one.id == name and known:
            return one
    return None


def _row(draft: Draft, seat: Seat, text: Agreement, clause: str) -> Owed | None:
    rows = obligations.known_rows(draft.ctx.scenario, draft.state.world, text, seat_view(seat.id))
    return next((row for row in rows if row.clause == clause), None)


def obligation_choose(draft: Draft, command: c.ObligationChoose) -> Rejected | None:
    """Choose what becomes of a clause that is due."""
    seat = own_seat(draft)
    name, _, clause = command.obligation.rpartition(":")
    text = _text(draft, seat, name)
    row = _row(draft, seat, text, clause) if text is not None else None
    if text is None or row is None:
        return reject("obligation.unknown")
    if draft.ctx.scenario.principals.get(row.side) != seat.id:
        return reject("obligation.not_yours")
    if draft.state.locked:
        return reject("obligation.locked")
    if row.state == "suspended":
        return reject("obligation.suspended")
    turn = obligations.upcoming(draft.state)
    if obligations.over(row, turn):
        return reject("obligation.over")
    if row.due is None or row.due > turn:
        when = "no date" if row.due is None else draft.ctx.scenario.turn_name(row.due)
        return reject("obligation.not_due", when=when)
    made = draft.state.choices.get(command.obligation)
    if (made.choice if made is not None else "keep") == command.choice:
        return reject("obligation.unchanged")
    draft.emit(ObligationChosen(agreement=text.id, clause=clause, seat=seat.id, choice=command.choice))
    return None


def _authority(draft: Draft, seat: Seat, name: str) -> Agreement | Rejected:
    """Return the text if the seat may treat its side's word in it now."""
    text = _text(draft, seat, name)
    if text is None:
        return reject("agreement.unknown")
    if not seat.signs or seat.id not in text.parties:
        return reject("agreement.no_authority")
    if draft.state.locked:
        return reject("agreement.locked")
    return text if text.status in IN_FORCE else reject("agreement.over")


def _own(draft: Draft, seat: Seat, text: Agreement, clause: str) -> tuple[Owed, ...]:
    rows = obligations.known_rows(draft.ctx.scenario, draft.state.world, text, seat_view(seat.id))
    return tuple(row for row in rows if row.side == seat.side and clause in ("", row.clause))


def agreement_suspend(draft: Draft, command: c.AgreementSuspend) -> Rejected | None:
    """Declare that one's side stops carrying out what it owes."""
    seat = own_seat(draft)
    text = _authority(draft, seat, command.agreement)
    if isinstance(text, Rejected):
        return text
    own = _own(draft, seat, text, command.clause)
    if not own:
        return reject("agreement.no_such_clause")
    said = [one for one in draft.state.declared if (one.agreement, one.seat) == (text.id, seat.id)]
    if any(one.kind == "suspend" and one.clause in ("", command.clause) for one in said):
        return reject("agreement.unchanged")
    turn = obligations.upcoming(draft.state)
    running = [row for row in own if row.state != "suspended" and not obligations.over(row, turn)]
    if not running:
        return reject("agreement.nothing_to_suspend")
    draft.emit(AgreementSuspended(agreement=text.id, clause=command.clause, seat=seat.id, reason=command.reason))
    return None


def agreement_withdraw(draft: Draft, command: c.AgreementWithdraw) -> Rejected | None:
    """Give notice."""
    seat = own_seat(draft)
    text = _authority(draft, seat, command.agreement)
    if isinstance(text, Rejected):
        return text
    least = draft.ctx.scenario.negotiation.table.notice
    if command.notice < least:
        return reject("agreement.notice_too_short", least=least)
    if obligations.leaving(draft.state, text.id, seat):
        return reject("agreement.unchanged")
    draft.emit(AgreementWithdrawn(agreement=text.id, seat=seat.id, notice=command.notice, reason=command.reason))
    return None


def agreement_reaffirm(draft: Draft, command: c.AgreementReaffirm) -> Rejected | None:
    """Take back what was declared this turn, or take up again what was suspended."""
    seat = own_seat(draft)
    text = _authority(draft, seat, command.agreement)
    if isinstance(text, Rejected):
        return text
    said = [one for one in draft.state.declared if (one.agreement, one.seat) == (text.id, seat.id)]
    if any(one.kind == "reaffirm" and one.clause in ("", command.clause) for one in said):
        return reject("agreement.unchanged")
    back = any(command.clause in ("", one.clause) for one in said)
    halted = any(row.state == "suspended" for row in _own(draft, seat, text, command.clause))
    leaving = not command.clause and obligations.leaving(draft.state, text.id, seat)
    if not (back or halted or leaving):
        return reject("agreement.nothing_to_reaffirm")
    draft.emit(AgreementReaffirmed(agreement=text.id, clause=command.clause, seat=seat.id))
    return None
