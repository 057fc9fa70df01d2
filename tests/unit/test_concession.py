"""How claims fall: each strategy's curve, where it ends, and which gives way first."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adjudication.policies.concession import bargaining_of, claim, is_last
from adjudication.scenario.bots import Bargaining, BotSpec
from tests.support.views import a_chair

TIMED = ("boulware", "linear", "conceder")
numbers = st.floats(0, 1)
curves = st.builds(
    Bargaining,
    strategy=st.sampled_from(TIMED),
    start=numbers,
    reserve=st.floats(0, 0.2),
    beta=st.none() | st.floats(0.05, 10),
    deadline=st.integers(1, 12),
)


@given(curves, st.floats(-0.5, 0.5))
def test_a_claim_never_rises_and_meets_the_reserve_at_the_deadline(how, best):
    path = [claim(how, best, version) for version in range(how.deadline + 4)]
    assert all(later <= sooner + 1e-12 for sooner, later in pairwise(path))
    assert path[how.deadline] == how.reserve
    assert min(path) >= how.reserve - 1e-12
    assert path[0] == pytest.approx(max(how.reserve, how.start * best))


@given(st.integers(2, 12), st.floats(0.01, 0.5), st.data())
def test_boulware_concedes_later_than_an_even_hand_and_that_later_than_a_conceder(deadline, best, data):
    version = data.draw(st.integers(1, deadline - 1))
    hard, even, soft = (claim(Bargaining(strategy=s, deadline=deadline), best, version) for s in TIMED)
    assert hard > even > soft > 0


@given(st.integers(2, 12), st.floats(0.1, 0.5), st.floats(0.1, 0.9), st.floats(1.1, 4))
def test_a_larger_beta_gives_way_sooner(deadline, best, beta, times):
    hard, soft = (Bargaining(strategy="boulware", beta=b, deadline=deadline) for b in (beta, beta * times))
    assert claim(hard, best, 1) > claim(soft, best, 1)


def test_tit_for_tat_gives_back_what_the_other_gave_and_nothing_for_nothing():
    how = Bargaining(strategy="tit_for_tat", deadline=6)
    assert claim(how, 0.3, 1) == 0.3
    assert claim(how, 0.3, 2, [-0.2]) == 0.3
    assert claim(how, 0.3, 3, [-0.2, -0.2]) == 0.3
    assert claim(how, 0.3, 4, [-0.2, -0.15]) == pytest.approx(0.25)
    assert claim(how, 0.3, 4, [-0.2, -0.15, -0.3]) == pytest.approx(0.25), "what was given is not taken back"
    assert claim(how, 0.3, 5, [-0.9, 0.4]) == 0.0
    assert claim(how, 0.3, 6, [-0.2]) == 0.0


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=6), st.floats(0, 0.5), st.floats(0, 3), st.floats(0, 0.1))
def test_tit_for_tat_never_rises_as_the_other_speaks_on(theirs, best, matches, reserve):
    how = Bargaining(strategy="tit_for_tat", deadline=20, matches=matches, reserve=reserve)
    path = [claim(how, best, 1, theirs[:n]) for n in range(1, len(theirs) + 1)]
    assert all(later <= sooner + 1e-12 for sooner, later in pairwise(path))
    assert min(path) >= reserve


@pytest.mark.parametrize(
    ("policy", "strategy"),
    [("hawk", "boulware"), ("dove", "conceder"), ("tit_for_tat", "tit_for_tat"), ("mediator", "linear")],
)
def test_a_general_policy_bargains_as_its_kind_does_unless_the_case_says_otherwise(policy, strategy):
    assert bargaining_of(a_chair(spec=BotSpec(policy=policy))).strategy == strategy
    said = Bargaining(strategy="linear", deadline=9)
    assert bargaining_of(a_chair(spec=BotSpec(policy=policy, bargains=said))) == said


def test_the_last_word_comes_three_versions_after_the_deadline():
    how = Bargaining(deadline=4)
    assert [is_last(how, version) for version in (4, 6, 7)] == [False, False, True]
