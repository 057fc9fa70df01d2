import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { expect, test, vi } from "vitest";
import CauseBars from "../../src/charts/CauseBars.svelte";
import ChartFigure from "../../src/charts/ChartFigure.svelte";
import LineChart from "../../src/charts/LineChart.svelte";
import NegotiationMap from "../../src/charts/NegotiationMap.svelte";
import OddsBar from "../../src/charts/OddsBar.svelte";
import Timeline from "../../src/charts/Timeline.svelte";
import Waterfall from "../../src/charts/Waterfall.svelte";
import type { Happening } from "../../src/charts/types";

const turns = [1, 2, 3].map((turn) => ({ turn, label: `2017 Q${turn}` }));
const drawing = createRawSnippet(() => ({ render: () => "<svg role='img' aria-label='drawing'></svg>" }));
const table = { caption: "Tension by turn", headers: ["Turn", "Tension"], rows: [["2017 Q1", 66], ["2017 Q2", 81]] };

test("a chart turns into a table with caption, headers and all rows, and back", async () => {
  render(ChartFigure, { title: "Tension rose", table, children: drawing });
  expect(screen.queryByRole("table")).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "Show as table" }));
  expect(screen.getByRole("table", { name: "Tension by turn" })).toBeTruthy();
  expect(screen.getAllByRole("columnheader").map((h) => h.textContent)).toEqual(["Turn", "Tension"]);
  expect(screen.getAllByRole("row")).toHaveLength(3);
  await fireEvent.click(screen.getByRole("button", { name: "Show the chart" }));
  expect(screen.queryByRole("table")).toBeNull();
});

test("the key T on a focused chart shows its table", async () => {
  render(ChartFigure, { title: "Tension rose", table, children: drawing });
  const button = screen.getByRole("button", { name: "Show as table" });
  await fireEvent.keyDown(button, { key: "t" });
  expect(screen.getByRole("table")).toBeTruthy();
});

test("an estimate is dashed and the truth is not", () => {
  const { container } = render(LineChart, {
    label: "Reach",
    turns,
    lines: [
      { id: "truth", label: "Truth", pair: "ink", shape: "none", points: [{ turn: 0, value: 40 }, { turn: 1, value: 50 }] },
      { id: "est", label: "Estimate", pair: "est", shape: "none", dashed: true, points: [{ turn: 0, value: 44 }, { turn: 1, value: 49 }] },
    ],
  });
  expect(container.querySelector(".s-ink.ln")?.getAttribute("stroke-dasharray")).toBeNull();
  expect(container.querySelector(".s-est.ln")?.getAttribute("stroke-dasharray")).toBe("5 4");
  expect(screen.getByRole("img", { name: "Reach" })).toBeTruthy();
});

test("a line chart labels its lines at their ends with the last value", () => {
  render(LineChart, { label: "x", turns, lines: [{ id: "t", label: "Tension", pair: "ink", shape: "none", points: [{ turn: 1, value: 10 }, { turn: 2, value: 42 }] }] });
  expect(screen.getByText("Tension")).toBeTruthy();
  expect(screen.getByText("42")).toBeTruthy();
});

test("a waterfall draws increases solid and decreases outlined", () => {
  const { container } = render(Waterfall, { label: "Why", before: 80.5, after: 78.7, startLabel: "Start", endLabel: "End", causes: [{ label: "Test", amount: 6.3 }, { label: "Drift", amount: -8.1 }] });
  expect(container.querySelectorAll("rect.up")).toHaveLength(1);
  expect(container.querySelectorAll("rect.dn")).toHaveLength(1);
  expect(screen.getByText("+6.3")).toBeTruthy();
  expect(screen.getByText("\u22128.1")).toBeTruthy();
});

test("cause bars put the largest first and merge what does not fit", () => {
  render(CauseBars, { most: 2, causes: [{ label: "small", amount: 0.1 }, { label: "big", amount: -5 }, { label: "mid", amount: 2 }, { label: "tiny", amount: 0.3 }] });
  expect(screen.getAllByRole("listitem").map((li) => li.textContent?.trim().split(/\s+/)[0])).toEqual(["big", "mid", "2"]);
  expect(screen.getByText("+0.4")).toBeTruthy();
});

