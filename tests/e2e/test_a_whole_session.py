"""The session the product exists for, in real browsers: Control, three people, four bots, one lost connection.

One test, because it is one story; its steps are functions named after what happens in them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.support.cable import Cable
from tests.support.theatre import (
    Person,
    Stage,
    end_phase,
    join_by_code,
    make_game,
    read_brief_and_get_ready,
    take_seat,
)
from tests.support.wiretap import Line

FIVE_SECONDS = "0.08334"
CLOCKS = {"Brief": FIVE_SECONDS, "Plan": "", "Negotiate": FIVE_SECONDS, "Outcome": ""}
HELLO = "The list of sites comes first, then the easing."
ANSWER = "A list is a target list. Begin with the measures."
MISSED = "Seoul should know that we are close to a text."
TYPED_OFFLINE = "We stay in the room whatever happens."
SECRET = "My reason nobody else may read before the review."
REASON = "The seat gave the order in good faith and the room agreed."


@dataclass
class Cast:
    """Who plays."""

    control: Person
    potus: Person
    dprk: Person
    rok: Person
    proposed: str = ""
    """What the engine proposed for the order that Control overrules."""

    @property
    def players(self) -> dict[str, Person]:
        """Return the humans by seat."""
        return {"potus": self.potus, "dprk": self.dprk, "rok": self.rok}

    @property
    def everyone(self) -> tuple[Person, ...]:
        """Return all four."""
        return (self.control, *self.players.values())


def test_control_and_three_people_play_a_turn_that_one_of_them_partly_misses(stage: Stage) -> None:
    with Cable(stage.url) as cable:
        cast = gather(stage, cable)
        start(cast)
        talk(cast)
        bargain(cast)
        lose_the_line_and_come_back(cast, cable)
        order(cast)
        let_a_deadline_fire(cast)
        overrule_and_release(cast)
        read_the_outcome(cast)
        each_sees_only_its_own(cast)
        end_and_review(cast)
        for person in cast.everyone:
            seen = person.tap.check()
            assert seen["feed"] > 10, f"{person.name} was told too little for this test to mean anything: {seen}"
            assert person.faults == [], f"{person.name}'s page threw"


def gather(stage: Stage, cable: Cable) -> Cast:
    """Make the game, join by code, take seats, read briefs, get ready."""
    control, code = make_game(stage, title="Seminar, section B", minutes=CLOCKS)
    cast = Cast(control, stage.person("Mara"), stage.person("Leo", phone=True), stage.person("Iris"))
    for seat, person in cast.players.items():
        join_by_code(person, cable.url if seat == "rok" else stage.url, code)
        take_seat(person, seat)
        read_brief_and_get_ready(person, seat)
    return cast


def start(cast: Cast) -> None:
    """Open turn 1: people in the lobby find themselves at their consoles."""
    cast.control.page.get_by_role("button", name="Start turn 1").click()
    for person in cast.players.values():
        person.page.wait_for_url(re.compile(rf"/g/{person.game}(\?.*)?$"))
    # Nobody ends the brief: its five seconds do.
    for person in cast.everyone:
        person.until(lambda who=person: who.phase() == (8, "plan"), "the end of the brief by its own clock")
    assert "phase.end" not in {frame["name"] for frame in cast.control.tap.commands()}


def talk(cast: Cast) -> None:
    """Open a room across teams; the first message asks once who will read it."""
    mara, leo = cast.potus.page, cast.dprk.page
    open_room(cast.potus, "dprk")
    say_desktop(cast.potus, HELLO)
    mara.get_by_role("button", name=re.compile("^Send to ")).click()
    expect(mara.get_by_role("button", name="Undo")).to_be_visible()
    leo.locator("#rooms .room.un").first.click()
    expect(leo.locator("#conversation").get_by_text(HELLO)).to_be_visible(timeout=30_000)
    leo.locator("#conversation textarea").fill(ANSWER)
    leo.get_by_role("button", name="Send", exact=True).click()
    leo.get_by_role("button", name=re.compile("^Send to ")).click()
    expect(mara.locator("#conversation .msg:not(.pending)", has_text=ANSWER)).to_be_visible(timeout=30_000)


def bargain(cast: Cast) -> None:
    """Table an offer, counter it on the phone, accept and sign on both sides."""
    mara = cast.potus.page
    mara.get_by_role("button", name=re.compile("^New proposal")).first.click()
    sheet = mara.get_by_role("dialog")
    sheet.get_by_label("Title").fill("Hanoi text")
    sheet.get_by_role("button", name="Start drafting").click()
    for clause, level in (("UN measures", "1"),):
        row = mara.locator("tr[data-issue]", has=mara.get_by_role("rowheader", name=clause, exact=True))
        row.locator(".cell").click()
        row.locator("select").select_option(level)
    mara.get_by_role("button", name=re.compile("^Table it")).click()
    mara.get_by_role("button", name="Table it", exact=True).click()
    cast.dprk.until(lambda: offer(cast.dprk).get("version") == 1, "the tabled text")
    assert not cast.rok.tap.heard("Hanoi text"), "a text reached a seat that is not a party to it"

    counter_on_the_phone(cast.dprk)
    cast.potus.until(lambda: offer(cast.potus).get("version") == 2, "the counter-offer")
    mara.get_by_role("tab", name="Sign").click()
    mara.get_by_role("button", name="Accept v2").click()
    mara.get_by_role("button", name="Accept v2").last.click()
    cast.dprk.until(lambda: offer(cast.dprk).get("status") == "agreed", "the agreement")
    mara.get_by_role("button", name="Sign v2").click()
    mara.get_by_role("button", name="Sign", exact=True).click()
    leo = cast.dprk.page
    leo.get_by_role("button", name="Sign", exact=True).click()
    dialog = leo.get_by_role("dialog")
    dialog.get_by_role("button", name="Sign v2").click()
    dialog.get_by_role("button", name="Sign", exact=True).click()
    for person in (cast.potus, cast.dprk):
        person.until(lambda who=person: sorted(offer(who)["signed"]) == ["dprk", "potus"], "both signatures")
    dialog.get_by_role("button", name="Close").click()


def counter_on_the_phone(leo: Person) -> None:
    """Ask for more on one clause with a thumb."""
    page = leo.page
    page.get_by_role("navigation", name="Tasks").get_by_role("button", name="Table").click()
    page.get_by_role("button", name="Counter").click()
    page.get_by_role("button", name=re.compile("^US measures")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("radio").nth(2).check()
    dialog.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Table v2").click()
    page.get_by_role("button", name="Table it", exact=True).click()


def lose_the_line_and_come_back(cast: Cast, cable: Cable) -> None:
    """Pull Iris's cable in mid-phase; what is said to her and what she types meanwhile arrives once."""
    iris = cast.rok.page
    open_room(cast.rok, "potus")
    before = len(cast.rok.tap.lines)
    cable.cut()
    expect(iris.get_by_text("No connection").first).to_be_visible()
    open_room(cast.potus, "rok")
    say_desktop(cast.potus, MISSED)
    cast.potus.page.get_by_role("button", name=re.compile("^Send to ")).click()
    say_desktop(cast.rok, TYPED_OFFLINE)
    iris.get_by_role("button", name=re.compile("^Send to ")).click()
    said = cast.potus.page.locator("#conversation .msg:not(.pending)", has_text=MISSED)
    expect(said).to_be_visible(timeout=30_000)
    expect(iris.get_by_text("Waits for the link")).to_be_visible(timeout=30_000)
    assert not cast.rok.tap.heard(MISSED)
    cable.mend()
    retry = iris.get_by_role("button", name="Try now")
    cast.rok.until(lambda: len(cast.rok.tap.lines) > before or retry.is_visible(), "the line, or the offer to try")
    if retry.is_visible():
        retry.click()
    expect(iris.get_by_text("Live", exact=True).first).to_be_visible(timeout=30_000)
    seen = iris.get_by_role("dialog", name=re.compile("^You missed "))
    expect(seen.get_by_text(MISSED)).to_be_visible()
    seen.get_by_role("button", name="Seen").click()
    for words in (MISSED, TYPED_OFFLINE):
        for person in (cast.rok, cast.potus):
            expect(person.page.locator("#conversation .msg:not(.pending)", has_text=words)).to_have_count(1)
    assert messages(cast.rok, "talk:potus.rok") == messages(cast.potus, "talk:potus.rok")
    numbers = [number for line in cast.rok.tap.numbers() for number in line]
    assert len(numbers) == len(set(numbers)), "the feed told something twice over two connections"
    posts = [frame for frame in cast.rok.tap.commands() if frame["name"] == "message.post"]
    assert len({frame["id"] for frame in posts}) == 1


