"""The reference of the scenario format is generated, complete and current; its JSON Schema accepts what is shipped."""

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings
from django.core.management import call_command

from adjudication.scenario import load_scenario
from adjudication.scenario.files import read_sections
from adjudication.scenario.nodes import Faults, Node
from adjudication.scenario.trees import (
    EFFECTS,
    FILTER_KEYS,
    OPERATORS,
    SCALARS,
    parse_condition,
    parse_effect,
    parse_filter,
    parse_scalar,
)
from adjudication.scenario.vocabulary import Vocabulary
from wargame.protocol import scenario_forms as forms
from wargame.protocol.scenario_schema import schema
from wargame.protocol.scenario_shapes import shapes
from wargame.protocol.scenario_words import WORDS

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
PARSERS = {
    "condition": (parse_condition, OPERATORS, forms.conditions()),
    "scalar": (parse_scalar, SCALARS, forms.scalars()),
    "effect": (parse_effect, EFFECTS, forms.effects()),
}


def node_of(text: str, tmp_path: Path) -> Node:
    path = tmp_path / "example.yaml"
    path.write_text(f"example: {text}\n", encoding="utf-8")
    sections = read_sections(path, Faults())
    assert sections is not None
    assert sections.mapping is not None
    return sections.mapping["example"]


@pytest.mark.parametrize("kind", PARSERS)
def test_every_form_is_explained_with_an_example_that_reads_without_a_fault(kind: str, tmp_path: Path) -> None:
    parse, keys, told = PARSERS[kind]
    assert tuple(told) == keys
    for key, (text, example) in told.items():
        assert text.endswith("."), key
        shown = example.partition("  (")[0]
        faults = Faults()
        node = node_of(shown, tmp_path)
        parse(node, faults)
        assert not faults.errors, (key, faults.errors)
        assert key in (node.mapping or {"const": None}), key


def test_every_key_of_a_filter_has_words_and_an_example(tmp_path: Path) -> None:
    assert set(forms.FILTER_TEXTS) == set(forms.FILTER_EXAMPLES) == set(FILTER_KEYS)
    for key, example in forms.FILTER_EXAMPLES.items():
        faults = Faults()
        parse_filter(node_of(f"{{{example}}}", tmp_path), faults)
        assert not faults.errors, key


def test_every_kind_of_name_a_shipped_case_may_read_is_explained() -> None:
    heads = {name.partition(".")[0] for name in forms.NAMES}
    for path in SHIPPED.glob("*.yaml"):
        words = Vocabulary(load_scenario(path))
        dotted = {name.partition(".")[0] for name in words.names | words.score_names if "." in name}
        assert dotted <= heads


def test_every_key_of_every_kind_has_words() -> None:
    missing = {f"{shape.name}.{field.key}" for shape in shapes() for field in shape.fields if not field.text}
    assert not missing
    keys = {f"{shape.name}.{field.key}" for shape in shapes() for field in shape.fields}
    bare = {key.partition(".")[2] for key in keys}
    assert {word for word in WORDS if word not in keys and word not in bare} == set(), "words for keys that are gone"


def test_the_reference_and_the_schema_are_current() -> None:
    out = io.StringIO()
    call_command("scenario_reference", "--check", stdout=out)
    assert "Up to date" in out.getvalue()


def typed(path: Path) -> Any:
    """Read a file as the loader does, without positions: `on` and `yes` stay words."""
    sections = read_sections(path, Faults())
    assert sections is not None
    return sections.plain()


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_cases_are_valid_under_the_json_schema(path: Path) -> None:
    jsonschema.Draft202012Validator(schema()).validate(typed(path))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    group: dam", "    grup: dam"),
        ("severity: po", "severity: pox"),
        ("{add: [tension, 8]}", "{adds: [tension, 8]}"),
        ("require: {lt: [harvest, 68]}", "require: {less: [harvest, 68]}"),
        ("    resist: 0.2", "    resist: much"),
    ],
)
def test_an_editor_with_the_schema_underlines_a_typing_error(tmp_path: Path, old: str, new: str) -> None:
    text = (SHIPPED / "practice" / "moves.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "moves.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    validator = jsonschema.Draft202012Validator(schema())
    assert not list(validator.iter_errors(typed(SHIPPED / "practice" / "moves.yaml")))
    assert list(validator.iter_errors(typed(path)))


def test_the_published_schema_is_itself_valid() -> None:
    published = json.loads((Path(settings.BASE_DIR) / "docs/scenario.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(published)
