"""Many at once: whatever races, a command happens once, a deadline fires once, and the log has no gap."""

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from tests.support.games import START_MS, Table, a_game
from wargame.doorbell.bell import missed
from wargame.game.evolve import evolve
from wargame.game.snapshot import restore
from wargame.play import cache
from wargame.play.answers import Accepted, Answer, Refused
from wargame.store.feed import feed_after, latest_value, page, standings
from wargame.store.log import fold
from wargame.store.models import Disclosure, Event, Receipt, Timer
from wargame.store.verify import verify_chain
from wargame.timers.services import sweep_due_timers

pytestmark = pytest.mark.django_db(transaction=True)
SHORT = {"brief": 5_000, "plan": 60_000}


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run all calls at the same moment in threads of their own and return what they gave."""
    gate, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            results[place] = call()
        except BaseException as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for result in results:
        if isinstance(result, BaseException):
            raise result
    return results


def assert_whole(table: Table) -> None:
    """The log and each view's feed count without gaps, the chain holds, and the fold equals the cached state."""
    seqs = list(Event.objects.filter(game_id=table.game).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
    assert table.row().head == len(seqs)
    for view in set(Disclosure.objects.filter(game_id=table.game).values_list("view", flat=True)):
        feed = list(Disclosure.objects.filter(game_id=table.game, view=view).order_by("n").values_list("n", flat=True))
        assert feed == list(range(1, len(feed) + 1)), view
    assert verify_chain(table.game) == []
    cache.forget()
    assert fold(table.game)[1] == table.state()


def test_one_command_sent_eight_times_at_once_happens_once() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)
    say: Callable[[], Answer] = lambda: table.say(  # noqa: E731
        "potus", "message.post", command_id="double-click", message="m1", room="press", text="We have a statement."
    )
    answers = at_once(*[say] * 8)
    assert isinstance(answers[0], Accepted)
    assert answers == [answers[0]] * 8
    assert Event.objects.filter(game_id=table.game, kind="message.posted").count() == 1
    assert_whole(table)


def test_different_commands_at_once_are_all_carried_out_one_after_the_other() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)
    head = table.row().head

    def post(seat: str, place: int) -> Callable[[], Answer]:
        return lambda: table.say(seat, "message.post", message=f"m{place}", room="press", text=f"Statement {place}.")

    answers = at_once(*[post(seat, place) for place in range(8) for seat in ("potus", "dprk")])
    assert all(isinstance(answer, Accepted) for answer in answers), answers
    assert Event.objects.filter(game_id=table.game, kind="message.posted").count() == 16
    assert table.row().head >= head + 16
    assert_whole(table)


def test_two_ids_for_one_seat_at_once_give_it_to_one_person_only() -> None:
    table = a_game(seats=("potus",))
    table.must("control", "seat.assign", person=table.people["potus"].person, seat=None)
    from wargame.play.people import join

    for name in ("a", "b"):
        joined = join(table.game, display=name, role="player", now_ms=START_MS)
        assert not isinstance(joined, Refused)
        table.people[name] = joined
    at_once(lambda: table.say("a", "seat.take", seat="dprk"), lambda: table.say("b", "seat.take", seat="dprk"))
    assert table.state().seats["dprk"].pen in {table.people["a"].person, table.people["b"].person}
    assert_whole(table)


def test_eight_sweepers_fire_a_deadline_once() -> None:
    table = a_game(seats=("potus", "dprk"), started=True, phase_ms=SHORT)
    due = Timer.objects.get(game_id=table.game, due_at_ms__isnull=False)
    later = due.due_at_ms or 0
    entered = Event.objects.filter(game_id=table.game, kind="phase.entered").count()
    at_once(*[lambda: sweep_due_timers(now_ms=later + 1)] * 8)
    assert Event.objects.filter(game_id=table.game, kind="phase.entered").count() == entered + 1
    assert Receipt.objects.filter(game_id=table.game, command_id=f"timer:{due.key}:{due.generation}").count() == 1
    assert_whole(table)


