"""Rooms, messages and reading: who hears what, and what nobody can find out."""

from tests.support.builders import CONTROL, Game, a_game, bot, player
from wargame.game import commands as c
from wargame.game.events import Actor


def playing() -> Game:
    return a_game(bots={"jpn": "dove"}).with_seats("potus", "state", "dprk", "rok").started()


def say(room: str, text: str = "hello") -> c.MessagePost:
    return c.MessagePost(message="m", room=room, text=text)


def hears(game: Game, view: str) -> set[str]:
    return set(game.seen(view, "message"))


def test_a_room_opened_with_one_gesture_is_between_exactly_those_seats() -> None:
    game = playing().do(player("potus"), c.RoomOpen(room="x", seats=("dprk", "rok")))
    game.do(player("rok"), say("talk:dprk.potus.rok"))
    for view in ("seat:potus", "seat:dprk", "seat:rok", "control"):
        assert hears(game, view) == {"talk:dprk.potus.rok:1"}
    for view in ("seat:state", "seat:jpn", "observer", "public"):
        assert hears(game, view) == set()
        assert "talk:dprk.potus.rok" not in game.seen(view, "room")


def test_the_same_company_meets_in_the_room_it_has() -> None:
    game = playing().do(player("potus"), c.RoomOpen(room="x", seats=("dprk",)))
    game.do(player("dprk"), c.RoomOpen(room="y", seats=("potus",)))
    assert game.last == ()
    game.do(player("rok"), c.RoomOpen(room="z", seats=("jpn",)))
    assert game.last == ()
    assert "team:ALLY" in game.seen("seat:rok", "room")


def test_a_room_one_is_not_in_answers_like_one_that_is_not_there() -> None:
    game = playing().do(player("potus"), c.RoomOpen(room="x", seats=("dprk",)))
    for room in ("talk:dprk.potus", "talk:nobody"):
        assert game.refused(player("rok"), say(room)) == "room.unknown"
        assert game.refused(player("rok"), c.RoomRead(room=room, upto=0)) == "room.unknown"


def test_a_room_needs_another_seat_that_exists() -> None:
    game = playing()
    assert game.refused(player("potus"), c.RoomOpen(room="x", seats=("potus",))) == "room.alone"
    assert game.refused(player("potus"), c.RoomOpen(room="x", seats=("moon",))) == "seat.unknown"


def test_the_press_wall_is_read_by_everybody_and_written_by_every_seat() -> None:
    game = playing().do(player("dprk"), say("press")).do(bot("jpn"), say("press")).do(CONTROL, say("press"))
    for view in ("seat:state", "observer", "public", "control"):
        assert hears(game, view) == {"press:1", "press:2", "press:3"}
    assert not game.seen("public", "room")["press"].may_post  # type: ignore[attr-defined]


def test_messages_are_numbered_in_their_room_and_nobody_can_overwrite_one() -> None:
    game = playing().do(player("potus"), say("press", "one")).do(player("potus"), say("press", "two"))
    texts = [m.text for m in game.seen("public", "message").values()]  # type: ignore[attr-defined]
    assert texts == ["one", "two"]


def test_each_seat_has_its_own_line_to_control() -> None:
    game = playing().do(player("rok"), say("control:rok")).do(CONTROL, say("control:rok", "yes?"))
    assert hears(game, "seat:rok") == hears(game, "control") == {"control:rok:1", "control:rok:2"}
    assert hears(game, "seat:potus") == set()
    assert game.refused(player("potus"), say("control:rok")) == "room.unknown"


def test_control_listens_to_a_room_of_players_but_does_not_speak_in_it() -> None:
    game = playing().do(player("state"), say("side:US"))
    assert hears(game, "control") == {"side:US:1"}
    assert game.refused(CONTROL, say("side:US")) == "room.listen_only"


def test_control_can_speak_while_the_game_is_paused() -> None:
    game = playing().do(CONTROL, c.GamePause()).do(CONTROL, say("control:rok", "five minutes"))
    assert game.refused(player("rok"), say("control:rok")) == "game.paused"


