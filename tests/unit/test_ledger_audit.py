"""The audit of every settled turn: it is in place, it would notice, and it holds in a war that goes on."""

import msgspec

from adjudication.testkit import everything
from tests.support import reconcile
from tests.support.engine import a_world, orders, settle, the_case


def test_every_turn_the_suites_settle_is_audited():
    before = reconcile.audited
    settle(a_world(), orders("threat"))
    assert reconcile.audited == before + 1


def test_the_audit_notices_a_row_that_is_off_in_the_last_decimal():
    world = a_world()
    found, end = settle(world, orders("threat", "icbm"))
    rows = list(found.ledger)
    at = next(n for n, row in enumerate(rows) if row.var == "tension")
    rows[at] = msgspec.structs.replace(rows[at], applied=rows[at].applied + 1e-6)
    assert reconcile.errors(found.ledger, everything_of(world), everything_of(end)) == {}
    assert list(reconcile.errors(rows, everything_of(world), everything_of(end))) == ["tension"]


def test_a_limited_war_does_not_stop_the_game_or_its_ledger():
    """A live game plays on below the rung that ends it: orders have their effect, and the rows say so."""
    world = a_world({"war": 1})
    found, end = settle(world, orders("threat"))
    assert end.value(the_case(), "tension") != world.value(the_case(), "tension")
    assert reconcile.errors(found.ledger, everything_of(world), everything_of(end)) == {}


def everything_of(world):
    return everything(the_case(), world)
