// The links between charts and log: a claim lays its events open, an event marks what rests on it.
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";
import LineChart from "../../src/charts/LineChart.svelte";
import ClaimEvents from "../../src/screens/review/ClaimEvents.svelte";
import { ReviewDesk } from "../../src/screens/review/desk.svelte";
import { mergedRefs, refsByTurn, restingOn } from "../../src/screens/review/refs";
import { misread, momentAtMs, stripNote } from "../../src/screens/review/report";
import { sampleReport } from "./sample";

const report = sampleReport();
let desk: ReviewDesk;
beforeEach(() => {
  desk = new ReviewDesk();
  desk.report = report;
});

describe("the desk", () => {
  test("without a choice it stands at the end and marks nothing", () => {
    expect(desk.moment).toBe(desk.moments[desk.moments.length - 1]);
    expect(desk.marks([desk.moment!.seq])).toBe(false);
  });
  test("an event that is stood at marks what rests on it", () => {
    const seq = desk.moments[2]!.seq;
    desk.seek(seq);
    expect(desk.index).toBe(2);
    expect(desk.marks([1, seq])).toBe(true);
    expect(desk.marks([seq + 10_000])).toBe(false);
  });
  test("a claim laid open marks its events; one event alone is also stood at", () => {
    const [a, b] = [desk.moments[1]!.seq, desk.moments[4]!.seq];
    desk.show([a, b], "Why");
    expect(desk.seq).toBeNull();
    expect([desk.marks([a]), desk.marks([b]), desk.marks([desk.moments[2]!.seq])]).toEqual([true, true, false]);
    desk.show([b], "Alone");
    expect(desk.moment!.seq).toBe(b);
    desk.put();
    expect(desk.claim).toBeNull();
  });
  test("an event without a line of its own is told by the line before it", () => {
    const [first, second] = [desk.moments[0]!, desk.moments[1]!];
    const [exact] = desk.evidence([first.seq]);
    expect(exact).toMatchObject({ exact: true, step: first });
    if (second.seq > first.seq + 1) expect(desk.evidence([second.seq - 1])[0]).toMatchObject({ exact: false, step: first });
  });
  test("a claim without events lays nothing open", () => {
    desk.show([], "Nothing");
    expect(desk.claim).toBeNull();
  });
  test("the same moment of another view is found by its time", () => {
    const moment = desk.moments[3]!;
    expect(momentAtMs(desk.moments, moment.at_ms)).toBe([...desk.moments].filter((m) => m.at_ms <= moment.at_ms).pop()!.seq);
  });
});

describe("references", () => {
  test("of several claims come once each, in order", () => expect(mergedRefs([5, 2], undefined, [2, 9])).toEqual([2, 5, 9]));
  test("of a turn come from all its claims, and a turn rests on any of them", () => {
    const by = refsByTurn([{ turn: 1, refs: [3] }], [{ turn: 1, refs: [1] }, { turn: 2, refs: [8] }]);
    expect(by.get(1)).toEqual([1, 3]);
    expect(restingOn(by, new Set([8]))).toEqual(new Set([2]));
    expect(restingOn(by, new Set())).toEqual(new Set());
  });
});

test("pressing a turn of a chart asks for what lies behind it, by mouse and by key", async () => {
  const onpick = vi.fn();
  render(LineChart, { label: "Strain", turns: [{ turn: 1, label: "T1" }, { turn: 2, label: "T2" }], lines: [{ id: "a", label: "Strain", pair: "ink", shape: "none", points: [{ turn: 1, value: 3 }, { turn: 2, value: 4 }] }], onpick });
  await fireEvent.click(screen.getByRole("button", { name: /^T2: Strain 4/ }));
  await fireEvent.keyDown(screen.getByRole("button", { name: /^T1/ }), { key: "Enter" });
  expect(onpick.mock.calls.map(([turn]) => turn)).toEqual([2, 2]);
});

test("no claim, no list of events", () => {
  render(ClaimEvents, { game: "g" });
  expect(screen.queryByRole("complementary")).toBeNull();
});

describe("the strip", () => {
  const turns = report.turns;
  test("says where the estimate was furthest off and for how long", () => {
    const truth = [50, 60, 70, 80].map((value, turn) => ({ turn, value }));
    const estimate = [50, 52, 60, 79].map((value, turn) => ({ turn, value }));
    expect(stripNote(truth, estimate, turns, String)?.text).toBe(`Estimate ran 10 low at the end of ${turns[1]!.label}; at least half as far off in 2 turns`);
    expect(stripNote(truth, truth, turns, String)).toBeNull();
  });
  test("prefers the variable that was read worst", () => {
    const [strain, reach] = report.variables!;
    expect(misread(reach!)).toBeGreaterThan(misread(strain!));
  });
});
