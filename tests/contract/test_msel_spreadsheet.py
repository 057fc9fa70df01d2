"""The master list goes out as a spreadsheet and comes back without loss; what is wrong with a sheet is said by cell."""

import io
import zipfile
from collections.abc import Iterator

import msgspec
import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from tests.support.games import CASE, START_MS, Table, a_game
from wargame.control.msel_import import carry_out, plan_import
from wargame.control.msel_plan import Imported, Preview
from wargame.control.sheets import Format, read_table, write_csv, write_xlsx
from wargame.control.spreadsheet import entries_of, entry_words, export
from wargame.game.events import Actor
from wargame.play.people import Joined, join
from wargame.store.cases import case_now

pytestmark = pytest.mark.django_db(transaction=True)
CONTROL = Actor(kind="control", person="control", role="control")
PUBLISHED = ["Number", "Real Time", "Date", "Subject", "From", "Player", "Script", "Attachment", "Profile"]
LIST = [
    PUBLISHED,
    [
        "1",
        "09:10",
        "Monday 9th",
        "A leak",
        "The Evening Post",
        "all",
        "A draft is in the papers.",
        "leak.pdf",
        "press.png",
    ],
    ["2", "10:11", "Monday 9th", "A call", "An ally", "rok", "=SUM of all fears, said the caller", "", ""],
    ["3", "0:05", "Tuesday 10th", "After midnight", "Duty officer", "potus, dprk", "Two lines\nof text ", "", "x"],
]
HOUR = 3_600_000


def a_table() -> Table:
    case = case_now(CASE)
    assert case is not None
    return a_game(seats=("potus",), phase_ms={phase.id: HOUR for phase in case.phases})


def look(table: Table, rows: list[list[str]], *, kind: Format = "csv", start: str = "") -> Preview:
    return plan_import(table.row(), file_of(rows, kind), kind=kind, actor=CONTROL, start=start)[0]


def bring(table: Table, raw: bytes, *, kind: Format = "csv", start: str = "") -> Imported:
    return carry_out(table.row(), raw, kind=kind, actor=CONTROL, now_ms=START_MS, start=start)


def file_of(rows: list[list[str]], kind: Format) -> bytes:
    return write_csv(rows) if kind == "csv" else write_xlsx(rows, title="MSEL", widths=[10] * len(rows[0]))


def cells_of(raw: bytes, kind: Format) -> list[list[str]]:
    table = read_table(raw, kind=kind)
    assert not table.faults
    width = max(table.heading) + 1
    return [[row[place].text if place in row else "" for place in range(width)] for row in (table.heading, *table.rows)]


def faults(preview: Preview) -> dict[str, str]:
    assert preview.faults
    return {fault.cell: fault.message for fault in preview.faults}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_written_out_changes_nothing_when_it_is_read_in(kind: Format) -> None:
    table = a_table()
    before = entries_of(table.game)
    assert len(before) > 40
    raw = export(table.row(), kind=kind)
    imported = bring(table, raw, kind=kind)
    assert imported.preview.faults == ()
    assert {row.what for row in imported.preview.rows} == {"same"}
    assert len(imported.preview.rows) == len(before)
    assert entries_of(table.game) == before
    assert cells_of(export(table.row(), kind=kind), kind) == cells_of(raw, kind)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_published_list_comes_in_and_goes_out_cell_by_cell(kind: Format) -> None:
    table = a_table()
    imported = bring(table, file_of(LIST, kind), kind=kind)
    assert (imported.preview.faults, imported.refused) == ((), {})
    assert imported.written == ("n-1", "n-2", "n-3")
    out = cells_of(export(table.row(), kind=kind), kind)
    places = [[name.lower() for name in out[0]].index(name.lower()) for name in PUBLISHED]
    mine = [[row[place] for place in places] for row in out if row[places[0]] in ("1", "2", "3")]
    assert mine == LIST[1:]
    again = bring(table, export(table.row(), kind=kind), kind=kind)
    assert {row.what for row in again.preview.rows} == {"same"}


