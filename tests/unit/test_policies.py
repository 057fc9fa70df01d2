"""Policies act on one seat's view alone, within its budget, and the same way every time."""

import pytest
from msgspec.structs import replace

from adjudication.policies import POLICIES, POLICY_NAMES, act, policy_for
from adjudication.policies.bargain import bargain_acts
from adjudication.policies.sheet import choose
from adjudication.policies.view import BookMove, BotView, MoveOption, OfferOnTable, PastOrder, RoomSeen, Wish
from tests.support.bargaining import BANKED, HANOI, SINGAPORE, case_terms

DPRK_MOVES = (
    "icbm",
    "srbm",
    "irbm",
    "nuke",
    "d_threat",
    "moratorium",
    "charm",
    "d_talks",
    "release",
    "d_offer_summit",
    "d_summit",
)
HARD = {"icbm", "srbm", "irbm", "nuke"}


def a_move(move: str, **fields) -> MoveOption:
    severity = "nv" if move in HARD else "de"
    given = {
        "state": "available",
        "cost": 1,
        "capital": 0.0,
        "severity": severity,
        "goldstein": -7.0 if move in HARD else 5.0,
    }
    return MoveOption(id=move, group="", **given | fields)


def a_view(seat="dprk", moves=DPRK_MOVES, **fields) -> BotView:
    given = {
        "side": "DPRK", "turn": 5, "turns": 12, "phase": "plan", "orders_open": True, "bargaining_open": False,
        "key": "root", "budget": 4, "used": 0, "capital": None, "submitted": False, "ready": False,
        "readings": dict(HANOI), "before": {}, "priors": {}, "moves": {m: a_move(m) for m in moves},
        "book": {m: BookMove(severity="nv", goldstein=-7.0, side="DPRK") for m in moves}, "sheet": (), "past": (),
        "banked": {}, "offers": (), "rooms": (), "agreements": (), "terms": case_terms(), "params": {"pivot_at": 78.0},
    }  # fmt: skip
    return BotView(seat=seat, **given | fields)


def ordered(view: BotView, policy: str = "opportunist") -> list[str]:
    return [wish.move for wish in choose(view, policy_for(policy).wishes(view))]


def test_the_north_arms_until_its_deterrent_is_ready_and_then_turns_to_talks():
    arming = a_view(readings=HANOI | {"missile_cap": 60.0, "tension": 80.0})
    assert {"icbm", "srbm", "d_threat"} <= set(ordered(arming))
    assert ordered(a_view(readings=HANOI | {"missile_cap": 79.0}))[:3] == ["moratorium", "charm", "d_talks"]


def test_the_north_keeps_its_pause_once_given_and_hardens_below_it_when_nothing_comes_back():
    past = (PastOrder(turn=4, seat="dprk", move="moratorium", status="done"),)
    patient = a_view(past=past, readings=HANOI | {"missile_cap": 60.0, "no_relief_q": 1.0})
    bitter = replace(patient, readings=HANOI | {"missile_cap": 60.0, "no_relief_q": 5.0})
    for view in (patient, bitter):
        assert not {"icbm", "nuke", "irbm"} & set(ordered(view))
    assert "srbm" in ordered(bitter)
    assert "srbm" not in ordered(patient)


def test_the_pivot_is_a_parameter_of_the_case():
    view = a_view(readings=HANOI | {"missile_cap": 70.0})
    assert "moratorium" not in ordered(view)
    assert "moratorium" in ordered(replace(view, params={"pivot_at": 65.0}))


@pytest.mark.parametrize("policy", sorted(POLICY_NAMES))
def test_no_policy_spends_more_than_its_budget_or_orders_what_is_locked(policy):
    view = a_view(budget=2, moves=(*DPRK_MOVES, "praise", "exercise", "consult"))
    view = replace(view, moves=view.moves | {"icbm": a_move("icbm", state="locked"), "charm": a_move("charm", cost=3)})
    moves = ordered(view, policy)
    assert sum(view.moves[move].cost for move in moves) <= 2
    assert not {"icbm", "charm"} & set(moves)


@pytest.mark.parametrize("policy", sorted(POLICIES))
def test_every_policy_is_the_same_twice(policy):
    view = a_view(bargaining_open=True)
    assert act(view, POLICIES[policy]) == act(view, POLICIES[policy])


def test_capital_is_not_spent_to_the_last():
    view = a_view(capital=12.0, moves=("praise",))
    view = replace(view, moves={"praise": a_move("praise", capital=5.0), "consult": a_move("consult")})
    assert [w.move for w in choose(view, [Wish("praise", ""), Wish("consult", "")])] == ["consult"]


