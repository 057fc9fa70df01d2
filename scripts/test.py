"""`make test`: every suite, on both databases, over real servers and in a real browser. Exit 0 only if all pass.

Nothing is skipped silently: a suite that cannot run on this machine fails and says what to install.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
PY = str(ROOT / ".venv" / "bin" / "python")
JOBS = os.environ.get("JOBS", "2")

PURE = {
    "unit",
    "architecture",
    "cases",
    "property",
    "oracle",
    "golden",
    "negotiation",
    "adjudication",
}  # no database in them
IN_CHECK = {"unit", "architecture", "cases"}  # `make check` has just run them
OWN_SERVERS = {"server", "production", "e2e", "crash", "load"}  # start the real processes and choose their database
NOT_SUITES = {"support", "__pycache__"}


def suites() -> set[str]:
    """Return the directories that hold tests."""
    return {path.parent.relative_to(TESTS).parts[0] for path in TESTS.rglob("test_*.py")} - NOT_SUITES


def pytest(names: set[str], *options: str, database: str = "sqlite") -> list[tuple[list[str], dict[str, str]]]:
    """Return the run of these suites, or none when there are none."""
    paths = sorted(f"tests/{name}" for name in names & suites())
    command = [PY, "-m", "pytest", "-q", "--durations=25", "--durations-min=4", *options, *paths]
    return [(command, {"TRACKONE_TEST_DB": database})] if paths else []


def plan() -> dict[str, list[tuple[list[str], dict[str, str]]]]:
    """Return the stages in order: what fails fast comes first."""
    parallel = ("-n", JOBS, "--dist", "loadfile")
    found = suites()
    return {
        "check": [([PY, "scripts/check.py"], {})],
        "sqlite": pytest(found - IN_CHECK - OWN_SERVERS, *parallel),
        "postgresql": pytest(found - PURE - OWN_SERVERS, *parallel, database="postgresql"),
        # One at a time: these measure starts and kill processes. Browsers wait for what they expect, however long.
        "servers": pytest(OWN_SERVERS - {"e2e", "production"}),
        "production": pytest({"production"}, database="postgresql"),
        "browser": pytest({"e2e"}, *parallel),
    }


def main() -> None:
    """Run the stages and print what each took."""
    stages = plan()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=list(stages), nargs="+", default=list(stages))
    wanted = parser.parse_args().only
    lines, good = [], True
    for name in wanted:
        started = time.monotonic()
        codes = []
        for command, environ in stages[name]:
            print(f"\n=== {name}: {' '.join(command[1:])}", flush=True)
            codes.append(subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}).returncode)
        verdict = "no such suite in tests/" if not codes else "passed" if not any(codes) else "FAILED"
        good = good and verdict == "passed"
        lines.append(f"  {name:<12}{time.monotonic() - started:7.0f} s  {verdict}")
    print("\n".join(["", "make test:", *lines, "All suites passed." if good else "Some suites failed; see above."]))
    sys.exit(not good)


if __name__ == "__main__":
    main()
