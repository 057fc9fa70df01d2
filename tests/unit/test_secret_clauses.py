"""A level only some know of: worth nothing to others until it leaks or they are told; parties nobody asked."""

import numpy as np
import pytest

from adjudication.orders import SignedText
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.scenario import Scenario
from adjudication.secrecy import hidden_clauses, levels_known
from adjudication.testkit import a_world, orders_of
from adjudication.world import World
from negotiation.points import judge
from negotiation.ratification import refusals
from tests.support.second_crisis import Sections, a_case, levels, move, rule

BASES: Sections = {
    "id": "bases", "label": "Bases", "obligor": "NORTH", "levels": levels("stay", "talks", "out, untold", "out, told"),
    "secret_levels": {2: {"holders": ["queen", "king"], "leaked_as": 3, "mul": 1.5}},
}  # fmt: skip
ISLE: Sections = {
    "id": "ISLE",
    "label": "Isle",
    "seat": "isle",
    "values": {"bases": [0.0, -0.01, -0.1, -0.2]},
    "theta": -0.05,
}
RULES = [rule("R-A03", code=True), rule("R-A04", code=True)]
OUT = rule("R-A05", 8, event="came_out", effects=[{"add": ["strain", 5]}])
TELL = move("tell", "queen", {"tell": ["bases", "isle"]})


def case(p: object = 0.0, **more: object) -> Scenario:
    leaks = [{"issue": "bases", "level": 2, "p": p, "event": "came_out", "rule": "R-A03"}]
    rules = [*RULES, OUT, *more.pop("rules", [])]  # type: ignore[misc]
    return a_case(issues=[BASES], moves=[TELL], rules=rules, negotiation={"players": [ISLE], "leaks": leaks}, **more)


def text(**agreed: int) -> SignedText:
    return SignedText(id="t", title="The text", levels=agreed, venue="exchange", parties=("queen", "king"), version=1)


def sign(made: Scenario, *moves: str, agreed: dict[str, int], turn: int = 1, world: World | None = None):
    return resolve_turn(
        made, world or a_world(made), turn=turn, orders=orders_of(made, *moves), seed=1, texts=[text(**agreed)]
    )


def test_who_does_not_hold_it_believes_what_is_openly_in_force() -> None:
    made = case()
    first = sign(made, agreed={"bases": 1})
    second = sign(made, agreed={"bases": 2}, turn=2, world=World.from_payload(made, first.world))
    believed = {seat.id: levels_known(made, second.world, seat.id)["bases"] for seat in made.seats}
    assert believed == {"queen": 2, "king": 2, "fleet": 1, "isle": 1}


def test_a_player_that_cannot_know_is_content_and_one_that_can_is_not() -> None:
    made = case()
    values = {"channel": 50.0, "trust_north": 0.3, "trust_south": 0.3}
    assert refusals(made.negotiation, {"bases": 2}, values, {}) == []
    assert refusals(made.negotiation, {"bases": 2}, {**values, "told.bases.isle": 1.0}, {}) == ["ISLE"]
    assert refusals(made.negotiation, {"bases": 3}, values, {}) == ["ISLE"]


def test_leaked_it_counts_as_the_level_it_is_taken_for_times_its_factor() -> None:
    made = case()
    player = made.negotiation.players[0]
    from negotiation.secrets import gains_seen

    issue = next(issue for issue in made.negotiation.issues if issue.id == "bases")
    seen = [
        float(gains_seen(issue, player.values["bases"], 2, 0, values, "isle"))
        for values in ({}, {"told.bases.isle": 1.0}, {"leaked.bases": 1.0}, {"open.bases": 1.0})
    ]
    assert seen == pytest.approx([0.0, -0.1, -0.3, 0.0])
    assert float(gains_seen(issue, player.values["bases"], 2, 0, {}, "king")) == pytest.approx(-0.1)


def test_nobody_is_discontent_with_what_nobody_knows() -> None:
    grumble = rule("R-A09", 3.5, event="discontent_ISLE", effects=[{"add": ["strain", 9]}])
    made = case(rules=[grumble])
    quiet, loud = (sign(made, agreed={"bases": level}) for level in (2, 3))
    assert not [row for row in quiet.ledger if row.rule_id == "R-A09"]
    assert [row.raw for row in loud.ledger if row.rule_id == "R-A09"] == [9.0]


def test_a_leak_is_drawn_by_its_own_die_told_to_all_and_never_drawn_again() -> None:
    made = case(1.0)
    result = sign(made, agreed={"bases": 2})
    assert [die.key for die in result.dice if die.key.startswith("leak")] == ["leak:bases"]
    assert [h.visible_to for h in result.happenings if h.kind == "leak"] == [("*",)]
    assert [row.applied for row in result.ledger if row.rule_id == "R-A05"] == [5.0]
    assert levels_known(made, result.world, "isle")["bases"] == 2
    after = resolve_turn(made, World.from_payload(made, result.world), turn=2, orders=(), seed=1)
    assert not [die for die in after.dice if die.key.startswith("leak")]


