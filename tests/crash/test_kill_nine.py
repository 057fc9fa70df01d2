"""kill -9 of any process at any moment of a running game: nothing acknowledged is lost, nothing happens twice.

People post over WebSockets and retry with the same command id; bots fill the other seats; web, worker and Valkey
are killed at seeded moments, the supervisor itself once. Afterwards the log is read with its own tools.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgres import start_cluster
from tests.support.services import ROOT, Installation, alive, descendants_of, start_installation, wait_for
from tests.support.stubborn import Door, LineDead, Stubborn
from tests.support.wire import Browser, join

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
PHASE_MS = 1_500
MARKS = {"web": ("daphne", "uvicorn"), "worker": ("celery",), "valkey": ("valkey", "redis-server")}
PROBE = """
import json, sys
from collections import Counter
from wargame.store.models import Disclosure, Event, Game, Receipt
from wargame.store.verify import verify_game
game = Game.objects.get(pk=sys.argv[1])
events = list(Event.objects.filter(game=game).order_by("seq").values_list("seq", "kind", "cause", "payload"))
told = {}
for view, n in Disclosure.objects.filter(game=game).order_by("view", "n").values_list("view", "n"):
    told.setdefault(view, []).append(n)
verdict = verify_game(game.id)
print(json.dumps({
    "status": game.status, "head": game.head, "good": verdict.good, "faults": list(verdict.faults),
    "turns": verdict.turns,
    "seqs": [e[0] for e in events],
    "events": [[e[0], e[1], e[2]] for e in events],
    "messages": [json.loads(bytes(e[3])) for e in events if e[1] == "message.posted"],
    "phases": [json.loads(bytes(e[3])) for e in events if e[1] == "phase.entered"],
    "receipts": Counter(Receipt.objects.filter(game=game, accepted=True).values_list("command_id", flat=True)),
    "holes": [view for view, numbers in told.items() if numbers != list(range(1, len(numbers) + 1))],
}))
"""


@dataclass
class World:
    """Hold an installation that may be replaced under the players' feet."""

    data: Path
    environ: dict[str, str]
    up: Installation
    door: Door
    killed: list[str] = field(default_factory=list)

    def kill(self, name: str) -> None:
        """Kill -9 one child of the supervisor, or the supervisor, which takes its children along."""
        if name == "supervisor":
            self._kill_supervisor()
        else:
            victim = self._pid(name)
            os.kill(victim, signal.SIGKILL)
            wait_for(lambda: not alive(victim), what=f"the death of {name}")
        self.killed.append(name)

    def _pid(self, name: str) -> int:
        found: list[int] = []

        def look() -> bool:
            family = descendants_of(self.up.process.pid)
            found[:] = [pid for pid, command in family.items() if any(mark in command for mark in MARKS[name])]
            return bool(found)

        wait_for(look, within_s=20, what=f"a living {name}")
        return found[0]

    def _kill_supervisor(self) -> None:
        family = self.up.descendants()
        self.up.process.kill()
        self.up.process.wait()
        wait_for(lambda: not any(map(alive, family)), what="the end of every child")
        self.up = start_installation(self.data, environ=self.environ)
        self.door.url = self.up.url

    def look(self, game: str) -> dict[str, Any]:
        """Read a game's log with the product's own tools, in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{PROBE}", game],
            env={**_clean(), **self.environ, "DJANGO_SETTINGS_MODULE": "wargame.server.settings"}
            | {"TRACKONE_DATA": str(self.data)},
            cwd=ROOT, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return dict(json.loads(done.stdout.splitlines()[-1]))


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}


@contextmanager
def world(data: Path, database_url: str) -> Iterator[World]:
    environ = {"DATABASE_URL": database_url} if database_url else {}
    up = start_installation(data, environ=environ)
    held = World(data, environ, up, Door(up.url))
    try:
        yield held
    finally:
        held.up.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "sqlite":
        yield ""
        return
    cluster = start_cluster()
    yield cluster.url
    cluster.stop()


def new_game(url: str, staff_link: str) -> dict[str, Any]:
    """Make the shortest game there is: two people, bots elsewhere, deadlines that come by themselves."""
    staff = Browser(url)
    staff.done(urllib.parse.urlsplit(staff_link).path)
    listed = staff.done("/api/scenarios")
    case = (listed["scenarios"] if isinstance(listed, dict) else listed)[0]
    people = ["potus", "dprk"]
    body = {
        "title": "Under fire",
        "scenario": case["id"],
        "preset": min(case["presets"], key=lambda preset: preset["turns"])["id"],
        "style": "rigid",
        "seed": "crash-1",
        "seats": people,
        "bots": {seat: bot["default"] for seat, bot in case["bots"].items() if seat not in people},
        "phase_ms": {phase["id"]: PHASE_MS for phase in case["phases"] if phase["minutes"] is not None},
    }
    return dict(staff.done("/api/games", body))


def talk(person: Stubborn) -> None:
    """Say one thing after the other in public until told to stop; every line is a different one."""
    number = 0
    while not person.stopping.is_set():
        number += 1
        word = f"{person.name}-{number}"
        try:
            person.do("message.post", f"say-{word}", message=f"m-{word}", room="press", text=f"Statement {word}.")
        except LineDead:
            return
        person.stopping.wait(0.04)


@linux_only
@pytest.mark.slow
@pytest.mark.timeout(150)
def test_kill_nine_of_any_process_loses_nothing_acknowledged_and_repeats_nothing(
    tmp_path: Path, database_url: str
) -> None:
    moments = random.Random("moments-1")
    plan = [*("web", "worker", "valkey") * 2]
    moments.shuffle(plan)
    plan.insert(3, "supervisor")
    with world(tmp_path, database_url) as running:
        made = new_game(running.up.url, str(running.up.ready["staff"]))
        people = [_seat(running.door, made["code"], seat) for seat in ("potus", "dprk")]
        game = people[0].game
        token = urllib.parse.urlsplit(made["control_url"]).path.rsplit("/", 1)[1]
        control = Stubborn(running.door, game, token, "control")
        control.do("game.start", "start-the-game", force=True)
        threads = [threading.Thread(target=talk, args=(person,), daemon=True) for person in people]
        for thread in threads:
            thread.start()
        for victim in plan:
            _let_them_talk(people, more=moments.randint(1, 25))
            running.kill(victim)
        _let_them_talk(people, more=10)
        _play_on(control)
        for person in people:
            person.close()
        for thread in threads:
            thread.join(10)
            assert not thread.is_alive()
        told = running.look(game)
    _check_log(told, people)
    assert Counter(running.killed) == {"web": 2, "worker": 2, "valkey": 2, "supervisor": 1}
    assert all(person.reconnects >= 3 for person in people), "the kills did not touch the players"


def _seat(door: Door, code: str, seat: str) -> Stubborn:
    game, token = join(door.url, code, seat.title())
    person = Stubborn(door, game, token, seat)
    person.do("seat.take", f"take-seat-{seat}", seat=seat)
    return person


def _let_them_talk(people: list[Stubborn], *, more: int) -> None:
    """Wait until this many more statements have been answered: a moment that depends on progress, not on a clock."""
    goal = sum(len(person.acked) + len(person.refused) for person in people) + more

    def reached() -> bool:
        return sum(len(person.acked) + len(person.refused) for person in people) >= goal

    wait_for(reached, within_s=30, what=f"{more} more answers")


def _play_on(control: Stubborn) -> None:
    """Watch the game to its end; after an outage it waits for Control, who lets it go on."""
    for look in range(600):
        status = (control.get("game", "game") or {}).get("status")
        if status == "ended":
            return
        if status == "paused":
            control.do("game.resume", f"resume-{look:04}")
        control.listen(0.1)
    raise AssertionError(f"the game did not end: {control.get('game', 'game')}")


def _check_log(told: dict[str, Any], people: list[Stubborn]) -> None:
    assert told["status"] == "ended"
    assert told["good"], told["faults"]
    assert told["seqs"] == list(range(1, told["head"] + 1)), "a gap in the log"
    assert told["holes"] == [], "a gap in what a view was told"
    said = Counter(cause for _, kind, cause in told["events"] if kind == "message.posted")
    for person in people:
        assert person.faults == []
        promised = {key for key, (name, _) in person.acked.items() if name == "message.post"}
        assert len(promised) > 20, f"{person.name} was hardly heard: {person.refused}"
        assert {key: said[key] for key in promised} == dict.fromkeys(promised, 1)
        assert not (set(person.refused) & set(said)), "a refused statement is in the log"
    assert max(said.values()) == 1
    # Bots may repeat themselves; what people said was different each time.
    texts = Counter(message["text"] for message in told["messages"] if message["text"].startswith("Statement "))
    assert max(texts.values()) == 1
    assert max(told["receipts"].values()) == 1
    causes = [cause for _, _, cause in told["events"]]
    deadlines = {cause for cause in causes if cause.startswith("timer:")}
    assert len(deadlines) >= 6, "hardly any deadline came by itself"
    # One firing may pass through two phases (the lock of a rigid game), but in one go; and no phase is entered twice.
    runs = [cause for place, cause in enumerate(causes) if cause in deadlines and causes[place - 1] != cause]
    assert Counter(runs) == dict.fromkeys(deadlines, 1), "a deadline fired twice"
    entered = Counter((one["turn"], one["phase"]) for one in told["phases"])
    assert len(entered) == 3 * 5
    assert set(entered.values()) == {1}
    settled = [seq for seq, kind, _ in told["events"] if kind == "turn.resolved"]
    assert len(settled) == told["turns"] == 3
