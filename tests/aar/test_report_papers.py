"""The report's sections on papers: their way out, what was meant and read, and who answered what when."""

from tests.support.builders import Game, a_game, player
from tests.support.golden_game import told
from wargame.aar.chronicle import chronicle
from wargame.aar.report import public_frame
from wargame.aar.seen.report import seen_report
from wargame.aar.truth import papers, participation
from wargame.game import commands as c
from wargame.game.events import InjectSent
from wargame.game.ids import seat_view

STATE, POTUS, INTEL, DPRK = (player(seat) for seat in ("state", "potus", "intel", "dprk"))


def newest(game: Game) -> str:
    return list(game.state.papers)[-1]


def a_worked_desk() -> tuple[Game, str]:
    game = a_game().with_seats("potus", "state", "intel", "dprk").at_turn(1)
    words = {"subject": "Coal", "summary": "Soon."}
    game.do(STATE, c.PaperDraft(template="cable", to=("dprk",), fields=words))
    cable = newest(game)
    game.do(STATE, c.PaperSendForClearance(paper=cable, version=1)).later(60_000)
    game.do(INTEL, c.PaperClear(paper=cable, version=1, fields={"summary": "Soon, with visits."}, note="Visits."))
    game.do(POTUS, c.PaperClear(paper=cable, version=2)).do(STATE, c.PaperRelease(paper=cable, version=2))
    game.do(POTUS, c.PaperDraft(template="statement", fields={"headline": "Ready", "body": "We are ready."}))
    word = newest(game)
    game.do(POTUS, c.StatementMean(paper=word, text="A door.")).do(POTUS, c.PaperRelease(paper=word, version=1))
    game.do(DPRK, c.StatementRead(paper=word, text="A trap."))
    game.do(STATE, c.TaskingAsk(kind="rfi", to="intel", text="Where?", due=1))
    asked = next(iter(game.state.taskings))
    game.at_turn(2).do(INTEL, c.TaskingAnswer(tasking=asked, text="There."))
    game.do(STATE, c.PaperDraft(template="cable"))
    return game, cable


def test_only_what_was_sent_counts_as_sent_and_opened() -> None:
    game, cable = a_worked_desk()
    word = next(paper for paper in game.state.files["dprk"] if paper.public).id
    game.do(DPRK, c.ItemOpen(kind="paper", key=cable))
    for who in (DPRK, INTEL):
        game.do(who, c.ItemOpen(kind="paper", key=word))
    log = chronicle(game.scenario, game.log, head_hash="", engine_version="1")
    counted = {one["seat"]: (one["sent"], one["opened"]) for one in participation.participation(log)["seats"]}
    sent = {seat: sum(seat in fact.to for _, fact in log.of(InjectSent)) for seat in counted}
    assert counted["intel"] == (sent["intel"], 0), "a public paper is sent to nobody"
    assert counted["dprk"] == (sent["dprk"] + 1, 1)
    rows, frame = told(game.scenario, tuple(game.log)), public_frame(log, built_at_ms=0)
    for seat in ("intel", "dprk"):
        page = seen_report(game.scenario, rows[seat_view(seat)], seat=seat, frame=frame)
        mine = next(one for one in page["participation"]["seats"] if one["seat"] == seat)
        assert (mine["sent"], mine["opened"]) == counted[seat]


def test_papers_statements_and_requests_are_told_from_the_log() -> None:
    game, cable = a_worked_desk()
    log = chronicle(game.scenario, game.log, head_hash="", engine_version="1")
    found = {one["paper"]: one for one in papers.papers(log)}
    assert [one["status"] for one in found.values()] == ["released", "released", "open"]
    assert (found[cable]["ref"], found[cable]["version"]) == ("STATE-DPRK 2017Q1 001", 2)
    assert found[cable]["fields"]["summary"] == "Soon, with visits."
    assert [(s["what"], s["seat"], s["text"]) for s in found[cable]["steps"]] == [
        ("sent", "state", ""), ("cleared", "intel", "Visits."), ("cleared", "potus", ""),
    ]  # fmt: skip
    assert found[cable]["released_ms"] - found[cable]["steps"][0]["at_ms"] == 60_000
    assert found[cable]["edits"] == [
        {"seat": "intel", "field": "summary", "before": "Soon.", "after": "Soon, with visits."}
    ]
    (statement,) = papers.statements(log)
    assert (statement["meant"], statement["read"]) == ("A door.", {"dprk": "A trap."})
    (request,) = papers.requests(log)
    assert (request["state"], request["answer"], request["late"]) == ("answered", "There.", True)
    assert (request["turn"], request["closed_turn"]) == (1, 2)
