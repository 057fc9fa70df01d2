"""What the golden game has after its end: a guided debrief (stops, lifted fog, a question, answers), an assessment."""

from tests.support.builders import CONTROL, Game, player
from wargame.game import commands as c
from wargame.game.commands.debrief import Stop
from wargame.game.objectives import goals_now

MINUTE = 60_000


def talk_it_over(game: Game) -> None:
    """Go through the debrief from its opening to its close."""
    began, ended = game.log[0].at_ms, game.now
    stops = (
        Stop(stop="start", at_ms=began, turn=1, title="How it began", prompt="What did you want?"),
        Stop(stop="end", at_ms=ended, turn=12, title="How it ended"),
    )
    game.do(CONTROL, c.DebriefOpen(stops=stops)).later(MINUTE)
    game.do(player("potus"), c.DebriefAnswer(number=1, text="A text that holds."))
    game.do(player("dprk"), c.DebriefAnswer(number=1, text="To be spoken to as an equal."))
    game.do(CONTROL, c.DebriefReveal()).do(CONTROL, c.DebriefLift(teams=("DPRK",))).later(MINUTE)
    game.do(CONTROL, c.DebriefStep(stop="end")).do(CONTROL, c.DebriefPose(prompt="What would you do again?"))
    game.do(player("rok"), c.DebriefAnswer(number=3, text="Carry the letter."))
    game.do(CONTROL, c.DebriefClose())
    assess(game)


def assess(game: Game) -> None:
    """Rate an objective, take another rating back, and write an improvement plan with one item too many."""
    one, two = (goal.id for goal in goals_now(game.scenario, game.state)[:2])
    game.do(CONTROL, c.AssessRate(objective=one, rating="S", strengths="They asked.", improve="Late.", seqs=(1, 40)))
    game.do(CONTROL, c.AssessRate(objective=two, rating="P")).do(CONTROL, c.AssessRate(objective=two))
    plan = c.AssessPlan(item="line", area="Liaison", action="Name a deputy.", owner="Dean", due="2024-02-29")
    game.do(CONTROL, plan).do(CONTROL, c.AssessPlan(item="more", action="Meet.", objective=one))
    game.do(CONTROL, c.AssessDrop(item="more"))
    game.do(player("rok"), c.ConsentChoose(choice="figures"))
