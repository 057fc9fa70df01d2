"""Exercises: making their sections, drawing who gets which treatment, and giving one command in many sections.

Everything done in a section is a command of its own game, given through `play` as that game's Control; this module
owns only which games belong together. It must never write a game by another way, nor look into one to decide.
"""

import secrets
from collections import Counter
from collections.abc import Callable, Sequence

import msgspec
from django.db.models import Min
from msgspec import Struct
from msgspec.structs import replace

from wargame.api.newgame import order_of
from wargame.control.allocation import allocate, dice_seed
from wargame.control.models import Exercise, Section
from wargame.control.plans import SECTIONS, ExerciseBody, Treatment, doubled, plan_of, treated
from wargame.game.commands import Command, EntryWords, GameEnd, NotePin
from wargame.game.ids import CONTROL as CONTROL_VIEW
from wargame.lobby.services import JOINABLE, control_token, order_checked
from wargame.play.answers import ActorRef, Refused
from wargame.play.create import CONTROL, LETTERS, Undo, create_game_locked, new_code, new_game_id
from wargame.play.gate import writing
from wargame.play.handle import handle, handle_locked
from wargame.play.wire import read_command
from wargame.store import cases
from wargame.store.feed import latest_value
from wargame.store.models import Event, Game, Membership
from wargame.store.rows import lock_game


class Done(Struct, frozen=True):
    """What became of a command in one section."""

    section: int
    ok: bool
    code: str = ""
    params: dict[str, object] = {}


def exercise_create(asked: ExerciseBody, *, seed: str, now_ms: int) -> Exercise | Refused:
    """Make an exercise and the games of all its sections, or nothing at all."""
    twice = doubled(asked)
    if twice is not None:
        return Refused("exercise.named_twice", {"name": twice})
    try:
        with writing():
            exercise = Exercise.objects.create(
                id=f"x{secrets.token_hex(8)}", title=asked.title, code=_class_code(), scenario=asked.scenario,
                preset=asked.preset, plan=msgspec.json.encode(asked).decode(), seed=seed, created_ms=now_ms,
            )  # fmt: skip
            _fill(exercise, asked, range(1, len(asked.sections) + 1), now_ms=now_ms)
            return exercise
    except Undo as undone:
        return undone.why


def sections_add(exercise: Exercise, *, names: Sequence[str], now_ms: int) -> Refused | None:
    """Add sections: their treatments continue the sequence the recorded seed began, so that a late group can come."""
    try:
        with writing():
            exercise.refresh_from_db(from_queryset=Exercise.objects.select_for_update())
            plan = plan_of(exercise.plan)
            if len(plan.sections) + len(names) > SECTIONS:
                return Refused("exercise.too_many", {"limit": SECTIONS})
            plan = replace(plan, sections=(*plan.sections, *names))
            twice = doubled(plan)
            if twice is not None:
                return Refused("exercise.named_twice", {"name": twice})
            first = len(plan.sections) - len(names) + 1
            exercise.plan = msgspec.json.encode(plan).decode()
            exercise.save(update_fields=["plan"])
            _fill(exercise, plan, range(first, len(plan.sections) + 1), now_ms=now_ms)
    except Undo as undone:
        return undone.why
    return None


def exercise_draw(
    exercise: Exercise, *, treatments: tuple[Treatment, ...] | None, seed: str, now_ms: int
) -> Refused | None:
    """Draw the treatments anew, of a list that may be another. Every section gets a new room, so nobody may be in yet.

    Refused once a section has started: what was registered before stays as it was.
    """
    try:
        with writing():
            exercise.refresh_from_db(from_queryset=Exercise.objects.select_for_update())
            plan = plan_of(exercise.plan)
            plan = plan if treatments is None else replace(plan, treatments=treatments)
            twice = doubled(plan)
            if twice is not None:
                return Refused("exercise.named_twice", {"name": twice})
            sections = list(Section.objects.filter(exercise=exercise).order_by("number"))
            refused = _why_not_drawn(exercise, sections)
            if refused is not None:
                return refused
            for section in sections:
                _command(section.game_id, GameEnd(reason="Drawn anew before the start."), "draw", now_ms=now_ms)
            Section.objects.filter(exercise=exercise).delete()
            exercise.plan, exercise.seed = msgspec.json.encode(plan).decode(), seed
            exercise.save(update_fields=["plan", "seed"])
            _fill(exercise, plan, range(1, len(plan.sections) + 1), now_ms=now_ms)
    except Undo as undone:
        return undone.why
    return None


def _why_not_drawn(exercise: Exercise, sections: Sequence[Section]) -> Refused | None:
    """Return why treatments may not be drawn anew. It holds the sections' games: nobody starts one meanwhile."""
    for section in sections:
        lock_game(section.game_id)
    if exercise_locked_ms(exercise) is not None:
        return Refused("exercise.locked")
    came = Membership.objects.filter(game_id__in=[one.game_id for one in sections], removed=False)
    inside = set(came.exclude(role="control").values_list("game_id", flat=True))
    if inside:
        return Refused("exercise.people_in", {"sections": [one.name for one in sections if one.game_id in inside]})
    return None


def exercise_locked_ms(exercise: Exercise) -> int | None:
    """Return when the first section started (ms), from wherever it was started, or None; it is kept once seen."""
    if exercise.locked_ms is None:
        started = Game.objects.filter(section__exercise=exercise).exclude(status="lobby").values("id")
        first = Event.objects.filter(game_id__in=started, kind="game.started").aggregate(at=Min("at_ms"))["at"]
        if first is not None:
            exercise.locked_ms = first
            exercise.save(update_fields=["locked_ms"])
    return exercise.locked_ms


