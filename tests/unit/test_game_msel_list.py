"""The master list as a list: writing, approving, holding, skipping, re-timing, taking back; and its refusals."""

import pytest
from msgspec.structs import replace

from tests.support.builders import CONTROL, Game, player
from tests.support.listing import MINUTE, due, entry, playing, send, words, written
from wargame.game import commands as c
from wargame.game import msel
from wargame.game.events import Actor
from wargame.game.rejections import Rejected, sentence
from wargame.game.state import MSEL_ENTRIES, Entry

AUTHOR = Actor(kind="control", person="p-author", role="control")


def with_author(game: Game) -> Game:
    """Let a facilitator in who may write and send injects, and nothing else."""
    game.joined("p-author", "Author", "control")
    return game.do(CONTROL, c.RightsSet(person="p-author", rights=("inject",)))


def refusal(game: Game, command: c.Command, actor: Actor = CONTROL) -> Rejected:
    answer = game.try_(actor, command)
    assert isinstance(answer, Rejected), answer
    assert sentence(answer)
    return answer


def write(name: str, **given: object) -> c.InjectWrite:
    version = given.pop("version", 0)
    return c.InjectWrite(msel=name, entry=words(name, **given), version=version)  # type: ignore[arg-type]


# --- writing and approving --------------------------------------------------------------------
def test_what_one_with_few_rights_writes_is_a_draft_that_somebody_else_has_to_approve() -> None:
    game = with_author(playing()).do(AUTHOR, write("E"))
    assert entry(game, "E").state == "draft"
    assert game.refused(CONTROL, c.InjectSend(inject="i", to=("all",), title="t", text="t", msel="E")) == "inject.draft"
    assert game.refused(AUTHOR, c.InjectApprove(msel="E", version=1)) == "inject.own_draft"
    game.do(CONTROL, c.InjectApprove(msel="E", version=1))
    shown = game.seen("control", "msel")["E"]
    assert (shown.state, shown.author, shown.approved_by) == ("waiting", "p-author", "p-control")  # type: ignore[attr-defined]


def test_one_with_all_rights_writes_onto_the_list_and_changes_what_the_case_has() -> None:
    game = playing()
    known = "I05"
    game.do(CONTROL, write(known, version=1, number="7a", title="Ours", extra={"profile": "Press"}))
    shown = game.seen("control", "msel")[known]
    assert (shown.title, shown.number, shown.version, shown.extra) == ("Ours", "7a", 2, {"profile": "Press"})  # type: ignore[attr-defined]


def test_of_two_who_change_an_entry_at_once_the_second_is_told() -> None:
    game = with_author(written(playing(), "E")).do(CONTROL, write("E", version=1, title="Mine"))
    late = refusal(game, write("E", version=1, title="Yours"), AUTHOR)
    assert (late.code, late.params["by"]) == ("inject.changed", "Control")
    assert refusal(game, write("E")).code == "inject.changed", "a new entry of the same name"


def test_of_two_who_fire_an_entry_at_once_the_second_is_told() -> None:
    game = send(written(playing(), "E"), "E")
    again = c.InjectSend(inject="j", to=("potus",), title="t", text="t", msel="E")
    assert refusal(game, again).params == {"state": "sent"}
    assert refusal(game, c.InjectSkip(msel="E")).code == "inject.not_waiting"
    assert refusal(game, write("E", version=1)).code == "inject.not_waiting"


def test_a_draft_can_be_thrown_away_unless_another_entry_waits_for_it() -> None:
    game = playing()
    game.do(CONTROL, c.InjectWrite(msel="A", entry=words("A"), draft=True))
    written(game, "B", when=c.When(after="A"))
    told = refusal(game, c.InjectRemove(msel="A"))
    assert (told.code, told.params) == ("inject.leant_on", {"entries": ("B",)})
    game.do(CONTROL, c.InjectSkip(msel="B")).do(CONTROL, write("B", version=1))
    game.do(CONTROL, c.InjectRemove(msel="A"))
    assert "A" not in game.seen("control", "msel")
    assert "A" not in game.state.msel


def test_the_list_is_bounded() -> None:
    game = playing()
    game.state = replace(game.state, msel={f"e{n}": Entry(id=f"e{n}") for n in range(MSEL_ENTRIES)})
    assert game.refused(CONTROL, write("one-more")) == "inject.too_many"


