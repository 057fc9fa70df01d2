import { describe, expect, test } from "vitest";
import type { MselSeen, WhenSeen } from "../../src/protocol/entities";
import { draftOf, emptyEntry, missingIn, writeArgs, type EntryDraft } from "../../src/screens/control/entry";
import { causeOf, mayDo, mselGroups, NO_FILTER, stepSelection, stepTime, timeOf, timeWords, type Tab } from "../../src/screens/control/msel";

const PHASES = [{ id: "brief", label: "Brief", length_ms: null }, { id: "plan", label: "Plan", length_ms: null }] as never[];
const when = (extra: Partial<WhenSeen> = {}): WhenSeen => ({ turn: null, phase: "", offset_ms: 0, on: null, silence: "", after: "", delay_ms: 0, if: "", hand: false, ...extra });
const action = { kind: "table", by: ["potus"], to: [], move: "", room: "" };
const item = (id: string, extra: Partial<MselSeen> = {}): MselSeen => ({
  id, number: "", kind: "S", state: "waiting", version: 1, title: id, text: "t", source: "Wire", to: ["potus"], addressed: ["potus"], channel: "cable", room: "", precedence: "routine", variants: {}, attachments: [],
  expected: "", expects: "", seen_on: null, expected_seen: "", note: "", objective: "", owner: "", author: "", approved_by: "", trigger: "", when: when({ turn: 3 }), turn: 3, chance: 1, effects: "", sent: "", sent_turn: 0,
  due_at_ms: null, left_ms: null, why: "", extra: {}, ...extra,
});

describe("the master list", () => {
  const items = [
    item("I1", { when: when({ turn: 2 }) }), item("I2"), item("I10"), item("I3", { when: when({ on: action }) }), item("I4", { when: when({ turn: 4 }) }), item("I5", { when: when({ turn: 9 }) }),
    item("I6", { state: "sent", sent_turn: 3 }), item("I7", { state: "sent", sent_turn: 1 }), item("I8", { state: "skipped" }), item("I9", { state: "held" }), item("I11", { state: "draft" }),
    item("I12", { when: when({ hand: true }) }), item("I13", { when: when({ after: "I1" }), due_at_ms: 5_000 }), item("I14", { when: when({ turn: 3, if: "{ge: [tension, 70]}" }) }),
  ];
  const groups = (tab: Tab, filter = NO_FILTER) => mselGroups(items, { turn: 3, tab, phases: PHASES, filter });
  const ids = (tab: Tab, filter = NO_FILTER) => Object.fromEntries(groups(tab, filter).map((g) => [g.id, g.items.map((i) => i.id)]));

  test("what its own clock sets off soonest is due first, then what is overdue or of this turn", () => expect(ids("turn").due).toEqual(["I13", "I1", "I2", "I10", "I14"]));
  test("what waits for an action stands apart from what waits for Control", () => {
    expect(ids("turn").condition).toEqual(["I3"]);
    expect(ids("turn").hand).toEqual(["I12"]);
  });
  test("the turn tab looks two turns ahead, the whole list to the end", () => {
    expect(ids("turn").next).toEqual(["I4"]);
    expect(ids("all").next).toEqual(["I4", "I5"]);
  });
  test("what went out in earlier turns and what is off the list are only in the whole list", () => {
    expect(ids("turn").sent).toEqual(["I6"]);
    expect(ids("turn").off).toBeUndefined();
    expect(ids("all").sent).toEqual(["I6", "I7"]);
    expect(ids("all").off).toEqual(["I8"]);
  });
  test("holds are what is held and what waits for approval", () => expect(ids("holds")).toEqual({ draft: ["I11"], held: ["I9"] }));
  test("a filter leaves what matches every part of it", () => {
    expect(ids("all", { ...NO_FILTER, words: "i1" }).due).toEqual(["I13", "I1", "I10", "I14"]);
    expect(ids("all", { ...NO_FILTER, state: "held" })).toEqual({ held: ["I9"] });
    expect(ids("all", { ...NO_FILTER, seat: "jpn" })).toEqual({});
  });
  test("within a turn the order is that of phases and minutes", () => {
    const timed = [item("a", { when: when({ turn: 4, phase: "plan", offset_ms: 60_000 }) }), item("b", { when: when({ turn: 4, phase: "plan" }) }), item("c", { when: when({ turn: 4 }) }), item("d", { when: when({ turn: 4, phase: "brief" }) })];
    expect(mselGroups(timed, { turn: 3, tab: "turn", phases: PHASES })[0]?.items.map((i) => i.id)).toEqual(["c", "d", "b", "a"]);
  });
  test("J and K walk over groups and stop at the ends", () => {
    const walked = groups("turn");
    expect(stepSelection(walked, null, 1)).toBe("I11");
    expect(stepSelection(walked, "I14", 1)).toBe("I9");
    expect(stepSelection(walked, "I12", 1)).toBe("I12");
    expect(stepSelection([], "I1", 1)).toBeNull();
  });
  test("a turn beside a trigger does not make it a matter of the clock", () => {
    expect(causeOf(item("x", { when: when({ turn: 2, on: action }) }))).toBe("action");
    expect(causeOf(item("x", { when: when({ if: "{ge: [tension, 70]}" }) }))).toBe("state");
  });
});

