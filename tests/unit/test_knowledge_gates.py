"""Who comes to know what, and when: facts, variables, moves and orders behind a veil."""

import pytest

from adjudication.orders import Order
from adjudication.readings import make_readings
from adjudication.resolve import resolve_turn
from adjudication.scenario import Scenario
from adjudication.secrecy import known
from adjudication.testkit import a_world, orders_of
from adjudication.world import World
from tests.support.second_crisis import Sections, a_case, move, rule, variable

OPEN = {"flag": "spoken"}
SPEECH = move("speech", "queen", {"set_flag": "spoken"}, signal={"about": "NORTH", "resolve": 0.5})
FACT = {"id": "spoken", "label": "The queen has spoken", "absent": "The queen is silent", "see": ["queen"]}


def stored(case: Scenario, **values: float) -> Sections:
    return a_world(case, {name.replace("__", "."): value for name, value in values.items()}).to_payload(case)


def test_a_fact_opens_to_more_seats_once_its_condition_holds() -> None:
    case = a_case(moves=[SPEECH], facts=[{**FACT, "see_when": {"seats": ["king"], "when": OPEN}}])
    assert known(case, stored(case), 1).fact["spoken"].see == ("queen",)
    assert known(case, stored(case, flag__spoken=1), 1).fact["spoken"].see == ("queen", "king")


def test_a_hidden_variable_is_not_read_before_its_gate_opens() -> None:
    hidden = variable("guns", 4, "stock", max=24, hidden_until={"seats": ["king", "isle"], "when": OPEN})
    case = a_case(moves=[SPEECH], facts=[FACT], variables=[hidden])
    for spoken, readers in ((0, {"queen", "fleet"}), (1, {"queen", "fleet", "king", "isle"})):
        world = a_world(case, {"flag.spoken": spoken})
        readings, _ = make_readings(known(case, world.to_payload(case), 1), world, turn=1, seed=1, errors={})
        assert {seat for seat, rows in readings.items() if any(r.variable == "guns" for r in rows)} == readers


def test_a_move_is_in_the_catalogue_of_those_who_can_know_that_it_is_open() -> None:
    answer = {**move("answer", "king"), "seats": ["king", "queen"], "hidden_until": OPEN}
    secret = a_case(moves=[SPEECH, answer], facts=[FACT])
    public = a_case(moves=[SPEECH, answer], facts=[{**FACT, "see": ["all"]}])
    assert known(secret, stored(secret), 1).move["answer"].seats == ()
    assert known(secret, stored(secret, flag__spoken=1), 1).move["answer"].seats == ("queen",)
    assert known(public, stored(public, flag__spoken=1), 1).move["answer"].seats == ("king", "queen")


def test_a_case_without_gates_is_known_as_it_is() -> None:
    case = a_case()
    assert known(case, stored(case), 1) is case


def test_the_same_state_of_the_gates_is_the_same_case() -> None:
    case = a_case(moves=[SPEECH], facts=[{**FACT, "see_when": {"seats": ["king"], "when": OPEN}}])
    assert known(case, stored(case, strain=10), 1) is known(case, stored(case, strain=90), 2)


VEIL = {"id": "week", "sides": ["NORTH"], "until": {"any": [OPEN, {"ordered": "speech"}]}, "insiders": ["NORTH"]}


def veiled(**more: object) -> Scenario:
    return a_case(moves=[SPEECH], facts=[FACT], veils=[VEIL], **more)


def test_behind_a_veil_an_order_is_seen_by_insiders_and_signals_nothing() -> None:
    case = veiled()
    result = resolve_turn(case, a_world(case), turn=1, orders=orders_of(case, "press", "reply"), seed=1)
    seen = {order.move: order.visible_to for order in result.orders}
    assert seen == {"press": ("fleet", "queen"), "reply": ("*",)}
    assert result.world["values"]["nerve_south"] == 0.5
    assert result.world["values"]["trust_south"] == 0.3
    assert all(row.visibility == ("fleet", "queen") for row in result.ledger if row.cause.id == "o0:press")


def test_the_order_that_lifts_the_veil_is_heard_with_all_that_goes_with_it() -> None:
    case = veiled()
    result = resolve_turn(case, a_world(case), turn=1, orders=orders_of(case, "press", "speech"), seed=1)
    assert {order.move: order.visible_to for order in result.orders} == {"press": ("*",), "speech": ("*",)}
    assert result.world["values"]["nerve_south"] > 0.6


def test_a_speech_that_is_refused_lifts_no_veil() -> None:
    case = veiled(
        rules=[rule("R-I90", 1, on={"move": "speech"}, require={"ge": ["strain", 90]}, text={"refused": "No."})]
    )
    result = resolve_turn(case, a_world(case), turn=1, orders=orders_of(case, "press", "speech"), seed=1)
    assert {order.visible_to for order in result.orders} == {("fleet", "queen")}
    assert all(row.visibility == ("fleet", "queen") for row in result.ledger if row.cause.kind == "order")


@pytest.mark.parametrize(
    ("seen_by", "seats"), [(["king"], ("king", "queen")), (["SOUTH", "ISLE"], ("isle", "king", "queen"))]
)
def test_a_hidden_order_is_seen_by_those_it_names(seen_by: list[str], seats: tuple[str, ...]) -> None:
    case = a_case(moves=[move("talk", "queen", visibility="private", seen_by=seen_by)])
    result = resolve_turn(case, a_world(case), turn=1, orders=[Order("o", "queen", "talk")], seed=1)
    assert result.orders[0].visible_to == seats


def test_a_scheduled_preset_puts_the_case_on_turns_of_its_own() -> None:
    turns = [{"name": f"w{n}", "hours": 12, "tags": ["dark"] if n == 2 else []} for n in (1, 2, 3, 4)]
    schedule = [{"name": "S1", "covers": [1, 3], "hours": 36}, {"name": "S2", "covers": [4, 4], "hours": 12}]
    from adjudication.scenario import rescheduled

    case = a_case(
        clock={"basis_hours": 12, "turns": turns},
        presets=[
            {"id": "whole", "title": "Whole"},
            {"id": "short", "title": "Short", "schedule": schedule, "budgets": {"queen": 2}},
        ],
        calendar=[{"turn": 4, "id": "storm", "title": "Storm", "text": "A storm.", "sources": ["judgement"]}],
        history={
            "orders": {
                "1": {"queen": ["talk"]}, "2": {"queen": ["talk", "press"]}, "3": {"queen": ["hold"]},
                "4": {"king": ["reply"]},
            },
            "forced": {"clash": "no", "clash@4": "yes"},
        },
        rules=[rule("R-N01", 5, when={"all": [{"ge": ["turn", 3]}, {"tag": "dark"}]}, effects=[{"add": ["guns", 1]}])],
    )  # fmt: skip
    short = rescheduled(case, "short")
    assert (short.meta.turns, short.turn_name(1), short.pace(1), short.calendar_turn(1)) == (2, "S1", 3.0, 3)
    assert short.calendar[0].turn == 2
    assert short.history is not None
    assert short.history.orders == {1: {"queen": ("talk", "press")}, 2: {"king": ("reply",)}}
    assert short.history.forced == {"clash": "no", "clash@2": "yes"}
    assert short.content_hash == f"{case.content_hash}+short"
    assert rescheduled(short, "short") is short
    assert rescheduled(case, "whole") is case
    guns = [
        resolve_turn(short, World.initial(short), turn=t, orders=(), seed=1).world["values"]["guns"] for t in (1, 2)
    ]
    assert guns == [5.0, 4.0]