def order(cast: Cast) -> None:
    """Put an order on the sheet, with a reason that stays with the seat, and submit it."""
    mara = cast.potus.page
    moves = mara.locator("#moves")
    moves.get_by_role("button", name=re.compile("^Draft Praise")).click()
    sheet = mara.get_by_role("dialog")
    sheet.get_by_label("Why are you doing this?").fill(SECRET)
    sheet.get_by_role("button", name="Put on the sheet").click()
    expect(moves.get_by_text(SECRET)).to_be_visible()
    moves.get_by_role("button", name=re.compile("^Submit orders")).click()
    mara.get_by_role("dialog").get_by_role("button", name=re.compile("^Submit 1 order")).click()
    expect(moves.get_by_text("Submitted").first).to_be_visible()


def let_a_deadline_fire(cast: Cast) -> None:
    """End Plan by hand; the five seconds of Negotiate run out by themselves and the proposal comes."""
    end_phase(cast.control)
    for person in cast.everyone:
        person.until(lambda who=person: (8, "negotiate") in who.tap.phases, "Negotiate")
    cast.control.until(lambda: proposal(cast.control).get("status") == "pending", "the engine's proposal")
    ended = [frame["args"]["expect"] for frame in cast.control.tap.commands() if frame["name"] == "phase.end"]
    assert len(ended) == 1, "a deadline, not a click, ended Negotiate"


