"""Whole games of bots through the same path as people's: they sign now and then, and a seed tells one story."""

from collections.abc import Iterator
from typing import Any

import pytest

from adjudication.scenario import Scenario
from wargame.bots.summary import Ending, ending
from wargame.bots.theatre import Staged, play_out, stage, throwaway_store
from wargame.game import events as ev
from wargame.game.commands import GameCreate
from wargame.store.cases import case_now
from wargame.store.log import recorded_events

SEEDS = ("1", "2")


@pytest.fixture
def case(django_db_blocker: Any) -> Iterator[Scenario]:
    with django_db_blocker.unblock(), throwaway_store():
        found = case_now("practice")
        assert found is not None
        yield found


def played(case: Scenario, seed: str, *, name: str, **policies: str) -> tuple[Staged, Ending]:
    bots = {seat.id: case.bots[seat.id].policy for seat in case.seats} | policies
    order = GameCreate(
        title="Bots", scenario=case.meta.id, preset="full", seed=seed, style="rigid", open_seats=(), bots=bots,
        phase_ms={phase.id: None for phase in case.phases},
    )  # fmt: skip
    staged = stage(order, game_id=name)
    play_out(staged)
    return staged, ending(staged, seconds=0.0)


def test_bots_sign_and_what_is_in_force_was_accepted_initialled_and_signed_by_both(case: Scenario):
    signatories = {party.signatory for party in case.negotiation.parties}
    in_force = 0
    for seed in SEEDS:
        staged, _ = played(case, seed, name=f"signs-{seed}")
        facts = [recorded.payload for recorded in recorded_events(staged.game)]
        for text in [f.offer for f in facts if isinstance(f, ev.OfferEnded) and f.how == "in_force"]:
            in_force += 1
            for kind in (ev.OfferInitialled, ev.OfferSigned):
                assert {f.seat for f in facts if isinstance(f, kind) and f.offer == text} == signatories
    assert in_force > 0


def test_a_seed_of_bots_tells_one_story(case: Scenario):
    one, two = (played(case, "1", name=f"story-{n}")[1] for n in (1, 2))
    assert one.texts == two.texts
    assert one.state == two.state
    assert one.indices == two.indices
