"""Decide about papers: who may draft and to whom, what a text needs, clearance, release, and what statements mean.

What a paper allows is `negotiation.cables`. A paper a seat may not know of answers like one that is not there.
"""

from adjudication.scenario.schema import PaperTemplate
from negotiation import cables
from negotiation.cables import Filed, Paper
from negotiation.rooms import PRESS
from wargame.game import case
from wargame.game import commands as c
from wargame.game.decide.base import Draft, own_seat, refuse
from wargame.game.decide.taskings import ask_by_paper, check_room
from wargame.game.events import (
    MessagePosted,
    PaperCleared,
    PaperDrafted,
    PaperEdited,
    PaperReleased,
    PaperReturned,
    PaperSent,
    PaperWithdrawn,
    StatementMeant,
    StatementWasRead,
)
from wargame.game.rejections import Rejected, reject
from wargame.game.state import Seat, State

OPEN_PAPERS = 8
"""Most papers of one seat that have not gone out."""
LONGEST_PAPER = 12_000
"""Most characters of a paper, all fields together."""
ANSWERED = ("rfi", "tasking")
"""Kinds of papers whose release asks for an answer."""


def held(state: State) -> frozenset[str]:
    """Return the seats somebody plays."""
    return frozenset(seat.id for seat in state.played)


def template_for(draft: Draft, seat: str, name: str) -> PaperTemplate | Rejected:
    """Return a template the seat may draft by."""
    allowed = case.templates_of(draft.ctx.scenario, seat)
    found = next((one for one in allowed if one.id == name), None)
    return found or reject("paper.no_template", allowed=tuple(one.id for one in allowed) or ("none",))


def find_paper(draft: Draft, seat: str, name: str) -> Paper | Rejected:
    """Return a paper on the desk that the seat may know of; one that has gone out is told apart only to its readers."""
    paper = draft.state.papers.get(name)
    if paper is not None and cables.may_see(paper, seat):
        return paper
    return reject("paper.unknown" if filed(draft.state, seat, name) is None else "paper.released")


def filed(state: State, seat: str, name: str) -> Filed | None:
    """Return what a seat's file holds of a released paper."""
    return next((one for one in state.files.get(seat, ()) if one.id == name), None)


# --- drafting ---------------------------------------------------------------------------------
def paper_draft(draft: Draft, command: c.PaperDraft) -> Rejected | None:
    """Begin a paper; it may be incomplete until it is sent round."""
    seat, state = own_seat(draft), draft.state
    template = template_for(draft, seat.id, command.template)
    if isinstance(template, Rejected):
        return template
    if sum(paper.seat == seat.id for paper in state.papers.values()) >= OPEN_PAPERS:
        return reject("paper.too_many", limit=OPEN_PAPERS)
    fields = _fields(template, command.fields)
    if isinstance(fields, Rejected):
        return fields
    to = _addressees(draft, template, seat, command.to)
    if isinstance(to, Rejected):
        return to
    answered = None
    if command.reply_to is not None:
        answered = filed(state, seat.id, command.reply_to)
        if answered is None:
            return reject("paper.nothing_to_answer")
    draft.emit(
        PaperDrafted(
            paper=f"{seat.id}:{draft.ctx.ids('paper')}",
            template=template.id,
            seat=seat.id,
            person=draft.actor.person,
            to=to,
            fields={key: text for key, text in fields.items() if text},
            reply_to=answered.id if answered else "",
            reply_ref=answered.ref if answered else "",
        )
    )
    return None


def _fields(template: PaperTemplate, fields: dict[str, str]) -> dict[str, str] | Rejected:
    """Return the fields of a text as they are kept: trimmed, one line where there is room for one."""
    known = {field.id: field for field in template.fields}
    kept: dict[str, str] = {}
    for name, text in fields.items():
        field = known.get(name)
        if field is None:
            return reject("paper.field_unknown", field=name, allowed=tuple(known))
        kept[name] = " ".join(text.split()) if field.lines == 1 else text.strip()
        if field.choices and kept[name] and kept[name] not in field.choices:
            return reject("paper.field_choice", field=field.label, allowed=field.choices)
    if sum(map(len, kept.values())) > LONGEST_PAPER:
        return reject("paper.too_long", limit=LONGEST_PAPER)
    return kept


