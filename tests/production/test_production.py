"""Production without containers: the commands of docker-compose.yml, a real PostgreSQL, a real Valkey, a whole game."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.production.compose import Production, production, services
from tests.support.postgres import start_cluster
from tests.support.wire import Browser, Player, join

SERVERS = {"uvicorn": "web", "daphne": "web-daphne"}


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    """Give a database of its own on a real server, whatever the other suites run on."""
    cluster = start_cluster()
    with psycopg.connect(cluster.url, autocommit=True) as admin:
        admin.execute("CREATE DATABASE production")
    yield cluster.url.replace("/postgres?", "/production?")
    cluster.stop()


@pytest.fixture(scope="module")
def running(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """Run two web processes, one of each server, a worker and a beat."""
    with production(tmp_path_factory.mktemp("production"), database_url=database_url) as whole:
        for name, service in (("web-1", "web"), ("web-2", "web-daphne"), ("worker-1", "worker"), ("beat", "beat")):
            whole.start(name, service)
        yield whole


def test_every_process_of_ours_is_started_by_one_command_and_has_a_health_check() -> None:
    ours = {name: service for name, service in services().items() if "build" in service}
    assert set(ours) == {"migrate", "web", "web-daphne", "worker", "beat"}
    assert all(isinstance(service["command"], str) for service in ours.values())
    assert all("healthcheck" in service for name, service in ours.items() if name != "migrate")


def test_the_operations_page_names_every_command_as_it_stands() -> None:
    page = " ".join((Path(__file__).parents[2] / "docs/operations.md").read_text(encoding="utf-8").split())
    for name, service in services().items():
        if "build" in service:
            assert " ".join(service["command"].split()) in page, (
                f"docs/operations.md does not give the command of {name}"
            )


def test_no_secret_stands_in_the_compose_file() -> None:
    for service in services().values():
        for name, value in service.get("environment", {}).items():
            if any(word in name for word in ("SECRET", "PASSWORD", "DATABASE_URL")):
                assert name.endswith("_FILE"), name
                assert str(value).startswith("/run/secrets/"), name


def test_a_whole_game_is_played_over_two_web_processes(running: Production) -> None:
    staff = Browser(running.url("web-1"))
    link = running.manage("staff_link", "--url", running.url("web-1"))
    staff.done(urllib.parse.urlsplit(link).path)
    case = _cases(staff)["us-dprk-2017"]
    made = staff.done("/api/games", _shortest_game(case))
    potus = _sit(running.url("web-1"), made["code"], "Ada", "potus")
    dprk = _sit(running.url("web-2"), made["code"], "Ben", "dprk")
    token = urllib.parse.urlsplit(made["control_url"]).path.rsplit("/", 1)[1]
    control = Player(running.url("web-2"), potus.game, token, name="control")
    control.do("game.start", force=True)

    potus.until(lambda: potus.get("game", "game")["status"] == "running", what="the start")
    potus.do("room.open", room="line-1", seats=["dprk"], title="A direct line")
    potus.until(lambda: _line_between(potus, "potus", "dprk"), what="the room")
    line = _line_between(potus, "potus", "dprk")
    potus.do("message.post", message="m-1", room=line, text="We are ready to talk.")
    dprk.until(lambda: any("ready to talk" in str(said) for said in dprk.all("message")), what="the message")

    # No one ends a phase by hand: the clocks run out, and beat and worker notice.
    for person in (control, potus, dprk):
        person.until(lambda who=person: who.get("game", "game")["status"] == "ended", within_s=180, what="the end")
        # Whoever reads late gets a new snapshot; nobody gets anything twice or out of order (gaps fail in the client).
        assert person.numbers_seen == sorted(set(person.numbers_seen))
    turns = min(preset["turns"] for preset in case["presets"])
    assert len({outcome["turn"] for outcome in potus.all("outcome")}) == turns
    for name in ("web-1", "web-2", "worker-1", "beat"):
        service = {"web-1": "web", "web-2": "web-daphne", "worker-1": "worker"}.get(name, name)
        assert running.healthy(name, service), name


def test_a_web_process_that_is_killed_costs_its_players_a_reconnect_and_nothing_else(running: Production) -> None:
    staff = Browser(running.url("web-1"))
    staff.done(urllib.parse.urlsplit(running.manage("staff_link", "--url", running.url("web-1"))).path)
    case = _cases(staff)["us-dprk-2017"]
    made = staff.done("/api/games", {**_shortest_game(case), "phase_ms": {}})
    potus = _sit(running.url("web-1"), made["code"], "Ada", "potus")
    dprk = _sit(running.url("web-2"), made["code"], "Ben", "dprk")
    held = dprk.n
    running.children["web-2"].stop(at_once=True)
    potus.do("seat.ready", ready=True)
    dprk.open(running.url("web-1"))
    dprk.until(lambda: dprk.get("seat", "potus")["ready"], what="what happened meanwhile")
    assert dprk.n > held
    running.start("web-2", "web-daphne")


def _line_between(player: Player, *seats: str) -> str | None:
    return next((room["id"] for room in player.all("room") if sorted(room["seats"]) == sorted(seats)), None)


def _cases(staff: Browser) -> dict[str, Any]:
    answer = staff.done("/api/scenarios")
    listed = answer["scenarios"] if isinstance(answer, dict) else answer
    return {case["id"]: case for case in listed}


def _shortest_game(case: dict[str, Any]) -> dict[str, Any]:
    people = ["potus", "dprk"]
    return {
        "title": "Production rehearsal",
        "scenario": case["id"],
        "preset": min(case["presets"], key=lambda preset: preset["turns"])["id"],
        "style": "rigid",
        "seats": people,
        "bots": {seat: bot["default"] for seat, bot in case["bots"].items() if seat not in people},
        "phase_ms": {phase["id"]: 500 for phase in case["phases"] if phase["minutes"] is not None},
    }


def _sit(url: str, code: str, name: str, seat: str) -> Player:
    game, token = join(url, code, name)
    player = Player(url, game, token, name=name)
    player.do("seat.take", seat=seat)
    return player
