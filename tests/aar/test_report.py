"""A whole game played by bots, and the report made from it: true, complete, and to each seat only its own."""

import json
from collections.abc import Iterator
from math import fsum
from typing import Any

import msgspec
import pytest
from django.test import Client
from msgspec import Struct

from wargame.aar import services
from wargame.aar.models import ReportJob
from wargame.bots.management.commands.play import policies
from wargame.bots.moment import Moment, command_id
from wargame.bots.summary import Ending, ending
from wargame.bots.theatre import Staged, play_out, stage, throwaway_store
from wargame.game import events as ev
from wargame.game.commands import GameCreate
from wargame.play.answers import Accepted, ActorRef
from wargame.play.handle import handle
from wargame.play.people import Joined, join
from wargame.store.cases import case_now
from wargame.store.log import recorded_events
from wargame.store.models import Disclosure, Event, Game, Membership, Receipt


class Played(Struct):
    """A finished game and its reports by view."""

    staged: Staged
    end: Ending
    log: list[ev.Recorded]
    reports: dict[str, dict[str, Any]]


def create(seed: str) -> GameCreate:
    case = case_now("us-dprk-2017")
    assert case is not None
    return GameCreate(
        title="A headless game", scenario=case.meta.id, preset="singapore", seed=seed, style="rigid", open_seats=(),
        bots=policies(case, "all"), phase_ms={phase.id: None for phase in case.phases},
    )  # fmt: skip


@pytest.fixture(scope="module")
def played(django_db_blocker: Any) -> Iterator[Played]:
    with django_db_blocker.unblock(), throwaway_store():
        staged = stage(create("7"), game_id="a-headless-game")
        play_out(staged)
        job = services.report_claim(staged.game, now_ms=1)
        assert job is not None
        services.report_build(job)
        views = ["truth", *staged.case.seat]
        reports = {view: json.loads(services.report_page(staged.game, view=view) or b"null") for view in views}
        yield Played(staged, ending(staged, seconds=0.0), recorded_events(staged.game), reports)


# --- the game ---------------------------------------------------------------------------------
def test_bots_alone_play_every_turn_to_the_end(played: Played):
    assert played.staged.state.status == "ended"
    assert played.end.turns == 6
    resolved = [r.payload.turn for r in played.log if isinstance(r.payload, ev.TurnResolved)]
    assert resolved == [1, 2, 3, 4, 5, 6]


def test_every_seat_orders_within_its_budget_and_says_why(played: Played):
    spent: dict[tuple[int, str], int] = {}
    seats = set()
    for turn in (r.payload.resolution for r in played.log if isinstance(r.payload, ev.TurnResolved)):
        for order in turn.orders:
            if not order.carried:
                seats.add(order.seat)
                cost = played.staged.case.move[order.move].cost
                spent[turn.turn, order.seat] = spent.get((turn.turn, order.seat), 0) + cost
    assert seats == set(played.staged.case.seat)
    assert all(cost <= played.staged.case.seat[seat].budget for (_, seat), cost in spent.items())
    assert all(r.payload.rationale for r in played.log if isinstance(r.payload, ev.OrderDrafted))


def test_a_bot_acts_as_the_bot_of_its_seat_and_through_receipts(played: Played):
    actors = {r.actor.kind for r in played.log if isinstance(r.payload, ev.OrderDrafted)}
    assert actors == {"seat_bot"}


def test_doing_a_thing_again_under_its_id_changes_nothing(played: Played, django_db_blocker: Any):
    with django_db_blocker.unblock():
        receipt = Receipt.objects.filter(game_id=played.staged.game, person="bot:dprk", accepted=True).first()
        assert receipt is not None
        before = Event.objects.filter(game_id=played.staged.game).count()
        answer = handle(
            played.staged.game, actor=ActorRef.of_bot("dprk"), command_id=receipt.command_id, name="orders.submit",
            args=b"{}", now_ms=played.staged.clock.tick(),
        )  # fmt: skip
        assert isinstance(answer, Accepted)
        assert Event.objects.filter(game_id=played.staged.game).count() == before


def test_command_ids_repeat_and_differ_between_moments():
    assert command_id("dprk", Moment(3, "plan"), "submit") == command_id("dprk", Moment(3, "plan"), "submit")
    moments = [Moment(turn, phase, again) for turn in (3, 4) for phase in ("plan", "lock") for again in (0, 1)]
    ids = {command_id(seat, moment, slug) for seat in ("dprk", "rok") for moment in moments for slug in "ab"}
    assert len(ids) == 32
    assert all(8 <= len(one) <= 64 for one in ids)


# --- the truth --------------------------------------------------------------------------------
def test_the_ledger_of_the_report_adds_up_to_every_change(played: Played):
    changes = played.reports["truth"]["ledger"]
    assert len(changes) > 100
    for change in changes:
        assert fsum(row["amount"] for row in change["rows"]) == pytest.approx(
            change["after"] - change["before"], abs=1e-6
        )


