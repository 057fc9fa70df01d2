"""Papers keep their secrets: drafts, notes, changes, meanings, readings, requests, numbers and how many there are."""

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.leak import test_non_interference as quiet_room
from tests.leak.test_raw_sockets import SEATS, drained, everybody, reached_by, recorders
from tests.leak.test_search import ask
from tests.support.games import Table, a_game
from tests.support.sockets import in_thread, live
from wargame.play.answers import Accepted
from wargame.realtime.hub import Hub

pytestmark = pytest.mark.django_db(transaction=True)
CABLE = {"subject": "Coal", "summary": "They ask for coal first."}
SIDE = {"state", "defense", "intel", "potus"}


def on_desk(table: Table, seat: str) -> str:
    """Return the newest paper on a seat's desk."""
    return next((key for key, paper in reversed(table.state().papers.items()) if paper.seat == seat), "none:1")


def step(table: Table, who: str, name: str, paper: str, **args: Any) -> None:
    table.must(who, name, paper=paper, version=table.state().papers[paper].version, **args)


# --- over the wire ----------------------------------------------------------------------------
def test_each_word_of_a_paper_reaches_those_who_may_read_it_and_no_other() -> None:
    table = a_game(seats=SEATS, started=True, style="semi_rigid", seed="canary-papers")
    tokens = everybody(table)

    def a_cable() -> None:
        fields = {"subject": "CANARY-subject", "summary": "CANARY-first-text"}
        table.must("state", "paper.draft", template="cable", to=["dprk"], fields=fields)
        paper = on_desk(table, "state")
        step(table, "state", "paper.send_for_clearance", paper)
        step(table, "intel", "paper.return", paper, reason="CANARY-returned")
        step(table, "state", "paper.send_for_clearance", paper)
        step(table, "defense", "paper.clear", paper, note="CANARY-note", fields={"summary": "CANARY-second-text"})
        step(table, "intel", "paper.clear", paper)
        step(table, "potus", "paper.clear", paper)
        step(table, "potus", "paper.release", paper)
        table.must("dprk", "item.open", kind="paper", key=paper)

    def a_statement() -> None:
        fields = {"headline": "CANARY-headline", "body": "CANARY-body"}
        table.must("potus", "paper.draft", template="statement", fields=fields)
        paper = on_desk(table, "potus")
        table.must("potus", "statement.mean", paper=paper, text="CANARY-meaning")
        step(table, "potus", "paper.release", paper)
        table.must("dprk", "statement.read", paper=paper, text="CANARY-reading")

    def requests() -> None:
        table.must("state", "tasking.ask", kind="rfi", to="intel", text="CANARY-question", due=1)
        asked = next(iter(table.state().taskings))
        table.must("intel", "tasking.answer", tasking=asked, text="CANARY-answer")
        table.must("rok", "tasking.ask", kind="rfi", to="control", text="CANARY-to-control", due=1)

    def secrets_are_made() -> dict[str, set[str]]:
        table.must("dprk", "paper.draft", template="cable", to=["rok"], fields={"subject": "CANARY-draft"})
        a_cable()
        a_statement()
        requests()
        everyone = {*SEATS, "observer", "stranger"}
        return {
            "CANARY-draft": {"dprk"}, "CANARY-subject": SIDE | {"dprk"}, "CANARY-first-text": SIDE,
            "CANARY-second-text": SIDE | {"dprk"}, "CANARY-note": SIDE, "CANARY-returned": SIDE - {"potus"},
            "STATE-DPRK": SIDE | {"dprk"}, "CANARY-headline": everyone, "CANARY-body": everyone,
            "CANARY-meaning": {"potus"}, "CANARY-reading": {"dprk"}, "CANARY-question": {"state", "intel"},
            "CANARY-answer": {"state", "intel"}, "CANARY-to-control": {"rok"}, "RFI ROK": {"rok"},
        }  # fmt: skip

    async def run(hub: Hub) -> None:
        readers = await recorders(table.game, tokens)
        allowed = await in_thread(secrets_are_made)
        await drained(table.game, readers)
        for canary, seats in allowed.items():
            assert reached_by(canary, readers) == seats | {"control"}, canary

    live(run, poll_s=600.0)


# --- in bytes and numbers ---------------------------------------------------------------------
SECRETS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("dprk", "paper.draft", {"template": "cable", "to": ["rok"], "fields": CABLE}),
    ("dprk", "paper.draft", {"template": "statement", "fields": {"headline": "Never to go out"}}),
    ("dprk", "paper.edit", {"paper": "DESK", "version": 1, "fields": {"subject": "Cloth", "headline": "x"}}),
    ("dprk", "paper.release", {"paper": "DESK", "version": 1}),
    ("dprk", "paper.withdraw", {"paper": "DESK"}),
    ("dprk", "statement.mean", {"paper": "DESK", "text": "Nothing."}),
    ("rok", "paper.draft", {"template": "demarche", "to": ["dprk"], "fields": {
        "subject": "Fire", "objective": "Stop it.", "arguments": "Please."}}),
    ("rok", "paper.release", {"paper": "DESK", "version": 1}),
    ("rok", "tasking.ask", {"kind": "rfi", "to": "dprk", "text": "Why?", "due": 1}),
    ("rok", "tasking.ask", {"kind": "rfi", "to": "control", "text": "Why?", "due": 1}),
    ("dprk", "tasking.ask", {"kind": "rfi", "to": "rok", "text": "When?", "due": 1}),
    ("dprk", "tasking.take", {"tasking": "TRAY"}),
    ("dprk", "tasking.answer", {"tasking": "TRAY", "text": "Because."}),
    ("control", "tasking.ask", {"kind": "tasking", "to": "rok", "text": "Report.", "due": 1}),
    ("control", "tasking.answer", {"tasking": "TRAY", "text": "Ask again."}),
)  # fmt: skip
SCRIPT: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("potus", "paper.draft", {"template": "cable", "to": ["jpn"], "fields": CABLE}),
    ("potus", "paper.release", {"paper": "DESK", "version": 1}),
    ("state", "paper.edit", {"paper": "dprk:nothing", "version": 1, "fields": {"subject": "x"}}),
    ("state", "paper.draft", {"template": "cable", "to": ["jpn"], "fields": CABLE}),
    ("state", "paper.send_for_clearance", {"paper": "DESK", "version": 1}),
    ("potus", "paper.clear", {"paper": "DESK:state", "version": 1}),
    ("jpn", "statement.read", {"paper": "dprk:nothing", "text": "Weak."}),
    ("jpn", "tasking.ask", {"kind": "rfi", "to": "state", "text": "What now?", "due": 1}),
    ("state", "tasking.answer", {"tasking": "rok:nothing", "text": "What?"}),
    ("jpn", "paper.draft", {"template": "statement", "fields": {"headline": "Concern", "body": "We are concerned."}}),
    ("jpn", "paper.release", {"paper": "DESK", "version": 1}),
    ("rok", "order.draft", {"order": "r1", "move": "MOVE"}),
)


