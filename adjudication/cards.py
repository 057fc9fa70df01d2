"""Adjudication cards: one outcome with its gates, odds, effects, rules and precedent, for a view.

Owns what a card may hold. A seat reads odds and draws in words and effects only on what it reads exactly; what it was
merely told about an order stays what it was told. Control reads everything, in `effects_of` and `rules_of` too.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from adjudication.dice import Die
from adjudication.effects import Add
from adjudication.explain import EVENT_RULE, Account, event_label, row_open, size_word
from adjudication.ledger import LedgerRow
from adjudication.orders import ParamValue
from adjudication.outcomes import OrderOutcome
from adjudication.results import FreeResult, Gate, OrderResult, Resolution
from adjudication.scenario.schema import Move, Scenario
from adjudication.sight import knows_flag, sight

NARROW, CLEAR = 0.1, 0.25
"""How far a draw has to fall from its threshold to be called clear, and to be called far."""

NOTHING = 0.00005
"""Changes smaller than this are not told."""

ESTIMATED = "estimated only"


class Draw(msgspec.Struct, frozen=True):
    """A draw in words."""

    about: str
    odds: str
    fell: str
    outcome: str


class Spoken(msgspec.Struct, frozen=True):
    """A rule that spoke, with its words and sources."""

    id: str
    name: str
    say: str
    sources: tuple[str, ...]


class Effect(msgspec.Struct, frozen=True):
    """What an outcome did to a variable; `amount` in its unit, None where the view only estimates it."""

    variable: str
    label: str
    amount: float | None
    word: str


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """Why one outcome is what it is, for one view. `about`: order | free | vote | event."""

    about: str
    name: str
    seat: str = ""
    label: str
    status: str = ""
    fidelity_word: str = ""
    text: str = ""
    reported: bool = False
    gates: tuple[Gate, ...] = ()
    draws: tuple[Draw, ...] = ()
    effects: tuple[Effect, ...] = ()
    rules: tuple[Spoken, ...] = ()
    unlock: tuple[str, ...] = ()
    precedent: str = ""
    sources: tuple[str, ...] = ()
    params: dict[str, ParamValue] = {}
    ruled: bool = False


# --- words ------------------------------------------------------------------------------------
def odds_word(scenario: Scenario, p: float) -> str:
    """Return the word for a chance (Sherman Kent's bands, as data)."""
    return next((step.word for step in scenario.kent if p <= step.upto), "almost certain")


def draw_of(scenario: Scenario, about: str, die: Die) -> Draw:
    """Return a die in words: what was thought of it and by how much it fell which way."""
    margin = abs(die.threshold - die.u)
    how = "narrowly" if margin < NARROW else "clearly" if margin < CLEAR else "far"
    way = "in its favour" if die.u < die.threshold else "against it"
    return Draw(about, odds_word(scenario, die.threshold), f"fell {how} {way}", die.outcome)


def rules_of(scenario: Scenario, ids: Iterable[str]) -> tuple[Spoken, ...]:
    """Return the rules of a card, each once, in the order they spoke."""
    known = (scenario.rule.get(name) for name in dict.fromkeys(ids))
    return tuple(Spoken(rule.id, rule.name, rule.say, rule.sources) for rule in known if rule is not None)


def dice_of(scenario: Scenario, resolution: Resolution, result: OrderResult) -> tuple[Die, ...]:
    """Return every die thrown for an order: votes, delay, detection."""
    name = f"{result.move}:{result.seat}"
    return tuple(die for die in resolution.dice if name == _subject(die.key))


def _subject(key: str) -> str:
    """Return the move and seat in the key of a die (`vote:move:seat:2`), empty for a die about something else."""
    parts = key.split(":")
    return ":".join(parts[1:3]) if len(parts) >= 3 else ""


# --- effects ----------------------------------------------------------------------------------
def effects_of(scenario: Scenario, rows: Iterable[LedgerRow], cause: str, *, kind: str = "order") -> tuple[Effect, ...]:
    """Return all that an order, a free move or an event did, by variable: Control's."""
    return _summed(scenario, (r for r in rows if r.cause.id == cause and r.cause.kind == kind))


def _summed(scenario: Scenario, rows: Iterable[LedgerRow]) -> tuple[Effect, ...]:
    sums: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        if row.var is not None:
            sums[row.var] += row.applied
    variables = tuple(
        Effect(variable.id, variable.label, round(sums[variable.id], 4), size_word(variable, sums[variable.id]))
        for variable in scenario.variables
        if abs(sums.get(variable.id, 0.0)) >= NOTHING
    )
    return (*variables, *_facts(scenario, sums))


def _facts(scenario: Scenario, sums: Mapping[str, float]) -> Iterable[Effect]:
    """Return what became so or ceased to be so, in the case's own words."""
    for fact in scenario.facts:
        amount = sums.get(f"flag.{fact.id}", 0.0)
        if amount:
            yield Effect(f"flag.{fact.id}", fact.label if amount > 0 else fact.absent, None, "so it is now")


def _seen_effects(
    scenario: Scenario, resolution: Resolution, cause: str, *, view: str, kind: str = "order"
) -> tuple[Effect, ...]:
    """Return the effects on what a view reads exactly, of rows it may know of."""
    seat = view.removeprefix("seat:")
    return _summed(
        scenario,
        (
            row
            for row in resolution.ledger
            if row.cause.id == cause
            and row.cause.kind == kind
            and row.var is not None
            and _reads(scenario, row.var, view)
            and row_open(scenario, row, view, seat)
        ),
    )


def _reads(scenario: Scenario, name: str, view: str) -> bool:
    """Tell whether a view reads a variable exactly, or may know a flag."""
    variable = scenario.variable.get(name)
    if variable is not None:
        return variable.group != "tally" and sight(scenario, variable, view).mode == "exact"
    head, _, flag = name.partition(".")
    return head == "flag" and knows_flag(scenario, flag, view.removeprefix("seat:"))


def _estimated(scenario: Scenario, move: Move, view: str) -> tuple[Effect, ...]:
    """Name what a move of the catalogue is known to act on and the view reads with noise: no amount is told."""
    names = dict.fromkeys(effect.var for effect in move.effects if isinstance(effect, Add))
    return tuple(
        Effect(name, scenario.variable[name].label, None, ESTIMATED)
        for name in names
        if sight(scenario, scenario.variable[name], view).mode in ("noise", "band")
    )


# --- cards of a seat --------------------------------------------------------------------------
def cards_for(scenario: Scenario, resolution: Resolution, account: Account, *, view: str) -> tuple[Card, ...]:
    """Return the cards of a seat: its own orders as it was told of them, free moves it knows of, events."""
    results = {result.id: result for result in resolution.orders}
    orders = tuple(
        _order_card(scenario, resolution, told, results[told.order], view=view)
        for told in account.own_orders
        if told.order in results
    )
    seat = view.removeprefix("seat:")
    free = tuple(
        _free_card(scenario, resolution, result, view=view)
        for result in resolution.free
        if "*" in result.visible_to or seat in result.visible_to
    )
    return (
        *orders,
        *free,
        *_vote_cards(scenario, resolution, view=view),
        *_event_cards(scenario, resolution, view=view),
    )


def _order_card(
    scenario: Scenario, resolution: Resolution, told: OrderOutcome, result: OrderResult, *, view: str
) -> Card:
    move = scenario.move[told.move]
    reported = told.reported
    votes = {vote.key for vote in scenario.votes}
    dice = () if reported else dice_of(scenario, resolution, result)
    gates = () if reported else result.gates
    effects: tuple[Effect, ...] = ()
    if not reported and told.status in ("done", "partial", "converted"):
        effects = _seen_effects(scenario, resolution, result.id, view=view) + _estimated(scenario, move, view)
    return Card(
        about="order",
        name=told.order,
        seat=told.seat,
        label=told.label,
        status=told.status,
        fidelity_word=told.fidelity_word,
        text=told.text,
        reported=reported,
        gates=gates,
        draws=tuple(draw_of(scenario, told.label, die) for die in dice if die.key.partition(":")[0] in votes),
        effects=effects,
        rules=rules_of(scenario, (*told.rules, *(gate.rule for gate in gates))),
        unlock=told.unlock,
        precedent=move.precedent,
        sources=move.sources,
        params=result.params,
        ruled=told.ruled,
    )


def _free_card(scenario: Scenario, resolution: Resolution, result: FreeResult, *, view: str) -> Card:
    """Return the card of a free move; its odds and gates are for its own seat, others see that it was tried."""
    own = view.removeprefix("seat:") == result.seat
    happened = next(h for h in resolution.happenings if h.kind == "free" and f"\u201c{result.title}\u201d" in h.text)
    return Card(
        about="free",
        name=result.id,
        seat=result.seat,
        label=result.title,
        status=result.status,
        text=happened.text,
        gates=result.gates if own else (),
        draws=(draw_of(scenario, result.title, result.die),) if own else (),
        effects=_seen_effects(scenario, resolution, result.id, view=view),
        rules=rules_of(scenario, result.rules) if own else (),
        unlock=result.missing if own else (),
        ruled=result.ruled,
    )


def _vote_cards(scenario: Scenario, resolution: Resolution, *, view: str) -> tuple[Card, ...]:
    """Return the votes nobody ordered that a view may know of, with the odds in words."""
    tabled = {vote.rule for vote in scenario.tabled}
    cards = []
    for row in resolution.ledger:
        rule = scenario.rule.get(row.rule_id)
        if rule is None or row.dice is None or row.cause.kind != "rule" or rule.id not in tabled:
            continue
        if row_open(scenario, row, view, view.removeprefix("seat:")):
            draw = draw_of(scenario, rule.name, row.dice)
            rules = rules_of(scenario, (rule.id,))
            cards.append(
                Card(about="vote", name=row.dice.key, label=rule.name, text=draw.outcome, draws=(draw,), rules=rules)
            )
    return tuple(cards)


def _event_cards(scenario: Scenario, resolution: Resolution, *, view: str) -> tuple[Card, ...]:
    """Return what events of the calendar and injects did to what the view reads exactly."""
    cards = []
    for name in events_in(resolution.ledger):
        effects = _seen_effects(scenario, resolution, name, view=view, kind="event")
        if effects:
            rules = rules_of(scenario, (EVENT_RULE,))
            label = event_label(scenario, name, resolution.titles)
            cards.append(Card(about="event", name=name, label=label, effects=effects, rules=rules))
    return tuple(cards)


def events_in(rows: Iterable[LedgerRow]) -> tuple[str, ...]:
    """Return the events of the day that moved anything, in the order they did."""
    return tuple(dict.fromkeys(r.cause.id for r in rows if r.rule_id == EVENT_RULE and r.cause.kind == "event"))


def params_in_words(scenario: Scenario, move: Move, params: Mapping[str, ParamValue]) -> str:
    """Return the choices of an order in words, in the order the move declares them."""
    said = []
    for param in move.params:
        value = params.get(param.id)
        if value is None or value == "":
            continue
        words = str(value)
        if isinstance(value, str) and value in param.choices and len(param.labels) == len(param.choices):
            words = param.labels[param.choices.index(value)]
        elif isinstance(value, bool):
            words = "yes" if value else "no"
        said.append(f"{param.label}: {words}")
    return "; ".join(said)