def test_the_variables_of_the_report_are_the_worlds_of_the_log(played: Played):
    truth = {v["id"]: v["truth"] for v in played.reports["truth"]["variables"]}
    last = [r.payload.resolution for r in played.log if isinstance(r.payload, ev.TurnResolved)][-1].world["values"]
    assert {name: points[-1]["value"] for name, points in truth.items()} == last
    assert [point["turn"] for point in truth["tension"]] == [0, 1, 2, 3, 4, 5, 6]


def test_every_message_of_the_log_is_in_the_report_once(played: Played):
    said = [r.payload for r in played.log if isinstance(r.payload, ev.MessagePosted)]
    assert [m["text"] for m in played.reports["truth"]["messages"]] == [m.text for m in said]


def test_every_turn_has_a_map_whose_frontier_nobody_beats(played: Played):
    maps = played.reports["truth"]["map"]
    assert [m["turn"] for m in maps] == [1, 2, 3, 4, 5, 6]
    for found in maps:
        for x, y in found["packages"]:
            assert not any(fx < x and fy < y for fx, fy in found["frontier"] if fx <= x - 1e-4 and fy <= y - 1e-4)
        assert (found["gap"] >= 0) == (found["zopa"] > 0)


def test_every_map_shows_the_problem_with_side_clauses_as_it_was_and_as_each_signatory_saw_it(played: Played):
    signs = {party.signatory for party in played.staged.case.negotiation.parties}
    for found in played.reports["truth"]["map"]:
        whole = found["catalogue"]
        assert whole["issues_gap"] == found["gap"]
        assert whole["gap"] >= found["gap"]
        assert whole["exists"] == (whole["gap"] >= 0) == (whole["fair"] is not None)
        assert {view["seat"] for view in found["believed"]} == signs
        xs = [x for x, _ in whole["frontier"]]
        assert xs == sorted(xs, reverse=True)


def test_every_version_ever_tabled_is_on_the_map_of_its_turn_in_everybody_s_eyes(played: Played):
    truth = played.reports["truth"]
    tabled = {(text["offer"], v["version"]): v["turn"] for text in truth["texts"] for v in text["versions"]}
    placed = {(o["offer"], o["version"]): m["turn"] for m in truth["map"] for o in m["offers"]}
    assert placed == tabled
    assert placed
    for offer in (o for m in truth["map"] for o in m["offers"]):
        assert len(offer["believed"]) == len(played.staged.case.negotiation.parties)


def test_a_missed_deal_names_the_nearest_text_and_the_clause_that_would_have_closed_it(played: Played):
    truth = played.reports["truth"]
    maps = {m["turn"]: m for m in truth["map"]}
    assert truth["missed"]
    for one in truth["missed"]:
        here = maps[one["turn"]]
        assert here["zopa"] > 0 or here["catalogue"]["exists"]
        assert not any(o["x"] >= 0 and o["y"] >= 0 and o["feasible"] for o in here["offers"])
        near = one["nearest"]
        if near is not None and near["closing"] is not None:
            assert min(near["closing"]["x"], near["closing"]["y"]) >= 0
            assert near["closing"]["from_level"] != near["closing"]["to_level"]


def test_the_timeline_names_known_lanes_and_lies_inside_its_turns(played: Played):
    report = played.reports["truth"]
    lanes = {lane["id"] for lane in report["lanes"]}
    assert report["timeline"]
    assert {mark["lane"] for mark in report["timeline"]} <= lanes
    assert all(0 <= mark["frac"] <= 1 for mark in report["timeline"])


# --- one seat ---------------------------------------------------------------------------------
SECRET_SECTIONS = ("escalation", "trust", "map", "missed", "rulings", "indices", "log", "headline")


@pytest.mark.parametrize("seat", ["potus", "state", "defense", "intel", "dprk", "rok", "jpn"])
def test_a_seats_report_holds_nothing_its_own_rows_do_not(played: Played, seat: str, django_db_blocker: Any):
    report = played.reports[seat]
    assert not set(SECRET_SECTIONS) & set(report)
    assert all("truth" not in variable for variable in report["variables"])
    assert {s for v in report["variables"] for s in v["estimates"]} <= {seat}
    assert {score["seat"] for score in report["scores"]} <= {seat}
    with django_db_blocker.unblock():
        rows = Disclosure.objects.filter(game_id=played.staged.game, view=f"seat:{seat}", kind="message")
        told = {msgspec.json.decode(bytes(row.value))["text"] for row in rows}
        numbers = set(
            Disclosure.objects.filter(game_id=played.staged.game, view=f"seat:{seat}").values_list("n", flat=True)
        )
    assert {m["text"] for m in report["messages"]} == told
    moments = [step["seq"] for step in report["steps"]]
    assert moments == sorted(set(moments) & numbers), "a moment of a seat is a row of its own, in order"


