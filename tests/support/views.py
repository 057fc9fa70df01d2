"""What a bot sees, made by hand: views of one seat of the shipped case, and its moves."""

from adjudication.policies.base import Chair
from adjudication.policies.view import BotView, MoveOption, PastOrder
from tests.support.bargaining import HANOI, case_terms
from tests.support.engine import the_case


def a_move(move: str, **fields) -> MoveOption:
    known = the_case().move[move]
    given = {
        "state": "available", "cost": known.cost, "capital": known.capital, "severity": known.severity,
        "goldstein": known.goldstein, "group": known.group,
    }  # fmt: skip
    return MoveOption(id=move, **given | fields)


def a_view(seat="dprk", moves=None, **fields) -> BotView:
    own = [m.id for m in the_case().moves if seat in m.seats] if moves is None else moves
    given = {
        "side": the_case().seat[seat].side, "turn": 5, "turns": 12, "phase": "plan", "orders_open": True,
        "bargaining_open": False, "key": "root", "budget": 4, "used": 0, "capital": None, "submitted": False,
        "ready": False, "readings": dict(HANOI), "before": {}, "priors": {}, "moves": {m: a_move(m) for m in own},
        "sheet": (), "past": (), "banked": dict.fromkeys(the_case().issues, 0), "offers": (), "rooms": (),
        "terms": case_terms(),
    }  # fmt: skip
    return BotView(seat=seat, **given | fields)


def a_chair(seat="dprk", spec=None) -> Chair:
    return Chair(the_case(), seat, spec)


def done(move: str, seat: str, turn: int = 4, status: str = "done") -> PastOrder:
    return PastOrder(turn=turn, seat=seat, move=move, status=status)
