import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import Intervals from "../../src/charts/Intervals.svelte";
import Builder from "../../src/screens/review/counterfactual/Builder.svelte";
import { changeOf, changesNothing, NO_CHANGE, paramsOf, partsOf, withOrders, type Change, type Changeable } from "../../src/screens/review/counterfactual/change";
import { endedRows, isClear, mostMoved, type Comparison } from "../../src/screens/review/counterfactual/comparison";
import { sampleReport } from "./sample";

const report = sampleReport();

const seat = report.seats[0]!.id;
const short = report.seats[0]!.short;
const menu: Changeable = {
  turns: [{ turn: 1, label: "May" }, { turn: 2, label: "June" }],
  seats: [{ id: seat, budget: 2, moves: ["warn", "talk"] }],
  moves: [
    { id: "warn", code: "A1", label: "Warn them", text: "", group: "words", cost: 1, public: true, may_hide: false, params: [{ id: "tone", label: "Tone", kind: "choice", low: null, high: null, choices: ["mild", "hard"], labels: ["Mild", "Hard"], default: "mild" }] },
    { id: "talk", code: "A2", label: "Ask for talks", text: "", group: "words", cost: 2, public: false, may_hide: true, params: [] },
  ],
  orders: { 1: { [seat]: [{ move: "warn", label: "Warn them", params: { tone: "hard" }, public: true }] } },
  values: [{ name: "strain", label: "Strain", kind: "variable", unit: "", group: "crisis", low: 0, high: 100, starts: [50, 60], words: [] }, { name: "flag.met", label: "they met", kind: "flag", unit: "", group: "flag", low: 0, high: 1, starts: [0, 1], words: ["they have not met", "they met"] }],
  lenses: ["inst", "lead", "rat"], played_under: ["inst", "lead", "rat"], presets: { rational_only: ["rat"] }, players: { [seat]: [{ id: "dove", label: "Dove" }] },
  rulings: [{ id: "r1", turn: 2, kind: "set", target: "strain", label: "Strain", value: "40", reason: "Too hot" }],
};
const everything: Change = { orders: { 1: { [seat]: [] } }, outcomes: { 2: { [seat]: { talk: "blocked" } } }, pins: [{ name: "strain", value: 40, first: 1, last: 2 }, { name: "flag.met", value: 1, first: 2, last: 2 }], lenses: "rational_only", players: { [seat]: "dove" }, rulings: "one", ruling: "r1" };

test("a change that was asked for is read back as it was built", () => {
  expect(changeOf(paramsOf(everything, 200))).toEqual(everything);
  for (const rulings of ["with", "without", "compare"] as const) expect(changeOf(paramsOf({ ...NO_CHANGE, rulings }, 200)).rulings).toBe(rulings);
});

test("values are sent as the server reads them", () => {
  expect((paramsOf(everything, 50).change as { pins: string[] }).pins).toEqual(["strain=40@1-2", "flag.met=1@2"]);
});

test("each part of a change has its sentence and can be taken back by itself", () => {
  const parts = partsOf(everything, menu, () => short);
  expect(parts.map((part) => part.text)).toEqual([
    `May: ${short} orders nothing instead of Warn them`, `June: ${short}, Ask for talks: ruled returned`, "Strain held at 40 from May to June", "they met held at they met as June begins",
    "Settled under: Rational choice only", `${short} is played anew by: Dove`, "Without the ruling on Strain, June",
  ]);
  const left = parts.map((part) => partsOf(part.without, menu, () => short).length);
  expect(left).toEqual([6, 6, 6, 6, 6, 6, 6]);
});

test("orders put back as they were are no change", () => {
  const changed = withOrders(NO_CHANGE, 1, seat, []);
  expect(changesNothing(changed)).toBe(false);
  expect(changesNothing(withOrders(changed, 1, seat, null))).toBe(true);
  expect(changesNothing({ ...NO_CHANGE, rulings: "without" })).toBe(true);
});

test("leaving out an order in the page sends the sheet without it", async () => {
  const onrun = vi.fn();
  render(Builder, { report, menu, busy: false, refused: "", onrun });
  expect(screen.getByRole("button", { name: "Run it" })).toHaveProperty("disabled", true);
  await fireEvent.click(screen.getByRole("button", { name: "Leave out: Warn them" }));
  expect(screen.getByText(`May: ${short} orders nothing instead of Warn them`)).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Run it" }));
  expect(onrun).toHaveBeenCalledWith({ ...NO_CHANGE, orders: { 1: { [seat]: [] } } }, 200);
});

test("an order that is left out takes its ruling with it", async () => {
  const onrun = vi.fn();
  render(Builder, { report, menu, busy: false, refused: "", onrun });
  await fireEvent.change(screen.getByLabelText("Outcome"), { target: { value: "blocked" } });
  expect(screen.getByText(`May: ${short}, Warn them: ruled returned`)).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "Leave out: Warn them" }));
  await fireEvent.click(screen.getByRole("button", { name: "Run it" }));
  expect(onrun).toHaveBeenCalledWith({ ...NO_CHANGE, orders: { 1: { [seat]: [] } } }, 200);
});

test("orders over the budget are said to be too many", async () => {
  render(Builder, { report, menu, busy: false, refused: "", onrun: vi.fn() });
  await fireEvent.change(screen.getByLabelText("Add an order"), { target: { value: "talk" } });
  expect(screen.getByRole("alert").textContent).toContain("3 of 2 orders used");
});

const band = (original: number, changed: number, low: number, high: number) => ({ original, changed, delta: changed - original, low, high });
const found = {
  scenario: "practice", runs: 200, from_turn: 1, lenses: [], with_overrides: true, rulings: 0, reproduced: true, held_fixed: "", divergence: null, chances: [], happened: [],
  ended: [
    { id: "end.strain", label: "Strain, end", share: false, pairs: 190, band: band(60, 50, -11, -9) },
    { id: "clash", label: "A clash", share: true, pairs: 200, band: { ...band(0.4, 0.34, -1, 0), mean_low: -0.09, mean_high: -0.03 } },
    { id: "war", label: "War", share: true, pairs: 200, band: band(0.05, 0.05, 0, 0) },
  ],
  turns: [1, 2].map((turn) => ({ turn, label: `T${turn}`, pairs: 200, indices: {}, clauses: {}, risk: {}, events: {}, variables: { strain: band(60, 60 - 5 * turn, -9, -1), calm: band(10, 10.1, 0, 0.1) } })),
} satisfies Comparison;

test("of a share of runs the interval of the mean is drawn, of a number where nine pairs in ten lie", () => {
  const [strain, clash, war] = endedRows(found);
  expect([strain!.low, strain!.high]).toEqual([-11, -9]);
  expect([clash!.low, clash!.high]).toEqual([-0.09, -0.03]);
  expect([strain, clash, war].map((row) => isClear(row!))).toEqual([true, true, false]);
});

test("the series that moves most is shown first", () => {
  expect(mostMoved(found, "variables", ["calm", "strain"])).toBe("strain");
});

test("an interval's numbers stand in its table", () => {
  render(Intervals, { caption: "Runs", rows: endedRows(found) });
  const row = screen.getByRole("row", { name: /A clash/ });
  expect(row.textContent).toContain("40%");
  expect(row.textContent).toContain("\u22126.0");
  expect(row.textContent).toContain("\u22129.0 to \u22123.0");
});