def overrule_and_release(cast: Cast) -> None:
    """Replace the outcome of one order, say why, release."""
    page = cast.control.page
    ours = next(one for one in proposal(cast.control)["orders"] if one["seat"] == "potus")
    page.get_by_role("button", name=re.compile(re.escape(ours["label"]))).first.click()
    cast.proposed = ours["status"]
    wanted = "blocked" if ours["status"] != "blocked" else "carried out"
    page.get_by_role("radio", name=f"Replace: {wanted}").check()
    page.get_by_role("button", name=re.compile("^Record ruling")).click()
    expect(page.get_by_text("Give a reason; it is shown in the review.")).to_be_visible()
    page.get_by_label(re.compile("^Reason")).fill(REASON)
    page.get_by_role("button", name=re.compile("^Record ruling")).click()
    expect(page.get_by_role("heading", name="Rulings of this turn")).to_be_visible()
    assert cast.potus.latest("outcome", "turn@8") is None, "an outcome was out before it was released"
    page.get_by_role("button", name="Accept all and release").click()
    page.get_by_role("button", name="Release now").click()


def read_the_outcome(cast: Cast) -> None:
    """Everybody is taken to the record of the turn; the overruled seat reads what Control decided and why."""
    for person in cast.players.values():
        person.page.wait_for_url(re.compile(r"/turn/8"))
        person.sees(re.compile("The record of "))
    own = cast.potus.latest("outcome", "turn@8")["own_orders"]
    final = next(one for one in own if one["label"] == proposal_order(cast.control)["label"])
    assert final["ruled"]
    assert final["status"] == ("done" if cast.proposed == "blocked" else "blocked")
    cast.potus.sees(REASON)
    cast.potus.sees("Ruled by Control")
    assert not cast.dprk.tap.heard(REASON)
    assert any("Hanoi text" in str(one) for one in cast.potus.tap.latest("agreement").values())


