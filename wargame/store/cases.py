"""Which cases there are, and which one a game plays.

A game keeps the text of its case as it was when the game was created (`CaseText`), so that editing a
scenario never changes a running game. A loaded case is shared by all games of the process. A game on a preset
with turns of its own plays the case put on them; its hash names both.
"""

import json
import logging
import tempfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from adjudication.scenario import Scenario, ScenarioError, ScenarioErrors, load_scenario, rescheduled
from adjudication.scenario.schedule import MARK
from wargame.store.models import CaseText, Game

log = logging.getLogger(__name__)

DEFAULT_CASE = "us-dprk-2017"
"""What commands, benches and the demo take when they are told no case."""


def folder() -> Path:
    """Return the folder of the shipped cases."""
    return Path(getattr(settings, "SCENARIO_DIR", Path(settings.BASE_DIR) / "fixtures" / "scenarios"))


def cases() -> list[Scenario]:
    """Return every shipped case that loads, the default first. One that does not is left out: see `unreadable`."""
    found = [case for case in _attempts().values() if isinstance(case, Scenario)]
    return sorted(found, key=lambda case: case.meta.id != DEFAULT_CASE)


def unreadable() -> dict[str, tuple[ScenarioError, ...]]:
    """Return the faults of every shipped case that does not load, by file name. Staff are told of them."""
    return {name: faults for name, faults in _attempts().items() if not isinstance(faults, Scenario)}


def _attempts() -> dict[str, "Scenario | tuple[ScenarioError, ...]"]:
    return {path.name: _load(str(path), path.stat().st_mtime_ns) for path in sorted(folder().glob("*.yaml"))}


def case_now(scenario: str) -> Scenario | None:
    """Return the shipped case of this id as it is on disk, or None."""
    return next((case for case in cases() if case.meta.id == scenario), None)


def keep(case: Scenario) -> None:
    """Store the text of a shipped case under its hash, once."""
    if CaseText.objects.filter(pk=case.content_hash).exists():
        return
    root = next(path for path in sorted(folder().glob("*.yaml")) if _load(str(path), path.stat().st_mtime_ns) is case)
    parts = [root, *sorted(path for path in (folder() / root.stem).rglob("*") if path.is_file())]
    files = {str(path.relative_to(folder())): path.read_text("utf-8") for path in parts}
    _keep(case, files)


@lru_cache(maxsize=64)
def case_of(scenario: str, content_hash: str) -> Scenario:
    """Return the case with exactly this hash: the shipped one if unchanged, else the kept text (on its preset)."""
    text, _, preset = content_hash.partition(MARK)
    if preset:
        return rescheduled(case_of(scenario, text), preset)
    shipped = case_now(scenario)
    if shipped is not None and shipped.content_hash == content_hash:
        return shipped
    return case_of_text(text_of(content_hash))


def text_of(content_hash: str) -> dict[str, str]:
    """Return the kept text of a case, whatever the preset: path -> text, the root first. Raises DoesNotExist."""
    files: dict[str, str] = json.loads(CaseText.objects.get(pk=content_hash.partition(MARK)[0]).files)
    return files


def case_of_text(files: dict[str, str]) -> Scenario:
    """Return the case of a text: path -> text, the root first; paths stay inside a folder. Raises ScenarioErrors."""
    return _case_of_text(tuple(files.items()))


@lru_cache(maxsize=8)
def _case_of_text(files: tuple[tuple[str, str], ...]) -> Scenario:
    with tempfile.TemporaryDirectory() as place:
        for name, text in files:
            target = Path(place) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        return load_scenario(Path(place) / files[0][0])


def keep_text(case: Scenario, files: dict[str, str]) -> None:
    """Store the text of a case from elsewhere under its hash, once; where this server ships the case, its own text.

    The hash covers what a case says, not its comments: what comes with a package may not word those of a shipped case.
    """
    shipped = case_now(case.meta.id)
    if shipped is not None and shipped.content_hash == case.content_hash:
        keep(shipped)
    else:
        _keep(case, files)


def _keep(case: Scenario, files: dict[str, str]) -> None:
    CaseText.objects.get_or_create(
        pk=case.content_hash, defaults={"scenario": case.meta.id, "files": json.dumps(files)}
    )


def case_of_game(game_id: str) -> Scenario:
    """Return the case a game plays. Raises Game.DoesNotExist."""
    game = Game.objects.get(pk=game_id)
    return case_of(game.scenario, game.scenario_hash)


@lru_cache(maxsize=16)
def _load(path: str, stamp: int) -> Scenario | tuple[ScenarioError, ...]:
    """Load a case, or say why not: one broken file must not take the games of the others down with it."""
    try:
        return load_scenario(Path(path))
    except ScenarioErrors as problem:
        for fault in problem.errors:
            log.error("case.unreadable %s", fault)
        return tuple(problem.errors)
