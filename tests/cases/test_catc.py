"""The numbered cases: each as the book says, and each rule of the case from both sides."""

from collections.abc import Callable
from functools import cache

import pytest

from adjudication.scenario.lines import chances_on
from tests.support.casebook.claims import broken
from tests.support.casebook.play import Played, differences, play
from tests.support.casebook.shape import Book, CasebookError, check_book, read_book
from tests.support.engine import ROOT, the_case

ONE_SIDED = {
    "R-R08": ("silent", "some risk is carried in every turn, whatever is done"),
    "R-R10": ("silent", "with every site closed a quarter of the production is still presumed to run"),
    "R-R11": ("silent", "an economy moves in every turn"),
}
"""Rules that cannot be seen from one side, with the reason."""


@cache
def the_book() -> Book:
    return read_book()


@pytest.fixture(scope="session")
def played() -> Callable[[int], Played]:
    """Play each case once a run. Not a cache of the module: what a mutant does must not be answered from before it."""
    return cache(lambda number: play(the_case(), the_book().cases[number], the_book().quiet))


CASES = pytest.mark.parametrize("number", range(len(the_book().cases)), ids=[case.id for case in the_book().cases])


@CASES
def test_a_numbered_case_comes_out_as_the_book_says(played: Callable[[int], Played], number: int) -> None:
    assert list(differences(played(number))) == []


@CASES
def test_every_rule_a_case_names_fires_or_is_silent_as_it_claims(played: Callable[[int], Played], number: int) -> None:
    assert broken(played(number), the_book().quiet) == []


def test_every_name_in_the_book_is_known_and_the_numbers_run_on() -> None:
    check_book(the_book(), the_case())
    assert len(the_book().cases) >= 120


def of_the_rooms() -> set[str]:
    """Return the rules of lines and rooms: they act between people, not in the settlement of a turn."""
    return {rule for line in the_case().lines for _, _, rule in chances_on(line)}


@pytest.mark.parametrize("side", ["fires", "silent"])
def test_every_rule_of_the_case_is_seen_from_both_sides(side: str) -> None:
    seen = of_the_rooms() | {rule for case in the_book().cases for rule in getattr(case, side)}
    missing = [rule.id for rule in the_case().rules if rule.id not in seen and ONE_SIDED.get(rule.id, ("",))[0] != side]
    assert missing == []


def test_a_rule_excused_from_one_side_is_never_seen_from_it() -> None:
    assert not [rule for rule, (side, _) in ONE_SIDED.items() for c in the_book().cases if rule in getattr(c, side)]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("fires: [R-I01", "fires: [R-I0l", "unknown rule 'R-I0l'; did you mean 'R-I20'"),
        ("status: blocked", "statuss: blocked", "statuss"),
        ("potus nkspea_suspend", "potus nkspea_suspnd", "did you mean 'nkspea_suspend'"),
        ("id: CATC-002", "id: CATC-001", "the next number is CATC-002"),
    ],
)
def test_a_faulty_book_is_refused_with_its_line_and_the_nearest_name(tmp_path, old, new, told) -> None:
    text = (ROOT / "fixtures" / "cases" / "catc.yaml").read_text()
    assert old in text
    path = tmp_path / "catc.yaml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(CasebookError, match=told) as refused:
        check_book(read_book(path), the_case())
    assert all(":" in fault for fault in refused.value.faults)
