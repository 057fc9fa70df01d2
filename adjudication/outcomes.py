"""What became of an order, as one view is told (sections 2.2 and 9, R-I19).

Its executor and Control are told what was done; its own seat what its agencies reported, until it learns better; others
what could be seen. Builds new values; strips nothing.
"""

import msgspec

from adjudication.results import OrderResult
from adjudication.scenario.schema import Scenario
from adjudication.words import share_word

STATUS_WORDS = {
    "done": "carried out",
    "partial": "carried out in part",
    "blocked": "refused",
    "converted": "carried out in another form",
    "delayed": "held up until the next {turn}",
    "cancelled": "cancelled",
}


class OrderOutcome(msgspec.Struct, frozen=True):
    """What became of one order, as told."""

    order: str
    seat: str
    move: str
    label: str
    status: str
    fidelity_word: str
    text: str
    why: tuple[str, ...]
    unlock: tuple[str, ...]
    rules: tuple[str, ...]
    ruled: bool = False
    reported: bool = False
    """This is what the agencies told their principal; what they did may be less (R-I19)."""


def open_to(visible_to: tuple[str, ...], seat: str) -> bool:
    """Tell whether a seat is among those who see."""
    return "*" in visible_to or (bool(seat) and seat in visible_to)


def showed(order: OrderResult) -> bool:
    """An order others can see happened, or was announced and failed."""
    return order.status in ("done", "partial", "converted") or (order.status == "blocked" and order.public)


def order_outcome(scenario: Scenario, order: OrderResult, *, full: bool, view: str) -> OrderOutcome:
    """Tell of an order: to its own seat what it was told, to its executor and Control what was done."""
    if full and order.told == "done" and view == f"seat:{order.seat}":
        return _reported(scenario, order)
    move = scenario.move[order.move]
    status = order.status if full or order.status != "partial" else "done"
    word = _fidelity_word(order) if full else ""
    text = f"\u201c{move.text.order}\u201d was {_said(scenario, status)}."
    why = [order.reason] if order.reason else [gate.text for gate in order.gates if gate.rule in order.rules]
    if full and (order.told == "done" or (order.told and view == "control")):
        told = "that it was carried out" if order.told == "done" else "nothing"
        why.append(f"{scenario.seat[order.seat].label} was told {told}.")
    rules = order.rules if full else ()
    return OrderOutcome(
        order=order.id,
        seat=order.seat,
        move=order.move,
        label=move.text.order,
        status=status,
        fidelity_word=word,
        text=text,
        why=tuple(dict.fromkeys(line for line in why if line)) if full else (),
        unlock=order.unlock if full else (),
        rules=rules,
        ruled=order.ruled,
    )


def _reported(scenario: Scenario, order: OrderResult) -> OrderOutcome:
    """Tell a principal what its agencies reported. Built from the order alone, whatever they made of it."""
    label = scenario.move[order.move].text.order
    text = f"\u201c{label}\u201d was reported as carried out."
    return OrderOutcome(order.id, order.seat, order.move, label, "done", "", text, (), (), (), reported=True)


def _said(scenario: Scenario, status: str) -> str:
    return STATUS_WORDS[status].replace("{turn}", scenario.meta.turn_label)


def _fidelity_word(order: OrderResult) -> str:
    return share_word(order.fidelity) if order.status in ("done", "partial") else ""


def known_done(order: OrderResult, seat: str) -> bool:
    """Tell whether a seat takes an order as carried out: its own as it was told, another's as it was seen."""
    if order.seat == seat and order.told:
        return order.told == "done"
    return order.status in ("done", "partial") and (order.seat == seat or open_to(order.visible_to, seat))
