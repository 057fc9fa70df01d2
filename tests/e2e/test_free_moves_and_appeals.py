"""A move the catalogue lacks, in real browsers: proposed, argued, estimated, framed, admitted, read and appealed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_accessibility import AXE, PHASES, scan
from tests.support.theatre import Person, Stage, control_line, join_by_code, quick_game, take_seat

TITLE = "A match of table tennis"
REASON = "Sport has opened doors before."
ARGUMENT = "The rail survey is humanitarian in all but name."
AGAINST = "It rewards a year of tests."
APPEAL = "The hall was full and the wire said so."
ANSWER = "Granted: the reception was warmer than the draw."
SHOTS = os.environ.get("E2E_SHOTS", "")
"""Where to keep pictures of every step, for people who look at the pages."""


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


def test_a_free_move_is_argued_settled_carded_and_appealed(stage: Stage, axe: str) -> None:
    made = quick_game(stage, people=("rok", "jpn", "dprk"), phase_ms=PHASES)
    iris, ken = stage.person("Iris"), stage.person("Ken", phone=True)
    for person, seat in ((iris, "rok"), (ken, "jpn")):
        join_by_code(person, stage.url, made["code"])
        take_seat(person, seat)
    clock = control_line(stage, made)
    clock.do("game.start", force=True)
    desk = stage.person("Control", reduced_motion="reduce")
    desk.page.goto(made["control_url"])
    iris.until(lambda: iris.phase()[1] == "plan", "Plan")
    found: list[str] = []

    def look(person: Person, name: str) -> None:
        picture(person.page, name)
        found.extend(scan(person.page, axe, name))

    order_with_an_argument(iris)
    propose(iris, look)
    assert not ken.tap.heard(TITLE), "a proposal reached a seat that Control had not let in"
    argue_and_estimate(desk, iris, ken, look)
    frame_and_admit(desk, look)
    iris.until(lambda: free(iris)["status"] == "admitted", "the admission")
    assert free(ken)["status"] == "admitted"
    settle(desk, clock, iris, look)
    read_the_card(iris, ken, look)
    appeal_and_answer(desk, iris, look)
    assert not ken.tap.heard(APPEAL), "an appeal reached another seat"
    assert not iris.tap.heard('"percent":35'), "an estimate reached the proposer"
    for person in (iris, ken, desk):
        assert person.faults == [], f"{person.name}'s page threw"
    assert not found, "\n".join(found)


def free(person: Person) -> dict:  # type: ignore[type-arg]
    """Return the one free move of this story as a page knows it."""
    return next(iter(person.tap.latest("freemove").values()), {"status": ""})


Look = Callable[[Person, str], None]


def order_with_an_argument(iris: Person) -> None:
    """Put an order of the catalogue on the sheet, and say to Control why it should succeed."""
    page = iris.page
    page.get_by_role("button", name=re.compile("^Draft Seek an exemption")).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label(re.compile("^Why should it succeed")).fill(ARGUMENT)
    sheet.get_by_role("button", name="Put on the sheet").click()
    expect(sheet).to_be_hidden()


def propose(iris: Person, look: Look) -> None:
    """Lay a move of one's own before Control."""
    page = iris.page
    page.get_by_role("button", name="Propose a move of your own").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Title").fill(TITLE)
    sheet.get_by_label("What we do").fill("Invite a northern team to Seoul for a week, with the press.")
    sheet.get_by_label("What it is to bring about").fill(
        "Two publics see each other play, and officials meet beside the table."
    )
    sheet.get_by_label("Argument 1").fill(REASON)
    look(iris, "proposal-sheet")
    sheet.get_by_role("button", name="Lay it before Control").click()
    expect(page.get_by_role("article", name=f"Free move: {TITLE}")).to_be_visible()
    look(iris, "proposal-laid")