def _addressees(
    draft: Draft, template: PaperTemplate, seat: Seat, to: tuple[str, ...]
) -> tuple[str, ...] | Rejected:  # fmt: skip
    if template.public:
        return reject("paper.for_everybody") if to else ()
    allowed = case.addressees(draft.ctx.scenario, template, seat.id)
    for name in to:
        if name not in allowed:
            return reject("paper.addressee", seat=name, allowed=allowed or ("nobody",))
    return tuple(name for name in allowed if name in to)


def paper_edit(draft: Draft, command: c.PaperEdit) -> Rejected | None:
    """Change a text; every clearance given to the old one is asked for again."""
    seat = own_seat(draft)
    paper = find_paper(draft, seat.id, command.paper)
    if isinstance(paper, Rejected):
        return paper
    refused = refuse(cables.check_edit(paper, seat=seat.id, version=command.version))
    return refused or _edit(draft, paper, seat.id, command.fields, command.to)


def _edit(
    draft: Draft, paper: Paper, seat: str, fields: dict[str, str], to: tuple[str, ...] | None
) -> Rejected | None:  # fmt: skip
    template = draft.ctx.scenario.template[paper.template]
    kept = _fields(template, {**paper.fields, **fields})
    if isinstance(kept, Rejected):
        return kept
    named = paper.to if to is None else _addressees(draft, template, draft.state.seats[paper.seat], to)
    if isinstance(named, Rejected):
        return named
    changes = cables.changes(paper, seat=seat, fields=kept, to=named)
    if not changes:
        return reject("paper.unchanged")
    if paper.readers and len(cables.tracked(paper.edits, changes)) > cables.EDITS_A_PAPER:
        return reject("paper.changed_enough", limit=cables.EDITS_A_PAPER)
    steps, status = paper.steps, paper.status
    if status in ("in_clearance", "cleared"):
        steps = cables.reopened(paper.steps, seat=seat, held=held(draft.state))
        status = cables.status_of(steps)
    draft.emit(
        PaperEdited(
            paper=paper.id,
            seat=seat,
            person=draft.actor.person,
            version=paper.version + 1,
            changes=changes,
            to=named,
            status=status,
            steps=steps,
        )
    )
    return None


def _check_complete(draft: Draft, paper: Paper) -> Rejected | None:
    template = draft.ctx.scenario.template[paper.template]
    missing = tuple(field.label for field in template.fields if field.required and not paper.fields.get(field.id))
    if missing:
        return reject("paper.incomplete", missing=missing)
    return reject("paper.no_addressee") if not paper.to and not template.public else None


# --- clearance --------------------------------------------------------------------------------
def chain_of(draft: Draft, paper: Paper) -> tuple[tuple[str, ...], ...]:
    """Return who clears a paper, step by step."""
    return case.clearance(draft.ctx.scenario, draft.ctx.scenario.template[paper.template], paper.seat, paper.to)


def paper_send_for_clearance(draft: Draft, command: c.PaperSendForClearance) -> Rejected | None:
    """Send a complete paper round."""
    seat = own_seat(draft)
    paper = find_paper(draft, seat.id, command.paper)
    if isinstance(paper, Rejected):
        return paper
    refused = refuse(cables.check_send(paper, seat=seat.id, version=command.version)) or _check_complete(draft, paper)
    if refused:
        return refused
    chain = chain_of(draft, paper)
    if not chain:
        return reject("paper.needs_no_clearance")
    steps = cables.opened(chain, held=held(draft.state))
    draft.emit(PaperSent(paper=paper.id, steps=steps, status=cables.status_of(steps)))
    return None


def paper_clear(draft: Draft, command: c.PaperClear) -> Rejected | None:
    """Clear what one has read, perhaps with an edit of one's own."""
    seat = own_seat(draft)
    paper = find_paper(draft, seat.id, command.paper)
    if isinstance(paper, Rejected):
        return paper
    refused = refuse(cables.check_answer(paper, seat=seat.id, version=command.version))
    if refused is None and command.fields:
        refused = _edit(draft, paper, seat.id, command.fields, None)
        paper = draft.state.papers[paper.id]
    refused = refused or _check_complete(draft, paper)
    if refused:
        return refused
    steps = cables.cleared(paper.steps, seat=seat.id, note=command.note.strip(), held=held(draft.state))
    draft.emit(
        PaperCleared(
            paper=paper.id, seat=seat.id, person=draft.actor.person, note=command.note.strip(), steps=steps,
            status=cables.status_of(steps),
        )
    )  # fmt: skip
    return None


