"""What the golden game does at its desks: a cable through its chain, a statement meant and read, a late request."""

from tests.support.builders import Game, player
from wargame.game import commands as c

STATE, DEFENSE, INTEL, POTUS, DPRK = (player(seat) for seat in ("state", "defense", "intel", "potus", "dprk"))


def _newest(game: Game) -> str:
    return list(game.state.papers)[-1]


def work(game: Game) -> None:
    """Take a cable out by way of a return and an edit, say something to everybody, and ask three questions."""
    words = {"subject": "Next round", "summary": "They will name a team by spring."}
    game.do(STATE, c.PaperDraft(template="cable", to=("dprk",), fields=words))
    paper = _newest(game)
    game.do(STATE, c.PaperSendForClearance(paper=paper, version=1))
    game.do(INTEL, c.PaperReturn(paper=paper, version=1, reason="It says how we know."))
    game.do(STATE, c.PaperEdit(paper=paper, version=1, fields={"summary": "They may name a team by spring."}))
    game.do(STATE, c.PaperSendForClearance(paper=paper, version=2))
    game.do(DEFENSE, c.PaperClear(paper=paper, version=2, fields={"body": "1. No dates yet."}, note="No dates."))
    game.do(INTEL, c.PaperClear(paper=paper, version=3)).do(POTUS, c.PaperClear(paper=paper, version=3))
    game.do(STATE, c.PaperRelease(paper=paper, version=3)).do(DPRK, c.ItemOpen(kind="paper", key=paper))
    game.do(DPRK, c.PaperDraft(template="demarche", to=("potus",), reply_to=paper))
    game.do(DPRK, c.PaperWithdraw(paper=_newest(game)))
    game.do(POTUS, c.PaperDraft(template="statement", fields={"headline": "No hurry", "body": "We are in no hurry."}))
    word = _newest(game)
    game.do(POTUS, c.StatementMean(paper=word, text="Time is on our side.")).do(
        POTUS, c.PaperRelease(paper=word, version=1)
    )
    game.do(DPRK, c.StatementRead(paper=word, text="They have an election."))
    for due in (game.state.turn, game.state.turn, game.state.turn + 2):
        game.do(STATE, c.TaskingAsk(kind="rfi", to="intel", text="Who will lead their team?", due=due))
    first, second, _ = game.state.taskings
    game.do(INTEL, c.TaskingTake(tasking=first)).do(INTEL, c.TaskingAnswer(tasking=first, text="An envoy."))
    game.do(STATE, c.TaskingExtend(tasking=second, due=game.state.turn + 1))
    game.do(STATE, c.TaskingAsk(kind="rfi", to="control", text="Is the hall free?", due=game.state.turn))
