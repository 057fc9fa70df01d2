"""Policies act on one seat's view alone, within its budget, and the same way every time."""

import pytest
from msgspec.structs import replace

from adjudication.policies import GENERAL, act, policies_of, policy_for
from adjudication.policies.sheet import choose
from adjudication.policies.speech import deed
from adjudication.policies.view import BotView, ConsentAsked, RoomSeen, Wish
from adjudication.scenario.bots import BotSpec
from tests.support.bargaining import HANOI
from tests.support.engine import the_case
from tests.support.views import a_chair, a_move, a_view, done

ORDINARY = [name for name in sorted(GENERAL) if name != "maximiser"]


def ordered(view: BotView, policy: str = "opportunist") -> list[str]:
    found = policy_for(policy, the_case(), view.seat)
    return [wish.move for wish in choose(found.chair, view, found.wishes(view))]


# --- what the case knows of its seats ---------------------------------------------------------
def test_the_north_arms_until_its_deterrent_is_ready_and_then_turns_to_talks():
    arming = a_view(readings=HANOI | {"missile_cap": 60.0, "tension": 80.0})
    assert {"icbm", "srbm", "d_threat"} <= set(ordered(arming))
    assert ordered(a_view(readings=HANOI | {"missile_cap": 79.0}))[:3] == ["moratorium", "charm", "d_offer_summit"]


def test_the_north_keeps_its_pause_once_given_and_hardens_below_it_when_nothing_comes_back():
    past = (done("moratorium", "dprk"),)
    patient = a_view(past=past, readings=HANOI | {"missile_cap": 60.0, "no_relief_q": 1.0})
    bitter = replace(patient, readings=HANOI | {"missile_cap": 60.0, "no_relief_q": 5.0})
    for view in (patient, bitter):
        assert not {"icbm", "nuke", "irbm"} & set(ordered(view))
    assert "srbm" in ordered(bitter)
    assert "srbm" not in ordered(patient)


def test_the_pivot_is_a_number_of_the_case():
    view = a_view(readings=HANOI | {"missile_cap": 70.0})
    case = the_case()
    easy = replace(case, bots={**case.bots, "dprk": BotSpec(policy="opportunist", params={"pivot_at": 65.0})})
    assert "moratorium" not in ordered(view)
    found = policy_for("opportunist", easy, "dprk")
    assert "moratorium" in [wish.move for wish in choose(found.chair, view, found.wishes(view))]


def test_every_seat_of_the_case_can_be_given_its_persona_any_general_policy_and_the_record():
    for seat in the_case().seats:
        names = [policy.id for policy in policies_of(the_case(), seat.id)]
        assert names[0] == the_case().bots[seat.id].policy
        assert {*GENERAL, "historical"} <= set(names)
        assert len(names) == len(set(names))


def test_a_persona_is_offered_only_to_the_seats_it_was_written_for():
    assert "summiteer" in [policy.id for policy in policies_of(the_case(), "potus")]
    assert "summiteer" not in [policy.id for policy in policies_of(the_case(), "dprk")]


# --- rule books -------------------------------------------------------------------------------
RULES = (
    {"when": {"gt": ["tension", 50]}, "last": True, "rules": [{"order": "d_threat", "why": "Hot."}]},
    {"when": {"ordered": {"move": "threat", "by": "potus", "within": 1}}, "order": "srbm", "why": "They spoke."},
    {"when": {"not": {"ordered": {"move": "charm", "within": 3}}}, "order": "charm", "why": "Not lately."},
    {"when": {"gt": ["trust_us", 0.5]}, "order": "release", "why": "Unknown to this seat."},
    {"when": {"not": {"gt": ["trust_us", 0.5]}}, "order": "moratorium", "why": "Unknown to this seat."},
)  # fmt: skip


def a_rulebook(*rules):
    from adjudication.scenario.binder import bind
    from adjudication.scenario.nodes import Faults, Node

    def node(value):
        if isinstance(value, dict):
            return Node({k: node(v) for k, v in value.items()}, "test", 1, "")
        if isinstance(value, list | tuple):
            return Node([node(v) for v in value], "test", 1, "")
        return Node(value, "test", 1, "", raw=str(value))

    faults = Faults()
    spec = bind(BotSpec, node({"policy": "rulebook", "rules": list(rules)}), faults)
    assert faults.errors == []
    case = the_case()
    return policy_for("rulebook", replace(case, bots={**case.bots, "dprk": spec}), "dprk")


