"""The reference of the scenario format as a page: generated, so that it can never say what the code does not do.

Owns headings and order. Shapes come from `scenario_shapes`, forms from `scenario_forms`, examples of sections from
the shipped cases.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import yaml

from adjudication.lint.reach import HEARD
from adjudication.policies import POLICY_NAMES
from adjudication.scenario.catalogue import SEVERITY_POINTS
from adjudication.scenario.checks.catalogue import STAGES
from adjudication.scenario.checks.texts import ENGINE_RULES
from adjudication.scenario.files import MERGED, SHARED
from adjudication.scenario.nodes import Node
from adjudication.scenario.ranges import KINDS
from adjudication.scenario.schema import Scenario
from adjudication.scenario.trees import FILTER_KEYS
from wargame.protocol import scenario_forms as forms
from wargame.protocol.scenario_shapes import INSIDE, Field, Shape, said, shape_of, shapes

STAGE_WORDS: dict[float, str] = {
    1: "legality: preconditions, gates of law, votes", 2: "implementation: fidelity and delay",
    3: "interaction of simultaneous orders", 3.5: "meetings and signatures", 4: "effects of what is carried out",
    5: "reactions of those who hold no seat", 6: "threats and beliefs", 7: "risk: flashpoints, clash, war",
    8: "commitments: breach, collapse", 9: "drift, and what comes to be known", 10: "rulings and scores",
}  # fmt: skip
LONGEST_EXAMPLE = 14
INTRODUCTION = """\
# Reference of the scenario format

Generated from the code by `manage.py scenario_reference`; do not edit. How to write a case, from nothing to a playable
crisis, is told in [Writing a scenario](scenario-authoring.md). A JSON Schema for editors is in
`docs/scenario.schema.json`.

Bold keys are mandatory. Lists keep the author's order. Unknown keys are refused.
"""

SIGHT = """\
## Sight

