"""`make same-bytes PYTHONS="python3.11 python3.13"`: one game under several Pythons and hash seeds, byte for byte.

Makes an environment for each Python from the locked packages (kept in `.make/same-bytes/`), lets each play the same
headless game twice under different `PYTHONHASHSEED`s, and compares the hashes of the log and of every report page.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".make" / "same-bytes"
HASH_SEEDS = ("0", "4242")


def environment(python: str) -> Path:
    """Return a Python with the locked packages, made on first use. Exits with a sentence if it cannot be made."""
    tag = subprocess.run([python, "-c", "import sys; print('%d.%d.%d' % sys.version_info[:3])"],
                         capture_output=True, text=True)  # fmt: skip
    if tag.returncode:
        sys.exit(f"{python} is not a Python of this machine. Name one that is: make same-bytes PYTHONS=python3.13")
    home = KEPT / tag.stdout.strip()
    ours, lock = home / "bin" / "python", ROOT / "requirements" / "base.lock"
    stamp = home / "base.lock"
    if not stamp.is_file() or stamp.read_bytes() != lock.read_bytes():
        print(f"Installing the packages for Python {home.name} ...", flush=True)
        subprocess.run([python, "-m", "venv", str(home)], check=True)
        subprocess.run([str(ours), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(lock)], check=True)
        stamp.write_bytes(lock.read_bytes())
    return ours


def digest(python: Path, hash_seed: str, scenario: str) -> str:
    """Return the line `manage.py digest` prints."""
    environ = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [str(python), "manage.py", "digest", "--scenario", scenario]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"The game could not be played with {python}:\n{done.stderr[-2000:]}")
    return done.stdout.strip()


def main() -> None:
    """Play, compare, print; exit 0 only if all are equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pythons", nargs="+")
    parser.add_argument("--scenario", default="us-dprk-2017")
    wanted = parser.parse_args()
    found: dict[str, str] = {}
    for name in wanted.pythons:
        python = environment(name)
        for seed in HASH_SEEDS:
            found[f"{python.parent.parent.name}, hash seed {seed}"] = digest(python, seed, wanted.scenario)
    for run, line in found.items():
        print(f"{run:<28}{line[:150]} ...")
    equal = len(set(found.values())) == 1
    print(f"{len(found)} runs: {'the same bytes' if equal else 'NOT THE SAME'}.")
    sys.exit(not equal)


if __name__ == "__main__":
    main()