def test_an_empty_text_is_refused() -> None:
    assert playing().refused(player("rok"), say("press", "  \n ")) == "text.empty"


def test_reading_is_known_to_the_reader_its_own_side_and_control() -> None:
    game = playing().do(player("potus"), say("side:US")).do(player("state"), c.RoomRead(room="side:US", upto=1))
    for view in ("seat:state", "seat:potus", "control"):
        assert game.seen(view, "read")["side:US:state"].upto == 1  # type: ignore[attr-defined]
    for view in ("seat:dprk", "seat:rok", "observer", "public"):
        assert "side:US:state" not in game.seen(view, "read")
    assert game.refused(player("state"), c.RoomRead(room="side:US", upto=1)) == "room.already_read"
    assert game.refused(player("state"), c.RoomRead(room="side:US", upto=2)) == "room.read_ahead"


def test_an_inject_reaches_its_addressees_and_only_they_can_open_it() -> None:
    game = playing().do(CONTROL, c.InjectSend(inject="i", to=("rok",), title="Flash", text="A call from Seoul"))
    (key,) = [k for k, i in game.seen("seat:rok", "inject").items() if i.title == "Flash"]  # type: ignore[attr-defined]
    assert key not in game.seen("public", "inject")
    assert game.refused(player("potus"), c.ItemOpen(kind="inject", key=key)) == "item.unknown"
    assert game.refused(player("potus"), c.ItemOpen(kind="inject", key="nothing")) == "item.unknown"
    game.do(player("rok"), c.ItemOpen(kind="inject", key=key))
    assert f"inject:{key}:rok" in game.seen("control", "opened")
    assert f"inject:{key}:rok" not in game.seen("seat:potus", "opened")
    assert game.refused(player("rok"), c.ItemOpen(kind="inject", key=key)) == "item.already_opened"


def test_an_inject_to_all_is_public_news() -> None:
    game = playing()
    before = set(game.seen("public", "inject"))
    game.do(CONTROL, c.InjectSend(inject="i", to=("all",), title="News", text="It is in the papers"))
    assert len(set(game.seen("public", "inject")) - before) == 1


def test_a_scheduled_inject_is_sent_once_and_can_be_skipped() -> None:
    game = playing()
    waiting = [k for k, entry in game.state.msel.items() if entry.state == "waiting"]
    send = c.InjectSend(inject="i", to=("all",), title="t", text="x", msel=waiting[0])
    game.do(CONTROL, send)
    assert game.seen("control", "msel")[waiting[0]].state == "sent"  # type: ignore[attr-defined]
    assert game.refused(CONTROL, send) == "inject.not_waiting"
    game.do(CONTROL, c.InjectSkip(msel=waiting[1]))
    assert game.refused(CONTROL, c.InjectSkip(msel=waiting[1])) == "inject.not_waiting"
    assert game.refused(CONTROL, c.InjectSkip(msel="I-none")) == "inject.unknown"
    assert game.refused(CONTROL, c.InjectSend(inject="i", to=("moon",), title="t", text="x")) == "seat.unknown"
    game.do(CONTROL, c.InjectSend(inject="i", to=("all",), title="t", text="x", msel=waiting[1]))


def test_the_list_of_injects_notes_and_the_log_are_control_s_alone() -> None:
    game = playing().do(CONTROL, c.NotePin(note="n", text="watch the envoy"))
    assert game.refused(CONTROL, c.NotePin(note="n", text=" ")) == "text.empty"
    for view in ("seat:potus", "seat:dprk", "observer", "public"):
        for kind in ("msel", "note", "log", "sheetstate", "proposal", "ruling"):
            assert game.seen(view, kind) == {}
    assert len(game.seen("control", "note")) == 1
    assert game.seen("control", "log")


def mixed() -> Game:
    """A room of two sides: two of the one, one of the other."""
    game = playing().do(player("potus"), c.RoomOpen(room="x", seats=("dprk", "state")))
    return game.do(player("dprk"), say(MIXED, "one"))


MIXED = "talk:dprk.potus.state"


