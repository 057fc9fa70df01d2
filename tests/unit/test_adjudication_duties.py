"""What was signed is owed: when, after whom, kept or not, seen or not, and what falls with it (section 5.7)."""

import numpy as np
import pytest

from adjudication.agreed import DUTY_CHEATED, DUTY_DONE, DUTY_NONE, DUTY_OPEN
from adjudication.orders import Order, SignedText
from adjudication.resolve import resolve_batch
from adjudication.results import Resolution
from adjudication.world import World
from tests.support.engine import a_world, after, orders, settle, the_case

QUIET = {"clash": "no", "break": "no", "delay": "0"}
KEPT, NOT_KEPT = {"comply": "kept"}, {"comply": "not kept"}
SEEN, UNSEEN = {"caught": "seen"}, {"caught": "unseen"}
PARTIES = ("potus", "dprk")


def a_text(sequence: int, **levels: int) -> SignedText:
    return SignedText("o1", "The text", {**levels, "seq": sequence}, "exchange", PARTIES)


def signed(sequence: int, start: dict[str, float] | None = None, **levels: int) -> World:
    world = a_world({"institution": 80.0, "congress_res": 30.0, "trust_us": 0.5, "trust_dprk": 0.5, **(start or {})})
    _, end = settle(world, [], turn=3, forced=QUIET, texts=(a_text(sequence, **levels),))
    return end


def turn(world: World, sheet, at: int, *forced: dict[str, str], **more) -> tuple[Resolution, World]:
    chosen = {name: word for some in forced for name, word in some.items()}
    return settle(world, sheet, turn=at, forced={**QUIET, **chosen}, **more)


def state(world: World) -> dict[str, int]:
    return {duty.issue: int(duty.status[0]) for duty in world.duties if duty.status[0]}


def clauses(world: World) -> dict[str, int]:
    return {issue: level for issue, level in world.clause_map(the_case()).items() if level}


def rows(found: Resolution, rule: str):
    return [row for row in found.ledger if row.rule_id == rule]


@pytest.mark.parametrize(
    ("sequence", "due"),
    [
        (0, {"fac": (3, None), "rec": (3, None)}),
        (1, {"fac": (3, None), "rec": (3, "fac")}),
        (2, {"fac": (3, None), "rec": (4, "fac")}),
    ],
)
def test_the_sequence_of_a_text_says_who_owes_what_when_and_after_whom(sequence, due):
    found = {d.issue: (d.due, d.after) for d in signed(sequence, fac=1, rec=1).duties}
    assert found == due
    assert {d.issue: d.side for d in signed(sequence, fac=1, rec=1).duties} == {"fac": "DPRK", "rec": "US"}


def test_a_side_that_is_played_keeps_its_word_unless_its_orders_break_it():
    world = signed(1, sec=1, test=1)
    found, end = turn(world, [], 4)
    assert [d for d in found.dice if d.key.startswith(("comply", "caught"))] == []
    assert clauses(end) == {"test": 1, "sec": 1}
    broken, end = turn(world, orders("exercise"), 4)
    assert [(row.var, row.raw) for row in rows(broken, "R-R19")] == [("trust_dprk", -0.8), ("clause.sec", -1.0)]
    assert "sec" not in clauses(end)
    assert [h.kind for h in broken.happenings if h.rule == "R-R19"] == ["breach"]


def test_a_breach_that_is_seen_suspends_what_rests_on_it_and_nothing_else():
    world = signed(1, fac=1, test=1, sec=1, rec=1)
    order = {duty.issue: duty.after for duty in world.duties}
    first = next(issue for issue, before in order.items() if before is None)
    assert first == "test"
    found, end = turn(world, orders("irbm"), 4)
    assert [row.raw for row in rows(found, "R-R18") if row.var == "trust_us"] == [-0.8]
    assert clauses(end) == {"fac": 1}, "the closed site stays closed, all else rested on the pause"
    alone = signed(0, fac=1, test=1, sec=1, rec=1)
    _, end = turn(alone, orders("irbm"), 4)
    assert clauses(end) == {"fac": 1, "sec": 1, "rec": 1}, "nothing rests on anything in a text kept at once"


def test_a_test_that_ends_the_pause_brings_down_what_was_given_for_it():
    found, end = turn(signed(1, test=1, sec=1), orders("icbm"), 4)
    assert rows(found, "R-R09")
    assert clauses(end) == {}
    assert [row for row in rows(found, "R-R18") if row.var == "trust_us"] == [], "one breach costs trust once"


def test_a_side_nobody_plays_decides_by_interest_with_a_keyed_die():
    world = signed(2, ver=1, usrel=1)
    found, _ = turn(world, [], 4, bots=PARTIES)
    drawn = {d.key: d.threshold for d in found.dice if d.key.startswith("comply")}
    assert set(drawn) == {"comply:ver", "comply:usrel"}
    assert all(0.0 < p < 1.0 for p in drawn.values())
    richer = world.with_values(the_case(), {"institution": 100.0, "aud_dprk": 80.0})
    again, _ = turn(richer, [], 4, bots=PARTIES)
    assert {d.key: d.threshold for d in again.dice}["comply:ver"] > drawn["comply:ver"]


