"""After signing: what each view is told of texts and obligations, and who may do what about them when."""

import pytest
from msgspec.structs import replace

from negotiation.details import Detail
from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.entities import AgreementSeen, ObligationSeen, OutcomeSeen
from wargame.game.ids import CONTROL as CONTROL_VIEW

POTUS, STATE, DPRK, ROK = player("potus"), player("state"), player("dprk"), player("rok")
KEY = "potus:o"
LEVELS = {"fac": 2, "remains": 1, "rec": 2, "security_assurance": 1, "seq": 0}
DETAILS = {
    "fac": Detail(due=2),
    "remains": Detail(due=2),
    "rec": Detail(due=2, after="fac"),
    "security_assurance": Detail(secret=True),
}
UNSEEN, SEEN = "seed-139", "seed-97"
"""Calm seeds: no text breaks down by itself; a breach of `fac` in turn 2 falls unseen, and seen (verification 0)."""


def signed(seed: str = UNSEEN, levels: dict[str, int] | None = None, details: dict[str, Detail] | None = None) -> Game:
    """A text signed in turn 1 by exchange, and turn 2 open for orders."""
    game = a_game(seed=seed).with_seats("potus", "state", "dprk", "rok", "jpn").started().in_phase("negotiate")
    text = c.OfferDraft(
        offer="o", parties=("potus", "dprk"), levels=levels or LEVELS, title="First step",
        details=DETAILS if details is None else details,
    )  # fmt: skip
    game.do(POTUS, text).do(POTUS, c.OfferTable(offer="o"))
    game.do(DPRK, c.OfferAccept(offer=KEY, version=1))
    for actor in (POTUS, DPRK):
        game.do(actor, c.OfferSign(offer=KEY, version=1, venue="exchange"))
    return game.at_turn(2).in_phase("plan")


def settled(game: Game) -> Game:
    return game.at_turn(game.state.turn + 1).in_phase("plan")


def row(game: Game, view: str, clause: str = "fac") -> ObligationSeen:
    return game.seen(view, "obligation")[f"{KEY}:{clause}"]  # type: ignore[return-value]


def text(game: Game, view: str) -> AgreementSeen:
    return game.seen(view, "agreement")[KEY]  # type: ignore[return-value]


def choose(clause: str, choice: str) -> c.ObligationChoose:
    return c.ObligationChoose(obligation=f"{KEY}:{clause}", choice=choice)  # type: ignore[arg-type]


# --- what is shown ------------------------------------------------------------------------------
def test_everybody_sees_what_is_owed_openly_and_the_parties_what_is_secret() -> None:
    game = signed()
    open_clauses = {f"{KEY}:{name}" for name in ("fac", "remains", "rec")}
    for view in ("seat:jpn", "seat:state", "observer", "public"):
        assert set(game.seen(view, "obligation")) == open_clauses
        assert {clause.issue for clause in text(game, view).clauses} == {"fac", "remains", "rec"}
    for view in ("seat:potus", "seat:dprk", CONTROL_VIEW):
        assert set(game.seen(view, "obligation")) == {*open_clauses, f"{KEY}:security_assurance"}


def test_an_obligation_says_who_owes_what_by_when_and_how_surely_a_breach_is_seen() -> None:
    fac, rec = row(signed(), "seat:jpn"), row(signed(), "seat:jpn", "rec")
    assert (fac.obligor, fac.level, fac.due_turn, fac.state, fac.asked) == ("dprk", 2, 2, "due", True)
    assert (fac.reversible, fac.detection, fac.label) == (False, "hardly ever", "part of Yongbyon")
    assert (rec.obligor, rec.after, rec.detection) == ("potus", "fac", "nearly always")


def test_what_is_not_yet_due_is_pending() -> None:
    game = signed(details={"fac": Detail(due=4)})
    assert (row(game, "seat:dprk").state, row(game, "seat:dprk").asked) == ("pending", False)
    assert game.refused(DPRK, choose("fac", "delay")) == "obligation.not_due"


def test_a_choice_is_its_own_side_s_and_control_s_to_see() -> None:
    game = signed()
    before = {view: len(game.feed(view)) for view in ("seat:potus", "seat:jpn", "public", "seat:dprk")}
    game.do(DPRK, choose("fac", "withhold"))
    assert row(game, "seat:dprk").choice == row(game, CONTROL_VIEW).choice == "withhold"
    assert [len(game.feed(view)) - n for view, n in before.items()] == [0, 0, 0, 1]


def test_an_unseen_breach_is_known_to_its_own_side_and_control_alone() -> None:
    game = settled(signed().do(DPRK, choose("fac", "withhold")))
    assert row(game, "seat:dprk").state == row(game, CONTROL_VIEW).state == "breached"
    for view in ("seat:potus", "seat:state", "seat:jpn", "public"):
        assert row(game, view).state == "fulfilled"
        assert text(game, view).status == "in_force"


