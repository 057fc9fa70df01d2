"""Packages, players at home, hints and the life of signed texts."""

import math

import msgspec
import pytest

from negotiation import package
from negotiation.agreements import breakdown_hazard, compliance, detection, durability, obligations, strength
from negotiation.hints import hint, needs, surplus, verdict
from negotiation.points import judge
from negotiation.problems import problems
from negotiation.ratification import refusals, win_sets
from negotiation.terms import Durability, Negotiation, Verdicts
from tests.support.bargaining import BANKED, HANOI, SMALL_DEAL, START, case_terms

SEATS = {"potus", "state", "defense", "intel", "dprk", "rok", "jpn"}


def test_the_block_of_the_case_is_without_fault():
    assert problems(case_terms(), variables=set(START), seats=SEATS) == []


def test_faults_of_a_block_name_their_place_and_what_is_allowed():
    raw = msgspec.to_builtins(case_terms())
    raw["gates"][0]["raises"] = {"unrell": 2}
    raw["menus"][0]["levels"]["test"] = 7
    raw["parties"][0]["stakes"][0]["values"] = [0, 0.1]
    raw["parties"][1]["trust"] = "trust_dprkk"
    found = {p.path: p for p in problems(msgspec.convert(raw, Negotiation), variables=set(START), seats=SEATS)}
    assert set(found) == {"gates[0].raises.unrell", "menus[0].levels.test", "parties[0].stakes[0]", "parties[1]"}
    assert "unrel" in found["gates[0].raises.unrell"].allowed


def test_an_unknown_key_in_the_block_is_refused():
    raw = msgspec.to_builtins(case_terms())
    raw["parties"][0]["delivry"] = []
    with pytest.raises(msgspec.ValidationError, match="delivry"):
        msgspec.convert(raw, Negotiation)


def test_a_package_is_completed_by_what_is_in_force_and_counts_only_what_rises():
    terms = case_terms()
    assert package.complete(terms, {"fac": 3, "seq": 0}, BANKED)["rec"] == 1
    assert package.increments(terms, {"fac": 3, "test": 1}, BANKED) == {"fac": (1, 3)}


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ({"nope": 1}, "clause.unknown_issue"),
        ({"fac": 5}, "clause.no_such_level"),
        ({"fac": 0}, "clause.below_standing"),
    ],
)
def test_what_is_wrong_with_a_package_has_a_code(levels, code):
    assert [found[0] for found in package.faults(case_terms(), levels, BANKED)] == [code]
    assert package.faults(case_terms(), {"fac": 2, "seq": 0}, BANKED) == []


def test_the_index_of_a_row_is_its_place_in_the_whole_space():
    terms = case_terms()
    assert package.index(terms, (0,) * 9) == 0
    assert package.index(terms, tuple(size - 1 for size in terms.space.shape)) == terms.space.size - 1


@pytest.mark.parametrize(
    ("amount", "word"),
    [(-0.2, "clearly worse"), (-0.1, "clearly worse"), (-0.05, "slightly worse"), (-0.019, "about the same"),
     (0.0, "about the same"), (0.02, "slightly better"), (0.099, "slightly better"), (0.1, "clearly better")],
)  # fmt: skip
def test_five_words_for_a_surplus(amount, word):
    assert verdict(amount, Verdicts()) == word


def test_a_hint_is_the_partys_own_surplus_and_reads_nothing_of_the_other():
    terms = case_terms()
    levels = package.named(terms, SMALL_DEAL)
    for party, other in (("US", "DPRK"), ("DPRK", "US")):
        believed = {name: HANOI[name] for name in needs(terms, party)}
        assert terms.party(other).trust not in believed
        expected = judge(terms, [SMALL_DEAL], HANOI, BANKED).surplus[party][0, 0]
        assert surplus(terms, party, believed, BANKED, levels) == pytest.approx(expected, abs=1e-12)
        assert hint(terms, party, believed, BANKED, levels).verdict == "about the same"


