"""The few rules that keep the house standing, read off the source itself (import directions stand in .importlinter)."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 400
# Closed vocabularies without a line of logic, which people read as one list.
VOCABULARIES = {"wargame/protocol/scenario_words.py", "wargame/game/rejections.py"}
LONGEST_VOCABULARY = 600
PURE = ("negotiation", "adjudication", "wargame/game")
PAGES = ("frontend/src",)
SKIPPED = {"node_modules", "dist", "__pycache__", ".venv", ".venv-node", "var", ".git"}


def tracked() -> list[Path]:
    """Return every file of the project: what git knows, or in an unpacked archive what is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    return [path for path in ROOT.rglob("*") if path.is_file() and not SKIPPED & set(path.parts)]


def sources(*rooms: str, suffixes: tuple[str, ...] = (".py",)) -> list[Path]:
    """Return the source files of some rooms, without migrations."""
    found = (path for room in rooms for path in (ROOT / room).rglob("*") if path.suffix in suffixes)
    return sorted(path for path in found if not {"migrations", *SKIPPED} & set(path.parts))


@cache
def called(path: Path) -> tuple[tuple[int, str], ...]:
    """Return every call of a module as line and dotted name."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return tuple((node.lineno, ast.unparse(node.func)) for node in nodes if isinstance(node, ast.Call))


def calls_in(paths: list[Path], pattern: str) -> set[str]:
    """Return where a call matches, as file:line."""
    wanted = re.compile(pattern)
    return {
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in paths
        for line, name in called(path)
        if wanted.fullmatch(name)
    }


def outside(places: set[str], *allowed: str) -> set[str]:
    return {place for place in places if not place.startswith(allowed)}


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    paths = sources(*PURE, "wargame", "scripts", "tests") + sources(*PAGES, suffixes=(".ts", ".svelte", ".css"))
    generated = ROOT / "frontend/src/protocol"
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in paths
        if generated not in path.parents
    }
    long = {
        f"{name}: {lines}"
        for name, lines in lengths.items()
        if lines > (LONGEST_VOCABULARY if name in VOCABULARIES else LONGEST_MODULE)
    }
    assert not long


def test_the_rules_touch_no_file_clock_or_console() -> None:
    paths = [path for path in sources(*PURE) if "adjudication/scenario" not in path.as_posix()]
    assert not calls_in(paths, r"(print|input|open|exec|eval|__import__|np\.random\..*|numpy\.random\..*|hash)")


def test_chance_is_drawn_from_keyed_dice_only() -> None:
    paths = sources("negotiation", "adjudication", "wargame")
    assert not calls_in(paths, r"(random\.\w+|(np|numpy)\.random\.(seed|rand|randn|random|choice|normal|default_rng))")


def test_transactions_are_opened_on_the_one_path_and_in_commands_only() -> None:
    found = calls_in(sources("wargame"), r"(transaction\.)?atomic")
    # A report's own job rows are no part of any game and are locked by nobody else.
    assert outside(found, "wargame/play/", "wargame/store/", "wargame/aar/services") == {
        place for place in found if "/management/commands/" in place
    }, "atomic() belongs in play (and in management commands); on SQLite it takes the write lock"


def test_only_the_doorbell_and_the_hub_reach_the_channel_layer() -> None:
    found = calls_in(sources("wargame"), r"get_channel_layer|.*\.group_(send|add|discard)")
    assert not outside(found, "wargame/doorbell/", "wargame/realtime/")


def test_the_wall_clock_is_read_at_the_edges_only() -> None:
    found = calls_in(
        sources(*PURE, "wargame/store"), r"(time\.time(_ns)?|datetime\.(now|utcnow|today)|timezone\.now|uuid\.uuid[14])"
    )
    assert not found


def test_every_room_has_its_place_in_the_order() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    placed = set(re.findall(r"wargame\.\w+", contracts["importlinter:contract:direction"]["layers"]))
    rooms = {f"wargame.{path.parent.name}" for path in (ROOT / "wargame").glob("*/__init__.py")}
    assert rooms <= placed, f"put these into the layers of .importlinter: {sorted(rooms - placed)}"


def _texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        if path == Path(__file__) or path.stat().st_size > 3_000_000:
            continue
        try:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    # Written in pieces, so that this file does not match itself.
    pattern = re.compile(
        "|".join(["/" + "work/(main|shared|\\.)", "/" + "root/", "/" + r"home/\w+/", "/" + "Users/" + r"\w+/"])
    )
    assert not {name for name, text in _texts() if pattern.search(text)}


def test_no_file_names_the_address_of_a_package_registry() -> None:
    hosts = ["registry" + r"\.npm", "files" + r"\.python", "py" + r"pi\.(org|io)", "index" + "-url", "extra-index"]
    pattern = re.compile("|".join(hosts))
    found = {name for name, text in _texts() if pattern.search(text)}
    # The scripts that make the lock files name the options that keep addresses out.
    assert found <= {"scripts/lock.sh"}


@pytest.mark.parametrize("name", ["requirements/base.lock", "requirements/dev.lock"])
def test_python_locks_pin_every_package_by_hash_and_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    entries = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if not entry.startswith("#")]
    assert entries
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_the_node_lock_names_no_address() -> None:
    assert '"resolved"' not in (ROOT / "frontend/package-lock.json").read_text(encoding="utf-8")


def test_the_locks_hold_what_was_asked_for() -> None:
    for name in ("base", "dev"):
        asked = re.findall(
            r"^([A-Za-z0-9_.-]+)(?:\[.*\])?==([^;\s]+)", (ROOT / f"requirements/{name}.in").read_text(), re.MULTILINE
        )
        locked = dict(
            re.findall(r"^([a-z0-9_.-]+)==([^\s;]+)", (ROOT / f"requirements/{name}.lock").read_text(), re.MULTILINE)
        )
        missing = {package for package, version in asked if locked.get(_normal(package)) != version}
        assert not missing, f"run `make lock`: {missing}"


def _normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()