def test_a_breach_that_is_seen_is_known_to_everybody_and_suspends_what_rests_on_it() -> None:
    game = settled(signed(SEEN).do(DPRK, choose("fac", "withhold")))
    for view in ("seat:potus", "seat:jpn", "public", "seat:dprk"):
        assert (row(game, view).state, row(game, view, "rec").state) == ("breached", "suspended")
        assert row(game, view).rule == "R-R18"
        told = game.seen(view, "outcome")["turn@2"]
        assert isinstance(told, OutcomeSeen)
        assert any("did not keep what was signed on facilities" in line for line in told.account)


def test_lateness_is_open_and_can_be_made_good() -> None:
    game = settled(signed().do(DPRK, choose("remains", "delay")))
    assert {row(game, view, "remains").state for view in ("seat:potus", "seat:jpn", "public")} == {"late"}
    game = settled(game)
    assert row(game, "public", "remains").state == "fulfilled"


def test_ratification_is_told_to_the_parties_with_what_was_struck_and_by_which_rule() -> None:
    game = signed(levels={**LEVELS, "usrel": 2}, details={})
    for view in ("seat:potus", "seat:dprk", CONTROL_VIEW):
        assert row(game, view, "usrel").state == "struck"
        said = text(game, view).ratification
        assert [(one.authority, one.said, one.clauses, one.rule) for one in said] == [
            ("nkspea", "refused", ("usrel",), "R-I04")
        ]
    assert f"{KEY}:usrel" not in game.seen("seat:jpn", "obligation")
    assert text(game, "seat:jpn").ratification == ()


# --- choosing -----------------------------------------------------------------------------------
def test_only_the_principal_that_owes_a_clause_chooses_about_it() -> None:
    game = signed()
    assert game.refused(POTUS, choose("fac", "delay")) == "obligation.not_yours"
    assert game.refused(STATE, choose("rec", "delay")) == "obligation.not_yours"
    assert game.refused(ROK, choose("rec", "delay")) == "obligation.not_yours"
    assert game.refused(POTUS, choose("nothing", "keep")) == "obligation.unknown"


def test_a_secret_obligation_and_one_that_is_not_there_answer_alike() -> None:
    game = signed()
    for actor in (STATE, ROK):
        assert game.refused(actor, choose("security_assurance", "keep")) == "obligation.unknown"
        assert game.refused(actor, choose("liaison", "keep")) == "obligation.unknown"


def test_a_choice_may_be_changed_until_orders_lock() -> None:
    game = signed().do(DPRK, choose("fac", "withhold"))
    assert game.refused(DPRK, choose("fac", "withhold")) == "obligation.unchanged"
    game.do(DPRK, choose("fac", "keep"))
    assert game.refused(DPRK, choose("fac", "keep")) == "obligation.unchanged"
    game.in_phase("lock")
    assert game.refused(DPRK, choose("fac", "withhold")) == "obligation.locked"
    game = settled(game)
    assert row(game, "seat:dprk").state == "fulfilled"
    assert game.refused(DPRK, choose("fac", "withhold")) == "obligation.over", "what is dismantled is dismantled"
    assert game.state.choices == {}


# --- texts --------------------------------------------------------------------------------------
def test_a_suspension_is_told_when_it_is_declared_and_takes_effect_with_the_turn() -> None:
    game = settled(signed())
    game.do(POTUS, c.AgreementSuspend(agreement=KEY, clause="rec", reason="Nothing came back."))
    for view in ("seat:dprk", "seat:jpn", "public"):
        assert [(n.kind, n.seat, n.clause) for n in text(game, view).notices] == [("suspension", "potus", "rec")]
        assert row(game, view, "rec").state == "fulfilled"
    game = settled(game)
    assert row(game, "public", "rec").state == "suspended"
    assert text(game, "public").notices == ()
    assert game.refused(POTUS, choose("rec", "keep")) == "obligation.suspended"
    game = settled(game.do(POTUS, c.AgreementReaffirm(agreement=KEY)))
    assert row(game, "public", "rec").state == "fulfilled"


def test_what_is_declared_about_a_secret_clause_only_the_parties_hear() -> None:
    game = settled(signed())
    before = len(game.feed("seat:jpn"))
    game.do(POTUS, c.AgreementSuspend(agreement=KEY, clause="security_assurance", reason="It was talked about."))
    assert len(game.feed("seat:jpn")) == before
    assert text(game, "seat:dprk").notices[0].clause == "security_assurance"
    game = settled(game)
    assert row(game, "seat:dprk", "security_assurance").state == "suspended"
    assert text(game, "seat:jpn").status == "in_force"


