"""Control speaks as others, and writes for itself: who learns what of either."""

from msgspec.structs import replace

from tests.support.builders import CONTROL, Game, a_game, bot, player
from wargame.game import commands as c

ROOM = "talk:dprk.potus"


def talking() -> Game:
    game = a_game(bots={"dprk": "dove"}).with_seats("potus", "rok").started()
    return game.do(player("potus"), c.RoomOpen(room="r", seats=("dprk",)))


def test_words_said_as_a_seat_are_byte_for_byte_what_its_bot_would_have_said() -> None:
    spoken, posted = talking(), talking()
    spoken.do(CONTROL, c.PersonaSpeak(room=ROOM, seat="dprk", text="We are listening."))
    posted.do(bot("dprk"), c.MessagePost(message="m", room=ROOM, text="We are listening."))
    for view in ("seat:potus", "seat:dprk", "seat:rok", "observer", "public"):
        assert spoken.feed(view) == posted.feed(view)


def test_control_alone_sees_who_spoke_and_the_log_says_as_whom() -> None:
    game = talking().do(CONTROL, c.PersonaSpeak(room=ROOM, seat="dprk", text="We are listening."))
    said = game.seen("control", "message")[f"{ROOM}:1"]
    assert (said.seat, said.spoken_by) == ("dprk", "p-control")  # type: ignore[attr-defined]
    assert replace(said, spoken_by="") == game.seen("seat:potus", "message")[f"{ROOM}:1"]  # type: ignore[type-var]
    line = next(line for line in game.seen("control", "log").values() if line.what == "persona.spoke")  # type: ignore[attr-defined]
    label = game.state.seats["dprk"].label
    assert (line.who, line.role) == ("Control", "control")  # type: ignore[attr-defined]
    assert line.text.startswith(f"Spoke as {label} in ")  # type: ignore[attr-defined]


def test_a_voice_nobody_in_the_game_has_speaks_on_a_line_to_control_and_on_the_wall() -> None:
    game = talking().do(CONTROL, c.PersonaSpeak(room="control:rok", voice="A foreign ministry", text="One moment."))
    game.do(CONTROL, c.PersonaSpeak(room="press", voice="Wire service", text="Sources say little."))
    assert game.seen("seat:rok", "message")["control:rok:1"].display == "A foreign ministry"  # type: ignore[attr-defined]
    assert game.seen("public", "message")["press:1"].display == "Wire service"  # type: ignore[attr-defined]


def test_words_as_somebody_else_are_refused_where_that_one_could_not_say_them() -> None:
    game = talking()
    both = c.PersonaSpeak(room=ROOM, seat="dprk", voice="Wire", text="…")
    assert game.refused(CONTROL, both) == "persona.one"
    assert game.refused(CONTROL, c.PersonaSpeak(room=ROOM, text="…")) == "persona.one"
    assert game.refused(CONTROL, c.PersonaSpeak(room=ROOM, voice="Wire", text="…")) == "persona.not_here"
    assert game.refused(CONTROL, c.PersonaSpeak(room=ROOM, seat="rok", text="…")) == "persona.not_in_room"
    assert game.refused(CONTROL, c.PersonaSpeak(room="none", seat="rok", text="…")) == "room.unknown"
    assert game.refused(CONTROL, c.PersonaSpeak(room=ROOM, seat="dprk", text="  ")) == "text.empty"
    assert game.refused(player("potus"), c.PersonaSpeak(room=ROOM, seat="dprk", text="…")) == "who.control_only"


def test_a_slow_line_slows_control_down_too_and_keeps_who_spoke() -> None:
    game = talking().do(CONTROL, c.LineDelay(room=ROOM, turns=1))
    game.do(CONTROL, c.PersonaSpeak(room=ROOM, seat="dprk", text="By courier."))
    assert game.seen("seat:potus", "message") == {}
    game.at_turn(2)
    assert game.seen("control", "message")[f"{ROOM}:1"].spoken_by == "p-control"  # type: ignore[attr-defined]
    assert game.seen("seat:potus", "message")[f"{ROOM}:1"].spoken_by == ""  # type: ignore[attr-defined]


# --- notes --------------------------------------------------------------------------------------------
def test_a_note_is_pinned_to_something_in_controls_view_with_objective_and_a_mark_for_the_debrief() -> None:
    game = talking().do(player("potus"), c.MessagePost(message="m", room=ROOM, text="Shall we meet?"))
    game.do(
        CONTROL,
        c.NotePin(note="n", text="First word", event=f"message:{ROOM}:1", objective="Mixed signals", discuss=True),
    )
    note = next(iter(game.seen("control", "note").values()))
    assert (note.event, note.objective, note.discuss) == (f"message:{ROOM}:1", "Mixed signals", True)  # type: ignore[attr-defined]


def test_a_note_cannot_be_pinned_to_what_is_not_there() -> None:
    game = talking()
    for event in ("message:none:1", "nothing", "log:"):
        assert game.refused(CONTROL, c.NotePin(note="n", text="…", event=event)) == "note.event_unknown"


def test_a_note_pinned_to_an_event_of_the_log_belongs_to_the_turn_of_that_event() -> None:
    game = talking()
    then, turn = game.log[-1].seq, game.state.turn
    game.at_turn(2).do(CONTROL, c.NotePin(note="n", text="Here it began", event=f"event:{then}", discuss=True))
    note = next(iter(game.seen("control", "note").values()))
    assert (note.event, note.turn, note.discuss) == (f"event:{then}", turn, True)  # type: ignore[attr-defined]
    for event in (f"event:{len(game.log) + 1}", "event:0", "event:-1", "event:1e3", "event:\u0663", f"event:{10**19}"):
        assert game.refused(CONTROL, c.NotePin(note="m", text="…", event=event)) == "note.event_unknown"


def test_a_note_written_anew_stays_at_its_moment_and_the_log_keeps_both() -> None:
    game = talking().do(CONTROL, c.NotePin(note="n", text="First"))
    key, first = next(iter(game.seen("control", "note").items()))
    game.at_turn(2).later(60_000).do(CONTROL, c.NotePin(note=key, text="Second", discuss=True))
    note = game.seen("control", "note")[key]
    assert (note.text, note.discuss, note.turn, note.at_ms) == ("Second", True, first.turn, first.at_ms)  # type: ignore[attr-defined]
    assert len(game.seen("control", "note")) == 1
    assert sum(line.what == "note.pinned" for line in game.seen("control", "log").values()) == 2  # type: ignore[attr-defined]


def test_no_other_view_learns_that_there_is_a_note() -> None:
    game = talking()
    before = {row.view: game.feed(row.view) for row in game.told if row.view != "control"}
    game.do(CONTROL, c.NotePin(note="n", text="Watch them", discuss=True))
    assert all(game.feed(view) == rows for view, rows in before.items())
