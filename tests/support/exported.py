"""Exports of the golden game: its tables and its zips, made once."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.support.golden_game import golden, golden_chronicle, golden_report
from wargame.aar.data.columns import Row
from wargame.aar.data.export import About, Format, export, rows_of
from wargame.aar.data.load import through_terms
from wargame.aar.data.seat import SeatSource
from wargame.aar.data.source import Source
from wargame.aar.data.terms import Filter, Terms
from wargame.aar.seen.sight import Sight
from wargame.game.evolve import fold

PLAIN = Terms(consent=False)


@cache
def golden_rows() -> dict[str, list[Row]]:
    """Return every table of the golden game, as it was. Shared: nobody may change it."""
    return rows_of(Source("golden", golden_chronicle(), golden().log, fold(golden().log), report=golden_report()))


@cache
def golden_export(wanted: Format) -> bytes:
    """Return the export of the golden game as it was."""
    seats = [seat.id for seat in golden().case.seats]
    return export(golden_rows(), About(wanted, "truth", PLAIN), seats=seats)


def golden_filter(terms: Terms, choices: dict[str, str] | None = None) -> Filter:
    """Return what the golden game passes before it leaves the house."""
    return Filter(golden().case, golden().log, terms=terms, choices=choices or {}, called="game-1")


def seat_source(seat: str, through: Filter | None = None) -> SeatSource:
    """Return the golden game as a seat was shown it."""
    rows: list[Any] = golden().rows(seat)
    if through is not None:
        rows = [through_terms(through, row) for row in rows]
    gone = frozenset() if through is None else through.left_out
    return SeatSource("golden", Sight(golden().case, rows, seat=seat, frame={}), gone)
