import { describe, expect, test } from "vitest";
import { figure, percent, signed } from "../../src/charts/format";
import { airy, clearBoxes, mergeSmall, placeLabels, spread, textWidth, turnAxis, turnMiddle, waterfallSteps } from "../../src/charts/layout";
import { toCsv } from "../../src/charts/table";

describe("numbers", () => {
  test("a decrease is written with a true minus and an increase with a plus", () => {
    expect(signed(-2.84)).toBe("\u22122.8");
    expect(signed(3)).toBe("+3.0");
  });
  test("a change too small to show is a plain zero and never minus zero", () => {
    expect(signed(-0.04)).toBe("0");
    expect(figure(-0.04)).toBe("0");
  });
  test("a small chance keeps a decimal and a large one does not", () => {
    expect(percent(0.058)).toBe("5.8%");
    expect(percent(0.344)).toBe("34%");
    expect(percent(0)).toBe("0%");
  });
});

describe("labels of a lane", () => {
  const at = (key: string, x: number, text: string, weight = 1) => ({ key, x, text, weight });
  test("two labels that would touch leave only the heavier one", () => {
    const placed = placeLabels([at("a", 100, "Hwasong-15 flight", 1), at("b", 120, "Nuclear test", 3)], 0, 400);
    expect(placed.map((p) => p.key)).toEqual(["b"]);
  });
  test("labels with room stay and come back in the order of the lane", () => {
    const placed = placeLabels([at("b", 300, "SRBM", 5), at("a", 60, "ICBM", 1)], 0, 400);
    expect(placed.map((p) => p.key)).toEqual(["a", "b"]);
  });
  test("a label at an end of the lane turns inward", () => {
    const [first, last] = placeLabels([at("a", 2, "Nuclear test"), at("b", 398, "Pause dropped")], 0, 400);
    expect(first?.anchor).toBe("start");
    expect(last?.anchor).toBe("end");
  });
  test("no two placed labels overlap, however many are wanted", () => {
    const wanted = Array.from({ length: 60 }, (_, i) => at(String(i), (i * 37) % 900, `Happening ${i}`, i % 5));
    const boxes = placeLabels(wanted, 0, 900).map((p) => {
      const w = textWidth(p.text);
      const from = p.anchor === "start" ? p.x : p.anchor === "end" ? p.x - w : p.x - w / 2;
      return [from, from + w] as const;
    }).sort((a, b) => a[0] - b[0]);
    expect(boxes.length).toBeGreaterThan(5);
    boxes.slice(1).forEach((box, i) => expect(box[0]).toBeGreaterThan(boxes[i]![1]));
  });
});

describe("spreading end labels", () => {
  test("neighbours end at least the gap apart, keep their order and stay inside", () => {
    const out = spread([50, 52, 51, 199], 20, 0, 200);
    const sorted = [...out].sort((a, b) => a - b);
    sorted.slice(1).forEach((y, i) => expect(y - sorted[i]!).toBeGreaterThanOrEqual(20));
    expect(Math.min(...out)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...out)).toBeLessThanOrEqual(200);
    expect(out[0]!).toBeLessThan(out[2]!);
    expect(out[2]!).toBeLessThan(out[1]!);
  });
});

describe("the axis of turns", () => {
  test("a year is written once, at its first turn", () => {
    const axis = turnAxis([{ turn: 1, label: "2017 Q1" }, { turn: 2, label: "2017 Q2" }, { turn: 3, label: "2018 Q1" }]);
    expect(axis.map((a) => a.year)).toEqual(["2017", null, "2018"]);
    expect(axis.map((a) => a.short)).toEqual(["Q1", "Q2", "Q1"]);
  });
  test("labels of another case are kept whole", () => {
    expect(turnAxis([{ turn: 1, label: "Day 3" }])[0]).toEqual({ turn: 1, short: "Day 3", year: null });
  });
  test("the start of the game stands at zero and a turn's result in its middle", () => {
    expect([0, 1, 12].map(turnMiddle)).toEqual([0, 0.5, 11.5]);
  });
});

describe("a waterfall", () => {
  const causes = [{ label: "Nuclear test", amount: 6.3 }, { label: "Drift", amount: -8.1 }, { label: "Threat", amount: 3.4 }];
  test("steps join end to end and the last ends at the value after", () => {
    const steps = waterfallSteps(80.5, causes);
    expect(steps[1]!.from).toBeCloseTo(steps[0]!.to);
    expect(steps.at(-1)!.to).toBeCloseTo(80.5 + 6.3 - 8.1 + 3.4);
  });
  test("merging small causes keeps the sum", () => {
    const many = Array.from({ length: 20 }, (_, i) => ({ label: `c${i}`, amount: (i - 7) * 0.31 }));
    const merged = mergeSmall(many, 8);
    expect(merged).toHaveLength(8);
    expect(merged.at(-1)!.label).toBe("13 smaller causes");
    const sum = (rows: { amount: number }[]) => rows.reduce((s, r) => s + r.amount, 0);
    expect(sum(merged)).toBeCloseTo(sum(many));
  });
  test("few causes are left alone", () => expect(mergeSmall(causes, 8)).toEqual(causes));
});

test("a domain always has width, also for one value or none", () => {
  expect(airy([])).toEqual([0, 1]);
  const [low, high] = airy([5, 5]);
  expect(high).toBeGreaterThan(low);
});

describe("CSV", () => {
  test("quotes, commas and line breaks are quoted", () => {
    expect(toCsv({ caption: "", headers: ["a", "b"], rows: [['say "no"', "x,y"], [null, 1.5]] })).toBe('a,b\r\n"say ""no""","x,y"\r\n,1.5\r\n');
  });
  test("a player's text that looks like a formula is defused, a negative number is not", () => {
    expect(toCsv({ caption: "", headers: ["t", "n"], rows: [["=HYPERLINK(1)", -2]] })).toContain("'=HYPERLINK(1),-2");
  });
});

test("labels that would touch an earlier one are left out, and only those", () => {
  const box = (left: number, top: number) => ({ left, right: left + 50, top, bottom: top + 20 });
  expect(clearBoxes([box(0, 0), box(30, 10), box(60, 0), box(30, 30)])).toEqual([true, false, true, true]);
});
