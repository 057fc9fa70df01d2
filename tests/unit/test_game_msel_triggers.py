"""What sets an entry of the master list off: clocks, conditions, what seats do, silence, chains, chance, Control."""

import pytest

from tests.support.builders import CONTROL, SYSTEM, Game, player
from tests.support.listing import MINUTE, due, entry, fire, playing, send, words, written
from wargame.game import commands as c
from wargame.game.quiet import QuietHours


def test_an_entry_goes_out_as_its_phase_of_its_turn_begins() -> None:
    game = written(playing(), "E", when=c.When(turn=1, phase="negotiate"))
    game.in_phase("plan")
    assert entry(game, "E").state == "waiting"
    game.in_phase("negotiate")
    assert entry(game, "E").state == "sent"
    assert entry(game, "E").sent in game.seen("seat:potus", "inject")


def test_minutes_after_a_phase_began_are_kept_by_a_clock_of_its_own() -> None:
    game = written(playing(), "E", when=c.When(turn=1, phase="plan", offset_ms=3 * MINUTE))
    game.in_phase("plan")
    assert due(game, "E") == game.now + 3 * MINUTE
    generation = game.state.timers["inject:E"].generation
    game.do(SYSTEM, c.TimerFire(key="inject:E", generation=generation))
    assert entry(game, "E").state == "waiting", "not before its time"
    game.later(3 * MINUTE)
    fire(game, "E")
    assert entry(game, "E").state == "sent"
    game.do(SYSTEM, c.TimerFire(key="inject:E", generation=generation))
    assert len([row for row in game.log if row.kind == "inject.sent" and row.payload.msel == "E"]) == 1  # type: ignore[attr-defined]


def test_a_pause_stops_the_clock_of_an_entry_and_resuming_gives_it_what_it_had_left() -> None:
    game = written(playing(), "E", when=c.When(turn=1, phase="plan", offset_ms=61 * MINUTE)).in_phase("plan")
    game.later(20 * MINUTE).do(CONTROL, c.GamePause())
    shown = game.seen("control", "msel")["E"]
    assert (shown.due_at_ms, shown.left_ms) == (None, 41 * MINUTE)  # type: ignore[attr-defined]
    game.later(125 * MINUTE).do(CONTROL, c.GameResume())
    assert due(game, "E") == game.now + 41 * MINUTE


def test_an_entry_written_in_the_running_phase_gets_what_is_left_of_its_minutes() -> None:
    game = playing().in_phase("plan").later(2 * MINUTE)
    game.do(CONTROL, c.GamePause()).later(9 * MINUTE).do(CONTROL, c.GameResume())
    written(game, "E", when=c.When(turn=1, phase="plan", offset_ms=5 * MINUTE))
    assert due(game, "E") == game.now + 3 * MINUTE


def test_what_a_seat_does_sets_an_entry_off_and_what_another_does_not() -> None:
    wanted = c.SeatAction(kind="message", by=("dprk",), room="press")
    game = written(playing(), "E", when=c.When(on=wanted))
    game.do(player("potus"), c.MessagePost(message="m", room="press", text="To all"))
    assert entry(game, "E").state == "waiting"
    game.do(player("dprk"), c.MessagePost(message="m", room="press", text="To all"))
    assert entry(game, "E").state == "sent"


def test_an_order_counts_as_given_when_it_is_drafted() -> None:
    wanted = c.SeatAction(kind="order", by=("dprk",), move="d_talks")
    game = written(playing(), "E", when=c.When(on=wanted, delay_ms=2 * MINUTE)).in_phase("plan")
    game.do(player("dprk"), c.OrderDraft(order="o", move="d_threat"))
    assert due(game, "E") is None
    game.do(player("dprk"), c.OrderDraft(order="p", move="d_talks"))
    assert due(game, "E") == game.now + 2 * MINUTE
    game.later(2 * MINUTE)
    fire(game, "E")
    assert entry(game, "E").state == "sent"


def test_the_opening_of_an_entry_sets_another_off() -> None:
    game = written(playing(), "A")
    written(game, "B", to=("dprk",), when=c.When(on=c.SeatAction(kind="open", by=("potus",), move="A")))
    send(game, "A")
    assert entry(game, "B").state == "waiting"
    game.do(player("potus"), c.ItemOpen(kind="inject", key=entry(game, "A").sent))
    assert entry(game, "B").state == "sent"


def test_silence_for_some_minutes_sets_an_entry_off() -> None:
    game = asked(playing())
    send(game, "A").later(10 * MINUTE)
    fire(game, "S")
    assert entry(game, "S").state == "sent"


