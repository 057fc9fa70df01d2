"""Papers for tests: drafted, sent round, cleared and released at the desks of a game under test."""

from typing import Any

from tests.support.builders import Game, a_game, player
from wargame.game import commands as c
from wargame.game.entities import PaperSeen

CABLE = {"subject": "Coal", "summary": "They ask for coal first."}
STATEMENT = {"headline": "We are ready", "body": "We are ready to talk, and to wait."}
POINTS = {"occasion": "Call", "lead": "Thank them first."}


def playing(*seats: str) -> Game:
    return a_game().with_seats(*(seats or ("potus", "state", "defense", "intel", "dprk", "rok"))).at_turn(1)


def drafted(game: Game, seat: str = "state", template: str = "cable", **kwargs: Any) -> str:
    """Draft and return the paper's id."""
    public = template == "statement"
    fields = kwargs.pop("fields", STATEMENT if public else CABLE)
    to = kwargs.pop("to", () if public else ("dprk",))
    before = set(game.state.papers)
    game.do(player(seat), c.PaperDraft(template=template, fields=fields, to=to, **kwargs))
    return next(iter(set(game.state.papers) - before))


def sent(game: Game, paper: str, seat: str = "state") -> str:
    game.do(player(seat), c.PaperSendForClearance(paper=paper, version=game.state.papers[paper].version))
    return paper


def clear(game: Game, paper: str, *seats: str, **kwargs: Any) -> None:
    for seat in seats:
        game.do(player(seat), c.PaperClear(paper=paper, version=game.state.papers[paper].version, **kwargs))


def release(game: Game, paper: str, seat: str = "state") -> str:
    game.do(player(seat), c.PaperRelease(paper=paper, version=game.state.papers[paper].version))
    return paper


def out(game: Game, seat: str = "state", **kwargs: Any) -> str:
    """Take a paper of a US agency all the way out."""
    paper = drafted(game, seat, **kwargs)
    if game.state.seats[seat].side != "US" or seat == "potus":
        return release(game, paper, seat)
    sent(game, paper, seat)
    for _ in range(4):
        waiting = [one.seat for step in game.state.papers[paper].steps for one in step if one.state == "asked"]
        clear(game, paper, *waiting)
    return release(game, paper, seat)


def seen(game: Game, view: str, paper: str) -> PaperSeen | None:
    return game.seen(view, "paper").get(paper)  # type: ignore[return-value]
