import { describe, expect, test } from "vitest";
import type { OrderProposalSeen, ProposalSeen, SeatSeen } from "../../src/protocol/entities";
import { ago, boardRows, endPhaseQuestion, hottest, loadWords, silent, span, withoutOrders } from "../../src/screens/control/board";
import { readCase } from "../../src/screens/control/cases.svelte";
import { holding, holdingWords } from "../../src/screens/control/known";
import { runKey } from "../../src/screens/control/keys";
import type { RoomLive, SeatLive } from "../../src/screens/control/watch.svelte";
import { EMPTY_RULING, missing, queue, replacements, routine, rulingCommand, trialCommand, untouched } from "../../src/screens/control/rulings";

const seat = (id: string, extra: Partial<SeatSeen> = {}): SeatSeen => ({ id, team: "BUR", team_label: "Agencies", pair: "bur", side: "US", superior: "", signs: false, label: id, short: id.toUpperCase(), glyph: "diamond", office: "", members: [{ person: `p-${id}`, display: id, pen: true }], bot: false, open: true, ready: false, away: false, deputy: null, principal: null, place: 0, ...extra });

const NOW = 10_000_000;
const live = (id: string, extra: Partial<SeatLive> = {}): SeatLive => ({ seat: id, on: false, seen_ms: null, acted_ms: null, unread: 0, load: 0, waiting: {}, drafts: 0, submitted: false, told: 0, ...extra });
const at = (id: string, on: boolean): [string, { person: string; on: boolean; idle_ms: number }] => [`p-${id}`, { person: `p-${id}`, on, idle_ms: 0 }];

