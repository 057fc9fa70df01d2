"""Starts real processes for tests: a Valkey, and whole installations by the very command people use."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wargame.server import valkey
from wargame.server.children import Child, Program
from wargame.server.environment import socket_path

ROOT = Path(__file__).resolve().parents[2]


def wait_for(condition: Callable[[], object], *, within_s: float = 10.0, what: str = "the condition") -> None:
    """Wait until a condition holds; fail with its name when it does not in time."""
    until = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not come true within {within_s:g} s")
        time.sleep(0.02)


@contextlib.contextmanager
def embedded_valkey(data: Path) -> Iterator[str]:
    """Run a Valkey on the socket an embedded installation of this data directory uses; yield its address."""
    binary = valkey.find_server()
    if binary is None:
        raise RuntimeError(valkey.NOT_FOUND)
    socket = socket_path(data, "valkey.sock")
    url = f"unix://{socket}"
    program = Program(
        name="valkey",
        command=valkey.server_command(binary, socket),
        healthy=lambda: valkey.answers(url),
        log=data / "log" / "valkey.log",
        environ=os.environ,
        directory=data,
    )
    child = Child(program)
    child.start()
    try:
        wait_for(program.healthy, what="Valkey's answer")
        yield url
    finally:
        child.stop()


@dataclass
class Installation:
    """Hold a running `manage.py up` and what its ready line said."""

    process: subprocess.Popen[str]
    ready: Mapping[str, Any]
    errors: Path

    @property
    def url(self) -> str:
        """Return its address on this machine."""
        return str(self.ready["url"])

    @property
    def seconds(self) -> float:
        """Return how long the start took from the outside."""
        return float(self.ready["measured"])

    def descendants(self) -> dict[int, str]:
        """Return the living processes it started, and theirs: number and command."""
        return descendants_of(self.process.pid)

    def stop(self, number: int = signal.SIGINT, *, within_s: float = 20.0) -> int:
        """Stop it as Ctrl-C does, and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(within_s)


def start_installation(data: Path, *arguments: str, environ: Mapping[str, str] | None = None) -> Installation:
    """Run `manage.py up --json` on a free port until its ready line; fail with what it said when it ends first."""
    data.mkdir(parents=True, exist_ok=True)
    clean = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    errors = data / "up.stderr"
    began = time.monotonic()
    with errors.open("w") as sink:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "up", "--json", "--port", "0", "--host", "127.0.0.1", *arguments],
            stdout=subprocess.PIPE,
            stderr=sink,
            text=True,
            env={**clean, "TRACKONE_DATA": str(data), **(environ or {})},
            cwd=ROOT,
        )
    line = _first_line(process, within_s=60)
    if not line:
        process.kill()
        process.wait()
        raise AssertionError(f"`manage.py up` did not become ready:\n{errors.read_text()}")
    return Installation(process, {**json.loads(line), "measured": time.monotonic() - began}, errors)


@contextlib.contextmanager
def installation(*arguments: str, environ: Mapping[str, str] | None = None) -> Iterator[Installation]:
    """Run an installation on a data directory of its own."""
    with tempfile.TemporaryDirectory(prefix="t1up-") as directory:
        running = start_installation(Path(directory), *arguments, environ=environ)
        try:
            yield running
        finally:
            running.stop()


def _first_line(process: subprocess.Popen[str], *, within_s: float) -> str:
    assert process.stdout is not None
    readable, _, _ = select.select([process.stdout], [], [], within_s)
    return process.stdout.readline() if readable else ""


def descendants_of(pid: int) -> dict[int, str]:
    """Return the living descendants of a process, from /proc."""
    parents, commands = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
                if state != "Z":
                    parents[int(entry.name)] = int(parent)
                    commands[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ").strip()
    found = {pid}
    while new := {child for child, parent in parents.items() if parent in found} - found:
        found |= new
    return {child: commands[child] for child in found - {pid}}


def alive(pid: int) -> bool:
    """Tell whether a process lives (a zombie that nobody has waited for does not)."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
