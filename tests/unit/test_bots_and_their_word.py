"""Whether a bot keeps what its side signed: by its interest as it sees it, and only where it is asked."""

import pytest
from msgspec.structs import replace

from adjudication.policies.keeping import SEEN, chance_to_keep, keeping_acts
from adjudication.policies.view import BotView, Owed
from tests.support.bargaining import HANOI
from tests.support.views import a_chair, a_view

IN_FORCE = {"fac": 2, "unrel": 2, "ver": 1, "test": 1}


def a_duty(clause="fac", *, obligor="dprk", detection="rarely", after="", **fields) -> Owed:
    given = {"state": "due", "asked": True, "choice": "", "from_level": 0, "agreement": "t1"}
    return Owed(id=f"t1:{clause}", clause=clause, obligor=obligor, detection=detection, after=after, **given | fields)


def with_duties(*owed: Owed, **readings: float) -> BotView:
    banked = dict.fromkeys(a_view().banked, 0) | IN_FORCE
    return a_view(owed=owed, banked=banked, readings=dict(HANOI | {"trust_dprk": 0.5} | readings), flags={})


ANSWERED = a_duty("unrel", obligor="potus", after="fac", asked=False)


def test_a_clause_that_is_asked_about_is_answered_once():
    (act,) = keeping_acts(a_chair(), with_duties(a_duty(), ANSWERED))
    assert act.name == "obligation.choose"
    assert act.args["obligation"] == "t1:fac"
    assert act.args["choice"] in ("keep", "withhold")
    assert keeping_acts(a_chair(), with_duties(a_duty(choice="keep"), ANSWERED)) == []
    assert keeping_acts(a_chair(), with_duties(a_duty(asked=False), ANSWERED)) == []


def test_what_orders_decide_and_what_others_owe_is_not_chosen():
    assert "test" in a_chair().case.commitments.by_order
    assert keeping_acts(a_chair(), with_duties(a_duty("test"))) == []
    assert keeping_acts(a_chair(), with_duties(replace(ANSWERED, asked=True))) == []


def test_the_surer_a_breach_is_seen_the_likelier_the_word_is_kept():
    chances = [
        chance_to_keep(a_chair(), with_duties(a_duty(detection=word), ANSWERED), a_duty(detection=word))
        for word in sorted(SEEN, key=lambda word: SEEN[word])
    ]
    assert chances == sorted(chances)
    assert chances[0] < chances[-1]


def test_what_nobody_answers_with_anything_is_hardly_kept():
    alone = chance_to_keep(a_chair(), with_duties(a_duty()), a_duty())
    answered = chance_to_keep(a_chair(), with_duties(a_duty(), ANSWERED), a_duty())
    assert alone < 0.5
    assert alone < answered


def test_words_given_in_public_and_a_working_channel_bind():
    base = chance_to_keep(a_chair(), with_duties(a_duty()), a_duty())
    assert chance_to_keep(a_chair(), with_duties(a_duty(), aud_dprk=60.0), a_duty()) > base
    assert chance_to_keep(a_chair(), with_duties(a_duty(), institution=80.0), a_duty()) != base


@pytest.mark.parametrize("key", ["a", "b", "c", "d", "e", "f", "g", "h"])
def test_the_die_is_the_seats_own_and_falls_the_same_twice(key):
    view = replace(with_duties(a_duty(), ANSWERED), key=key)
    assert keeping_acts(a_chair(), view) == keeping_acts(a_chair(), view)
    (act,) = keeping_acts(a_chair(), view)
    keeps = view.draw("keep:t1:fac") < chance_to_keep(a_chair(), view, a_duty())
    assert act.args["choice"] == ("keep" if keeps else "withhold")
