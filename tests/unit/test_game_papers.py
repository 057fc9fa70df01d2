"""Papers in play: drafted, cleared by steps, returned, numbered, released, received; what statements mean."""

import msgspec
import pytest

from tests.support.builders import CONTROL, SYSTEM, Game, player, the_case
from tests.support.papers import CABLE, clear, drafted, out, playing, release, seen, sent
from wargame.game import commands as c
from wargame.game.decide.papers import LONGEST_PAPER, OPEN_PAPERS
from wargame.game.state import PAPERS_REMEMBERED


# --- the way of a cable -----------------------------------------------------------------------
def test_a_draft_is_known_to_its_drafter_and_control_alone() -> None:
    game = playing()
    paper = drafted(game)
    for view in ("seat:state", "control"):
        assert seen(game, view, paper) is not None
    for view in ("seat:defense", "seat:potus", "seat:dprk", "observer", "public"):
        assert game.seen(view, "paper") == {}


def test_a_step_reads_a_paper_when_it_is_asked_and_not_before() -> None:
    game = playing()
    paper = sent(game, drafted(game))
    assert seen(game, "seat:defense", paper) is not None
    assert seen(game, "seat:potus", paper) is None
    clear(game, paper, "defense", "intel")
    found = seen(game, "seat:potus", paper)
    assert found is not None
    assert found.status == "in_clearance"


def test_a_released_cable_reaches_its_addressee_without_chain_changes_or_versions() -> None:
    game = playing()
    paper = sent(game, drafted(game))
    clear(game, paper, "defense", fields={"summary": "They ask for coal first, and soon."}, note="Add the urgency.")
    clear(game, paper, "intel", "potus")
    release(game, paper, "potus")
    got, kept = seen(game, "seat:dprk", paper), seen(game, "seat:state", paper)
    assert got is not None
    assert kept is not None
    assert (got.status, got.steps, got.edits, got.version, got.released_by) == ("received", (), (), 0, "")
    assert got.fields["summary"] == "They ask for coal first, and soon."
    assert (got.ref, kept.ref) == ("STATE-DPRK 2017Q1 001",) * 2
    assert (kept.status, kept.released_by) == ("released", "potus")
    assert [(e.seat, e.field, e.before, e.after) for e in kept.edits] == [
        ("defense", "summary", "They ask for coal first.", "They ask for coal first, and soon.")
    ]
    assert {(s.seat, s.state) for s in kept.steps} == {
        ("defense", "cleared"), ("intel", "cleared"), ("potus", "cleared"),
    }  # fmt: skip
    for view in ("seat:rok", "seat:jpn", "observer", "public"):
        assert game.seen(view, "paper") == {}
    assert game.state.papers == {}


def test_an_edit_after_a_clearance_asks_again_who_cleared_another_text() -> None:
    game = playing()
    paper = sent(game, drafted(game))
    clear(game, paper, "defense", "intel", "potus")
    assert game.state.papers[paper].status == "cleared"
    game.do(player("state"), c.PaperEdit(paper=paper, version=1, fields={"comment": "We doubt it."}))
    assert game.state.papers[paper].status == "in_clearance"
    assert game.refused(player("state"), c.PaperRelease(paper=paper, version=2)) == "paper.not_cleared"
    found = seen(game, "seat:state", paper)
    assert found is not None
    assert {s.seat for s in found.steps if s.again} == {"defense", "intel", "potus"}


def test_an_edit_of_a_draft_nobody_else_has_read_leaves_no_track() -> None:
    game = playing()
    paper = drafted(game)
    game.do(player("state"), c.PaperEdit(paper=paper, version=1, fields={"subject": "Coal and cloth"}))
    assert game.state.papers[paper].edits == ()
    sent(game, paper)
    game.do(player("state"), c.PaperEdit(paper=paper, version=2, fields={"subject": "Cloth"}, to=("dprk", "rok")))
    assert [e.field for e in game.state.papers[paper].edits] == ["subject", "to"]


