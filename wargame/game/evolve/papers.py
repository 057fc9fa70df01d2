"""Fold facts about papers and taskings. Only what is open is kept, and of what went out the newest few of each file."""

from msgspec.structs import replace

from negotiation import cables
from negotiation.cables import Filed, Paper
from wargame.game.events import (
    PaperCleared,
    PaperDrafted,
    PaperEdited,
    PaperReleased,
    PaperReturned,
    PaperSent,
    PaperWithdrawn,
    Recorded,
    StatementMeant,
    TaskingAsked,
    TaskingClosed,
    TaskingExtended,
    TaskingLate,
    TaskingTaken,
)
from wargame.game.evolve.base import drop, put
from wargame.game.state import PAPERS_REMEMBERED, State


def _with(state: State, paper: Paper) -> State:
    return replace(state, papers=put(state.papers, paper.id, paper))


def drafted(state: State, fact: PaperDrafted, recorded: Recorded) -> State:
    """Put a new draft on the desk."""
    paper = Paper(
        id=fact.paper,
        template=fact.template,
        seat=fact.seat,
        to=fact.to,
        fields=fact.fields,
        turn=state.turn,
        reply_to=fact.reply_to,
        reply_ref=fact.reply_ref,
    )
    return _with(state, paper)


def edited(state: State, fact: PaperEdited, recorded: Recorded) -> State:
    """Write the changes in. Those of a draft nobody else has read leave no track."""
    paper = state.papers[fact.paper]
    fields = {**paper.fields, **{one.field: one.after for one in fact.changes if one.field != cables.ADDRESSEES}}
    now = replace(
        paper,
        fields={key: text for key, text in fields.items() if text},
        to=fact.to,
        version=fact.version,
        edits=cables.tracked(paper.edits, fact.changes) if paper.readers else paper.edits,
        status=fact.status,
        steps=fact.steps,
    )
    return _with(state, _seen_by_asked(now))


def _seen_by_asked(paper: Paper) -> Paper:
    fresh = tuple(seat for seat in cables.waiting_for(paper.steps) if seat not in paper.readers)
    return replace(paper, readers=(*paper.readers, *fresh))


def sent(state: State, fact: PaperSent, recorded: Recorded) -> State:
    """Send it round: who is asked has seen it from now on."""
    paper = replace(state.papers[fact.paper], steps=fact.steps, status=fact.status)
    return _with(state, _seen_by_asked(paper))


def cleared(state: State, fact: PaperCleared, recorded: Recorded) -> State:
    """Note a clearance; the next step may be asked with it."""
    paper = replace(state.papers[fact.paper], steps=fact.steps, status=fact.status)
    return _with(state, _seen_by_asked(paper))


def returned(state: State, fact: PaperReturned, recorded: Recorded) -> State:
    """Put it back on its drafter's desk."""
    return _with(state, replace(state.papers[fact.paper], status="returned"))


def released(state: State, fact: PaperReleased, recorded: Recorded) -> State:
    """Take it off the desk and into the files of all who know of it."""
    paper = state.papers[fact.paper]
    got = set(state.seats) if fact.public else set(paper.to)
    files = dict(state.files)
    for seat in sorted({paper.seat, *paper.readers, *got} & set(state.seats)):
        filed = Filed(
            id=paper.id,
            ref=fact.ref,
            seat=paper.seat,
            public=fact.public,
            receipt=fact.receipts,
            own=seat == paper.seat,
            got=seat in got and seat != paper.seat,
            meant=paper.meant,
        )
        files[seat] = (*files.get(seat, ()), filed)[-PAPERS_REMEMBERED:]
    return replace(
        state,
        papers=drop(state.papers, paper.id),
        files=files,
        series=put(state.series, fact.series, fact.number),
    )


def withdrawn(state: State, fact: PaperWithdrawn, recorded: Recorded) -> State:
    """Take it off the desk."""
    return replace(state, papers=drop(state.papers, fact.paper))


def meant(state: State, fact: StatementMeant, recorded: Recorded) -> State:
    """Remember that a meaning is on record; what it says is in the log."""
    if fact.paper in state.papers:
        return _with(state, replace(state.papers[fact.paper], meant=True))
    own = tuple(replace(one, meant=True) if one.id == fact.paper else one for one in state.files.get(fact.seat, ()))
    return replace(state, files=put(state.files, fact.seat, own))


# --- taskings ---------------------------------------------------------------------------------
def asked(state: State, fact: TaskingAsked, recorded: Recorded) -> State:
    """Open a tasking."""
    series = put(state.series, fact.series, fact.number) if fact.series else state.series
    return replace(state, taskings=put(state.taskings, fact.tasking.id, fact.tasking), series=series)


def taken(state: State, fact: TaskingTaken, recorded: Recorded) -> State:
    """Note that its owner is at it."""
    return _on(state, fact.tasking, taken=True)


def extended(state: State, fact: TaskingExtended, recorded: Recorded) -> State:
    """Give more time; it is late no longer."""
    return _on(state, fact.tasking, due=fact.due, late=False)


def late(state: State, fact: TaskingLate, recorded: Recorded) -> State:
    """Note that its turn is over."""
    return _on(state, fact.tasking, late=True)


def _on(state: State, tasking: str, **changed: bool | int) -> State:
    return replace(state, taskings=put(state.taskings, tasking, replace(state.taskings[tasking], **changed)))


def closed(state: State, fact: TaskingClosed, recorded: Recorded) -> State:
    """Forget a tasking that is closed."""
    return replace(state, taskings=drop(state.taskings, fact.tasking))
