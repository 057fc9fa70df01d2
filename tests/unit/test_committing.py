"""The commit rule (section 1.2), contribution by contribution: what each row is said to have done, and the clamp."""

import numpy as np
import pytest

from adjudication.ledger import CLAMP
from adjudication.lenses import ALL
from adjudication.orders import Override
from adjudication.settlement import Settlement
from tests.support.engine import a_world, orders, settle, the_case


def committed(amounts: dict[str, float], *, exact: bool = False, **start: float) -> tuple[dict[str, float], float]:
    """Commit amounts to tension, by rule; return what each row did and where tension ends."""
    s = Settlement(the_case(), a_world(start), turn=9, seeds=(1,), lenses=ALL, forced={}, record=True)
    for rule, amount in amounts.items():
        s.add("tension", np.array([amount]), rule, "rule", rule, exact=exact)
    s.commit()
    return {row.rule_id: row.applied for row in s.rows}, float(s.values["tension"][0])


@pytest.mark.parametrize(
    ("start", "asked", "done"),
    [
        (50, 10, 10),
        (90, 10, 2),
        (75, 10, 5),
        (10, -5, -1),
        (25, -8, -4),
        (60, -8, -8),
        (99, 0.4, 0.008),
        (1, -0.4, -0.008),
    ],
)
def test_a_row_says_what_it_did_after_soft_saturation_and_nothing_is_left_over(start, asked, done):
    rows, end = committed({"R-X": asked}, tension=start)
    assert rows == {"R-X": pytest.approx(done, abs=1e-9)}
    assert end == pytest.approx(start + done, abs=1e-6)


def test_rising_and_falling_saturate_each_by_its_own_wall():
    rows, end = committed({"R-X": 10.0, "R-Y": -10.0}, tension=80)
    assert rows == {"R-X": pytest.approx(4.0), "R-Y": pytest.approx(-10.0)}
    assert end == pytest.approx(74.0)


def test_what_the_wall_cuts_off_is_a_row_of_its_own_even_if_it_is_small():
    rows, end = committed({"R-X": 50.4}, tension=50)
    assert rows == {"R-X": pytest.approx(50.4), CLAMP: pytest.approx(-0.4)}
    assert end == 100.0


def test_the_last_decimals_go_to_the_largest_row():
    rows, end = committed({"R-X": 1.0 / 3.0, "R-Y": 1e-4}, tension=50)
    assert set(rows) == {"R-X", "R-Y"}
    assert sum(rows.values()) == pytest.approx(end - 50.0, abs=1e-12)
    assert rows["R-Y"] == pytest.approx(1e-4, abs=1e-12)


def test_what_rounding_leaves_of_opposite_terms_is_no_row_and_hides_none():
    rows, _ = committed({"R-A": 1e-16, "R-X": 3.0}, tension=50)
    assert rows == {"R-X": pytest.approx(3.0)}


def test_a_ruling_is_exact_at_the_wall_and_stays_on_record_if_it_changes_nothing():
    assert committed({"R-F01": 5.0}, exact=True, tension=94) == ({"R-F01": 5.0}, 99.0)
    found, _ = settle(a_world(), [], overrides=(Override("r1", "add", "npt_norm", 0.0, None, "looked at"),))
    assert [row.raw for row in found.ledger if row.rule_id == "R-F01"] == [0.0]


def test_a_belief_moves_in_log_odds_and_shares_the_move_by_what_was_asked():
    found, end = settle(a_world({"trust_us": 0.5}), orders("site_close", "irbm"), forced={"clash": "no"})
    rows = [row for row in found.ledger if row.var == "trust_us"]
    moved = end.value(the_case(), "trust_us") - 0.5
    asked = sum(row.raw for row in rows)
    assert moved == pytest.approx(1 / (1 + np.exp(-asked)) - 0.5, abs=1e-6)
    assert all(row.applied / row.raw == pytest.approx(moved / asked, rel=1e-3) for row in rows)
