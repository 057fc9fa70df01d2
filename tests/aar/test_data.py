"""Exports: every row fits its schema, the same game gives the same bytes, and words leave as their authors allow."""

import io
import json
import re
import zipfile
from collections import Counter
from uuid import UUID

import msgspec
import pyarrow.parquet as pq
import pytest
from django.core.management import call_command

from tests.support.exported import PLAIN, golden_export, golden_filter, golden_rows, seat_source
from tests.support.golden_game import golden
from wargame.aar.chronicle import chronicle
from wargame.aar.data.columns import write_csv, write_parquet
from wargame.aar.data.export import SCHEMA, About, export, rows_of
from wargame.aar.data.names import Names
from wargame.aar.data.source import Source
from wargame.aar.data.tables import SEAT_TABLES, TABLES
from wargame.aar.data.terms import WITHHELD, Filter, Terms
from wargame.aar.data.wording import KNOWN, NAMES, SEALED, SIGNS, WORDS, text_fields
from wargame.game import events as ev
from wargame.game.events import Recorded
from wargame.game.evolve import fold
from wargame.store.disclosures import GONE

WORDY, FIGURES, LEFT = "p-rok", "p-potus", "p-dprk"
CHOICES = {WORDY: "words", FIGURES: "figures", LEFT: "nothing"}


def members(body: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(body))
    return {name: archive.read(name) for name in archive.namelist()}


def said_by(person: str) -> set[str]:
    """Return what a person wrote that nobody else did and the case does not say."""
    known = golden_filter(Terms())
    by: dict[str, set[str]] = {}
    for recorded in golden().log:
        if isinstance(recorded.payload, ev.MessagePosted | ev.LetterSent | ev.OfferParaphrased | ev.DebriefAnswered):
            by.setdefault(recorded.payload.text, set()).add(getattr(recorded.payload, "person", recorded.actor.person))
    return {text for text, people in by.items() if people == {person} and text not in known.of_the_case}


# --- schema ---------------------------------------------------------------------------------------
def test_every_row_fits_its_table_and_is_named_by_its_key() -> None:
    for name, table in TABLES.items():
        columns = {column.name for column in table.columns}
        assert len(columns) == len(table.columns), name
        assert set(table.key) <= columns, name
        rows = golden_rows()[name]
        assert {field for row in rows for field in row} <= columns, name
        keys = Counter(tuple(str(row.get(field)) for field in table.key) for row in rows)
        assert [key for key, times in keys.items() if times > 1] == [], name


def test_the_golden_game_has_something_in_nearly_every_table() -> None:
    empty = {name for name, rows in golden_rows().items() if not rows}
    assert empty <= {"cards", "facts"}


def test_parquet_keeps_types_units_and_words_and_reads_back_what_went_in() -> None:
    rows, table = golden_rows()["estimates"], TABLES["estimates"]
    read = pq.read_table(io.BytesIO(write_parquet(rows, table.columns)))
    assert [str(field.type) for field in read.schema][:4] == ["string", "int64", "int64", "int64"]
    value = read.schema.field("value")
    assert {value.metadata[b"unit"], value.metadata[b"description"]} == {
        b"the unit of the variable", b"The figure it read."
    }  # fmt: skip
    assert read.column("value").to_pylist() == [row["value"] for row in rows]
    assert read.column("seq").to_pylist() == [row["seq"] for row in rows]


def test_a_row_with_a_column_nobody_declared_is_refused() -> None:
    with pytest.raises(KeyError, match="stray"):
        write_parquet([{"game": "g", "stray": 1}], TABLES["games"].columns)


def test_csv_defuses_formulas_in_words_and_leaves_negative_numbers_alone() -> None:
    columns = TABLES["orders"].columns
    row = {
        "game": "g",
        "turn": 1,
        "rationale": '=HYPERLINK("http://x")',
        "expects": "-2+3",
        "goldstein": -10.0,
        "cost": -1,
    }
    line = write_csv([row], columns).decode("utf-8-sig").splitlines()[1]
    assert "\"'=HYPERLINK(" in line
    assert "'-2+3" in line
    assert ",-10.0," in line
    assert ",-1," in line


def test_the_codebook_in_the_docs_is_the_one_of_the_schema() -> None:
    call_command("data_reference", check=True, verbosity=0)


# --- the zip --------------------------------------------------------------------------------------
def test_an_export_is_the_same_bytes_each_time_and_says_what_is_in_it() -> None:
    body = golden_export("jsonl")
    seats = [seat.id for seat in golden().case.seats]
    assert export(dict(golden_rows()), About("jsonl", "truth", PLAIN), seats=seats) == body
    files = members(body)
    manifest = json.loads(files["manifest.json"])
    assert (manifest["schema"], manifest["format"], manifest["view"]) == (SCHEMA, "jsonl", "truth")
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    events = [json.loads(line) for line in files["events.jsonl"].splitlines()]
    assert [event["seq"] for event in events] == list(range(1, len(golden().log) + 1))
    assert len(events) == manifest["rows"]["events"]


