"""Every condition, effect and name a scenario uses, with where it is used. For cross-checks and the layout of flags."""

from collections.abc import Iterator

from adjudication import conditions as c
from adjudication import effects as e
from adjudication.scalars import Scalar, scalar_reads
from adjudication.scenario.places import Place
from adjudication.scenario.schema import BotRule, BotSpec, Scenario


def conditions_of(scenario: Scenario) -> Iterator[tuple[Place, c.Condition]]:
    """Yield every condition with its place."""
    for move in scenario.moves:
        if move.require is not None:
            yield ("moves", move.id, "require"), move.require
    for rule in scenario.rules:
        for key, condition in (("when", rule.when), ("require", rule.require)):
            if condition is not None:
                yield ("rules", rule.id, key), condition
    for event in scenario.calendar:
        if event.when is not None:
            yield ("calendar", event.id, "when"), event.when
    for inject in scenario.injects:
        for key, asked in (("trigger", inject.trigger), ("expects", inject.expects)):
            if asked is not None:
                yield ("injects", inject.id, key), asked
    for vote in scenario.tabled:
        yield ("tabled", vote.key, "when"), vote.when
    yield from _of_parameters(scenario)
    yield from _of_knowledge(scenario)
    yield from _of_review(scenario)
    for place, effect in effects_of(scenario):
        if effect.when is not None:
            yield (*place, "when"), effect.when


def _of_parameters(scenario: Scenario) -> Iterator[tuple[Place, c.Condition]]:
    if scenario.vows is not None:
        for name, condition in scenario.vows.triggers.items():
            yield ("vows", "triggers", name), condition
        for name, condition in scenario.vows.actions.items():
            yield ("vows", "actions", name), condition
    for issue, condition in scenario.commitments.broken.items():
        yield ("commitments", "broken", issue), condition
    if scenario.summit is not None and scenario.summit.opening is not None:
        yield ("summit", "opening", "when"), scenario.summit.opening.when
    for number, block in enumerate(scenario.implementations):
        yield (*implementation(number), "process"), block.process
        if block.reports is not None:
            for move, shown in block.reports.shown.items():
                yield (*implementation(number), "reports", "shown", move), shown
    for standing in scenario.standing:
        for key, asked in (("on", standing.on), ("unless", standing.unless)):
            if asked is not None:
                yield ("standing", standing.id, key), asked
    for hazard in scenario.hazards:
        if hazard.when is not None:
            yield ("hazards", hazard.id, "when"), hazard.when
    for party in scenario.absent:
        if party.refuses is not None:
            yield ("absent", party.id, "refuses"), party.refuses
    for measure in scenario.scoring.measures:
        if measure.times is not None:
            yield ("scoring", "measures", measure.id, "times"), measure.times
        if measure.fading is not None:
            yield ("scoring", "measures", measure.id, "fading", "when"), measure.fading.when


def _of_review(scenario: Scenario) -> Iterator[tuple[Place, c.Condition]]:
    """Yield the conditions under which runs of a report leave orders out or add some."""
    for question in scenario.review.questions if scenario.review is not None else ():
        for run in question.runs:
            place = ("review", "questions", question.id, "runs", run.id, "change")
            for number, dropped in enumerate(run.change.drop):
                if dropped.when is not None:
                    yield (*place, "drop", number, "when"), dropped.when
            for number, given in enumerate(run.change.give):
                if given.when is not None:
                    yield (*place, "give", number, "when"), given.when


def bot_rules_of(scenario: Scenario) -> Iterator[tuple[Place, BotSpec, BotRule]]:
    """Yield every line of every rule book, those inside others too, with whose it is."""
    for seat, spec in scenario.bots.items():
        yield from _lines(("bots", seat), spec, spec.rules)
    for persona in scenario.personas:
        yield from _lines(("personas", persona.id), persona, persona.rules)
    for strategy in scenario.calibration.strategies if scenario.calibration is not None else ():
        for seat, spec in strategy.seats.items():
            yield from _lines(("calibration", "strategies", strategy.id, "seats", seat), spec, spec.rules)


