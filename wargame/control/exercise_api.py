"""Exercises over HTTP, for staff: make one, see its sections side by side, give a command in many of them.

Each endpoint checks who asks, calls one function and answers. What a section does is decided by its own game.
"""

from typing import Annotated, cast

import segno
from django.http import HttpRequest, HttpResponse
from msgspec import Meta, Struct

from wargame.accounts.sessions import entry_of, is_staff
from wargame.api.reply import Stop, address_of, answer, base_url, body, endpoint, may_try, ok, refuse
from wargame.clock import utc_ms
from wargame.control import classlist, progress, roster
from wargame.control import exercises as services
from wargame.control.models import Exercise
from wargame.control.plans import ExerciseBody, Names, Seed, Treatments
from wargame.control.roster_api import FILE_TYPES, PersonBody, file_of
from wargame.control.sheets import Format
from wargame.game.assign import How
from wargame.lobby import attempts
from wargame.play.access import Entry
from wargame.play.answers import Refused
from wargame.play.create import new_seed
from wargame.protocol.errors import sentence
from wargame.store import cases

Numbers = Annotated[tuple[int, ...], Meta(max_length=40)]
Number = Annotated[str, Meta(max_length=4, pattern=r"^[1-9][0-9]*$")]
Args = Annotated[dict[str, object], Meta(max_length=40)]


class MoreBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Sections to add, by name."""

    sections: Names


class DrawBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A new draw before the start: of the same treatments or others, by this seed or a fresh one."""

    treatments: Treatments | None = None
    seed: Seed | None = None


class ManyBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A command for these sections (none: all). `each` has, by section number, words of its own. `id`: see `handle`."""

    id: Annotated[str, Meta(min_length=8, max_length=80)]
    name: Annotated[str, Meta(max_length=40)]
    args: Args = {}
    each: Annotated[dict[Number, Args], Meta(max_length=40)] = {}
    sections: Numbers = ()


class ClassPerson(PersonBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person of a class, and the section by name or number; empty: dealt by lot."""

    section: Annotated[str, Meta(max_length=40)] = ""