def argue_and_estimate(desk: Person, iris: Person, ken: Person, look: Look) -> None:
    """Control lets Tokyo argue and asks it, in confidence, for the odds; then gives its own."""
    page = desk.page
    page.get_by_role("button", name=re.compile("^Arguments")).click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    page.get_by_role("group", name=re.compile("^Who may argue")).get_by_role(
        "button", name=re.compile("Japan|Tokyo")
    ).click()
    page.get_by_role("group", name=re.compile("^Asked for the odds")).get_by_role(
        "button", name=re.compile("Japan|Tokyo")
    ).click()
    phone = ken.page
    phone.get_by_role("navigation", name="Tasks").get_by_role("button", name="Moves").click()
    item = phone.get_by_role("article", name=f"Free move: {TITLE}")
    item.get_by_label(f"An argument on {TITLE}").fill(AGAINST)
    item.get_by_role("button", name="Against").click()
    expect(item.get_by_text(AGAINST)).to_be_visible()
    item.get_by_role("slider").fill("35")
    item.get_by_role("button", name="Give it").click()
    expect(item.get_by_text("You said 35%")).to_be_visible()
    look(ken, "phone-argue-and-estimate")
    expect(iris.page.get_by_text(AGAINST)).to_be_visible()
    orders = page.get_by_role("region", name="Arguments for orders")
    expect(orders.get_by_text(ARGUMENT)).to_be_visible()
    orders.get_by_role("button", name="+2").click()
    expect(orders.get_by_role("button", name="+2")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("slider", name="Your own estimate").fill("65")
    page.get_by_role("button", name="Give it").click()
    expect(page.get_by_text(re.compile("Pooled 50"))).to_be_visible()


def frame_and_admit(desk: Person, look: Look) -> None:
    """Say what it moves; a change too large is refused with what is allowed; then admit it."""
    page = desk.page
    page.get_by_label("Severity").select_option("de")
    page.get_by_label("effect 1: variable").select_option("inter_korean")
    page.get_by_label("effect 1: change").fill("6")
    page.get_by_role("button", name="Add effect").click()
    page.get_by_label("effect 2: variable").select_option("tension")
    page.get_by_label("effect 2: change").fill("-4")
    page.get_by_role("button", name="Add cost").click()
    page.get_by_label("cost 1: variable").select_option("rok_coh")
    page.get_by_label("cost 1: change").fill("-2")
    page.get_by_role("group", name=re.compile("^Net arguments")).get_by_role("button", name="+1").click()
    page.get_by_label("Event code").select_option("036")
    page.get_by_role("button", name="Set the frame").click()
    expect(page.get_by_text("after +1 net arguments")).to_be_visible()
    look(desk, "control-frame")
    page.get_by_role("button", name="Admit", exact=True).click()
    page.get_by_role("button", name="Admit now").click()
    expect(page.get_by_text("Admitted").first).to_be_visible()


def settle(desk: Person, clock, iris: Person, look: Look) -> None:  # type: ignore[no-untyped-def]
    """Lock; read the proposal's card of the free move; release."""
    clock.do("phase.end", expect="plan")
    desk.until(
        lambda: any(o["label"] == TITLE for p in desk.tap.latest("proposal").values() for o in p["orders"]), "it"
    )
    page = desk.page
    page.get_by_role("button", name=re.compile(TITLE)).first.click()
    expect(page.get_by_role("heading", name="Odds and draw")).to_be_visible()
    expect(page.get_by_text("Pooled from 35%, 65%, then +1 net arguments.")).to_be_visible()
    look(desk, "control-card")
    page.get_by_role("button", name="Accept all and release").click()
    page.get_by_role("button", name="Release now").click()
    iris.page.wait_for_url(re.compile("/turn/"))


def read_the_card(iris: Person, ken: Person, look: Look) -> None:
    """The proposer reads odds and draw in words, others that it was tried."""
    page = iris.page
    expect(page.get_by_role("heading", name=re.compile("^Free moves"))).to_be_visible()
    expect(page.get_by_text(re.compile("Success was thought"))).to_be_visible()
    status = free(iris)["status"]
    assert status in ("succeeded", "failed")
    own = page.get_by_role("listitem").filter(has_text="Seek an exemption").first
    own.get_by_text("Adjudication card").click()
    expect(own.get_by_text(ARGUMENT)).to_be_visible()
    expect(own.get_by_text("Control granted arguments in favour, net +2.")).to_be_visible()
    look(iris, "outcome-card")
    ken.page.wait_for_url(re.compile("/turn/"))
    ken.sees(TITLE)
    assert ken.page.get_by_text(re.compile("Success was thought")).count() == 0
    look(ken, "phone-outcome")


def appeal_and_answer(desk: Person, iris: Person, look: Look) -> None:
    """Appeal under the outcome; Control upholds it with a correction; the answer stands where the appeal was."""
    page = iris.page
    page.get_by_role("button", name=f"Appeal against {TITLE}").click()
    page.get_by_label("What should it have been, and why?").fill(APPEAL)
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_text("With Control").first).to_be_visible()
    control = desk.page
    control.get_by_role("button", name=re.compile("^Appeals")).click()
    expect(control.get_by_text(APPEAL)).to_be_visible()
    control.get_by_label(re.compile("^Answer")).fill(ANSWER)
    control.get_by_label("Variable").select_option("inter_korean")
    control.get_by_label("Change", exact=True).fill("2")
    look(desk, "control-appeal")
    control.get_by_role("button", name="Uphold").click()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.get_by_text("Upheld")).to_be_visible()
    look(iris, "outcome-answered")
