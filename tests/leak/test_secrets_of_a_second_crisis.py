"""Secret levels, cards, veils and closed moves: what a view may not know changes nothing it is told, not one byte.

Each test plays the same game twice, the second time with something behind the view's back, and compares whole feeds.
"""

import msgspec
import pytest

from adjudication.scenario import Scenario
from tests.support.builders import CONTROL, SYSTEM, Game, player
from tests.support.second_crisis import Sections, a_case, levels, move, rule, variable
from wargame.game import commands as c
from wargame.game.visibility.base import Disclosure

SEATS = ("queen", "fleet", "king", "isle")
VIEWS = (*(f"seat:{seat}" for seat in SEATS), "observer", "public")
OUTSIDERS = ("seat:king", "seat:isle", "observer", "public")

BASES: Sections = {
    "id": "bases", "label": "Bases", "obligor": "NORTH", "levels": levels("stay", "talks", "out, untold", "out, told"),
    "secret_levels": {2: {"holders": ["queen", "king"], "leaked_as": 3, "mul": 1.5}},
}  # fmt: skip
LEAK = {"issue": "bases", "level": 2, "event": "came_out", "rule": "R-A03"}
RULES = [rule("R-A03", code=True), rule("R-A05", 8, event="came_out", effects=[{"add": ["strain", 5]}])]
CARD: Sections = {
    "id": "powder", "label": "What the powder is", "historical": "wet", "sources": ["judgement"],
    "outcomes": [
        {"id": "dry", "p": 0.5, "text": "It was dry.", "set": {"flag.powder_dry": 1}},
        {"id": "wet", "p": 0.5, "text": "It was wet.", "set": {}},
    ],
}  # fmt: skip
SPEECH = move("speech", "queen", {"set_flag": "spoken"})
FACT = {"id": "spoken", "label": "The queen has spoken", "absent": "The queen is silent", "see": ["all"]}
PLAN = move("plan", "fleet", signal={"about": "NORTH", "trust": -0.5, "resolve": 0.5})
ANSWER = move("answer", "king", {"add": ["strain", 1]}, hidden_until={"flag": "spoken"})
CHART = variable("charts", 30, headline=True, hidden_until={"seats": ["king", "isle"], "when": {"flag": "spoken"}})
VEIL = {"id": "week", "sides": ["NORTH"], "until": {"flag": "spoken"}, "insiders": ["NORTH"]}


def a_crisis(**more: object) -> Scenario:
    return a_case(
        issues=[BASES], moves=[SPEECH, PLAN, ANSWER], variables=[CHART], facts=[FACT], rules=[*RULES, *USED],
        cards=[CARD], veils=[VEIL], negotiation={"leaks": [{**LEAK, "p": more.pop("p", 0.0)}]}, **more,
    )  # fmt: skip


USED = [rule("R-H01", when={"all": [{"flag": "powder_dry"}, {"ge": ["strain", 99]}]}, effects=[{"add": ["strain", 1]}])]


def a_game(case: Scenario, seed: str = "s1") -> Game:
    game = Game(case)
    create = c.GameCreate(title="T", scenario="straits", preset="whole", seed=seed, style="rigid", open_seats=SEATS)
    return game.do(SYSTEM, create).joined("p-control", "Control", "control").with_seats(*SEATS).started()


def end_turn(game: Game) -> None:
    turn = game.state.turn
    while game.state.turn == turn and game.state.status == "running":
        game.next_phase()


def sign(game: Game, **agreed: int) -> None:
    game.do(player("queen"), c.OfferDraft(offer="t", parties=("queen", "king"), levels=agreed, title="The text"))
    game.do(player("queen"), c.OfferTable(offer="t"))
    name = next(iter(game.state.offers))
    game.do(player("king"), c.OfferAccept(offer=name, version=1))
    for seat in ("queen", "king"):
        game.do(player(seat), c.OfferSign(offer=name, version=1, venue="exchange"))


def order(game: Game, seat: str, move_id: str) -> None:
    game.do(player(seat), c.OrderDraft(order=f"{game.state.turn}-{move_id}", move=move_id, params={}, public=True))


def plain(feed: list[Disclosure]) -> list[bytes]:
    return [msgspec.json.encode((row.kind, row.key, row.value)) for row in feed]


def with_text(case: Scenario, **agreed: int) -> Game:
    game = a_game(case)
    sign(game, **agreed)
    for _ in range(3):
        end_turn(game)
    return game


