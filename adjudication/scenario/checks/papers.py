"""Checks of the templates of papers: who may draft, to whom, who clears, and that a number can be told from others."""

from collections.abc import Iterator

from adjudication.scenario.papers import ADDRESSEES, PaperTemplate
from adjudication.scenario.places import Desk, Place
from adjudication.scenario.schema import Scenario
from negotiation.cables import MARKS, marks_of

MOST_FIELDS = 12
NEEDED = ("seat", "to", "n")
"""What every reference number has to name, so that no two papers a reader gets have the same."""
ANSWERED = ("rfi", "tasking")


def check_papers(scenario: Scenario, desk: Desk) -> None:
    """Record every fault of the templates."""
    for template in scenario.templates:
        place: Place = ("templates", template.id)
        _names(scenario, template, desk)
        _fields(template, desk)
        _reference(template, desk)
        _clearance(scenario, template, desk)
        if template.kind in ANSWERED and template.due < 0:
            desk.add(place, f"due in {template.due} turns; give 0 (the same turn) or more", key="due")
        if template.kind in ANSWERED and template.public:
            desk.add(place, f"a paper of kind {template.kind!r} is answered by its addressee; it cannot be public")


def drafters(scenario: Scenario, template: PaperTemplate) -> tuple[str, ...]:
    """Return the seats that may write by a template."""
    return template.seats or tuple(scenario.seat)


def _names(scenario: Scenario, template: PaperTemplate, desk: Desk) -> None:
    place: Place = ("templates", template.id)
    for seat in template.seats:
        if seat not in scenario.seat:
            desk.unknown((*place, "seats"), "seat", seat, scenario.seat)
    for word in template.to:
        if word not in scenario.seat and word not in ADDRESSEES:
            desk.unknown((*place, "to"), "addressee", word, (*scenario.seat, *ADDRESSEES))
    if not template.to and not template.public:
        desk.add(place, "goes to nobody; name addressees or make it public", ADDRESSEES, key="to")


def _fields(template: PaperTemplate, desk: Desk) -> None:
    place: Place = ("templates", template.id, "fields")
    if not template.fields or len(template.fields) > MOST_FIELDS:
        desk.add(place, f"{len(template.fields)} fields; give 1 to {MOST_FIELDS}")
        return
    ids = [field.id for field in template.fields]
    for number, field in enumerate(template.fields):
        if field.id in ids[:number]:
            desk.add((*place, number), f"the field {field.id!r} is given twice", key="id")
        if field.id == "to":
            desk.add((*place, number), "`to` is the line of addressees; name the field otherwise", key="id")
        if not 1 <= field.lines <= 20:
            desk.add((*place, number), f"{field.lines} lines; give 1 to 20", key="lines")
        if len(field.choices) == 1:
            desk.add((*place, number), "a choice of one is none; give two or more, or drop `choices`", key="choices")
    first = template.fields[0]
    if not first.required or first.lines != 1 or first.choices:
        desk.add((*place, 0), "the first field names the paper in lists: one line, required, no choices")


def _reference(template: PaperTemplate, desk: Desk) -> None:
    place, named = ("templates", template.id), marks_of(template.reference)
    for mark in named:
        if mark not in MARKS:
            desk.add(place, f"the pattern names {{{mark}}}", [f"{{{one}}}" for one in MARKS], key="reference")
    for mark in NEEDED:
        if mark not in named:
            why = "numbers run within what one seat sends the same addressees, so that none tells of papers to others"
            desk.add(place, f"the pattern lacks {{{mark}}}: {why}", [f"{{{one}}}" for one in MARKS], key="reference")


def _clearance(scenario: Scenario, template: PaperTemplate, desk: Desk) -> None:
    sides = {scenario.seat[seat].side for seat in drafters(scenario, template) if seat in scenario.seat}
    met: set[str] = set()
    for place, seat in _clearers(template):
        if seat not in scenario.seat:
            desk.unknown(place, "seat", seat, scenario.seat)
        elif scenario.seat[seat].side not in sides:
            desk.add(place, f"{seat} is never asked: no seat of its side may draft this paper", sorted(sides))
        if seat in met:
            desk.add(place, f"{seat} is asked in two steps; once is enough")
        met.add(seat)


def _clearers(template: PaperTemplate) -> Iterator[tuple[Place, str]]:
    for number, step in enumerate(template.clearance):
        for seat in step:
            yield ("templates", template.id, "clearance", number), seat