def test_a_hint_names_who_stands_in_the_way():
    terms = case_terms()
    found = hint(terms, "US", HANOI, BANKED, {"sec": 3, "unrel": 3})
    gates = {gate.id: gate.label for gate in terms.gates}
    congress = next(player.label for player in terms.players if player.id == "CONG")
    assert found.blocked_by == (gates["unsc_partial"], gates["unsc_sectoral"], gates["treaty"], congress)
    assert gates["unsc_partial"] == "Security Council, partial relief"
    assert hint(terms, "US", HANOI, BANKED, {"sec": 2}).blocked_by == ()


def test_congress_narrows_the_deal_and_its_absence_widens_it():
    found = {w.id: w for w in win_sets(case_terms(), HANOI, BANKED)}
    assert found["CONG"].veto
    assert found["CONG"].shrinkage < 1
    assert not found["JPN"].veto
    assert found["JPN"].shrinkage == 1
    assert 0 < found["JPN"].share < 1


def test_japan_does_not_accept_a_peace_treaty_that_leaves_it_in_range():
    terms = case_terms()
    assert "JPN" in refusals(terms, {"sec": 3}, HANOI, {})
    assert "JPN" not in refusals(terms, {"test": 2, "sec": 1}, HANOI, {})


def test_steps_of_a_text_alternate_and_depend_on_each_other():
    terms = case_terms()
    levels = {"fac": 3, "ver": 2, "unrel": 2, "rec": 2, "seq": 1}
    due = obligations(terms, levels, BANKED, turn=9)
    assert [(step.issue, step.obligor, step.due_turn, step.depends_on) for step in due] == [
        ("fac", "DPRK", 9, None), ("unrel", "US", 9, "fac"), ("ver", "DPRK", 10, "unrel"), ("rec", "US", 10, "ver"),
    ]  # fmt: skip
    assert all(step.verification == 2 for step in due)


def test_at_once_means_all_due_now_and_other_first_means_relief_waits_for_the_last_step():
    terms = case_terms()
    levels = {"fac": 3, "ver": 2, "unrel": 2}
    at_once = obligations(terms, levels | {"seq": 0}, BANKED, turn=9)
    assert {step.due_turn for step in at_once} == {9}
    assert all(step.depends_on is None for step in at_once)
    last = obligations(terms, levels | {"seq": 2}, BANKED, turn=9)[-1]
    assert (last.issue, last.depends_on, last.due_turn) == ("unrel", "ver", 11)


def test_a_statement_like_singapore_lives_about_a_year_and_a_prepared_text_about_six():
    rules = Durability()
    weak = durability(rules, strength=strength(rules, "statement", 10), unpaid=0, trust=(0.14, 0.08))
    assert breakdown_hazard(rules, 9.0, 2) == pytest.approx(0.32 * math.exp(-0.306), abs=1e-9)
    assert breakdown_hazard(rules, 60.0, 0) == pytest.approx(0.0416, abs=0.0005)
    assert weak == pytest.approx(22 * (0.5 + 0.5 * 0.22 / 0.6), abs=1e-9)


def test_unpaid_concessions_wear_a_text_down():
    rules = Durability()
    paid = durability(rules, strength=60.0, unpaid=2, trust=(0.3, 0.3))
    assert durability(rules, strength=60.0, unpaid=3, trust=(0.3, 0.3)) == pytest.approx(paid * 0.675)


def test_better_verification_notices_more_and_audiences_hold_a_side_to_its_word():
    terms, rules = case_terms(), Durability()
    assert [detection(terms, level) for level in range(4)] == [0.15, 0.45, 0.75, 0.95]
    assert compliance(rules, gain=0.0, channel=0, audience=0) == 0.5
    assert (
        compliance(rules, gain=0.0, channel=0, audience=50) > 0.5 > compliance(rules, gain=-0.1, channel=50, audience=0)
    )
