"""Fold facts about sheets of orders and about what seats read and share."""

from msgspec.structs import replace

from wargame.game.events import (
    ConsentAnswered,
    ConsentAsked,
    ConsentWithdrawn,
    EstimateBriefed,
    EstimatesMade,
    OrderDrafted,
    OrdersLocked,
    OrdersReopened,
    OrdersSubmitted,
    OrderWithdrawn,
    Recorded,
)
from wargame.game.evolve.base import drop, put, with_sheet
from wargame.game.state import Consent, SheetOrder, State


def estimates_made(state: State, fact: EstimatesMade, recorded: Recorded) -> State:
    """Keep the newest readings, and those before them for the account of the turn."""
    return replace(
        state,
        readings=fact.readings,
        readings_before=state.readings,
        readings_turn=fact.turn,
        briefed={},
        errors=fact.errors,
    )


def estimate_briefed(state: State, fact: EstimateBriefed, recorded: Recorded) -> State:
    """Keep what a seat was told, the newest word on each variable."""
    briefed = dict(state.briefed)
    for seat in fact.to:
        others = tuple(r for r in briefed.get(seat, ()) if r.variable != fact.reading.variable)
        briefed[seat] = (*others, fact.reading)
    return replace(state, briefed=briefed)


def order_drafted(state: State, fact: OrderDrafted, recorded: Recorded) -> State:
    """Put an order on the sheet, or its new form in the place of the old."""
    order = SheetOrder(
        id=fact.order,
        move=fact.move,
        params=fact.params,
        public=fact.public,
        cost=fact.cost,
        capital=fact.capital,
        rationale=fact.rationale,
        expects=fact.expects,
        argument=fact.argument,
    )
    sheet = state.sheets[fact.seat]
    return with_sheet(state, fact.seat, replace(sheet, orders=put(sheet.orders, fact.order, order)))


def order_withdrawn(state: State, fact: OrderWithdrawn, recorded: Recorded) -> State:
    """Take an order off the sheet."""
    sheet = state.sheets[fact.seat]
    return with_sheet(state, fact.seat, replace(sheet, orders=drop(sheet.orders, fact.order)))


def orders_submitted(state: State, fact: OrdersSubmitted, recorded: Recorded) -> State:
    """Seal a sheet."""
    return with_sheet(state, fact.seat, replace(state.sheets[fact.seat], submitted=True))


def orders_reopened(state: State, fact: OrdersReopened, recorded: Recorded) -> State:
    """Unseal a sheet."""
    return with_sheet(state, fact.seat, replace(state.sheets[fact.seat], submitted=False))


def orders_locked(state: State, fact: OrdersLocked, recorded: Recorded) -> State:
    """Lock the sheets of the turn as they lie, and with them which injects act on it."""
    sheets = {
        seat: sheet if seat in fact.open else replace(sheet, submitted=True) for seat, sheet in state.sheets.items()
    }
    now = (*state.effects_now, *state.effects_due)
    return replace(state, sheets=sheets, locked=True, effects_now=now, effects_due=(), settled={})


def consent_asked(state: State, fact: ConsentAsked, recorded: Recorded) -> State:
    """Keep the question until the turn is over."""
    asked = Consent(
        id=fact.request, order=fact.order, seat=fact.seat, to=fact.to, move=fact.move, params=fact.params,
        note=fact.note,
    )  # fmt: skip
    return replace(state, consents=put(state.consents, fact.request, asked))


def consent_answered(state: State, fact: ConsentAnswered, recorded: Recorded) -> State:
    """Keep the newest answer."""
    asked = state.consents[fact.request]
    answered = replace(asked, answer="given" if fact.given else "refused", reply=fact.note)
    return replace(state, consents=put(state.consents, fact.request, answered))


def consent_withdrawn(state: State, fact: ConsentWithdrawn, recorded: Recorded) -> State:
    """Forget a question that is void."""
    return replace(state, consents=drop(state.consents, fact.request))
