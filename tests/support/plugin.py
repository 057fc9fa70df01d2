"""Gives every pytest process its own data directory, its own Valkey and the database that was asked for.

Loaded before pytest-django (`-p` in pyproject.toml), because the settings are read when pytest-django starts.
TRACKONE_TEST_DB=postgresql runs the suites on a real PostgreSQL (DATABASE_URL if set, else one started here).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.postgres import Cluster, start_cluster

CHOICE = os.environ.get("TRACKONE_TEST_DB", "sqlite")
WITHOUT_SERVERS = {"unit", "architecture", "property", "cases", "oracle"}
FOREIGN = ("REDIS_URL", "REDIS_URL_FILE", "SECRET_KEY", "SECRET_KEY_FILE", "ALLOWED_HOSTS", "TRACKONE_MODE", "DEBUG")

for _name in FOREIGN:
    os.environ.pop(_name, None)
DATA = Path(tempfile.mkdtemp(prefix="t1-"))
os.environ["TRACKONE_DATA"] = str(DATA)
ONE_STORE = {"aar", "leak"}
"""Suites about what is told and what is made of a log: one database is enough, but for what asks for both."""
_cluster: Cluster | None = None
_words = "SQLite (a file)"

if CHOICE == "postgresql":
    if not os.environ.get("DATABASE_URL"):
        _cluster = start_cluster()  # in the controlling process only: its workers inherit the address
        os.environ["DATABASE_URL"] = _cluster.url
        os.environ["TRACKONE_TEST_DB_WORDS"] = _cluster.words
    _words = os.environ.get("TRACKONE_TEST_DB_WORDS", "PostgreSQL of DATABASE_URL")
elif CHOICE == "sqlite":
    os.environ.pop("DATABASE_URL", None)
else:
    raise pytest.UsageError(f"TRACKONE_TEST_DB is {CHOICE!r}; set it to sqlite or postgresql.")


def _asks_the_database(item: pytest.Item) -> bool:
    """Tell whether a test, or a fixture of ours that it needs, touches the database this process was given."""
    if item.get_closest_marker("django_db") is not None:
        return True
    needs = getattr(item, "_fixtureinfo")  # noqa: B009 - not public, and the only place that knows
    known = needs.name2fixturedefs
    ours = [found for defs in known.values() for found in defs if found.baseid.startswith("tests")]
    asked = {*needs.argnames, *(name for found in ours for name in found.argnames)}
    return bool({"db", "transactional_db"} & set(known)) or "django_db_blocker" in asked


def _one_is_enough(item: pytest.Item) -> bool:
    """Tell whether a test would learn nothing from a second database."""
    if item.get_closest_marker("both_stores") is not None:
        return False
    return item.path.parent.name in ONE_STORE or item.get_closest_marker("one_store") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL run what asks the database for more than a place to put rows: the rest ran on SQLite."""
    if CHOICE == "postgresql" and not any(item.path.parent.name == "production" for item in items):
        again = [item for item in items if _one_is_enough(item) or not _asks_the_database(item)]
        config.hook.pytest_deselected(items=again)
        items[:] = [item for item in items if item not in set(again)]


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """Look for a file of the pages when it is asked for: each of a thousand test clients would list them all."""
    from django.conf import settings

    settings.WHITENOISE_AUTOREFRESH = True


def pytest_report_header() -> str:
    """Say which database the suites run on."""
    return f"database: {_words}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say it again where quiet runs show it too."""
    terminalreporter.write_line(f"database: {_words}")


def pytest_unconfigure() -> None:
    """Remove what this process made."""
    if _cluster is not None:
        _cluster.stop()
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _valkey(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run this process's own Valkey, at the address the settings expect, unless every test here is of the rules."""
    if all(item.path.parent.name in WITHOUT_SERVERS for item in request.session.items):
        yield
        return
    from tests.support.services import embedded_valkey

    with embedded_valkey(DATA):
        yield
