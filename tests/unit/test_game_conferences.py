"""Conferences: who is called, who has the chair and the floor, and what is said in the corridor."""

import pytest

from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.state import CONFERENCES_REMEMBERED

KEY = "potus:vienna"
ROOM = f"conference:{KEY}"
CALL = c.ConferenceCall(
    conference="vienna", title="Vienna", seats=("dprk", "rok"), agenda=("Opening", "Inspections"), starts=1, ends=2
)


def playing() -> Game:
    return a_game().with_seats("potus", "state", "dprk", "rok").at_turn(1)


def called() -> Game:
    return playing().do(player("potus"), CALL)


def in_session() -> Game:
    return called().do(player("potus"), c.ConferenceOpen(conference=KEY))


def say(room: str = ROOM, text: str = "hello") -> c.MessagePost:
    return c.MessagePost(message="m", room=room, text=text)


def conference(game: Game, view: str = "seat:rok") -> object:
    return game.seen(view, "conference")[KEY]


def test_only_who_is_called_learns_of_a_conference() -> None:
    game = called()
    for view in ("seat:potus", "seat:dprk", "seat:rok", "control"):
        assert conference(game, view).agenda == ("Opening", "Inspections")  # type: ignore[attr-defined]
        assert not game.seen(view, "room")[ROOM].may_post  # type: ignore[attr-defined]
    for view in ("seat:state", "seat:jpn", "observer", "public"):
        assert game.seen(view, "conference") == {}
        assert ROOM not in game.seen(view, "room")


def test_a_conference_one_is_not_called_to_answers_like_one_that_is_not_there() -> None:
    game = in_session()
    for key in (KEY, "potus:nothing"):
        assert game.refused(player("state"), c.ConferenceOpen(conference=key)) == "conference.unknown"
        assert game.refused(player("state"), c.RoomOpen(room="x", seats=("rok",), at=key)) == "conference.unknown"
    for room in (ROOM, "conference:potus:nothing"):
        assert game.refused(player("state"), say(room)) == "room.unknown"


def test_the_chair_opens_recesses_and_closes_the_floor_and_nobody_else() -> None:
    game = called()
    assert game.refused(player("dprk"), say()) == "conference.not_open"
    assert game.refused(player("dprk"), c.ConferenceOpen(conference=KEY)) == "conference.chair_only"
    game.do(player("potus"), c.ConferenceOpen(conference=KEY)).do(player("dprk"), say())
    game.do(player("potus"), c.ConferenceRecess(conference=KEY, reason="To consult."))
    assert game.refused(player("dprk"), say()) == "conference.in_recess"
    assert f"{ROOM}:1" in game.seen("seat:rok", "message")
    game.do(player("rok"), c.RoomRead(room=ROOM, upto=1))
    game.do(player("potus"), c.ConferenceOpen(conference=KEY)).do(player("rok"), say())
    assert game.refused(player("potus"), c.ConferenceOpen(conference=KEY)) == "conference.unchanged"
    game.do(player("potus"), c.ConferenceClose(conference=KEY))
    assert game.refused(player("dprk"), say()) == "room.over"
    assert game.refused(player("potus"), c.ConferenceOpen(conference=KEY)) == "conference.over"


def test_the_chair_keeps_the_order_of_business_and_may_hand_it_on() -> None:
    game = in_session().do(player("potus"), c.ConferencePoint(conference=KEY, point=2))
    assert game.refused(player("potus"), c.ConferencePoint(conference=KEY, point=3)) == "conference.no_point"
    game.do(player("potus"), c.ConferenceAgenda(conference=KEY, agenda=("One thing",)))
    assert (conference(game).point, conference(game).agenda) == (1, ("One thing",))  # type: ignore[attr-defined]
    assert game.refused(player("potus"), c.ConferenceChair(conference=KEY, seat="state")) == "conference.chair_absent"
    game.do(player("potus"), c.ConferenceChair(conference=KEY, seat="dprk"))
    assert game.refused(player("potus"), c.ConferenceRecess(conference=KEY)) == "conference.chair_only"
    game.do(player("dprk"), c.ConferenceRecess(conference=KEY))
    assert conference(game).state == "recess"  # type: ignore[attr-defined]


def test_control_stands_in_for_a_chair_that_is_gone() -> None:
    game = in_session().do(player("potus"), c.SeatLeave()).do(CONTROL, c.ConferenceChair(conference=KEY, seat="rok"))
    assert conference(game).chair == "rok"  # type: ignore[attr-defined]


