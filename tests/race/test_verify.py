"""Verifying a game finds nothing in a true one, and says where in one that somebody changed behind its back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.support.engine import the_case
from wargame.bots.player import Player
from wargame.bots.theatre import play_phase, stage, throwaway_store
from wargame.game.commands import GameCreate
from wargame.store.models import Disclosure, Event, Snapshot
from wargame.store.verify import verify_game

GAME = "verified"
TURNS = 2


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Play two turns of a game with a bot at every seat, through the path of every action."""
    case = the_case()
    order = GameCreate(
        title="Verified", scenario=case.meta.id, preset="full", seed="5", style="semi_rigid", open_seats=(),
        bots={seat.id: case.bots[seat.id].policy for seat in case.seats},
        phase_ms={phase.id: None for phase in case.phases},
    )  # fmt: skip
    with django_db_blocker.unblock(), throwaway_store():
        staged = stage(order, game_id=GAME)
        staged.order("game.start", {"force": True}, slug="start")
        players = [Player(GAME, seat, policy=policy, case=staged.case) for seat, policy in order.bots.items()]
        while staged.state.turn <= TURNS:
            play_phase(staged, players)
        yield


@pytest.fixture(autouse=True)
def _undone(played: None) -> Iterator[None]:
    """Take every change of a test back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def flipped(raw: bytes) -> bytes:
    """Change one digit of some JSON, so that it stays readable: the shy kind of damage."""
    at = next(place for place in range(len(raw) - 1, -1, -1) if raw[place : place + 1].isdigit())
    return raw[:at] + str((int(raw[at : at + 1]) + 1) % 10).encode() + raw[at + 1 :]


def test_a_game_as_it_was_played_is_good() -> None:
    verdict = verify_game(GAME)
    assert verdict.faults == ()
    assert verdict.good
    assert verdict.turns >= TURNS
    assert verdict.events == Event.objects.filter(game_id=GAME).count()
    assert verdict.disclosures == Disclosure.objects.filter(game_id=GAME).count()


def test_one_changed_digit_of_a_payload_is_found_at_its_event() -> None:
    row = Event.objects.filter(game_id=GAME, kind="turn.proposed").latest("seq")
    Event.objects.filter(pk=row.pk).update(payload=flipped(bytes(row.payload)))
    assert f"event {row.seq} was changed after it was written" in verify_game(GAME).faults


def test_a_changed_hash_is_found_at_its_event_and_at_the_next() -> None:
    row = Event.objects.get(game_id=GAME, seq=7)
    Event.objects.filter(pk=row.pk).update(hash="0" * 64)
    faults = verify_game(GAME).faults
    assert "event 7 was changed after it was written" in faults
    assert "event 8 does not follow the one before it" in faults


def test_a_missing_event_is_named() -> None:
    Event.objects.filter(game_id=GAME, seq=9).delete()
    from wargame.store.verify import verify_chain

    assert "event 9 is missing: 10 follows" in verify_chain(GAME)


def test_one_changed_digit_of_what_a_view_was_told_is_found_at_its_number() -> None:
    row = Disclosure.objects.filter(game_id=GAME, view="seat:dprk", kind="sheet").latest("n")
    Disclosure.objects.filter(pk=row.pk).update(value=flipped(bytes(row.value)))
    wanted = f"view seat:dprk was told something else at {row.n} than event {row.seq} discloses"
    assert verify_game(GAME).faults == (wanted,)


def test_a_disclosure_taken_away_is_found_and_so_is_one_that_was_never_made() -> None:
    last = Disclosure.objects.filter(game_id=GAME, view="observer").latest("n")
    last.delete()
    faults = verify_game(GAME).faults
    assert f"view observer was told something else at {last.n} than event {last.seq} discloses" in faults
    last.pk = None
    last.save()
    last.pk, last.n = None, last.n + 1
    last.save()
    assert f"view observer was told something else at {last.n} than event {last.seq} discloses" in (
        verify_game(GAME).faults
    )


def test_a_snapshot_that_differs_from_the_fold_is_found() -> None:
    row = Snapshot.objects.filter(game_id=GAME).first()
    assert row is not None, "the game is long enough for one"
    Snapshot.objects.filter(pk=row.pk).update(state=flipped(bytes(row.state)))
    assert f"the snapshot at {row.seq} differs from the fold" in verify_game(GAME).faults
