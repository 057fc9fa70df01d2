"""People in front of browsers: what they click on the way from a code to a seat, in the words on the screen.

Every wait is for a condition with a bound; nothing here sleeps or talks to the server behind the page's back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support import wire
from tests.support.wiretap import Wiretap

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SOON_MS = 30_000
expect.set_options(timeout=SOON_MS)
CASE = "us-dprk-2017"
BOTS = ("state", "defense", "intel", "jpn")


@dataclass
class Person:
    """One human at one browser of their own."""

    name: str
    page: Page
    tap: Wiretap
    faults: list[str] = field(default_factory=list)

    @property
    def game(self) -> str:
        """Return the id of the game the page is in."""
        found = re.search(r"/[gr]/([^/#?]+)", self.page.url)
        assert found, self.page.url
        return found[1]

    def sees(self, words: str | re.Pattern[str], *, within_ms: int = SOON_MS) -> None:
        """Expect words on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible(timeout=within_ms)

    def until(self, condition: Callable[[], object], what: str, *, within_ms: int = SOON_MS) -> None:
        """Let the page run until something holds of what it was told."""
        for _ in range(within_ms // 50):
            if condition():
                return
            self.page.wait_for_timeout(50)  # lets the browser's events reach us; bounded by the loop
        raise AssertionError(f"{self.name}: {what} did not come within {within_ms} ms")

    def latest(self, kind: str, key: str) -> Any:
        """Return what the page was last told of an entity."""
        return self.tap.latest(kind).get(key)

    def phase(self) -> tuple[int, str]:
        """Return the turn and phase the page was last told of."""
        frame = self.latest("game", "game") or {}
        return int(frame.get("turn", 0)), str(frame.get("phase", ""))


class Stage:
    """Open browsers for people and keep their pages for the pictures of a failure."""

    def __init__(self, browser: Browser, url: str, staff_link: str) -> None:
        """Begin with nobody."""
        self.browser, self.url, self.staff_link = browser, url, staff_link
        self.people: list[Person] = []
        self.lines: list[wire.Player] = []
        self._contexts: list[BrowserContext] = []

    def person(self, name: str, *, phone: bool = False, **options: Any) -> Person:
        """Give somebody a browser without a history."""
        size: Any = PHONE if phone else DESKTOP
        context = self.browser.new_context(viewport=size, has_touch=phone, is_mobile=phone, **options)
        context.set_default_timeout(SOON_MS)
        self._contexts.append(context)
        page = context.new_page()
        one = Person(name, page, Wiretap(page))
        page.on("pageerror", lambda error: one.faults.append(str(error)))
        self.people.append(one)
        return one

    def close(self) -> None:
        """Close every browser and hang up every line."""
        for line in self.lines:
            line.close()
        for context in self._contexts:
            context.close()

    def pictures(self, folder: Path) -> list[Path]:
        """Save what every page shows."""
        saved = []
        for place, person in enumerate(self.people):
            path = folder / f"{place}-{person.name}.png"
            if not person.page.is_closed():
                person.page.screenshot(path=path)
                saved.append(path)
        return saved


def make_game(stage: Stage, *, title: str, minutes: dict[str, str], bots: tuple[str, ...] = BOTS) -> tuple[Person, str]:
    """Let Control make a game on the staff page; return Control at its console and the room code."""
    control = stage.person("control")
    page = control.page
    page.goto(stage.staff_link)
    page.wait_for_url("**/staff")
    page.goto(f"{stage.url}/staff/new")
    page.get_by_label(re.compile("^Case")).select_option(CASE)
    page.get_by_label("Title").fill(title)
    page.get_by_label("Played part").select_option("hanoi")
    for seat in bots:
        page.locator(f'label:has(input[name="seat-{seat}"][value="bot"])').click()
    for phase, text in minutes.items():
        page.locator("label.phase", has_text=phase).locator("input").fill(text)
    page.get_by_text("Advanced").click()
    page.get_by_label("Seed").fill("e2e-1")
    page.get_by_role("button", name="Make the game").click()
    expect(page.get_by_role("heading", name=f"{title} is open")).to_be_visible()
    code = page.locator("dd.code").inner_text().strip()
    page.get_by_role("link", name="Go to the Control console").click()
    page.wait_for_url("**/g/*/control*")
    expect(page.get_by_text("Waiting in the lobby")).to_be_visible()
    return control, code


def join_by_code(person: Person, url: str, code: str) -> None:
    """Type the code and a name, as people do who were shown a code on a wall."""
    page = person.page
    page.goto(url)
    page.get_by_label("Room code").fill(code)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your name, as others will see it").fill(person.name)
    page.get_by_role("button", name="Enter the room").click()
    page.wait_for_url("**/lobby")


def take_seat(person: Person, seat: str) -> None:
    """Take a seat in the lobby and see its brief."""
    place = person.page.locator(f'[data-seat="{seat}"]')
    place.get_by_role("button").click()
    expect(place.get_by_text("your seat")).to_be_visible()
    brief = person.page.get_by_role("region", name="Role brief")
    expect(brief.get_by_text("What you are judged on")).to_be_visible()


def read_brief_and_get_ready(person: Person, seat: str) -> None:
    """Answer the question of the brief and say ready."""
    page = person.page
    brief = person.latest("brief", seat)
    assert brief["summary"] in page.get_by_role("region", name="Role brief").inner_text()
    page.get_by_role("button", name="I have read my brief").click()
    dialog = page.get_by_role("dialog")
    if brief["check_question"]:
        dialog.get_by_label(brief["check_options"][brief["check_answer"]], exact=True).check()
        dialog.get_by_role("button", name="Ready").click()
    expect(page.get_by_role("button", name="Ready. Take it back")).to_be_visible()


def end_phase(control: Person) -> None:
    """End the phase from the console, with its second click."""
    control.page.get_by_role("button", name="End phase").click()
    control.page.get_by_role("button", name="End it now").click()


def quick_game(
    stage: Stage, *, people: tuple[str, ...], phase_ms: dict[str, int | None], title: str = "Rehearsal"
) -> dict[str, str]:
    """Make a game over HTTP where making it is not what the test is about; return its links and code."""
    staff = wire.Browser(stage.url)
    staff.done(urlsplit(stage.staff_link).path)
    listed = staff.done("/api/scenarios")
    cases = listed["scenarios"] if isinstance(listed, dict) else listed
    case = next(one for one in cases if one["id"] == CASE)
    body = {
        "title": title,
        "scenario": case["id"],
        "preset": "hanoi",
        "style": "semi_rigid",
        "seed": "e2e-2",
        "seats": list(people),
        "bots": {seat: bot["default"] for seat, bot in case["bots"].items() if seat not in people},
        "phase_ms": phase_ms,
    }
    return dict(staff.done("/api/games", body))


def control_line(stage: Stage, made: dict[str, str]) -> wire.Player:
    """Sit down at Control without a browser."""
    token = urlsplit(made["control_url"]).path.rsplit("/", 1)[1]
    line = wire.Player(stage.url, made["game"], token, name="control")
    stage.lines.append(line)
    return line
