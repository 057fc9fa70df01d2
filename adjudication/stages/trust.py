"""Stage 3b, afterwards: whether it was trust that failed at a table (R-R04, section 2.6).

Says of each side how much trust the best headline text would have taken and how much there was. Control and the
report read it; players have their advisers, who reckon from what the seat reads. Changes nothing; scalar only.
"""

from collections.abc import Mapping
from typing import Any

from adjudication.results import Happening, SummitResult
from adjudication.settlement import Settlement
from negotiation.trust import Needed, needed_trust

RULE = "R-R04"


def weigh_trust(
    s: Settlement, summit: SummitResult | None, values: Mapping[str, Any], banked: Mapping[str, Any]
) -> None:
    """Write down why a meeting ended without a text, where a side believed too little of what was promised."""
    if not s.record or summit is None or summit.result != "walk_away" or not summit.surplus:
        return
    rule = s.scenario.rule.get(RULE)
    if rule is None or not s.rule_on(rule):
        return
    terms = s.scenario.negotiation
    known = {name: float(value.reshape(-1)[0]) for name, value in values.items()}
    standing = {issue: int(level[0]) for issue, level in banked.items()}
    best = max(sorted(summit.surplus), key=lambda menu: min(summit.surplus[menu].values()))
    menu = terms.menu(best)
    levels = {issue: max(level, standing.get(issue, 0)) for issue, level in menu.levels.items()}
    for party in terms.parties:
        found = needed_trust(terms, party, levels, known, standing, s.lenses)
        if not found.enough:
            _write(s, party.label, menu.label, found)


def _write(s: Settlement, label: str, menu: str, found: Needed) -> None:
    slots: dict[str, str | float] = {
        "party": label, "text": menu, "needed": round(found.trust, 6), "held": round(found.held, 6)
    }  # fmt: skip
    s.rule_row(RULE, slots, visible=())
    needed = f"believe {found.trust:.0%} likely" if found.trust <= 1.0 else "believe more than anybody can"
    text = (
        f"For \u201c{menu}\u201d {label} would have had to {needed} that the other side keeps its word; "
        f"it believed {found.held:.0%}."
    )
    s.happenings.append(Happening(kind="min_trust", rule=RULE, visible_to=(), text=text))
