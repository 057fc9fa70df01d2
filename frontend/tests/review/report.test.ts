import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";
import Evidence from "../../src/screens/review/Evidence.svelte";
import Knowledge from "../../src/screens/review/panels/Knowledge.svelte";
import Records from "../../src/screens/review/Records.svelte";
import { causesOf, courseOf, estimateLine, happeningsOf, momentAt, momentsOf, placesOf, stepTurn, trustFinding, variableLines, whyTitle } from "../../src/screens/review/report";
import { sampleReport } from "./sample";

const report = sampleReport();
const knowledge = {
  items: [{ kind: "inject", key: "I37", label: "A second enrichment site is known to us", source: "IC", turn: 9, at_ms: 0, opens: true, refs: [3], seats: [{ seat: "potus", turn: 9, at_ms: 0, opened_turn: 9, opened_ms: 5, refs: [3, 4] }, { seat: "state", turn: 9, at_ms: 0, opened_turn: null, opened_ms: null, refs: [3] }] }],
  decisions: [{ turn: 9, seat: "state", at_ms: 9, orders: [{ order: "o1", label: "Exercise as planned" }], without: [{ why: "unopened", kind: "inject", key: "I37", label: "A second enrichment site is known to us", holders: [], refs: [3] }], refs: [7] }],
  seats: [], refs: [1],
};
const moments = momentsOf(report);
const places = placesOf(moments);

describe("moments", () => {
  test("every event has its own place, inside its turn and in the order of the log", () => {
    const at = moments.map((m) => places.get(m.seq)!);
    at.slice(1).forEach((x, i) => expect(x).toBeGreaterThan(at[i]!));
    moments.forEach((m) => expect(Math.floor(places.get(m.seq)!)).toBe(m.turn - 1));
  });
  test("going to a place finds the event nearest to it", () => {
    const i = momentAt(moments, places, places.get(moments[77]!.seq)! + 0.001);
    expect(i).toBe(77);
  });
  test("a step back by a turn goes to the turn's start first, then to the turn before", () => {
    const middle = moments.findIndex((m) => m.turn === 5) + 10;
    const start = stepTurn(moments, middle, -1);
    expect(moments[start]!.turn).toBe(5);
    expect(moments[stepTurn(moments, start, -1)]!.turn).toBe(4);
    expect(moments[stepTurn(moments, middle, 1)]!.turn).toBe(6);
    expect(stepTurn(moments, moments.length - 1, 1)).toBe(moments.length - 1);
    expect(stepTurn(moments, 0, -1)).toBe(0);
  });
  test("without steps the timeline itself is walked", () => {
    const { steps: _, ...rest } = report;
    expect(momentsOf(rest)).toHaveLength(report.timeline!.length);
  });
  test("marks of one lane do not lie on each other and stay in their turn", () => {
    const twice = { ...report, timeline: report.timeline!.map((e) => ({ ...e, frac: 0.5 })) };
    const marks = happeningsOf(twice).filter((h) => h.lane === "DPRK" && h.at >= 2 && h.at < 3);
    expect(marks).toHaveLength(2);
    expect(marks[1]!.at - marks[0]!.at).toBeGreaterThan(0.05);
  });
});

describe("findings", () => {
  test("a course that peaked says when and where it ended", () =>
    expect(courseOf("Tension", report.variables![0]!.truth!, report.turns)).toBe("Tension peaked at 92 in 2017 Q3 and ended at 42"));
  test("a course that only rose says from where to where", () =>
    expect(courseOf("Warheads", [{ turn: 0, value: 20 }, { turn: 1, value: 22 }, { turn: 2, value: 30 }], report.turns)).toBe("Warheads rose from 20 to 30"));
  test("a flat course says so", () => expect(courseOf("Norm", [{ turn: 0, value: 50 }, { turn: 1, value: 50 }], report.turns)).toBe("Norm ended where it began, at 50"));
  test("trust that stayed under the threshold is named as that", () => {
    expect(trustFinding(report.trust!)).toBe("Neither side came near believing the other");
    expect(trustFinding({ ...report.trust!, threshold: { value: 0.05, text: "" } })).toBe("Both sides ended believing enough to sign");
  });
  test("the waterfall's title says which way and when", () => {
    expect(whyTitle(report.ledger![2]!, report.turns)).toBe("Why tension rose in 2017 Q3");
    expect(whyTitle({ ...report.ledger![2]!, after: report.ledger![2]!.before }, report.turns)).toBe("Why tension stood still in 2017 Q3");
    expect(whyTitle({ ...report.ledger![2]!, label: "UN measures" }, report.turns)).toBe("Why UN measures rose in 2017 Q3");
  });
  test("rows of one cause are joined and still add up to the change", () => {
    const change = report.ledger![2]!;
    const doubled = { ...change, after: change.before + 2 * (change.after - change.before), rows: [...change.rows, ...change.rows] };
    const causes = causesOf(doubled);
    expect(causes).toHaveLength(change.rows.length);
    expect(causes.reduce((s, c) => s + c.amount, 0)).toBeCloseTo(doubled.after - doubled.before);
  });
});

