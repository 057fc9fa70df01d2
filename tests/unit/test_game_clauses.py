"""What the clauses of a text may say beyond their level: dates, parts, conditions, brackets, secrets, own words."""

import msgspec
import pytest

from negotiation.details import ANNEX, WORDING, Annex, Detail, check_details, kept, without
from tests.support.builders import Game, player
from tests.support.tables import KEY, SMALL, a_table, agreed, an_annex, bracketed, drafted, tabled
from wargame.game import commands as c
from wargame.game.rejections import Rejected, sentence

SIDES = {**SMALL, "remains": 1}
TURN_NOW = 1


def draft_of(**more) -> c.OfferDraft:  # type: ignore[no-untyped-def]
    fields = {"offer": "o", "parties": ("potus", "dprk"), "levels": SIDES, **more}
    return c.OfferDraft(**fields)


def refused(details: dict[str, Detail], **more) -> Rejected:  # type: ignore[no-untyped-def]
    answer = a_table().try_(player("potus"), draft_of(details=details, **more))
    assert isinstance(answer, Rejected)
    return answer


@pytest.mark.parametrize(
    ("details", "code", "words"),
    [
        ({"sec": Detail(due=0)}, "offer.due_past", "this is turn 1"),
        ({"test": Detail(due=3)}, "offer.not_to_date", "test"),
        ({"test": Detail(tranches=9)}, "offer.tranches_range", "2 to 4"),
        ({"sec": Detail(tranches=99)}, "offer.tranches_range", "1 to 12"),
        ({"test": Detail(verified_by="a hunch")}, "offer.verification_unknown", "sensors"),
        ({"test": Detail(after="sec")}, "offer.no_dependency", "test"),
        ({"sec": Detail(after="rec")}, "offer.dependency_missing", "waits for rec"),
        ({"sec": Detail(after="sec")}, "offer.dependency_circle", "sec, sec"),
        ({"sec": Detail(after="remains"), "remains": Detail(after="sec")}, "offer.dependency_circle", "remains, sec"),
        ({"sec": Detail(due=2, after="remains"), "remains": Detail(due=4)}, "offer.dependency_late", "due in turn 4"),
        ({"sec": Detail(secret=True)}, "offer.not_secret", "sec"),
        ({"rec": Detail(due=3)}, "offer.no_such_clause", "sec, test"),
    ],
)
def test_what_a_clause_cannot_say_is_refused_with_the_clause_and_what_to_do(
    details: dict[str, Detail], code: str, words: str
) -> None:
    answer = refused(details)
    assert answer.code == code
    assert words in sentence(answer)
    assert "{" not in sentence(answer)


def test_what_a_clause_may_say_is_kept_as_it_was_said_and_what_says_nothing_is_not() -> None:
    said = {
        "sec": Detail(due=3, tranches=2, verified_by="A joint team", after="remains", wording="In two halves."),
        "remains": Detail(due=2, secret=True),
        "test": Detail(),
    }
    game = a_table().do(player("potus"), draft_of(details=said))
    assert game.state.offers[KEY].details == {"sec": said["sec"], "remains": said["remains"]}


def test_a_clause_may_be_due_with_what_it_waits_for() -> None:
    same = {"sec": Detail(due=3, after="remains"), "remains": Detail(due=3)}
    assert check_details(SIDES, same, rules={}, turn=1) is None


def test_clauses_that_contradict_each_other_do_not_stand_in_one_text() -> None:
    answer = refused({}, levels={**SMALL, "office": 1, "embassy": 1})
    assert (answer.code, answer.params) == ("offer.contradiction", {"issue": "office", "other": "embassy"})
    a_table().do(player("potus"), draft_of(levels={**SMALL, "office": 1, "embassy": 0}))


def test_a_date_may_pass_while_a_draft_lies_and_then_it_is_not_tabled() -> None:
    game = drafted(a_table(), levels=SIDES, details={"remains": Detail(due=1)})
    game.at_turn(2)
    assert game.refused(player("potus"), c.OfferTable(offer="o")) == "offer.due_past"
    drafted(game, levels=SIDES, details={"remains": Detail(due=2)}).do(player("potus"), c.OfferTable(offer="o"))


def test_a_date_may_pass_while_a_text_is_agreed_and_then_it_is_countered_and_not_signed() -> None:
    game = agreed(levels=SIDES, details={"remains": Detail(due=1)}).at_turn(2).in_phase("negotiate")
    sign = c.OfferSign(offer=KEY, version=1, venue="exchange")
    assert game.refused(player("potus"), sign) == "offer.due_past"
    later = c.OfferCounter(offer=KEY, against=1, levels=SIDES, details={"remains": Detail(due=3)})
    game.do(player("dprk"), later).do(player("potus"), c.OfferAccept(offer=KEY, version=2))
    game.do(player("potus"), c.OfferSign(offer=KEY, version=2, venue="exchange"))


