"""Who may look, what is refused and how: each bad frame has a code and no effect, and the socket stays."""

import asyncio
import json
from typing import Any

import pytest

from tests.support.games import Table, a_game, fresh_id
from tests.support.sockets import HOST, Reader, in_thread, live
from wargame.play.answers import Refused
from wargame.play.people import join
from wargame.realtime.hub import Hub
from wargame.store.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
DEAF = "tests.support.lossy.DeafLayer"


async def opened(table: Table, who: str) -> Reader:
    token = table.control.token if who == "control" else table.people[who].token
    reader = await Reader(table.game, token=token).open()
    await reader.until(lambda f: f["t"] == "snapshot" and not f["more"])
    return reader


BROKEN = [
    ("not json", "frame.malformed", {"where": "$", "expected": "JSON"}),
    ('{"t":"command","id":"abcdefgh"', "frame.malformed", None),
    ("[" * 5000, "frame.malformed", None),
    ('{"t":"shout"}', "frame.unknown", None),
    ('{"no":"tag"}', "frame.malformed", None),
    ('{"t":"ack","n":-1}', "frame.malformed", {"where": "$.n"}),
    ('{"t":"ack","n":1,"extra":1}', "frame.malformed", None),
    ('{"t":"command","id":"x","name":"seat.ready","args":{}}', "frame.malformed", {"where": "$.id"}),
    ('{"t":"hello","cursor":0}', "frame.order", None),
    ('{"t":"command","id":"unknown-1","name":"world.end","args":{}}', "command.unknown", {"name": "world.end"}),
    (
        '{"t":"command","id":"server-only-1","name":"timer.fire","args":{"key":"phase","generation":1}}',
        "command.unknown", None,
    ),
    (
        '{"t":"command","id":"bad-args-1","name":"seat.ready","args":{"ready":"yes"}}',
        "command.malformed", {"at": "$.ready"},
    ),
    ('{"t":"command","id":"bad-args-2","name":"seat.ready","args":{}}', "command.malformed", None),
    ('{"t":"command","id":"bad-args-3","name":"seat.ready","args":[]}', "command.malformed", None),
    (
        '{"t":"command","id":"bad-args-4","name":"seat.ready","args":{"ready":true,"as":"dprk"}}',
        "command.malformed", None,
    ),
    (
        json.dumps({"t": "command", "id": "too-long-1", "name": "message.post",
                    "args": {"message": "m", "room": "press", "text": "x" * 4001}}),
        "command.malformed", {"at": "$.text"},
    ),
    (
        json.dumps({"t": "command", "id": "oversize-1", "name": "message.post",
                    "args": {"message": "m", "room": "press", "text": "x" * 70_000}}),
        "frame.oversize", None,
    ),
    (
        '{"t":"command","id":"no-room-1","name":"message.post","args":{"message":"m","room":"control:dprk","text":"hi"}}',
        "room.unknown", {},
    ),
]  # fmt: skip


def test_every_broken_frame_is_refused_with_a_code_and_changes_nothing() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        reader = await opened(table, "potus")
        head = (await in_thread(table.row)).head
        for text, code, params in BROKEN:
            reader.say(text)
            frame = await reader.until(lambda f: f["t"] == "reject")
            assert code is None or frame["code"] == code, (text[:60], frame)
            for name, value in (params or {}).items():
                assert frame["params"][name] == value, (text[:60], frame)
            if "oversize-1" in text:
                assert frame["id"] == "oversize-1", "its sender has to know which command it was"
        reader.say_bytes(b"\x00\x01")
        assert (await reader.until(lambda f: f["t"] == "reject"))["code"] == "frame.binary"
        assert (await in_thread(table.row)).head == head
        reader.say({"t": "ping"})
        await reader.until(lambda f: f["t"] == "head")
        assert reader.closed is None

    live(run, frames_burst=1000)


def test_a_command_is_acknowledged_and_a_retry_over_a_new_socket_gets_the_same_answer() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        first = await opened(table, "potus")
        args = {"message": "m", "room": "press", "text": "Once."}
        answer = await first.command("message.post", "retry-me-1", **args)
        assert answer["t"] == "ack"
        await first.level(answer["n"])
        await first.close()
        second = await opened(table, "potus")
        assert await second.command("message.post", "retry-me-1", **args) == answer
        posted = await in_thread(lambda: Event.objects.filter(game_id=table.game, kind="message.posted").count())
        assert posted == 1

    live(run)


