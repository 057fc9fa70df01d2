"""Who sees an order, and a side's secrets: behind a veil insiders alone see its orders, and they signal nothing.

Narrows who sees an order and marks where nobody outside hears it; changes no variable. A veil is judged twice: before
any order, so that no row of a gate tells outsiders, and with the orders in play, so that the order that lifts it is
heard.
"""

from adjudication.scenario.schema import Scenario
from adjudication.scenario.state import Veil
from adjudication.settlement import Act, Bools, Settlement

Down = dict[str, Bools]
"""Veil -> where it is down, (B,)."""


def who_sees(scenario: Scenario, act: Act) -> tuple[str, ...]:
    """Return who sees an order: everybody, or its seat, its executor and (for a signal) the other principal."""
    if act.move.visibility == "public" and (act.order.public or not act.move.may_hide):
        return ("*",)
    seats = {act.order.seat, act.move.executor or act.order.seat, *(act.free.known_to if act.free is not None else ())}
    if act.move.visibility != "covert":
        seats |= {*act.move.consent, *act.move.needs}
        principals = scenario.principals
        if act.move.signal is not None and (
            act.move.signal.trust or act.move.signal.resolve or act.move.leader_channel
        ):
            seats |= {seat for side, seat in principals.items() if side != act.side}
    seats |= {s.id for s in scenario.seats if s.id in act.move.seen_by or s.side in act.move.seen_by}
    return tuple(sorted(seats & set(scenario.seat)))


def veils_down(s: Settlement) -> Down:
    """Return where each veil of the case is down as things stand now."""
    return {veil.id: ~s.test(veil.until) for veil in s.scenario.veils}


def narrow(s: Settlement, down: Down) -> None:
    """Let nobody but insiders see what is ordered behind a veil."""
    for act, veil in _behind(s):
        where = down[veil.id]
        act.unheard = act.unheard | where
        if s.record and bool(where[0]):
            act.seen_without_veil = act.seen_without_veil or act.visible_to
            act.visible_to = _insiders(s, act, veil)


def lift(s: Settlement, down: Down) -> None:
    """Give back to everybody what is ordered where the orders of the turn lifted the veil."""
    for act, veil in _behind(s):
        lifted = down[veil.id] & s.test(veil.until)
        act.unheard = act.unheard & ~lifted
        if s.record and bool(lifted[0]) and not bool(act.unheard[0]):
            act.visible_to = act.seen_without_veil or act.visible_to


def _behind(s: Settlement) -> list[tuple[Act, Veil]]:
    return [(act, veil) for veil in s.scenario.veils for act in s.acts if act.side in veil.sides]


def _insiders(s: Settlement, act: Act, veil: Veil) -> tuple[str, ...]:
    """Return the insiders among those who would see the order, and whoever gives and carries it out."""
    known = set(act.seen_without_veil)
    everybody = known == {"*"}
    inside = {
        seat.id
        for seat in s.scenario.seats
        if (seat.id in veil.insiders or seat.side in veil.insiders) and (everybody or seat.id in known)
    }
    return tuple(sorted(inside | {act.order.seat, act.move.executor or act.order.seat} & set(s.scenario.seat)))
