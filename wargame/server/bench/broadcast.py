"""Broadcast: one press statement through our whole path to N sockets, against the bare server on the same transport.

Fan-out alone: a row that is there, doorbell, hub, one read a view, outbox, N sockets. Ours whole: before that, frame
in, handle, one durable transaction and disclosure for each.
"""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from msgspec import Struct
from websockets.asyncio.client import connect

from wargame.server.bench.crowd import Crowd, Heard
from wargame.server.bench.fanout import wire_into
from wargame.server.supervisor import Server, web_command
from wargame.store.cases import DEFAULT_CASE

Answers = defaultdict[str, asyncio.Future[float]]
"""Command id -> the moment of its answer."""
ROOT = Path(__file__).resolve().parents[3]
SINGLES, LOADED = 30, 24
READY_S = 60.0


class Broadcast(Struct, frozen=True):
    """One size of crowd: the bare server, our fan-out alone, our whole path, and their ratios to the bare server.

    `loaded`: deliveries a second with several events outstanding; `single`: one at a time, bare over ours.
    """

    sockets: int
    bare: Heard
    fanout: Heard
    ours: Heard
    fanout_loaded: float
    fanout_single: float
    ratio_loaded: float
    ratio_single: float


def broadcast(sizes: tuple[int, ...], *, server: Server) -> list[Broadcast]:
    """Measure every size on the bare server and on a whole installation, in one run."""
    with bare_server(server) as bare, whole_installation(server) as (url, staff, data):
        room = _Stage(url, staff, data)
        return [asyncio.run(_one(size, bare, room)) for size in sizes]


async def _one(size: int, bare: str, stage: "_Stage") -> Broadcast:
    async with Crowd(f"{bare}/ws", size=size, hello=None) as crowd, connect(f"{bare}/ws", compression=None) as speaker:
        drain = asyncio.create_task(_drain(speaker, defaultdict(asyncio.get_running_loop().create_future)))

        async def say(mark: str) -> None:
            await speaker.send(json.dumps({"text": mark, "padding": "x" * 400}))

        plain = await crowd.measure(say, singles=SINGLES, loaded=LOADED, tag=f"b{size}")
        drain.cancel()
    address = f"{stage.url.replace('http', 'ws', 1)}/ws/game/{stage.game}"
    hello = json.dumps({"t": "hello", "cursor": 0, "token": stage.listener})
    async with Crowd(address, size=size, hello=hello) as crowd:
        with wire_into(stage.data, stage.game) as wire:
            alone = await crowd.measure(wire.say, singles=SINGLES, loaded=LOADED, tag=f"f{size}")
    speaker_token = stage.speaker(size)
    async with (
        Crowd(address, size=size, hello=hello) as crowd,
        connect(address, compression=None, max_size=2**24) as mouth,
    ):
        await mouth.send(json.dumps({"t": "hello", "cursor": 0, "token": speaker_token}))
        answers: Answers = defaultdict(asyncio.get_running_loop().create_future)
        drain = asyncio.create_task(_drain(mouth, answers))
        await asyncio.sleep(0.5)
        await mouth.send(_command("seat.take", {"seat": stage.seat(size)}, f"take-{size}-seat"))
        await asyncio.sleep(0.5)

        async def post(mark: str) -> None:
            name = f"bench-{mark.strip('<>')}"
            await mouth.send(_command("message.post", {"message": name, "room": "press", "text": mark}, name))

        async def answered(mark: str) -> float:
            return await answers[f"bench-{mark.strip('<>')}"]

        ours = await crowd.measure(post, singles=SINGLES, loaded=LOADED, tag=f"o{size}", answered=answered)
        drain.cancel()
    return Broadcast(
        size,
        plain,
        alone,
        ours,
        round(alone.deliveries_per_s / plain.deliveries_per_s, 3),
        round(plain.p50_ms / alone.p50_ms, 3),
        round(ours.deliveries_per_s / plain.deliveries_per_s, 3),
        round(plain.p50_ms / ours.p50_ms, 3),
    )


def _command(name: str, args: dict[str, Any], command_id: str) -> str:
    return json.dumps({"t": "command", "id": command_id, "name": name, "args": args, "seen": 0})