How a reader sees a variable: `exact`, `band` (a word), `hidden`, or `{noise: <standard deviation>}` (an estimate with
a margin). `see` maps seats, roles or `default` to one of these.
"""


def reference(written: Sequence[Node]) -> str:
    """Return the page; `written` are the sections of shipped cases, the one to take examples from first."""
    parts = [
        INTRODUCTION,
        _sections(written),
        _forms("Conditions", "condition", forms.conditions()),
        _filters(),
        _names(),
        _forms("Scalars", "scalar", forms.scalars()),
        _forms("Effects", "effect", forms.effects()),
        SIGHT,
        _events(),
        _stages(),
        _closed(),
        "## Kinds of things\n",
        *map(_kind, shapes()[1:]),
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _sections(written: Sequence[Node]) -> str:
    lines = ["## Sections\n", shape_of(Scenario).text + "\n"]
    for field in shape_of(Scenario).fields:
        where = f"Written inside `{INSIDE[field.key]}:`. " if field.key in INSIDE else ""
        split = "May be split over files. " if field.key in MERGED else ""
        split = "Its blocks may stand in several files, each whole in one. " if field.key in SHARED else split
        need = "Mandatory. " if field.required else ""
        lines.append(f"### `{field.key}`\n")
        lines.append(f"{need}{where}{split}{_sentence(said(field.kind))} {field.text}".rstrip() + "\n")
        example = _example(field.key, written)
        if example:
            lines.append(f"```yaml\n{example}```\n")
    lines.append("### `include`\n\nList of file names, relative to the root file; their sections are added to it.\n")
    return "\n".join(lines)


def _example(section: str, written: Sequence[Node]) -> str:
    """Return the first entry of a section of a shipped case, a few lines of it."""
    for sections in written:
        node = (sections.mapping or {}).get(section)
        if node is None:
            continue
        value = node.plain()
        if isinstance(value, list):
            value = value[:1]
        elif isinstance(value, dict) and section in ("bots", "goals"):
            value = dict(list(value.items())[:1])
        text = yaml.safe_dump({section: value}, sort_keys=False, width=110, allow_unicode=True, default_flow_style=None)
        lines = text.splitlines(keepends=True)
        return "".join(lines[:LONGEST_EXAMPLE]) + ("  # ...\n" if len(lines) > LONGEST_EXAMPLE else "")
    return ""


def _kind(shape: Shape) -> str:
    lines = [f"### {shape.name}\n", shape.text + "\n", "| key | value | default | |", "|---|---|---|---|"]
    lines += [_row(field) for field in shape.fields]
    return "\n".join(lines) + "\n"


def _row(field: Field) -> str:
    key = f"**`{field.key}`**" if field.required else f"`{field.key}`"
    default = "" if field.required else _shown(field.default)
    return f"| {key} | {said(field.kind)} | {default} | {field.text.replace('|', '/')} |"


def _shown(value: Any) -> str:
    if value is None or value in ("", (), {}):
        return ""
    if isinstance(value, msgspec.Struct):
        return "as below"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return "`[" + ", ".join(map(str, value)) + "]`"
    return f"`{value:g}`" if isinstance(value, float) else f"`{value}`"


def _forms(title: str, word: str, known: Mapping[str, tuple[str, str]]) -> str:
    lines = [
        f"## {title}\n",
        f"{word.capitalize()}: a mapping with exactly one of these keys.\n",
        "| form | | example |",
    ]
    lines += ["|---|---|---|", *(f"| `{key}` | {text} | `{example}` |" for key, (text, example) in known.items())]
    if word == "effect":
        lines.append("\n`when:` with a condition beside any effect restricts it.")
    return "\n".join(lines) + "\n"


def _filters() -> str:
    lines = ["## Filters of orders\n", 'Every key given must match; lists mean "one of". `count` and `ordered` also']
    lines[-1] += " take `within` (turns before this one) and `at_least`.\n"
    lines += ["| key | | example |", "|---|---|---|"]
    lines += [f"| `{key}` | {forms.FILTER_TEXTS[key]} | `{forms.FILTER_EXAMPLES[key]}` |" for key in FILTER_KEYS]
    return "\n".join(lines) + "\n"


def _names() -> str:
    lines = ["## Names\n", "What a condition or a scalar may read.\n", "| name | |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{name}` | {text} |" for name, text in forms.NAMES.items())]) + "\n"


def _events() -> str:
    lines = ["## Events the engine raises\n", "A rule with `event:` runs at one of these stages. `_<side>` stands for"]
    lines[-1] += " each side. Events of your own (`emit`) are answered at stage 4.\n"
    lines += ["| event | stages |", "|---|---|"]
    for event, stages in sorted(HEARD.items()):
        name = f"{event}_<side>" if event in ("honoured", "back_down", "breach_by", "learned", "preempted") else event
        lines.append(f"| `{name}` | {', '.join(f'{stage:g}' for stage in sorted(stages))} |")
    lines += [
        "| `discontent_<player>` | 3.5, 4 |", "| `leak_<move>` | 4 |", "| events of `hazards` and of the ladder | 7 |"
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _stages() -> str:
    lines = ["## Stages of a turn\n", "| stage | |", "|---|---|"]
    return "\n".join([*lines, *(f"| {stage:g} | {STAGE_WORDS[stage]} |" for stage in STAGES)]) + "\n"


def _closed() -> str:
    return "\n".join(_closed_lines()) + "\n"


def _closed_lines() -> Iterator[str]:
    yield "## Closed lists\n"
    yield "Severity classes and their escalation points: "
    yield ", ".join(f"`{name}` {points:+d}" for name, points in SEVERITY_POINTS.items()) + ".\n"
    yield "Ranges of the kinds of variables that have one: "
    yield ", ".join(f"`{kind}` {low:g} to {high:g}" for kind, (low, high) in KINDS.items()) + ".\n"
    yield "Policies any seat can play: " + ", ".join(f"`{name}`" for name in sorted(POLICY_NAMES)) + ".\n"
    yield "Rules every case words, with the keys of `text` the engine takes from them: "
    keyed = (f"`{rule}`" + (f" ({', '.join(keys)})" if keys else "") for rule, keys in ENGINE_RULES.items())
    yield ", ".join(keyed) + ".\n"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