def test_a_command_and_the_sweepers_agree_on_what_came_first() -> None:
    table = a_game(seats=("potus", "dprk"), started=True, phase_ms=SHORT)
    due = Timer.objects.get(game_id=table.game, due_at_ms__isnull=False).due_at_ms or 0
    table.now_ms = due + 1
    post = lambda: table.say("potus", "message.post", message="late", room="press", text="After the bell.")  # noqa: E731
    at_once(post, *[lambda: sweep_due_timers(now_ms=due + 1)] * 4)
    kinds = list(Event.objects.filter(game_id=table.game).order_by("seq").values_list("kind", flat=True))
    assert kinds.count("message.posted") == 1
    assert kinds.index("message.posted") > max(place for place, kind in enumerate(kinds) if kind == "phase.entered")
    assert_whole(table)


def test_a_retried_refusal_stays_refused_and_leaves_no_trace_in_the_log() -> None:
    table = a_game(seats=("potus", "dprk"))
    refused = table.say("potus", "message.post", command_id="too-early-1", message="m", room="nowhere", text="Hello.")
    assert isinstance(refused, Refused)
    head = table.row().head
    again = table.say("potus", "message.post", command_id="too-early-1", message="m", room="press", text="Hello.")
    assert again == refused
    assert table.row().head == head
    assert_whole(table)


def test_after_an_outage_a_missed_deadline_pauses_the_game_instead_of_firing() -> None:
    table = a_game(seats=("potus", "dprk"), started=True, phase_ms=SHORT)
    sweep_due_timers(now_ms=START_MS + 1)
    entered = Event.objects.filter(game_id=table.game, kind="phase.entered").count()
    at_once(*[lambda: sweep_due_timers(now_ms=START_MS + 600_000)] * 4)
    assert table.state().status == "paused"
    assert Event.objects.filter(game_id=table.game, kind="phase.entered").count() == entered
    assert_whole(table)
    told = [
        json.loads(bytes(row.value)) for row in page(table.game, view="control", kind="log", before=None, limit=5) or []
    ]
    notice = next(line for line in told if line["what"] == "game.paused")
    assert (notice["who"], "The server was away for" in notice["text"]) == ("Server", True)
    clock = latest_value(table.game, view="seat:dprk", kind="clock", key="clock")
    assert clock is not None
    assert "The server was away for" in str(clock["paused_reason"])


def test_a_command_is_carried_out_and_told_though_nobody_hears_the_bell(settings: Any) -> None:
    table = a_game(seats=("potus", "dprk"), started=True)
    before = standings([table.game])[table.game].heads["seat:dprk"]
    layer = {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": ["redis://127.0.0.1:1/0"]}}
    unheard = missed()
    settings.CHANNEL_LAYERS = {"default": layer}
    table.must("potus", "message.post", message="m", room="press", text="Nobody rings.")
    end = time.monotonic() + 20
    while missed() == unheard and time.monotonic() < end:
        time.sleep(0.02)
    assert missed() == unheard + 1
    told = feed_after(table.game, view="seat:dprk", cursor=before)
    assert [json.loads(row.value)["text"] for row in told if row.kind == "message"] == ["Nobody rings."]
    assert standings([table.game])[table.game].heads["seat:dprk"] == told[-1].n
    assert_whole(table)


def test_snapshot_and_tail_give_the_same_state_as_the_whole_log() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)
    for place in range(220):
        table.must("potus", "message.post", message=f"m{place}", room="press", text=f"Statement {place}.")
    seq, state = fold(table.game)
    from wargame.game.state import EMPTY
    from wargame.store.log import recorded_events
    from wargame.store.models import Snapshot

    assert Snapshot.objects.filter(game_id=table.game).exists()
    whole = EMPTY
    for recorded in recorded_events(table.game):
        whole = evolve(whole, recorded)
    assert (seq, state) == (table.row().head, whole)
    stored = Snapshot.objects.get(game_id=table.game)
    assert fold(table.game, upto=stored.seq)[1] == restore(bytes(stored.state))
    Snapshot.objects.filter(game_id=table.game).delete()
    assert fold(table.game) == (seq, whole)
