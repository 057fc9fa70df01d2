"""Charts without a browser: the colours of the pages, round axes, exact sums, and labels that do not touch."""

import re
from itertools import pairwise
from math import fsum, isclose
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from wargame.aar.documents import tokens
from wargame.aar.documents.charts.dealings import lens_charts
from wargame.aar.documents.charts.lines import Line, Note, Plot, Point, line_chart
from wargame.aar.documents.charts.scale import Wanted, nice, place_labels, spread, text_width, ticks, turn_axis
from wargame.aar.documents.charts.svg import Drawing, runs
from wargame.aar.documents.charts.waterfall import merged_small, waterfall_chart
from wargame.aar.documents.compose.counterfactuals import questions
from wargame.aar.documents.plain import clean, figure, opening, refs, signed, span
from wargame.aar.documents.typesetting import breakable

ROOT = Path(__file__).resolve().parents[2]
NAMED = {
    "INK": "ink", "INK_2": "ink-2", "INK_3": "ink-3", "LINE": "line", "LINE_2": "line-2", "PANEL_2": "panel-2",
    "PANEL_3": "panel-3", "OK": "ok", "OK_WASH": "ok-wash",
}  # fmt: skip


def test_documents_have_the_light_colours_of_the_pages():
    sheet = (ROOT / "frontend/src/theme/tokens.css").read_text()
    light = dict(re.findall(r"--([a-z0-9-]+):(#[0-9A-F]{6});", sheet.partition("@media")[0]))
    assert {name: getattr(tokens, name) for name in NAMED} == {name: light[css] for name, css in NAMED.items()}
    for pair in ("pres", "rival", "bur", "ally", "ctl", "npc"):
        assert tokens.TEAM[pair] == light[pair], pair
    for place in ("report.css", "report.typ"):
        used = set(re.findall(r"#[0-9A-F]{6}", (ROOT / "wargame/aar/documents" / place).read_text()))
        assert used <= {*light.values()}, place


@pytest.mark.parametrize(("low", "high"), [(0, 100), (-0.31, 0.12), (0.0001, 0.0009), (-40, 60), (7, 7.2)])
def test_axes_have_round_ticks_inside_a_round_domain(low: float, high: float):
    start, end = nice(low, high, 5)
    found = ticks(start, end, 5)
    assert start <= low
    assert end >= high
    assert 3 <= len(found) <= 12
    steps = {round(b - a, 9) for a, b in pairwise(found)}
    assert len(steps) == 1
    assert all(start - 1e-9 <= tick <= end + 1e-9 for tick in found)


def test_small_causes_are_put_together_and_the_sum_stays_exact():
    causes = [(f"cause {n}", (-1) ** n * n / 7) for n in range(1, 31)]
    shown = merged_small(causes, 11)
    assert len(shown) == 11
    assert shown[-1][0] == "20 smaller causes"
    assert isclose(fsum(a for _, a in shown), fsum(a for _, a in causes), abs_tol=1e-12)
    drawing = ET.fromstring(waterfall_chart("why", ("start", 1.0), ("end", 2.0), causes).markup())
    assert len([node for node in drawing.iter() if node.tag.endswith("rect")]) == 11


def test_labels_of_a_lane_do_not_touch_and_the_heaviest_stay():
    wanted = [Wanted(x, f"label {x}", weight=x % 7) for x in range(0, 600, 20)]
    placed = place_labels(wanted, 0, 600)
    ends = [(p.x - text_width(p.text) / 2, p.x + text_width(p.text) / 2) for p in placed if p.anchor == "middle"]
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(ends))
    assert max(wanted, key=lambda w: w.weight).text in {p.text for p in placed}
    moved = spread([10, 10, 12, 200], 27, 0, 100)
    assert moved == sorted(moved)
    assert all(b - a >= 27 for a, b in pairwise(moved))


