"""Many games on one page: what each came to is the report's, and no p stands without a design that allows one."""

import codecs
import io
import zipfile
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import msgspec
import numpy as np
import pyarrow.parquet as pq
import pytest
from django.test import Client
from msgspec.structs import replace
from scipy import stats

from tests.contract.test_http import staff
from tests.support.games import Table
from tests.support.odd_games import SHORT_CASE, odd_game
from wargame.aar.chronicle import chronicle
from wargame.aar.data.columns import write_parquet
from wargame.aar.data.export import rows_of
from wargame.aar.data.load import source_of
from wargame.aar.data.tables import TABLES
from wargame.aar.data.terms import Terms
from wargame.aar.jobs import job_ask, job_get, job_result, job_run
from wargame.aar.kinds import KINDS
from wargame.aar.many.chance import DRAWN, draws_of, holm, randomisation_tests, superiority
from wargame.aar.many.compare import comparison
from wargame.aar.many.course import COURSE, COURSE_TABLES, CourseParams, course_export
from wargame.aar.many.design import chosen_design, exercise_design
from wargame.aar.many.digest import Digest, Point, digest_of
from wargame.aar.many.shapes import Comparison, Design, Group
from wargame.aar.models import Job
from wargame.aar.report import truth_report
from wargame.aar.work import Reader, Result, Tell, Work
from wargame.bots.management.commands.play import policies
from wargame.bots.theatre import Clock, Staged, play_out, throwaway_store
from wargame.control.exercises import exercise_create
from wargame.control.models import Exercise, Section
from wargame.control.plans import ExerciseBody
from wargame.play.answers import Refused
from wargame.play.people import Joined
from wargame.store.cases import case_now, case_of
from wargame.store.log import recorded_events
from wargame.store.models import Game

pytestmark = pytest.mark.one_store


# --- chance -------------------------------------------------------------------------------------------------------
def test_a_free_draw_gives_the_p_of_the_published_permutation_test() -> None:
    values, labels = [3.1, 0.4, 2.2, 5.0, 4.9, 6.3, 1.0], [0, 0, 0, 1, 1, 1, 1]
    ours = randomisation_tests([values], labels, draws_of(labels, [0] * 7))[0].p
    theirs = stats.permutation_test(
        (values[:3], values[3:]), lambda a, b, axis: np.abs(np.mean(a, axis=axis) - np.mean(b, axis=axis)),
        vectorized=True, n_resamples=10_000, alternative="greater",
    )  # fmt: skip
    assert ours == pytest.approx(theirs.pvalue)


