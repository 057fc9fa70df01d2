"""Runs the embedded installation: Valkey, the web server and a Celery worker with beat, as children of one process.

Owns their order, their health, their restarts and their end. Never holds game state: any child may be killed any time.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Literal

from wargame.server import valkey
from wargame.server.addresses import LOOPBACK, network_address
from wargame.server.children import Child, Program
from wargame.server.environment import redis_database, socket_path

BACKLOG = 1024  # a class that reconnects at once
LARGEST_FRAME = (
    1_048_576  # the consumer refuses far smaller ones, in words; Daphne applies its limit to what we send as well
)
LOOK_EVERY_S = 0.05
Server = Literal["daphne", "uvicorn"]
Say = Callable[[str], None]


class CannotStart(Exception):
    """Say in one sentence why the server did not start and what to do."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Hold what was asked for on the command line and by the settings."""

    data: Path
    base: Path
    redis_url: str
    own_valkey: bool
    host: str
    port: int
    server: Server
    public_url: str = ""
    probe_host: str = LOOPBACK


def listen(host: str, port: int) -> socket.socket:
    """Return the listening socket all web processes will inherit, so that a restart refuses nobody."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
    except OSError as error:
        door.close()
        raise CannotStart(
            f"Port {port} on {host} cannot be used ({error.strerror}). Another program is probably using it:"
            f" stop that one, or choose another port with `--port {port + 1}` (with make: `make run PORT={port + 1}`)."
        ) from None
    door.listen(BACKLOG)
    door.set_inheritable(True)
    return door


@contextmanager
def sole_use(run: Path) -> Iterator[Callable[[str], None]]:
    """Hold the data directory; yield what notes our address, so that a second supervisor can say where we serve."""
    run.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (run / "up.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(_already_running(lock)) from None

        def note(url: str) -> None:
            lock.seek(0)
            lock.truncate(0)
            lock.write(json.dumps({"pid": os.getpid(), "url": url}))
            lock.flush()

        yield note


def _already_running(lock: IO[str]) -> str:
    lock.seek(0)
    try:
        holder = json.loads(lock.read())
        where = f" (process {holder['pid']}, {holder['url']})"
    except (ValueError, KeyError):
        where = ""
    return (
        f"A server already runs from this data directory{where}. Use that one, stop it first,"
        " or set TRACKONE_DATA to another directory."
    )


def web_command(server: Server, descriptor: int) -> tuple[str, ...]:
    """Return the command of a web process on an inherited listening socket. No access log: links carry tokens."""
    application = "wargame.server.asgi:application"
    if server == "daphne":
        return (
            *(sys.executable, "-m", "daphne", "--fd", str(descriptor), "--verbosity", "0", "--no-server-name"),
            *("--websocket-max-message-size", str(LARGEST_FRAME), "--application-close-timeout", "2", application),
        )
    return (
        *(sys.executable, "-m", "uvicorn", "--fd", str(descriptor), "--loop", "uvloop", "--lifespan", "off"),
        *("--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--ws-max-size", str(LARGEST_FRAME)),
        *("--no-server-header", "--no-access-log", "--timeout-graceful-shutdown", "2", application),
    )


def worker_command() -> tuple[str, ...]:
    """Return the command of the one worker. Threads: no grandchildren that a kill could orphan, and a quick start."""
    return (
        *(sys.executable, "-m", "celery", "-A", "wargame.server", "worker", "--pool", "threads", "--concurrency", "4"),
        *("--queues", "nudges,celery", "--without-gossip", "--without-mingle", "--loglevel", "INFO"),
    )


@dataclass
class Supervisor:
    """Start the children in order, keep them running, and stop them in the opposite order."""

    plan: Plan
    say: Say
    children: list[Child] = field(default_factory=list)
    stopping: bool = False
    door: socket.socket | None = None

    def open_door(self) -> None:
        """Take the port. Must come first: everything printed later names it."""
        self.door = listen(self.plan.host, self.plan.port)

    @property
    def port(self) -> int:
        """Return the port in use (another than asked for when 0 was asked for)."""
        assert self.door is not None
        return int(self.door.getsockname()[1])

    @property
    def local_url(self) -> str:
        """Return the address for people at this machine."""
        host = LOOPBACK if self.plan.host in {"0.0.0.0", "::", ""} else self.plan.host  # noqa: S104 - compared only
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def public_url(self) -> str:
        """Return the address for people on other machines: as given, else that of this machine on its network."""
        if self.plan.public_url:
            return self.plan.public_url
        everywhere = self.plan.host in {"0.0.0.0", "::", ""}  # noqa: S104 - compared only
        return f"http://{network_address()}:{self.port}" if everywhere else self.local_url

    def start_valkey(self) -> None:
        """Start our own Valkey unless REDIS_URL names one, and wait until it answers."""
        url = redis_database(self.plan.redis_url, 0)
        if not self.plan.own_valkey:
            if not valkey.answers(url):
                raise CannotStart(
                    "REDIS_URL is set, but no server answers there. Start that server, or unset REDIS_URL."
                )
            return
        binary = valkey.find_server()
        if binary is None:
            raise CannotStart(valkey.NOT_FOUND)
        command = valkey.server_command(binary, socket_path(self.plan.data, "valkey.sock"))
        self._start("valkey", command, healthy=lambda: valkey.answers(url))
        self._wait()

    def start_serving(self) -> None:
        """Start web server and worker at the same time, and wait until both are healthy."""
        assert self.door is not None
        descriptor = self.door.fileno()
        web = web_command(self.plan.server, descriptor)
        self._start("web", web, healthy=self._web_is_ready, inherits=(descriptor,))
        self._start("worker", worker_command(), healthy=self._worker_has_pulse)
        self._wait()

    def _start(
        self, name: str, command: tuple[str, ...], *, healthy: Callable[[], bool], inherits: tuple[int, ...] = ()
    ) -> None:
        program = Program(
            name=name,
            command=command,
            healthy=healthy,
            log=self.plan.data / "log" / f"{name}.log",
            environ=self._environ(),
            directory=self.plan.base,
            inherits=inherits,
        )
        child = Child(program)
        self.children.append(child)
        child.start()

    def _environ(self) -> Mapping[str, str]:
        own = {
            "DJANGO_SETTINGS_MODULE": "wargame.server.settings",
            "TRACKONE_DATA": str(self.plan.data),
            "TRACKONE_PULSE": str(self._pulse("")),
            "TRACKONE_PUBLIC_URL": self.public_url,
            "TRACKONE_BEAT_INSIDE": "1",
            "PYTHONUNBUFFERED": "1",
        }
        # A secret given as a file stays a file: the children read the same variable.
        return {**os.environ, **own, **({"REDIS_URL": self.plan.redis_url} if self.plan.own_valkey else {})}

    def _pulse(self, role: str) -> Path:
        return self.plan.data / "run" / role

    def _web_is_ready(self) -> bool:
        host = LOOPBACK if self.plan.host in {"0.0.0.0", "::", ""} else self.plan.host  # noqa: S104 - compared only
        authority = f"[{host}]" if ":" in host else host
        request = urllib.request.Request(
            f"http://{authority}:{self.port}/readyz", headers={"Host": self.plan.probe_host}
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own address
                return bool(answer.status == 200)
        except OSError:
            return False

    def _worker_has_pulse(self) -> bool:
        child = self.child("worker")
        since = time.time() - (time.monotonic() - child.started_at)
        return all(_changed_since(self._pulse(role), since) for role in ("worker", "beat"))

    def child(self, name: str) -> Child:
        """Return the child of this name."""
        return next(child for child in self.children if child.program.name == name)

    def _wait(self) -> None:
        waiting = list(self.children)
        while waiting and not self.stopping:
            for child in [*waiting]:
                if child.program.healthy():
                    waiting.remove(child)
                elif not child.running:
                    raise CannotStart(_why(child, "stopped while starting"))
                elif time.monotonic() - child.started_at > child.program.starts_within_s:
                    raise CannotStart(_why(child, f"was not ready within {child.program.starts_within_s:.0f} s"))
            time.sleep(LOOK_EVERY_S)

    def watch(self) -> None:
        """Restart children that die, later each time, until asked to stop."""
        while not self.stopping:
            for child in self.children:
                self._tend(child)
            time.sleep(0.2)

    def _tend(self, child: Child) -> None:
        if child.running:
            return
        name = child.program.name
        if child.retry_at is None:
            code = child.process.returncode if child.process else None
            delay = child.note_death()
            self.say(f"{name} stopped ({_exit(code)}); starting it again in {delay:g} s. Its log: {child.program.log}")
        elif time.monotonic() >= child.retry_at:
            child.start()
            self.say(f"{name} was started again.")

    def stop(self, *, at_once: bool = False) -> None:
        """Stop the children, those that use others first, and give back the port."""
        for child in reversed(self.children):
            child.stop(at_once=at_once)
        self.children.clear()
        if self.door is not None:
            self.door.close()
            self.door = None

    def obey_signals(self) -> None:
        """Let Ctrl-C, a termination and a closed terminal end the watch; a second one ends everything at once."""

        def stop(_number: int, _frame: FrameType | None) -> None:
            if self.stopping:
                self.stop(at_once=True)
                os._exit(130)
            self.stopping = True

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)


def _changed_since(path: Path, moment_s: float) -> bool:
    try:
        return path.stat().st_mtime >= moment_s
    except FileNotFoundError:
        return False


def _exit(code: int | None) -> str:
    return f"killed by signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _why(child: Child, what: str) -> str:
    words = "\n".join(f"    {line}" for line in child.last_words().splitlines())
    return f"The {child.program.name} process {what}. Its log, {child.program.log}, ends with:\n{words}"