def test_the_clock_on_the_wall_is_laid_on_turns_and_phases_over_gaps_and_midnight() -> None:
    table = a_table()
    bring(table, file_of(LIST, "csv"), start="9:00")
    seen = entries_of(table.game)
    whens = [(seen[name].when.turn, seen[name].when.phase, seen[name].when.offset_ms) for name in ("n-1", "n-2", "n-3")]
    phases = [phase for phase in table.state().phases if not phase.adjudicate]
    assert [phase.length_ms for phase in phases] == [HOUR] * len(phases)
    turn, phase = divmod(15, len(phases))  # five past midnight is fifteen hours and five minutes after nine
    assert whens == [
        (1, phases[0].id, 600_000), (1, phases[1].id, 660_000), (turn + 1, phases[phase].id, 300_000),
    ]  # fmt: skip


def test_an_entry_that_was_moved_in_the_game_is_written_out_at_its_new_time() -> None:
    table = a_table()
    bring(table, file_of(LIST, "csv"))
    table.must("control", "inject.retime", msel="n-2", turn=3, phase="plan", offset_ms=60_000)
    rows = cells_of(export(table.row(), kind="csv"), "csv")
    row = dict(zip(rows[0], next(row for row in rows if row[0] == "2"), strict=True))
    assert row["when"] == "turn 3; phase plan; +0:01:00"
    assert row["real time"] != "10:11"


def test_only_rows_that_differ_are_written_and_each_change_is_told_before() -> None:
    table = a_table()
    rows = cells_of(export(table.row(), kind="csv"), "csv")
    place = rows[0].index("subject")
    rows[1][place] = "Another headline"
    preview = look(table, rows)
    changed = [row for row in preview.rows if row.what != "same"]
    assert [(row.row, row.what) for row in changed] == [(2, "changed")]
    assert [(one.column, one.after) for one in changed[0].changes] == [("subject", "Another headline")]
    imported = bring(table, file_of(rows, "csv"))
    assert imported.written == (changed[0].msel,)
    assert entries_of(table.game)[changed[0].msel].title == "Another headline"


def test_the_same_file_sent_twice_is_carried_out_once() -> None:
    table = a_table()
    bring(table, file_of(LIST, "csv"))
    head = table.row().head
    assert bring(table, file_of(LIST, "csv")).written == ()
    assert table.row().head == head


def test_an_entry_may_wait_for_another_by_its_number_wherever_that_stands() -> None:
    table = a_table()
    rows = [
        ["number", "subject", "player", "script", "when"],
        ["B", "Second", "all", "Then this.", "after A; +0:05:00"],
        ["A", "First", "all", "This first.", "turn 2; phase plan"],
        ["C", "Third", "all", "Nobody spoke.", "silence A; +0:20:00"],
    ]
    assert bring(table, file_of(rows, "csv")).written == ("n-A", "n-B", "n-C")
    seen = entries_of(table.game)
    assert (seen["n-B"].when.after, seen["n-B"].when.delay_ms) == ("n-A", 300_000)
    assert seen["n-C"].when.silence == "n-A"


# --- what is wrong ----------------------------------------------------------------------------------
def test_missing_columns_are_named_with_the_names_they_may_have() -> None:
    found = faults(look(a_table(), [["number", "headline"], ["1", "Something"]]))
    assert set(found) == {"A1"}
    both = [fault.message for fault in look(a_table(), [["number", "headline"], ["1", "x"]]).faults]
    assert any("'player'" in one and "recipient" in one for one in both)
    assert any("'script'" in one for one in both)
    near = faults(look(a_table(), [["number", "subject", "player", "Skript"], ["1", "S", "all", "W"]]))
    assert near["D1"].startswith("Is 'Skript' the column 'script'?")


def test_renamed_columns_are_known_and_foreign_ones_kept() -> None:
    table = a_table()
    rows = [["Inject #", "TITLE", "To", "Message", "Classification"], ["7", "A title", "all", "Words", "Secret"]]
    preview = look(table, rows)
    assert preview.faults == ()
    assert any("Classification" in note.message for note in preview.notes)
    bring(table, file_of(rows, "csv"))
    out = cells_of(export(table.row(), kind="csv"), "csv")
    assert "Secret" in next(row for row in out if row[0] == "7")
    assert out[0][-1] == "Classification"


def test_two_columns_or_two_rows_of_one_name_are_faults() -> None:
    head = ["number", "subject", "title", "player", "script"]
    assert "there twice" in faults(look(a_table(), [head, ["1", "a", "b", "all", "c"]]))["C1"]
    rows = [["number", "subject", "player", "script"], ["1", "a", "all", "c"], ["1", "b", "all", "d"]]
    assert "Two rows are entry" in faults(look(a_table(), rows))["A3"]


