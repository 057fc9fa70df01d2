"""Decide about requests for information and taskings: who may ask whom, by when, and how one is closed.

Control asks and is asked like a seat. A tasking one has no part in answers like one that is not there.
"""

from collections.abc import Iterable

from adjudication.scenario.schema import PaperTemplate
from negotiation import cables
from negotiation.cables import Paper, Tasking
from wargame.game import case
from wargame.game import commands as c
from wargame.game.decide.base import Draft, refuse, seat_of
from wargame.game.events import TaskingAsked, TaskingClosed, TaskingExtended, TaskingLate, TaskingTaken
from wargame.game.rejections import Rejected, reject
from wargame.game.state import State

OPEN_TASKINGS = 12
"""Most open questions and tasks of one asker."""
_PATTERN = {"rfi": "RFI {seat}-{to} {n:03}", "tasking": "TASK {seat}-{to} {n:03}"}


def _who(draft: Draft) -> str:
    """Return the seat that acts, or Control."""
    seat = seat_of(draft.state, draft.actor)
    return cables.CONTROL if seat is None else seat.id


def _find(draft: Draft, who: str, name: str) -> Tasking | Rejected:
    found = draft.state.taskings.get(name)
    return found if found is not None and who in (found.seat, found.to) else reject("tasking.unknown")


def _as_owner(draft: Draft, name: str) -> Tasking | Rejected:
    who = _who(draft)
    found = _find(draft, who, name)
    if isinstance(found, Rejected):
        return found
    return refuse(cables.check_owner(found, owner=who)) or found


def _as_asker(draft: Draft, name: str) -> Tasking | Rejected:
    who = _who(draft)
    found = _find(draft, who, name)
    if isinstance(found, Rejected):
        return found
    return refuse(cables.check_asker(found, asker=who)) or found


def tasking_ask(draft: Draft, command: c.TaskingAsk) -> Rejected | None:
    """Put a question to a seat or Control, or a task to a seat that answers to one's own."""
    who, state = _who(draft), draft.state
    if command.kind == "tasking":
        allowed = case.tasked_by(draft.ctx.scenario, who)
        if command.to not in allowed:
            return reject("tasking.no_authority", allowed=allowed or ("nobody",))
    else:
        allowed = case.asked_by(draft.ctx.scenario, who)
        if command.to not in allowed:
            return reject("tasking.not_reached", allowed=allowed)
    if not command.text.strip():
        return reject("text.empty")
    refused = check_room(state, who, more=1) or _check_due(draft, command.due)
    if refused:
        return refused
    series = f"{command.kind} {cables.series(who, (command.to,), public=False)}"
    number = state.series.get(series, 0) + 1
    ref = cables.reference(_PATTERN[command.kind], seat=who, to=(command.to,), turn="", number=number)
    asked = Tasking(
        id=f"{who}:{draft.ctx.ids('tasking')}", kind=command.kind, ref=ref, seat=who, to=command.to,
        text=command.text.strip(), turn=state.turn, due=command.due,
    )  # fmt: skip
    draft.emit(TaskingAsked(tasking=asked, person=draft.actor.person, series=series, number=number))
    return None


def ask_by_paper(draft: Draft, template: PaperTemplate, paper: Paper, *, ref: str) -> None:
    """Put a released request to each of its addressees; the paper says the rest."""
    due = min(draft.state.turn + template.due, draft.state.last_turn)
    for owner in paper.to:
        asked = Tasking(
            id=f"{paper.id}@{owner}", kind="tasking" if template.kind == "tasking" else "rfi", ref=ref, seat=paper.seat,
            to=owner, text=paper.fields[template.fields[0].id], turn=draft.state.turn, due=due, paper=paper.id,
        )  # fmt: skip
        draft.emit(TaskingAsked(tasking=asked, person=draft.actor.person))


def check_room(state: State, who: str, *, more: int) -> Rejected | None:
    """Refuse what would leave an asker with too many open requests."""
    open_now = sum(one.seat == who for one in state.taskings.values())
    return reject("tasking.too_many", limit=OPEN_TASKINGS) if open_now + more > OPEN_TASKINGS else None


def _check_due(draft: Draft, due: int) -> Rejected | None:
    first, last = draft.state.turn, draft.state.last_turn
    return None if first <= due <= last else reject("tasking.due", first=first, last=last)


def tasking_take(draft: Draft, command: c.TaskingTake) -> Rejected | None:
    """Say that one is at it."""
    found = _as_owner(draft, command.tasking)
    if isinstance(found, Rejected):
        return found
    if found.taken:
        return reject("tasking.taken_already")
    draft.emit(TaskingTaken(tasking=found.id, person=draft.actor.person))
    return None


def tasking_answer(draft: Draft, command: c.TaskingAnswer) -> Rejected | None:
    """Close it with an answer."""
    found = _as_owner(draft, command.tasking)
    if isinstance(found, Rejected):
        return found
    if not command.text.strip():
        return reject("text.empty")
    person = draft.actor.person
    draft.emit(TaskingClosed(tasking=found.id, how="answered", person=person, text=command.text.strip()))
    return None


def tasking_decline(draft: Draft, command: c.TaskingDecline) -> Rejected | None:
    """Close it with a reason."""
    found = _as_owner(draft, command.tasking)
    if isinstance(found, Rejected):
        return found
    if not command.reason.strip():
        return reject("text.empty")
    person = draft.actor.person
    draft.emit(TaskingClosed(tasking=found.id, how="declined", person=person, text=command.reason.strip()))
    return None


def tasking_extend(draft: Draft, command: c.TaskingExtend) -> Rejected | None:
    """Give more time, never less."""
    found = _as_asker(draft, command.tasking)
    if isinstance(found, Rejected):
        return found
    if command.due <= found.due:
        return reject("tasking.no_extension", due=found.due)
    refused = _check_due(draft, command.due)
    if refused:
        return refused
    draft.emit(TaskingExtended(tasking=found.id, due=command.due))
    return None


def tasking_withdraw(draft: Draft, command: c.TaskingWithdraw) -> Rejected | None:
    """Call it off."""
    found = _as_asker(draft, command.tasking)
    if isinstance(found, Rejected):
        return found
    draft.emit(TaskingClosed(tasking=found.id, how="withdrawn", person=draft.actor.person, text=""))
    return None


def mark_late(draft: Draft) -> None:
    """Mark what was due in a turn that is over."""
    for tasking in overdue(draft.state.taskings.values(), turn=draft.state.turn):
        draft.emit(TaskingLate(tasking=tasking.id))


def overdue(taskings: Iterable[Tasking], *, turn: int) -> tuple[Tasking, ...]:
    """Return what is newly late as a turn opens, in the order of its ids."""
    return tuple(sorted((one for one in taskings if cables.overdue(one, turn=turn)), key=lambda one: one.id))
