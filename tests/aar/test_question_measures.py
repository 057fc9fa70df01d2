"""What a question reads off the game beyond plain numbers of the log, each against the engine or a worked case."""

from math import log as ln
from typing import Any

import msgspec
import pytest

from adjudication.agreed import Agreement, Clause, Owed
from adjudication.scenario.review import Review
from adjudication.sealed import settle
from adjudication.world import World
from tests.support.golden_game import golden_chronicle
from wargame.aar.chronicle import Chronicle
from wargame.aar.questions import _shared_out, _shares
from wargame.aar.truth.lasting import breakdown, owed_still, substance
from wargame.aar.truth.metrics import Metrics
from wargame.store.cases import case_now


@pytest.fixture(scope="module")
def log() -> Chronicle:
    return golden_chronicle()


@pytest.fixture(scope="module")
def read(log: Chronicle) -> dict[str, Any]:
    """Return every metric of the shipped case by question and id, read off the golden game."""
    metrics = Metrics(log)
    return {f"{q.id}.{m.id}": metrics.read(m) for q in shipped().questions for m in q.metrics}


def shipped() -> Review:
    case = case_now("us-dprk-2017")
    assert case is not None
    assert case.review is not None
    return case.review


def by_turn(metric: dict[str, Any]) -> dict[int, float]:
    return {point["turn"]: point["value"] for point in metric["series"]}


def hazard_with(log: Chronicle, turn: Any, **dials: float) -> float:
    """Return a turn's hazard of a clash, settled again by the engine with numbers of the hazard changed."""
    assert log.case.hazard is not None
    case = msgspec.structs.replace(log.case, hazard=msgspec.structs.replace(log.case.hazard, **dials))
    done = settle(case, World.from_payload(case, turn.before), turn.sealed, turn=turn.number, seed=log.identity.seed)
    return -ln(1 - done.p_clash)


def test_the_leaders_share_of_the_hazard_is_what_the_engine_leaves_out_without_them(
    log: Chronicle, read: dict[str, Any]
) -> None:
    heat = by_turn(read["q1.volatile"])
    calm = by_turn(read["q1.calmed_before"]) | by_turn(read["q1.calmed_since"])
    assert max(heat.values()) > 0
    assert min(calm.values()) < 0
    assert {*heat} == {*calm} == {turn.number for turn in log.turns}
    for turn in log.turns:
        whole = hazard_with(log, turn)
        assert heat[turn.number] == pytest.approx(1 - hazard_with(log, turn, volatility=0.0) / whole, abs=2e-4)
        assert calm[turn.number] == pytest.approx(1 - hazard_with(log, turn, rapport_buffer=0.0) / whole, abs=2e-4)


def test_meetings_part_the_game_and_the_gap_is_read_where_leaders_met(log: Chronicle, read: dict[str, Any]) -> None:
    met = [turn.number for turn in log.turns if turn.resolution is not None and turn.resolution.summit is not None]
    assert met
    assert [*by_turn(read["q2.gap_met"])] == met
    assert by_turn(read["q2.gap_met"]).items() <= by_turn(read["q2.gap"]).items()
    assert max(by_turn(read["q1.calmed_before"])) == met[0] - 1
    assert min(by_turn(read["q1.calmed_since"])) == met[0]
    assert {turn for turn, count in by_turn(read["q2.slogans"]).items() if count} <= {*met}


def test_what_is_in_force_lasts_as_its_durability_says(log: Chronicle, read: dict[str, Any]) -> None:
    rules = log.case.negotiation.durability
    chances = by_turn(read["q5.breakdown"])
    assert chances
    for turn, chance in chances.items():
        done = log.turns[turn - 1].resolution
        assert done is not None
        full = rules.hazard * 2.718281828459045 ** (-rules.decay * done.indices["durability"])
        assert min(abs(chance - full), abs(chance - full * rules.grace_factor)) < 1e-5
        assert by_turn(read["q5.life"])[turn] == pytest.approx(1 / chance, rel=1e-4)
        assert by_turn(read["q5.lasting"])[turn] == pytest.approx((1 - chance) ** 8, abs=1e-5)
    first = log.turns[0]
    assert breakdown(log.case, first.before, 1) is None


def test_substance_is_what_was_kept_over_the_worth_of_being_seen_to_sign(log: Chronicle) -> None:
    def clause(name: str, side: str, state: Any) -> Owed:
        return Owed(clause=name, side=side, from_level=0, level=1, due=1, detection=0.4, state=state)

    one, two = log.case.negotiation.parties
    shown = next(issue.id for issue in log.case.negotiation.issues if issue.symbolic)
    text = Agreement(
        "t", "T", (), (Clause(shown, 0, 1),), "summit", "text", 1,
        owed=(clause(shown, one.id, "fulfilled"), clause("fac", two.id, "pending")),
    )  # fmt: skip
    turn, later = log.turns[0], log.turns[1]
    assert turn.resolution is not None
    done = msgspec.structs.replace(turn.resolution, agreements=(text,))
    found = substance(log.case, [(turn, done), (later, done)], one.id)
    worth = next(stake.values[1] for stake in two.stakes if stake.issue == shown)
    assert found.delivered == pytest.approx(worth)
    assert one.symbol is not None
    assert found.shown == pytest.approx(one.symbol.size)
    assert found.turns == (1,)
    assert substance(log.case, [(turn, done)], two.id).delivered == 0
    assert [row.clause for row in owed_still(done)] == [shown, "fac"]


def test_what_rules_gave_a_leader_and_what_is_banked_are_read_off_the_rows(
    log: Chronicle, read: dict[str, Any]
) -> None:
    asked = next(m for q in shipped().questions for m in q.metrics if m.kind == "utility")
    turn = log.turns[0]
    assert turn.resolution is not None
    row = msgspec.structs.replace(
        turn.resolution.ledger[0], rule_id=asked.rules[0], slots={"side": "x", "utility": -0.02}
    )
    done = msgspec.structs.replace(turn.resolution, ledger=(row, row))
    heard = msgspec.structs.replace(log, turns=[msgspec.structs.replace(turn, resolution=done)])
    assert by_turn(Metrics(heard).read(asked)) == {1: pytest.approx(-0.04)}
    banked = by_turn(read["q5.banked"])
    assert banked == {t.number: sum(t.before["clauses"].values()) for t in log.turns}
    assert banked[1] == 0 < max(banked.values())
    assert all(0 <= share <= 1 for share in by_turn(read["q4.possible"]).values())


def test_the_shares_a_question_names_add_up_to_all_lenses_less_none(log: Chronicle) -> None:
    found = _shares(log.played, shipped(), runs=2, tell=lambda *_: None)
    asked = next(question for question in shipped().questions if question.shares)
    shares = _shared_out(asked, found)["shares"]
    assert [one["id"] for one in shares] == [name for name in asked.shares if name in found]
    assert shares
    for one in shares:
        added = sum(lens["value"] for lens in one["lenses"].values())
        assert added == pytest.approx(one["all"] - one["none"], abs=1e-6)
