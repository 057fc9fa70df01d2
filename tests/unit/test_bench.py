"""What the bench measures is what it says: games, meetings and searched texts, the same in every run."""

from adjudication.played import recorded_game
from adjudication.scenario import load_scenario
from tests.support.engine import CASE, the_case
from wargame.server.bench import batch
from wargame.server.bench.bargain import BargainSpeed, bargain_speed
from wargame.server.bench.engine import EngineSpeed, Spread
from wargame.server.management.commands.bench import engine_lines, lines


def test_the_batch_plays_whole_games_in_which_leaders_meet_and_texts_are_searched_for(monkeypatch):
    monkeypatch.setattr(batch, "GAMES_AT_ONCE", 16)
    found = batch.play(load_scenario(CASE), 40)
    again = batch.play(the_case(), 40)
    assert (found.games, found.turns) == (40, 12)
    assert 40 < found.meetings <= 80
    assert 0 < found.texts < found.meetings
    assert (found.meetings, found.texts) == (again.meetings, again.texts)
    assert found.seconds > 0
    assert found.peak_mib > 10


def test_orders_vary_from_game_to_game_but_leaders_always_ask_to_meet():
    case = the_case()
    given = batch._sheets(case, range(200))
    assert case.summit is not None
    asked = {name: where for turn in given.values() for name, where in turn.items()}
    for name, where in asked.items():
        if name.rpartition("-")[2] in case.summit.orders:
            assert where.all()
        elif name != "ready":
            assert 0.6 < where.mean() < 0.99, name


def test_what_the_engine_measured_is_said_in_five_lines():
    batch_of = batch.Batch(
        games=10, turns=12, seconds=2.0, games_per_s=5.0, peak_mib=80.0, meetings=20, texts=3,
    )  # fmt: skip
    speed = EngineSpeed(
        turn=Spread(8.0, 12.0), summit=Spread(14.0, 19.0), batch=batch_of, batch_ratio=40.0, attribution_s=1.5,
        counterfactual_s=0.9, analysis_ms=12.0, search_ms=0.2, search_ratio=60.0, packages=172_800,
        bargain=BargainSpeed(
            packages=172_800, issues_ms=9.0, clauses=23, texts=1_449_551_462_400, frontier=230, catalogue_ms=200.0,
            assessment_ms=6.0, tabling_ms=12.0, map_ms=500.0,
        ),
    )  # fmt: skip
    said = list(engine_lines(speed))
    assert "p50 8.0 ms, p99 12.0 ms" in said[0]
    assert "10 games of 12 turns in one process: 2.0 s, 5 a second (40 times one by one), peak 80 MiB" in said[1]
    assert "8 x 200 runs 1.5 s" in said[2]
    assert "172800 packages" in said[3]
    assert "with 23 side clauses (1.4e+12 texts, frontier 230) 200 ms" in said[4]
    assert not list(lines([], []))


def test_the_whole_catalogue_is_analysed_on_a_live_world_and_what_it_takes_is_told():
    found = bargain_speed(recorded_game(the_case()), 9)
    assert found.packages == 172_800
    assert found.texts == 172_800 * 2**found.clauses
    assert found.frontier > 50
    assert 0 < found.issues_ms < found.catalogue_ms
    assert min(found.assessment_ms, found.tabling_ms, found.map_ms) > 0
