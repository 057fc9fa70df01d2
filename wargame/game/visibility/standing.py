"""Show a seat its standing orders, and Control. Nobody else learns that there are any."""

from adjudication.scenario.schema import Scenario
from wargame.game.entities import LeftOutSeen, StandingOrderSeen, StandingSeen
from wargame.game.events import Recorded, StandingFiled, StandingPosted
from wargame.game.state import State
from wargame.game.visibility.base import Rows, seats_and_control, show


def standing_moved(
    recorded: Recorded, fact: StandingPosted | StandingFiled, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield what a seat has posted now, and how it went when it was used."""
    now = after.standing.get(fact.seat)
    orders = () if now is None else now.orders
    seen = StandingSeen(
        seat=fact.seat,
        orders=tuple(
            StandingOrderSeen(
                move=order.move, label=scenario.move[order.move].text.order, params=order.params, public=order.public
            )
            for order in orders
        ),
        note="" if now is None else now.note,
        filed=0 if now is None else now.filed,
        left_out=tuple(
            LeftOutSeen(move=move, label=scenario.move[move].text.order, code=code)
            for move, code in (() if now is None else now.left_out)
        ),
    )
    yield from show(seats_and_control([fact.seat]), "standing", fact.seat, seen)