def paper_return(draft: Draft, command: c.PaperReturn) -> Rejected | None:
    """Send it back with a reason."""
    seat = own_seat(draft)
    paper = find_paper(draft, seat.id, command.paper)
    if isinstance(paper, Rejected):
        return paper
    refused = refuse(cables.check_answer(paper, seat=seat.id, version=command.version))
    if refused:
        return refused
    if not command.reason.strip():
        return reject("text.empty")
    draft.emit(
        PaperReturned(paper=paper.id, seat=seat.id, person=draft.actor.person, reason=command.reason.strip())
    )  # fmt: skip
    return None


def paper_withdraw(draft: Draft, command: c.PaperWithdraw) -> Rejected | None:
    """Take one's own paper off the desk."""
    seat = own_seat(draft)
    paper = find_paper(draft, seat.id, command.paper)
    if isinstance(paper, Rejected):
        return paper
    if paper.seat != seat.id:
        return reject("paper.not_drafter", drafter=paper.seat)
    draft.emit(PaperWithdrawn(paper=paper.id))
    return None


# --- release ----------------------------------------------------------------------------------
def paper_release(draft: Draft, command: c.PaperRelease) -> Rejected | None:
    """Number a cleared paper and let it go: to its addressees, or onto the press wall."""
    seat = own_seat(draft)
    paper = find_paper(draft, seat.id, command.paper)
    if isinstance(paper, Rejected):
        return paper
    needs = bool(chain_of(draft, paper))
    refused = refuse(cables.check_release(paper, seat=seat.id, version=command.version, needs=needs))
    refused = refused or _check_complete(draft, paper)
    if refused:
        return refused
    template = draft.ctx.scenario.template[paper.template]
    asks = template.kind in ANSWERED
    refused = check_room(draft.state, paper.seat, more=len(paper.to)) if asks else None
    if refused:
        return refused
    series = cables.series(paper.seat, paper.to, public=template.public)
    number = draft.state.series.get(series, 0) + 1
    ref = cables.reference(
        template.reference,
        seat=paper.seat,
        to=("public",) if template.public else paper.to,
        turn=draft.state.turn_name,
        number=number,
    )
    draft.emit(
        PaperReleased(
            paper=paper.id, by=seat.id, person=draft.actor.person, ref=ref, series=series, number=number,
            public=template.public, receipts=template.receipts,
        )
    )  # fmt: skip
    if template.public:
        _post(draft, template, paper)
    if asks:
        ask_by_paper(draft, template, paper, ref=ref)
    return None


def _post(draft: Draft, template: PaperTemplate, paper: Paper) -> None:
    """Say it on the press wall: the words of its fields, in their order."""
    room = draft.state.rooms[PRESS]
    words = [paper.fields[field.id] for field in template.fields if paper.fields.get(field.id)]
    draft.emit(
        MessagePosted(
            room=room.id,
            number=room.last + 1,
            seat=paper.seat,
            person=draft.actor.person,
            display=draft.state.seats[paper.seat].label,
            text="\n\n".join(words),
        )
    )


# --- meaning and reading ----------------------------------------------------------------------
def statement_mean(draft: Draft, command: c.StatementMean) -> Rejected | None:
    """Record what one's own statement is meant to signal: until it is out as often as one likes, afterwards once."""
    seat, state = own_seat(draft), draft.state
    paper = state.papers.get(command.paper)
    out = filed(state, seat.id, command.paper)
    if paper is not None and paper.seat == seat.id:
        if not draft.ctx.scenario.template[paper.template].public:
            return reject("statement.not_public")
    elif out is None or not out.own:
        return reject("statement.unknown")
    elif not out.public:
        return reject("statement.not_public")
    elif out.meant:
        return reject("statement.meant_already")
    if not command.text.strip():
        return reject("text.empty")
    draft.emit(
        StatementMeant(paper=command.paper, seat=seat.id, person=draft.actor.person, text=command.text.strip())
    )  # fmt: skip
    return None


def statement_read(draft: Draft, command: c.StatementRead) -> Rejected | None:
    """Record what one took another's statement to mean; the newest word counts, the log keeps all."""
    seat = own_seat(draft)
    out = filed(draft.state, seat.id, command.paper)
    if out is None:
        return reject("statement.unknown")
    if out.own:
        return reject("statement.own")
    if not out.public:
        return reject("statement.not_public")
    if not command.text.strip():
        return reject("text.empty")
    draft.emit(
        StatementWasRead(paper=out.id, seat=seat.id, person=draft.actor.person, text=command.text.strip())
    )  # fmt: skip
    return None
