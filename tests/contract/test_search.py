"""Search as people use it: words in any case and script, filters, pages, and what is asked wrongly."""

from typing import Any

import pytest
from django.test import Client

from tests.support.games import Table, a_game

pytestmark = pytest.mark.django_db(transaction=True)


def a_table(*texts: str) -> Table:
    table = a_game(seats=("potus", "state", "dprk"), started=True)
    for text in texts:
        table.must("potus", "message.post", message="m", room="side:US", text=text)
    return table


def find(table: Table, who: str = "state", **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = (
        Client()
        .get(f"/api/games/{table.game}/search", asked, headers={"Authorization": f"Bearer {table.people[who].token}"})
        .json()
    )
    return found


def texts(found: dict[str, Any]) -> list[str]:
    return [item["v"]["text"] for item in found["items"]]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Yongbyon inspectors", "YONGBYON"),
        ("Die Stra\u00dfe nach Wien", "STRASSE wien"),
        ("\u0391\u03b8\u03ae\u03bd\u03b1 \u03bb\u03ad\u03b5\u03b9", "\u0391\u0398\u0389\u039d\u0391"),
        ("\u0412\u0441\u0442\u0440\u0435\u0447\u0430", "\u0432\u0421\u0422\u0420\u0415\u0427\u0410"),
        ("\ud55c\uad6d\uc5b4 \ubb38\uc7a5", "\ud55c\uad6d\uc5b4"),
        ("\u05e9\u05dc\u05d5\u05dd \u05dc\u05db\u05d5\u05dc\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
        ("\uff21\uff22\uff23 full width", "abc"),
        ("A dove \U0001f54a flies", "\U0001f54a"),
        ('He said "never"', '"never"'),
        ("cafe\u0301 talk", "CAF\u00c9"),
    ],
)
def test_words_are_found_in_any_case_and_script(said: str, asked: str) -> None:
    assert texts(find(a_table("Something else", said), q=asked)) == [said]


def test_every_word_has_to_occur_and_the_newest_comes_first() -> None:
    table = a_table("alfa bravo", "bravo charlie", "charlie bravo alfa")
    assert texts(find(table, q="bravo")) == ["charlie bravo alfa", "bravo charlie", "alfa bravo"]
    assert texts(find(table, q="alfa bravo")) == ["charlie bravo alfa", "alfa bravo"]
    assert texts(find(table, q="alfa nothing")) == []


def test_a_search_goes_on_where_it_stopped_and_finds_everything_once() -> None:
    table = a_table(*(f"word {number}" for number in range(7)))
    found, before = [], {}
    for _ in range(10):
        page = find(table, q="word", limit=3, **before)
        found += texts(page)
        if page["next"] is None:
            break
        before = {"before": page["next"]}
    assert found == [f"word {number}" for number in reversed(range(7))]


def test_rooms_seats_turns_and_kinds_narrow_a_search() -> None:
    table = a_table("mine")
    table.must("state", "message.post", message="m", room="side:US", text="mine too")
    table.must("state", "message.post", message="m", room="press", text="mine in public")
    assert len(find(table, q="mine")["items"]) == 3
    assert texts(find(table, q="mine", seat="potus")) == ["mine"]
    assert texts(find(table, q="mine", room="press")) == ["mine in public"]
    assert len(find(table, q="mine", turn=1)["items"]) == 3
    assert find(table, q="mine", turn=2)["items"] == []
    assert find(table, q="mine", kind="letter")["items"] == []
    assert texts(find(table, seat="state", kind="message")) == ["mine in public", "mine too"]


def test_rare_words_are_found_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    from wargame.store import search

    monkeypatch.setattr(search, "BATCH", 2)
    table = a_table("needle", *(f"hay {number}" for number in range(6)))
    assert texts(find(table, q="needle")) == ["needle"]
    monkeypatch.setattr(search, "SCAN", 4)
    first = find(table, q="needle", kind="message")
    assert (first["items"], first["next"] is not None) == ([], True)
    assert texts(find(table, q="needle", kind="message", before=first["next"])) == ["needle"]


@pytest.mark.parametrize(
    ("asked", "at"),
    [({}, "q"), ({"q": " "}, "q"), ({"q": "x" * 201}, "q"), ({"q": "x", "kind": "order"}, "kind"),
     ({"q": "x", "turn": "one"}, "turn"), ({"q": "x", "before": "-1"}, "before")],
)  # fmt: skip
def test_a_search_asked_wrongly_says_where(asked: dict[str, str], at: str) -> None:
    answer = find(a_table(), **asked)
    assert (answer["code"], answer["params"]["at"]) == ("request.malformed", at)


def test_a_room_is_paged_by_its_own_numbers() -> None:
    table = a_table(*(f"line {number}" for number in range(1, 8)))
    headers = {"Authorization": f"Bearer {table.people['state'].token}"}

    def page(upto: int) -> dict[str, Any]:
        asked = {"kind": "message", "room": "side:US", "upto": upto, "limit": 3}
        found: dict[str, Any] = Client().get(f"/api/games/{table.game}/page", asked, headers=headers).json()
        return found

    assert (texts(page(7)), page(7)["more"]) == (["line 7", "line 6", "line 5"], True)
    assert (texts(page(3)), page(3)["more"]) == (["line 3", "line 2", "line 1"], False)
    assert page(99)["items"] == []
