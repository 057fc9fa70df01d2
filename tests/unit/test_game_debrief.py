"""The guided debrief: it begins when the game is over, drives every screen alike and shows nobody what is to come."""

import pytest

from tests.support.builders import CONTROL, START_MS, Game, a_game, player
from wargame.game import commands as c
from wargame.game.commands.debrief import Stop
from wargame.game.entities import DebriefBoardSeen, DebriefSeen
from wargame.game.events import Actor
from wargame.game.evolve import fold
from wargame.game.legal import legal
from wargame.game.rejections import Rejected
from wargame.game.snapshot import restore, snapshot

POTUS, DPRK = player("potus"), player("dprk")
STOPS = (
    Stop(stop="start", at_ms=START_MS, turn=1, title="How it began", prompt="What did you want?"),
    Stop(stop="end", at_ms=START_MS + 1, turn=1, title="How it ended"),
)


def over() -> Game:
    game = a_game().with_seats("potus", "dprk").started().later(60_000)
    return game.do(CONTROL, c.GameEnd(reason="Time is up."))


def under_way() -> Game:
    return over().do(CONTROL, c.DebriefOpen(stops=STOPS))


def stands(game: Game, view: str) -> DebriefSeen:
    """Return where a view stands."""
    seen = game.seen(view, "debrief")["debrief"]
    assert isinstance(seen, DebriefSeen)
    return seen


def shown(game: Game) -> DebriefBoardSeen:
    """Return the answers everybody sees."""
    board = game.seen("public", "debrief_board")["board"]
    assert isinstance(board, DebriefBoardSeen)
    return board


def test_a_debrief_waits_for_the_end_of_the_game() -> None:
    game = a_game().with_seats("potus").started()
    assert game.refused(CONTROL, c.DebriefOpen(stops=STOPS)) == "game.not_ended"


def test_only_control_drives_it() -> None:
    assert over().refused(POTUS, c.DebriefOpen(stops=STOPS)) == "who.control_only"
    assert under_way().refused(POTUS, c.DebriefLift(teams=("PRES",))) == "who.control_only"


def test_every_view_stands_at_the_same_stop_and_none_but_control_knows_the_next() -> None:
    game = under_way()
    views = {str(one.view) for one in game.told if one.kind == "game"}
    seen = {view: stands(game, view) for view in views}
    assert len(views) > 8
    assert len({repr(one) for one in seen.values()}) == 1
    assert seen["public"].title == "How it began"
    assert (seen["public"].place, seen["public"].of) == (1, 2)
    assert {one.view for one in game.told if one.kind == "debrief_plan"} == {"control"}
    words = [repr(one.value) for one in game.told if one.view != "control" and one.kind.startswith("debrief")]
    assert not any("How it ended" in word for word in words)


def test_a_stop_brings_its_anchors_with_their_sources() -> None:
    anchors = stands(under_way(), "seat:dprk").anchors
    assert anchors
    assert [one.date for one in anchors] == sorted(one.date for one in anchors)
    assert all(one.sources and len(one.sources[0]) > 20 for one in anchors)


def test_a_step_asks_the_question_of_the_stop_and_forgets_the_answers_to_the_last() -> None:
    game = under_way()
    number = game.state.debrief.number  # type: ignore[union-attr]
    game.do(POTUS, c.DebriefAnswer(number=number, text="Quiet."))
    game.do(CONTROL, c.DebriefStep(stop="end"))
    assert game.state.debrief is not None
    assert game.state.debrief.answered == ()
    assert game.state.debrief.prompt == ""
    assert game.refused(POTUS, c.DebriefAnswer(number=number, text="Late")) == "debrief.no_question"


def test_an_answer_to_an_earlier_question_is_refused() -> None:
    game = under_way().do(CONTROL, c.DebriefPose(prompt="And what did the other side want?"))
    assert game.refused(POTUS, c.DebriefAnswer(number=1, text="Quiet.")) == "debrief.moved_on"
    assert game.refused(POTUS, c.DebriefAnswer(number=2, text="   ")) == "text.empty"


def test_an_answer_is_controls_and_its_delegations_until_it_is_revealed() -> None:
    game = under_way().do(POTUS, c.DebriefAnswer(number=1, text="Quiet."))
    told = [one for one in game.told if "Quiet." in repr(one.value)]
    assert {one.view for one in told} == {"control", "seat:potus"}
    game.do(POTUS, c.DebriefAnswer(number=1, text="A text.")).do(DPRK, c.DebriefAnswer(number=1, text="Respect."))
    game.do(CONTROL, c.DebriefReveal())
    board = shown(game)
    assert [(one.seat, one.text) for one in board.answers] == [("potus", "A text."), ("dprk", "Respect.")]
    assert "p-potus" not in repr(board)


def test_nothing_is_revealed_before_somebody_answered() -> None:
    assert under_way().refused(CONTROL, c.DebriefReveal()) == "debrief.no_answers"


