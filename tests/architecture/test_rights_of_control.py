"""Nothing a facilitator can do is without a named right: the table is level with the gates."""

from wargame.game.decide.base import GATES
from wargame.game.decide.rights import RIGHT_OF


def test_every_command_of_control_names_the_right_it_takes() -> None:
    open_to_control = {command for command, gate in GATES.items() if gate.who in ("control", "anyone")}
    assert {command.__name__ for command in open_to_control - set(RIGHT_OF)} == set()
    assert {command.__name__ for command in set(RIGHT_OF) - open_to_control} == set()
