"""What a ruling would do, told before it is made: the same as what it does, and nothing of it stays."""

from copy import copy
from functools import cache

import pytest

from adjudication.orders import RuledEffect
from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.rejections import Rejected
from wargame.game.whatif import Trial, WhatIf, compare, what_if

WHY = "Trying it out"


@cache
def _proposed() -> Game:
    game = a_game().with_seats("potus", "dprk").started().in_phase("plan")
    game.do(player("dprk"), c.OrderDraft(order="a", move="icbm"))
    game.do(player("potus"), c.OrderDraft(order="a", move="threat"))
    return game.in_phase("lock")


def proposed() -> Game:
    game = copy(_proposed())
    game.log, game.told = list(game.log), list(game.told)
    return game


def tried(game: Game, *trials: Trial) -> WhatIf:
    found = what_if(game.state, trials, game.scenario)
    assert isinstance(found, WhatIf)
    return found


@pytest.mark.parametrize(
    "trial",
    [
        c.RulingReplace(turn=1, order="dprk:a", outcome="blocked", reason=WHY),
        c.RulingFidelity(turn=1, order="dprk:a", degree=0.5, reason=WHY),
        c.RulingSet(turn=1, variable="tension", value=40.0, reason=WHY),
        c.RulingEffects(turn=1, effects=(RuledEffect("add", "tension", -3.0),), reason=WHY),
        c.RulingEvent(turn=1, die="clash", happens=True, reason=WHY),
        c.ArgumentGrant(order="dprk:a", net=2, reason=WHY),
    ],
    ids=lambda trial: type(trial).__name__,
)
def test_what_is_shown_before_is_what_happens_after(trial: Trial) -> None:
    game = proposed()
    first, before = game.state.proposal, game.state
    shown = tried(game, trial)
    assert game.state is before
    game.do(CONTROL, trial)
    assert first is not None
    assert game.state.proposal is not None
    assert shown == compare(game.scenario, first, game.state.proposal)


def test_blocking_an_order_shows_the_order_the_values_the_goals_and_the_odds_that_change() -> None:
    shown = tried(proposed(), c.RulingReplace(turn=1, order="dprk:a", outcome="blocked", reason=WHY))
    order = next(one for one in shown.orders if one.order == "dprk:a")
    assert order.status == ("done", "blocked")
    assert order.degree[1] == 0.0
    tension = next(one for one in shown.values if one.variable == "tension")
    assert tension.would_be < tension.proposed
    assert shown.goals
    assert shown.p_clash[1] < shown.p_clash[0]


def test_several_rulings_are_tried_together_and_one_made_before_can_be_tried_without() -> None:
    game = proposed()
    game.do(CONTROL, c.RulingEdit(turn=1, variable="tension", delta=5, reason=WHY))
    without = tried(game, c.RulingDrop(turn=1, ruling=game.state.rulings[0].id))
    tension = next(one for one in without.values if one.variable == "tension")
    assert tension.would_be == pytest.approx(tension.proposed - 5.0)
    edit = c.RulingEdit(turn=1, variable="tension", delta=-5, reason=WHY)
    assert tried(game, edit).values == without.values


def test_a_watcher_may_try_out_what_only_the_one_at_the_desk_may_record() -> None:
    game = proposed().do(CONTROL, c.RulingTake(turn=1))
    assert tried(game, c.RulingEdit(turn=1, variable="tension", delta=1, reason=WHY)).values


def test_a_remark_of_no_consequence_changes_nothing() -> None:
    shown = tried(proposed(), c.RulingEdit(turn=1, variable="tension", delta=0, reason=WHY))
    assert (shown.orders, shown.values, shown.events, shown.gained, shown.lost, shown.flags) == ((),) * 6


def test_what_could_not_be_ruled_cannot_be_tried_and_says_why() -> None:
    game = proposed()
    moon = what_if(game.state, (c.RulingEdit(turn=1, variable="moon", delta=1, reason=WHY),), game.scenario)
    assert isinstance(moon, Rejected)
    assert moon.code == "ruling.variable_unknown"
    game.do(CONTROL, c.RulingAccept(turn=1))
    late = what_if(game.state, (c.RulingEdit(turn=1, variable="tension", delta=1, reason=WHY),), game.scenario)
    assert isinstance(late, Rejected)
    assert late.code == "ruling.none_pending"