def test_a_returned_paper_goes_back_to_its_drafter_with_the_reason_and_round_again() -> None:
    game = playing()
    paper = sent(game, drafted(game))
    game.do(player("intel"), c.PaperReturn(paper=paper, version=1, reason="It gives a source away."))
    found = seen(game, "seat:state", paper)
    assert found is not None
    assert (found.status, found.returned_by, found.reason) == ("returned", "intel", "It gives a source away.")
    assert game.refused(player("defense"), c.PaperClear(paper=paper, version=1)) == "paper.with_drafter"
    game.do(player("state"), c.PaperEdit(paper=paper, version=1, fields={"summary": "They ask for coal."}))
    sent(game, paper)
    assert game.state.papers[paper].status == "in_clearance"


def test_a_withdrawn_paper_leaves_the_desk_and_its_readers_are_told() -> None:
    game = playing()
    paper = sent(game, drafted(game))
    game.do(player("state"), c.PaperWithdraw(paper=paper))
    assert game.state.papers == {}
    assert [seen(game, v, paper).status for v in ("seat:state", "seat:intel")] == ["withdrawn"] * 2  # type: ignore[union-attr]
    assert game.refused(player("state"), c.PaperWithdraw(paper=paper)) == "paper.unknown"


def test_a_vacant_agency_holds_nothing_up() -> None:
    game = playing("potus", "state", "dprk")
    paper = sent(game, drafted(game))
    clear(game, paper, "potus")
    release(game, paper)
    assert seen(game, "seat:dprk", paper) is not None


def test_who_has_nobody_to_clear_releases_the_draft() -> None:
    game = playing()
    paper = drafted(game, "rok", to=("state",))
    refused = game.refused(player("rok"), c.PaperSendForClearance(paper=paper, version=1))
    assert refused == "paper.needs_no_clearance"
    release(game, paper, "rok")
    assert seen(game, "seat:state", paper).ref == "ROK-STATE 2017Q1 001"  # type: ignore[union-attr]


# --- numbers ----------------------------------------------------------------------------------
def test_numbers_run_without_a_gap_within_what_one_seat_sends_the_same_addressees() -> None:
    game = playing()
    refs = []
    for to in (("dprk",), ("rok",), ("dprk",), ("dprk", "rok"), ("dprk",)):
        paper = out(game, "potus", to=to)
        refs.append(seen(game, "control", paper).ref)  # type: ignore[union-attr]
    drafted(game, "potus")  # what is not released takes no number
    assert [ref.rsplit(" ", 1)[1] for ref in refs] == ["001", "001", "002", "001", "003"]
    got = [value.ref for value in game.seen("seat:rok", "paper").values()]  # type: ignore[attr-defined]
    assert got == ["POTUS-ROK 2017Q1 001", "POTUS-DPRK+ROK 2017Q1 001"]


def test_an_answer_names_the_number_of_what_it_answers() -> None:
    game = playing()
    asked = out(game, "potus")
    paper = drafted(game, "dprk", to=("potus",), reply_to=asked)
    release(game, paper, "dprk")
    got = seen(game, "seat:potus", paper)
    assert got is not None
    assert (got.reply_to, got.reply_ref) == (asked, "POTUS-DPRK 2017Q1 001")


# --- receipts ---------------------------------------------------------------------------------
def test_a_demarche_tells_its_drafter_when_it_was_opened_and_a_cable_does_not() -> None:
    game = playing()
    fields = {"subject": "Tests", "objective": "No more flights.", "arguments": "It costs you trade."}
    note = out(game, "potus", template="demarche", fields=fields, to=("dprk", "rok"))
    cable = out(game, "potus")
    for paper in (note, cable):
        game.do(player("dprk"), c.ItemOpen(kind="paper", key=paper))
    assert set(game.seen("seat:potus", "receipt")) == {f"{note}:dprk"}
    assert game.seen("seat:rok", "receipt") == {}
    assert game.refused(player("jpn") if "jpn" in game.state.people else player("intel"),
                        c.ItemOpen(kind="paper", key=note)) == "item.unknown"  # fmt: skip


# --- bad input --------------------------------------------------------------------------------
def test_what_is_not_there_and_what_is_not_ones_own_answer_alike() -> None:
    game = playing()
    paper = drafted(game)
    for command in (
        c.PaperEdit(paper="PAPER", version=1, fields={"subject": "x"}),
        c.PaperSendForClearance(paper="PAPER", version=1),
        c.PaperClear(paper="PAPER", version=1), c.PaperReturn(paper="PAPER", version=1, reason="No."),
        c.PaperRelease(paper="PAPER", version=1), c.PaperWithdraw(paper="PAPER"),
    ):  # fmt: skip
        for name in (paper, "state:nothing"):
            asked = msgspec.structs.replace(command, paper=name)
            assert game.refused(player("dprk"), asked) == "paper.unknown"