describe("the seat board", () => {
  const rows = (over: Partial<Parameters<typeof boardRows>[0]> = {}) =>
    boardRows({ seats: [seat("state"), seat("rok", { members: [], bot: true }), seat("jpn", { members: [] })], presence: new Map([at("state", true)]), live: [], nowMs: NOW, sheets: [], leftMs: null, ...over });
  test("a person with a socket who acts is on, one who has not acted for long idle, one without a socket off", () => {
    expect(rows({ live: [live("state", { acted_ms: NOW - 3_000 })] })[0]?.link).toBe("on");
    expect(rows({ live: [live("state", { acted_ms: NOW - 240_000 })] })[0]).toMatchObject({ link: "idle", idleMs: 240_000 });
    expect(rows({ presence: new Map([at("state", false)]) })[0]?.link).toBe("off");
    expect(rows({ presence: new Map() })[0]?.link).toBe("off");
  });
  test("before the socket tells who is there, the board's own word counts", () => expect(rows({ presence: new Map(), live: [live("state", { on: true })] })[0]?.link).toBe("on"));
  test("bots and empty seats are neither on nor off", () => expect(rows().map((r) => r.link).slice(1)).toEqual(["bot", "empty"]));
  test("the load says what it is made of", () => {
    expect(rows({ live: [live("state", { unread: 5, load: 7, waiting: { messages: 5, injects: 0, clearances: 1, offers: 1 } })] })[0]).toMatchObject({ unread: 5, load: 7, loadWords: "5 unread messages, 1 paper to clear, 1 text to answer" });
    expect(loadWords({})).toBe("");
  });
  test("drafts, submitted and late orders read differently", () => {
    const orders = (drafts: number, submitted: boolean, leftMs: number | null) => rows({ sheets: [{ seat: "state", drafts, submitted }], leftMs })[0]?.orders;
    expect(orders(2, false, null)).toEqual({ word: "2 draft", tone: "" });
    expect(orders(2, true, 1_000)).toEqual({ word: "2 submitted", tone: "ok" });
    expect(orders(2, false, 90_000)).toEqual({ word: "late, 2 draft", tone: "warn" });
    expect(orders(0, false, 150_000)).toEqual({ word: "none", tone: "" });
  });
  test("nobody is late in a seat that nobody holds", () => expect(rows({ leftMs: 1_000 })[2]?.orders).toEqual({ word: "none", tone: "" }));
  test("the seat whose people have been silent longest is named first, a bot never", () => {
    const acted = [live("state", { acted_ms: NOW - 400_000 }), live("rok", { acted_ms: NOW - 990_000 }), live("dprk", { acted_ms: NOW - 900_000 })];
    const found = silent(rows({ seats: [seat("state"), seat("rok", { members: [], bot: true }), seat("dprk")], live: acted }));
    expect(found.map((one) => one.seat.id)).toEqual(["dprk", "state"]);
  });
  test("the hottest room comes first, then the one that spoke last", () => {
    const room = (id: string, at_ms: number | null, beats: number[]): RoomLive => ({ room: id, count: 9, at_ms, beats });
    expect(hottest([room("a", null, [0]), room("b", 5, [1]), room("c", 3, [2, 1]), room("d", 9, [1])]).map((r) => r.room)).toEqual(["c", "d", "b", "a"]);
  });
  test("how long ago is said as roughly as it is known", () => expect([ago(2_000), ago(45_000), ago(200_000), ago(8_000_000)]).toEqual(["now", "40 s", "3 min", "2 h"]));
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
    expect(missing({ ...edit, variable: "tension", amount: -41 })).toMatch(/40/);
    expect(rulingCommand(3, null, { ...edit, variable: "tension", amount: -4 })).toEqual({ name: "ruling.edit", args: { turn: 3, variable: "tension", delta: -4, reason: "They had the votes.", shown_to: ["state"] } });
  });
  test("a reversal names the order, an event its die and what becomes of it", () => {
    expect(rulingCommand(3, order(), { ...complete, choice: "reversal" })).toEqual({ name: "ruling.reversal", args: { turn: 3, order: "o1", reason: "They had the votes.", shown_to: ["state"] } });
    const event = { ...complete, choice: "event" as const };
    expect(missing(event)).toMatch(/event/);
    expect(rulingCommand(3, null, { ...event, die: "clash", happens: true })).toEqual({ name: "ruling.event", args: { turn: 3, die: "clash", happens: true, reason: "They had the votes.", shown_to: ["state"] } });
  });
  test("a cause is ruled on by its rule and id, and dropped by what it comes to", () => {
    const row = { ...complete, choice: "row" as const, variable: "tension" };
    expect(missing(row)).toMatch(/cause/);
    expect(rulingCommand(3, null, { ...row, rule: "MOVE", cause: "o1", amount: 0 })).toEqual({ name: "ruling.row", args: { turn: 3, variable: "tension", rule: "MOVE", cause: "o1", amount: 0, reason: "They had the votes.", shown_to: ["state"] } });
  });
  test("a degree is given in percent and sent as a share", () => {
    const degree = { ...complete, choice: "fidelity" as const };
    expect(missing({ ...degree, amount: 140 })).toMatch(/0 to 100/);
    expect(rulingCommand(3, order(), { ...degree, amount: 50 })?.args).toMatchObject({ order: "o1", degree: 0.5 });
  });
  test("a flag may be lowered: nought is a value", () => {
    const effects = { ...complete, choice: "effects" as const, primitive: "flag" as const, target: "hotline" };
    expect(missing(effects)).toMatch(/how much/);
    expect(rulingCommand(3, null, { ...effects, amount: 0 })?.args).toMatchObject({ effects: [{ kind: "flag", target: "hotline", value: 0 }] });
  });
  test("what a ruling would do is asked before its reason is written, and of a remark it is not", () => {
    expect(trialCommand(3, order(), { ...complete, reason: "" })?.name).toBe("ruling.replace");
    expect(trialCommand(3, order(), { ...complete, choice: "annotate", reason: "" })).toBeNull();
    expect(trialCommand(3, order(), { ...complete, choice: "set", variable: "tension", reason: "" })).toBeNull();
  });
  test("what went as ordered and without dice can be accepted in one go; a ruling or an acceptance is a word", () => {
    const plain = order({ order: "a", status: "done" });
    const orders = [plain, order({ order: "b", status: "partial" }), order({ order: "c", status: "done" })];
    const proposal = { orders } as ProposalSeen;
    const left = untouched(proposal, [{ target: "b" } as never], { reviewed: ["c"] } as never);
    expect(left.map((o) => o.order)).toEqual(["a"]);
    expect(routine(orders).map((o) => o.order)).toEqual(["a", "c"]);
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

describe("who knows what", () => {
  const row = { key: "i1", seats: ["state", "jpn"], opened: ["jpn"] };
  test("a seat has opened a thing, holds it unopened, or does not know it", () => expect(["jpn", "state", "dprk"].map((id) => holding(row, id))).toEqual(["opened", "holds", "none"]));
  test("where opening is not on record, holding is all that is said", () => {
    expect(holdingWords("holds", true)).toBe("has it, unopened");
    expect(holdingWords("holds", false)).toBe("has it");
    expect(holdingWords("none", true)).toBe("does not know it");
  });
});
