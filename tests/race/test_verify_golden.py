"""Every golden game, written into a store, verifies: chain, fold, settlements and what each view was told."""

from typing import Any

import pytest
from django.test import override_settings

from tests.golden.record import GOLDEN, Kept
from tests.golden.test_golden_games import REPLAYED, lines
from wargame.bots.theatre import throwaway_store
from wargame.game.events import Event, decode_payload
from wargame.game.state import EMPTY
from wargame.play.gate import writing
from wargame.store import cases
from wargame.store.log import append
from wargame.store.models import Game
from wargame.store.verify import verify_game
from wargame.version import ENGINE


@pytest.mark.parametrize("name", REPLAYED)
def test_a_golden_game_in_a_store_verifies(name: str, django_db_blocker: Any) -> None:
    facts: list[Kept] = lines(GOLDEN / name / "events.jsonl", Kept)
    with django_db_blocker.unblock(), throwaway_store(), override_settings(SCENARIO_DIR=GOLDEN / name):
        case = cases.case_now("us-dprk-2017")
        assert case is not None
        with writing():
            cases.keep(case)
            game = Game.objects.create(
                id=name, title=name, scenario=case.meta.id, scenario_hash=case.content_hash, preset="full",
                code="GLDN23", created_ms=facts[0].at_ms, engine=ENGINE,
            )  # fmt: skip
            state = EMPTY
            for place, row in enumerate(facts):
                fact = Event(row.kind, row.v, decode_payload(row.kind, row.v, bytes(row.payload)))
                state = append(
                    game, state, [fact], actor=row.actor, cause=f"golden:{place}", ids=[f"e{place}"],
                    now_ms=row.at_ms, case=case,
                )  # fmt: skip
        verdict = verify_game(name)
    assert verdict.faults == ()
    settled = sum(row.kind in {"turn.proposed", "turn.reproposed"} for row in facts)
    assert (verdict.good, verdict.events, verdict.turns) == (True, len(facts), settled)
