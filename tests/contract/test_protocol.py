"""The published description of the wire is what the code says, and every code has its sentence."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from django.core.management import call_command

from wargame.game import commands, entities
from wargame.game.rejections import REJECTIONS
from wargame.protocol.errors import SERVER_REJECTIONS, sentence
from wargame.protocol.export import client_commands, documents

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT / "fixtures" / "protocol"


def test_the_checked_in_schemas_are_the_ones_the_types_give() -> None:
    call_command("export_protocol", "--check")
    assert {path.name for path in PUBLISHED.iterdir()} >= set(documents())


@pytest.mark.parametrize("name", ["frames.schema.json", "commands.schema.json", "entities.schema.json"])
def test_each_schema_is_a_valid_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads((PUBLISHED / name).read_text()))


def test_every_command_and_kind_is_published_and_server_commands_are_not() -> None:
    published = json.loads((PUBLISHED / "commands.schema.json").read_text())["properties"]
    assert set(published) == set(client_commands())
    assert not set(published) & commands.SERVER_ONLY
    assert set(json.loads((PUBLISHED / "entities.schema.json").read_text())["properties"]) == set(entities.KINDS)


def test_every_reference_of_the_asyncapi_document_resolves() -> None:
    document = json.loads((PUBLISHED / "asyncapi.json").read_text())
    for reference in re.findall(r'"\$ref": ?"#/([^"]+)"', json.dumps(document)):
        node = document
        for part in reference.split("/"):
            node = node[part]
    assert document["asyncapi"].startswith("3.")


def test_game_and_server_share_no_code_and_every_code_in_the_server_has_a_sentence() -> None:
    assert not set(REJECTIONS) & set(SERVER_REJECTIONS)
    used: set[str] = set()
    for folder in ("play", "realtime", "api", "lobby", "accounts", "store"):
        for path in (ROOT / "wargame" / folder).rglob("*.py"):
            used |= set(re.findall(r'Refused\(\s*"([a-z_.]+)"', path.read_text()))
    assert used
    assert used <= set(SERVER_REJECTIONS) | set(REJECTIONS), used - set(SERVER_REJECTIONS) - set(REJECTIONS)


def test_a_sentence_fills_in_what_it_is_given_and_never_fails() -> None:
    assert "30 seconds" in sentence("join.too_many_tries", {"wait_s": 30})
    assert sentence("join.too_many_tries", {})
    assert sentence("no.such.code", {}) == "no.such.code"