def test_a_draw_in_blocks_goes_over_the_draws_of_the_blocks_alone() -> None:
    labels, blocks = [0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 1], [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    draws = draws_of(labels, blocks)
    assert (draws.allowed, draws.exact, draws.smallest) == (64, True, 2 / 64)
    assert {tuple(row) for row in draws.labels.tolist()} >= {tuple(labels), tuple(1 - one for one in labels)}
    assert all(row[0] != row[1] and row[4] != row[5] for row in draws.labels)
    apart = [float(label) for label in labels]
    assert randomisation_tests([apart], labels, draws)[0].p == 2 / 64


@pytest.mark.parametrize(
    ("labels", "blocks", "smallest"),
    [
        ([0, 1], [0, 0], 1.0),
        ([0, 0, 1, 1], [0] * 4, 2 / 6),
        ([0, 0, 0, 1, 1], [0] * 5, 1 / 10),
        ([0, 1, 2, 2, 0, 1], [0, 0, 0, 1, 1, 1], 6 / 36),
        ([0, 1, 2, 2, 0, 1, 1], [0, 0, 0, 1, 1, 1, 2], 2 / 36),
    ],
)
def test_the_smallest_p_is_that_of_values_as_far_apart_as_they_can_be(
    labels: list[int], blocks: list[int], smallest: float
) -> None:
    draws = draws_of(labels, blocks)
    assert draws.smallest == pytest.approx(smallest)
    apart = [float(10**label) for label in labels]
    assert randomisation_tests([apart], labels, draws)[0].p == pytest.approx(smallest)


@pytest.mark.parametrize("scale", [1e-9, 1e-5, 1e6])
def test_a_p_is_the_same_in_whatever_unit_a_measure_is_told(scale: float) -> None:
    labels, values = [0] * 4 + [1] * 4, [0.0, 1.0, 2.0, 3.0, 10.0, 11.0, 12.0, 13.0]
    draws = draws_of(labels, [0] * 8)
    assert randomisation_tests([[scale * value for value in values]], labels, draws)[0].p == pytest.approx(2 / 70)


def test_a_large_design_is_sampled_by_keyed_dice_and_its_p_is_never_nothing() -> None:
    labels = [0, 1] * 12
    draws = draws_of(labels, [0] * 24)
    assert (draws.exact, len(draws.labels), draws.allowed) == (False, DRAWN, 2_704_156)
    assert (draws.labels.sum(axis=1) == 12).all()
    assert randomisation_tests([[float(label) for label in labels]], labels, draws)[0].p == 1 / (DRAWN + 1)
    assert np.array_equal(draws.labels, draws_of(labels, [0] * 24).labels)
    noise = [float(at * 7919 % 101) for at in range(24)]
    theirs = stats.permutation_test(
        (noise[0::2], noise[1::2]), lambda a, b, axis: np.abs(np.mean(a, axis=axis) - np.mean(b, axis=axis)),
        vectorized=True, n_resamples=20_000, alternative="greater", rng=1,
    )  # fmt: skip
    assert randomisation_tests([noise], labels, draws)[0].p == pytest.approx(theirs.pvalue, abs=0.02)


def test_holm_and_superiority_are_as_published() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.9]) == [1.0, 1.0]
    u = stats.mannwhitneyu([4, 6, 6, 8], [1, 6, 2]).statistic
    assert superiority([1, 6, 2], [4, 6, 6, 8]) == pytest.approx(u / 12)


# --- games --------------------------------------------------------------------------------------------------------
class Class(msgspec.Struct):
    """An exercise of which two sections ended and one never began, and a game beside it."""

    exercise: Exercise
    digests: list[Digest]
    alone: Digest
    report: Any


@pytest.fixture(scope="module")
def held(django_db_blocker: Any) -> Iterator[Class]:
    """Play two sections of an exercise, leave the third, and play a game beside it."""
    practice = case_now(SHORT_CASE)
    assert practice is not None
    phases = [phase.id for phase in practice.phases]
    arms = [{"id": "plain", "label": "As it is"}, {"id": "office", "label": "No leaders", "lens": "no_leadership"}]
    plan = {
        "title": "Class", "scenario": SHORT_CASE, "preset": "taste", "style": "rigid", "sections": ["A", "B", "C"],
        "seats": [], "bots": policies(practice, "all"), "treatments": arms, "phase_ms": dict.fromkeys(phases),
    }  # fmt: skip
    with django_db_blocker.unblock(), throwaway_store():
        alone = odd_game("no_humans")
        made = exercise_create(msgspec.convert(plan, ExerciseBody), seed="spring", now_ms=1)
        assert isinstance(made, Exercise), made
        games = list(Section.objects.filter(exercise=made).order_by("number").values_list("game", flat=True))
        for game in games[:2]:
            row = Game.objects.get(pk=game)
            play_out(Staged(game, "control", case_of(row.scenario, row.scenario_hash), Clock()))
        row = Game.objects.get(pk=alone)
        case = case_of(row.scenario, row.scenario_hash)
        log = chronicle(case, recorded_events(alone), head_hash="", engine_version="")
        report = truth_report(log, built_at_ms=0, progress=lambda words: None)
        rows = Game.objects.in_bulk([*games, alone])
        yield Class(made, [digest_of(rows[game]) for game in games], digest_of(rows[alone]), report)


def beside(held: Class, design: Design, digests: list[Digest] | None = None) -> Comparison:
    found = held.digests if digests is None else digests
    case = case_of(held.alone.scenario, held.alone.scenario_hash)
    return comparison(found, {one.game: case for one in found}, design)