def each_sees_only_its_own(cast: Cast) -> None:
    """What a page was sent is what its person may know: in both directions, on the frames."""
    mara, leo, iris, control = cast.potus, cast.dprk, cast.rok, cast.control
    for words, knows in {
        HELLO: (mara, leo, control),
        ANSWER: (mara, leo, control),
        MISSED: (mara, iris, control),
        SECRET: (mara, control),
    }.items():
        for person in cast.everyone:
            assert person.tap.heard(words) == (person in knows), f"{person.name} and {words!r}"
            shown = person.page.locator("body").inner_text()
            assert person in knows or words not in shown
    for seat, person in cast.players.items():
        assert set(person.tap.latest("brief")) == {seat}
        assert {view(line) for line in person.tap.lines if line.received} == {f"seat:{seat}"}
        assert person.tap.latest("proposal") == {}
        assert {one["seat"] for one in person.tap.latest("order").values()} <= {seat}
    assert set(control.tap.latest("proposal")) >= {"turn@8"}


def end_and_review(cast: Cast) -> None:
    """End the game; the report builds, opens and shows its charts and records."""
    page = cast.control.page
    page.get_by_role("button", name="Game", exact=True).click()
    page.get_by_role("button", name="End the game").click()
    page.get_by_role("button", name=re.compile("^End")).last.click()
    page.get_by_role("link", name="Open the review").first.click()
    page.wait_for_url("**/r/**")
    expect(page.get_by_role("radio", name="Ground truth")).to_be_visible(timeout=40_000)
    charts = page.locator("main figure svg")
    expect(charts.first).to_be_visible()
    assert charts.count() >= 3
    page.get_by_role("link", name=re.compile("^Messages")).click()
    expect(page.get_by_text(HELLO).first).to_be_visible()
    page.get_by_role("link", name=re.compile("^Rulings")).click()
    expect(page.get_by_text(REASON).first).to_be_visible()


def open_room(person: Person, seat: str) -> None:
    """Open the room of two with a seat, or go there when it exists."""
    label = person.latest("seat", seat)["short"]
    person.page.locator("#rooms button.room", has_text=re.compile(rf"^\s*{re.escape(label)}")).first.click()
    expect(
        person.page.locator("#conversation").get_by_role("heading", name=re.compile(re.escape(label)))
    ).to_be_visible()


def say_desktop(person: Person, words: str) -> None:
    """Write and press Enter."""
    field = person.page.locator("#conversation textarea")
    field.fill(words)
    field.press("Enter")


def messages(person: Person, room: str) -> list[tuple[str, str]]:
    """Return the messages of a room the page was told of, in order."""
    found = [one for one in person.tap.latest("message").values() if one["room"] == room]
    return [(one["id"], one["text"]) for one in sorted(found, key=lambda one: one["number"])]


def offer(person: Person) -> dict:  # type: ignore[type-arg]
    """Return the one text of this story as the page knows it."""
    return next((one for one in person.tap.latest("offer").values() if one["title"] == "Hanoi text"), {})


def proposal(control: Person) -> dict:  # type: ignore[type-arg]
    """Return the engine's proposal as Control's page knows it."""
    return control.latest("proposal", "turn@8") or {}


def proposal_order(control: Person) -> dict:  # type: ignore[type-arg]
    """Return the President's order in the proposal."""
    return next(one for one in proposal(control)["orders"] if one["seat"] == "potus")


def view(line: Line) -> str:
    """Return the last view a socket was welcomed to."""
    frames = [json.loads(text) for text in line.received]
    return next((frame["view"] for frame in reversed(frames) if frame["t"] == "welcome"), "")
