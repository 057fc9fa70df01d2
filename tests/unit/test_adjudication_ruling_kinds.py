"""Every kind of ruling (section 9) does what it says, keeps the proposal beside it, and adds up in the ledger."""

import pytest

from adjudication.ledger import unexplained
from adjudication.orders import Override, RuledEffect
from adjudication.results import Resolution
from adjudication.stages.rulings import refusal
from adjudication.world import World
from tests.support.engine import a_world, after, everything, orders, settle, the_case, value

SHEET = ("icbm", "d_threat", "exercise", "threat")


def ruled(*rulings: Override, turn: int = 3, **more: object) -> tuple[Resolution, World]:
    return settle(a_world(), orders(*SHEET), turn=turn, overrides=rulings, **more)


def rows_of(done: Resolution, variable: str, cause: str) -> float:
    return sum(row.applied for row in done.ledger if row.var == variable and row.cause.id == cause)


def an_order(done: Resolution, move: str) -> str:
    return next(o.id for o in done.orders if o.move == move)


def reconciles(done: Resolution, world: World) -> bool:
    return not unexplained(done.ledger, everything(a_world()), everything(world))


def test_setting_a_variable_is_exact_and_keeps_every_row_of_the_proposal() -> None:
    plain, _ = ruled()
    done, world = ruled(Override("r", "set", "tension", 33.0, None, "as the room saw it"))
    assert world.value(the_case(), "tension") == 33.0
    own = [row for row in done.ledger if row.cause.kind == "override"]
    assert [row.slots["reason"] for row in own] == ["as the room saw it"]
    assert [row for row in plain.ledger if row.stage < 10] == [row for row in done.ledger if row.stage < 10]
    assert reconciles(done, world)


def test_rulings_apply_in_the_order_they_were_made() -> None:
    put, push = Override("z", "set", "tension", 33.0), Override("a", "add", "tension", 5.0)
    assert ruled(put, push)[1].value(the_case(), "tension") == 38.0
    assert ruled(push, put)[1].value(the_case(), "tension") == 33.0


def test_a_row_dropped_is_answered_by_its_exact_opposite() -> None:
    plain, _ = ruled()
    icbm = an_order(plain, "icbm")
    was = rows_of(plain, "tension", icbm)
    assert was > 1.0
    done, world = ruled(Override("r", "row", "tension", 0.0, None, "nobody in the room saw it", "MOVE", icbm))
    assert rows_of(done, "tension", icbm) == was
    assert rows_of(done, "tension", "r") == pytest.approx(-was, abs=1e-8)
    assert reconciles(done, world)


@pytest.mark.parametrize("variable", ["tension", "missile_cap"])
def test_a_row_edited_comes_to_the_amount_ruled(variable: str) -> None:
    plain, _ = ruled()
    icbm = an_order(plain, "icbm")
    ruling = Override("r", "row", variable, 1.25, None, "half of it", "MOVE", icbm)
    done, world = ruled(ruling)
    assert rows_of(done, variable, icbm) + rows_of(done, variable, "r") == pytest.approx(1.25, abs=1e-8)
    assert reconciles(done, world)


def test_a_ruling_on_a_row_that_is_not_there_changes_nothing() -> None:
    done, world = ruled(Override("r", "row", "tension", 4.0, None, "", "MOVE", "nobody"))
    assert everything(world) == everything(ruled()[1])
    assert not any(row.cause.kind == "override" for row in done.ledger)


def test_rulings_on_rows_say_the_same_with_a_batch_and_without() -> None:
    plain, _ = ruled()
    icbm = an_order(plain, "icbm")
    rulings = (
        Override("a", "row", "tension", 0.5, None, "", "MOVE", icbm),
        Override("b", "fidelity", an_order(plain, "exercise"), 0.4),
        Override("c", "add_effects", "", effects=(RuledEffect("add", "tension", -2.0),)),
        Override("d", "set", "npt_norm", 61.0),
    )
    one = ruled(*rulings)[1]
    many = after(a_world(), orders(*SHEET), overrides=rulings)
    for name in ("tension", "npt_norm", "missile_cap", "alliance"):
        if name in the_case().variable:
            assert value(many, name) == one.value(the_case(), name)


