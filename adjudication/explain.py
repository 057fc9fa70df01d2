"""The outcome of a turn in words, by view (section 9).

A seat is told its own orders (done, in part, refused, why, what would unlock it), the causes of what it can see, and
what happened in the open. Secret causes become "other factors"; what it only estimates has words and no numbers, taken
from its own readings. Control is told everything. Builds new values from what the view may know; strips nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import fsum

import msgspec

from adjudication.ledger import CLAMP, LedgerRow
from adjudication.orders import Override
from adjudication.outcomes import OrderOutcome, known_done, open_to, order_outcome, showed
from adjudication.readings import Reading
from adjudication.results import Happening, Resolution
from adjudication.scenario.schema import Scenario, Variable
from adjudication.sight import shown, sight
from adjudication.world import World

TOP_CAUSES = 3
OTHER = "other factors"
EVENT_RULE = "R-F03"
NOTABLE = {"scale": 0.5, "belief": 0.005, "stock": 0.05, "count": 0.5, "flag": 0.5}


class CauseOf(msgspec.Struct, frozen=True):
    """One cause of a change, as told. `cause`: its id in the ledger, to Control alone: orders of others have names."""

    label: str
    rule: str
    amount: float
    say: str = ""
    sources: tuple[str, ...] = ()
    cause: str = ""


class Change(msgspec.Struct, frozen=True):
    """One variable's move over the turn. `exact` tells whether the numbers are the truth or absent."""

    variable: str
    label: str
    exact: bool
    before: float | None
    after: float | None
    word: str
    causes: tuple[CauseOf, ...]


class Account(msgspec.Struct, frozen=True):
    """What happened and why, for one view."""

    turn: int
    headline: str
    deck: str
    account: tuple[str, ...]
    own_orders: tuple[OrderOutcome, ...]
    seen_orders: tuple[OrderOutcome, ...]
    changes: tuple[Change, ...]
    unknown: tuple[str, ...]
    amended: bool = False


def risk_word(scenario: Scenario, p: float) -> str:
    """Return the word for a chance a turn over the stretch the case speaks of (Sherman Kent's bands, as data)."""
    ahead = 1.0 - (1.0 - p) ** scenario.meta.danger_turns
    return next((step.word for step in scenario.kent if ahead <= step.upto), "almost certain")


def risk_span(scenario: Scenario) -> str:
    """Return what the stretch is called that words of danger speak of."""
    return scenario.meta.danger_span or f"this {scenario.meta.turn_label}"


def outcome_for(
    scenario: Scenario,
    resolution: Resolution,
    before: World,
    *,
    view: str,
    readings_before: Mapping[str, Reading],
    readings_after: Mapping[str, Reading],
    rulings: Sequence[Override] = (),
) -> Account:
    """Build the account of a turn for a view: `seat:<id>`, `control`, `observer` or `public`."""
    seat = view.removeprefix("seat:") if view.startswith("seat:") else ""
    after = World.from_payload(scenario, resolution.world)
    own = tuple(
        order_outcome(scenario, o, full=True, view=view)
        for o in resolution.orders
        if view == "control" or (o.seat == seat and o.told != "nothing")
    )
    seen = tuple(
        order_outcome(scenario, o, full=o.executor == seat, view=view)
        for o in resolution.orders
        if o.seat != seat
        and view != "control"
        and open_to(o.visible_to, seat)
        and (showed(o) or (o.executor == seat and o.status == "delayed"))
    )
    changes = _changes(scenario, resolution, before, after, view, seat, readings_before, readings_after)
    happenings = [h for h in resolution.happenings if view == "control" or open_to(h.visible_to, seat)]
    headline = _headline(scenario, happenings, (*own, *seen), changes)
    return Account(
        turn=resolution.turn,
        headline=headline,
        deck=_deck(_by_weight(changes)),
        account=_account(happenings, own if view != "control" else (), _by_weight(changes)),
        own_orders=own,
        seen_orders=seen,
        changes=changes,
        unknown=_unknown(scenario, view),
        amended=_amended(resolution, view, seat, rulings),
    )  # fmt: skip


def _amended(resolution: Resolution, view: str, seat: str, rulings: Sequence[Override]) -> bool:
    ruled = any(o.ruled for o in resolution.orders if o.seat == seat or open_to(o.visible_to, seat))
    return ruled or (view == "control" and bool(rulings))


