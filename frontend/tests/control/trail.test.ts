import { describe, expect, test } from "vitest";
import { entriesOf, trailQuery } from "../../src/screens/control/trail";

const line = (id: string, at_ms: number, what = "game.paused") => ({ id, at_ms, who: "R. Adeyemi", what, text: `line ${id}`, turn: 1, role: "control" as const });
const note = { id: "n1", at_ms: 15, by: "p1", text: "Watch them", turn: 1, event: "log:a", objective: "Mixed signals", discuss: true };

describe("the audit trail", () => {
  test("notes stand among the lines at their moments, the newest first, under their author's name", () => {
    const found = entriesOf([line("a", 10), line("b", 20)], [note], () => "T. Okafor");
    expect(found.map((e) => e.id)).toEqual(["b", "n1", "a"]);
    expect(found[1]).toMatchObject({ who: "T. Okafor", note: true, discuss: true, objective: "Mixed signals", event: "log:a" });
  });
  test("a note is not shown twice where its own words are there", () => {
    expect(entriesOf([line("a", 10, "note.pinned")], [note], String).map((e) => e.id)).toEqual(["n1"]);
    expect(entriesOf([line("a", 10, "note.pinned")], [], String).map((e) => e.id)).toEqual(["a"]);
  });
  test("a filter asks for a person, or for all of a role, and for nothing where it is empty", () => {
    expect(trailQuery({ who: "", what: "", words: "  " })).toBe("");
    expect(trailQuery({ who: "R. Adeyemi", what: "ruling", words: "tension" })).toBe("who=R.+Adeyemi&what=ruling&q=tension");
    expect(trailQuery({ who: "role:control", what: "", words: "" })).toBe("role=control");
  });
});
