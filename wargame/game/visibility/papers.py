"""Show papers to their drafter and to whoever was asked to clear them, released ones to those they were sent to.

The chain, its notes and the tracked changes never leave the drafting side; an addressee gets the text, its number and
nothing else. What a statement is meant to say is its issuer's alone, what it was taken to say each reader's alone; a
tasking is between who asks and who is asked. Control sees all of it.
"""

from msgspec.structs import replace

from adjudication.scenario.schema import PaperTemplate, Scenario
from negotiation.cables import Paper, Tasking
from wargame.game import case
from wargame.game.entities import (
    ClearanceSeen,
    MeaningSeen,
    PaperChangeSeen,
    PaperFieldSeen,
    PaperFormSeen,
    PaperSeen,
    ReceiptSeen,
    StatementReadingSeen,
    TaskingSeen,
)
from wargame.game.events import (
    ItemOpened,
    PaperCleared,
    PaperDrafted,
    PaperEdited,
    PaperReleased,
    PaperReturned,
    PaperSent,
    PaperWithdrawn,
    Recorded,
    StatementMeant,
    StatementWasRead,
    TaskingAsked,
    TaskingClosed,
    TaskingExtended,
    TaskingLate,
    TaskingTaken,
)
from wargame.game.ids import View, seat_view
from wargame.game.state import State
from wargame.game.visibility.base import Disclosure, Rows, everyone, seats_and_control, show

Moved = PaperDrafted | PaperEdited | PaperSent | PaperCleared


# --- forms ------------------------------------------------------------------------------------
def form_rows(state: State, scenario: Scenario) -> Rows:
    """Yield the forms of the case to everybody: the fields alike, the rest as the reader may use it."""
    for template in scenario.templates:
        for view in everyone(state):
            yield Disclosure(view, "template", template.id, _form_seen(scenario, template, view))


def _form_seen(scenario: Scenario, template: PaperTemplate, view: View) -> PaperFormSeen:
    seat = view.removeprefix("seat:") if view.startswith("seat:") else ""
    drafts = bool(seat) and (not template.seats or seat in template.seats)
    return PaperFormSeen(
        id=template.id,
        label=template.label,
        kind=template.kind,
        fields=tuple(
            PaperFieldSeen(
                id=one.id, label=one.label, lines=one.lines, required=one.required, help=one.help, choices=one.choices
            )
            for one in template.fields
        ),
        public=template.public,
        receipts=template.receipts,
        due=template.due,
        may_draft=drafts,
        to=case.addressees(scenario, template, seat) if drafts else (),
        clearance=case.clearance(scenario, template, seat, ()) if drafts else (),
        say=template.say,
        sources=template.sources,
    )


# --- papers -----------------------------------------------------------------------------------
def _plain(recorded: Recorded, scenario: Scenario, paper: Paper, *, turn: int) -> PaperSeen:
    """Return a paper as anybody may see it who may see its text: nothing of how it came about."""
    template = scenario.template[paper.template]
    return PaperSeen(
        id=paper.id,
        template=paper.template,
        kind=template.kind,
        ref="",
        seat=paper.seat,
        to=paper.to,
        public=template.public,
        fields=paper.fields,
        status="received",
        version=0,
        steps=(),
        edits=(),
        returned_by="",
        reason="",
        released_by="",
        reply_to=paper.reply_to,
        reply_ref=paper.reply_ref,
        turn=turn,
        game_date=recorded.game_date,
        at_ms=recorded.at_ms,
    )


def _inside(recorded: Recorded, scenario: Scenario, paper: Paper, *, turn: int) -> PaperSeen:
    """Return a paper as those see it who draft and clear it."""
    return replace(
        _plain(recorded, scenario, paper, turn=turn),
        status=paper.status,
        version=paper.version,
        steps=tuple(
            ClearanceSeen(step=number + 1, seat=one.seat, state=one.state, note=one.note, again=one.again)
            for number, step in enumerate(paper.steps)
            for one in step
        ),
        edits=tuple(
            PaperChangeSeen(seat=one.seat, field=one.field, before=one.before, after=one.after) for one in paper.edits
        ),
    )