def exercise_do(
    exercise: Exercise, *, command_id: str, name: str, args: dict[str, object], each: dict[str, dict[str, object]],
    numbers: Sequence[int], now_ms: int,
) -> list[Done] | Refused:  # fmt: skip
    """Give one command in these sections (none named: all), as the Control of each; `each` adds a section's own words.

    Every section answers for itself: one that refuses holds up no other. The same `command_id` again changes nothing.
    """
    sections = Section.objects.filter(exercise=exercise).order_by("number")
    known = {section.number: section for section in sections}
    strange = [number for number in (*numbers, *(int(one) for one in each)) if number not in known]
    if strange:
        return Refused("exercise.section_unknown", {"section": strange[0]})
    chosen = [known[number] for number in dict.fromkeys(numbers)] or list(known.values())
    done = []
    for section in chosen:
        answer = handle(
            section.game_id, actor=ActorRef.of_person(CONTROL), command_id=command_id, name=name,
            args={**args, **each.get(str(section.number), {})}, now_ms=now_ms,
        )  # fmt: skip
        refused = answer if isinstance(answer, Refused) else None
        done.append(Done(section.number, refused is None, *((refused.code, refused.params) if refused else ())))
    return done


def class_by_code(code: str) -> Exercise | None:
    """Return the exercise of a class code, however it was typed."""
    wanted = "".join(letter for letter in code.upper() if letter.isalnum())
    return Exercise.objects.filter(code=wanted).first()


def section_for(exercise: Exercise, *, known_in: Callable[[str], bool]) -> Game | None:
    """Return the game somebody who typed the class code goes to: where they are in already, else the smallest.

    Of sections of one size chance picks; nobody can work out beforehand where they will land. None: all are over.
    """
    games = [section.game for section in Section.objects.filter(exercise=exercise).select_related("game")]
    open_ = [game for game in games if game.status in JOINABLE]
    mine = next((game for game in open_ if known_in(game.id)), None)
    if mine is not None or not open_:
        return mine
    players = Membership.objects.filter(game_id__in=[game.id for game in open_], role="player", removed=False)
    sizes = Counter(players.values_list("game_id", flat=True))
    fewest = min(sizes[game.id] for game in open_)
    return secrets.choice([game for game in open_ if sizes[game.id] == fewest])


# --- rooms ------------------------------------------------------------------------------------------------------
def _fill(exercise: Exercise, plan: ExerciseBody, numbers: range, *, now_ms: int) -> None:
    """Make these sections with their games, in the caller's transaction. Raises Undo."""
    arms = allocate(exercise.seed, [one.id for one in plan.treatments], len(plan.sections))
    for number in numbers:
        treatment = next((one for one in plan.treatments if one.id == arms[number - 1]), None)
        name = plan.sections[number - 1]
        game = _room(exercise, plan, number, treatment, now_ms=now_ms)
        Section.objects.create(
            exercise=exercise, number=number, name=name, game_id=game, treatment=treatment.id if treatment else ""
        )


def _room(exercise: Exercise, plan: ExerciseBody, number: int, treatment: Treatment | None, *, now_ms: int) -> str:
    """Make the game of a section and give its treatment's commands; its Control reads in a note what was drawn."""
    case = cases.case_now(treatment.scenario) if treatment and treatment.scenario else None
    name = plan.sections[number - 1]
    wanted = replace(
        treated(plan, treatment, case), title=f"{plan.title}: {name}",
        seed=dice_seed(exercise.seed, number, shared=plan.dice == "shared"),
    )  # fmt: skip
    order = order_of(wanted)
    checked = order if isinstance(order, Refused) else order_checked(order)
    if isinstance(checked, Refused):
        raise Undo(checked)
    game = new_game_id()
    create_game_locked(order=checked, now_ms=now_ms, game_id=game, control_token=control_token(game))
    if treatment is None:
        return game
    openings = [(one.name, one.args) for one in treatment.msel]
    openings += [("inject.write", _other_words(game, msel, text)) for msel, text in treatment.reworded.items()]
    for place, (spoken, args) in enumerate(openings):
        command = read_command(spoken, args, from_client=True)
        if isinstance(command, Refused):
            raise Undo(command)
        _command(game, command, f"treatment:{place}", now_ms=now_ms)
    text = f"{name} of {plan.title}: treatment {treatment.label}, drawn by chance. {treatment.note}".strip()
    _command(game, NotePin(note="treatment", text=text), "treatment", now_ms=now_ms)
    return game


def _other_words(game_id: str, msel: str, text: str) -> dict[str, object]:
    """Return the arguments that give an entry another text and leave all else as its Control sees it."""
    seen = latest_value(game_id, view=CONTROL_VIEW, kind="msel", key=msel)
    if seen is None:
        raise Undo(Refused("inject.unknown", {"msel": msel}))
    kept = {name: seen[name] for name in EntryWords.__struct_encode_fields__ if name in seen}
    return {"msel": msel, "entry": {**kept, "to": seen["addressed"], "text": text}, "version": seen["version"]}


def _class_code() -> str:
    while True:
        code = new_code() + secrets.choice(LETTERS)
        if not Exercise.objects.filter(code=code).exists():
            return code


def _command(game_id: str, command: Command, command_id: str, *, now_ms: int) -> None:
    """Give a command as the game's Control, in the caller's transaction. Raises Undo where it is refused."""
    game = lock_game(game_id)
    assert game is not None, "sections keep their games"
    answer = handle_locked(
        game, actor=ActorRef.of_person(CONTROL), command_id=command_id, command=command, now_ms=now_ms
    )
    if isinstance(answer, Refused):
        raise Undo(answer)