def asked(game: Game, delay_ms: int = 10 * MINUTE) -> Game:
    written(game, "A", seen_on=c.SeatAction(kind="message", by=("potus",), room="press"))
    return written(game, "S", when=c.When(silence="A", delay_ms=delay_ms))


def test_an_answer_in_time_breaks_the_silence() -> None:
    game = asked(playing())
    send(game, "A").later(9 * MINUTE)
    game.do(player("potus"), c.MessagePost(message="m", room="press", text="We have seen it."))
    assert entry(game, "A").expected_seen == "yes"
    assert (entry(game, "S").state, entry(game, "S").why) == ("passed", "answered")
    assert due(game, "S") is None


def test_silence_without_minutes_is_judged_as_the_next_turn_opens() -> None:
    game = asked(playing(), delay_ms=0)
    send(game, "A").at_turn(2)
    assert entry(game, "S").state == "sent"


def test_control_marks_what_was_seen_and_that_breaks_the_silence_too() -> None:
    game = asked(playing(), delay_ms=0)
    assert game.refused(CONTROL, c.InjectMark(msel="A", seen="yes")) == "inject.not_sent"
    send(game, "A").do(CONTROL, c.InjectMark(msel="A", seen="yes", note="By telephone."))
    game.at_turn(2)
    assert (entry(game, "S").state, entry(game, "A").note) == ("passed", "By telephone.")


def test_what_was_expected_is_detected_in_the_world_as_a_later_turn_opens() -> None:
    game = playing()
    written(game, "A", expects="{ordered: {move: d_talks, by: dprk, within: 1}}")
    send(game, "A").in_phase("plan").do(player("dprk"), c.OrderDraft(order="o", move="d_talks"))
    assert entry(game, "A").expected_seen == ""
    game.at_turn(2)
    assert entry(game, "A").expected_seen == "yes"


def test_a_chain_goes_off_link_by_link() -> None:
    game = written(playing(), "A")
    written(game, "B", when=c.When(after="A"))
    written(game, "C", when=c.When(after="B", delay_ms=MINUTE))
    send(game, "A")
    assert [entry(game, name).state for name in "ABC"] == ["sent", "sent", "waiting"]
    game.later(MINUTE)
    fire(game, "C")
    assert entry(game, "C").state == "sent"


def test_an_entry_by_hand_never_goes_by_itself() -> None:
    game = written(playing(), "E", when=c.When(turn=2, hand=True)).at_turn(4)
    assert entry(game, "E").state == "waiting"


def test_a_condition_beside_a_turn_has_to_hold_then_or_the_moment_passes() -> None:
    game = playing()
    written(game, "Y", when=c.When(turn=2, condition="{ge: [turn, 2]}"))
    written(game, "N", when=c.When(turn=2, condition="{lt: [tension, 1]}"))
    game.at_turn(2)
    assert entry(game, "Y").state == "sent"
    assert (entry(game, "N").state, entry(game, "N").why) == ("passed", "condition")


def test_a_condition_alone_is_asked_at_every_start_of_a_turn() -> None:
    game = written(playing(), "E", when=c.When(condition="{ge: [turn, 3]}")).at_turn(2)
    assert entry(game, "E").state == "waiting"
    assert entry(game.at_turn(3), "E").state == "sent"


def test_chance_is_drawn_once_for_each_entry_from_the_seed_and_recorded() -> None:
    game, names = written(playing(), "A"), [f"E{number}" for number in range(12)]
    for name in names:
        written(game, name, when=c.When(after="A"), chance=0.5)
    send(game, "A")
    drawn = {row.payload.msel: row.payload.die for row in game.last if getattr(row.payload, "die", None)}  # type: ignore[attr-defined]
    assert set(drawn) == set(names)
    for name, die in drawn.items():
        assert (die.key, die.u < 0.5) == (f"inject:{name}", entry(game, name).state == "sent")
    assert {entry(game, name).state for name in names} == {"sent", "passed"}


@pytest.mark.parametrize("state", ["held", "skipped"])
def test_what_is_held_or_skipped_does_not_go_by_itself(state: str) -> None:
    game = written(playing(), "E", when=c.When(turn=2))
    game.do(CONTROL, c.InjectHold(msel="E") if state == "held" else c.InjectSkip(msel="E")).at_turn(3)
    assert entry(game, "E").state == state


def test_letting_go_gives_the_clock_of_an_entry_what_it_had_left() -> None:
    game = written(playing(), "E", when=c.When(turn=1, phase="plan", offset_ms=6 * MINUTE)).in_phase("plan")
    game.later(MINUTE).do(CONTROL, c.InjectHold(msel="E"))
    assert due(game, "E") is None
    game.later(40 * MINUTE).do(CONTROL, c.InjectHold(msel="E", on=False))
    assert due(game, "E") == game.now + 5 * MINUTE


