import { describe, expect, test } from "vitest";
import type { InjectSeen, MselSeen, OrderProposalSeen, ProposalSeen, SeatSeen } from "../../src/protocol/entities";
import { boardRows, endPhaseQuestion, span, withoutOrders } from "../../src/screens/control/board";
import { readCase } from "../../src/screens/control/cases.svelte";
import { runKey } from "../../src/screens/control/keys";
import { mselGroups, stepSelection } from "../../src/screens/control/msel";
import { EMPTY_RULING, missing, queue, replacements, rulingCommand } from "../../src/screens/control/rulings";

const item = (id: string, extra: Partial<MselSeen> = {}): MselSeen => ({ id, turn: 3, trigger: "", source: "Wire", to: ["potus"], title: id, text: "t", expected: "", objective: "", precedence: "routine", state: "waiting", ...extra });

describe("the list of events", () => {
  const items = [item("I1", { turn: 2 }), item("I2", { turn: 3 }), item("I10", { turn: 3 }), item("I3", { turn: null, trigger: "v4 tabled" }), item("I4", { turn: 4 }), item("I5", { turn: 9 }), item("I6", { state: "sent" }), item("I7", { state: "sent", turn: 1 }), item("I8", { state: "skipped" })];
  const ids = (tab: "turn" | "all" | "skipped") => Object.fromEntries(mselGroups(items, [], 3, tab).map((g) => [g.id, g.items.map((i) => i.id)]));
  test("what is overdue or of this turn is due now, in the order of turns and numbers", () => expect(ids("turn").due).toEqual(["I1", "I2", "I10"]));
  test("items without a turn wait on their condition", () => expect(ids("turn").condition).toEqual(["I3"]));
  test("the turn tab looks two turns ahead, the whole list to the end", () => {
    expect(ids("turn").next).toEqual(["I4"]);
    expect(ids("all").next).toEqual(["I4", "I5"]);
  });
  test("sent items of earlier turns are only in the whole list", () => {
    expect(ids("turn").sent).toEqual(["I6"]);
    expect(ids("all").sent).toEqual(["I7", "I6"]);
  });
  test("a conditional item counts as sent in the turn in which it went out", () => {
    const sent = item("I9", { turn: null, state: "sent", title: "Deadline" });
    const inject = { title: "Deadline", source: "Wire", turn: 3 } as InjectSeen;
    expect(mselGroups([sent], [inject], 3, "turn")[0]?.id).toBe("sent");
    expect(mselGroups([sent], [inject], 4, "turn")).toEqual([]);
  });
  test("J and K walk over groups and stop at the ends", () => {
    const groups = mselGroups(items, [], 3, "turn");
    expect(stepSelection(groups, null, 1)).toBe("I1");
    expect(stepSelection(groups, "I10", 1)).toBe("I6");
    expect(stepSelection(groups, "I3", 1)).toBe("I3");
    expect(stepSelection(groups, "I1", -1)).toBe("I1");
    expect(stepSelection([], "I1", 1)).toBeNull();
  });
});

const seat = (id: string, extra: Partial<SeatSeen> = {}): SeatSeen => ({ id, team: "BUR", team_label: "Agencies", pair: "bur", side: "US", superior: "", signs: false, label: id, short: id.toUpperCase(), glyph: "diamond", office: "", members: [{ person: `p-${id}`, display: id, pen: true }], bot: false, open: true, ready: false, ...extra });

describe("the seat board", () => {
  const rows = (presence: [string, { person: string; on: boolean; idle_ms: number }][]) =>
    boardRows({
      seats: [seat("state"), seat("rok", { members: [], bot: true }), seat("jpn", { members: [] })],
      presence: new Map(presence),
      rooms: [
        { id: "r", kind: "team", title: "", seats: ["state", "rok"], opened_by: "", last: 7, may_post: true, closed: false, at: "", pinned: [] },
        { id: "press", kind: "press", title: "", seats: ["state"], opened_by: "", last: 90, may_post: false, closed: false, at: "", pinned: [] },
      ],
      reads: [{ room: "r", seat: "state", upto: 5 }],
      sheets: [{ seat: "state", drafts: 2, submitted: false }],
    });
  test("a person heard of lately is on, a silent one idle, one without a socket off", () => {
    expect(rows([["p-state", { person: "p-state", on: true, idle_ms: 3_000 }]])[0]?.link).toBe("on");
    expect(rows([["p-state", { person: "p-state", on: true, idle_ms: 240_000 }]])[0]?.link).toBe("idle");
    expect(rows([["p-state", { person: "p-state", on: false, idle_ms: 9_000 }]])[0]?.link).toBe("off");
    expect(rows([])[0]?.link).toBe("off");
  });
  test("bots and empty seats are neither on nor off", () => expect(rows([]).map((r) => r.link).slice(1)).toEqual(["bot", "empty"]));
  test("unread counts the seat's rooms and leaves the wire out", () => expect(rows([]).map((r) => r.unread)).toEqual([2, 7, 0]));
  test("drafts and submitted orders read differently", () => {
    expect(rows([])[0]?.orders).toEqual({ word: "2 draft", tone: "" });
    expect(boardRows({ seats: [seat("state")], presence: new Map(), rooms: [], reads: [], sheets: [{ seat: "state", drafts: 2, submitted: true }] })[0]?.orders).toEqual({ word: "2 submitted", tone: "ok" });
  });
  test("ending a phase names the held seats that have no orders and no vacant one", () => {
    const seats = [seat("state"), seat("defense"), seat("jpn", { members: [] })];
    const without = withoutOrders(seats, [{ seat: "state", drafts: 1, submitted: false }]);
    expect(without.map((s) => s.id)).toEqual(["defense"]);
    expect(endPhaseQuestion("Plan", true, without, [])).toBe("End Plan now? DEFENSE has no orders.");
    expect(endPhaseQuestion("Plan", true, seats, [])).toBe("End Plan now? STATE, DEFENSE and JPN have no orders.");
    expect(endPhaseQuestion("Brief", false, seats, [seats[0]!])).toBe("End Brief now? STATE is not ready.");
  });
  test("a span is minutes and seconds, then hours", () => expect([span(9_500), span(250_000), span(3_900_000)]).toEqual(["0:09", "4:10", "1 h 5"]));
});

