"""The data set of a whole exercise: every table of every section, one file a table, with who got which treatment.

The rows are those of each game's own export, under the same terms; a game is done before the next is begun, and kept by
columns, so that forty of them fit. Same games and terms, same bytes. Owns the two tables that no single game has.
"""

from collections.abc import Callable, Iterator
from functools import partial
from hashlib import blake2b
from typing import Any, Literal

import msgspec
from msgspec import Struct

from wargame.aar.archive import archive
from wargame.aar.data.choices import last_choices
from wargame.aar.data.columns import Column, Row, Table, arrow_table, csv_heading, csv_rows, parquet_file
from wargame.aar.data.export import About, described, rows_of
from wargame.aar.data.load import ancestors_of, source_of
from wargame.aar.data.tables import TABLES
from wargame.aar.data.terms import Terms
from wargame.aar.many.design import exercise_design
from wargame.aar.many.shapes import Design
from wargame.aar.work import Kind, Reader, Result, Tell, Unbuildable, Work
from wargame.control.models import Exercise, Section
from wargame.control.plans import plan_of
from wargame.play.answers import Refused
from wargame.store.models import Game

Format = Literal["parquet", "csv"]


class CourseParams(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What data set is asked for: see docs/data.md."""

    exercise: str
    format: Format = "parquet"
    consent: bool = True
    anonymised: bool = True


class Course(Struct, frozen=True):
    """An exercise as its two tables read it. `called`: game -> its name in every table."""

    exercise: Exercise
    sections: tuple[Section, ...]
    design: Design
    called: dict[str, str]
    anonymised: bool


def _exercises(course: Course) -> Iterator[Row]:
    plan, over = plan_of(course.exercise.plan), all(one.game.status == "ended" for one in course.sections)
    yield {
        "title": None if course.anonymised else course.exercise.title, "scenario": course.exercise.scenario,
        "preset": course.exercise.preset, "sections": len(course.sections), "dice": plan.dice,
        "seed": course.exercise.seed if over and not course.anonymised else None, "as_drawn": course.design.as_drawn,
        "locked_ms": None if course.anonymised else course.exercise.locked_ms,
    }  # fmt: skip


def _sections(course: Course) -> Iterator[Row]:
    arms = {one.id: one for one in plan_of(course.exercise.plan).treatments}
    for one in course.sections:
        arm = arms.get(one.treatment)
        yield {
            "game": course.called[one.game_id], "number": one.number, "name": None if course.anonymised else one.name,
            "treatment": one.treatment or None, "treatment_label": None if arm is None else arm.label,
            "treatment_note": None if arm is None or course.anonymised else arm.note or None,
            "block": course.design.blocks.get(one.game_id), "status": one.game.status,
        }  # fmt: skip


COURSE_TABLES: dict[str, Table] = {
    "exercise": Table(
        "The exercise: one row.", ("scenario",),
        (
            Column("title", "text", "", "What it was called; left out without names."),
            Column("scenario", "text", "", "The case its sections play, where a treatment names no other."),
            Column("preset", "text", "", "The preset they play."),
            Column("sections", "int", "", "How many sections there are."),
            Column("dice", "text", "", "own: every section rolls its own dice; shared: all have the same luck."),
            Column("seed", "text", "", "What treatments were drawn by; empty till all have ended, and without names."),
            Column("as_drawn", "bool", "", "Whether the treatments are those the seed gives, drawn once more."),
            Column("locked_ms", "int", "ms", "When treatments and seed were locked; left out without names."),
        ),
        _exercises,
    ),
    "sections": Table(
        "A section of the exercise with its game and treatment.", ("game",),
        (
            Column("game", "text", "", "The game, as in every other table."),
            Column("number", "int", "", "Number of the section, from 1."),
            Column("name", "text", "", "What it was called; left out without names."),
            Column("treatment", "text", "", "Treatment it was given; empty where there are none."),
            Column("treatment_label", "text", "", "What the treatment is called."),
            Column("treatment_note", "text", "", "What it is for; left out without names."),
            Column("block", "int", "", "Block of the draw, from 0: each holds every treatment once."),
            Column("status", "text", "", "Where the game stood: lobby, running, paused or ended."),
        ),
        _sections,
    ),
}  # fmt: skip


class _Parquet:
    """A table in the making, by columns."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self.columns, self.parts, self.count = columns, [arrow_table((), columns)], 0

    def add(self, rows: list[Row]) -> None:
        """Take the rows of one more game."""
        self.parts.append(arrow_table(rows, self.columns))
        self.count += len(rows)

    def body(self) -> bytes:
        """Return the file."""
        return parquet_file(*self.parts)


class _Csv:
    """A table in the making, by lines."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self.columns, self.parts, self.count = columns, [csv_heading(columns)], 0

    def add(self, rows: list[Row]) -> None:
        """Take the rows of one more game."""
        self.parts.append(csv_rows(rows, self.columns))
        self.count += len(rows)

    def body(self) -> bytes:
        """Return the file."""
        return b"".join(self.parts)


def course_export(
    exercise: Exercise, *, wanted: Format, terms: Terms, step: Callable[[int], None] = lambda number: None
) -> bytes:
    """Return the data set of an exercise as one zip. `step` is told the section that is read, table by table."""
    sections = tuple(Section.objects.filter(exercise=exercise).order_by("number").select_related("game"))
    called = {one.game_id: f"game-{one.number}" if terms.anonymised else one.game_id for one in sections}
    course = Course(exercise, sections, exercise_design(exercise), called, terms.anonymised)
    making: type[_Parquet | _Csv] = _Parquet if wanted == "parquet" else _Csv
    files: dict[str, Any] = {name: making(table.columns) for name, table in {**COURSE_TABLES, **TABLES}.items()}
    for name, table in COURSE_TABLES.items():
        files[name].add(list(table.rows(course)))
    for section in sections:
        source = source_of(section.game, terms=terms, called=called[section.game_id])
        for name, rows in rows_of(source, step=partial(_told, step, section.number)).items():
            files[name].add(rows)
    members = {f"tables/{name}.{wanted}": file.body() for name, file in files.items()}
    counts = {name: file.count for name, file in files.items()}
    about = About(wanted, "", terms)
    whole = described(members, about, counts=counts, games=called.values(), more=COURSE_TABLES)
    return archive(whole, compressed=wanted != "parquet")


def _told(step: Callable[[int], None], number: int, table: str) -> None:
    step(number)


# --- the job ------------------------------------------------------------------------------------------------------
def _build(work: Work, tell: Tell) -> Result:
    asked: CourseParams = work.params
    exercise = Exercise.objects.filter(pk=asked.exercise).first()
    if exercise is None:
        raise Unbuildable("The exercise is gone.")
    count = Section.objects.filter(exercise=exercise).count()

    def step(number: int) -> None:
        tell(f"Reading section {number}", number - 1, count)

    terms = Terms(consent=asked.consent, anonymised=asked.anonymised)
    body = course_export(exercise, wanted=asked.format, terms=terms, step=step)
    name = "course" if asked.anonymised else exercise.id
    return Result(body, "application/zip", f"{name}-{asked.format}{'-anonymised' if asked.anonymised else ''}.zip")


def _check(work: Work, reader: Reader, game: Game | None) -> Refused | None:
    known = Exercise.objects.filter(pk=work.params.exercise).exists()
    return None if known and game is None else Refused("access.not_found")


def _stands(game: Game | None, work: Work) -> str:
    """Name what the data set is made from: the exercise, its sections, their logs and those of what they go on from."""
    wanted = work.params.exercise
    fields = ("title", "scenario", "preset", "plan", "seed", "locked_ms")
    sections = Section.objects.filter(exercise=wanted).order_by("number").select_related("game")
    parts: list[Any] = list(Exercise.objects.filter(pk=wanted).values_list(*fields))
    for one in sections:
        heads = [(game.id, game.head_hash) for game in ancestors_of(one.game)]
        parts.append((one.number, one.name, one.treatment, one.game.status, heads))
    return blake2b(msgspec.json.encode(parts), digest_size=16).hexdigest()


def _fresh(game: Game | None, work: Work) -> str:
    sections = Section.objects.filter(exercise=work.params.exercise).order_by("number").select_related("game")
    return last_choices(one.game for one in sections)


COURSE = Kind(build=_build, who="staff", params=CourseParams, check=_check, stands=_stands, fresh=_fresh)
