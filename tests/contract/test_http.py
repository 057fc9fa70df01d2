"""The HTTP edge as its users meet it: links, joining, pages, replay; every refusal has a code and a sentence."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.support.games import CASE, START_MS, a_game
from wargame.accounts.sessions import staff_token
from wargame.lobby import attempts
from wargame.lobby.services import control_token, demo_game, seat_link
from wargame.store.models import Event, Membership

pytestmark = pytest.mark.django_db(transaction=True)


def post(client: Client, path: str, body: Any, **headers: Any) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json", headers=headers)


def staff() -> Client:
    client = Client()
    answer = client.get(f"/s/{staff_token()}")
    assert (answer.status_code, answer["Location"]) == (302, "/staff")
    return client


def refused(answer: Any, code: str) -> None:
    assert answer.status_code >= 400, answer.content
    body = answer.json()
    assert body["code"] == code, body
    assert len(body["text"]) > 10, body
    assert "{" not in body["text"], body


def test_staff_create_a_game_and_find_it_again_with_its_links() -> None:
    client = staff()
    case = next(case for case in client.get("/api/scenarios").json() if case["id"] == CASE)
    assert {"presets", "seats", "phases", "bots"} <= case.keys()
    made = post(client, "/api/games", {
        "title": "Monday group", "scenario": CASE, "preset": case["presets"][0]["id"], "seats": ["potus", "dprk"],
        "bots": {"rok": case["bots"]["rok"]["default"]}, "phase_ms": {"plan": 300_000}, "style": "semi_rigid",
    })  # fmt: skip
    assert made.status_code == 201, made.content
    links = made.json()
    assert links["qr_svg"].startswith("<svg")
    assert client.get(f"/api/games/{links['game']}/links").json()["control_url"] == links["control_url"]
    listed = client.get("/api/games").json()["games"]
    assert [(game["id"], game["status"], game["code"]) for game in listed] == [(links["game"], "lobby", links["code"])]


def test_games_are_for_staff() -> None:
    refused(Client().get("/api/games"), "access.staff_only")
    refused(post(Client(), "/api/games", {}), "access.staff_only")
    refused(Client().get("/s/wrong"), "access.not_found")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scenario": "no-such-case"}, "scenario.unknown"),
        ({"preset": "no-such-preset"}, "game.preset_unknown"),
        ({"title": ""}, "request.malformed"),
        ({"style": "wild"}, "request.malformed"),
        ({"extra": 1}, "request.malformed"),
        ({"bots": {"rok": "no-such-bot"}}, "seat.policy_unknown"),
        ({"title": " \u0000\u202e "}, "request.malformed"),
        ({"phase_ms": {"plan": -5}}, "request.malformed"),
        ({"phase_ms": {"plan": 0}}, "request.malformed"),
        ({"phase_ms": {"plan": 2**62}}, "request.malformed"),
        ({"phase_ms": {"lunch": 60_000}}, "request.malformed"),
        ({"seats": ["potus"] * 17}, "request.malformed"),
    ],
)
def test_a_game_that_cannot_be_is_refused_and_leaves_nothing(change: dict[str, Any], code: str) -> None:
    body = {"title": "T", "scenario": CASE, "preset": "full", "seats": ["potus"], **change}
    refused(post(staff(), "/api/games", body), code)
    assert Event.objects.count() == 0


def test_a_code_lets_one_person_in_once_however_often_it_is_sent() -> None:
    table = a_game()
    code = table.row().code
    browser = Client()
    info = browser.get(f"/api/code/{code.lower()[:3]}-{code[3:]}").json()
    assert (info["title"], info["open"]) == ("A test", True)
    assert Membership.objects.filter(role="player").count() == 0, "looking takes no place"
    first = post(browser, "/api/join", {"code": code, "name": "  Mara   O. "}).json()
    again = post(browser, "/api/join", {"code": code, "name": "Mara O."}).json()
    assert again == first
    assert Membership.objects.get(role="player").display == "Mara O."
    me = browser.get(f"/api/me?game={table.game}").json()
    assert (me["person"], me["role"], me["seat"], me["view"]) == (first["person"], "player", None, "public")
    retry = {"code": code, "name": "Jo", "retry": "0f9d-retry-1"}
    assert post(Client(), "/api/join", retry).json() == post(Client(), "/api/join", retry).json()
    assert Membership.objects.filter(role="player").count() == 2


def test_wrong_codes_and_names_are_refused_and_guessing_is_slowed_down() -> None:
    table = a_game()
    refused(Client().get("/api/code/NOSUCH"), "join.unknown_code")
    refused(post(Client(), "/api/join", {"code": table.row().code, "name": "  "}), "join.name_missing")
    refused(post(Client(), "/api/join", {"code": table.row().code}), "request.malformed")
    refused(Client().post("/api/join", "code=1", content_type="text/plain"), "access.content_type")
    refused(Client().get("/api/join"), "request.method")
    for _ in range(40):
        last = Client().get("/api/code/NOSUCH")
    refused(last, "join.too_many_tries")
    assert "wait_s" in last.json()["params"]


def test_tries_of_the_last_minute_count_over_the_turn_of_a_minute() -> None:
    turn = 30_000_000 * attempts.WINDOW_MS
    for _ in range(attempts.TRIES + 1):
        attempts.failed("10.0.0.9", now_ms=turn - 500)
    assert attempts.wait_s("10.0.0.9", now_ms=turn + 500) > 0
    assert attempts.wait_s("10.0.0.9", now_ms=turn + attempts.WINDOW_MS - 500) == 0
    assert attempts.wait_s("10.0.0.10", now_ms=turn + 500) == 0


def test_the_control_link_opens_the_console_and_a_seat_link_sits_down_once() -> None:
    table = a_game()
    from wargame.play.people import join

    join(
        table.game,
        display="Control",
        role="control",
        now_ms=START_MS,
        person="control",
        token=control_token(table.game),
    )
    browser = Client()
    answer = browser.get(f"/c/{control_token(table.game)}")
    assert answer["Location"].startswith(f"/g/{table.game}/control#t=")
    assert browser.get(f"/api/me?game={table.game}").json()["role"] == "control"
    path = seat_link(table.game, "dprk", base_url="", now_ms=START_MS)
    player = Client()
    for _ in range(2):
        answer = player.get(path)
        assert answer.status_code == 302, answer.content
    assert player.get(f"/api/me?game={table.game}").json()["seat"] == "dprk"
    assert table.state().seats["dprk"].members == ("demo-dprk",)
    refused(Client().get("/c/wrong"), "access.not_found")
    refused(Client().get("/k/wrong"), "access.not_found")


def test_the_demo_game_is_made_once_and_its_links_stay_the_same() -> None:
    first = demo_game(base_url="http://here", now_ms=START_MS)
    assert demo_game(base_url="http://here", now_ms=START_MS + 1) == first
    assert set(first.seats) == {"potus", "state", "defense", "intel", "dprk", "rok", "jpn"}
    browser = Client()
    assert browser.get(first.seats["rok"].removeprefix("http://here")).status_code == 302


def test_a_player_pages_and_looks_back_through_their_own_view_only() -> None:
    table = a_game(seats=("potus", "dprk"), started=True)
    for place in range(12):
        table.must("potus", "message.post", message="m", room="press", text=f"Statement {place}.")
    table.must("dprk", "room.open", room="r", seats=["potus"])
    bearer = {"Authorization": f"Bearer {table.people['potus'].token}"}
    client = Client()
    newest = client.get(f"/api/games/{table.game}/page?kind=message&limit=5", headers=bearer).json()
    assert [item["v"]["text"] for item in newest["items"]] == [f"Statement {n}." for n in (11, 10, 9, 8, 7)]
    older = client.get(
        f"/api/games/{table.game}/page?kind=message&limit=50&before={newest['items'][-1]['id']}", headers=bearer
    ).json()  # fmt: skip
    assert [item["v"]["text"] for item in older["items"]] == [f"Statement {n}." for n in range(6, -1, -1)]
    assert older["more"] is False
    refused(client.get(f"/api/games/{table.game}/page?kind=message&before=none", headers=bearer), "access.not_found")
    now = client.get(f"/api/games/{table.game}/at", headers=bearer).json()
    early = client.get(f"/api/games/{table.game}/at?n=20", headers=bearer).json()
    assert early["n"] == 20 < now["n"]
    assert all(item["n"] <= 20 for item in early["items"])
    refused(client.get(f"/api/games/{table.game}/at?as_view=seat:dprk", headers=bearer), "replay.own_view_only")
    refused(client.get(f"/api/games/{table.game}/at?n=-1", headers=bearer), "request.malformed")
    control = {"Authorization": f"Bearer {table.control.token}"}
    assert client.get(f"/api/games/{table.game}/at?as_view=seat:dprk", headers=control).status_code == 200
    refused(client.get(f"/api/games/{table.game}/at?as_view=seat:none", headers=control), "access.not_found")


def test_hidden_and_missing_games_look_the_same() -> None:
    table = a_game(seats=("potus",))
    for path in ("page?kind=message", "at", "links"):
        hidden = Client().get(f"/api/games/{table.game}/{path}")
        missing = Client().get(f"/api/games/g0000000000000000/{path}")
        assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content), path
    assert Client().get(f"/api/me?game={table.game}").content == Client().get("/api/me?game=none").content


def test_a_page_of_another_site_can_change_nothing() -> None:
    table = a_game()
    answer = post(Client(), "/api/join", {"code": table.row().code, "name": "X"}, Origin="https://elsewhere.test")
    assert (answer.status_code, answer.json()["code"]) == (403, "request.cross_site")
    assert Membership.objects.filter(role="player").count() == 0


def test_a_name_keeps_its_letters_and_loses_what_cannot_be_seen() -> None:
    table = a_game()
    answer = post(Client(), "/api/join", {"code": table.row().code, "name": " Ann\u0000\u202e  Ä\u0007 李 "})
    assert answer.status_code == 200
    assert Membership.objects.get(person=answer.json()["person"]).display == "Ann Ä 李"
    refused(post(Client(), "/api/join", {"code": table.row().code, "name": "\u0000\u2066"}), "join.name_missing")


def test_an_address_with_a_null_character_leads_nowhere_on_every_database() -> None:
    table = a_game(seats=("potus",))
    bearer = {"Authorization": f"Bearer {table.people['potus'].token}"}
    for path in ("/api/games/%00/at", "/api/me?game=%00", f"/api/games/{table.game}/page?kind=%00"):
        refused(Client().get(path, headers=bearer), "access.not_found")


def test_a_body_that_is_too_large_is_refused_like_any_other_that_cannot_be_read() -> None:
    answer = post(Client(), "/api/join", {"code": "X" * 1_100_000, "name": "Ann"})
    refused(answer, "request.malformed")


def test_a_refused_link_that_is_somebody_s_way_in_is_not_written_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    table = a_game(seats=("rok",))
    link = seat_link(table.game, "dprk", base_url="", now_ms=START_MS)
    Client().get(link)
    table.must("control", "person.remove", person="demo-dprk")
    with caplog.at_level("DEBUG"):
        refused(Client().get(link), "access.removed")
        refused(Client().get("/c/nearly-right"), "access.not_found")
    assert link.rsplit("/", 1)[1] not in caplog.text
    assert "nearly-right" not in caplog.text
