"""The browser suite: real Chromium against a real installation, started by the command people use."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import browser_type_launch_args
from tests.support.services import Installation, installation
from tests.support.theatre import Stage

__all__ = ["browser_type_launch_args"]


@pytest.fixture(scope="session")
def server() -> Iterator[Installation]:
    """Run Valkey, Daphne and a worker with beat on a data directory of their own."""
    with installation() as running:
        yield running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know how the test went."""
    report = yield
    if report.when == "call":
        item.stash[OUTCOME] = report.failed
    return report


OUTCOME = pytest.StashKey[bool]()


@pytest.fixture
def stage(request: pytest.FixtureRequest, browser: Browser, server: Installation, tmp_path: Path) -> Iterator[Stage]:
    """Open browsers; when the test fails, keep a picture of every page and say where it is."""
    opened = Stage(browser, server.url, str(server.ready["staff"]))
    yield opened
    if request.node.stash.get(OUTCOME, False):
        for path in opened.pictures(tmp_path):
            print(f"picture: {path}")
    opened.close()
