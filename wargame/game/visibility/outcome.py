"""Show the proposal to Control, and the outcome of a turn to each view as that view may know it.

The words come from the engine's account of the turn for exactly that view; here they become entities. Names
that clients gave to orders of other seats are not passed on: they could number what was hidden.
"""

from adjudication.explain import Account, Change
from adjudication.outcomes import OrderOutcome
from adjudication.results import Resolution
from adjudication.scenario.schema import Scenario
from wargame.game import engine
from wargame.game.entities import (
    CauseSeen,
    ChangeSeen,
    DieSeen,
    IndexSeen,
    OrderOutcomeSeen,
    OutcomeSeen,
    ProposalSeen,
    RiskSeen,
)
from wargame.game.events import Recorded, TurnProposed, TurnReproposed, TurnResolved
from wargame.game.ids import CONTROL, View, seat_view
from wargame.game.state import State
from wargame.game.visibility import free, umpire
from wargame.game.visibility.agreement import what_changed
from wargame.game.visibility.base import Disclosure, Rows, control_only, everyone, show
from wargame.game.visibility.cards import card_rows, events_open_seen, orders_proposed, outside
from wargame.game.visibility.case import fact_rows, issue_rows, move_changes, variable_rows
from wargame.game.visibility.directives import directive_rows
from wargame.game.visibility.sheets import order_seen


# --- Control's proposal -----------------------------------------------------------------------
def turn_proposed(
    recorded: Recorded, fact: TurnProposed | TurnReproposed, before: State, after: State, scenario: Scenario
) -> Rows:
    """Yield the proposal to Control, and once, as it was made, what there is to rate to the second umpire."""
    account = engine.account(scenario, before, fact.resolution, before, view=CONTROL)
    seen = proposal_seen(scenario, fact.resolution, account, before, released=False)
    yield from show(control_only(), "proposal", f"turn@{fact.turn}", seen)
    if isinstance(fact, TurnProposed):
        yield from umpire.docket_rows(after, scenario, fact.resolution)


def proposal_seen(
    scenario: Scenario, resolution: Resolution, account: Account, state: State, *, released: bool
) -> ProposalSeen:
    """Return the engine's proposal as it stands, all of it. `state` is the game it was made from."""
    return ProposalSeen(
        turn=resolution.turn,
        status="released" if released else "pending",
        orders=orders_proposed(scenario, resolution, state),
        changes=tuple(_change(change) for change in account.changes),
        events=tuple(happening.text for happening in resolution.happenings),
        outside=outside(scenario, resolution),
        open_events=events_open_seen(scenario, state, resolution),
        dice=_dice(resolution),
        p_clash=resolution.p_clash,
        p_war=resolution.p_war,
    )


def _dice(resolution: Resolution) -> tuple[DieSeen, ...]:
    return tuple(DieSeen(key=die.key, u=die.u, threshold=die.threshold, outcome=die.outcome) for die in resolution.dice)


