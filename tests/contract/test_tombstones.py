"""What a view has no more is gone wherever the view is read, and a view that never had it hears of nothing."""

import json

import pytest
from django.db import transaction

from tests.support.games import Table, a_game
from wargame.store.disclosures import GONE, Told, tell
from wargame.store.feed import feed_after, latest_value, page, view_at, view_now
from wargame.store.models import Game
from wargame.store.rows import advance_game
from wargame.store.search import Asked, search

pytestmark = pytest.mark.django_db(transaction=True)
VIEW = "seat:potus"


@pytest.fixture
def table() -> Table:
    """Return a game in whose press room three statements were made."""
    table = a_game(seats=("potus",), started=True)
    for number in (1, 2, 3):
        table.must("potus", "message.post", message=f"m{number}", room="press", text=f"statement {number}")
    return table


def told(table: Table, key: str, value: bytes, *, view: str = VIEW, **kept: int) -> None:
    """Tell a view one message, as an append does."""
    with transaction.atomic():
        game = Game.objects.get(pk=table.game)
        tell(game, [Told(game.head, view, "message", key, value, **kept)])
        advance_game(game)


def messages(table: Table) -> list[str]:
    return [row.key for row in view_now(table.game, view=VIEW)[1] if row.kind == "message"]


def test_what_was_taken_away_is_in_no_picture_page_or_search_and_the_feed_says_so(table: Table) -> None:
    before, _ = view_now(table.game, view=VIEW)
    assert messages(table) == ["press:1", "press:2", "press:3"]
    told(table, "press:2", GONE)
    assert messages(table) == ["press:1", "press:3"]
    assert latest_value(table.game, view=VIEW, kind="message", key="press:2") is None
    listed = page(table.game, view=VIEW, kind="message", before=None, limit=50)
    assert listed is not None
    assert [row.key for row in listed] == ["press:3", "press:1"]
    assert page(table.game, view=VIEW, kind="message", before="press:2", limit=50) is None
    found = search(table.game, view=VIEW, asked=Asked(words=("statement",)))
    assert [row.key for row in found.rows] == ["press:3", "press:1"]
    news = feed_after(table.game, view=VIEW, cursor=before)
    assert [(row.n, row.key, row.value) for row in news] == [(before + 1, "press:2", b"null")]


def test_the_past_of_a_view_still_holds_what_was_taken_away_later(table: Table) -> None:
    before, _ = view_now(table.game, view=VIEW)
    told(table, "press:2", GONE)
    then = view_at(table.game, view=VIEW, n=before)[1]
    now = view_at(table.game, view=VIEW, n=before + 1)[1]
    assert [row.key for row in then if row.kind == "message"] == ["press:1", "press:2", "press:3"]
    assert [row.key for row in now if row.kind == "message"] == ["press:1", "press:3"]


def test_a_view_that_does_not_hold_an_entity_is_told_nothing_of_its_end(table: Table) -> None:
    before = table.row().heads
    told(table, "press:9", GONE)
    assert table.row().heads == before
    told(table, "press:2", GONE)
    once = json.loads(table.row().heads)[VIEW]
    told(table, "press:2", GONE)
    assert json.loads(table.row().heads)[VIEW] == once == json.loads(before)[VIEW] + 1


def test_what_is_told_again_as_new_comes_last_and_as_it_was_in_its_old_place(table: Table) -> None:
    value = next(row for row in view_now(table.game, view=VIEW)[1] if row.key == "press:2")
    place = page(table.game, view=VIEW, kind="message", before=None, limit=50)
    told(table, "press:2", GONE)
    told(table, "press:2", value.value)
    assert messages(table) == ["press:1", "press:3", "press:2"]
    told(table, "press:2", GONE)
    told(table, "press:2", value.value, at_ms=value.at_ms, first_n=value.n)
    again = page(table.game, view=VIEW, kind="message", before=None, limit=50)
    assert again is not None
    assert place is not None
    assert [(row.key, row.at_ms, row.value) for row in again] == [(row.key, row.at_ms, row.value) for row in place]
