"""What a seat's own people make of a version: who has to let it pass, what is missing, form and life, what helps."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotiation.assess import Assessment, Lifetime, Mind, assess, reads
from negotiation.closest import WORTH_IT, Change, Judge, closest, neighbours
from negotiation.package import whole_row
from negotiation.points import banked_rows, judge
from negotiation.terms import ALL_LENSES
from tests.support.bargaining import BANKED, HANOI, SINGAPORE, case_terms, trimmed

LIFE = Lifetime(
    institution="institution", unpaid="no_relief_q", trust=("trust_us", "trust_dprk"), agent="BUR", agent_factor=0.8
)
LABELS = {"congress_res": "Resistance in Congress", "bur_align": "Agreement of the departments"}
WORLD = {**HANOI, "no_relief_q": 0.0}


def told(levels: dict[str, int], *, party: str = "US", banked: dict[str, int] | None = None, **more) -> Assessment:
    fields = {"values": WORLD, "ranges": {}, "player": "", **more}
    mind = Mind(party=party, **fields)
    return assess(
        case_terms(), mind, BANKED if banked is None else banked, levels, lifetime=LIFE, labels=LABELS
    )  # fmt: skip


def step(found: Assessment, authority: str) -> tuple[str, str]:
    return next((s.state, s.missing) for s in found.path if s.authority == authority)


# --- the way home -----------------------------------------------------------------------------
def test_a_gate_the_text_itself_opens_is_clear_and_one_it_does_not_says_what_is_missing_r_i03():
    assert step(told({"unrel": 2, "fac": 2, "ver": 1}), "Security Council, partial relief") == ("clear", "")
    state, missing = step(told({"unrel": 2, "fac": 1}), "Security Council, partial relief")
    assert state == "blocked"
    assert missing == "Facilities: part of Yongbyon and Verification: agreed visits"


def test_a_gate_that_hangs_on_a_number_known_well_is_clear_or_blocked_and_open_where_it_is_not_r_i13():
    treaty = {"sec": 3}
    for value, expected in ((45.0, "clear"), (76.0, "blocked")):
        assert step(told(treaty, values={**WORLD, "congress_res": value}), "Senate, peace treaty")[0] == expected
    wide = told(treaty, ranges={"congress_res": (40.0, 60.0)})
    assert step(wide, "Senate, peace treaty") == ("open", "Resistance in Congress at most 50")
    assert step(told(treaty, ranges={"congress_res": (51.0, 60.0)}), "Senate, peace treaty")[0] == "blocked"


def test_every_way_through_a_gate_that_is_closed_is_named_r_i04():
    state, missing = step(told({"usrel": 2}), "Sanctions statute")
    assert state == "blocked"
    assert missing == (
        "Resistance in Congress at most 60; or Facilities: part of Yongbyon and Verification: agency inspectors on site"
    )


def test_a_gate_is_asked_only_by_a_text_that_touches_what_it_guards():
    assert {s.authority for s in told({"test": 2}).path}.isdisjoint(gate.label for gate in case_terms().gates)
    assert "Senate, peace treaty" not in {s.authority for s in told({}, banked={**BANKED, "sec": 3}).path}


def test_a_player_with_a_veto_is_clear_open_or_blocked_by_what_the_text_is_worth_to_it_r_i04():
    poor, rich = {"usrel": 2, "fac": 2, "ver": 2}, {"usrel": 2, "fac": 4, "ver": 2, "ars": 2}
    assert step(told(poor), "Congress")[0] == "blocked"
    assert step(told(rich), "Congress") == ("clear", "")
    terms = case_terms()
    edge = next(
        levels
        for levels in ({"usrel": 2, "fac": 3, "ver": 2}, {"usrel": 2, "fac": 2, "ver": 2, "ars": 1})
        if any(x.id == "CONG" for x in terms.players)
        and step(told(levels, ranges={"congress_res": (0.0, 100.0)}), "Congress")[0] == "open"
    )
    assert step(told(edge, ranges={"congress_res": (0.0, 100.0)}), "Congress")[1]


def test_who_cannot_stop_a_text_and_would_not_like_it_is_named_apart_r_a03():
    found = told({"test": 1, "sec": 1}, banked={})
    assert [voice.player for voice in found.unhappy] == ["JPN"]
    assert "Japan" not in {s.authority for s in found.path}
    assert told({"test": 2, "sec": 1}, banked={}).unhappy == ()


def test_an_authority_of_the_catalogue_is_named_for_what_the_text_adds_and_no_gate_guards():
    authorities = [s.authority for s in told({"test": 1, "sec": 1}, banked={}).path]
    wanted = [case_terms().clause_of(key, 1).authority for key in ("test", "sec")]
    assert authorities == wanted
    assert told({"test": 1, "sec": 1}).path == ()


# --- worth, form, life ------------------------------------------------------------------------
def test_what_would_be_banked_is_what_rises_side_clauses_included_and_never_the_order_of_steps():
    found = told({"test": 1, "fac": 2, "remains": 1, "seq": 2})
    assert found.banked == (Change("fac", 1, 2), Change("remains", 0, 1))


def test_a_signatory_is_told_both_words_a_player_its_own_and_others_none():
    assert told({"rec": 1}, banked={}, values={**SINGAPORE, "no_relief_q": 0.0}).verdict.endswith("better")
    assert told({"rec": 1}).other_verdict
    player = told({"test": 1, "sec": 1}, party="", player="JPN", banked={})
    assert (player.verdict, player.other_verdict, player.confidence) == ("about the same", "", "")
    nobody = told({"test": 1}, party="", banked={})
    assert (nobody.verdict, nobody.other_verdict, nobody.trust_ok, nobody.closest) == ("", "", None, None)


def test_the_word_on_the_other_side_is_as_sure_as_the_worst_single_doubt_leaves_it():
    text = {"test": 1, "fac": 2, "unrel": 1, "rec": 2}
    doubt = lambda value: ({**WORLD, "trust_dprk": value},)  # noqa: E731
    assert told(text).confidence == "high"
    assert told(text, doubts=doubt(0.08)).confidence == "high"
    assert told(text, doubts=doubt(0.9)).confidence == "low"
    worse = {"test": 2, "fac": 4, "ars": 1, "rec": 1, "seq": 2}
    assert told(worse, doubts=({**WORLD, "missile_cap": 20.0},)).confidence == "high"


def test_without_groundwork_a_signature_makes_a_statement_and_the_rule_is_named_r_i08():
    assert (told({"rec": 2}).form, told({"rec": 2}).form_rule) == ("statement", "R-I08")
    ready = told({"rec": 2}, values={**WORLD, "institution": 60.0})
    assert (ready.form, ready.form_rule) == ("text", "")
    doubtful = told({"rec": 2}, ranges={"institution": (40.0, 60.0)}, values={**WORLD, "institution": 50.0})
    assert doubtful.form == "statement"


def test_a_text_lives_longer_than_a_statement_and_trust_lengthens_its_life():
    order = ["brittle", "short-lived", "uncertain", "lasting"]
    thin = told({"rec": 2})
    thick = told(
        {"rec": 2}, values={**WORLD, "institution": 80.0, "trust_us": 0.5, "trust_dprk": 0.5}
    )  # fmt: skip
    unpaid = told({"rec": 2}, values={**WORLD, "no_relief_q": 4.0})
    assert order.index(thick.lasting) > order.index(thin.lasting)
    assert order.index(unpaid.lasting) <= order.index(thin.lasting)


def test_an_oral_understanding_is_named_so():
    mind = Mind(party="US", player="", values=WORLD, ranges={})
    found = assess(case_terms(), mind, BANKED, {"rec": 2}, lifetime=LIFE, labels={}, oral=True)
    assert found.form == "oral"


def test_everything_an_assessment_turns_on_is_named():
    assert {"trust_us", "trust_dprk", "press", "congress_res", "institution", "flag.troop_floor"} <= reads(case_terms())


# --- the closest step -------------------------------------------------------------------------
SMALL = trimmed(case_terms(), "test", "fac", "ver", "unrel", "rec", "seq")


def asked(values=WORLD, banked=BANKED, terms=SMALL) -> Judge:
    return Judge(terms, "US", "", values, banked_rows(terms, banked), ALL_LENSES)


def test_neighbours_are_all_texts_one_or_two_clauses_away_and_none_below_what_is_in_force():
    row = whole_row(SMALL, {"fac": 2}, BANKED)
    found = {tuple(r) for r in neighbours(asked(), row)}
    ranges = [range(0 if i.kind == "sequence" else BANKED.get(i.id, 0), len(i.levels)) for i in SMALL.deal_issues]
    expected = set()
    for many in (1, 2):
        for places in combinations(range(len(row)), many):
            choices = [[k for k in ranges[at] if k != row[at]] for at in places]
            for picks in np.ndindex(*map(len, choices)):
                new = list(row)
                for at, pick, levels in zip(places, picks, choices, strict=True):
                    new[at] = levels[pick]
                expected.add(tuple(new))
    assert found == expected
    assert {tuple(r) for r in neighbours(asked(), row, most=1)} == {
        r for r in expected if sum(a != b for a, b in zip(r, row, strict=True)) == 1
    }


@settings(max_examples=60, deadline=None)
@given(
    st.floats(0.02, 0.9), st.floats(0.02, 0.9), st.floats(0, 90),
    st.fixed_dictionaries({i.id: st.integers(0, len(i.levels) - 1) for i in SMALL.issues}),
)  # fmt: skip
def test_the_closest_step_loses_nobody_anything_and_none_of_its_length_does_better(one, two, channel, levels):
    values = {**WORLD, "trust_us": one, "trust_dprk": two, "institution": channel}
    levels = {name: max(level, BANKED.get(name, 0)) for name, level in levels.items()}
    row = whole_row(SMALL, levels, BANKED)
    found = closest(asked(values), row, "US")
    judged = judge(SMALL, [row, *neighbours(asked(values), row)], values, BANKED)
    worth = np.stack([judged.surplus["US"][0], judged.surplus["DPRK"][0]], axis=1)
    lawful = judged.feasible[0]
    good = lawful[1:]
    if lawful[0]:
        good = good & (worth[1:] >= worth[0] - 1e-9).all(axis=1) & (worth[1:].min(axis=1) > worth[0].min() + WORTH_IT)
    assert (found is not None) == bool(good.any())
    if found is None:
        return
    new = {change.clause: change.to_level for change in found.changes}
    assert all(change.from_level == row[SMALL.column[change.clause]] for change in found.changes)
    after = judge(SMALL, [whole_row(SMALL, {**levels, **new}, BANKED)], values, BANKED)
    left = min(float(after.surplus[side][0, 0]) for side in ("US", "DPRK"))
    reach = worth[1:][good].min(axis=1)
    assert bool(after.feasible[0, 0])
    assert (left >= 0) == bool((reach >= 0).any())
    if left < 0:
        assert left == pytest.approx(reach.max())


def test_a_single_clause_that_makes_a_deal_goes_before_two_that_make_a_better_one():
    values = {**WORLD, "trust_us": 0.4, "trust_dprk": 0.4, "institution": 60.0}
    found = closest(asked(values), whole_row(SMALL, {"fac": 2, "ver": 1, "unrel": 1}, BANKED), "US")
    assert found is not None
    assert len(found.changes) == 1


def test_from_a_text_nobody_may_carry_out_the_step_leads_back_to_the_law():
    found = told({"unrel": 3, "fac": 3, "ver": 1, "seq": 0})
    assert found.closest is not None
    levels = {"unrel": 3, "fac": 3, "ver": 1, "seq": 0} | {c.clause: c.to_level for c in found.closest.changes}
    assert bool(judge(case_terms(), [whole_row(case_terms(), levels, BANKED)], WORLD, BANKED).feasible[0, 0])