class ClassBody(Struct, frozen=True, forbid_unknown_fields=True):
    """People to let in, as a plan showed them. `id` makes sending it twice harmless; `assign` seats those who wait."""

    id: Annotated[str, Meta(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
    people: Annotated[tuple[ClassPerson, ...], Meta(max_length=1000)]
    assign: How | None = None


class DoneShown(Struct, frozen=True):
    """What became of a command in one section, with the sentence of a refusal."""

    section: int
    ok: bool
    code: str
    text: str


@endpoint("GET", "POST")
def exercises(request: HttpRequest) -> HttpResponse:
    """List the exercises, or make one with all its sections."""
    _staff(request)
    if request.method == "GET":
        return answer({"exercises": progress.exercise_list()})
    asked = body(request, ExerciseBody)
    made = ok(services.exercise_create(asked, seed=asked.seed or new_seed(), now_ms=utc_ms()))
    return answer(_standing(request, made), status=201)


@endpoint("GET")
def exercise(request: HttpRequest, exercise: str) -> HttpResponse:
    """Tell how every section stands at this moment."""
    return answer(_standing(request, _asked(request, exercise)))


@endpoint("POST")
def sections(request: HttpRequest, exercise: str) -> HttpResponse:
    """Add sections; the draw goes on where it stood."""
    found = _asked(request, exercise)
    refused = services.sections_add(found, names=body(request, MoreBody).sections, now_ms=utc_ms())
    return answer(_standing(request, ok(refused or found)), status=201)


@endpoint("POST")
def draw(request: HttpRequest, exercise: str) -> HttpResponse:
    """Draw the treatments anew, before anybody is in."""
    found, asked = _asked(request, exercise), body(request, DrawBody)
    refused = services.exercise_draw(found, treatments=asked.treatments, seed=asked.seed or new_seed(), now_ms=utc_ms())
    return answer(_standing(request, ok(refused or found)))


@endpoint("POST")
def many(request: HttpRequest, exercise: str) -> HttpResponse:
    """Give one command in some sections or all; each answers for itself."""
    found, asked = _asked(request, exercise), body(request, ManyBody)
    done = ok(services.exercise_do(
        found, command_id=asked.id, name=asked.name, args=asked.args, each=asked.each, numbers=asked.sections,
        now_ms=utc_ms(),
    ))  # fmt: skip
    shown = [DoneShown(one.section, one.ok, one.code, "" if one.ok else sentence(one.code, one.params)) for one in done]
    return answer({"done": shown})


@endpoint("POST")
def people(request: HttpRequest, exercise: str) -> HttpResponse:
    """Let a class in, as a plan showed it."""
    found, asked = _asked(request, exercise), body(request, ClassBody)
    rows = [
        roster.RosterRow(
            display=one.display, email=one.email, role=one.role, rights=one.rights, seat=one.seat, wishes=one.wishes,
            section=one.section, at=f"row {number}",
        )
        for number, one in enumerate(asked.people, start=1)
    ]  # fmt: skip
    placed = classlist.class_invite(
        found, rows, command_id=asked.id, now_ms=utc_ms(), base_url=base_url(request), assign=asked.assign
    )
    return answer({"people": ok(placed)})


@endpoint("GET", "POST")
def people_sheet(request: HttpRequest, exercise: str, kind: str) -> HttpResponse:
    """Give the people of all sections as a file, or tell where a file (the body) would put everybody."""
    found, written = _asked(request, exercise), cast("Format", kind)
    if request.method == "POST":
        return answer(classlist.class_plan(found, roster.read_roster(file_of(request), kind=written)))
    content = classlist.write_class(found, kind=written, base_url=base_url(request))
    response = HttpResponse(content, content_type=FILE_TYPES[written], headers={"Cache-Control": "no-store"})
    response["Content-Disposition"] = f'attachment; filename="class.{kind}"'
    return response


@endpoint("GET")
def door(request: HttpRequest, exercise: str) -> HttpResponse:
    """Tell the one code and link of the whole class, with its square."""
    found = _asked(request, exercise)
    url = f"{base_url(request)}/j/{found.code}"
    drawn = segno.make(url, error="m").svg_inline(border=2, dark="#000", light="#fff", omitsize=True)
    return answer({"code": found.code, "join_url": url, "qr_svg": drawn})


@endpoint("GET")
def class_info(request: HttpRequest, code: str) -> HttpResponse:
    """Tell what a class code leads to; takes no seat."""
    found = _class(request, code)
    case = cases.case_now(found.scenario)
    title = case.meta.title if case else found.scenario
    return answer({"title": found.title, "case": title, "open": True, "guests": False})


@endpoint("GET")
def class_section(request: HttpRequest, code: str) -> HttpResponse:
    """Tell somebody who typed a class code which room is theirs; the room's own code lets them in."""
    found = _class(request, code)
    game = services.section_for(found, known_in=lambda game: isinstance(entry_of(request, game), Entry))
    if game is None:
        return refuse(Refused("join.unknown_code"))
    return answer({"code": game.code})


@endpoint("GET")
def injects(request: HttpRequest, scenario: str) -> HttpResponse:
    """List what the master list of a case holds, for staff who write treatments: players may not read ahead."""
    _staff(request)
    case = cases.case_now(scenario)
    if case is None:
        raise Stop(Refused("scenario.unknown", {"scenario": scenario}))
    return answer([{"id": one.id, "turn": one.turn, "title": one.title, "text": one.text} for one in case.injects])


def _class(request: HttpRequest, code: str) -> Exercise:
    may_try(request)
    found = services.class_by_code(code)
    if found is None:
        attempts.failed(address_of(request), now_ms=utc_ms())
        raise Stop(Refused("join.unknown_code"))
    return found


def _staff(request: HttpRequest) -> None:
    if not is_staff(request):
        raise Stop(Refused("access.staff_only"))


def _asked(request: HttpRequest, exercise: str) -> Exercise:
    _staff(request)
    found = Exercise.objects.filter(pk=exercise).first()
    if found is None:
        raise Stop(Refused("access.not_found"))
    return found


def _standing(request: HttpRequest, exercise: Exercise) -> progress.ExerciseStanding:
    return progress.exercise_standing(exercise, base_url=base_url(request), now_ms=utc_ms())
