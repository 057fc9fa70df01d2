"""Papers of a case: the templates people write by, who may use each, who clears it and how it is numbered.

Shapes only; names and patterns are cross-checked in `checks.papers`. What happens to a paper is `negotiation.cables`.
"""

from typing import Literal

from adjudication.scenario.part import Part

PaperKind = Literal["cable", "demarche", "statement", "points", "memo", "rfi", "tasking"]

ADDRESSEES = ("any", "side", "others", "superior", "control")
"""Words for addressees beside ids of seats: any other seat, those of the own side, those of other sides, whom one
answers to, and Control."""


class PaperField(Part, frozen=True, kw_only=True):
    """One field of a template. `choices` makes it a choice; `lines` is how much room it has on the page."""

    id: str
    label: str
    lines: int = 1
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] = ()


class PaperTemplate(Part, frozen=True, kw_only=True):
    """A kind of paper. Its first field names the paper in lists and is required.

    `seats` may draft it (empty: all), `to` says to whom it may go, `clearance` who clears it, step by step: of each
    step the seats of the drafter's own side. `reference` is the pattern of its number, with {seat}, {to}, {turn} and
    {n:03}. `public`: on release it is a statement on the press wall, and `to` is not asked. `receipts`: its sender
    learns who has opened it. `due`: of an `rfi` or a `tasking`, in how many turns an answer is due; its release asks.
    """

    id: str
    label: str
    kind: PaperKind
    fields: tuple[PaperField, ...]
    reference: str
    seats: tuple[str, ...] = ()
    to: tuple[str, ...] = ("any",)
    clearance: tuple[tuple[str, ...], ...] = ()
    public: bool = False
    receipts: bool = False
    due: int = 1
    say: str = ""
    sources: tuple[str, ...] = ()
