"""A game comes back from its package on whatever database is at work, and two who bring it at once bring it once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.aar.test_packages import rows_of
from tests.support.games import a_game
from wargame.aar.package.export import package_of
from wargame.aar.package.restore import CannotRestore, import_package
from wargame.play import cache
from wargame.play.restore import Restored
from wargame.store import models
from wargame.store.verify import verify_game

pytestmark = pytest.mark.django_db(transaction=True)
OF_A_GAME = (
    models.Snapshot, models.Current, models.Disclosure, models.Event, models.Receipt, models.Timer, models.Membership,
)  # fmt: skip


def forgotten(game: str) -> None:
    """Take a game out of the store, as if it had never been there."""
    for rows in OF_A_GAME:
        rows.objects.filter(game_id=game).delete()
    models.Game.objects.filter(pk=game).delete()
    cache.forget()


def brought(raw: bytes) -> Restored | CannotRestore:
    try:
        return import_package(raw, now_ms=1_900_000_000_000)
    except CannotRestore as why:
        return why
    finally:
        connection.close()


def test_a_game_comes_back_once_however_many_bring_it() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)
    table.must("potus", "message.post", message="m1", room="press", text="한반도 \u202e =1+1")
    table.must("control", "game.pause", reason="Off to another server.")
    before, raw = rows_of(table.game), package_of(table.game)
    forgotten(table.game)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(brought, [raw, raw]))
    assert sorted(type(one).__name__ for one in found) == ["CannotRestore", "Restored"]
    assert rows_of(table.game) == before
    assert package_of(table.game) == raw
    assert verify_game(table.game).faults == ()
