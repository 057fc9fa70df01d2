"""Policies any seat of any case can play. They read moves by severity, weight, group and code, never by name.

Hawk, dove, tit for tat (Osgood's GRIT), opportunist, mediator, bureaucrat (section 6). What a case knows better stands
in its data and comes first (`rulebook`). None of them chooses acts of war of itself.
"""

from abc import ABC, abstractmethod

from adjudication.policies.base import COOPERATIVE, HOT, TENSE, Chair, echo, own_moves, spread
from adjudication.policies.view import BotView, MoveOption, Wish
from adjudication.scenario.parameters import Implementation

RESISTED = 0.25
"""An order its executors resist at least this much is worth a second look to a bureaucrat (section 6)."""
UNEASY, ALIGNED = 40.0, 60.0
PREPARED = 60.0
INITIATIVE_EVERY = 4
INITIATIVE = 3.0
MOST_GENEROUS = 7.0
CONSULT = "04"
MEDIATE = "045"
"""CAMEO root of consultations, and the code of mediation."""


class General(ABC):
    """Base: a policy that knows its chair."""

    id = ""

    def __init__(self, chair: Chair) -> None:
        self.chair = chair

    @abstractmethod
    def wishes(self, view: BotView) -> list[Wish]:
        """Return the orders the policy would like to give this turn, most wanted first."""

    def weight(self, option: MoveOption) -> float:
        """Return the weight of a move: hostile below 0, cooperative above."""
        return self.chair.weight(option.id)

    def danger(self, view: BotView) -> float:
        """Return how hot the crisis is as the seat reads it, 0-100."""
        return view.reads(self.chair.danger)

    def quiet(self, view: BotView, why: str) -> list[Wish]:
        """Return the seat's routine work, in a keyed order; what is done behind others' backs is no routine."""
        open_work = [m for m in own_moves(view, "sq") if self.chair.move(m.id).visibility != "covert"]
        return [Wish(m.id, why) for m in sorted(open_work, key=lambda m: spread(view, m.id))]


class Hawk(General):
    """Presses: the hardest pressure short of force, held to words only when the crisis is about to break."""

    id = "hawk"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return pressure by falling hardness, then words, then routine."""
        hard = sorted(own_moves(view, "nv"), key=lambda m: (self.weight(m), spread(view, m.id)))
        words = sorted(own_moves(view, "po"), key=lambda m: (self.weight(m), spread(view, m.id)))
        hot = self.danger(view) >= HOT
        why = "Hold the line in words while it is this tense." if hot else "Pressure works only if it does not stop."
        return [Wish(m.id, why) for m in ([*words, *hard] if hot else [*hard, *words])] + self.quiet(
            view, "Close ranks."
        )


class Dove(General):
    """Reassures: the most cooperative moves it can afford, cheap ones only when little has come back."""

    id = "dove"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return cooperative moves by falling weight, then quiet work."""
        heard = echo(self.chair, view)
        generous = heard is None or heard > -4
        soft = [m for m in own_moves(view, *COOPERATIVE) if generous or m.capital == 0]
        soft.sort(key=lambda m: (-self.weight(m) + m.capital / 4, spread(view, m.id)))
        why = "Somebody has to take the first step." if generous else "Keep the door open at little cost."
        return [Wish(m.id, why) for m in soft] + self.quiet(view, "Prepare the ground.")


