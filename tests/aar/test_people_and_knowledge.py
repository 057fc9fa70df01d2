"""The sections about people and knowledge: counted from the log, timed in hours of play, and to each seat its own."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.builders import CONTROL, Game, a_game, player
from tests.support.golden_game import told
from wargame.aar.chronicle import Chronicle, chronicle
from wargame.aar.hours import Hours, longest_gap
from wargame.aar.refs import faults
from wargame.aar.report import SECTIONS, public_frame
from wargame.aar.seen.report import seen_report
from wargame.game import commands as c
from wargame.game.events import Actor
from wargame.game.ids import seat_view

pytestmark = pytest.mark.one_store
MINUTE = 60_000
POTUS, STATE, INTEL, DPRK = (player(seat) for seat in ("potus", "state", "intel", "dprk"))
DEPUTY, LATE = (Actor(kind="person", person=person) for person in ("p-deputy", "p-late"))
OURS = (
    "participation", "responses", "journals", "knowledge", "perception", "understandings", "notes",
)  # fmt: skip
SECRETS = {
    "potus": ("CANARY-rationale", "CANARY-expects", "CANARY-meant", "CANARY-clause-us"),
    "dprk": ("CANARY-reading", "CANARY-clause-dprk", "CANARY-dprk-why"),
}


@dataclass(frozen=True)
class Told:
    """A played game, its truth, and what each seat may read of it."""

    game: Game
    log: Chronicle
    truth: dict[str, Any]
    seen: dict[str, dict[str, Any]]

    def item(self, section: str, **asked: Any) -> dict[str, Any]:
        """Return the one item of a section in which all of this is so."""
        found = [
            one for one in self.truth[section]["items"] if all(one[name] == value for name, value in asked.items())
        ]
        assert len(found) == 1, found
        return found[0]  # type: ignore[no-any-return]


def played() -> Game:
    """Play one turn in which everything happens that these sections speak of."""
    game = a_game().with_seats("potus", "state", "intel", "dprk").joined("p-deputy", "The deputy")
    game.do(DEPUTY, c.SeatTake(seat="potus")).started()
    for name, to in (("CANARY-for-intel", ("intel",)), ("For the President", ("potus",))):
        game.do(CONTROL, c.InjectSend(inject="i", to=to, title=name, text="…"))
    key = next(key for key, to in game.state.injects.items() if to == ("potus",))
    game.later(2 * MINUTE).do(POTUS, c.ItemOpen(kind="inject", key=key))
    game.in_phase("plan").later(MINUTE)
    game.do(
        POTUS, c.OrderDraft(order="a", move="threat", rationale="CANARY-rationale", expects="CANARY-expects")
    )  # fmt: skip
    game.do(DPRK, c.OrderDraft(order="b", move="d_threat", rationale="CANARY-dprk-why"))
    game.later(MINUTE).do(POTUS, c.OrdersSubmit())
    game.in_phase("negotiate").do(DEPUTY, c.RoomOpen(room="r", seats=("dprk",), title="Back channel"))
    game.do(DEPUTY, c.MessagePost(message="m", room="talk:dprk.potus", text="We read your letter."))
    game.later(MINUTE).do(CONTROL, c.GamePause(reason="Fire drill")).later(60 * MINUTE).do(CONTROL, c.GameResume())
    game.later(MINUTE).do(DPRK, c.MessagePost(message="m", room="talk:dprk.potus", text="Good."))
    game.do(DEPUTY, c.RoomRead(room="talk:dprk.potus", upto=2))
    game.do(DEPUTY, c.MessagePost(message="m", room="talk:dprk.potus", text="Until then."))
    _statement(game)
    _text(game)
    game.do(STATE, c.TaskingAsk(kind="rfi", to="intel", text="Who leads?", due=1)).later(3 * MINUTE)
    game.do(INTEL, c.TaskingAnswer(tasking=next(iter(game.state.taskings)), text="An envoy."))
    game.do(CONTROL, c.NotePin(note="n", text="They listened.", objective="Own words"))
    game.at_turn(2).joined("p-late", "Who came late").do(LATE, c.SeatTake(seat="jpn")).later(MINUTE)
    return game.do(CONTROL, c.GameEnd())


def _statement(game: Game) -> None:
    game.do(POTUS, c.PaperDraft(template="statement", fields={"headline": "No hurry", "body": "We are in no hurry."}))
    word = next(iter(game.state.papers))
    game.do(POTUS, c.StatementMean(paper=word, text="CANARY-meant"))
    game.do(POTUS, c.PaperRelease(paper=word, version=1)).do(DPRK, c.StatementRead(paper=word, text="CANARY-reading"))


def _text(game: Game) -> None:
    text = c.OfferDraft(offer="o", parties=("potus", "dprk"), levels={"test": 1}, title="A pause")
    game.do(POTUS, text).do(POTUS, c.OfferTable(offer="o")).later(4 * MINUTE)
    for who, words in ((DPRK, "CANARY-clause-dprk"), (POTUS, "CANARY-clause-us")):
        game.do(who, c.OfferParaphrase(offer="potus:o", version=1, clause="test", text=words))
    game.do(DPRK, c.OfferAccept(offer="potus:o", version=1))
    for who in (POTUS, DPRK):
        game.do(who, c.OfferSign(offer="potus:o", version=1, venue="exchange"))


@pytest.fixture(scope="module")
def report() -> Told:
    game = played()
    log = chronicle(game.scenario, game.log, head_hash="", engine_version="1")
    frame = public_frame(log, built_at_ms=0)
    rows = told(game.scenario, tuple(game.log))
    seen = {
        seat: seen_report(game.scenario, rows[seat_view(seat)], seat=seat, frame=frame) for seat in ("potus", "dprk")
    }
    return Told(game, log, {name: SECTIONS[name](log) for name in OURS}, seen)


def seat_of(section: dict[str, Any], seat: str) -> dict[str, Any]:
    return next(one for one in section["seats"] if one["seat"] == seat)


def test_every_claim_about_people_names_events_that_exist(report: Told) -> None:
    assert faults(report.truth, {recorded.seq for recorded in report.game.log}) == []


def test_acts_are_counted_for_the_seat_and_for_the_person_who_did_them(report: Told) -> None:
    potus = seat_of(report.truth["participation"], "potus")["counts"]
    assert (potus["messages"], potus["orders"], potus["papers"], potus["texts"], potus["opened"]) == (2, 1, 1, 2, 1)
    people = {one["display"]: one for one in report.truth["participation"]["people"]}
    assert people["The deputy"]["counts"]["messages"] == 2
    assert people["The deputy"]["counts"]["words"] == 6
    assert people["Player potus"]["counts"]["messages"] == 0
    assert (people["The deputy"]["read"], people["Player potus"]["read"]) == (1, 0), "one's own side is not read"
    seat = seat_of(report.truth["participation"], "potus")
    assert (seat["heard"], seat["read"]) == (1, 1)
    assert [stay["seat"] for stay in people["The deputy"]["seats"]] == ["potus"]


def test_what_control_says_in_a_seats_place_is_nobodys_act() -> None:
    game = a_game().with_seats("potus", "dprk").started().in_phase("negotiate")
    game.do(POTUS, c.RoomOpen(room="r", seats=("dprk",), title="T"))
    game.do(CONTROL, c.PersonaSpeak(room="talk:dprk.potus", text="Said for them.", seat="dprk"))
    log = chronicle(game.scenario, game.log, head_hash="", engine_version="1")
    assert seat_of(SECTIONS["participation"](log), "dprk")["counts"]["messages"] == 0  # type: ignore[arg-type]


def test_a_silence_counts_in_hours_of_play_and_names_its_turns(report: Told) -> None:
    dprk = seat_of(report.truth["participation"], "dprk")
    assert report.truth["participation"]["played_ms"] < 60 * MINUTE, "the hour of the pause is no time of play"
    assert dprk["silence"]["turns"] == [2]
    assert 0 < dprk["silence"]["longest"]["ms"] < 20 * MINUTE
    assert (
        seat_of(report.truth["participation"], "jpn")["silence"]["longest"]["ms"]
        == (report.truth["participation"]["played_ms"])
    )


def test_nobody_is_silent_before_they_came(report: Told) -> None:
    late = next(one for one in report.truth["participation"]["people"] if one["display"] == "Who came late")
    assert (late["silence"]["longest"]["ms"], late["silence"]["turns"]) == (MINUTE, [2])
    assert Hours([(0, 10), (20, 30)]).within([(5, 22), (28, None)]).spans == [(5, 10), (20, 22), (28, 30)]


def test_hours_are_apart_from_each_other_and_gaps_are_bounded_by_them() -> None:
    hours = Hours([(0, 10), (110, 120)])
    assert [hours.played(at) for at in (-5, 0, 7, 50, 115, 999)] == [0, 0, 7, 10, 15, 20]
    assert hours.between(5, 115) == 10
    assert hours.between(115, 5) == 0
    assert longest_gap(hours, [(2, 7), (112, 9)]) == (10, (2, 112), [7, 9])
    assert longest_gap(Hours([]), []) == (0, (0, 0), [])


def test_waits_are_of_play_and_end_with_the_answer(report: Told) -> None:
    opened = report.item("responses", kind="inject", label="For the President")
    assert (opened["wait_ms"], opened["open"]) == (2 * MINUTE, False)
    text = report.item("responses", kind="text", seat="dprk")
    assert (text["wait_ms"], text["how"]) == (4 * MINUTE, "accepted")
    asked = report.item("responses", kind="request", seat="intel")
    assert (asked["wait_ms"], asked["how"]) == (3 * MINUTE, "answered")
    sealed = report.item("responses", kind="orders", seat="potus", turn=1)
    assert (sealed["wait_ms"], sealed["how"]) == (2 * MINUTE, "sealed")
    late = report.item("responses", kind="orders", seat="dprk", turn=1)
    assert (late["open"], late["how"], late["answered_ms"]) == (True, "late", None)
    assert late["wait_ms"] < report.truth["participation"]["played_ms"], "a wait ends when the sheets are locked"


def test_a_journal_entry_holds_the_reason_the_expectation_and_what_the_order_moved(report: Told) -> None:
    entry = next(one for one in report.truth["journals"] if one["seat"] == "potus")
    assert (entry["rationale"], entry["expects"]) == ("CANARY-rationale", "CANARY-expects")
    assert entry["display"] == "Player potus"
    assert entry["status"] in ("done", "partial", "blocked", "converted")
    shares = [abs(one["share"]) for one in entry["moved"]]
    assert shares == sorted(shares, reverse=True)
    assert all(one["amount"] for one in entry["moved"])


def test_a_decision_is_said_to_be_taken_without_what_its_own_side_had(report: Told) -> None:
    found = report.truth["knowledge"]["decisions"]
    decisions = {(one["turn"], one["seat"]): one["without"] for one in found if one["decision"] == "orders"}
    potus = {(gap["why"], gap["label"]): gap["holders"] for gap in decisions[1, "potus"]}
    assert potus["not_shared", "CANARY-for-intel"] == ["intel"]
    assert ("unopened", "For the President") not in potus, "it was opened before the orders were sealed"
    signed = {one["seat"]: (one["label"], one["without"]) for one in found if one["decision"] == "signature"}
    assert signed["dprk"][0] == "A pause"
    assert ("unread", "1 message") in {(gap["why"], gap["label"]) for gap in signed["dprk"][1]}
    assert "unread" not in {gap["why"] for gap in signed["potus"][1]}, "what it wrote itself, and read, is read"
    dprk = {(gap["why"], gap["label"]) for gap in decisions[1, "dprk"]}
    assert ("unread", "1 message") in dprk, "what was said after it had written itself"
    assert not any(label == "CANARY-for-intel" for _, label in dprk), "what the other side has is fog, not neglect"


def test_how_well_each_seat_read_a_variable_is_told_in_stretches(report: Told) -> None:
    rows = report.truth["knowledge"]["intelligence"]
    assert {row["variable"] for row in rows} == {v.id for v in report.game.scenario.variables} & {
        row["variable"] for row in rows
    }
    assert all(1 <= row["turn"] <= row["until"] <= 2 for row in rows)
    mine = {row["variable"]: row["modes"]["dprk"] for row in report.seen["dprk"]["knowledge"]["intelligence"]}
    assert mine == {row["variable"]: row["modes"]["dprk"] for row in rows if "dprk" in row["modes"]}
    assert all(set(row["modes"]) == {"dprk"} for row in report.seen["dprk"]["knowledge"]["intelligence"])


def test_a_statement_stands_beside_how_it_was_meant_and_read(report: Told) -> None:
    statement = next(one for one in report.truth["perception"] if one["kind"] == "statement")
    assert statement["meant"] == "CANARY-meant"
    assert [(one["seat"], one["text"]) for one in statement["read"]] == [("dprk", "CANARY-reading")]
    moves = [one for one in report.truth["perception"] if one["kind"] == "move"]
    beliefs = {v.id for v in report.game.scenario.variables if v.kind == "belief"}
    assert moves
    assert {row["variable"] for one in moves for row in one["beliefs"]} <= beliefs


def test_both_sides_words_stand_beside_the_clause(report: Told) -> None:
    (row,) = report.truth["understandings"]
    assert {one["seat"]: one["text"] for one in row["readings"]} == {
        "dprk": "CANARY-clause-dprk", "potus": "CANARY-clause-us",
    }  # fmt: skip
    assert (row["agreed"], row["silent"], row["issue"]) == (True, [], "test")
    assert row["clause"]


def test_notes_stand_by_objective_and_an_objective_without_a_note_is_there(report: Told) -> None:
    groups = {one["label"]: one["notes"] for one in report.truth["notes"]}
    assert [note["text"] for note in groups["Own words"]] == ["They listened."]
    assert sum(not notes for notes in groups.values()) > 3


def test_a_seat_reads_its_own_words_and_nobody_elses_in_its_part(report: Told) -> None:
    for seat, page in report.seen.items():
        text = json.dumps({name: page[name] for name in OURS if name in page})
        for owner, secrets in SECRETS.items():
            assert {secret for secret in secrets if secret in text} == (set(secrets) if owner == seat else set())
        assert "CANARY-for-intel" not in text
        assert "notes" not in page
        assert {gap["why"] for one in page["knowledge"]["decisions"] for gap in one["without"]} <= {
            "unopened",
            "unread",
        }


def test_a_seats_own_part_agrees_with_the_truth_about_it(report: Told) -> None:
    mine = seat_of(report.seen["potus"]["participation"], "potus")
    truth = seat_of(report.truth["participation"], "potus")
    for kind in ("messages", "letters", "papers", "orders", "opened"):
        assert mine["counts"][kind] == truth["counts"][kind]
    assert mine["silence"]["turns"] == truth["silence"]["turns"]
    waits = {(one["kind"], one["seat"], one["label"]): one["wait_ms"] for one in report.truth["responses"]["items"]}
    for one in report.seen["dprk"]["responses"]["items"]:
        if one["kind"] in ("inject", "text"):
            assert waits[one["kind"], "dprk", one["label"]] == one["wait_ms"]