describe("truth and estimate", () => {
  const reach = report.variables![1]!;
  test("an estimate made at the start of a turn is drawn at the end of the turn before", () => {
    const { line, band } = estimateLine(reach.estimates.potus!);
    expect(line[0]!.turn).toBe(0);
    expect(band.points[3]).toEqual({ turn: 3, low: 63, high: 80 });
  });
  test("the truth is solid and the estimate dashed", () => {
    const { lines } = variableLines(reach, report.seats[0]);
    expect(lines.find((l) => l.id === "truth")?.dashed).toBeUndefined();
    expect(lines.find((l) => l.id === "est")?.dashed).toBe(true);
  });
  test("a seat's view that has no truth draws none", () => {
    const seen = sampleReport("potus").variables![1]!;
    expect(variableLines(seen, report.seats[0]).lines.map((l) => l.id)).toEqual(["est"]);
  });
  test("a band in words is not drawn as a number", () => expect(estimateLine([{ turn: 1, mode: "band", value: null, low: null, high: null, confidence: "" }]).line).toEqual([]));
});

describe("the page", () => {
  test("absent sections are left out and the rest is drawn", () => {
    const { map: _m, trust: _t, ledger: _l, ...less } = report;
    render(Evidence, { report: less, viewSeat: null });
    expect(screen.getByRole("heading", { name: "Tension peaked at 92 in 2017 Q3 and ended at 42" })).toBeTruthy();
    expect(screen.queryByText(/believing the other/)).toBeNull();
    expect(screen.queryByText(/Why tension/)).toBeNull();
  });
  test("the waterfall opens on the largest move and follows the chosen turn", async () => {
    render(Evidence, { report, viewSeat: null });
    expect(screen.getByRole("heading", { name: "Why tension fell in 2018 Q2" })).toBeTruthy();
    const figure = screen.getByRole("heading", { name: /Why tension/ }).closest("figure")!;
    await fireEvent.change(within(figure).getByLabelText("Turn"), { target: { value: "3" } });
    expect(screen.getByRole("heading", { name: "Why tension rose in 2017 Q3" })).toBeTruthy();
  });
  test("a pair of seats narrows the messages to what both heard", async () => {
    render(Records, { report, page: "messages" });
    expect(screen.getByText("Relief that can lapse is relief")).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name: /ROK.*DPRK|DPRK.*ROK/ }));
    expect(screen.queryByText("Relief that can lapse is relief")).toBeNull();
  });
  test("an item opened, sent and not opened, and never sent read differently, with the decision taken without it", () => {
    render(Knowledge, { report: { ...report, knowledge } });
    const row = screen.getByRole("row", { name: /second enrichment site/ });
    const cells = within(row).getAllByRole("cell").slice(1).map((c) => c.textContent!.trim().replace(/\s+/g, " "));
    expect(cells[0]).toMatch(/opened$/);
    expect(cells[1]).toMatch(/sent, not opened$/);
    expect(cells[2]).toBe("never");
    expect(cells[cells.length - 1]).toMatch(/had it unopened: Exercise as planned/);
  });
  test("a change of a clause between versions is struck and underlined", () => {
    const { container } = render(Records, { report, page: "texts" });
    expect(container.querySelector("del")?.textContent).toContain("Yongbyon closed");
    expect(container.querySelector("ins")?.textContent).toContain("All enrichment");
  });
});
