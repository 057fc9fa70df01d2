"""A small made-up crisis for tests of the general machinery: two sides, a third that signs nothing, no summit.

Sections are plain dicts; whoever needs more passes the sections that differ, and gets a case loaded and checked.
"""

import json
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

from adjudication.scenario import Scenario, load_scenario

Sections = dict[str, Any]
EXACT = {"default": "exact"}


def variable(name: str, init: float = 0.0, kind: str = "scale", **more: Any) -> Sections:
    return {
        "id": name, "kind": kind, "init": init, "label": name, "see": EXACT, "sources": ["judgement"],
        "rises": f"{name} rose", "falls": f"{name} fell", **more,
    }  # fmt: skip


def move(name: str, seat: str, *effects: Sections, **more: Any) -> Sections:
    return {
        "id": name, "seats": [seat], "severity": "sq", "effects": list(effects),
        "text": {"order": name, "help": f"What {name} is.", "effects": f"What {name} does."},
        "sources": ["judgement"], **more,
    }  # fmt: skip


def rule(name: str, stage: float = 7, **more: Any) -> Sections:
    return {
        "id": name, "name": name, "lens": "none", "stage": stage, "say": f"{name} says why.",
        "sources": ["judgement"], **more,
    }  # fmt: skip


def seat(name: str, side: str, **more: Any) -> Sections:
    return {
        "id": name,
        "team": side,
        "role": name.upper(),
        "side": side,
        "label": name,
        "short": name,
        "budget": 3,
        **more,
    }


def levels(*labels: str) -> list[Sections]:
    return [{"label": label, "text": f"{label}."} for label in labels]


def _party(side: str, signatory: str, gains: str, gives: str) -> Sections:
    return {
        "id": side, "label": side, "signatory": signatory, "trust": f"trust_{side.lower()}", "channel": "channel",
        "delivery": [{"own": 1.0, "const": 0.5}],
        "reservation": {"const": 0.0},
        "stakes": [
            {"issue": gains, "values": [0.0, 0.2, 0.4], "bucket": "promised"},
            {"issue": gives, "values": [0.0, -0.05, -0.1], "bucket": "given"},
        ],
    }  # fmt: skip


ENGINE_RULES = ("R-F01", "R-F02", "R-F03", "R-F04", "R-M03", "R-M04", "R-M06", "R-M10", "R-M14", "R-M16", "R-R01",
                "R-R02", "R-R03", "R-R05", "R-R06", "R-R08", "R-R17", "R-I08", "R-I17")  # fmt: skip


def _engine_rule(name: str) -> Sections:
    text = {
        "refused": "Refused.",
        "exclusive": "Not both.",
        "once": "Once.",
        "seat": "Not yours.",
        "capital": "Too dear.",
    }
    return rule(name, 10, code=True, text=text if name == "R-F04" else {})


def sections() -> Sections:
    """Return the sections of the smallest case, to be changed at will."""
    return {
        "schema": "crisis/1",
        "meta": {"id": "straits", "title": "Straits", "turns": 4, "start": "1900", "turn_label": "watch"},
        "lenses": ["lead", "inst", "rat"],
        "teams": [
            {"id": "NORTH", "label": "North", "glyph": "N", "pair": "pres"},
            {"id": "SOUTH", "label": "South", "glyph": "S", "pair": "rival"},
            {"id": "ISLE", "label": "Isle", "glyph": "I", "pair": "ally"},
        ],
        "seats": [
            seat("queen", "NORTH"), seat("fleet", "NORTH", superior="queen"), seat("king", "SOUTH"),
            seat("isle", "ISLE"),
        ],
        "variables": [
            variable("strain", 40), variable("guns", 4, "stock", min=0, max=24), variable("channel", 50),
            variable("trust_north", 0.3, "belief"), variable("trust_south", 0.3, "belief"),
            variable("nerve_south", 0.5, "belief"), variable("words_north", 0), variable("words_south", 0),
            *[variable(name, 1, "stock", group="tally") for name in ("cum_noclash", "cum_nowar")],
            variable("clashes", 0, "count", group="tally"), variable("war", 0, "count", max=5),
            variable("esc_pts", 0, "stock", min=-1000, group="tally"),
            variable("deal_strength", 0, "stock", max=100), variable("deal_form", 0, "count", max=2),
        ],
        "moves": [
            move("talk", "queen", {"add": ["strain", -4]}),
            move("press", "queen", {"add": ["strain", 6]}, signal={"about": "NORTH", "trust": -0.4, "resolve": 0.5}),
            move("sail", "fleet", {"add": ["strain", 3]}),
            move("hold", "queen", {"add": ["strain", -1]}),
            move("reply", "king", {"add": ["strain", 2]}),
            move("refuse", "isle", {"add": ["strain", 1]}),
            move("reprisal", "fleet", {"add": ["strain", 10]}, severity="vi"),
        ],
        "rules": [_engine_rule(name) for name in ENGINE_RULES],
        "negotiation": {
            "issues": [
                {"id": "guns_out", "label": "Guns", "obligor": "SOUTH",
                 "levels": levels("stay", "half out", "out")},
                {"id": "pledge", "label": "Pledge", "obligor": "NORTH",
                 "levels": levels("none", "words", "treaty")},
            ],
            "parties": [
                _party("NORTH", "queen", "guns_out", "pledge"), _party("SOUTH", "king", "pledge", "guns_out"),
            ],
            "players": [],
            "verification": {"multiplier": [1.0]},
        },
        "beliefs": {
            "trust": {"NORTH": "trust_south"}, "resolve": {"NORTH": "nerve_south"},
            "audience": {"NORTH": "words_north", "SOUTH": "words_south"},
        },
        "interaction": {"sides": ["NORTH", "SOUTH"], "variable": "strain"},
        "commitments": {"trust": ["trust_north", "trust_south"], "institution": "channel", "breach_rule": "R-R17"},
        "phases": [
            {"id": "plan", "label": "Plan", "orders": True},
            {"id": "lock", "label": "Lock", "adjudicate": True},
        ],
        "presets": [{"id": "whole", "title": "Whole"}],
        "sources": [{"id": "judgement", "text": "The authors' judgement."}],
    }  # fmt: skip


def a_case(*, rules: list[Sections] | None = None, moves: list[Sections] | None = None,
           variables: list[Sections] | None = None, issues: list[Sections] | None = None,
           **changed: Any) -> Scenario:  # fmt: skip
    """Load the small case with sections changed, and lists lengthened (an entry of the same id is replaced)."""
    case = deepcopy(sections())
    for name, extra in (("rules", rules), ("moves", moves), ("variables", variables)):
        case[name] = _joined(case[name], extra or [])
    case["negotiation"]["issues"] = _joined(case["negotiation"]["issues"], issues or [])
    for name, value in changed.items():
        if isinstance(value, dict) and isinstance(case.get(name), dict):
            case[name] = {**case[name], **value}
        else:
            case[name] = value
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "straits.yaml"
        file.write_text(json.dumps(case), encoding="utf-8")
        return load_scenario(file)


def _joined(present: list[Sections], extra: list[Sections]) -> list[Sections]:
    fresh = {item["id"]: item for item in extra}
    kept = [fresh.pop(item["id"], item) for item in present]
    return [*kept, *fresh.values()]
