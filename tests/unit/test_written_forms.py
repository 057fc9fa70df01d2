"""Conditions and effects in one line: those of shipped cases come back as they were, and no text does harm."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adjudication.entries import Forms, read_forms
from adjudication.scenario import load_scenario
from adjudication.scenario.names import bot_conditions_of, conditions_of, effects_of
from adjudication.scenario.nodes import Faults
from adjudication.scenario.written import effects_text, read_condition, read_effects, text_of

SHIPPED = sorted((Path(__file__).resolve().parents[2] / "fixtures" / "scenarios").glob("*.yaml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_condition_and_effect_of_a_case_is_read_back_as_it_was(path: Path) -> None:
    scenario, faults = load_scenario(path), Faults()
    conditions = [condition for _, condition in conditions_of(scenario)]
    conditions += [condition for _, _, condition in bot_conditions_of(scenario)]
    assert len(conditions) > 10
    for condition in conditions:
        line = text_of(condition)
        assert "\n" not in line
        assert read_condition(line, faults, where="if") == condition, line
    for _, effect in effects_of(scenario):
        assert read_effects(effects_text((effect,)), faults, where="effects") == (effect,)
    assert not faults.errors


@pytest.mark.parametrize(
    "text",
    ["[" * 1990, "- " * 900, "&a [*a]", "\x00", "\ud800",
     "a: &x [1]\nb: &y [*x,*x,*x,*x,*x,*x]\nc: &z [*y,*y,*y,*y,*y,*y]\nd: &w [*z,*z,*z,*z]\ne: [*w,*w,*w]"],
    ids=["brackets", "depth", "circle", "nought", "surrogate", "aliases"],
)  # fmt: skip
def test_text_that_means_harm_is_refused_in_words(text: str) -> None:
    assert isinstance(read_forms(trigger=text, expects="", effects=""), str)
    assert isinstance(read_forms(trigger="", expects="", effects=text), str)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="{}[]:,&*!-?|>'\" \nabgenotlcu0129.", max_size=120))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    found = read_forms(trigger=text, expects="", effects=text)
    assert isinstance(found, Forms) or found
