"""`make check`: every quick check, two at a time, with its time; the output of those that fail. Exit 0 if all hold."""

from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PY = ROOT / ".venv" / "bin" / "python"
BIN = ROOT / ".venv" / "bin"


@dataclass(frozen=True)
class Check:
    """Name a command and what to do when it fails."""

    name: str
    command: tuple[str | Path, ...]
    remedy: str


def pages(script: str) -> tuple[str | Path, ...]:
    """Return the command that runs a script of the frontend with a Node that is new enough."""
    return (PY, "scripts/bootstrap.py", "npm", script)


# The slowest first, so that they do not run alone at the end.
CHECKS = (
    Check(
        "unit tests",
        (PY, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "tests/unit", "tests/architecture", "tests/cases"),
        "mend the tests above",
    ),
    Check("types (mypy)", (PY, "-m", "mypy", "--no-error-summary"), "mend the types above"),
    Check("pages: unit tests", pages("test"), "mend the tests above (npm test in frontend/)"),
    Check("pages: types", pages("check"), "mend the types above (npm run check in frontend/)"),
    Check(
        "architecture", (BIN / "lint-imports", "--no-cache"), "turn the import round: see docs/adr and .importlinter"
    ),
    Check("protocol", (PY, "manage.py", "export_protocol", "--check"), "run manage.py export_protocol and commit"),
    Check("numbered cases", (PY, "scripts/casebook.py", "--check"), "run scripts/casebook.py and commit"),
    Check("pages: protocol types", pages("gen:check"), "run npm run gen in frontend/ and commit"),
    Check("lint (ruff)", (PY, "-m", "ruff", "check", "--quiet", "."), "make format mends most of it"),
    Check("format (ruff)", (PY, "-m", "ruff", "format", "--check", "--quiet", "."), "make format"),
    Check("scenarios", (PY, "manage.py", "lint_scenario"), "mend what is said above, at its file and line"),
    Check(
        "scenario reference",
        (PY, "manage.py", "scenario_reference", "--check"),
        "run manage.py scenario_reference and commit",
    ),
    Check("migrations", (PY, "manage.py", "makemigrations", "--check", "--dry-run"), "run manage.py makemigrations"),
)


def perform(check: Check) -> bool:
    """Run one check and print its line."""
    started = time.monotonic()
    done = subprocess.run(
        [str(part) for part in check.command], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    good = done.returncode == 0
    line = f"{'ok  ' if good else 'FAIL'} {check.name:<24}{time.monotonic() - started:6.1f} s"
    if good:
        print(line, flush=True)
    else:
        print(f"{line}   -> {check.remedy}\n{done.stdout.rstrip()}\n", flush=True)
    return good


def main() -> None:
    """Run all of them."""
    started = time.monotonic()
    with ThreadPoolExecutor(2) as two:
        outcome = list(two.map(perform, CHECKS))
    failed = [check.name for check, good in zip(CHECKS, outcome, strict=True) if not good]
    verdict = f"{len(failed)} failed: {', '.join(failed)}" if failed else "all hold"
    print(f"make check: {len(CHECKS)} checks in {time.monotonic() - started:.0f} s, {verdict}.")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