def _lines(place: Place, spec: BotSpec, rules: tuple[BotRule, ...]) -> Iterator[tuple[Place, BotSpec, BotRule]]:
    for number, rule in enumerate(rules):
        yield (*place, "rules", number), spec, rule
        yield from _lines((*place, "rules", number), spec, rule.rules)


def bot_conditions_of(scenario: Scenario) -> Iterator[tuple[Place, BotSpec | None, c.Condition]]:
    """Yield every condition a bot asks of what its seat knows, with whose it is."""
    for place, spec, rule in bot_rules_of(scenario):
        if rule.when is not None:
            yield (*place, "when"), spec, rule.when
    for seat, own in scenario.bots.items():
        if own.opens is not None:
            yield ("bots", seat, "opens"), own, own.opens
    for persona in scenario.personas:
        if persona.opens is not None:
            yield ("personas", persona.id, "opens"), persona, persona.opens
    for number, speech in enumerate(scenario.speech):
        if speech.when is not None:
            yield ("speech", number, "when"), None, speech.when


def _of_knowledge(scenario: Scenario) -> Iterator[tuple[Place, c.Condition]]:
    """Yield the conditions that open what a seat may know."""
    for move in scenario.moves:
        if move.hidden_until is not None:
            yield ("moves", move.id, "hidden_until"), move.hidden_until
    for variable in scenario.variables:
        for number, gate in enumerate(variable.hidden_until):
            yield ("variables", variable.id, "hidden_until", number, "when"), gate.when
    for fact in scenario.facts:
        for number, gate in enumerate(fact.see_when):
            yield ("facts", fact.id, "see_when", number, "when"), gate.when
    for veil in scenario.veils:
        yield ("veils", veil.id, "until"), veil.until


def implementation(number: int) -> Place:
    """Return the place of one block of agencies; a lone block stands there itself."""
    return ("implementation", number)


def effects_of(scenario: Scenario) -> Iterator[tuple[Place, e.Effect]]:
    """Yield every effect with its place."""
    for move in scenario.moves:
        yield from _numbered(("moves", move.id, "effects"), move.effects)
    for rule in scenario.rules:
        yield from _numbered(("rules", rule.id, "effects"), rule.effects)
        yield from _numbered(("rules", rule.id, "else"), rule.otherwise)
    for event in scenario.calendar:
        yield from _numbered(("calendar", event.id, "effects"), event.effects)
    for inject in scenario.injects:
        yield from _numbered(("injects", inject.id, "effects"), inject.effects)


def _numbered(place: Place, effects: tuple[e.Effect, ...]) -> Iterator[tuple[Place, e.Effect]]:
    yield from (((*place, number), effect) for number, effect in enumerate(effects))


def filters_of(scenario: Scenario) -> Iterator[tuple[Place, c.OrderFilter]]:
    """Yield every filter of orders that stands outside a condition."""
    for rule in scenario.rules:
        if rule.on is not None:
            yield ("rules", rule.id, "on"), rule.on
    for measure in scenario.scoring.measures:
        for key, orders in (("given", measure.given), ("done", measure.done), ("well", measure.well)):
            if orders is not None:
                yield ("scoring", "measures", measure.id, key), orders
    if scenario.summit is None:
        return
    if scenario.summit.influence is not None:
        for number, lean in enumerate(scenario.summit.influence.leans):
            yield ("summit", "influence", "leans", number, "orders"), lean.orders
    if scenario.summit.opening is not None:
        yield ("summit", "opening", "carried"), scenario.summit.opening.carried


