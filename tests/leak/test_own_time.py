"""Time beyond the clock is nobody else's business: with and without it, every other view hears the same to the byte."""

from typing import Any

import pytest
from django.core.management import call_command

from tests.support.games import Table, a_game, same_ids_again
from wargame.play import cache
from wargame.play.answers import Accepted
from wargame.play.people import join
from wargame.store.models import Disclosure

pytestmark = pytest.mark.django_db(transaction=True)
MIN = 60_000
SEATS = ("potus", "dprk", "rok")
WATCHED = ("seat:potus", "seat:rok", "observer", "public")
ORDER = {"order": "a", "move": "d_talks", "rationale": "To be heard."}
LENGTHS: dict[str, int | None] = {"brief": 3 * MIN, "plan": 5 * MIN, "negotiate": 5 * MIN, "outcome": 5 * MIN}


def answered(table: Table, who: str, name: str, **args: Any) -> object:
    answer = table.say(who, name, command_id=f"{who}-{name}-{table.now_ms}", **args)
    return answer.n if isinstance(answer, Accepted) else (answer.code, sorted(answer.params.items()))


def play(*, own_time: bool) -> tuple[list[object], dict[str, list[Any]]]:
    """Play a turn in which the North orders in time, or in time of its own, and the others look for a difference."""
    call_command("flush", verbosity=0, interactive=False)
    cache.forget()
    same_ids_again()
    table = a_game(
        seats=SEATS, people={seat: f"person-{seat}" for seat in SEATS}, game_id="same-game", style="semi_rigid",
        phase_ms=LENGTHS,
    )  # fmt: skip
    join(table.game, display="Watcher", role="observer", now_ms=table.now_ms, person="watcher")
    table.must("control", "game.start", force=True)
    heard: list[object] = []
    if own_time:
        answered(table, "control", "person.extend", person="person-dprk", extra_ms=2 * MIN)
        answered(table, "control", "seat.extend", seats=["dprk"], by_ms=5 * MIN)
        answered(table, "dprk", "standing.post", orders=[{"move": "d_talks"}], note="If we are cut off.")
    table.now_ms += MIN
    for phase in ("brief", "plan"):
        table.must("control", "phase.end", expect=phase)
    heard.append(answered(table, "potus", "message.post", message="m1", room="press", text="We are waiting."))
    if not own_time:
        answered(table, "dprk", "order.draft", **ORDER)
        answered(table, "dprk", "orders.submit")
    table.now_ms += 5 * MIN
    heard.append(answered(table, "potus", "order.draft", order="late", move="threat"))
    heard.append(answered(table, "rok", "order.withdraw", order="dprk:a"))
    heard.append(answered(table, "rok", "message.post", message="m2", room="press", text="Is anybody still busy?"))
    if own_time:
        assert table.state().overtime == ("dprk",)
        table.now_ms += 2 * MIN
        answered(table, "dprk", "order.draft", **ORDER)
        answered(table, "control", "seat.extend", seats=["dprk"], by_ms=MIN)
        answered(table, "dprk", "orders.submit")
        table.now_ms -= 2 * MIN
    table.now_ms += 6 * MIN
    answered(table, "control", "ruling.accept", turn=1)
    heard.append(answered(table, "potus", "message.post", message="m3", room="press", text="Noted."))
    feeds = {
        view: list(
            Disclosure.objects.filter(game_id=table.game, view=view).order_by("n")
            .values_list("n", "kind", "key", "at_ms", "value")
        )
        for view in WATCHED
    }  # fmt: skip
    return heard, {view: [(*row[:4], bytes(row[4])) for row in rows] for view, rows in feeds.items()}


def test_with_and_without_time_of_its_own_a_seat_looks_the_same_to_everybody_else() -> None:
    (answers, feeds), (answers_then, feeds_then) = play(own_time=False), play(own_time=True)
    assert answers == answers_then
    for view in WATCHED:
        assert feeds[view] == feeds_then[view], view
    kinds = {kind for rows in feeds_then.values() for _, kind, *_ in rows}
    assert not kinds & {"owntime", "standing"}
    assert "outcome" in kinds
