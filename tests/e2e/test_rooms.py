"""Rooms in real browsers: a conference and its corridor, what is undone or survives a reload, search, and bad input."""

from __future__ import annotations

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.support import wire
from tests.support.theatre import Person, Stage, control_line, join_by_code, quick_game, take_seat

OPEN_PLAN: dict[str, int | None] = {"brief": 300, "plan": None, "negotiate": 300, "outcome": None}
WELCOME = "Let us begin with the sites."
ASIDE = "Between us: they will not hold."
ONCE = "This is said once, whatever the page does."
HEBREW = "\u05e9\u05dc\u05d5\u05dd, \U0001f54a"


@dataclass
class Cast:
    """Who is there."""

    mara: Person
    leo: Person
    iris: Person
    control: wire.Player


def test_people_confer_step_aside_undo_search_and_lose_nothing(stage: Stage) -> None:
    cast = gather(stage)
    confer(cast)
    step_aside(cast)
    say_it_once_over_a_reload(cast)
    find_it_again(cast)
    read_it_in_the_papers(cast)
    write_what_cannot_be_sent(cast)
    for person in (cast.mara, cast.leo, cast.iris):
        person.tap.check()
        assert person.faults == [], f"{person.name}'s page threw"


def gather(stage: Stage) -> Cast:
    """Seat three people, one at a phone, and start."""
    made = quick_game(stage, people=("potus", "dprk", "rok"), phase_ms=OPEN_PLAN)
    people = stage.person("Mara"), stage.person("Leo", phone=True), stage.person("Iris")
    cast = Cast(*people, control_line(stage, made))
    for person, seat in ((cast.mara, "potus"), (cast.leo, "dprk"), (cast.iris, "rok")):
        join_by_code(person, stage.url, made["code"])
        take_seat(person, seat)
    cast.control.do("game.start", force=True)
    for person in (cast.mara, cast.leo, cast.iris):
        person.until(lambda who=person: who.phase()[1] == "plan", "Plan")
        person.page.wait_for_url(re.compile(rf"/g/{made['game']}(\?.*)?$"))
    return cast


def confer(cast: Cast) -> None:
    """Call a conference, open its floor, speak and be answered; a floor in recess is read and not spoken on."""
    page = cast.mara.page
    page.get_by_role("button", name="Open a room with several seats").click()
    page.get_by_role("button", name="Call a conference").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Title").fill("Vienna")
    for seat in ("dprk", "rok"):
        sheet.locator(f'input[value="{seat}"]').check()
    sheet.get_by_label("Agenda, a point a line").fill("Sites\nDates")
    sheet.get_by_role("button", name="Call the conference").click()
    page.get_by_role("button", name="Open the floor").click()
    page.get_by_role("button", name="1. Sites").click()
    send(page, WELCOME)
    page.get_by_role("button", name=re.compile("^Send to ")).click()
    enter(cast.leo.page, "Vienna")
    expect(cast.leo.page.locator("#conversation")).to_contain_text(WELCOME, timeout=30_000)
    enter(cast.iris.page, "Vienna")
    said = cast.iris.page.locator("#conversation .msg", has_text=WELCOME)
    said.hover()
    said.get_by_role("button", name=re.compile("^Reply to")).click()
    send(cast.iris.page, f"Agreed. {HEBREW}")
    cast.iris.page.get_by_role("button", name=re.compile("^Send to ")).click()
    answer = page.locator("#conversation .msg:not(.pending)", has_text=HEBREW)
    expect(answer).to_be_visible(timeout=30_000)
    expect(answer.locator(".quote")).to_contain_text(WELCOME)
    expect(answer.locator(".text")).to_have_attribute("dir", "auto")
    page.get_by_role("button", name="Recess").click()
    expect(cast.leo.page.get_by_text("In recess: reading goes on")).to_be_visible()


