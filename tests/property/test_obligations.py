"""Whatever is signed and however parties treat it: the book of obligations adds up, and no state is a dead end.

Random texts (side clauses, dates, steps, order, secrets, word of mouth) and random conduct over several turns of the
small case; every turn's ledger is audited by the plugin as in every suite.
"""

from collections import deque
from functools import cache

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adjudication.agreed import FINAL, IN_FORCE, Owed
from adjudication.orders import Conduct, SignedText
from adjudication.resolve import resolve_batch, resolve_turn
from adjudication.scenario import Scenario
from adjudication.testkit import a_world
from adjudication.world import World
from negotiation.agreements import Undertaking
from tests.support.second_crisis import Sections, a_case, rule, variable

CLAUSES: list[Sections] = [
    {"id": "bones", "label": "Bones", "text": "Bones.", "obligor": "SOUTH", "reversibility": 0, "due": 1,
     "detection": 0.6, "values": {"NORTH": 0.03, "SOUTH": -0.01}, "secret_ok": True},
    {"id": "grain", "label": "Grain", "text": "Grain.", "obligor": "NORTH", "detection": 0.3, "secret_ok": True,
     "values": {"NORTH": -0.02, "SOUTH": 0.05}},
    {"id": "board", "label": "Board", "text": "A joint board."},
]  # fmt: skip
TURNS = 6
SIDE_OF = {"queen": "NORTH", "king": "SOUTH"}
KINDS = ("keep", "delay", "withhold", "suspend", "reaffirm", "withdraw")


@cache
def case() -> Scenario:
    return a_case(
        meta={"turns": TURNS + 2},
        rules=[rule("R-V18", 8, event="breach_by_SOUTH", effects=[{"signal": ["trust_north", -0.8]}]),
               rule("R-V24", 8, code=True), rule("R-V25", 3.5, code=True, text={"struck": "No."})],
        variables=[variable("deal_form", 0, "count", max=3)],
        beliefs={"trust": {"NORTH": "trust_south", "SOUTH": "trust_north"}},
        commitments={
            "plain": ["pledge"],
            "conduct": {
                "late": {"trust": -0.15}, "suspended": {"trust": -0.3}, "withdrawn": {"trust": -0.45}, "grace": 1,
                "suspicion": {"rule": "R-V24", "unseen": 0.8, "alarm": 0.2, "means": 0.2},
            },
        },
        negotiation={
            "clauses": CLAUSES,
            "table": {"oral": True},
            "gates": [{"id": "senate", "rule": "R-V25", "label": "Senate", "raises": {"pledge": 2},
                       "ways": [{"levels": {"guns_out": 2}}]}],
        },
    )  # fmt: skip


@st.composite
def texts(draw: st.DrawFn, turn: int) -> SignedText:
    top = {"guns_out": 2, "pledge": 2, "bones": 1, "grain": 1, "board": 1}
    chosen = draw(st.lists(st.sampled_from(sorted(top)), unique=True, min_size=1))
    levels = {name: draw(st.integers(1, top[name])) for name in sorted(chosen)}
    details = {}
    for name in sorted(chosen):
        if draw(st.booleans()):
            rest = [other for other in sorted(chosen) if other < name]  # no circles: after an earlier name only
            details[name] = Undertaking(
                due=draw(st.none() | st.integers(turn, turn + 2)), tranches=draw(st.integers(1, 3)),
                after=draw(st.sampled_from(["", *rest])), secret=draw(st.booleans()),
            )  # fmt: skip
    venue = draw(st.sampled_from(("exchange", "exchange", "oral")))
    return SignedText(f"t{turn}", f"Text {turn}", levels, venue, ("queen", "king"), 1, details)  # type: ignore[arg-type]


@st.composite
def conduct(draw: st.DrawFn, turn: int) -> tuple[Conduct, ...]:
    steps = []
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(KINDS))
        clause = draw(st.sampled_from(("", "bones", "grain", "guns_out", "pledge")))
        text, seat = f"t{draw(st.integers(1, turn))}", draw(st.sampled_from(("queen", "king")))
        steps.append(
            Conduct(
                agreement=text, seat=seat, kind=kind, clause="" if kind == "withdraw" else clause,
                notice=draw(st.integers(0, 2)),
            )
        )  # fmt: skip
    return tuple(steps)


@st.composite
def courses(draw: st.DrawFn) -> list[tuple[tuple[SignedText, ...], tuple[Conduct, ...]]]:
    return [
        ((draw(texts(turn)),) if draw(st.booleans()) or turn == 1 else (), draw(conduct(turn)))
        for turn in range(1, TURNS + 1)
    ]


def book(world: World) -> dict[tuple[str, str], Owed]:
    return {(text.id, row.clause): row for text in world.agreements for row in text.owed}


