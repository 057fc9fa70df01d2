"""What the engine is given for a turn: the game's own values as orders, texts, conduct and rulings.

Owns the translation of inputs and nothing else: it calls nothing of the engine and decides nothing.
"""

from typing import Literal

from adjudication.lenses import PRESETS
from adjudication.orders import (
    Conduct,
    Consent,
    FreeEffect,
    FreeMove,
    Order,
    Override,
    OverrideKind,
    SentInject,
    SignedText,
)
from adjudication.scenario.schema import Scenario
from adjudication.sealed import Sealed
from negotiation.agreements import Undertaking
from negotiation.offers import Offer
from wargame.game.events import FreeMoveFramed
from wargame.game.events.rulings import RulingKind
from wargame.game.msel import words_of
from wargame.game.state import Frame, Ruling, State
from wargame.game.state import FreeMove as Proposed


def sealed(scenario: Scenario, state: State) -> Sealed:
    """Return all that went into the locked turn: the engine's inputs besides the world, the seed and the turn."""
    return Sealed(
        orders=tuple(
            Order(id=order.id, seat=seat, move=order.move, params=order.params, public=order.public)
            for seat, sheet in sorted(state.sheets.items())
            for order in sheet.orders.values()
        ),
        texts=tuple(_text(offer) for _, offer in sorted(state.offers.items()) if offer.status == "signed"),
        overrides=tuple(override_of(ruling) for ruling in (*state.corrections, *state.rulings)),
        forced=_forced(scenario, state),
        lenses=PRESETS[state.lens],
        injects=state.effects_now,
        written=tuple(_inject(scenario, state, name) for name in state.effects_now if name in state.msel),
        bots=() if state.forced == "historical" else tuple(state.bots),
        arguments={order: grant.net for order, grant in sorted(state.grants.items())},
        consents=_consents(state),
        conduct=_conduct(state),
        free=tuple(
            free_move(one, one.frame) for _, one in sorted(state.free_moves.items()) if one.admitted and one.frame
        ),
    )


def _inject(scenario: Scenario, state: State, name: str) -> SentInject:
    """Return an inject with effects as it went out: what it does, what it is called, and who read it."""
    entry = state.msel[name]
    words, to = words_of(scenario, entry), state.injects.get(entry.sent, ())
    everybody = set(to) == set(state.seats)
    return SentInject(id=name, title=words.title, effects=words.effects, to=() if everybody else to)


def _text(offer: Offer) -> SignedText:
    venue: Literal["summit", "exchange", "oral"] = offer.venue or "exchange"
    details = {
        clause: Undertaking(
            due=fixed.due, tranches=fixed.tranches, verified_by=fixed.verified_by, after=fixed.after,
            secret=fixed.secret,
        )
        for clause, fixed in sorted(offer.details.items())
    }  # fmt: skip
    return SignedText(
        id=offer.id,
        title=offer.title,
        levels=offer.levels,
        venue=venue,
        parties=offer.parties,
        version=offer.version,
        details=details,
    )


def _conduct(state: State) -> tuple[Conduct, ...]:
    """Return what parties chose and declared about what they signed."""
    chosen = (
        Conduct(agreement=made.agreement, seat=made.seat, kind=made.choice, clause=made.clause)
        for _, made in sorted(state.choices.items())
    )
    declared = (
        Conduct(
            agreement=one.agreement, seat=one.seat, kind=one.kind, clause=one.clause, notice=one.notice,
            reason=one.reason,
        )
        for one in state.declared
    )  # fmt: skip
    return (*chosen, *declared)


def _consents(state: State) -> tuple[Consent, ...]:
    """Return who was asked to consent to an order of the turn, and what they said."""
    said = {"given": True, "refused": False}
    return tuple(
        Consent(order=asked.order, seat=asked.to, given=said.get(asked.answer))
        for _, asked in sorted(state.consents.items())
    )


def free_move(one: Proposed, frame: Frame | FreeMoveFramed) -> FreeMove:
    """Return a free move as its frame makes it; its die is named after the proposal."""
    return FreeMove(
        id=one.id,
        seat=frame.seat,
        title=one.title,
        severity=frame.severity,
        estimates=tuple(sorted(one.estimates.values())),
        net=frame.net,
        cameo=frame.cameo,
        public=one.public,
        effects=tuple(FreeEffect(name, delta) for name, delta in sorted(frame.effects.items())),
        costs=tuple(FreeEffect(name, delta) for name, delta in sorted(frame.costs.items())),
        trust=frame.trust,
        resolve=frame.resolve,
        known_to=tuple(sorted({one.seat, *one.readers})),
    )


def override_of(ruling: Ruling) -> Override:
    """Return a ruling as the engine takes it."""
    if ruling.kind == "replace":
        return Override(
            id=ruling.id, kind="replace_outcome", target=ruling.target, value=ruling.outcome, reason=ruling.reason
        )
    if ruling.kind == "event":
        forced: Literal["force_event", "suppress_event"] = (
            "force_event" if ruling.outcome == "yes" else "suppress_event"
        )
        return Override(id=ruling.id, kind=forced, target=ruling.target, reason=ruling.reason)
    return Override(
        id=ruling.id,
        kind=_KINDS[ruling.kind],
        target=ruling.target,
        value="" if ruling.kind in ("reversal", "annotate", "effects") else ruling.delta,
        reason=ruling.reason,
        rule=ruling.rule,
        cause=ruling.cause,
        effects=ruling.effects,
    )


_KINDS: dict[RulingKind, OverrideKind] = {
    "fidelity": "fidelity",
    "edit": "add",
    "set": "set",
    "row": "row",
    "effects": "add_effects",
    "reversal": "reversal",
    "annotate": "annotate",
}
"""What the engine calls each kind of ruling that needs no translation of its own."""


def _forced(scenario: Scenario, state: State) -> dict[str, str]:
    if state.forced != "historical" or scenario.history is None:
        return {}
    return dict(scenario.history.forced)
