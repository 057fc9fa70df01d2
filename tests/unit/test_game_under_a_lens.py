"""A game may be settled under one lens (adjudication.md 4): its moves are judged and its turns settled by it alone."""

import msgspec

from tests.support.builders import Game, a_game, player
from wargame.game import commands as c
from wargame.game.entities import MoveSeen

ACT = "nkspea_suspend"
"""R-I04 of the institutional lens lets it pass only on a certificate that nobody gives at the start."""


def ordered(lens: str) -> Game:
    game = a_game(lens=lens).with_seats("potus").started().in_phase("plan")
    return game.do(player("potus"), c.OrderDraft(order="o", move=ACT, params={}, rationale="", expects=""))


def test_a_rule_of_a_lens_that_is_off_stops_no_order() -> None:
    status = {}
    for lens in ("all", "no_institutions"):
        game = ordered(lens).in_phase("lock")
        assert game.state.proposal is not None
        status[lens] = next(one.status for one in game.state.proposal.orders if one.move == ACT)
    assert (status["all"], status["no_institutions"]) == ("blocked", "done")


def test_a_seat_is_shown_what_it_may_do_as_its_game_judges_it() -> None:
    shown = {}
    for lens in ("all", "no_institutions"):
        move = ordered(lens).seen("seat:potus", "move")[ACT]
        assert isinstance(move, MoveSeen)
        shown[lens] = move.state
    assert shown == {"all": "locked", "no_institutions": "available"}


def test_control_reads_the_lens_in_its_log_and_no_other_view_holds_a_word_of_it() -> None:
    game = ordered("no_leadership").at_turn(2)
    knows = {row.view for row in game.told if b"no leadership" in msgspec.json.encode(row.value)}
    assert knows == {"control"}
    assert not any(b"no_leadership" in msgspec.json.encode(row.value) for row in game.told if row.view != "control")
