"""Reports of games that are odd: never ended, one turn, none, nobody in it, rewound twice, a seat lost, hostile texts.

Of each the whole truth and every seat's report is built from the store, and walked by the reference rule.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from tests.support.odd_games import HOSTILE, KOREAN, MARKUP, ODD, SCRIPT, odd_store
from wargame.aar.documents.build import build
from wargame.aar.refs import faults
from wargame.aar.report import DRAWN, SECTIONS
from wargame.aar.services import report_pages
from wargame.store.models import Disclosure, Event, Game

pytestmark = pytest.mark.one_store
Pages = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def odd(django_db_blocker: Any) -> Iterator[dict[str, Pages]]:
    """Return the pages of every odd game by its name, and check what they refer to while the store is open."""
    with django_db_blocker.unblock(), odd_store() as games:
        found = {}
        for name, game in games.items():
            row = Game.objects.get(pk=game)
            written = report_pages(row, progress=lambda *_: None)
            found[name] = {view: msgspec.json.decode(page) for view, page in written.items()}
            for view, page in found[name].items():
                assert faults(page, _known(game, view)) == [], f"{name}, {view}"
        yield found


def _known(game: str, view: str) -> set[int]:
    if view == "truth":
        return set(Event.objects.filter(game_id=game).values_list("seq", flat=True))
    return set(Disclosure.objects.filter(game_id=game, view=f"seat:{view}").values_list("n", flat=True))


@pytest.mark.parametrize("name", list(ODD))
def test_every_section_is_there_for_the_truth_and_every_seat(odd: dict[str, Pages], name: str) -> None:
    pages = odd[name]
    assert {*SECTIONS, *DRAWN} <= set(pages["truth"])
    assert set(pages) == {"truth", *(seat["id"] for seat in pages["truth"]["seats"])}
    assert all(page["view"] == view for view, page in pages.items())


def test_a_game_that_never_ended_is_reported_up_to_where_it_stands(odd: dict[str, Pages]) -> None:
    truth = odd["never_ended"]["truth"]
    assert (truth["game"]["status"], truth["game"]["ended_ms"], truth["seed"]) == ("running", None, None)
    assert truth["game"]["turns_played"] == len(truth["hazard"]["turns"]) == 1
    assert [turn["turn"] for turn in truth["turns"]] == [1, 2]
    assert [one["status"] for one in truth["texts"]] == ["tabled"]
    assert all(order["turn"] == 1 for order in truth["moves"]), "a sheet that is not sealed is no move yet"
    assert [one["state"] for one in truth["requests"]] == ["open"]
    assert truth["headline"]["title"] == "No agreement was reached so far"
    assert "so far. " in truth["headline"]["deck"]
    assert "at the end" not in " ".join([truth["headline"]["deck"], *(one["text"] for one in truth["findings"])])


def test_a_game_without_a_settled_turn_says_so_and_claims_nothing(odd: dict[str, Pages]) -> None:
    truth = odd["no_turn"]["truth"]
    assert truth["headline"]["title"] == "No turn was resolved"
    for name in ("moves", "escalation", "ledger", "indices", "scores", "obligations"):
        assert truth[name] == [], name
    assert truth["hazard"]["turns"] == truth["turning_points"]["points"] == []
    assert truth["hazard"]["war_chance"] == 0
    assert {one["id"] for one in truth["findings"]} <= {
        "deal_missed",
        "no_deal",
        "trust_short",
        "unopened",
        "strangers",
    }


def test_a_game_of_one_turn_has_no_turning_point_and_all_the_rest(odd: dict[str, Pages]) -> None:
    truth = odd["one_turn"]["truth"]
    assert [one["weight"] for one in truth["turning_points"]["weights"]] == [1.0]
    assert truth["turning_points"]["points"] == []
    assert len(truth["escalation"]) == len(truth["hazard"]["turns"]) == len(truth["indices"]) == 1
    assert [move["rationale"] for move in truth["moves"]] == ["To be heard."]
    assert truth["history"]["turns"][0]["played"]


def test_a_game_nobody_sat_in_is_told_of_bots(odd: dict[str, Pages]) -> None:
    truth = odd["no_humans"]["truth"]
    assert all(seat["bot"] and not seat["people"] for seat in truth["seats"])
    assert truth["game"]["status"] == "ended"
    assert truth["moves"]
    assert "unopened" not in {one["id"] for one in truth["findings"]}, "a bot opens nothing, and need not"
    assert truth["history"]["recorded"] is False


def test_what_was_taken_back_twice_is_in_no_section(odd: dict[str, Pages]) -> None:
    truth = odd["rewound_twice"]["truth"]
    assert [one["reason"] for one in truth["rewinds"]] == ["The wrong sheet.", "And once more."]
    reasons = [move["rationale"] for move in truth["moves"]]
    assert "The third time." in reasons
    assert not {"The first time.", "The second."} & set(reasons)
    assert "Said and taken back." not in msgspec.json.encode(truth).decode()
    assert [row["turn"] for row in truth["escalation"]] == [1, 2]
    for view, page in odd["rewound_twice"].items():
        if view != "truth":
            assert [one["reason"] for one in page["rewinds"]] == ["The wrong sheet.", "And once more."]
            assert "Said and taken back." not in [message["text"] for message in page["messages"]]


def test_a_seat_that_lost_its_person_keeps_its_name_and_its_report(odd: dict[str, Pages]) -> None:
    pages = odd["lost_seat"]
    seat = next(one for one in pages["truth"]["seats"] if one["id"] == "downriver")
    assert seat["people"] == ["Player downriver"]
    assert "Left behind." in [move["rationale"] for move in pages["truth"]["moves"]]
    assert [one["text"] for one in pages["downriver"]["messages"]] == ["We shall be heard."]
    assert "Player downriver is removed." in [step["text"] for step in pages["truth"]["steps"]]


def test_hostile_words_are_carried_as_they_were_typed_and_only_as_words(odd: dict[str, Pages]) -> None:
    truth = odd["hostile"]["truth"]
    assert [one["text"] for one in truth["messages"] if one["seat"] == "rok"] == [text[:4000] for text in HOSTILE]
    (move,) = [one for one in truth["moves"] if one["seat"] == "dprk"]
    assert move["rationale"] == MARKUP
    (ruling,) = truth["overrides"]["rulings"]
    assert ruling["reason"] == f"{SCRIPT} {KOREAN}"
    assert truth["seats"][0]["people"] == [SCRIPT[:60]]
    (seen,) = {message["text"] for message in odd["hostile"]["jpn"]["messages"]} & {SCRIPT}
    assert seen == SCRIPT


@pytest.mark.parametrize("name", list(ODD))
def test_documents_of_an_odd_game_are_made_for_the_truth_and_a_seat(odd: dict[str, Pages], name: str) -> None:
    pages = odd[name]
    seat = next(view for view in pages if view != "truth")
    assert build(pages["truth"], form="pdf").body.startswith(b"%PDF")
    assert build(pages[seat], form="evidence").body.startswith(b"%PDF")
    for view in ("truth", seat):
        html = build(pages[view], form="html").body.decode()
        assert html.endswith("</html>\n")
        assert "<script" not in html
        assert "Said and taken back." not in html
