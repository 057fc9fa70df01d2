"""How names are said: leaves of conditions, levels, moves, in plain words for players.

Says what would have to be so, never what is: it holds no values, so that it cannot tell a secret.
"""

from adjudication import conditions as c
from adjudication.scenario.schema import Scenario

_FLAG_WORDS = str.maketrans("_", " ")
_COMPARE = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below", "eq": "exactly"}
_NEGATED = {"ge": "below", "gt": "at most", "le": "above", "lt": "at least", "eq": "other than"}


_SHARES = ((0.995, "in full"), (0.9, "nearly in full"), (0.7, "for the most part"), (0.45, "in half"), (0.0, "hardly"))


def share_word(share: float) -> str:
    """Say which share of an order (0..1) was carried out."""
    return next(word for least, word in _SHARES if share >= least)


class Sayings:
    """Labels of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def leaf(self, node: c.Condition, negated: bool) -> str:
        """Say one leaf of a condition as a requirement (or its opposite)."""
        match node:
            case c.Compare(op, left, right, text):
                return self._compare(op, str(left), right, negated=negated, text=text)
            case c.Between(ref, low, high):
                lead = "not between" if negated else "between"
                return f"{self.name(ref)} {lead} {low:g} and {high:g}"
            case c.Count(orders, at_least, within):
                return self._count(orders, at_least, within, negated=negated)
            case c.Deal(form):
                what = {"any": "a text", "statement": "a statement", "text": "a prepared text"}[form]
                return f"no {what[2:]} in force" if negated else f"{what} in force"
            case c.LensOn(lens):
                return f"the {lens} lens {'off' if negated else 'on'}"
            case _:
                return "luck"

    def name(self, name: str) -> str:
        """Return the label of a variable, clause, flag or parameter."""
        variable = self.scenario.variable.get(name)
        if variable is not None:
            return variable.label
        derived = self.scenario.derived_by_id.get(name)
        if derived is not None:
            return derived.label or name
        head, _, tail = name.partition(".")
        if head in ("clause", "gained", "before", "actual"):
            known = self.scenario.negotiation.deal_issue.get(tail)
            return known.label if known is not None else tail
        if name == "turn":
            return self.scenario.meta.turn_label
        return tail.translate(_FLAG_WORDS) if tail else name

    def _compare(self, op: str, left: str, right: c.Operand, *, negated: bool, text: bool) -> str:
        head, _, tail = left.partition(".")
        if head == "consent":
            return self._consent(op, tail, right, negated=negated)
        if head == "tag":
            label = f"{tail.translate(_FLAG_WORDS)} {self.scenario.meta.turn_label}"
            return f"any but a {label}" if negated else f"a {label}"
        if head == "flag":
            wanted = (right == 1) != negated if op == "eq" else not negated
            fact = self.scenario.fact.get(tail)
            if fact is not None:
                return fact.label if wanted else fact.absent
            return f"{tail.translate(_FLAG_WORDS)} {'done' if wanted else 'not done'}"
        if head == "clause" and isinstance(right, float):
            return self._clause(op, tail, int(right), negated=negated)
        word = (_NEGATED if negated else _COMPARE)[op]
        value = self.name(right) if isinstance(right, str) and not text else right
        shown = f"{value:g}" if isinstance(value, float) else str(value)
        return f"{self.name(left)} {word} {shown}"

    def _consent(self, op: str, seat: str, right: c.Operand, *, negated: bool) -> str:
        known = self.scenario.seat.get(seat)
        who = (known.short or known.label) if known is not None else seat
        asked = (op in ("gt", "ge")) != negated
        if op in ("ge", "lt") and right == 0.0:
            return f"no refusal by {who}" if asked else f"a refusal by {who}"
        return (
            f"the consent of {who}, given in the same {self.scenario.meta.turn_label}"
            if asked
            else (f"no consent of {who}")
        )

    def _clause(self, op: str, issue: str, level: int, *, negated: bool) -> str:
        known = self.scenario.negotiation.deal_issue.get(issue)
        wanted = level if op in ("ge", "eq", "le") else level + (1 if op == "gt" else -1)
        if known is None or not 0 <= wanted < len(known.levels):
            return f"{issue} {op} {level}"
        forward = (op in ("ge", "gt", "eq")) != negated
        lead = "in force" if forward else "not in force"
        return f"{known.label}: {known.levels[wanted].label} {lead}"

    def _count(self, orders: c.OrderFilter, at_least: int, within: int, *, negated: bool) -> str:
        moves = [self.scenario.move[m].text.order for m in orders.moves if m in self.scenario.move]
        what = " or ".join(f"\u201c{m}\u201d" for m in moves) or "such an order"
        seats = [self.scenario.seat[seat].short or seat for seat in orders.by if seat in self.scenario.seat]
        who = f" by {' or '.join(seats)}" if seats else ""
        label = self.scenario.meta.turn_label
        when = f"in the same {label}"
        if within:
            when = f"in this {label} or the {'last' if within == 1 else f'{within} before'}"
        often = f"{at_least} times " if at_least > 1 else ""
        return f"{what} {'not ' if negated else ''}ordered {often}{when}{who}".replace("  ", " ")