async def _drain(speaker: Any, answers: Answers) -> None:
    """Read what the speaker is sent, so that it is never the slow reader; acknowledge feeds, note answers."""
    with contextlib.suppress(Exception):
        async for text in speaker:
            frame = json.loads(text)
            if isinstance(frame, dict) and frame.get("t") in ("ack", "reject"):
                answers[str(frame["id"])].set_result(time.perf_counter())
            if isinstance(frame, dict) and frame.get("t") == "feed":
                await speaker.send(json.dumps({"t": "ack", "n": frame["b"]}))
            elif isinstance(frame, dict) and frame.get("t") == "snapshot" and not frame["more"]:
                await speaker.send(json.dumps({"t": "ack", "n": frame["n"]}))


class _Stage:
    """A lobby in which seats speak on the press wall and everybody without a seat listens."""

    def __init__(self, url: str, staff: str, data: Path) -> None:
        self.url, self.data = url, data
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._opener = opener
        opener.open(staff, timeout=20).read()
        case = self._ask("/api/scenarios")
        listed = case["scenarios"] if isinstance(case, dict) else case
        chosen = next(c for c in listed if c["id"] == DEFAULT_CASE)
        self.seats: list[str] = [seat["id"] if isinstance(seat, dict) else seat for seat in chosen["seats"]]
        made = self._ask(
            "/api/games",
            {"title": "Bench", "scenario": chosen["id"], "preset": "full", "seats": self.seats, "style": "rigid"},
        )
        self.game, self.code = made["game"], made["code"]
        self.listener = self._join("Listener")
        self._speakers: dict[int, str] = {}

    def speaker(self, size: int) -> str:
        """Return the token of the speaker of one size of crowd: each has a bucket of its own."""
        if size not in self._speakers:
            self._speakers[size] = self._join(f"Speaker {size}")
        return self._speakers[size]

    def seat(self, size: int) -> str:
        """Return the seat of the speaker of one size."""
        return self.seats[list(self._speakers).index(size) % len(self.seats)]

    def _ask(self, path: str, body: object = None) -> Any:
        return _ask(self._opener, self.url, path, body)

    def _join(self, name: str) -> str:
        """Join as somebody new: with the cookies of whoever joined before, one would come back as that person."""
        stranger = urllib.request.build_opener()
        return str(_ask(stranger, self.url, "/api/join", {"code": self.code, "name": name})["token"])


def _ask(opener: urllib.request.OpenerDirector, url: str, path: str, body: object = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "Origin": url}
    with opener.open(urllib.request.Request(f"{url}{path}", data=data, headers=headers), timeout=30) as answer:  # noqa: S310
        return json.loads(answer.read())


@contextlib.contextmanager
def bare_server(server: Server) -> Iterator[str]:
    """Run the bare server on the same transport and give its WebSocket address."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    door.listen(1024)
    door.set_inheritable(True)
    command = [
        part.replace("wargame.server.asgi:application", "wargame.server.bench.bare:application")
        for part in web_command(server, door.fileno())
    ]
    process = subprocess.Popen(command, cwd=ROOT, pass_fds=(door.fileno(),), stderr=subprocess.DEVNULL)  # noqa: S603
    port = door.getsockname()[1]
    try:
        _until_answers(f"http://127.0.0.1:{port}/")
        yield f"ws://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        door.close()


@contextlib.contextmanager
def whole_installation(server: Server) -> Iterator[tuple[str, str, Path]]:
    """Run `manage.py up` on a data directory of its own; give its address, the staff link and the directory."""
    with tempfile.TemporaryDirectory(prefix="t1bench-") as place:
        environ = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")} | {
            "TRACKONE_DATA": place
        }
        command = [
            sys.executable,
            str(ROOT / "manage.py"),
            "up",
            "--demo",
            "--json",
            "--port",
            "0",
            "--host",
            "127.0.0.1",
            "--server",
            server,
        ]
        process = subprocess.Popen(  # noqa: S603 - the command is our own
            command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            url = str(ready["url"])
            yield url, urllib.parse.urljoin(url, urllib.parse.urlsplit(str(ready["staff"])).path), Path(place)
        finally:
            process.terminate()
            process.wait(20)


def _until_answers(url: str) -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=2).read()  # noqa: S310
            return
        time.sleep(0.1)
    raise TimeoutError(url)