# --- changes ----------------------------------------------------------------------------------
def _changes(
    scenario: Scenario,
    resolution: Resolution,
    before: World,
    after: World,
    view: str,
    seat: str,
    old: Mapping[str, Reading],
    new: Mapping[str, Reading],
) -> tuple[Change, ...]:
    rows: defaultdict[str, list[LedgerRow]] = defaultdict(list)
    for row in resolution.ledger:
        if row.var is not None:
            rows[row.var].append(row)
    found: list[Change] = []
    for variable in sorted(scenario.variables, key=lambda v: (not v.headline, v.group, v.order)):
        if variable.group == "tally" and view != "control":
            continue
        mode = sight(scenario, variable, view).mode
        if mode == "exact":
            start, end = before.value(scenario, variable.id), after.value(scenario, variable.id)
            causes = _causes(scenario, resolution, rows[variable.id], view, seat, variable.id)
            change = _exact(variable, start, end, causes)
        elif mode == "hidden":
            continue
        else:
            change = _by_reading(scenario, resolution, variable, seat, old.get(variable.id), new.get(variable.id))
        if change is not None:
            found.append(change)
    return tuple(found)


def _exact(variable: Variable, start: float, end: float, causes: tuple[CauseOf, ...]) -> Change | None:
    if abs(end - start) < NOTABLE[variable.kind]:
        return None
    word = size_word(variable, end - start)
    return Change(variable.id, variable.label, True, shown(variable, start), shown(variable, end), word, causes)


def size_word(variable: Variable, delta: float) -> str:
    """Return how much a variable moved, in a word."""
    percent = abs(delta) * (100.0 if variable.kind == "belief" else 1.0)
    way = "up" if delta > 0 else "down"
    return f"slightly {way}" if percent < 5 else way if percent < 15 else f"sharply {way}"


def _by_reading(
    scenario: Scenario, resolution: Resolution, variable: Variable, seat: str, old: Reading | None, new: Reading | None
) -> Change | None:
    """Tell a change from the seat's own readings; causes are the open orders that are known to act on it."""
    if old is None or new is None:
        return None
    if new.mode == "band":
        if old.band == new.band:
            return None
        word = f"from {old.band} to {new.band}"
    else:
        delta = (new.value or 0.0) - (old.value or 0.0)
        if abs(delta) < NOTABLE[variable.kind]:
            return None
        word = f"estimated {size_word(variable, delta)}"
    causes: dict[str, CauseOf] = {}
    for order in resolution.orders:
        move = scenario.move[order.move]
        if not known_done(order, seat):
            continue
        if _acts_on(scenario, move.id, variable.id):
            causes[move.id] = CauseOf(move.text.order, "MOVE", 0.0, sources=move.sources)
    return Change(variable.id, variable.label, False, None, None, word, tuple(causes.values())[:TOP_CAUSES])


def _causes(
    scenario: Scenario, resolution: Resolution, rows: list[LedgerRow], view: str, seat: str, variable: str
) -> tuple[CauseOf, ...]:
    """Group rows by what caused them; the largest by name, the rest (and every secret) as other factors."""
    labels = {order.id: scenario.move[order.move].text.order for order in resolution.orders}
    labels |= {free.id: free.title for free in resolution.free}
    labels |= {f"inject:{name}": title for name, title in resolution.titles.items()}
    reported = {order.id for order in resolution.orders if order.told and order.seat == seat}
    sums: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    other = 0.0
    for row in rows:
        if row_open(scenario, row, view, seat) and row.cause.id not in reported:
            name = row.cause.id if view == "control" else ""
            sums[_label(scenario, row, labels), row.rule_id, name] += row.applied
        else:
            other += row.applied
    rest = _rest(scenario, resolution, variable, seat)
    ranked = sorted(sums.items(), key=lambda item: (-abs(item[1]), item[0]))
    limit = len(ranked) if view == "control" else TOP_CAUSES
    other += fsum(amount for _, amount in ranked[limit:])
    named = [_cause(scenario, *key, amount) for key, amount in ranked[:limit] if abs(amount) >= 0.005]
    if abs(other) >= 0.05:
        named.append(CauseOf(rest, "", round(other, 2)))
    return tuple(named)


def _rest(scenario: Scenario, resolution: Resolution, variable: str, seat: str) -> str:
    """Name what is not told apart. What agencies reported as done is in it: by how much only they know."""
    told = (o.move for o in resolution.orders if o.seat == seat and o.told == "done")
    labels = [scenario.move[move].text.order for move in dict.fromkeys(told) if _acts_on(scenario, move, variable)]
    return " and ".join([*(f"\u201c{label}\u201d as reported" for label in labels), OTHER])


def _acts_on(scenario: Scenario, move: str, variable: str) -> bool:
    return any(getattr(effect, "var", None) == variable for effect in scenario.move[move].effects)


def row_open(scenario: Scenario, row: LedgerRow, view: str, seat: str) -> bool:
    """Tell whether a view may know of a ledger row: it sees the cause, and nothing hidden went into it."""
    if view == "control":
        return True
    if not open_to(row.visibility, seat):
        return False
    readable = (scenario.variable[name] for name in row.inputs if name in scenario.variable)
    return all(sight(scenario, variable, view).mode != "hidden" for variable in readable)