def test_an_order_is_carried_out_to_the_degree_ruled_whatever_its_departments_would_do() -> None:
    plain, _ = ruled()
    exercise = an_order(plain, "exercise")
    for degree, status in ((1.0, "done"), (0.5, "partial")):
        done, world = ruled(Override("r", "fidelity", exercise, degree, None, "the order was clear"))
        told = next(o for o in done.orders if o.id == exercise)
        assert (told.fidelity, told.status, told.ruled) == (degree, status, True)
        assert reconciles(done, world)


def test_added_effects_go_through_the_primitives_of_the_engine() -> None:
    case = the_case()
    flag, issue = case.flags[0], case.issues[0]
    seat = next(s for s in case.seats if s.resources)
    purse = f"{seat.id}.{min(seat.resources)}"
    effects = (
        RuledEffect("add", "tension", 3.0),
        RuledEffect("flag", flag, 1.0),
        RuledEffect("clause", issue, 1.0),
        RuledEffect("resource", purse, -4.0),
    )
    plain = ruled()[1]
    done, world = ruled(Override("r", "add_effects", "", None, None, "a storm", effects=effects))
    assert world.value(case, "tension") == plain.value(case, "tension") + 3.0
    assert bool(world.flags[case.flags.index(flag)][0])
    assert int(world.clauses[0][0]) == 1
    assert world.resources[purse][0] == plain.resources[purse][0] - 4.0
    assert reconciles(done, world)


def test_an_event_of_the_calendar_can_be_suppressed_and_one_that_waits_forced() -> None:
    event = next(e for e in the_case().calendar if e.effects)
    name = f"calendar:{event.id}"
    plain, _ = ruled(turn=event.turn)
    done, world = ruled(Override("r", "suppress_event", name), turn=event.turn)
    assert any(row.cause.id == event.id for row in plain.ledger)
    assert not any(row.cause.id == event.id for row in done.ledger)
    assert reconciles(done, world)
    again, _ = ruled(Override("r", "force_event", name), turn=event.turn)
    assert [r for r in again.ledger if r.cause.id == event.id] == [r for r in plain.ledger if r.cause.id == event.id]


def test_an_inject_sent_can_be_kept_from_having_its_effects() -> None:
    inject = next(i for i in the_case().injects if i.effects)
    plain, _ = ruled(injects=(inject.id,))
    done, _ = ruled(Override("r", "suppress_event", f"inject:{inject.id}"), injects=(inject.id,))
    assert any(row.cause.id == inject.id for row in plain.ledger)
    assert not any(row.cause.id == inject.id for row in done.ledger)


def test_a_remark_changes_nothing_at_all() -> None:
    assert ruled(Override("r", "annotate", "tension", "", None, "A close call."))[0] == ruled()[0]


@pytest.mark.parametrize(
    ("ruling", "sentence"),
    [
        (Override("r", "fidelity", "x", 1.2), "an order is carried out to a degree of 0 to 1, not 1.2"),
        (Override("r", "row", "esc_pts", 0.0), "a ruling may not change 'esc_pts'"),
        (
            Override("r", "add_effects", "", effects=(RuledEffect("flag", "moon", 1.0),)),
            "a ruling may not change 'moon'",
        ),
        (
            Override("r", "add_effects", "", effects=(RuledEffect("add", "clashes", 1.0),)),
            "a ruling may not change 'clashes'",
        ),
    ],
)
def test_a_ruling_the_case_does_not_allow_is_refused_in_words(ruling: Override, sentence: str) -> None:
    assert refusal(the_case(), ruling) == sentence


def test_a_level_of_a_clause_and_a_flag_are_checked_too() -> None:
    case = the_case()
    for issue in case.issues:
        high = Override("r", "add_effects", "", effects=(RuledEffect("clause", issue, 99.0),))
        assert "has levels 0 to" in refusal(case, high)
    half = Override("r", "add_effects", "", effects=(RuledEffect("flag", case.flags[0], 0.5),))
    assert refusal(case, half) == "a flag is raised (1) or lowered (0), not 0.5"
