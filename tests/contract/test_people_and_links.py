"""People over HTTP: personal links, a roster read in from a sheet, and who may see which way in."""

import io
import json
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook, load_workbook

from tests.support.games import Table, a_game, fresh_id
from wargame.accounts.sessions import staff_token
from wargame.control import roster
from wargame.game.decide.rights import ALL_RIGHTS
from wargame.game.events import Right
from wargame.lobby import attempts
from wargame.lobby.services import control_token, personal_token
from wargame.play.answers import Accepted, ActorRef
from wargame.play.handle import handle
from wargame.store.cases import case_of
from wargame.store.models import Event, Game, Membership

pytestmark = pytest.mark.django_db(transaction=True)


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(path, json.dumps(body), content_type="application/json")


def desk(table: Table) -> Client:
    """Return the browser of the first facilitator."""
    client = Client()
    assert client.get(f"/c/{control_token(table.game)}").status_code in (302, 401, 404)
    client.cookies[f"t1_{table.game}"] = table.control.token
    return client


def browser_of(table: Table, person: str) -> Client:
    """Return a browser that came in by a personal link."""
    client = Client()
    row = Membership.objects.get(game_id=table.game, person=person)
    answer = post(client, f"/api/link/{table.game}/{person}/{personal_token(table.game, person, row.link)}", {})
    assert answer.status_code == 200, answer.content
    return client


def invited(table: Table, **who: Any) -> str:
    """Return the person id of somebody invited by name."""
    before = set(table.state().people)
    table.must("control", "people.invite", people=[{"display": "Dana", **who}])
    (new,) = set(table.state().people) - before
    return new


def refused(answer: Any, code: str) -> None:
    assert answer.json()["code"] == code, answer.content


# --- personal links -------------------------------------------------------------------------------
def test_looking_at_a_personal_link_tells_where_it_leads_and_changes_nothing() -> None:
    table = a_game()
    person = invited(table, seat="potus")
    events = Event.objects.filter(game_id=table.game).count()
    shown = Client().get(f"/api/link/{table.game}/{person}/{personal_token(table.game, person, 1)}")
    assert shown.json() | {"title": ""} == {
        "game": table.game, "title": "", "case": shown.json()["case"], "status": "lobby", "display": "Dana",
        "role": "player", "seat": table.state().seats["potus"].label,
    }  # fmt: skip
    assert not shown.cookies
    assert Event.objects.filter(game_id=table.game).count() == events
    assert Membership.objects.get(person=person).token_hash is None


def test_a_personal_link_lets_its_person_in_on_any_device_until_a_new_one_is_made() -> None:
    table = a_game()
    person = invited(table)
    for _ in range(2):
        assert browser_of(table, person).get("/api/me", {"game": table.game}).json()["person"] == person
    old = f"/api/link/{table.game}/{person}/{personal_token(table.game, person, 1)}"
    inside = browser_of(table, person)
    table.must("control", "person.relink", person=person)
    refused(inside.get("/api/me", {"game": table.game}), "access.unknown")
    refused(post(Client(), old, {}), "access.not_found")
    assert browser_of(table, person).get("/api/me", {"game": table.game}).json()["person"] == person


def test_a_new_personal_link_voids_what_somebody_who_came_by_the_code_had_kept() -> None:
    table = a_game()
    asked = {"code": table.row().code, "name": "Dana", "retry": fresh_id()}
    person = post(Client(), "/api/join", asked).json()["person"]
    assert post(Client(), "/api/join", asked).json()["person"] == person
    table.must("control", "person.relink", person=person)
    inside = browser_of(table, person)
    refused(post(Client(), "/api/join", asked), "access.unknown")
    assert inside.get("/api/me", {"game": table.game}).json()["person"] == person


def test_where_reminders_are_posted_is_for_those_who_say_when() -> None:
    table = a_game()
    person = invited(table, role="control", rights=["inject"])
    hook = f"/api/games/{table.game}/webhook"
    refused(post(browser_of(table, person), hook, {"address": "https://chat.example.org/x"}), "who.no_right")
    assert post(desk(table), hook, {"address": "https://[::1"}).status_code == 409
    assert post(desk(table), hook, {"address": "https://chat.example.org/x"}).json() == {"set": True}