def test_an_order_may_let_a_seat_in_and_that_raises_the_odds() -> None:
    made = case({"lin": {"const": 0.1, "terms": [[0.2, "told.bases"]]}})
    result = sign(made, "tell", agreed={"bases": 2})
    assert levels_known(made, result.world, "isle")["bases"] == 2
    assert levels_known(made, result.world, "fleet")["bases"] == 0
    assert next(die.threshold for die in result.dice if die.key == "leak:bases") == pytest.approx(0.3)


def test_texts_are_shown_without_what_a_reader_may_not_know() -> None:
    made = case()
    agreed = {"bases": 2, "pledge": 1}
    hidden = {seat: hidden_clauses(made, agreed, seat, {}) for seat in ("queen", "king", "fleet", "isle", "")}
    assert hidden == {"queen": set(), "king": set(), "fleet": {"bases"}, "isle": {"bases"}, "": {"bases"}}
    assert hidden_clauses(made, agreed, "isle", {"leaked.bases": 1.0}) == set()


def test_batch_and_single_games_agree_on_leaks() -> None:
    made = case(0.5)
    batch = resolve_batch(made, World.initial(made, 16), turn=1, orders=(), seeds=range(16), texts=[text(bases=2)])
    for n in range(16):
        alone = resolve_turn(made, a_world(made), turn=1, orders=(), seed=n, texts=[text(bases=2)])
        assert alone.world["marks"]["leaked.bases"] == batch.world.marks["leaked.bases"][n]
        assert alone.world["values"]["strain"] == batch.world.values[made.index["strain"], n]


def test_packages_of_many_games_see_each_its_own_secrets() -> None:
    made = a_case(issues=[BASES], negotiation={"players": [{**ISLE, "blocks": {"bases": 1}}]}, rules=RULES)
    values = {"channel": 50.0, "trust_north": 0.3, "trust_south": 0.3, "leaked.bases": np.array([0.0, 1.0])}
    index = [issue.id for issue in made.negotiation.issues].index("bases")
    package = [0] * len(made.negotiation.issues)
    package[index] = 2
    found = judge(made.negotiation, [package], values, {})
    assert found.feasible[:, 0].tolist() == [True, False]


ABSENT: Sections = {
    "id": "ISLE", "label": "The isle", "seat": "isle",
    "values": {"guns_out": [0.0, -0.2, -0.4], "pledge": [0.0, 0.0, 0.3]},
    "executes": {"guns_out": 2}, "lowers_to": {"guns_out": 1}, "event": "isle_refused", "rule": "R-A04",
}  # fmt: skip


def absent(**more: object) -> Scenario:
    follow = rule("R-A06", 8, event="isle_refused", effects=[{"clause": ["pledge", 1]}, {"add": ["strain", 3]}])
    return a_case(rules=[*RULES, follow], negotiation={"absent": [{**ABSENT, **more}]})


def test_a_party_not_at_the_table_bars_no_signature_and_is_asked_later() -> None:
    made = absent(theta=0.0)
    signed = sign(made, agreed={"guns_out": 2, "pledge": 2})
    assert signed.texts == {"t": "in_force"}
    assert signed.world["clauses"] == {"guns_out": 2, "pledge": 2}
    later = resolve_turn(made, World.from_payload(made, signed.world), turn=2, orders=(), seed=1)
    assert later.world["clauses"] == {"guns_out": 1, "pledge": 1}
    assert [h.text for h in later.happenings if h.kind == "refused"] == [
        "The isle was not asked and does not agree. Guns comes down to: half out."
    ]
    assert {row.rule_id for row in later.ledger if row.var == "clause.guns_out"} == {"R-A04"}


def test_it_goes_along_where_what_is_in_force_is_worth_it_or_its_condition_says_so() -> None:
    content = absent(values={"guns_out": [0.0, -0.2, -0.2], "pledge": [0.0, 0.0, 0.3]})
    asked = absent(refuses={"ordered": "refuse"}, after=0)
    for made, moves, left in ((content, (), 2), (asked, (), 2), (asked, ("refuse",), 1)):
        signed = sign(made, *moves, agreed={"guns_out": 2, "pledge": 2})
        later = resolve_turn(made, World.from_payload(made, signed.world), turn=2, orders=(), seed=1)
        assert later.world["clauses"]["guns_out"] == left


def test_it_is_asked_once() -> None:
    made = absent(refuses={"ordered": "refuse"}, after=0)
    signed = sign(made, agreed={"guns_out": 2})
    late = resolve_turn(made, World.from_payload(made, signed.world), turn=2, orders=orders_of(made, "refuse"), seed=1)
    assert late.world["clauses"]["guns_out"] == 2
