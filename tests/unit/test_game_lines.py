"""What befalls a message on its way, by the case and by Control: delay, eavesdroppers, leaks; and who learns of it."""

from adjudication.dice import draw
from adjudication.scenario import Scenario
from tests.support.builders import CONTROL, SYSTEM, Game, player
from tests.support.second_crisis import Sections, a_case, rule
from wargame.game import commands as c
from wargame.game.decide.talk import UNDER_WAY

SEATS = ("queen", "fleet", "king", "isle")
ROOM = "talk:king.queen"
OUTSIDE = ("seat:fleet", "seat:isle", "observer", "public")


def line(**more: object) -> Sections:
    return {"id": "cable", "between": [["queen"], ["king"]], **more}


def with_line(*lines: Sections) -> Scenario:
    return a_case(rules=[rule("R-X01", code=True)], lines=list(lines))


def a_game(case: Scenario, *, seed: str = "s1") -> Game:
    game = Game(case)
    create = c.GameCreate(title="T", scenario="straits", preset="whole", seed=seed, style="rigid", open_seats=SEATS)
    game.do(SYSTEM, create).joined("p-control", "Control", "control").with_seats(*SEATS).started()
    return game.do(player("queen"), c.RoomOpen(room="x", seats=("king",)))


def say(text: str = "hello", room: str = ROOM) -> c.MessagePost:
    return c.MessagePost(message="m", room=room, text=text)


def texts(game: Game, view: str, kind: str = "message") -> list[str]:
    return [one.text for one in game.seen(view, kind).values()]  # type: ignore[attr-defined]


def end_turn(game: Game) -> None:
    turn = game.state.turn
    while game.state.turn == turn and game.state.status == "running":
        game.next_phase()


def test_a_slow_line_is_heard_turns_later_and_only_the_writer_knows_before() -> None:
    game = a_game(with_line(line(delay=1)))
    told = {view: len(game.feed(view)) for view in ("seat:king", *OUTSIDE)}
    game.do(player("queen"), say("By cable"))
    assert {view: len(game.feed(view)) for view in told} == told
    (held,) = game.seen("seat:queen", "held").values()
    assert (held.arrives, held.number, held.text) == (2, 0, "By cable")  # type: ignore[attr-defined]
    end_turn(game)
    assert texts(game, "seat:king") == ["By cable"]
    assert game.seen("seat:king", "message")[f"{ROOM}:1"].late  # type: ignore[attr-defined]
    assert next(iter(game.seen("seat:queen", "held").values())).number == 1  # type: ignore[attr-defined]
    assert game.state.held == {}


def test_a_slow_line_carries_only_so_much() -> None:
    game = a_game(with_line(line(delay=1)))
    for number in range(UNDER_WAY):
        game.do(player("queen"), say(str(number)))
    assert game.refused(player("queen"), say()) == "message.too_many_under_way"
    end_turn(game)
    assert texts(game, "seat:king") == [str(number) for number in range(UNDER_WAY)]


def test_who_reads_along_reads_and_nobody_else_learns_anything() -> None:
    plain, tapped = a_game(with_line()), a_game(with_line(TAPPED))
    for game in (plain, tapped):
        game.do(player("queen"), say("For your eyes")).do(player("king"), say("Noted"))
    assert texts(tapped, "seat:isle", "intercept") == ["For your eyes", "Noted"]
    assert next(iter(tapped.seen("seat:isle", "intercept").values())).say == "From a clerk."  # type: ignore[attr-defined]
    for view in ("seat:queen", "seat:king", "seat:fleet", "observer", "public"):
        assert tapped.feed(view) == plain.feed(view)
    for answer in ("seat:isle", "seat:fleet"):
        assert not tapped.seen(answer, "message")


TAPPED = line(intercept=[{"by": "isle", "p": 1.0, "rule": "R-X01", "say": "From a clerk."}])


def test_what_is_overheard_does_not_say_how_much_was_not() -> None:
    tap = line(intercept=[{"by": "isle", "p": 0.5, "rule": "R-X01"}])
    game = a_game(with_line(tap))
    for number in range(40):
        game.do(player("queen"), say(str(number)))
    caught = game.seen("seat:isle", "intercept")
    assert 8 < len(caught) < 32
    for key, one in caught.items():
        assert ROOM not in key
        assert not hasattr(one, "number")
        assert not hasattr(one, "room")