def test_a_digest_says_what_the_report_of_the_game_says(held: Class) -> None:
    report, one = held.report, held.alone
    for variable in report["variables"]:
        assert [p.value for p in one.paths[variable["id"]]] == [p["value"] for p in variable["truth"]]
    assert one.paths["index.risk_carried"][-1].value == pytest.approx(100 * report["risk"][-1]["cum_war"], abs=1e-3)
    calm = np.prod([1 - turn["p_clash"] for turn in report["risk"]])
    assert one.paths["clash_risk"][-1].value == pytest.approx(1 - calm, abs=1e-6)
    for turn in report["indices"]:
        for name, value in turn["values"].items():
            assert [p.value for p in one.paths[f"index.{name}"] if p.turn == turn["turn"]] == [value]
    assert one.counts["messages"] == len([m for m in report["messages"] if not str(m["room"]).startswith("letter:")])
    assert [deal.title for deal in one.deals] == [a["title"] for a in report["agreements"]]
    assert one.played == report["game"]["turns_played"]


def copies(held: Class, values: list[list[float]]) -> tuple[list[Digest], Design]:
    """Return ended games that differ in one variable alone, in as many groups as there are lists."""
    digests, groups = [], []
    for number, group in enumerate(values):
        games = []
        for place, value in enumerate(group):
            path = (Point(3, value, 1),)
            name = f"{number}-{place}"
            digests.append(replace(held.alone, game=name, paths={**held.alone.paths, "tension": path}))
            games.append(name)
        groups.append(Group(f"g{number}", f"Group {number}", "", tuple(games)))
    return digests, Design(groups=tuple(groups))


def test_games_are_drawn_by_treatment_and_the_unfinished_one_is_not_tested(held: Class) -> None:
    found = beside(held, exercise_design(held.exercise))
    assert {group.id for group in found.groups} == {"plain", "office"}
    assert [one.id for one in found.games] == [one.game for one in held.digests]
    assert [(one.ended, one.played) for one in found.games] == [(True, 1), (True, 1), (False, 0)]
    assert found.sampling.games == 2
    assert "Too few games" in found.sampling.why_not
    assert all(measure.test is None for measure in found.measures)
    assert any("1 of 3 games have not ended" in note for note in found.notes)


def test_a_test_says_how_many_games_how_many_draws_and_what_it_assumes(held: Class) -> None:
    digests, design = copies(held, [[1.0, 2.0, 3.0, 4.0], [11.0, 12.0, 13.0, 14.0]])
    found = beside(held, design, digests)
    measure = next(one for one in found.measures if one.id == "tension")
    assert measure.test is not None
    assert measure.test.p == pytest.approx(2 / 70)
    assert (measure.test.difference, measure.test.superiority) == (10.0, 1.0)
    assert [(one.n, one.mean, one.median) for one in measure.spreads] == [(4, 2.5, 2.5), (4, 12.5, 12.5)]
    sampling = found.sampling
    assert (sampling.games, sampling.allowed, sampling.exact, sampling.tests) == (8, 70, True, 1)
    assert any("not drawn by chance" in sentence for sentence in sampling.assumes)
    assert any("says nothing of causes" in sentence for sentence in sampling.assumes)


def test_the_means_beside_a_p_are_of_the_games_it_was_tested_on(held: Class) -> None:
    digests, design = copies(held, [[1.0, 2.0, 3.0, 4.0, 99.0], [11.0, 12.0, 13.0, 14.0, 99.0]])
    digests = [replace(one, ended=not one.game.endswith("-4")) for one in digests]
    found = beside(held, design, digests)
    tested = next(one for one in found.measures if one.id == "tension")
    assert tested.test is not None
    assert [(one.n, one.ended, one.mean) for one in tested.spreads] == [(4, 4, 2.5), (4, 4, 12.5)]
    assert tested.test.difference == tested.spreads[1].mean - tested.spreads[0].mean
    described = next(one for one in found.measures if one.family == "conduct")
    assert [(one.n, one.ended) for one in described.spreads] == [(5, 4), (5, 4)]