def test_a_conference_has_its_time_and_closes_when_it_is_over() -> None:
    game = playing()
    later = c.ConferenceCall(conference="later", title="Later", seats=("dprk",), starts=2)
    game.do(player("potus"), later)
    assert game.refused(player("potus"), c.ConferenceOpen(conference="potus:later")) == "conference.not_yet"
    game.do(player("potus"), CALL).at_turn(3)
    assert game.seen("seat:dprk", "conference")["potus:later"].reason == "Its time is over."  # type: ignore[attr-defined]
    assert conference(game).state == "closed"  # type: ignore[attr-defined]
    past = c.ConferenceCall(conference="past", title="Past", seats=("dprk",), starts=2)
    assert game.refused(player("potus"), past) == "conference.times"


def test_who_calls_a_conference_says_who_is_in_the_chair() -> None:
    game = playing()
    chaired = c.ConferenceCall(conference="a", title="A", seats=("dprk", "rok"), chair="rok")
    game.do(player("potus"), chaired)
    assert game.seen("seat:rok", "conference")["potus:a"].chair == "rok"  # type: ignore[attr-defined]
    absent = c.ConferenceCall(conference="b", title="B", seats=("dprk",), chair="rok")
    assert game.refused(player("potus"), absent) == "conference.chair_absent"
    assert game.refused(player("potus"), chaired) == "conference.id_used"
    alone = c.ConferenceCall(conference="c", title="C", seats=("potus",))
    assert game.refused(player("potus"), alone) == "room.alone"
    game.do(player("potus"), c.ConferenceCall(conference="d", title="D", seats=("dprk",)))
    game.do(player("potus"), c.ConferenceCall(conference="e", title="E", seats=("dprk",)))
    more = c.ConferenceCall(conference="f", title="F", seats=("dprk",))
    assert game.refused(player("potus"), more) == "conference.too_many"


def corridor(game: Game) -> str:
    game.do(player("dprk"), c.RoomOpen(room="x", seats=("rok",), at=KEY))
    (room,) = [key for key in game.seen("seat:dprk", "room") if key.startswith("corridor:")]
    return room


def test_a_word_in_the_corridor_is_known_to_the_two_alone() -> None:
    game = in_session()
    room = corridor(game)
    game.do(player("rok"), say(room, "Between us."))
    assert f"{room}:1" in game.seen("seat:dprk", "message")
    for view in ("seat:potus", "seat:state", "observer", "public"):
        assert not any(key.startswith("corridor:") for key in game.seen(view, "room"))
        assert not any(key.startswith("corridor:") for key in game.seen(view, "message"))
    assert game.refused(player("potus"), say(room)) == "room.unknown"


def test_corridor_talk_lasts_as_long_as_the_meeting() -> None:
    game = called()
    assert game.refused(player("dprk"), c.RoomOpen(room="x", seats=("rok",), at=KEY)) == "corridor.closed"
    game.do(player("potus"), c.ConferenceOpen(conference=KEY))
    room = corridor(game)
    game.do(player("dprk"), c.RoomOpen(room="x", seats=("rok",), at=KEY))
    assert game.last == ()
    game.do(player("potus"), c.ConferenceRecess(conference=KEY)).do(player("dprk"), say(room))
    told = len(game.feed("seat:potus"))
    game.do(player("rok"), say(room))
    assert len(game.feed("seat:potus")) == told
    game.do(player("potus"), c.ConferenceClose(conference=KEY))
    assert game.refused(player("dprk"), say(room)) == "room.over"
    assert f"{room}:2" in game.seen("seat:rok", "message")


@pytest.mark.parametrize("seats", [("state",), ("potus", "rok")])
def test_a_corridor_is_for_two_who_are_at_the_meeting(seats: tuple[str, ...]) -> None:
    asked = c.RoomOpen(room="x", seats=seats, at=KEY)
    assert in_session().refused(player("dprk"), asked) == "corridor.two"


def test_old_conferences_leave_the_state_and_not_the_views() -> None:
    game = playing()
    for number in range(CONFERENCES_REMEMBERED + 3):
        name = f"c{number}"
        game.do(player("potus"), c.ConferenceCall(conference=name, title=name, seats=("dprk",)))
        game.do(player("potus"), c.ConferenceClose(conference=f"potus:{name}"))
    assert len(game.state.conferences) == CONFERENCES_REMEMBERED
    assert len(game.seen("seat:dprk", "conference")) == CONFERENCES_REMEMBERED + 3
    assert game.refused(player("dprk"), say("conference:potus:c0")) == "room.unknown"
