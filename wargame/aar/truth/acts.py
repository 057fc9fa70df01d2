"""What people and bots did, one act a row: the raw material of participation and response times.

Owns which facts are acts of a seat, who of its delegation did each, and which of them are words to somebody else.
What the server did, and what Control did or said in somebody's place, is nobody's act.
"""

from itertools import pairwise
from typing import NamedTuple

from negotiation.rooms import PRESS
from wargame.aar.chronicle import Chronicle
from wargame.game import events as ev
from wargame.game.events import Recorded

KINDS = (
    "messages", "letters", "papers", "texts", "briefings", "requests", "answers", "arguments", "orders", "free_moves",
    "drafts", "clearances", "readings", "opened", "other",
)  # fmt: skip
"""What can be counted of a seat: press, talk and what was overheard are `messages`; `papers` went out, `texts` are
steps at the table, `readings` what a statement or clause was taken or meant to say, in private."""
WORDS = frozenset({"messages", "letters", "papers", "texts", "briefings", "requests", "answers", "arguments"})
"""What others hear, read or are asked: who does none of it is silent."""


class Act(NamedTuple):
    """Something a seat did. `person` is empty for a bot; `words` counts the words of what was said."""

    seq: int
    at_ms: int
    turn: int
    seat: str
    person: str
    kind: str
    words: int


def acts(log: Chronicle) -> list[Act]:
    """Return every act of every seat, in order."""
    owners = {asked.tasking.id: asked.tasking.to for _, asked in log.of(ev.TaskingAsked)}
    drafted: set[str] = set()
    found = []
    for before, recorded in pairwise((None, *log.events)):
        if recorded is None or _wire_of_a_paper(before, recorded):
            continue
        if recorded.actor.kind not in ("person", "seat_bot") or recorded.actor.role == "control":
            continue
        what = _talk(recorded.payload) or _desk(recorded.payload, owners) or _table(recorded.payload)
        if what is None or what[1] not in log.case.seat:
            continue
        kind, seat, text = what
        if isinstance(recorded.payload, ev.OrderDrafted):
            kind = "drafts" if recorded.payload.order in drafted else kind
            drafted.add(recorded.payload.order)
        person = recorded.actor.person if recorded.actor.kind == "person" else ""
        turn = log.turn_of[recorded.seq]
        found.append(Act(recorded.seq, recorded.at_ms, turn, seat, person, kind, len(text.split())))
    return found


def _wire_of_a_paper(before: Recorded | None, recorded: Recorded) -> bool:
    """Tell whether a message is the words of a public paper that has just gone out: that is one act, not two."""
    paper = None if before is None else before.payload
    said = recorded.payload
    return (
        isinstance(paper, ev.PaperReleased) and paper.public and isinstance(said, ev.MessagePosted)
        and said.room == PRESS and before is not None and before.at_ms == recorded.at_ms
    )  # fmt: skip


class Mark(NamedTuple):
    """That a seat had read a room up to a message. `person` is empty for a bot."""

    seq: int
    room: str
    seat: str
    person: str
    upto: int


def marks(log: Chronicle) -> list[Mark]:
    """Return every reading mark, in order; whoever writes in a room has read what stands above it."""
    found = []
    for recorded in log.events:
        fact, by = recorded.payload, recorded.actor
        person = by.person if by.kind == "person" else ""
        if isinstance(fact, ev.RoomWasRead):
            found.append(Mark(recorded.seq, fact.room, fact.seat, person, fact.upto))
        elif isinstance(fact, ev.MessagePosted) and not fact.held and not fact.spoken_by:
            found.append(Mark(recorded.seq, fact.room, fact.seat, person, fact.number))
    return found


What = tuple[str, str, str]
"""Kind of act, seat, and what was said."""


def _talk(fact: ev.Payload) -> What | None:
    match fact:
        case ev.MessagePosted() if not fact.held and not fact.spoken_by:
            return "messages", fact.seat, fact.text
        case ev.MessageHeld() if not fact.spoken_by:
            return "messages", fact.seat, fact.text
        case ev.LetterSent():
            return "letters", fact.seat, fact.text
        case ev.EstimateBriefed():
            return "briefings", fact.seat, fact.note
        case ev.FreeMoveArgued():
            return "arguments", fact.seat, fact.text
        case ev.AppealLodged():
            return "arguments", fact.seat, fact.text
        case ev.ItemOpened():
            return "opened", fact.seat, ""
        case ev.SeatReadied() | ev.OrdersSubmitted() | ev.OrdersReopened() | ev.RoomWasRead() | ev.OrderWithdrawn():
            return "other", fact.seat, ""
    return None


def _desk(fact: ev.Payload, owners: dict[str, str]) -> What | None:
    match fact:
        case ev.OrderDrafted():
            return "orders", fact.seat, ""
        case ev.FreeMoveProposed():
            return "free_moves", fact.seat, fact.action
        case ev.PaperDrafted():
            return "drafts", fact.seat, " ".join(fact.fields.values())
        case ev.PaperEdited():
            return "drafts", fact.seat, ""
        case ev.PaperReleased():
            return "papers", fact.by, ""
        case ev.PaperCleared() | ev.PaperReturned():
            return "clearances", fact.seat, getattr(fact, "note", "") or getattr(fact, "reason", "")
        case ev.StatementMeant() | ev.StatementWasRead():
            return "readings", fact.seat, fact.text
        case ev.TaskingAsked():
            return "requests", fact.tasking.seat, fact.tasking.text
        case ev.TaskingClosed(how="answered") | ev.TaskingClosed(how="declined"):
            return "answers", owners.get(fact.tasking, ""), fact.text
        case ev.ConsentAsked():
            return "requests", fact.seat, fact.note
        case ev.ConsentAnswered():
            return "answers", fact.seat, fact.note
    return None


def _table(fact: ev.Payload) -> What | None:
    match fact:
        case ev.OfferDrafted():
            return "drafts", fact.author, fact.note
        case ev.OfferHeld(answer=None) | ev.OfferTabled():
            return "texts", fact.offer.partition(":")[0], ""
        case ev.OfferHeld(answer=ev.OfferCountered() as answer):
            return "texts", answer.by or answer.seat, answer.note
        case ev.OfferCountered():
            return "texts", fact.by or fact.seat, fact.note
        case ev.OfferMarked() | ev.OfferAccepted() | ev.OfferInitialled():
            return "texts", fact.by or fact.seat, ""
        case ev.OfferSigned() | ev.OfferCameBack() | ev.OfferSponsored():
            return "texts", fact.seat, ""
        case ev.OfferWalkedOut() | ev.OfferRecessed():
            return "texts", fact.seat, fact.reason
        case ev.OfferParaphrased():
            return "readings", fact.seat, fact.text
        case ev.PadEdited():
            return "drafts", fact.seat, ""
        case ev.ObligationChosen() | ev.OfferWidened() | ev.PadShared() | ev.MandateGiven(principal=_):
            return "other", getattr(fact, "principal", "") or fact.seat, ""
        case ev.AgreementSuspended() | ev.AgreementWithdrawn() | ev.AgreementReaffirmed():
            return "texts", fact.seat, getattr(fact, "reason", "")
    return None