def test_what_differs_only_in_games_that_go_on_is_not_tested(held: Class) -> None:
    digests, design = copies(held, [[1.0] * 4 + [99.0], [1.0] * 4 + [99.0]])
    digests = [replace(one, ended=not one.game.endswith("-4")) for one in digests]
    assert all(one.test is None for one in beside(held, design, digests).measures)


def test_no_p_stands_without_what_it_assumes_and_none_for_conduct_or_goals(held: Class) -> None:
    for sizes in combinations(range(1, 6), 2):
        digests, design = copies(held, [[float(place) for place in range(size)] for size in sizes])
        found = beside(held, design, digests)
        tests = [one for one in found.measures if one.test is not None]
        assert bool(tests) == bool(found.sampling.assumes) == (not found.sampling.why_not)
        assert all(one.family in ("outcome", "index", "variable") for one in tests)
        assert {"conduct", "goal"} <= {one.family for one in found.measures}
        assert all(one.test is None or one.test.p >= found.sampling.smallest for one in tests)


def test_one_group_is_described_and_not_tested(held: Class) -> None:
    digests, _ = copies(held, [[1.0, 2.0, 3.0]])
    found = beside(held, chosen_design([[one.game for one in digests]]), digests)
    assert found.sampling.why_not == "The games are in one group: there is nothing to test."
    assert next(one for one in found.measures if one.id == "tension").spreads[0].quartiles is None


def test_staff_compare_an_exercise_and_a_game_that_is_closed_to_one_looks_like_none(held: Class) -> None:
    games = [one.game for one in held.digests]
    whole = staff().get("/api/compare", {"exercise": held.exercise.id})
    assert whole.status_code == 200
    body = whole.json()
    assert sorted(one["title"] for one in body["games"]) == ["A", "B", "C"]
    assert held.exercise.seed not in whole.content.decode()
    chosen = staff().get("/api/compare", {"games": f"{games[0]};{games[1]},{held.alone.game}"}).json()
    assert [group["games"] for group in chosen["groups"]] == [[games[0]], [games[1], held.alone.game]]
    stranger = Client()
    closed = stranger.get("/api/compare", {"games": games[0]})
    missing = stranger.get("/api/compare", {"games": "gnothing"})
    assert (closed.status_code, closed.content) == (missing.status_code, missing.content)
    assert stranger.get("/api/compare", {"exercise": held.exercise.id}).status_code == 401
    for asked in ("", ",;", f"{games[0]},{games[0]}", ",".join(f"g{n}" for n in range(41))):
        assert staff().get("/api/compare", {"games": asked}).status_code == 400


def test_no_seed_of_a_game_that_goes_on_is_in_a_comparison(held: Class) -> None:
    going = held.digests[-1].game
    created = recorded_events(going)[0].payload
    body = staff().get("/api/compare", {"exercise": held.exercise.id}).content.decode()
    assert created.seed not in body  # type: ignore[attr-defined]


