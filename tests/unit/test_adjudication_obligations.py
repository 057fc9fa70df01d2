"""What a text obliges in detail: side clauses, dates, steps, choices, lateness, suspicion."""

import pytest

from adjudication.orders import SignedText
from adjudication.resolve import resolve_turn
from adjudication.testkit import a_world
from adjudication.world import FORMS, World
from negotiation.agreements import Undertaking
from tests.support.second_crisis import a_case
from tests.support.signed import (
    CLAUSES,
    QUIET,
    RULES,
    book,
    case,
    does,
    signed,
    states,
    text,
    the_text,
    trust_lost,
    turn,
)


# --- what is taken on ---------------------------------------------------------------------------
def test_a_side_clause_is_in_force_like_any_other_and_survives_storage():
    made = case()
    found, end = turn(made, a_world(made), 1, text(bones=1, board=1, pledge=1))
    assert {c: n for c, n in end.clause_map(made).items() if n} == {"pledge": 1, "bones": 1, "board": 1}
    assert World.from_payload(made, end.to_payload(made)).to_payload(made) == found.world
    assert [row.var for row in found.ledger if row.rule_id == "R-M16" and row.var.startswith("clause.")] == [
        "clause.board", "clause.bones", "clause.pledge",
    ]  # fmt: skip


def test_every_clause_signed_is_owed_once_less_those_struck_and_a_form_of_the_text_by_nobody():
    gate = {"id": "senate", "rule": "R-V25", "label": "Senate", "raises": {"pledge": 2}}
    made = case(gates=[gate])
    found, end = turn(made, a_world(made), 1, text(bones=1, board=1, pledge=2, guns_out=1))
    assert {r.clause: (r.side, r.state) for r in the_text(end).owed} == {
        "pledge": ("NORTH", "struck"), "guns_out": ("SOUTH", "fulfilled"), "bones": ("SOUTH", "pending"),
        "board": ("", "fulfilled"),
    }  # fmt: skip
    assert {c.issue for c in the_text(end).clauses} == {"bones", "board", "guns_out"}
    said = the_text(end).consents
    assert [(a.authority, a.said, a.clauses, a.rule) for a in said] == [("senate", "refused", ("pledge",), "R-V25")]
    assert [h.kind for h in found.happenings if h.rule == "R-V25"] == ["struck"]


def test_an_authority_that_consents_is_on_record_too():
    gate = {"id": "senate", "rule": "R-V25", "label": "Senate", "raises": {"pledge": 2},
            "ways": [{"levels": {"bones": 1}}]}  # fmt: skip
    made = case(gates=[gate])
    found, end = turn(made, a_world(made), 1, text(pledge=2, bones=1))
    assert [(a.authority, a.said) for a in the_text(end).consents] == [("senate", "consented")]
    assert [h.text for h in found.happenings if h.kind == "ratified"] == [
        "Senate: consent was given to what was signed on pledge."
    ]
    untouched = turn(made, a_world(made), 1, text(pledge=1, bones=1))[1]
    assert the_text(untouched).consents == (), "nobody asks the Senate about words"


def test_a_text_may_set_date_steps_order_and_means_of_checking():
    made = case()
    details = {
        "grain": Undertaking(due=2, tranches=3, after="bones"),
        "bones": Undertaking(due=2, verified_by="By count"),
    }
    rows = book(signed(made, details=details, bones=1, grain=1))
    assert (rows["grain"].due, rows["grain"].tranches, rows["grain"].after) == (2, 3, "bones")
    assert (rows["bones"].due, rows["bones"].detection) == (2, 0.95)
    assert book(signed(made, bones=1))["bones"].detection == 0.6, "as the catalogue says it is checked"


def test_what_is_owed_in_steps_is_there_step_by_step():
    made = case()
    world = signed(made, details={"guns_out": Undertaking(due=2, tranches=2)}, guns_out=2)
    duty = next(d for d in world.duties if d.issue == "guns_out")
    assert [duty.by(turn) for turn in (1, 2, 3, 4)] == [0, 1, 2, 2]
    assert states(world)["guns_out"] == "pending"
    _, world = turn(made, world, 2)
    assert states(world)["guns_out"] == "pending", "half of it"
    _, world = turn(made, world, 3)
    assert states(world)["guns_out"] == "fulfilled"


def test_word_of_mouth_binds_less_than_a_statement_and_dates_nothing_by_itself():
    made = case()
    found, end = turn(made, a_world(made), 1, text("oral", guns_out=1, bones=1))
    assert end.value(made, "deal_form") == FORMS.index("oral")
    assert the_text(end).form == "oral"
    assert {row.due for row in the_text(end).owed} == {None}
    written = turn(made, a_world(made), 1, text(guns_out=1, bones=1))[1]
    assert end.value(made, "deal_strength") < written.value(made, "deal_strength")
    dated = turn(made, a_world(made), 1, text("oral", {"bones": Undertaking(due=2)}, guns_out=1, bones=1))[1]
    assert {row.clause: row.due for row in the_text(dated).owed} == {"guns_out": None, "bones": 2}
    later = turn(made, end, 2, SignedText("u", "On paper", {"pledge": 1}, "exchange", ("queen", "king")))[1]
    assert later.value(made, "deal_form") == FORMS.index("statement"), "what is written goes before"
    assert "understood" in {h.kind for h in found.happenings}


