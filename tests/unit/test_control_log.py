"""One audit trail: whatever a facilitator does has a line that says who did it and what."""

import ast
import inspect
from collections.abc import Callable

from tests.support.builders import CONTROL, a_game, bot, player
from wargame.control.trail import Asked, Line, matches
from wargame.game import commands as c
from wargame.game import events as e
from wargame.game.decide import DECIDERS
from wargame.game.decide.base import GATES
from wargame.game.visibility.log import _SAY

ALSO_OF_PLAYERS = {"MessagePosted", "MessageHeld", "MessagePinned", "FreeMoveFramed"}
"""What a place of its own in Control's view tells: talk is in the rooms, a frame on its free move."""


FACTS = {payload.__name__ for _, payload in e.REGISTRY.values()}


def facts_of(decider: Callable[..., object]) -> set[str]:
    """Return the names of the facts a decider names itself."""
    return {node.id for node in ast.walk(ast.parse(inspect.getsource(decider))) if isinstance(node, ast.Name)} & FACTS


def test_every_fact_a_command_of_control_makes_by_itself_has_a_line() -> None:
    said = {kind.__name__ for kind in _SAY} | ALSO_OF_PLAYERS
    silent = {
        command.__name__: sorted(facts_of(DECIDERS[command]) - said)
        for command, gate in GATES.items()
        if gate.who == "control" and facts_of(DECIDERS[command]) - said
    }
    assert silent == {}


def test_a_line_says_who_as_what_and_in_which_turn() -> None:
    game = a_game(bots={"dprk": "dove"}).with_seats("rok").started().do(CONTROL, c.GamePause(reason="Fire drill"))
    game.do(CONTROL, c.GameResume()).in_phase("plan")
    game.do(bot("dprk"), c.OrdersSubmit()).do(player("rok"), c.OrdersSubmit())
    lines = list(game.seen("control", "log").values())
    roles = {(line.what, line.role) for line in lines}  # type: ignore[attr-defined]
    assert ("game.paused", "control") in roles
    assert ("orders.submitted", "bot") in roles
    assert ("orders.submitted", "player") in roles
    assert ("game.created", "server") in roles
    assert {line.turn for line in lines if line.what == "orders.submitted"} == {1}  # type: ignore[attr-defined]


def test_lines_are_found_by_who_role_kind_turn_and_words() -> None:
    line = Line(at_ms=1, who="R. Adeyemi", role="control", what="ruling.made", text="Ruling on tension: +5.", turn=3)
    for asked in (
        Asked(),
        Asked(who="R. Adeyemi"),
        Asked(role="control"),
        Asked(what="ruling"),
        Asked(what="ruling.made"),
        Asked(turn=3),
        Asked(words=("tension", "adeyemi")),
    ):
        assert matches(line, asked)
    for asked in (
        Asked(who="R. A"),
        Asked(role="player"),
        Asked(what="rul"),
        Asked(turn=2),
        Asked(words=("tension", "moon")),
    ):
        assert not matches(line, asked)