def test_who_was_taken_out_is_told_so_and_comes_back_by_a_new_link_only() -> None:
    table = a_game()
    person = invited(table)
    old = f"/api/link/{table.game}/{person}/{personal_token(table.game, person, 1)}"
    table.must("control", "person.remove", person=person)
    refused(Client().get(old), "access.removed")
    table.must("control", "person.readmit", person=person)
    refused(Client().get(old), "access.not_found")
    assert browser_of(table, person).get("/api/me", {"game": table.game}).json()["role"] == "player"


def test_a_wrong_link_and_a_link_of_nobody_answer_alike_and_are_counted() -> None:
    table = a_game()
    person = invited(table)
    wrong = Client().get(f"/api/link/{table.game}/{person}/{'x' * 32}")
    nobody = Client().get(f"/api/link/{table.game}/p0000000000/{'x' * 32}")
    by_code = next(iter(a_game(seats=("potus",)).people.values()))
    none = Client().get(f"/api/link/{by_code.game}/{by_code.person}/{personal_token(by_code.game, by_code.person, 0)}")
    assert wrong.content == nobody.content == none.content
    for _ in range(attempts.TRIES):
        answer = Client().get(f"/api/link/{table.game}/{person}/{'x' * 32}")
    refused(answer, "join.too_many_tries")


def test_guests_come_in_by_the_code_only_where_they_are_welcome_and_see_what_is_public() -> None:
    table = a_game()
    code = Game.objects.get(pk=table.game).code
    assert not Client().get(f"/api/code/{code}").json()["guests"]
    refused(post(Client(), "/api/join", {"code": code, "name": "Gil", "role": "guest"}), "join.no_guests")
    table.must("control", "lobby.set", guests=True)
    assert Client().get(f"/api/code/{code}").json()["guests"]
    client = Client()
    assert post(client, "/api/join", {"code": code, "name": "Gil", "role": "guest"}).status_code == 200
    assert client.get("/api/me", {"game": table.game}).json()["view"] == "public"
    refused(client.get(f"/api/games/{table.game}/at", {"as_view": "seat:potus"}), "replay.own_view_only")


# --- who sees which way in ------------------------------------------------------------------------
def a_facilitator(table: Table, *rights: Right) -> Client:
    return browser_of(table, invited(table, display=f"Fay {rights}", role="control", rights=rights))


def test_ways_in_as_somebody_else_are_for_those_who_manage_people() -> None:
    table = a_game()
    refused(a_facilitator(table, "clock").get(f"/api/games/{table.game}/people"), "who.no_right")
    refused(a_facilitator(table, "observe").get(f"/api/games/{table.game}/roster.csv"), "who.no_right")
    refused(Client().get(f"/api/games/{table.game}/people"), "access.unknown")


def test_no_facilitator_is_shown_a_link_that_would_lend_them_a_right() -> None:
    table = a_game()
    invited(table, display="Boss", role="control")
    player = invited(table, display="Pia")
    manager = a_facilitator(table, "people")
    shown = {one["display"]: one["link"] for one in manager.get(f"/api/games/{table.game}/people").json()["people"]}
    assert shown["Boss"] == "" != shown["Pia"]
    assert f"/{player}/" in shown["Pia"]
    assert manager.get(f"/api/games/{table.game}/links").json()["control_url"] == ""
    assert desk(table).get(f"/api/games/{table.game}/links").json()["control_url"] != ""
    boss = {one["display"]: one["link"] for one in desk(table).get(f"/api/games/{table.game}/people").json()["people"]}
    assert boss["Boss"] != ""
    asked = {"id": fresh_id(), "people": [{"display": "boss"}, {"display": "Pia"}]}
    answer = post(manager, f"/api/games/{table.game}/people", asked).json()["people"]
    assert [(one["name"], bool(one["link"])) for one in answer] == [("Boss", False), ("Pia", True)]


