"""A text from its first words to its breach, in real browsers: two principals at a summit, other seats held by bots.

Drafted by two people at once, answered twice, left and come back to, signed at the summit, struck in part at home,
broken a turn later and seen the turn after. After each step: who was told, and who was not, from the frames themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, zip_longest

from playwright.sync_api import Locator, Page, expect

from tests.support import wire
from tests.support.theatre import Person, Stage, control_line, join_by_code, quick_game, take_seat

PHASES: dict[str, int | None] = {"brief": 300, "plan": None, "negotiate": 300, "outcome": None}
TITLE = "Summit text"
CLAUSE, STRUCK = "remains", "usrel"
BASE = "Remains are returned."
MINE, THEIRS = ("Joint ", "teams ", "begin ", "in spring. "), (" The ", "sites ", "are ", "in ", "the annex.")
READING = "Our teams choose the sites."
WHY = "The measures come first."
FIRST, LAST = 8, 10


@dataclass
class Cast:
    """Who plays: two people at the table, one who must not know, and Control without a browser."""

    control: wire.Player
    mara: Person
    leo: Person
    outsider: wire.Player
    notes: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def both(self) -> tuple[Person, Person]:
        """Return the people at the table."""
        return self.mara, self.leo


def test_a_summit_text_is_drafted_left_signed_struck_and_broken_before_those_who_may_know(stage: Stage) -> None:
    cast = gather(stage)
    offer = draft_together(cast)
    table_and_answer(cast, offer)
    walk_out_and_come_back(cast, offer)
    note_a_private_reading(cast, offer)
    sign_at_the_summit(cast, offer)
    settle(cast)
    see_what_was_struck(cast, offer)
    withhold(cast, offer)
    settle(cast)
    see_the_breach(cast, offer)
    for person in cast.both:
        person.tap.check()
        assert person.faults == [], f"{person.name}'s page threw"


# --- the story --------------------------------------------------------------------------------
def gather(stage: Stage) -> Cast:
    """Make the game, sit down, open the first turn."""
    made = quick_game(stage, people=("potus", "dprk", "jpn"), phase_ms=PHASES, title="Summit")
    mara, leo = stage.person("Mara"), stage.person("Leo")
    for person, seat in ((mara, "potus"), (leo, "dprk")):
        join_by_code(person, stage.url, made["code"])
        take_seat(person, seat)
    game, token = wire.join(stage.url, made["code"], "Ken")
    outsider = wire.Player(stage.url, game, token, name="jpn")
    stage.lines.append(outsider)
    outsider.do("seat.take", seat="jpn")
    control = control_line(stage, made)
    control.do("game.start", force=True)
    for person in (mara, leo):
        person.until(lambda who=person: who.phase() == (FIRST, "plan"), "Plan", within_ms=30_000)
    return Cast(control, mara, leo, outsider)


def draft_together(cast: Cast) -> str:
    """Begin a draft, let the other principal write in it, and edit one clause at the same time."""
    mara, leo = cast.mara.page, cast.leo.page
    mara.get_by_role("button", name=re.compile("^New proposal")).first.click()
    sheet = mara.get_by_role("dialog")
    sheet.get_by_label("Title").fill(TITLE)
    sheet.get_by_role("button", name="Start drafting").click()
    cast.mara.until(lambda: text_of(cast.mara), "the draft")
    offer = str(text_of(cast.mara)["id"])
    mara.get_by_role("link", name="Open this text on its own page").click()
    mara.wait_for_url("**/p/*")
    expect(mara.get_by_role("heading", name=TITLE)).to_be_visible()
    add_clause(mara, "fallen", "Remains of the fallen")
    raise_clause(mara, "Facilities", "2")
    raise_clause(mara, "US measures", "2")
    cast.mara.until(lambda: version(cast.mara, offer, 0)["levels"].get(CLAUSE) == 1, "the saved draft")
    caught_up(cast)
    assert text_of(cast.leo) == {}, "a draft reached somebody who was not let in"

    mara.get_by_role("button", name="Share draft").click()
    sheet = mara.get_by_role("dialog")
    sheet.get_by_label("DPRK leadership").check()
    sheet.get_by_role("button", name=re.compile("^Let .* read it$")).click()
    cast.leo.until(lambda: text_of(cast.leo), "the draft he may read")
    mara.get_by_role("button", name="Share draft").click()
    mara.get_by_role("dialog").get_by_label("DPRK leadership").check()
    cast.leo.until(lambda: cast.leo.latest("pad", offer), "the draft he may write in")
    mara.get_by_role("dialog").get_by_role("button", name="Cancel").click()

    leo.goto(f"{leo.url.split('/g/')[0]}/g/{cast.leo.game}/p/{offer}")
    leo.get_by_role("button", name="Remains of the fallen", exact=True).click()
    his = leo.get_by_label("Wording, written together")
    mara.get_by_role("button", name="Edit Remains of the fallen").click()
    hers = mara.get_by_label(re.compile("^Own wording"))
    for box in (his, hers):
        expect(box).to_be_editable()
    hers.press_sequentially(BASE)
    expect(his).to_have_value(BASE)
    hers.press("Control+Home")
    his.press("Control+End")
    for mine, theirs in zip_longest(MINE, THEIRS, fillvalue=""):
        hers.press_sequentially(mine)
        his.press_sequentially(theirs)
    for box in (his, hers):
        expect(box).to_have_value("".join((*MINE, BASE, *THEIRS)))
    mara.get_by_role("dialog").get_by_role("button", name="Done").click()
    expect(mara.locator(f"tr[data-clause={CLAUSE}]")).to_contain_text("spring")
    caught_up(cast)
    assert not heard(cast.outsider, TITLE), "a draft reached a seat that does not read it"
    return offer


def table_and_answer(cast: Cast, offer: str) -> None:
    """Three versions: tabled, answered, answered again; any two can be compared."""
    mara, leo = cast.mara.page, cast.leo.page
    two_steps(mara, re.compile("^Table it"), "Table it")
    cast.leo.until(lambda: text_of(cast.leo).get("version") == 1, "v1")
    words = version(cast.leo, offer, 1)["details"][CLAUSE]["wording"]
    assert "spring" in words, "what was written together is what was tabled"
    leo.get_by_role("button", name="Counter", exact=True).click()
    raise_clause(leo, "Security", "2")
    two_steps(leo, re.compile("^Table v2"), "Table it")
    cast.mara.until(lambda: text_of(cast.mara).get("version") == 2, "v2")
    mara.get_by_role("button", name="Counter", exact=True).click()
    raise_clause(mara, "Security", "1")
    two_steps(mara, re.compile("^Table v3"), "Table it")
    for person in cast.both:
        person.until(lambda who=person: text_of(who).get("version") == 3, "v3")
    rail = mara.get_by_role("region", name="Versions")
    expect(rail.get_by_role("listitem")).to_have_count(3)
    rail.get_by_role("button", name="Compare").click()
    rail.get_by_label("Against").select_option("1")
    expect(mara.get_by_role("region", name="Clauses")).to_contain_text("Changes against v1")


def walk_out_and_come_back(cast: Cast, offer: str) -> None:
    """He leaves the table with a reason; nobody deals meanwhile; he comes back."""
    mara, leo = cast.mara.page, cast.leo.page
    leo.get_by_label("Reason the others will read (optional)").fill(WHY)
    two_steps(leo, "Walk out", "Walk out")
    cast.mara.until(lambda: text_of(cast.mara)["out"] == ["dprk"], "the empty chair")
    cast.mara.sees(re.compile(f"walked out: “{re.escape(WHY)}”"))
    expect(leo.get_by_role("button", name="Accept v3")).to_have_count(0)
    caught_up(cast)
    assert not heard(cast.outsider, WHY), "who is not at the table heard why"
    two_steps(leo, "Come back", "Come back")
    cast.mara.until(lambda: text_of(cast.mara)["out"] == [], "his return")
    expect(mara.get_by_text("walked out")).to_have_count(0)


def note_a_private_reading(cast: Cast, offer: str) -> None:
    """She writes down what a clause means to her; only Control ever reads it."""
    mara = cast.mara.page
    mara.get_by_role("button", name="Remains of the fallen", exact=True).click()
    mara.get_by_role("button", name="Say what it means to you").click()
    mara.get_by_label("Your reading of this clause").fill(READING)
    mara.get_by_role("button", name="Keep it").click()
    expect(mara.locator("blockquote", has_text=READING)).to_be_visible()
    caught_up(cast)
    assert heard(cast.control, READING)
    assert not cast.leo.tap.heard(READING)
    assert not heard(cast.outsider, READING)


def sign_at_the_summit(cast: Cast, offer: str) -> None:
    """Both order the meeting, he accepts, both sign at it."""
    for person, move in ((cast.mara, "summit"), (cast.leo, "d_summit")):
        order_the_meeting(person, move)
    mara, leo = cast.mara.page, cast.leo.page
    two_steps(leo, "Accept v3", "Accept v3")
    cast.mara.until(lambda: text_of(cast.mara).get("status") == "agreed", "the agreement")
    for page in (mara, leo):
        venue = page.get_by_label("At a summit held this turn")
        if venue.is_visible():  # the second signature follows the first
            venue.check()
        two_steps(page, "Sign v3", "Sign")
    for person in cast.both:
        person.until(lambda who=person: sorted(text_of(who)["signed"]) == ["dprk", "potus"], "both signatures")
        assert text_of(person)["venue"] == "summit"


def see_what_was_struck(cast: Cast, offer: str) -> None:
    """The parties learn what was refused at home and why; others never learn that it was in the text."""
    for person in cast.both:
        person.until(lambda who=person: duty(who, offer, STRUCK).get("state") == "struck", "what was struck")
        page = person.page
        page.goto(f"{page.url.split('/g/')[0]}/g/{person.game}/agreements")
        card = page.get_by_role("region", name=TITLE)
        expect(card).to_contain_text("refused US measures")
        expect(card.get_by_text("Struck").first).to_be_visible()
    caught_up(cast)
    assert cast.outsider.get("obligation", f"{offer}:{CLAUSE}"), "what is owed openly is told to all"
    assert cast.outsider.get("obligation", f"{offer}:{STRUCK}") is None


def withhold(cast: Cast, offer: str) -> None:
    """He quietly does not keep a clause that is due; his choice is his own."""
    leo = cast.leo.page
    row = leo.get_by_role("region", name=TITLE).get_by_role("listitem").filter(has_text="Remains of the fallen")
    row.get_by_role("button", name="Withhold").click()
    cast.leo.until(lambda: duty(cast.leo, offer, CLAUSE)["choice"] == "withhold", "the choice")
    caught_up(cast)
    assert cast.control.get("obligation", f"{offer}:{CLAUSE}")["choice"] == "withhold"
    assert duty(cast.mara, offer, CLAUSE)["choice"] == ""
    assert cast.outsider.get("obligation", f"{offer}:{CLAUSE}")["choice"] == ""


def see_the_breach(cast: Cast, offer: str) -> None:
    """Two turns after signature the breach is seen: in the open, or as a suspicion of those who watch."""
    key = f"{offer}:{CLAUSE}"
    cast.leo.until(lambda: duty(cast.leo, offer, CLAUSE)["state"] == "breached", "the breach to its own side")
    caught_up(cast)
    assert cast.control.get("obligation", key)["state"] == "breached"
    hers = duty(cast.mara, offer, CLAUSE)
    assert hers["state"] == "breached" or hers["possible_breach"], "under this seed it is seen or suspected"
    mara = cast.mara.page
    mara.goto(f"{mara.url.split('/g/')[0]}/g/{cast.mara.game}/agreements")
    card = mara.get_by_role("region", name=TITLE)
    expect(card.get_by_text("Broken" if hers["state"] == "breached" else "Possible breach").first).to_be_visible()
    theirs = cast.outsider.get("obligation", key)
    assert (theirs["state"] == "breached") == (hers["state"] == "breached"), "a breach that is seen is seen by all"
    assert not theirs["possible_breach"], "a seat that does not watch was told of a suspicion"


# --- small things -----------------------------------------------------------------------------
def text_of(person: Person) -> dict:  # type: ignore[type-arg]
    """Return the text of this story as the page knows it."""
    return next((one for one in person.tap.latest("offer").values() if one["title"] == TITLE), {})


def version(person: Person, offer: str, number: int) -> dict:  # type: ignore[type-arg]
    """Return a version as the page knows it."""
    return person.latest("offer_version", f"{offer}@{number}") or {"levels": {}, "details": {}}


def duty(person: Person, offer: str, clause: str) -> dict:  # type: ignore[type-arg]
    """Return an obligation as the page knows it."""
    return person.latest("obligation", f"{offer}:{clause}") or {}


def caught_up(cast: Cast) -> None:
    """Send everybody a note and wait for it: feeds are in order, so what came before it has arrived, or never will."""
    title = f"Note {next(cast.notes)}"
    cast.control.do(
        "inject.send", inject=title.replace(" ", "-"), to=["potus", "dprk", "jpn"], title=title, text="For your files."
    )
    for person in cast.both:
        person.until(lambda who=person: heard_by(who, title), "the note")
    for line in (cast.outsider, cast.control):
        line.until(lambda who=line: heard(who, title), what="the note")


def heard_by(person: Person, title: str) -> bool:
    """Tell whether a page was sent an inject of this title."""
    return any(one["title"] == title for one in person.tap.latest("inject").values())


def heard(line: wire.Player, words: str) -> bool:
    """Tell whether a line was told these words, in any value it holds."""
    return any(words in str(value) for value in line.items.values())


def two_steps(page: Page, first: str | re.Pattern[str], second: str) -> None:
    """Click a button that turns into its own question, and confirm it."""
    page.get_by_role("button", name=first).first.click()
    question = page.locator(".ask")
    question.get_by_role("button", name=second, exact=True).click()
    expect(question).to_have_count(0)


def add_clause(page: Page, sought: str, label: str) -> None:
    """Put a clause of the catalogue in by searching for it."""
    page.get_by_role("button", name=re.compile("^Add clause")).click()
    sheet = page.get_by_role("dialog", name="Add a clause")
    sheet.get_by_label("Search the catalogue").fill(sought)
    sheet.get_by_role("button", name=re.compile(label)).click()
    page.get_by_role("dialog", name=label).get_by_role("button", name="Done").click()


def raise_clause(page: Page, label: str, level: str) -> None:
    """Set the level of an issue of the text, putting it in by search where it is not there yet."""
    edit: Locator = page.get_by_role("button", name=f"Edit {label}", exact=True)
    if edit.count() == 0:
        page.get_by_role("button", name=re.compile("^Add clause")).click()
        sheet = page.get_by_role("dialog", name="Add a clause")
        sheet.get_by_label("Search the catalogue").fill(label)
        sheet.locator("button.entry:enabled", has_text=f"{label}, level").first.click()
    else:
        edit.click()
    form = page.get_by_role("dialog", name=label, exact=True)
    form.get_by_label("Level").select_option(level)
    form.get_by_role("button", name="Done").click()


def order_the_meeting(person: Person, move: str) -> None:
    """Order the meeting of the two and come back to the text."""
    page, here = person.page, person.page.url
    page.goto(f"{here.split('/p/')[0]}")
    moves = page.locator("#moves")
    label = person.latest("move", move)["label"]
    moves.get_by_role("button", name=f"Draft {label}", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Put on the sheet").click()
    moves.get_by_role("button", name=re.compile("^Submit orders")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Submit 1 order")).click()
    expect(moves.get_by_text("Submitted").first).to_be_visible()
    page.goto(here)
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def settle(cast: Cast) -> None:
    """End Plan, accept what the engine proposes, and open the next turn."""
    line = cast.control
    turn = int(line.get("game", "game")["turn"])
    line.do("phase.end", expect=f"{turn}:plan")
    line.until(lambda: (line.get("proposal", f"turn@{turn}") or {}).get("status") == "pending", what="the proposal")
    line.do("ruling.accept", turn=turn)
    line.until(lambda: line.get("proposal", f"turn@{turn}")["status"] == "released", what="the outcome")
    line.do("phase.end", expect=f"{turn}:outcome")
    for person in cast.both:
        person.until(lambda who=person: who.phase() == (turn + 1, "plan"), "the next turn", within_ms=30_000)
