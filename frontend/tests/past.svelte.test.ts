// The scrubber's fold: standing anywhere, however one came there, shows what the rows up to there say.
import { describe, expect, test } from "vitest";
import type { Item } from "../src/protocol/frames";
import { EntityStore } from "../src/store/entities.svelte";
import { Past } from "../src/store/past.svelte";

/** Rows with new keys, changed keys and keys taken away and given back, the same for the same seed. */
function rows(count: number, seed: number): Item[] {
  let state = seed;
  const next = (below: number) => (state = (state * 1103515245 + 12345) % 2147483648) % below;
  return Array.from({ length: count }, (_, i) => {
    const gone = next(6) === 0;
    return { n: i + 1, k: ["room", "message", "offer"][next(3)]!, id: `k${next(9)}`, at: 1000 + i, v: gone ? null : { id: `v${i}` } } as unknown as Item;
  });
}

const KINDS = ["room", "message", "offer"] as const;
/** What a store holds, read through its own questions. */
const held = (store: EntityStore) => Object.fromEntries(KINDS.map((kind) => [kind, Object.fromEntries(store.keys(kind).map((key) => [key, [store.get(kind, key), store.mark(kind, key)]]))]));

function folded(items: readonly Item[]): EntityStore {
  const store = new EntityStore();
  if (items.length > 0) store.feed({ a: 1, b: items.length, items: [...items] });
  return store;
}

describe("the past of a view", () => {
  test.each([1, 2, 3])("standing anywhere, in any order, equals folding the rows up to there (%i)", (seed) => {
    const all = rows(240, seed);
    const past = new Past();
    past.fill(all);
    for (const count of [240, 0, 17, 239, 100, 101, 99, 3, 240, 120]) {
      past.stand(count);
      expect(held(past)).toEqual(held(folded(all.slice(0, count))));
      expect(past.cursor).toBe(count);
    }
  });

  test("values come in the order in which their keys were first known, also after going back", () => {
    const past = new Past();
    const row = (n: number, id: string, v: unknown): Item => ({ n, k: "room", id, at: n, v }) as unknown as Item;
    past.fill([row(1, "a", { id: "a" }), row(2, "b", { id: "b" }), row(3, "a", null), row(4, "a", { id: "a2" })]);
    expect(past.keys("room")).toEqual(["a", "b"]);
    past.stand(3);
    expect(past.keys("room")).toEqual(["b"]);
    past.stand(2);
    expect(past.keys("room")).toEqual(["a", "b"]);
    expect(past.has("room", "a")).toBe(true);
    expect(past.countTo(2)).toBe(2);
    expect(past.countTo(99)).toBe(4);
  });

  test("standing outside the past stands at its ends", () => {
    const past = new Past();
    past.fill(rows(5, 4));
    past.stand(-3);
    expect(past.cursor).toBe(0);
    past.stand(50);
    expect(past.cursor).toBe(5);
  });
});
