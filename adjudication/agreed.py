"""What was signed, as the world remembers it: texts with what each obliges, duties a game at a time, notices given.

Owns the shapes and how a text becomes duties. A `Duty` is what the engine settles with, one value a game; an `Owed` is
the same clause as it is told in a live game. Neither decides anything: the stages do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import msgspec
import numpy as np
from numpy.typing import NDArray

from negotiation.agreements import Undertaking, detection, obligations
from negotiation.clauses import DETECTION
from negotiation.terms import Negotiation

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

OwedState = Literal["pending", "fulfilled", "withheld", "late", "suspended", "breached", "struck", "ended"]
"""How it stands with a clause in truth. `withheld`: not kept and not seen; `ended`: nobody owes it any more."""
FINAL: frozenset[str] = frozenset({"breached", "struck", "ended"})
IN_FORCE: frozenset[str] = frozenset({"in_force", "suspended", "notice"})
"""States of a text that still holds."""


class Clause(msgspec.Struct, frozen=True):
    """One issue a text raised, or a side clause (0 to 1). A secret one is known to the parties alone."""

    issue: str
    from_level: int
    level: int
    secret: bool = False


class Consented(msgspec.Struct, frozen=True, kw_only=True):
    """What an authority that had to consent to a text said, and which clauses that concerned."""

    authority: str
    label: str
    said: Literal["consented", "refused"]
    clauses: tuple[str, ...]
    rule: str
    text: str = ""


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """One clause of a text as it is owed. `side` owes it ("": a form of the text, nobody's duty).

    `due` is the turn of the first step (None: no date), `detection` the chance a turn that a breach of it is seen when
    it was signed. `suspected`: seats that noticed something this turn. `why` and `rule` tell of the last change.
    """

    clause: str
    side: str
    from_level: int
    level: int
    due: int | None
    tranches: int = 1
    verified_by: str = ""
    detection: float = 0.0
    after: str | None = None
    reversible: bool = True
    secret: bool = False
    state: OwedState = "pending"
    since: int = 0
    suspected: tuple[str, ...] = ()
    why: str = ""
    rule: str = ""

    @property
    def last_step(self) -> int | None:
        """The turn of the last step."""
        return None if self.due is None else self.due + self.tranches - 1


class Agreement(msgspec.Struct, frozen=True):
    """A text in force, or one that was."""

    id: str
    title: str
    parties: tuple[str, ...]
    clauses: tuple[Clause, ...]
    venue: str
    form: str
    turn: int
    status: str = "in_force"
    ended_turn: int | None = None
    owed: tuple[Owed, ...] = ()
    consents: tuple[Consented, ...] = ()


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A party said it leaves a text: at the settlement of turn `ends` its clauses fall back."""

    agreement: str
    side: str
    seat: str
    given: int
    ends: int
    reason: str = ""


DUTY_NONE, DUTY_OPEN, DUTY_DONE, DUTY_CHEATED, DUTY_LATE, DUTY_HALTED, DUTY_RESTING = 0, 1, 2, 3, 4, 5, 6
"""What a duty is: not there, to be kept, done for good, broken and not noticed, late in the open, suspended by who owes
it, suspended because what it rests on fell."""
ACTIVE = (DUTY_OPEN, DUTY_DONE, DUTY_CHEATED, DUTY_LATE)
SUSPENDED = (DUTY_HALTED, DUTY_RESTING)


@dataclass(frozen=True, eq=False)
class Duty:
    """One clause of a text somebody owes: who, between which levels, when, after which other.

    `due` None: in force without a date, nobody is asked. `status`, `late` (turns it has been late) are (B,).
    """

    agreement: str
    issue: str
    side: str
    base: int
    level: int
    due: int | None
    tranches: int
    verified_by: str
    reversible: bool
    after: str | None
    secret: bool
    status: Ints
    late: Ints

    @property
    def key(self) -> tuple[str, str]:
        """Which clause of which text."""
        return (self.agreement, self.issue)

    @property
    def active(self) -> Bools:
        """Where the clause is in force and owed, (B,)."""
        return np.isin(self.status, ACTIVE)

    @property
    def halted(self) -> Bools:
        """Where it is suspended, (B,)."""
        return np.isin(self.status, SUSPENDED)

    @property
    def last_step(self) -> int:
        """The turn by which all of it is done, 0 without a date."""
        return 0 if self.due is None else self.due + self.tranches - 1

    def moved(self, status: Ints, late: Ints | None = None) -> "Duty":
        """Return the duty in another state."""
        return replace(self, status=status.astype(np.int64), late=self.late if late is None else late.astype(np.int64))

    def by(self, turn: int) -> int:
        """Return the level that is due by a turn: nothing before its date, then a step a turn (whole levels)."""
        if self.due is None:
            return self.level
        steps = min(max(turn - self.due + 1, 0), self.tranches)
        return self.base + (self.level - self.base) * steps // self.tranches


def actual(level: Ints, duties: Iterable[Duty], issue: str, turn: int) -> Ints:
    """Return the level a clause is really at: what is owed later, is late or secretly not kept, is not there."""
    for duty in duties:
        if duty.issue == issue:
            amiss = (duty.status == DUTY_CHEATED) | (duty.status == DUTY_LATE)
            level = np.where(duty.status == DUTY_OPEN, np.minimum(level, duty.by(turn)), level)
            level = np.where(amiss, np.minimum(level, duty.base), level)
    return level


def owed(duty: Duty, *, turn: int, seen: float) -> Owed:
    """Return a duty of a single game as it is told when it is taken on; `seen`: chance that a breach is noticed."""
    return Owed(
        clause=duty.issue,
        side=duty.side,
        from_level=duty.base,
        level=duty.level,
        due=duty.due,
        tranches=duty.tranches,
        verified_by=duty.verified_by,
        detection=round(seen, 6),
        after=duty.after,
        reversible=duty.reversible,
        secret=duty.secret,
        since=turn,
    )


TextState = Literal["in_force", "suspended", "notice", "withdrawn", "ended", "collapsed", "struck"]


def standing_of_text(status: str, rows: tuple[Owed, ...], *, leaving: bool) -> TextState:
    """Return how a text stands as far as these obligations of it tell; `leaving`: a party has given notice.

    It has ended once nobody owes anything under it, and is suspended while all that is owed is.
    """
    if status in ("withdrawn", "collapsed", "struck"):
        return status  # type: ignore[return-value]
    left = [row for row in rows if row.state not in FINAL]
    if rows and not left:
        return "ended"
    if leaving:
        return "notice"
    duties = [row for row in left if row.side]
    return "suspended" if duties and all(row.state == "suspended" for row in duties) else "in_force"


def duties_of(
    terms: Negotiation,
    before: Mapping[str, int],
    levels: Mapping[str, int],
    turn: int,
    where: Bools,
    *,
    agreement: str = "",
    details: Mapping[str, Undertaking] | None = None,
    oral: bool = False,
) -> tuple[Duty, ...]:
    """Return what a text obliges in the games of `where`, in the order its sequence or its details set (5.7)."""
    return tuple(
        Duty(
            agreement, o.issue, o.obligor, o.from_level, o.to_level, o.due_turn, o.tranches, o.verified_by,
            o.reversible, o.depends_on, o.secret,
            np.where(where, DUTY_OPEN, DUTY_NONE).astype(np.int64), np.zeros(where.shape, dtype=np.int64),
        )
        for o in obligations(terms, levels, before, turn=turn, details=details, oral=oral)
    )  # fmt: skip


def chance_seen(terms: Negotiation, issue: str, verified_by: str, verification: int, *, plain: bool = False) -> float:
    """Return the chance a turn that a breach is noticed.

    What is done in the open always is. An issue is watched by the level of verification, and by what the text itself
    names if that sees more; a side clause by what the text names, else as the catalogue says.
    """
    if plain:
        return 1.0
    named = terms.table.means.get(verified_by)
    side = terms.side.get(issue)
    if side is not None:
        own = DETECTION if side.detection is None else side.detection
        return own if named is None else named
    if terms.space.verification is None:
        return 1.0
    level = detection(terms, verification)
    return level if named is None else max(level, named)
