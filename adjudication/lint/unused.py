"""What nobody has a use for, and what is left unsaid: flags, events, variables, sources; briefs; names of policies."""

from collections.abc import Iterator

from adjudication import conditions as c
from adjudication import effects as e
from adjudication.lint.findings import Notes
from adjudication.measures import MEASURES
from adjudication.policies import POLICY_NAMES
from adjudication.scalars import scalar_reads
from adjudication.scenario.checks.blocks import variables_used
from adjudication.scenario.checks.texts import cited
from adjudication.scenario.names import (
    bot_conditions_of,
    bot_rules_of,
    conditions_of,
    effects_of,
    filters_of,
    gauges_of,
    leaves,
    reads_of,
    scalars_of,
    scores_of,
)
from adjudication.scenario.schema import Scenario
from negotiation.terms import variables_of

BRIEF_LISTS = ("interests", "resources", "constraints", "red_lines", "powers")
MANY_PACKAGES = 400_000
"""More than this is felt by people who wait for an analysis."""

SHARED = ("judgement",)
"""Sources that need no citation to be worth keeping."""


def unread(scenario: Scenario, notes: Notes) -> None:
    """Note flags nobody asks about, events nobody answers, variables and sources nobody uses."""
    asked = frozenset(_names_read(scenario))
    for flag in scenario.flags:
        if f"flag.{flag}" not in asked and flag not in scenario.fact:
            notes.warning(_raiser(scenario, flag), f"flag {flag!r} is raised and never read.", "Read it, or drop it.")
    answered = {rule.event for rule in scenario.rules}
    for place, effect in effects_of(scenario):
        if isinstance(effect, e.Emit) and effect.event not in answered and f"event.{effect.event}" not in asked:
            notes.warning(place, f"event {effect.event!r} has no rule that answers it.", "Add a rule, or drop it.")
    used = asked | {name for _, names in variables_used(scenario) for name in names}
    for variable in scenario.variables:
        if variable.id not in used and not variable.headline and variable.group != "tally":
            message = f"nothing reads {variable.id!r}: it moves no rule, no score and no bargaining."
            notes.warning(("variables", variable.id), message, "Let something depend on it, or drop it.")
    mentioned = {source for _, sources in cited(scenario) for source in sources}
    for source in scenario.sources:
        if source.id not in mentioned and source.id not in SHARED:
            notes.warning(("sources", source.id), f"source {source.id!r} is cited nowhere.", "Cite it, or drop it.")


def _raiser(scenario: Scenario, flag: str) -> tuple[str | int, ...]:
    found = (place for place, effect in effects_of(scenario) if isinstance(effect, e.SetFlag) and effect.flag == flag)
    return next(found, ("meta",))


def _names_read(scenario: Scenario) -> Iterator[str]:
    for _, condition in conditions_of(scenario):
        yield from c.reads(condition)
    for _, _, condition in bot_conditions_of(scenario):
        yield from c.reads(condition)
    for _, scalar in (*scalars_of(scenario), *scores_of(scenario), *gauges_of(scenario)):
        yield from scalar_reads(scalar)
    for _, effect in effects_of(scenario):
        yield from reads_of(effect)
    terms = scenario.negotiation
    for party in terms.parties:
        yield from variables_of(party)
    for gate in terms.gates:
        yield from (bound.var for way in gate.ways for bound in way.values)
    for player in terms.players:
        if player.cost_factor is not None:
            yield from (term.var for term in player.cost_factor.terms)
    yield from (bound.var for bound in terms.verification.unless)
    if terms.prepared is not None:
        yield terms.prepared.var


def moves_asked(scenario: Scenario) -> frozenset[str]:
    """Return the moves some condition, filter or block asks about."""
    named = {move for _, orders in filters_of(scenario) for move in orders.moves}
    for _, condition in conditions_of(scenario):
        named |= {move for leaf in leaves(condition) if isinstance(leaf, c.Count) for move in leaf.orders.moves}
        named |= {name.removeprefix("ordered.") for name in c.reads(condition) if name.startswith("ordered.")}
    if scenario.summit is not None:
        named |= set(scenario.summit.orders)
    for block in scenario.implementations:
        named |= {block.slow_walk, block.focus}
        named |= {block.preempt.move} if block.preempt is not None else set()
        named |= {block.reports.candid} if block.reports is not None else set()
    named |= {vote.move for vote in scenario.votes}
    named |= {order.countermand for order in scenario.standing}
    return frozenset(named | {other for move in scenario.moves for other in (*move.consent_by, *move.exclusive)})


