"""Show the case: what all may read of it, and to each seat its own brief, variables and moves.

A variable a seat cannot read at all is not even named to it. A move belongs to its seats alone.
"""

from adjudication.legality import MoveStatus
from adjudication.scenario.schema import Brief, Move, Scenario, Variable
from adjudication.sight import sight
from negotiation.clauses import CatalogueClause
from negotiation.issues import Issue
from wargame.game import case, engine
from wargame.game.entities import (
    BriefSeen,
    CatalogueSeen,
    ClauseParamsSeen,
    FactSeen,
    GoalSeen,
    IssueSeen,
    LevelSeen,
    MoveSeen,
    ParamSeen,
    SourceSeen,
    TableSeen,
    VariableSeen,
)
from wargame.game.ids import CONTROL, View, seat_view
from wargame.game.state import State
from wargame.game.visibility.base import Disclosure, Rows, everyone, seats_and_control, show


def case_rows(state: State, scenario: Scenario) -> Rows:
    """Yield the case at the start of a game."""
    for source in scenario.sources:
        yield from show(everyone(state), "source", source.id, SourceSeen(id=source.id, text=source.text))
    yield from variable_rows(None, state, scenario)
    yield from show(everyone(state), "table", "table", table_seen(scenario))
    yield from issue_rows(None, state, scenario)
    yield from fact_rows(None, state, scenario)
    for seat in scenario.seats:
        if seat.brief is not None:
            yield from show(seats_and_control([seat.id]), "brief", seat.id, brief_seen(seat.id, seat.brief))
    for seat in scenario.seats:
        for seen in move_rows_of(state, scenario, seat.id).values():
            yield Disclosure(seat_view(seat.id), "move", seen.id, seen)


# --- variables --------------------------------------------------------------------------------
def variable_rows(before: State | None, after: State, scenario: Scenario) -> Rows:
    """Yield every variable to those who may know that it exists; after a change only to whom it is new."""
    now, then = engine.open_case(scenario, after), engine.open_case(scenario, before) if before is not None else None
    if now is then:
        return
    for number, variable in enumerate(now.variables):
        old = variable_readers(after, then, then.variables[number]) if then is not None else ()
        fresh = tuple(view for view in variable_readers(after, now, variable) if view not in old)
        yield from show(fresh, "variable", variable.id, variable_seen(variable, number))


def variable_readers(state: State, scenario: Scenario, variable: Variable) -> tuple[View, ...]:
    """Return the views that may know that the variable exists."""
    return tuple(view for view in everyone(state) if sight(scenario, variable, view).mode != "hidden")


def variable_seen(variable: Variable, number: int) -> VariableSeen:
    """Return the definition of a variable."""
    return VariableSeen(
        id=variable.id,
        label=variable.label,
        unit=variable.unit,
        low=0.0 if variable.min is None else variable.min,
        high=_high(variable),
        group=variable.group,
        order=variable.order or number,
        note=variable.note,
        sources=variable.sources,
        headline=variable.headline,
    )


def _high(variable: Variable) -> float:
    if variable.max is not None:
        return variable.max
    return 1.0 if variable.kind in ("belief", "flag") else 100.0


# --- issues and briefs ------------------------------------------------------------------------
def issue_rows(before: State | None, after: State, scenario: Scenario) -> Rows:
    """Yield the issues and the catalogue, or after a change those whose level in force is another one."""
    views = everyone(after)
    old = {view: _levels(before, scenario, view) for view in views} if before is not None else None
    new = {view: _levels(after, scenario, view) for view in views}
    for order, issue in enumerate(scenario.negotiation.issues):
        for view in views:
            level = new[view].get(issue.id, issue.default if issue.kind == "sequence" else None)
            if old is None or old[view].get(issue.id, level) != level:
                obligor = _signatory(scenario, issue.obligor)
                yield Disclosure(view, "issue", issue.id, issue_seen(issue, order, banked=level, obligor=obligor))
    for order, clause in enumerate(scenario.negotiation.clauses):
        for view in views:
            held = not clause.issue and new[view].get(clause.id, 0) > 0
            if old is None or ((old[view].get(clause.id, 0) > 0) != held and not clause.issue):
                yield Disclosure(view, "clause", clause.id, clause_seen(scenario, clause, order, banked=held))


def _levels(state: State, scenario: Scenario, view: View) -> dict[str, int]:
    """Return the levels a view may take to be in force; nobody in particular is told what some seats hold secret."""
    if view == CONTROL:
        return engine.banked(state.world)
    return engine.known_levels(scenario, state, view.removeprefix("seat:") if view.startswith("seat:") else "")


def _signatory(scenario: Scenario, party: str) -> str:
    """Return the seat that signs for a party, empty where nobody does."""
    return next((one.signatory for one in scenario.negotiation.parties if one.id == party), "")


