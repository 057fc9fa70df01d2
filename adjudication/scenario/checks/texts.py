"""Checks of words and sources: whatever a player reads is written, whatever states a number says where it is from."""

from collections.abc import Iterator

from adjudication.scenario.places import Desk, Place
from adjudication.scenario.schema import Scenario

ENGINE_RULES: dict[str, tuple[str, ...]] = {
    "R-F01": (), "R-F02": (), "R-F03": (), "R-F04": ("refused", "exclusive", "once", "capital", "seat"),
    "R-M03": (), "R-M10": (), "R-M16": (),
}  # fmt: skip
"""Rules the engine cites by id in every case, with the texts it takes from them."""


CITING = (
    "moves", "rules", "variables", "calendar", "injects", "hazards", "cards", "standing", "channels", "personas",
    "templates", "anchors", "indicators",
)  # fmt: skip
"""Sections whose entries cite sources."""


def check_texts(scenario: Scenario, desk: Desk) -> None:
    """Record every text that is empty and every source that is not there."""
    for place, key, text in _texts(scenario):
        if not text.strip():
            desk.add(place, f"{key} is empty; players read it here", key=key)
    for place, sources in cited(scenario):
        for source in sources:
            if source not in scenario.source:
                desk.unknown(place, "source", source, scenario.source, list_all=False)
    for rule in scenario.rules:
        if not rule.sources:
            desk.add(("rules", rule.id), "a rule needs a source (or `judgement`)", key="sources")
    for move in scenario.moves:
        if not move.sources:
            desk.add(("moves", move.id), "a move needs a source (or `judgement`)", key="sources")
    for rule_id, keys in _taken(scenario).items():
        known = scenario.rule.get(rule_id)
        if known is None:
            desk.add(("rules",), f"the engine cites rule {rule_id}, and the case does not word it; add the rule")
            continue
        for key in keys:
            if not known.text.get(key, "").strip():
                desk.add(("rules", rule_id), f"needs the text {key!r}: the engine says it to players", keys)


def cited(scenario: Scenario) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Yield every list of sources with its place."""
    for section in CITING:
        for item in getattr(scenario, section):
            yield (section, item.id), item.sources
    for seat in scenario.seats:
        if seat.brief is not None:
            yield ("seats", seat.id, "brief"), seat.brief.sources
    for issue in scenario.negotiation.issues:
        yield ("negotiation", "issues", issue.id), issue.sources
    for clause in scenario.negotiation.clauses:
        yield ("negotiation", "clauses", clause.id), clause.sources
    yield ("negotiation", "table"), scenario.negotiation.table.sources


def _taken(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Return the rules the engine takes words from, with the keys of those words."""
    taken = dict(ENGINE_RULES)
    spec = scenario.beliefs
    if any(variable.kind == "belief" and variable.forget for variable in scenario.variables):
        taken[spec.memory_rule] = ()
    signals = [move.signal for move in scenario.moves if move.signal is not None]
    if any(signal.trust for signal in signals):
        taken |= {spec.trust_rule: (), spec.negative_rule: ()}
    if any(signal.resolve for signal in signals):
        taken[spec.resolve_rule] = ()
    if any(move.detect for move in scenario.moves):
        taken["R-M14"] = ()
    if scenario.summit is not None:
        taken |= {"R-M04": (), "R-M06": ()}
    for block in scenario.implementations:
        taken[block.rule] = ("partial", "late")
        if block.reports is not None:
            taken[block.reports.rule] = ("candid", "leak", "shown", "inquiry")
        if block.preempt is not None:
            taken[block.preempt.rule] = ("overridden",)
    if any(move.needs for move in scenario.moves):
        taken["R-A12"] = ("refused",)
    if scenario.free_moves is not None:
        taken[scenario.free_moves.rule] = ("succeeded", "failed")
    for vote in scenario.votes:
        taken.setdefault(vote.rule, ("no_votes",))
    return taken


def _texts(scenario: Scenario) -> Iterator[tuple[Place, str, str]]:
    yield ("meta",), "title", scenario.meta.title
    for team in scenario.teams:
        yield ("teams", team.id), "label", team.label
    for seat in scenario.seats:
        yield ("seats", seat.id), "label", seat.label
        if seat.brief is not None:
            yield ("seats", seat.id, "brief"), "summary", seat.brief.summary
    for variable in scenario.variables:
        yield ("variables", variable.id), "label", variable.label
    for move in scenario.moves:
        for key in ("order", "help", "effects"):
            yield ("moves", move.id, "text"), key, getattr(move.text, key)
        for number, param in enumerate(move.params):
            yield ("moves", move.id, "params", number), "label", param.label
    for rule in scenario.rules:
        yield ("rules", rule.id), "name", rule.name
        yield ("rules", rule.id), "say", rule.say
    for event in scenario.calendar:
        yield ("calendar", event.id), "title", event.title
        yield ("calendar", event.id), "text", event.text
    for inject in scenario.injects:
        yield ("injects", inject.id), "title", inject.title
        yield ("injects", inject.id), "text", inject.text
    for anchor in scenario.anchors:
        yield ("anchors", anchor.id), "title", anchor.title
        yield ("anchors", anchor.id), "text", anchor.text
    for indicator in scenario.indicators:
        yield ("indicators", indicator.id), "label", indicator.label
    for fact in scenario.facts:
        yield ("facts", fact.id), "label", fact.label
        yield ("facts", fact.id), "absent", fact.absent
    for source in scenario.sources:
        yield ("sources", source.id), "text", source.text
    for section in ("hazards", "cards", "channels", "absent"):
        for item in getattr(scenario, section):
            yield (section, item.id), "label", item.label
    for template in scenario.templates:
        yield ("templates", template.id), "label", template.label
        for number, field in enumerate(template.fields):
            yield ("templates", template.id, "fields", number), "label", field.label
    for standing in scenario.standing:
        yield ("standing", standing.id), "name", standing.name
    for card in scenario.cards:
        for number, outcome in enumerate(card.outcomes):
            yield ("cards", card.id, "outcomes", number), "text", outcome.text
    for issue in scenario.negotiation.issues:
        yield ("negotiation", "issues", issue.id), "label", issue.label
        for number, level in enumerate(issue.levels):
            yield ("negotiation", "issues", issue.id, "levels", number), "label", level.label
            yield ("negotiation", "issues", issue.id, "levels", number), "text", level.text
    for clause in scenario.negotiation.clauses:
        yield ("negotiation", "clauses", clause.id), "label", clause.label
        yield ("negotiation", "clauses", clause.id), "text", clause.text