test("a draw under the threshold reads as passed and one above as failed", () => {
  const { container } = render(OddsBar, { name: "Council vote", threshold: 0.58, draw: 0.71, outcome: "fails" });
  expect(screen.getByRole("img", { name: "Council vote: passes up to 0.58, drew 0.71, fails" })).toBeTruthy();
  expect(container.querySelector(".u")?.classList.contains("hit")).toBe(false);
});

const happening = (seq: number, lane: string, at: number, extra: Partial<Happening> = {}): Happening => ({ key: String(seq), seq, lane, at, at_ms: seq, kind: "move", severity: "raises", label: `L${seq}`, text: `Text ${seq}`, ...extra });
const lanes = [{ id: "DPRK", label: "DPRK", pair: "rival", shape: "triangle" as const }, { id: "PRES", label: "President", pair: "pres", shape: "square" as const }];

test("arrows walk the marks of a lane and across lanes, Enter picks", async () => {
  const onpick = vi.fn();
  render(Timeline, { label: "Timeline", turns, lanes, at: 0, valueText: "start", onseek: () => undefined, onpick, happenings: [happening(1, "DPRK", 0.2), happening(2, "DPRK", 1.5), happening(3, "PRES", 1.4)] });
  const mark = (text: string) => screen.getByRole("button", { name: new RegExp(text) });
  mark("Text 1").focus();
  await fireEvent.keyDown(mark("Text 1"), { key: "ArrowRight" });
  expect(document.activeElement).toBe(mark("Text 2"));
  await fireEvent.keyDown(mark("Text 2"), { key: "ArrowDown" });
  expect(document.activeElement).toBe(mark("Text 3"));
  await fireEvent.keyDown(mark("Text 3"), { key: "Enter" });
  expect(onpick).toHaveBeenCalledWith(expect.objectContaining({ seq: 3 }));
});

test("the scrubber is a slider that arrows and page keys move within the game", async () => {
  const onseek = vi.fn();
  render(Timeline, { label: "Timeline", turns, lanes, at: 2.5, valueText: "2017 Q3", onseek, happenings: [] });
  const slider = screen.getByRole("slider", { name: "Moment of the game" });
  expect(slider.getAttribute("aria-valuetext")).toBe("2017 Q3");
  await fireEvent.keyDown(slider, { key: "PageDown" });
  expect(onseek).toHaveBeenLastCalledWith(3);
  await fireEvent.keyDown(slider, { key: "PageUp" });
  expect(onseek).toHaveBeenLastCalledWith(1.5);
});

test("severity is carried by fill and size, not by colour", () => {
  const { container } = render(Timeline, { label: "T", turns, lanes, at: 0, valueText: "", onseek: () => undefined, happenings: [happening(1, "DPRK", 0.2, { severity: "eases" }), happening(2, "DPRK", 0.9, { severity: "raises_sharply" }), happening(3, "DPRK", 1.5, { severity: "neutral" })] });
  const of = (seq: number) => container.querySelector(`[data-mark="${seq}"]`)!;
  expect(of(1).querySelector("circle.s-rival")?.getAttribute("fill")).toBe("var(--panel)");
  expect(of(2).querySelector("circle.f-rival")?.getAttribute("r")).toBe("7");
  expect(of(3).querySelector("rect.f-rival")).toBeTruthy();
});

test("an offer off the map is drawn at its edge with its value in words", () => {
  render(NegotiationMap, {
    label: "Map", xLabel: "President", yLabel: "DPRK", packages: [[-0.1, 0.05], [0.05, -0.1], [-0.05, -0.05]], frontier: [[-0.1, 0.08], [0.08, -0.1]],
    offers: [{ key: "a@2", label: "v2", note: "US full ask", pair: "pres", shape: "square", x: 0.02, y: -1.13 }],
  });
  expect(screen.getByText(/off the map/).textContent).toContain("\u22121.13");
  expect(screen.getByText("no package of those drawn")).toBeTruthy();
});