# --- brackets ---------------------------------------------------------------------------------
def test_a_text_with_brackets_left_is_nobody_s_agreed_text() -> None:
    game = tabled(details=bracketed("sec"))
    assert game.state.offers[KEY].accepted == ()
    for command in (
        c.OfferAccept(offer=KEY, version=1),
        c.OfferInitial(offer=KEY, version=1),
        c.OfferSign(offer=KEY, version=1, venue="exchange"),
    ):
        answer = game.try_(player("dprk"), command)
        assert isinstance(answer, Rejected)
        assert (answer.code, answer.params) == ("offer.brackets_left", {"clauses": ("sec",)})


def test_a_clause_is_not_bracketed_and_accepted_at_once() -> None:
    game = tabled(details=bracketed("sec"))
    assert game.refused(player("dprk"), c.OfferMark(offer=KEY, version=1, marks={"sec": "accept"})) == "offer.bracketed"
    game.do(player("dprk"), c.OfferMark(offer=KEY, version=1, marks={"sec": "bracket", "test": "accept"}))


def test_taking_the_brackets_off_is_a_new_version_that_can_be_agreed() -> None:
    game = tabled(details=bracketed("sec"))
    game.do(player("dprk"), c.OfferCounter(offer=KEY, against=1, levels=SMALL, details={}))
    offer = game.state.offers[KEY]
    assert (offer.version, offer.accepted, offer.details) == (2, ("dprk",), {})
    assert game.do(player("potus"), c.OfferAccept(offer=KEY, version=2)).state.offers[KEY].status == "agreed"


# --- packages, expiry, annexes ----------------------------------------------------------------
def test_a_package_is_taken_whole_or_countered_and_no_clause_is_picked_out() -> None:
    game = tabled(package=True)
    for mark in ("bracket", "reject"):
        command = c.OfferMark(offer=KEY, version=1, marks={"sec": mark})  # type: ignore[dict-item]
        assert game.refused(player("dprk"), command) == "offer.package_whole"
    game.do(player("dprk"), c.OfferMark(offer=KEY, version=1, marks={"sec": "accept"}))
    game.do(player("dprk"), c.OfferCounter(offer=KEY, against=1, levels={"test": 1}))
    assert game.state.offers[KEY].package, "a counter leaves what it does not speak of"


def test_a_counter_that_leaves_something_out_keeps_it_and_says_what_it_changes() -> None:
    game = tabled(details={"sec": Detail(due=4)}, annexes=(an_annex(),), expires=5)
    game.do(player("dprk"), c.OfferCounter(offer=KEY, against=1, levels={"sec": 1}))
    offer = game.state.offers[KEY]
    assert (offer.details, offer.annexes, offer.expires) == ({"sec": Detail(due=4)}, (an_annex(),), 5)
    game.do(player("potus"), c.OfferCounter(offer=KEY, against=2, levels={"sec": 1}, expires=0, annexes=()))
    offer = game.state.offers[KEY]
    assert (offer.expires, offer.annexes) == (None, ())
    same = c.OfferCounter(offer=KEY, against=3, levels={"sec": 1})
    assert game.refused(player("dprk"), same) == "offer.unchanged"
    game.do(player("dprk"), c.OfferCounter(offer=KEY, against=3, levels={"sec": 1}, details={}))


def test_a_text_lapses_with_the_end_of_its_turn_and_says_why() -> None:
    game = tabled(expires=1)
    assert game.in_phase("negotiate").state.offers
    game.at_turn(2)
    seen = game.seen("seat:dprk", "offer")[KEY]
    assert (seen.status, seen.reason) == ("lapsed", "It was open to turn 1.")  # type: ignore[attr-defined]
    assert KEY not in game.state.offers


def test_an_expiry_in_the_past_and_one_the_case_does_not_know_are_refused() -> None:
    game = a_table().at_turn(2).in_phase("negotiate")
    assert game.refused(player("potus"), draft_of(expires=1)) == "offer.expires_past"
    strict = a_table(expiry=False)
    assert strict.refused(player("potus"), draft_of(expires=3)) == "offer.no_expiry"


def test_annexes_have_names_of_their_own_and_go_with_the_version() -> None:
    twice = draft_of(annexes=(an_annex("a"), an_annex("a", "Another.")))
    assert a_table().refused(player("potus"), twice) == "offer.annex_twice"
    game = tabled(annexes=(an_annex("a"), an_annex("b")))
    seen = game.seen("seat:dprk", "offer_version")[f"{KEY}@1"]
    assert [annex.id for annex in seen.annexes] == ["a", "b"]  # type: ignore[attr-defined]