# --- the roster -----------------------------------------------------------------------------------
ROSTER = (
    "Full name;E-mail;Role;Seat;Wishes;Rights;Shoe size\n"
    "Ann Ng;ann@example.org;;President;;;38\n"
    "Bo;;player;;dprk, rok;;41\n"
    "Cy;cy@example.org;facilitator;;;clock, inject;\n"
    "Di;;observer;;;;\n"
)


def test_a_sheet_becomes_a_plan_that_changes_nothing_and_then_people_with_links() -> None:
    table, client = a_game(), Client()
    client = desk(table)
    plan = client.post(f"/api/games/{table.game}/roster.csv", ROSTER, content_type="text/csv").json()
    assert plan["faults"] == []
    assert plan["ignored"] == ["Shoe size"]
    assert [(one["display"], one["role"], one["seat"]) for one in plan["people"]] == [
        ("Ann Ng", "player", "potus"), ("Bo", "player", None), ("Cy", "control", None), ("Di", "observer", None),
    ]  # fmt: skip
    assert len(table.state().people) == 1
    fields = ("display", "email", "role", "rights", "seat", "wishes")
    people = [{key: one[key] for key in fields if one[key] is not None} for one in plan["people"]]
    order = {"id": fresh_id(), "people": people, "assign": "balanced"}
    done = post(client, f"/api/games/{table.game}/people", order)
    assert done.status_code == 200, done.content
    assert {one["name"]: one["seat"] for one in done.json()["people"]} == {
        "Ann Ng": "potus", "Bo": "dprk", "Cy": None, "Di": None,
    }  # fmt: skip
    assert post(client, f"/api/games/{table.game}/people", order).json() == done.json()
    assert [p.display for p in table.state().people.values()][1:] == ["Ann Ng", "Bo", "Cy", "Di"]
    assert Membership.objects.get(display="Cy").email == "cy@example.org"


def test_an_e_mail_address_is_in_no_row_that_a_view_or_the_log_is_made_of() -> None:
    table = a_game()
    client = desk(table)
    post(client, f"/api/games/{table.game}/people", {
        "id": fresh_id(), "people": [{"display": "Ann", "email": "ann.secret@example.org"}],
    })  # fmt: skip
    assert Membership.objects.get(display="Ann").email == "ann.secret@example.org"
    stored = b"".join(bytes(payload) for payload in Event.objects.values_list("payload", flat=True))
    assert b"ann.secret" not in stored
    feed = client.get(f"/api/games/{table.game}/at").content
    assert b"Ann" in feed
    assert b"ann.secret" not in feed


FAULTS = [
    ("Seat,E-mail\npotus,a@b.cd\n", "A1", "No column holds the names"),
    ("name,name\nA,B\n", "B1", "two columns for name"),
    ("name,role\nAnn,king\n", "B2", "is no role"),
    ("name,seat\nAnn,moon\n", "B2", "has no seat moon"),
    ("name,email\nAnn,nowhere\n", "B2", "no e-mail address"),
    ("name,rights\nAnn,clock\n", "B2", "only facilitators have rights"),
    ("name,role,rights\nAnn,control,fly\n", "C2", "is no right"),
    ("name\nAnn\nann\n", "A3", "stands at A2 already"),
    ("name,role,seat\nAnn,observer,potus\n", "C2", "only players have seats"),
    ("name,seat\n" + "".join(f"P{n},potus\n" for n in range(9)), "B10", "holds 8"),
    ("name,seat\n,potus\n", "B2", "1 to 60 characters"),
    ("", "", "empty"),
]
"""A sheet, the cell that is wrong, and what is said of it."""


def test_what_is_wrong_with_a_sheet_is_said_cell_by_cell() -> None:
    table = a_game()
    game = table.row()
    case = case_of(game.scenario, game.scenario_hash)
    for sheet, cell, says in FAULTS:
        plan = roster.plan(
            roster.read_roster(sheet.encode(), kind="csv"), table.state(), case, own=frozenset(ALL_RIGHTS)
        )
        assert any(fault.cell == cell and says in fault.message for fault in plan.faults), (sheet, plan.faults)


