"""Whether a text both sides could gain by existed, turn by turn: as it was, and as each signatory believed.

Owns the line drawn from the bargaining maps; it analyses nothing itself.
"""

from wargame.aar.chronicle import Chronicle, Json
from wargame.aar.refs import merged, refs_in


def gap(log: Chronicle, report: Json) -> list[Json]:
    """Return each turn: `gap` of the issues alone, `catalogue` with side clauses, and `believed` by seat.

    A gap is the surplus of the side worse off under the text that leaves it best off: below zero, no text makes both
    better off than waiting. `closed` tells whether such a text existed; `tabled` counts versions tabled in the turn.
    """
    return [
        {
            "turn": drawn["turn"], "label": drawn["label"], "gap": drawn["gap"], "zopa": drawn["zopa"],
            "catalogue": drawn["catalogue"]["gap"], "closed": drawn["catalogue"]["exists"],
            "believed": [
                {"seat": view["seat"], "gap": view["gap"], "closed": view["exists"]} for view in drawn["believed"]
            ],
            "tabled": len(drawn["offers"]), "refs": merged(drawn["refs"], refs_in(drawn["offers"])),
        }
        for drawn in report["map"]
    ]  # fmt: skip
