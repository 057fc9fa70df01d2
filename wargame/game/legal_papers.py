"""Say what may be done now about papers, statements and taskings, as ready commands. Part of `legal`."""

from collections.abc import Iterator

from adjudication.scenario.schema import PaperTemplate, Scenario
from negotiation import cables
from negotiation.cables import Paper
from wargame.game import case
from wargame.game import commands as c
from wargame.game.decide.papers import ANSWERED, LONGEST_PAPER, OPEN_PAPERS
from wargame.game.decide.taskings import OPEN_TASKINGS, check_room
from wargame.game.state import Seat, State


def of_seat(state: State, seat: Seat, scenario: Scenario) -> Iterator[c.Command]:
    """Yield what a seat may do: draft, edit, send, clear, return, release, withdraw, mean, read, ask, answer."""
    if sum(paper.seat == seat.id for paper in state.papers.values()) < OPEN_PAPERS:
        for template in case.templates_of(scenario, seat.id):
            yield _a_draft(scenario, template, seat.id)
    for paper in state.papers.values():
        if cables.may_see(paper, seat.id):
            yield from _on_desk(state, paper, seat.id, scenario)
    for filed in state.files.get(seat.id, ()):
        if filed.public and not filed.own:
            yield c.StatementRead(paper=filed.id, text="They are in earnest.")
        if filed.public and filed.own and not filed.meant:
            yield c.StatementMean(paper=filed.id, text="A door is open.")
    yield from _taskings(state, seat.id, scenario)


def of_control(state: State, scenario: Scenario) -> Iterator[c.Command]:
    """Yield what Control may ask and answer."""
    yield from _taskings(state, cables.CONTROL, scenario)


def _a_draft(scenario: Scenario, template: PaperTemplate, seat: str) -> c.PaperDraft:
    words = {one.id: one.choices[0] if one.choices else "A few words." for one in template.fields if one.required}
    return c.PaperDraft(template=template.id, fields=words, to=case.addressees(scenario, template, seat)[:1])


def _on_desk(state: State, paper: Paper, seat: str, scenario: Scenario) -> Iterator[c.Command]:
    template, version = scenario.template[paper.template], paper.version
    first = template.fields[0].id
    chain = case.clearance(scenario, template, paper.seat, paper.to)
    complete = bool(paper.to or template.public)
    if paper.seat == seat:
        yield c.PaperWithdraw(paper=paper.id)
        if template.public:
            yield c.StatementMean(paper=paper.id, text="A door is open.")
        if complete and chain and cables.check_send(paper, seat=seat, version=version) is None:
            yield c.PaperSendForClearance(paper=paper.id, version=version)
    words = {first: f"Version {version + 1}"}
    room = len(paper.edits) < cables.EDITS_A_PAPER and sum(map(len, paper.fields.values())) < LONGEST_PAPER - 100
    if room and cables.check_edit(paper, seat=seat, version=version) is None:
        yield c.PaperEdit(paper=paper.id, version=version, fields=words)
    if cables.check_answer(paper, seat=seat, version=version) is None:
        yield c.PaperClear(paper=paper.id, version=version, note="Cleared.")
        yield c.PaperReturn(paper=paper.id, version=version, reason="Not like this.")
        if room:
            yield c.PaperClear(paper=paper.id, version=version, fields=words)
    asks = len(paper.to) if template.kind in ANSWERED else 0
    if check_room(state, paper.seat, more=asks):
        return
    if complete and cables.check_release(paper, seat=seat, version=version, needs=bool(chain)) is None:
        yield c.PaperRelease(paper=paper.id, version=version)


def _taskings(state: State, who: str, scenario: Scenario) -> Iterator[c.Command]:
    if sum(one.seat == who for one in state.taskings.values()) < OPEN_TASKINGS and state.turn:
        for owner in case.asked_by(scenario, who)[:2]:
            yield c.TaskingAsk(kind="rfi", to=owner, text="What do we know?", due=state.turn)
        for owner in case.tasked_by(scenario, who)[:1]:
            yield c.TaskingAsk(kind="tasking", to=owner, text="Prepare a text.", due=state.last_turn)
    for one in state.taskings.values():
        if one.to == who:
            yield c.TaskingAnswer(tasking=one.id, text="This much.")
            yield c.TaskingDecline(tasking=one.id, reason="Nobody knows.")
            if not one.taken:
                yield c.TaskingTake(tasking=one.id)
        if one.seat == who:
            yield c.TaskingWithdraw(tasking=one.id)
            if one.due < state.last_turn and state.turn <= state.last_turn:
                yield c.TaskingExtend(tasking=one.id, due=state.last_turn)
