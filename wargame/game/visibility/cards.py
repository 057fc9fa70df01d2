"""Show adjudication cards: to a seat the cards the engine makes for its view, to Control everything of every order."""

from adjudication.cards import Card, Effect, Spoken
from adjudication.explain import Account
from adjudication.results import FreeResult, OrderResult, Resolution
from adjudication.scenario.schema import Scenario
from wargame.game import engine
from wargame.game.entities import (
    CardSeen,
    DieSeen,
    DrawSeen,
    EffectSeen,
    EventEffectSeen,
    GateSeen,
    OpenEventSeen,
    OrderProposalSeen,
    RuleSeen,
)
from wargame.game.ids import View
from wargame.game.proposal import events_open
from wargame.game.state import State
from wargame.game.visibility.base import Disclosure, Rows

_OF_ORDERS = ("replace", "fidelity", "reversal", "annotate")
"""Rulings that are about one order."""


# --- a seat -----------------------------------------------------------------------------------
def card_rows(scenario: Scenario, state: State, resolution: Resolution, account: Account, view: View) -> Rows:
    """Yield a seat its cards of a turn. `state` is the game before the release: sheets, grants and rulings are its."""
    seat = view.removeprefix("seat:")
    for card in engine.cards_for(engine.open_case(scenario, state), resolution, account, view=view):
        yield Disclosure(view, "card", f"{resolution.turn}:{card.name}", _card_seen(state, resolution.turn, card, seat))


def _card_seen(state: State, turn: int, card: Card, seat: str) -> CardSeen:
    order = state.sheets[seat].orders.get(card.name)
    grant = state.grants.get(card.name) if order is not None and not card.reported else None
    free = state.free_moves.get(card.name)
    own = card.seat == seat or (free is not None and free.seat == seat)
    frame = free.frame if free is not None and own else None
    told = [r.reason for r in state.rulings if r.kind in _OF_ORDERS and r.target == card.name and seat in r.shown_to]
    return CardSeen(
        name=card.name,
        turn=turn,
        about=card.about,  # type: ignore[arg-type]
        order=card.name if own and card.about in ("order", "free") else "",
        seat=card.seat,
        label=card.label,
        status=card.status,
        fidelity_word=card.fidelity_word,
        text=card.text,
        reported=card.reported,
        gates=tuple(GateSeen(rule=g.rule, text=g.text, passed=g.passed) for g in card.gates),
        draws=tuple(DrawSeen(about=d.about, odds=d.odds, fell=d.fell, outcome=d.outcome) for d in card.draws),
        effects=_effects(card.effects),
        rules=_rules(card.rules),
        unlock=card.unlock,
        precedent=card.precedent,
        sources=card.sources,
        argument=order.argument if order is not None else "",
        net=grant.net if grant is not None else frame.net if frame is not None else 0,
        ruled=card.ruled,
        ruling=" ".join(told),
    )


def _effects(effects: tuple[Effect, ...]) -> tuple[EffectSeen, ...]:
    return tuple(EffectSeen(variable=e.variable, label=e.label, amount=e.amount, word=e.word) for e in effects)


def _rules(rules: tuple[Spoken, ...]) -> tuple[RuleSeen, ...]:
    return tuple(RuleSeen(id=r.id, name=r.name, say=r.say, sources=r.sources) for r in rules)


# --- Control ----------------------------------------------------------------------------------
def orders_proposed(scenario: Scenario, resolution: Resolution, state: State) -> tuple[OrderProposalSeen, ...]:
    """Return the engine's proposal for every order and free move, all of it. `state` is the game it was made from."""
    orders = tuple(_order_proposed(scenario, resolution, result, state) for result in resolution.orders)
    return (*orders, *(_free_proposed(scenario, resolution, result) for result in resolution.free))


def _order_proposed(scenario: Scenario, resolution: Resolution, result: OrderResult, state: State) -> OrderProposalSeen:
    move = scenario.move[result.move]
    grant = state.grants.get(result.id)
    return OrderProposalSeen(
        order=result.id,
        seat=result.seat,
        move=result.move,
        label=move.text.order,
        params=result.params,
        status=result.status,
        fidelity=result.fidelity,
        gates=tuple(GateSeen(rule=g.rule, text=g.text, passed=g.passed) for g in result.gates),
        dice=tuple(
            DieSeen(key=d.key, u=d.u, threshold=d.threshold, outcome=d.outcome)
            for d in engine.dice_of(scenario, resolution, result)
        ),
        unlock=result.unlock,
        effects=_effects(engine.effects_of(scenario, resolution.ledger, result.id)),
        rules=_rules(engine.rules_of(scenario, (*result.rules, *(g.rule for g in result.gates)))),
        precedent=move.precedent,
        sources=move.sources,
        net=grant.net if grant is not None else 0,
    )


def _free_proposed(scenario: Scenario, resolution: Resolution, result: FreeResult) -> OrderProposalSeen:
    die = result.die
    return OrderProposalSeen(
        order=result.id,
        seat=result.seat,
        move="",
        label=result.title,
        params={},
        status=result.status,
        fidelity={"succeeded": 1.0, "partial": 0.5, "failed": 0.0}[result.status],
        gates=tuple(GateSeen(rule=g.rule, text=g.text, passed=g.passed) for g in result.gates),
        dice=(DieSeen(key=die.key, u=die.u, threshold=die.threshold, outcome=die.outcome),),
        unlock=result.missing,
        effects=_effects(engine.effects_of(scenario, resolution.ledger, result.id)),
        rules=_rules(engine.rules_of(scenario, result.rules)),
        net=result.net,
        estimates=result.estimates,
    )


def outside(scenario: Scenario, resolution: Resolution) -> tuple[EventEffectSeen, ...]:
    """Return what injects and events of the calendar did before any order."""
    return tuple(
        EventEffectSeen(
            id=name,
            label=engine.event_label(scenario, name, resolution.titles),
            effects=_effects(engine.effects_of(scenario, resolution.ledger, name, kind="event")),
        )
        for name in engine.events_in(resolution.ledger)
    )


def events_open_seen(scenario: Scenario, state: State, resolution: Resolution) -> tuple[OpenEventSeen, ...]:
    """Return the events of the turn that a ruling may force or suppress, as things stand in this resolution."""
    fell = {die.key: die.outcome not in ("no", "unseen", "0") for die in resolution.dice}
    done = {row.cause.id for row in resolution.ledger}
    return tuple(
        OpenEventSeen(key=key, label=_event_words(scenario, key), happens=fell.get(key, key.partition(":")[2] in done))
        for key in events_open(scenario, state, resolution)
    )


def _event_words(scenario: Scenario, key: str) -> str:
    kind, _, name = key.partition(":")
    if kind in ("calendar", "inject"):
        return engine.event_label(scenario, name)
    return key.replace(":", " ").replace("_", " ")