def wished(view, *rules) -> list[str]:
    return [wish.move for wish in a_rulebook(*rules).wishes(view)]


def test_a_rule_book_is_read_from_the_top_and_a_last_block_ends_it():
    hot = a_view(readings={"tension": 60.0})
    assert wished(hot, *RULES) == ["d_threat"]
    assert wished(replace(hot, readings={"tension": 40.0}), *RULES) == ["charm"]


def test_a_rule_counts_the_orders_the_seat_saw_and_forgets_older_ones():
    view = a_view(readings={"tension": 40.0}, past=(done("threat", "potus"), done("charm", "dprk", turn=2)))
    assert wished(view, *RULES) == ["srbm"]
    assert wished(replace(view, turn=6), *RULES) == ["charm"]


def test_what_a_seat_cannot_tell_does_not_hold_nor_does_its_opposite():
    assert not {"release", "moratorium"} & set(wished(a_view(readings={"tension": 40.0}), *RULES))


def test_a_rule_reads_flags_the_seat_may_know_and_no_others():
    rule = {"when": {"eq": ["flag.moratorium", 1]}, "order": "renounce", "why": "It no longer binds us."}
    assert wished(a_view(flags={"moratorium": True}), rule) == ["renounce"]
    assert wished(a_view(flags={}), rule) == []


def test_a_chance_in_a_rule_is_the_bots_own_die_and_falls_the_same_way_twice():
    rule = {"when": {"chance": {"p": 0.5, "key": "coin"}}, "order": "charm", "why": "Heads."}
    views = [a_view(key=f"game {n}") for n in range(40)]
    falls = [bool(wished(view, rule)) for view in views]
    assert falls == [bool(wished(view, rule)) for view in views]
    assert 8 < sum(falls) < 32


def test_patience_ends_by_a_die_once_for_all_and_never_while_a_text_is_in_force():
    case = the_case()
    spec = BotSpec(policy="dove", params={"patience": 3, "impatience": 0.5}, then="hawk")
    policy = policy_for("dove", replace(case, bots={**case.bots, "dprk": spec}), "dprk")
    dropped = [[policy.gave_up(a_view(key=f"game {n}", turn=turn)) for turn in range(1, 13)] for n in range(30)]
    assert not any(any(row[:3]) for row in dropped)
    assert all(row == sorted(row) for row in dropped)
    assert sum(row[-1] for row in dropped) > 20
    assert not policy.gave_up(a_view(turn=12, deals={"a text": "statement"}))


# --- every policy -----------------------------------------------------------------------------
@pytest.mark.parametrize("policy", [*ORDINARY, "historical", "rulebook"])
@pytest.mark.parametrize("seat", ["dprk", "potus", "state", "rok"])
def test_no_policy_spends_more_than_its_budget_or_orders_what_is_locked(policy, seat):
    view = a_view(seat, budget=2, capital=30.0)
    moves = list(view.moves)
    view = replace(
        view, moves={**view.moves, moves[0]: a_move(moves[0], state="locked"), moves[1]: a_move(moves[1], cost=3)}
    )
    chosen = ordered(view, policy)
    assert sum(view.moves[move].cost for move in chosen) <= 2
    assert sum(view.moves[move].capital for move in chosen) <= 30.0
    assert not set(moves[:2]) & set(chosen)


@pytest.mark.parametrize("policy", [*ORDINARY, "historical", "rulebook"])
def test_every_policy_is_the_same_twice(policy):
    view = a_view(bargaining_open=True)
    found = policy_for(policy, the_case(), "dprk")
    assert act(view, found) == act(view, found)


@pytest.mark.parametrize("policy", ORDINARY)
def test_no_general_policy_of_itself_begins_a_war(policy):
    for turn in range(1, 13):
        view = a_view(
            "potus",
            turn=turn,
            budget=3,
            capital=100.0,
            readings={"tension": 95.0},
            past=(done("icbm", "dprk", turn - 1),),
        )
        assert "limited_strike" not in ordered(view, policy)


def test_capital_is_not_spent_to_the_last_unless_a_rule_says_it_is_worth_it():
    view = a_view("potus", capital=12.0, moves=("offer_summit", "consult"))
    spent = [w.move for w in choose(a_chair("potus"), view, [Wish("offer_summit", ""), Wish("consult", "")])]
    assert spent == ["consult"]
    firm = [w.move for w in choose(a_chair("potus"), view, [Wish("offer_summit", "", firm=True)])]
    assert firm == ["offer_summit"]


