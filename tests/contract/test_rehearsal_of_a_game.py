"""The console rehearses the game that is about to start: its own lengths, empty seats and list, beside the server."""

import msgspec
import pytest
from django.test import Client

from tests.support.games import START_MS, Table
from wargame.control import rehearsals
from wargame.control.models import Rehearsal
from wargame.control.tasks import rehearse_game
from wargame.game.commands import GameCreate
from wargame.play.create import Created, create_game
from wargame.play.people import Joined, join
from wargame.store.models import Game

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = 60_000
BOTS = {"upriver": "tit_for_tat", "works": "tit_for_tat"}


@pytest.fixture(autouse=True)
def nobody_works(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep what would be handed to a worker: these tests are the worker."""
    asked: list[str] = []
    monkeypatch.setattr(rehearse_game, "delay", asked.append)
    return asked


def a_practice() -> Table:
    made = create_game(
        order=GameCreate(
            title="Practice", scenario="practice", preset="taste", seed="s", style="semi_rigid",
            open_seats=("downriver",), bots=BOTS, phase_ms={"brief": 5 * MINUTE},
        ),
        now_ms=START_MS,
    )  # fmt: skip
    assert isinstance(made, Created)
    return Table(made.game, made.control)


def ask(table: Table, method: str = "get", token: str | None = None) -> tuple[int, dict[str, object]]:
    headers = {"Authorization": f"Bearer {token or table.control.token}"}
    answer = getattr(Client(), method)(f"/api/games/{table.game}/rehearsal", headers=headers)
    return answer.status_code, answer.json()


def new_entry(**words: object) -> dict[str, object]:
    return {
        "title": "A late call",
        "text": "Hello.",
        "to": ["upriver"],
        "when": {"turn": 1, "offset_ms": MINUTE},
        **words,
    }


def test_what_is_rehearsed_is_the_game_as_it_stands() -> None:
    table = a_practice()
    table.must("control", "inject.write", msel="mine", version=0, entry=new_entry())
    table.must("control", "inject.skip", msel="P01")
    table.must("control", "inject.write", msel="idea", version=0, entry=new_entry(), draft=True)
    programme = rehearsals.programme_of(table.row())
    assert programme.phase_ms["brief"] == 5 * MINUTE
    assert programme.vacant == ("broker",)
    assert programme.bots == BOTS
    assert [(line.msel, line.state, line.entry is not None) for line in programme.lines] == [
        ("P01", "skipped", False), ("mine", "waiting", True),
    ]  # fmt: skip
    assert msgspec.json.decode(msgspec.json.encode(programme), type=type(programme)) == programme


def test_a_rehearsal_runs_beside_the_server_and_is_shown_in_the_console(nobody_works: list[str]) -> None:
    table = a_practice()
    table.must("control", "inject.write", msel="mine", version=0, entry=new_entry())
    assert ask(table) == (200, {"state": "none", "message": "", "stale": False, "report": None})
    assert ask(table, "post")[1]["state"] == "building"
    assert ask(table, "post")[1]["state"] == "building"
    assert nobody_works == [table.game]
    head, games = table.row().head, Game.objects.count()
    rehearsals.rehearsal_run(table.game)
    shown = ask(table)[1]
    assert (shown["state"], shown["stale"]) == ("ready", False), shown
    report = shown["report"]
    assert isinstance(report, dict)
    assert report["games"] == rehearsals.GAMES
    assert {one["msel"]: one["sent"] for one in report["entries"]}["mine"] == rehearsals.GAMES
    assert next(one for one in report["phases"] if one["phase"] == "brief")["planned_ms"] == 5 * MINUTE
    assert (table.row().head, Game.objects.count()) == (head, games)
    table.must("control", "inject.skip", msel="mine")
    assert ask(table)[1]["stale"] is True


def test_a_rehearsal_that_fails_says_why_and_can_be_begun_again(
    monkeypatch: pytest.MonkeyPatch, nobody_works: list[str]
) -> None:
    table = a_practice()
    ask(table, "post")
    monkeypatch.setattr("wargame.control.rehearsals.sys.executable", "/nowhere/python")
    rehearsals.rehearsal_run(table.game)
    shown = ask(table)[1]
    assert shown["state"] == "failed"
    assert "stopped" in str(shown["message"])
    ask(table, "post")
    assert len(nobody_works) == 2


def test_a_change_while_a_rehearsal_waits_is_noticed() -> None:
    table = a_practice()
    ask(table, "post")
    table.must("control", "inject.skip", msel="P01")
    rehearsals.rehearsal_run(table.game)
    assert Rehearsal.objects.get(pk=table.game).state == "failed"


def test_a_rehearsal_is_nobodys_but_controls() -> None:
    table = a_practice()
    player = join(table.game, display="Player", role="player", now_ms=START_MS)
    assert isinstance(player, Joined)
    for method in ("get", "post"):
        assert ask(table, method, player.token)[0] == 403
    assert not Rehearsal.objects.exists()
