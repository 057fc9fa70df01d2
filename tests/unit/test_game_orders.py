"""The sheet of orders: authority, parameters, budget, capital, the pen, sealing, and sharing estimates."""

import pytest

from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.events import Actor
from wargame.game.rejections import Rejected


def planning() -> Game:
    game = a_game().with_seats("potus", "state", "defense", "intel", "dprk", "rok").joined("deputy")
    game.do(Actor(kind="person", person="deputy"), c.SeatTake(seat="potus"))
    return game.started().in_phase("plan")


def draft(move: str, order: str = "a", **more) -> c.OrderDraft:  # type: ignore[no-untyped-def]
    return c.OrderDraft(order=order, move=move, **more)


def test_an_order_is_known_to_its_seat_and_control_only() -> None:
    game = planning().do(player("potus"), draft("threat", rationale="to be heard", expects="silence"))
    for view in ("seat:potus", "control"):
        assert game.seen(view, "order")["potus:a"].rationale == "to be heard"  # type: ignore[attr-defined]
    rest = [row for row in game.told if row.view not in ("seat:potus", "control")]
    assert all(row.kind != "order" for row in rest)


def test_drafting_submitting_and_withdrawing_give_other_views_no_row_at_all() -> None:
    game = planning()
    before = {view: len(game.feed(view)) for view in ("seat:dprk", "seat:state", "observer", "public")}
    game.do(player("potus"), draft("threat")).do(player("potus"), draft("praise", "b"))
    game.do(player("potus"), c.OrderWithdraw(order="b")).do(player("potus"), c.OrdersSubmit())
    game.do(player("potus"), c.OrdersReopen())
    assert before == {view: len(game.feed(view)) for view in before}


def test_another_seat_s_move_and_no_move_answer_the_same() -> None:
    game = planning()
    theirs = game.try_(player("potus"), draft("icbm"))
    nobodys = game.try_(player("potus"), draft("time_travel"))
    assert theirs == nobodys == Rejected("move.unknown")
    game.do(player("dprk"), draft("icbm"))


def test_two_seats_may_use_the_same_name_for_an_order() -> None:
    game = planning().do(player("potus"), draft("threat")).do(player("dprk"), draft("icbm"))
    assert set(game.seen("control", "order")) == {"potus:a", "dprk:a"}


def test_the_same_name_again_changes_the_order() -> None:
    game = planning().do(player("potus"), draft("threat")).do(player("potus"), draft("praise", "potus:a"))
    assert [o.move for o in game.state.sheets["potus"].orders.values()] == ["praise"]


def test_the_budget_holds() -> None:
    game = planning()
    for name in "abc":
        game.do(player("potus"), draft("threat", name))
    assert game.refused(player("potus"), draft("threat", "d")) == "order.over_budget"
    game.do(player("potus"), draft("praise", "c"))


def test_political_capital_holds() -> None:
    game = planning()
    world = {**game.state.world, "resources": {"potus.capital": 3.0}}
    rich = game.state
    game.do(player("potus"), draft("offer_summit")).do(player("potus"), c.OrderWithdraw(order="a"))
    from msgspec.structs import replace

    game.state = replace(rich, world=world)
    assert game.refused(player("potus"), draft("offer_summit")) == "order.over_capital"


def test_a_sheet_has_a_limit_even_for_moves_that_cost_nothing() -> None:
    game = planning()
    free = next(m.id for m in game.scenario.moves if "dprk" in m.seats and m.cost == 0)
    for n in range(12):
        game.do(player("dprk"), draft(free, f"o{n}"))
    assert game.refused(player("dprk"), draft(free, "o12")) == "order.too_many"


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"variable": "missile_cap"}, None),
        ({}, None),
        ({"variable": "moon"}, "param.invalid"),
        ({"variable": 3}, "param.invalid"),
        ({"variable": "missile_cap", "more": 1}, "param.unknown"),
    ],
)
def test_parameters_are_what_the_move_declares(params, code) -> None:  # type: ignore[no-untyped-def]
    game = planning()
    move = next(m.id for m in game.scenario.moves if any(p.id == "variable" for p in m.params))
    command = draft(move, params=params)
    if code is None:
        game.do(player("intel"), command)
        assert game.state.sheets["intel"].orders["intel:a"].params == {"variable": "missile_cap"}
    else:
        assert game.refused(player("intel"), command) == code


