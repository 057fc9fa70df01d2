import { describe, expect, test } from "vitest";
import { readCase } from "../../src/screens/control/cases.svelte";
import { newArm, oneSection, sectionFaults, sectionNames } from "../../src/screens/staff/arms";
import { faults, isExercise, request, startingDraft } from "../../src/screens/staff/draft";
import { ago, changes, clockFace, expected, names, queueWords, report, unheld, type SectionStanding } from "../../src/screens/sections/standing";
import { choices, firing, type Lists } from "../../src/screens/sections/msel";

const QUIET = { rulings: 0, appeals: 0, free_moves: 0, requests: 0, texts: 0 };
const section = (number: number, name: string, more: Partial<SectionStanding> = {}): SectionStanding => ({
  number, name, treatment: "", game: `g${number}`, title: name, code: "CODE", control_url: "", join_url: "", wall_url: "", status: "running", turn: 8, turns: 10, turn_name: "2018 Q4", phase: "plan", phase_label: "Plan",
  phases: ["brief", "plan"], ends_at_ms: 61_000, remaining_ms: null, paused_reason: "", seats: [], people: 0, here: 0, queue: QUIET, agreements: 0, on_the_table: 0, tracks: [], acted_ms: 0, ...more,
});
const three = [section(1, "A"), section(2, "B"), section(3, "C")];

describe("the form of a new game", () => {
  const chosen = readCase({ id: "case", title: "Case", turns: 2, presets: [{ id: "full", title: "Whole" }], seats: [{ id: "one", label: "One" }], phases: [], bots: {} });
  test("makes one game unless more sections are asked for", () => {
    const draft = startingDraft(chosen, "Class");
    expect(isExercise(draft)).toBe(false);
    expect(request(draft)).not.toHaveProperty("sections");
    draft.sections = { count: "3", names: "", dice: "shared", arms: [newArm(1), { ...newArm(2), lens: "no_leadership", without: ["I1", "I3"], reworded: { I2: "Other words.", I3: "Left out all the same.", I4: " " } }] };
    expect(isExercise(draft)).toBe(true);
    expect(faults(draft)).toEqual([]);
    expect(request(draft)).toMatchObject({
      sections: ["Section 1", "Section 2", "Section 3"], dice: "shared",
      treatments: [{ id: "t1", label: "As it is", msel: [] }, { id: "t2", lens: "no_leadership", msel: [{ name: "inject.skip", args: { msel: "I1" } }, { name: "inject.skip", args: { msel: "I3" } }], reworded: { I2: "Other words." } }],
    });
  });
  test.each([
    [{ count: "0" }, 1], [{ count: "41" }, 1], [{ count: "1.5" }, 1], [{ count: "2", names: "A, B, C" }, 1], [{ count: "2", names: "A, A" }, 1],
    [{ count: "2", arms: [newArm(1)] }, 1], [{ count: "2", names: "A,a name that is far too long" }, 1], [{ count: "2", arms: [newArm(1), newArm(2), newArm(3)] }, 1],
  ])("says what is wrong with %j", (wrong, count) => expect(sectionFaults({ ...oneSection(), ...wrong }, "Class")).toHaveLength(count));
  test("names typed are the names", () => expect(sectionNames({ ...oneSection(), count: "2", names: " North ,South," })).toEqual(["North", "South"]));
});

describe("sections side by side", () => {
  test("the clock says what holds the section", () => {
    expect(clockFace(section(1, "A"), 1_000)).toBe("01:00");
    expect(clockFace(section(1, "A", { status: "paused", ends_at_ms: null, remaining_ms: 5_000 }), 0)).toBe("00:05");
    expect(clockFace(section(1, "A", { queue: { ...QUIET, rulings: 1 } }), 0)).toBe("your ruling");
    expect(clockFace(section(1, "A", { ends_at_ms: null }), 0)).toBe("no limit");
  });
  test("what waits is counted in words", () => expect(queueWords({ ...QUIET, rulings: 1, appeals: 2 })).toEqual(["1 proposal", "2 appeals"]));
  test("a late click ends no other phase: each section names what was looked at", () => expect(expected([three[1]!])).toEqual({ "2": { expect: "8:plan" } }));
  test("open seats are counted before a start", () => expect(unheld([section(1, "A", { seats: [{ held: "open" }, { held: "bot" }] as SectionStanding["seats"] })])).toBe(1));
  test("what became of a command is said once for all that agreed, and once for each reason not to", () => {
    const done = [{ section: 1, ok: true, code: "", text: "" }, { section: 2, ok: false, code: "x", text: "No." }, { section: 3, ok: false, code: "x", text: "No." }];
    expect(report("Paused", done, three)).toEqual([{ text: "Paused: A.", bad: false }, { text: "B and C: No.", bad: true }]);
    expect(report("Paused", done.map((one) => ({ ...one, ok: true })), three)).toEqual([{ text: "Paused: all sections.", bad: false }]);
  });
  test("names and times are short", () => {
    expect(names(three)).toBe("A, B and C");
    expect([ago(4_000), ago(120_000), ago(7_200_000)]).toEqual(["4 s", "2 min", "2 h"]);
    expect(changes({ id: "t", label: "T", note: "", lens: "no_leadership", msel: [{ name: "inject.skip", args: {} }] })).toEqual(["lens: without leaders' persons", "1 inject left out"]);
  });
  test("an entry goes out in its section's own words, and only where it has not", () => {
    const entry = (state: string, text: string) => ({ id: "I1", title: "T", text, to: ["one"], trigger: "", state }) as unknown as Parameters<Lists["get"]>[0];
    const lists = new Map([[1, new Map([["I1", entry("waiting", "plain")]])], [2, new Map([["I1", entry("sent", "plain")]])], [3, new Map([["I1", entry("held", "reworded")]])]]) as unknown as Lists;
    const [choice] = choices(lists);
    expect(choice).toMatchObject({ id: "I1", open: [1, 3], sent: [2] });
    const args = firing(lists, choice!);
    expect(Object.keys(args)).toEqual(["1", "3"]);
    expect(args["3"]).toMatchObject({ msel: "I1", text: "reworded", inject: args["1"]!.inject });
  });
});
