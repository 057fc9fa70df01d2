import { render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, describe, expect, test } from "vitest";
import type { MselSeen } from "../../src/protocol/entities";
import type { Item } from "../../src/protocol/frames";
import type { Desk } from "../../src/screens/control/desk.svelte";
import { GameStore } from "../../src/store/game.svelte";
import Console from "./Console.svelte";

const entry = (id: string, extra: Partial<MselSeen> = {}): MselSeen => ({
  id, number: "", kind: "S", state: "waiting", version: 1, title: `About ${id}`, text: "Words.", source: "Wire", to: ["a"], addressed: ["a"], channel: "cable", room: "", precedence: "routine", variants: {}, attachments: [],
  expected: "", expects: "", seen_on: null, expected_seen: "", note: "", objective: "", owner: "", author: "", approved_by: "", trigger: "", when: { turn: 1, phase: "", offset_ms: 0, on: null, silence: "", after: "", delay_ms: 0, if: "", hand: false },
  turn: 1, chance: 1, effects: "", sent: "", sent_turn: 0, due_at_ms: null, left_ms: null, why: "", extra: {}, ...extra,
});
const item = (k: string, id: string, v: unknown, n: number): Item => ({ k, id, v, n, at: 0 }) as Item;

describe("the master list on the console", () => {
  let sent: [string, Record<string, unknown>][] = [];
  let desk: Desk;
  beforeEach(() => {
    sent = [];
    const store = new GameStore("g").load([
      item("game", "game", { status: "running", turn: 1, turns: 4, phases: [], turn_names: ["Spring", "Summer", "Autumn", "Winter"], phase: "plan" }, 1),
      item("msel", "I1", entry("I1"), 2),
      item("msel", "I2", entry("I2", { state: "held" }), 3),
      item("msel", "I3", entry("I3", { state: "sent", sent: "x1", sent_turn: 1 }), 4),
      item("msel", "I4", entry("I4", { state: "sent", sent: "x2", sent_turn: 1 }), 5),
      item("opened", "inject:x2:a", { kind: "inject", key: "x2", seat: "a", at_ms: 0 }, 6),
    ]);
    store.send = (async (name: string, args: Record<string, unknown>) => {
      sent.push([name, args]);
      return { ok: true, n: 1 };
    }) as never;
    render(Console, { store, ondesk: (made) => (desk = made) });
  });
  const row = (id: string) => document.getElementById(`msel-${id}`)!;

  test("firing sends the entry's own words to its own readers", () => {
    within(row("I1")).getByRole("button", { name: "Fire I1" }).click();
    expect(sent[0]).toEqual(["inject.send", expect.objectContaining({ msel: "I1", to: ["a"], title: "About I1", text: "Words.", channel: "cable" })]);
  });
  test("the keys act on the entry that is selected, as it stands", async () => {
    screen.getByRole("button", { name: "next" }).click();
    await tick();
    expect(desk.list.selected).toBe("I1");
    desk.list.hold();
    desk.list.selected = "I2";
    desk.list.hold();
    desk.list.skip();
    expect(sent).toEqual([["inject.hold", { msel: "I1", on: true }], ["inject.hold", { msel: "I2", on: false }], ["inject.skip", { msel: "I2" }]]);
  });
  test("what somebody has opened cannot be taken back, by button or by key", () => {
    expect(within(row("I3")).getByRole("button", { name: "Take I3 back" })).toBeTruthy();
    expect(within(row("I4")).queryByRole("button", { name: "Take I4 back" })).toBeNull();
    desk.list.selected = "I4";
    desk.list.undo();
    expect(sent).toEqual([]);
    desk.list.selected = "I3";
    desk.list.undo();
    expect(sent).toEqual([["inject.undo", { inject: "x1" }]]);
  });
  test("a re-timed entry takes what follows along, unless that was switched off", async () => {
    await desk.list.retime(desk.list.get("I1")!, { turn: 2, phase: "", offset_ms: 0 });
    desk.list.following = false;
    desk.list.step(desk.list.get("I1")!, 1);
    expect(sent).toEqual([["inject.retime", { msel: "I1", turn: 2, phase: "", offset_ms: 0, following: true }], ["inject.retime", { msel: "I1", turn: 2, phase: "", offset_ms: 0, following: false }]]);
  });
  test("the table says of every entry what the narrow list says", async () => {
    desk.list.wide = true;
    await tick();
    const table = screen.getByRole("table");
    expect(within(table).getAllByRole("button", { name: /^About I/ }).map((one) => one.textContent)).toEqual(["About I1", "About I2", "About I3", "About I4"]);
    expect(within(table).getByText("1 of 1 read")).toBeTruthy();
  });
});
