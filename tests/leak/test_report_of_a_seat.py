"""What a seat may not know changes nothing in its report: games that differ in that alone give it the same bytes."""

import msgspec
import pytest

from adjudication.scenario import load_scenario
from tests.support.builders import CONTROL, ROOT, SYSTEM, Game, player
from tests.support.golden_game import told
from wargame.aar.chronicle import chronicle
from wargame.aar.report import seat_reports, truth_report
from wargame.game import commands as c

pytestmark = pytest.mark.one_store
UP, WORKS, DOWN, BROKER = (player(seat) for seat in ("upriver", "works", "downriver", "broker"))


def played(secret: str, expects: str, note: str) -> Game:
    """Play a turn of the short case: with these words between one side's own seats, on its sheet, and to Control."""
    game = Game(load_scenario(ROOT / "fixtures/scenarios/practice.yaml"))
    seats = tuple(seat.id for seat in game.scenario.seats)
    create = c.GameCreate(
        title="Told apart", scenario="practice", preset="full", seed="same", style="rigid", open_seats=seats
    )
    game.do(SYSTEM, create).joined("p-control", "Control", "control").with_seats(*seats).started().in_phase("plan")
    game.do(UP, c.RoomOpen(room="own", seats=("works",), title="Own side"))
    room = next(name for name, one in game.state.rooms.items() if set(one.seats) == {"upriver", "works"})
    game.do(UP, c.MessagePost(message="m", room=room, text=secret))
    game.do(UP, c.OrderDraft(order="a", move="fill_slow", rationale=secret, expects=expects))
    game.do(WORKS, c.OrderDraft(order="b", move="survey", rationale=secret))
    game.do(DOWN, c.OrderDraft(order="c", move="complain", rationale="To be heard."))
    game.do(BROKER, c.MessagePost(message="n", room="press", text="We ask for calm."))
    game.do(CONTROL, c.NotePin(note="n", text=note)).at_turn(2)
    return game.do(CONTROL, c.GameEnd(reason="Time."))


def pages(game: Game) -> dict[str, bytes]:
    log = chronicle(game.scenario, game.log, head_hash="", engine_version="1")
    rows = told(game.scenario, tuple(game.log))
    found = seat_reports(log, rows=lambda seat: rows[f"seat:{seat}"], progress=lambda _: None)
    whole = truth_report(log, built_at_ms=1, progress=lambda _: None)
    return {"truth": msgspec.json.encode(whole)} | {seat: msgspec.json.encode(page) for seat, page in found.items()}


def test_what_a_seat_may_not_know_changes_no_byte_of_its_report() -> None:
    one = pages(played("Fill it by August.", "They give in.", "Watch the works."))
    other = pages(played("Wait, and let them talk.", "They fight.", "All is well here."))
    assert one["truth"] != other["truth"]
    assert one["upriver"] != other["upriver"]
    assert one["works"] != other["works"]
    assert one["downriver"] == other["downriver"]
    assert one["broker"] == other["broker"]