def test_what_control_writes_may_hold_so_many_characters_and_no_more() -> None:
    game = playing()
    papers = tuple(c.EntryAttachment(title="Annex", text="x" * 4000) for _ in range(6))
    code = ""
    for number in range(20):
        answer = game.try_(CONTROL, write(f"E{number}", text="x" * 4000, attachments=papers))
        if isinstance(answer, Rejected):
            code = answer.code
            break
        game.record(CONTROL, answer)
    assert code == "inject.too_long"


BAD: dict[str, list[dict[str, object]]] = {
    "unknown addressee 'moon'": [{"to": ("moon",)}, {"variants": {"moon": "x"}}],
    "cannot be read": [{"when": c.When(condition="{ge: [tension, 70")}],
    "unknown condition": [{"when": c.When(condition="{more: [tension, 70]}")}],
    "unknown name 'tensoin'": [{"when": c.When(condition="{ge: [tensoin, 70]}")}, {"expects": "{gt: [tensoin, 1]}"}],
    "unknown effect": [{"effects": "[{explode: [tension, 3]}]"}],
    "beyond 40": [{"effects": "[{add: [tension, 300]}]"}],
    "changes an order": [{"effects": "[{delay: 2}]"}],
    "unknown phase": [{"when": c.When(turn=1, phase="supper")}],
    "set off by one of them": [{"when": c.When(after="I05", hand=True)}],
    "unknown entry of the list 'X9'": [{"when": c.When(after="X9")}, {"when": c.When(silence="X9")}],
    "wait for itself": [{"when": c.When(after="E")}],
    "more than 0": [{"chance": 0.0}],
    "a room is named": [{"channel": "room"}, {"room": "press"}],
    "unknown move": [{"when": c.When(on=c.SeatAction(kind="order", move="picnic"))}],
    "may not order": [{"when": c.When(on=c.SeatAction(kind="order", by=("rok",), move="d_talks"))}],
    "reaches nobody else": [{"seen_on": c.SeatAction(kind="submit", to=("rok",))}],
    "minutes after what": [{"when": c.When(offset_ms=MINUTE)}],
}


@pytest.mark.parametrize(("words_of_it", "given"), [(said, one) for said, cases in BAD.items() for one in cases])
def test_what_means_nothing_is_refused_with_the_place_and_the_remedy(
    words_of_it: str, given: dict[str, object]
) -> None:
    answer = refusal(playing(), write("E", **given))
    assert answer.code == "inject.form"
    assert words_of_it in sentence(answer)


@pytest.mark.parametrize(
    "when",
    [
        c.When(condition="{all: [{gt: [tension, 80]}, {lt: [tension, 20]}]}"),
        c.When(condition="{gt: [turn, 12]}"),
        c.When(turn=3, condition="{ge: [tension, 101]}"),
    ],
)
def test_a_trigger_that_can_never_be_true_is_refused(when: c.When) -> None:
    assert refusal(playing(), write("E", when=when)).code == "inject.never"


def test_entries_that_would_wait_for_each_other_are_refused_by_name() -> None:
    game = written(playing(), "A")
    written(game, "B", when=c.When(after="A"))
    written(game, "C", when=c.When(silence="B", delay_ms=MINUTE))
    circle = refusal(game, write("A", version=1, when=c.When(after="C")))
    assert (circle.code, circle.params["entries"]) == ("inject.circle", ("A", "C", "B", "A"))


def test_times_that_are_gone_or_never_come_are_refused() -> None:
    game = playing().in_phase("plan")
    assert refusal(game, write("E", when=c.When(turn=1, phase="brief"))).code == "inject.past"
    assert refusal(game, write("E", when=c.When(turn=13))).code == "inject.form"
    game.state = replace(game.state, last_turn=4)
    assert refusal(game, write("E", when=c.When(turn=5))).code == "inject.beyond"


def test_the_words_of_a_past_entry_may_still_be_mended() -> None:
    game = written(playing(), "E", when=c.When(turn=1, phase="plan")).do(CONTROL, c.InjectSkip(msel="E"))
    game.in_phase("negotiate").do(CONTROL, write("E", version=1, title="Late", when=c.When(turn=1, phase="plan")))
    assert entry(game, "E").state == "waiting"