# --- choices ------------------------------------------------------------------------------------
def test_withholding_is_seen_by_the_means_the_clause_is_checked_by():
    made = case()
    world = signed(made, bones=1)
    found, end = turn(made, world, 2, conduct=(does("withhold", "bones"),), caught="seen")
    assert next(d.threshold for d in found.dice if d.key == "caught:bones") == pytest.approx(0.6)
    assert states(end) == {"bones": "breached"}
    assert trust_lost(made, found, "R-V18") == -0.8
    assert end.clause_map(made)["bones"] == 0


def test_an_unseen_breach_changes_nothing_but_what_is_really_there():
    made = case()
    world = signed(made, bones=1, guns_out=1)
    kept, honest = turn(made, world, 2)
    found, end = turn(made, world, 2, conduct=(does("withhold", "bones"),), caught="unseen", suspect="nothing")
    assert (states(honest)["bones"], states(end)["bones"]) == ("fulfilled", "withheld")
    assert end.values.tolist() == honest.values.tolist()
    assert end.clause_map(made) == honest.clause_map(made)
    assert [h.text for h in found.happenings] == [h.text for h in kept.happenings]
    assert not end.duties[0].by(2) - 1, "the clause is banked"


def test_a_delay_is_open_and_costs_less_than_a_breach_until_grace_runs_out():
    made = case()
    world = signed(made, bones=1)
    found, world = turn(made, world, 2, conduct=(does("delay", "bones"),))
    assert (states(world)["bones"], trust_lost(made, found, "R-V21")) == ("late", -0.15)
    assert [h.kind for h in found.happenings if h.rule == "R-V21"] == ["late"]
    assert world.clause_map(made)["bones"] == 1, "still in force"
    kept = turn(made, world, 3)[1]
    assert states(kept)["bones"] == "fulfilled"
    found, world = turn(made, world, 3, conduct=(does("delay", "bones"),))
    assert states(world)["bones"] == "breached", "late for longer than the case bears"
    assert trust_lost(made, found, "R-V18") == -0.8


def test_only_the_side_that_owes_a_clause_can_choose_about_it():
    made = case()
    _, end = turn(made, signed(made, bones=1), 2, conduct=(does("withhold", "bones", seat="queen"),), caught="seen")
    assert states(end) == {"bones": "fulfilled"}


def test_a_bot_that_says_what_it_does_is_taken_at_its_word_and_no_die_falls():
    made = case()
    world = signed(made, bones=1)
    found = resolve_turn(made, world, turn=2, orders=[], seed=1, forced=QUIET, bots=("king",))
    assert "comply:bones" in {d.key for d in found.dice}
    told = resolve_turn(
        made, world, turn=2, orders=[], seed=1, forced=QUIET, bots=("king",), conduct=(does("keep", "bones"),)
    )
    assert "comply:bones" not in {d.key for d in told.dice}


def test_what_is_done_for_good_is_not_asked_again():
    made = case()
    _, world = turn(made, signed(made, bones=1), 2)
    _, world = turn(made, world, 3, conduct=(does("withhold", "bones"),), caught="seen")
    assert states(world) == {"bones": "fulfilled"}


# --- suspicion ------------------------------------------------------------------------------------
def test_a_possible_breach_is_told_to_those_who_watch_and_to_nobody_else():
    made = case()
    world = signed(made, bones=1, grain=1)
    cheat = (does("withhold", "bones"), does("withhold", "grain", seat="queen"))
    found, end = turn(made, world, 2, conduct=cheat, caught="unseen", suspect="noticed")
    told = {h.slots["issue"]: h.visible_to for h in found.happenings if h.kind == "possible_breach"}
    assert told == {"bones": ("queen",), "grain": ("isle",)}, "nobody can see through the grain but the isle"
    assert {c: row.suspected for c, row in book(end).items()} == {"bones": ("queen",), "grain": ("isle",)}
    _, after = turn(made, end, 3, suspect="nothing")
    assert {row.suspected for row in book(after).values()} == {()}


def test_a_clause_that_was_kept_may_raise_a_false_alarm():
    made = a_case(
        rules=RULES,
        commitments={"conduct": {"suspicion": {"rule": "R-V24", "alarm": 0.5, "means": 0.0}}},
        negotiation={"clauses": CLAUSES},
    )
    found, end = turn(made, signed(made, bones=1), 2)
    die = next(d for d in found.dice if d.key == "suspect:bones")
    assert die.threshold == pytest.approx(0.5 * 0.1)
    assert states(end) == {"bones": "fulfilled"}
