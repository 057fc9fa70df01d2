"""Whether a bot keeps what its side signed: by its interest as it sees it, its own words, and its own die.

Owns the choice about clauses the seat owes. The same form as the engine's for sides nobody plays (adjudication.md 5.7),
on what the seat reads and knows; it must never know whether others keep theirs unseen.
"""

from adjudication.policies.base import Chair
from adjudication.policies.judging import believed
from adjudication.policies.view import Act, BotView, Owed
from negotiation.agreements import compliance
from negotiation.hints import needs
from negotiation.package import whole_row
from negotiation.points import judge

SEEN = {"": 1.0, "hardly ever": 0.15, "rarely": 0.45, "often": 0.75, "nearly always": 0.95}
"""Chance a turn that a breach is noticed, for the words a seat is told (adjudication.md 5.7)."""
LIVE = frozenset({"pending", "due", "fulfilled", "late"})


def keeping_acts(chair: Chair, view: BotView) -> list[Act]:
    """Return the choices about what the seat owes and is asked for; what its orders decide is left to them."""
    asked = [o for o in view.owed if o.asked and not o.choice and o.obligor == view.seat]
    return [_choose(chair, view, one) for one in asked if one.clause not in chair.case.commitments.by_order]


def _choose(chair: Chair, view: BotView, one: Owed) -> Act:
    keeps = view.draw(f"keep:{one.id}") < chance_to_keep(chair, view, one)
    args: dict[str, object] = {"obligation": one.id, "choice": "keep" if keeps else "withhold"}
    return Act("obligation.choose", args, f"keep:{one.id}")


def chance_to_keep(chair: Chair, view: BotView, one: Owed) -> float:
    """Return how likely the seat keeps a clause, 0..1: what it gains over cheating, the channel, its words."""
    party = view.terms.party_of_seat(view.seat)
    assert party is not None, "only who signs owes"
    spec = chair.case.commitments
    channel = view.reads(spec.institution) if spec.institution else 0.0
    stock = chair.case.beliefs.audience.get(party.id, "")
    words = view.reads(stock) if stock else 0.0
    rules = view.terms.durability
    return float(compliance(rules, gain=_gain(view, one, party.id), channel=channel, audience=words))


def _gain(view: BotView, one: Owed, party: str) -> float:
    """Return what keeping is worth over cheating: seen, it costs what the others owe for it as well."""
    live = [o for o in view.owed if o.state in LIVE]
    base = dict(view.banked)
    for owed in live:
        base[owed.clause] = min(owed.from_level, base.get(owed.clause, owed.from_level))
    rests = {o.clause for o in live if o.after == one.clause and o.obligor != one.obligor}
    texts = [
        {**view.banked, **{clause: base[clause] for clause in dropped}}
        for dropped in (set[str](), {one.clause}, {one.clause} | rests)
    ]
    values = {name: believed(view, name) for side in view.terms.parties for name in sorted(needs(view.terms, side.id))}
    rows = [list(whole_row(view.terms, text, base)) for text in texts]
    kept, alone, seen = (float(x) for x in judge(view.terms, [rows], values, base).utility[party][0])
    p = SEEN[one.detection]
    return kept - ((1.0 - p) * alone + p * seen)
