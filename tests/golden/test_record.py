"""The recorded orders through the real command path give what the record says, and what the engine alone gives."""

from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
import pytest

from adjudication.expectations import table_of
from adjudication.recorded import replay
from tests.support.engine import the_case
from wargame.bots.record import history_table, path_of, play_record
from wargame.bots.theatre import throwaway_store
from wargame.store.cases import case_now

pytestmark = pytest.mark.slow


@pytest.fixture
def store(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), throwaway_store():
        yield


def test_every_expectation_of_the_record_holds(store: None):
    case = case_now("us-dprk-2017")
    assert case is not None
    table = history_table(case, seed="0")
    statements = [f"H{n}" for n in range(1, 21)] + [f"A{n}" for n in range(1, 13)] + ["A13a", "A13b", "A14"]
    assert [line.id for line in table] == statements
    assert [line.id for line in table if not line.passed] == []


def test_every_expectation_holds_for_the_engine_alone():
    case = the_case()
    assert [
        f"{line.id} {line.value} ({line.tolerance})" for line in table_of(case, seeds=60).values() if not line.passed
    ] == []


def test_the_real_path_and_the_batch_engine_agree_on_every_variable_of_every_turn(store: None):
    case = case_now("us-dprk-2017")
    assert case is not None
    played, alone = path_of(play_record(case, seed="0")), replay(case, seeds=["0"])
    for name, path in played.values.items():
        np.testing.assert_allclose(path, alone.values[name], rtol=0, atol=2e-6, err_msg=name)
    np.testing.assert_array_equal(played.summit, alone.summit)


def test_the_second_case_signs_its_recorded_exchange_by_letter_and_runs_as_the_engine_does(store: None):
    case = case_now("cuba-1962")
    assert case is not None
    played, alone = path_of(play_record(case, seed="0")), replay(case, seeds=["0"])
    for name, path in played.values.items():
        np.testing.assert_allclose(path, alone.values[name], rtol=0, atol=2e-6, err_msg=name)
    for issue, path in played.clauses.items():
        np.testing.assert_array_equal(path, alone.clauses[issue], err_msg=issue)
    assert played.clauses["jup"][25, 0] == 2.0


def test_an_expectation_that_does_not_hold_is_said_so(store: None):
    case = case_now("us-dprk-2017")
    assert case is not None
    assert case.history is not None
    strict = tuple(
        msgspec.structs.replace(line, low=99.0) if line.id == "H1" else line for line in case.history.table[:2]
    )
    harder = msgspec.structs.replace(case, history=msgspec.structs.replace(case.history, table=strict, seeds=2))
    found = {line.id: line.passed for line in history_table(harder, seed="0")}
    assert found == {"H1": False, "H2": True}