def large(scenario: Scenario, notes: Notes) -> None:
    """Note a bargaining space that loads and is slow to search."""
    space = scenario.negotiation.space
    if space.size > MANY_PACKAGES:
        widest = max(zip(space.shape, (issue.id for issue in space.issues), strict=True))
        message = f"{space.size:,} packages: each exact analysis takes a while."
        remedy = f"Merge issues or drop levels, first of {widest[1]} ({widest[0]} levels)."
        notes.warning(("negotiation", "issues"), message, remedy)


def unsaid(scenario: Scenario, notes: Notes) -> None:
    """Note briefs, objectives and words that are missing."""
    for seat in scenario.seats:
        place = ("seats", seat.id)
        if seat.brief is None:
            notes.warning(place, f"{seat.id} has no brief.", "Write what it wants, can do and cannot do.")
            continue
        for key in BRIEF_LISTS:
            if len(getattr(seat.brief, key)) < 2:
                notes.warning((*place, "brief"), f"the brief names fewer than two {key}.", f"Add to `{key}`.")
        if not seat.brief.objectives:
            notes.warning((*place, "brief"), "the brief sets no objectives.", "Add them, with weights that sum to 1.")
        if seat.brief.check is None:
            notes.warning((*place, "brief"), "the brief asks no question.", "Add `check`: it shows who has read it.")
        promised = {goal.label: goal.weight for goal in seat.brief.objectives}
        scored = {goal.label: goal.weight for goal in scenario.goals.get(seat.id, {}).values()}
        if promised != scored:
            notes.error(("goals", seat.id), f"{seat.id} is promised other goals than it is scored on.",
                        "Use the same labels and weights in the brief and in `goals`.")  # fmt: skip
        if seat.id not in scenario.bots:
            notes.warning(("bots",), f"nobody plays {seat.id} when no person does.", "Give it a policy in `bots`.")
    for flag in scenario.flags:
        if flag not in scenario.fact and _gates(scenario, flag):
            notes.warning(_raiser(scenario, flag), f"flag {flag!r} is asked in a gate and has no words.",
                          "Say it in `facts`.")  # fmt: skip


def _gates(scenario: Scenario, flag: str) -> bool:
    gates = [move.require for move in scenario.moves] + [rule.require for rule in scenario.rules]
    return any(gate is not None and f"flag.{flag}" in c.reads(gate) for gate in gates)


def unknown_choices(scenario: Scenario, notes: Notes) -> None:
    """Note policies and measures that are not there: the engine would use something else, or fail late."""
    personas = {persona.id for persona in scenario.personas}
    known = POLICY_NAMES | personas
    for seat, spec in scenario.bots.items():
        for name in filter(None, (spec.policy, spec.then)):
            if name not in known:
                message = f"there is no policy {name!r}."
                notes.error(("bots", seat), message, f"Use one of {', '.join(sorted(known))}.")
    for persona in scenario.personas:
        if persona.policy not in POLICY_NAMES:
            message = f"there is no policy {persona.policy!r}."
            notes.error(("personas", persona.id), message, f"Use one of {', '.join(sorted(POLICY_NAMES))}.")
    calibration = scenario.calibration
    for strategy in calibration.strategies if calibration is not None else ():
        for spec in strategy.seats.values():
            if spec.policy not in known:
                message = f"there is no policy {spec.policy!r}."
                notes.error(
                    ("calibration", "strategies", strategy.id), message, f"Use one of {', '.join(sorted(known))}."
                )
    named = [target.measure for target in calibration.targets] if calibration is not None else []
    named += [column.measure for column in calibration.compare] if calibration is not None else []
    for name in named:
        if name not in MEASURES:
            message = f"there is no measure {name!r}."
            notes.error(("calibration",), message, f"Use one of {', '.join(sorted(MEASURES))}.")
    for place, spec, rule in bot_rules_of(scenario):
        if spec.policy == "rulebook" and not rule.why and rule.order:
            notes.warning(place, "this line says no reason.", "Add `why`: it is recorded with the order.")
    for expectation in scenario.history.table if scenario.history is not None else ():
        for held in (expectation, *expectation.also):
            if held.measure not in MEASURES:
                place = ("history", "table", expectation.id)
                notes.error(
                    place, f"there is no measure {held.measure!r}.", f"Use one of {', '.join(sorted(MEASURES))}."
                )
