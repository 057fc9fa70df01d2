"""The 89 moves of the case file against the scenario's: who orders, how visible, which code and weight, since when."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from adjudication.scenario.schema import Move
from tests.support.engine import the_case

REFERENCE = Path(__file__).resolve().parents[2] / "fixtures" / "reference"

MULTIPLIERS = {"engine_test": 0.25, "srbm": 0.35, "slbm": 0.7, "irbm": 0.9, "satellite": 1.3, "icbm": 1.6, "nuke": 2.0,
               "exercise": 1.0, "downscale_ex": 0.3}  # fmt: skip
"""Weights of tests and exercises the case file gives besides the Goldstein scale, which knows only one."""

SETTLED = {
    ("srbm", "cameo"), ("srbm", "goldstein"), ("charm", "cameo"), ("charm", "goldstein"), ("slow_walk", "visibility"),
    ("sma_stall", "cameo"), ("sma_stall", "goldstein"),
}  # fmt: skip
"""Differences settled in docs/adr/0110-the-catalogue-of-moves.md, each with its reason."""

LATE = {"missile_defence_rok", "cyber_op", "section_311", "satellite", "restore_site"}
"""Moves whose effect comes in the next quarter; all others act within the one they are ordered in."""


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """The rows of the case file by code."""
    lines = (REFERENCE / "us-dprk-2017-moves.csv").read_text().splitlines()
    return {row["code"]: row for row in csv.DictReader(line for line in lines if not line.startswith("#"))}


def moves() -> list[tuple[str, Move]]:
    """Every move of the scenario that stands for a row, with the code of the row."""
    return [(move.code[:3], move) for move in the_case().moves if move.code[:3] in catalogue()]


def test_every_row_of_the_case_file_has_its_move():
    assert len(catalogue()) == 89
    assert {code for code, _ in moves()} == set(catalogue())


@pytest.mark.parametrize(("code", "move"), moves(), ids=lambda value: value if isinstance(value, str) else value.id)
def test_a_move_has_the_code_weight_visibility_and_authority_of_its_row(code: str, move: Move):
    row = catalogue()[code]
    found = {"cameo": move.cameo, "goldstein": move.goldstein, "visibility": move.visibility}
    told = {"cameo": row["cameo"], "goldstein": float(row["goldstein"]), "visibility": row["visibility"]}
    apart = {(move.id, name) for name in found if found[name] != told[name]}
    assert apart == {pair for pair in SETTLED if pair[0] == move.id}
    assert set(row["seats"].split()) <= set(move.seats)


def dates(text: str) -> set[str]:
    """Every date in a text, and the months and years they lie in."""
    found = re.findall(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?!\d)(?:-\d\d)?)?", text)
    return {date[:length] for date in found for length in (4, 7, 10) if length <= len(date)}


@pytest.mark.parametrize(("code", "move"), moves(), ids=lambda value: value if isinstance(value, str) else value.id)
def test_the_precedent_of_a_move_is_one_of_its_row_or_says_that_there_is_none(code: str, move: Move):
    told = dates(catalogue()[code]["precedents"])
    if told and move.id != "sma_stall":
        assert dates(move.precedent) & told, (move.precedent, catalogue()[code]["precedents"])
    assert move.precedent


def test_tests_and_exercises_weigh_what_the_case_file_says():
    assert {name: the_case().move[name].multiplier for name in MULTIPLIERS} == MULTIPLIERS


def test_only_moves_that_take_more_than_a_quarter_act_in_the_next():
    assert {move.id for move in the_case().moves if move.lead_turns} == LATE
    slow = {code for code, row in catalogue().items() if row["lead"] == "1-2 turns"}
    assert {"B12", "B18"} <= slow


def test_every_move_has_somebody_who_carries_it_out_and_a_source():
    case = the_case()
    for move in case.moves:
        assert move.executor in case.seat, move.id
        assert move.sources, move.id