def _label(scenario: Scenario, row: LedgerRow, labels: Mapping[str, str]) -> str:
    if row.cause.kind == "order" and row.cause.id in labels:
        return labels[row.cause.id]
    if row.rule_id == CLAMP:
        return "limit of the scale"
    if row.cause.kind == "event" and row.rule_id == EVENT_RULE:
        return labels.get(f"inject:{row.cause.id}") or event_label(scenario, row.cause.id)
    rule = scenario.rule.get(row.rule_id)
    return rule.name if rule is not None else row.rule_id


def event_label(scenario: Scenario, name: str, titles: Mapping[str, str] | None = None) -> str:
    """Return what an event of the calendar or an inject is called; `titles`: what Control called some of them."""
    if titles and name in titles:
        return titles[name]
    event = next((e for e in scenario.calendar if e.id == name), None)
    if event is not None:
        return event.title or event.id
    inject = scenario.inject.get(name)
    return inject.title if inject is not None else name


def _cause(scenario: Scenario, label: str, rule_id: str, cause: str, amount: float) -> CauseOf:
    rule = scenario.rule.get(rule_id)
    say, sources = (rule.say, rule.sources) if rule is not None else ("", ())
    return CauseOf(label, rule_id, round(amount, 2), say, sources, cause)


# --- prose ------------------------------------------------------------------------------------
_FIRST = ("war", "clash", "summit_text", "summit_statement", "summit_walk_away", "collapse", "breach", "withdrawn",
          "signed", "struck", "leak")  # fmt: skip


def _headline(
    scenario: Scenario, happenings: Sequence[Happening], orders: Sequence[OrderOutcome], changes: Sequence[Change]
) -> str:
    for kind in _FIRST:
        happening = next((h for h in happenings if h.kind == kind), None)
        if happening is not None:
            return happening.text.split(". ")[0].rstrip(".")
    weight = {"nu": 5, "vi": 4, "nv": 3, "de": 2, "po": 1, "sq": 0}
    done = [o for o in orders if o.status in ("done", "partial")]
    done.sort(
        key=lambda o: (
            -weight[scenario.move[o.move].severity],
            -abs(scenario.move[o.move].goldstein * scenario.move[o.move].multiplier),
            o.order,
        )
    )
    if done:
        seat = scenario.seat[done[0].seat]
        return f"{seat.short or seat.label}: {done[0].label[0].lower()}{done[0].label[1:]}"
    return changes[0].label + " " + changes[0].word if changes else f"A quiet {scenario.meta.turn_label}"


def _by_weight(changes: Sequence[Change]) -> list[Change]:
    """Order changes for prose: what is known before what is estimated, the large before the small."""
    size = {"sharply": 0, "up": 1, "down": 1, "from": 1, "slightly": 2}
    return sorted(changes, key=lambda c: (not c.exact, size.get(c.word.removeprefix("estimated ").split()[0], 1)))


def _deck(changes: Sequence[Change]) -> str:
    parts = [f"{change.label} {change.word}" for change in changes[:3]]
    return "; ".join(parts) + "." if parts else "Nothing that can be seen has changed much."


def _account(
    happenings: Sequence[Happening], own: Sequence[OrderOutcome], changes: Sequence[Change]
) -> tuple[str, ...]:
    lines = [happening.text for happening in happenings]
    for order in own:
        line = order.text
        if order.status != "done" and order.why:
            line = f"{line} {order.why[0]}"
        if order.unlock and order.status == "blocked" and "Missing" not in line:
            line = f"{line} It would take: {'; '.join(order.unlock)}."
        lines.append(line)
    for change in changes:
        if len(lines) >= 6:
            break
        lines.append(_sentence(change))
    if not lines:
        lines.append("Nothing that can be seen from here has changed.")
    return tuple(lines[:8])


def _sentence(change: Change) -> str:
    way = 0.0 if change.after is None or change.before is None else change.after - change.before
    labels = dict.fromkeys(
        cause.label for cause in change.causes if not cause.label.endswith(OTHER) and cause.amount * way >= 0.0
    )  # a cause that pulled the other way explains nothing
    causes = [f"\u201c{label}\u201d" for label in labels][:2]
    because = f", mainly through {' and '.join(causes)}" if causes else ""
    return (
        f"{change.label} went {change.word}{because}." if change.exact else f"{change.label}: {change.word}{because}."
    )


def _unknown(scenario: Scenario, view: str) -> tuple[str, ...]:
    """Name what the view has no reading of at all, as far as the case's headline figures go.

    What will be opened to a seat later is not named to it before, nor where everybody reads it.
    """
    seat = view.removeprefix("seat:")
    return tuple(
        v.label
        for v in scenario.variables
        if v.group != "tally"
        and v.headline
        and sight(scenario, v, view).mode == "hidden"
        and not any(seat in gate.seats or seat not in scenario.seat for gate in v.hidden_until)
    )
