import { flushSync } from "svelte";
import { describe, expect, it } from "vitest";
import type { Item } from "../src/protocol/frames";
import { EntityStore } from "../src/store/entities.svelte";

const item = (n: number, k: string, id: string, v: unknown): Item => ({ n, k, id, at: n * 10, v });

describe("entity store", () => {
  it("joins the parts of a snapshot and replaces what was held", () => {
    const store = new EntityStore();
    store.replace([item(1, "room", "old", {})], 1);
    store.snapshot({ n: 5, first: true, more: true, items: [item(4, "room", "a", { id: "a" })] });
    expect(store.has("room", "old")).toBe(true);
    store.snapshot({ n: 5, first: false, more: false, items: [item(5, "room", "b", { id: "b" })] });
    expect(store.keys("room")).toEqual(["a", "b"]);
    expect(store.cursor).toBe(5);
  });

  it("applies a feed that follows and moves the cursor past merged numbers", () => {
    const store = new EntityStore();
    store.replace([], 3);
    const result = store.feed({ a: 4, b: 9, items: [item(9, "room", "a", { id: "a", last: 2 })] });
    expect(result.state).toBe("applied");
    expect(store.cursor).toBe(9);
  });

  it("reports a hole and applies nothing of it", () => {
    const store = new EntityStore();
    store.replace([], 3);
    expect(store.feed({ a: 5, b: 5, items: [item(5, "room", "a", {})] }).state).toBe("gap");
    expect(store.has("room", "a")).toBe(false);
    expect(store.cursor).toBe(3);
  });

  it("skips what it has seen, also inside an overlapping feed", () => {
    const store = new EntityStore();
    store.replace([item(3, "room", "a", { last: 3 })], 3);
    const result = store.feed({ a: 2, b: 4, items: [item(2, "room", "a", { last: 1 }), item(4, "room", "b", {})] });
    expect(result.state === "applied" && result.fresh.map((i) => i.n)).toEqual([4]);
    expect(store.get("room", "a")).toEqual({ last: 3 });
  });

  it("drops what the view has no more and takes it anew as something new", () => {
    const store = new EntityStore();
    store.replace([item(1, "room", "a", { id: "a" }), item(2, "room", "b", { id: "b" })], 2);
    store.feed({ a: 3, b: 4, items: [item(3, "room", "a", null), item(4, "seat", "never", null)] });
    expect(store.keys("room")).toEqual(["b"]);
    expect(store.get("room", "a")).toBeUndefined();
    expect(store.mark("room", "a")).toBeUndefined();
    expect(store.cursor).toBe(4);
    store.feed({ a: 5, b: 5, items: [item(5, "room", "a", { id: "a" })] });
    expect(store.keys("room")).toEqual(["b", "a"]);
  });

  it("keeps the newer value when an older page is added", () => {
    const store = new EntityStore();
    store.replace([item(8, "message", "m1", { text: "new" })], 8);
    store.addPage([item(2, "message", "m1", { text: "old" }), item(1, "message", "m0", { text: "first" })]);
    expect(store.get("message", "m1")).toEqual({ text: "new" });
    expect(store.has("message", "m0")).toBe(true);
  });

  it("wakes a reader that asked for a kind before anything of it was known", () => {
    const store = new EntityStore();
    const seen: number[] = [];
    const stop = $effect.root(() => {
      $effect(() => {
        seen.push(store.all("seat").length);
      });
    });
    flushSync();
    store.replace([item(1, "seat", "potus", { id: "potus" })], 1);
    flushSync();
    stop();
    expect(seen).toEqual([0, 1]);
  });
});
