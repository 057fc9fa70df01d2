"""The practice case in a real browser: made on the staff page, one person among bots, three turns to the end."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.support.theatre import Person, Stage, end_phase, join_by_code, read_brief_and_get_ready, take_seat

TITLE = "Practice round"
BOTS = ("works", "downriver", "broker")
WHY = "Their fields can see a slower lake."


def test_one_person_learns_the_room_among_bots_from_the_first_sheet_to_the_review(stage: Stage) -> None:
    control, code = make_practice(stage)
    mara = stage.person("Mara")
    join_by_code(mara, stage.url, code)
    take_seat(mara, "upriver")
    read_brief_and_get_ready(mara, "upriver")
    control.page.get_by_role("button", name="Start turn 1").click()
    for turn in (1, 2, 3):
        until_phase(mara, turn, "brief")
        end_phase(control)
        until_phase(mara, turn, "plan")
        if turn == 1:
            order(mara)
            see_the_bots_submit(control)
        end_phase(control)
        until_phase(mara, turn, "negotiate")
        end_phase(control)
        until_phase(mara, turn, "outcome")
        if turn == 1:
            read_the_outcome(mara)
        if turn < 3:
            end_phase(control)
    end_phase(control)
    mara.until(lambda: mara.latest("game", "game")["status"] == "ended", "the end of the game", within_ms=60_000)
    assert {one["seat"] for one in mara.tap.latest("order").values()} <= {"upriver"}
    for person in (control, mara):
        assert person.faults == [], f"{person.name}'s page threw"


def make_practice(stage: Stage) -> tuple[Person, str]:
    """Choose the practice case on the page for a new game; nothing is ruled, so outcomes are released at once."""
    control = stage.person("control")
    page = control.page
    page.goto(stage.staff_link)
    page.wait_for_url("**/staff")
    page.goto(f"{stage.url}/staff/new")
    page.get_by_label(re.compile("^Case")).select_option("practice")
    page.get_by_label("Title").fill(TITLE)
    expect(page.get_by_label("Played part")).to_contain_text("Three months")
    for seat in BOTS:
        page.locator(f'label:has(input[name="seat-{seat}"][value="bot"])').click()
    for phase in ("Brief", "Plan", "Negotiate", "Outcome"):
        page.locator("label.phase", has_text=phase).locator("input").fill("")
    page.get_by_text("Advanced").click()
    page.get_by_label("Seed").fill("practice-1")
    page.get_by_label(re.compile("^Rigid")).check()
    page.get_by_role("button", name="Make the game").click()
    expect(page.get_by_role("heading", name=f"{TITLE} is open")).to_be_visible()
    code = page.locator("dd.code").inner_text().strip()
    page.get_by_role("link", name="Go to the Control console").click()
    page.wait_for_url("**/g/*/control*")
    return control, code


def until_phase(person: Person, turn: int, phase: str) -> None:
    person.until(lambda: person.phase() == (turn, phase), f"{phase} of turn {turn}", within_ms=60_000)


def order(mara: Person) -> None:
    """Put the first order on the sheet and seal it."""
    page = mara.page
    moves = page.locator("#moves")
    moves.get_by_role("button", name=re.compile("^Draft Slow the filling down")).click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Why are you doing this?").fill(WHY)
    sheet.get_by_role("button", name="Put on the sheet").click()
    moves.get_by_role("button", name=re.compile("^Submit orders")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Submit 1 order")).click()
    expect(moves.get_by_text("Submitted").first).to_be_visible()


def see_the_bots_submit(control: Person) -> None:
    """Wait until the sheets of Belmar and the envoy hold orders: bots take their time, as people do."""
    for seat in ("Belmar", "Envoy"):
        row = control.page.locator("tr", has_text=seat)
        expect(row.get_by_text(re.compile("[12] submitted"))).to_be_visible(timeout=60_000)


def read_the_outcome(mara: Person) -> None:
    """Read what became of the order, and the rule that says why."""
    mara.page.wait_for_url(re.compile(r"/turn/1"))
    mara.sees("Slow the filling down for this month")
    own = mara.latest("outcome", "turn@1")["own_orders"]
    assert [one["label"] for one in own] == ["Slow the filling down for this month"]
    assert mara.tap.heard("The lake"), "no account of the lake reached the seat that reads its gauge"