def step_aside(cast: Cast) -> None:
    """Two of the three talk in the corridor; the third, in the chair, hears and sees nothing of it."""
    page = cast.leo.page
    page.get_by_label("Corridor with").select_option("rok")
    expect(page.get_by_role("heading", name=re.compile("^Corridor"))).to_be_visible()
    send(page, ASIDE)
    page.get_by_role("button", name=re.compile("^Send to ")).click()
    enter(cast.iris.page, "Corridor")
    expect(cast.iris.page.locator("#conversation")).to_contain_text(ASIDE, timeout=30_000)
    assert not cast.mara.tap.heard(ASIDE)
    assert not any(key.startswith("corridor:") for key in cast.mara.tap.latest("room"))


def say_it_once_over_a_reload(cast: Cast) -> None:
    """A message that waits outlives a reload and arrives once; one that is undone never does; a draft stays."""
    page = cast.mara.page
    page.locator("#rooms button.room", has_text="Chairman").click()
    send(page, "Too hasty")
    page.get_by_role("button", name=re.compile("^Send to ")).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#conversation textarea")).to_have_value("Too hasty")
    send(page, ONCE)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    assert not cast.leo.tap.heard(ONCE)
    page.reload()
    expect(page.locator("#conversation .msg:not(.pending)", has_text=ONCE)).to_have_count(1, timeout=30_000)
    page.locator("#conversation textarea").fill("Half a sentence")
    page.reload()
    expect(page.locator("#conversation textarea")).to_have_value("Half a sentence")
    expect(page.locator("#conversation .msg", has_text=ONCE)).to_have_count(1)
    assert not cast.leo.tap.heard("Too hasty")


def find_it_again(cast: Cast) -> None:
    """Find a word in any case and stand at its message; what others said in the corridor is not there to be found."""
    page = cast.mara.page
    page.get_by_role("button", name="Search", exact=True).click()
    box = page.get_by_role("searchbox")
    box.fill("THE SITES")
    page.locator("dialog .hit", has_text=WELCOME).click()
    expect(page.locator("#conversation").get_by_role("heading", name="Vienna")).to_be_visible()
    expect(page.locator("#conversation .msg", has_text=WELCOME).first).to_be_visible()
    page.get_by_role("button", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill("hold between")
    expect(page.get_by_text("Nothing found in what your seat was told.")).to_be_visible()
    page.locator("dialog[open]").get_by_role("button", name="Close", exact=True).click()


def read_it_in_the_papers(cast: Cast) -> None:
    """Control lets a private word come out: all read it on the wall, one is told where it came from."""
    assert not cast.iris.tap.heard(ONCE)
    cast.control.do("message.leak", room="talk:dprk.potus", number=1, source_known_to=["rok"])
    page = cast.mara.page
    page.get_by_role("region", name="Wire").get_by_role("button", name="Open").click()
    leak = page.locator("#conversation .msg", has_text=ONCE)
    expect(leak).to_contain_text("Leak", timeout=30_000)
    expect(leak).not_to_contain_text("Known to you")
    cast.iris.until(lambda: leaks(cast.iris), "the leak")
    assert [one["source"] != "" for one in leaks(cast.iris)] == [True]
    assert [one["source"] for one in leaks(cast.mara)] == [""]


def leaks(person: Person) -> list[dict[str, str]]:
    """Return the leaks a page was told of."""
    return [one for one in person.tap.latest("message").values() if one["leaked_from"]]


def write_what_cannot_be_sent(cast: Cast) -> None:
    """A text far too long, and a name that would not hear it, are kept in the box with a sentence why."""
    page = cast.mara.page
    page.locator("#rooms button.room", has_text="Chairman").click()
    field = page.locator("#conversation textarea")
    field.fill("x" * 100_000)
    expect(page.get_by_text("100,000 of 4,000 characters. Shorten it, or send it in parts.")).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    field.fill("Ask @Tokyo about it")
    expect(page.get_by_text(re.compile("Tokyo is not in this room and would not hear of it"))).to_be_visible()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    field.fill("")


def enter(page: Page, room: str) -> None:
    """Go to a room of the list; on a phone by way of all rooms."""
    back = page.get_by_role("button", name="All rooms")
    if back.is_visible():
        back.click()
    page.locator("#rooms button.room", has_text=room).first.click()


def send(page: Page, words: str) -> None:
    """Write and send."""
    page.locator("#conversation textarea").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
