"""Cases are data: neither the rules nor the pages know a name of any one of them.

Scans the code for the proper names of the shipped cases, and for every distinctive id their files give (those of two
words, like `air_defence`); one-word ids are ordinary English and would prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from adjudication.scenario import Scenario, load_scenario

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("adjudication", "negotiation", "wargame", "frontend/src")
SUFFIXES = {".py", ".ts", ".svelte", ".css", ".html"}
SKIPPED = {"migrations", "__pycache__", "protocol_build", "node_modules", "dist"}

NAMES = (
    "korea", "korean", "dprk", "potus", "rok", "jpn", "pyongyang", "seoul", "tokyo", "kim", "hanoi", "singapore",
    "nkspea",
    "cuba", "cuban", "havana", "moscow", "khrushchev", "kennedy", "soviet", "ussr", "turkey", "kremlin", "washington",
    "tension", "quarter", "quarters", "quarterly",
)  # fmt: skip
"""Proper names of the shipped cases, their seats' ids that are no English, and what the first calls a turn."""

ENGINES = {
    "deal_strength", "deal_form", "cum_noclash", "cum_nowar", "esc_pts",  # defaults of the engine's own books
    "slow_walk",  # a parameter of `implementation:`, and the move one case names after it
    "walk_out",  # a step at any table, and the move one case names after it
}  # fmt: skip
"""Ids of cases that are names of the engine as well."""

ALLOWED = {
    "wargame/store/cases.py": "names the case that commands and the demo take when they are told none",
    "wargame/bots/client.py": "its example and its default name the shipped case",
    "wargame/protocol/scenario_forms.py": "examples of the reference for authors",
    "wargame/protocol/management/commands/scenario_reference.py": "lists the cases its examples are of",
}


@cache
def cases() -> tuple[Scenario, ...]:
    return tuple(load_scenario(path) for path in sorted((ROOT / "fixtures/scenarios").glob("*.yaml")))


def ids_of(case: Scenario) -> Iterator[str]:
    """Yield the ids an author made up: of variables, derived values, moves, flags, cards, flashpoints, rule events."""
    for group in (case.variables, case.derived, case.moves, case.facts, case.cards, case.hazards, case.injects):
        yield from (item.id for item in group)
    yield from (hazard.event for hazard in case.hazards)
    yield from (leak.event for leak in case.leaks)


def sources() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix in SUFFIXES and not SKIPPED & set(path.parts):
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def found(words: set[str]) -> dict[str, set[str]]:
    pattern = re.compile(
        r"(?<![A-Za-z0-9_])(" + "|".join(sorted(map(re.escape, words))) + r")(?![A-Za-z0-9_])", re.IGNORECASE
    )
    hits = {name: {match.lower() for match in pattern.findall(text)} for name, text in sources()}
    return {name: words for name, words in hits.items() if words and name not in ALLOWED}


def test_the_code_names_nobody_and_no_place_of_a_case() -> None:
    assert not found(set(NAMES))


def test_the_code_knows_no_id_of_a_case() -> None:
    ids = {name for case in cases() for name in ids_of(case) if "_" in name} - ENGINES
    assert len(ids) > 150
    assert not found(ids)


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_every_exception_is_still_needed(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").lower()
    assert any(word in text for word in (*NAMES, "us-dprk-2017", "cuba-1962"))
