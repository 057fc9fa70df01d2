"""Papers and the forms they are written by, receipts, what statements mean, and taskings."""

from typing import Literal

from wargame.game.entities.base import Entity

PaperKind = Literal["cable", "demarche", "statement", "points", "memo", "rfi", "tasking"]


class PaperFieldSeen(Entity, frozen=True, kw_only=True):
    """One field of a form. With `choices` one of them is chosen."""

    id: str
    label: str
    lines: int
    required: bool
    help: str
    choices: tuple[str, ...]


class PaperFormSeen(Entity, frozen=True, kw_only=True):
    """kind `template`, key template id: a form of the case, to everybody; papers one receives are laid out by it.

    `may_draft`, `to` (whom the reader may address) and `clearance` (who clears what the reader drafts, step by step)
    are the reader's own; another's are empty.
    """

    id: str
    label: str
    kind: PaperKind
    fields: tuple[PaperFieldSeen, ...]
    public: bool
    receipts: bool
    due: int
    may_draft: bool
    to: tuple[str, ...]
    clearance: tuple[tuple[str, ...], ...]
    say: str
    sources: tuple[str, ...]


class ClearanceSeen(Entity, frozen=True, kw_only=True):
    """Where one seat of the chain stands. `again`: it had cleared an earlier text of the same paper."""

    step: int
    seat: str
    state: Literal["waiting", "asked", "cleared", "vacant"]
    note: str
    again: bool


class PaperChangeSeen(Entity, frozen=True, kw_only=True):
    """A tracked change of one field, in order. `field` is `to` for the addressees."""

    seat: str
    field: str
    before: str
    after: str


class PaperSeen(Entity, frozen=True, kw_only=True):
    """kind `paper`, key paper id. Paged.

    Until it goes out, to its drafter, to the seats of the chain that were asked so far, and to Control. Released, to
    its addressees (a public one to everybody) as `received`: without the chain, the changes and the count of versions,
    which stay with those who drafted and cleared it. `returned_by` and `reason`: who sent it back, and why.
    """

    id: str
    template: str
    kind: PaperKind
    ref: str
    seat: str
    to: tuple[str, ...]
    public: bool
    fields: dict[str, str]
    status: Literal["draft", "in_clearance", "cleared", "returned", "released", "received", "withdrawn"]
    version: int
    steps: tuple[ClearanceSeen, ...]
    edits: tuple[PaperChangeSeen, ...]
    returned_by: str
    reason: str
    released_by: str
    reply_to: str
    reply_ref: str
    turn: int
    game_date: str
    at_ms: int


class ReceiptSeen(Entity, frozen=True, kw_only=True):
    """kind `receipt`, key `<paper>:<seat>`: an addressee opened a paper whose form says so. To its drafter too."""

    paper: str
    seat: str
    at_ms: int


class MeaningSeen(Entity, frozen=True, kw_only=True):
    """kind `meaning`, key paper id: what the issuing seat means a statement to signal. To that seat and Control."""

    paper: str
    seat: str
    text: str
    turn: int
    at_ms: int


class StatementReadingSeen(Entity, frozen=True, kw_only=True):
    """kind `statement_reading`, key `<paper>:<seat>`: what a seat took a statement to mean. To it and Control."""

    paper: str
    seat: str
    text: str
    turn: int
    at_ms: int


class TaskingSeen(Entity, frozen=True, kw_only=True):
    """kind `tasking`, key its id. Paged. To who asked, who was asked (`control` for Control) and Control.

    `state` is `late` once the turn it is `due` in is over without an answer; `late` stays true after a late one.
    `paper`: the paper that put it. `answer`: the answer, or why it was declined.
    """

    id: str
    kind: Literal["rfi", "tasking"]
    ref: str
    seat: str
    to: str
    text: str
    turn: int
    due: int
    paper: str
    state: Literal["open", "taken", "late", "answered", "declined", "withdrawn"]
    taken: bool
    late: bool
    answer: str
    at_ms: int
