"""People come in by a list, sit where they wish, are spoken to, locked, replaced and let back in: by clicks alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_accessibility import AXE, scan
from tests.support.theatre import Person, Stage, quick_game

PHASES: dict[str, int | None] = {"brief": 600_000, "plan": None, "negotiate": 600_000, "outcome": None}
NAMES = """Name;Email;Seat;Wishes;Role;Rights
Ann Ng;ann@example.org;potus;;;
Bo Ek;;;dprk, rok;;
Cy Ito;;;;facilitator;clock"""


def let_in(console: Page, names: str) -> dict[str, str]:
    """Paste a list, read what it would do, let the people in; return their links by name."""
    console.get_by_role("button", name="Let people in by name").click()
    console.get_by_label("Names, one a line").fill(names)
    console.get_by_role("button", name="Read the names").click()
    console.get_by_role("button", name=re.compile(r"^Let \d+ in$")).click()
    dialog = console.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Copy as a table")).to_be_visible()
    rows = dialog.locator("tbody tr").all()
    links = {row.locator("th").inner_text(): row.locator("td").last.inner_text() for row in rows}
    dialog.get_by_role("button", name="Done").click()
    return links


def come_in(person: Person, link: str) -> None:
    """Open a personal link and press its one button."""
    person.page.goto(link)
    person.page.get_by_role("button", name=re.compile("^Enter as")).click()
    person.page.wait_for_url(re.compile(r"/g/[^/]+/(lobby|control)"))


@pytest.fixture
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def test_a_list_of_names_becomes_a_game_and_nobody_is_stuck(stage: Stage, axe: str) -> None:
    made = quick_game(stage, people=("potus", "dprk", "rok"), phase_ms=PHASES, title="By a list")
    control = stage.person("control")
    console = control.page
    console.goto(made["control_url"])
    links = let_in(console, NAMES)
    assert set(links) == {"Ann Ng", "Bo Ek", "Cy Ito"}
    people = console.get_by_role("list").filter(has_text="Bo Ek")
    expect(people.get_by_text("has not come yet").first).to_be_visible()
    found = scan(console, axe, "control, people")

    wall = stage.person("wall").page
    wall.goto(made["control_url"])
    wall.goto(f"{stage.url}/g/{made['game']}/wall")
    expect(wall.get_by_text(made["code"])).to_be_visible()
    expect(wall.get_by_text("0 of 2 people here")).to_be_visible()
    found += scan(wall, axe, "wall, joining")

    ann, bo, cy = stage.person("ann", phone=True), stage.person("bo"), stage.person("cy")
    ann.page.goto(links["Ann Ng"])
    expect(ann.page.get_by_text("Your seat is")).to_be_visible()
    found += scan(ann.page, axe, "an invitation")
    come_in(ann, links["Ann Ng"])
    come_in(bo, links["Bo Ek"])
    expect(bo.page.get_by_role("group", name="Which seats would you like?")).to_be_visible()
    found += scan(bo.page, axe, "lobby, wishes")
    console.get_by_role("button", name="Seat by wish").click()
    expect(bo.page.locator('[data-seat="dprk"]').get_by_text("your seat")).to_be_visible()

    console.get_by_role("button", name="Start turn 1").click()
    console.get_by_role("button", name="Start it now").click()
    ann.page.wait_for_url(re.compile(r"/g/[^/?]+(\?.*)?$"))
    console.get_by_role("group", name="Desk").get_by_role("button", name="Game").click()
    console.get_by_label("Lock the players' screens and say").fill("Look up, please")
    console.get_by_role("button", name="Lock screens", exact=True).click()
    for player in (ann, bo):
        expect(player.page.get_by_role("heading", name="Look up, please")).to_be_visible()
        player.page.keyboard.press("Escape")
        expect(player.page.get_by_role("heading", name="Look up, please")).to_be_visible()
    found += scan(ann.page, axe, "a locked screen")
    console.get_by_role("button", name="Unlock screens").click()
    for player in (ann, bo):
        expect(player.page.get_by_role("heading", name="Look up, please")).to_be_hidden()

    come_in(cy, links["Cy Ito"])
    expect(cy.page.get_by_role("button", name=re.compile("^Pause"))).to_be_visible()
    cy.page.get_by_role("group", name="Desk").get_by_role("button", name="Game").click()
    expect(cy.page.get_by_text("Seats, links and rights are for facilitators")).to_be_visible()
    cy.page.get_by_role("button", name=re.compile("^Pause")).click()
    expect(bo.page.get_by_text("Paused by Control").first).to_be_visible()

    console.get_by_role("button", name="More about Bo Ek").click()
    console.get_by_role("button", name="New link").click()
    console.get_by_role("button", name="Make it").click()
    expect(bo.page.get_by_text("This browser has not joined the game.")).to_be_visible()
    expect(console.locator(".address")).not_to_have_attribute("title", links["Bo Ek"])
    come_in(bo, str(console.locator(".address").get_attribute("title")))
    expect(bo.page.locator('[data-seat="dprk"]').get_by_text("your seat")).to_be_visible()
    assert found == []
    assert [fault for one in stage.people for fault in one.faults] == []


def test_a_delegation_hands_its_pen_on_and_reads_what_happened(stage: Stage) -> None:
    made = quick_game(stage, people=("potus",), phase_ms=PHASES, title="Two at one pen")
    control = stage.person("control")
    console = control.page
    console.goto(made["control_url"])
    links = let_in(console, "Name;Seat\nAda;potus\nBen;potus")
    ada, ben = stage.person("ada"), stage.person("ben")
    for person, name in ((ada, "Ada"), (ben, "Ben")):
        come_in(person, links[name])
        expect(person.page.get_by_text("your seat").first).to_be_visible()  # who comes in later has to click their way
    console.get_by_role("button", name="Start turn 1").click()
    console.get_by_role("button", name="Start it now").click()
    for person in (ada, ben):
        person.page.wait_for_url(re.compile(r"/g/[^/?]+(\?.*)?$"))
        person.page.get_by_role("button", name="Menu").click()
        person.page.get_by_role("button", name="Delegation and pen").click()
    ada.page.get_by_role("button", name="Make deputy").click()
    ben.page.get_by_role("button", name="Take the pen as deputy").click()
    expect(ben.page.get_by_role("button", name="Make deputy")).to_be_visible()
    ada.page.get_by_role("dialog").get_by_role("button", name="Take the pen back").click()
    expect(ada.page.get_by_role("button", name="Pass the pen")).to_be_visible()
    ada.page.keyboard.press("Escape")
    ada.page.get_by_role("button", name="Menu").click()
    ada.page.get_by_role("button", name="What happened so far").click()
    told = ada.page.get_by_role("dialog", name="What your seat knows so far")
    expect(told.get_by_text("News and intelligence")).to_be_visible()
    told.get_by_role("button", name="Go on").click()
    expect(told).to_be_hidden()
    assert [fault for one in stage.people for fault in one.faults] == []
