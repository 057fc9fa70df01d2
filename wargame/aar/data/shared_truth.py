"""Which events of a log players may be handed once the whole truth was shared with them, and which fields of them.

Owns the list: what the report of the truth speaks of, and what everybody saw. A kind that is not on it stays with
Control: its own papers, whom it helped or reminded, what somebody allows. A test wants every kind on exactly one side.
"""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from wargame.game.events import Recorded

OF_CONTROL = frozenset({
    # its own papers: notes, the master list, words to one seat, the second umpire, copies of the game
    "note.pinned", "inject.written", "inject.approved", "inject.held", "inject.marked", "inject.passed",
    "inject.removed", "inject.restored", "inject.retimed", "inject.skipped", "inject.timed", "seat.nudged",
    "umpire.appointed", "outcome.rated", "outcomes.reviewed", "ruling.taken", "game.branched",
    # its housekeeping
    "lobby.set", "phase.set", "reminders.set", "rights.set", "persona.spoke",
    # what concerns one person or seat alone
    "consent.chosen", "person.readmitted", "person.relinked", "person.extended", "seat.preferred", "seats.drawn",
    "seat.extended", "overtime.ended", "debrief.answered",
})  # fmt: skip
"""Kinds players are never handed."""
TOLD = frozenset({
    # the game, its clock and its seats
    "game.created", "game.ended", "game.forked", "game.paused", "game.resumed", "game.rewound", "game.started",
    "checkpoint.made", "clock.extended", "deadline.missed", "phase.entered", "quiet.set", "turn.opened",
    "turn.proposed", "turn.reproposed", "turn.resolved", "person.joined", "person.removed", "person.renamed",
    "bot.stood_in", "deputy.named", "pen.passed", "pen.taken", "seat.bot_set", "seat.dropped", "seat.handed_over",
    "seat.left", "seat.readied", "seat.returned", "seat.taken", "screens.locked",
    # what seats said, wrote and read
    "conference.called", "conference.moved", "conference.steered", "item.opened", "letter.arrived", "letter.sent",
    "line.drawn", "line.set", "message.held", "message.intercepted", "message.leaked", "message.pinned",
    "message.posted", "room.opened", "room.read", "paper.cleared", "paper.drafted", "paper.edited", "paper.released",
    "paper.returned", "paper.sent", "paper.withdrawn", "statement.meant", "statement.read", "tasking.asked",
    "tasking.closed", "tasking.extended", "tasking.late", "tasking.taken", "estimate.briefed", "estimates.made",
    # what they ordered
    "order.drafted", "order.withdrawn", "orders.locked", "orders.reopened", "orders.submitted", "standing.filed",
    "standing.posted", "consent.answered", "consent.asked", "consent.withdrawn", "mandate.ended", "mandate.given",
    "freemove.admitted", "freemove.argued", "freemove.asked", "freemove.circulated", "freemove.ended",
    "freemove.estimated", "freemove.framed", "freemove.proposed", "appeal.answered", "appeal.lodged",
    "argument.granted",
    # what they agreed
    "agreement.reaffirmed", "agreement.suspended", "agreement.withdrawn", "obligation.chosen", "offer.accepted",
    "offer.came_back", "offer.countered", "offer.drafted", "offer.ended", "offer.held", "offer.initialled",
    "offer.marked", "offer.paraphrased", "offer.recessed", "offer.returned", "offer.signed", "offer.sponsored",
    "offer.tabled", "offer.unsigned", "offer.walked_out", "offer.widened", "pad.edited", "pad.shared",
    # what Control did that the report tells of, the assessment, and the debrief everybody sat in
    "inject.sent", "inject.undone", "ruling.made", "ruling.dropped", "assess.rated", "assess.planned",
    "assess.dropped", "debrief.opened", "debrief.stepped", "debrief.lifted", "debrief.posed", "debrief.revealed",
    "debrief.closed",
})  # fmt: skip
"""Kinds players are handed."""
BLANK: dict[str, dict[str, Any]] = {
    "person.joined": {"rights": (), "wishes": (), "link": 0},
    "person.removed": {"reason": ""},
    "phase.entered": {"own": (), "stand_ins": {}},
}
"""By kind, what else of it is Control's, and what stands there instead: rights and wishes, extra time of a person."""


def handed(log: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """Return the events players are handed, without what of them is Control's."""
    return tuple(_without(one, BLANK.get(one.kind)) for one in log if one.kind in TOLD)


def _without(one: Recorded, blank: dict[str, Any] | None) -> Recorded:
    return replace(one, payload=replace(one.payload, **blank)) if blank else one