# --- time -------------------------------------------------------------------------------------
def at(game: Game, name: str) -> tuple[int | None, str, float]:
    said = msel.words_of(game.scenario, entry(game, name))
    return said.turn, said.phase, said.minutes


def test_an_entry_moves_alone_or_with_all_that_was_planned_from_its_time_on() -> None:
    game = playing()
    written(game, "A", when=c.When(turn=2, phase="plan", offset_ms=MINUTE))
    written(game, "B", when=c.When(turn=2, phase="plan", offset_ms=4 * MINUTE))
    written(game, "C", when=c.When(turn=3))
    written(game, "D", when=c.When(after="C"))
    before = at(game, "I05")
    game.do(CONTROL, c.InjectRetime(msel="A", turn=2, phase="plan", offset_ms=3 * MINUTE, following=True))
    assert [at(game, name) for name in "ABC"] == [(2, "plan", 3), (2, "plan", 6), (3, "", 0)]
    game.do(CONTROL, c.InjectRetime(msel="C", turn=4))
    assert [at(game, name) for name in "ABC"] == [(2, "plan", 3), (2, "plan", 6), (4, "", 0)]
    assert at(game, "I05") == before
    assert refusal(game, c.InjectRetime(msel="D", turn=4)).code == "inject.no_time"


def test_moving_all_that_follows_stops_at_the_last_turn() -> None:
    game = playing()
    pushed = refusal(game, c.InjectRetime(msel="I05", turn=4, following=True))
    assert pushed.code == "inject.pushed_out"
    assert "I51" in pushed.params["entries"]  # type: ignore[operator]
    assert refusal(game, c.InjectRetime(msel="I05", turn=40)).code == "inject.beyond"
    assert refusal(game, c.InjectRetime(msel="I05", turn=2, phase="tea")).code == "inject.phase_unknown"


def test_an_entry_cannot_be_moved_into_the_past() -> None:
    game = playing().in_phase("plan").later(3 * MINUTE)
    move = c.InjectRetime(msel="I05", turn=1, phase="plan", offset_ms=2 * MINUTE)
    assert refusal(game, move).code == "inject.past"
    game.do(CONTROL, c.InjectRetime(msel="I05", turn=1, phase="plan", offset_ms=5 * MINUTE))
    assert due(game, "I05") == game.now + 2 * MINUTE


# --- going out and coming back ----------------------------------------------------------------
def test_what_nobody_has_opened_is_taken_back_from_everybody() -> None:
    game = send(written(playing(), "E", to=("potus", "dprk")), "E")
    key = entry(game, "E").sent
    game.do(CONTROL, c.InjectUndo(inject=key))
    for view in ("seat:potus", "seat:dprk", "control"):
        assert key not in game.seen(view, "inject")
    assert "Taken back, unopened: Title of E" in list(game.seen("control", "log").values())[-1].text  # type: ignore[attr-defined]
    assert entry(game, "E").state == "undone"
    assert game.refused(player("potus"), c.ItemOpen(kind="inject", key=key)) == "item.unknown"
    game.do(CONTROL, c.InjectRestore(msel="E"))
    send(game, "E")
    assert entry(game, "E").sent in game.seen("seat:dprk", "inject")


def test_what_somebody_has_opened_stays() -> None:
    game = send(written(playing(), "E", to=("potus", "dprk")), "E")
    key = entry(game, "E").sent
    game.do(player("dprk"), c.ItemOpen(kind="inject", key=key))
    answer = refusal(game, c.InjectUndo(inject=key))
    assert (answer.code, answer.params["seats"]) == ("inject.opened", (game.state.seats["dprk"].label,))
    assert refusal(game, c.InjectUndo(inject="nothing")).code == "inject.unknown"


def test_taking_an_inject_back_stops_what_it_set_going() -> None:
    game = written(playing(), "A")
    written(game, "B", when=c.When(after="A", delay_ms=MINUTE))
    send(game, "A")
    assert due(game, "B") is not None
    game.do(CONTROL, c.InjectUndo(inject=entry(game, "A").sent))
    assert due(game, "B") is None
    assert entry(game, "B").state == "waiting"


