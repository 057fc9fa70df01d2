"""What texts are worth to a seat, and, as far as it knows, to the other side; and which text it would put instead.

Owns a seat's own picture of the bargaining problem: all packages of the issues exactly, side clauses one by one. It is
made of what the seat reads, with published starting values for the rest; it must never know the other's beliefs.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct

from adjudication.policies.base import Chair
from adjudication.policies.view import BotView
from negotiation.analysis import Analysis, analyse
from negotiation.hints import needs
from negotiation.package import increments, named, whole_row
from negotiation.points import judge
from negotiation.terms import Negotiation
from negotiation.valuation import Bools, Floats

BELIEVED_TOLERANCE = -0.03
"""How far below waiting the other side may be, as far as one knows, for a text to be worth tabling."""
WORTH_TABLING = -0.02
MOST_SIDES = 4
"""Side clauses a bot puts into a text of its own: as many as people read."""
NOTHING = float("-inf")


class Worth(Struct, frozen=True):
    """What a text leaves the seat and, as believed, the other over waiting; minus infinity if it cannot be done."""

    own: float
    other: float


class Judgement(Struct, frozen=True):
    """A seat's picture. `own` and `other`: surplus of every open package of the issues, flat; `allowed`: lawful."""

    party: str
    terms: Negotiation
    values: dict[str, float]
    banked: dict[str, int]
    whole: Analysis
    own: Floats
    other: Floats
    allowed: Bools

    def of(self, texts: Sequence[Mapping[str, int]]) -> list[Worth]:
        """Return the worth of texts, side clauses included."""
        rows = [list(whole_row(self.terms, levels, self.banked)) for levels in texts]
        found = judge(self.terms, [rows], self.values, self.banked)
        mine = found.surplus[self.party][0]
        theirs = next(found.surplus[p.id][0] for p in self.terms.parties if p.id != self.party)
        return [
            Worth(float(own), float(other)) if ok else Worth(NOTHING, NOTHING)
            for own, other, ok in zip(mine, theirs, found.feasible[0], strict=True)
        ]

    def surplus(self, levels: Mapping[str, int]) -> float:
        """Return the own surplus of a text, or minus infinity if it undoes what is in force or cannot be done."""
        return self.of([levels])[0].own

    def best(self) -> float:
        """Return the own surplus of the best text the other might take, as far as one knows; at least 0."""
        realistic = self.allowed & (self.other >= BELIEVED_TOLERANCE)
        return max(0.0, float(self.own[realistic].max())) if realistic.any() else 0.0

    def opening(self, *, sides: bool) -> dict[str, int] | None:
        """Return the text to table first, if any is worth it: the best of those the other might take."""
        score = np.where(self.allowed & (self.other >= BELIEVED_TOLERANCE), self.own, -np.inf)
        place = int(np.argmax(score))
        if score[place] < WORTH_TABLING:
            place = int(np.argmax(np.where(self.allowed, np.minimum(self.own, self.other), -np.inf)))
        if self.own[place] < WORTH_TABLING or not self.allowed[place]:
            return None
        levels = self.levels(place)
        return self.asking(levels) if sides else levels

    def answer(self, claim: float, *, sides: bool, theirs: Iterable[str] = ()) -> dict[str, int] | None:
        """Return the text that gives the other most while keeping the claim; `theirs`: side clauses they brought."""
        score = np.where(self.allowed & (self.own >= claim), self.other, -np.inf)
        place = int(np.argmax(score))
        if not np.isfinite(score[place]):
            return None
        levels = self.levels(place)
        return self.giving(levels, claim, frozenset(theirs)) if sides else levels

    def levels(self, place: int) -> dict[str, int]:
        """Return what a package says as a text: the clauses that rise, and the sequence."""
        full = named(self.terms, self.whole.space.package(place))
        rises = increments(self.terms, full, self.banked)
        order = {issue.id: full[issue.id] for issue in self.terms.issues if issue.kind == "sequence"}
        return {issue: full[issue] for issue in rises if issue in full} | order

    # --- side clauses -------------------------------------------------------------------------
    def asking(self, levels: dict[str, int]) -> dict[str, int]:
        """Add what both gain by, then what one gains by oneself, while the other might still take the text."""
        base, added = self._sides(levels)
        text, now = dict(levels), base
        ranked = sorted(added, key=lambda name: (-(added[name].own + min(0.0, added[name].other)), name))
        for name in ranked:
            step = added[name]
            if step.own <= 0 or (step.other < 0 and now.other + step.other < BELIEVED_TOLERANCE):
                continue
            text, now = {**text, name: 1}, Worth(now.own + step.own, now.other + step.other)
            if len(text) - len(levels) >= MOST_SIDES:
                break
        return self._sound(text, levels)

    def giving(self, levels: dict[str, int], claim: float, theirs: frozenset[str]) -> dict[str, int]:
        """Add what costs nothing, then what gives the other most for what it costs, while the claim is kept."""
        base, added = self._sides(levels)
        text, now = dict(levels), base
        ranked = sorted(added, key=lambda name: (name not in theirs, -_bargain(added[name]), name))
        for name in ranked:
            step = added[name]
            if now.own + step.own < claim or (step.other <= 0 and step.own <= 0):
                continue
            if step.other < 0 and now.other + step.other < BELIEVED_TOLERANCE:
                continue
            text, now = {**text, name: 1}, Worth(now.own + step.own, now.other + step.other)
            if len(text) - len(levels) >= MOST_SIDES:
                break
        return self._sound(text, levels)

    def _sides(self, levels: dict[str, int]) -> tuple[Worth, dict[str, Worth]]:
        """Return a text's worth, and what each lawful side clause that is not in force would add to it."""
        names = [clause.id for clause in self.terms.sides if not self.banked.get(clause.id, 0)]
        base, *more = self.of([levels, *({**levels, name: 1} for name in names)])
        added = {
            name: Worth(found.own - base.own, found.other - base.other)
            for name, found in zip(names, more, strict=True)
            if np.isfinite(found.own)
        }
        return base, added if np.isfinite(base.own) else {}

    def _sound(self, text: dict[str, int], without: dict[str, int]) -> dict[str, int]:
        """Return a text if it can be done as a whole, else the same without side clauses."""
        return text if np.isfinite(self.surplus(text)) else without


def _bargain(step: Worth) -> float:
    """Return how much a clause gives the other for what it costs oneself; what costs nothing comes first."""
    return float("inf") if step.own >= 0 else step.other / -step.own


def judgement(chair: Chair, view: BotView, party: str) -> Judgement:
    """Analyse the space with the seat's readings; what it cannot read has the published starting value.

    `trust_threshold_shift` asks for that much more trust before a promise counts the same.
    """
    terms = view.terms
    names = frozenset().union(*(needs(terms, side.id) for side in terms.parties))
    values = {name: believed(view, name) for name in sorted(names)}
    trust = terms.party(party).trust
    if trust in values:
        values[trust] = min(0.97, max(0.02, values[trust] - chair.number("trust_threshold_shift", 0.0)))
    whole = analyse(terms, values, view.banked)
    first = terms.parties[0].id == party
    own, other = (whole.first, whole.second) if first else (whole.second, whole.first)
    return Judgement(party, terms, values, view.banked, whole, own, other, whole.allowed)


def believed(view: BotView, name: str) -> float:
    """Return what the seat takes a quantity of the bargaining problem to be."""
    head, _, flag = name.partition(".")
    return float(view.flags.get(flag, False)) if head == "flag" else view.reads(name)
