import { describe, expect, test } from "vitest";
import { readCase } from "../../src/screens/control/cases.svelte";
import { faults, presetMinutes, presetTurns, request, startingDraft, wholeGame } from "../../src/screens/staff/draft";

const chosen = readCase({
  id: "case", title: "Case", turns: 12, presets: [{ id: "full", title: "Whole", first: 1, last: 12 }, { id: "short", title: "Short", first: 5, last: 9, minutes: { plan: 4, outcome: null } }],
  seats: [{ id: "potus", label: "President" }, { id: "dprk", label: "Chairman" }, { id: "jpn", label: "Japan" }],
  phases: [{ id: "plan", label: "Plan", minutes: 8, orders: true }, { id: "lock", label: "Lock", minutes: null, adjudicate: true }, { id: "outcome", label: "Outcome", minutes: 3 }],
  bots: { dprk: { policy: "opportunist" } },
});

describe("a new game", () => {
  test("starts with every seat open and the case's own clocks, the adjudication phase without one", () => {
    const draft = startingDraft(chosen, "B");
    expect(request(draft)).toEqual({ title: "B", scenario: "case", preset: "full", style: "semi_rigid", seats: ["potus", "dprk", "jpn"], bots: {}, phase_ms: { plan: 480_000, outcome: 180_000 } });
    expect(faults(draft)).toEqual([]);
  });
  test("a preset brings its own clocks, and the case's where it names none", () => {
    expect(presetMinutes(chosen, "full")).toEqual({ plan: "8", outcome: "3" });
    expect(presetMinutes(chosen, "short")).toEqual({ plan: "4", outcome: "" });
  });
  test("bots, vacant seats, seconds, no limit, seed and historical votes reach the server", () => {
    const draft = startingDraft(chosen, "B");
    draft.seats.dprk!.choice = "bot";
    draft.seats.jpn!.choice = "vacant";
    draft.minutes = { plan: "0,1", outcome: "" };
    draft.seed = " s1 ";
    draft.forced = "historical";
    expect(request(draft)).toMatchObject({ seats: ["potus"], bots: { dprk: "opportunist" }, phase_ms: { plan: 6_000, outcome: null }, seed: "s1", forced: "historical" });
  });
  test("a missing title, a senseless length, a bot without a policy and a bad seed are each said", () => {
    const draft = startingDraft(chosen);
    draft.minutes.plan = "-1";
    draft.seats.potus!.choice = "bot";
    draft.seed = "two words";
    expect(faults(draft)).toHaveLength(4);
  });
  test("a game nobody plays is refused", () => {
    const draft = startingDraft(chosen, "B");
    for (const seat of Object.values(draft.seats)) seat.choice = "vacant";
    expect(faults(draft)).toHaveLength(1);
  });
  test("the length of the whole game follows the preset and is unknown with an open phase", () => {
    const draft = startingDraft(chosen, "B");
    expect(presetTurns(chosen, "short")).toBe(5);
    expect(wholeGame(draft, 5)).toBe(55);
    draft.minutes.plan = "";
    expect(wholeGame(draft, 5)).toBeNull();
  });
});

describe("the hours of a new game", () => {
  test("say what a missed deadline means and when no clock runs, only where it was asked for", () => {
    const draft = startingDraft(chosen, "B");
    expect(draft.locking).toBe("plan");
    draft.hours = { missed: "bot", quiet: true, from: "21:30", to: "07:00", zone: "Asia/Seoul", weekends: true };
    expect(request(draft)).toMatchObject({ missed: { plan: "bot" }, quiet: { begins: 1290, ends: 420, zone: "Asia/Seoul", days_off: [6, 7] } });
  });
});