def test_tokyo_reads_no_text_between_the_principals(played: Played):
    assert played.reports["truth"]["texts"]
    assert played.reports["jpn"]["texts"] == []
    wording = {text["title"] for text in played.reports["truth"]["texts"]}
    drafts = json.dumps(played.reports["jpn"]["timeline"])
    assert not any(title in drafts for title in wording)


# --- the job ----------------------------------------------------------------------------------
def test_a_report_is_built_once_for_each_head_of_the_log(played: Played, django_db_blocker: Any):
    with django_db_blocker.unblock():
        assert services.report_claim(played.staged.game, now_ms=2) is None
        progress = services.report_progress(played.staged.game)
        assert (progress.state, progress.done) == ("ready", progress.of)
        assert ReportJob.objects.filter(game=played.staged.game).count() == 1


def test_a_job_whose_worker_died_is_taken_up_again_but_only_by_one(played: Played, django_db_blocker: Any):
    with django_db_blocker.unblock():
        job = ReportJob.objects.get(game=played.staged.game)
        ReportJob.objects.filter(pk=job.pk).update(state="building", started_ms=0)
        late = services.STALE_MS + 1
        assert services.report_claim(played.staged.game, now_ms=late) == job.pk
        assert services.report_claim(played.staged.game, now_ms=late) is None
        services.report_build(job.pk)
        assert services.report_progress(played.staged.game).state == "ready"


def test_there_is_no_report_of_a_game_that_is_not_there(django_db_blocker: Any, played: Played):
    with django_db_blocker.unblock():
        assert services.report_claim("nowhere", now_ms=1) is None
        assert services.report_progress("nowhere").state == "none"


# --- who may read it --------------------------------------------------------------------------
def client_of(played: Played, *, role: str, seat: str | None) -> Client:
    joined = join(played.staged.game, display=f"A {role}", role=role, now_ms=played.staged.clock.tick())
    assert isinstance(joined, Joined)
    Membership.objects.filter(game_id=joined.game, person=joined.person).update(seat=seat)
    client = Client()
    client.cookies[f"t1_{joined.game}"] = joined.token
    return client


def test_a_player_reads_its_own_seat_and_the_whole_only_once_shared(played: Played, django_db_blocker: Any):
    address = f"/api/games/{played.staged.game}/report"
    with django_db_blocker.unblock():
        tokyo = client_of(played, role="player", seat="jpn")
        control = client_of(played, role="control", seat=None)
        assert tokyo.get(f"{address}/data").json()["view"] == "jpn"
        assert control.get(f"{address}/data").json()["view"] == "truth"
        assert tokyo.get(f"{address}/data?as=dprk").status_code == 403
        assert tokyo.get(f"{address}/data?as=truth").status_code == 403
        assert tokyo.post(f"{address}/share").status_code == 403
        assert control.post(f"{address}/share").status_code == 200
        assert tokyo.get(f"{address}/data?as=truth").json()["view"] == "truth"
        assert tokyo.get(f"{address}/data?as=dprk").status_code == 403


def test_a_stranger_and_a_player_of_a_running_game_read_nothing(played: Played, django_db_blocker: Any):
    address = f"/api/games/{played.staged.game}/report/data"
    with django_db_blocker.unblock():
        tokyo = client_of(played, role="player", seat="jpn")
        assert Client().get(address).status_code == 401
        Game.objects.filter(pk=played.staged.game).update(status="running")
        try:
            assert tokyo.get(address).status_code == 403
        finally:
            Game.objects.filter(pk=played.staged.game).update(status="ended")
        assert tokyo.get(address).status_code == 200


def test_every_directive_is_traced_and_a_seat_reads_of_it_what_it_was_told(played: Played) -> None:
    truth = played.reports["truth"]["directives"]
    assert truth, "the bots of the President order what others carry out"
    superior = {seat.id: seat.superior for seat in played.staged.case.seats}
    for row in truth:
        assert superior[row["executor"]] == row["seat"]
        own = {d["directive"]: d for d in played.reports[row["seat"]]["directives"]}[row["directive"]]
        assert own["told"] == row["told"]
        knows = row["truthful"] or row["learned_turn"] is not None or row["told"] != "done"
        assert own["status"] == "" or knows
        executor = {d["directive"]: d for d in played.reports[row["executor"]]["directives"]}[row["directive"]]
        assert executor["status"] != ""
    for seat in superior:
        names = {d["directive"] for d in played.reports[seat]["directives"]}
        assert names == {row["directive"] for row in truth if seat in (row["seat"], row["executor"])}