def test_tit_for_tat_answers_pressure_with_pressure_and_a_gift_with_a_gift():
    book = {
        "threat": BookMove(severity="po", goldstein=-7.0, side="US"),
        "praise": BookMove(severity="de", goldstein=3.4, side="US"),
    }
    view = a_view(book=book)
    pressed = replace(view, past=(PastOrder(turn=4, seat="potus", move="threat", status="done"),))
    courted = replace(view, past=(PastOrder(turn=4, seat="potus", move="praise", status="done"),))
    assert view.moves[ordered(pressed, "tit_for_tat")[0]].severity == "nv"
    assert view.moves[ordered(courted, "tit_for_tat")[0]].severity == "de"


def test_the_record_is_played_until_the_game_leaves_it():
    view = a_view(script={5: ("charm", "moratorium")}, readings=HANOI | {"missile_cap": 60.0})
    assert ordered(view, "historical") == ["charm", "moratorium"]
    blocked = tuple(PastOrder(turn=t, seat="dprk", move="icbm", status="blocked") for t in (3, 4))
    assert ordered(replace(view, past=blocked), "historical") != ["charm", "moratorium"]


def test_orders_carry_a_reason_and_the_sheet_is_sealed():
    acts = act(a_view(), policy_for("opportunist"))
    drafts = [one for one in acts if one.name == "order.draft"]
    assert drafts
    assert all(one.args["rationale"] for one in drafts)
    assert [one.name for one in acts if one.name.startswith("orders.")] == ["orders.submit"]


def test_a_bot_with_nothing_left_to_do_says_it_is_ready_once():
    view = a_view(submitted=True, orders_open=False)
    assert [one.name for one in act(view, policy_for("dove"))] == ["seat.ready"]
    assert act(replace(view, ready=True), policy_for("dove")) == []


def test_a_message_is_answered_once_in_the_room_it_came_from():
    room = RoomSeen(
        id="talk:dprk.potus", kind="bilateral", seats=("dprk", "potus"), last=3, unanswered=3, unanswered_from="potus"
    )
    acts = act(a_view(rooms=(room,), submitted=True), policy_for("opportunist"))
    said = [one for one in acts if one.name == "message.post" and one.args["room"] == room.id]
    assert len(said) == 1


# --- bargaining -------------------------------------------------------------------------------
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
    assert [one.name for one in bargain_acts(view)] == ["offer.accept"]
    agreed = at_the_table(offers=(an_offer(VAGUE, status="agreed", accepted=("dprk", "potus")),), sheet=("d_summit",))
    (signing,) = bargain_acts(agreed)
    assert (signing.name, signing.args["venue"]) == ("offer.sign", "summit")


def test_a_text_worse_than_waiting_is_never_accepted_and_is_left_in_the_end():
    ask = {"test": 2, "fac": 4, "ars": 3, "ver": 3, "unrel": 4, "usrel": 2, "sec": 2, "rec": 2, "seq": 2}
    for version in range(1, 9):
        view = at_the_table(
            offers=(an_offer(ask, version=version),), readings=HANOI | {"institution": 60.0}, banked=BANKED
        )
        names = [one.name for one in bargain_acts(view)]
        assert "offer.accept" not in names
    assert names == ["offer.walk_away"]


def test_no_detailed_text_is_accepted_without_groundwork_however_good():
    gift = {"unrel": 2, "fac": 2, "ver": 1, "test": 1, "seq": 0}
    bare = at_the_table(offers=(an_offer(gift, version=5),), readings=SINGAPORE | {"institution": 10.0})
    deep = at_the_table(
        offers=(an_offer(gift, version=5),), readings=SINGAPORE | {"institution": 60.0, "trust_dprk": 0.6}
    )
    assert "offer.accept" not in [one.name for one in bargain_acts(bare)]
    assert [one.name for one in bargain_acts(deep)] == ["offer.accept"]


def test_the_other_sides_trust_is_not_read():
    view = at_the_table(sheet=("d_summit",), readings=SINGAPORE | {"institution": 60.0})
    hidden = replace(
        view,
        readings={k: v for k, v in view.readings.items() if k != "trust_us"},
        priors={"trust_us": SINGAPORE["trust_us"]},
    )
    assert bargain_acts(view) == bargain_acts(hidden)


def test_a_text_is_brought_at_most_once_a_turn():
    view = at_the_table(sheet=("d_summit",), readings=SINGAPORE | {"institution": 60.0})
    assert [one.name for one in bargain_acts(view)] == ["offer.draft", "offer.table"]
    ended = replace(an_offer(VAGUE, author="dprk"), status="walked_away")
    assert bargain_acts(replace(view, offers=(ended,))) == []
