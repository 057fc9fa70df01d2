"""The same socket on real servers: Daphne and uvicorn, as the commands of the documentation start them."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets
from django.db import connection

from tests.support.games import Table, a_game
from tests.support.sockets import check_frame, in_thread

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[2]
APP = "wargame.server.asgi:application"
SERVERS = {
    "daphne": ["-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", "PORT", APP],
    "uvicorn": ["-m", "uvicorn", "--host", "127.0.0.1", "--port", "PORT", "--ws", "websockets-sansio",
                "--ws-per-message-deflate", "false", "--log-level", "warning", APP],
}  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(params=sorted(SERVERS))
def server(request: pytest.FixtureRequest, doorbell: str) -> Iterator[str]:
    """Run a web process over the test database; yield the address of its sockets."""
    port = free_port()
    environ = {
        **os.environ, "TRACKONE_TEST_SERVER_DB": str(connection.settings_dict["NAME"]),
        "TRACKONE_TEST_DOORBELL": doorbell,
        "DJANGO_SETTINGS_MODULE": "tests.support.server_settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [sys.executable, *[part.replace("PORT", str(port)) for part in SERVERS[request.param]]]
    process = subprocess.Popen(command, env=environ, cwd=ROOT, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                assert process.poll() is None, process.stderr and process.stderr.read().decode()
                assert time.monotonic() < until, "the server did not come up"
                time.sleep(0.1)
        yield f"ws://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


async def frame(ws: websockets.ClientConnection, *kinds: str) -> dict[str, object]:
    async with asyncio.timeout(10):
        while True:
            got = json.loads(await ws.recv())
            check_frame(got)
            if got["t"] in kinds:
                return dict(got)


async def opened(address: str, table: Table, seat: str) -> websockets.ClientConnection:
    ws = await websockets.connect(f"{address}/ws/game/{table.game}", compression=None, max_size=None)
    await ws.send(json.dumps({"t": "hello", "token": table.people[seat].token}))
    await frame(ws, "welcome")
    while (await frame(ws, "snapshot"))["more"]:
        pass
    return ws


def test_commands_broken_frames_and_feeds_work_over_the_wire(server: str) -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run() -> None:
        one, other = await opened(server, table, "potus"), await opened(server, table, "dprk")
        await one.send("not json")
        assert (await frame(one, "reject"))["code"] == "frame.malformed"
        said = {"message": "m", "room": "press", "text": "Over a real wire — with “quotes”."}
        await one.send(json.dumps({"t": "command", "id": "wire-test-1", "name": "message.post", "args": said}))
        assert (await frame(one, "ack", "reject"))["t"] == "ack"
        for ws in (one, other):
            if ws is other:
                items = (await frame(ws, "feed"))["items"]
                assert any(item["v"].get("text") == said["text"] for item in items)  # type: ignore[attr-defined]
            await ws.close()
        stranger = await websockets.connect(f"{server}/ws/game/{table.game}")
        await stranger.send('{"t":"hello","token":"nobody"}')
        assert (await frame(stranger, "bye"))["code"] == 4401
        with pytest.raises(websockets.ConnectionClosed):
            await stranger.recv()
        assert stranger.close_code == 4401

    asyncio.run(run())


def test_a_client_that_stops_reading_is_cut_and_the_server_goes_on(server: str) -> None:
    table = a_game(seats=("potus", "dprk"), started=True)

    async def run() -> None:
        address = server.removeprefix("ws://").split(":")
        reader, writer = await asyncio.open_connection(address[0], int(address[1]), limit=1024)
        key = "dGhlIHNhbXBsZSBub25jZQ=="
        writer.write(
            (f"GET /ws/game/{table.game} HTTP/1.1\r\nHost: {':'.join(address)}\r\nUpgrade: websocket\r\n"
             f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode()
        )  # fmt: skip
        hello = json.dumps({"t": "hello", "token": table.people["potus"].token}).encode()
        await reader.readuntil(b"\r\n\r\n")
        masked = bytes(byte ^ (0, 0, 0, 0)[place % 4] for place, byte in enumerate(hello))
        length = (
            bytes([0x81, 0x80 | len(hello)])
            if len(hello) < 126
            else bytes([0x81, 0xFE]) + len(hello).to_bytes(2, "big")
        )
        writer.write(length + b"\x00\x00\x00\x00" + masked)
        await writer.drain()
        await asyncio.sleep(0.3)

        def flood() -> None:
            for place in range(60):
                table.must("dprk", "message.post", message="m", room="press", text=f"{place} " + "x" * 3900)

        await in_thread(flood)
        well = await opened(server, table, "dprk")
        await well.send('{"t":"ping"}')
        await frame(well, "head")
        async with asyncio.timeout(20):  # the bounds of the test settings: cut after 1 s of not acknowledging
            with pytest.raises((ConnectionError, EOFError)):  # noqa: PT012 - whichever way the line ends
                while True:
                    await asyncio.sleep(0.5)
                    if not await reader.read(65536):
                        raise EOFError
        await well.close()

    asyncio.run(run())
