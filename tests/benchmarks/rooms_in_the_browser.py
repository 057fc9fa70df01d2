"""How quick a game of 5,000 messages is in a real browser: open a room, search, scroll, mark read.

Run by hand: `.venv/bin/python -m tests.benchmarks.rooms_in_the_browser [messages]`. Starts an installation of its own,
fills it with `manage.py long_game`, and prints the middle of some repetitions in milliseconds, as the page sees them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.support.browser import QUIET, system_browser
from tests.support.services import ROOT, start_installation

REPEATS = 7
OPEN = """(room) => new Promise((done) => {
  const begun = performance.now();
  const log = document.querySelector('#conversation [role=log]');
  const title = document.querySelector('#conversation h3').textContent;
  [...document.querySelectorAll('#rooms button.room')].find((b) => b.textContent.includes(room)).click();
  const look = () => {
    const now = document.querySelector('#conversation h3').textContent;
    const shown = document.querySelectorAll('#conversation [data-number]').length;
    if ((now !== title || now === room) && shown >= 20) requestAnimationFrame(() => done(performance.now() - begun));
    else requestAnimationFrame(look);
  };
  look();
})"""
SCROLL = """() => new Promise((done) => {
  const log = document.querySelector('#conversation [role=log]');
  const first = () => Number(document.querySelector('#conversation [data-number]').dataset.number);
  const before = first();
  const begun = performance.now();
  log.scrollTop = 0;
  const look = () => {
    if (first() < before) requestAnimationFrame(() => done(performance.now() - begun));
    else requestAnimationFrame(look);
  };
  look();
})"""


def main() -> None:
    """Measure and print one line a thing."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory(prefix="t1rooms-") as place:
        data = Path(place)
        running = start_installation(data)
        try:
            made = json.loads(
                subprocess.run(
                    [sys.executable, str(ROOT / "manage.py"), "long_game", "--messages", str(messages)],
                    env={**os.environ, "TRACKONE_DATA": place}, capture_output=True, text=True, check=True, cwd=ROOT,
                ).stdout
            )  # fmt: skip
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=system_browser(), args=list(QUIET))
                page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
                _measure(page, running.url, made)
        finally:
            running.stop()


def _measure(page: Page, url: str, made: dict[str, object]) -> None:
    other, seat = str(made["room"]).removeprefix("talk:").split(".")
    links = dict(made["links"])  # type: ignore[call-overload]
    room = str(made["room"])
    page.goto(f"{url}{links[seat]}")
    page.wait_for_selector("#rooms button.room")
    loaded = page.evaluate("performance.now()")
    names = page.locator("#rooms button.room .n").all_inner_texts()
    titles = [name for name in names if name]
    there, away = _two_rooms(page, url, made, titles)
    print(f"page with a game of {made['messages']} messages usable after {loaded:.0f} ms")

    def opened() -> float:
        page.evaluate(OPEN, away)
        return float(page.evaluate(OPEN, there))

    _say("open a room of half of them", opened)
    _say("scroll up to older ones", lambda: float(page.evaluate(SCROLL)))
    _say(
        "search a word said once, from the key, 200 ms of waiting for more keys among them",
        lambda: _search(page, "heliotrope"),
    )
    _say("search a common word, from the key, 200 ms of waiting for more keys among them", lambda: _search(page, "the"))
    _say("jump to a message of long ago", lambda: _jump(page))
    writer = page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    writer.goto(f"{url}{links[other]}")
    writer.wait_for_selector("#rooms button.room")
    writer.goto(f"{url}/g/{made['game']}?room={room}")
    writer.wait_for_selector("#conversation [data-number]")
    _say("mark read, from the click (400 ms of looking among them)", lambda: _mark(page, writer, there, away))


def _two_rooms(page: Page, url: str, made: dict[str, object], titles: list[str]) -> tuple[str, str]:
    page.goto(f"{url}/g/{made['game']}?room={made['room']}")
    page.wait_for_selector("#conversation [data-number]")
    there = page.locator("#conversation h3").inner_text()
    away = next(name for name in titles if name not in (there, "Control"))
    page.evaluate(OPEN, away)
    return there, away


def _search(page: Page, word: str) -> float:
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").wait_for()
    took = page.evaluate(
        """([word]) => new Promise((done) => {
          const box = document.querySelector('dialog[open] input[type=search]');
          const found = () => document.querySelectorAll('dialog[open] .hits li').length;
          const write = (text) => {
            box.value = text;
            box.dispatchEvent(new Event('input', {bubbles: true}));
          };
          let begun = 0;
          const look = () => {
            if (!begun && !found()) {
              begun = performance.now();
              write(word);
            }
            if (begun && found()) done(performance.now() - begun);
            else requestAnimationFrame(look);
          };
          write('');
          look();
        })""",
        [word],
    )
    page.locator("dialog[open]").get_by_role("button", name="Close", exact=True).click()
    page.locator("dialog[open]").wait_for(state="detached")
    return float(took)


def _jump(page: Page) -> float:
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("heliotrope")
    page.locator("dialog[open] .hit", has_text="heliotrope").wait_for()
    took = page.evaluate(
        """() => new Promise((done) => {
          const begun = performance.now();
          document.querySelector('dialog[open] .hit').click();
          const look = () => {
            if (document.querySelector('#conversation .marked')) done(performance.now() - begun);
            else requestAnimationFrame(look);
          };
          look();
        })"""
    )
    page.wait_for_timeout(1_700)
    page.get_by_role("button", name="Newest", exact=True).click()
    return float(took)


def _mark(page: Page, writer: Page, there: str, away: str) -> float:
    """Let the other side write while one looks elsewhere, then look: until the count is gone from the list."""
    page.evaluate(OPEN, away)
    writer.locator("#conversation textarea").fill("One more thing.")
    writer.locator("#conversation textarea").press("Enter")
    ask = writer.get_by_role("button", name="Send to")
    if ask.count():
        ask.click()
    row = page.locator("#rooms button.room", has_text=there)
    row.locator(".count").wait_for(timeout=15_000)
    begun = page.evaluate("performance.now()")
    row.click()
    row.locator(".count").wait_for(state="detached")
    return float(page.evaluate("performance.now()")) - float(begun)


def _say(what: str, once: Callable[[], float]) -> None:
    times = [once() for _ in range(REPEATS)]
    print(f"{what}: {statistics.median(times):.0f} ms (worst {max(times):.0f})")


if __name__ == "__main__":
    main()