describe("what may be done with an entry", () => {
  test("an inject is taken back only while nobody has opened it", () => {
    const sent = item("I1", { state: "sent", sent: "inj.1" });
    expect([mayDo(sent, true).undo, mayDo(sent, false).undo, mayDo(sent, true).edit]).toEqual([true, false, false]);
  });
  test("a draft is approved or thrown away, and never fired", () => expect(mayDo(item("I1", { state: "draft" }), true)).toMatchObject({ approve: true, remove: true, fire: false, edit: true }));
  test("what was skipped is put back", () => expect(mayDo(item("I1", { state: "skipped" }), true)).toMatchObject({ restore: true, skip: false, fire: true }));
  test("an entry that waits for an action has no time to move", () => expect(mayDo(item("I1", { when: when({ on: action }) }), true).retime).toBe(false));
});

describe("times", () => {
  test("a step is a minute inside a phase and a turn without one, never before the beginning", () => {
    expect(stepTime({ turn: 3, phase: "plan", offset_ms: 30_000 }, -1)).toEqual({ turn: 3, phase: "plan", offset_ms: 0 });
    expect(stepTime({ turn: 1, phase: "", offset_ms: 0 }, -1).turn).toBe(1);
    expect(stepTime({ turn: 3, phase: "", offset_ms: 0 }, 1).turn).toBe(4);
  });
  test("an entry without a time gives none to what is dropped on it", () => expect(timeOf(item("x", { when: when({ hand: true }) }))).toBeNull());
  test("a time reads as turn, phase and minutes", () => expect(timeWords({ turn: 3, phase: "plan", offset_ms: 90_000 }, PHASES)).toBe("turn 3, Plan + 1.5 min"));
});

describe("writing an entry", () => {
  const full: EntryDraft = { ...emptyEntry("e1", 3), title: " T ", text: "Words.", to: ["potus"] };
  test("what is missing is said, one thing at a time", () => {
    expect(missingIn(emptyEntry("e1", 3))).toMatch(/title/);
    expect(missingIn({ ...full, to: [] })).toMatch(/reads/);
    expect(missingIn({ ...full, cause: "action" })).toMatch(/has to do/);
    expect(missingIn({ ...full, channel: "room" })).toMatch(/room/);
    expect(missingIn({ ...full, attachments: [{ title: "Map", text: " " }] })).toMatch(/attachment/);
    expect(missingIn(full)).toBe("");
  });
  test("only the chosen cause goes into the command", () => {
    const { entry } = writeArgs({ ...full, cause: "silence", silence: "I1", minutes: 10, phase: "plan", on: { ...action, kind: "table" } }, false);
    expect(entry.when).toEqual({ turn: 3, if: "", silence: "I1", delay_ms: 600_000 });
    expect(entry.title).toBe("T");
    expect(writeArgs({ ...full, cause: "hand" }, true)).toMatchObject({ draft: true, entry: { when: { hand: true } } });
  });
  test("an entry comes through its form unchanged", () => {
    const seen = item("I7", { number: "7", when: when({ turn: 2, on: action, delay_ms: 120_000, if: "{ge: [tension, 70]}" }), chance: 0.4, variants: { jpn: "Other." }, attachments: [{ title: "Map", text: "A map." }], addressed: ["all"], extra: { Profile: "x" }, seen_on: { ...action, kind: "sign" } });
    const { entry, version } = writeArgs(draftOf(seen), false);
    expect(version).toBe(1);
    expect(entry).toMatchObject({ number: "7", to: ["all"], chance: 0.4, variants: { jpn: "Other." }, attachments: [{ title: "Map", text: "A map." }], extra: { Profile: "x" }, seen_on: { kind: "sign", by: ["potus"] } });
    expect(entry.when).toEqual({ turn: 2, if: "{ge: [tension, 70]}", on: { kind: "table", by: ["potus"], to: [], move: "", room: "" }, delay_ms: 120_000 });
  });
  test("a copy is a new entry that nobody has numbered", () => expect(draftOf(item("I7", { number: "7" }), "e2")).toMatchObject({ msel: "e2", version: 0, number: "" }));
});
