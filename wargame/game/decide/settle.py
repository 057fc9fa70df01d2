"""Own the settling of a turn: lock the sheets, ask the engine, release the outcome and what it does to texts."""

from adjudication.results import Resolution
from negotiation import offers
from wargame.game import case, engine
from wargame.game.decide.base import Draft
from wargame.game.decide.lines import spill
from wargame.game.decide.table import close_tables
from wargame.game.events import (
    EstimatesMade,
    FreeMoveEnded,
    Json,
    OfferEnded,
    OfferUnsigned,
    OrdersLocked,
    TurnProposed,
    TurnReproposed,
    TurnResolved,
)


def make_estimates(draft: Draft, *, turn: int, world: Json) -> None:
    """Make what every seat reads at the start of a turn, once; it is never computed again."""
    made = engine.readings(draft.ctx.scenario, world, turn=turn, seed=draft.state.seed, errors=draft.state.errors)
    draft.emit(EstimatesMade(turn=turn, readings=made.readings, truth=made.truth, errors=made.errors))


def lock_orders(draft: Draft) -> None:
    """Lock the sheets but those of seats in time of their own; an open one is taken as it lies."""
    state = draft.state
    late = tuple(
        seat
        for seat, sheet in state.sheets.items()
        if sheet.orders and not sheet.submitted and seat not in state.overtime
    )
    draft.emit(OrdersLocked(turn=state.turn, late=late, open=state.overtime))


def propose(draft: Draft) -> None:
    """Ask the engine what the locked orders lead to."""
    resolution = engine.resolve(draft.ctx.scenario, draft.state)
    draft.emit(TurnProposed(turn=draft.state.turn, resolution=resolution))


def propose_again(draft: Draft) -> None:
    """Ask the engine again with the rulings as they are now; dice are keyed and stay as they fell."""
    resolution = engine.resolve(draft.ctx.scenario, draft.state)
    draft.emit(TurnReproposed(turn=draft.state.turn, resolution=resolution))


def release(draft: Draft) -> None:
    """Make the proposal the outcome: new readings, the resolution, and what became of the texts."""
    state = draft.state
    assert state.proposal is not None, "only a pending proposal can be released"
    resolution = state.proposal
    undecided = tuple(one.id for _, one in sorted(state.free_moves.items()) if not one.admitted)
    spill(draft)
    lapse_free_moves(draft, undecided, reason="The turn was settled before Control decided.")
    make_estimates(draft, turn=state.turn + 1, world=resolution.world)
    draft.emit(
        TurnResolved(
            turn=state.turn,
            resolution=resolution,
            rulings=tuple(r.id for r in state.rulings),
            ends=engine.ends_game(draft.ctx.scenario, resolution),
        )
    )
    _settle_signed(draft, resolution)
    close_tables(draft, turn=state.turn)
    _clear_superseded(draft)


def lapse_free_moves(draft: Draft, moves: tuple[str, ...], *, reason: str) -> None:
    """Take free moves off the table that were not tried in time."""
    for move in moves:
        draft.emit(FreeMoveEnded(move=move, how="lapsed", reason=reason))


def _settle_signed(draft: Draft, resolution: Resolution) -> None:
    fates = engine.text_fates(resolution)
    for offer in sorted(draft.state.offers.values(), key=lambda o: o.id):
        if offer.status != "signed":
            continue
        fate = fates.get(offer.id)
        if fate is None:
            draft.emit(OfferUnsigned(offer=offer.id))
        else:
            draft.emit(OfferEnded(offer=offer.id, how=fate.how, by="", reason=fate.reason))


def _clear_superseded(draft: Draft) -> None:
    """Let texts lapse that what is in force now has overtaken."""
    terms = case.terms(draft.ctx.scenario)
    for offer in sorted(draft.state.offers.values(), key=lambda o: o.id):
        banked = engine.known_levels(draft.ctx.scenario, draft.state, offer.author)
        stale = any(
            level < banked.get(issue, 0) for issue, level in offer.levels.items() if issue not in terms.never_banked
        )
        adds = offers.raises_anything(offer.levels, banked=banked, never_banked=terms.never_banked)
        if stale or not adds:
            draft.emit(OfferEnded(offer=offer.id, how="lapsed", by="", reason="Overtaken by what is in force now."))
