"""Finds a browser for the end-to-end suite. Where none can be had the suite fails and says what to install."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
NONE_FOUND = (
    "NO BROWSER: the end-to-end suite cannot run. Install Chromium (Debian: apt install chromium), set CHROMIUM to the"
    " path of one, or run `.venv/bin/playwright install chromium` where Playwright's own download is reachable."
)


def system_browser() -> str | None:
    """Return the path of a Chromium installed on this machine."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CANDIDATES)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Any) -> dict[str, Any]:
    """Launch the system's Chromium, else Playwright's own; neither makes requests of its own accord."""
    found = system_browser()
    if found is None and not os.path.exists(playwright.chromium.executable_path):  # noqa: PTH110
        pytest.fail(NONE_FOUND, pytrace=False)
    own = {"executable_path": found} if found else {}
    return {**browser_type_launch_args, "args": list(QUIET), **own}