def test_a_list_with_a_fault_lets_nobody_in() -> None:
    table = a_game()
    people = [{"display": "Ann"}, {"display": "Bo", "seat": "moon"}]
    answer = post(desk(table), f"/api/games/{table.game}/people", {"id": fresh_id(), "people": people})
    refused(answer, "roster.faults")
    assert "moon" in answer.json()["text"]
    people = [{"display": "Ann", "email": "ann@example.org\nBcc: all@example.org"}]
    answer = post(desk(table), f"/api/games/{table.game}/people", {"id": fresh_id(), "people": people})
    refused(answer, "roster.faults")
    assert len(table.state().people) == 1


def test_a_roster_in_xlsx_comes_back_the_same_with_the_links_beside_it() -> None:
    table = a_game()
    client = desk(table)
    book, out = Workbook(), io.BytesIO()
    for row in (("name", "email", "seat"), ("Ann", "ann@example.org", "dprk"), ("Bo", None, None)):
        book.active.append(row)
    book.save(out)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    plan = client.post(f"/api/games/{table.game}/roster.xlsx", out.getvalue(), content_type=kind).json()
    assert plan["faults"] == []
    people = [{"display": p["display"], "email": p["email"], "seat": p["seat"] or ""} for p in plan["people"]]
    post(client, f"/api/games/{table.game}/people", {"id": fresh_id(), "people": people})
    sheet = load_workbook(io.BytesIO(client.get(f"/api/games/{table.game}/roster.xlsx").content)).active
    rows = [tuple(cell.value or "" for cell in row) for row in sheet.iter_rows()]
    assert rows[0] == ("name", "email", "role", "rights", "seat", "wishes", "link")
    assert [(row[0], row[1], row[4]) for row in rows[1:]] == [
        ("Control", "", ""), ("Ann", "ann@example.org", table.state().seats["dprk"].label), ("Bo", "", ""),
    ]  # fmt: skip
    assert rows[2][6].startswith("http://testserver/l/")
    again = client.post(
        f"/api/games/{table.game}/roster.csv", client.get(f"/api/games/{table.game}/roster.csv").content,
        content_type="text/csv",
    ).json()  # fmt: skip
    assert again["faults"] == []
    assert [one["known"] for one in again["people"]] == [True, True, True]


def test_staff_may_let_people_into_any_game() -> None:
    table, client = a_game(), Client()
    client.get(f"/s/{staff_token()}")
    answer = post(client, f"/api/games/{table.game}/people", {"id": fresh_id(), "people": [{"display": "Ann"}]})
    assert answer.status_code == 200, answer.content
    assert client.get("/api/games/none/people").status_code == 404


# --- consent to research --------------------------------------------------------------------------
def test_each_of_two_in_one_seat_reads_only_their_own_choice_of_what_may_be_exported() -> None:
    table = a_game()
    first, second = invited(table, seat="potus"), invited(table, seat="potus")
    inside = {person: browser_of(table, person) for person in (first, second)}
    path = f"/api/games/{table.game}/consent"
    assert {inside[person].get(path).json()["choice"] for person in inside} == {""}
    chosen = handle(
        table.game, actor=ActorRef.of_person(first), command_id=fresh_id(), name="consent.choose",
        args={"choice": "words"}, now_ms=table.now_ms,
    )  # fmt: skip
    assert isinstance(chosen, Accepted)
    assert [inside[person].get(path).json() for person in (first, second)] == [{"choice": "words"}, {"choice": ""}]
    refused(Client().get(path), "access.unknown")
    counts = inside[first].get(f"{path}s")
    refused(counts, "access.denied")
    staff = Client()
    staff.get(f"/s/{staff_token()}")
    told = staff.get(f"{path}s").json()
    assert told["words"] == 1
    assert told[""] >= 1
    assert set(told) == {"words", "figures", "nothing", ""}
