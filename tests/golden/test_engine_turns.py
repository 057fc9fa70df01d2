"""Recorded turns: the same orders, rulings and texts settle to the same bytes, part by part, in every case."""

from collections.abc import Callable
from functools import cache

import pytest

from adjudication.results import Resolution
from adjudication.scenario import Scenario
from tests.golden.engine_turns import BATCHES, CASES, WALKS, in_batch, load, parts, recorded, walk

Walks = Callable[[str, int], list[Resolution]]


@cache
def the_case(case: str) -> Scenario:
    return load(case)


@pytest.fixture(scope="session")
def walked() -> Walks:
    """Walk each walk once a run. Not a cache of the module: a mutant of the engine must not be answered from before."""
    return cache(lambda case, number: list(walk(the_case(case), number)))


@pytest.mark.parametrize("number", range(WALKS))
@pytest.mark.parametrize("case", CASES)
def test_the_same_inputs_settle_to_the_same_bytes(walked: Walks, case: str, number: int) -> None:
    for turn, (found, before) in enumerate(
        zip(walked(case, number), recorded(case).walks[number], strict=True), start=1
    ):
        changed = [name for name, digest in parts(found).items() if before.get(name) != digest]
        assert changed == [], f"{case}, walk {number}, turn {turn}: {', '.join(changed)} came out differently"


@pytest.mark.parametrize("number", range(BATCHES))
@pytest.mark.parametrize("case", CASES)
def test_games_side_by_side_settle_to_the_same_numbers(case: str, number: int) -> None:
    assert in_batch(the_case(case), number) == recorded(case).batches[number]


def test_the_walks_come_by_every_stage_of_the_engine(walked: Walks) -> None:
    rows = [row for case in CASES for number in range(WALKS) for found in walked(case, number) for row in found.ledger]
    stages = {int(row.stage) for row in rows}
    assert stages >= set(range(1, 9)), sorted(stages)
    causes = {row.cause.kind for row in rows}
    assert len(causes) >= 5, sorted(causes)