def test_what_is_let_go_before_its_minute_of_the_phase_goes_out_then() -> None:
    game = written(playing(), "E", when=c.When(turn=1, phase="plan", offset_ms=5 * MINUTE))
    game.do(CONTROL, c.InjectHold(msel="E")).in_phase("plan").later(2 * MINUTE)
    game.do(CONTROL, c.InjectHold(msel="E", on=False))
    assert due(game, "E") == game.now + 3 * MINUTE


def test_what_was_held_and_then_moved_goes_by_its_new_time() -> None:
    game = written(playing(), "E", when=c.When(turn=1, phase="plan", offset_ms=5 * MINUTE)).in_phase("plan")
    game.do(CONTROL, c.InjectHold(msel="E"))
    game.do(CONTROL, c.InjectRetime(msel="E", turn=3, phase="plan", offset_ms=0))
    game.do(CONTROL, c.InjectHold(msel="E", on=False))
    assert due(game, "E") is None
    game.at_turn(3).in_phase("plan")
    assert entry(game, "E").state == "sent"


def test_new_words_leave_an_entry_that_was_set_off_its_clock() -> None:
    after = c.When(after="A", delay_ms=10 * MINUTE)
    game = send(written(written(playing(), "A"), "B", when=after), "A").later(4 * MINUTE)
    game.do(CONTROL, c.InjectWrite(msel="B", entry=words("B", when=after, title="Mended"), version=1))
    assert due(game, "B") == game.now + 6 * MINUTE
    sooner = c.When(after="A", delay_ms=7 * MINUTE)
    game.do(CONTROL, c.InjectWrite(msel="B", entry=words("B", when=sooner), version=2))
    assert due(game, "B") == game.now + 3 * MINUTE
    game.do(CONTROL, c.InjectHold(msel="B"))
    game.do(CONTROL, c.InjectWrite(msel="B", entry=words("B", when=sooner, title="Again"), version=3))
    game.later(MINUTE).do(CONTROL, c.InjectHold(msel="B", on=False))
    assert due(game, "B") == game.now + 3 * MINUTE
    game.do(CONTROL, c.InjectWrite(msel="B", entry=words("B"), version=4))
    assert due(game, "B") is None, "it goes by hand now"


def quiet_for_eight_hours_from_the_next(game: Game) -> Game:
    """Set quiet hours that begin with the next full hour, UTC."""
    hour = game.now // (60 * MINUTE) % 24
    begins, ends = (hour + 1) % 24 * 60, (hour + 9) % 24 * 60
    return game.do(CONTROL, c.QuietSet(quiet=QuietHours(begins=begins, ends=ends, zone="UTC")))


def test_minutes_of_a_phase_do_not_count_in_quiet_hours() -> None:
    game = quiet_for_eight_hours_from_the_next(playing().in_phase("plan")).later(10 * 60 * MINUTE)
    written(game, "E", when=c.When(turn=1, phase="plan", offset_ms=150 * MINUTE))
    assert due(game, "E") == game.now + 30 * MINUTE


def test_a_pause_that_reaches_into_quiet_hours_puts_off_only_what_counts() -> None:
    game = quiet_for_eight_hours_from_the_next(playing().in_phase("plan"))
    until_quiet = 60 * MINUTE - game.now % (60 * MINUTE)
    game.later(30 * MINUTE).do(CONTROL, c.GamePause()).later(30 * MINUTE).do(CONTROL, c.GameResume())
    game.later(9 * 60 * MINUTE)
    written(game, "E", when=c.When(turn=1, phase="plan", offset_ms=150 * MINUTE))
    assert due(game, "E") == game.now + 30 * MINUTE + (until_quiet - 30 * MINUTE)


def test_minutes_of_a_phase_are_counted_on_from_the_moment_a_rewind_goes_back_to() -> None:
    game = quiet_for_eight_hours_from_the_next(playing().in_phase("plan")).later(10 * 60 * MINUTE)
    game.do(CONTROL, c.CheckpointMake(label="Here"))
    mark = game.state.checkpoints[-1]
    game.later(20 * 60 * MINUTE).do(CONTROL, c.GameRewind(checkpoint=mark, reason="Once more."))
    game.later(5 * 60 * MINUTE).do(CONTROL, c.GameResume())
    written(game, "E", when=c.When(turn=1, phase="plan", offset_ms=150 * MINUTE))
    assert due(game, "E") == game.now + 30 * MINUTE
