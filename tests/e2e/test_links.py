"""The links of the ready line, opened in a real browser: each leads in, and the page keeps its own policy."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.services import Installation, installation


@pytest.fixture(scope="module")
def demo() -> Iterator[Installation]:
    with installation("--demo") as up:
        yield up


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Collect what the browser complains of: refused scripts and styles, uncaught errors, requests to strangers."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if "127.0.0.1" not in request.url else None)
    return said


def test_the_join_link_asks_a_name_and_leads_to_the_lobby(
    demo: Installation, page: Page, complaints: list[str]
) -> None:
    page.goto(f"{demo.url}/j/{demo.ready['code']}")
    page.get_by_role("textbox").first.fill("Mara")
    page.get_by_role("button", name="Enter the room").click()
    page.wait_for_url("**/g/*/lobby")
    expect(page.get_by_text("Mara").first).to_be_visible()
    assert complaints == []


def test_the_control_link_opens_the_console(demo: Installation, page: Page, complaints: list[str]) -> None:
    page.goto(demo.ready["control"])
    page.wait_for_url("**/g/*/control")
    expect(page.get_by_role("button").first).to_be_visible()
    assert complaints == []


def test_two_seat_links_sit_side_by_side_in_one_browser(demo: Installation, browser: Browser) -> None:
    context = browser.new_context()
    links = list(demo.ready["seats"].values())[:2]
    seats = [context.new_page() for _ in links]
    for tab, link in zip(seats, links, strict=True):
        tab.goto(link)
        tab.wait_for_url("**/g/**")
    for tab in seats:
        tab.reload()
    passes = [tab.evaluate("Object.values(sessionStorage).join()") for tab in seats]
    assert len(set(passes)) == 2
    context.close()