def test_two_moves_that_exclude_each_other_are_not_ordered_together():
    view = a_view("potus", budget=4, capital=100.0, moves=("summit", "call_off"))
    assert [w.move for w in choose(a_chair("potus"), view, [Wish("summit", ""), Wish("call_off", "")])] == ["summit"]


# --- the general policies ---------------------------------------------------------------------
def test_a_hawk_presses_and_holds_to_words_only_when_the_crisis_is_about_to_break():
    calm, hot = (a_view("potus", readings={"tension": t}, budget=1) for t in (60.0, 90.0))
    assert a_move(ordered(calm, "hawk")[0]).severity == "nv"
    assert a_move(ordered(hot, "hawk")[0]).severity == "po"


def test_a_dove_is_generous_until_nothing_comes_back():
    open_handed = a_view("potus", capital=100.0, budget=3)
    assert [a_move(move).severity for move in ordered(open_handed, "dove")][:3] == ["de", "de", "de"]
    spurned = replace(open_handed, past=(done("nuke", "dprk"), done("icbm", "dprk")))
    assert all(a_move(move).capital == 0 for move in ordered(spurned, "dove"))


def test_tit_for_tat_answers_pressure_in_measure_and_a_gift_with_a_gift():
    view = a_view("potus", budget=3, capital=100.0)
    pressed = replace(view, past=(done("icbm", "dprk"), done("srbm", "dprk")))
    courted = replace(view, past=(done("moratorium", "dprk"),))
    chair = a_chair("potus")
    heard = (chair.weight("icbm") + chair.weight("srbm")) / 2
    hostile = [m for m in ordered(pressed, "tit_for_tat") if chair.weight(m) < 0 and a_move(m).severity != "sq"]
    assert hostile
    assert all(chair.weight(move) >= heard for move in hostile)
    assert chair.weight(ordered(courted, "tit_for_tat")[0]) >= 5


def test_tit_for_tat_takes_a_small_public_step_every_fourth_turn_whatever_it_heard():
    pressed = a_view("potus", turn=8, capital=100.0, past=(done("nuke", "dprk", 7), done("icbm", "dprk", 7)))
    first = the_case().move[ordered(pressed, "tit_for_tat")[0]]
    assert first.severity in ("de", "sq")
    assert first.visibility == "public"
    assert a_chair("potus").weight(first.id) <= 4


def test_an_opportunist_presses_the_passive_cools_down_when_it_is_hot_and_pockets_gifts():
    def first(seat, **fields):
        general = GENERAL["opportunist"](a_chair(seat, BotSpec(policy="opportunist")))
        view = a_view(seat, capital=100.0, **fields)
        return a_move(choose(general.chair, view, general.wishes(view))[0].move).severity

    assert first("potus", readings={"tension": 50.0}) in ("nv", "po")
    assert first("potus", readings={"tension": 92.0}) == "de"
    assert first("potus", readings={"tension": 50.0}, past=(done("moratorium", "dprk"),)) == "de"


def test_a_mediator_carries_words_when_it_is_dangerous_and_is_never_hostile():
    general = GENERAL["mediator"](a_chair("rok", BotSpec(policy="mediator")))
    hot = a_view("rok", readings={"tension": 80.0})
    assert general.wishes(hot)[0].move == "mediate"
    assert {a_move(wish.move).severity for wish in general.wishes(hot)} <= {"de", "sq"}
    assert a_move(general.wishes(a_view("rok", readings={"tension": 30.0}))[0].move).severity == "sq"


def test_a_bureaucrat_seeks_one_line_writes_text_and_slow_walks_what_is_rash():
    view = a_view("defense", readings={"bur_align": 35.0, "institution": 10.0}, past=(done("suspend_ex", "potus"),))
    found = policy_for("bureaucrat", the_case(), "defense")
    wishes = {wish.move: wish for wish in reversed(found.wishes(view))}
    assert wishes["slow_walk"].params == {"target": "suspend_ex"}
    assert "interagency" in wishes
    assert "mil_channel" in wishes
    calm = found.wishes(replace(view, readings={"bur_align": 70.0, "institution": 10.0}))
    assert "slow_walk" not in [wish.move for wish in calm]


def test_a_bureaucrat_briefs_its_superior_and_others_keep_what_they_read():
    view = a_view("intel", unbriefed=("missile_cap",), submitted=True)
    briefs = [one for one in act(view, policy_for("bureaucrat", the_case(), "intel")) if one.name == "estimate.brief"]
    assert [one.args["to"] for one in briefs] == [("potus",)]
    assert not [o for o in act(view, policy_for("hawk", the_case(), "intel")) if o.name == "estimate.brief"]


