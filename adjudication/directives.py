"""From a directive to what was made of it: ordered, told, done, learned (sections 2.2 and 5.4).

A pure function over the resolutions of a game. It judges nothing, and the engine does not need it: while a game runs
the world keeps only the reports nobody has seen through.
"""

from collections.abc import Iterable

import msgspec

from adjudication.orders import ParamValue
from adjudication.results import OrderResult, OrderStatus, Resolution


class Directive(msgspec.Struct, frozen=True, kw_only=True):
    """One order that another seat had to carry out.

    `turn` it was ordered; `status`, `fidelity` (0..1) and `delay` (turns) as the agencies made them; `done_turn` when
    it took effect, None if it never did; `told` what its principal was told in that turn; `learned_turn` and `how`
    when it learned better, None and "" if it was told the truth or never did. `slowed_by`: seats that worked against
    it.
    """

    directive: str
    order: str
    turn: int
    seat: str
    executor: str
    move: str
    params: dict[str, ParamValue] = {}
    public: bool = True
    status: OrderStatus = "done"
    fidelity: float = 1.0
    delay: int = 0
    done_turn: int | None = None
    told: str = ""
    learned_turn: int | None = None
    how: str = ""
    slowed_by: tuple[str, ...] = ()

    @property
    def truthful(self) -> bool:
        """Tell whether what the principal was told in the turn of the order was what was done."""
        return not self.told or (self.told == self.status and self.delay == 0)


def directives_of(resolutions: Iterable[Resolution]) -> tuple[Directive, ...]:
    """Return every directive of a game in the order it was given, with all that became of it."""
    found: dict[str, Directive] = {}
    held: dict[tuple[str, str], str] = {}
    for resolution in resolutions:
        for result in resolution.orders:
            if result.directive:
                found[result.directive] = _given(resolution.turn, result)
                if result.status == "delayed":
                    held[result.id, result.move] = result.directive
            elif result.carried and (result.id, result.move) in held:
                name = held.pop((result.id, result.move))
                found[name] = _carried(found[name], resolution.turn, result)
        for learned in resolution.learned:
            if learned.directive in found:
                found[learned.directive] = msgspec.structs.replace(
                    found[learned.directive], learned_turn=resolution.turn, how=learned.how
                )
    return tuple(found.values())


def _given(turn: int, result: OrderResult) -> Directive:
    done = result.status in ("done", "partial", "converted")
    return Directive(
        directive=result.directive, order=result.id, turn=turn, seat=result.seat, executor=result.executor,
        move=result.move, params=result.params, public=result.public, status=result.status, fidelity=result.fidelity,
        delay=result.delay, done_turn=turn if done else None, told=result.told or result.status,
        learned_turn=turn if result.learned else None, how=result.learned, slowed_by=result.slowed_by,
    )  # fmt: skip


def _carried(directive: Directive, turn: int, result: OrderResult) -> Directive:
    if result.status in ("done", "partial", "converted"):
        return msgspec.structs.replace(directive, status=result.status, fidelity=result.fidelity, done_turn=turn)
    return msgspec.structs.replace(directive, status=result.status, fidelity=0.0)