def test_notice_binds_until_it_runs_out_and_then_everybody_is_free() -> None:
    game = settled(signed().do(DPRK, c.AgreementWithdraw(agreement=KEY, notice=1, reason="Of no use.")))
    for view in ("seat:potus", "public"):
        assert (text(game, view).status, row(game, view, "remains").state) == ("notice", "fulfilled")
        assert [(n.kind, n.ends_turn) for n in text(game, view).notices] == [("withdrawal", 3)]
    assert game.refused(DPRK, c.AgreementWithdraw(agreement=KEY, notice=2, reason="Again.")) == "agreement.unchanged"
    game = settled(game)
    assert (text(game, "public").status, row(game, "public", "remains").state) == ("withdrawn", "ended")
    assert row(game, "public").state == "fulfilled", "what was shut down for good stays shut down"
    assert game.refused(POTUS, c.AgreementSuspend(agreement=KEY, reason="Why not.")) == "agreement.over"


def test_a_case_may_ask_for_longer_notice() -> None:
    game = signed()
    terms = game.scenario.negotiation
    longer = replace(terms, table=replace(terms.table, notice=2))
    game.scenario = replace(game.scenario, negotiation=longer)
    leave = c.AgreementWithdraw(agreement=KEY, notice=1, reason="Of no use.")
    assert game.refused(DPRK, leave) == "agreement.notice_too_short"
    game.do(DPRK, replace(leave, notice=2))


def test_nothing_is_declared_while_the_turn_is_settled() -> None:
    game = signed().in_phase("lock")
    for command in (
        c.AgreementSuspend(agreement=KEY, reason="Enough."),
        c.AgreementWithdraw(agreement=KEY, notice=1, reason="Enough."),
        c.AgreementReaffirm(agreement=KEY),
    ):
        assert game.refused(DPRK, command) == "agreement.locked"


def test_what_was_declared_once_is_not_declared_again() -> None:
    game = signed().do(DPRK, c.AgreementSuspend(agreement=KEY, reason="Enough."))
    again = c.AgreementSuspend(agreement=KEY, clause="remains", reason="Enough.")
    assert game.refused(DPRK, again) == "agreement.unchanged"


def test_a_notice_taken_back_in_the_same_turn_was_never_given() -> None:
    game = signed().do(DPRK, c.AgreementWithdraw(agreement=KEY, notice=1, reason="Of no use."))
    game.do(DPRK, c.AgreementReaffirm(agreement=KEY))
    assert text(game, "seat:potus").notices == ()
    assert text(settled(game), "public").status == "in_force"


@pytest.mark.parametrize(
    ("actor", "command", "code"),
    [
        (STATE, c.AgreementSuspend(agreement=KEY, reason="Enough."), "agreement.no_authority"),
        (ROK, c.AgreementWithdraw(agreement=KEY, notice=1, reason="Enough."), "agreement.no_authority"),
        (POTUS, c.AgreementSuspend(agreement="dprk:x", reason="Enough."), "agreement.unknown"),
        (POTUS, c.AgreementSuspend(agreement=KEY, clause="fac", reason="Enough."), "agreement.no_such_clause"),
        (DPRK, c.AgreementReaffirm(agreement=KEY), "agreement.nothing_to_reaffirm"),
    ],
)
def test_who_may_not_treat_a_text_is_told_why(actor, command, code) -> None:  # type: ignore[no-untyped-def]
    assert signed().refused(actor, command) == code


def test_what_is_done_for_good_cannot_be_suspended() -> None:
    game = settled(signed(levels={"fac": 2, "seq": 0}, details={}))
    assert game.refused(DPRK, c.AgreementSuspend(agreement=KEY, reason="Enough.")) == "agreement.nothing_to_suspend"


def test_a_preset_that_begins_with_a_text_in_force_shows_what_it_obliges_from_the_start() -> None:
    shown = a_game(preset="hanoi").seen("public", "obligation")
    assert {value.clause for value in shown.values()} >= {"test", "sec"}  # type: ignore[attr-defined]


def test_control_may_rule_that_a_breach_was_seen() -> None:
    game = signed().do(DPRK, choose("fac", "withhold")).in_phase("lock")
    game.do(CONTROL, c.RulingEvent(turn=2, die="caught:fac", happens=True, reason="A defector spoke."))
    game.do(CONTROL, c.RulingAccept(turn=2))
    assert row(game, "public").state == "breached"
    assert "did not keep" in game.seen("public", "outcome")["turn@2"].headline  # type: ignore[attr-defined]


def test_control_s_ruling_room_sees_the_breach_before_anybody_else() -> None:
    game = signed().do(DPRK, choose("fac", "withhold")).in_phase("lock")
    proposal = game.seen("control", "proposal")["turn@2"]
    assert any(die.key == "caught:fac" for die in proposal.dice)  # type: ignore[attr-defined]
    before = len(game.feed("seat:potus"))
    assert row(game, "seat:potus").state == "due"
    game.do(CONTROL, c.RulingAccept(turn=2))
    assert len(game.feed("seat:potus")) > before