def test_the_other_side_never_learns_that_it_is_being_read() -> None:
    game = mixed().do(player("state"), c.RoomRead(room=MIXED, upto=1))
    assert f"{MIXED}:state" in game.seen("seat:potus", "read")
    assert set(game.seen("seat:dprk", "read")) == {f"{MIXED}:dprk"}
    assert f"{MIXED}:dprk" not in game.seen("seat:potus", "read")


def test_a_reply_names_a_message_of_the_room_and_a_mention_a_seat_in_it() -> None:
    game = mixed()
    answer = c.MessagePost(message="m", room=MIXED, text="two", reply_to=1, mentions=("potus", "potus"))
    game.do(player("state"), answer)
    seen = game.seen("seat:dprk", "message")[f"{MIXED}:2"]
    assert (seen.reply_to, seen.mentions) == (1, ("potus",))  # type: ignore[attr-defined]
    for more, code in (
        ({"reply_to": 3}, "message.unknown"),
        ({"mentions": ("rok",)}, "message.mention_absent"),
        ({"mentions": ("moon",)}, "seat.unknown"),
    ):
        post = c.MessagePost(message="m", room=MIXED, text="x", **more)  # type: ignore[arg-type]
        assert game.refused(player("state"), post) == code


def test_everybody_can_be_named_on_the_press_wall() -> None:
    game = playing().do(player("rok"), c.MessagePost(message="m", room="press", text="To you", mentions=("dprk",)))
    assert game.seen("public", "message")["press:1"].mentions == ("dprk",)  # type: ignore[attr-defined]


def test_what_is_pinned_is_seen_by_the_room_and_by_nobody_else() -> None:
    game = mixed().do(player("state"), c.MessagePin(room=MIXED, number=1))
    for view in ("seat:dprk", "seat:potus", "control"):
        assert game.seen(view, "room")[MIXED].pinned == (1,)  # type: ignore[attr-defined]
    assert MIXED not in game.seen("seat:rok", "room")
    assert game.refused(player("dprk"), c.MessagePin(room=MIXED, number=1)) == "pin.unchanged"
    assert game.refused(player("dprk"), c.MessagePin(room=MIXED, number=9)) == "message.unknown"
    assert game.refused(player("rok"), c.MessagePin(room=MIXED, number=1)) == "room.unknown"
    assert game.refused(CONTROL, c.MessagePin(room=MIXED, number=1, on=False)) == "room.listen_only"
    game.do(player("dprk"), c.MessagePin(room=MIXED, number=1, on=False))
    assert game.seen("seat:potus", "room")[MIXED].pinned == ()  # type: ignore[attr-defined]


def test_a_room_holds_only_so_many_pins_and_the_press_wall_is_control_s() -> None:
    game = playing()
    for number in range(1, 12):
        game.do(CONTROL, say("press"))
        if number < 11:
            game.do(CONTROL, c.MessagePin(room="press", number=number))
    assert game.refused(CONTROL, c.MessagePin(room="press", number=11)) == "pin.too_many"
    assert game.refused(player("rok"), c.MessagePin(room="press", number=11)) == "pin.not_here"


def test_a_message_to_a_seat_that_was_left_waits_for_whoever_sits_there_next() -> None:
    game = mixed().do(player("dprk"), c.SeatLeave())
    game.do(player("potus"), say(MIXED, "Are you there?"))
    game.joined("p-heir").do(Actor(kind="person", person="p-heir"), c.SeatTake(seat="dprk"))
    assert [m.text for m in game.seen("seat:dprk", "message").values()] == ["one", "Are you there?"]  # type: ignore[attr-defined]


def test_text_in_any_script_comes_through_as_it_was_written() -> None:
    text = "\u0634\u0644\u0648\u0645 \u05e9\u05dc\u05d5\u05dd \U0001f54a\ufe0f \ud55c\uad6d\uc5b4 \u202eabc"
    game = playing().do(player("rok"), say("press", text))
    assert game.seen("public", "message")["press:1"].text == text  # type: ignore[attr-defined]
