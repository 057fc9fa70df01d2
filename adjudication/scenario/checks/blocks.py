"""Checks of the parameter blocks, of promised directions and of the bargaining block against the rest of the case."""

from collections.abc import Iterator

from adjudication.scenario.names import implementation
from adjudication.scenario.places import Desk, Place
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Scenario
from adjudication.scenario.signs import against
from adjudication.scenario.vocabulary import Vocabulary
from negotiation.problems import problems

MAX_PACKAGES = 2_000_000
"""As many packages as a machine can enumerate while people wait."""


def check_blocks(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    """Record names in parameter blocks that are not there, promises not kept, and faults of the bargaining."""
    _variables(scenario, desk)
    _moves(scenario, words, desk)
    _promises(scenario, words, desk)
    _packages(scenario, desk)
    _conduct(scenario, desk)
    known = words.names | set(scenario.flags)
    for problem in problems(scenario.negotiation, variables=known, seats=set(scenario.seat)):
        steps = (
            int(step) if step.isdigit() else step for step in problem.path.replace("[", ".").replace("]", "").split(".")
        )
        desk.add(("negotiation", *steps), problem.message, problem.allowed)


def _variables(scenario: Scenario, desk: Desk) -> None:
    for section, names in variables_used(scenario):
        for name in names:
            if name and name not in scenario.variable:
                desk.unknown(section, "variable", name, scenario.variable)
    k = scenario.commitments
    for issue in (*k.broken, *k.by_order, *k.plain, *([k.snapback[0]] if k.snapback else [])):
        if issue not in scenario.issues:
            desk.unknown(("commitments",), "issue", issue, scenario.issues)


ORAL = 3.0
"""What the variable of the form says of an oral understanding."""


def _conduct(scenario: Scenario, desk: Desk) -> None:
    """Record what is wrong with the numbers of open conduct and with who may notice a breach."""
    spec = scenario.commitments.conduct
    form = scenario.variable.get(scenario.commitments.form)
    if scenario.negotiation.table.oral and form is not None and limits(form.kind, form.min, form.max)[1] < ORAL:
        message = f"{form.id} needs `max: 3` or more: 3 stands for the oral understandings this case allows"
        desk.add(("variables", form.id), message, key="max")
    place: Place = ("commitments", "conduct")
    if spec.grace < 0:
        desk.add(place, f"{spec.grace} turns of grace; give 0 or more", key="grace")
    for kind, cost in (("late", spec.late), ("suspended", spec.suspended), ("withdrawn", spec.withdrawn)):
        if cost.trust > 0:
            desk.add((*place, kind), f"trust {cost.trust:g}: not doing what was signed wins nobody trust", key="trust")
    if spec.suspicion is None:
        return
    for key in ("unseen", "alarm", "means"):
        chance = getattr(spec.suspicion, key)
        if not 0.0 <= chance <= 1.0:
            desk.add((*place, "suspicion"), f"a chance of {chance:g}; it lies between 0 and 1", key=key)
    for issue, seats in spec.suspicion.observers.items():
        if issue not in scenario.issues:
            desk.unknown((*place, "suspicion", "observers", issue), "issue", issue, scenario.issues)
        for seat in seats:
            if seat not in scenario.seat:
                desk.unknown((*place, "suspicion", "observers", issue), "seat", seat, scenario.seat)


def variables_used(scenario: Scenario) -> Iterator[tuple[Place, tuple[str, ...]]]:
    """Yield the variables each parameter block names; an empty name leaves that part of the form out."""
    h, b, t, k = scenario.hazard, scenario.beliefs, scenario.tally, scenario.commitments
    if h is not None:
        names = (h.ref, h.posture, h.hotline, h.personalization, h.rapport, h.institution, h.deterrence, h.audience)
        yield ("hazard",), names
        yield ("tally",), (t.noclash, t.nowar, t.clashes)
    yield ("beliefs",), (*b.trust.values(), *b.resolve.values(), *b.audience.values())
    yield ("tally",), (t.war, t.points)
    yield ("commitments",), (k.strength, k.form, k.clock, *k.trust, k.institution)
    for number, block in enumerate(scenario.implementations):
        yield implementation(number), (block.align, block.process_variable, block.capacity)
    yield ("interaction",), (scenario.interaction.variable,)
    if scenario.summit is not None:
        yield ("summit",), (scenario.summit.count,)
    if scenario.ladder is not None:
        yield ("ladder",), (scenario.ladder.variable,)


def _moves(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    ordered: list[tuple[Place, str]] = []
    sides: list[tuple[Place, str]] = [(("interaction",), side) for side in scenario.interaction.sides]
    sides += [(("interaction", "counts_as"), side) for side in scenario.interaction.counts_as]
    sides += [(("beliefs", "audience"), side) for side in scenario.beliefs.audience]
    if scenario.summit is not None:
        ordered += [(("summit", "orders"), order) for order in scenario.summit.orders]
    if scenario.hazard is not None:
        ordered += [(("hazard", "volatile"), order) for order in scenario.hazard.volatile]
    for number, block in enumerate(scenario.implementations):
        sides.append((implementation(number), block.side))
        ordered += [(implementation(number), order) for order in (block.slow_walk, block.focus) if order]
        if block.preempt is not None:
            ordered.append(((*implementation(number), "preempt", "move"), block.preempt.move))
            known = scenario.move.get(block.preempt.move)
            if known is not None and not any(param.id == "target" for param in known.params):
                place: Place = (*implementation(number), "preempt", "move")
                desk.add(place, f"{known.id} needs a parameter `target`: which order it overrules")
        if block.reports is not None:
            candid = (block.reports.candid,) if block.reports.candid else ()
            ordered += [((*implementation(number), "reports"), order) for order in (*candid, *block.reports.shown)]
    for where, order in ordered:
        if order not in scenario.move:
            desk.unknown(where, "move", order, scenario.move, list_all=False)
    for where, side in sides:
        if side not in words.sides:
            desk.unknown(where, "side", side, words.sides)


def _promises(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    for number, promise in enumerate(scenario.monotone):
        for name in (promise.cause, promise.effect):
            if name not in words.names and name not in scenario.move:
                desk.unknown(("monotone", number), "name", name, words.names)
        for rule, found in against(scenario, words.signs, promise.cause, promise.effect, promise.sign):
            word = f"may move {promise.effect} either way" if found == "unknown" else f"moves {promise.effect} {found}"
            desk.add(("rules", rule), f"{word} as {promise.cause} rises; promised: {promise.sign}")


def _packages(scenario: Scenario, desk: Desk) -> None:
    space = scenario.negotiation.space
    if space.size <= MAX_PACKAGES:
        return
    widest = sorted(zip(space.shape, (issue.id for issue in space.issues), strict=True), reverse=True)[:3]
    need = -(-space.size // MAX_PACKAGES)
    advice = ", ".join(f"{issue} ({levels} levels)" for levels, issue in widest)
    message = f"{space.size:,} packages; at most {MAX_PACKAGES:,} can be enumerated"
    desk.add(
        ("negotiation", "issues"),
        f"{message}: merge issues or drop levels until there are {need:,} times fewer, first {advice}",
    )
