"""Lay the orders of a turn before the second umpire, and tell Control the ratings once the outcome is released.

The umpire's view holds what was ordered, argued and known when the orders were sealed: no gate, die, effect, proposal
or ruling ever enters it. Control's view holds no rating before the release. Nobody else learns that there is one.
"""

from collections.abc import Iterator

from adjudication.results import FreeResult, OrderResult, Resolution
from adjudication.scenario.schema import Scenario
from wargame.game import engine
from wargame.game.concordance import concordance
from wargame.game.entities import (
    ConcordanceSeen,
    DocketSeen,
    ExhibitSeen,
    GaugeSeen,
    RatingSeen,
    UmpireSeen,
)
from wargame.game.events import OutcomeRated, Recorded, UmpireAppointed
from wargame.game.ids import CONTROL, UMPIRE
from wargame.game.proposal import orders_settled, verdict_of
from wargame.game.state import FreeMove, State
from wargame.game.visibility.base import Disclosure, Rows, control_only, show

BOOKS = "tally"


def appointed(recorded: Recorded, fact: UmpireAppointed, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield who is the second umpire, and to a new one the orders that wait."""
    person = after.people.get(fact.person)
    seen = UmpireSeen(person=fact.person, display=person.display if person else "")
    yield from show((CONTROL, UMPIRE), "umpire", "second", seen)
    if fact.person and after.proposal is not None:
        yield from docket_rows(after, scenario, after.proposal)


def rated(recorded: Recorded, fact: OutcomeRated, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield the rating to who made it, and to nobody else."""
    assert after.proposal is not None, "only a pending proposal is rated"
    yield from show((UMPIRE,), "rating", f"{fact.turn}:{fact.order}", _rating(after, scenario, fact.order, ""))


def docket_rows(state: State, scenario: Scenario, proposed: Resolution, *, status: str = "open") -> Rows:
    """Yield what there is to rate, if there is somebody to rate it. `state` still holds the sealed sheets."""
    if not state.umpire:
        return
    seen = DocketSeen(
        turn=proposed.turn,
        turn_label=state.turn_name,
        game_date=state.game_date,
        status=status,  # type: ignore[arg-type]
        situation=tuple(_situation(state, scenario)),
        exhibits=(
            *(_exhibit(state, scenario, result) for result in proposed.orders),
            *(_free(state, result) for result in proposed.free),
        ),
    )
    yield Disclosure(UMPIRE, "docket", f"turn@{proposed.turn}", seen)


def released(before: State, after: State, scenario: Scenario, done: Resolution) -> Rows:
    """Yield to both umpires what the other said, now that the outcome is out, and how far they agree so far."""
    if not before.umpire and not before.rated:
        return
    yield from docket_rows(before, scenario, done, status="closed")
    settled = orders_settled(done)
    for order in sorted(before.rated):
        if order in settled:
            seen = _rating(before, scenario, order, verdict_of(settled[order]))
            yield from show((CONTROL, UMPIRE), "rating", f"{done.turn}:{order}", seen)
    found = concordance(after.concordance)
    told = ConcordanceSeen(
        pairs=found.pairs, alike=found.alike, share=found.share, kappa=found.kappa, weighted=found.weighted,
        table=after.concordance,
    )  # fmt: skip
    yield from show(control_only(), "concordance", "all", told)


def _situation(state: State, scenario: Scenario) -> Iterator[GaugeSeen]:
    values = engine.true_values(scenario, state.world)
    for variable in sorted(scenario.variables, key=lambda v: (v.group, v.order)):
        if variable.headline and variable.group != BOOKS:
            yield GaugeSeen(variable=variable.id, label=variable.label, value=values[variable.id])


def _rating(state: State, scenario: Scenario, order: str, verdict: str) -> RatingSeen:
    assert state.proposal is not None, "ratings are told while, or as, the proposal is settled"
    results: tuple[OrderResult | FreeResult, ...] = (*state.proposal.orders, *state.proposal.free)
    result = next(one for one in results if one.id == order)
    label = result.title if isinstance(result, FreeResult) else scenario.move[result.move].text.order
    rating = state.rated[order]
    return RatingSeen(
        order=order, turn=state.turn, seat=result.seat, label=label, outcome=rating.outcome, note=rating.note,
        released=verdict,  # type: ignore[arg-type]
    )  # fmt: skip


def _exhibit(state: State, scenario: Scenario, result: OrderResult) -> ExhibitSeen:
    move = scenario.move[result.move]
    sheet = state.sheets.get(result.seat)
    own = sheet.orders.get(result.id) if sheet is not None else None
    asked = [one for one in state.consents.values() if one.order == result.id and one.answer]
    return ExhibitSeen(
        order=result.id,
        seat=result.seat,
        move=result.move,
        label=move.text.order,
        about=move.text.help,
        params=result.params,
        public=result.public,
        argument=own.argument if own is not None else "",
        rationale=own.rationale if own is not None else "",
        arguments=tuple(f"{state.seats[one.to].label}: consent {one.answer}. {one.reply}".strip() for one in asked),
        precedent=move.precedent,
        sources=move.sources,
    )


def _free(state: State, result: FreeResult) -> ExhibitSeen:
    move = state.free_moves.get(result.id)
    return ExhibitSeen(
        order=result.id,
        seat=result.seat,
        move="",
        label=result.title,
        about=f"{move.action} To bring about: {move.effect}" if move is not None else "",
        params={},
        public=result.public,
        argument="",
        rationale="",
        arguments=tuple(_lines(state, move)) if move is not None else (),
        precedent="",
        sources=(),
    )


def _lines(state: State, move: FreeMove) -> Iterator[str]:
    for one in move.arguments:
        yield f"{state.seats[one.seat].label}, {one.side}: {one.text}"
