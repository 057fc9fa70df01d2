"""Two browsers write one clause at the same time, one loses its line and its page; no word is lost, none leaks."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.test_accessibility import AXE, scan
from tests.support.cable import Cable
from tests.support.theatre import SOON_MS, Person, Stage, control_line, join_by_code, quick_game, take_seat

SHOTS = os.environ.get("E2E_SHOTS", "")
PHASES: dict[str, int | None] = {"brief": 300, "plan": None, "negotiate": None, "outcome": None}
CLAUSE = "UN measures"
HERS = "Oil and coal come off the list. "
HIS = "유류와 석탄은 목록에서 빠진다 🕊️ "
OFFLINE = "Written without a line, وبلا انقطاع. "
MEANWHILE = "And written meanwhile. "
UNSENT = "Typed and gone in the same breath. "
ANSWER = "In stages, and verified. "
BACK = "It snaps back within a month. "


@pytest.fixture(scope="module")
def axe() -> str:
    assert AXE.exists(), "axe-core is not installed: run `make setup`"
    return AXE.read_text(encoding="utf-8")


def words_of(person: Person) -> str:
    return person.page.get_by_label(CLAUSE, exact=True).input_value()


def both_show(one: Person, other: Person, *said: str) -> None:
    """Wait until both fields show the same text, and all of this in it."""

    def same() -> bool:
        here, there = words_of(one), words_of(other)
        return here == there and all(part.strip() in here for part in said)

    one.until(same, f"the same words in both browsers; {words_of(one)!r} and {words_of(other)!r}", within_ms=20_000)


def put_at(page: Page, where: str, words: str) -> None:
    """Set the caret to the start or the end of the clause and type."""
    page.get_by_label(CLAUSE, exact=True).focus()
    page.keyboard.press(f"Control+{where}")
    page.keyboard.insert_text(words)


def test_two_browsers_write_one_clause_at_once_and_a_cut_line_costs_no_word(stage: Stage, axe: str) -> None:
    made = quick_game(stage, people=("potus", "state", "dprk"), phase_ms=PHASES)
    with Cable(stage.url) as cable:
        mara, noor, joon = stage.person("Mara"), stage.person("Noor"), stage.person("Joon")
        for person, seat, url in ((mara, "potus", stage.url), (noor, "state", cable.url), (joon, "dprk", stage.url)):
            join_by_code(person, url, made["code"])
            take_seat(person, seat)
        control = control_line(stage, made)
        control.do("game.start", force=True)
        for person in (mara, noor, joon):
            person.until(lambda who=person: who.phase()[1] == "plan", "Plan")
        begin(mara)
        for person in (mara, noor):
            person.page.locator("#table").get_by_role("tab", name="Wording").click()
        at_once(mara, noor)
        without_a_line(mara, noor, cable)
        over_a_reload(mara, noor)
        undo_is_ones_own(mara, noor)
        too_much(mara, noor)
        found = looks(mara, axe)
        tabled(mara, noor, joon)
        an_answer(mara, noor, joon)
        for person in (mara, noor, joon):
            assert person.faults == [], f"{person.name}'s page threw"
        assert not found, "\n".join(found)


def begin(mara: Person) -> None:
    """Begin a text that the Secretary of State writes along."""
    page = mara.page
    page.get_by_role("button", name=re.compile("^New proposal")).first.click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Title").fill("Written by two")
    sheet.locator('input[value="state"][aria-label$=" writes"]').check()
    sheet.get_by_role("button", name="Start drafting").click()
    row = page.locator("tr[data-issue]", has=page.get_by_role("rowheader", name=CLAUSE, exact=True))
    row.locator(".cell").click()
    row.locator("select").select_option("1")
    mara.until(lambda: mara.tap.latest("pad"), "the shared draft")


def at_once(mara: Person, noor: Person) -> None:
    """Type letter by letter, turn about; each sees the other write."""
    hers, his = (person.page.get_by_label(CLAUSE, exact=True) for person in (mara, noor))
    expect(hers).to_be_editable()
    expect(his).to_be_editable()
    hers.focus()
    his.focus()
    for place in range(max(len(HERS), len(HIS))):
        for person, words in ((mara, HERS), (noor, HIS)):
            if place < len(words):
                person.page.keyboard.insert_text(words[place])
    mara.sees(re.compile("is writing here"))
    noor.sees(re.compile("is writing here"))
    both_show(mara, noor)
    text = words_of(mara)
    for letter in {*HERS, *HIS} - {" "}:
        assert text.count(letter) == (HERS + HIS).count(letter), letter
    # The caret stays with its writer: what each wrote is one piece.
    assert HERS.strip() in text
    assert HIS.strip() in text


def without_a_line(mara: Person, noor: Person, cable: Cable) -> None:
    """Cut one line; both go on writing; mended, both show everything."""
    lines = len(noor.tap.lines)
    cable.cut()
    expect(noor.page.get_by_text("No connection").first).to_be_visible()
    put_at(noor.page, "End", OFFLINE)
    noor.sees(re.compile("Kept on this device"))
    put_at(mara.page, "Home", MEANWHILE)
    assert OFFLINE.strip() not in words_of(mara)
    cable.mend()
    retry = noor.page.get_by_role("button", name="Try now")
    noor.until(lambda: len(noor.tap.lines) > lines or retry.is_visible(), "the line, or the offer to try")
    if retry.is_visible():
        retry.click()
    both_show(mara, noor, HERS, HIS, OFFLINE, MEANWHILE)
    missed = noor.page.get_by_role("dialog", name=re.compile("^You missed "))
    if missed.is_visible():
        missed.get_by_role("button", name="Seen").click()


def over_a_reload(mara: Person, noor: Person) -> None:
    """Reload in the same breath as typing: what was not sent yet is."""
    put_at(noor.page, "End", UNSENT)
    noor.page.reload()
    noor.page.locator("#table").get_by_role("tab", name="Wording").click()
    both_show(mara, noor, UNSENT, OFFLINE)
    assert words_of(mara).count(UNSENT.strip()) == 1


def undo_is_ones_own(mara: Person, noor: Person) -> None:
    """Undo takes back one's own words and nobody else's."""
    put_at(mara.page, "End", "A slip of the pen.")
    both_show(mara, noor, "A slip of the pen.")
    put_at(noor.page, "End", BACK)
    both_show(mara, noor, BACK)
    mara.page.get_by_label(CLAUSE, exact=True).focus()
    mara.page.keyboard.press("Control+z")
    mara.until(lambda: "A slip" not in words_of(mara), "the undone slip")
    both_show(mara, noor, BACK, HERS, HIS, OFFLINE)


def too_much(mara: Person, noor: Person) -> None:
    """Paste 100 kB: it is refused in words, and nothing that stood there is lost."""
    before = words_of(mara)
    put_at(mara.page, "End", "x" * 100_000)
    mara.sees(re.compile(r"room for 4,000 characters"))
    assert words_of(mara) == before
    both_show(mara, noor)


def looks(mara: Person, axe: str) -> list[str]:
    found = []
    for theme in ("light", "dark"):
        mara.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # type: ignore[arg-type]
        if SHOTS:
            mara.page.screenshot(path=Path(SHOTS) / f"drafting-{theme}.png")
        found += scan(mara.page, axe, f"drafting {theme}")
    return found


def tabled(mara: Person, noor: Person, joon: Person) -> None:
    """Table it: the other side reads the words, and has heard none of them before."""
    said = words_of(mara)
    for words in (HERS, OFFLINE, "Written by two"):
        assert not joon.tap.heard(words.strip()), "a draft reached the other side"
    assert not joon.tap.latest("pad")
    assert not joon.tap.latest("pad_edit")
    assert not joon.tap.heard('"t":"writing"'), "who writes reached the other side"
    mara.page.locator("#table").get_by_role("tab", name="Clauses").click()
    mara.page.get_by_role("button", name=re.compile("^Table it")).click()
    mara.page.get_by_role("button", name="Table it", exact=True).click()
    joon.until(lambda: joon.tap.latest("offer_version"), "the tabled text", within_ms=SOON_MS)
    (version,) = joon.tap.latest("offer_version").values()
    wordings = {detail["wording"] for detail in version["details"].values()}
    assert wordings == {said.strip()}
    noor.until(lambda: not next(iter(noor.tap.latest("pad").values()))["open"], "the end of the draft")


def an_answer(mara: Person, noor: Person, joon: Person) -> None:
    """Write the next version with one's own side: words alone make it; the other side reads them when it is there."""
    page = mara.page
    page.locator("#table").get_by_role("tab", name="Wording").click()
    page.get_by_role("group", name="Writes your answer with you").get_by_label(re.compile("State")).check()
    noor.until(lambda: len(noor.tap.latest("pad")) == 2, "the shared answer")
    expect(noor.page.get_by_role("heading", name=re.compile("^Answer of"))).to_be_visible()
    put_at(noor.page, "End", ANSWER)
    both_show(mara, noor, ANSWER, HERS)
    page.locator("#table").get_by_role("tab", name="Clauses").click()
    page.get_by_role("button", name=re.compile("^Table v2")).click()
    assert not joon.tap.heard(ANSWER.strip())
    assert not joon.tap.latest("pad")
    page.get_by_role("button", name="Table it", exact=True).click()
    joon.until(lambda: len(joon.tap.latest("offer_version")) == 2, "the answer on the table")
    second = next(v for key, v in joon.tap.latest("offer_version").items() if key.endswith("@2"))
    assert ANSWER.strip() in next(iter(second["details"].values()))["wording"]