def test_every_die_of_a_line_is_recorded_and_falls_the_same_again() -> None:
    tap = line(intercept=[{"by": "isle", "p": 0.5, "rule": "R-X01"}], leak={"p": 0.5, "rule": "R-X01"})
    game = a_game(with_line(tap))
    for number in range(10):
        game.do(player("queen"), say(str(number)))
    end_turn(game)
    dice = [fact.payload for fact in game.log if fact.kind == "line.drawn"]
    assert [die.what for die in dice] == ["intercept"] * 10 + ["leak"]  # type: ignore[attr-defined]
    for die in dice:
        assert die.u == draw(game.state.seed, die.turn, die.key)  # type: ignore[attr-defined]
    assert len(game.seen("seat:isle", "intercept")) == sum(d.u < d.p for d in dice if d.what == "intercept")  # type: ignore[attr-defined]


def test_a_leak_is_read_by_all_and_its_source_by_whom_the_rule_names() -> None:
    leak = line(leak={"p": 1.0, "rule": "R-X01", "source_known_to": ["fleet"]})
    game = a_game(with_line(leak)).do(player("queen"), say("We will yield"))
    end_turn(game)
    for view in ("seat:queen", "seat:king", "seat:isle", "observer", "public"):
        item = game.seen(view, "message")["press:1"]
        assert (item.text, item.leaked_from, item.source, item.seat) == ("We will yield", "queen", "", "")  # type: ignore[attr-defined]
    for view in ("seat:fleet", "control"):
        assert game.seen(view, "message")["press:1"].source == "king, queen"  # type: ignore[attr-defined]
    end_turn(game)
    assert list(game.seen("public", "message")) == ["press:1"], "the words of an earlier turn do not come out again"


def test_a_line_that_does_not_leak_tells_nobody_anything() -> None:
    leaks = line(leak={"p": 0.0, "rule": "R-X01"})
    plain, tight = a_game(with_line()), a_game(with_line(leaks))
    for game in (plain, tight):
        game.do(player("queen"), say())
        end_turn(game)
    for view in (*(f"seat:{seat}" for seat in SEATS), "observer", "public"):
        assert tight.feed(view) == plain.feed(view)


def test_one_message_of_the_turn_comes_out_each_with_the_same_chance() -> None:
    case, out = with_line(line(leak={"p": 1.0, "rule": "R-X01"})), {"0": 0, "1": 0, "2": 0}
    for seed in range(60):
        game = a_game(case, seed=f"s{seed}")
        for word in out:
            game.do(player("queen"), say(word))
        end_turn(game)
        out[texts(game, "public")[0]] += 1
    assert min(out.values()) > 8, out


def test_control_slows_a_room_and_lets_it_run_again() -> None:
    game = a_game(with_line()).do(CONTROL, c.LineDelay(room=ROOM, turns=1)).do(player("king"), say("slow"))
    assert texts(game, "seat:queen") == []
    assert game.seen("control", "line")[ROOM].delay == 1  # type: ignore[attr-defined]
    game.do(CONTROL, c.LineDelay(room=ROOM, turns=0)).do(player("king"), say("quick"))
    assert texts(game, "seat:queen") == ["quick"]
    end_turn(game)
    assert texts(game, "seat:queen") == ["quick", "slow"]
    assert game.refused(CONTROL, c.LineDelay(room=ROOM, turns=0)) == "line.unchanged"
    assert game.refused(CONTROL, c.LineDelay(room="press", turns=1)) == "line.none"
    assert game.refused(CONTROL, c.LineDelay(room="talk:nobody", turns=1)) == "room.unknown"


