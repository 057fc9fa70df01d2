"""What a principal is told of its orders does not depend on what its agencies made of them, until it learns (R-I19).

Two games differ in nothing but how faithfully an order is carried out. Where the order touches nothing the principal
reads, its whole feed has to be equal to the byte; where it does, everything but the state of the world has to be.
"""

import msgspec
import pytest

from adjudication.effects import Add
from adjudication.scalars import Const
from adjudication.scenario import Scenario
from tests.support.builders import SEATS, SYSTEM, Game, player, the_case
from wargame.game import commands as c

UNSEEN = "dprk_cohesion"
"""A variable the President has no reading of."""
WORLD = {"reading", "risk", "inject"}
"""Kinds that show the world itself: what a half-done order leads to may be seen there."""


def a_case(resist: float, *, seen: bool, learn: float = 0.0) -> Scenario:
    """Return the case with an exercise pause that meets this much resistance, and that the world shows or does not."""
    case = the_case()
    pause = msgspec.structs.replace(case.move["suspend_ex"], resist=resist)
    if not seen:
        pause = msgspec.structs.replace(pause, effects=(Add(UNSEEN, Const(-5.0)),), signal=None, unilateral=False)
    block = case.implementations[0]
    assert block.reports is not None
    reports = msgspec.structs.replace(block.reports, learn=Const(learn))
    return msgspec.structs.replace(
        case, moves=tuple(pause if move.id == pause.id else move for move in case.moves),
        implementations=(msgspec.structs.replace(block, reports=reports), *case.implementations[1:]),
    )  # fmt: skip


def play(case: Scenario, *, seed: str, candid: bool = False, turns: int = 4) -> Game:
    game = Game(case)
    game.do(
        SYSTEM,
        c.GameCreate(
            title="Told", scenario=case.meta.id, preset="full", seed=seed, style="rigid", open_seats=SEATS
        ),
    )  # fmt: skip
    game.joined("p-control", "Control", "control").with_seats(*SEATS).started().in_phase("plan")
    game.do(player("potus"), c.OrderDraft(order="p", move="suspend_ex"))
    if candid:
        game.do(player("defense"), c.OrderDraft(order="c", move="report_candidly"))
    return game.at_turn(turns)


def rows(game: Game, view: str, *, world: bool = True) -> list[tuple[str, str, bytes]]:
    return [
        (row.kind, row.key, msgspec.json.encode(row.value))
        for row in game.feed(view)
        if world or row.kind not in {*WORLD, "outcome", "score", "card", "move"}
    ]


def fate(game: Game) -> tuple[str, float]:
    (seen,) = game.seen("control", "directive").values()
    return seen.status, seen.late  # type: ignore[attr-defined]


SEEDS = tuple(f"seed-{n}" for n in range(6))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_president_s_whole_feed_is_the_same_whatever_was_done_of_an_order_he_cannot_see_into(seed: str) -> None:
    whole, part = (play(a_case(resist, seen=False), seed=seed) for resist in (1e-6, 0.9))
    assert fate(whole) == ("done", 0)
    assert fate(part) != ("done", 0)
    assert rows(whole, "seat:potus") == rows(part, "seat:potus")


def test_the_seeds_cover_orders_held_up_and_orders_scaled_down() -> None:
    fates = {fate(play(a_case(0.9, seen=False), seed=seed, turns=2))[0] for seed in SEEDS}
    assert fates == {"partial", "delayed"}


@pytest.mark.parametrize("seed", SEEDS[:3])
def test_where_the_world_shows_a_difference_nothing_but_the_world_does(seed: str) -> None:
    whole, part = (play(a_case(resist, seen=True), seed=seed) for resist in (1e-6, 0.9))
    assert rows(whole, "seat:potus", world=False) == rows(part, "seat:potus", world=False)
    for game in (whole, part):
        first = game.seen("seat:potus", "outcome")["turn@1"]
        assert [(o.status, o.reported, o.why) for o in first.own_orders] == [("done", True, ())]  # type: ignore[attr-defined]


def test_the_executor_and_control_are_told_the_difference() -> None:
    whole, part = (play(a_case(resist, seen=False), seed="seed-1") for resist in (1e-6, 0.9))
    for view in ("seat:defense", "control"):
        assert rows(whole, view) != rows(part, view)


def test_the_comparison_would_notice_a_department_that_tells_the_truth() -> None:
    whole, part = (play(a_case(resist, seen=False), seed="seed-1", candid=True) for resist in (1e-6, 0.9))
    assert rows(whole, "seat:potus") != rows(part, "seat:potus")


def test_once_the_president_learns_his_list_of_directives_says_what_was_done_and_his_executor_hears_nothing() -> None:
    quiet, out = (play(a_case(0.9, seen=False, learn=learn), seed="seed-1") for learn in (0.0, 1.0))
    (before,), (after,) = (game.seen("seat:potus", "directive").values() for game in (quiet, out))
    assert (before.status, before.told, before.how) == ("", "done", "")  # type: ignore[attr-defined]
    assert (after.told, after.how, after.learned_turn) == ("done", "inquiry", 2)  # type: ignore[attr-defined]
    assert after.status in ("partial", "delayed")  # type: ignore[attr-defined]
    assert rows(quiet, "seat:defense") == rows(out, "seat:defense")
    told = [line for row in out.seen("seat:potus", "outcome").values() for line in row.account]  # type: ignore[attr-defined]
    assert any(line.startswith("The staff found out: Suspend the joint exercises") for line in told)