# --- the data set of a course -------------------------------------------------------------------------------------
def opened(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as folder:
        return {name: folder.read(name) for name in folder.namelist()}


def table(files: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(io.BytesIO(files[f"tables/{name}.parquet"])).to_pylist()
    return found


def test_the_data_set_of_a_course_is_the_tables_of_its_games_one_after_the_other(held: Class) -> None:
    terms = Terms(consent=True, anonymised=True)
    raw = course_export(held.exercise, wanted="parquet", terms=terms)
    assert raw == course_export(held.exercise, wanted="parquet", terms=terms)
    files = opened(raw)
    assert {name.partition("/")[2] for name in files if name.startswith("tables/")} == {
        f"{name}.parquet" for name in (*TABLES, *COURSE_TABLES)
    }
    sections = list(Section.objects.filter(exercise=held.exercise).order_by("number"))
    assert [(row["game"], row["treatment"]) for row in table(files, "sections")] == [
        (f"game-{one.number}", one.treatment) for one in sections
    ]
    row = Game.objects.get(pk=sections[1].game_id)
    own = rows_of(source_of(row, terms=terms, called="game-2"))
    for name in ("orders", "variables", "values", "scores"):
        wanted = pq.read_table(io.BytesIO(write_parquet(own[name], TABLES[name].columns))).to_pylist()
        assert [one for one in table(files, name) if one["game"] == "game-2"] == wanted
        assert wanted
    manifest = msgspec.json.decode(files["manifest.json"])
    assert manifest["games"] == ["game-1", "game-2", "game-3"]
    assert manifest["rows"]["sections"] == 3
    assert "### sections" in files["codebook.md"].decode()


def test_a_course_leaves_no_name_and_no_seed_of_what_goes_on(held: Class) -> None:
    raw = course_export(held.exercise, wanted="csv", terms=Terms(consent=True, anonymised=True))
    files = opened(raw)
    assert files["tables/exercise.csv"].decode("utf-8-sig").splitlines()[1].startswith(",practice,taste,3,own,,true")
    text = b"".join(files.values()).decode()
    going = recorded_events(held.digests[-1].game)[0].payload
    for secret in (going.seed, held.digests[0].game, "Class: A"):  # type: ignore[attr-defined]
        assert secret not in text
    assert b"".join(files.values()).count(codecs.BOM_UTF8) == len(TABLES) + len(COURSE_TABLES)


def test_a_course_is_a_job_for_staff_alone(held: Class) -> None:
    assert COURSE.who == "staff"
    asked = {"kind": "course", "params": {"exercise": held.exercise.id}}
    assert Client().post("/api/jobs", asked, content_type="application/json").status_code == 401
    missing = Work("", "course", "truth", CourseParams(exercise="nothing"))
    assert COURSE.check(missing, Reader(desk=True, staff=True), None) == Refused("access.not_found")
    whole = COURSE.build(Work("", "course", "truth", CourseParams(exercise=held.exercise.id)), lambda *_: None)
    assert (whole.media, whole.name) == ("application/zip", "course-parquet-anonymised.zip")


def test_what_a_data_set_is_made_from_names_all_of_the_exercise_and_of_its_sections(held: Class) -> None:
    work = Work("", "course", "truth", CourseParams(exercise=held.exercise.id))
    rows, sections = Exercise.objects.filter(pk=held.exercise.id), Section.objects.filter(exercise=held.exercise)
    plan = msgspec.json.decode(held.exercise.plan)
    seen, before = {COURSE.stands(None, work)}, rows.values("title", "plan", "locked_ms").get()
    for change in (
        {"title": "Other"},
        {"plan": msgspec.json.encode(plan | {"dice": "shared"}).decode()},
        {"locked_ms": 7},
    ):
        rows.update(**change)
        seen.add(COURSE.stands(None, work))
        rows.update(**before)
    name = sections.get(number=1).name
    sections.filter(number=1).update(name="Other")
    seen.add(COURSE.stands(None, work))
    sections.filter(number=1).update(name=name)
    assert len(seen) == 5
    assert COURSE.stands(None, work) in seen


def test_a_data_set_is_saved_as_it_was_until_somebody_chooses_anew(
    held: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(work: Work, tell: Tell) -> Result:
        return Result(b"rows", "application/zip", "course.zip")

    monkeypatch.setitem(KINDS, "course", replace(COURSE, build=small))
    staff_member, going = Reader(desk=True, staff=True), Game.objects.get(pk=held.digests[-1].game)
    told = job_ask(
        None, kind="course", view="truth", params={"exercise": held.exercise.id}, reader=staff_member, now_ms=1
    )
    assert not isinstance(told, Refused)
    job_run(told[0].id)
    table = Table(going.id, Joined(going.id, "control", ""))
    table.must("control", "note.pin", note="n", text="The game goes on.")
    assert job_get(None, told[0].id, reader=staff_member).stale  # type: ignore[union-attr]
    assert job_result(None, told[0].id, reader=staff_member) == Result(b"rows", "application/zip", "course.zip")
    table.must("control", "consent.choose", choice="nothing")
    assert job_result(None, told[0].id, reader=staff_member) == Refused("job.stale")
    Job.objects.all().delete()