def test_an_inject_whose_effects_are_being_settled_is_not_taken_back() -> None:
    game = send(written(playing(), "E", effects="[{add: [tension, 3]}]"), "E").in_phase("lock")
    assert refusal(game, c.InjectUndo(inject=entry(game, "E").sent)).code == "inject.in_effect"


def test_an_inject_to_an_empty_seat_is_kept_and_the_log_says_so() -> None:
    game = playing().do(CONTROL, c.InjectSend(inject="i", to=("rok",), title="Call", text="A call."))
    line = list(game.seen("control", "log").values())[-1].text  # type: ignore[attr-defined]
    assert "Nobody plays" in line
    assert game.state.seats["rok"].label in line
    key = next(inject for inject, to in game.state.injects.items() if to == ("rok",))
    assert key in game.seen("seat:rok", "inject")


def test_each_seat_reads_the_words_meant_for_it() -> None:
    game = written(playing(), "E", to=("all",), variants={"US": "To Washington.", "state": "To Foggy Bottom."})
    key = entry(send(game, "E"), "E").sent
    read = {view: game.seen(view, "inject")[key].text for view in ("seat:potus", "seat:state", "seat:dprk", "public")}  # type: ignore[attr-defined]
    assert read == {
        "seat:potus": "To Washington.", "seat:state": "To Foggy Bottom.",
        "seat:dprk": "Text of E", "public": "Text of E",
    }  # fmt: skip
    assert game.seen("seat:dprk", "inject")[key].variants == {}  # type: ignore[attr-defined]


def reached(game: Game, name: str) -> tuple[str, ...]:
    sent = entry(send(game, name), name).sent
    return game.state.injects[sent]


def test_the_press_wall_reaches_everybody_and_a_room_only_those_in_it() -> None:
    game = written(playing(), "P", channel="press")
    assert reached(game, "P") == tuple(game.state.seats)
    room = next(room for room in game.state.rooms.values() if "dprk" not in room.seats and len(room.seats) > 1)
    written(game, "R", to=("all",), channel="room", room=room.id)
    assert set(reached(game, "R")) == set(room.seats)
    assert refusal(game, write("X", channel="room", room="nowhere")).code == "inject.room_unknown"


def test_a_team_is_a_word_for_its_seats() -> None:
    game = playing().do(CONTROL, c.InjectSend(inject="i", to=("ALLY",), title="Call", text="A call."))
    assert ("rok", "jpn") in game.state.injects.values()


# --- effects ----------------------------------------------------------------------------------
def test_a_written_entry_moves_the_world_through_the_engine_and_is_told_by_its_title() -> None:
    game = send(written(playing(), "E", to=("potus",), effects="[{add: [tension, 7]}]"), "E").in_phase("lock")
    assert game.state.proposal is not None
    row = next(row for row in game.state.proposal.ledger if row.cause.id == "E")
    assert (row.rule_id, row.var, row.raw) == ("R-F03", "tension", 7.0)
    assert "potus" in row.visibility
    assert "dprk" not in row.visibility
    card = game.seen("control", "proposal")["turn@1"]
    assert [one.label for one in card.outside if one.id == "E"] == ["Title of E"]  # type: ignore[attr-defined]


def test_an_edited_entry_of_the_case_does_what_it_says_now() -> None:
    game = playing()
    strong = next(one for one in game.scenario.injects if one.effects)
    game.do(CONTROL, write(strong.id, version=1, effects="[{add: [tension, -5]}]"))
    send(game, strong.id).in_phase("lock")
    assert game.state.proposal is not None
    rows = [row for row in game.state.proposal.ledger if row.cause.id == strong.id]
    assert [row.raw for row in rows] == [-5.0]


def test_a_draft_that_would_change_an_entry_gives_it_back_when_it_is_thrown_away() -> None:
    game = with_author(playing()).do(AUTHOR, write("I05", version=1, title="Ours"))
    assert entry(game, "I05").state == "draft"
    game.do(AUTHOR, write("I05", version=2, title="Ours, again"))
    game.do(CONTROL, c.InjectRemove(msel="I05"))
    shown = game.seen("control", "msel")["I05"]
    assert (shown.title, shown.state) == ("Detained American gravely ill", "waiting")  # type: ignore[attr-defined]
    assert game.refused(AUTHOR, write("I05", version=2, title="Late")) == "inject.changed"
