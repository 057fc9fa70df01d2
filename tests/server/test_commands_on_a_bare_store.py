"""Commands that work on the store of an installation make it ready, or say what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.test import override_settings

from wargame.server.environment import Mode
from wargame.store import ready

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str, data: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    kept |= {"TRACKONE_DATA": str(data)} | environ
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=kept, capture_output=True, text=True, timeout=120
    )


def test_verify_on_an_empty_installation_says_there_is_nothing_yet(tmp_path: Path) -> None:
    told = run("verify", "all", data=tmp_path)
    assert (told.returncode, told.stdout.strip()) == (0, "There are no games here yet.")


def test_verify_names_the_game_it_does_not_find(tmp_path: Path) -> None:
    told = run("verify", "nowhere", data=tmp_path)
    assert told.returncode == 1
    assert "There is no game nowhere." in told.stderr


def test_a_production_database_is_not_migrated_behind_its_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "migrations_missing", lambda: True)
    with override_settings(MODE=Mode.PRODUCTION), pytest.raises(CommandError, match=r"run `manage\.py migrate` first"):
        ready.make_ready()


def test_a_kept_game_verifies(tmp_path: Path) -> None:
    played = run("play", "--preset", "hanoi", "--seed", "5", "--keep", "--json", data=tmp_path)
    assert played.returncode == 0, played.stderr
    assert json.loads(played.stdout)["games"] == 1
    told = run("verify", "all", "--json", data=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr
    assert json.loads(told.stdout)["good"] is True
