"""Two bots at one table: agreement where one is to be had, none where none is, and nobody below its reserve."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from adjudication.policies.bargain import bargain_acts
from adjudication.policies.view import Act, Mandated
from adjudication.scenario.bots import Bargaining, BotSpec
from negotiation.sides import analyse_with_sides
from tests.support.bargaining import BANKED, HANOI, SINGAPORE, case_terms
from tests.support.duels import SEATS, Duel, same_readings
from tests.support.views import a_chair

OPEN = HANOI | {"institution": 60.0, "trust_us": 0.5, "trust_dprk": 0.5, "tension": 40.0}
"""A world with groundwork and some trust: many texts beat waiting for both."""
SHUT = HANOI | {"institution": 60.0, "trust_us": 0.02, "trust_dprk": 0.02, "tension": 20.0, "press": 5.0}
"""A world in which nobody believes anything and nobody is afraid."""
PICKED_CLEAN = {**BANKED, "test": 2, "unrel": 1, "sec": 2, "rec": 3, **{clause.id: 1 for clause in case_terms().sides}}
"""In force: whatever could be had without trust."""
STRATEGIES = ("boulware", "linear", "conceder", "tit_for_tat")


def a_duel(one="linear", two="linear", *, values=OPEN, **fields) -> Duel:
    hows = (Bargaining(strategy=one), Bargaining(strategy=two))
    return Duel(same_readings(values), dict(zip(SEATS, hows, strict=True)), **fields)


def test_two_conceders_sign_where_there_is_something_to_sign():
    done = a_duel("conceder", "conceder").play()
    assert done.status == "signed"
    assert all(done.worth(seat) >= 0 for seat in SEATS)
    assert all("offer.initial" in done.names(seat) for seat in SEATS)


@pytest.mark.parametrize("one", STRATEGIES)
@pytest.mark.parametrize("two", STRATEGIES)
@pytest.mark.parametrize("first", SEATS)
def test_any_two_strategies_reach_agreement_where_one_is_to_be_had(one, two, first):
    done = a_duel(one, two).play(first)
    assert done.status == "signed", done.said
    assert all(done.worth(seat) >= 0 for seat in SEATS)


def test_a_hard_bargainer_gets_more_from_the_same_conceder():
    soft, hard = (a_duel(strategy, "conceder").play("dprk") for strategy in ("conceder", "boulware"))
    assert hard.worth("potus") >= soft.worth("potus")


def test_the_two_worlds_are_what_they_are_called():
    assert analyse_with_sides(case_terms(), OPEN, {}, counted=0).gap > 0.1
    assert analyse_with_sides(case_terms(), SHUT, PICKED_CLEAN, counted=0).gap < 0


@pytest.mark.parametrize("one", STRATEGIES)
@pytest.mark.parametrize("two", STRATEGIES)
def test_without_a_zone_of_agreement_nothing_is_signed(one, two):
    done = a_duel(one, two, values=SHUT, banked=PICKED_CLEAN)
    done._do("potus", _act("offer.draft", offer="t5", levels={"fac": 3, "ars": 2, "ver": 2, "seq": 1}))
    done._do("potus", _act("offer.table", offer="t5"))
    done.play("dprk")
    assert done.status in ("tabled", "left")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(STRATEGIES), st.sampled_from(STRATEGIES), st.floats(0.02, 0.9), st.floats(0.02, 0.9),
    st.floats(46, 100), st.floats(0, 100), st.floats(0, 0.1), st.sampled_from(SEATS),
)  # fmt: skip
def test_nobody_signs_below_its_reserve_whatever_each_believes(
    one, two, ours, theirs, channel, tension, reserve, first
):
    readings = {
        "potus": OPEN | {"trust_us": ours, "institution": channel, "tension": tension},
        "dprk": OPEN | {"trust_dprk": theirs, "institution": channel, "tension": tension},
    }
    hows = {s: Bargaining(strategy=name, reserve=reserve) for s, name in zip(SEATS, (one, two), strict=True)}
    done = Duel(readings, hows).play(first)
    assert done.status in ("", "signed", "left", "tabled")
    if done.status == "signed":
        assert all(done.worth(seat) >= reserve - 1e-9 for seat in SEATS)


def test_each_version_of_a_bot_is_worth_no_more_to_it_than_the_one_before():
    done = a_duel("boulware", "conceder", values=OPEN | {"trust_us": 0.3, "trust_dprk": 0.3}).play()
    for seat in SEATS:
        own = [done.worth(seat, one.levels) for one in done.offer.before if one.proposer == seat]
        assert all(later <= sooner + 0.02 for sooner, later in pairwise(own)), own


def test_the_same_talk_comes_out_the_same_twice():
    one, two = (a_duel("tit_for_tat", "boulware").play() for _ in range(2))
    assert one.said == two.said
    assert one.offer == two.offer


def test_without_groundwork_no_side_clause_is_brought():
    done = a_duel(values=SINGAPORE).play()
    assert done.table is None or not {c.id for c in done.view("potus").terms.sides} & set(done.table.levels)


# --- brackets, packages, walking out, mandates ------------------------------------------------
def test_what_a_bot_can_answer_nothing_to_it_gives_back_in_brackets_and_a_bracketed_text_is_not_accepted():
    duel = a_duel(values=SHUT, banked=PICKED_CLEAN)
    ask = {"fac": 4, "ars": 3, "ver": 3, "seq": 1}
    duel._do("potus", _act("offer.draft", offer="t5", levels=ask))
    duel._do("potus", _act("offer.table", offer="t5"))
    acts = bargain_acts(duel.chair("dprk"), duel.view("dprk"))
    (given_back,) = [one for one in acts if one.name == "offer.counter"]
    assert given_back.args["levels"] == ask
    assert {c for c, d in given_back.args["details"].items() if d.get("bracketed")} >= {"fac", "ars"}
    duel._do("dprk", given_back)
    answers = [one.name for one in bargain_acts(duel.chair("potus"), duel.view("potus"))]
    assert "offer.accept" not in answers


def test_a_text_one_can_live_with_is_put_forward_without_its_brackets():
    duel = a_duel()
    duel.play()
    levels = duel.offer.levels
    clause = next(iter(levels))
    duel.offer = replace(duel.offer, status="draft", version=3, accepted=(), signed=(), initialled=())
    duel._put("potus", dict(levels), {clause: {"bracketed": True, "due": 9}})
    duel.offer = replace(duel.offer, version=8)
    (freed,) = [one for one in bargain_acts(duel.chair("dprk"), duel.view("dprk")) if one.name == "offer.counter"]
    assert freed.args["levels"] == levels
    assert freed.args["details"][clause]["due"] == 9
    assert not any(d.get("bracketed") for d in freed.args["details"].values())


def test_who_walks_out_comes_back_once_others_have_seen_it_and_only_once_a_turn():
    hows = {"potus": Bargaining(), "dprk": Bargaining(walks_out=True)}
    duel = Duel(same_readings(OPEN), hows)
    duel._do("potus", _act("offer.draft", offer="t5", levels={"fac": 4, "ars": 3, "ver": 3, "seq": 2}))
    duel._do("potus", _act("offer.table", offer="t5"))
    duel.offer = replace(duel.offer, version=2)
    duel.play("dprk")
    assert duel.names("dprk")[:2] == ["offer.walk_out", "offer.come_back"]
    assert duel.names("dprk").count("offer.walk_out") == 1
    assert duel.status == "signed"


def test_who_is_out_alone_in_the_room_stays_out():
    duel = Duel(same_readings(OPEN), {seat: Bargaining(walks_out=True) for seat in SEATS})
    duel._do("potus", _act("offer.draft", offer="t5", levels={"ars": 3, "seq": 1}))
    duel._do("potus", _act("offer.table", offer="t5"))
    duel.offer = replace(duel.offer, out=("dprk",))
    alone = replace(duel.view("dprk"), others_ready=frozenset())
    assert bargain_acts(duel.chair("dprk"), alone) == []
    assert bargain_acts(duel.chair("potus"), duel.view("potus")) == []


@pytest.mark.parametrize(
    ("may", "levels", "does"),
    [
        (("mark", "counter", "accept", "initial"), {}, True),
        (("mark",), {}, False),
        (("mark", "counter", "accept"), {"fac": (0, 0), "unrel": (0, 0), "sec": (0, 0), "test": (0, 0)}, False),
    ],
)
def test_a_delegate_does_what_its_mandate_says_within_its_bounds_and_never_signs(may, levels, does):
    duel = a_duel("conceder", "conceder")
    duel.play()
    deal = replace(duel.offer, status="tabled", accepted=("dprk",), signed=(), proposer="dprk", version=6)
    mandate = Mandated(principal="potus", seat="state", offer="", may=may, levels=levels)
    view = replace(duel.view("potus"), seat="state", offers=(deal,), mandates=(mandate,), sheet=())
    chair = a_chair("state", BotSpec(policy="rulebook"))
    names = {one.name for one in bargain_acts(chair, view)}
    assert ("offer.accept" in names) == does
    agreed = replace(view, offers=(replace(deal, status="agreed", accepted=("dprk", "potus")),))
    assert {one.name for one in bargain_acts(chair, agreed)} <= {"offer.initial"}


def test_a_principal_leaves_to_its_delegate_what_it_gave_and_signs_itself():
    duel = a_duel("conceder", "conceder")
    duel.play()
    given = Mandated(principal="potus", seat="state", offer="", may=("mark", "counter", "accept", "initial"))
    tabled = replace(duel.offer, status="tabled", accepted=("dprk",), signed=(), initialled=(), proposer="dprk")
    view = replace(duel.view("potus"), offers=(tabled,), mandates=(given,))
    assert bargain_acts(duel.chair("potus"), view) == []
    agreed = replace(view, offers=(replace(tabled, status="agreed", accepted=("dprk", "potus")),))
    assert [one.name for one in bargain_acts(duel.chair("potus"), agreed)] == ["offer.sign"]


def test_an_invitation_to_stand_by_a_text_is_answered_by_its_worth():
    duel = a_duel("conceder", "conceder")
    duel.play()
    for levels, stands in ((duel.offer.levels, True), ({"ars": 3, "seq": 1}, False)):
        text = replace(
            duel.offer, status="tabled", levels=levels, invited=("dprk",), accepted=("dprk", "potus"), signed=SEATS
        )
        (answer,) = [
            o
            for o in bargain_acts(duel.chair("dprk"), replace(duel.view("dprk"), offers=(text,)))
            if o.name == "offer.sponsor"
        ]
        assert answer.args == {"offer": text.id, "stands": stands}


def _act(name: str, **args):
    return Act(name, args, name)
