"""The outcome of a turn: each view its own, with nothing in it that the view may not know."""

from collections.abc import Iterator
from functools import cache

import msgspec
import pytest

from adjudication.sight import sight
from tests.support.builders import CONTROL, SEATS, Game, a_game, player
from wargame.game import commands as c
from wargame.game.entities import KINDS

SEAT_VIEWS = [f"seat:{seat}" for seat in SEATS]


def secret_move(game: Game, seat: str) -> str:
    """Return a move of a seat that others do not see when it works: no signal meant for the other side."""
    return next(
        m.id
        for m in game.scenario.moves
        if seat in m.seats
        and m.visibility in ("private", "covert")
        and m.detect == 0
        and not m.leader_channel
        and (m.signal is None or not (m.signal.trust or m.signal.resolve))
        and m.require is None
        and m.capital == 0
        and not m.params
    )


@cache
def settled() -> Game:
    game = a_game(seed="outcome").with_seats(*SEATS).started().in_phase("plan")
    game.do(player("dprk"), c.OrderDraft(order="public", move="icbm"))
    game.do(player("potus"), c.OrderDraft(order="public", move="threat"))
    game.do(player("potus"), c.OrderDraft(order="mine-0", move=secret_move(game, "potus")))
    return game.in_phase("lock").do(CONTROL, c.RulingAccept(turn=1))


def values(game: Game, view: str) -> Iterator[str]:
    for row in game.feed(view):
        yield msgspec.json.encode(row.value).decode()


def test_every_view_gets_its_own_account_of_the_turn() -> None:
    game = settled()
    for view in (*SEAT_VIEWS, "control", "observer", "public"):
        assert game.seen(view, "outcome")["turn@1"].turn == 1  # type: ignore[attr-defined]


def test_an_open_move_is_seen_by_all_and_a_secret_one_by_its_seat_and_control() -> None:
    game = settled()
    hidden = secret_move(game, "potus")
    for view in ("seat:dprk", "seat:rok", "observer", "public"):
        moves = {o.move for o in game.seen(view, "outcome")["turn@1"].seen_orders}  # type: ignore[attr-defined]
        assert "threat" in moves
        assert hidden not in moves
    own = {o.move for o in game.seen("seat:potus", "outcome")["turn@1"].own_orders}  # type: ignore[attr-defined]
    assert own == {"threat", hidden}
    everything = {o.move for o in game.seen("control", "proposal")["turn@1"].orders}  # type: ignore[attr-defined]
    assert everything == {"icbm", "threat", hidden}


def test_the_name_a_client_gave_its_order_reaches_no_other_seat() -> None:
    game = settled()
    for view in ("seat:dprk", "seat:state", "observer", "public"):
        assert not any("mine-0" in value or "potus:public" in value for value in values(game, view))


def test_a_seat_learns_what_became_of_its_orders() -> None:
    game = settled()
    assert game.seen("seat:dprk", "order")["dprk:public"].status == "done"  # type: ignore[attr-defined]


@pytest.mark.parametrize("view", [*SEAT_VIEWS, "observer", "public"])
def test_changes_and_readings_name_only_what_the_view_can_read(view: str) -> None:
    game = settled()
    readable = {v.id for v in game.scenario.variables if sight(game.scenario, v, view).mode != "hidden"}
    changes = game.seen(view, "outcome")["turn@1"].changes  # type: ignore[attr-defined]
    assert {change.variable for change in changes} <= readable
    assert {r.variable for r in game.seen(view, "reading").values()} <= readable  # type: ignore[attr-defined]
    assert set(game.seen(view, "variable")) <= readable


@pytest.mark.parametrize("view", SEAT_VIEWS)
def test_what_a_seat_only_estimates_comes_without_numbers_of_the_truth(view: str) -> None:
    game = settled()
    for change in game.seen(view, "outcome")["turn@1"].changes:  # type: ignore[attr-defined]
        exact = sight(game.scenario, game.scenario.variable[change.variable], view).mode == "exact"
        assert change.exact == exact
        if not exact:
            assert change.before is None
            assert change.after is None
            assert all(cause.amount == 0 for cause in change.causes)


def test_control_reads_the_truth_of_every_variable() -> None:
    game = settled()
    truth = game.seen("control", "reading")
    assert {r.variable for r in truth.values()} == set(game.scenario.variable)  # type: ignore[attr-defined]
    assert {r.mode for r in truth.values()} == {"exact"}  # type: ignore[attr-defined]


def test_goals_are_a_seat_s_own() -> None:
    game = settled()
    for seat in SEATS:
        assert {key.partition("@")[0] for key in game.seen(f"seat:{seat}", "score")} <= {seat}
    assert game.seen("public", "score") == game.seen("observer", "score") == {}


def test_the_danger_is_told_in_words_and_its_numbers_are_control_s() -> None:
    game = settled()
    told = game.seen("seat:rok", "risk")["risk@1"]
    known = game.seen("control", "risk")["risk@1"]
    assert told.clash_word == known.clash_word  # type: ignore[attr-defined]
    assert (told.p_clash, told.p_war) == (None, None)  # type: ignore[attr-defined]
    assert known.p_clash is not None  # type: ignore[attr-defined]
    assert game.seen("public", "risk") == {}


def test_a_ruling_s_reason_is_told_to_those_control_names() -> None:
    game = a_game().with_seats("potus", "dprk").started().in_phase("plan")
    game.do(player("dprk"), c.OrderDraft(order="a", move="icbm")).in_phase("lock")
    reason = "The engine failed on the pad"
    game.do(CONTROL, c.RulingReplace(turn=1, order="dprk:a", outcome="blocked", reason=reason, shown_to=("dprk",))).do(
        CONTROL, c.RulingAccept(turn=1)
    )
    assert any(reason in value for value in values(game, "seat:dprk"))
    assert not any(reason in value for value in values(game, "seat:potus"))
    assert not any(reason in value for value in values(game, "public"))


def test_a_brief_is_for_its_seat_and_a_catalogue_of_moves_too() -> None:
    game = settled()
    for seat in SEATS:
        assert set(game.seen(f"seat:{seat}", "brief")) == {seat}
        own = {m.id for m in game.scenario.moves if seat in m.seats}
        assert set(game.seen(f"seat:{seat}", "move")) == own
    for view in ("observer", "public"):
        assert game.seen(view, "brief") == game.seen(view, "move") == {}


def test_everything_that_was_told_is_of_a_published_kind_and_shape() -> None:
    for row in settled().told:
        assert type(row.value) is KINDS[row.kind]
        raw = msgspec.json.encode(row.value)
        assert msgspec.json.decode(raw, type=KINDS[row.kind]) == row.value
