"""The report on the world and on decisions: rules, danger, rulings, what was owed, turning points, record, findings."""

from math import fsum, prod
from typing import Any

import msgspec
import pytest

from adjudication.played import accounts
from adjudication.scenario.review import QuestionMetric
from adjudication.sealed import settle
from adjudication.world import World
from tests.support import odd_games
from tests.support.builders import ROOT, the_case
from tests.support.golden_game import golden, golden_chronicle, golden_report, golden_seat_reports
from wargame.aar.documents.compose import summary
from wargame.aar.documents.reading import Reading
from wargame.aar.refs import FRAME
from wargame.aar.services import report_pages
from wargame.aar.truth import findings, hazard, history, metrics, turning
from wargame.aar.truth.obligations import KEPT
from wargame.bots.theatre import throwaway_store
from wargame.game import bargain
from wargame.game.events import OfferSigned
from wargame.store.cases import case_now
from wargame.store.models import Game

pytestmark = pytest.mark.one_store


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return golden_report()


# --- escalation and danger --------------------------------------------------------------------
def test_escalation_points_are_those_the_engine_scored(truth: dict[str, Any]) -> None:
    for row, turn in zip(truth["escalation"], golden_chronicle().turns, strict=True):
        assert turn.resolution is not None
        assert row["points"] == turn.resolution.indices["points"] == sum(row["by_lane"].values())
        assert row["points"] == sum(move["points"] for move in row["moves"])
        assert row["goldstein"] == pytest.approx(fsum(move["goldstein"] for move in row["moves"]))
        assert row["goldstein"] == pytest.approx(sum(row["goldstein_by_lane"].values()))


def test_the_weights_are_the_published_ones(truth: dict[str, Any]) -> None:
    assert truth["method"]["escalation"]["severity"]["weights"] == {
        "de": -2, "sq": 0, "po": 4, "nv": 12, "vi": 28, "nu": 60,
    }  # fmt: skip
    case = golden().case
    for move in (move for row in truth["escalation"] for move in row["moves"]):
        known = [one for one in case.moves if one.text.order == move["label"]]
        assert not known or move["goldstein"] in {one.goldstein for one in known}


def test_the_danger_carried_is_the_product_of_the_chances_and_not_of_the_dice(truth: dict[str, Any]) -> None:
    carried = truth["hazard"]
    chances = [row["p_war"] for row in carried["turns"]]
    assert carried["war_chance"] == pytest.approx(1 - prod(1 - p for p in chances), abs=1e-6)
    assert carried["war_chance"] == truth["risk"][-1]["cum_war"]
    assert fsum(row["share"] for row in carried["turns"]) == pytest.approx(1, abs=1e-4)
    assert carried["clashes_expected"] == pytest.approx(fsum(row["p_clash"] for row in carried["turns"]), abs=1e-6)
    assert all(die["outcome"] in ("yes", "no") for row in carried["turns"] for die in row["dice"])


def test_luck_is_exact_for_coins() -> None:
    assert hazard._luck([0.5, 0.5], 1) == (0.75, 0.75)
    assert hazard._luck([0.5, 0.5], 0) == (0.25, 1.0)
    assert hazard._luck([1.0, 0.0], 1) == (1.0, 1.0)


# --- rules and rulings ------------------------------------------------------------------------
def test_every_row_of_the_ledger_is_counted_once_by_rule_and_by_lens(truth: dict[str, Any]) -> None:
    rows = sum(len(turn.resolution.ledger) for turn in golden_chronicle().turns if turn.resolution is not None)
    spoke = truth["firings"]
    assert spoke["direct"] + sum(rule["count"] for rule in spoke["rules"]) == rows
    for lens in spoke["lenses"]:
        assert lens["count"] == sum(row["count"] for row in lens["by_turn"])
        assert lens["count"] == sum(rule["count"] for rule in spoke["rules"] if rule["lens"] == lens["lens"])
    assert {rule["rule"] for rule in spoke["rules"]}.isdisjoint(spoke["silent"])
    assert {rule["rule"] for rule in spoke["rules"]} | set(spoke["silent"]) == set(golden().case.rule)