def test_a_stranger_and_a_wrong_token_are_told_so_and_closed() -> None:
    table = a_game(seats=("potus",))
    other = a_game(seats=("potus",))

    async def run(hub: Hub) -> None:
        for token in (None, "wrong", other.people["potus"].token):
            reader = await Reader(table.game, token=token).open()
            assert await reader.gone() == 4401
            assert reader.frames[-1] == {"t": "bye", "code": 4401, "reason": "access.unknown"}
        missing = await Reader("g0000", token=table.people["potus"].token).open()
        assert await missing.gone() == 4401, "a game that is not there looks like one that is closed to you"

    live(run)


def test_a_cookie_counts_on_a_page_of_our_own_only() -> None:
    table = a_game(seats=("potus",))

    async def run(hub: Hub) -> None:
        cookie = {"cookie": f"t1_{table.game}={table.people['potus'].token}"}
        for origin in ({}, {"origin": "https://elsewhere.test"}, {"origin": "null"}):
            foreign = await Reader(table.game, headers={**cookie, **origin}).open()
            assert await foreign.gone() == 4403
            assert foreign.frames[-1]["reason"] == "access.origin"
        own = await Reader(table.game, headers={**cookie, "origin": f"http://{HOST}"}).open()
        welcome = await own.until(lambda f: f["t"] == "welcome")
        assert welcome["seat"] == "potus"

    live(run)


def test_a_removed_person_is_closed_at_once_and_cannot_come_back() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        gone, stays = await opened(table, "potus"), await opened(table, "dprk")
        person = table.people["potus"].person
        await in_thread(lambda: table.must("control", "person.remove", person=person, reason="Left the room"))
        assert await gone.gone() == 4403
        assert gone.frames[-1] == {"t": "bye", "code": 4403, "reason": "access.removed"}
        again = await Reader(table.game, token=table.people["potus"].token).open()
        assert await again.gone() == 4403
        assert await in_thread(lambda: table.say("potus", "seat.ready", ready=True)) == Refused("access.removed")
        assert stays.closed is None

    live(run)


def test_taking_a_seat_changes_what_an_open_socket_sees() -> None:
    table = a_game(seats=("potus",))

    async def run(hub: Hub) -> None:
        joined = await in_thread(lambda: join(table.game, display="New", role="player", now_ms=table.now_ms))
        assert not isinstance(joined, Refused)
        reader = await Reader(table.game, token=joined.token).open()
        assert (await reader.until(lambda f: f["t"] == "welcome"))["view"] == "public"
        await reader.until(lambda f: f["t"] == "snapshot" and not f["more"])
        assert ("brief", "dprk") not in reader.held
        answer = await reader.command("seat.take", fresh_id(), seat="dprk")
        assert answer["t"] == "ack"
        welcome = next((f for f in reader.frames if f["t"] == "welcome" and f["seat"] == "dprk"), None)
        welcome = welcome or await reader.until(lambda f: f["t"] == "welcome")
        assert (welcome["view"], welcome["seat"]) == ("seat:dprk", "dprk")
        await reader.level(welcome["head"])
        assert ("brief", "dprk") in reader.held

    live(run)


def test_control_may_look_through_a_seat_but_not_act_there() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        through = await Reader(table.game, token=table.control.token).open(as_view="seat:dprk")
        welcome = await through.until(lambda f: f["t"] == "welcome")
        assert (welcome["view"], welcome["read_only"]) == ("seat:dprk", True)
        answer = await through.command("game.pause", fresh_id())
        assert (answer["t"], answer["code"]) == ("reject", "access.read_only")
        nowhere = await Reader(table.game, token=table.control.token).open(as_view="seat:nobody")
        assert await nowhere.gone() == 4404
        player = await Reader(table.game, token=table.people["potus"].token).open(as_view="seat:dprk")
        assert await player.gone() == 4403

    live(run)


