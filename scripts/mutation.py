"""`make mutation`: mutate the rules (data) and the resolver (code), and say what share of mutants the tests notice.

The rules are mutated in process by scripts/mutate_rules.py; the code by mutmut, configured in pyproject.toml to run the
numbered cases and the unit tests of the engine. Long: the code alone takes an hour and more on two cores. mutmut keeps
its results in mutants/, so a run that was broken off goes on where it was; `mutmut browse` shows the survivors.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
LEAST = "0.85"


def main() -> None:
    """Run the two halves, or the one asked for. Exit 0 only if both kill enough."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rules", action="store_true", help="the rules alone")
    parser.add_argument("--code", action="store_true", help="the code alone")
    parser.add_argument("--jobs", default="2")
    parser.add_argument("modules", nargs="*", help='mutants to try, such as "adjudication.committing*"')
    args = parser.parse_args()
    codes = []
    if args.rules or not args.code:
        rooms = [word for room in ("rules", "parameters", "bargaining") for word in ("--only", room)]
        command = [str(BIN / "python"), "scripts/mutate_rules.py", *rooms, "--list", "--least", LEAST]
        codes.append(subprocess.run(command, cwd=ROOT).returncode)
    if args.code or not args.rules:
        subprocess.run([str(BIN / "mutmut"), "run", "--max-children", args.jobs, *args.modules], cwd=ROOT)
        codes.append(_score())
    sys.exit(any(codes))


def _score() -> int:
    """Print mutmut's score and return 0 if it is high enough."""
    listed = subprocess.run([str(BIN / "mutmut"), "results", "--all", "true"], cwd=ROOT, capture_output=True, text=True)
    verdicts = [line.rsplit(": ", 1)[-1].strip() for line in listed.stdout.splitlines() if ": " in line]
    tried = [verdict for verdict in verdicts if verdict not in ("not checked", "skipped")]
    killed = sum(verdict in ("killed", "timeout", "suspicious", "caught by type check") for verdict in tried)
    share = killed / len(tried) if tried else 0.0
    print(f"code: {len(tried)} mutants, {100 * share:.1f} % killed")
    return int(share < float(LEAST))


if __name__ == "__main__":
    main()
