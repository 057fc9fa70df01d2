"""Who is writing in a draft right now: told at once to those who see the draft, to nobody else, and never kept."""

import asyncio
from typing import Any

import pytest

from tests.support.games import Table, a_game
from tests.support.sockets import Reader, in_thread, live
from wargame.realtime import writing
from wargame.realtime.hub import Hub
from wargame.store.models import Event, Writing

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = ("potus", "state", "defense", "dprk", "rok")
PAD = "potus:o"
FAST = {"poll_s": 0.1, "frames_burst": 1000}


def a_shared_draft() -> Table:
    table = a_game(seats=SEATS, started=True)
    table.must("control", "phase.end", expect="brief")
    table.must("potus", "offer.draft", offer="o", parties=["potus", "dprk"], levels={"test": 1}, readers=["state"])
    table.must("potus", "pad.share", offer="o", editors=["state"])
    return table


async def opened(table: Table, who: str) -> Reader:
    token = table.control.token if who == "control" else table.people[who].token
    reader = await Reader(table.game, token=token).open()
    await reader.until(lambda f: f["t"] == "snapshot" and not f["more"])
    return reader


def who(frame: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(one["seat"], one["pad"], one["clause"]) for one in frame["who"]]


async def told(reader: Reader) -> list[tuple[str, str, str]]:
    return who(await reader.until(lambda f: f["t"] == "writing"))


def test_whoever_sees_the_draft_is_told_who_writes_in_which_clause_and_nobody_else() -> None:
    table = a_shared_draft()

    async def run(hub: Hub) -> None:
        readers = {seat: await opened(table, seat) for seat in (*SEATS, "control")}
        before = await in_thread(Event.objects.count)
        readers["state"].say({"t": "writing", "pad": PAD, "clause": "test"})
        for seat in ("potus", "state", "control"):
            assert await told(readers[seat]) == [("state", PAD, "test")]
        late = await opened(table, "potus")
        assert [who(frame) for frame in late.frames if frame["t"] == "writing"] == [[("state", PAD, "test")]]
        readers["state"].say({"t": "writing", "pad": ""})
        assert await told(readers["potus"]) == []
        for seat in ("defense", "dprk", "rok"):
            assert not [frame for frame in readers[seat].frames if frame["t"] == "writing"], seat
            assert not [text for text in readers[seat].raw if PAD in text], seat
        assert await in_thread(Event.objects.count) == before

    live(run, **FAST)


def test_those_who_may_not_write_there_are_passed_over_in_silence() -> None:
    table = a_shared_draft()

    async def run(hub: Hub) -> None:
        watcher = await opened(table, "potus")
        for seat in ("defense", "dprk", "rok"):
            reader = await opened(table, seat)
            for pad in (PAD, "potus:none"):
                reader.say({"t": "writing", "pad": pad, "clause": "test"})
            reader.say({"t": "ping"})
            await reader.until(lambda f: f["t"] == "head")
            assert {frame["t"] for frame in reader.frames} <= {"welcome", "snapshot", "feed", "head"}
        over = await Reader(table.game, token=table.control.token).open(as_view="seat:state")
        await over.until(lambda f: f["t"] == "snapshot" and not f["more"])
        over.say({"t": "writing", "pad": PAD, "clause": "test"})
        await asyncio.sleep(0.5)
        assert await in_thread(Writing.objects.count) == 0
        assert not [frame for frame in watcher.frames if frame["t"] == "writing"]

    live(run, **FAST)


def test_somebody_who_says_no_more_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LASTS_MS", 600)
    table = a_shared_draft()

    async def run(hub: Hub) -> None:
        reader, writer = await opened(table, "potus"), await opened(table, "state")
        writer.say({"t": "writing", "pad": PAD, "clause": "test"})
        assert await told(reader) == [("state", PAD, "test")]
        await writer.close()
        assert await told(reader) == []

    live(run, **FAST)


def test_a_draft_that_was_tabled_has_no_writers() -> None:
    table = a_shared_draft()

    async def run(hub: Hub) -> None:
        reader, writer = await opened(table, "potus"), await opened(table, "state")
        writer.say({"t": "writing", "pad": PAD, "clause": "test"})
        assert await told(reader) == [("state", PAD, "test")]
        await in_thread(lambda: table.must("control", "phase.end", expect="plan"))
        await in_thread(lambda: table.must("potus", "offer.table", offer="o"))
        assert await told(reader) == []

    live(run, **FAST)


def test_a_reader_of_another_side_is_not_told_of_writers_it_may_not_know() -> None:
    table = a_game(seats=SEATS, started=True)
    table.must("control", "phase.end", expect="brief")
    fields = {"offer": "o", "parties": ["potus", "dprk"], "levels": {"test": 1}, "readers": ["state", "rok"]}
    table.must("potus", "offer.draft", **fields)
    table.must("potus", "pad.share", offer="o", editors=["state"])

    async def run(hub: Hub) -> None:
        readers = {seat: await opened(table, seat) for seat in ("potus", "state", "rok")}
        readers["state"].say({"t": "writing", "pad": PAD, "clause": "test"})
        assert await told(readers["potus"]) == [("state", PAD, "test")]
        readers["potus"].say({"t": "writing", "pad": PAD, "clause": "sec"})
        assert await told(readers["rok"]) == [("potus", PAD, "sec")]
        assert not [text for text in readers["rok"].raw if '"t":"writing"' in text and "state" in text]

    live(run, **FAST)
