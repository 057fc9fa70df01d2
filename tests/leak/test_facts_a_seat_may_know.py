"""What is so or not so is told to the seats the case lets know of it, and to nobody else."""

import pytest

from adjudication.sight import knows_flag
from tests.support.builders import SEATS, Game, a_game, player, the_case
from wargame.game import commands as c

FLAG, SECRET_ORDER = "dprk_mandate", "d_envoy_mandate"


def after_a_turn(*moves: str) -> Game:
    """A game in which the North ordered these moves in the first turn, at the start of the second."""
    game = a_game(style="rigid").with_seats(*SEATS).started().in_phase("plan")
    for move in moves:
        game.do(player("dprk"), c.OrderDraft(order=move, move=move, params={}))
    return game.at_turn(2)


def told(game: Game, view: str) -> list[tuple[str, object]]:
    return [(row.key, row.value) for row in game.feed(view) if row.kind == "fact"]


@pytest.mark.parametrize("view", [*(f"seat:{seat}" for seat in SEATS), "observer", "public"])
def test_a_view_is_told_only_facts_it_may_know(view: str) -> None:
    seat = view.removeprefix("seat:")
    keys = {key for key, _ in told(after_a_turn(), view)}
    assert keys == {flag for flag in the_case().flags if seat in SEATS and knows_flag(the_case(), flag, seat)}


@pytest.mark.parametrize("view", ["seat:potus", "seat:defense", "seat:intel", "seat:rok", "seat:jpn", "observer"])
def test_a_secret_step_changes_no_fact_for_who_may_not_know_it(view: str) -> None:
    assert told(after_a_turn(SECRET_ORDER), view) == told(after_a_turn(), view)


@pytest.mark.parametrize("seat", ["dprk", "state"])
def test_who_may_know_is_told_when_it_has_become_so(seat: str) -> None:
    fact = the_case().fact[FLAG]
    for game, text, up in ((after_a_turn(), fact.absent, False), (after_a_turn(SECRET_ORDER), fact.label, True)):
        seen = game.seen(f"seat:{seat}", "fact")[FLAG]
        assert (seen.up, seen.text) == (up, text)  # type: ignore[attr-defined]