def test_a_paper_that_went_out_is_not_edited() -> None:
    game = playing()
    paper = out(game)
    for seat in ("state", "dprk", "defense"):
        edit = c.PaperEdit(paper=paper, version=1, fields={"subject": "x"})
        assert game.refused(player(seat), edit) == "paper.released"
    assert game.refused(player("rok"), c.PaperWithdraw(paper=paper)) == "paper.unknown"


@pytest.mark.parametrize(
    ("seat", "command", "code"),
    [
        ("dprk", c.PaperDraft(template="memo"), "paper.no_template"),
        ("state", c.PaperDraft(template="none"), "paper.no_template"),
        ("state", c.PaperDraft(template="cable", fields={"colour": "red"}), "paper.field_unknown"),
        ("state", c.PaperDraft(template="cable", fields={"precedence": "soon"}), "paper.field_choice"),
        ("state", c.PaperDraft(template="cable", to=("moon",)), "paper.addressee"),
        ("state", c.PaperDraft(template="cable", to=("state",)), "paper.addressee"),
        ("state", c.PaperDraft(template="memo", to=("dprk",)), "paper.addressee"),
        ("state", c.PaperDraft(template="demarche", to=("defense",)), "paper.addressee"),
        ("state", c.PaperDraft(template="statement", to=("dprk",)), "paper.for_everybody"),
        ("state", c.PaperDraft(template="cable", reply_to="dprk:none"), "paper.nothing_to_answer"),
        (
            "state",
            c.PaperDraft(template="cable", fields=dict.fromkeys(("body", "summary", "comment", "action"), "x" * 4000)),
            "paper.too_long",
        ),
    ],
)
def test_a_draft_is_refused_with_what_is_allowed(seat: str, command: c.PaperDraft, code: str) -> None:
    assert LONGEST_PAPER < 16_000
    assert playing().refused(player(seat), command) == code


def test_papers_act_out_of_turn_are_refused_each_for_its_reason() -> None:
    game = playing()
    paper = drafted(game, fields={"subject": "Coal"})

    def refused(seat: str, command: c.Command) -> str:
        return game.refused(player(seat), command)

    assert refused("state", c.PaperSendForClearance(paper=paper, version=1)) == "paper.incomplete"
    assert refused("state", c.PaperRelease(paper=paper, version=1)) == "paper.never_cleared"
    assert refused("state", c.PaperEdit(paper=paper, version=1, fields={"subject": " Coal "})) == "paper.unchanged"
    game.do(player("state"), c.PaperEdit(paper=paper, version=1, fields={"summary": "Soon."}, to=()))
    assert refused("state", c.PaperSendForClearance(paper=paper, version=1)) == "paper.stale"
    assert refused("state", c.PaperSendForClearance(paper=paper, version=2)) == "paper.no_addressee"
    game.do(player("state"), c.PaperEdit(paper=paper, version=2, to=("dprk",)))
    sent(game, paper)
    assert refused("state", c.PaperSendForClearance(paper=paper, version=3)) == "paper.in_clearance"
    assert refused("state", c.PaperClear(paper=paper, version=3)) == "paper.not_your_turn"
    assert refused("defense", c.PaperWithdraw(paper=paper)) == "paper.not_drafter"
    assert refused("defense", c.PaperRelease(paper=paper, version=3)) == "paper.not_releaser"
    assert refused("defense", c.PaperClear(paper=paper, version=2)) == "paper.stale"
    assert refused("defense", c.PaperClear(paper=paper, version=3, fields={"summary": " "})) == "paper.incomplete"
    assert refused("defense", c.PaperReturn(paper=paper, version=3, reason="   ")) == "text.empty"
    clear(game, paper, "defense")
    assert refused("defense", c.PaperClear(paper=paper, version=3)) == "paper.cleared_already"
    clear(game, paper, "intel", "potus")
    assert refused("state", c.PaperSendForClearance(paper=paper, version=3)) == "paper.already_cleared"


