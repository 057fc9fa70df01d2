"""Exports of odd games: hostile texts, rewound twice. Every file reads, and none does harm."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.support.odd_games import ARABIC, EMOJI, KOREAN, SCRIPT, odd_store
from wargame.aar.data.export import About, export, rows_of
from wargame.aar.data.load import seat_source_of, source_of
from wargame.aar.data.terms import Terms
from wargame.store.models import Game

ODD = ("hostile", "rewound_twice")
pytestmark = pytest.mark.one_store
PLAIN = Terms(consent=False)


@pytest.fixture(scope="module")
def odd(django_db_blocker: Any) -> Iterator[dict[str, Game]]:
    with django_db_blocker.unblock(), odd_store(*ODD) as games:
        yield {name: Game.objects.get(pk=game) for name, game in games.items()}


def members(body: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(body))
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ODD)
def test_every_table_of_an_odd_game_reads_and_no_cell_is_a_formula(odd: dict[str, Game], name: str) -> None:
    rows = rows_of(source_of(odd[name], terms=PLAIN))
    files = members(export(rows, About("csv", "truth", PLAIN), seats=()))
    csv.field_size_limit(10**8)
    for path, body in files.items():
        if path.endswith(".csv"):
            read = list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))
            assert {len(row) for row in read} == {len(read[0])}, path
            assert [cell for row in read for cell in row if cell.startswith(("=", "@", "\t", "\r"))] == [], path
            assert len(read) - 1 == len(rows[path.removeprefix("tables/").removesuffix(".csv")])
    for path, body in members(export(rows, About("parquet", "truth", PLAIN), seats=())).items():
        if path.endswith(".parquet"):
            assert pq.read_table(io.BytesIO(body)).num_rows == len(rows[path.split("/")[1].removesuffix(".parquet")])


def test_hostile_words_come_out_as_they_were_typed(odd: dict[str, Game]) -> None:
    rows = rows_of(source_of(odd["hostile"], terms=PLAIN), "jsonl")
    seats = sorted({str(row["seat"]) for row in rows["messages"]})
    files = members(export(rows, About("jsonl", "truth", PLAIN), seats=seats))
    read = "\n".join(json.loads(line)["payload"].get("text", "") for line in files["events.jsonl"].splitlines())
    assert all(words in read for words in (SCRIPT, KOREAN, ARABIC, EMOJI))


def test_what_a_rewind_took_back_is_in_the_events_alone(odd: dict[str, Game]) -> None:
    rows = rows_of(source_of(odd["rewound_twice"], terms=PLAIN), "jsonl")
    gone = {row["seq"] for row in rows["events"] if not row["stands"]}
    assert gone
    assert {row["turn"] for row in rows["events"] if row["seq"] in gone} == {None}
    for name in ("messages", "journals", "offers", "acts", "sheets"):
        assert gone.isdisjoint(row["seq"] for row in rows[name]), name


@pytest.mark.parametrize("name", ODD)
def test_filtered_and_by_seat_an_odd_game_comes_out_too(odd: dict[str, Game], name: str) -> None:
    terms = Terms(consent=True, anonymised=True)
    whole = members(export(rows_of(source_of(odd[name], terms=terms), "xapi"), About("xapi", "truth", terms), seats=()))
    assert isinstance(json.loads(whole["statements.json"]), list)
    mine = rows_of(seat_source_of(odd[name], "dprk", terms=terms))
    assert [row["n"] for row in mine["feed"]] == sorted(row["n"] for row in mine["feed"])
    assert odd[name].title not in json.dumps(mine, default=str)