def table_seen(scenario: Scenario) -> TableSeen:
    """Return the rules of the table."""
    table = scenario.negotiation.table
    return TableSeen(
        gate=table.gate,
        oral=table.oral,
        expiry=table.expiry,
        notice=table.notice,
        means=tuple(table.means),
        rule=table.rule,
        sources=table.sources,
    )


def clause_seen(scenario: Scenario, clause: CatalogueClause, order: int, *, banked: bool) -> CatalogueSeen:
    """Return a clause of the catalogue: what it says and asks, never what it is worth to anybody."""
    params = clause.params
    return CatalogueSeen(
        id=clause.id,
        code=clause.code,
        label=clause.label,
        text=clause.text,
        issue=clause.issue,
        level=clause.level if clause.issue else 1,
        obligor=_signatory(scenario, clause.obligor),
        verified_by=clause.verified_by,
        due=clause.due,
        reversibility=clause.reversibility,
        authority=clause.authority,
        params=ClauseParamsSeen(
            due=params.due,
            tranches=params.tranches,
            verification=params.verification,
            depends_on=params.depends_on,
            secret=params.secret,
        ),
        rule=clause.rule,
        sources=clause.sources,
        banked=banked,
        order=order,
    )


def issue_seen(issue: Issue, order: int, *, banked: int | None, obligor: str = "") -> IssueSeen:
    """Return an issue with the level in force where the view may know it."""
    return IssueSeen(
        id=issue.id,
        label=issue.label,
        levels=tuple(LevelSeen(level=n, label=lv.label, text=lv.text) for n, lv in enumerate(issue.levels)),
        banked=banked,
        order=order,
        obligor=obligor,
    )


def brief_seen(seat: str, brief: Brief) -> BriefSeen:
    """Return the private brief of a seat."""
    check = brief.check
    return BriefSeen(
        seat=seat,
        summary=brief.summary,
        interests=brief.interests,
        resources=brief.resources,
        constraints=brief.constraints,
        objectives=tuple(GoalSeen(label=o.label, weight=o.weight, measure=o.measure) for o in brief.objectives),
        red_lines=brief.red_lines,
        powers=brief.powers,
        check_question=check.question if check else "",
        check_options=check.options if check else (),
        check_answer=check.answer if check else 0,
        sources=brief.sources,
    )


# --- facts ------------------------------------------------------------------------------------
def fact_rows(before: State | None, after: State, scenario: Scenario) -> Rows:
    """Yield to each seat what it may know to be so or not so; after a change only what is new to it."""
    for seat in scenario.seats:
        old = {} if before is None else engine.known_flags(scenario, before, seat.id)
        for flag, up in engine.known_flags(scenario, after, seat.id).items():
            if before is None or old.get(flag) is not up:
                fact = scenario.fact[flag]
                seen = FactSeen(id=flag, up=up, text=fact.label if up else fact.absent)
                yield Disclosure(seat_view(seat.id), "fact", flag, seen)


# --- moves ------------------------------------------------------------------------------------
def move_rows_of(state: State, scenario: Scenario, seat: str) -> dict[str, MoveSeen]:
    """Return a seat's catalogue with what the seat itself can tell about each move now."""
    statuses = engine.preview(scenario, state, seat)
    own = case.moves_of(engine.open_case(scenario, state), seat)
    return {move.id: move_seen(move, statuses[move.id]) for move in own}


def move_changes(before: State, after: State, scenario: Scenario, seats: tuple[str, ...]) -> Rows:
    """Yield the moves of these seats whose status is another one than before."""
    for seat in seats:
        old, new = engine.preview(scenario, before, seat), engine.preview(scenario, after, seat)
        for move in case.moves_of(engine.open_case(scenario, after), seat):
            if old.get(move.id) != new[move.id]:
                yield Disclosure(seat_view(seat), "move", move.id, move_seen(move, new[move.id]))


def move_seen(move: Move, status: MoveStatus) -> MoveSeen:
    """Return a move as its seat sees it."""
    return MoveSeen(
        id=move.id,
        code=move.code,
        label=move.text.order,
        text=move.text.help,
        group=move.group,
        severity=move.severity,
        cost=move.cost,
        capital=move.capital,
        executor=move.executor,
        visibility=move.visibility,
        may_hide=move.may_hide,
        params=tuple(
            ParamSeen(
                id=p.id,
                label=p.label,
                kind=p.kind,
                low=p.low,
                high=p.high,
                choices=p.choices,
                labels=p.labels,
                default=p.default,
            )
            for p in move.params
        ),
        cameo=move.cameo,
        goldstein=move.goldstein,
        precedent=move.precedent,
        effects_text=move.text.effects,
        state=status.state,
        why=status.why,
        unlock=status.unlock,
        sources=move.sources,
        consents=tuple(dict.fromkeys((*move.needs, *move.consent))),
    )
