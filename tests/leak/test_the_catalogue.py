"""The catalogue is everybody's; what a clause is worth is nobody's, and a side clause agreed in secret stays secret."""

import msgspec

from negotiation.details import Detail
from tests.support.builders import SEATS, Game, a_game, player
from wargame.game import commands as c
from wargame.game.entities import CatalogueSeen, IssueSeen

POTUS, DPRK = player("potus"), player("dprk")
VIEWS = ("control", "observer", "public", *(f"seat:{seat}" for seat in SEATS))
SECRET = "security_assurance"


def in_force(details: dict[str, Detail]) -> Game:
    game = a_game(seed="seed-139").with_seats("potus", "state", "dprk", "rok", "jpn").started().in_phase("negotiate")
    text = c.OfferDraft(offer="o", parties=("potus", "dprk"), levels={"test": 1, SECRET: 1}, details=details, title="T")
    game.do(POTUS, text).do(POTUS, c.OfferTable(offer="o")).do(DPRK, c.OfferAccept(offer="potus:o", version=1))
    for actor in (POTUS, DPRK):
        game.do(actor, c.OfferSign(offer="potus:o", version=1, venue="exchange"))
    return game.at_turn(2).in_phase("plan")


def banked(game: Game, view: str) -> bool:
    seen = game.seen(view, "clause")[SECRET]
    assert isinstance(seen, CatalogueSeen)
    return seen.banked


def test_every_view_is_told_the_same_catalogue_and_what_nobody_s_clause_is_worth() -> None:
    game = a_game(seed="seed-139").with_seats("potus", "dprk").started()
    told = {view: msgspec.json.encode(game.seen(view, "clause")) for view in VIEWS}
    assert len(set(told.values())) == 1
    fields = set(CatalogueSeen.__struct_fields__)
    assert not fields & {"worth", "values", "players", "detection", "observers", "bucket"}


def test_an_issue_names_the_seat_that_signs_for_who_owes_it() -> None:
    game = a_game(seed="seed-139").with_seats("potus", "dprk").started()
    owed = {key: one.obligor for key, one in game.seen("seat:jpn", "issue").items() if isinstance(one, IssueSeen)}
    assert (owed["fac"], owed["sec"], owed["seq"]) == ("dprk", "potus", "")


def test_a_side_clause_agreed_in_secret_is_in_force_to_its_parties_and_to_control_alone() -> None:
    assert {view for view in VIEWS if banked(in_force({}), view)} == set(VIEWS), "agreed openly, it is known to all"
    secret = in_force({SECRET: Detail(secret=True)})
    knowing = {view for view in VIEWS if banked(secret, view)}
    assert knowing == {"control", "seat:potus", "seat:dprk"}