# --- long texts, other scripts ----------------------------------------------------------------
WORDS = ("שלום 🕊️ على الطاولة", "🇰🇵🤝🇺🇸" * 200, "漢字とハングル 한글 " * 100, "e\u0301\u200f\u200e" * 500)


@pytest.mark.parametrize("words", WORDS)
def test_every_script_is_kept_as_it_was_written(words: str) -> None:
    game = tabled(details={"sec": Detail(wording=words)}, annexes=(Annex(id="a", title=words[:200], text=words),))
    seen = game.seen("seat:dprk", "offer_version")[f"{KEY}@1"]
    raw = msgspec.json.decode(msgspec.json.encode(seen), type=type(seen))
    assert raw.details["sec"].wording == raw.annexes[0].text == words  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("field", "value", "limit"),
    [
        ("details", {"sec": {"wording": "x" * 100_000}}, str(WORDING)),
        ("annexes", [{"id": "a", "title": "T", "text": "x" * 100_000}], str(ANNEX)),
        ("annexes", [{"id": f"a{n}", "title": "T", "text": "x"} for n in range(7)], "6"),
        ("note", "x" * 100_000, "2000"),
    ],
)
def test_a_text_of_100_kb_is_refused_at_the_place_and_with_the_limit(field: str, value: object, limit: str) -> None:
    plain = {"offer": "o", "parties": ["potus", "dprk"], "levels": SMALL, field: value}
    with pytest.raises(msgspec.ValidationError) as found:
        msgspec.convert(plain, type=c.OfferDraft)
    assert limit in str(found.value)
    assert f"$.{field}" in str(found.value)


def test_wording_that_reached_a_rule_by_another_way_is_held_to_the_same_limit() -> None:
    long = {"sec": Detail(wording="x" * (WORDING + 7))}
    answer = check_details(SMALL, long, rules={}, turn=1)
    assert answer is not None
    assert (answer.code, answer.params) == ("offer.wording_too_long", {"issue": "sec", "limit": WORDING, "over": 7})
    assert isinstance(refused(long), Rejected)


# --- secret clauses ---------------------------------------------------------------------------
def levels_of(game: Game, view: str, version: int = 1) -> dict[str, int]:
    return game.seen(view, "offer_version")[f"{KEY}@{version}"].levels  # type: ignore[attr-defined,no-any-return]


def secretly_tabled() -> Game:
    said = {"remains": Detail(secret=True, wording="Quietly."), "sec": Detail(after="remains", due=3)}
    return tabled(levels=SIDES, details=said, readers=("state", "rok"))


def test_a_secret_clause_is_for_the_parties_and_a_reader_sees_the_text_without_it() -> None:
    game = secretly_tabled()
    for view in ("seat:potus", "seat:dprk", "control"):
        assert levels_of(game, view) == SIDES
    for view in ("seat:state", "seat:rok"):
        assert levels_of(game, view) == SMALL
        seen = game.seen(view, "offer_version")[f"{KEY}@1"]
        assert seen.details == {"sec": Detail(due=3)}, "not even that something waits for it"  # type: ignore[attr-defined]
        assert b"remains" not in msgspec.json.encode([row.value for row in game.feed(view) if "offer" in row.kind])


def test_who_is_asked_to_stand_by_a_text_sees_all_it_would_stand_by() -> None:
    said = {"remains": Detail(secret=True)}
    game = drafted(a_table(), levels=SIDES, details=said, sponsors=("rok",), readers=("state",))
    assert levels_of(game, "seat:rok", version=0) == SIDES
    game.do(player("rok"), c.OfferSponsor(offer=KEY, stands=True)).do(player("potus"), c.OfferTable(offer="o"))
    assert levels_of(game, "seat:rok") == SIDES
    assert levels_of(game, "seat:state") == SMALL


def test_a_position_on_a_secret_clause_is_no_row_to_a_reader() -> None:
    game = secretly_tabled()
    before = len(game.feed("seat:rok"))
    game.do(player("dprk"), c.OfferMark(offer=KEY, version=1, marks={"remains": "reject"}))
    assert len(game.feed("seat:rok")) == before
    game.do(player("dprk"), c.OfferMark(offer=KEY, version=1, marks={"test": "accept"}))
    assert game.seen("seat:rok", "stance")[f"{KEY}@1:dprk"].marks == {"test": "accept"}  # type: ignore[attr-defined]
    marks = {"remains": "reject", "test": "accept"}
    assert game.seen("seat:potus", "stance")[f"{KEY}@1:dprk"].marks == marks  # type: ignore[attr-defined]


def test_details_without_what_is_hidden_have_no_trace_of_it() -> None:
    said = {"a": Detail(after="b", due=2), "b": Detail(secret=True)}
    assert without(said, frozenset({"b"})) == {"a": Detail(due=2)}
    assert kept(said, ["b"]) == {"b": Detail(secret=True)}