def test_a_yes_or_no_parameter_is_not_a_number() -> None:
    game = planning()
    move = next(m for m in game.scenario.moves if any(p.kind == "bool" for p in m.params))
    name = move.params[0].id
    seat = player(move.seats[0])
    assert game.refused(seat, draft(move.id, params={name: 1})) == "param.invalid"
    game.do(seat, draft(move.id, params={name: True}))


def test_publicity_is_the_move_s_unless_it_may_be_hidden() -> None:
    game = planning()
    game.do(player("potus"), draft("threat"))
    assert game.state.sheets["potus"].orders["potus:a"].public
    assert game.refused(player("potus"), draft("threat", public=False)) == "order.not_hideable"
    private = next(
        m.id for m in game.scenario.moves if "potus" in m.seats and m.visibility == "private" and not m.may_hide
    )
    assert game.refused(player("potus"), draft(private, public=True)) == "order.not_public"
    game.do(player("potus"), draft(private, public=False))


def test_every_member_drafts_and_only_the_pen_submits() -> None:
    game = planning()
    deputy = Actor(kind="person", person="deputy")
    game.do(deputy, draft("threat"))
    assert game.refused(deputy, c.OrdersSubmit()) == "who.pen_only"
    game.do(player("potus"), c.OrdersSubmit())
    assert game.refused(deputy, draft("praise", "b")) == "order.sealed"
    assert game.refused(deputy, c.OrderWithdraw(order="a")) == "order.sealed"
    assert game.refused(deputy, c.OrdersReopen()) == "who.pen_only"
    game.do(player("potus"), c.OrdersReopen()).do(deputy, c.OrderWithdraw(order="a"))
    assert game.refused(player("potus"), c.OrdersReopen()) == "order.not_sealed"


def test_an_order_that_is_not_on_the_sheet_cannot_be_withdrawn() -> None:
    game = planning().do(player("dprk"), draft("icbm"))
    assert game.refused(player("potus"), c.OrderWithdraw(order="a")) == "order.unknown"
    assert game.refused(player("potus"), c.OrderWithdraw(order="dprk:a")) == "order.unknown"
    game.do(player("dprk"), c.OrderWithdraw(order="a"))


def test_sheets_are_closed_outside_the_phases_of_orders() -> None:
    game = a_game().with_seats("potus")
    assert game.refused(player("potus"), draft("threat")) == "game.not_started"
    game.started()
    for command in (draft("threat"), c.OrdersSubmit(), c.OrdersReopen(), c.OrderWithdraw(order="a")):
        assert game.refused(player("potus"), command) == "order.phase_closed"
    game.in_phase("plan").do(player("potus"), draft("threat"))


def test_a_missed_deadline_submits_the_draft_as_it_lies() -> None:
    game = planning().do(player("potus"), draft("threat")).in_phase("lock")
    locked = next(r.payload for r in game.log if r.kind == "orders.locked")
    assert locked.late == ("potus",)  # type: ignore[attr-defined]
    assert game.seen("seat:potus", "order")["potus:a"].status == "locked"  # type: ignore[attr-defined]
    assert game.refused(player("potus"), draft("praise", "b")) == "order.phase_closed"


def test_a_seat_briefs_what_it_reads_and_only_those_named_learn_of_it() -> None:
    game = planning()
    game.do(player("intel"), c.EstimateBrief(variable="dprk_cohesion", to=("potus",), note="from a defector"))
    key = "dprk_cohesion@1:intel"
    shared = game.seen("seat:potus", "reading")[key]
    assert shared.briefed_by == "intel"
    assert shared.note == "from a defector"
    assert "dprk_cohesion" in game.seen("seat:potus", "variable")
    for view in ("seat:state", "seat:dprk", "seat:rok", "public", "observer"):
        assert key not in game.seen(view, "reading")


def test_what_a_seat_does_not_read_it_cannot_brief() -> None:
    game = planning()
    assert game.refused(player("potus"), c.EstimateBrief(variable="dprk_cohesion", to=("rok",))) == "estimate.none"
    assert game.refused(player("potus"), c.EstimateBrief(variable="nothing", to=("rok",))) == "estimate.none"
    assert game.refused(player("potus"), c.EstimateBrief(variable="tension", to=("potus",))) == "estimate.to_self"
    assert game.refused(player("potus"), c.EstimateBrief(variable="tension", to=("moon",))) == "seat.unknown"


def test_control_has_no_sheet() -> None:
    assert planning().refused(CONTROL, draft("threat")) == "who.player_only"
