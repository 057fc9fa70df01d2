"""An export as somebody asks for it: a seat gets its own rows, and nobody gets past what people allow."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.games import Table, a_game
from wargame.aar import jobs
from wargame.aar.data.shared_truth import BLANK, OF_CONTROL, TOLD
from wargame.aar.kinds import KINDS
from wargame.aar.report import TRUTH
from wargame.aar.work import Reader, Result, Tell, Work
from wargame.bots.theatre import throwaway_store
from wargame.game.events import REGISTRY
from wargame.play.answers import Refused
from wargame.play.people import join

pytestmark = pytest.mark.one_store
NOW = 1_000_000
DESK = Reader(desk=True)
SECRET, PUBLIC = "The launchers are empty.", "We are listening."
CONTROLS = ("Controlnote on the bluff", "Controlnudge to hurry", "Controlnote in private")
FORMULA = '=HYPERLINK("http://evil.example","open me")'


@pytest.fixture(scope="module")
def table(django_db_blocker: Any) -> Iterator[Table]:
    with django_db_blocker.unblock(), throwaway_store():
        made = a_game(seats=("potus", "dprk", "rok"), started=True)
        made.must("dprk", "message.post", message="m1", room="control:dprk", text=SECRET)
        made.must("rok", "message.post", message="m2", room="press", text=PUBLIC)
        made.must("rok", "message.post", message="m3", room="press", text=FORMULA)
        made.must("rok", "consent.choose", choice="words")
        made.must("control", "note.pin", note="n", text="P dprk seems sure of it.")
        yield made


def reader(table: Table, seat: str, *, shared: bool = False) -> Reader:
    return Reader(desk=False, person=table.people[seat].person, seat=seat, shared=shared)


def asked(table: Table, who: Reader, view: str = TRUTH, **params: Any) -> dict[str, str] | Refused:
    """Return the files of the export somebody asks for, or why they get none."""
    told = jobs.job_ask(table.row(), kind="export", view=view, params=params, reader=who, now_ms=NOW)
    if isinstance(told, Refused):
        return told
    jobs.job_run(told[0].id)
    made = jobs.job_result(table.row(), told[0].id, reader=who)
    assert isinstance(made, Result), made
    archive = zipfile.ZipFile(io.BytesIO(made.body))
    return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def text_of(files: dict[str, str] | Refused) -> str:
    assert not isinstance(files, Refused), files
    return "\n".join(files[name] for name in sorted(files))


def test_a_seat_gets_what_it_was_shown_and_not_what_was_said_behind_its_back(table: Table) -> None:
    potus, dprk = (text_of(asked(table, reader(table, s), s, format="jsonl")) for s in ("potus", "dprk"))
    assert PUBLIC in potus
    assert SECRET not in potus
    assert table.state().seed not in potus
    assert "seems sure of it" not in potus + dprk
    assert PUBLIC in dprk
    assert SECRET not in dprk  # its author allows figures alone, whoever reads it


def test_nobody_but_the_desk_is_handed_words_past_what_people_allow(table: Table) -> None:
    seat = reader(table, "rok", shared=True)
    for view in (TRUTH, "rok"):
        refused = asked(table, seat, view, format="jsonl", consent=False)
        assert isinstance(refused, Refused)
        assert refused.code == "export.consent"
    assert SECRET in text_of(asked(table, DESK, format="jsonl", consent=False))
    for who in (DESK, seat):
        handed = text_of(asked(table, who, format="jsonl"))
        assert SECRET not in handed
        assert PUBLIC in handed
        assert "[text withheld by its author]" in handed


def test_another_seats_export_and_the_whole_before_it_is_shared_answer_like_what_is_not_there(table: Table) -> None:
    for view in ("dprk", TRUTH, "nowhere"):
        refused = asked(table, reader(table, "potus"), view, format="csv")
        assert isinstance(refused, Refused)
        assert refused.code == "access.denied"


@pytest.mark.parametrize("wanted", ["jsonl", "csv", "xapi"])
def test_players_are_handed_the_truth_without_controls_papers_and_other_peoples_choices(
    table: Table, wanted: str
) -> None:
    marked, nudged, pinned = CONTROLS
    table.must("control", "inject.mark", msel=next(iter(table.state().msel)), seen="yes", note=marked)
    table.must("control", "seat.nudge", seat="potus", text=nudged)
    table.must("control", "note.pin", note="n3", text=pinned)
    handed = asked(table, reader(table, "potus", shared=True), format=wanted)
    whole = text_of(handed)
    assert PUBLIC in whole
    assert isinstance(handed, dict)
    told = "".join(body for name, body in handed.items() if name.partition(".")[0] not in ("codebook", "schema"))
    for secret in (*CONTROLS, "consent.chosen", "note.pinned", "inject.marked", "seat.nudged"):
        assert secret not in told, secret
    if wanted == "csv":
        rows = list(csv.DictReader(io.StringIO(handed["tables/people.csv"].lstrip("\ufeff"))))
        assert len(rows) > 2
        assert {row["consent"] for row in rows} == {""}
        for name in ("notes", "msel", "umpires"):
            assert handed[f"tables/{name}.csv"].count("\n") == 1, name
        desk = text_of(asked(table, DESK, format=wanted))
        assert "note.pinned" in desk.replace("| `note.pinned`", "")
        assert all(secret not in desk for secret in CONTROLS)  # who pinned them was never asked


def test_every_kind_of_event_is_control_s_own_or_told_to_players() -> None:
    assert set(REGISTRY) == OF_CONTROL | TOLD
    assert not OF_CONTROL & TOLD
    for kind, blank in BLANK.items():
        assert set(blank) <= set(REGISTRY[kind][1].__struct_fields__), kind


def test_an_export_of_a_running_game_holds_no_seed(table: Table) -> None:
    for wanted in ("jsonl", "csv"):
        files = asked(table, DESK, format=wanted, consent=False)
        assert f'"{table.state().seed}"' not in text_of(files)
        assert not isinstance(files, Refused)
        assert json.loads(files["manifest.json"])["games"] == [table.game]


def test_an_anonymised_export_names_neither_people_nor_the_game(table: Table) -> None:
    handed = text_of(asked(table, DESK, format="jsonl", consent=False, anonymised=True))
    for joined in table.people.values():
        assert joined.person not in handed
    assert table.game not in handed
    assert "P dprk" not in handed
    assert "[person " in handed
    assert table.state().seed_hash not in handed
    assert '"room":"control:dprk"' in handed  # the first facilitator's id is the name of the office too
    assert str(table.now_ms)[:7] not in handed


def test_a_formula_somebody_typed_is_text_in_the_spreadsheet(table: Table) -> None:
    files = asked(table, DESK, format="csv")
    assert not isinstance(files, Refused)
    assert "\"'=HYPERLINK(" in files["tables/messages.csv"]
    assert "\n=" not in text_of(files)
    assert ",=" not in files["tables/messages.csv"]
    assert ',"=' not in files["tables/messages.csv"]


def test_a_choice_that_changes_makes_another_export(table: Table) -> None:
    before = jobs.job_ask(table.row(), kind="export", view=TRUTH, params={"format": "jsonl"}, reader=DESK, now_ms=NOW)
    again = jobs.job_ask(table.row(), kind="export", view=TRUTH, params={"format": "jsonl"}, reader=DESK, now_ms=NOW)
    assert not isinstance(before, Refused)
    assert again == (before[0], False)
    table.must("dprk", "consent.choose", choice="words")
    handed = text_of(asked(table, DESK, format="jsonl"))
    assert SECRET in handed
    told = jobs.job_ask(table.row(), kind="export", view=TRUTH, params={"format": "jsonl"}, reader=DESK, now_ms=NOW)
    assert not isinstance(told, Refused)
    table.must("dprk", "consent.choose", choice="nothing")
    kept = jobs.job_result(table.row(), told[0].id, reader=DESK)
    assert kept == Refused("job.stale")  # what was built while they allowed more is handed out no more
    handed = text_of(asked(table, DESK, format="jsonl"))
    assert SECRET not in handed
    assert table.people["dprk"].person not in handed
    assert "P dprk" not in handed.replace("P dprk seems sure", "")


@pytest.mark.parametrize("view", [TRUTH, "rok"])
def test_an_export_of_a_game_that_goes_on_can_be_saved_as_it_was(table: Table, view: str) -> None:
    told = jobs.job_ask(table.row(), kind="export", view=view, params={"format": "jsonl"}, reader=DESK, now_ms=NOW)
    assert not isinstance(told, Refused)
    jobs.job_run(told[0].id)
    table.must("rok", "message.post", message=f"on-{view}", room="press", text="One more word.")
    join(table.game, display="Late", role="player", now_ms=table.now_ms)
    assert jobs.job_get(table.row(), told[0].id, reader=DESK).stale  # type: ignore[union-attr]
    assert isinstance(jobs.job_result(table.row(), told[0].id, reader=DESK), Result)
    anew = jobs.job_ask(table.row(), kind="export", view=view, params={"format": "jsonl"}, reader=DESK, now_ms=NOW)
    assert not isinstance(anew, Refused)
    assert anew[0].id != told[0].id


def test_what_was_allowed_for_a_moment_while_it_was_built_is_not_handed_out_after(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = KINDS["export"]

    def wavering(work: Work, tell: Tell) -> Result:
        table.must("potus", "consent.choose", choice="words")
        built = whole.build(work, tell)
        table.must("potus", "consent.choose", choice="figures")
        return built

    table.must("potus", "consent.choose", choice="figures")
    monkeypatch.setitem(KINDS, "export", replace(whole, build=wavering))
    told = jobs.job_ask(table.row(), kind="export", view=TRUTH, params={"format": "csv"}, reader=DESK, now_ms=NOW)
    assert not isinstance(told, Refused)
    jobs.job_run(told[0].id)
    ended = jobs.job_get(table.row(), told[0].id, reader=DESK)
    assert not isinstance(ended, Refused)
    assert (ended.state, ended.message) == ("failed", jobs.CHANGED)
    assert jobs.job_result(table.row(), told[0].id, reader=DESK) == Refused("job.not_ready")