def test_words_in_a_drawing_are_words_in_every_script_and_never_markup():
    drawing = Drawing(100, 50, label='a "label" & <more>')
    drawing.text(1, 2, "<b>x</b> \ud55c\uad6d \u0639\u0631\u0628\u064a \U0001f54a \u202eevil", halo="#FFFFFF")
    root = ET.fromstring(drawing.markup())
    words = ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")]
    assert words == ["<b>x</b> \ud55c\uad6d \u0639\u0631\u0628\u064a \U0001f54a evil"] * 2
    assert [face for face, _ in runs("a \ud55c \u0639")] == ["", tokens.HANGUL, tokens.ARABIC]


def test_a_line_chart_names_its_line_its_last_value_and_its_years():
    plot = Plot(
        label="Strain.", turns=[(1, "2017 Q1"), (2, "2017 Q2"), (3, "2018 Q1")],
        lines=[Line("Strain", [Point(0, 50), Point(1, 80), Point(2, 92), Point(3, 24.6)])],
        notes=[Note(2, 92, "92, a test", "92")], domain=(0, 100),
    )  # fmt: skip
    words = [
        "".join(node.itertext()) for node in ET.fromstring(line_chart(plot).markup()).iter() if node.tag[-4:] == "text"
    ]
    assert {"Strain", "24.6", "2017", "2018", "Q1", "Q2", "92, a test"} <= set(words)
    assert [name.year for name in turn_axis(plot.turns)] == ["2017", None, "2018"]


def test_numbers_times_and_references_are_written_as_on_the_pages():
    assert [figure(1234.5), figure(-0.04, 1), figure(2.50, 2), signed(-3, 0), signed(0.001)] == [
        "1,234.5", "0", "2.5", "\u22123", "0"
    ]  # fmt: skip
    assert refs([9, 3, 4, 5, 20, 31, 40]) == "3\u20135, 9, 20 +2"
    assert [span(45_000), span(170 * 60_000), span(None)] == ["45 s", "2 h 50 min", ""]
    assert opening("One thing. Another thing. A third.", 26) == "One thing. Another thing."
    assert opening("One long thing without an end", 18) == "One long thing\u2026"
    assert clean("a\x00b\u202ec\r\nd") == "abc\nd"


def test_only_words_too_long_for_a_line_may_be_broken():
    assert breakable("an ordinary sentence, as most are") == "an ordinary sentence, as most are"
    assert breakable({"a": ["W" * 30]}) == {"a": ["WWWWWWWW\u200bWWWWWWWW\u200bWWWWWWWW\u200bWWWWWW"]}


def test_a_chart_of_the_lenses_names_runs_and_what_its_lines_hold():
    share = {"value": 0.1, "low": -0.3, "high": 0.6}
    outcomes = [
        {"id": name, "label": name, "share": True, "runs": counted, "none": 0.0, "all": 0.1, "lenses": {"rat": share}}
        for name, counted in (("war", 200), ("kept", 150))
    ]
    chart = next(lens_charts({"runs": 200, "labels": {}, "outcomes": outcomes}))
    assert "150 to 200 paired runs" in chart.source
    assert "nine runs in ten" in chart.subtitle
    assert "90 %" not in chart.subtitle


def test_a_document_names_the_pairs_of_each_run_and_dial():
    run = {"id": "r", "label": "R", "change": "Less.", "held_fixed": "", "runs": 40, "outcomes": []}
    one = {
        "low": 0.5,
        "high": 2.0,
        "effect_low": 0.1,
        "effect_high": 0.2,
        "outcome": "war",
        "label": "D",
        "share": True,
    }
    dial = one | {"pairs": 10, "scale": True, "outcome_label": "War"}
    asked = {"title": "Q", "metrics": [], "runs": [run, run | {"runs": 200}], "sensitive": [dial]}
    said = str(questions(None, {"runs": 200, "questions": [asked]}))  # type: ignore[arg-type]
    assert "40 to 200 paired runs for each change" in said
    assert "Turned over 10 paired runs" in said