def test_a_person_without_a_seat_may_answer_and_control_alone_reads_it() -> None:
    game = over().joined("p-late", "Latecomer").do(CONTROL, c.DebriefOpen(stops=STOPS))
    game.do(Actor(kind="person", person="p-late"), c.DebriefAnswer(number=1, text="I only watched."))
    assert {one.view for one in game.told if "I only watched." in repr(one.value)} == {"control"}


def test_the_fog_is_set_team_by_team_and_can_come_down_again() -> None:
    game = under_way()
    teams = tuple(dict.fromkeys(seat.team for seat in game.state.seats.values()))
    game.do(CONTROL, c.DebriefLift(teams=(teams[-1], teams[0])))
    assert stands(game, "seat:dprk").lifted == (teams[0], teams[-1])
    assert game.refused(CONTROL, c.DebriefLift(teams=(teams[0], teams[-1]))) == "debrief.unchanged"
    game.do(CONTROL, c.DebriefLift(teams=(teams[0],)))
    assert stands(game, "seat:dprk").lifted == (teams[0],)
    assert game.refused(CONTROL, c.DebriefLift(teams=("mars",))) == "debrief.no_team"


def test_the_reach_of_the_replay_only_grows() -> None:
    game = under_way().do(CONTROL, c.DebriefStep(stop="end")).do(CONTROL, c.DebriefStep(stop="start"))
    seen = stands(game, "public")
    assert (seen.at_ms, seen.reach_ms) == (START_MS, START_MS + 1)


def test_there_is_no_way_to_a_stop_that_was_not_planned() -> None:
    assert under_way().refused(CONTROL, c.DebriefStep(stop="elsewhere")) == "debrief.no_stop"


def test_stops_can_be_changed_on_the_way_without_moving_anybody() -> None:
    game = under_way().do(CONTROL, c.DebriefStep(stop="end"))
    game.do(CONTROL, c.DebriefPose(prompt="Why?")).do(POTUS, c.DebriefAnswer(number=3, text="Because."))
    more = Stop(stop="middle", at_ms=START_MS, turn=1, title="In between")
    game.do(CONTROL, c.DebriefOpen(stops=(more, STOPS[1])))
    assert game.state.debrief is not None
    assert (game.state.debrief.at, game.state.debrief.prompt, game.state.debrief.number) == ("end", "Why?", 3)
    assert game.state.debrief.answered == ("p-potus",)
    game.do(CONTROL, c.DebriefOpen(stops=(more,)))
    assert game.state.debrief.at == "middle"


@pytest.mark.parametrize(
    ("stops", "code"),
    [
        ((STOPS[0], STOPS[0]), "debrief.stop_twice"),
        ((Stop(stop="x", at_ms=START_MS * 2, turn=1, title="Later"),), "debrief.not_played"),
        ((Stop(stop="x", at_ms=START_MS, turn=9, title="Turn nine"),), "debrief.not_played"),
    ],
)
def test_a_stop_is_a_moment_that_was_played_and_has_a_name_of_its_own(stops: tuple[Stop, ...], code: str) -> None:
    assert over().refused(CONTROL, c.DebriefOpen(stops=stops)) == code


def test_a_closed_debrief_takes_no_command_but_to_open_again() -> None:
    game = under_way().do(CONTROL, c.DebriefLift(teams=("PRES",))).do(CONTROL, c.DebriefClose())
    for command in (c.DebriefStep(stop="end"), c.DebriefPose(prompt="?"), c.DebriefReveal(), c.DebriefClose()):
        assert game.refused(CONTROL, command) == "debrief.closed"
    assert game.refused(POTUS, c.DebriefAnswer(number=1, text="Quiet.")) == "debrief.closed"
    seen = stands(game, "seat:rok")
    assert (seen.open, seen.lifted) == (False, ("PRES",))
    assert stands(game.do(CONTROL, c.DebriefOpen(stops=STOPS)), "seat:rok").open


def test_every_command_the_list_offers_after_the_end_is_accepted() -> None:
    offered = set()
    for game in (over(), under_way(), under_way().do(POTUS, c.DebriefAnswer(number=1, text="Quiet."))):
        for actor in (CONTROL, POTUS):
            for command in legal(game.state, actor, game.scenario):
                if type(command).__name__.startswith("Debrief"):
                    offered.add(type(command).__name__)
                    assert not isinstance(game.try_(actor, command), Rejected), command
    assert offered == {f"Debrief{word}" for word in ("Open", "Step", "Lift", "Pose", "Answer", "Reveal", "Close")}


def test_the_server_folds_the_same_debrief_from_the_log() -> None:
    game = under_way().do(POTUS, c.DebriefAnswer(number=1, text="Quiet.")).do(CONTROL, c.DebriefReveal())
    game.do(CONTROL, c.DebriefStep(stop="end"))
    assert fold(game.log) == game.state
    assert restore(snapshot(game.state)) == game.state