def test_each_team_has_the_five_files_of_the_published_layout() -> None:
    files = members(golden_export("jsonl"))
    names = {"inject_states", "emails", "action_logs", "milestones", "questionnaire_states"}
    for seat in golden().case.seats:
        assert {f"teams/{seat.id}/{name}.jsonl" for name in names} <= set(files)
    sent = [json.loads(line) for line in files["teams/dprk/emails.jsonl"].splitlines()]
    assert sent
    assert all("dprk" in (one["seat"], *one["audience"]) for one in sent)


def test_statements_have_what_the_specification_asks_for_and_no_id_twice() -> None:
    made = json.loads(members(golden_export("xapi"))["statements.json"])
    assert len({UUID(one["id"]) for one in made}) == len(made) > 100
    for one in made:
        assert {"id", "actor", "verb", "object", "timestamp", "context"} <= set(one)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", one["timestamp"])
        assert set(one["actor"]) >= {"objectType", "account"}
        for iri in (one["verb"]["id"], one["object"]["id"], one["object"]["definition"]["type"]):
            assert re.fullmatch(r"https?://[A-Za-z0-9._~:/%-]+", iri)
    assert [one["timestamp"] for one in made] == sorted(one["timestamp"] for one in made)


# --- what may leave the house ---------------------------------------------------------------------
def test_every_field_that_can_hold_a_text_is_known_as_words_or_as_a_sign() -> None:
    assert text_fields() - KNOWN == set()
    assert KNOWN - text_fields() == set()
    kinds = (WORDS, NAMES, SEALED, SIGNS)
    assert sum(map(len, kinds)) == len(WORDS | NAMES | SEALED | SIGNS)


@pytest.fixture(scope="module")
def told() -> tuple[Recorded, ...]:
    """The golden game as it leaves the house when one person allows words, one figures, one nothing."""
    return golden_filter(Terms(), CHOICES).log(golden().log)


def test_words_leave_only_as_far_as_their_author_allows(told: tuple[Recorded, ...]) -> None:
    whole = "\n".join(msgspec.json.encode(one.payload).decode() for one in told)
    assert all(json.dumps(text, ensure_ascii=False)[1:-1] in whole for text in said_by(WORDY))
    for person in (FIGURES, LEFT, "p-state"):
        for text in said_by(person):
            assert json.dumps(text, ensure_ascii=False)[1:-1] not in whole, (person, text)
    assert said_by(WORDY)
    assert said_by(FIGURES)
    assert said_by(LEFT)
    assert WITHHELD in whole


def test_what_a_game_came_to_is_the_same_however_little_people_allow(told: tuple[Recorded, ...]) -> None:
    before, after = fold(golden().log), fold(told)
    assert (before.status, before.turn, before.world["values"]) == (after.status, after.turn, after.world["values"])
    figures = [one.payload for one in told if isinstance(one.payload, ev.TurnResolved)]
    assert [one.resolution.indices for one in figures] == [
        one.payload.resolution.indices for one in golden().log if isinstance(one.payload, ev.TurnResolved)
    ]


def test_whoever_allows_nothing_is_in_no_table_and_what_they_did_alone_is_in_none_either() -> None:
    through = golden_filter(Terms(), CHOICES)
    source = _source(through)
    tables = rows_of(source, "jsonl") | {name: list(TABLES[name].rows(source)) for name in ("people", "notes")}
    text = "\n".join(msgspec.json.encode(rows).decode() for name, rows in tables.items() if name != "events")
    assert LEFT not in text
    assert "Player dprk" not in text
    assert [row for row in tables["messages"] if row["seat"] == "dprk" and row["person"] == LEFT] == []
    assert [row for row in tables["messages"] if row["person"] == WORDY]
    kinds = {row["kind"] for row in tables["events"] if row["seat"] == "dprk" and row["actor"] == "person"}
    assert not any(kind.startswith(("message.", "room.", "item.", "debrief.")) for kind in kinds)
    assert "order.drafted" in kinds
    assert LEFT not in msgspec.json.encode(tables["events"]).decode()