def test_merged_cells_and_formulas_are_named_by_their_cells() -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        [*PUBLISHED],
        ["1", "9:00", "", "=A1&B2", "x", "all", "Words"],
        ["2", "9:01", "", "s", "x", "all", "w"],
    ):
        sheet.append(row)
    sheet.merge_cells("E2:E3")
    out = io.BytesIO()
    book.save(out)
    found = faults(plan_import(a_table().row(), out.getvalue(), kind="xlsx", actor=CONTROL)[0])
    assert "formula" in found["D2"]
    assert "merged" in found["E2:E3"]


def test_a_sheet_of_ten_thousand_rows_is_refused_before_it_is_held() -> None:
    table = a_table()
    rows = [["number", "subject", "player", "script"], *([str(n), "a", "all", "b"] for n in range(10_000))]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    for raw, kind in ((write_csv(rows), "csv"), (out.getvalue(), "xlsx")):
        preview = plan_import(table.row(), raw, kind=kind, actor=CONTROL)[0]  # type: ignore[arg-type]
        assert any("2,000 rows" in fault.message for fault in preview.faults)
    assert any("holds 400" in fault.message for fault in look(table, rows[:700]).faults)


def test_a_border_a_merge_and_a_link_down_all_columns_cost_no_more_than_their_words() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["number", "subject", "player", "script"])
    sheet.append(["1", "A title", "all", "Words"])
    sheet["A1048576"].font = sheet["XFD1"].font = Font(bold=True)
    out = io.BytesIO()
    book.save(out)
    wide = "A3:XFD1048576"
    raw = with_sheet(out.getvalue(), f'<mergeCells count="1"><mergeCell ref="{wide}"/></mergeCells>')
    table = read_table(raw, kind="xlsx")
    assert [fault.cell for fault in table.faults] == [wide]
    assert [cell.text for cell in table.rows[0].values()] == ["1", "A title", "all", "Words"]
    linked = with_sheet(out.getvalue(), f'<hyperlinks><hyperlink ref="{wide}" location="A1"/></hyperlinks>')
    assert read_table(linked, kind="xlsx").faults == ()


def test_a_damaged_file_is_refused_in_words_wherever_the_damage_is() -> None:
    whole = file_of([["number", "subject", "player", "script"], ["1", "A title", "all", "Words"]], "xlsx")
    said = "cannot be read as xlsx"
    for place in range(40, len(whole), 97):
        bad = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        assert all(said in one.message for one in read_table(bad, kind="xlsx").faults if not one.cell)
    assert said in read_table(with_sheet(whole, "<open>"), kind="xlsx").faults[0].message


