"""The assessment: objectives rated by Control, the improvement plan, and that nobody else hears of either."""

import pytest
from msgspec.structs import replace

from adjudication.scenario.review import LearningObjective, Review
from tests.support.builders import CONTROL, Game, a_game, player
from wargame.game import commands as c
from wargame.game.decide import objectives as rules
from wargame.game.objectives import Goal, goal_id, goals, goals_now


@pytest.fixture
def game() -> Game:
    return a_game().with_seats("potus", "dprk").at_turn(1)


def first(game: Game) -> str:
    return goals_now(game.scenario, game.state)[0].id


def test_a_rating_stands_on_controls_view_alone_and_is_written_anew(game: Game) -> None:
    goal = first(game)
    game.do(CONTROL, c.AssessRate(objective=goal, rating="S", strengths=" Listened. ", seqs=(3, 1, 3)))
    seen = game.seen("control", "objective_rating")[goal]
    assert (seen.rating, seen.strengths, seen.refs) == ("S", "Listened.", (1, 3))
    game.do(CONTROL, c.AssessRate(objective=goal, rating="P"))
    assert game.seen("control", "objective_rating")[goal].rating == "P"
    assert game.state.assessed.ratings == (goal,)
    assert {row.view for row in game.told if row.kind in ("objective_rating", "plan_item")} == {"control"}


def test_a_rating_that_says_nothing_takes_it_back(game: Game) -> None:
    goal = first(game)
    assert game.refused(CONTROL, c.AssessRate(objective=goal, strengths="  ")) == "assess.empty"
    game.do(CONTROL, c.AssessRate(objective=goal, improve="Ask first."))
    game.do(CONTROL, c.AssessRate(objective=goal))
    assert not game.seen("control", "objective_rating")
    assert game.state.assessed.ratings == ()


def test_only_objectives_of_the_exercise_are_rated_by_events_that_happened(game: Game) -> None:
    assert game.refused(CONTROL, c.AssessRate(objective="no-such", rating="P")) == "assess.no_objective"
    rate = c.AssessRate(objective=first(game), rating="P", seqs=(len(game.log) + 1,))
    assert game.refused(CONTROL, rate) == "assess.no_event"
    assert game.refused(player("potus"), c.AssessRate(objective=first(game), rating="P")) == "who.control_only"


def test_control_rates_by_an_objective_of_an_inject_it_wrote(game: Game) -> None:
    own = c.EntryWords(title="t", text="t", to=("all",), when=c.When(hand=True), objective="Запас времени")
    game.do(CONTROL, c.InjectWrite(msel="own", entry=own))
    assert goals_now(game.scenario, game.state)[-1].label == "Запас времени"
    game.do(CONTROL, c.AssessRate(objective=goal_id("Запас времени"), rating="U"))


def test_ids_of_objectives_in_words_are_plain_and_never_collide() -> None:
    assert goal_id("Deciding under a clock") == "deciding-under-a-clock"
    assert goal_id("Mixed: 混合") != goal_id("Mixed") == "mixed"
    assert len({goal_id(words) for words in ("신호", "의도", "x" * 65, "x" * 66)}) == 4
    assert all(len(goal_id("y" * n)) <= 64 for n in (1, 64, 65, 200))


def test_the_plan_is_written_changed_and_taken_back(game: Game) -> None:
    plan = c.AssessPlan(item="one", area="Liaison", action="Name a deputy.", owner="Dean", start="2024-02-29")
    game.do(CONTROL, plan).do(CONTROL, c.AssessPlan(item="two", action="Write it down."))
    game.do(CONTROL, c.AssessPlan(item="one", action="Name two.", due="2024-03-01", objective=first(game)))
    seen = game.seen("control", "plan_item")
    assert (seen["one"].action, seen["one"].owner, seen["one"].due) == ("Name two.", "", "2024-03-01")
    assert game.state.assessed.plan == ("one", "two")
    game.do(CONTROL, c.AssessDrop(item="one"))
    assert list(game.seen("control", "plan_item")) == ["two"]
    assert game.refused(CONTROL, c.AssessDrop(item="one")) == "assess.no_item"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"action": " "}, "text.empty"),
        ({"start": "2023-02-29"}, "assess.no_day"),
        ({"due": "2023-13-01"}, "assess.no_day"),
        ({"start": "2024-01-02", "due": "2024-01-01"}, "assess.due_first"),
        ({"objective": "nothing"}, "assess.no_objective"),
    ],
)
def test_an_item_that_cannot_be_is_refused(game: Game, changes: dict[str, str], code: str) -> None:
    assert game.refused(CONTROL, c.AssessPlan(**{"item": "i", "action": "Act."} | changes)) == code


def test_ratings_and_plan_have_an_end(game: Game, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "RATINGS", 1)
    monkeypatch.setattr(rules, "PLAN_ITEMS", 1)
    one, two = (goal.id for goal in goals_now(game.scenario, game.state)[:2])
    game.do(CONTROL, c.AssessRate(objective=one, rating="P")).do(CONTROL, c.AssessPlan(item="i", action="Act."))
    assert game.refused(CONTROL, c.AssessRate(objective=two, rating="P")) == "assess.too_many_ratings"
    assert game.refused(CONTROL, c.AssessPlan(item="more", action="Act.")) == "assess.too_many_items"
    game.do(CONTROL, c.AssessRate(objective=one, rating="U")).do(CONTROL, c.AssessPlan(item="i", action="Again."))


def test_a_rewind_keeps_the_assessment(game: Game) -> None:
    game.do(CONTROL, c.CheckpointMake(label="here"))
    game.do(CONTROL, c.AssessRate(objective=first(game), rating="M")).do(CONTROL, c.AssessPlan(item="i", action="Act."))
    told = len(game.told)
    game.do(CONTROL, c.GameRewind(checkpoint=game.state.checkpoints[-1], reason="Once more.", rewinds=0))
    assert game.state.assessed.ratings == (first(game),)
    assert not [row for row in game.told[told:] if row.kind in ("objective_rating", "plan_item")]


def test_the_assessment_is_given_after_the_end_too(game: Game) -> None:
    game.do(CONTROL, c.GameEnd())
    game.do(CONTROL, c.AssessRate(objective=first(game), rating="P"))
    assert game.seen("control", "log")[game.last[0].id].text.endswith("performed without challenges.")


def test_a_case_without_objectives_has_none_to_rate() -> None:
    class Bare:
        injects = sources = ()
        review = None

    assert goals(Bare()) == ()  # type: ignore[arg-type]


def test_a_case_that_sets_objectives_for_its_review_is_rated_by_those(game: Game) -> None:
    source = game.scenario.sources[0]
    goal = LearningObjective(id="see", text="See both sides", competency="Judgement", source=source.id)
    case = replace(game.scenario, review=Review(objectives=(goal,)))
    assert goals(case, ["Ours"]) == (Goal("see", "See both sides", "Judgement", source.text), Goal("ours", "Ours"))
    assert len(goals(replace(case, review=None))) > 10, "without them by what its injects teach"