def test_a_ruling_is_weighed_by_settling_its_turn_without_it(truth: dict[str, Any]) -> None:
    log = golden_chronicle()
    weighed = truth["overrides"]["rulings"]
    assert len(weighed) == sum(len(turn.sealed.overrides) for turn in log.turns if turn.sealed is not None) > 0
    assert all(one["reproduced"] for one in weighed)
    for one in weighed:
        turn = log.turn(one["turn"])
        assert turn is not None
        assert turn.sealed is not None
        rest = tuple(other for other in turn.sealed.overrides if other.id != one["ruling"])
        bare = msgspec.structs.replace(turn.sealed, overrides=rest)
        world = World.from_payload(log.case, turn.before)
        without = settle(log.case, world, bare, turn=turn.number, seed=log.identity.seed)
        assert turn.after is not None
        for change in one["changed"]:
            assert change["with"] == turn.after["values"][change["variable"]]
            assert change["without"] == without.world["values"][change["variable"]]


def test_the_game_without_any_ruling_is_settled_to_its_end(truth: dict[str, Any]) -> None:
    whole = truth["overrides"]["game"]
    played = golden_chronicle().played
    bare = [
        msgspec.structs.replace(turn, sealed=msgspec.structs.replace(turn.sealed, overrides=()))
        for turn in played.turns
    ]
    last = accounts(played, bare, played.start)[-1]
    assert whole["changed"]
    for change in whole["changed"]:
        assert change["without"] == last.world["values"][change["variable"]]


def test_moves_are_counted_as_carried_out_and_not_as_ordered() -> None:
    log = golden_chronicle()
    turn = next(one for one in log.turns if one.resolution is not None and one.resolution.summit is not None)
    assert turn.resolution is not None
    meeting = next(one for one in turn.resolution.orders if one.move in log.case.summit.orders)  # type: ignore[union-attr]
    asked = QuestionMetric(id="met", label="Meetings", kind="orders", moves=(meeting.move,))
    counted = {}
    for status in ("done", "partial", "blocked", "cancelled", "delayed", "converted"):
        orders = (msgspec.structs.replace(meeting, status=status),)
        settled = msgspec.structs.replace(turn.resolution, orders=orders)
        counted[status], _ = metrics._orders(metrics.Metrics(log), asked, turn, settled)
    assert counted == {"done": 1, "partial": 1, "blocked": 0, "cancelled": 0, "delayed": 0, "converted": 0}


# --- what was owed ----------------------------------------------------------------------------
def test_a_clause_is_followed_from_signature_to_the_end(truth: dict[str, Any]) -> None:
    owed = {one["clause"]: one for one in truth["obligations"]}
    assert {one["obligor"] for one in owed.values()} == {"potus", "dprk"}
    assert [step["state"] for step in owed["rec"]["history"]] == ["fulfilled", "late", "fulfilled"]
    assert [(choice["turn"], choice["choice"]) for choice in owed["rec"]["choices"]] == [(7, "delay")]
    assert owed["rec"]["kept"] is True
    assert all(step["rule"] for step in owed["rec"]["history"] if step["state"] == "late")


def test_a_seat_reads_of_a_clause_the_states_it_was_told(truth: dict[str, Any]) -> None:
    for report in golden_seat_reports().values():
        for one in report["obligations"]:
            true = next(other for other in truth["obligations"] if other["clause"] == one["clause"])
            assert {step["state"] for step in one["history"]} <= {*(s["state"] for s in true["history"]), "due"}
            assert "choices" not in one
            assert "unseen" not in one


