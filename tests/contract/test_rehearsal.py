"""A rehearsal finds what is wrong with a list before people do: never sent, for nobody, colliding, silent, too much."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from wargame.bots.management.commands.play import policies
from wargame.bots.rehearsal import Line, Programme, rehearse
from wargame.bots.rehearsed import COLLIDE_MS, Played, Report, read, report_of
from wargame.game.commands import EntryWords, SeatAction, When
from wargame.game.events import InjectSent, PhaseEntered
from wargame.store.cases import case_now

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60_000
CASE = "practice"


def entry(title: str, to: tuple[str, ...] = ("all",), **when: object) -> EntryWords:
    return EntryWords(title=title, text="Words.", to=to, number=title.split()[0], when=When(**when))  # type: ignore[arg-type]


LINES = (
    Line(msel="timed", entry=entry("N1 Timed", turn=1, phase="negotiate", offset_ms=90_000)),
    Line(msel="second", entry=entry("N2 Twenty seconds later", after="timed", delay_ms=20_000)),
    Line(msel="apart", entry=entry("N3 Two minutes later", after="timed", delay_ms=2 * MINUTE)),
    Line(msel="nobody", entry=entry("N4 For an empty chair", ("broker",), turn=1)),
    Line(msel="never", entry=entry("N5 What nobody does", on=SeatAction(kind="appeal"))),
    Line(msel="orphan", entry=entry("N6 After that", after="never")),
    Line(msel="hand", entry=entry("N7 By hand", hand=True)),
)


@pytest.fixture(scope="module")
def shown(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> tuple[Played, Report]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        case = case_now(CASE)
        assert case is not None
        skipped = tuple(Line(msel=inject.id, state="skipped") for inject in case.injects if inject.turn in (None, 1))
        programme = Programme(scenario=CASE, preset="taste", vacant=("broker",), lines=(*LINES, *skipped))
        staged = rehearse(programme, seed=7, bots=policies(case, "all"))
        played = read(staged)
        return played, report_of([played], scenario=case, preset="taste", seconds=1.0)


def test_phases_last_as_planned_and_timed_entries_go_out_to_the_millisecond(shown: tuple[Played, Report]) -> None:
    played, report = shown
    lengths = {phase.phase: (phase.planned_ms, phase.mean_ms) for phase in report.phases}
    assert lengths["plan"] == (3 * MINUTE, 3 * MINUTE)
    assert lengths["outcome"][1] == 2 * MINUTE
    assert report.game_ms >= 9 * MINUTE
    begun = {one.payload.phase: one.at_ms for one in played.log if isinstance(one.payload, PhaseEntered)}
    sent = {one.payload.msel: one.at_ms for one in played.log if isinstance(one.payload, InjectSent)}
    assert sent["timed"] == begun["negotiate"] + 90_000
    assert sent["second"] == sent["timed"] + 20_000
    assert sent["apart"] == sent["timed"] + 2 * MINUTE


def test_entries_never_sent_are_named_with_the_reason(shown: tuple[Played, Report]) -> None:
    never = {one.msel: one.why for one in shown[1].entries if not one.sent}
    assert never["never"] == "no seat did what it waits for"
    assert never["orphan"] == "never, which it follows, brought it about in no game"
    assert never["hand"] == "it waits for your hand"
    assert never["P01"] == "it is skipped"
    assert not {"timed", "second", "apart"} & set(never)
    assert "Never sent, no seat did what it waits for: N5." in shown[1].findings


def test_an_entry_for_seats_nobody_plays_is_the_gravest_finding(shown: tuple[Played, Report]) -> None:
    assert shown[1].findings[0] == "N4 “N4 For an empty chair” goes to seats nobody plays."


def test_entries_within_a_minute_collide_and_others_do_not(shown: tuple[Played, Report]) -> None:
    groups = {one.entries for one in shown[1].collisions}
    assert ("second", "timed") in groups
    assert not any("apart" in names for names in groups)
    assert COLLIDE_MS == MINUTE
    assert {one.seat for one in shown[1].collisions} == {"upriver", "works", "downriver"}


def test_dead_time_and_load_are_measured_seat_by_seat(shown: tuple[Played, Report]) -> None:
    played, report = shown
    by_seat = {one.seat: one for one in report.seats}
    assert by_seat["upriver"].read >= 3
    for seat, run in by_seat.items():
        moments = played.reached[seat]
        assert run.most <= len(moments)
        assert 0 < run.dead.ms <= report.game_ms
    assert by_seat["broker"].dead.ms == max(one.dead.ms for one in report.seats)


def test_the_silence_before_the_first_entry_is_told(shown: tuple[Played, Report]) -> None:
    first = shown[1].silences[0]
    assert (first.turn, first.phase) == (1, "brief")
    assert first.ms == max(span.ms for span in shown[1].silences)
    assert first.ms == (1 + 3) * MINUTE + 90_000


def test_the_command_tells_all_of_it_as_json_and_leaves_nothing_behind() -> None:
    out = StringIO()
    call_command("rehearse", CASE, "--preset", "taste", "--games", "1", "--json", stdout=out)
    report = json.loads(out.getvalue())
    assert (report["scenario"], report["preset"], report["games"]) == (CASE, "taste", 1)
    assert report["game_ms"] / 1000 > report["seconds"]
    assert {one["msel"] for one in report["entries"]} >= {"P01", "P03"}
    assert {"findings", "collisions", "seats", "silences", "phases"} <= set(report)
