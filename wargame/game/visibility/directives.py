"""Show what became of an order one seat gave and another carries out.

Its executor and Control see what was done. Its own seat sees what it was told, and what was done once it has learned
better. Nobody else gets any of it; names are made of turn, seats and move, never of what a client called the order.
"""

from adjudication.results import Learned, OrderResult, Resolution
from adjudication.scenario.schema import Scenario
from adjudication.words import share_word
from wargame.game.entities import DirectiveSeen
from wargame.game.ids import seat_view
from wargame.game.visibility.base import Disclosure, Rows, seats_and_control, show


def directive_rows(scenario: Scenario, resolution: Resolution) -> Rows:
    """Yield the directives of a turn, and those of earlier turns whose seat has learned better."""
    for result in resolution.orders:
        if result.directive:
            yield from _given(scenario, resolution.turn, result)
    fresh = {result.directive for result in resolution.orders if result.directive}
    for learned in resolution.learned:
        if learned.directive not in fresh:
            yield from _learned(scenario, resolution.turn, learned)


def _given(scenario: Scenario, turn: int, result: OrderResult) -> Rows:
    told = result.told or result.status
    learned_turn = turn if result.learned else None
    done = DirectiveSeen(
        directive=result.directive, turn=turn, seat=result.seat, executor=result.executor, move=result.move,
        label=scenario.move[result.move].text.order, told=told, status=result.status,
        fidelity_word=share_word(result.fidelity) if result.status in ("done", "partial") else "", late=result.delay,
        slowed_by=result.slowed_by, learned_turn=learned_turn, how=result.learned,
    )  # fmt: skip
    yield from show(seats_and_control([result.executor]), "directive", result.directive, done)
    knows = not result.told
    reported = DirectiveSeen(
        directive=result.directive, turn=turn, seat=result.seat, executor=result.executor, move=result.move,
        label=done.label, told="done" if result.learned else told, status=result.status if knows else "",
        fidelity_word=done.fidelity_word if knows else "", late=result.delay if knows else 0,
        learned_turn=learned_turn, how=result.learned,
    )  # fmt: skip
    yield Disclosure(seat_view(result.seat), "directive", result.directive, reported)


def _learned(scenario: Scenario, turn: int, learned: Learned) -> Rows:
    """Yield an old directive whose own seat has learned better: to it, and to Control. Its executor is not told."""
    seen = DirectiveSeen(
        directive=learned.directive, turn=learned.turn, seat=learned.seat, executor=learned.executor,
        move=learned.move, label=scenario.move[learned.move].text.order, told="done",
        status="delayed" if learned.late else "partial", fidelity_word=share_word(learned.fidelity), late=learned.late,
        learned_turn=turn, how=learned.how,
    )  # fmt: skip
    yield from show(seats_and_control([learned.seat]), "directive", learned.directive, seen)