@pytest.mark.parametrize(
    ("states", "title", "words"),
    [
        (("pending", "pending"), "Nothing that was signed had come due", "0 stood kept at the end, 2 not due yet."),
        (("fulfilled", "pending"), "What was signed was kept", "1 stood kept at the end, 1 not due yet."),
        (("fulfilled", "late"), "Not all that was signed was kept", "1 stood kept at the end, 1 late."),
        (("withheld", "breached"), "Not all that was signed was kept", "at the end, 1 withheld, 1 breached."),
        (("struck", "ended"), "Nothing that was signed had come due", "1 struck, 1 ended with its agreement."),
    ],
)  # fmt: skip
def test_what_is_not_due_is_not_called_broken(states: tuple[str, ...], title: str, words: str) -> None:
    owed = [
        {"state": state, "kept": KEPT[state], "unseen": 0, "history": [{"state": state}], "refs": [1]}
        for state in states
    ]
    found = findings.owed_and_kept(golden_chronicle(), {"obligations": owed})
    assert found is not None
    assert found["title"] == title
    assert words in found["text"]


def test_every_state_of_a_clause_that_is_not_kept_has_words() -> None:
    assert set(findings.STOOD) == {state for state, kept in KEPT.items() if not kept}


def test_a_text_whose_signatures_fell_was_not_signed(truth: dict[str, Any]) -> None:
    fallen = next(text for text in truth["texts"] if text["offer"] == "potus:t3")
    assert any(fact.offer == "potus:t3" for _, fact in golden_chronicle().of(OfferSigned))
    assert fallen["signed"] == []
    whole = sum(set(text["parties"]) <= set(text["signed"]) for text in truth["texts"])
    assert truth["headline"]["deck"].endswith(f"signed: {whole}.")
    assert f"{whole} was signed" in summary.what_happened(Reading(truth))


# --- deals that were missed ---------------------------------------------------------------------
def test_a_deal_that_lies_on_the_table_is_missed_in_no_turn_it_lies_there(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), throwaway_store():
        acts = odd_games.in_the_lobby("lying").seated(*odd_games.SHORT_SEATS).started().to("negotiate")
        case = case_now(odd_games.SHORT_CASE)
        assert case is not None
        now = bargain.moments(case, acts.state)[bargain.TRUTH]
        fair = bargain.picture(case, now).whole.nash
        assert fair is not None
        levels = bargain.raised(case, fair, now.banked)
        acts.do("upriver", "offer.draft", offer="o", parties=odd_games.BOTH, levels=levels)
        acts.do("upriver", "offer.table", offer="o").to("plan", turn=3)
        written = report_pages(Game.objects.get(pk="lying"), progress=lambda *_: None)["truth"]
        report = msgspec.json.decode(written)
    assert [len(drawn["offers"]) for drawn in report["map"]] == [1, 0, 0]
    for drawn in report["map"]:
        (text,) = drawn["lying"]
        assert text["feasible"]
        assert min(text["x"], text["y"]) >= 0
    assert report["missed"] == []
    assert "deal_missed" not in {one["id"] for one in report["findings"]}


def test_no_text_on_the_table_in_a_missed_turn_was_a_deal(truth: dict[str, Any]) -> None:
    drawn = {one["turn"]: one for one in truth["map"]}
    for one in truth["missed"]:
        lying = drawn[one["turn"]]["lying"]
        assert (one["nearest"] is None) == (not lying)
        assert not any(text["feasible"] and min(text["x"], text["y"]) >= 0 for text in lying)


@pytest.mark.parametrize(
    ("feasible", "short", "words"),
    [
        (True, 0.02, "the side worse off stood 0.02 short of waiting."),
        (False, 0.0, "both sides gained by it, and the law or somebody's consent stood in its way."),
        (False, 0.02, "stood in its way, and the side worse off stood 0.02 short of waiting."),
    ],
)
def test_law_and_consent_are_blamed_only_where_they_stood_in_the_way(feasible: bool, short: float, words: str) -> None:
    near = {"label": "A text", "feasible": feasible, "short": short, "closing": None}
    barred = {"label": "A barred text", "feasible": False, "short": 0.0, "closing": None}
    missed = [{"turn": 1, "nearest": barred, "refs": [1]}, {"turn": 2, "nearest": near, "refs": [2]}]
    missed = missed if feasible else missed[1:]
    found = findings.deal_missed(golden_chronicle(), {"missed": missed, "map": missed})
    assert found is not None
    assert words in found["text"]
    assert "A text came nearest" in found["text"], "one that can be carried out is nearer than one that cannot"