# --- the outcome ------------------------------------------------------------------------------
def turn_resolved(recorded: Recorded, fact: TurnResolved, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield each view its account, each seat its own orders and goals, and to all what came into force."""
    resolution = fact.resolution
    for view in everyone(after):
        account = engine.account(scenario, before, resolution, after, view=view)
        seen = outcome_seen(before, account, view)
        yield Disclosure(view, "outcome", f"turn@{fact.turn}", seen)
        if view == CONTROL:
            proposal = proposal_seen(scenario, resolution, account, before, released=True)
            yield Disclosure(view, "proposal", f"turn@{fact.turn}", proposal)
            for seat in before.sheets:
                yield from _own_orders(before, scenario, seat, account, view)
        elif view.startswith("seat:"):
            yield from _own_orders(before, scenario, view.removeprefix("seat:"), account, view)
            yield from card_rows(scenario, before, resolution, account, view)
    for seat, goals in resolution.scores.items():
        told = IndexSeen(seat=seat, turn=fact.turn, goals=resolution.told_scores.get(seat, goals))
        yield Disclosure(seat_view(seat), "score", f"{seat}@{fact.turn}", told)
        index = IndexSeen(seat=seat, turn=fact.turn, goals=goals)
        yield Disclosure(CONTROL, "score", f"{seat}@{fact.turn}", index)
    yield from free.settled(before, resolution)
    yield from umpire.released(before, after, scenario, resolution)
    yield from directive_rows(scenario, resolution)
    yield from _risk_rows(scenario, after, resolution)
    yield from issue_rows(before, after, scenario)
    yield from variable_rows(before, after, scenario)
    yield from fact_rows(before, after, scenario)
    yield from move_changes(before, after, scenario, tuple(after.seats))
    yield from what_changed(before, after, scenario)


def outcome_seen(state: State, account: Account, view: View) -> OutcomeSeen:
    """Return the account of the turn as an entity of the view."""
    seat = view.removeprefix("seat:")
    told = tuple(
        f"Control {'remarks' if r.kind == 'annotate' else 'ruled'}: {r.reason}"
        for r in state.rulings
        if seat in r.shown_to
    )
    return OutcomeSeen(
        turn=account.turn,
        game_date=state.game_date,
        headline=account.headline,
        deck=account.deck,
        account=(*account.account, *told),
        own_orders=tuple(_order(order, order.order) for order in account.own_orders),
        seen_orders=_foreign(account.seen_orders),
        changes=tuple(_change(change) for change in account.changes),
        unknown=account.unknown,
        amended=account.amended,
    )


def _foreign(orders: tuple[OrderOutcome, ...]) -> tuple[OrderOutcomeSeen, ...]:
    """Return others' orders under names made of what is seen of them, in an order that tells nothing."""
    named: list[OrderOutcomeSeen] = []
    for order in sorted(orders, key=lambda o: (o.seat, o.move, o.text)):
        same = sum(o.seat == order.seat and o.move == order.move for o in named)
        named.append(_order(order, f"{order.seat}:{order.move}:{same + 1}"))
    return tuple(named)


def _order(order: OrderOutcome, name: str) -> OrderOutcomeSeen:
    return OrderOutcomeSeen(
        order=name,
        seat=order.seat,
        move=order.move,
        label=order.label,
        status=order.status,
        fidelity_word=order.fidelity_word,
        text=order.text,
        why=order.why,
        unlock=order.unlock,
        rules=order.rules,
        ruled=order.ruled,
        reported=order.reported,
    )


def _change(change: Change) -> ChangeSeen:
    return ChangeSeen(
        variable=change.variable,
        label=change.label,
        exact=change.exact,
        before=change.before,
        after=change.after,
        word=change.word,
        causes=tuple(
            CauseSeen(label=c.label, rule=c.rule, amount=c.amount, say=c.say, sources=c.sources, cause=c.cause)
            for c in change.causes
        ),
    )


def _own_orders(state: State, scenario: Scenario, seat: str, account: Account, view: View) -> Rows:
    """Yield a view what became of each order on a seat's sheet, as its own account tells it.

    One held up from an earlier turn is in the account only.
    """
    sheet = state.sheets[seat].orders
    for outcome in account.own_orders:
        if outcome.order not in sheet:
            continue
        seen = order_seen(
            state,
            scenario,
            seat,
            sheet[outcome.order],
            status=outcome.status,
            why=outcome.why,
            unlock=outcome.unlock,
        )
        yield Disclosure(view, "order", outcome.order, seen)


def _risk_rows(scenario: Scenario, state: State, resolution: Resolution) -> Rows:
    """Yield the danger in words to the seats, and with its numbers to Control."""
    clash, war = resolution.p_clash, resolution.p_war
    clash_word, war_word = engine.danger(scenario, clash), engine.danger(scenario, war)
    key, span = f"risk@{resolution.turn}", engine.danger_span(scenario)
    in_words = RiskSeen(turn=resolution.turn, clash_word=clash_word, war_word=war_word, span=span)
    yield from show([seat_view(seat) for seat in state.seats], "risk", key, in_words)
    exact = RiskSeen(
        turn=resolution.turn, clash_word=clash_word, war_word=war_word, p_clash=clash, p_war=war, span=span
    )
    yield from show(control_only(), "risk", key, exact)
