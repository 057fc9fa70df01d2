"""Say what a seat may do now about what it signed. Uses only what `decide.agreement` uses."""

from collections.abc import Iterator
from typing import get_args

from adjudication.agreed import IN_FORCE, Agreement
from adjudication.scenario.schema import Scenario
from wargame.game import commands as c
from wargame.game import engine, obligations
from wargame.game.commands.agreement import Choice
from wargame.game.ids import seat_view
from wargame.game.state import Seat, State


def of_seat(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    """Yield one command for each choice about a clause that is due, and for each step about a text."""
    if state.locked or scenario.principals.get(seat.side) != seat.id:
        return
    for text in engine.agreements(state.world):
        if text.status in IN_FORCE and seat.id in text.parties:
            yield from _choices(state, seat, scenario, text)
            yield from _steps(state, seat, scenario, text)


def _choices(state: State, seat: Seat, scenario: Scenario, text: Agreement) -> Iterator[c.Command]:
    turn = obligations.upcoming(state)
    for row in obligations.known_rows(scenario, state.world, text, seat_view(seat.id)):
        if row.side != seat.side or row.due is None or row.due > turn or row.state == "suspended":
            continue
        if obligations.over(row, turn):
            continue
        key = f"{text.id}:{row.clause}"
        made = state.choices.get(key)
        now = made.choice if made is not None else "keep"
        yield from (c.ObligationChoose(obligation=key, choice=word) for word in get_args(Choice) if word != now)


def _steps(state: State, seat: Seat, scenario: Scenario, text: Agreement) -> Iterator[c.Command]:
    said = [one for one in state.declared if (one.agreement, one.seat) == (text.id, seat.id)]
    rows = obligations.known_rows(scenario, state.world, text, seat_view(seat.id))
    own = [row for row in rows if row.side == seat.side]
    running = [
        row for row in own if row.state != "suspended" and not obligations.over(row, obligations.upcoming(state))
    ]
    whole = any(one.kind == "suspend" and one.clause == "" for one in said)
    if running and not whole:
        yield c.AgreementSuspend(agreement=text.id, reason="It was not answered.")
        free = {row.clause for row in running} - {one.clause for one in said if one.kind == "suspend"}
        yield from (
            c.AgreementSuspend(agreement=text.id, clause=clause, reason="It was not answered.")
            for clause in sorted(free)
        )
    if not obligations.leaving(state, text.id, seat):
        notice = scenario.negotiation.table.notice + 1
        yield c.AgreementWithdraw(agreement=text.id, notice=notice, reason="It is of no use to us.")
    halted = any(row.state == "suspended" for row in own)
    again = any(one.kind == "reaffirm" and one.clause == "" for one in said)
    if not again and (said or halted or obligations.leaving(state, text.id, seat)):
        yield c.AgreementReaffirm(agreement=text.id)