# --- the gap and turning points -----------------------------------------------------------------
def test_the_gap_is_that_of_the_maps(truth: dict[str, Any]) -> None:
    drawn = {one["turn"]: one for one in truth["map"]}
    for one in truth["gap"]:
        assert one["catalogue"] == drawn[one["turn"]]["catalogue"]["gap"]
        assert one["closed"] == (one["catalogue"] >= 0)
        assert {view["seat"] for view in one["believed"]} == {"potus", "dprk"}
    assert sum(one["tabled"] for one in truth["gap"]) == sum(len(text["versions"]) for text in truth["texts"])


def test_the_weights_of_turns_share_out_the_whole_game(truth: dict[str, Any]) -> None:
    turned = truth["turning_points"]
    assert fsum(one["weight"] for one in turned["weights"]) == pytest.approx(1, abs=1e-4)
    weights = {one["turn"]: one["weight"] for one in turned["weights"]}
    chosen = {one["turn"] for one in turned["points"]}
    assert 0 < len(chosen) <= turning.MOST
    assert min(weights[turn] for turn in chosen) >= max(w for turn, w in weights.items() if turn not in chosen)
    assert all(weights[turn] > turning.STANDS_OUT / len(weights) for turn in chosen)


def test_an_even_game_weighs_its_turns_evenly_though_some_measures_lack_a_turn() -> None:
    moved = {"risk": {2: 1.0, 3: -1.0}, "gap": {1: 0.1, 2: 0.1}, "strain": {1: 5.0, 2: 5.0, 3: -5.0}}
    totals = {name: fsum(abs(step) for step in steps.values()) for name, steps in moved.items()}
    assert turning._weights([1, 2, 3], moved, totals) == pytest.approx({1: 1 / 3, 2: 1 / 3, 3: 1 / 3})


def test_no_turn_is_weighed_against_a_made_up_zero(truth: dict[str, Any]) -> None:
    log = golden_chronicle()
    moved = turning._movements(log, log.turns, truth)
    turns = [turn.number for turn in log.turns]
    assert list(moved["strain"]) == turns
    assert list(moved["gap"]) == turns[:-1]
    for name in ("escalation", "risk", "durability"):
        assert list(moved[name]) == turns[1:], name


def test_a_measure_that_hardly_moved_is_left_out(truth: dict[str, Any]) -> None:
    log = golden_chronicle()
    flat = [one | {"catalogue": {"gap": 0.0005 * (one["turn"] % 2)}} for one in truth["map"]]
    assert "gap" in turning._movements(log, log.turns, truth)
    assert "gap" not in turning._movements(log, log.turns, {**truth, "map": flat})


def test_a_turning_point_says_what_it_would_have_been_without_each_seat(truth: dict[str, Any]) -> None:
    log = golden_chronicle()
    for point in truth["turning_points"]["points"]:
        turn = log.turn(point["turn"])
        assert turn is not None
        assert turn.sealed is not None
        ordered = {order.seat for order in turn.sealed.orders} | {move.seat for move in turn.sealed.free}
        assert {one["seat"] for one in point["without"]} == {None, *ordered}
        assert point["text"]
        assert point["title"]
        for one in point["without"]:
            for outcome in one["outcomes"].values():
                assert outcome["low"] <= outcome["high"]
                assert outcome["delta"] == pytest.approx(outcome["changed"] - outcome["original"], abs=1e-5)
    assert any(
        one["outcomes"]["strain"]["delta"] for point in truth["turning_points"]["points"] for one in point["without"]
    )