def test_a_desk_holds_so_many_papers() -> None:
    game = playing()
    for _ in range(OPEN_PAPERS):
        drafted(game)
    assert game.refused(player("state"), c.PaperDraft(template="cable")) == "paper.too_many"
    game.do(player("state"), c.PaperWithdraw(paper=next(iter(game.state.papers))))
    drafted(game)


def test_a_paper_is_changed_so_often_and_can_then_still_be_cleared_or_returned() -> None:
    game = playing()
    paper = sent(game, drafted(game))
    code = ""
    for number in range(40):
        seat = ("defense", "intel")[number % 2]
        edit = c.PaperEdit(paper=paper, version=game.state.papers[paper].version, fields={"body": f"Text {number}"})
        answer = game.try_(player(seat), edit)
        if not isinstance(answer, tuple):
            code = answer.code
            break
        game.do(player(seat), edit)
    assert code == "paper.changed_enough"
    clear(game, paper, "defense", "intel", "potus")
    release(game, paper)


@pytest.mark.parametrize(
    "text", ["ما قلنا شيئًا", "שלום 🌍", "한국어 본문", "<script>alert(1)</script>", "e\u0301\u200f"]
)
def test_any_script_is_kept_as_it_was_written(text: str) -> None:
    game = playing()
    paper = out(game, "potus", fields={**CABLE, "body": text})
    assert seen(game, "seat:dprk", paper).fields["body"] == text  # type: ignore[union-attr]


def test_one_line_stays_one_line() -> None:
    game = playing()
    paper = drafted(game, fields={**CABLE, "subject": "  Coal\n and\tcloth "})
    assert game.state.papers[paper].fields["subject"] == "Coal and cloth"


# --- what is kept -----------------------------------------------------------------------------
def test_a_file_remembers_a_bounded_number_of_papers_and_the_desk_none_that_are_out() -> None:
    game = playing()
    first = out(game, "rok", to=("dprk",))
    for _ in range(PAPERS_REMEMBERED):
        out(game, "rok", to=("dprk",))
    assert game.state.papers == {}
    assert {len(file) for file in game.state.files.values()} == {PAPERS_REMEMBERED}
    assert game.refused(player("dprk"), c.ItemOpen(kind="paper", key=first)) == "item.unknown"
    assert game.state.series == {"rok>dprk": PAPERS_REMEMBERED + 1}


def test_who_is_reached_by_letter_only_gets_no_cable() -> None:
    case = the_case()
    channel = msgspec.structs.replace(case.channels[0], source=("potus",), to=("dprk",), only=True)
    game = Game(msgspec.structs.replace(case, channels=(channel,)))
    create = c.GameCreate(
        title="t", scenario="us-dprk-2017", preset="full", seed="s", style="rigid", open_seats=("potus", "dprk")
    )
    game.do(SYSTEM, create).joined("p-control", "Control", "control").with_seats("potus", "dprk").at_turn(1)
    draft = c.PaperDraft(template="cable", to=("dprk",), fields=CABLE)
    assert game.refused(player("potus"), draft) == "paper.addressee"
    game.do(player("potus"), msgspec.structs.replace(draft, to=("rok",)))


def test_papers_wait_while_the_game_is_paused_and_drafting_goes_on() -> None:
    game = playing()
    paper = drafted(game)
    game.do(CONTROL, c.GamePause())
    game.do(player("state"), c.PaperEdit(paper=paper, version=1, fields={"body": "More."}))
    assert game.refused(player("state"), c.PaperSendForClearance(paper=paper, version=2)) == "game.paused"


def test_a_paper_of_a_hundred_kilobytes_never_reaches_a_rule() -> None:
    wire = msgspec.json.encode({"name": "paper.draft", "template": "cable", "fields": {"body": "x" * 100_000}})
    with pytest.raises(msgspec.ValidationError, match="length <= 4000"):
        msgspec.json.decode(wire, type=c.PaperDraft)
    many = msgspec.json.encode({"name": "paper.draft", "template": "cable", "fields": {f"f{n}": "" for n in range(99)}})
    with pytest.raises(msgspec.ValidationError, match="length <= 12"):
        msgspec.json.decode(many, type=c.PaperDraft)