const order = (extra: Partial<OrderProposalSeen> = {}): OrderProposalSeen => ({ order: "o1", seat: "state", move: "un_res", label: "Resolution", params: {}, status: "blocked", fidelity: 1, gates: [], dice: [], unlock: [], effects: [], rules: [], precedent: "", sources: [], net: 0, estimates: [], ...extra });

describe("rulings", () => {
  const complete = { ...EMPTY_RULING, choice: "partial" as const, reason: "They had the votes.", shownTo: ["state"] };
  test("a replacement becomes a command with its reason and audience", () =>
    expect(rulingCommand(3, order(), complete)).toEqual({ name: "ruling.replace", args: { turn: 3, order: "o1", outcome: "partial", reason: "They had the votes.", shown_to: ["state"] } }));
  test("without a reason nothing is sent and the gap is said", () => {
    expect(missing({ ...complete, reason: "  " })).toMatch(/reason/);
    expect(rulingCommand(3, order(), { ...complete, reason: " x " })).toBeNull();
  });
  test("accepting sends no command of its own", () => expect(rulingCommand(3, order(), EMPTY_RULING)).toBeNull());
  test("an edit needs a variable and a change within the bounds", () => {
    const edit = { ...complete, choice: "edit" as const };
    expect(missing(edit)).toMatch(/variable/);
    expect(missing({ ...edit, variable: "tension" })).toMatch(/how much/);
    expect(missing({ ...edit, variable: "tension", delta: -41 })).toMatch(/40/);
    expect(rulingCommand(3, null, { ...edit, variable: "tension", delta: -4 })).toEqual({ name: "ruling.edit", args: { turn: 3, variable: "tension", delta: -4, reason: "They had the votes.", shown_to: ["state"] } });
  });
  test("a reversal names the order, an event its die and what becomes of it", () => {
    expect(rulingCommand(3, order(), { ...complete, choice: "reversal" })).toEqual({ name: "ruling.reversal", args: { turn: 3, order: "o1", reason: "They had the votes.", shown_to: ["state"] } });
    const event = { ...complete, choice: "event" as const };
    expect(missing(event)).toMatch(/event/);
    expect(rulingCommand(3, null, { ...event, die: "clash", happens: true })).toEqual({ name: "ruling.event", args: { turn: 3, die: "clash", happens: true, reason: "They had the votes.", shown_to: ["state"] } });
  });
  test("the proposed outcome is not offered as its own replacement", () => expect(replacements(order())).toEqual(["done", "partial"]));
  test("a free move that came off may be ruled in part or not at all", () => {
    expect(replacements(order({ move: "", status: "succeeded" }))).toEqual(["partial", "blocked"]);
    expect(replacements(order({ move: "", status: "failed" }))).toEqual(["done", "partial"]);
  });
  test("what did not come off stands before what did in the queue", () => {
    const orders = [order({ order: "a", status: "succeeded" }), order({ order: "b", status: "failed" })];
    expect(queue({ orders } as never).map((o) => o.order)).toEqual(["b", "a"]);
  });
  test("the queue opens with what failed, then with what dice decided", () => {
    const die = { key: "unsc", u: 0.7, threshold: 0.5, outcome: "fails" };
    const proposal = { orders: [order({ order: "a", status: "done" }), order({ order: "b", status: "done", dice: [die] }), order({ order: "c" })] } as ProposalSeen;
    expect(queue(proposal).map((o) => o.order)).toEqual(["c", "b", "a"]);
  });
});

describe("keys", () => {
  const press = (key: string, target: HTMLElement, init: KeyboardEventInit = {}) => {
    let ran = 0;
    document.body.append(target);
    target.addEventListener("keydown", (e) => runKey(e, { p: () => (ran += 1) }, true));
    target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init }));
    target.remove();
    return ran;
  };
  test("a single key acts on the page", () => expect(press("P", document.createElement("div"))).toBe(1));
  test("a key typed in a field is text", () => expect(press("p", document.createElement("textarea"))).toBe(0));
  test("a key with Ctrl belongs to the browser", () => expect(press("p", document.createElement("div"), { ctrlKey: true })).toBe(0));
});

test("a case's bots are read in either form the server may tell them", () => {
  const plain = readCase({ id: "c", title: "C", bots: { dprk: { policy: "opportunist" }, rok: "dove" }, policies: ["dove", "historical"] });
  expect(plain.defaults).toEqual({ dprk: "opportunist", rok: "dove" });
  expect(plain.policies.dprk?.map((p) => p.id)).toEqual(["opportunist", "dove", "historical"]);
  expect(plain.policies.rok?.map((p) => p.id)).toEqual(["dove", "historical"]);
});
