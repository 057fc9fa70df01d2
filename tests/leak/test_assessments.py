"""An assessment is made of what a seat reads and may see; the map of the problem is Control's alone."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from negotiation.details import Detail
from tests.support.builders import Game, player, the_case
from tests.support.tables import BOTH, SMALL, a_table
from wargame.game import advice
from wargame.game import commands as c
from wargame.game.state import State

KEY = "potus:o"
READERS = ("state", "intel")


def the_game() -> Game:
    game = a_table().do(player("potus"), c.OfferDraft(offer="o", parties=BOTH, levels=SMALL, readers=READERS))
    return game.do(player("potus"), c.OfferTable(offer="o"))


@pytest.fixture(scope="module")
def game() -> Game:
    return the_game()


def with_another_truth(state: State, seat: str, by: float) -> State:
    """Return the state with every true value moved, and all that other seats read; what the seat reads stays."""
    values = {name: value * (1 - by) for name, value in state.world["values"].items()}  # type: ignore[union-attr]
    others = {who: () if who != seat else rows for who, rows in state.readings.items()}
    briefed = {who: rows for who, rows in state.briefed.items() if who == seat}
    return replace(state, world={**state.world, "values": values}, readings=others, briefed=briefed, errors={})


@pytest.mark.parametrize("seat", [*BOTH, *READERS])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0.05, 0.95))
def test_no_true_value_and_no_other_seat_s_reading_moves_an_assessment(game, seat, by):
    def told(state: State) -> bytes:
        return msgspec.json.encode(advice.assessment_for(the_case(), state, seat, SMALL, oral=False))

    assert told(with_another_truth(game.state, seat, by)) == told(game.state)


def test_what_a_seat_reads_does_move_it(game):
    state, case = game.state, the_case()
    assert advice.assessment_for(case, state, "potus", SMALL, oral=False).trust_ok is True
    doubting = tuple(replace(row, value=0.02) if row.variable == "trust_us" else row for row in state.readings["potus"])
    moved = replace(state, readings={**state.readings, "potus": doubting})
    assert advice.believed(case, moved, "potus")["trust_us"] == 0.02
    us_ask = {"test": 2, "fac": 4, "ars": 3, "unrel": 3, "seq": 0}
    before, after = (advice.assessment_for(case, one, "potus", us_ask, oral=False) for one in (state, moved))
    assert before != after


def test_each_seat_is_told_its_own_assessment_and_nobody_another_s(game):
    views = {row.view for row in game.told if row.kind == "assessment"}
    assert views == {f"seat:{seat}" for seat in (*BOTH, *READERS)}
    for view in views:
        assert {row.key for row in game.told if row.kind == "assessment" and row.view == view} <= {
            f"{KEY}@0",
            f"{KEY}@1",
        }
    assert f"{KEY}@0" not in game.seen("seat:dprk", "assessment")


@pytest.mark.parametrize("kind", ["bargain_map", "bargain_offer"])
def test_the_map_and_where_texts_lie_on_it_are_control_s_alone(game, kind):
    assert {row.view for row in game.told if row.kind == kind} == {"control"}


def test_a_version_is_placed_once_it_is_tabled_and_never_as_a_draft(game):
    assert set(game.seen("control", "bargain_offer")) == {f"{KEY}@1"}
    seen = game.seen("control", "bargain_offer")[f"{KEY}@1"]
    assert [one.of for one in seen.placed] == ["", "potus", "dprk"]  # type: ignore[attr-defined]


def test_a_reader_s_assessment_says_nothing_of_a_secret_clause():
    def told(levels: dict[str, int], details: dict[str, object]) -> dict[str, object]:
        fields = {"offer": "o", "parties": BOTH, "levels": levels, "readers": ("intel",), "details": details}
        game = a_table().do(player("potus"), c.OfferDraft(**fields))  # type: ignore[arg-type]
        return game.do(player("potus"), c.OfferTable(offer="o")).seen("seat:intel", "assessment")

    secret = told({**SMALL, "remains": 1}, {"remains": Detail(secret=True)})
    assert secret == told(SMALL, {})