def do(table: Table, who: str, name: str, args: dict[str, Any], command_id: str) -> object:
    """Give a command about the newest paper on a desk, or the newest request in a tray."""
    paper = str(args.get("paper", ""))
    if paper.startswith("DESK"):
        args = {**args, "paper": on_desk(table, paper.partition(":")[2] or who)}
    if args.get("tasking") == "TRAY":
        mine = [key for key, one in table.state().taskings.items() if one.to == who]
        args = {**args, "tasking": mine[-1] if mine else "none:1"}
    if args.get("move") == "MOVE":
        args = {**args, "move": quiet_room.a_move(who)}
    answer = table.say(who, name, command_id=command_id, **args)
    return ("ack", answer.n) if isinstance(answer, Accepted) else ("reject", answer.code, sorted(answer.params.items()))


@pytest.fixture
def papers(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Play the script of papers on the machinery of the quiet room."""
    for name, value in (("SECRETS", SECRETS), ("SCRIPT", SCRIPT), ("do", do)):
        monkeypatch.setattr(quiet_room, name, value)
    return monkeypatch


@cache
def quiet_game() -> quiet_room.Heard:
    """Play the script of papers once without any of others; asked for where it is laid on the quiet room."""
    return quiet_room.play([[]] * len(SCRIPT))


@settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(
    st.lists(st.lists(st.integers(0, len(SECRETS) - 1), max_size=6), min_size=len(SCRIPT), max_size=len(SCRIPT))
)  # fmt: skip
@pytest.mark.timeout(240)
@pytest.mark.one_store
def test_papers_of_others_change_nothing_in_a_feed(papers: pytest.MonkeyPatch, secrets: list[list[int]]) -> None:
    quiet, busy = quiet_game(), quiet_room.play(secrets)
    assert busy.answers == quiet.answers
    for view in quiet_room.WATCHED:
        assert busy.feeds[view] == quiet.feeds[view], view
    assert any(kind == "paper" for _, kind, *_ in quiet.feeds["seat:jpn"])
    assert "ack" in {answer[0] for answer in quiet.answers if isinstance(answer, tuple)}, "the script does something"


def test_the_number_of_a_paper_tells_nothing_of_papers_to_others(papers: pytest.MonkeyPatch) -> None:
    """The same cable to one reader, after none and after five to another: the same number."""
    script = (
        ("dprk", "paper.draft", {"template": "cable", "to": ["potus"], "fields": CABLE}),
        ("dprk", "paper.release", {"paper": "DESK", "version": 1}),
        ("rok", "order.draft", {"order": "r1", "move": "MOVE"}),
    )
    papers.setattr(quiet_room, "SCRIPT", script)
    papers.setattr(quiet_room, "SECRETS", (SECRETS[0], SECRETS[3]))
    quiet, busy = quiet_room.play([[]] * 3), quiet_room.play([[0, 1] * 5, [], [0, 1]])
    assert busy.feeds["seat:potus"] == quiet.feeds["seat:potus"]
    assert any(b"DPRK-POTUS" in value for *_, value in quiet.feeds["seat:potus"])


def test_a_search_finds_papers_and_requests_of_ones_own_and_of_nobody_else() -> None:
    table = a_game(seats=("potus", "dprk", "rok", "jpn"), started=True)
    words = {"subject": "The periwinkle", "summary": "A periwinkle in every line."}
    table.must("dprk", "paper.draft", template="cable", to=["rok"], fields=words)
    table.must("dprk", "tasking.ask", kind="rfi", to="rok", text="Where is the periwinkle?", due=1)
    nothing = ask(table, "jpn", q="nobody-ever-wrote-this")
    assert ask(table, "jpn", q="periwinkle") == ask(table, "potus", q="periwinkle") == nothing
    assert ask(table, "rok", q="periwinkle", kind="paper") == nothing, "a draft is found by nobody but its drafter"
    assert ask(table, "rok", q="periwinkle", kind="tasking")[1].count(b"Where is the periwinkle?") == 1
    step(table, "dprk", "paper.release", on_desk(table, "dprk"))
    assert ask(table, "rok", q="every LINE", kind="paper")[1].count(b"A periwinkle in every line.") == 1
    assert ask(table, "jpn", q="periwinkle") == nothing