def moved(recorded: Recorded, fact: Moved, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield a paper on the desk to its drafter, to all who were asked so far, and to Control."""
    paper = after.papers[fact.paper]
    seen = _inside(recorded, scenario, paper, turn=after.turn)
    return show(seats_and_control([paper.seat, *paper.readers]), "paper", paper.id, seen)


def returned(recorded: Recorded, fact: PaperReturned, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield who sent it back and why."""
    paper = after.papers[fact.paper]
    seen = replace(
        _inside(recorded, scenario, paper, turn=after.turn), returned_by=fact.seat, reason=fact.reason
    )  # fmt: skip
    return show(seats_and_control([paper.seat, *paper.readers]), "paper", paper.id, seen)


def withdrawn(recorded: Recorded, fact: PaperWithdrawn, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield to those who knew of it that it will not go out."""
    paper = before.papers[fact.paper]
    seen = replace(_inside(recorded, scenario, paper, turn=after.turn), status="withdrawn")
    return show(seats_and_control([paper.seat, *paper.readers]), "paper", paper.id, seen)


def released(recorded: Recorded, fact: PaperReleased, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield it with its history to those who made it, and as a plain text under its number to those it went to."""
    paper = before.papers[fact.paper]
    inside = seats_and_control([paper.seat, *paper.readers])
    whole = replace(
        _inside(recorded, scenario, paper, turn=after.turn), status="released", ref=fact.ref, released_by=fact.by
    )
    yield from show(inside, "paper", paper.id, whole)
    readers = everyone(after) if fact.public else [seat_view(seat) for seat in paper.to if seat in after.seats]
    plain = replace(_plain(recorded, scenario, paper, turn=after.turn), ref=fact.ref)
    yield from show([view for view in readers if view not in inside], "paper", paper.id, plain)


def item_opened(recorded: Recorded, fact: ItemOpened, before: State, after: State, scenario: Scenario) -> Rows:
    """Yield a receipt where the form of an opened paper gives one: to its drafter, the reader and Control."""
    if fact.kind != "paper":
        return
    out = next((one for one in after.files.get(fact.seat, ()) if one.id == fact.key), None)
    if out is None or not out.receipt or not out.got:
        return
    seen = ReceiptSeen(paper=out.id, seat=fact.seat, at_ms=recorded.at_ms)
    yield from show(seats_and_control([out.seat, fact.seat]), "receipt", f"{out.id}:{fact.seat}", seen)


# --- meaning and reading ----------------------------------------------------------------------
def meant(recorded: Recorded, fact: StatementMeant, before: State, after: State) -> Rows:
    """Yield what a statement is meant to signal to its issuer and Control."""
    seen = MeaningSeen(paper=fact.paper, seat=fact.seat, text=fact.text, turn=after.turn, at_ms=recorded.at_ms)
    return show(seats_and_control([fact.seat]), "meaning", fact.paper, seen)


def was_read(recorded: Recorded, fact: StatementWasRead, before: State, after: State) -> Rows:
    """Yield what a seat took a statement to mean to that seat and Control; its issuer never learns of it in play."""
    seen = StatementReadingSeen(
        paper=fact.paper, seat=fact.seat, text=fact.text, turn=after.turn, at_ms=recorded.at_ms
    )  # fmt: skip
    return show(seats_and_control([fact.seat]), "statement_reading", f"{fact.paper}:{fact.seat}", seen)


# --- taskings ---------------------------------------------------------------------------------
def _tasking_rows(state: State, seen: TaskingSeen) -> Rows:
    parties = [seat for seat in (seen.seat, seen.to) if seat in state.seats]
    return show(seats_and_control(parties), "tasking", seen.id, seen)


def _tasking_seen(tasking: Tasking, at_ms: int) -> TaskingSeen:
    return TaskingSeen(
        id=tasking.id,
        kind=tasking.kind,
        ref=tasking.ref,
        seat=tasking.seat,
        to=tasking.to,
        text=tasking.text,
        turn=tasking.turn,
        due=tasking.due,
        paper=tasking.paper,
        state="late" if tasking.late else "taken" if tasking.taken else "open",
        taken=tasking.taken,
        late=tasking.late,
        answer="",
        at_ms=at_ms,
    )


def tasking_asked(recorded: Recorded, fact: TaskingAsked, before: State, after: State) -> Rows:
    """Yield a new tasking to both ends and Control."""
    return _tasking_rows(after, _tasking_seen(fact.tasking, recorded.at_ms))


def tasking_moved(
    recorded: Recorded, fact: TaskingTaken | TaskingExtended | TaskingLate, before: State, after: State
) -> Rows:
    """Yield that it was taken, given more time, or is late."""
    return _tasking_rows(after, _tasking_seen(after.taskings[fact.tasking], recorded.at_ms))


def tasking_closed(recorded: Recorded, fact: TaskingClosed, before: State, after: State) -> Rows:
    """Yield how it was closed."""
    seen = replace(_tasking_seen(before.taskings[fact.tasking], recorded.at_ms), state=fact.how, answer=fact.text)
    return _tasking_rows(after, seen)