def test_the_record_is_played_until_the_game_leaves_it():
    view = a_view(readings=HANOI | {"missile_cap": 60.0, "war": 0.0})
    assert ordered(view, "historical") == ["charm", "moratorium"]
    blocked = tuple(done("icbm", "dprk", turn=t, status="blocked") for t in (3, 4))
    assert ordered(replace(view, past=blocked), "historical") != ["charm", "moratorium"]
    assert ordered(replace(view, banked={"fac": 2}), "historical") != ["charm", "moratorium"]
    assert ordered(replace(view, banked={"fac": 1}), "historical") == ["charm", "moratorium"]


# --- what else a bot does ---------------------------------------------------------------------
def test_orders_carry_a_reason_and_the_sheet_is_sealed():
    acts = act(a_view(), policy_for("opportunist", the_case(), "dprk"))
    drafts = [one for one in acts if one.name == "order.draft"]
    assert drafts
    assert all(one.args["rationale"] for one in drafts)
    assert [one.name for one in acts if one.name.startswith("orders.")] == ["orders.submit"]


def test_a_bot_with_nothing_left_to_do_says_it_is_ready_once():
    view, dove = a_view(submitted=True, orders_open=False), policy_for("dove", the_case(), "dprk")
    assert [one.name for one in act(view, dove)] == ["seat.ready"]
    assert act(replace(view, ready=True), dove) == []


def test_an_ally_bot_refuses_an_act_of_war_and_lets_a_soothing_step_pass():
    policy = policy_for("mediator", the_case(), "rok")
    asked = tuple(
        ConsentAsked(id=move, seat="potus", move=move) for move in ("limited_strike", "suspend_ex", "exercise")
    )
    for tension, answers in ((90.0, [False, True, False]), (40.0, [False, True, True])):
        view = a_view("rok", asked=asked, submitted=True, readings={"tension": tension})
        assert [one.args["given"] for one in act(view, policy) if one.name == "consent.answer"] == answers


def test_a_bot_asks_for_the_consent_its_order_cannot_do_without():
    case = the_case()
    moves = tuple(replace(m, needs=("rok",), unanswered="refused") if m.id == "show_force" else m for m in case.moves)
    policy = policy_for("dove", replace(case, moves=moves), "potus")
    view = a_view("potus", sheet=("show_force", "consult"), submitted=True)
    asked = [one.args for one in act(view, policy) if one.name == "consent.ask"]
    assert [(one["order"], one["to"]) for one in asked] == [("t5-show_force", "rok")]


def test_a_message_is_answered_once_in_the_room_it_came_from():
    room = RoomSeen(
        id="talk:dprk.potus", kind="bilateral", seats=("dprk", "potus"), last=3, unanswered=3, unanswered_from="potus"
    )
    acts = act(a_view(rooms=(room,), submitted=True), policy_for("opportunist", the_case(), "dprk"))
    said = [one for one in acts if one.name == "message.post" and one.args["room"] == room.id]
    assert len(said) == 1


def test_a_bot_does_not_repeat_itself_while_it_has_something_else_to_say():
    policy, said, texts = policy_for("opportunist", the_case(), "dprk"), frozenset[str](), []
    room = RoomSeen(id="talk:dprk.potus", kind="bilateral", seats=("dprk", "potus"), last=0)
    for turn in range(5, 10):
        past = (done("moratorium", "dprk", 1), done("praise", "potus", turn - 1))
        view = a_view(turn=turn, said=said, rooms=(room,), past=past)
        text = next(str(one.args["text"]) for one in act(view, policy) if one.name == "message.post")
        texts.append(text)
        said |= {text}
    assert len(set(texts)) == len(texts)
    assert not {"{turn}", "{deed}"} & set(" ".join(texts).split())


def test_a_bot_opens_a_room_before_it_speaks_to_a_seat_it_shares_none_with():
    policy = policy_for("opportunist", the_case(), "dprk")
    acts = [one for one in act(a_view(past=(done("moratorium", "dprk", 1),)), policy) if "room" in one.args]
    assert [(one.name, one.args["seats"]) for one in acts] == [("room.open", ("potus",))]


def test_a_bot_speaks_of_deeds_it_saw_in_the_words_of_the_case():
    view = a_view(past=(done("praise", "potus"),))
    assert deed(a_chair(), view, "potus") == "praise the Chairman"
    assert deed(a_chair(), view, "rok") == ""
