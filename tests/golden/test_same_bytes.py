"""Same case, same seed: the log and every page of the report are the same bytes, whatever the hash seed."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@cache
def digest(hash_seed: str, **options: str) -> dict[str, Any]:
    words = [part for name, value in options.items() for part in (f"--{name}", value)]
    done = subprocess.run(
        [sys.executable, "manage.py", "digest", *words], cwd=ROOT, capture_output=True, text=True, timeout=240,
        env={**os.environ, "PYTHONHASHSEED": hash_seed}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.timeout(300)
def test_a_game_and_its_report_are_the_same_bytes_under_two_hash_seeds() -> None:
    one, two = digest("0"), digest("4242")
    assert one == two
    assert one["events"] > 500
    assert len(one["report"]) == 8, "the whole truth and seven seats"


@pytest.mark.timeout(300)
def test_another_seed_is_another_game() -> None:
    assert digest("0", scenario="practice", seed="4")["log"] != digest("0", scenario="practice")["log"]
