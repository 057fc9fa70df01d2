"""Load a scenario: read, bind, check, hash. All faults come at once, in `ScenarioErrors`."""

from hashlib import blake2b
from pathlib import Path

import msgspec

from adjudication.scenario.binder import BROKEN, bind_struct
from adjudication.scenario.checks import check
from adjudication.scenario.files import read_sections
from adjudication.scenario.nodes import Faults, Node, ScenarioErrors
from adjudication.scenario.schema import Scenario

LIFTED = ("leaks", "absent")
"""Written inside `negotiation:`, kept beside it: the bargaining domain knows no conditions."""


def load_scenario(path: str | Path) -> Scenario:
    """Load a scenario from its root file. Raises ScenarioErrors with every fault found."""
    return read_scenario(path)[0]


def read_scenario(path: str | Path) -> tuple[Scenario, Node]:
    """Load a scenario together with where everything in it stands, for the linter. Raises ScenarioErrors."""
    root = Path(path)
    faults = Faults()
    written = read_sections(root, faults)
    if written is None:
        raise ScenarioErrors(faults.errors)
    sections = lifted(written)
    scenario = bind_struct(Scenario, sections, faults, skip=frozenset({"content_hash"}))
    if scenario is not BROKEN:
        check(scenario, sections, faults)
    if faults.errors:
        raise ScenarioErrors(faults.errors)
    loaded: Scenario = msgspec.structs.replace(scenario, content_hash=content_hash(written))
    return loaded, sections


def lifted(written: Node) -> Node:
    """Return the sections with those parts of `negotiation:` beside it that ask conditions of the engine."""
    mapping = dict(written.mapping or {})
    terms = mapping.get("negotiation")
    inside = dict(terms.mapping or {}) if terms is not None else {}
    for name in LIFTED:
        if name in inside and name not in mapping:
            mapping[name] = inside.pop(name)
    if terms is not None and terms.mapping is not None:
        mapping["negotiation"] = Node(inside, terms.file, terms.line, terms.path)
    return Node(mapping, written.file, written.line, written.path)


def content_hash(sections: Node) -> str:
    """Return a hash of what the files say, independent of layout, comments and key order."""
    text = msgspec.json.encode(sections.plain(), order="sorted")
    return blake2b(text, digest_size=16).hexdigest()
