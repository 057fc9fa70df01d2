import { beforeEach, describe, expect, it, vi } from "vitest";
import { lasting } from "../src/lib/kept.svelte";
import { outgoing, UNDO_MS } from "../src/lib/outgoing.svelte";
import { audienceOf, crossesTeams, groupRooms, namedIn, namesMe, presence, readers, roomTitle } from "../src/lib/rooms";
import { MOST, RoomWindow, STEP } from "../src/lib/window.svelte";
import type { Item } from "../src/protocol/frames";
import { GameStore } from "../src/store/game.svelte";

const seat = (id: string, side: string, short: string, members: string[] = []) => ({ id, side, team: side, team_label: side, pair: "pres", signs: id === "a" || id === "c", label: short, short, glyph: "square", office: "", members: members.map((person) => ({ person, display: person, pen: true })), bot: false, open: true, ready: false, superior: "" });
const room = (id: string, seats: string[], more = {}) => ({ id, kind: "bilateral", title: "", seats, opened_by: "a", last: 0, may_post: true, closed: false, at: "", pinned: [], ...more });
const message = (key: string, number: number, more = {}) => ({ id: `${key}:${number}`, room: key, number, seat: "c", display: "C", text: `text ${number}`, audience: [], at_ms: number, turn: 1, game_date: "", reply_to: 0, mentions: [], late: false, leaked_from: "", source: "", ...more });
let n = 0;
const item = (k: string, id: string, v: unknown): Item => ({ n: (n += 1), at: 0, k, id, v }) as unknown as Item;

function game(...more: Item[]): GameStore {
  const items = [
    item("seat", "a", seat("a", "N", "Queen", ["p-a"])), item("seat", "b", seat("b", "N", "Fleet")), item("seat", "c", seat("c", "S", "King", ["p-c"])),
    item("room", "side:N", room("side:N", ["a", "b"], { kind: "team" })), item("room", "talk:a.c", room("talk:a.c", ["a", "c"], { last: 300 })),
    ...more,
  ];
  return new GameStore("g").load(items, { person: "p-a", role: "player", seat: "a", view: "seat:a", readOnly: false }, 1);
}

describe("rooms", () => {
  it("stand in groups by who is on the other side, meetings first and past ones last", () => {
    const conf = (id: string, state: string) => [item("conference", id, { id, room: `conference:${id}`, title: id, seats: ["a", "c"], called_by: "a", chair: "a", starts: 1, ends: 1, agenda: [], point: 0, state, reason: "" }), item("room", `conference:${id}`, room(`conference:${id}`, ["a", "c"], { kind: "conference", title: id, at: id }))];
    const store = game(...conf("now", "open"), ...conf("then", "closed"), item("room", "corridor:1", room("corridor:1", ["a", "c"], { kind: "corridor", at: "now" })));
    expect(groupRooms(store).map((g) => [g.id, g.rooms.map((r) => roomTitle(store, r))])).toEqual([
      ["meeting", ["now", "Corridor: King"]], ["table", ["King"]], ["side", ["Fleet"]], ["past", ["then"]],
    ]);
  });
  it("cross teams where somebody of another side hears, and the audience changes with the people in it", () => {
    const store = game();
    const [own, far] = [store.get("room", "side:N")!, store.get("room", "talk:a.c")!];
    expect([crossesTeams(store, own), crossesTeams(store, far)]).toEqual([false, true]);
    const before = audienceOf(store, far);
    store.entities.addPage([]);
    store.load([...[item("seat", "a", seat("a", "N", "Queen", ["p-a"])), item("seat", "c", seat("c", "S", "King", ["p-c", "p-d"])), item("room", "side:N", own), item("room", "talk:a.c", far)]]);
    expect(audienceOf(store, far)).not.toBe(before);
  });
  it("tell who is there, as far as is known", () => {
    const store = game();
    expect(["a", "b", "c"].map((s) => presence(store, store.get("seat", s)))).toEqual(["away", "empty", "away"]);
    store.presence.set("p-c", { person: "p-c", on: true, idle_ms: 0 });
    expect(presence(store, store.get("seat", "c"))).toBe("here");
  });
  it("show who has read only where the server said so", () => {
    const store = game(item("read", "side:N:b", { room: "side:N", seat: "b", upto: 4 }));
    expect(readers(store, store.get("room", "side:N")!, 4)).toEqual(["b"]);
    expect(readers(store, store.get("room", "side:N")!, 5)).toEqual([]);
    expect(readers(store, store.get("room", "talk:a.c")!, 1)).toEqual([]);
  });
  it("find the seats a text names, in any case, and whether one is named oneself", () => {
    const store = game(item("message", "talk:a.c:300", message("talk:a.c", 300, { mentions: ["a"] })));
    expect(namedIn(store, "Well, @KING and @fleet: and king?")).toEqual(["b", "c"]);
    expect(namesMe(store, store.get("room", "talk:a.c")!)).toBe(true);
  });
});

