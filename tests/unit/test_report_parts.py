"""A page of a report can be read in parts: together they are the page, and none says more than it."""

import json

from wargame.aar.parts import parts_of

PAGE = json.dumps(
    {"schema": "report/1", "view": "potus", "turns": [{"turn": 1}], "timeline": [{"seq": 3}], "messages": [{"id": "m"}]}
).encode()


def test_the_first_parts_and_the_rest_are_the_page():
    first = json.loads(parts_of(PAGE, only=["timeline", "steps"]))
    rest = json.loads(parts_of(PAGE, without=["timeline", "steps"]))
    assert set(first) == {"schema", "view", "turns", "timeline"}
    assert "timeline" not in rest
    assert first | rest == json.loads(PAGE)


def test_a_section_the_page_does_not_have_is_not_made_up():
    assert json.loads(parts_of(PAGE, only=["ledger"])) == {
        "schema": "report/1",
        "view": "potus",
        "turns": [{"turn": 1}],
    }


def test_a_page_asked_for_whole_is_not_touched():
    assert parts_of(PAGE) is PAGE
