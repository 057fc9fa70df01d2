"""The menu a counterfactual is built from offers exactly what a change may name, to readers of the whole truth."""

from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace

from adjudication.changes import read_change
from adjudication.orders import Override, RuledEffect
from adjudication.played import Played, recorded_game
from tests.support.games import Table, a_game
from wargame.aar.changeable import Changeable, changeable
from wargame.aar.services import report_share
from wargame.store.cases import case_now

pytestmark = pytest.mark.one_store

CASES = ("us-dprk-2017", "cuba-1962")


@pytest.fixture(scope="module", params=CASES)
def played(request: pytest.FixtureRequest) -> Played:
    case = case_now(request.param)
    assert case is not None
    return recorded_game(case)


@pytest.fixture(scope="module")
def menu(played: Played) -> Changeable:
    return changeable(played)


def test_whatever_order_is_offered_may_be_given_in_any_turn(played: Played, menu: Changeable) -> None:
    turns = [one.number for one in played.turns]
    for seat in menu.seats:
        for move in (one for one in menu.moves if one.id in seat.moves and one.cost <= seat.budget):
            written = {"move": move.id, "params": {}, "public": move.public}
            read = read_change(played.scenario, turns=turns, orders={str(turns[0]): {seat.id: [written]}})
            assert not isinstance(read, tuple), read
            assert read.orders[turns[0]][seat.id][0].move == move.id


def test_whatever_value_is_offered_may_be_held_anywhere_in_its_range(played: Played, menu: Changeable) -> None:
    turns = [one.number for one in played.turns]
    for value in menu.values:
        high = value.high if value.high is not None else 2 * abs(value.starts[0]) + 1
        pins = [f"{value.name}={end:g}@{turns[0]}-{turns[-1]}" for end in (value.low, high)]
        read = read_change(played.scenario, turns=turns, pins=pins)
        assert not isinstance(read, tuple), read
        assert len(value.starts) == len(turns)
        assert value.kind == "variable" or len(value.words) == value.high + 1  # type: ignore[operator]


def test_the_orders_of_the_menu_are_those_that_were_sealed(played: Played, menu: Changeable) -> None:
    for turn in played.turns:
        given = sorted((seat, one.move) for seat, orders in menu.orders[turn.number].items() for one in orders)
        assert given == sorted((order.seat, order.move) for order in turn.sealed.orders)


def test_whoever_is_offered_may_play_the_seat_anew(played: Played, menu: Changeable) -> None:
    turns = [one.number for one in played.turns]
    for seat, offered in menu.players.items():
        for policy in offered:
            read = read_change(played.scenario, turns=turns, players={seat: policy.id})
            assert not isinstance(read, tuple), read


def asked(table: Table, token: str) -> Any:
    return Client().get(f"/api/games/{table.game}/changeable", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.django_db(transaction=True)
def test_a_player_sees_the_menu_only_once_the_whole_report_is_open() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)
    player, control = table.people["dprk"].token, table.control.token
    table.must("control", "game.end", reason="")
    hidden = asked(table, player)
    assert (hidden.status_code, hidden.json()["code"]) == (403, "access.denied")
    assert asked(table, control).json()["code"] == "report.no_turn"
    report_share(table.game, now_ms=1)
    assert asked(table, player).json()["code"] == "report.no_turn"


def test_a_ruling_is_named_after_what_it_is_about(played: Played) -> None:
    case, first = played.scenario, played.turns[0]
    order, variable = first.sealed.orders[0], case.variables[0]
    rulings = (
        Override("a", "replace_outcome", order.id, "blocked"),
        Override("b", "add_effects", "", effects=(RuledEffect("add", variable.id, 1.0),)),
        Override("c", "annotate", order.id, "A remark"),
    )
    ruled = replace(first, sealed=replace(first.sealed, overrides=rulings))
    told = changeable(Played(case, played.seed, played.start, (ruled, *played.turns[1:]))).rulings
    assert [one.id for one in told] == ["a", "b"], "a remark changes nothing and cannot be left out"
    assert case.move[order.move].text.order in told[0].label
    assert told[1].label == variable.label
