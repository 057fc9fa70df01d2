"""What a text obliges in detail: side clauses, dates, steps, choices, lateness, suspension, withdrawal, suspicion."""

from dataclasses import replace as replace_played

import numpy as np
import pytest
from msgspec.structs import replace

from adjudication.agreed import Agreement, Owed
from adjudication.changes import Change
from adjudication.counterfactual import counterfactual
from adjudication.orders import Conduct, SignedText
from adjudication.played import Played, PlayedTurn, accounts, replay, seeds_of
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.results import Resolution
from adjudication.scenario import Scenario
from adjudication.sealed import Sealed
from adjudication.secrecy import hidden_in_text, levels_known
from adjudication.testkit import a_world
from adjudication.world import FORMS, World
from negotiation.agreements import Undertaking
from tests.support.second_crisis import Sections, a_case, rule, variable

RULES = [rule("R-V01", 3.5, code=True), rule("R-V21", 8, code=True), rule("R-V22", 8, code=True),
         rule("R-V23", 8, code=True), rule("R-V24", 8, code=True),
         rule("R-V25", 3.5, code=True, text={"struck": "No."}),
         rule("R-V18", 8, event="breach_by_SOUTH", effects=[{"signal": ["trust_north", -0.8]}])]  # fmt: skip
CLAUSES: list[Sections] = [
    {"id": "bones", "label": "Bones", "obligor": "SOUTH", "reversibility": 0, "due": 1, "detection": 0.9,
     "values": {"NORTH": 0.03, "SOUTH": 0.01}, "verified_by": "By eye", "secret_ok": True},
    {"id": "grain", "label": "Grain", "obligor": "NORTH", "reversibility": 4, "detection": 0.0, "secret_ok": True,
     "values": {"NORTH": -0.02, "SOUTH": 0.05}, "params": {"tranches": [1, 4], "secret": True}},
    {"id": "board", "label": "A joint board"},
]  # fmt: skip
for clause in CLAUSES:
    clause["text"] = f"{clause['label']}, in the words of the text."
CONDUCT = {
    "late": {"rule": "R-V21", "trust": -0.15}, "suspended": {"rule": "R-V22", "trust": -0.3},
    "withdrawn": {"rule": "R-V23", "trust": -0.45}, "grace": 1,
    "suspicion": {"rule": "R-V24", "unseen": 1.0, "alarm": 0.0, "means": 0.5, "observers": {"grain": ["isle"]}},
}  # fmt: skip
QUIET = {"break": "no"}


def case(**negotiation: object) -> Scenario:
    return a_case(
        rules=RULES,
        variables=[variable("deal_form", 0, "count", max=3)],
        beliefs={"trust": {"NORTH": "trust_south", "SOUTH": "trust_north"}},
        commitments={"conduct": CONDUCT, "plain": ["guns_out", "pledge"]},
        negotiation={
            "clauses": CLAUSES,
            "table": {"oral": True, "means": {"By eye": 0.6, "By count": 0.95}},
            **negotiation,
        },
    )


def text(venue: str = "exchange", details: dict[str, Undertaking] | None = None, **agreed: int) -> SignedText:
    return SignedText("t", "The text", agreed, venue, ("queen", "king"), 1, details or {})  # type: ignore[arg-type]


def turn(
    made: Scenario, world: World, at: int, *texts: SignedText, conduct: tuple[Conduct, ...] = (), **forced: str
) -> tuple[Resolution, World]:
    found = resolve_turn(
        made, world, turn=at, orders=[], seed=1, texts=texts, conduct=conduct, forced={**QUIET, **forced}
    )
    return found, World.from_payload(made, found.world)


def signed(made: Scenario, *, details: dict[str, Undertaking] | None = None, **agreed: int) -> World:
    return turn(made, a_world(made), 1, text(details=details, **agreed))[1]


def does(kind: str, clause: str = "", seat: str = "king", **more: object) -> Conduct:
    return Conduct(agreement="t", seat=seat, kind=kind, clause=clause, **more)  # type: ignore[arg-type]


def book(world: World, name: str = "t") -> dict[str, Owed]:
    return {row.clause: row for row in the_text(world, name).owed}


def states(world: World) -> dict[str, str]:
    return {clause: row.state for clause, row in book(world).items()}


def the_text(world: World, name: str = "t") -> Agreement:
    return next(one for one in world.agreements if one.id == name)


def trust_lost(made: Scenario, found: Resolution, rule_id: str) -> float:
    return round(sum(row.raw for row in found.ledger if row.rule_id == rule_id and row.var == "trust_north"), 6)


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
