"""The settings: what they take from the environment, and what they refuse to guess."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.support.services import ROOT
from wargame.server import environment
from wargame.server.environment import Mode

WHOLE = {
    "TRACKONE_MODE": "production",
    "SECRET_KEY": "k" * 40,
    "DATABASE_URL": "postgresql://u:p%40ss@db.example:5433/games?sslmode=require",
    "REDIS_URL": "redis://valkey:6379",
    "ALLOWED_HOSTS": "play.example.edu, other.example.edu",
}
ASK = "from django.conf import settings as s; print(s.ALLOWED_HOSTS, s.SESSION_COOKIE_SECURE)"


def load_settings(environ: dict[str, str], data: Path) -> subprocess.CompletedProcess[str]:
    own = {"PATH": os.environ["PATH"], "TRACKONE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "wargame.server.settings"}
    return subprocess.run(
        [sys.executable, "-c", ASK], env={**own, **environ}, cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def test_production_starts_when_everything_is_given(tmp_path: Path) -> None:
    done = load_settings(WHOLE, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['play.example.edu', 'other.example.edu'] True"


@pytest.mark.parametrize("missing", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL", "ALLOWED_HOSTS"])
def test_production_refuses_to_start_without(missing: str, tmp_path: Path) -> None:
    done = load_settings({name: value for name, value in WHOLE.items() if name != missing}, tmp_path)
    assert done.returncode != 0
    assert f"{missing} is not set" in done.stderr


def test_production_refuses_a_short_key(tmp_path: Path) -> None:
    done = load_settings({**WHOLE, "SECRET_KEY": "short"}, tmp_path)
    assert done.returncode != 0
    assert "shorter than 32 characters" in done.stderr


def test_a_secret_may_be_given_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("from-the-file\n")
    assert environment.read_secret({"SECRET_KEY_FILE": str(path)}, "SECRET_KEY") == "from-the-file"


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="both set"):
        environment.read_secret({"SECRET_KEY": "a", "SECRET_KEY_FILE": str(tmp_path)}, "SECRET_KEY")


def test_a_secret_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        environment.read_secret({"SECRET_KEY_FILE": str(tmp_path / "none")}, "SECRET_KEY")


def test_the_embedded_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = environment.secret_key({}, Mode.EMBEDDED, tmp_path)
    assert environment.secret_key({}, Mode.EMBEDDED, tmp_path) == first
    assert len(first) > 40
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_two_data_directories_have_two_keys(tmp_path: Path) -> None:
    keys = {environment.secret_key({}, Mode.EMBEDDED, tmp_path / name) for name in ("a", "b")}
    assert len(keys) == 2


def test_the_database_address_is_taken_apart() -> None:
    described = environment.database(WHOLE, Mode.PRODUCTION, Path("/nowhere"))
    assert (described["NAME"], described["USER"], described["PASSWORD"]) == ("games", "u", "p@ss")
    assert (described["HOST"], described["PORT"]) == ("db.example", "5433")
    assert described["OPTIONS"]["sslmode"] == "require"


def test_a_unix_socket_directory_may_be_the_database_host() -> None:
    described = environment.database(
        {"DATABASE_URL": "postgresql://u@/games?host=/run/pg"}, Mode.EMBEDDED, Path("/nowhere")
    )
    assert (described["HOST"], described["NAME"]) == ("/run/pg", "games")


def test_sqlite_takes_the_write_lock_at_once_and_tests_on_a_file(tmp_path: Path) -> None:
    described = environment.database({}, Mode.EMBEDDED, tmp_path)
    assert described["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in described["OPTIONS"]["init_command"]
    assert described["TEST"]["NAME"] == str(tmp_path / "test.sqlite3")


def test_sqlite_is_refused_in_production(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="needs PostgreSQL"):
        environment.database({"DATABASE_URL": f"sqlite:///{tmp_path}/x"}, Mode.PRODUCTION, tmp_path)


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://host"])
def test_a_database_address_that_cannot_work_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        environment.database({"DATABASE_URL": address}, Mode.EMBEDDED, tmp_path)


def test_the_socket_stays_short_in_a_deep_directory() -> None:
    deep = Path("/") / Path(*["a-rather-long-name"] * 12)
    path = environment.socket_path(deep, "valkey.sock")
    assert len(os.fsencode(path)) < 108
    assert path == environment.socket_path(deep, "valkey.sock")
    assert path != environment.socket_path(deep / "other", "valkey.sock")


def test_each_client_gets_the_unix_address_in_its_own_spelling() -> None:
    assert environment.redis_database("unix:///run/v.sock", 2) == "unix:///run/v.sock?db=2"
    assert environment.broker_database("unix:///run/v.sock", 1) == "redis+socket:///run/v.sock?virtual_host=1"
    assert environment.redis_database("redis://h:6379", 2) == environment.broker_database("redis://h:6379", 2)


@pytest.mark.parametrize("address", ["http://x", "redis://h:6379/3"])
def test_a_broker_address_that_cannot_work_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL"):
        environment.redis_url({"REDIS_URL": address}, Mode.EMBEDDED, tmp_path)


def test_a_typo_in_a_flag_is_not_taken_for_no() -> None:
    with pytest.raises(ImproperlyConfigured, match="set it to 1 or 0"):
        environment.read_flag({"DEBUG": "flase"}, "DEBUG", default=False)


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="embedded"):
        environment.read_mode({"TRACKONE_MODE": "prod"})