# --- the record -------------------------------------------------------------------------------
def test_the_game_stands_beside_the_record_turn_by_turn(truth: dict[str, Any]) -> None:
    beside, case = truth["history"], golden().case
    told = [event["id"] for turn in beside["turns"] for event in turn["recorded"]]
    assert sorted(told) == sorted(anchor.id for anchor in case.anchors)
    assert all(event["cites"] for turn in beside["turns"] for event in turn["recorded"])
    record = {done.turn: done.world["values"] for done in history.record_of(case)}
    variables = {one["id"]: {point["turn"]: point["value"] for point in one["truth"]} for one in truth["variables"]}
    assert {one["variable"] for one in beside["paths"]} == {v.id for v in case.variables if v.headline}
    for path in beside["paths"]:
        assert {p["turn"]: p["value"] for p in path["record"]} == {t: v[path["variable"]] for t, v in record.items()}
        assert all(variables[path["variable"]][p["turn"]] == p["value"] for p in path["game"])
        far = path["furthest"]
        gaps = {p["turn"]: abs(p["value"] - record[p["turn"]][path["variable"]]) for p in path["game"]}
        assert abs(far["apart"]) == pytest.approx(max(gaps.values()), abs=1e-6)


def test_the_published_figures_of_the_case_are_sourced_and_laid_beside_the_game() -> None:
    log, case = golden_chronicle(), the_case()
    assert {one.id for one in case.indicators} >= {"launches", "approval", "warheads", "economy"}
    assert all(source in case.source for one in case.indicators for source in one.sources)
    launches = next(one for one in case.indicators if one.id == "launches")
    assert [point.value for point in launches.points] == [7, 6, 7, 1, 0, 0, 0, 0, 0, 5, 17, 5]
    row = history._indicator(log, launches, log.turns)
    done = [
        sum(one.move in launches.moves and one.status in history.DONE for one in turn.resolution.orders)
        for turn in log.turns if turn.resolution is not None
    ]  # fmt: skip
    assert [point["value"] for point in row["game"]] == done
    assert sum(done) > 0
    approval = next(one for one in case.indicators if one.id == "approval")
    ends = [turn.after["values"]["approval_nk"] for turn in log.turns if turn.after is not None]
    assert [point["value"] for point in history._indicator(log, approval, log.turns)["game"]] == ends


# --- findings -----------------------------------------------------------------------------------
def test_findings_are_numbered_and_rest_on_the_events_of_their_section(truth: dict[str, Any]) -> None:
    found = truth["findings"]
    assert [one["number"] for one in found] == list(range(1, len(found) + 1))
    assert len({one["id"] for one in found}) == len(found) >= 8
    for one in found:
        assert one["section"] in truth
        assert one["title"]
        assert one["text"].endswith(".")


def test_a_finding_says_what_its_section_says(truth: dict[str, Any]) -> None:
    found = {one["id"]: one for one in truth["findings"]}
    assert f"{len(truth['missed'])} of {len(truth['map'])} turns" in found["deal_missed"]["text"]
    assert f"{100 * truth['hazard']['war_chance']:.1f} %" in found["danger"]["text"]
    top = max(truth["escalation"], key=lambda one: one["points"])
    assert f"{top['points']} points" in found["climbed"]["text"]
    owed = truth["obligations"]
    assert f"{sum(one['kept'] is True for one in owed)} stood kept" in found["owed_and_kept"]["text"]


def test_a_seat_s_findings_are_of_its_own_report() -> None:
    for seat, report in golden_seat_reports().items():
        for one in report["findings"]:
            assert one["section"] in report, seat
        opened = {mark["seat"] for inject in report["injects"] for mark in inject["opened"]}
        assert opened <= {seat}


# --- the page about it ------------------------------------------------------------------------
def test_every_section_is_described_in_the_docs(truth: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "review.md").read_text()
    described = {name for name in truth if f"`{name}`" in page}
    assert set(truth) - described <= FRAME | {"hours"}
