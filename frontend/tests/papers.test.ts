import { describe, expect, test } from "vitest";
import { closes, isAsked, isLast, mayEdit, mayRelease, missing, original, standing, titleOf, waitingFor } from "../src/lib/papers";
import type { ClearanceSeen, PaperFormSeen, PaperSeen } from "../src/protocol/entities";

const step = (step: number, seat: string, state: ClearanceSeen["state"]): ClearanceSeen => ({ step, seat, state, note: "", again: false });
const paper = (extra: Partial<PaperSeen> = {}): PaperSeen => ({ id: "state:1", template: "cable", kind: "cable", ref: "", seat: "state", to: ["dprk"], public: false, fields: { subject: "Coal" }, status: "draft", version: 1, steps: [], edits: [], returned_by: "", reason: "", released_by: "", reply_to: "", reply_ref: "", turn: 1, game_date: "2018-01-01", at_ms: 0, ...extra });
const form: PaperFormSeen = { id: "cable", label: "Cable", kind: "cable", fields: [{ id: "subject", label: "Subject", lines: 1, required: true, help: "", choices: [] }, { id: "summary", label: "Summary", lines: 3, required: true, help: "", choices: [] }], public: false, receipts: false, due: 1, may_draft: true, to: ["dprk"], clearance: [["defense"], ["potus"]], say: "", sources: [] };
const round = paper({ status: "in_clearance", steps: [step(1, "defense", "asked"), step(1, "intel", "cleared"), step(2, "potus", "waiting")] });
const cleared = paper({ status: "cleared", steps: [step(1, "defense", "cleared"), step(2, "potus", "cleared")] });

describe("a paper's way", () => {
  test("who was asked and has not answered is waited for", () => {
    expect(waitingFor(round)).toEqual(["defense"]);
    expect(isAsked(round, "defense")).toBe(true);
    expect(isAsked(round, "potus")).toBe(false);
    expect(standing(round, "rok")).toBeNull();
  });
  test("a draft is changed by its drafter, one in clearance also by who was asked, one that is out by nobody", () => {
    expect(["state", "defense"].map((seat) => mayEdit(paper(), seat))).toEqual([true, false]);
    expect(["state", "defense", "intel", "potus", "rok"].map((seat) => mayEdit(round, seat))).toEqual([true, true, true, false, false]);
    expect(mayEdit(paper({ status: "released" }), "state")).toBe(false);
  });
  test("it goes out by its drafter or who clears last, and a draft only where nobody clears", () => {
    expect(["state", "potus", "defense"].map((seat) => mayRelease(cleared, seat, form.clearance))).toEqual([true, true, false]);
    expect(mayRelease(paper(), "state", form.clearance)).toBe(false);
    expect(mayRelease(paper(), "state", [])).toBe(true);
    expect(closes(cleared, "potus")).toBe(true);
  });
  test("the last clearance is known as the last", () => {
    expect(isLast(round, "defense")).toBe(false);
    expect(isLast(paper({ status: "in_clearance", steps: [step(1, "defense", "cleared"), step(2, "potus", "asked")] }), "potus")).toBe(true);
  });
});

describe("a paper's text", () => {
  test("the first field names it, and one without says so", () => {
    expect(titleOf(form, paper())).toBe("Coal");
    expect(titleOf(form, paper({ fields: {} }))).toBe("Cable without a title");
  });
  test("the original of a field is what stood before its first change", () => {
    const changed = paper({ fields: { subject: "C" }, edits: [{ seat: "defense", field: "subject", before: "A", after: "B" }, { seat: "intel", field: "subject", before: "B", after: "C" }] });
    expect(original(changed, "subject")).toBe("A");
    expect(original(changed, "summary")).toBe("");
  });
  test("what is required and blank is missing", () => expect(missing(form, { subject: "Coal", summary: "  " })).toEqual(["Summary"]));
});
