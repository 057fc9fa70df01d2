import { expect, test } from "vitest";
import { linesOf, spanOf } from "../../src/screens/review/counterfactual/comparison";
import { briefly, type Question, type RunOutcome } from "../../src/screens/review/questions/questions";

const outcome: RunOutcome = { id: "war", label: "War", share: true, pairs: 200, differ: 2, original: 0.005, changed: 0.005, delta: 0, low: 0, high: 0, mean_low: -0.012, mean_high: 0.012 };
const asked = (first: RunOutcome): Question => ({
  id: "q", title: "Q", text: "", source: "", lens: "", finding: "", metrics: [], sensitive: [], dials_turned: 0, held_fixed: "", refs: [],
  runs: [{ id: "r", label: "Lead off", change: "", note: "", runs: 200, held_fixed: "", outcomes: [first] }],
});

test("a card calls it no difference only where every pair is equal", () => {
  expect(briefly(asked(outcome))).not.toContain("no difference");
  expect(briefly(asked({ ...outcome, differ: 0 }))).toContain("no difference");
});

test("a card's interval is that of the mean, and says so", () => {
  const strain: RunOutcome = { ...outcome, label: "Strain, end", share: false, original: 50, changed: 40, delta: -10, low: -30, high: 10, mean_low: -11, mean_high: -9, differ: 200 };
  expect(briefly(asked(strain))).toContain("(90% interval \u221211.0 to \u22129.0, 200 pairs)");
});

test("the band of a share of runs is the interval of its mean, of other numbers where nine pairs in ten lie", () => {
  const points = [{ turn: 1, pairs: 200, original: 0.4, changed: 0.3, delta: -0.1, low: -1, high: 0, mean_low: -0.15, mean_high: -0.05 }];
  expect(linesOf(points, "events").bands[0]!.points[0]).toEqual({ turn: 1, low: 0.25, high: 0.35000000000000003 });
  expect(linesOf(points, "risk").bands[0]!.points[0]).toEqual({ turn: 1, low: -0.6, high: 0.4 });
});

test("numbers over different pairs say from how many to how many", () => {
  expect(spanOf([200, 40, 200])).toBe("40 to 200");
  expect(spanOf([200, 200])).toBe("200");
  expect(spanOf([])).toBe("0");
});
