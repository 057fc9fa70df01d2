/**
 * What the view has been told: kind -> key -> newest value. It knows no rule of the game and never
 * invents a value; it only keeps the newest of what frames carried.
 */
import { SvelteMap } from "svelte/reactivity";
import type { Entities } from "../protocol/entities";
import type { Feed, Item, Snapshot } from "../protocol/frames";

export type Kind = keyof Entities;

export interface Mark {
  /** Number of the disclosure within the view. */
  n: number;
  /** When the server disclosed it (ms since the epoch). */
  at: number;
}

export type FeedResult = { state: "applied"; fresh: Item[] } | { state: "gap" };

export class EntityStore {
  /** Number of the newest disclosure held; the next feed must begin right after it. */
  cursor = $state(0);
  /** False until the first snapshot or feed is complete: screens show grey rules meanwhile. */
  loaded = $state(false);

  /** How many kinds are held; read by reactions that asked for a kind nobody has told of yet. */
  #known = $state(0);
  #kinds = new Map<string, SvelteMap<string, unknown>>();
  #marks = new Map<string, Mark>();
  #pending: Item[] | null = null;

  get<K extends Kind>(kind: K, key: string): Entities[K] | undefined {
    return this.#read(kind)?.get(key) as Entities[K] | undefined;
  }

  /** Every value of a kind, in the order in which keys first arrived. */
  all<K extends Kind>(kind: K): Entities[K][] {
    return [...(this.#read(kind)?.values() ?? [])] as Entities[K][];
  }

  has(kind: string, key: string): boolean {
    return this.#read(kind)?.has(key) ?? false;
  }

  keys(kind: Kind): string[] {
    return [...(this.#read(kind)?.keys() ?? [])];
  }

  mark(kind: Kind, key: string): Mark | undefined {
    return this.#marks.get(`${kind}/${key}`);
  }

  /** Take a part of a snapshot; the last part replaces what was held. */
  snapshot(frame: Pick<Snapshot, "n" | "items" | "first" | "more">): void {
    if (frame.first || this.#pending === null) this.#pending = [];
    this.#pending.push(...frame.items);
    if (frame.more) return;
    this.replace(this.#pending, frame.n);
    this.#pending = null;
  }

  /** Make the store hold exactly these items. Keys that stay are updated in place, so nothing flickers. */
  replace(items: readonly Item[], n: number): void {
    const wanted = new Map<string, Set<string>>();
    for (const item of items) {
      let keys = wanted.get(item.k);
      if (!keys) wanted.set(item.k, (keys = new Set()));
      keys.add(item.id);
    }
    for (const [kind, map] of this.#kinds) {
      const keep = wanted.get(kind);
      for (const key of [...map.keys()]) {
        if (keep?.has(key)) continue;
        map.delete(key);
        this.#marks.delete(`${kind}/${key}`);
      }
    }
    for (const item of items) this.#set(item);
    this.cursor = n;
    this.loaded = true;
  }

  /** Apply disclosures a..b. Known ones are skipped; a hole before `a` is reported and nothing is applied. */
  feed(frame: Pick<Feed, "a" | "b" | "items">): FeedResult {
    if (frame.a > this.cursor + 1) return { state: "gap" };
    const fresh = frame.items.filter((item) => item.n > this.cursor);
    for (const item of fresh) this.#set(item);
    if (frame.b > this.cursor) this.cursor = frame.b;
    this.loaded = true;
    return { state: "applied", fresh };
  }

  /** Add older values of a paged kind. What is held already is newer and stays. */
  addPage(items: readonly Item[]): void {
    for (const item of items) {
      if (!this.#map(item.k).has(item.id)) this.#set(item);
    }
  }

  #set(item: Item): void {
    if (item.v === null) {
      this.#read(item.k)?.delete(item.id);
      this.#marks.delete(`${item.k}/${item.id}`);
      return;
    }
    this.#map(item.k).set(item.id, item.v);
    this.#marks.set(`${item.k}/${item.id}`, { n: item.n, at: item.at });
  }

  #map(kind: string): SvelteMap<string, unknown> {
    let map = this.#kinds.get(kind);
    if (!map) {
      map = new SvelteMap();
      this.#kinds.set(kind, map);
      this.#known += 1;
    }
    return map;
  }

  // A reader never makes a map: what a reaction creates itself, it does not depend on, and it would stay empty for ever.
  #read(kind: string): SvelteMap<string, unknown> | undefined {
    const map = this.#kinds.get(kind);
    if (!map) void this.#known;
    return map;
  }
}
