"""Load a scenario: read, bind, check, hash. All faults come at once, in `ScenarioErrors`."""

from hashlib import blake2b
from pathlib import Path

import msgspec

from adjudication.scenario.binder import BROKEN, bind_struct
from adjudication.scenario.checks import check
from adjudication.scenario.files import read_sections
from adjudication.scenario.nodes import Faults, Node, ScenarioErrors
from adjudication.scenario.schema import Scenario


def load_scenario(path: str | Path) -> Scenario:
    """Load a scenario from its root file. Raises ScenarioErrors with every fault found."""
    root = Path(path)
    faults = Faults()
    sections = read_sections(root, faults)
    if sections is None:
        raise ScenarioErrors(faults.errors)
    scenario = bind_struct(Scenario, sections, faults, skip=frozenset({"content_hash"}))
    if scenario is not BROKEN:
        check(scenario, sections, faults)
    if faults.errors:
        raise ScenarioErrors(faults.errors)
    loaded: Scenario = msgspec.structs.replace(scenario, content_hash=content_hash(sections))
    return loaded


def content_hash(sections: Node) -> str:
    """Return a hash of what the files say, independent of layout, comments and key order."""
    text = msgspec.json.encode(sections.plain(), order="sorted")
    return blake2b(text, digest_size=16).hexdigest()