STEPS: dict[str, set[str]] = {
    "pending": {"pending", "fulfilled", "withheld", "late", "suspended", "breached", "ended"},
    "fulfilled": {"fulfilled", "withheld", "late", "suspended", "breached", "ended"},
    "withheld": {"fulfilled", "withheld", "pending", "late", "suspended", "breached", "ended"},
    "late": {"fulfilled", "pending", "withheld", "late", "suspended", "breached", "ended"},
    "suspended": {"suspended", "pending", "fulfilled", "withheld", "late", "breached", "ended"},
    "breached": {"breached"}, "struck": {"struck"}, "ended": {"ended"},
}  # fmt: skip


def signed(turn: int, clauses: str, after: dict[str, str] | None = None) -> SignedText:
    """Return a text with these clauses at their first level; `after`: what rests on what."""
    rests = {name: Undertaking(after=other) for name, other in (after or {}).items()}
    levels = dict.fromkeys(clauses.split(), 1)
    return SignedText(f"t{turn}", f"Text {turn}", levels, "exchange", ("queen", "king"), 1, rests)


def step(text: str, seat: str, kind: str, clause: str = "") -> Conduct:
    return Conduct(agreement=text, seat=seat, kind=kind, clause=clause)  # type: ignore[arg-type]


FIVE = "board bones grain guns_out pledge"
NOTHING: tuple[tuple[()], tuple[()]] = ((), ())
HALT = step("t4", "king", "suspend")
BEGUN = [((signed(1, "board"),), ()), ((signed(2, "board grain"),), ()), NOTHING]
# Once drawn: what rests on a clause in one game of a batch and not in another, or is owed there by two rows.
RESTED_ONCE = [
    ((signed(1, FIVE, {"guns_out": "grain"}),), ()),
    NOTHING,
    NOTHING,
    ((signed(4, FIVE),), ()),
    NOTHING,
    NOTHING,
]
RESTS_AND_HALTS = [*BEGUN, ((signed(4, "board bones grain pledge", {"pledge": "bones"}),), (HALT,)), NOTHING, NOTHING]
HALTS_LATER = [*BEGUN, ((signed(4, "board bones grain", {"grain": "bones"}),), ()), ((), (HALT,)), NOTHING]
# Once drawn: a side asks for time for a clause that falls to rest in the same turn.
LATE_AND_RESTING = [
    ((signed(1, FIVE, {"guns_out": "grain"}),), (step("t1", "queen", "keep"), step("t1", "king", "delay", "guns_out"))),
    *[NOTHING] * 5,
]
# Once drawn: a side suspends a text that breaks down in the same turn.
HALTED_AND_BROKEN = [((signed(1, "board grain"),), (step("t1", "queen", "suspend"),)), *[NOTHING] * 5]


@settings(max_examples=60, deadline=None)
@given(courses(), st.integers(0, 10**6), st.sampled_from([(), ("queen",), ("queen", "king")]))
@example(LATE_AND_RESTING, 1910, ("queen",))
@example(HALTED_AND_BROKEN, 439, ())
def test_the_book_adds_up_and_nothing_is_in_force_that_was_not_signed(course, seed, bots):
    made = case()
    world = a_world(made)
    for turn, (signed, steps) in enumerate(course, start=1):
        before = book(world)
        found = resolve_turn(made, world, turn=turn, orders=[], seed=seed, texts=signed, conduct=steps, bots=bots)
        world = World.from_payload(made, found.world)
        after = book(world)
        for text in signed:
            fresh = {clause: row for (name, clause), row in after.items() if name == text.id}
            struck = {clause for clause, row in fresh.items() if row.state == "struck"}
            agreed = next(one for one in world.agreements if one.id == text.id)
            assert {clause.issue for clause in agreed.clauses} == set(fresh) - struck, "each clause signed is owed once"
            assert struck == set(found.struck.get(text.id, ())), "less those struck"
            assert set(fresh) <= set(text.levels)
        for key, row in before.items():
            assert after[key].state in STEPS[row.state], (key, row.state, after[key].state)
        for issue, level in world.clause_map(made).items():
            signed_for = [c.level for text in world.agreements for c in text.clauses if c.issue == issue]
            assert level <= max(signed_for, default=0), f"{issue} is in force and nobody signed it"
        _agrees_with_the_duties(world)


def _agrees_with_the_duties(world: World) -> None:
    """The book tells what the duties are: both were written by different hands."""
    active = {d.key for d in world.duties if d.active[0]}
    halted = {d.key for d in world.duties if d.halted[0]}
    for key, row in book(world).items():
        match row.state:
            case "pending" | "withheld" | "late":
                assert key in active
            case "suspended":
                assert key in halted
            case "breached" | "struck" | "ended":
                assert key not in active | halted
    for text in world.agreements:
        if text.status in IN_FORCE:
            assert any(row.state not in FINAL for row in text.owed)