def test_without_names_nobody_is_named_dated_or_linked(told: tuple[Recorded, ...]) -> None:
    through = golden_filter(Terms(consent=False, anonymised=True))
    events = through.log(golden().log)
    text = "\n".join(msgspec.json.encode(one).decode() for one in events)
    for one in golden().log:
        if isinstance(one.payload, ev.PersonJoined | ev.PersonRenamed):
            assert one.payload.person not in re.split(r"[^\w-]+", text), one.payload.person
        if isinstance(one.payload, ev.PersonJoined) and one.payload.display not in ("Control", "Observer"):
            assert one.payload.display not in text
    assert str(golden().log[0].at_ms)[:6] not in {str(one.at_ms)[:6] for one in events}
    assert not re.search(r"\b1[67]\d{11}\b", text)
    assert fold(events).world["values"] == fold(golden().log).world["values"]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("I think ANNA should sign", "I think [person 1] should sign"),
        ("Anna-Lena Groß, anna.gross@uni.example", "[person 1], [address]"),
        ("김민수가 왔다", "[person 2]가 왔다"),
        ("see https://people.example/anna?x=1 now", "see [address] now"),
        ("Annabel and State", "Annabel and State"),
        ("Lee said so", "[person] said so"),
        ("Jose\u0301 and JOS\u00c9", "[person 5] and [person 5]"),
        ("Jose said, jose_anna, @Jose\u0301_x", "[person 5] said, [person 5]_[person 1], @[person 5]_x"),
        ("GROSS, gro\u00df, gross", "[person 1], [person 1], [person 1]"),
        ("\u0130PEK and ipek and \u0130pek \u00dcnal", "[person 6] and [person 6] and [person 6]"),
        ("\uff2do\u0308ller", "[person 7]"),
        ("anna\u200b lena_GROSS", "[person 1]"),
        ("\ubbfc\uc218\ub2d8, \uae40 \ubbfc\uc218, \ubbfc\uc219", "[person 2]\ub2d8, [person 2], \ubbfc\uc219"),
        ("\u1100\u1175\u11b7\u1106\u1175\u11ab\u1109\u116e", "[person 2]"),
        ("Caf\u00e9 \u00bd \ub958\ubbfc Cafe\u0301", "Caf\u00e9 \u00bd \ub958\ubbfc Cafe\u0301"),
        ("\u5c71\u7530\u3055\u3093 \u592a\u90ce", "\u5c71\u7530\u3055\u3093 [person 8]"),
    ],
)
def test_names_go_out_of_words_in_whole_and_in_parts(words: str, left: str) -> None:
    people = {
        "p-1": ["Anna-Lena Groß"],
        "p-2": ["김민수"],
        "p-3": ["Kim Lee"],
        "p-4": ["Lee State"],
        "p-5": ["Jos\u00e9"],
        "p-6": ["\u0130pek \u00dcnal"],
        "p-7": ["M\u00f6ller"],
        "p-8": ["\u5c71\u7530\u592a\u90ce"],
    }
    assert Names(people, keep=["state"]).scrub(words) == left


# --- one seat's own -------------------------------------------------------------------------------
def test_the_export_of_a_seat_is_made_from_its_own_rows_and_holds_nothing_else() -> None:
    rows = rows_of(seat_source("dprk"))
    assert set(rows) == set(SEAT_TABLES)
    own = {row.key for row in golden().rows("dprk") if row.kind == "message" and row.value != GONE}
    assert {row["message"] for row in rows["messages"] if row["channel"] == "room"} <= own
    assert {row["seat"] for row in rows["estimates"]} == {"dprk"}
    assert {row["seat"] for row in rows["scores"]} == {"dprk"}
    assert all(row.get("truth") is None for row in rows["estimates"])
    whole = msgspec.json.encode(rows).decode()
    secret = {
        fact.text
        for recorded in golden().log
        if isinstance(fact := recorded.payload, ev.OfferParaphrased | ev.StatementMeant) and fact.seat != "dprk"
    }
    assert secret
    assert [text for text in secret if json.dumps(text)[1:-1] in whole] == []


def test_a_seat_is_handed_on_what_others_said_only_as_far_as_they_allow() -> None:
    through = golden_filter(Terms(), {WORDY: "words", LEFT: "nothing"})
    rows = rows_of(seat_source("rok", through))
    whole = msgspec.json.encode(rows).decode()
    for person in (FIGURES, LEFT):
        for text in said_by(person):
            assert json.dumps(text)[1:-1] not in whole, text
    assert "Player dprk" not in {row["name"] for row in rows["messages"]}
    assert "withheld" not in {row["name"] for row in rows["messages"]}
    assert any(row["text"] in said_by(WORDY) for row in rows["messages"])


def _source(through: Filter) -> Source:
    events = through.log(golden().log)
    log = chronicle(golden().case, events, head_hash="", engine_version="1")
    return Source("game-1", log, events, fold(events), through.left_out)
