"""What of bargaining needs the engine's conditions: leaks of secret levels, parties not at the table.

Written inside `negotiation:` and lifted out of it on loading: the bargaining domain knows no conditions. Shapes only.
"""

from adjudication.conditions import Condition
from adjudication.scalars import Scalar
from adjudication.scenario.part import Part


class ClauseLeak(Part, frozen=True, kw_only=True):
    """A secret level in force may become known: chance `p` per `clock.basis_hours`, die `leak:<issue>`."""

    issue: str
    level: int
    p: Scalar
    event: str
    rule: str


class AbsentParty(Part, frozen=True, kw_only=True):
    """A party that signs nothing and on whom execution rests.

    `after` turns from signature each issue of `executes` at or above its level is put to it. It refuses where
    `refuses` holds, or, without that, where its own value of what is in force is below `theta`; the issue then falls
    to `lowers_to` and `event` happens.
    """

    id: str
    label: str
    values: dict[str, tuple[float, ...]]
    executes: dict[str, int]
    event: str
    rule: str
    lowers_to: dict[str, int] = {}
    seat: str = ""
    refuses: Condition | None = None
    theta: float = 0.0
    after: int = 1
    text: str = ""
