import { describe, expect, it } from "vitest";
import { draw, wrap, type Step } from "../../src/screens/proposal/sequence";

const step = (key: string, lane: string, turn: number, more: Partial<Step> = {}): Step => ({ key, lane, turn, label: key, part: 1, of: 1, after: "", bracketed: false, checked: "", ...more });

describe("the sequence of a text", () => {
  it("has a column for every turn something falls due, in order of time", () => {
    const drawing = draw([step("b", "x", 5), step("a", "x", 2), step("c", "y", 5)], ["x", "y"], 700);
    expect(drawing.columns.map((c) => c.turn)).toEqual([2, 5]);
    expect(drawing.columns[0]!.x).toBeLessThan(drawing.columns[1]!.x);
  });
  it("keeps boxes of one lane and turn apart", () => {
    const { boxes } = draw([step("a", "x", 2), step("b", "x", 2), step("c", "x", 2)], ["x"], 700);
    const tops = boxes.map((b) => b.y).sort((a, b) => a - b);
    expect(tops[1]! - tops[0]!).toBeGreaterThan(boxes[0]!.height);
    expect(tops[2]! - tops[1]!).toBeGreaterThan(boxes[0]!.height);
  });
  it("draws what is waited for above what waits", () => {
    const { boxes } = draw([step("a", "x", 2, { after: "b" }), step("b", "x", 2)], ["x"], 700);
    const at = (key: string) => boxes.find((b) => b.step.key === key)!.y;
    expect(at("b")).toBeLessThan(at("a"));
  });
  it("points an arrow from the last tranche of what is waited for", () => {
    const parts = [1, 2].map((part) => step("fac", "x", 1 + part, { part, of: 2 }));
    const { arrows } = draw([...parts, step("un", "y", 4, { after: "fac" })], ["x", "y"], 700);
    expect(arrows).toHaveLength(1);
    expect(arrows[0]).toMatchObject({ from: "fac.2", to: "un", dashed: false });
  });
  it("dashes an arrow while either end is in brackets", () => {
    const { arrows } = draw([step("a", "x", 1), step("b", "y", 2, { after: "a", bracketed: true })], ["x", "y"], 700);
    expect(arrows[0]!.dashed).toBe(true);
  });
  it("draws no arrow to what is not in the text, and does not hang on a circle", () => {
    expect(draw([step("a", "x", 1, { after: "gone" })], ["x"], 700).arrows).toEqual([]);
    expect(draw([step("a", "x", 1, { after: "b" }), step("b", "x", 2, { after: "a" })], ["x"], 700).arrows).toHaveLength(2);
  });
  it("grows wider than the panel rather than squeeze its columns", () => {
    const many = Array.from({ length: 9 }, (_, i) => step(`k${i}`, "x", i + 1));
    const drawing = draw(many, ["x"], 600);
    expect(drawing.width).toBeGreaterThan(600);
    expect(drawing.boxes.every((b) => b.x > 0 && b.x + b.width <= drawing.width)).toBe(true);
  });
  it("breaks words into two lines and cuts what is left", () => {
    expect(wrap("all of it", 100)).toEqual(["all of it"]);
    const long = wrap("every facility that produces plutonium or enriched uranium is permanently dismantled", 100);
    expect(long).toHaveLength(2);
    expect(long[1]).toMatch(/\u2026$/);
  });
});