@settings(max_examples=40, deadline=None)
@given(courses(), st.lists(st.integers(0, 10**6), min_size=2, max_size=4, unique=True))
@example(RESTED_ONCE, [0, 149])
@example(RESTS_AND_HALTS, [0, 1])
@example(HALTS_LATER, [0, 1])
def test_many_games_are_settled_bit_for_bit_like_each_alone(course, seeds):
    made, bots = case(), ("queen",)
    batch, singles = a_world(made).widened(len(seeds)), [a_world(made) for _ in seeds]
    for turn, (signed, steps) in enumerate(course, start=1):
        batch = resolve_batch(
            made, batch, turn=turn, orders=[], seeds=seeds, texts=signed, conduct=steps, bots=bots
        ).world
        singles = [
            World.from_payload(
                made,
                resolve_turn(made, one, turn=turn, orders=[], seed=seed, texts=signed, conduct=steps, bots=bots).world,
            )
            for one, seed in zip(singles, seeds, strict=True)
        ]
        assert np.array_equal(batch.values, np.concatenate([one.values for one in singles], axis=1))
        assert np.array_equal(batch.clauses, np.concatenate([one.clauses for one in singles], axis=1))
        for at, one in enumerate(singles):
            wide = {d.key: (int(d.status[at]), int(d.late[at])) for d in batch.duties if d.status[at]}
            assert wide == {d.key: (int(d.status[0]), int(d.late[0])) for d in one.duties if d.status[0]}


# --- no state is out of reach, none is a dead end ---------------------------------------------------
ACTIONS: dict[str, tuple[tuple[Conduct, ...], dict[str, str]]] = {
    "keep": ((), {}),
    "withhold unseen": ((Conduct(agreement="t1", seat="king", kind="withhold", clause="bones"),), {"caught": "unseen"}),
    "withhold seen": ((Conduct(agreement="t1", seat="king", kind="withhold", clause="bones"),), {"caught": "seen"}),
    "delay": ((Conduct(agreement="t1", seat="king", kind="delay", clause="bones"),), {}),
    "suspend": ((Conduct(agreement="t1", seat="king", kind="suspend"),), {}),
    "reaffirm": ((Conduct(agreement="t1", seat="king", kind="reaffirm"),), {}),
    "leave": ((Conduct(agreement="t1", seat="king", kind="withdraw", notice=1),), {}),
    "break": ((), {"break": "yes"}),
    "sign more": ((), {}),
}


def _graph() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Play every sequence of actions of up to four turns on one text; return which state leads to which."""
    made = case()
    text = SignedText(
        "t1", "Text", {"bones": 1, "pledge": 2, "guns_out": 1}, "exchange", ("queen", "king"), 1,
        {"bones": Undertaking(due=2)},
    )  # fmt: skip
    first = resolve_turn(made, a_world(made), turn=1, orders=[], seed=1, texts=(text,), forced={"break": "no"})
    rows: dict[str, set[str]] = {}
    wholes: dict[str, set[str]] = {}
    queue = deque([(World.from_payload(made, first.world), 2)])
    seen: set[tuple[object, ...]] = set()
    while queue:
        world, turn = queue.popleft()
        for name, (steps, forced) in ACTIONS.items():
            more = SignedText(f"t{turn}", "More", {"guns_out": 2}, "exchange", ("queen", "king"))
            found = resolve_turn(
                made, world, turn=turn, orders=[], seed=1, conduct=steps, forced={"break": "no", **forced},
                texts=(more,) if name == "sign more" else (),
            )  # fmt: skip
            then = World.from_payload(made, found.world)
            for key, row in book(world).items():
                rows.setdefault(row.state, set()).add(book(then)[key].state)
            wholes.setdefault(world.agreements[0].status, set()).add(then.agreements[0].status)
            mark = (turn, *(row.state for row in book(then).values()), then.agreements[0].status)
            if turn < 5 and mark not in seen:
                seen.add(mark)
                queue.append((then, turn + 1))
    return rows, wholes


def test_every_state_is_reached_and_from_every_one_there_is_a_way_out() -> None:
    rows, wholes = _graph()
    reached = set(rows) | {state for onward in rows.values() for state in onward}
    assert reached == {"pending", "fulfilled", "withheld", "late", "suspended", "breached", "struck", "ended"}
    texts_reached = set(wholes) | {state for onward in wholes.values() for state in onward}
    assert texts_reached == {"in_force", "suspended", "notice", "withdrawn", "ended", "collapsed"}
    for state in reached - FINAL:
        assert rows[state] - {state}, f"an obligation that is {state} stays so for ever"
        assert "ended" in _onward(rows, state), f"nobody can be freed of what is {state}"
    for state in IN_FORCE:
        assert {"withdrawn", "collapsed"} <= _onward(wholes, state), f"a text that is {state} cannot end"


def _onward(graph: dict[str, set[str]], start: str) -> set[str]:
    found, queue = {start}, [start]
    while queue:
        for state in graph.get(queue.pop(), set()) - found:
            found.add(state)
            queue.append(state)
    return found