@pytest.mark.parametrize("view", ["seat:fleet", "seat:isle", "observer", "public"])
def test_a_secret_level_in_force_changes_nothing_for_who_does_not_hold_it(view: str) -> None:
    case = a_crisis()
    open_only, with_secret = with_text(case, pledge=1), with_text(case, pledge=1, bases=2)
    assert with_secret.state.world["clauses"]["bases"] == 2
    assert plain(with_secret.feed(view)) == plain(open_only.feed(view))


def test_its_holders_and_control_see_it() -> None:
    game = with_text(a_crisis(), pledge=1, bases=2)
    for view in ("seat:queen", "seat:king", "control"):
        assert game.seen(view, "issue")["bases"].banked == 2  # type: ignore[attr-defined]


def test_leaked_it_is_shown_to_all() -> None:
    game = with_text(a_crisis(p=1.0), pledge=1, bases=2)
    for view in ("seat:isle", "observer"):
        assert game.seen(view, "issue")["bases"].banked == 2  # type: ignore[attr-defined]
        (text,) = game.seen(view, "agreement").values()
        assert {clause.issue for clause in text.clauses} == {"pledge", "bases"}  # type: ignore[attr-defined]


def test_a_draft_of_an_outsider_is_judged_by_what_the_outsider_knows() -> None:
    game = with_text(a_crisis(), pledge=1, bases=2)
    parties = ("queen", "king")
    game.do(player("fleet"), c.OfferDraft(offer="f", parties=parties, levels={"bases": 1}, title="Talks"))
    refused = game.refused(
        player("queen"), c.OfferDraft(offer="q", parties=parties, levels={"bases": 1}, title="Talks")
    )
    assert refused == "offer.below_banked"


def test_how_a_card_lies_is_told_to_nobody_before_the_end_and_then_to_control_alone() -> None:
    case = a_crisis()
    games = {}
    for seed in (f"s{n}" for n in range(20)):
        game = a_game(case, seed)
        games.setdefault("powder_dry" in game.state.world["flags"], game)
    assert set(games) == {True, False}
    for game in games.values():
        for _ in range(2):
            end_turn(game)
        told = b"".join(plain(game.told))
        assert b"powder" not in told
        assert b"It was" not in told
        game.do(CONTROL, c.GameEnd(reason="Enough."))
    for dry, game in games.items():
        said = "It was dry." if dry else "It was wet."
        notes = [row for row in game.told if row.kind == "note"]
        assert {row.view for row in notes} == {"control"}
        assert said in notes[0].value.text  # type: ignore[union-attr]


@pytest.mark.parametrize("view", OUTSIDERS)
def test_an_order_behind_a_veil_changes_nothing_outside(view: str) -> None:
    case = a_crisis()
    feeds = []
    for busy in (False, True):
        game = a_game(case)
        if busy:
            count, game._commands = game._commands, 10_000
            order(game, "fleet", "plan")
            game._commands = count
        for _ in range(2):
            end_turn(game)
        feeds.append(plain(game.feed(view)))
    assert feeds[0] == feeds[1]


def test_a_closed_move_is_as_unknown_as_one_that_is_not_there() -> None:
    game = a_game(a_crisis())
    closed, none = (
        game.try_(player("king"), c.OrderDraft(order="o", move=name, params={}, public=True))
        for name in ("answer", "nonsense")
    )
    assert closed == none
    assert "answer" not in game.seen("seat:king", "move")
    assert "charts" not in game.seen("seat:king", "variable")
    order(game, "queen", "speech")
    end_turn(game)
    assert "answer" in game.seen("seat:king", "move")
    assert "charts" in game.seen("seat:king", "variable")
    assert any(row.kind == "reading" and row.key.startswith("charts@") for row in game.feed("seat:king"))
    order(game, "king", "answer")


def test_a_closed_variable_changes_nothing_for_whom_it_is_closed() -> None:
    feeds = []
    for start in (30, 90):
        game = a_game(a_crisis(presets=[{"id": "whole", "title": "Whole", "start": {"charts": start}}]))
        end_turn(game)
        feeds.append({view: plain(game.feed(view)) for view in VIEWS})
    assert feeds[0]["seat:queen"] != feeds[1]["seat:queen"]
    assert not any(b"charts" in row for view in OUTSIDERS for row in feeds[0][view])
    for view in OUTSIDERS:
        assert feeds[0][view] == feeds[1][view]
