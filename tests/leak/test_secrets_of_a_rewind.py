"""A rewind tells a view of nothing but its own past: what others did, and what Control calls a moment, stays theirs."""

from functools import cache as cached
from typing import Any

import pytest
from django.core.management import call_command

from tests.support.games import Table, a_game, same_ids_again
from wargame.bots import services
from wargame.game.ids import CONTROL
from wargame.play import cache
from wargame.play.people import join
from wargame.store.feed import view_now
from wargame.store.models import Disclosure

pytestmark = pytest.mark.django_db(transaction=True)
SEATS = ("potus", "dprk", "rok", "jpn")
WATCHED = ("seat:potus", "seat:jpn", "observer", "public")
LABEL = "CANARY the leak was staged"
Feed = list[tuple[int, int, str, str, int, bytes]]

SECRETS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("dprk", "room.open", {"room": "r", "seats": ["rok"], "title": "Two of us"}),
    ("dprk", "message.post", {"message": "m", "room": "talk:dprk.rok", "text": "CANARY Nobody else hears this."}),
    ("rok", "room.read", {"room": "talk:dprk.rok", "upto": 1}),
    ("control", "assess.plan", {"item": "i", "action": "CANARY They met too late."}),
    ("dprk", "offer.draft", {"offer": "d1", "parties": ["dprk", "potus"], "levels": {"test": 1}, "note": "CANARY"}),
    ("control", "note.pin", {"note": "n", "text": "CANARY They have met."}),
)


@cached
def play(*, before: bool, between: bool) -> dict[str, Feed]:
    """Play with or without secrets before the mark and after it; go back, undo that, and return every watched feed."""
    call_command("flush", verbosity=0, interactive=False)
    cache.forget()
    services.forget()
    same_ids_again()
    table = a_game(seats=SEATS, people={seat: f"person-{seat}" for seat in SEATS}, game_id="same-game", seed="same")
    join(table.game, display="Watcher", role="observer", now_ms=table.now_ms, person="watcher")
    table.must("control", "game.start", force=True)
    table.must("potus", "message.post", message="m1", room="press", text="Before.")
    for number, (who, name, args) in enumerate(SECRETS if before else ()):
        assert not hasattr(table.say(who, name, command_id=f"early-{number}-{name}", **args), "code")
    table.must("control", "checkpoint.make", label=LABEL)
    table.now_ms += 60_000
    table.must("potus", "message.post", message="m2", room="press", text="After.")
    for number, (who, name, args) in enumerate(SECRETS[-2:] if before else SECRETS) if between else ():
        assert not hasattr(table.say(who, name, command_id=f"late-{number}-{name}", **args), "code")
    for _ in range(2):
        mark = table.state().checkpoints[-1]
        table.now_ms += 60_000
        table.must("control", "game.rewind", checkpoint=mark, reason="We begin again.")
        table.must("control", "game.resume")
    return {view: feed(table, view) for view in (*WATCHED, CONTROL)}


def feed(table: Table, view: str) -> Feed:
    rows = Disclosure.objects.filter(game_id=table.game, view=view).order_by("n")
    return [
        (n, first_n, kind, key, at_ms, bytes(value))
        for n, first_n, kind, key, at_ms, value in rows.values_list("n", "first_n", "kind", "key", "at_ms", "value")
    ]


@pytest.mark.parametrize(("before", "between"), [(False, True), (True, True)])
def test_what_others_did_before_or_after_the_moment_changes_nothing_in_a_feed(before: bool, between: bool) -> None:
    quiet, busy = play(before=False, between=False), play(before=before, between=between)
    for view in WATCHED:
        assert busy[view] == quiet[view], view
    assert busy[CONTROL] != quiet[CONTROL]  # the same comparison notices what a view does hear
    assert any(kind == "rewound" for _, _, kind, *_ in quiet["public"])


def test_what_control_calls_a_moment_and_the_games_it_begins_there_reach_no_other_view() -> None:
    table = a_game(seats=SEATS, started=True)
    table.must("control", "checkpoint.make", label=LABEL)
    table.must("control", "game.rewind", checkpoint=table.state().checkpoints[-1], reason="We begin again.")
    for view in (*WATCHED, "seat:dprk"):
        assert all(b"CANARY" not in value for *_, value in feed(table, view)), view
        assert not {kind for _, _, kind, *_ in feed(table, view)} & {"checkpoint", "branch"}
    assert any(b"CANARY" in value for *_, value in feed(table, CONTROL))


def test_what_a_seat_was_told_by_mistake_is_gone_from_what_it_holds() -> None:
    table = a_game(seats=SEATS, started=True)
    table.must("control", "checkpoint.make", label=LABEL)
    table.must("control", "inject.send", inject="x", to=("jpn",), title="CANARY", text="Not for you.")
    assert any(b"CANARY" in row.value for row in view_now(table.game, view="seat:jpn")[1])
    mark = table.state().checkpoints[-1]
    table.must("control", "game.rewind", checkpoint=mark, reason="A slip of ours.")
    assert all(b"CANARY" not in row.value for row in view_now(table.game, view="seat:jpn")[1])
