"""Papers in real browsers: drafted, cleared with an edit, released, read; requests answered; statements meant, read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.test_accessibility import AXE, PHASES, scan
from tests.support.theatre import Person, Stage, control_line, join_by_code, quick_game, take_seat

SUBJECT = "Working-level round in Stockholm"
SUMMARY = "We propose a round of envoys before the leaders meet."
BETTER = "We propose a round of envoys, with inspectors, before the leaders meet."
NOTE = "Name the inspectors."
QUESTION = "How many warheads do they hold?"
ANSWER = "Between thirty and forty, moderate confidence."
HEADLINE = "We are ready to meet"
MEANT = "A door for them, a warning for nobody."
READ = "They need a success before the midterms."
SHOTS = os.environ.get("E2E_SHOTS", "")
"""Where to keep pictures of every step, for people who look at the pages."""

Look = Callable[[Person, str], None]


@pytest.fixture(scope="session")
def axe() -> str:
    assert AXE.exists(), "axe-core is not installed: run `make setup`"
    return AXE.read_text(encoding="utf-8")


def picture(page: Page, name: str) -> None:
    """Keep what a page shows in both themes, where somebody asked for pictures."""
    if SHOTS:
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
            page.screenshot(path=Path(SHOTS) / f"{name}-{theme}.png")


def test_papers_are_cleared_released_and_read_by_exactly_those_who_may(stage: Stage, axe: str) -> None:
    made = quick_game(stage, people=("state", "defense", "potus", "dprk", "intel"), phase_ms=PHASES)
    sam, dan, mara = stage.person("Sam"), stage.person("Dan"), stage.person("Mara", phone=True)
    yun, ida = stage.person("Yun", phone=True), stage.person("Ida")
    sam.page.set_viewport_size({"width": 1280, "height": 800})
    for person, seat in ((sam, "state"), (dan, "defense"), (mara, "potus"), (yun, "dprk"), (ida, "intel")):
        join_by_code(person, stage.url, made["code"])
        take_seat(person, seat)
    clock = control_line(stage, made)
    clock.do("game.start", force=True)
    everybody = (sam, dan, mara, yun, ida)
    for person in everybody:
        person.until(lambda person=person: person.phase()[1] == "plan", "Plan")
    found: list[str] = []

    def look(person: Person, name: str) -> None:
        picture(person.page, name)
        found.extend(scan(person.page, axe, name))

    a_cable(sam, dan, ida, mara, yun, look)
    a_request(sam, ida, look)
    a_statement(mara, yun, look)
    control_reads_both(stage, made, look)
    for person in (sam, dan, ida):
        assert not person.tap.heard(READ), "a reading reached another seat"
        assert not person.tap.heard(MEANT), "a meaning reached another seat"
    assert not yun.tap.heard(NOTE), "a clearance note reached the other side"
    assert not yun.tap.heard(SUMMARY), "the text before the edit reached the other side"
    assert not yun.tap.heard(QUESTION), "a request reached a stranger"
    assert not mara.tap.heard(READ), "a reading reached the issuer"
    for person in everybody:
        assert person.faults == [], f"{person.name}'s page threw"
    assert not found, "\n".join(found)


def desk(person: Person) -> Locator:
    """Open the Papers tab, on a phone through More."""
    page = person.page
    panel = page.get_by_role("region", name="Papers", exact=True)
    if not panel.is_visible():
        assert page.viewport_size is not None
        if page.viewport_size["width"] > 760:
            tabs = page.get_by_role("tablist", name="Side panels")
            tabs.get_by_role("tab", name=re.compile("^Papers")).click()
        else:
            page.get_by_role("navigation", name="Tasks").get_by_role("button", name=re.compile("^More")).click()
            page.get_by_role("navigation", name="More").get_by_role("button", name=re.compile("^Papers")).click()
    expect(panel.get_by_role("heading", name="Papers")).to_be_visible()
    return panel


def sheet(person: Person) -> Locator:
    return person.page.get_by_role("dialog")


def paper(person: Person, subject: str) -> dict[str, Any]:
    """Return a paper as a page knows it, by its first field."""
    known = [one for one in person.tap.latest("paper").values() if subject in one["fields"].values()]
    return known[0] if known else {"status": ""}


def open_paper(person: Person, subject: str) -> Locator:
    desk(person).get_by_role("button", name=re.compile(re.escape(subject))).click()
    expect(sheet(person)).to_be_visible()
    return sheet(person)


def close(person: Person) -> None:
    sheet(person).get_by_role("button", name="Close").click()
    expect(sheet(person)).to_be_hidden()


def a_cable(sam: Person, dan: Person, ida: Person, mara: Person, yun: Person, look: Look) -> None:
    """State drafts, Defense clears with an edit, Intelligence clears, the President releases, Pyongyang reads."""
    desk(sam).get_by_role("button", name="Write").click()
    look(sam, "papers-forms")
    sheet(sam).get_by_role("button", name=re.compile("^Cable")).click()
    sheet(sam).get_by_role("checkbox", name=re.compile("Chairman")).check()
    sheet(sam).get_by_label(re.compile("^Subject")).fill(SUBJECT)
    sheet(sam).get_by_label("Precedence").select_option("priority")
    sheet(sam).get_by_label(re.compile("^Summary")).fill(SUMMARY)
    look(sam, "papers-new-cable")
    sam.page.reload()
    desk(sam).get_by_role("button", name="Write").click()
    sheet(sam).get_by_role("button", name=re.compile("^Cable")).click()
    expect(sheet(sam).get_by_label(re.compile("^Subject"))).to_have_value(SUBJECT)
    sheet(sam).get_by_role("button", name="Put on the desk").click()
    sheet(sam).get_by_role("button", name="Send for clearance").click()
    expect(sheet(sam).get_by_text("Waiting for")).to_be_visible()
    assert paper(mara, SUBJECT)["status"] == "", "the President reads it before the agencies have cleared it"
    text = open_paper(dan, SUBJECT)
    text.get_by_role("button", name="Change the text").click()
    text.get_by_label(re.compile("^Summary")).fill(BETTER)
    text.get_by_label("A word with your clearance").fill(NOTE)
    look(dan, "papers-clear-with-an-edit")
    text.get_by_role("button", name="Clear with my changes").click()
    dan.until(lambda: any(s["state"] == "cleared" for s in paper(dan, SUBJECT)["steps"]), "Defense's clearance")
    look(sam, "papers-changes-seen-by-the-drafter")
    text = open_paper(ida, SUBJECT)
    expect(text.locator("ins").first).to_be_visible()
    text.get_by_role("button", name="Clear it").click()
    mara.until(lambda: paper(mara, SUBJECT)["status"] == "in_clearance", "the President's turn")
    text = open_paper(mara, SUBJECT)
    look(mara, "papers-phone-president")
    text.get_by_role("button", name="Clear it").click()
    text.get_by_role("button", name="Release").click()
    text.get_by_role("button", name="Release it").click()
    yun.until(lambda: paper(yun, SUBJECT)["status"] == "received", "the cable")
    assert paper(yun, SUBJECT)["steps"] == []
    text = open_paper(yun, SUBJECT)
    expect(text.get_by_text(BETTER)).to_be_visible()
    expect(text.get_by_text(re.compile("^STATE-DPRK .* 001$"))).to_be_visible()
    look(yun, "papers-phone-received")
    yun.until(lambda: f"paper:{paper(yun, SUBJECT)['id']}:dprk" in yun.tap.latest("opened"), "the reading mark")
    for person in (sam, dan, ida, mara, yun):
        close(person)


def a_request(sam: Person, ida: Person, look: Look) -> None:
    """State asks Intelligence; Intelligence takes it and answers."""
    desk(sam).get_by_role("button", name="Ask or task").click()
    sheet(sam).get_by_role("combobox", name=re.compile("^To")).select_option("intel")
    sheet(sam).get_by_label("What you need to know").fill(QUESTION)
    look(sam, "papers-ask")
    sheet(sam).get_by_role("button", name="Ask").click()
    item = desk(ida).get_by_role("article", name=re.compile("RFI STATE-INTEL 001"))
    item.get_by_role("button", name="We are at it").click()
    item.get_by_label("Answer to RFI STATE-INTEL 001").fill(ANSWER)
    look(ida, "papers-inbox")
    item.get_by_role("button", name="Answer", exact=True).click()
    sam.until(lambda: any(t["answer"] == ANSWER for t in sam.tap.latest("tasking").values()), "the answer")
    desk(sam).get_by_text("Closed requests").click()
    expect(desk(sam).get_by_text(ANSWER)).to_be_visible()
    look(sam, "papers-outbox")


def a_statement(mara: Person, yun: Person, look: Look) -> None:
    """The President speaks to everybody, and writes down what it is meant to say; Pyongyang writes what it read."""
    desk(mara).get_by_role("button", name="Write").click()
    sheet(mara).get_by_role("button", name=re.compile("^Press statement")).click()
    sheet(mara).get_by_label(re.compile("^Headline")).fill(HEADLINE)
    sheet(mara).get_by_label(re.compile("^Statement")).fill("We are ready to meet. We are in no hurry.")
    sheet(mara).get_by_role("button", name="Put on the desk").click()
    sheet(mara).get_by_role("textbox", name="What it is meant to signal").fill(MEANT)
    sheet(mara).get_by_role("button", name="Record the meaning").click()
    mara.until(lambda: mara.tap.latest("meaning"), "the meaning on record")
    look(mara, "papers-phone-statement")
    sheet(mara).get_by_role("button", name="Release").click()
    sheet(mara).get_by_role("button", name="Release it").click()
    yun.until(lambda: paper(yun, HEADLINE)["status"] == "received", "the statement")
    yun.until(lambda: any(HEADLINE in m["text"] for m in yun.tap.latest("message").values()), "the press wall")
    text = open_paper(yun, HEADLINE)
    text.get_by_role("textbox", name="How we read it").fill(READ)
    text.get_by_role("button", name="Record the reading").click()
    yun.until(lambda: yun.tap.latest("statement_reading"), "the reading on record")
    look(yun, "papers-phone-as-read")


def control_reads_both(stage: Stage, made: dict[str, str], look: Look) -> None:
    """Control sees what was meant beside what was read."""
    control = stage.person("Control", reduced_motion="reduce")
    control.page.goto(made["control_url"])
    control.page.get_by_role("button", name=re.compile("^Papers")).click()
    control.page.get_by_role("button", name=re.compile(re.escape(HEADLINE))).click()
    both = sheet(control).get_by_role("region", name="Meant and read")
    expect(both.get_by_text(MEANT)).to_be_visible()
    expect(both.get_by_text(READ)).to_be_visible()
    look(control, "papers-control")
    assert control.faults == [], "Control's page threw"
