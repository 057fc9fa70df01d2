"""Checks of moves, rules, votes and threats: ids, seats, parameters, stages, events, texts by key."""

from collections import Counter
from collections.abc import Iterator

from adjudication import effects as e
from adjudication.scenario.lines import chances_on
from adjudication.scenario.names import implementation
from adjudication.scenario.places import Desk, Place
from adjudication.scenario.schema import Move, Param, Rule, Scenario
from adjudication.scenario.vocabulary import Vocabulary

STAGES = (1, 2, 3, 3.5, 4, 5, 6, 7, 8, 9, 10)
NO_CHOICE = "none"


def check_catalogue(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    """Record what is wrong with moves, rules, votes and threats."""
    for move in scenario.moves:
        _move(scenario, words, desk, move)
    for rule in scenario.rules:
        _rule(scenario, words, desk, rule)
    _votes(scenario, desk)
    _vows(scenario, desk)
    for place, rule_id in rules_cited(scenario):
        if rule_id not in scenario.rule:
            desk.unknown(place, "rule", rule_id, scenario.rule, list_all=False)


def rules_cited(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """Yield every rule another part of the scenario names."""
    for number, vote in enumerate(scenario.votes):
        yield ("votes", number, "rule"), vote.rule
    for tabled in scenario.tabled:
        yield ("tabled", tabled.key, "rule"), tabled.rule
    for variable in scenario.variables:
        if variable.drift is not None:
            yield ("variables", variable.id, "drift"), variable.drift.rule
    if scenario.vows is not None:
        yield ("vows", "rule"), scenario.vows.rule
    yield ("commitments", "rule"), scenario.commitments.rule
    yield ("commitments", "breach_rule"), scenario.commitments.breach_rule
    conduct = scenario.commitments.conduct
    for kind, spec in (("late", conduct.late), ("suspended", conduct.suspended), ("withdrawn", conduct.withdrawn)):
        if spec.rule:
            yield ("commitments", "conduct", kind, "rule"), spec.rule
    if conduct.suspicion is not None:
        yield ("commitments", "conduct", "suspicion", "rule"), conduct.suspicion.rule
    for number, block in enumerate(scenario.implementations):
        yield (*implementation(number), "rule"), block.rule
        yield (*implementation(number), "process_rule"), block.process_rule
        if block.reports is not None:
            yield (*implementation(number), "reports", "rule"), block.reports.rule
        if block.preempt is not None:
            yield (*implementation(number), "preempt", "rule"), block.preempt.rule
    if scenario.free_moves is not None:
        yield ("free_moves", "rule"), scenario.free_moves.rule
    if scenario.summit is not None:
        if scenario.summit.influence is not None:
            yield ("summit", "influence", "rule"), scenario.summit.influence.rule
        if scenario.summit.opening is not None:
            yield ("summit", "opening", "rule"), scenario.summit.opening.rule
    if scenario.hazard is not None:
        yield ("hazard", "rule"), scenario.hazard.rule
    if scenario.ladder is not None:
        yield ("ladder", "rule"), scenario.ladder.rule
    for hazard in scenario.hazards:
        yield ("hazards", hazard.id, "rule"), hazard.rule
    for standing in scenario.standing:
        yield ("standing", standing.id, "rule"), standing.rule
    for veil in scenario.veils:
        if veil.rule:
            yield ("veils", veil.id, "rule"), veil.rule
    for number, leak in enumerate(scenario.leaks):
        yield ("leaks", number, "rule"), leak.rule
    for party in scenario.absent:
        yield ("absent", party.id, "rule"), party.rule
    for line in scenario.lines:
        for _, _, rule in chances_on(line):
            yield ("lines", line.id), rule
    yield from _of_bargaining(scenario)


def _of_bargaining(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    terms = scenario.negotiation
    if terms.prepared is not None:
        yield ("negotiation", "prepared_rule"), terms.prepared_rule
    if terms.space.verification is not None:
        yield ("negotiation", "verification", "rule"), terms.verification.rule
    for number, gate in enumerate(terms.gates):
        yield ("negotiation", "gates", number, "rule"), gate.rule
    for number, party in enumerate(terms.parties):
        yield ("negotiation", "parties", number, "rule"), party.rule
    for number, player in enumerate(terms.players):
        if player.rule:
            yield ("negotiation", "players", number, "rule"), player.rule
    for clause in terms.clauses:
        if clause.rule:
            yield ("negotiation", "clauses", clause.id, "rule"), clause.rule
    if terms.table.rule:
        yield ("negotiation", "table", "rule"), terms.table.rule


def _move(scenario: Scenario, words: Vocabulary, desk: Desk, move: Move) -> None:
    place: Place = ("moves", move.id)
    for seat in (*move.seats, *move.consent, *move.needs, *([move.executor] if move.executor else [])):
        if seat not in scenario.seat:
            desk.unknown(place, "seat", seat, scenario.seat)
    for reader in move.seen_by:
        if reader not in scenario.seat and reader not in words.sides:
            desk.unknown(place, "seat or side", reader, {*scenario.seat, *words.sides})
    for other in move.consent_by:
        if other not in scenario.move:
            desk.unknown(place, "move", other, scenario.move, list_all=False)
    for other in move.exclusive:
        if other == move.id:
            desk.add(place, f"{move.id} excludes itself and could never be ordered", key="exclusive")
        elif other not in scenario.move:
            desk.unknown(place, "move", other, scenario.move, list_all=False)
    for lens in move.lens_scale:
        if lens not in scenario.lenses:
            desk.unknown(place, "lens", lens, scenario.lenses)
    for number, param in enumerate(move.params):
        _param(desk, (*place, "params", number), param)
    for key, value in (("cost", move.cost), ("capital", move.capital), ("lead_turns", move.lead_turns)):
        if value < 0:
            desk.add(place, f"{key} is {value:g}; it cannot be negative", key=key)
    if move.visibility == "covert" and move.detect <= 0:
        desk.add(place, "a covert move needs `detect`, the chance that it comes to light", key="visibility")
    if move.visibility != "covert" and move.detect > 0 and not move.may_hide and move.visibility == "public":
        desk.add(place, "everybody sees this move; `detect` is for what is hidden", key="detect")
    about = scenario.beliefs.trust.keys() | scenario.beliefs.resolve.keys()
    if move.signal is not None and move.signal.about not in about:
        desk.unknown((*place, "signal"), "side of a signal", move.signal.about, about)


def _param(desk: Desk, place: Place, param: Param) -> None:
    if param.kind == "choice":
        if not param.choices or param.default not in (None, *param.choices):
            desk.add(place, f"parameter {param.id!r}: the default must be one of its choices", param.choices)
        if param.labels and len(param.labels) != len(param.choices):
            message = f"parameter {param.id!r}: {len(param.choices)} choices, {len(param.labels)} labels"
            desk.add(place, f"{message}; give each choice its label")
        twice = [choice for choice, n in Counter(param.choices).items() if n > 1]
        if twice:
            desk.add(place, f"parameter {param.id!r}: the choice {twice[0]!r} is given twice")
    elif param.kind == "int":
        low, high = param.low, param.high
        if low is not None and high is not None and low > high:
            desk.add(place, f"parameter {param.id!r}: low {low} is above high {high}")
        elif isinstance(param.default, int) and not (low or param.default) <= param.default <= (high or param.default):
            desk.add(place, f"parameter {param.id!r}: the default {param.default} is outside {low}..{high}")


def _rule(scenario: Scenario, words: Vocabulary, desk: Desk, rule: Rule) -> None:
    place: Place = ("rules", rule.id)
    if rule.stage not in STAGES:
        desk.add(place, f"there is no stage {rule.stage:g}", tuple(f"{stage:g}" for stage in STAGES), key="stage")
    if rule.lens != "none" and rule.lens not in scenario.lenses:
        desk.unknown(place, "lens", rule.lens, (*scenario.lenses, "none"))
    if rule.event and rule.event not in words.events:
        desk.unknown(place, "event", rule.event, words.events)
    if rule.event and rule.on is not None:
        desk.add(place, "a rule waits for an order (`on`) or for an event, not for both", key="event")
    if rule.require is not None and rule.on is None:
        desk.add(place, "a requirement needs to say of which orders: add `on`", key="require")
    if rule.otherwise and rule.require is None:
        desk.add(place, "`else` says what follows when `require` fails; there is no `require`", key="else")
    for number, effect in enumerate((*rule.otherwise, *rule.effects)):
        part, at = ("else", number) if number < len(rule.otherwise) else ("effects", number - len(rule.otherwise))
        if isinstance(effect, e.Block) and effect.reason not in rule.text:
            desk.unknown((*place, part, at), "text of the rule", effect.reason, rule.text)
    for move in rule.gate_for:
        if move not in scenario.move:
            desk.unknown(place, "move", move, scenario.move, list_all=False)


def _votes(scenario: Scenario, desk: Desk) -> None:
    for number, vote in enumerate(scenario.votes):
        if vote.move not in scenario.move:
            desk.unknown(("votes", number), "move", vote.move, scenario.move, list_all=False)
    for tabled in scenario.tabled:
        rule = scenario.rule.get(tabled.rule)
        if rule is not None and not {"adopted", "no_votes"} <= set(rule.text):
            desk.add(("rules", tabled.rule), "the rule of a tabled vote says both outcomes", ("adopted", "no_votes"))


def _vows(scenario: Scenario, desk: Desk) -> None:
    spec = scenario.vows
    if spec is None:
        return
    for name in spec.moves:
        move = scenario.move.get(name)
        if move is None:
            desk.unknown(("vows", "moves"), "move", name, scenario.move, list_all=False)
            continue
        offered = {param.id: param.choices for param in move.params}
        for param, known in ((spec.trigger, spec.triggers), (spec.action, spec.actions)):
            for choice in offered.get(param, ()):
                if choice not in (NO_CHOICE, *known):
                    desk.unknown(("moves", name, "params"), f"{param} of a threat", choice, known)
