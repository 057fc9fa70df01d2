"""Arrange a table: seats, a running negotiation phase, a case with other rules of the table, and texts on it."""

from __future__ import annotations

from functools import cache

import msgspec

from adjudication.scenario import Scenario
from negotiation.clauses import CatalogueClause, ClauseParams, Table
from negotiation.details import Annex, Detail
from tests.support.builders import SYSTEM, Game, player, the_case
from wargame.game import commands as c

BOTH = ("potus", "dprk")
SMALL = {"test": 1, "sec": 1}
SEATED = ("potus", "state", "intel", "dprk", "rok", "jpn")
KEY = "potus:o"

CLAUSES = (
    CatalogueClause(id="remains", label="Return of remains", obligor="DPRK", secret_ok=True),
    CatalogueClause(id="office", label="Liaison office", obligor="US", excludes=("embassy",)),
    CatalogueClause(id="embassy", label="Embassy", obligor="US"),
    CatalogueClause(
        id="pause",
        label="No tests",
        obligor="DPRK",
        issue="test",
        level=1,
        params=ClauseParams(due=False, tranches=(2, 4), verification=("sensors",), depends_on=False),
    ),
)
"""A catalogue of the tests: one clause may be secret, two contradict each other, one allows little."""


def the_case_with(*, gate: str = "none", oral: bool = True, expiry: bool = True) -> Scenario:
    """Return the case with the catalogue of the tests and these rules of the table."""
    case = the_case()
    names = {clause.id for clause in CLAUSES}
    kept = tuple(clause for clause in case.negotiation.sides if clause.id not in names)
    rules = Table(gate=gate, oral=oral, expiry=expiry)  # type: ignore[arg-type]
    negotiation = msgspec.structs.replace(case.negotiation, clauses=(*kept, *CLAUSES), table=rules)
    return msgspec.structs.replace(case, negotiation=negotiation)


def a_table(*, gate: str = "none", oral: bool = True, expiry: bool = True) -> Game:
    """Return a game in its first negotiation, with people in the seats, to play on."""
    laid = _laid(gate=gate, oral=oral, expiry=expiry)
    game = Game(laid.scenario)
    game.state, game.now, game.log, game.told = laid.state, laid.now, [*laid.log], [*laid.told]
    game._commands, game._told_by = laid._commands, [*laid._told_by]
    return game


@cache
def _laid(*, gate: str, oral: bool, expiry: bool) -> Game:
    game = Game(the_case_with(gate=gate, oral=oral, expiry=expiry))
    game.do(
        SYSTEM,
        c.GameCreate(
            title="Table", scenario="us-dprk-2017", preset="full", seed="table", style="rigid", open_seats=SEATED,
            phase_ms={},
        ),
    ).joined("p-control", "Control", "control")  # fmt: skip
    return game.with_seats(*SEATED).started().in_phase("negotiate")


def drafted(game: Game, seat: str = "potus", **more: object) -> Game:
    """Let a seat draft the text `o`."""
    fields: dict[str, object] = {"offer": "o", "parties": BOTH, "levels": SMALL, **more}
    return game.do(player(seat), c.OfferDraft(**fields))  # type: ignore[arg-type]


def tabled(game: Game | None = None, **more: object) -> Game:
    """Let the President table the text `o`."""
    return drafted(game or a_table(), **more).do(player("potus"), c.OfferTable(offer="o"))


def agreed(game: Game | None = None, **more: object) -> Game:
    """Let both sides accept the text `o`."""
    return tabled(game, **more).do(player("dprk"), c.OfferAccept(offer=KEY, version=1))


def bracketed(*clauses: str) -> dict[str, Detail]:
    """Return details with these clauses in brackets."""
    return {clause: Detail(bracketed=True) for clause in clauses}


def an_annex(name: str = "a", text: str = "The map.") -> Annex:
    """Return an annex."""
    return Annex(id=name, title="Annex", text=text)