describe("a stretch of a long room", () => {
  const full = () => game(...Array.from({ length: 300 }, (_, i) => item("message", `talk:a.c:${i + 1}`, message("talk:a.c", i + 1))));
  it("follows the newest, grows back a step at a time and never beyond what a page should carry", () => {
    const view = new RoomWindow(full(), "talk:a.c");
    expect([view.from, view.upto, view.following]).toEqual([300 - STEP + 1, 300, true]);
    for (let i = 0; i < 20; i += 1) view.older();
    expect(view.messages.length).toBeLessThanOrEqual(MOST);
    expect(view.from).toBe(1);
    expect(view.older()).toBe(false);
    while (view.newer());
    expect([view.following, view.upto]).toEqual([true, 300]);
    expect(view.messages.length).toBeLessThanOrEqual(MOST + STEP);
  });
  it("stands around a message, and says where it has holes", () => {
    const view = new RoomWindow(game(), "talk:a.c");
    view.around(100);
    expect(view.from).toBeLessThan(100);
    expect(view.upto).toBe(100 + STEP / 2);
    expect(view.hole).toBe(view.upto);
    const there = new RoomWindow(full(), "talk:a.c");
    there.around(100);
    expect(there.hole).toBe(0);
  });
  it("asks the server for a hole once", async () => {
    const store = game();
    const asked = vi.spyOn(store, "pageRoom").mockResolvedValue(true);
    const view = new RoomWindow(store, "talk:a.c");
    await view.fill();
    await view.fill();
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledWith("talk:a.c", 300, expect.any(Number));
  });
});

describe("a message that waits", () => {
  const words = { text: "Too fast", replyTo: null, mentions: [] };
  beforeEach(() => {
    localStorage.clear();
    outgoing.list = [];
    vi.useFakeTimers();
  });
  it("is unknown to the server until its time is up, and then said once under its own id", async () => {
    const store = game();
    const send = vi.spyOn(store, "send").mockResolvedValue({ ok: true, n: 1 });
    outgoing.post(store, "talk:a.c", words, { wait: true });
    await vi.advanceTimersByTimeAsync(UNDO_MS - 1);
    expect(send).not.toHaveBeenCalled();
    const id = outgoing.list[0]!.id;
    await vi.advanceTimersByTimeAsync(2);
    expect(send).toHaveBeenCalledExactlyOnceWith("message.post", expect.objectContaining({ text: "Too fast" }), id);
    expect(outgoing.list).toEqual([]);
  });
  it("can be taken back, and is then gone from the device too", async () => {
    const store = game();
    const send = vi.spyOn(store, "send");
    outgoing.post(store, "talk:a.c", words, { wait: true });
    expect(outgoing.undo(outgoing.list[0]!.id)).toEqual(words);
    await vi.advanceTimersByTimeAsync(UNDO_MS * 2);
    expect(send).not.toHaveBeenCalled();
    expect(localStorage.length).toBe(0);
  });
  it("outlives a reload: a fresh page goes on counting, an old one is put before its writer unsent", async () => {
    const kept = "track-one.outgoing.g.p-a";
    const entry = { ...words, id: "m1", room: "talk:a.c", state: "waiting", refusal: "" };
    localStorage.setItem(kept, JSON.stringify([{ ...entry, dueMs: Date.now() + 1000 }, { ...entry, id: "m2", dueMs: Date.now() - 3_600_000 }]));
    const store = game();
    const send = vi.spyOn(store, "send").mockResolvedValue({ ok: true, n: 1 });
    outgoing.restore(store);
    await vi.advanceTimersByTimeAsync(2000);
    expect(send).toHaveBeenCalledExactlyOnceWith("message.post", expect.anything(), "m1");
    expect(outgoing.list.map((one) => [one.id, one.state])).toEqual([["m2", "unsent"]]);
  });
});

describe("a draft", () => {
  it("is there again when the page comes back", () => {
    localStorage.clear();
    lasting("say.g.p-a.room").value = "Half a sentence";
    expect(lasting("say.g.p-a.room").value).toBe("Half a sentence");
    lasting("say.g.p-a.room").value = "";
    expect(localStorage.length).toBe(0);
  });
});