class TitForTat(General):
    """Answers in kind and never beyond measure; every fourth turn a small announced step of its own (GRIT)."""

    id = "tit_for_tat"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return moves whose weight lies nearest to the answer due."""
        heard = echo(self.chair, view)
        if view.turn % INITIATIVE_EVERY == 0:
            return self._near(view, INITIATIVE, "A small step of our own, announced and easy to check.", public=True)
        if heard is None:
            return self._near(view, INITIATIVE, "Nobody has moved yet; begin with goodwill.")
        if heard >= 1:
            return self._near(view, min(heard + 1, MOST_GENEROUS), "They gave; we give a little more.")
        if heard <= -3:
            return self._retaliate(view, heard)
        return self._near(view, 1.0, "Nothing to answer yet; keep talking.")

    def _near(self, view: BotView, target: float, why: str, *, public: bool = False) -> list[Wish]:
        near = [m for m in own_moves(view, "de", "sq") if self.weight(m) >= 0]
        open_first = {m.id: public and self.chair.move(m.id).visibility != "public" for m in near}
        near.sort(key=lambda m: (open_first[m.id], abs(self.weight(m) - target), spread(view, m.id)))
        return [Wish(m.id, why) for m in near]

    def _retaliate(self, view: BotView, heard: float) -> list[Wish]:
        """Answer pressure with pressure as hard at most; what is left goes to routine."""
        hard = [m for m in own_moves(view, "po", "nv") if heard <= self.weight(m) < 0]
        hard.sort(key=lambda m: (self.weight(m) - heard, spread(view, m.id)))
        why = "They pressed; we answer in the same measure."
        return [Wish(m.id, why) for m in hard[:1]] + self.quiet(view, "No more than that: the rest is routine.")


class Opportunist(General):
    """Presses while nobody pushes back, cools down when it gets hot, and pockets what is given."""

    id = "opportunist"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return what the moment allows: pressure, a way out, or a harvest."""
        heard = echo(self.chair, view)
        cheap = sorted(own_moves(view, *COOPERATIVE), key=lambda m: (m.capital, m.cost, self.weight(m)))
        if self.danger(view) >= HOT:
            return [Wish(m.id, "Step back while it can still be called our choice.") for m in cheap]
        if heard is not None and heard >= 1:
            why = "They are giving: keep them at the table and pay little."
            return [Wish(m.id, why) for m in cheap] + self.quiet(view, "Build quietly meanwhile.")
        hard = [m for m in own_moves(view, "po", "nv") if heard is None or self.weight(m) >= heard - 3]
        hard.sort(key=lambda m: (self.weight(m), spread(view, m.id)))
        why = "Nobody is pushing back; take what can be had."
        return [Wish(m.id, why) for m in hard] + self.quiet(view, "Build quietly meanwhile.")


class Mediator(General):
    """Carries words between others when it is dangerous or hopeful; otherwise tends its own friendships."""

    id = "mediator"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return mediation first when it is called for, then cooperation; never anything hostile."""
        heard = echo(self.chair, view)
        called = self.danger(view) > TENSE or (heard is not None and heard >= 1)
        own = own_moves(view, "de", "sq")
        own.sort(key=lambda m: (*self._rank(m, called=called), spread(view, m.id)))
        why = "Somebody has to carry the word." if called else "Keep our own house and our friendships in order."
        return [Wish(m.id, why) for m in own]

    def _rank(self, option: MoveOption, *, called: bool) -> tuple[int, float]:
        code = self.chair.move(option.id).cameo
        carries = 0 if code == MEDIATE else 1 if option.group == "talks" or code.startswith(CONSULT) else 2
        tends = 0 if option.severity == "sq" else 1
        return (carries if called else tends, -self.weight(option))


class Bureaucrat(General):
    """Coordinates, drafts and briefs; follows orders it thinks rash slowly when nobody asked it."""

    id = "bureaucrat"

    def wishes(self, view: BotView) -> list[Wish]:
        """Return the department's own work: delay, one line for all, talks, routine."""
        wishes = self._delay(view)
        if self._alignment(view) < ALIGNED:
            own = sorted(own_moves(view, "sq"), key=lambda m: (-m.goldstein, m.id))
            wishes += [Wish(m.id, "One government, one line.") for m in own if m.group == "institutions"]
        if view.reads(self.chair.groundwork) < PREPARED:
            talks = [m for m in own_moves(view, "de") if m.group in ("talks", "institutions")]
            talks.sort(key=lambda m: (-self.weight(m), spread(view, m.id)))
            wishes += [Wish(m.id, "Text is written by officials or not at all.") for m in talks]
        return wishes + self.quiet(view, "The work that is never in the papers.")

    def _alignment(self, view: BotView) -> float:
        own = self._block()
        return ALIGNED if own is None else view.reads(own.align)

    def _block(self) -> Implementation | None:
        return self.chair.case.implementation_of(self.chair.seat.side)

    def _delay(self, view: BotView) -> list[Wish]:
        """Slow down a resisted order of the superior it saw last turn, if agreement is low and it has the means."""
        block = self._block()
        if block is None or self._alignment(view) >= UNEASY or block.slow_walk not in view.moves:
            return []
        targets = next((p.choices for p in self.chair.move(block.slow_walk).params if p.id == "target"), ())
        rash = [
            o.move
            for o in view.past
            if o.turn == view.turn - 1 and o.seat == self.chair.superior and o.move in targets
            and self.chair.move(o.move).resist >= RESISTED
        ]  # fmt: skip
        why = "An order like this deserves a second look."
        return [Wish(block.slow_walk, why, {"target": move}) for move in rash[:1]]
