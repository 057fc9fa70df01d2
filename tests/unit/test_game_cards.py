"""Adjudication cards: complete for who may know, empty of the rest, and the same story as the outcome tells."""

from functools import cache

import pytest

from adjudication.cards import draw_of, odds_word
from adjudication.dice import Die
from adjudication.sight import sight
from tests.support.builders import CONTROL, SEATS, Game, a_game, player
from wargame.game import commands as c


@cache
def played() -> Game:
    """Settle a turn with orders that pass, fail at a gate, and go to a vote."""
    game = a_game(seed="cards-1").with_seats(*SEATS).started().in_phase("plan")
    game.do(player("potus"), c.OrderDraft(order="a", move="threat", argument="They listen to force."))
    game.do(player("state"), c.OrderDraft(order="v", move="un_res"))
    game.do(player("state"), c.OrderDraft(order="w", move="working_talks"))
    game.do(player("rok"), c.OrderDraft(order="m", move="mediate"))
    game.do(player("dprk"), c.OrderDraft(order="i", move="icbm"))
    return game.in_phase("lock").do(CONTROL, c.RulingAccept(turn=1))


def cards(seat: str):  # type: ignore[no-untyped-def]
    return played().seen(f"seat:{seat}", "card")


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_has_a_card_for_each_of_its_orders_and_for_nobody_else_s(seat: str) -> None:
    own = {order.order for order in played().seen(f"seat:{seat}", "outcome")["turn@1"].own_orders}  # type: ignore[attr-defined]
    about = {card.name for card in cards(seat).values() if card.about == "order"}
    assert about == own
    assert all(name.startswith(f"{seat}:") for name in about)


def test_onlookers_have_no_cards() -> None:
    assert played().seen("public", "card") == played().seen("observer", "card") == {}


@pytest.mark.parametrize("seat", SEATS)
def test_a_card_tells_the_same_status_and_unlock_as_the_outcome(seat: str) -> None:
    for order in played().seen(f"seat:{seat}", "outcome")["turn@1"].own_orders:  # type: ignore[attr-defined]
        card = cards(seat)[f"1:{order.order}"]
        assert (card.status, card.unlock, card.ruled) == (order.status, order.unlock, order.ruled)
        assert card.reported == order.reported
        if card.reported:
            assert (card.gates, card.draws, card.effects, card.rules, card.net) == ((), (), (), (), 0)


def test_a_vote_is_told_in_words_to_its_seat_and_in_numbers_to_control() -> None:
    draw = cards("state")["1:state:v"].draws[0]
    proposal = played().seen("control", "proposal")["turn@1"]
    die = next(o for o in proposal.orders if o.order == "state:v").dice[0]  # type: ignore[attr-defined]
    assert draw.odds == odds_word(played().scenario, die.threshold)
    assert not any(char.isdigit() for char in draw.odds + draw.fell)


@pytest.mark.parametrize("seat", SEATS)
def test_amounts_are_given_for_what_the_seat_reads_exactly_and_for_nothing_else(seat: str) -> None:
    scenario = played().scenario
    for card in cards(seat).values():
        for effect in card.effects:
            variable = scenario.variable.get(effect.variable)
            if variable is None:
                continue
            mode = sight(scenario, variable, f"seat:{seat}").mode
            assert mode != "hidden"
            assert (effect.amount is not None) == (mode == "exact")


def test_a_card_names_rules_with_words_and_sources_and_the_precedent_of_the_move() -> None:
    card = cards("rok")["1:rok:m"]
    assert card.precedent == played().scenario.move["mediate"].precedent
    assert card.sources
    for each in (*cards("state").values(), *cards("potus").values()):
        for rule in each.rules:
            assert rule.say
            assert rule.sources


def test_control_reads_every_order_with_its_effects_adding_up_to_its_rows() -> None:
    game = played()
    proposal = game.seen("control", "proposal")["turn@1"]
    resolution = next(r.payload.resolution for r in game.log if r.kind == "turn.resolved")  # type: ignore[attr-defined]
    assert {o.order for o in proposal.orders} == {o.id for o in resolution.orders}  # type: ignore[attr-defined]
    for order in proposal.orders:  # type: ignore[attr-defined]
        for effect in order.effects:
            rows = [r.applied for r in resolution.ledger if r.cause.id == order.order and r.var == effect.variable]
            if effect.amount is not None:
                assert effect.amount == pytest.approx(sum(rows), abs=1e-3)
    assert any(order.rules for order in proposal.orders)  # type: ignore[attr-defined]


def test_what_events_of_the_day_did_is_told_where_it_is_read() -> None:
    proposal = played().seen("control", "proposal")["turn@1"]
    assert {event.id for event in proposal.outside} >= {"airport_killing"}  # type: ignore[attr-defined]
    told = cards("jpn")["1:airport_killing"]
    assert told.about == "event"
    assert [(e.variable, e.amount) for e in told.effects] == [("npt_norm", -0.5)]
    assert "congress_res" not in {e.variable for e in told.effects}, "Tokyo reads it in bands only"


@pytest.mark.parametrize(
    ("u", "p", "fell"),
    [
        (0.49, 0.5, "fell narrowly in its favour"),
        (0.35, 0.5, "fell clearly in its favour"),
        (0.1, 0.5, "fell far in its favour"),
        (0.5, 0.5, "fell narrowly against it"),
        (0.95, 0.5, "fell far against it"),
    ],
)
def test_a_draw_is_worded_by_which_way_and_how_far_it_fell(u: float, p: float, fell: str) -> None:
    draw = draw_of(played().scenario, "It", Die("k", u, p, "yes"))
    assert (draw.odds, draw.fell) == ("about even", fell)


def test_a_vote_that_nobody_ordered_has_a_card_for_those_who_heard_of_it() -> None:
    from adjudication.cards import cards_for
    from adjudication.explain import outcome_for
    from tests.support.engine import a_world, settle

    case = played().scenario
    world = a_world({"flag.oil_due": 1, "provocation": 60})
    found = settle(world, [])[0]
    account = outcome_for(case, found, world, view="seat:jpn", readings_before={}, readings_after={})
    (card,) = (one for one in cards_for(case, found, account, view="seat:jpn") if one.about == "vote")
    assert card.name == "unsc:oil"
    assert [rule.id for rule in card.rules] == ["R-I16"]
    assert card.draws[0].odds