def test_control_lets_a_seat_read_along_and_only_it_learns() -> None:
    game = a_game(with_line())
    told = {view: len(game.feed(view)) for view in ("seat:queen", "seat:king", *OUTSIDE)}
    game.do(CONTROL, c.LineIntercept(room=ROOM, by="isle"))
    assert {view: len(game.feed(view)) for view in told} == told
    game.do(player("queen"), say("Psst"))
    assert texts(game, "seat:isle", "intercept") == ["Psst"]
    assert game.seen("control", "line")[ROOM].taps == ("isle",)  # type: ignore[attr-defined]
    assert game.refused(CONTROL, c.LineIntercept(room=ROOM, by="isle")) == "line.unchanged"
    assert game.refused(CONTROL, c.LineIntercept(room=ROOM, by="king")) == "line.member"
    assert game.refused(CONTROL, c.LineIntercept(room=ROOM, by="moon")) == "seat.unknown"
    game.do(CONTROL, c.LineIntercept(room=ROOM, by="isle", on=False)).do(player("queen"), say("Alone?"))
    assert texts(game, "seat:isle", "intercept") == ["Psst"]
    for actor in (player("isle"), player("queen")):
        assert game.refused(actor, c.LineIntercept(room=ROOM, by="isle")) == "who.control_only"


def test_control_brings_a_message_into_the_papers() -> None:
    game = a_game(with_line()).do(player("king"), say("In confidence"))
    leak = c.MessageLeak(room=ROOM, number=1, source_known_to=("isle",))
    game.do(CONTROL, leak)
    assert texts(game, "public") == ["In confidence"]
    assert game.seen("seat:isle", "message")["press:1"].source  # type: ignore[attr-defined]
    assert not game.seen("seat:queen", "message")["press:1"].source  # type: ignore[attr-defined]
    assert game.refused(CONTROL, c.MessageLeak(room=ROOM, number=2)) == "message.unknown"
    assert game.refused(CONTROL, c.MessageLeak(room="press", number=1)) == "message.public"
    assert game.refused(CONTROL, c.MessageLeak(room="none", number=1)) == "room.unknown"


def test_people_in_one_room_hear_each_other_at_once() -> None:
    game = a_game(with_line(line(delay=2)))
    game.do(player("queen"), c.ConferenceCall(conference="a", title="A", seats=("king",)))
    game.do(player("queen"), c.ConferenceOpen(conference="queen:a"))
    game.do(player("queen"), say("Face to face", "conference:queen:a"))
    assert texts(game, "seat:king") == ["Face to face"]
    assert game.refused(CONTROL, c.LineDelay(room="conference:queen:a", turns=1)) == "line.in_person"


def test_who_is_shown_how_far_a_seat_has_read_is_a_rule_of_the_case() -> None:
    told = {}
    for reads in ("reader", "side", "room"):
        case = a_case(talk={"reads": reads})
        game = a_game(case).do(player("queen"), c.RoomOpen(room="y", seats=("king", "fleet")))
        game.do(player("queen"), say(room="talk:fleet.king.queen"))
        game.do(player("fleet"), c.RoomRead(room="talk:fleet.king.queen", upto=1))
        views = [f"seat:{seat}" for seat in SEATS]
        told[reads] = {v for v in views if "talk:fleet.king.queen:fleet" in game.seen(v, "read")}
    assert told == {
        "reader": {"seat:fleet"},
        "side": {"seat:fleet", "seat:queen"},
        "room": {"seat:fleet", "seat:queen", "seat:king"},
    }


def test_what_is_said_face_to_face_goes_by_no_line_between_seats() -> None:
    game = a_game(with_line(TAPPED))
    game.do(player("queen"), c.ConferenceCall(conference="a", title="A", seats=("king",)))
    game.do(player("queen"), c.ConferenceOpen(conference="queen:a"))
    game.do(player("queen"), say("Face to face", "conference:queen:a"))
    assert texts(game, "seat:isle", "intercept") == []


def test_a_corridor_may_have_ears_of_its_own() -> None:
    ears = {"id": "ears", "kind": "corridor", "intercept": [{"by": "isle", "p": 1.0, "rule": "R-X01"}]}
    game = a_game(with_line(ears))
    game.do(player("queen"), c.ConferenceCall(conference="a", title="A", seats=("king", "fleet")))
    game.do(player("queen"), c.ConferenceOpen(conference="queen:a"))
    game.do(player("king"), c.RoomOpen(room="x", seats=("fleet",), at="queen:a"))
    (aside,) = [room.id for room in game.state.rooms.values() if room.kind == "corridor"]
    game.do(player("king"), say("Psst", aside))
    assert texts(game, "seat:isle", "intercept") == ["Psst"]
    assert texts(game, "seat:queen") == []
