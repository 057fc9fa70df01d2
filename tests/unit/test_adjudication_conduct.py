"""What parties do about what they signed: suspension, resumption, withdrawal, secrets; one game and many alike."""

from dataclasses import replace as replace_played

import numpy as np
import pytest
from msgspec.structs import replace

from adjudication.changes import Change
from adjudication.counterfactual import counterfactual
from adjudication.orders import SignedText
from adjudication.played import Played, PlayedTurn, accounts, replay, seeds_of
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.sealed import Sealed
from adjudication.secrecy import hidden_in_text, levels_known
from adjudication.testkit import a_world
from adjudication.world import World
from negotiation.agreements import Undertaking
from tests.support.signed import (
    QUIET,
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

# --- suspension, withdrawal, a new text -----------------------------------------------------------
CHAIN = {"bones": Undertaking(due=2), "grain": Undertaking(due=2, after="bones"),
         "pledge": Undertaking(due=3, after="grain")}  # fmt: skip


def test_what_rests_on_a_suspended_clause_is_suspended_and_taken_up_with_it():
    made = case()
    world = signed(made, details=CHAIN, bones=1, grain=1, pledge=1, guns_out=1)
    found, world = turn(made, world, 2, conduct=(does("suspend", "bones", reason="No answer came."),))
    assert states(world) == {"bones": "suspended", "grain": "suspended", "pledge": "suspended", "guns_out": "fulfilled"}
    assert {c for c, level in world.clause_map(made).items() if level} == {"guns_out"}
    assert trust_lost(made, found, "R-V22") == -0.3
    assert "No answer came." in book(world)["bones"].why
    assert the_text(world).status == "in_force", "the guns are still out"
    _, world = turn(made, world, 3, conduct=(does("reaffirm", "bones"),))
    assert {c for c, level in world.clause_map(made).items() if level} == {"bones", "grain", "pledge", "guns_out"}
    assert set(states(world).values()) == {"fulfilled"}


def test_a_side_suspends_all_it_owes_and_only_what_it_owes():
    made = case()
    world = signed(made, bones=1, guns_out=1, grain=1)
    _, world = turn(made, world, 2, conduct=(does("suspend"),))
    assert states(world) == {"bones": "suspended", "guns_out": "suspended", "grain": "fulfilled"}
    _, world = turn(made, world, 3, conduct=(does("suspend", seat="queen"),))
    assert the_text(world).status == "suspended"


def test_a_clause_that_rested_on_a_broken_one_is_suspended_and_its_obligor_may_go_on():
    made = case()
    world = signed(made, details=CHAIN, bones=1, grain=1, pledge=1)
    _, world = turn(made, world, 2, conduct=(does("withhold", "bones"),), caught="seen")
    assert states(world) == {"bones": "breached", "grain": "suspended", "pledge": "suspended"}
    _, world = turn(made, world, 3, conduct=(does("reaffirm", "grain", seat="queen"),))
    assert states(world)["grain"] == "fulfilled"


def test_a_withdrawal_takes_effect_when_its_notice_runs_out_and_frees_everybody():
    made = case()
    world = signed(made, bones=1, grain=1, board=1)
    found, world = turn(made, world, 2, conduct=(does("withdraw", notice=1, reason="It is of no use."),))
    assert (the_text(world).status, states(world)["grain"]) == ("notice", "fulfilled")
    assert [(n.agreement, n.side, n.ends) for n in world.notices] == [("t", "SOUTH", 3)]
    assert [h for h in found.happenings if h.kind == "withdrawn"] == []
    found, world = turn(made, world, 3)
    assert the_text(world).status == "withdrawn"
    assert {c for c, level in world.clause_map(made).items() if level} == {"bones"}, "bones cannot be buried again"
    assert states(world) == {"bones": "fulfilled", "grain": "ended", "board": "ended"}
    assert trust_lost(made, found, "R-V23") == -0.45
    assert (world.value(made, "deal_strength"), world.value(made, "deal_form")) == (0.0, 0.0)
    assert world.notices == ()


def test_a_notice_may_be_taken_back_before_it_runs_out():
    made = case()
    world = signed(made, grain=1)
    _, world = turn(made, world, 2, conduct=(does("withdraw", notice=2),))
    _, world = turn(made, world, 3, conduct=(does("reaffirm"),))
    assert (world.notices, the_text(world).status) == ((), "in_force")


def test_a_new_text_on_the_same_matter_takes_the_place_of_the_older_duty():
    made = case()
    world = signed(made, guns_out=1)
    again = SignedText("u", "More", {"guns_out": 2}, "exchange", ("queen", "king"))
    _, world = turn(made, world, 2, again)
    assert states(world) == {"guns_out": "ended"}
    assert book(world)["guns_out"].why == "A later text took its place."
    assert the_text(world).status == "ended"
    assert {c: (r.from_level, r.level, r.state) for c, r in book(world, "u").items()} == {
        "guns_out": (1, 2, "fulfilled")
    }


def test_when_a_text_breaks_down_nobody_owes_anything_under_it():
    made = case()
    found = resolve_turn(made, signed(made, bones=1, grain=1), turn=2, orders=[], seed=1, forced={"break": "yes"})
    world = World.from_payload(made, found.world)
    assert (the_text(world).status, set(states(world).values())) == ("collapsed", {"ended"})
    assert {row.why for row in book(world).values()} == {"The text broke down."}


# --- secrets ------------------------------------------------------------------------------------
def test_a_clause_kept_secret_is_known_to_its_parties_alone():
    made = case()
    world = signed(made, details={"grain": Undertaking(secret=True)}, grain=1, bones=1)
    payload = world.to_payload(made)
    believed = {seat: levels_known(made, payload, seat)["grain"] for seat in ("queen", "king", "fleet", "isle")}
    assert believed == {"queen": 1, "king": 1, "fleet": 0, "isle": 0}
    kept = the_text(world)
    assert {seat: hidden_in_text(made, kept, seat, {}) for seat in ("king", "isle", "")} == {
        "king": set(), "isle": {"grain"}, "": {"grain"},
    }  # fmt: skip
    assert hidden_in_text(made, kept, "isle", {"leaked.grain": 1.0}) == set()


def test_what_happens_to_a_secret_clause_is_told_to_its_parties_alone():
    made = case()
    world = signed(made, details={"bones": Undertaking(secret=True)}, bones=1, guns_out=1)
    found, _ = turn(made, world, 2, conduct=(does("withhold", "bones"),), caught="seen")
    assert [h.visible_to for h in found.happenings if h.kind == "breach"] == [("queen", "king")]
    lost = {row.visibility for row in found.ledger if row.rule_id == "R-V18" and row.var == "trust_north"}
    assert lost == {("queen", "king")}
    found, _ = turn(made, world, 2, conduct=(does("suspend", "bones"),))
    assert [h.visible_to for h in found.happenings if h.kind == "suspended"] == [("queen", "king")]
    assert {row.visibility for row in found.ledger if row.rule_id == "R-V22" and row.var == "trust_north"} == {
        ("queen", "king")
    }


def test_what_is_suspended_in_the_open_and_in_secret_at_once_costs_trust_in_the_open():
    made = case()
    world = signed(made, details={"bones": Undertaking(secret=True)}, bones=1, guns_out=1)
    found, _ = turn(made, world, 2, conduct=(does("suspend"),))
    lost = [row for row in found.ledger if row.rule_id == "R-V22" and row.var == "trust_north"]
    assert [(row.raw, row.visibility) for row in lost] == [(-0.3, ("*",))]
    assert {h.slots["issue"]: h.visible_to for h in found.happenings if h.kind == "suspended"} == {
        "guns_out": ("*",),
        "bones": ("queen", "king"),
    }


def test_what_the_parties_keep_between_them_may_come_out_and_then_everybody_knows():
    leak = {"issue": "grain", "level": 1, "p": 1.0, "event": "grain_out", "rule": "R-V01"}
    made = case(leaks=[leak])
    openly = turn(made, a_world(made), 1, text(grain=1))[0]
    assert not [h for h in openly.happenings if h.kind == "leak"], "what is no secret cannot come out"
    found, world = turn(made, a_world(made), 1, text(details={"grain": Undertaking(secret=True)}, grain=1))
    assert [h.visible_to for h in found.happenings if h.kind == "leak"] == [("*",)]
    assert levels_known(made, world.to_payload(made), "isle")["grain"] == 1
    found, _ = turn(made, world, 2, conduct=(does("suspend", "grain", seat="queen"),))
    assert [h.visible_to for h in found.happenings if h.kind == "suspended"] == [("*",)]


def test_a_game_played_again_keeps_what_parties_chose():
    made = case()
    start = a_world(made)
    turns = (
        PlayedTurn(number=1, sealed=Sealed(texts=(text(bones=1, guns_out=1),), forced=QUIET)),
        PlayedTurn(
            number=2, sealed=Sealed(conduct=(does("delay", "bones"), does("suspend", "guns_out")), forced=QUIET)
        ),
        PlayedTurn(number=3, sealed=Sealed(conduct=(does("withdraw"),), forced=QUIET)),
    )
    played = Played(made, "s", start, turns)
    alone = accounts(played, turns, start)
    paths = replay(played, turns, start, seeds=seeds_of("s", 3))
    for at, found in enumerate(alone, start=1):
        assert {issue: int(rows[at, 0]) for issue, rows in paths.clauses.items()} == found.world["clauses"]
    assert alone[-1].agreements[0].status == "withdrawn"
    on_record = [replace(turn, resolution=found) for turn, found in zip(turns, alone, strict=True)]
    again = counterfactual(replace_played(played, turns=tuple(on_record)), Change(from_turn=2), runs=2)
    assert again.reproduced is True


# --- one engine ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "conduct",
    [
        (does("withhold", "bones"), does("delay", "grain", seat="queen")),
        (does("suspend", "bones"),),
        (does("suspend"), does("withdraw", seat="queen", notice=0)),
        (does("withdraw", notice=0),),
    ],
)
def test_a_batch_settles_conduct_bit_for_bit_like_one_game_at_a_time(conduct):
    made = case()
    world = signed(made, details=CHAIN, bones=1, grain=1, pledge=1, guns_out=2)
    seeds = [f"s{n}" for n in range(12)]
    batch = world.widened(len(seeds))
    singles = [world] * len(seeds)
    for at, given in ((2, conduct), (3, ()), (4, (does("reaffirm"), does("reaffirm", seat="queen")))):
        batch = resolve_batch(made, batch, turn=at, orders=[], seeds=seeds, conduct=given, bots=("queen",)).world
        done = [
            resolve_turn(made, one, turn=at, orders=[], seed=seed, conduct=given, bots=("queen",))
            for one, seed in zip(singles, seeds, strict=True)
        ]
        singles = [World.from_payload(made, one.world) for one in done]
    assert np.array_equal(batch.values, np.concatenate([one.values for one in singles], axis=1))
    assert np.array_equal(batch.clauses, np.concatenate([one.clauses for one in singles], axis=1))
    for at, one in enumerate(singles):
        there = {d.key: int(d.status[at]) for d in batch.duties if d.status[at]}
        assert there == {d.key: int(d.status[0]) for d in one.duties if d.status[0]}
