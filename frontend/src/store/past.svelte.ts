/**
 * A view's whole past, held once and stood at any of its rows: what the scrubber of the review moves through.
 *
 * Owns the fold of the rows and its reverse. Every row knows the row of its key before it, so that a step in either
 * direction costs as many plain map writes as rows lie between, at most once through the past (about 5 ms for 27,000
 * rows); no keyframes need keeping. Readers depend on one version number, so that a scrub wakes each of them once.
 * It never asks the server and never invents a value.
 */
import type { Entities } from "../protocol/entities";
import type { Item } from "../protocol/frames";
import { EntityStore, type Kind, type Mark } from "./entities.svelte";

export class Past extends EntityStore {
  #rows: Item[] = [];
  /** Index of the row of the same key before, -1 where it is the first. */
  #before: Int32Array = new Int32Array(0);
  /** Index of the first row of the key: the order in which keys came to be known. */
  #first: Int32Array = new Int32Array(0);
  /** kind -> key -> index of the row that holds now. */
  #held = new Map<string, Map<string, number>>();
  #at = 0;
  #version = $state(0);

  /** How many rows there are. */
  get length(): number {
    return this.#rows.length;
  }

  /** Hold these rows, in order of their numbers, and stand at the last. */
  fill(rows: readonly Item[]): void {
    this.#rows = [...rows];
    this.#before = new Int32Array(rows.length).fill(-1);
    this.#first = new Int32Array(rows.length);
    this.#held.clear();
    this.#at = 0;
    const newest = new Map<string, number>();
    rows.forEach((row, i) => {
      const name = `${row.k}\n${row.id}`;
      const before = newest.get(name);
      this.#before[i] = before ?? -1;
      this.#first[i] = before === undefined ? i : this.#first[before]!;
      newest.set(name, i);
    });
    this.loaded = true;
    this.stand(rows.length);
  }

  /** Stand after the first `count` rows. */
  stand(count: number): void {
    const to = Math.max(0, Math.min(this.#rows.length, count));
    while (this.#at < to) this.#put(this.#at++);
    while (this.#at > to) this.#take(--this.#at);
    this.cursor = to === 0 ? 0 : this.#rows[to - 1]!.n;
    this.#version += 1;
  }

  /** How many rows are of number `n` or before. */
  countTo(n: number): number {
    return countUpTo(this.#rows.length, (i) => this.#rows[i]!.n, n);
  }

  override get<K extends Kind>(kind: K, key: string): Entities[K] | undefined {
    void this.#version;
    const i = this.#held.get(kind)?.get(key);
    return i === undefined ? undefined : (this.#rows[i]!.v as Entities[K]);
  }

  override all<K extends Kind>(kind: K): Entities[K][] {
    return this.#inOrder(kind).map((i) => this.#rows[i]!.v as Entities[K]);
  }

  override has(kind: string, key: string): boolean {
    void this.#version;
    return this.#held.get(kind)?.has(key) ?? false;
  }

  override keys(kind: Kind): string[] {
    return this.#inOrder(kind).map((i) => this.#rows[i]!.id);
  }

  override mark(kind: Kind, key: string): Mark | undefined {
    void this.#version;
    const i = this.#held.get(kind)?.get(key);
    return i === undefined ? undefined : { n: this.#rows[i]!.n, at: this.#rows[i]!.at };
  }

  /** Where values of a kind stand, in the order in which their keys first came: stepping back may have put them in anew. */
  #inOrder(kind: string): number[] {
    void this.#version;
    const found = [...(this.#held.get(kind)?.values() ?? [])];
    return found.sort((a, b) => this.#first[a]! - this.#first[b]!);
  }

  #put(i: number): void {
    const row = this.#rows[i]!;
    let map = this.#held.get(row.k);
    if (!map) this.#held.set(row.k, (map = new Map()));
    if (row.v === null) map.delete(row.id);
    else map.set(row.id, i);
  }

  #take(i: number): void {
    const row = this.#rows[i]!;
    const before = this.#before[i]!;
    const map = this.#held.get(row.k)!;
    if (before === -1 || this.#rows[before]!.v === null) map.delete(row.id);
    else map.set(row.id, before);
  }
}

/** How many of a rising sequence are at most `limit`. */
export function countUpTo(length: number, value: (i: number) => number, limit: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value(middle) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
