"""Exercises over HTTP: sections made together or not at all, drawn by a recorded seed, run from one place."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from tests.contract.test_http import post, refused, staff
from tests.support.games import CASE
from wargame.control import exercises
from wargame.control.allocation import allocate
from wargame.control.models import Exercise, Section
from wargame.game.events import GameCreated
from wargame.play import gate
from wargame.store.log import recorded_events
from wargame.store.models import Event, Game
from wargame.store.verify import verify_game

pytestmark = pytest.mark.django_db(transaction=True)

ARMS = [
    {"id": "plain", "label": "As it is"},
    {"id": "office", "label": "No leaders", "lens": "no_leadership", "note": "Does it hang on persons?"},
]


def plan(**changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "title": "Spring class", "scenario": CASE, "preset": "hanoi", "seats": ["potus"],
        "bots": {"dprk": "historical"}, "sections": ["A", "B", "C"], "treatments": ARMS, "seed": "spring-2027",
    }  # fmt: skip
    return {**body, **changes}


def made(client: Client, **changes: Any) -> dict[str, Any]:
    answer = post(client, "/api/exercises", plan(**changes))
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def do(client: Client, exercise: dict[str, Any], name: str, *, key: str = "command-1", **more: Any) -> Any:
    return post(client, f"/api/exercises/{exercise['id']}/do", {"id": key, "name": name, **more})


def heads() -> dict[str, tuple[int, str]]:
    return {game.id: (game.head, game.head_hash) for game in Game.objects.all()}


def test_sections_get_the_treatments_the_recorded_seed_gives_them() -> None:
    exercise = made(staff())
    drawn = allocate("spring-2027", [arm["id"] for arm in ARMS], 3)
    assert [one["treatment"] for one in exercise["sections"]] == list(drawn)
    assert (exercise["as_drawn"], exercise["locked_ms"], exercise["seed"]) == (True, None, "spring-2027")
    lenses = {}
    for one in exercise["sections"]:
        first = recorded_events(one["game"])[0].payload
        assert isinstance(first, GameCreated)
        lenses[one["number"]] = (one["treatment"], first.lens, first.seed)
    assert {(arm, lens) for arm, lens, _ in lenses.values()} == {("plain", "all"), ("office", "no_leadership")}
    assert len({seed for *_, seed in lenses.values()}) == 3
    assert all(verify_game(one["game"]).good for one in exercise["sections"])


def test_what_was_drawn_stands_in_controls_own_notes_and_in_no_other_view() -> None:
    client = staff()
    exercise = made(client)
    one = next(section for section in exercise["sections"] if section["treatment"] == "office")
    read = lambda view: client.get(f"/api/games/{one['game']}/at", {"as_view": view}).content.decode()  # noqa: E731
    assert "Does it hang on persons?" in read("control")
    for view in ("seat:potus", "seat:dprk", "observer", "public"):
        assert "hang on persons" not in read(view)
        assert "no_leadership" not in read(view)
        assert "no leadership" not in read(view)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"sections": []}, "request.malformed"),
        ({"sections": ["A", "A"]}, "exercise.named_twice"),
        ({"treatments": [ARMS[0], ARMS[0]]}, "exercise.named_twice"),
        ({"sections": ["S" * 19]}, "request.malformed"),
        ({"title": "T" * 41}, "request.malformed"),
        ({"seed": "with a blank"}, "request.malformed"),
        ({"treatments": [{"id": "x", "label": "X", "lens": "rose-tinted"}]}, "request.malformed"),
        ({"treatments": [{"id": "x", "label": "X", "preset": "no-such"}]}, "game.preset_unknown"),
        ({"treatments": [{"id": "x", "label": "X", "scenario": "no-such"}]}, "scenario.unknown"),
        (
            {"treatments": [{"id": "x", "label": "X", "msel": [{"name": "game.end", "args": {}}]}]},
            "request.malformed",
        ),
        (
            {"treatments": [{"id": "x", "label": "X", "msel": [{"name": "inject.skip", "args": {"msel": "nope"}}]}]},
            "inject.unknown",
        ),
    ],
)
def test_an_exercise_that_cannot_be_is_refused_whole(change: dict[str, Any], code: str) -> None:
    refused(post(staff(), "/api/exercises", plan(**change)), code)
    assert (Event.objects.count(), Exercise.objects.count(), Section.objects.count()) == (0, 0, 0)


def test_exercises_are_for_staff() -> None:
    exercise = made(staff())
    somebody = Client()
    for path in ("/api/exercises", f"/api/exercises/{exercise['id']}", f"/api/scenarios/{CASE}/injects"):
        refused(somebody.get(path), "access.staff_only")
    refused(do(somebody, exercise, "game.pause"), "access.staff_only")
    refused(staff().get("/api/exercises/x0000000000000000"), "access.not_found")


def test_a_command_for_some_sections_leaves_every_other_as_it_was() -> None:
    client = staff()
    exercise = made(client)
    one, two, three = (section["game"] for section in exercise["sections"])
    assert all(answer["ok"] for answer in do(client, exercise, "game.start", args={"force": True}).json()["done"])
    before = heads()
    done = do(client, exercise, "game.pause", key="command-2", args={"reason": "Fire alarm"}, sections=[2]).json()
    assert done == {"done": [{"section": 2, "ok": True, "code": "", "text": ""}]}
    assert {game for game, head in heads().items() if head != before[game]} == {two}
    assert [section["status"] for section in client.get(f"/api/exercises/{exercise['id']}").json()["sections"]] == [
        "running", "paused", "running",
    ]  # fmt: skip
    after = heads()
    assert (
        do(client, exercise, "game.pause", key="command-2", args={"reason": "Fire alarm"}, sections=[2]).json() == done
    )
    assert heads() == after, "the same command twice is one command"
    mixed = do(client, exercise, "game.pause", key="command-3").json()["done"]
    assert [(answer["section"], answer["ok"], answer["code"]) for answer in mixed] == [
        (1, True, ""), (2, False, "game.paused"), (3, True, ""),
    ]  # fmt: skip
    assert len(mixed[1]["text"]) > 10
    assert {game for game, head in heads().items() if head != after[game]} == {one, three}


def test_each_section_may_have_words_of_its_own() -> None:
    client = staff()
    exercise = made(client)
    do(client, exercise, "game.start", args={"force": True})
    phases = {
        section["number"]: section for section in client.get(f"/api/exercises/{exercise['id']}").json()["sections"]
    }
    each = {str(n): {"expect": f"{one['turn']}:{one['phase']}"} for n, one in phases.items() if n != 3}
    each["3"] = {"expect": "1:long-gone"}
    done = do(client, exercise, "phase.end", key="command-2", each=each).json()["done"]
    assert [(answer["ok"], answer["code"]) for answer in done] == [(True, ""), (True, ""), (False, "phase.moved_on")]


@pytest.mark.parametrize("wrong", [{"sections": [4]}, {"each": {"9": {}}}])
def test_a_section_that_is_not_there_is_named_and_nothing_is_done(wrong: dict[str, Any]) -> None:
    client = staff()
    exercise, before = made(client), heads()
    refused(do(client, exercise, "game.start", **wrong), "exercise.section_unknown")
    assert heads() == before


def test_once_a_section_has_started_the_draw_stays_and_a_late_group_continues_it() -> None:
    client = staff()
    exercise = made(client)
    again = post(client, f"/api/exercises/{exercise['id']}/draw", {"seed": "autumn"})
    assert again.status_code == 200, again.content
    drawn = again.json()
    assert {one["game"] for one in drawn["sections"]}.isdisjoint(one["game"] for one in exercise["sections"])
    assert Game.objects.filter(status="ended").count() == 3
    line = post(client, f"/api/exercises/{exercise['id']}/do", {
        "id": "start-one", "name": "game.start", "args": {"force": True}, "sections": [2],
    })  # fmt: skip
    assert line.json()["done"][0]["ok"]
    refused(post(client, f"/api/exercises/{exercise['id']}/draw", {}), "exercise.locked")
    late = post(client, f"/api/exercises/{exercise['id']}/sections", {"sections": ["Late"]}).json()
    assert [one["treatment"] for one in late["sections"]] == list(allocate("autumn", [arm["id"] for arm in ARMS], 4))
    assert late["as_drawn"]
    assert late["locked_ms"] == Event.objects.get(game_id=late["sections"][1]["game"], kind="game.started").at_ms


def test_a_section_that_starts_as_treatments_are_drawn_anew_is_not_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    client = staff()
    exercise = made(client)
    alone = gate.writing

    @contextmanager
    def after_a_start() -> Iterator[None]:
        started = do(client, exercise, "game.start", args={"force": True}, sections=[2])
        assert started.json()["done"][0]["ok"]
        with alone():
            yield

    monkeypatch.setattr(exercises, "writing", after_a_start)
    refused(post(client, f"/api/exercises/{exercise['id']}/draw", {}), "exercise.locked")
    assert Game.objects.get(pk=exercise["sections"][1]["game"]).status == "running"


def test_no_new_draw_takes_the_room_from_under_somebody() -> None:
    client = staff()
    exercise = made(client)
    post(Client(), "/api/join", {"code": exercise["sections"][1]["code"], "name": "Mara"})
    before = heads()
    answer = post(client, f"/api/exercises/{exercise['id']}/draw", {})
    refused(answer, "exercise.people_in")
    assert "B" in answer.json()["text"]
    assert heads() == before


def test_sections_may_share_one_luck() -> None:
    exercise = made(staff(), dice="shared", treatments=[])
    seeds = {recorded_events(one["game"])[0].payload.seed for one in exercise["sections"]}  # type: ignore[attr-defined]
    assert len(seeds) == 1
    assert seeds.isdisjoint({"spring-2027"})


def test_an_arm_may_play_another_case_whose_own_bots_hold_its_seats_until_people_come() -> None:
    client = staff()
    other = next(case for case in client.get("/api/scenarios").json() if case["id"] != CASE)
    exercise = made(client, treatments=[{"id": "far", "label": "Another crisis", "scenario": other["id"]}])
    seats = exercise["sections"][0]["seats"]
    assert {seat["id"] for seat in seats} == {seat["id"] for seat in other["seats"]}
    assert {seat["held"] for seat in seats if other["bots"][seat["id"]]["default"]} == {"bot"}
    assert all(seat.open for seat in recorded_events(exercise["sections"][0]["game"])[0].payload.seats)  # type: ignore[attr-defined]


def test_an_arm_may_leave_injects_out_in_its_own_sections_alone() -> None:
    client = staff()
    first = client.get(f"/api/scenarios/{CASE}/injects").json()[-1]["id"]
    skip = [{"name": "inject.skip", "args": {"msel": first}}]
    exercise = made(client, treatments=[ARMS[0], {"id": "quiet", "label": "Quiet", "msel": skip}], preset="full")
    for section in exercise["sections"]:
        kinds = [recorded.kind for recorded in recorded_events(section["game"])]
        assert ("inject.skipped" in kinds) == (section["treatment"] == "quiet")


def test_an_arm_may_have_other_words_for_an_inject_and_all_else_of_it_stays() -> None:
    client = staff()
    entry = client.get(f"/api/scenarios/{CASE}/injects").json()[0]["id"]
    arms = [ARMS[0], {"id": "blunt", "label": "Blunt", "reworded": {entry: "It was a warhead."}}]
    exercise = made(client, treatments=arms, preset="full")
    seen = {}
    for section in exercise["sections"]:
        items = client.get(f"/api/games/{section['game']}/at", {"as_view": "control"}).json()["items"]
        seen[section["treatment"]] = next(one["v"] for one in items if one["k"] == "msel" and one["id"] == entry)
    differs = {name for name, value in seen["blunt"].items() if seen["plain"][name] != value}
    assert seen["blunt"]["text"] == "It was a warhead."
    assert differs <= {"text", "version", "author", "approved_by"}


def test_words_for_an_inject_that_is_not_there_make_no_exercise() -> None:
    arms = [{"id": "x", "label": "X", "reworded": {"nope": "Words."}}]
    refused(post(staff(), "/api/exercises", plan(treatments=arms)), "inject.unknown")
    assert Exercise.objects.count() == 0


def test_of_two_who_add_sections_at_once_both_have_theirs() -> None:
    exercise = made(staff())
    early, late = (Exercise.objects.get(pk=exercise["id"]) for _ in range(2))
    assert exercises.sections_add(early, names=["Early"], now_ms=1) is None
    assert exercises.sections_add(late, names=["Late"], now_ms=2) is None
    names = Section.objects.filter(exercise_id=exercise["id"]).order_by("number").values_list("name", flat=True)
    assert list(names) == ["A", "B", "C", "Early", "Late"]
