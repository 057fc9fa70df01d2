"""What arrives: every view's feed whole, once and in order, whatever happens to doorbells and connections."""

import asyncio
import random

import pytest

from tests.support.games import Table, a_game
from tests.support.sockets import Reader, in_thread, live
from wargame.play.answers import Accepted
from wargame.realtime.hub import Hub
from wargame.store.feed import view_now

pytestmark = pytest.mark.django_db(transaction=True)


def heads(table: Table) -> dict[str, int]:
    import json

    found: dict[str, int] = json.loads(table.row().heads)
    return found


async def post(table: Table, who: str, text: str, room: str = "press") -> None:
    answer = await in_thread(lambda: table.say(who, "message.post", message="m", room=room, text=text))
    assert isinstance(answer, Accepted), answer


async def all_level(table: Table, readers: list[Reader]) -> None:
    reached = await in_thread(lambda: heads(table))
    for reader in readers:
        await reader.level(reached[reader.view])


async def held_equals_the_store(table: Table, reader: Reader) -> None:
    import json

    n, rows = await in_thread(lambda: view_now(table.game, view=reader.view))
    assert reader.n == n
    for row in rows:
        assert reader.held[row.kind, row.key] == json.loads(row.value), (row.kind, row.key)


def test_every_socket_gets_every_number_once_and_in_order() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        tokens = [table.control.token, *[p.token for p in table.people.values()]] * 3
        readers = [await Reader(table.game, token=token).open() for token in tokens]
        for reader in readers:
            await reader.until(lambda f: f["t"] == "snapshot" and not f["more"])
        for place in range(25):
            await post(table, ("potus", "dprk")[place % 2], f"Statement {place}.")
        await all_level(table, readers)
        for reader in readers:
            assert len(reader.numbers) >= 25
            await held_equals_the_store(table, reader)

    live(run)


def test_a_reader_that_comes_and_goes_misses_nothing_and_gets_nothing_twice() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        dice = random.Random(3)
        token = table.people["potus"].token
        seen: list[int] = []
        reader = await Reader(table.game, token=token).open()
        await reader.until(lambda f: f["t"] == "snapshot" and not f["more"])
        start = reader.n

        async def talk() -> None:
            for place in range(30):
                await post(table, "dprk", f"Statement {place}.")

        talking = asyncio.create_task(talk())
        while not talking.done():
            await asyncio.sleep(dice.random() * 0.05)
            await reader.close()
            seen += reader.numbers
            reader = await Reader(table.game, token=token).open(cursor=reader.n)
            await reader.until(lambda f: f["t"] == "welcome")
        await talking
        await all_level(table, [reader])
        seen += reader.numbers
        assert seen == list(range(start + 1, reader.n + 1))

    live(run)


def test_a_reader_that_stops_reading_disturbs_nobody_and_can_come_back() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        stuck = await Reader(table.game, token=table.people["potus"].token).open()
        well = await Reader(table.game, token=table.people["dprk"].token).open()
        for reader in (stuck, well):
            await reader.until(lambda f: f["t"] == "snapshot" and not f["more"])
        stuck.reading.clear()
        for place in range(30):
            await post(table, "dprk", f"Statement {place}. " + "x" * 300)
        await all_level(table, [well])
        assert await stuck.gone() == 1006, "its buffer was full: no goodbye could reach it and the line was cut"
        again = await Reader(table.game, token=table.people["potus"].token).open(cursor=stuck.n)
        await again.until(lambda f: f["t"] == "welcome")
        await all_level(table, [again])
        assert again.numbers == list(range(stuck.n + 1, again.n + 1))

    live(run, debt_frames=8, debt_bytes=16_000, queue_frames=6, queue_bytes=8_000, grace_s=1.0)


def test_a_reader_that_does_not_acknowledge_is_held_within_bounds_and_closed() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        silent = await Reader(table.game, token=table.people["potus"].token, ack=False).open()
        await silent.until(lambda f: f["t"] == "snapshot" and not f["more"])
        silent.say({"t": "ack", "n": silent.n})
        for place in range(40):
            await post(table, "dprk", f"Statement {place}.")
            for room in hub.rooms.values():
                for socket in room.sockets:
                    frames, size = socket.outbox.owed
                    assert frames <= 8 + 6
                    assert size <= 16_000 + 8_000
        assert await silent.gone() == 4408
        assert silent.frames[-1]["t"] == "bye"

    live(run, debt_frames=8, debt_bytes=16_000, queue_frames=6, queue_bytes=8_000, grace_s=1.0)


def test_a_reader_that_fell_behind_and_catches_up_reads_on_from_the_store() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        slow = await Reader(table.game, token=table.people["potus"].token, ack=False).open()
        await slow.until(lambda f: f["t"] == "snapshot" and not f["more"])
        start = slow.n
        slow.say({"t": "ack", "n": slow.n})
        for place in range(30):
            await post(table, "dprk", f"Statement {place}.")
        reached = (await in_thread(lambda: heads(table)))[slow.view]
        while slow.n < reached:
            slow.say({"t": "ack", "n": slow.n})
            await asyncio.sleep(0.02)
        assert slow.closed is None
        assert slow.numbers == list(range(start + 1, reached + 1))

    live(run, debt_frames=4, debt_bytes=16_000, queue_frames=3, queue_bytes=8_000, grace_s=5.0)


def test_a_cursor_far_behind_or_ahead_of_the_feed_gets_a_snapshot() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        token = table.people["potus"].token
        for place in range(8):
            await post(table, "dprk", f"Statement {place}.")
        for cursor in (1, 10**9):
            reader = await Reader(table.game, token=token).open(cursor=cursor)
            frame = await reader.until(lambda f: f["t"] in ("snapshot", "feed"))
            assert frame["t"] == "snapshot"
            await all_level(table, [reader])
            await held_equals_the_store(table, reader)

    live(run, snapshot_over=5)


def test_a_lost_doorbell_is_made_good_within_the_poll(settings: object) -> None:
    settings.CHANNEL_LAYERS = {  # type: ignore[attr-defined]
        "default": {**settings.CHANNEL_LAYERS["default"], "BACKEND": "tests.support.lossy.DeafLayer"}  # type: ignore[attr-defined]
    }
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        reader = await Reader(table.game, token=table.people["potus"].token).open()
        await reader.until(lambda f: f["t"] == "snapshot" and not f["more"])
        await post(table, "dprk", "Nobody rings.")
        await all_level(table, [reader])
        assert hub.counts["rings"] == 0
        assert hub.counts["repaired"] >= 1

    live(run, poll_s=0.2)
