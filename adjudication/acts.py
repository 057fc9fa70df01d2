"""An order in play: where it is still to be carried out, how far, and what was said about it on the way.

Mutable and local to one turn; stages change it, `results` keeps what is left of it. Arrays are (B,).
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from adjudication.orders import FreeMove, Order
from adjudication.results import Gate, LearnedHow, Told
from adjudication.scenario.schema import Move

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Act:
    """One order in play. `live` (B,): where it is still to be carried out."""

    def __init__(self, order: Order, move: Move, side: str, batch: int) -> None:
        self.order = order
        self.move = move
        self.side = side
        self.submitted: Bools = np.ones(batch, dtype=np.bool_)
        self.live: Bools = np.ones(batch, dtype=np.bool_)
        self.fidelity: Floats = np.ones(batch)
        self.factors: dict[str, Floats] = {}
        self.delay: Floats | None = None
        self.delayed: Bools = np.zeros(batch, dtype=np.bool_)
        self.cancelled: Bools = np.zeros(batch, dtype=np.bool_)
        self.converted: Bools = np.zeros(batch, dtype=np.bool_)
        self.free_pass = False
        self.ruled = ""
        self.ruled_fidelity: float | None = None
        self.carried = False
        self.slowed = False
        """Its departments could hold it up or scale it down."""
        self.slowed_by: tuple[str, ...] = ()
        self.directive = ""
        self.told: Told = ""
        self.learned: LearnedHow | Literal[""] = ""
        self.free: FreeMove | None = None
        self.gates: list[Gate] = []
        self.failed: dict[str, Bools] = {}
        """Where each gate has refused it."""
        self.missing: list[str] = []
        self.rules: list[str] = []
        self.reason = ""
        self.rows: list[int] = []
        self.key = f"{move.id}:{order.seat}"
        self.visible_to: tuple[str, ...] = ("*",)
        self.seen_without_veil: tuple[str, ...] = ()
        self.unheard: Bools = np.zeros(batch, dtype=np.bool_)
        """Where a veil of its side is down: it signals nothing to anybody."""

    @property
    def by_ruling(self) -> bool:
        """Tell whether Control ruled how it went."""
        return bool(self.ruled) or self.ruled_fidelity is not None

    def factor(self, target: str) -> Floats | float:
        """Return the multiplier on one target (a variable or `signal.*`)."""
        general, own = self.factors.get(""), self.factors.get(target)
        product: Floats | float = 1.0
        if general is not None:
            product = product * general
        return product if own is None else product * own

    def scale(self, target: str, mul: Floats) -> None:
        """Multiply the effect on a target ("" is everything)."""
        self.factors[target] = self.factors.get(target, 1.0) * mul