def with_sheet(raw: bytes, more: str) -> bytes:
    """Return the file with more at the end of its sheet's cells, as no common program writes it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/"):
                text = text.replace(b"</sheetData>", b"</sheetData>" + more.encode())
            new.writestr(name, text)
    return out.getvalue()


def bad_cells() -> Iterator[tuple[str, str, str]]:
    yield "player", "the moon", "Nobody here is called"
    yield "when", "some day", "sets nothing off"
    yield "when", "turn 99", "turn 99"
    yield "when", "if {ge: [no_such_thing, 1]}", "no_such_thing"
    yield "when", "after nothing-like-it", "nothing-like-it"
    yield "real time", "around nine", "no time of day"
    yield "chance", "often", "no chance"
    yield "chance", "140 %", "between 0 and 1"
    yield "channel", "pigeon", "none of"
    yield "seen on", "{kind: fly}", "no action"
    yield "variants", "@ nobody\nwords", "Nobody here"
    yield "effects", "[{boom: 1}]", "boom"
    yield "script", "x" * 4001, "length"
    yield "script", "", "length"


def test_a_bad_cell_is_named_and_nothing_is_written() -> None:
    table = a_table()
    head = table.row().head
    for column, text, said in bad_cells():
        row = {"number": "1", "subject": "S", "player": "all", "script": "W", column: text}
        rows = [list(row), list(row.values()), ["2", "S", "all", "W"] + [""] * (len(row) - 4)]
        imported = bring(table, file_of(rows, "csv"))
        assert [said in fault.message for fault in imported.preview.faults] == [True], imported.preview.faults
        assert imported.preview.faults[0].cell.endswith("2")
        assert (imported.written, table.row().head) == ((), head)


def test_files_that_are_no_sheets_are_refused_in_words() -> None:
    table = a_table()
    for raw, kind in (
        (b"", "csv"), (b"PK\x03\x04 nothing", "xlsx"), (b"\xff\xfe\x00a", "csv"), (b"a,b\n", "xlsx"), (b"\n\n", "csv"),
        (write_xlsx([["a"]], title="x", widths=[1]), "csv"), (b"\x00\x01", "csv"),
    ):  # fmt: skip
        preview = plan_import(table.row(), raw, kind=kind, actor=CONTROL)[0]  # type: ignore[arg-type]
        assert len(preview.faults) == 1
        assert preview.faults[0].message[-1] in ".?"


def test_what_went_out_is_not_changed_by_a_sheet() -> None:
    table = a_game(seats=("potus",), started=True)
    rows = cells_of(export(table.row(), kind="csv"), "csv")
    sent = next(seen for seen in entries_of(table.game).values() if seen.state == "sent")
    row = next(row for row in rows if row[rows[0].index("id")] == sent.id)
    row[rows[0].index("subject")] = "Never mind"
    imported = bring(table, file_of(rows, "csv"))
    assert imported.written == ()
    assert any("was sent already" in note.message for note in imported.preview.notes)
    assert entries_of(table.game)[sent.id].title == sent.title


def test_a_list_that_changed_since_the_plan_was_looked_at_is_left_alone() -> None:
    table = a_table()
    rows = cells_of(export(table.row(), kind="csv"), "csv")
    msel = rows[1][rows[0].index("id")]
    rows[1][rows[0].index("subject")] = "From the sheet"
    raw = file_of(rows, "csv")
    seen = look(table, rows).stamp
    assert look(table, rows).stamp == seen
    entry = msgspec.to_builtins(entry_words(entries_of(table.game)[msel]))
    table.must("control", "inject.write", msel=msel, version=1, entry={**entry, "title": "By hand"})
    late = carry_out(table.row(), raw, kind="csv", actor=CONTROL, now_ms=START_MS, seen=seen)
    assert (late.moved_on, late.written) == (True, ())
    assert entries_of(table.game)[msel].title == "By hand"
    assert [one.before for one in late.preview.rows[0].changes] == ["By hand"]
    again = carry_out(table.row(), raw, kind="csv", actor=CONTROL, now_ms=START_MS, seen=late.preview.stamp)
    assert again.written == (msel,)


def test_the_file_is_controls_alone_and_writing_takes_the_right_to_inject() -> None:
    table = a_table()
    path = f"/api/games/{table.game}/msel.csv"
    asked = {"Authorization": f"Bearer {table.people['potus'].token}"}
    for answer in (
        Client().get(path, headers=asked),
        Client().post(path, data=b"a", content_type="text/csv", headers=asked),
        Client().get(path),
    ):
        assert answer.status_code in (401, 403)
        assert b"I01" not in answer.content
    mine = {"Authorization": f"Bearer {table.control.token}"}
    assert Client().get(path, headers=mine)["Content-Disposition"].endswith('.csv"')
    raw = file_of(LIST, "csv")
    plan = Client().post(path, data=raw, content_type="text/csv", headers=mine).json()
    assert [row["what"] for row in plan["rows"]] == ["new"] * 3
    assert "n-1" not in entries_of(table.game)
    applied = f"{path}?apply=1&seen={plan['stamp']}"
    done = Client().post(applied, data=raw, content_type="text/csv", headers=mine).json()
    assert done["written"] == ["n-1", "n-2", "n-3"]
    clock = join(table.game, display="Clock keeper", role="control", now_ms=START_MS)
    assert isinstance(clock, Joined)
    table.must("control", "rights.set", person=clock.person, rights=["clock"])
    theirs = {"Authorization": f"Bearer {clock.token}"}
    raw = file_of([LIST[0], ["9", *LIST[1][1:]]], "csv")
    plan = Client().post(path, data=raw, content_type="text/csv", headers=theirs).json()
    assert "right" in plan["faults"][0]["message"]


def test_nothing_written_is_a_formula() -> None:
    table = a_table()
    bring(table, file_of(LIST, "csv"))
    assert b"'=SUM of all fears" in export(table.row(), kind="csv")
    book = load_workbook(io.BytesIO(export(table.row(), kind="xlsx")))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