def scalars_of(scenario: Scenario) -> Iterator[tuple[Place, Scalar]]:
    """Yield every scalar that is no amount of an effect."""
    for derived in scenario.derived:
        yield ("derived", derived.id, "scalar"), derived.scalar
    for number, vote in enumerate(scenario.votes):
        yield ("votes", number, "logit"), vote.logit
    for tabled in scenario.tabled:
        yield ("tabled", tabled.key, "logit"), tabled.logit
    for hazard in scenario.hazards:
        if hazard.logit is not None:
            yield ("hazards", hazard.id, "logit"), hazard.logit
    yield from chances_of(scenario)


def scores_of(scenario: Scenario) -> Iterator[tuple[Place, Scalar]]:
    """Yield every scalar of a score: these may read measures and indices as well."""
    for measure in scenario.scoring.measures:
        recent = measure.recent.of if measure.recent is not None else None
        for key, scalar in (("sum", measure.sum), ("peak", measure.peak), ("recent", recent)):
            if scalar is not None:
                yield ("scoring", "measures", measure.id, key), scalar
    for index in scenario.scoring.indices:
        yield ("scoring", "indices", index.id, "scalar"), index.scalar
    for name, part in scenario.scoring.parts.items():
        yield ("scoring", "parts", name), part
    for seat, goals in scenario.goals.items():
        for name, goal in goals.items():
            if goal.scalar is not None:
                yield ("goals", seat, name, "scalar"), goal.scalar


def gauges_of(scenario: Scenario) -> Iterator[tuple[Place, Scalar]]:
    """Yield every scalar over a recorded path: these may read the risk of a turn as well."""
    for gauge in scenario.history.gauges if scenario.history is not None else ():
        yield ("history", "gauges", gauge.id, "scalar"), gauge.scalar
    for indicator in scenario.indicators:
        if indicator.scalar is not None:
            yield ("indicators", indicator.id, "scalar"), indicator.scalar


def chances_of(scenario: Scenario) -> Iterator[tuple[Place, Scalar]]:
    """Yield every scalar outside conditions that is a probability."""
    for hazard in scenario.hazards:
        if hazard.p is not None:
            yield ("hazards", hazard.id, "p"), hazard.p
    if scenario.ladder is not None and scenario.ladder.step is not None:
        yield ("ladder", "step"), scenario.ladder.step
    for number, leak in enumerate(scenario.leaks):
        yield ("leaks", number, "p"), leak.p
    for number, block in enumerate(scenario.implementations):
        if block.reports is not None:
            yield (*implementation(number), "reports", "learn"), block.reports.learn


def leaves(condition: c.Condition) -> Iterator[c.Condition]:
    """Yield the leaves of a tree."""
    match condition:
        case c.All(items) | c.Some(items):
            for item in items:
                yield from leaves(item)
        case c.Not(item):
            yield from leaves(item)
        case _:
            yield condition


def amount_of(effect: e.Effect) -> Scalar | None:
    """Return the number an effect computes, if it computes one."""
    match effect:
        case e.Add(_, amount) | e.Audience(_, amount) | e.Resource(_, amount):
            return amount
        case e.Toward(_, target) | e.Signal(_, target) | e.ProbShift(_, target):
            return target
        case e.Fidelity(mul):
            return mul
        case _:
            return None


def reads_of(effect: e.Effect) -> frozenset[str]:
    """Return the names the amounts of an effect read."""
    amount = amount_of(effect)
    return frozenset() if amount is None else scalar_reads(amount)


def flags_of(scenario: Scenario) -> tuple[str, ...]:
    """Return every flag an effect or a card sets, or code knows, sorted."""
    flags = {effect.flag for _, effect in effects_of(scenario) if isinstance(effect, e.SetFlag)}
    flags |= {
        name.removeprefix("flag.")
        for card in scenario.cards
        for outcome in card.outcomes
        for name in outcome.set
        if name.startswith("flag.")
    }
    if scenario.hazard is not None and scenario.hazard.strike_flag:
        flags.add(scenario.hazard.strike_flag)
    return tuple(sorted(flags))
