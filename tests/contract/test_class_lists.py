"""The list of a class, dealt over the sections of an exercise: by the list, by lot, and never somebody twice."""

from typing import Any

import pytest
from django.test import Client

from tests.contract.test_exercises import made, post, refused
from tests.contract.test_http import staff
from wargame.control.allocation import deal
from wargame.store.models import Attempt, Event, Membership

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ["Ada", "Ben", "Cem", "Dana", "Eli", "Fay", "Gil"]


def csv_of(*rows: str) -> bytes:
    return "\n".join(("name,e-mail,section,seat,role", *rows)).encode()


def planned(client: Client, exercise: dict[str, Any], raw: bytes) -> dict[str, Any]:
    answer = client.post(f"/api/exercises/{exercise['id']}/people.csv", raw, content_type="text/csv")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def let_in(client: Client, exercise: dict[str, Any], plan: dict[str, Any], **more: Any) -> Any:
    kept = ("display", "email", "role", "seat", "wishes")
    people = [{**{key: one[key] for key in kept}, "section": str(one["section"] or "")} for one in plan["people"]]
    return post(client, f"/api/exercises/{exercise['id']}/people", {"id": "class-list-1", "people": people, **more})


def test_whom_the_list_puts_nowhere_the_recorded_seed_deals_evenly() -> None:
    client = staff()
    exercise = made(client, treatments=[])
    plan = planned(client, exercise, csv_of("Zoe,zoe@example.org,B,,", *(f"{name},,,," for name in NAMES)))
    assert plan["faults"] == []
    by_name = {one["display"]: (one["section"], one["by_lot"]) for one in plan["people"]}
    assert by_name.pop("Zoe") == (2, False)
    lots = deal("spring-2027", NAMES, {1: 0, 2: 1, 3: 0})
    assert by_name == {name: (section, True) for name, section in zip(NAMES, lots, strict=True)}
    assert Membership.objects.exclude(role="control").count() == 0, "a plan lets nobody in"

    placed = let_in(client, exercise, plan).json()["people"]
    assert {one["name"]: one["section"] for one in placed} == {name: at for name, (at, _) in by_name.items()} | {
        "Zoe": 2
    }
    assert len({one["link"] for one in placed}) == 8
    events = Event.objects.count()
    assert let_in(client, exercise, plan).json()["people"] == placed
    assert Event.objects.count() == events, "the same list twice lets nobody in twice"
    again = planned(client, exercise, csv_of(*(f"{name},,,," for name in NAMES)))
    assert {one["display"]: (one["section"], one["known"]) for one in again["people"]} == {
        name: (section, True) for name, (section, _) in by_name.items()
    }


def test_a_facilitator_of_the_class_comes_into_every_section() -> None:
    client = staff()
    exercise = made(client, treatments=[])
    placed = let_in(client, exercise, planned(client, exercise, csv_of("Rae,,,,facilitator"))).json()["people"]
    assert [(one["section"], one["name"]) for one in placed] == [(1, "Rae"), (2, "Rae"), (3, "Rae")]


@pytest.mark.parametrize(
    ("row", "cell"),
    [("Ada,,Z,,", "A2"), ("Ada,no address,,,", "B2"), ("Ada,,A,Emperor,", "D2"), ("Ada,,,,emperor", "E2")],
)
def test_what_is_wrong_is_said_by_cell_and_lets_nobody_in(row: str, cell: str) -> None:
    client = staff()
    exercise = made(client, treatments=[])
    plan = planned(client, exercise, csv_of(row, "Ben,,,,"))
    assert [fault["cell"] for fault in plan["faults"]] == [cell]
    body = {"id": "class-list-1", "people": [{"display": "Ada", "section": "Z"}, {"display": "Ben"}]}
    refused(post(client, f"/api/exercises/{exercise['id']}/people", body), "roster.faults")
    assert Membership.objects.exclude(role="control").count() == 0


def test_the_list_comes_out_again_with_links_for_staff_alone() -> None:
    client = staff()
    exercise = made(client, treatments=[])
    let_in(client, exercise, planned(client, exercise, csv_of("Ada,ada@example.org,C,,")))
    path = f"/api/exercises/{exercise['id']}/people.csv"
    lines = client.get(path).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "name,email,role,section,seat,link"
    assert lines[1].startswith("Ada,ada@example.org,player,C,,http")
    assert len(lines) == 2
    refused(Client().get(path), "access.staff_only")
    refused(Client().post(path, csv_of("Ada,,,,"), content_type="text/csv"), "access.staff_only")


def test_one_code_for_the_class_leads_into_the_smallest_section_and_back_into_ones_own() -> None:
    client = staff()
    exercise = made(client, treatments=[])
    code = client.get(f"/api/exercises/{exercise['id']}/door").json()["code"]
    assert Client().get(f"/api/classes/{code.lower()}").json()["title"] == "Spring class"
    codes = {one["code"]: one["number"] for one in exercise["sections"]}
    for full in range(1, 3):
        landed = set()
        for _ in codes:
            browser = Client()
            room = browser.get(f"/api/classes/{code}/section").json()["code"]
            assert post(browser, "/api/join", {"code": room, "name": "Somebody"}).status_code == 200
            assert browser.get(f"/api/classes/{code}/section").json()["code"] == room, "one is where one was"
            landed.add(room)
        assert landed == set(codes), f"nobody comes into a section of {full} while another has fewer"


def test_a_class_code_that_leads_nowhere_counts_as_a_try() -> None:
    client = Client()
    refused(client.get("/api/classes/NOSUCH7"), "join.unknown_code")
    refused(client.get("/api/classes/NOSUCH7/section"), "join.unknown_code")
    assert Attempt.objects.get().count == 2
    exercise = made(staff())
    refused(Client().get(f"/api/exercises/{exercise['id']}/door"), "access.staff_only")
