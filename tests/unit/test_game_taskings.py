"""Requests for information and taskings: who may ask whom, by when, and how one is closed."""

from typing import Any

import pytest

from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.decide.taskings import OPEN_TASKINGS
from wargame.game.entities import TaskingSeen

SEATS = ("potus", "state", "intel", "dprk", "rok")


def playing() -> Game:
    return a_game().with_seats(*SEATS).at_turn(1)


def asked(game: Game, seat: str = "state", to: str = "intel", **kwargs: Any) -> str:
    """Ask and return the tasking's id."""
    before = set(game.state.taskings)
    args = {"kind": "rfi", "text": "How many sites?", "due": 2, **kwargs}
    game.do(CONTROL if seat == "control" else player(seat), c.TaskingAsk(to=to, **args))
    return next(iter(set(game.state.taskings) - before))


def seen(game: Game, view: str, tasking: str) -> TaskingSeen:
    return game.seen(view, "tasking")[tasking]  # type: ignore[return-value]


def test_a_request_is_between_who_asks_who_is_asked_and_control() -> None:
    game = playing()
    tasking = asked(game)
    game.do(player("intel"), c.TaskingTake(tasking=tasking))
    game.do(player("intel"), c.TaskingAnswer(tasking=tasking, text="Two, we judge."))
    for view in ("seat:state", "seat:intel", "control"):
        found = seen(game, view, tasking)
        assert (found.state, found.answer, found.ref) == ("answered", "Two, we judge.", "RFI STATE-INTEL 001")
    for view in ("seat:potus", "seat:dprk", "observer", "public"):
        assert game.seen(view, "tasking") == {}
    assert game.state.taskings == {}


def test_what_is_not_answered_when_its_turn_is_over_is_late_to_both() -> None:
    game = playing()
    tasking, later = asked(game, due=1), asked(game, due=2)
    game.at_turn(2)
    assert [seen(game, view, tasking).state for view in ("seat:state", "seat:intel")] == ["late", "late"]
    assert seen(game, "seat:state", later).state == "open"
    game.do(player("intel"), c.TaskingAnswer(tasking=tasking, text="Now we know."))
    found = seen(game, "seat:state", tasking)
    assert (found.state, found.late) == ("answered", True)


def test_more_time_makes_it_late_no_longer() -> None:
    game = playing()
    tasking = asked(game, due=1)
    game.at_turn(2).do(player("state"), c.TaskingExtend(tasking=tasking, due=3))
    found = seen(game, "seat:intel", tasking)
    assert (found.state, found.late, found.due) == ("open", False, 3)
    game.at_turn(4)
    assert seen(game, "seat:intel", tasking).state == "late"


def test_one_may_be_declined_with_a_reason_and_called_off_by_who_asked() -> None:
    game = playing()
    tasking, other = asked(game), asked(game)
    game.do(player("intel"), c.TaskingDecline(tasking=tasking, reason="It would burn the source."))
    game.do(player("state"), c.TaskingWithdraw(tasking=other))
    found = seen(game, "seat:state", tasking)
    assert (found.state, found.answer) == ("declined", "It would burn the source.")
    assert seen(game, "seat:intel", other).state == "withdrawn"
    assert game.state.taskings == {}


def test_control_is_asked_and_asks() -> None:
    game = playing()
    question = asked(game, "rok", "control")
    game.do(CONTROL, c.TaskingTake(tasking=question)).do(CONTROL, c.TaskingAnswer(tasking=question, text="No."))
    assert seen(game, "seat:rok", question).answer == "No."
    task = asked(game, "control", "dprk", kind="tasking", text="Name your delegation.")
    game.do(player("dprk"), c.TaskingAnswer(tasking=task, text="Three names."))
    assert seen(game, "control", task).ref == "TASK CONTROL-DPRK 001"


def test_a_released_request_on_paper_opens_one_for_each_addressee_under_its_number() -> None:
    game = playing()
    fields = {"question": "How many sites?", "why": "For the offer."}
    draft = c.PaperDraft(template="intelligence_request", to=("intel", "control"), fields=fields)
    game.do(player("state"), draft)
    paper = next(iter(game.state.papers))
    game.do(player("state"), c.PaperRelease(paper=paper, version=1))
    rows = [seen(game, "seat:state", key) for key in game.state.taskings]
    assert {(one.to, one.ref, one.due, one.paper, one.text) for one in rows} == {
        ("intel", "RFI STATE-INTEL+CONTROL 001", 2, paper, "How many sites?"),
        ("control", "RFI STATE-INTEL+CONTROL 001", 2, paper, "How many sites?"),
    }


