"""Checks of the machinery only some scenarios need: clock, cards, flashpoints, standing orders, secrets, absentees.

Also who is told what over which channel, and who answers to whom.
"""

from adjudication.scenario.places import Desk, Place
from adjudication.scenario.ranges import limits
from adjudication.scenario.schema import Card, Preset, Scenario
from adjudication.scenario.vocabulary import Vocabulary


def check_machinery(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    """Record what is wrong with the blocks only some scenarios need."""
    _clock(scenario, desk)
    for preset in scenario.presets:
        if preset.schedule:
            _schedule(scenario, desk, preset)
    for card in scenario.cards:
        _card(scenario, desk, card)
    _flashpoints(scenario, desk)
    _standing(scenario, desk)
    _secrets(scenario, words, desk)
    _absent(scenario, desk)
    _readers(scenario, words, desk)
    _superiors(scenario, desk)


def _clock(scenario: Scenario, desk: Desk) -> None:
    clock = scenario.clock
    if clock is None:
        return
    if clock.basis_hours <= 0:
        desk.add(("clock",), f"rates are quoted per {clock.basis_hours:g} hours; give more than 0", key="basis_hours")
    if len(clock.turns) != scenario.meta.turns:
        message = f"{scenario.meta.turns} turns in meta, {len(clock.turns)} on the clock; give one for each"
        desk.add(("clock",), message, key="turns")
    zones = {zone.id for zone in clock.zones}
    for number, turn in enumerate(clock.turns):
        place: Place = ("clock", "turns", number)
        if turn.hours <= 0:
            desk.add(place, f"{turn.name} lasts {turn.hours:g} hours; give more than 0", key="hours")
        for zone in turn.local:
            if zone not in zones:
                desk.unknown((*place, "local", zone), "zone", zone, zones)


def _schedule(scenario: Scenario, desk: Desk, preset: Preset) -> None:
    """Check that the turns of a schedule cover the turns it plays, in order, each once."""
    place: Place = ("presets", preset.id, "schedule")
    expected = preset.first
    for number, slot in enumerate(preset.schedule):
        first, last = slot.covers
        if first > last:
            desk.add((*place, number), f"{slot.name} covers {first} to {last}; give the first turn first", key="covers")
        elif first > expected:
            missing = f"turn {expected}" if first == expected + 1 else f"turns {expected} to {first - 1}"
            desk.add((*place, number), f"nothing covers {missing}; {slot.name} begins at {first}", key="covers")
        elif first < expected:
            desk.add((*place, number), f"{slot.name} covers turn {first}, which was covered before", key="covers")
        if slot.hours <= 0:
            desk.add((*place, number), f"{slot.name} lasts {slot.hours:g} hours; give more than 0", key="hours")
        expected = last + 1
    end = (preset.last or scenario.meta.turns) + 1
    if expected != end:
        desk.add(place, f"the schedule ends with turn {expected - 1}; the preset plays to turn {end - 1}")
    for seat in preset.budgets:
        if seat not in scenario.seat:
            desk.unknown(("presets", preset.id, "budgets", seat), "seat", seat, scenario.seat)


def _card(scenario: Scenario, desk: Desk, card: Card) -> None:
    place: Place = ("cards", card.id)
    total = sum(outcome.p for outcome in card.outcomes)
    if abs(total - 1.0) > 1e-9:
        desk.add((*place, "outcomes"), f"the chances of the outcomes add up to {total:g}, not 1")
    faces = [outcome.id for outcome in card.outcomes]
    for face in sorted({face for face in faces if faces.count(face) > 1}):
        desk.add((*place, "outcomes"), f"outcome {face!r} is given twice")
    if card.historical and card.historical not in faces:
        desk.unknown((*place, "historical"), "outcome", card.historical, faces)
    for number, outcome in enumerate(card.outcomes):
        for name, value in outcome.set.items():
            where = (*place, "outcomes", number, "set", name)
            if name.startswith("flag."):
                if value not in (0.0, 1.0):
                    desk.add(where, f"a flag is 1 (up) or 0 (down), not {value:g}")
            elif name not in scenario.variable:
                desk.unknown(where, "variable", name, scenario.variable)
            else:
                variable = scenario.variable[name]
                low, high = limits(variable.kind, variable.min, variable.max)
                if not low <= variable.init + value <= high:
                    message = f"{name} would start at {variable.init + value:g}, outside {low:g}..{high:g}"
                    desk.add(where, message)
    _drawn(scenario, desk, card.id, faces)


def _drawn(scenario: Scenario, desk: Desk, card: str, faces: list[str]) -> None:
    drawn = scenario.history.cards.get(card) if scenario.history is not None else None
    if drawn is not None and drawn not in faces:
        desk.unknown(("history", "cards", card), "outcome", drawn, faces)


def _flashpoints(scenario: Scenario, desk: Desk) -> None:
    ladder = scenario.ladder
    rungs = len(ladder.rungs) if ladder is not None else 0
    for hazard in scenario.hazards:
        place: Place = ("hazards", hazard.id)
        if (hazard.p is None) == (hazard.logit is None):
            desk.add(place, "give either p (a probability) or logit (log-odds), one of them")
        if hazard.rung and not 0 <= hazard.rung < rungs:
            known = tuple(map(str, range(rungs)))
            desk.add(place, f"there is no rung {hazard.rung} on the ladder", known, key="rung")
        if hazard.attention < 0:
            desk.add(place, f"attention is {hazard.attention:g}; it cannot be negative", key="attention")
    if ladder is not None and not 0 < ladder.ends_at <= rungs:
        desk.add(("ladder",), f"the game ends at rung {ladder.ends_at}; the rungs are 0 to {rungs - 1}", key="ends_at")
    if ladder is not None and ladder.variable != scenario.tally.war:
        desk.add(("ladder",), f"keeps {ladder.variable}; the tally reads {scenario.tally.war}", key="variable")
    known_cards = {card.id for card in scenario.cards}
    for card in scenario.history.cards if scenario.history is not None else ():
        if card not in known_cards:
            desk.unknown(("history", "cards", card), "card", card, known_cards)


def _standing(scenario: Scenario, desk: Desk) -> None:
    for order in scenario.standing:
        place: Place = ("standing", order.id)
        for seat in (order.seat, *order.countermand_by):
            if seat not in scenario.seat:
                desk.unknown(place, "seat", seat, scenario.seat)
        for move in (order.do, *([order.countermand] if order.countermand else [])):
            if move not in scenario.move:
                desk.unknown(place, "move", move, scenario.move, list_all=False)
        if order.countermand_by and not order.countermand:
            desk.add(place, "says who may countermand it, and not by which move", key="countermand_by")
        if order.after < 0:
            desk.add(place, f"{order.after} turns later; give 0 or more", key="after")


def _secrets(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    holders = {*scenario.seat, *words.sides}
    known: set[tuple[str, int]] = set()
    for issue in scenario.negotiation.issues:
        for level, secret in issue.secret_levels.items():
            place: Place = ("negotiation", "issues", issue.id, "secret_levels", str(level))
            known.add((issue.id, level))
            for name, at in (("secret level", level), ("level", secret.leaked_as)):
                if at is not None and not 0 <= at < len(issue.levels):
                    levels = tuple(map(str, range(len(issue.levels))))
                    desk.add(place, f"{issue.id} has no {name} {at}", levels)
            if not secret.holders:
                desk.add(place, "a secret needs somebody who holds it", key="holders")
            for holder in secret.holders:
                if holder not in holders:
                    desk.unknown(place, "holder", holder, holders)
    known |= {(clause.id, 1) for clause in scenario.negotiation.sides if clause.secret_ok}
    for number, leak in enumerate(scenario.leaks):
        if (leak.issue, leak.level) not in known:
            options = tuple(f"{issue} {level}" for issue, level in sorted(known))
            desk.add(("leaks", number), f"{leak.issue} has no secret level {leak.level} that could leak", options)


def _absent(scenario: Scenario, desk: Desk) -> None:
    levels = {issue.id: len(issue.levels) for issue in scenario.negotiation.deal_issues}
    for party in scenario.absent:
        place: Place = ("absent", party.id)
        if party.seat and party.seat not in scenario.seat:
            desk.unknown((*place, "seat"), "seat", party.seat, scenario.seat)
        for key, table in (("executes", party.executes), ("lowers_to", party.lowers_to)):
            for issue, level in table.items():
                if issue not in levels:
                    desk.unknown((*place, key, issue), "issue", issue, levels)
                elif not 0 <= level < levels[issue]:
                    desk.add((*place, key, issue), f"{issue} has no level {level}", map(str, range(levels[issue])))
        for issue, values in party.values.items():
            if issue not in levels:
                desk.unknown((*place, "values", issue), "issue", issue, levels)
            elif len(values) != levels[issue]:
                message = f"{issue} has {levels[issue]} levels, {len(values)} values given"
                desk.add((*place, "values", issue), message)
        for issue, level in party.lowers_to.items():
            if issue in party.executes and level >= party.executes[issue]:
                desk.add((*place, "lowers_to", issue), f"a refusal must lower {issue} below {party.executes[issue]}")


def _readers(scenario: Scenario, words: Vocabulary, desk: Desk) -> None:
    """Check the seats that things open to, are told to, or travel between."""
    told: list[tuple[Place, tuple[str, ...]]] = []
    told += [(("hazards", hazard.id, "to"), hazard.to) for hazard in scenario.hazards]
    told += [(("calendar", event.id, "to"), event.to) for event in scenario.calendar]
    told += [(("channels", channel.id, "from"), channel.source) for channel in scenario.channels]
    told += [(("channels", channel.id, "to"), channel.to) for channel in scenario.channels]
    for section, gated in (("variables", scenario.variables), ("facts", scenario.facts)):
        key = "hidden_until" if section == "variables" else "see_when"
        for item in gated:
            told += [((section, item.id, key, n, "seats"), gate.seats) for n, gate in enumerate(getattr(item, key))]
    known = {*scenario.seat, *words.sides, *(seat.role for seat in scenario.seats)}
    for place, readers in told:
        for reader in readers:
            if reader not in known and reader != "all":
                desk.unknown(place, "seat", reader, known)
    for veil in scenario.veils:
        for side in veil.sides:
            if side not in words.sides:
                desk.unknown(("veils", veil.id, "sides"), "side", side, words.sides)
        for reader in veil.insiders:
            if reader not in known:
                desk.unknown(("veils", veil.id, "insiders"), "seat", reader, known)
    for channel in scenario.channels:
        if channel.delay < 0:
            desk.add(("channels", channel.id), f"a delay of {channel.delay} turns; give 0 or more", key="delay")


def _superiors(scenario: Scenario, desk: Desk) -> None:
    for seat in scenario.seats:
        if seat.superior and seat.superior not in scenario.seat:
            desk.unknown(("seats", seat.id, "superior"), "seat", seat.superior, scenario.seat)
        elif seat.superior and scenario.seat[seat.superior].side != seat.side:
            desk.add(
                ("seats", seat.id), f"{seat.superior} is on another side and cannot give it orders", key="superior"
            )