def test_a_command_dressed_up_as_an_acknowledgement_costs_what_a_command_costs() -> None:
    table = a_game(seats=("potus",))

    async def run(hub: Hub) -> None:
        reader = await opened(table, "potus")
        dressed = '{"name":"ack","t":"command","id":"dressed-%04d","args":{"seat":"moon"},"name":"seat.take"}'
        for number in range(60):
            reader.say(dressed % number)
        refused = await reader.until(lambda f: f["t"] == "reject" and f["code"] == "frame.too_many")
        assert refused["params"]["wait_ms"] > 0

    live(run, frames_burst=20.0, frames_per_s=0.1)


@pytest.mark.parametrize("how", ["removed", "moved"])
def test_who_leaves_a_seat_hears_nothing_of_it_that_came_after(how: str, settings: Any) -> None:
    """Leaving and the secret are found in the same round: no doorbell rings, the hub sees both by looking."""
    settings.CHANNEL_LAYERS = {"default": {**settings.CHANNEL_LAYERS["default"], "BACKEND": DEAF}}
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run(hub: Hub) -> None:
        leaver = await opened(table, "potus")
        stays = await Reader(table.game, token=table.control.token).open(as_view="seat:potus")
        await stays.until(lambda f: f["t"] == "snapshot" and not f["more"])
        person = table.people["potus"].person

        def leave_and_tell() -> None:
            if how == "removed":
                table.must("control", "person.remove", person=person, reason="Left the room")
            else:
                table.must("control", "seat.assign", person=person, seat="dprk")
            table.must("control", "inject.send", inject="late", to=["potus"], title="CANARY", text="After you left.")

        await in_thread(leave_and_tell)
        await stays.until(lambda f: "CANARY" in str(f), within_s=20)
        if how == "removed":
            assert await leaver.gone() == 4403
        else:
            await leaver.until(lambda f: f["t"] == "welcome" and f["view"] == "seat:dprk")
            await leaver.until(lambda f: f["t"] == "snapshot" and not f["more"])
        assert not any("CANARY" in text for text in leaver.raw)

    live(run, poll_s=0.5)


def test_too_many_frames_are_refused_and_then_the_socket_is_closed() -> None:
    table = a_game(seats=("potus",))

    async def run(hub: Hub) -> None:
        reader = await opened(table, "potus")
        for _ in range(60):
            reader.say({"t": "ping"})
        assert (await reader.until(lambda f: f["t"] == "reject"))["code"] == "frame.too_many"
        assert await reader.gone() == 4429

    live(run, frames_burst=20.0, frames_per_s=1.0, frames_overdraft=20.0)


def test_who_is_on_is_told_by_heartbeats() -> None:
    table = a_game(seats=("potus", "dprk"))

    async def run(hub: Hub) -> None:
        reader = await opened(table, "potus")
        person = table.people["potus"].person

        def on(frame: dict[str, object]) -> set[str]:
            return {p["person"] for p in frame["presence"] if p["on"]}  # type: ignore[attr-defined]

        async with asyncio.timeout(10):
            while True:
                reader.say({"t": "ping"})
                frame = await reader.until(lambda f: f["t"] == "head")
                if person in on(frame):
                    break
                await asyncio.sleep(0.1)
        assert table.people["dprk"].person not in on(frame)

    live(run, presence_s=0.1, head_s=0.2, frames_burst=1000)


def test_a_claim_fires_a_deadline_that_has_passed_and_nothing_else() -> None:
    from wargame.clock import utc_ms

    table = a_game(seats=("potus", "dprk"), phase_ms={"brief": 5_000})

    async def run(hub: Hub) -> None:
        table.now_ms = utc_ms() - 4_000
        await in_thread(lambda: table.must("control", "game.start", force=True))
        reader = await opened(table, "potus")
        phase = reader.held["game", "game"]["phase"]
        reader.say({"t": "claim"})
        reader.say({"t": "ping"})
        await reader.until(lambda f: f["t"] == "head")
        assert reader.held["game", "game"]["phase"] == phase
        entered = Event.objects.filter(game_id=table.game, kind="phase.entered")
        before = await in_thread(entered.count)
        async with asyncio.timeout(10):
            while await in_thread(entered.count) == before:  # the log, since the doorbell may be lost here
                reader.say({"t": "claim"})
                await asyncio.sleep(0.1)

    live(run, frames_burst=1000, poll_s=60.0)
