"""The way in and what the interface says: keyboard only, wrong code, twice through the door, refusals, the pause."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from tests.support.services import ROOT
from tests.support.theatre import Person, Stage, control_line, join_by_code, quick_game, take_seat

SENTENCES = json.loads((ROOT / "fixtures/protocol/rejections.json").read_text(encoding="utf-8"))["rejections"]
OPEN_PLAN: dict[str, int | None] = {"brief": 300, "plan": None, "negotiate": None, "outcome": None}
FOCUS = """() => { const e = document.activeElement; if (!e) return '';
  const labels = [...(e.labels ?? [])].map((l) => l.innerText).join(' ');
  return [e.getAttribute('aria-label') || labels || e.innerText || '', e.id].join(' ').trim(); }"""


def tab_to(page: Page, wanted: str, *, within: int = 90) -> None:
    """Press Tab until the focus is on something of this name."""
    passed = []
    for _ in range(within):
        page.keyboard.press("Tab")
        passed.append(str(page.evaluate(FOCUS)))
        if re.search(wanted, passed[-1]):
            return
    raise AssertionError(f"Tab never reached {wanted!r}; it passed {passed}")


def at_the_console(stage: Stage, *, phase_ms: dict[str, int | None] = OPEN_PLAN) -> tuple[Person, object]:
    """Return a President at the console in Plan, and Control's line."""
    made = quick_game(stage, people=("potus", "dprk"), phase_ms=phase_ms)
    person = stage.person("Mara")
    join_by_code(person, stage.url, made["code"])
    take_seat(person, "potus")
    control = control_line(stage, made)
    control.do("game.start", force=True)
    person.until(lambda: person.phase()[1] == "plan", "Plan")
    person.page.wait_for_url(re.compile(rf"/g/{made['game']}(\?.*)?$"))
    return person, control


def test_the_keyboard_alone_brings_a_person_from_the_code_to_submitted_orders(stage: Stage) -> None:
    made = quick_game(stage, people=("potus", "dprk"), phase_ms=OPEN_PLAN)
    person = stage.person("Mara")
    page, keys = person.page, person.page.keyboard
    page.goto(stage.url)
    tab_to(page, "^Room code")
    keys.type(made["code"])
    keys.press("Enter")
    expect(page.get_by_label("Your name, as others will see it")).to_be_visible()
    tab_to(page, "^Your name")
    keys.type("Mara")
    keys.press("Enter")
    page.wait_for_url("**/lobby")
    expect(page.get_by_role("button", name="Take the seat US President")).to_be_visible()
    tab_to(page, "^Take the seat US President")
    keys.press("Enter")
    expect(page.locator('[data-seat="potus"]').get_by_text("your seat")).to_be_visible()
    expect(page.get_by_text("What you are judged on")).to_be_visible()
    get_ready_by_keyboard(person)
    control_line(stage, made).do("game.start", force=True)
    person.until(lambda: person.phase()[1] == "plan", "Plan")
    expect(page.get_by_role("button", name=re.compile("^Draft Praise"))).to_be_visible()
    tab_to(page, "^Draft Praise")
    keys.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    tab_to(page, "^Why are you doing this")
    keys.type("To keep the door open")
    tab_to(page, "^Put on the sheet")
    keys.press("Enter")
    expect(page.locator("#moves").get_by_text("To keep the door open")).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    keys.press("s")
    expect(page.get_by_role("dialog", name=re.compile("^Submit orders"))).to_be_visible()
    tab_to(page, "^Submit 1 order")
    keys.press("Enter")
    expect(page.locator("#moves").get_by_text("Submitted").first).to_be_visible()
    assert person.latest("order", next(iter(person.tap.latest("order"))))["status"] == "submitted"


def get_ready_by_keyboard(person: Person) -> None:
    """Press R, choose the answer with the arrows, confirm."""
    page, keys = person.page, person.page.keyboard
    brief = person.latest("brief", "potus")
    keys.press("r")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    right = dialog.get_by_label(brief["check_options"][brief["check_answer"]], exact=True)
    tab_to(page, re.escape(brief["check_options"][0]))
    keys.press("Space")
    for _ in range(brief["check_answer"]):
        keys.press("ArrowDown")
    expect(right).to_be_checked()
    tab_to(page, "^Ready")
    keys.press("Enter")
    expect(page.get_by_role("button", name="Ready. Take it back")).to_be_visible()


def test_a_wrong_code_is_said_in_words_and_leads_back(stage: Stage) -> None:
    page = stage.person("Nobody").page
    page.goto(stage.url)
    page.get_by_label("Room code").fill("NOWHERE-1")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="No room has this code")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("NOWHERE-1")
    page.get_by_role("link", name="Enter another code").click()
    expect(page.get_by_label("Room code")).to_be_visible()


def test_one_browser_that_joins_twice_has_one_place_and_keeps_its_seat(stage: Stage) -> None:
    made = quick_game(stage, people=("potus", "dprk"), phase_ms=OPEN_PLAN)
    person = stage.person("Mara")
    join_by_code(person, stage.url, made["code"])
    take_seat(person, "potus")
    again = person.page.context.new_page()
    again.goto(f"{stage.url}/j/{made['code']}")
    again.get_by_label("Your name, as others will see it").fill("Mara")
    again.get_by_role("button", name="Enter the room").click()
    again.wait_for_url("**/lobby")
    expect(again.locator('[data-seat="potus"]').get_by_text("your seat")).to_be_visible()
    players = [one for one in control_line(stage, made).all("person") if one["role"] == "player"]
    assert [(one["display"], one["seat"]) for one in players] == [("Mara", "potus")]


def test_an_order_over_budget_is_refused_in_a_sentence_that_says_what_to_do(stage: Stage) -> None:
    person, _ = at_the_console(stage)
    page = person.page
    budget = next(iter(person.tap.latest("sheet").values()))["budget"]
    able = [move for move in person.tap.latest("move").values() if move["cost"] == 1 and move["state"] == "available"]
    assert len(able) > budget
    for place, move in enumerate(able[: budget + 1]):
        page.get_by_role("button", name=f"Draft {move['label']}").click()
        page.get_by_role("dialog").get_by_role("button", name="Put on the sheet").click()
        if place < budget:
            expect(page.get_by_role("dialog")).to_be_hidden()
    wanted = SENTENCES["order.over_budget"].format(cost=1, left=0, budget=budget)
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text(wanted)
    assert len(person.tap.latest("order")) == budget


def test_a_pause_is_told_with_its_reason_and_stops_sending_until_it_ends(stage: Stage) -> None:
    person, control = at_the_console(stage)
    page = person.page
    page.locator("#conversation textarea").fill("Half a thought")
    control.do("game.pause", reason="Fire drill")  # type: ignore[attr-defined]
    bar = page.get_by_role("status").filter(has_text="Paused by Control")
    expect(bar).to_contain_text("Fire drill")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    expect(page.get_by_role("button", name=re.compile("^Submit orders"))).to_be_disabled()
    control.do("game.resume")  # type: ignore[attr-defined]
    expect(bar).to_be_hidden()
    expect(page.locator("#conversation textarea")).to_have_value("Half a thought")
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
