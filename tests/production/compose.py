"""Reads docker-compose.yml and starts its processes without containers: the very commands, on free ports."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.support.services import ROOT, wait_for
from wargame.server import valkey
from wargame.server.children import Child, Program

FILE = ROOT / "docker-compose.yml"


def services() -> dict[str, Any]:
    """Return the services of the compose file, anchors resolved."""
    return dict(yaml.safe_load(FILE.read_text(encoding="utf-8"))["services"])


def free_port() -> int:
    """Return a port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def words_of(service: str, port: int) -> list[str]:
    """Return a service's command, with this Python and another port; nothing else is changed."""
    text = services()[service]["command"]
    words = shlex.split(text) if isinstance(text, str) else [str(word) for word in text]
    if words[0] == "python":
        words[0] = sys.executable
    return [re.sub(r"(?<=port=)8000|^8000$", str(port), word) for word in words]


def health_words(service: str, port: int) -> list[str]:
    """Return a service's health check as a command on this machine."""
    kind, *words = services()[service]["healthcheck"]["test"]
    assert kind == "CMD"
    return [sys.executable if word == "python" else str(port) if word == "8000" else word for word in words]


@dataclass
class Production:
    """Hold the running processes of a production installation."""

    directory: Path
    environ: dict[str, str]
    children: dict[str, Child] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """Return the address of a web process."""
        return f"http://127.0.0.1:{self.ports[name]}"

    def start(self, name: str, service: str) -> None:
        """Start a service under a name of its own, as compose would."""
        port = self.ports.setdefault(name, free_port())
        pulse = self.directory / name
        pulse.mkdir(exist_ok=True)
        program = Program(
            name=name,
            command=tuple(words_of(service, port)),
            healthy=lambda: self.healthy(name, service),
            log=self.directory / f"{name}.log",
            environ={**self.environ, "TRACKONE_PULSE": str(pulse)},
            directory=ROOT,
        )
        child = self.children[name] = Child(program)
        child.start()
        try:
            wait_for(lambda: program.healthy() or not child.running, within_s=40, what=f"the health of {name}")
            assert child.running, f"{name} ended"
        except AssertionError as error:
            raise AssertionError(f"{error}\n{child.last_words(30)}") from None

    def healthy(self, name: str, service: str) -> bool:
        """Run the service's own health check."""
        environ = {**self.environ, "TRACKONE_PULSE": str(self.directory / name)}
        words = health_words(service, self.ports[name])
        return subprocess.run(words, env=environ, cwd=ROOT, capture_output=True, timeout=30).returncode == 0

    def manage(self, *words: str) -> str:
        """Run a management command in this environment and return what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            env=self.environ,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def stop(self) -> None:
        """End everything, the last started first."""
        for child in reversed(self.children.values()):
            child.stop()


def environment(directory: Path, *, database_url: str, redis_port: int) -> dict[str, str]:
    """Return the environment compose gives its processes, secrets as files, with this machine's addresses."""
    given = dict(services()["web"]["environment"])
    for name, value in (("secret_key", secrets.token_urlsafe(48)), ("database_url", database_url)):
        (directory / name).write_text(value)
    ours = {
        "ALLOWED_HOSTS": "127.0.0.1",
        "TRACKONE_PUBLIC_URL": "http://127.0.0.1",
        "TRACKONE_HTTPS": "0",
        "SECRET_KEY_FILE": str(directory / "secret_key"),
        "DATABASE_URL_FILE": str(directory / "database_url"),
        "REDIS_URL": f"redis://127.0.0.1:{redis_port}",
        "TRACKONE_DATA": str(directory / "data"),
    }
    assert set(given) <= {*ours, "TRACKONE_MODE", "TRACKONE_PULSE"}, "a variable of compose that this test does not set"
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
    return {**kept, "TRACKONE_MODE": given["TRACKONE_MODE"], **ours}


@contextlib.contextmanager
def production(directory: Path, *, database_url: str) -> Iterator[Production]:
    """Run the compose file's processes against this database and a Valkey of their own over TCP."""
    redis_port = free_port()
    whole = Production(directory, environment(directory, database_url=database_url, redis_port=redis_port))
    binary = valkey.find_server()
    assert binary is not None, valkey.NOT_FOUND
    # The image's own server and its command; only the port and the address to listen on are this machine's.
    _, *flags = words_of("valkey", 0)
    command = (binary, *flags, "--port", str(redis_port), "--bind", "127.0.0.1")
    url = f"redis://127.0.0.1:{redis_port}/0"
    program = Program(
        name="valkey",
        command=command,
        healthy=lambda: valkey.answers(url),
        log=directory / "valkey.log",
        environ=whole.environ,
        directory=directory,
    )
    whole.children["valkey"] = Child(program)
    whole.children["valkey"].start()
    try:
        wait_for(program.healthy, what="Valkey's answer")
        subprocess.run(
            words_of("migrate", 0), env=whole.environ, cwd=ROOT, check=True, capture_output=True, timeout=120
        )
        yield whole
    finally:
        whole.stop()