def test_numbers_run_within_what_one_asks_the_same_owner() -> None:
    game = playing()
    refs = [seen(game, "control", asked(game, to=to)).ref for to in ("intel", "rok", "intel", "control")]
    assert refs == ["RFI STATE-INTEL 001", "RFI STATE-ROK 001", "RFI STATE-INTEL 002", "RFI STATE-CONTROL 001"]


@pytest.mark.parametrize(
    ("seat", "args", "code"),
    [
        ("state", {"kind": "tasking", "to": "intel"}, "tasking.no_authority"),
        ("dprk", {"kind": "tasking", "to": "rok"}, "tasking.no_authority"),
        ("state", {"to": "state"}, "tasking.not_reached"),
        ("state", {"to": "moon"}, "tasking.not_reached"),
        ("state", {"to": "intel", "text": "  "}, "text.empty"),
        ("state", {"to": "intel", "due": 0}, "tasking.due"),
        ("state", {"to": "intel", "due": 13}, "tasking.due"),
    ],
)
def test_a_request_is_refused_with_what_is_allowed(seat: str, args: dict[str, Any], code: str) -> None:
    command = c.TaskingAsk(**{"kind": "rfi", "text": "?", "due": 1, **args})
    assert playing().refused(player(seat), command) == code


def test_a_principal_tasks_those_who_answer_to_it() -> None:
    game = playing()
    task = asked(game, "potus", "state", kind="tasking", text="Prepare a text.", due=1)
    assert seen(game, "seat:state", task).ref == "TASK POTUS-STATE 001"


def test_each_end_does_its_own_part_and_strangers_find_nothing() -> None:
    game = playing()
    tasking = asked(game)

    def refused(seat: str, command: c.Command) -> str:
        return game.refused(player(seat), command)

    assert refused("state", c.TaskingAnswer(tasking=tasking, text="x")) == "tasking.not_owner"
    assert refused("intel", c.TaskingExtend(tasking=tasking, due=3)) == "tasking.not_asker"
    assert refused("intel", c.TaskingWithdraw(tasking=tasking)) == "tasking.not_asker"
    assert refused("state", c.TaskingExtend(tasking=tasking, due=2)) == "tasking.no_extension"
    assert refused("state", c.TaskingExtend(tasking=tasking, due=99)) == "tasking.due"
    assert refused("intel", c.TaskingAnswer(tasking=tasking, text=" ")) == "text.empty"
    assert refused("intel", c.TaskingDecline(tasking=tasking, reason="    ")) == "text.empty"
    game.do(player("intel"), c.TaskingTake(tasking=tasking))
    assert refused("intel", c.TaskingTake(tasking=tasking)) == "tasking.taken_already"
    for name in (tasking, "state:none"):
        assert refused("potus", c.TaskingTake(tasking=name)) == "tasking.unknown"
        assert refused("potus", c.TaskingWithdraw(tasking=name)) == "tasking.unknown"


def test_so_many_requests_of_one_seat_are_open() -> None:
    game = playing()
    for _ in range(OPEN_TASKINGS):
        asked(game)
    again = c.TaskingAsk(kind="rfi", to="rok", text="?", due=1)
    assert game.refused(player("state"), again) == "tasking.too_many"
    game.do(player("potus"), c.TaskingAsk(kind="rfi", to="rok", text="?", due=1))


def test_a_request_on_paper_counts_as_well() -> None:
    game = playing()
    for _ in range(OPEN_TASKINGS):
        asked(game)
    fields = {"question": "How many sites?", "why": "For the offer."}
    game.do(player("state"), c.PaperDraft(template="intelligence_request", to=("intel",), fields=fields))
    paper = next(iter(game.state.papers))
    assert game.refused(player("state"), c.PaperRelease(paper=paper, version=1)) == "tasking.too_many"
    game.do(player("state"), c.TaskingWithdraw(tasking=next(iter(game.state.taskings))))
    game.do(player("state"), c.PaperRelease(paper=paper, version=1))
