"""How a case is scored: what is added up over the game, the indices of a turn, and what goals are made of.

Shapes only. Scalars of this block may also read `tally.<measure>`, `index.<index>` and what `stages.scoring` knows by
itself: `tally.turns`, `index.escalation`, `index.points`, `index.risk_carried`, `index.durability`, `risk.clash`.
"""

from adjudication.conditions import Condition, OrderFilter
from adjudication.scalars import Scalar
from adjudication.scenario.part import Part


class Fading(Part, frozen=True, kw_only=True):
    """A count whose n-th instance is worth `decay` to the n."""

    when: Condition
    decay: float


class Recent(Part, frozen=True, kw_only=True):
    """The spread (standard deviation) of a value over its last turns."""

    of: Scalar
    turns: int


class Measure(Part, frozen=True, kw_only=True):
    """One running measure of the game; exactly one of the forms is given.

    `sum`: a value added each turn. `peak`: its largest so far. `times`: turns in which a condition held. `given`,
    `done`, `well`: orders of a kind handed in, carried out, carried out at a fidelity of 0.9 or more. `flips`: turns in
    which the direction (sign of the Goldstein weights) of a side's orders reversed. `fading`, `recent`: see there.
    """

    id: str
    sum: Scalar | None = None
    peak: Scalar | None = None
    times: Condition | None = None
    given: OrderFilter | None = None
    done: OrderFilter | None = None
    well: OrderFilter | None = None
    flips: str = ""
    fading: Fading | None = None
    recent: Recent | None = None


class Index(Part, frozen=True, kw_only=True):
    """An outcome index of a turn, 0-100, read in this order."""

    id: str
    scalar: Scalar
    label: str = ""


class Scoring(Part, frozen=True, kw_only=True):
    """Measures, indices, and the parts that goals without a scalar of their own are made of (by name or `part`)."""

    measures: tuple[Measure, ...] = ()
    indices: tuple[Index, ...] = ()
    parts: dict[str, Scalar] = {}
