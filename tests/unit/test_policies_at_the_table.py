"""How bots bargain: by their own side's value of a text, never by the other's beliefs."""

from msgspec.structs import replace

from adjudication.policies.bargain import bargain_acts
from adjudication.policies.judging import judgement
from adjudication.policies.view import BotView, OfferOnTable
from adjudication.scenario.bots import BotSpec
from tests.support.bargaining import BANKED, HANOI, SINGAPORE
from tests.support.views import a_chair, a_view


def an_offer(levels, *, version=1, author="potus", accepted=("potus",), status="tabled") -> OfferOnTable:
    return OfferOnTable(
        id=f"{author}:t5", author=author, proposer=author, status=status, version=version, levels=levels,
        accepted=accepted, signed=(), parties=("dprk", "potus"), venue="", turn=5,
    )  # fmt: skip


VAGUE = {"test": 1, "fac": 1, "sec": 1, "rec": 1, "seq": 1}


def at_the_table(**fields) -> BotView:
    given = {"bargaining_open": True, "orders_open": False, "submitted": True, "readings": dict(SINGAPORE)}
    return a_view(**given | fields)


def test_a_statement_better_than_waiting_is_accepted_and_then_signed_at_the_meeting():
    view = at_the_table(offers=(an_offer(VAGUE),), sheet=("d_summit",))
    assert [one.name for one in bargain_acts(a_chair(), view)] == ["offer.accept"]
    agreed = at_the_table(offers=(an_offer(VAGUE, status="agreed", accepted=("dprk", "potus")),), sheet=("d_summit",))
    initial, signing = bargain_acts(a_chair(), agreed)
    assert initial.name == "offer.initial"
    assert (signing.name, signing.args["venue"]) == ("offer.sign", "summit")


def test_a_text_worse_than_waiting_is_never_accepted_and_is_left_in_the_end():
    ask = {"test": 2, "fac": 4, "ars": 3, "ver": 3, "unrel": 4, "usrel": 2, "sec": 2, "rec": 2, "seq": 2}
    for version in range(1, 9):
        view = at_the_table(
            offers=(an_offer(ask, version=version),), readings=HANOI | {"institution": 60.0}, banked=BANKED
        )
        names = [one.name for one in bargain_acts(a_chair(), view)]
        assert "offer.accept" not in names
    assert names == ["offer.walk_away"]


def test_no_detailed_text_is_accepted_without_groundwork_however_good():
    gift = {"unrel": 2, "fac": 2, "ver": 1, "test": 1, "seq": 0}
    bare = at_the_table(offers=(an_offer(gift, version=5),), readings=SINGAPORE | {"institution": 10.0})
    deep = at_the_table(
        offers=(an_offer(gift, version=5),), readings=SINGAPORE | {"institution": 60.0, "trust_dprk": 0.6}
    )
    assert "offer.accept" not in [one.name for one in bargain_acts(a_chair(), bare)]
    assert [one.name for one in bargain_acts(a_chair(), deep)] == ["offer.accept"]


def test_the_other_sides_trust_is_not_read():
    view = at_the_table(sheet=("d_summit",), readings=SINGAPORE | {"institution": 60.0})
    hidden = replace(
        view,
        readings={k: v for k, v in view.readings.items() if k != "trust_us"},
        priors={"trust_us": SINGAPORE["trust_us"]},
    )
    assert bargain_acts(a_chair(), view) == bargain_acts(a_chair(), hidden)


def test_a_text_is_brought_at_most_once_a_turn():
    view = at_the_table(sheet=("d_summit",), readings=SINGAPORE | {"institution": 60.0})
    assert [one.name for one in bargain_acts(a_chair(), view)] == ["offer.draft", "offer.table"]
    ended = replace(an_offer(VAGUE, author="dprk"), status="walked_away")
    assert bargain_acts(a_chair(), replace(view, offers=(ended,))) == []


def test_a_higher_bar_of_trust_makes_the_same_promise_worth_less():
    gift = {"unrel": 2, "fac": 2, "ver": 1, "test": 1, "seq": 0}
    view = at_the_table(readings=SINGAPORE | {"institution": 60.0, "trust_dprk": 0.6})
    wary = a_chair(spec=BotSpec(policy="cautious", params={"trust_threshold_shift": 0.3}))
    plain, doubtful = (judgement(chair, view, "DPRK") for chair in (a_chair(), wary))
    assert doubtful.surplus(gift) < plain.surplus(gift)