@pytest.mark.parametrize(("level", "chance"), [(0, 0.15), (1, 0.45), (2, 0.75), (3, 0.95)])
def test_cheating_is_seen_by_the_level_of_verification(level, chance):
    world = signed(0, {"flag.verification_designed": 1}, fac=2).with_values(the_case(), {"clause.ver": level})
    restored = world.with_values(the_case(), {"flag.site_restored": 1})
    found, _ = turn(restored, [], 4)
    assert next(d.threshold for d in found.dice if d.key == "caught:fac") == pytest.approx(chance)


def test_unseen_cheating_changes_no_clause_and_no_trust_but_the_centrifuges_run():
    world = signed(0, fac=3).with_values(the_case(), {"flag.site_restored": 1})
    honest, _ = turn(signed(0, fac=3), [], 4)
    found, end = turn(world, [], 4, UNSEEN)
    assert rows(found, "R-R18") == []
    assert [h for h in found.happenings if h.kind == "breach"] == []
    assert clauses(end)["fac"] == 3
    assert state(end)["fac"] == DUTY_CHEATED
    grown = [rows(turned, "R-R10")[0].raw for turned in (honest, found)]
    assert grown == [pytest.approx(1.02), pytest.approx(1.7)]


def test_what_cannot_be_undone_is_done_once_and_kept():
    world = signed(0, fac=2)
    _, end = turn(world, [], 4, KEPT, bots=PARTIES)
    assert state(end)["fac"] == DUTY_DONE
    found, _ = turn(end, [], 5, NOT_KEPT, bots=PARTIES)
    assert "comply:fac" not in {d.key for d in found.dice}


def test_partial_relief_snaps_back_when_the_other_side_is_seen_to_cheat():
    world = signed(0, {"un_sanctions": 60.0}, fac=3, ver=2, test=1).with_values(the_case(), {"clause.unrel": 0})
    _, eased = settle(world, [], turn=4, forced=QUIET, texts=(a_text(0, unrel=2),))
    assert clauses(eased)["unrel"] == 2
    cheat = eased.with_values(the_case(), {"flag.site_restored": 1})
    found, end = turn(cheat, [], 5, SEEN)
    assert [row.raw for row in rows(found, "R-R20")] == [25.0]
    assert "unrel" not in clauses(end)
    assert "test" not in clauses(end), "all that can be rolled back is"
    full = eased.with_values(the_case(), {"flag.site_restored": 1, "clause.unrel": 3})
    assert rows(turn(full, [], 5, SEEN)[0], "R-R20") == [], "only the suspended measures carry a snap-back"


def test_a_collapse_frees_everybody():
    world = signed(1, fac=1, test=1, sec=1)
    _, end = settle(world, [], turn=4, forced={**QUIET, "break": "yes"})
    assert state(end) == {}


def test_without_the_lens_of_rational_choice_there_is_no_commitment_problem():
    found, end = turn(signed(1, sec=1, test=1), orders("exercise"), 4, lenses=frozenset({"lead", "inst"}))
    assert rows(found, "R-R18") == rows(found, "R-R19") == []
    assert clauses(end)["sec"] == 1


def test_duties_survive_storage_and_settle_alike_in_a_batch():
    world = signed(1, fac=2, ver=1, usrel=1, sec=1, rec=1)
    stored = World.from_payload(the_case(), world.to_payload(the_case()))
    assert stored.to_payload(the_case()) == world.to_payload(the_case())
    for seed in range(6):
        _, single = settle(world, [], seed=seed, bots=PARTIES)
        batch = after(world, [], seed=seed, bots=PARTIES)
        assert np.array_equal(batch.world.values, single.values)
        assert np.array_equal(batch.world.clauses, single.clauses)
        assert [int(d.status[0]) for d in batch.world.duties] == [int(d.status[0]) for d in single.duties]


def test_games_that_signed_different_texts_owe_different_things():
    case = the_case()
    world = World.initial(case, 2)
    both = Order("a", "potus", "summit"), Order("b", "dprk", "d_summit")
    found = resolve_batch(
        case, world, turn=3, orders=both, seeds=(1, 2), forced=QUIET, texts=(SignedText(
            "o1", "T", {"test": 1, "sec": 1, "seq": 1}, "summit", PARTIES),),
        active={"a": np.array([True, False])},
    )  # fmt: skip
    assert {d.issue: list(d.status) for d in found.world.duties} == {
        "test": [DUTY_OPEN, DUTY_NONE], "sec": [DUTY_OPEN, DUTY_NONE]
    }  # fmt: skip


def test_the_preset_that_begins_after_singapore_owes_what_singapore_promised():
    start = World.initial(the_case(), 1, "hanoi")
    assert {d.issue for d in start.duties} == {"test", "fac", "sec", "rec"}
